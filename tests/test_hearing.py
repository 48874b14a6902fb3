"""What a platform tells is noted, also where the database is in trouble just then."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.chat.news import ChannelGone, Joined, Left, News
from bot.domain.refs import CommunityRef, MemberRef
from bot.hearing import Hearing
from bot.supervisor import Supervisor
from storage import departures
from storage.database import DatabaseBusyError, Transaction
from tests.harness import COMMUNITY, PLATFORM, Community, community
from tests.waiting import until

ELM = CommunityRef(PLATFORM, "elm")
OAK = CommunityRef(PLATFORM, "oak")


@pytest.fixture
async def home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Community]:
    monkeypatch.setattr("bot.supervisor.FIRST_WAIT_S", 0.01)
    async with community(tmp_path / "laurel.sqlite3") as home:
        await home.settings(moderators=home.channel("mods"))
        yield home


def joined(ref: CommunityRef) -> Joined:
    return Joined(ref, ref.id.title(), MemberRef(ref, "ada"))


async def allow_pages(home: Community, most: int) -> None:
    """Have SQLite itself let the file grow to so many pages, or stay as it is."""

    def allow(tx: Transaction) -> None:
        tx.one(f"PRAGMA max_page_count = {most}")

    await home.database.write(allow)


async def test_news_told_to_a_busy_database_are_noted_later(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A platform tells of a deleted channel once, so nobody else would remember."""
    with monkeypatch.context() as busy:
        busy.setattr("storage.database.MAX_WAITING", 0)
        await home.laurel.dispatcher.hear(ChannelGone(home.channel("wall"), "7"))
        await until(home.laurel.supervisor.unhealthy)
        assert {"news", "database"} <= set(await home.laurel.unhealthy())
        assert [] == home.posts("mods")

    await until(lambda: home.posts("mods"))
    (told,) = home.posts("mods")
    assert "was deleted" in told


async def test_news_told_to_a_full_database_are_noted_later(home: Community) -> None:
    """In the order in which they were told, however many wait."""
    await allow_pages(home, 1)
    many = [CommunityRef(PLATFORM, f"{n:03} {'x' * 200}") for n in range(200)]
    for ref in many:
        await home.laurel.dispatcher.hear(joined(ref))
        await home.laurel.dispatcher.hear(Left(ref))
        await home.laurel.dispatcher.hear(joined(ref))
    before = await home.database.read(departures.present, PLATFORM)
    assert len(before) < len(many), "planted: the disk is full"

    await allow_pages(home, 1_000_000)

    async def all_there() -> bool:
        there = await home.database.read(departures.present, PLATFORM)
        return {COMMUNITY, *many} == set(there)

    await until(all_there)


class Notebook:
    """Notes news; what is in ``faults`` is raised for it instead."""

    def __init__(self) -> None:
        self.noted: list[News] = []
        self.faults: dict[News, Exception] = {}

    async def __call__(self, news: News) -> None:
        await asyncio.sleep(0)
        if news in self.faults:
            raise self.faults[news]
        self.noted.append(news)


@pytest.fixture
def notebook(monkeypatch: pytest.MonkeyPatch) -> Notebook:
    monkeypatch.setattr("bot.supervisor.FIRST_WAIT_S", 0.01)
    return Notebook()


@asynccontextmanager
async def supervised(notebook: Notebook) -> AsyncIterator[Hearing]:
    supervisor = Supervisor()
    hearing = Hearing(notebook)
    supervisor.watch("news", hearing.run)
    yield hearing
    hearing.stop()
    await supervisor.finish(5.0)


async def test_one_community_holds_up_nobody_else(notebook: Notebook) -> None:
    """What it told later waits behind what cannot be noted; the rest is noted."""
    notebook.faults[joined(ELM)] = DatabaseBusyError()
    async with supervised(notebook) as hearing:
        for news in (joined(ELM), joined(ELM), Left(ELM), joined(OAK)):
            await hearing(news)
        assert [joined(OAK)] == notebook.noted

        notebook.faults.clear()
        await until(lambda: len(notebook.noted) > 2)

    assert [joined(OAK), joined(ELM), Left(ELM)] == notebook.noted, "told twice: once"


async def test_what_nobody_can_note_is_let_go(notebook: Notebook) -> None:
    """A fault of our own is logged; it neither comes again nor takes others with it."""
    notebook.faults[joined(ELM)] = DatabaseBusyError()
    async with supervised(notebook) as hearing:
        await hearing(joined(ELM))
        await hearing(Left(ELM))
        notebook.faults[joined(ELM)] = ValueError("planted")
        await until(lambda: notebook.noted)

    assert [Left(ELM)] == notebook.noted


async def test_memory_is_bounded(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was kept first is noted; for more there is no room, and the log says so."""
    monkeypatch.setattr("bot.hearing.MOST_KEPT", 3)
    many = [joined(CommunityRef(PLATFORM, str(number))) for number in range(5)]
    notebook.faults = {news: DatabaseBusyError() for news in many}
    async with supervised(notebook) as hearing:
        for news in many:
            await hearing(news)
        notebook.faults.clear()
        await until(lambda: len(notebook.noted) > 2)

    assert many[:3] == notebook.noted
