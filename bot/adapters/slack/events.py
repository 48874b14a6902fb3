"""What Slack tells without anybody having asked: of Laurel, channels and members."""

from __future__ import annotations

from dataclasses import dataclass

from bot.adapters.slack.aims import community_of
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.raw import (
    Json,
    MalformedError,
    checked_id,
    flag_in,
    id_in,
    maybe_id_in,
    maybe_object_in,
    maybe_text_in,
    object_in,
    objects_in,
    text_in,
)
from bot.chat.news import ChannelGone, Left
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef


@dataclass(frozen=True, slots=True)
class HomeOpened:
    """A member looks at Laurel's home."""

    member: MemberRef


@dataclass(frozen=True, slots=True)
class Seen:
    """A member is not as they were: what was kept of them is to be forgotten.

    Attributes:
        user: Slack's user, as ``users.info`` would tell it.
    """

    member: MemberRef
    user: Json


@dataclass(frozen=True, slots=True)
class Granted:
    """An organisation let Laurel into workspaces of its own."""

    organisation: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An organisation took workspaces back."""

    teams: tuple[str, ...]


Heard = HomeOpened | Seen | Left | ChannelGone | Granted | Withdrawn


def heard(raw: Json) -> Heard | None:
    """Return what an event tells; None for what Laurel has no use for.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    event = object_in(raw, "event")
    community = _place_of(raw)
    match text_in(event, "type"):
        case "team_access_granted":
            return Granted(organisation_of(raw), _ids_in(event, "team_ids"))
        case "team_access_revoked":
            return Withdrawn(_ids_in(event, "team_ids"))
        case "app_home_opened":
            if (maybe_text_in(event, "tab") or "home") != "home":
                return None
            return HomeOpened(MemberRef(community, id_in(event, "user")))
        case "app_uninstalled":
            return Left(community)
        case "tokens_revoked":
            # Members' tokens come and go; without the bot's, Laurel is out.
            bots = (maybe_object_in(event, "tokens") or {}).get("bot")
            return Left(community) if bots else None
        case "channel_deleted" | "channel_archive" | "group_deleted" | "group_archive":
            channel = ChannelRef(community, id_in(event, "channel"))
            return ChannelGone(channel, maybe_text_in(event, "event_ts") or "")
        case "team_join" | "user_change":
            user = object_in(event, "user")
            return Seen(MemberRef(community, id_in(user, "id")), user)
        case _:
            return None


def keys_of(raw: Json) -> tuple[str, ...]:
    """Return what an event is known by when it comes again, under whichever id.

    It comes again where any of these was seen before: by its own id, and by what it is
    about and when it happened.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    event = object_in(raw, "event")
    keys = []
    if (event_id := maybe_text_in(raw, "event_id")) is not None:
        keys.append(f"event:{event_id}")
    at = maybe_text_in(event, "ts") or maybe_text_in(event, "event_ts")
    if at is not None:
        place = (_place_of(raw).id, text_in(event, "type"))
        keys.append(":".join((*place, _subject(event), at)))
    return tuple(keys)


def organisation_of(raw: Json) -> str:
    """Return the organisation that an event is told of.

    Raises:
        MalformedError: If it is told of none.
    """
    listed = objects_in(raw, "authorizations")
    first = maybe_id_in(listed[0], "enterprise_id") if listed else None
    return first or id_in(raw, "enterprise_id")


def is_of_organisation(raw: Json) -> bool:
    """Return whether an event is told to who was installed for an organisation."""
    listed = objects_in(raw, "authorizations")
    return bool(listed) and flag_in(listed[0], "is_enterprise_install")


def _place_of(raw: Json) -> CommunityRef:
    """Return the workspace, or the organisation where it is about no workspace."""
    try:
        return community_of(raw)
    except MalformedError:
        return CommunityRef(SLACK, organisation_of(raw))


def _ids_in(event: Json, key: str) -> tuple[str, ...]:
    """Return a list of ids."""
    found = event.get(key)
    if not isinstance(found, list):
        raise MalformedError(f"{key} is no list")
    return tuple(checked_id(each) for each in found)


def _subject(event: Json) -> str:
    """Return what an event is about: a channel, else a member, else all."""
    for key in ("channel", "user"):
        found = event.get(key)
        named = found.get("id") if isinstance(found, dict) else found
        if isinstance(named, str):
            return named
    return ""
