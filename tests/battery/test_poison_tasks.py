"""T42: what always fails in the background holds nobody else up, and is seen."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import aiohttp
import pytest

import bot.supervisor
from bot.chat.message import Action
from bot.domain.community import Community as Somewhere
from bot.domain.people import Role
from bot.supervisor import UNHEALTHY_RESTARTS, Supervisor
from bot.web.server import served
from storage import communities, set_aside
from storage.boards import recount
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.ringing import MAX_ATTEMPTS
from tests.faults import down, up
from tests.harness import COMMUNITY, Community, community
from tests.ringing import daily, stand
from tests.waiting import until

WHY = "for staying late to mend the kiln with me"
FIRST_WAIT_S = 0.02
"""What half a second is here: everything after it is twice as long as before."""

NOTHING: Mapping[str, object] = MappingProxyType({})
TASKS = ("follower boards.count", "platform harness", "news", "calendar", "erasures")


class Sick:
    """A task that raises whenever it is begun, until it is well again.

    Attributes:
        began_s: When it was begun each time, by the event loop's clock.
    """

    def __init__(self, usual: Callable[[], Awaitable[None]]) -> None:
        self._usual = usual
        self.began_s: list[float] = []
        self.is_well = False

    async def run(self) -> None:
        """Raise, or run as it should."""
        self.began_s.append(asyncio.get_running_loop().time())
        if not self.is_well:
            raise RuntimeError("planted")
        await self._usual()


async def health(url: str) -> tuple[int, list[str]]:
    async with aiohttp.ClientSession() as session, session.get(f"{url}healthz") as told:
        return told.status, json.loads(await told.text())["unhealthy"]


async def thank(home: Community, giver: str, receiver: str) -> None:
    """Have somebody thank, without waiting for what follows from it."""
    routes = {each.command: each.key for each in home.laurel.table.commands}
    answers = {"to": (home.person(receiver),), "why": WHY}
    call = home.call(giver)
    await home.laurel.dispatcher(routes["shoutout"], call, [], answers)


async def behind(home: Community) -> Sequence[str]:
    """Return which followers have not dealt with all there is for them."""
    return [each.name for each in home.laurel.followers if not each.is_still]


async def failed(
    tmp_path: Path, task: str, planted: Mapping[str, object] = NOTHING
) -> Counter[str]:
    """Return what is wrong of how much when one task in the background always fails.

    Args:
        tmp_path: Where the file is made.
        task: What it is called.
        planted: What of the supervisor is another, by name.
    """
    found, sick = Counter[str](), dict[str, Sick]()
    watch = Supervisor.watch

    def infect(self: Supervisor, name: str, run: Callable[[], Awaitable[None]]) -> None:
        if name == task:
            sick[name] = Sick(run)
            run = sick[name].run
        watch(self, name, run)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Supervisor, "watch", infect)
        patched.setattr(bot.supervisor, "FIRST_WAIT_S", FIRST_WAIT_S)
        for name, other in planted.items():
            patched.setattr(Supervisor, name, other)
        async with (
            community(tmp_path / "laurel.sqlite3") as home,
            served(None, 0, home.laurel.unhealthy) as url,
        ):
            found += await _is_seen(home, sick[task], task, url)
            sick[task].is_well = True
            if not +found:
                found += await _is_over(home, sick[task], task, url, patched)
    return +found


async def _is_seen(home: Community, sick: Sick, task: str, url: str) -> Counter[str]:
    """Have it fail, and others go on."""
    kept = home.laurel.supervisor._tasks[task]
    await until(lambda: len(sick.began_s) > UNHEALTHY_RESTARTS or kept.done())
    if kept.done():
        return Counter({"not started again": 1})
    waits = [b - a for a, b in zip(sick.began_s, sick.began_s[1:], strict=False)]
    await thank(home, "Ana", "Bo")
    await until(home.posts)
    others = [each for each in home.laurel.followers if task != f"follower {each.name}"]
    await until(lambda: all(each.is_still for each in others))
    return Counter(
        {
            "no longer wait": any(
                wait_s < 0.9 * FIRST_WAIT_S * 2**n
                for n, wait_s in enumerate(waits[:UNHEALTHY_RESTARTS])
            ),
            "not seen": (503, [task]) != await health(url),
        }
    )


async def _is_over(
    home: Community, sick: Sick, task: str, url: str, patched: pytest.MonkeyPatch
) -> Counter[str]:
    """Have it be well, and see that it goes on from where it was."""
    before = len(sick.began_s)
    await until(lambda: len(sick.began_s) > before)
    async with asyncio.timeout(30.0):
        await home.laurel.settle()
    drift = await home.database.read(recount.drift)
    early = await health(url)
    patched.setattr(bot.supervisor, "WELL_AGAIN_S", 0.0)  # it has held for so long
    return Counter(
        {
            "well at once": early != (503, [task]),
            "not caught up": len(await behind(home)),
            "drift": drift,
            "still unwell": (200, []) != await health(url),
        }
    )


@pytest.mark.parametrize("task", TASKS)
async def test_what_always_fails_is_begun_again_and_seen(
    tmp_path: Path, task: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Ever later, red at the third time, and others go on; then as if nothing was."""
    assert Counter() == await failed(tmp_path, task)
    assert "background task failed" in caplog.text


async def test_a_supervisor_that_gives_up_would_be_found(tmp_path: Path) -> None:
    """Planted: what failed once is not begun again, and nobody hears of it."""

    async def keep(
        _self: Supervisor, _name: str, run: Callable[[], Awaitable[None]]
    ) -> None:
        with suppress(RuntimeError):
            await run()

    found = await failed(tmp_path, TASKS[0], {"_keep": keep})
    assert "not started again" in found


async def test_a_supervisor_that_bears_a_grudge_would_be_found(tmp_path: Path) -> None:
    """Planted: what failed three times is unwell for ten minutes, however it runs."""

    def unhealthy(self: Supervisor) -> tuple[str, ...]:
        many = UNHEALTHY_RESTARTS
        return tuple(n for n, failed in self._restarts.items() if len(failed) == many)

    found = await failed(tmp_path, TASKS[0], {"unhealthy": unhealthy})
    assert "still unwell" in found


async def test_a_supervisor_that_forgets_would_be_found(tmp_path: Path) -> None:
    """Planted: whatever runs just now is said to be well."""

    def unhealthy(self: Supervisor) -> tuple[str, ...]:
        return tuple(name for name in self._restarts if name not in self._runs_since)

    found = await failed(tmp_path, TASKS[0], {"unhealthy": unhealthy})
    assert "well at once" in found


async def test_a_supervisor_that_tells_nobody_would_be_found(tmp_path: Path) -> None:
    """Planted: it begins again and again, and all is said to be well."""
    found = await failed(tmp_path, TASKS[0], {"unhealthy": lambda _self: ()})
    assert "not seen" in found


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    """A community whose moderators are told of troubles."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        await home.settings(moderators=home.channel("mods"))
        home.person("Mo", Role.MODERATOR)
        yield home


async def test_what_cannot_be_drawn_holds_nobody_up(home: Community) -> None:
    """The one is set aside and told; those behind it are posted at once."""
    (courier,) = home.laurel.couriers
    usual = courier._drawings
    spec = usual.draws["shoutouts:wall:"]

    def draw(tx: Transaction, here: Somewhere, key: str, now: datetime) -> object:
        if key.endswith(":2"):
            raise RuntimeError("planted")
        return spec.unit(tx, here, key, now)

    draws = {**usual.draws, spec.posts: replace(spec, unit=draw)}
    courier._drawings = replace(usual, draws=draws)
    home.platform.fault = down
    for giver in ("Ana", "Bo", "Chidi"):
        await home.type(giver, "shoutout", to=(home.person("Dana"),), why=WHY)
    home.platform.fault = up
    await home.wait(seconds=10)

    assert 2 == len(home.posts())
    assert 1 == len(home.posts("mods"))
    (aside,) = await home.database.read(parked)
    assert "undrawable" == aside.reason

    courier._drawings = usual
    await home.do(home.call("Mo"), Action("mail.replay", (aside.id,)), None)
    assert 3 == len(home.posts())
    assert not await home.database.read(parked)


def parked(tx: Transaction) -> Sequence[set_aside.Parked]:
    return set_aside.parked(tx, communities.get(tx, COMMUNITY), 10)


async def test_an_occurrence_that_always_fails_holds_nobody_up(tmp_path: Path) -> None:
    """Others are done in the same ring, each time; the one is set aside and told."""
    async with stand(tmp_path / "laurel.sqlite3") as here:
        (bad, *good) = [
            await here.add("each", daily("2026-03-06T16:00")) for _ in range(40)
        ]

        def fail(occurrence: Occurrence) -> None:
            if occurrence.entry.id == bad.id:
                raise RuntimeError("planted")

        here.fault = fail
        await here.ring(hours=1)
        on_time = {each.entry: each.now - each.at for each in await here.done()}
        assert dict.fromkeys((each.id for each in good), timedelta()) == on_time
        for _ in range(MAX_ATTEMPTS + 1):
            await here.ring(hours=1)
        assert [bad.id] == [each.entry for each in here.told]
        await here.ring(hours=24 - MAX_ATTEMPTS - 1)
        done = Counter(each.entry for each in await here.done())
        assert dict.fromkeys((each.id for each in good), 2) == done
