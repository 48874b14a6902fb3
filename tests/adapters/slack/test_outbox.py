"""What was thanked for reaches the wall once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from storage import communities, set_aside
from storage.database import Transaction
from tests.adapters.slack.conftest import Workshop, workshop
from tests.fakes.slack import Channel
from tests.harness import START, Clock
from tests.waiting import until

WHY = "for the docs that saved my whole week"

WITH_HISTORY = (*SCOPES, *OPTIONAL_SCOPES)

POSTED = "chat.postMessage"
POSTS = r"chat\.postMessage"


async def wall(site: Workshop) -> Channel:
    """Return a room to thank in, once Laurel has said hello."""
    await until(lambda: any(r.method == POSTED for r in site.slack.requests))
    await site.laurel.settle()
    return site.team.add_channel("wall")


async def thank(site: Workshop, room: Channel) -> None:
    """Have somebody thank somebody else; the first attempt to post it is over then."""
    ana = site.team.add_member("Ana Souza")
    bo = site.team.add_member("Bo Lindqvist")
    room.members |= {ana.id, bo.id}
    shown = await ana.command("/shoutout", f"{bo.mention()} {WHY}", room)
    assert "message" == shown.kind, shown.text
    await site.laurel.settle()


def standing(room: Channel) -> int:
    """Return how many thanks stand in a room for all to see."""
    messages = room.messages.values()
    return len([m for m in messages if m.reader is None and WHY in str(m.raw)])


async def unseen(site: Workshop) -> int:
    """Return how many posts Laurel knows of that may stand twice."""

    def count(tx: Transaction) -> int:
        everywhere = communities.every(tx)
        return sum(set_aside.unseen(tx, each, START) for each in everywhere)

    return await site.laurel.database.read(count)


async def pass_time(site: Workshop, **by: float) -> None:
    """Let time pass, and wait until nothing more follows."""
    site.clock.move(**by)
    site.laurel.alarm.wake()
    await asyncio.sleep(0)
    for courier in site.laurel.couriers:
        courier.wake()
    await site.laurel.settle()


async def test_what_is_accepted_late_is_found_and_stands_once(
    tmp_path: Path, clock: Clock
) -> None:
    """Slack kept it after we stopped waiting: it is looked for before another try."""
    async with workshop(tmp_path, clock, WITH_HISTORY, answer_s=0.4) as site:
        room = await wall(site)
        site.slack.faults.hang(late=True, wait_s=0.7, path=POSTS)
        await thank(site, room)
        await until(lambda: standing(room))
        await pass_time(site, seconds=30)
        assert 1 == standing(room)
        await pass_time(site, minutes=2)
        await pass_time(site, minutes=10)
        assert (1, 0) == (standing(room), await unseen(site))
        posted = [r for r in site.slack.requests if r.method == POSTED]
        assert 1 == len(
            [r for r in posted if WHY in str(r.args) and room.id in str(r.args)]
        )


async def test_without_history_it_may_stand_twice_and_that_is_counted(
    tmp_path: Path, clock: Clock
) -> None:
    """Nobody may look, so it is sent once more; never more often."""
    async with workshop(tmp_path, clock, SCOPES, answer_s=0.4) as site:
        site.slack.tolerate("missing_scope")
        room = await wall(site)
        site.slack.faults.hang(late=True, wait_s=0.7, path=POSTS)
        await thank(site, room)
        await until(lambda: standing(room))
        await pass_time(site, minutes=2)
        await pass_time(site, minutes=10)
        assert (2, 1) == (standing(room), await unseen(site))
        ada = site.team.add_member("Ada", owner=True)
        room.members.add(ada.id)
        shown = await ada.command("/laurel", "undelivered", room)
        assert "One post of the last 30 days may stand twice" in shown.text


async def test_what_was_never_accepted_is_sent_once_more(
    tmp_path: Path, clock: Clock
) -> None:
    """A reset after which nothing stands: looked for, not found, sent again."""
    async with workshop(tmp_path, clock, WITH_HISTORY) as site:
        room = await wall(site)
        site.slack.faults.reset(accept=False, path=POSTS)
        await thank(site, room)
        assert 0 == standing(room)
        await pass_time(site, minutes=2)
        await pass_time(site, minutes=10)
        assert 1 == standing(room)


async def test_a_token_that_is_revoked_in_flight_loses_nothing(
    tmp_path: Path, clock: Clock
) -> None:
    """It waits until there is another token, and is said; then it stands, once."""
    async with workshop(tmp_path, clock, WITH_HISTORY) as site:
        site.slack.tolerate("token_revoked", "account_inactive", "invalid_auth")
        room = await wall(site)
        site.slack.faults.error("token_revoked", path=POSTS, times=1)
        await thank(site, room)
        await until(lambda: site.adapter.trouble)
        assert 0 == standing(room)
        await pass_time(site, minutes=30)
        assert 0 == standing(room)
        site.team.install(WITH_HISTORY)
        site.purse.tokens[site.team.id] = site.team.bot_token
        await pass_time(site, minutes=10)
        assert (1, None) == (standing(room), site.adapter.trouble)


async def test_an_outage_loses_nothing(tmp_path: Path, clock: Clock) -> None:
    """What was kept before is posted when Slack is there again."""
    async with workshop(tmp_path, clock, WITH_HISTORY) as site:
        room = await wall(site)
        site.slack.faults.status(503, path=POSTS, times=3)
        await thank(site, room)
        await site.slack.faults.cut_everything()
        await pass_time(site, minutes=20)
        await site.slack.faults.mend()
        await until(lambda: site.adapter.trouble is None)
        for _ in range(6):
            await pass_time(site, minutes=10)
        assert 1 == standing(room)
