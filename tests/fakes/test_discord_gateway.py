"""The gateway, by hand: who is let in, what is heard, and how it ends."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fakes.conftest import Hand, Shard
from tests.fakes.discord import Actor, Discord, Guild, Json
from tests.fakes.discord.snowflakes import shard_of
from tests.harness import Clock


async def closed(shard: Shard) -> int:
    """Return the code that the connection ends with."""
    while True:
        payload = await shard.next()
        if "closed" in payload:
            return int(payload["closed"])


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        ({"op": 2, "d": {"token": "guess", "intents": 1}}, 4004),
        ({"op": 99, "d": {}}, 4001),
        ({"no": "op"}, 4002),
        ({"op": 8, "d": {"guild_id": "1"}}, 4003),
        ({"op": 6, "d": {"token": "guess", "session_id": "x", "seq": 1}}, 4004),
    ],
)
async def test_who_is_not_let_in(hand: Hand, sent: Json, code: int) -> None:
    """Each reason has its code."""
    shard = await hand.dial()
    await shard.socket.send_str(json.dumps(sent))
    assert code == await closed(shard)


@pytest.mark.parametrize(
    ("more", "code"),
    [({"shard": [2, 2]}, 4010), ({"intents": "all"}, 4013), ({"intents": 2}, 4014)],
)
async def test_what_cannot_be_asked_for(
    hand: Hand, discord: Discord, more: dict[str, Any], code: int
) -> None:
    """Privileged intents are not granted unless a test says so."""
    shard = await hand.dial()
    await shard.tell(2, {"token": discord.token, "intents": 1, **more})
    assert code == await closed(shard)


async def test_another_version_of_the_gateway(hand: Hand, discord: Discord) -> None:
    """The tenth alone is spoken."""
    socket = await hand.session.ws_connect(f"{discord.gateway}?v=6")
    assert 4012 == await closed(Shard(socket))


async def test_identifying_twice_or_too_soon(hand: Hand, discord: Discord) -> None:
    """One shard in five seconds, for each place in the row."""
    shard = await hand.connect()
    await shard.tell(2, {"token": discord.token, "intents": 1})
    assert 4005 == await closed(shard)
    again = await hand.dial()
    await again.tell(2, {"token": discord.token, "intents": 1})
    assert {"op": 9, "d": False} == await again.next()
    assert ["gateway: shard 0 identifies too soon"] == discord.findings
    discord.findings.clear()


async def test_heartbeats_are_acknowledged(hand: Hand, discord: Discord) -> None:
    """Or not, where a test wants it so."""
    shard = await hand.dial()
    await shard.tell(1, None)
    assert {"op": 11} == await shard.next()
    discord.faults.silent_heartbeat()
    await shard.tell(1, None)
    await shard.tell(99, None)
    assert 4001 == await closed(shard)


async def test_who_does_not_beat_is_hung_up_on(hand: Hand, discord: Discord) -> None:
    """After two intervals."""
    discord.gateway_side.heartbeat_s = 0.05
    shard = await hand.connect()
    assert 4009 == await closed(shard)


async def test_too_large_and_too_many(hand: Hand, discord: Discord) -> None:
    """4,096 bytes, and 120 payloads a minute."""
    large = await hand.dial()
    await large.tell(1, "x" * 4096)
    assert 4002 == await closed(large)
    many = await hand.dial()
    for _ in range(121):
        await many.tell(1, None)
    assert 4008 == await closed(many)
    assert 2 == len(discord.findings)
    discord.findings.clear()


async def test_a_guild_is_heard_of_by_its_own_shard(
    hand: Hand, discord: Discord, guild: Guild, clock: Clock
) -> None:
    """And by no other."""
    clock.move(seconds=1)
    elm = discord.add_guild("Elm")
    while shard_of(elm.id, 2) == shard_of(guild.id, 2):
        clock.move(milliseconds=1)
        elm = discord.add_guild("Elm")
    for number in (0, 1):
        shard = await hand.connect(shard=[number, 2])
        ready = shard.heard[-1]["d"]
        ids = {each["id"] for each in ready["guilds"]}
        assert [number, 2] == ready["shard"]
        assert (guild.id in ids) == (shard_of(guild.id, 2) == number)
        assert (elm.id in ids) == (shard_of(elm.id, 2) == number)


async def test_what_was_missed_is_told_on_resuming(
    hand: Hand, discord: Discord, guild: Guild
) -> None:
    """Once, in order; a session that is over has to identify again."""
    shard = await hand.connect()
    await shard.until("GUILD_CREATE")
    session = shard.heard[1]["d"]["session_id"]
    sequence = shard.heard[-1]["s"]
    discord.faults.cut()
    guild.add_channel("a")
    guild.add_channel("b")
    back = await hand.dial()
    resume = {"token": discord.token, "session_id": session, "seq": sequence}
    await back.tell(6, resume)
    assert "a" == (await back.until("CHANNEL_CREATE"))["name"]
    assert "b" == (await back.until("CHANNEL_CREATE"))["name"]
    await back.until("RESUMED")
    assert (1, 1, 1) == (discord.identifies, discord.resumes, discord.connections)
    discord.faults.invalid_session()
    assert {"op": 9, "d": False} == await back.next()
    late = await hand.dial()
    await late.tell(6, resume)
    assert {"op": 9, "d": False} == await late.next()


async def test_resuming_from_the_future(hand: Hand, discord: Discord) -> None:
    """A sequence that was never sent closes the connection."""
    shard = await hand.connect()
    session = shard.heard[-1]["d"]["session_id"]
    other = await hand.dial()
    told = {"token": discord.token, "session_id": session, "seq": 999}
    await other.tell(6, told)
    assert 4007 == await closed(other)


async def test_only_what_was_asked_for_is_heard(
    hand: Hand, guild: Guild, ana: Actor
) -> None:
    """With the guilds intent alone no message and no member is heard of."""
    shard = await hand.connect()
    await ana.says("hello", guild.general)
    guild.add_member("Cy")
    guild.add_channel("wall")
    await shard.until("CHANNEL_CREATE")
    heard = {each.get("t") for each in shard.heard}
    assert {None, "READY", "GUILD_CREATE", "CHANNEL_CREATE"} == heard


async def test_others_words_are_heard_with_the_privileged_intent_alone(
    hand: Hand, discord: Discord, guild: Guild, ana: Actor
) -> None:
    """The message is heard of without it, and its words are not."""
    shard = await hand.connect(intents=1 | 1 << 9)
    await ana.says("hello", guild.general)
    assert "" == (await shard.until("MESSAGE_CREATE"))["content"]
    discord.world.reads_everything = True
    discord.gateway_side.identify_gap_s = 0
    where = [shard_of(guild.id, 2), 2]
    open_ear = await hand.connect(intents=1 | 1 << 9 | 1 << 15, shard=where)
    await ana.says("again", guild.general)
    assert "again" == (await open_ear.until("MESSAGE_CREATE"))["content"]


async def test_members_are_given_when_asked_for(
    hand: Hand, guild: Guild, ana: Actor
) -> None:
    """In a chunk that carries the request's nonce."""
    shard = await hand.connect()
    asked = {"guild_id": guild.id, "user_ids": [ana.id], "nonce": "n", "limit": 0}
    await shard.tell(8, asked)
    chunk = await shard.until("GUILD_MEMBERS_CHUNK")
    assert ("n", [ana.id]) == (
        chunk["nonce"],
        [each["user"]["id"] for each in chunk["members"]],
    )


async def test_a_revoked_token_ends_everything(hand: Hand, discord: Discord) -> None:
    """The connection is closed, and nothing is answered any more."""
    shard = await hand.connect()
    discord.faults.revoke_token()
    assert 4004 == await closed(shard)
    assert 401 == (await hand.ask("GET", "/users/@me")).status


async def test_an_outage_is_not_being_sent_away(hand: Hand, guild: Guild) -> None:
    """The gateway tells them apart."""
    shard = await hand.connect()
    guild.outage()
    assert (await shard.until("GUILD_DELETE"))["unavailable"]
    guild.recover()
    await shard.until("GUILD_CREATE")
    guild.kick_bot()
    assert "unavailable" not in await shard.until("GUILD_DELETE")
