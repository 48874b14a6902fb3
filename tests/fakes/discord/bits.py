"""Who may do what where: Discord's permission bits and how they are reckoned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

_NAMES: Final = (
    "CREATE_INSTANT_INVITE",
    "KICK_MEMBERS",
    "BAN_MEMBERS",
    "ADMINISTRATOR",
    "MANAGE_CHANNELS",
    "MANAGE_GUILD",
    "ADD_REACTIONS",
    "VIEW_AUDIT_LOG",
    "PRIORITY_SPEAKER",
    "STREAM",
    "VIEW_CHANNEL",
    "SEND_MESSAGES",
    "SEND_TTS_MESSAGES",
    "MANAGE_MESSAGES",
    "EMBED_LINKS",
    "ATTACH_FILES",
    "READ_MESSAGE_HISTORY",
    "MENTION_EVERYONE",
    "USE_EXTERNAL_EMOJIS",
    "VIEW_GUILD_INSIGHTS",
    "CONNECT",
    "SPEAK",
    "MUTE_MEMBERS",
    "DEAFEN_MEMBERS",
    "MOVE_MEMBERS",
    "USE_VAD",
    "CHANGE_NICKNAME",
    "MANAGE_NICKNAMES",
    "MANAGE_ROLES",
    "MANAGE_WEBHOOKS",
    "MANAGE_GUILD_EXPRESSIONS",
    "USE_APPLICATION_COMMANDS",
    "REQUEST_TO_SPEAK",
    "MANAGE_EVENTS",
    "MANAGE_THREADS",
    "CREATE_PUBLIC_THREADS",
    "CREATE_PRIVATE_THREADS",
    "USE_EXTERNAL_STICKERS",
    "SEND_MESSAGES_IN_THREADS",
    "USE_EMBEDDED_ACTIVITIES",
    "MODERATE_MEMBERS",
)
_LATER: Final = {
    "CREATE_EVENTS": 44,
    "PIN_MESSAGES": 51,
}

BITS: Final[Mapping[str, int]] = MappingProxyType(
    {name: 1 << number for number, name in enumerate(_NAMES)}
    | {name: 1 << number for name, number in _LATER.items()}
)
EVERYTHING: Final = sum(BITS.values())


def bits(*names: str) -> int:
    """Return the permissions of these names together."""
    return sum(BITS[name] for name in set(names))


EVERYONE: Final = bits(
    "CREATE_INSTANT_INVITE",
    "ADD_REACTIONS",
    "VIEW_CHANNEL",
    "SEND_MESSAGES",
    "EMBED_LINKS",
    "ATTACH_FILES",
    "READ_MESSAGE_HISTORY",
    "USE_APPLICATION_COMMANDS",
    "CREATE_PUBLIC_THREADS",
    "SEND_MESSAGES_IN_THREADS",
    "CHANGE_NICKNAME",
)
"""What a new guild lets everybody do."""

INVITED: Final = bits("PIN_MESSAGES")
"""What whoever lets the bot in grants it beside that, as its invitation asks."""


def reckon(
    base: int, overwrites: Sequence[Mapping[str, Any]], ids: Iterable[str]
) -> int:
    """Return what is left of ``base`` in a channel.

    Args:
        base: The permissions of all the member's roles together.
        overwrites: The channel's, as Discord writes them.
        ids: The guild's own id, the member's roles', and last the member's own.
    """
    if base & BITS["ADMINISTRATOR"]:
        return EVERYTHING
    everyone, *roles, own = ids
    for group in ([everyone], roles, [own]):
        hit = [each for each in overwrites if each["id"] in group]
        for each in hit:
            base &= ~int(each["deny"])
        for each in hit:
            base |= int(each["allow"])
    return base if base & BITS["VIEW_CHANNEL"] else 0
