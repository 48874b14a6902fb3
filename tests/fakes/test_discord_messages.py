"""Messages on the double: where they may stand, how often, and what they hold."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.fakes.conftest import Hand
from tests.fakes.discord import Actor, Discord, Guild
from tests.harness import Clock

V2 = 1 << 15


async def test_a_nonce_is_remembered_for_three_minutes(
    hand: Hand, discord: Discord, guild: Guild, clock: Clock
) -> None:
    """The first message is returned, and no second one made; then it is forgotten."""
    once = {"content": "x", "nonce": "n", "enforce_nonce": True}
    first = await hand.post(guild.general, once)
    clock.move(minutes=3)
    again = await hand.post(guild.general, once)
    assert (first.body["id"], "n") == (again.body["id"], again.body["nonce"])
    clock.move(seconds=1)
    later = await hand.post(guild.general, once)
    assert first.body["id"] != later.body["id"]
    other = guild.add_channel("other")
    assert later.body["id"] == (await hand.post(other, once)).body["id"]
    assert ["nonce 'n' was used in another channel"] == discord.findings
    discord.findings.clear()
    unforced = await hand.post(guild.general, {"content": "x", "nonce": "n"})
    assert 3 == len({later.body["id"], unforced.body["id"], first.body["id"]})


@pytest.mark.parametrize(
    ("made", "code"),
    [
        ({"hidden_from_bot": True}, 50001),
        ({"denied": ("SEND_MESSAGES",)}, 50013),
        ({"kind": 15}, 50008),
        ({"kind": 4}, 50008),
    ],
)
async def test_a_channel_that_takes_no_message(
    hand: Hand, guild: Guild, made: dict[str, Any], code: int
) -> None:
    """Each reason has its code."""
    channel = guild.add_channel("wall", **made)
    assert code == (await hand.post(channel, {"content": "x"})).code


async def test_what_is_gone_is_unknown(hand: Hand, guild: Guild) -> None:
    """A deleted channel and one in a guild that sent the bot away."""
    wall = guild.add_channel("wall")
    guild.delete_channel(wall)
    assert 10003 == (await hand.post(wall, {"content": "x"})).code
    guild.kick_bot()
    assert 50001 == (await hand.post(guild.general, {"content": "x"})).code
    assert 10004 == (await hand.ask("GET", f"/guilds/{guild.id}")).code


async def test_threads_and_forums(hand: Hand, guild: Guild) -> None:
    """A post in a forum is a thread; a locked one takes nothing."""
    forum = guild.add_channel("praise", kind=15)
    body = {"name": "Thanks", "message": {"content": "x"}}
    made = await hand.ask("POST", f"/channels/{forum.id}/threads", body)
    assert (201, forum.id) == (made.status, made.body["parent_id"])
    assert "x" == made.body["message"]["content"]
    thread = guild.channels[made.body["id"]]
    guild.archive(thread)
    assert 200 == (await hand.post(thread, {"content": "y"})).status
    assert not thread.archived
    guild.archive(thread, locked=True)
    assert 50083 == (await hand.post(thread, {"content": "z"})).code
    guild.deny(forum, "SEND_MESSAGES_IN_THREADS")
    assert 50013 == (await hand.post(thread, {"content": "z"})).code


async def test_direct_messages(
    hand: Hand, discord: Discord, guild: Guild, ana: Actor, bo: Actor
) -> None:
    """Whoever has closed them, left, or never was is told apart."""

    async def write_to(user_id: str) -> int:
        body = {"recipient_id": user_id}
        made = await hand.ask("POST", "/users/@me/channels", body)
        if made.status != 200:
            return made.code
        path = f"/channels/{made.body['id']}/messages"
        sent = await hand.ask("POST", path, {"content": "Hi"})
        return sent.status if sent.status == 200 else sent.code

    assert 200 == await write_to(ana.id)
    assert ["Hi"] == [each["content"] for each in discord.direct(ana)]
    discord.faults.close_dms(ana)
    guild.remove_member(bo)
    assert [50007, 50278, 50033] == [
        await write_to(ana.id),
        await write_to(bo.id),
        await write_to("123"),
    ]


async def test_history_is_paged_and_others_words_are_hidden(
    hand: Hand, guild: Guild, ana: Actor
) -> None:
    """Newest first; without the privileged intent nobody else's words are read."""
    await ana.says("secret", guild.general)
    sent = [await hand.post(guild.general, {"content": str(n)}) for n in range(4)]
    ids = [reply.body["id"] for reply in sent]

    async def page(query: str) -> list[str]:
        path = f"/channels/{guild.general.id}/messages?{query}"
        return [each["content"] for each in (await hand.ask("GET", path)).body]

    assert ["3", "2", "1", "0", ""] == await page("limit=100")
    assert ["3", "2"] == await page("limit=2")
    assert ["2", "1"] == await page(f"limit=2&after={ids[0]}")
    assert ["1", "0"] == await page(f"limit=2&before={ids[2]}")
    assert ["2", "1", "0"] == await page(f"limit=3&around={ids[1]}")


async def test_the_bot_edits_its_own_messages_alone(
    hand: Hand, guild: Guild, ana: Actor
) -> None:
    """And deletes others' only where it may."""
    said = await ana.says("mine", guild.general)
    path = f"/channels/{guild.general.id}/messages/{said['id']}"
    assert 50005 == (await hand.ask("PATCH", path, {"content": "yours"})).code
    assert 50013 == (await hand.ask("DELETE", path)).code
    assert 10008 == (await hand.ask("DELETE", f"{path}0")).code


async def test_files_are_attached_described_and_fetched(
    hand: Hand, discord: Discord, guild: Guild
) -> None:
    """With components v2 a file that no component shows is a finding."""
    shown = {"type": 13, "file": {"url": "attachment://all.csv"}}
    about = {"id": 0, "filename": "all.csv", "description": "All"}
    payload = {"flags": V2, "components": [shown], "attachments": [about]}
    files = {"all.csv": b"a,b"}
    made = await hand.post(guild.general, payload, files=files)
    (held,) = made.body["attachments"]
    assert ("all.csv", 3, "All") == (
        held["filename"],
        held["size"],
        held["description"],
    )
    async with hand.session.get(made.body["components"][0]["file"]["url"]) as got:
        assert b"a,b" == await got.read()
    path = f"/channels/{guild.general.id}/messages/{made.body['id']}"
    text = {"type": 10, "content": "No file"}
    await hand.ask("PATCH", path, {"components": [text]})
    assert ["all.csv is attached, and no component shows it"] == discord.findings
    discord.findings.clear()
    bare = await hand.ask("PATCH", path, {"components": [text], "attachments": []})
    assert [] == bare.body["attachments"]


async def test_files_that_are_too_large_or_strangely_named(
    hand: Hand, guild: Guild
) -> None:
    """Ten mebibytes; a name keeps plain letters alone, and references to it too."""
    large = {"large.bin": bytes(10 * 1024 * 1024 + 1)}
    refused = await hand.post(guild.general, {"content": "x"}, files=large)
    assert (413, 40005) == (refused.status, refused.code)
    shown = {"type": 13, "file": {"url": "attachment://_año nuevo.csv"}}
    payload = {"flags": V2, "components": [shown]}
    strange = await hand.post(guild.general, payload, files={"_año nuevo.csv": b"x"})
    (held,) = strange.body["attachments"]
    assert "ano_nuevo.csv" == held["filename"] == strange.body["components"][0]["name"]


async def test_words_give_way_to_components(
    hand: Hand, discord: Discord, guild: Guild
) -> None:
    """An edit that turns to components v2 has to take the old words away."""
    made = await hand.post(guild.general, {"content": "x"})
    path = f"/channels/{guild.general.id}/messages/{made.body['id']}"
    body = {"flags": V2, "components": [{"type": 10, "content": "y"}]}
    assert 400 == (await hand.ask("PATCH", path, body)).status
    assert "content cannot stand beside" in discord.findings[0]
    discord.findings.clear()
    done = await hand.ask("PATCH", path, {**body, "content": None})
    assert (200, "", V2) == (done.status, done.body["content"], done.body["flags"])
    kept = await hand.ask("PATCH", path, {"components": body["components"]})
    assert V2 == kept.body["flags"]


async def test_only_those_who_are_allowed_are_pinged(
    hand: Hand, guild: Guild, ana: Actor, bo: Actor
) -> None:
    """By the words of the message and what it allows."""
    text = f"<@{ana.id}> and <@{bo.id}>, @everyone"
    plain = await hand.post(guild.general, {"content": text})
    assert (2, True) == (len(plain.body["mentions"]), plain.body["mention_everyone"])
    allowed = {"parse": [], "users": [int(bo.id)]}
    payload = {"content": text, "allowed_mentions": allowed}
    some = await hand.post(guild.general, payload)
    assert [bo.id] == [each["id"] for each in some.body["mentions"]]
    assert not some.body["mention_everyone"]


async def test_ids_say_when_they_were_made(
    hand: Hand, guild: Guild, clock: Clock
) -> None:
    """So that a probe can ask for what is newer than an instant."""
    first = await hand.post(guild.general, {"content": "x"})
    clock.move(seconds=10)
    second = await hand.post(guild.general, {"content": "y"})
    between = (clock() - timedelta(seconds=5)).timestamp() * 1000 - 1420070400000
    mark = int(between) << 22
    assert int(first.body["id"]) < mark < int(second.body["id"])
