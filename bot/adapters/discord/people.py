"""Members as Discord shows them, told neutrally."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from bot.adapters.discord.raw import (
    Json,
    MalformedError,
    bits_in,
    flag_in,
    id_in,
    ids_in,
    maybe_text_in,
    text_in,
)
from bot.domain.people import Person, Role
from bot.domain.refs import CommunityRef, MemberRef, PlatformName, RoleRef

DISCORD = PlatformName("discord")

_ADMINISTRATOR = 1 << 3
_MANAGE_GUILD = 1 << 5
_MANAGE_MESSAGES = 1 << 13
_MODERATE_MEMBERS = 1 << 40

_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


def person_of(
    community: CommunityRef,
    user: Json,
    member: Json | None,
    locale: str | None = None,
) -> Person:
    """Return ``user`` as seen in ``community``.

    Args:
        community: Where they were seen.
        user: Discord's user.
        member: Discord's member, with or without the user in it; None for somebody
            who is not in the guild.
        locale: The language of their client, where Discord said so.

    Raises:
        MalformedError: If either is not as Discord documents it.
    """
    seen = Person(
        MemberRef(community, id_in(user, "id")),
        name_of(user, member),
        bot=flag_in(user, "bot") or flag_in(user, "system"),
        here=member is not None,
        locale=locale if locale and _LOCALE.fullmatch(locale) else None,
    )
    if member is None:
        return seen
    roles = (community.id, *ids_in(member, "roles"))  # Discord never lists @everyone
    return Person(
        seen.ref,
        seen.name,
        role=role_of(bits_in(member, "permissions") or 0),
        bot=seen.bot,
        locale=seen.locale,
        joined_at=_joined_at(member),
        groups=tuple(RoleRef(community, role_id) for role_id in roles),
    )


def name_of(user: Json, member: Json | None) -> str:
    """Return what others read as their name: here, else everywhere, else the handle.

    Raises:
        MalformedError: If it is not as Discord documents it.
    """
    here = maybe_text_in(member, "nick") if member else None
    return here or maybe_text_in(user, "global_name") or text_in(user, "username")


def role_of(permissions: int) -> Role:
    """Return what somebody with these permission bits may do."""
    if permissions & (_ADMINISTRATOR | _MANAGE_GUILD):
        return Role.ADMIN
    if permissions & (_MANAGE_MESSAGES | _MODERATE_MEMBERS):
        return Role.MODERATOR
    return Role.MEMBER


def _joined_at(member: Json) -> datetime | None:
    written = maybe_text_in(member, "joined_at")
    if written is None:  # a guest of a voice channel never joined
        return None
    try:
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise MalformedError("'joined_at' is no instant") from None
