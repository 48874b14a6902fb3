"""Posts, news and trouble: what the rest of Laurel has to do with Discord."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.adapters.discord import adapter, breaker, connection, link
from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.chat.adapter import (
    CredentialsError,
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.chat.catalogue import Catalogue
from bot.chat.message import Card, Message, say
from bot.chat.news import ChannelGone, Joined, Left
from bot.chat.table import build_table
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.discord.conftest import Site, options_of, served, serving
from tests.adapters.listening import Ear, Remembered
from tests.fakes.discord import Channel, words
from tests.fakes.discord import Discord as Double
from tests.harness import Clock
from tests.samples.vocabulary.cog import VocabularyCog
from tests.waiting import until


def said(text: str) -> Message:
    """Return a message of one sentence."""
    return say(Card(title=phrase("vocabulary.words", words=Quote(text))))


def posting(
    site: Site, to: Channel | MemberRef, text: str = "hello", delivery_id: str = "d1"
) -> Posting:
    """Return a message on its way."""
    ref = to if isinstance(to, MemberRef) else ChannelRef(site.here, to.id)
    return Posting(ref, said(text), "en", delivery_id)


def texts(site: Site, channel: Channel) -> list[str]:
    """Return what Ana reads in a channel."""
    return [words(raw).strip("# ") for raw in site.discord.sees(site.ana, channel)]


async def test_a_post_stands_and_is_edited_and_taken_down(site: Site) -> None:
    """The three things that the courier does to a message."""
    wall = site.guild.add_channel("wall")
    sent = posting(site, wall)
    message_id = await site.adapter.post(sent)
    assert ["hello"] == texts(site, wall)
    await site.adapter.edit(replace(sent, message=said("goodbye")), message_id)
    assert ["goodbye"] == texts(site, wall)
    await site.adapter.remove(sent.to, message_id)
    assert [] == texts(site, wall)
    await site.adapter.remove(sent.to, message_id)


async def test_a_post_is_found_by_what_it_carries(site: Site) -> None:
    """Among others, after its edits, and only where it stands."""
    wall = site.guild.add_channel("wall")
    since = site.clock()
    await site.adapter.post(posting(site, wall, "one", "d1"))
    wanted = await site.adapter.post(posting(site, wall, "two", "d2"))
    for n in range(120):
        await site.ana.says(f"and {n}", wall)
    to = ChannelRef(site.here, wall.id)
    assert wanted == await site.adapter.find(to, "d2", since)
    assert None is await site.adapter.find(to, "d3", since)


async def test_a_post_that_was_accepted_unheard_is_there_once(site: Site) -> None:
    """No answer comes; the message is found, and sent again it stays one."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.reset(accept=True, path="POST /channels")
    since = site.clock()
    with pytest.raises(OutcomeUnknownError):
        await site.adapter.post(posting(site, wall))
    found = await site.adapter.find(ChannelRef(site.here, wall.id), "d1", since)
    assert found == await site.adapter.post(posting(site, wall))
    assert ["hello"] == texts(site, wall)


async def test_a_reset_before_the_message_was_taken_is_unknown_too(site: Site) -> None:
    """From here both look the same, and looking settles it."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.reset(accept=False, path="POST /channels")
    with pytest.raises(OutcomeUnknownError):
        await site.adapter.post(posting(site, wall))
    to = ChannelRef(site.here, wall.id)
    assert None is await site.adapter.find(to, "d1", site.clock())


async def test_an_unreachable_platform_took_nothing(site: Site) -> None:
    """A connection that is refused is a plain no."""
    wall = site.guild.add_channel("wall")
    await site.discord.faults.cut_everything()
    with pytest.raises(NotAcceptedError):
        await site.adapter.post(posting(site, wall))
    await site.discord.faults.mend()


async def test_a_status_of_discord_s_own_is_a_no(site: Site) -> None:
    """With a body in JSON, Discord itself says that it took nothing."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.status(503, times=1, path="POST /channels")
    with pytest.raises(NotAcceptedError):
        await site.adapter.post(posting(site, wall))


async def test_a_status_of_a_machine_in_between_is_no_answer(site: Site) -> None:
    """A page in HTML says nothing of what Discord did."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.status(503, times=1, path="POST /channels", body="<p>Oh</p>")
    with pytest.raises(OutcomeUnknownError):
        await site.adapter.post(posting(site, wall))


async def test_a_guard_in_between_is_not_discord_s_no(site: Site) -> None:
    """A page in HTML with any status parks nothing; it is tried again later."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.status(403, times=1, path="POST /channels", body="<p>No</p>")
    with pytest.raises(NotAcceptedError) as refusal:
        await site.adapter.post(posting(site, wall))
    assert 60.0 == refusal.value.retry_after_s


async def test_a_limit_without_a_header_is_waited_for(site: Site) -> None:
    """Opening direct messages too fast is Discord's own word for later."""
    body = {"code": 40003, "message": "You are opening direct messages too fast"}
    site.discord.faults.status(403, times=1, path="/users/@me/channels", body=body)
    with pytest.raises(NotAcceptedError):
        await site.adapter.post(posting(site, site.ref(site.ana)))


async def test_a_passing_error_is_tried_again_at_once(site: Site) -> None:
    """One bad answer does not delay a message by a round of the courier."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.status(502, times=1, path="POST /channels")
    await site.adapter.post(posting(site, wall))
    assert ["hello"] == texts(site, wall)


async def test_a_rate_limit_is_waited_out(site: Site) -> None:
    """A short one costs the message nothing but the time."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.rate_limit(0.2, path="POST /channels")
    await site.adapter.post(posting(site, wall))
    assert ["hello"] == texts(site, wall)


async def test_a_long_rate_limit_is_the_courier_s_to_wait_for(site: Site) -> None:
    """A lane does not hang for minutes; it is told when to come again."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.rate_limit(240.0, path="POST /channels")
    with pytest.raises(NotAcceptedError) as refusal:
        await site.adapter.post(posting(site, wall))
    assert 240.0 == refusal.value.retry_after_s


async def test_a_deleted_channel_takes_no_post(site: Site) -> None:
    """It is told as news, and so is each post that was on its way."""
    wall = site.guild.add_channel("wall")
    await site.adapter.post(posting(site, wall))
    site.guild.delete_channel(wall)
    ref = ChannelRef(site.here, wall.id)
    await until(lambda: ChannelGone(ref) in site.ear.news)
    site.discord.tolerate(10003)
    with pytest.raises(RefusedError, match="channel-gone"):
        await site.adapter.post(posting(site, wall, delivery_id="d2"))
    await site.adapter.remove(ref, "1")


@pytest.mark.parametrize(
    "denied", [("SEND_MESSAGES",), ("VIEW_CHANNEL",)], ids=" ".join
)
async def test_missing_permissions_are_named(
    site: Site, denied: tuple[str, ...]
) -> None:
    """What is missing travels with the refusal, to be said to moderators."""
    wall = site.guild.add_channel("wall", denied=denied)
    site.discord.tolerate(50001, 50013)
    await until(lambda: site.adapter.missing(ChannelRef(site.here, wall.id)))
    with pytest.raises(RefusedError, match="no-permission") as refused:
        await site.adapter.post(posting(site, wall))
    wanted = denied[0].lower().replace("_", "-")
    assert (wanted,) == site.adapter.missing(ChannelRef(site.here, wall.id))
    assert (f"discord.permission-{wanted}",) == refused.value.wanting


async def test_an_edit_of_what_somebody_deleted_is_refused(site: Site) -> None:
    """Somebody took it down by hand: that is their word."""
    wall = site.guild.add_channel("wall")
    sent = posting(site, wall)
    message_id = await site.adapter.post(sent)
    wall.messages.clear()
    site.discord.tolerate(10008)
    with pytest.raises(RefusedError, match="message-gone"):
        await site.adapter.edit(sent, message_id)


async def test_a_thread_takes_posts_unless_it_is_put_away(site: Site) -> None:
    """Posting into a thread works as into a channel; a locked one says no."""
    thread = site.guild.add_thread(site.guild.general, "thanks")
    await site.adapter.post(posting(site, thread))
    assert ["hello"] == texts(site, thread)
    site.guild.archive(thread, locked=True)
    site.discord.tolerate(50083, 160005, 50013)
    with pytest.raises(RefusedError, match="no-permission"):
        await site.adapter.post(posting(site, thread, delivery_id="d2"))


async def test_a_forum_takes_each_post_as_a_thread(site: Site) -> None:
    """Named by the card's title; edited and found there all the same."""
    forum = site.guild.add_channel("praise", kind=15)
    await until(lambda: site.adapter._places.name_of(ChannelRef(site.here, forum.id)))
    since = site.clock()
    sent = posting(site, forum, "Ana waters the plants")
    message_id = await site.adapter.post(sent)
    (thread,) = (c for c in site.guild.channels.values() if c.parent_id == forum.id)
    assert ("Ana waters the plants", thread.id) == (thread.name, message_id)
    await site.adapter.edit(replace(sent, message=said("she does")), message_id)
    assert ["she does"] == texts(site, thread)
    assert message_id == await site.adapter.find(sent.to, "d1", since)
    await site.adapter.remove(sent.to, message_id)
    assert [] == texts(site, thread)


async def test_a_member_is_written_to_directly(site: Site) -> None:
    """Their direct channel is opened once, however often they are written to."""
    for n in range(3):
        await site.adapter.post(posting(site, site.ref(site.ana), f"n{n}", f"d{n}"))
    assert ["n0", "n1", "n2"] == texts(site, site.ana.dm)
    opened = [r for r in site.discord.requests if r.path == "/users/@me/channels"]
    assert 1 == len(opened)


async def test_closed_direct_messages_are_told_apart_from_leaving(site: Site) -> None:
    """Who does not want messages is still here; who left is not."""
    site.discord.faults.close_dms(site.ana)
    site.discord.tolerate(50007, 10007, 50278)
    with pytest.raises(RefusedError, match="member-unreachable"):
        await site.adapter.post(posting(site, site.ref(site.ana)))
    site.guild.remove_member(site.ana)
    with pytest.raises(RefusedError, match="member-gone"):
        await site.adapter.post(posting(site, site.ref(site.ana)))


async def test_servers_are_told_of_as_they_come_and_go(site: Site) -> None:
    """Being there, being asked in and being sent away; an outage is neither."""
    owner = MemberRef(site.here, site.guild.owner_id)
    await until(lambda: site.ear.news)
    (here,) = site.ear.news
    assert isinstance(here, Joined)
    assert (site.here, "Willow", owner, "en-US") == (
        here.community,
        here.name,
        here.owner,
        here.locale,
    )
    site.guild.outage()
    site.guild.recover()
    site.guild.kick_bot()
    await until(lambda: site.ear.news[-1] == Left(site.here))
    site.guild.invite_bot()
    await until(lambda: isinstance(site.ear.news[-1], Joined))
    assert 1 == sum(isinstance(each, Left) for each in site.ear.news)


@pytest.mark.parametrize("fault", ["cut", "reconnect", "invalid_session"])
async def test_the_gateway_comes_back(site: Site, fault: str) -> None:
    """After a cut, op 7 and op 9, members are answered as before."""
    getattr(site.discord.faults, fault)()
    await until(lambda: site.discord.resumes + site.discord.identifies > 1)
    await until(lambda: site.adapter.trouble is None)
    shown = await site.ana.slash("vocabulary nodes")
    assert "message" == shown.kind
    assert 2 >= site.discord.identifies


async def test_a_wrong_token_is_told_of_at_the_start(
    discord: Double, clock: Clock, words: Catalogue
) -> None:
    """Whoever starts Laurel hears it at once, and nothing connects."""
    there = Discord("wrong", options_of(discord), words, Remembered(), clock)
    discord.tolerate(0)
    with pytest.raises(CredentialsError) as raised:
        await there.start(build_table([VocabularyCog()]), Ear())
    assert DISCORD == raised.value.platform
    await there.stop()
    assert 0 == discord.identifies


async def test_a_revoked_token_ends_the_connection_for_good(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told in words; nothing is sent any more, and nothing connects again."""
    wall = site.guild.add_channel("wall")
    site.discord.tolerate(0)
    site.discord.faults.revoke_token()
    await until(lambda: "token" in (site.adapter.trouble or ""))
    invalid = site.discord.invalid_requests
    for n in range(20):
        with pytest.raises(NotAcceptedError):
            await site.adapter.post(posting(site, wall, delivery_id=f"d{n}"))
    assert invalid == site.discord.invalid_requests
    assert 1 == site.discord.identifies
    assert site.discord.token not in caplog.text


async def test_a_platform_that_is_away_at_the_start_is_tried_again(
    discord: Double, clock: Clock, words: Catalogue
) -> None:
    """The bot starts without it, says so, and is there once Discord is."""
    discord.add_guild("Willow")
    await discord.faults.cut_everything()
    there = Discord(discord.token, options_of(discord), words, Remembered(), clock)
    await there.start(build_table([VocabularyCog()]), Ear())
    assert "cannot be reached" in (there.trouble or "")
    async with serving(there):
        await discord.faults.mend()
        await until(lambda: there.trouble is None)


async def test_shards_share_the_servers(
    discord: Double, clock: Clock, words: Catalogue
) -> None:
    """Each server is heard over its own connection, whichever that is."""
    guilds = [discord.add_guild(f"Guild {n}") for n in range(4)]
    ear = Ear()
    options = options_of(discord, shards=2)
    there = Discord(discord.token, options, words, Remembered(), clock)
    async with served(there, build_table([VocabularyCog()]), ear):
        assert (2, 2) == (discord.connections, discord.identifies)
        await until(lambda: len(ear.news) == len(guilds))
        discord.faults.cut()
        await until(lambda: discord.resumes == 2)
        await until(lambda: there.trouble is None)


async def test_stopping_is_quick_when_discord_is_gone(site: Site) -> None:
    """Nobody waits for a goodbye that does not come."""
    await site.discord.faults.cut_everything()
    now_s = asyncio.get_running_loop().time
    began_s = now_s()
    await site.adapter.stop()
    assert now_s() - began_s < 3
    await site.discord.faults.mend()


async def test_what_is_sent_meanwhile_outlives_its_sender(site: Site) -> None:
    """A cancelled wait does not cancel the request, and none after it hangs."""
    wall = site.guild.add_channel("wall")
    site.discord.faults.rate_limit(0.3, path="POST /channels", scope="global")
    sending = asyncio.create_task(  # noqa: TID251  cancelled below
        site.adapter.post(posting(site, wall))
    )
    await until(lambda: site.discord.rate_limited)
    sending.cancel()
    await site.adapter.post(posting(site, wall, "second", "d2"))
    await until(lambda: sorted(texts(site, wall)) == ["hello", "second"])


async def test_a_long_outage_ends_soon_after_it_is_over(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The connection is made anew, however long the library would wait by then."""
    monkeypatch.setattr(link, "LOST_S", 0.2)
    site.discord.faults.cut()
    await until(lambda: site.discord.resumes)
    await site.discord.faults.cut_everything()
    await until(lambda: "cannot be reached" in (site.adapter.trouble or ""))
    await site.discord.faults.mend()
    await until(lambda: site.adapter.trouble is None)
    shown = await site.ana.slash("vocabulary nodes")
    assert "message" == shown.kind
    wall = site.guild.add_channel("wall")
    await site.adapter.post(posting(site, wall))
    assert ["hello"] == texts(site, wall)


@pytest.mark.parametrize("code", [4011, 4013, 4014])
async def test_a_session_that_discord_will_not_have_is_not_tried_again(
    site: Site, code: int
) -> None:
    """The trouble says what to do; nobody knocks until the door is shut for good."""
    site.discord.faults.close(code)
    await until(lambda: "start Laurel again" in (site.adapter.trouble or ""))
    assert 1 == site.discord.identifies


async def test_names_are_those_that_laurel_remembers(site: Site) -> None:
    """Where Discord draws no mention, a member is called as they were last seen."""
    site.memory.known[site.ref(site.ana)] = "Ana"
    forum = site.guild.add_channel("praise", kind=15)
    await until(lambda: site.adapter._places.name_of(ChannelRef(site.here, forum.id)))
    for n, who in enumerate((site.ana, site.bo)):
        titled = say(Card(title=phrase("vocabulary.title", person=site.ref(who))))
        to = ChannelRef(site.here, forum.id)
        await site.adapter.post(Posting(to, titled, "en", f"d{n}"))
    names = [c.name for c in site.guild.channels.values() if c.parent_id == forum.id]
    assert ["Everything for @Ana", "Everything for @somebody"] == names


async def test_a_burst_stays_below_what_discord_allows(site: Site) -> None:
    """Many channels at once are posted to without one refusal."""
    walls = [site.guild.add_channel(f"wall-{n}") for n in range(80)]
    await asyncio.gather(
        *(
            site.adapter.post(posting(site, wall, delivery_id=f"d{n}"))
            for n, wall in enumerate(walls)
        )
    )
    assert 0 == site.discord.rate_limited


async def test_a_shut_door_is_not_knocked_at_for_ever(site: Site) -> None:
    """After a few refusals nothing is asked, until somebody grants what is missing."""
    wall = site.guild.add_channel("wall", denied=("SEND_MESSAGES",))
    ref = ChannelRef(site.here, wall.id)
    site.discord.tolerate(50013)
    await until(lambda: site.adapter.missing(ref))
    for n in range(60):
        with pytest.raises(RefusedError, match="no-permission"):
            await site.adapter.post(posting(site, wall, delivery_id=f"d{n}"))
    assert 3 == site.discord.invalid_requests
    site.guild.deny(wall)
    await until(lambda: not site.adapter.missing(ref))
    await site.adapter.post(posting(site, wall, delivery_id="d60"))
    assert ["hello"] == texts(site, wall)


async def test_a_member_who_wants_no_messages_is_left_alone(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a few tries, until a while has passed."""
    site.discord.faults.close_dms(site.ana)
    site.discord.tolerate(50007)
    for n in range(10):
        with pytest.raises(RefusedError, match="member-unreachable"):
            await site.adapter.post(posting(site, site.ref(site.ana), "x", f"d{n}"))
    assert 3 == site.discord.invalid_requests
    site.discord.faults.close_dms(site.ana, closed=False)
    monkeypatch.setattr(breaker, "REST_S", 0.0)
    await site.adapter.post(posting(site, site.ref(site.ana)))
    assert ["hello"] == texts(site, site.ana.dm)


async def test_stopping_waits_for_no_rate_limit(
    monkeypatch: pytest.MonkeyPatch, site: Site
) -> None:
    """A message that is held back is told to have no outcome, and found later.

    What is patched stays so until the site is left.
    """
    wall = site.guild.add_channel("wall")
    site.discord.faults.rate_limit(50.0, path="POST /channels")
    sending = asyncio.create_task(  # noqa: TID251  awaited below
        site.adapter.post(posting(site, wall))
    )
    await until(lambda: site.discord.rate_limited)
    for module in (adapter, connection, link):
        monkeypatch.setattr(module, "STOP_PATIENCE_S", 0.1)
    async with asyncio.timeout(3):
        await site.adapter.stop()
        with pytest.raises(OutcomeUnknownError):
            await sending
