"""What the courier asks of Slack, and what Slack's answers mean to it."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from datetime import timedelta

import pytest

from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bot.chat.adapter import (
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
    UnseenError,
)
from bot.chat.catalogue import Catalogue
from bot.chat.message import Card, File, Message, say
from bot.chat.news import ChannelGone, Joined, Left
from bot.chat.table import RouteTable
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from tests.adapters.slack.conftest import Site, delivered, settled
from tests.fakes.slack import Slack as Double
from tests.fakes.slack import limits, sockets
from tests.harness import Clock
from tests.waiting import until


def words(text: str) -> Message:
    """Return a card that says something."""
    return say(Card(body=(phrase("vocabulary.words", words=Quote(text)),)))


def posting(
    to: ChannelRef | MemberRef, text: str = "Well done", delivery_id: str = "d1"
) -> Posting:
    """Return a card on its way."""
    return Posting(to, words(text), "en", delivery_id)


def wall(site: Site) -> ChannelRef:
    """Return the wall, as cogs name it."""
    return ChannelRef(site.here, site.wall.id)


def standing(site: Site) -> list[str]:
    """Return what stands on the wall."""
    return [str(each["text"]) for each in site.slack.sees(site.ana, site.wall)]


async def test_a_post_stands_until_it_is_taken_down(site: Site) -> None:
    """A message is posted, drawn anew and removed; removing it twice is no fault."""
    post_id = await site.adapter.post(posting(wall(site)))
    assert "Well done" in standing(site)[0]
    await site.adapter.edit(posting(wall(site), "Better"), post_id)
    assert "Better" in standing(site)[0]
    site.slack.tolerate("message_not_found")
    await site.adapter.remove(wall(site), post_id)
    await site.adapter.remove(wall(site), post_id)
    assert [] == standing(site)


async def test_a_member_is_written_to_directly(site: Site) -> None:
    """A direct message is posted, drawn anew and removed as any other."""
    to = site.ref(site.bo)
    post_id = await site.adapter.post(posting(to))
    await site.adapter.edit(posting(to, "Better"), post_id)
    (stands,) = site.slack.direct(site.bo)
    assert "Better" in stands["text"]
    await site.adapter.remove(to, post_id)
    assert [] == site.slack.direct(site.bo)


async def test_a_file_comes_with_its_post(site: Site) -> None:
    """What is kept from a post is put beside it."""
    file = File("teas.csv", "text/csv", b"sencha")
    message = Message((*words("Teas").nodes, file))
    await site.adapter.post(Posting(site.ref(site.bo), message, "en", "d1"))
    assert any(each.get("files") for each in site.slack.direct(site.bo))


def regrant(site: Site, scopes: Collection[str]) -> None:
    """Install the app anew, with these scopes."""
    site.team.install(scopes)
    site.purse.tokens[site.team.id] = site.team.bot_token


async def test_a_post_is_found_again(site: Site) -> None:
    """By what it was delivered as, in channels and in direct messages."""
    regrant(site, {*SCOPES, *OPTIONAL_SCOPES})
    since = site.clock()
    for to in (wall(site), site.ref(site.bo)):
        post_id = await site.adapter.post(posting(to, delivery_id="d7"))
        assert post_id == await site.adapter.find(to, "d7", since)
        assert None is await site.adapter.find(to, "d8", since)


async def test_a_post_is_found_however_much_was_said_since(site: Site) -> None:
    """Pages are turned until it is there."""
    since = site.clock()
    post_id = await site.adapter.post(posting(wall(site), delivery_id="d7"))
    for number in range(150):
        await site.ana.says(f"word {number}", site.wall)
    assert post_id == await site.adapter.find(wall(site), "d7", since)


async def test_without_history_nobody_may_look(site: Site) -> None:
    """Then that is said, and not that nothing stands there."""
    regrant(site, SCOPES)
    site.slack.tolerate("missing_scope")
    await site.adapter.post(posting(wall(site), delivery_id="d7"))
    places: list[ChannelRef | MemberRef] = [wall(site), site.ref(site.bo)]
    for to in places:
        with pytest.raises(UnseenError):
            await site.adapter.find(to, "d7", site.clock())


async def test_looking_is_waited_for_where_slack_limits_it(site: Site) -> None:
    """Where history may be read once a minute, it is not read in vain meanwhile."""
    site.slack.profile_history = "limited"
    await site.adapter.post(posting(wall(site), delivery_id="d7"))
    since = site.clock()
    assert await site.adapter.find(wall(site), "d7", since) is not None
    for _ in range(3):
        with pytest.raises(NotAcceptedError) as refusal:
            await site.adapter.find(wall(site), "d7", since)
        assert (refusal.value.retry_after_s or 0) > 10
    looked = [r for r in site.slack.requests if r.method == "conversations.history"]
    assert 2 == len(looked)


@pytest.mark.parametrize("accept", [True, False])
async def test_a_reset_leaves_the_outcome_open(site: Site, *, accept: bool) -> None:
    """Nobody knows whether Slack took it, and nothing is sent a second time."""
    site.slack.faults.reset(accept=accept, path=r"chat\.postMessage")
    with pytest.raises(OutcomeUnknownError):
        await site.adapter.post(posting(wall(site), delivery_id="d7"))
    assert int(accept) == len(standing(site))
    found = await site.adapter.find(wall(site), "d7", site.clock())
    assert accept == (found is not None)


@pytest.mark.parametrize("word", ["internal_error", "fatal_error"])
async def test_half_an_answer_leaves_the_outcome_open(site: Site, word: str) -> None:
    """Slack says of these that some of it may have been done."""
    site.slack.faults.error(word, times=1, path=r"chat\.postMessage")
    with pytest.raises(OutcomeUnknownError):
        await site.adapter.post(posting(wall(site)))


@pytest.mark.parametrize(
    "body", ["<html>bad gateway</html>", {"ok": False, "error": "service_unavailable"}]
)
async def test_a_broken_slack_is_told_from_a_machine_in_between(
    site: Site, body: object
) -> None:
    """Slack's own word that it took nothing is one; a page from elsewhere is none."""
    site.slack.faults.status(503, times=1, path=r"chat\.postMessage", body=body)
    expected = OutcomeUnknownError if isinstance(body, str) else NotAcceptedError
    with pytest.raises(expected):
        await site.adapter.post(posting(wall(site)))


async def test_whoever_stops_waiting_does_not_cancel_the_request(site: Site) -> None:
    """A post that was begun goes on, since nobody could take it back."""
    site.slack.faults.slow(0.3, path=r"chat\.postMessage")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await site.adapter.post(posting(wall(site)))
    await until(lambda: standing(site))
    site.slack.faults.clear()


async def test_a_rate_limit_is_kept_for_as_long_as_slack_says(site: Site) -> None:
    """Until it is over the channel is left alone, and others are not."""
    site.slack.faults.rate_limit(30.0, times=1, path=r"chat\.postMessage")
    for _ in range(3):
        with pytest.raises(NotAcceptedError) as refusal:
            await site.adapter.post(posting(wall(site)))
        assert 25 < (refusal.value.retry_after_s or 0) <= 30
    assert 1 == site.slack.rate_limited
    await site.adapter.post(posting(ChannelRef(site.here, site.bo.dm.id)))


async def test_a_channel_hears_one_post_a_second_in_order(
    slack: Double,
    clock: Clock,
    words: Catalogue,
    table: RouteTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Posts that are asked for at once arrive one after the other; of short seconds."""
    monkeypatch.setattr(limits, "_SECOND_S", 0.2)
    slack.web_api.limits.messages_a_second = 1
    async with settled(slack, clock, words, table, channel_gap_s=0.22) as site:
        async with asyncio.TaskGroup() as tasks:
            for number in range(3):
                sent = posting(wall(site), f"Post {number}", f"d{number}")
                tasks.create_task(site.adapter.post(sent))
        assert ["Post 0", "Post 1", "Post 2"] == [
            next(f"Post {n}" for n in range(3) if f"Post {n}" in text)
            for text in standing(site)
        ]
        assert 0 == slack.rate_limited


async def test_refusals_say_what_is_wrong(site: Site) -> None:
    """Until somebody acts, nothing is sent there."""
    gone, closed = site.team.add_channel("gone"), site.team.add_channel("closed")
    elsewhere = site.team.add_channel("elsewhere", bot_in=False)
    site.team.delete_channel(gone)
    site.team.archive(closed)
    site.slack.faults.close_dms(site.bo)
    bot = site.team.add_member("Robot", bot=True)
    site.slack.tolerate(
        "channel_not_found",
        "is_archived",
        "not_in_channel",
        "messages_tab_disabled",
        "cannot_dm_bot",
        "user_not_found",
    )
    expected: dict[ChannelRef | MemberRef, str] = {
        ChannelRef(site.here, gone.id): "channel-gone",
        ChannelRef(site.here, closed.id): "channel-gone",
        ChannelRef(site.here, elsewhere.id): "no-permission",
        site.ref(site.bo): "member-unreachable",
        site.ref(bot): "member-unreachable",
    }
    for to, reason in expected.items():
        with pytest.raises(RefusedError) as refusal:
            await site.adapter.post(posting(to))
        assert reason == refusal.value.reason, to


async def test_a_revoked_token_stops_its_team_alone(site: Site) -> None:
    """Slack is asked once, and told of; another workspace goes on."""
    other = site.slack.add_team("Maple")
    room = other.add_channel("wall")
    site.purse.tokens[other.id] = other.bot_token
    site.slack.tolerate("token_revoked", "account_inactive", "invalid_auth")
    site.slack.faults.revoke(site.team)
    for _ in range(3):
        with pytest.raises(NotAcceptedError):
            await site.adapter.post(posting(wall(site)))
    assert 1 == site.slack.invalid_requests
    assert site.team.id in (site.adapter.trouble or "")
    elsewhere = CommunityRef(site.here.platform, other.id)
    await site.adapter.post(posting(ChannelRef(elsewhere, room.id)))
    site.team.install()
    site.purse.tokens[site.team.id] = site.team.bot_token
    await site.adapter.post(posting(wall(site)))
    assert None is site.adapter.trouble


async def test_a_workspace_is_greeted(site: Site) -> None:
    """With its name, and with who installed Laurel."""
    (joined,) = (each for each in site.ear.news if isinstance(each, Joined))
    assert (site.here, "Willow") == (joined.community, joined.name)
    assert site.purse.installers[site.team.id] == joined.owner.id


async def test_being_uninstalled_while_away_is_noticed(site: Site) -> None:
    """A community without a token is one that Laurel was sent away from."""
    gone = CommunityRef(site.here.platform, "T0GONE")
    site.memory.here |= {site.here, gone}
    await site.adapter._newsroom.keep_greeting()
    lefts = [each for each in site.ear.news if isinstance(each, Left)]
    assert [Left(gone)] == lefts


async def test_a_new_installation_is_welcomed(site: Site) -> None:
    """While Laurel runs, with its owner where nobody knows who installed it."""
    other = site.slack.add_team("Maple")
    owner = other.add_member("Eva Ruiz", owner=True)
    site.purse.tokens[other.id] = other.bot_token
    await site.adapter.installed([other.id])
    joined = site.ear.news[-1]
    assert isinstance(joined, Joined)
    assert ("Maple", owner.id) == (joined.name, joined.owner.id)


async def test_an_installation_that_cannot_be_greeted_yet_is_no_error(
    site: Site,
) -> None:
    """Whoever installs Laurel while Slack is busy is greeted later."""
    other = site.slack.add_team("Maple")
    site.purse.tokens[other.id] = other.bot_token
    site.slack.faults.status(503, path=r"auth\.test")
    await site.adapter.installed([other.id])
    site.slack.faults.clear()
    await other.add_member("Ana Two").command("/vocabulary", "guarded")
    assert "Maple" in {e.name for e in site.ear.news if isinstance(e, Joined)}


async def test_whoever_uninstalls_before_being_greeted_is_not_greeted(
    site: Site,
) -> None:
    """The last that was heard of them stands: Laurel is not there."""
    other = site.slack.add_team("Maple")
    site.purse.tokens[other.id] = other.bot_token
    site.purse.installers[other.id] = other.add_member("Eva Ruiz", owner=True).id
    site.slack.faults.hang(path=r"auth\.test")
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(site.adapter.installed([other.id]))
        await until(lambda: not site.slack.faults.armed)
        other.uninstall()
        gone = Left(CommunityRef(site.here.platform, other.id))
        await until(lambda: gone in site.ear.news)
        site.slack.web_api.closing.set()  # what hangs goes on
    assert gone == site.ear.news[-1]


async def test_being_uninstalled_is_heard_at_once(site: Site) -> None:
    """The token is forgotten, and the community told of, once."""
    site.slack.faults.duplicate_events(2, copies=3, fresh_ids=True)
    site.team.uninstall()
    await until(lambda: Left(site.here) in site.ear.news)
    await delivered(site.slack)
    assert 1 == site.ear.news.count(Left(site.here))
    assert {} == site.purse.tokens


async def test_a_channel_that_is_gone_is_told_of_once(site: Site) -> None:
    """Slack tells it three times, each time under another id."""
    site.slack.faults.duplicate_events(1, copies=3, fresh_ids=True)
    site.team.archive(site.wall)
    gone = ChannelGone(wall(site))
    await until(lambda: gone in site.ear.news)
    await delivered(site.slack)
    assert 1 == site.ear.news.count(gone)


async def test_what_is_long_to_note_is_delivered_again_and_noted_once(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slack hears of it once it is noted, and not before."""
    monkeypatch.setattr(sockets, "PATIENCE_S", 0.1)
    site.slack.tolerate("acknowledged")  # late
    opened = asyncio.Event()

    async def gate(_name: str) -> None:
        await opened.wait()

    site.ear.gate = gate
    with caplog.at_level("INFO"):
        site.team.archive(site.wall)
        await until(lambda: "delivered again" in caplog.messages)
    assert [] == [each for each in site.ear.news if isinstance(each, ChannelGone)]
    monkeypatch.setattr(sockets, "PATIENCE_S", 10.0)
    opened.set()
    await delivered(site.slack)
    assert 1 == site.ear.news.count(ChannelGone(wall(site)))


async def test_nothing_waits_for_a_channel_that_hangs(site: Site) -> None:
    """A post that hangs holds up its own channel alone."""
    site.slack.faults.hang(path=r"chat\.postMessage")
    other = site.team.add_channel("other")
    async with asyncio.TaskGroup() as tasks:
        hanging = tasks.create_task(site.adapter.post(posting(wall(site))))
        await until(lambda: not site.slack.faults.armed)
        await site.adapter.post(posting(ChannelRef(site.here, other.id)))
        assert not hanging.done()
        site.slack.web_api.closing.set()  # what hangs goes on


def test_looking_is_conclusive_only_after_everything_has_settled() -> None:
    """Longer than the request may take, and what waits before it."""
    slack = Slack.__new__(Slack)
    assert timedelta(seconds=60) < timedelta(seconds=slack.capabilities.settle_s)
