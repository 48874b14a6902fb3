"""Exports under stress: asked for again and again, at once, and while all goes on."""

from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.playground.records import Resident
from bot.app import Laurel
from bot.chat.message import Action, File
from bot.chat.responses import Call, Say
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, MemberRef
from bot.exits import Stop
from cogs.privacy import files
from cogs.privacy.service import AGAIN_AFTER
from tests import nursery
from tests.adapters.browser import Tab
from tests.adapters.stage import NOON
from tests.battery.crowd import Crowd
from tests.battery.on_playground import Town, beside
from tests.battery.process import ROOT
from tests.battery.size import FULL, size
from tests.battery.told import Tell
from tests.battery.town import TOWN, WALL, town
from tests.harness import Community, Reply

Files = tuple[File, ...] | None

ASKED = 100
MEMBERS = size(12, 100)
TWICE = 2
FILES = ("laurel-data.json", "laurel-data.zip")
LATER = "It is being made"
THANKS = size(60, 2_000)
"""How much there is to be told of each."""

APART_S = 0.005
"""Between two presses: the hundredth is made long before the tenth is answered."""

MOST_GROWTH_MB = 20
MOST_HELD_MS = 100
_LOOK_S = 0.005
EASY = Settings("en", ZoneInfo("UTC"), WALL, allowance_per_day=100, pair_cooldown_h=0)
EXPORT = Action("privacy.export")
WHY = "for reading the whole of the long letter aloud, and twice"


async def export(home: Community, who: str) -> Reply:
    return await home.do(home.call(who), EXPORT, None)


def is_handed(reply: Reply) -> bool:
    """Return whether all of it was handed over."""
    if not isinstance(reply.response, Say):
        return False
    names = {n.name for n in reply.message.nodes if isinstance(n, File)}
    return names == {"laurel-data.json", "laurel-data.html"}


async def test_one_who_asks_a_hundred_times_is_handed_it_once(
    home: Community, tell: Tell
) -> None:
    """All others are told from when on they can ask again, and can by then."""
    asked = [export(home, "Ben") for _ in range(ASKED)]
    replies = await asyncio.gather(*asked)
    handed = [each for each in replies if is_handed(each)]
    refused = [each for each in replies if each.refused]
    tell("P22", "handed over, of a hundred times asked", len(handed), most=1, least=1)
    lost = ASKED - len(handed) - len(refused)
    tell("P22", "exports neither handed over nor refused", lost, most=0)
    assert {"privacy.refused-again"} == {each.reason for each in refused}
    assert 1 == len({each.text for each in refused})
    assert "3:05" in refused[0].text
    home.clock.move(minutes=AGAIN_AFTER / timedelta(minutes=1))
    assert is_handed(await export(home, "Ben"))


@dataclass
class Watch:
    """How long the loop was held, and how much at a time was drawn."""

    held_s: float = 0.0
    drawing: int = 0
    most: int = 0
    _ending: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Look every few milliseconds how late it is.

        What other processes took of the machine meanwhile held nobody up for us.
        """
        while not self._ending.is_set():
            before_s, ours_s = time.monotonic(), time.process_time()
            await asyncio.sleep(_LOOK_S)
            late_s = time.monotonic() - before_s - _LOOK_S
            self.held_s = max(self.held_s, min(late_s, time.process_time() - ours_s))

    def end(self) -> None:
        """Look no more."""
        self._ending.set()

    def counting(self, draw: Callable[..., Files]) -> Callable[..., Files]:
        """Return what draws, and counts how many are drawn at a time."""

        def drawn(*asked: object) -> Files:
            self.drawing += 1
            self.most = max(self.most, self.drawing)
            try:
                return draw(*asked)
            finally:
                self.drawing -= 1

        return drawn


def resident_mb() -> float:
    """Return how much memory this process has."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_000_000


async def fill(laurel: Laurel, people: list[Resident]) -> None:
    """Have everybody thank one who is thanked by all."""
    ben, *others = (each.person for each in people)
    channel = ChannelRef(TOWN, "general")
    for number in range(THANKS):
        giver = others[number % len(others)]
        call = Call(f"thanks-{number}", giver, channel, NOON, "en")
        words = {"to": (ben,), "why": f"{WHY}, {number}"}
        answer = await laurel.dispatcher("shoutouts.shoutout", call, (), words)
        assert isinstance(answer, Say), answer
    await laurel.settle()


async def ask_all(tab: Tab, people: Sequence[Resident], device: str) -> None:
    """Have all press the button at once, as far as people do, and be answered."""

    async def ask(number: int, own: Tab) -> None:
        await asyncio.sleep(number * APART_S)
        await own.press(EXPORT.encode(), f"{device}-{number:08}")

    tabs = [replace(tab, member=each.id) for each in people]
    await asyncio.gather(*(ask(number, own) for number, own in enumerate(tabs)))


async def handed(tab: Tab, people: Sequence[Resident]) -> int:
    """Return how many were answered each time, and handed theirs at the latest then.

    Who has very much, or waits too long for a turn, is told at first that it is made.
    """
    tabs = [replace(tab, member=each.id) for each in people]
    pages = [(await own.open()).html for own in tabs]
    given = [sum(map(page.count, FILES)) for page in pages]
    later = [page.count(LATER) for page in pages]
    both = zip(given, later, strict=True)
    return sum(files > 0 and files + told >= TWICE for files, told in both)


@pytest.fixture
async def begun() -> AsyncIterator[None]:
    """Be as a process is that has begun to serve."""
    stop, loop = Stop(), asyncio.get_running_loop()
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(stop.wait())
        await asyncio.sleep(0)
        yield
        waiting.cancel()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.remove_signal_handler(number)
    gc.unfreeze()


@pytest.mark.usefixtures("begun")
async def test_what_stands_is_not_looked_through_again() -> None:
    """A process has most of what it will ever have once it has begun to serve."""
    assert gc.get_freeze_count() > 10 * len(gc.get_objects())


@pytest.mark.usefixtures("begun")
async def test_a_hundred_who_ask_at_once_hold_nobody_up(
    tmp_path: Path, tell: Tell, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is handed it, one drawn after the other, and no memory is kept."""
    watch = Watch()
    monkeypatch.setattr(files, "drawn", watch.counting(files.drawn))
    monkeypatch.setattr(
        "cogs.privacy.cog.TURN_PATIENCE_S", 60
    )  # they wait, all of them
    refs = [MemberRef(TOWN, f"friend-{number}") for number in range(MEMBERS)]
    people = [Resident(Person(each, each.id)) for each in refs]
    async with town(tmp_path, people, EASY) as (laurel, client):
        await fill(laurel, people)
        tab = Tab(client, people[0].id)
        await ask_all(tab, people, "once")
        assert (await tab.send("clock", {"step": "hour"})).ok
        before_mb = resident_mb()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(watch.run())
            await ask_all(tab, people, "again")
            watch.end()
        growth_mb = resident_mb() - before_mb
        nothing = MEMBERS - await handed(tab, people)
    assert 1 == watch.most
    tell("P22", "asked at once and handed nothing", nothing, most=0)
    if FULL:
        held_ms = watch.held_s * 1_000
        tell("P22", "loop held by exports", held_ms, most=MOST_HELD_MS, unit="ms")
        tell("P22", "grown by exports", growth_mb, most=MOST_GROWTH_MB, unit="MB")


async def run(here: Town, file: Path, plant: str = "") -> nursery.Child:
    """Start ``laurel export`` beside the process that serves."""
    words = ["--config", str(here.configure()), "export", str(file)]
    env = {"PATH": os.environ.get("PATH", "")}
    if not plant:
        return await nursery.start("bot", words, ROOT, env)
    world = replace(here.world, plant=plant).words()
    return await nursery.start("tests.battery.hurried", [world, *words], ROOT, env)


async def ended(child: nursery.Child) -> tuple[int | None, str]:
    """Wait until it has ended; return how, and what it complained of."""
    _, complaints = await child.communicate()
    return child.returncode, complaints.decode()


def words_in(file: Path) -> set[str]:
    """Return the words that a whole export holds."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert "instance" in {each["table"] for each in rows}
    return {each["row"]["body"] for each in rows if each["table"] == "words"}


async def test_two_exports_at_once_while_the_bot_runs(tmp_path: Path) -> None:
    """Both are whole, one name is made once, and members go on all the while."""
    async with beside(tmp_path, 1, 20) as here:
        crowd = Crowd([here], pause_s=0.01)
        one, two, same = (tmp_path / n for n in ("one", "two", "same"))
        async with crowd.giving(), here.running():
            crowd.up.set()
            await crowd.answered(size(5, 200))
            known = set(crowd.acknowledged)
            targets = (one, two, same, same)
            children = [await run(here, each) for each in targets]
            outcomes = [await ended(each) for each in children]
            before = crowd.answers
            await crowd.answered()
            assert crowd.answers > before
            crowd.leaving = True
            await here.settled()
            assert 0 == await here.stop()
        assert [0, 0, 0, 1] == sorted(code or 0 for code, _ in outcomes)
        (why,) = (complaint for code, complaint in outcomes if code)
        assert "exists already" in why or "is writing" in why
        for each in (one, two, same):
            assert known <= words_in(each)
            assert 0o600 == each.stat().st_mode & 0o777
        assert [] == list(tmp_path.glob("*.making"))
        assert {} == here.wrong(crowd.acknowledged)


async def cut_short(folder: Path, plant: str) -> list[str]:
    """Return the names of what an export that is killed leaves, and what is wrong."""
    async with beside(folder, 1, 20) as here:
        file = folder / "all.jsonl"
        code, _ = await ended(await run(here, file, plant))
        assert code
        left = [file.name] if file.exists() else []
        again, _ = await ended(await run(here, file))
        return [*left, *(["not made again"] if again else [])]


async def test_an_export_that_is_killed_leaves_no_half_file(tmp_path: Path) -> None:
    """Nothing is called as was asked for, and the next one is not in its way."""
    assert [] == await cut_short(tmp_path, "dying")
    assert words_in(tmp_path / "all.jsonl") is not None
    assert [] == list(tmp_path.glob("*.making"))


async def test_a_half_file_would_be_found(tmp_path: Path) -> None:
    """Planted: it is written under its name from the first line on."""
    assert ["all.jsonl", "not made again"] == await cut_short(tmp_path, "half")


async def test_a_disk_that_is_full_leaves_no_half_file(tmp_path: Path) -> None:
    """It is said in words, with what to do next."""
    async with beside(tmp_path, 1, 20) as here:
        file = tmp_path / "all.jsonl"
        code, complaint = await ended(await run(here, file, "cramped"))
    assert 1 == code
    assert f"{file} cannot be written (" in complaint
    assert "there is none. Free some space or name another file" in complaint
    assert [] == list(tmp_path.glob("all.jsonl*"))
