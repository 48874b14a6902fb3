"""A challenge in which everybody checks in within ten minutes, on three platforms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.adapter import Posting
from storage import communities
from storage.challenges import scores
from storage.database import Transaction
from tests.battery.size import FULL, chance, size
from tests.battery.storm import Storm, Venue, gathered, put_up
from tests.harness import START, Clock

PEOPLE = size(24, 2_300)
FEW = size(24, 240)
"""So many suffice where it is planted that a board lags."""

STEPS = size(24, 300)

OLDEST_S = 60.0
ANSWERED_S = 1.0
SHOWN = 10
"""Places on a board."""

_POINTS = """
SELECT m.platform_id, s.points FROM challenge_scores AS s
JOIN members AS m ON m.key = s.member
WHERE s.community = :community
"""


def _points(tx: Transaction, venue: Venue) -> dict[str, int]:
    here = communities.get(tx, venue.ref)
    rows = tx.all(_POINTS, community=here.id)
    return {row["platform_id"]: row["points"] for row in rows}


def _due(
    venue: Venue, early: Sequence[int], counted: Mapping[int, object]
) -> dict[str, int]:
    """Return what each has earned: for yesterday, and for what was acknowledged."""
    return {
        person.ref.id: 10 * ((number in early) + (number in counted))
        for number, person in enumerate(venue.people)
    }


async def stormed(folder: Path, people: int = PEOPLE) -> dict[str, object]:
    """Return what is wrong after the storm; nothing when all is well."""
    clock, luck = Clock(START.replace(hour=9)), chance(2_300)
    async with gathered(folder, clock, people) as (laurel, venues):
        early = [luck.sample(range(len(v.people)), len(v.people) // 4) for v in venues]
        for venue, some in zip(venues, early, strict=True):
            await laurel.database.write(put_up, venue, some, clock())
        storm = Storm(laurel, venues, clock, luck)
        await storm.wait(seconds=10)
        await storm.wait(days=1)
        await storm.wait(seconds=10)
        await storm.rage(STEPS)
        found: dict[str, object] = {
            "an old board, s": max(0.0, storm.oldest_s - OLDEST_S),
            "hurried edits": sum(each.hurried for each in venues),
            "drift": await laurel.database.read(scores.drift),
        }
        for venue, some, counted in zip(venues, early, storm.counted, strict=True):
            name, points = (
                venue.ref.platform,
                await laurel.database.read(_points, venue),
            )
            due = _due(venue, some, counted)
            found[f"{name}: not told"] = len(venue.people) - len(counted)
            found[f"{name}: miscounted"] = sum(
                points.get(who) != n for who, n in due.items()
            )
            found[f"{name}: board"] = _misplaced(
                venue, await venue.board(), due, counted
            )
        if FULL:
            late = [each for each in storm.answered_s if each > ANSWERED_S]
            found["late answers"] = len(late)
        return {what: n for what, n in found.items() if n}


def _misplaced(
    venue: Venue,
    board: Sequence[str],
    due: Mapping[str, int],
    counted: Mapping[int, object],
) -> int:
    """Return how many places are not whose they should be, but for ties."""
    at = {venue.people[n].ref.id: str(when) for n, when in counted.items()}
    best = sorted((-points, at.get(who, "")) for who, points in due.items() if points)
    shown = [(-due.get(who, 0), at.get(who, "")) for who in board]
    expected = best[:SHOWN]
    return sum(a != b for a, b in zip(shown, expected, strict=False)) + abs(
        len(shown) - len(expected)
    )


async def _undrawn(_self: object, _posting: Posting) -> Mapping[int, bytes]:
    return {}


@pytest.fixture(autouse=True)
def _without_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw them in the whole storm alone: they take most of the time."""
    if not FULL:
        monkeypatch.setattr("bot.cards.artist.Artist.__call__", _undrawn)


@pytest.mark.timed
async def test_everybody_checks_in_at_once(tmp_path: Path) -> None:
    """Each counts once, the board is right and fresh, and no platform is hurried."""
    assert {} == await stormed(tmp_path)


async def test_a_board_that_lags_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: boards are drawn anew every five minutes."""
    pace = timedelta(minutes=5)
    monkeypatch.setattr("storage.challenges.live.PACE", pace)
    assert "an old board, s" in await stormed(tmp_path, FEW)
