"""T40: one file, one Laurel; whoever comes second is told so, and damages nothing."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import pytest

from bot.exits import IN_USE
from storage.file import create
from storage.lock import AnotherInstanceError, InstanceLock
from tests import nursery
from tests.battery.on_discord import Place, Town, beside
from tests.battery.process import PATIENCE_S, ROOT
from tests.battery.size import FULL, size
from tests.battery.told import Tell

AT_ONCE = size(4, 10)
SOON_S = 2.0

Way = Callable[[Path], Path]
"""Gives the file of a town another path, and returns it."""


def link(file: Path) -> Path:
    """A name that points to it, in another folder."""
    other = file.with_name("elsewhere") / "other.sqlite3"
    other.parent.mkdir()
    other.symlink_to(file)
    return other


def folder(file: Path) -> Path:
    """The same name, in a folder that is the same by another name."""
    other = file.parent.with_name("beside")
    other.symlink_to(file.parent)
    return other / file.name


def hard(file: Path) -> Path:
    """A second name that is as good as the first."""
    other = file.with_name("second.sqlite3")
    other.hardlink_to(file)
    return other


def relative(file: Path) -> Path:
    """A path that begins where the settings are."""
    return Path("..", file.parent.name, file.name)


WAYS: Sequence[Way] = (lambda file: file, link, folder, hard, relative)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a process ended, what it complained of, and how long it took."""

    code: int
    words: str
    took_s: float


@asynccontextmanager
async def served(tmp_path: Path, plant: str = "") -> AsyncIterator[tuple[Town, Place]]:
    """Have Laurel serve a server."""
    async with beside(tmp_path / "town") as town:
        place = town.found()
        await town.prepare()
        town.world = replace(town.world, plant=plant)
        async with town.running():
            yield town, place


def told(town: Town, name: str, file: Path, *more: str) -> Path:
    """Write settings that name the file so, and return where."""
    config = town.folder / f"{name}.toml"
    lines = ("[database]", f'path = "{file}"', "[web]", "port = 0", *town.settings())
    config.write_text("\n".join((*lines, *more)), "utf-8")
    return config


async def typed(town: Town, config: Path, *words: str) -> Ended:
    """Have somebody type ``laurel`` and ``words``, and wait for its end."""
    since, said = monotonic(), ["--config", str(config), *words]
    env = {"PATH": os.environ.get("PATH", ""), **town.secrets()}
    module = "bot"
    if town.world.plant:
        module, said = "tests.battery.hurried", [town.world.words(), *said]
    child = await nursery.start(module, said, ROOT, env)
    try:
        async with asyncio.timeout(PATIENCE_S):
            _, complaints = await child.communicate()
    except TimeoutError:
        child.send_signal(9)
        await child.wait()
        return Ended(0, "it serves as well", monotonic() - since)
    assert child.returncode is not None
    return Ended(child.returncode, complaints.decode(), monotonic() - since)


@pytest.mark.timed
async def test_a_second_laurel_is_refused_under_any_name(
    tmp_path: Path, tell: Tell
) -> None:
    """It says which file, who has it and what to do; and the first one goes on."""
    slowest_s = 0.0
    async with served(tmp_path) as (town, place):
        assert town.child is not None
        for number, way in enumerate(WAYS):
            file = way(town.file)
            ended = await typed(town, told(town, f"way-{number}", file), "run")
            assert IN_USE == ended.code, ended.words
            assert f"{file.name} is in use by another Laurel" in ended.words
            assert "stop the other one, or give this one a file of its own" in (
                ended.words
            )
            who = "under another name" if way is hard else f"process {town.child.pid} "
            assert who in ended.words
            slowest_s = max(slowest_s, ended.took_s)
        giver, friend = place.let_in("Ana"), place.let_in("Bo")
        assert await place.thank(giver, friend, "for no1x1")
    tell("P13", "second processes that served the same file", 0, most=0)
    if FULL:
        words = "until a second process is refused, at most"
        tell("P13", words, round(slowest_s, 2), most=SOON_S, unit="s")


async def test_no_command_that_writes_gets_in(tmp_path: Path) -> None:
    """``restore``, ``init``, ``import`` and ``demo`` on the file that is served."""
    async with served(tmp_path) as (town, place):
        copy, points = tmp_path / "copy.sqlite3", tmp_path / "points.csv"
        create(copy)
        points.write_text("member,points\nAna,3\n", "utf-8")
        community = tmp_path / "play" / "community"
        community.mkdir(parents=True)
        (community / "laurel.sqlite3").symlink_to(town.file)
        play = f'[playground]\nport = 0\nfolder = "{tmp_path / "play"}"'
        config = told(town, "same", town.file, play)
        for words in (
            ("restore", str(copy)),
            ("init",),
            ("import", str(points)),
            ("demo",),
        ):
            ended = await typed(town, config, *words)
            assert IN_USE == ended.code, (words, ended.words)
            assert "is in use by another Laurel" in ended.words
        giver, friend = place.let_in("Ana"), place.let_in("Bo")
        assert await place.thank(giver, friend, "for no1x2")


async def test_after_a_kill_it_starts_at_once(tmp_path: Path) -> None:
    """What is left of a lock keeps nobody off, whatever is written in it."""
    async with served(tmp_path) as (town, place):
        await town.kill()
        async with town.running():
            giver, friend = place.let_in("Ana"), place.let_in("Bo")
            assert await place.thank(giver, friend, "for no1x3")


async def at_the_same_moment(town: Town) -> list[Ended | None]:
    """Start many; return how each ended, or None of those that serve."""
    config = town.configure()
    env = {"PATH": os.environ.get("PATH", ""), **town.secrets()}
    module, said = "bot", ["--config", str(config), "run"]
    if town.world.plant:
        module, said = "tests.battery.hurried", [town.world.words(), *said]
    children = await asyncio.gather(
        *(nursery.start(module, said, ROOT, env) for _ in range(AT_ONCE))
    )

    async def outcome(child: nursery.Child) -> Ended | None:
        assert child.stdout is not None
        async with asyncio.timeout(PATIENCE_S):
            if b"http://" in await child.stdout.readline():
                return None
            _, complaints = await child.communicate()
        return Ended(child.returncode or 0, complaints.decode(), 0.0)

    try:
        return list(await asyncio.gather(*map(outcome, children)))
    finally:
        for child in children:
            if child.returncode is None:
                child.send_signal(9)
            await child.wait()
        town.gone()


async def test_of_many_at_once_one_serves(tmp_path: Path) -> None:
    """And each of the others says so and ends."""
    async with beside(tmp_path / "town") as town:
        town.found()
        await town.prepare()
        outcomes = await at_the_same_moment(town)
        assert 1 == outcomes.count(None)
        others = [each for each in outcomes if each is not None]
        assert {IN_USE} == {each.code for each in others}


@pytest.mark.usefixtures("unhurried")
async def test_a_lock_that_is_not_taken_would_be_found(tmp_path: Path) -> None:
    """Planted: whoever asks gets in."""
    async with beside(tmp_path / "town") as town:
        town.found()
        await town.prepare()
        town.world = replace(town.world, plant="lockless")
        outcomes = await at_the_same_moment(town)
        assert 1 < outcomes.count(None)
        town.discord.findings.clear()  # two of one name: Discord minds that as well


def test_a_lock_is_let_go_of(tmp_path: Path) -> None:
    """Of a file that is there, and of one that is not yet; and under each name."""
    path = tmp_path / "laurel.sqlite3"
    for _ in range(2):
        InstanceLock.take(path).release()
        lock = InstanceLock.take(path)
        with pytest.raises(AnotherInstanceError):
            InstanceLock.take(path)
        lock.release()
        path.touch()
