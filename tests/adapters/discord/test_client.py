"""The client: when it identifies, what it knows of its connections, what it keeps."""

from __future__ import annotations

import asyncio
import logging

import pytest

from bot.adapters.discord import client, connection, link
from bot.adapters.discord.client import Pace, Presence
from tests.adapters.discord.conftest import Site
from tests.waiting import until


async def test_identifications_of_one_slot_are_spaced() -> None:
    """Shards of one slot wait for each other, those of others do not."""
    pace = Pace(every_s=0.1)
    pace.slots = 2
    now_s = asyncio.get_running_loop().time
    began_s = now_s()
    done_s: dict[int, float] = {}

    async def identify(shard: int) -> None:
        await pace.turn(shard)
        done_s[shard] = now_s() - began_s

    await asyncio.gather(*map(identify, range(5)))
    slots = (0, 0, 1, 1, 2)
    waited = [done_s[shard] >= 0.099 * slot for shard, slot in enumerate(slots)]
    assert [True] * 5 == waited
    assert max(done_s[0], done_s[1]) < min(done_s[2], done_s[3])
    assert max(done_s[2], done_s[3]) < done_s[4]


async def test_the_first_identification_waits_for_nothing() -> None:
    """A bot that starts is there at once."""
    pace = Pace(every_s=60.0)
    async with asyncio.timeout(1):
        await pace.turn(0)


async def test_a_session_that_keeps_dying_is_not_made_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After a burst, identifications come as slowly as fifty a day allow."""
    monkeypatch.setattr(client, "IDENTIFY_COST_S", 0.4)
    pace = Pace(every_s=0.0)
    now_s = asyncio.get_running_loop().time
    began_s = now_s()
    for _ in range(client.IDENTIFIES_AT_ONCE):
        await pace.turn(0)
    at_once_s = now_s() - began_s
    for _ in range(3):
        await pace.turn(0)
    assert (True, True) == (at_once_s < 0.4, now_s() - began_s > 0.8)


def test_a_day_has_at_most_fifty_identifications() -> None:
    """Far from the thousand after which Discord takes the token away."""
    later = 24 * 60 * 60 / client.IDENTIFY_COST_S
    assert 50 >= client.IDENTIFIES_AT_ONCE + later


def test_connections_are_complete_when_all_stand() -> None:
    """One that falls is noticed, and so is each change."""
    presence = Presence(wanted=2)
    presence.note(0, up=True)
    told = [presence.complete]
    presence.note(1, up=True)
    told.append(presence.complete)
    presence.note(0, up=False)
    told.append(presence.complete)
    assert [False, True, False] == told


def test_only_changes_of_connections_are_told() -> None:
    """What stands already comes to stand only once."""
    presence = Presence()
    presence.note(0, up=True)
    told = [presence.changed.is_set()]
    presence.changed.clear()
    presence.note(0, up=True)
    told.append(presence.changed.is_set())
    assert [True, False] == told


async def test_neither_messages_nor_members_are_kept(site: Site) -> None:
    """What members say and who they are is none of a cache's business."""
    await site.bo.says("This stays between us")
    await site.ana.slash("vocabulary nodes")
    connected = site.adapter._connection.client
    assert connected is not None
    (guild,) = connected.guilds
    assert [] == list(connected.cached_messages)
    assert [guild.me] == list(guild.members)
    assert [] == connected.persistent_views


async def test_only_servers_are_listened_to(site: Site) -> None:
    """No privileged intent, and none that Laurel does without."""
    connected = site.adapter._connection.client
    assert connected is not None
    assert {"guilds"} == {name for name, on in connected.intents if on}


async def test_tokens_stay_out_of_the_log(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither the bot's nor an interaction's, however much is logged."""
    with caplog.at_level(logging.DEBUG):
        shown = await site.ana.slash("vocabulary nodes")
        site.discord.faults.reconnect()
        await site.ana.slash("vocabulary nodes")
    assert site.discord.token not in caplog.text
    assert shown.interaction.token not in caplog.text


async def test_waiting_for_a_session_is_no_outage(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once the day's sessions are spent, the login stands, and the trouble says why."""
    monkeypatch.setattr(link, "LOST_S", 0.1)
    monkeypatch.setattr(connection, "_WORTH_SAYING_S", 0.0)
    monkeypatch.setattr(client, "IDENTIFIES_AT_ONCE", 1)
    monkeypatch.setattr(client, "IDENTIFY_COST_S", 1.5)
    stands = site.adapter._connection.client
    assert stands is not None
    stands.pace._paid_until_s[0] = asyncio.get_running_loop().time() + 1.5
    site.discord.faults.invalid_session()
    await until(lambda: "ended many connections" in (site.adapter.trouble or ""))
    await until(lambda: site.adapter.trouble is None)

    assert stands is site.adapter._connection.client
    assert 2 == site.discord.identifies
    assert "message" == (await site.ana.slash("vocabulary nodes")).kind


async def test_an_outage_while_a_session_waits_is_noticed_after_it(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The patience for the gateway begins when it may be spoken to again."""
    monkeypatch.setattr(link, "LOST_S", 0.3)
    stands = site.adapter._connection.client
    assert stands is not None
    stands.pace.waits_until_s = asyncio.get_running_loop().time() + 0.5
    await site.discord.faults.cut_everything()
    await until(lambda: "cannot be reached" in (site.adapter.trouble or ""))
    assert asyncio.get_running_loop().time() > stands.pace.waits_until_s
    await site.discord.faults.mend()
    await until(lambda: site.adapter.trouble is None)
    assert stands is not site.adapter._connection.client
