"""Commands are published when they are not what Discord has already, and only then."""

from __future__ import annotations

import logging

from discord.http import Route

from bot.adapters.discord.commands import fingerprint, publish
from bot.adapters.discord.link import Link
from bot.adapters.discord.raw import Json
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable

log = logging.getLogger(__name__)


async def sync(
    link: Link, table: RouteTable, catalogue: Catalogue, guild_id: str | None
) -> bool:
    """Publish the commands where they changed; return whether they had.

    Args:
        link: Where to.
        table: What can be done.
        catalogue: What it is called.
        guild_id: The only server they are published to; None for all.

    Raises:
        NotAcceptedError: If Discord did not take them.
        OutcomeUnknownError: If no answer came.
        RefusedError: If Laurel may not publish there.
    """
    wanted = publish(table, catalogue)
    listed = {"with_localizations": "true"}
    there: list[Json] = await link.rest.request(
        _route("GET", link, guild_id), params=listed
    )
    if fingerprint(there) == fingerprint(wanted):
        return False
    await link.rest.request(_route("PUT", link, guild_id), wanted)
    log.info("commands published", extra={"commands": len(wanted)})
    return True


def _route(method: str, link: Link, guild_id: str | None) -> Route:
    application = link.application_id
    if guild_id is None:
        path = "/applications/{application_id}/commands"
        return Route(method, path, application_id=application)
    path = "/applications/{application_id}/guilds/{guild_id}/commands"
    return Route(method, path, application_id=application, guild_id=guild_id)
