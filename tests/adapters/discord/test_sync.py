"""Commands are published when they changed, and only then."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.adapters.discord.adapter import Discord
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable, build_table
from tests.adapters.discord.conftest import options_of, serving
from tests.adapters.listening import Ear, Remembered
from tests.fakes.discord import Discord as Double
from tests.harness import Clock
from tests.samples.vocabulary.cog import VocabularyCog
from tests.waiting import until


async def started(
    discord: Double, catalogue: Catalogue, table: RouteTable, guild_id: str | None
) -> Discord:
    """Return an adapter that logged in."""
    options = options_of(discord, development_guild=guild_id)
    adapter = Discord(discord.token, options, catalogue, Remembered(), Clock())
    await adapter.start(table, Ear())
    return adapter


def published(discord: Double) -> int:
    """Return how often commands were published."""
    return sum(r.method == "PUT" for r in discord.requests)


@pytest.fixture
def table() -> RouteTable:
    return build_table([VocabularyCog()])


async def test_commands_are_published_once(
    discord: Double, words: Catalogue, table: RouteTable
) -> None:
    """The second start finds what the first one published, and leaves it."""
    for _ in range(2):
        adapter = await started(discord, words, table, None)
        await adapter.stop()
    assert {"vocabulary", "Say it back"} == {c["name"] for c in discord.commands()}
    assert 1 == published(discord)


async def test_commands_that_changed_are_published_again(
    discord: Double, words: Catalogue, table: RouteTable
) -> None:
    """A command more or less is a change."""
    await (await started(discord, words, table, None)).stop()
    fewer = {k: r for k, r in table.routes.items() if not r.on_message}
    await (await started(discord, words, replace(table, routes=fewer), None)).stop()
    assert {"vocabulary"} == {c["name"] for c in discord.commands()}
    assert 2 == published(discord)


async def test_in_development_one_server_has_them_at_once(
    discord: Double, words: Catalogue, table: RouteTable
) -> None:
    """Nobody else sees commands that are being worked on."""
    guild = discord.add_guild("Workshop")
    await (await started(discord, words, table, guild.id)).stop()
    assert [] == discord.commands()
    assert {"vocabulary", "Say it back"} == {c["name"] for c in discord.commands(guild)}


async def test_commands_that_discord_finds_wrong_stop_nothing(
    discord: Double, words: Catalogue, table: RouteTable
) -> None:
    """The commands of yesterday still work, and the trouble is told."""
    discord.faults.status(400, path="PUT")
    adapter = await started(discord, words, table, None)
    async with serving(adapter):
        await until(lambda: "commands" in (adapter.trouble or ""))


async def test_commands_that_were_not_taken_are_published_later(
    discord: Double, words: Catalogue, table: RouteTable
) -> None:
    """Meanwhile it is told as trouble, and members are answered."""
    discord.faults.status(503, times=1, path="PUT")
    adapter = await started(discord, words, table, None)
    assert [] == discord.commands()
    async with serving(adapter):
        await until(lambda: adapter.trouble is None)
    assert 2 == published(discord)
