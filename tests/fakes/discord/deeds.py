"""What a member does, as the bot hears of it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from tests.fakes.discord.places import Channel, Json, Message, User
from tests.fakes.discord.world import World

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL = 2, 3, 4, 5
_ATTACHMENT_LIMIT: Final = 10_485_760


@dataclass(eq=False, slots=True)
class Interaction:
    """What a member did, and what the bot answered so far.

    Attributes:
        source: The message whose component was used, or whose form was sent in.

        answer: Type of the first answer; None before it.

        first: Set at the first answer.

        final: Set once a placeholder has given way to its answer.
    """

    id: str
    token: str
    kind: int
    user: User
    channel: Channel
    guild: Guild | None
    data: Json
    made_at: datetime
    sent_s: float
    source: Message | None = None
    metadata: Json = field(default_factory=dict)
    answer: int | None = None
    took_s: float = 0.0
    original: Message | None = None
    form: Json | None = None
    choices: list[Json] = field(default_factory=list)
    followups: list[Message] = field(default_factory=list)
    first: asyncio.Event = field(default_factory=asyncio.Event)
    final: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Deed:
    """What a member does, before it is sent."""

    kind: int
    user: User
    channel: Channel
    data: Json
    source: Message | None = None
    opener: Interaction | None = None


def send(world: World, deed: Deed) -> Interaction:
    """Tell the bot what a member did."""
    guild = world.guilds.get(deed.channel.guild_id or "")
    made = Interaction(
        world.mint.make(),
        secrets.token_urlsafe(48),
        deed.kind,
        deed.user,
        deed.channel,
        guild,
        deed.data,
        world.clock(),
        asyncio.get_running_loop().time(),
        deed.source,
    )
    made.metadata = _metadata(made, deed)
    world.interactions[made.token] = made
    told = payload(world, made)
    world.tell("INTERACTION_CREATE", told, guild=deed.channel.guild_id)
    return made


def payload(world: World, it: Interaction) -> Json:
    """Return the interaction as the bot hears of it."""
    told: Json = {
        "id": it.id,
        "application_id": world.application_id,
        "type": it.kind,
        "token": it.token,
        "version": 1,
        "data": it.data,
        "channel_id": it.channel.id,
        "locale": it.user.locale,
        "entitlements": [],
        "attachment_size_limit": _ATTACHMENT_LIMIT,
    }
    if it.source is not None:
        told["message"] = it.source.raw
    return told | (_in_guild(world, it) if it.guild else _in_direct(it))


def _in_guild(world: World, it: Interaction) -> Json:
    guild = it.guild
    if guild is None:
        return {}
    rights = str(guild.permissions(it.user.id, it.channel))
    member = guild.members.get(it.user.id)
    own = member.json() if member else {"roles": [], "joined_at": None, "flags": 0}
    features: list[str] = []
    return {
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": guild.locale, "features": features},
        "guild_locale": guild.locale,
        "channel": {**it.channel.json(), "permissions": rights},
        "member": {**own, "user": it.user.json(), "permissions": rights},
        "app_permissions": str(guild.permissions(world.me.id, it.channel)),
        "context": 0,
        "authorizing_integration_owners": {"0": guild.id},
    }


def _in_direct(it: Interaction) -> Json:
    return {
        "channel": it.channel.json(),
        "user": it.user.json(),
        "app_permissions": "562949953601536",
        "context": 1,
        "authorizing_integration_owners": {"0": "0"},
    }


def _metadata(it: Interaction, deed: Deed) -> Json:
    owners = {"0": it.guild.id if it.guild else "0"}
    told: Json = {"id": it.id, "type": it.kind, "user": it.user.json()}
    told["authorizing_integration_owners"] = owners
    if it.kind == COMPONENT and deed.source is not None:
        told["interacted_message_id"] = deed.source.id
    if it.kind == MODAL and deed.opener is not None:
        told["triggering_interaction_metadata"] = deed.opener.metadata
    return told
