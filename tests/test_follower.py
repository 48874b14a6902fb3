"""Each follower is given each entry once and in order; the log is read once for all."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import bot.supervisor
from bot import tail
from bot.app import open_database
from bot.chat.routes import FollowSpec
from bot.domain.community import Community, Settings
from bot.domain.refs import CommunityRef, PlatformName
from bot.follower import Followers
from bot.supervisor import Supervisor
from storage import activity, communities
from storage.activity import Activity, Fact
from storage.database import Database, Transaction
from storage.file import create
from tests.battery.size import chance

KINDS = ("tea.poured", "tea.drunk", "cake.baked")
NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Diary:
    """A follower that keeps what it was given, and fails as often as it is told to."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds
        self.kept: list[int] = []
        self.fails = 0

    @property
    def spec(self) -> FollowSpec:
        """What is followed, and by which name."""
        return FollowSpec(f"diary.{'-'.join(self.kinds)}", self.kinds, self.note)

    def note(self, tx: Transaction, entries: Sequence[Activity]) -> None:
        """Keep what is new."""
        del tx
        if self.fails:
            self.fails -= 1
            raise ValueError(entries)
        assert {each.fact.kind for each in entries} <= set(self.kinds)
        self.kept += [each.id for each in entries]


class Pub:
    """A file in which things happen, and those who follow them."""

    def __init__(self, database: Database, here: Community) -> None:
        self.database = database
        self.here = here
        self.diaries = [Diary(KINDS[0]), Diary(*KINDS), Diary(*KINDS[1:])]
        self.happened: list[str] = []

    async def happen(self, *kinds: str) -> None:
        """Have something of each kind happen, in one commit."""
        await self.database.write(self._happen, kinds)
        self.happened += kinds

    def _happen(self, tx: Transaction, kinds: Sequence[str]) -> None:
        for kind in kinds:
            activity.add(tx, self.here, Fact(kind, 0, None, 1, "call", ""), NOW)

    @asynccontextmanager
    async def followed(self) -> AsyncIterator[Followers]:
        """Have the diaries written until all is in them."""
        supervisor = Supervisor()
        followers = Followers(self.database, [each.spec for each in self.diaries])
        await followers.begin(supervisor)
        try:
            yield followers
            await followers.settle()
        finally:
            followers.stop()
            await supervisor.finish(5)

    def due(self, since: int = 0) -> list[list[int]]:
        """Return what each diary has to hold."""
        numbered = list(enumerate(self.happened, 1))
        return [
            [n for n, kind in numbered if kind in each.kinds and n > since]
            for each in self.diaries
        ]

    @property
    def kept(self) -> list[list[int]]:
        """What each diary holds."""
        return [each.kept for each in self.diaries]


@pytest.fixture
async def pub(tmp_path: Path) -> AsyncIterator[Pub]:
    path = tmp_path / "laurel.sqlite3"
    create(path)
    async with open_database(path) as database:
        ref = CommunityRef(PlatformName("playground"), "pub")
        settings = Settings("en", ZoneInfo("UTC"))
        here = await database.write(communities.add, ref, settings, NOW)
        yield Pub(database, here)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read from the file since, by name."""
    seen: list[str] = []
    read = Database.read

    async def counted(self: Database, query: Any, *args: Any, **more: Any) -> Any:
        seen.append(query.__name__)
        return await read(self, query, *args, **more)

    monkeypatch.setattr(Database, "read", counted)
    return seen


async def test_all_who_follow_share_one_look(pub: Pub, reads: list[str]) -> None:
    """However many follow: beginning reads nothing, and a commit is read once."""
    async with pub.followed() as followers:
        await followers.settle()
        assert [] == reads
        for _ in range(3):
            await pub.happen(*KINDS)
            await followers.settle()
    assert ["after"] * 3 == reads
    assert pub.due() == pub.kept


@pytest.mark.parametrize("luck", range(10))
async def test_everything_once_and_in_order(
    pub: Pub, luck: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever comes how fast, whoever fails, is behind, or is started again."""
    monkeypatch.setattr(tail, "KEPT", 7)
    monkeypatch.setattr(tail, "BATCH", 3)
    monkeypatch.setattr("bot.follower.BATCH", 3)
    monkeypatch.setattr(bot.supervisor, "FIRST_WAIT_S", 0.001)
    rng = chance(luck)
    for _ in range(3):
        async with pub.followed() as followers:
            for _ in range(rng.randrange(6)):
                for each in pub.diaries:
                    each.fails = rng.choice((0, 0, 0, 1, 2))
                for _ in range(rng.randrange(4)):
                    await pub.happen(*rng.choices(KINDS, k=rng.randrange(1, 12)))
                if rng.random() < 0.5:
                    await followers.settle()
    assert pub.due() == pub.kept


async def test_what_was_before_a_new_follower_is_not_its_own(pub: Pub) -> None:
    """It starts at the log's end; whoever was there goes on from where it was."""
    newcomer = pub.diaries.pop()
    async with pub.followed():
        await pub.happen(*KINDS)
    await pub.happen(*KINDS)
    pub.diaries.append(newcomer)
    async with pub.followed():
        await pub.happen(*KINDS)
    assert [*pub.due()[:2], pub.due(since=6)[2]] == pub.kept
