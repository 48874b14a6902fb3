"""What is dropped for its age: words alone, only where that is wanted, and in parts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot import serve
from bot.config import Settings
from bot.config.settings import RetentionSettings
from bot.domain.nominations import State
from bot.domain.people import Role
from storage import audit, communities, retention
from storage.boards import recount
from storage.database import Transaction
from storage.retention import KEEP, Retention
from tests.cogs import nominating
from tests.harness import COMMUNITY, Community, community
from tests.storage.test_personal import on_disk

OLD = "You carried the harp down when the lift was broken."
NEW = "You tuned the harp again, and nobody had asked you to."
OPEN = "He taught all of us how the harp is tuned by ear."
BETWEEN = "Between us: the harp was never in tune before you."

YEAR = timedelta(days=365)


async def sweep(home: Community, kept: Retention) -> int:
    """Sweep until nothing is left to do; return how many parts that took."""
    parts = 0
    while await home.database.write(retention.sweep, kept, home.clock()):
        parts += 1
    await home.database.scrub()
    return parts


async def thank(home: Community, why: str, giver: str = "Ana", **more: object) -> None:
    to = (home.person("Ben"),)
    done = await home.type(giver, "shoutout", to=to, why=why, **more)
    assert not done.refused, done.text


def whole(tx: Transaction) -> bool:
    here = communities.get(tx, COMMUNITY)
    return not recount.drift(tx) and audit.first_broken(tx, here) is None


async def words_kept(home: Community) -> list[str]:
    return await nominating.words_kept(home)


async def test_nothing_is_dropped_unless_it_is_wanted(home: Community) -> None:
    """However old it is; thanks are worth reading again."""
    await thank(home, OLD)
    await thank(home, BETWEEN, "Cleo", private=True)
    for _ in range(3):
        await home.wait(days=3_000)
    assert 0 == await sweep(home, KEEP)
    assert sorted([OLD, BETWEEN]) == await words_kept(home)


async def test_words_go_by_their_age_and_figures_stay(tmp_path: Path) -> None:
    """No sooner than is said; the thanks themselves are told and counted as before."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        await thank(home, OLD)
        await home.wait(days=300)
        await thank(home, NEW)
        kept = Retention(words=YEAR)
        await home.wait(days=64)
        assert 0 == await sweep(home, kept)
        await home.wait(days=3)
        assert 1 == await sweep(home, kept)

        assert [NEW] == await words_kept(home)
        assert [] == on_disk(path, [OLD])
        assert await home.database.read(whole)
        told = (await home.type("Ben", "laurel me")).text
    assert "2 times" in told
    assert "The words are no longer kept" in told
    assert NEW in told


async def test_what_is_to_be_decided_about_can_be_read_until_it_is(
    home: Community,
) -> None:
    """A nomination keeps its words while it is open, and not a day longer."""
    home.person("Mo", Role.MODERATOR)
    award = await nominating.opened(home)
    done = await nominating.nominate(home, "Ana", "Cleo", award, OPEN)
    assert not done.refused
    await home.wait(days=2)
    await home.wait(days=800)
    kept = Retention(words=YEAR)
    await sweep(home, kept)
    assert OPEN in await words_kept(home)

    (candidacy,) = await nominating.all_of(home, award)
    await nominating.settled(home, candidacy, State.DECLINED)
    await sweep(home, kept)
    assert OPEN not in await words_kept(home)


async def test_direct_messages_go_once_they_are_sent_and_old(tmp_path: Path) -> None:
    """What waits is sent first; what stands on the platform stays there."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        await thank(home, BETWEEN, private=True)
        kept = Retention(messages=timedelta(days=7), words=YEAR)
        await home.wait(days=6)
        assert 0 == await sweep(home, kept)
        assert on_disk(path, [BETWEEN])
        await home.wait(days=2)
        assert 1 == await sweep(home, kept)
        row = await home.database.read(
            lambda tx: tx.one("SELECT body, state FROM outbox WHERE kind = 'member'")
        )
        assert row is not None
        assert (None, "sent") == tuple(row)
        assert [BETWEEN] == await words_kept(home)
        assert BETWEEN in home.dms("Ben")[0]


async def test_it_is_done_in_parts(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Members never wait for more than one of them."""
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        await thank(home, f"{OLD} {number}", f"Giver {number}")
    await home.wait(days=2)
    await home.wait(days=400)
    assert 3 == await sweep(home, Retention(words=YEAR))
    assert [] == await words_kept(home)


async def test_a_clock_that_was_wrong_drops_nothing_early(home: Community) -> None:
    """Marks from a year to come make nothing older than it is."""
    await home.database.write(
        lambda tx: retention.sweep(tx, KEEP, home.clock() + 2 * YEAR)
    )
    await thank(home, OLD)
    await home.wait(days=30)
    assert 0 == await sweep(home, Retention(words=timedelta(days=40)))
    assert [OLD] == await words_kept(home)


def test_what_is_set_is_what_is_kept() -> None:
    """Nothing is dropped by default but a community that is gone for 30 days."""
    assert serve.retained(Settings()) == KEEP
    chosen = Settings(
        retention=RetentionSettings(messages_d=7, words_y=2, departed_d=1)
    )
    wanted = Retention(timedelta(days=7), timedelta(days=730.5), timedelta(days=1))
    assert wanted == serve.retained(chosen)


async def test_the_alarm_sweeps(home: Community) -> None:
    """Each time that it rings, marks are made of how many words there were."""
    await thank(home, OLD)
    for _ in range(3):
        await home.wait(days=2)
    rows = await home.database.read(lambda tx: tx.all("SELECT last FROM word_marks"))
    assert 4 == len(rows)
    assert 1 == rows[-1]["last"]
