"""T02: the power goes while members thank each other, at any point, again and again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.battery.power import (
    FRIENDS,
    GIVERS,
    Recording,
    acknowledged,
    cut,
    record_thanks,
    thanks_faults,
)
from tests.battery.served import prepare
from tests.battery.size import FULL, chance, size
from tests.battery.told import Tell

SOME, FEW = 24, 20
"""Thanks, and power cuts, that are enough where something is planted."""

CUTS = size(60, 2_000)
THANKS = size(SOME, 240)


def points(recording: Recording, many: int) -> list[int]:
    """Return where to cut: right behind answers, and anywhere."""
    luck, answered = chance(2), list(acknowledged(recording))
    after = [luck.choice(answered) + 1 for _ in range(many // 2)]
    last = len(recording.events)
    return [*after, *(luck.randint(0, last) for _ in range(many - len(after)))]


async def cut_off(folder: Path, planted: str, cuts: int) -> Counter[str]:
    """Return what is wrong of how much after so many power cuts."""
    await prepare(folder / "town", [*GIVERS, *FRIENDS])
    enough = SOME if planted else THANKS
    recording = await record_thanks(folder / "town", planted, enough)
    answered = acknowledged(recording)

    def look(image: Path, number: int) -> Counter[str]:
        acked = [named for at, named in answered.items() if at < number]
        return thanks_faults(image / "laurel.sqlite3", acked)

    return cut(recording, points(recording, cuts), 2, look)


@pytest.mark.slow
@pytest.mark.timeout(1_200 if FULL else 120)
async def test_power_cuts_lose_and_halve_nothing(tmp_path: Path, tell: Tell) -> None:
    """What was answered is kept, whole, in a sound file, and every sum is right."""
    found = await cut_off(tmp_path, "", CUTS)
    lost = found.pop("acknowledged and lost", 0)
    tell("P1", f"acknowledged and lost in {CUTS:,} power cuts", lost, most=0)
    tell("P1", "half units after a power cut", found.pop("half", 0), most=0)
    assert Counter() == found


@pytest.mark.slow
async def test_a_database_that_spares_the_disk_would_be_found(tmp_path: Path) -> None:
    """Planted: ``synchronous=NORMAL`` answers before it is on disk."""
    found = await cut_off(tmp_path, "sparing", FEW)
    assert found["acknowledged and lost"]


@pytest.mark.slow
async def test_an_answer_before_the_commit_would_be_found(tmp_path: Path) -> None:
    """Planted: it is told that it is kept, and committed a moment later."""
    found = await cut_off(tmp_path, "hasty", FEW)
    assert found["acknowledged and lost"]


@pytest.mark.slow
async def test_half_a_unit_would_be_found(tmp_path: Path) -> None:
    """Planted: a commit in the middle of what belongs together."""
    assert "half" in await cut_off(tmp_path, "halved", FEW)
