"""Laurel as it runs: its cogs, its file and its courier, in two servers on Discord."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from bot.adapters.discord.adapter import Discord
from bot.adapters.discord.people import DISCORD
from bot.app import Laurel, open_database, running
from bot.domain.refs import ChannelRef, CommunityRef
from bot.memory import DatabaseMemory
from storage import communities, file
from storage.database import Transaction
from tests.adapters.discord.conftest import options_of
from tests.fakes.discord import Actor, Channel, Guild, words
from tests.fakes.discord import Discord as Double
from tests.harness import NEVER, Clock
from tests.harness import words as languages
from tests.waiting import until

WHY = "for carrying the piano up four floors"


@dataclass
class Street:
    """Two servers, each with a wall of its own."""

    discord: Double
    adapter: Discord
    laurel: Laurel
    willow: Guild
    birch: Guild
    walls: dict[str, Channel]

    def wall(self, guild: Guild) -> list[str]:
        """Return what the owner of a server reads on its wall."""
        seen = self.discord.sees(guild.owner, self.walls[guild.id])
        return [words(raw) for raw in seen]


@asynccontextmanager
async def opened(path: Path, discord: Double, clock: Clock) -> AsyncIterator[Street]:
    """Run Laurel for the servers that are there."""
    willow, birch = discord.world.guilds.values()
    catalogue = languages()
    async with open_database(path) as database:
        memory = DatabaseMemory(database, catalogue, clock)
        adapter = Discord(discord.token, options_of(discord), catalogue, memory, clock)
        run = running(database, [adapter], catalogue, clock=clock, wall=lambda: NEVER)
        async with run as laurel:
            await until(lambda: adapter.trouble is None)
            for each in (willow, birch):
                await until(partial(discord.direct, each.owner))
            walls = {g.id: g.add_channel("wall") for g in (willow, birch)}

            def choose(tx: Transaction, guild: Guild) -> None:
                ref = CommunityRef(DISCORD, guild.id)
                here = communities.get(tx, ref)
                wall = ChannelRef(ref, walls[guild.id].id)
                communities.change(tx, here, replace(here.settings, wall=wall))

            for guild in (willow, birch):
                await database.write(choose, guild)
            yield Street(discord, adapter, laurel, willow, birch, walls)


@pytest.fixture
async def street(
    tmp_path: Path, discord: Double, clock: Clock
) -> AsyncIterator[Street]:
    for name in ("Willow", "Birch"):
        discord.add_guild(name)
    file.create(tmp_path / "laurel.sqlite3")
    async with opened(tmp_path / "laurel.sqlite3", discord, clock) as street:
        yield street


async def thanked(street: Street, who: Actor, whom: Actor) -> str:
    """Have somebody thank somebody, and return what they were told."""
    shown = await who.slash("shoutout", {"to": whom, "why": WHY})
    await street.laurel.settle()
    return shown.text


async def test_thanks_go_up_on_the_wall_of_their_own_server(street: Street) -> None:
    """The other server, with the same people in it, hears nothing."""
    ana, bo = street.willow.add_member("Ana"), street.willow.add_member("Bo")
    street.birch.add_member(ana)
    await thanked(street, ana, bo)
    await until(lambda: street.wall(street.willow))
    (post,) = street.wall(street.willow)
    assert "piano" in post
    assert [] == street.wall(street.birch)


async def test_thanks_can_be_taken_back(street: Street) -> None:
    """The button under the receipt takes the post down."""
    ana, bo = street.willow.add_member("Ana"), street.willow.add_member("Bo")
    shown = await ana.slash("shoutout", {"to": bo, "why": WHY})
    await until(lambda: street.wall(street.willow))
    await ana.click(shown, "Undo")
    await until(lambda: not street.wall(street.willow))


async def test_a_refused_shoutout_is_edited_and_sent(street: Street) -> None:
    """What was typed is kept in Laurel's own file, people and all."""
    ana, bo = street.willow.add_member("Ana"), street.willow.add_member("Bo")
    refused = await ana.slash("shoutout", {"to": bo, "why": "tea"})
    form = await ana.click(refused, "Edit again")
    await ana.submit(form, {"why": WHY})
    await until(lambda: street.wall(street.willow))


async def test_what_could_not_be_posted_is_posted_once_later(
    street: Street, clock: Clock
) -> None:
    """Discord is away for a while; nothing is lost, nothing is doubled."""
    ana, bo = street.willow.add_member("Ana"), street.willow.add_member("Bo")
    street.discord.faults.reset(accept=True, path="POST /channels")
    await thanked(street, ana, bo)
    clock.move(minutes=5)
    for courier in street.laurel.couriers:
        courier.wake()
    await street.laurel.settle()
    assert 1 == len(street.wall(street.willow))


async def test_whoever_may_not_is_told_so(street: Street) -> None:
    """Roles come from Discord's own permissions."""
    ana = street.willow.add_member("Ana", permissions=("MANAGE_GUILD",))
    shown = await ana.slash("laurel setup")
    assert "edited" != shown.kind
    assert shown.ephemeral
    option = next(c for c in street.discord.commands() if c["name"] == "laurel")
    bo = street.willow.add_member("Bo")
    sub = {"name": "setup", "type": 1, "options": []}
    data = {"id": option["id"], "name": "laurel", "type": 1, "options": [sub]}
    refused = await bo.forge(2, data)
    assert "admins" in refused.text


async def test_an_old_button_works_after_a_restart(
    tmp_path: Path, discord: Double, clock: Clock
) -> None:
    """Nothing about it was kept in memory."""
    for name in ("Willow", "Birch"):
        discord.add_guild(name)
    discord.gateway_side.identify_gap_s = 0.0
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    async with opened(path, discord, clock) as street:
        ana, bo = street.willow.add_member("Ana"), street.willow.add_member("Bo")
        await thanked(street, ana, bo)
        await until(lambda: street.wall(street.willow))
        wall = street.walls[street.willow.id]
    async with opened(path, discord, clock) as street:
        post = discord.sees(bo, wall)[0]
        form = await bo.click(post, "Thank too")
        assert form.kind in {"modal", "message"}


async def test_who_sent_laurel_away_meanwhile_is_noticed(
    tmp_path: Path, discord: Double, clock: Clock
) -> None:
    """Nobody told, since Laurel was not running; and coming back is no new arrival."""
    path = tmp_path / "laurel.sqlite3"
    for name in ("Willow", "Birch"):
        discord.add_guild(name)
    file.create(path)
    async with opened(path, discord, clock) as street:
        birch = street.birch
    discord.gateway_side.identify_gap_s = 0
    birch.kick_bot()
    catalogue = languages()
    async with open_database(path) as database:
        memory = DatabaseMemory(database, catalogue, clock)
        adapter = Discord(discord.token, options_of(discord), catalogue, memory, clock)
        run = running(database, [adapter], catalogue, clock=clock, wall=lambda: NEVER)
        async with run:
            async with asyncio.timeout(10):
                while len(await memory.communities(DISCORD)) > 1:  # noqa: ASYNC110
                    await asyncio.sleep(0.01)
            birch.invite_bot()
            await until(lambda: len(discord.direct(birch.owner)) > 1)

    assert "Everything in Birch is as it was" in words(discord.direct(birch.owner)[-1])
    assert 2 == len(discord.direct(birch.owner))


async def test_moderators_read_what_to_grant(street: Street) -> None:
    """In Discord's own words for it, in the language that they read."""
    wall, willow = street.walls[street.willow.id], street.willow
    street.discord.tolerate(50013)
    willow.deny(wall, "SEND_MESSAGES")
    ana, bo = willow.add_member("Ana"), willow.add_member("Bo")
    await thanked(street, ana, bo)
    await street.laurel.settle()
    mika = willow.add_member("Mika", permissions=("MANAGE_MESSAGES",), locale="es-ES")

    shown = await mika.slash("laurel undelivered")

    assert "A Laurel le falta un permiso ahí: Enviar mensajes." in shown.text
