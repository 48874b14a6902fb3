"""T43: with little of what a machine has, Laurel says so, and gets over it."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import aiohttp
import pytest

from tests.battery.asking import Askers, Heard, Server, paced
from tests.battery.both import Land, beside_both
from tests.battery.planted_scarce import FILES, SCARCE
from tests.battery.process import number
from tests.battery.size import size
from tests.battery.told import Tell

EACH = 4
COMMANDS = size(30, 600)
"""For each half of it: while something is scarce, and afterwards."""

PER_S = 50

BUSY = {
    "en-US": "So much is going on that this could not be kept safely",
    "es-ES": "Ahora mismo hay tanto movimiento",
}
KEPT = "Guardado"
SORRY = ("takes longer than usual", "could not be kept", "went wrong", *BUSY.values())
"""What a member is told whose command cannot be done now."""

SPEED = 2
"""How many seconds pass in one, where hundreds of posts take their turn on Slack."""

NOT_KNOWN = 503
AGAIN = 40060


@dataclass
class Lived:
    """What was heard while something was scarce, and afterwards."""

    during: Sequence[Heard] = ()
    after: Sequence[Heard] = ()
    lost: int = 0
    wrong: dict[str, object] = field(default_factory=dict)

    @property
    def faults(self) -> dict[str, object]:
        """Return what should not be so: nothing said, or not well again."""
        unsaid = [each for each in self.during if not _is_said(each)]
        found = {
            "nothing said": unsaid,
            "not well again": [each for each in self.after if not each.is_right],
            "lost": self.lost,
            **self.wrong,
        }
        return {what: which for what, which in found.items() if which}


def _is_said(heard: Heard) -> bool:
    return heard.is_right or any(words in heard.told for words in (KEPT, *SORRY))


@contextlib.asynccontextmanager
async def living(
    folder: Path, plant: str, speed: int = 1
) -> AsyncIterator[tuple[Land, Askers]]:
    """Run Laurel on such a machine."""
    async with beside_both(folder, speed) as land:
        askers = Askers(await land.found(EACH))
        land.tolerate_silence()
        land.servers.discord.tolerate(AGAIN)  # it may not hear that it was answered
        land.world = replace(land.world, plant=plant)
        async with land.running():
            yield land, askers


async def lived(land: Land, askers: Askers, during: Sequence[Heard]) -> Lived:
    """Return what was heard, once all is as it should be again."""
    known = 10_000
    after = await paced(lambda n: askers.ask(known + n), 1 / PER_S, COMMANDS)
    await land.settled()
    assert 0 == await land.stop()
    kept = [each.kept for each in (*during, *after) if each.kept]
    return Lived(during, after, land.lost(kept), land.wrong(kept))


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
async def test_few_files(tmp_path: Path, tell: Tell) -> None:
    """64 of them, and visitors who want what is left: members are served as ever."""
    async with living(tmp_path, "few_files") as (land, askers):
        port = int(land.url.rstrip("/").rpartition(":")[2])
        crowd = [await asyncio.open_connection("127.0.0.1", port) for _ in range(FILES)]
        during = await paced(askers.ask, 1 / PER_S, COMMANDS)
        for _, writer in crowd:
            writer.close()
        found = await lived(land, askers, during)
    assert {} == found.faults
    tell("P13", "acknowledged and lost with 64 files", found.lost, most=0)


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("little", ["little_memory", "one_thread"])
async def test_little_is_enough(tmp_path: Path, little: str) -> None:
    """300 MB of its own, or one thread for what is done beside the event loop."""
    async with living(tmp_path, little) as (land, askers):
        during = await paced(askers.ask, 1 / PER_S, COMMANDS)
        found = await lived(land, askers, during)
    assert {} == found.faults
    assert [] == [each for each in during if not each.is_right]


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
async def test_no_names(tmp_path: Path) -> None:
    """Started while Discord's is not known: it says so, and connects once it is."""
    (tmp_path / SCARCE).touch()
    async with beside_both(tmp_path) as land:
        askers = Askers(await land.found(EACH))
        land.world = replace(land.world, plant="no_names")
        land.named = True
        async with land.running(connected=False), aiohttp.ClientSession() as session:
            async with session.get(f"{land.url}readyz") as answer:
                assert NOT_KNOWN == answer.status
                assert "Discord cannot be reached" in await answer.text()
            (tmp_path / SCARCE).unlink()
            await land.ready()
            found = await lived(land, askers, [])
    assert {} == found.faults


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
async def test_a_full_queue(tmp_path: Path) -> None:
    """Whoever finds it full is told so in their language; then it is as before."""
    async with living(tmp_path, "narrow", SPEED) as (land, askers):
        (tmp_path / SCARCE).touch()
        during, said = await _pressed(land)
        (tmp_path / SCARCE).unlink()
        await land.settled()  # what waits in it is through
        found = await lived(land, askers, during)
    assert {} == found.faults
    assert set(BUSY) == set(said)


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
async def test_a_queue_without_an_end_is_found(tmp_path: Path) -> None:
    """Planted: it takes whatever comes, and nobody is told to try again."""
    async with living(tmp_path, "boundless") as (land, _):
        (tmp_path / SCARCE).touch()
        _, said = await _pressed(land)
        (tmp_path / SCARCE).unlink()
    assert not said


async def _pressed(land: Land) -> tuple[list[Heard], Counter[str]]:
    """Have many thank each other at once, in two languages; return who was refused."""
    servers = [Server(each) for each in land.servers.places]
    friends = [each.let_in("Bo") for each in servers]
    heard, said = list[Heard](), Counter[str]()

    async def thank(count: int, locale: str) -> None:
        at = count // 2 % EACH
        giver = servers[at].place.guild.add_member("Ana", locale=locale)
        told = await servers[at].thank(giver, friends[at], number(99, count))
        heard.append(told)
        said[locale] += BUSY[locale] in told.told

    await thank(10_000, "en-US")  # with the first, there is little room
    both = [*BUSY] * size(15, 100)
    await asyncio.gather(*(thank(n, each) for n, each in enumerate(both)))
    return heard, +said
