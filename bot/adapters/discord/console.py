"""What whoever runs Laurel asks of Discord from the command line."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import discord

from bot.adapters.discord.client import Ears, Pace
from bot.adapters.discord.link import Link
from bot.adapters.discord.options import Options
from bot.adapters.discord.permissions import invite
from bot.adapters.discord.raw import Json
from bot.adapters.discord.sync import sync
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable


class _Deaf(Ears):
    """Nothing is told to a login without a gateway."""

    async def interaction(self, raw: Json) -> None: ...
    async def interaction_failed(self, raw: Json) -> None: ...
    async def guild_here(self, guild: discord.Guild) -> None: ...
    async def guild_left(self, guild_id: int) -> None: ...
    async def all_told(self, guild_ids: Collection[int]) -> None: ...
    async def channel_gone(self, guild_id: int, channel_id: int) -> None: ...


async def invitation(token: str, options: Options) -> str:
    """Return the address at which an admin adds Laurel to a server.

    Raises:
        CredentialsError: If Discord does not take the token.
        NotAcceptedError: If Discord cannot be reached.
        OutcomeUnknownError: If it does not answer.
    """
    async with _login(token, options) as link:
        return invite(link.application_id, events=options.events)


async def publish_now(
    token: str, options: Options, table: RouteTable, catalogue: Catalogue
) -> bool:
    """Publish the commands where they changed; return whether they had.

    Raises:
        CredentialsError: If Discord does not take the token.
        NotAcceptedError: If Discord cannot be reached.
        OutcomeUnknownError: If it does not answer.
        RefusedError: If Laurel may not publish there.
    """
    async with _login(token, options) as link:
        return await sync(link, table, catalogue, options.development_guild)


@asynccontextmanager
async def _login(token: str, options: Options) -> AsyncIterator[Link]:
    pace = Pace(options.identify_every_s)
    link = await Link.open(token, options, _Deaf(), pace, lambda: None)
    try:
        yield link
    finally:
        await link.close(patience_s=0)
