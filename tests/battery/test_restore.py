"""T33: the drill. The file is lost, a backup is put back, and nobody notices twice."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.features import declared
from bot.keeping.restoring import put_back
from storage import audit, backups, communities, erasures, left, restoring
from storage.backups import back_up
from storage.file import connect
from storage.offline import look_into
from tests import nursery
from tests.battery import ledger, on_discord
from tests.battery.on_discord import Town, beside, is_in, options, posts_of, until
from tests.battery.process import EASY, number
from tests.battery.size import FULL, size
from tests.battery.told import Tell
from tests.bench.history import make
from tests.cogs import weeks
from tests.fakes.discord import Actor
from tests.fakes.discord.buckets import GLOBAL_PER_S
from tests.faults import down, up
from tests.harness import Clock, Post, community, words

SINCE = size(4, 500)
"""What happens after the backup."""

POST = "POST /channels/{channel}/messages"

HELD = size(2_000, 1_000_000)
MOST_S = 300.0
FORGETFUL = ("instance", "outbox", "audit", "erasures", "occurrences", "cursors")
"""Tables in which a restore notes something of its own."""

Rows = Mapping[str, Counter[tuple[object, ...]]]


def rows_of(path: Path) -> Rows:
    """Return everything that a file holds."""
    with closing(connect(path, "ro")) as connection:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema "
            "WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        every = "SELECT * FROM {}".format
        return {
            name: Counter(map(tuple, connection.execute(every(name))))
            for (name,) in tables
        }


async def laurel(town: Town, *words: str) -> tuple[int, str, str]:
    """Type ``laurel`` and return how it ended, what it said, and its complaints."""
    config = town.configure()
    env = {"PATH": os.environ.get("PATH", ""), **town.secrets()}
    typed = ["--config", str(config), *words]
    child = await nursery.start("bot", typed, town.folder, env)
    out, complaints = await child.communicate()
    assert child.returncode is not None
    return child.returncode, out.decode(), complaints.decode()


async def erase(who: Actor, town: Town) -> None:
    """Have a member erase themselves."""
    general = town.places[0].general
    sheet = await who.slash("laurel privacy", {}, general)
    erased = await who.submit(await who.click(sheet, "Erase"), {"word": "ERASE"})
    assert "are gone" in erased.text


def residue(folder: Path, needles: Sequence[str], but: Sequence[Path]) -> list[str]:
    """Return where any of ``needles`` is, in any file of ``folder``."""
    return [
        f"{needle} in {each.name}"
        for each in sorted(folder.rglob("*"))
        if each.is_file() and each not in but
        for needle in needles
        if needle.encode() in each.read_bytes()
    ]


async def thank(giver: Actor, to: Actor, why: str, town: Town) -> None:
    """Thank somebody, and see that it is in."""
    said = await giver.slash("shoutout", options(to, why), town.places[0].general)
    assert is_in(said), said.text


class Drill:
    """A town, what it was told before its backup and after, and what came of it."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.place = town.found("Willow")
        # As fast as Discord lets anybody: what a channel takes is tested elsewhere.
        town.discord.rest.buckets.limits[POST] = (GLOBAL_PER_S, 1.0)
        self.people = [
            self.place.let_in(f"{name} Quillfeather")
            for name in ("Ana", "Bo", "Chidi", "Zuzana", "Yorick", "Xenia")
        ]
        self.copy = town.folder / "copy"
        self.before: Rows = {}
        self.stood: list[str] = []

    @property
    def gone(self) -> Sequence[Actor]:
        """Who is erased after the backup."""
        return self.people[3:]

    @property
    def needles(self) -> Sequence[str]:
        """What nobody may find of them."""
        names = [each.name for each in self.gone]
        return [*names, *(each.id for each in self.gone)]

    async def run_until_lost(self) -> None:
        """Live, be backed up, live on, and lose the file."""
        town, (ana, bo, chidi, zuzana, yorick, xenia) = self.town, self.people
        # A hundred a day is the most that one of them may give.
        crowd = [ana, bo, chidi, *map(self.place.let_in, ("Dana", "Emil", "Farah"))]
        await town.prepare(EASY)
        async with town.running():
            for giver, to in ((ana, bo), (zuzana, ana), (bo, yorick), (xenia, chidi)):
                why = f"{to.name} kept the stove alive, {giver.name} says"
                await thank(giver, to, why, town)
            await town.settled()
            code, said, complaints = await laurel(town, "backup", str(self.copy))
            assert (0, "") == (code, complaints)
            assert "verified" in said
            self.before = rows_of(self.copy)
            for n in range(SINCE):
                giver, to = crowd[n % len(crowd)], crowd[(n + 1) % len(crowd)]
                await thank(giver, to, number(1, n), town)
            sheet = await chidi.slash("laurel privacy", {}, self.place.general)
            assert sheet.message is not None
            await asyncio.gather(*(erase(each, town) for each in self.gone))
            await town.settled()
            known = erasures.Ledger(town.file)
            await until(lambda: len(known.read()) == len(self.gone))
            self.stood = on_discord.said_on(self.place.wall)
        for each in town.folder.glob(f"{town.file.name}*"):
            if not each.name.endswith((".erased", ".lock")):
                each.unlink()

    def others(self, found: Rows, *, less: bool) -> list[str]:
        """Return the tables that are not as they were, but for who was erased."""
        wrong = []
        for table in self.before.keys() - FORGETFUL:
            more = found[table] - self.before[table]
            lost = self.before[table] - found[table]
            if more or (lost and not less):
                wrong.append(table)
        return wrong


async def test_the_drill(tmp_path: Path, tell: Tell, unhurried: None) -> None:
    """Put back by the command: whole, nobody erased is back, and nothing said twice."""
    del unhurried
    async with beside(tmp_path) as town:
        drill = Drill(town)
        await drill.run_until_lost()
        code, said, complaints = await laurel(town, "restore", str(drill.copy))
        assert (0, "") == (code, complaints)
        assert "3 erased since the backup are erased again" in said
        found = residue(tmp_path, drill.needles, [drill.copy, town.log])
        assert [] == found
        tell("P15", "traces of who was erased, after a restore", len(found), most=0)
        async with town.running():
            await town.settled()
            ana, bo = drill.people[:2]
            twice = sum(n - 1 for n in posts_of(town.discord).values())
            tell("P15", "posts sent again after a restore", twice, most=0)
            assert drill.stood == on_discord.said_on(drill.place.wall)
            await thank(ana, bo, number(2, 0), town)
            await town.settled()
            assert [*drill.stood, number(2, 0)] == on_discord.said_on(drill.place.wall)
            assert 0 == await town.stop()
        assert [] == broken(town)
        assert 1 == town.count("audit WHERE action = 'laurel.restored'")
        assert [] == town.crashes()


def broken(town: Town) -> list[str]:
    """Return what a file that was put back is not: whole, counted, in one chain."""
    found = ledger.faults(town.file, [], [])
    wrong = [what for what, many in found.items() if many]
    with look_into(town.file) as tx:
        here = communities.get(tx, town.places[0].ref)
        return [*wrong, *(["chain"] if audit.first_broken(tx, here) else [])]


async def test_a_backup_made_by_itself_is_all_there_was(tmp_path: Path) -> None:
    """By schedule, while members go on; put back, each row is as it was then."""
    async with beside(tmp_path) as town:
        drill = Drill(town)
        folder = tmp_path / "elsewhere"
        town.more = f'[backups]\nevery_h = 1\nfolder = "{folder}"'
        await town.prepare(EASY)
        async with town.running():
            ana, bo = drill.people[:2]
            await thank(ana, bo, number(1, 0), town)
            await until(lambda: bool(backups.kept(folder)))
        (copy,) = backups.kept(folder)
        drill.before = rows_of(copy)
        town.file.unlink()
        code, _, complaints = await laurel(town, "restore", str(copy))
        assert (0, "") == (code, complaints)
        assert [] == drill.others(rows_of(town.file), less=False)


async def test_a_restore_without_the_ledger_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: it does not look who was erased since, and they are back."""
    async with beside(tmp_path) as town:
        drill = Drill(town)
        await drill.run_until_lost()
        monkeypatch.setattr(erasures.Ledger, "read", lambda _ledger: {})
        table = declared(words())
        put_back(town.file, drill.copy, table, town.world.now())
        assert residue(tmp_path, drill.needles, [drill.copy, town.log])


@pytest.mark.timed
async def test_a_million_are_back_in_time(tmp_path: Path, tell: Tell) -> None:
    """By the real command, over a history of years; and it is ready again."""
    async with beside(tmp_path) as town:
        town.found("Willow")
        past = tmp_path / "past"
        await asyncio.to_thread(make, past, HELD, max(200, HELD // 10))
        began = asyncio.get_running_loop().time()
        code, _, complaints = await laurel(town, "restore", str(past))
        took_s = asyncio.get_running_loop().time() - began
        assert (0, "") == (code, complaints)
        if FULL:
            tell("P15", "restored, of a million", took_s, most=MOST_S, unit="s")
        assert left.take(town.file)  # nobody has to read it through first
        assert left.note(town.file)
        async with town.running():
            assert 0 == await town.stop()
        assert HELD == town.count("shoutouts")


async def twice(folder: Path) -> int:
    """Restore what had a message waiting, which then went out; count what is twice."""
    clock, posts, path = Clock(), list[Post](), folder / "laurel.sqlite3"
    async with community(path, clock=clock, posts=posts) as home:
        home.platform.fault = down
        for giver in ("ana", "bo", "chidi"):
            to = (home.person("dana"),)
            await home.type(
                giver, "shoutout", to=to, why=f"{giver}: for the soup and the bread"
            )
        await asyncio.to_thread(back_up, path, folder / "copy")
        home.platform.fault = up
        for _ in range(8):
            await home.wait(minutes=5)
    assert 3 == len(posts)
    path.unlink()
    put_back(path, folder / "copy", declared(words()), clock())
    async with community(path, clock=clock, posts=posts) as again:
        await again.wait(minutes=1)
        await again.wait(hours=2)
    return len(posts) - len({post.text for post in posts})


async def test_what_waited_is_not_said_again(tmp_path: Path) -> None:
    """It was said meanwhile, for all that anybody knows; moderators are asked."""
    assert 0 == await twice(tmp_path)


async def test_a_restore_that_says_it_again_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: it leaves what waits as it is."""
    nothing = "UPDATE outbox SET reason = :reason WHERE queued_at < :before AND 0"
    monkeypatch.setattr(restoring, "_PARK", nothing)
    assert 3 == await twice(tmp_path)


async def weeks_of(path: Path, clock: Clock, posts: list[Post]) -> Action:
    """Live two weeks, with a backup between; return a button of the second."""
    async with community(path, clock=clock, posts=posts) as home:
        home.clock.move(days=1)
        await weeks.set_up(home)
        await weeks.give(home, "Ana", "Ben")
        await weeks.until(home, weeks.FRIDAY)
        await home.wait(hours=1)
        await asyncio.to_thread(back_up, path, path.with_name("copy"))
        to = (home.person("Dai"),)
        lost = await home.type("Cleo", "shoutout", to=to, why=weeks.CHAIRS)
        await weeks.until(home, weeks.FRIDAY + timedelta(days=7))
        await home.wait(hours=1)
        assert 2 == len(weeks.recaps(home))
        return next(lost.message.actions())


async def test_no_number_is_given_again(tmp_path: Path, tell: Tell) -> None:
    """Of recaps that were posted since, and of thanks whose buttons stand somewhere."""
    clock, posts, path = Clock(), list[Post](), tmp_path / "laurel.sqlite3"
    button = await weeks_of(path, clock, posts)
    path.unlink()
    assert put_back(path, tmp_path / "copy", declared(words()), clock()).restored.passed
    async with community(path, clock=clock, posts=posts) as again:
        for _ in range(40):  # calls that other people made meanwhile
            again.call("x")
        await again.wait(minutes=1)
        assert 2 == len(weeks.recaps(again))
        await weeks.give(again, "Ana", "Ben")
        pressed = await again.do(again.call("Cleo"), button, None)
        assert "shoutouts.refused-unknown" == pressed.reason
        await weeks.until(again, weeks.FRIDAY + timedelta(days=14))
        await again.wait(hours=1)
        lines = [line for each in weeks.recaps(again) for line in weeks.lines(each)]
    given = Counter(line for line in lines if line.startswith("Recap "))
    assert 3 == given.total()
    tell("P15", "numbers given again after a restore", 3 - len(given), most=0)
