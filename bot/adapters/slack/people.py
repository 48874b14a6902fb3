"""Members as Slack shows them, told neutrally."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.adapters.slack.raw import (
    Json,
    checked_id,
    flag_in,
    id_in,
    maybe_id_in,
    maybe_object_in,
    maybe_text_in,
)
from bot.domain.people import Person, Role
from bot.domain.refs import CommunityRef, MemberRef, PlatformName, RoleRef

SLACK = PlatformName("slack")

_SLACKBOT = "USLACKBOT"
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}")


class Standing(StrEnum):
    """How somebody belongs to a workspace."""

    MEMBER = "member"
    GUEST = "guest"
    """Invited to some channels alone."""
    EXTERNAL = "external"
    """Of another organisation, met in a shared channel."""
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Known:
    """What ids and names stand for, as far as somebody looked them up.

    Attributes:
        people: By id; an id that is not here is nobody's.

        handles: Ids by what may follow an ``@`` that Slack did not make a mention of;
            see `handles_of`.

        channels: Names by id, where a mention does not say them.

        labels: Values by label, by the name of the field that they are options of.

        locale: The community's language, for whoever reads none that Laurel speaks.
    """

    community: CommunityRef
    people: Mapping[str, Person] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    locale: str | None = None


def person_of(
    community: CommunityRef,
    user: Json,
    *,
    installer: bool = False,
    moderator: bool = False,
    groups: Iterable[str] = (),
) -> Person:
    """Return ``user`` as seen in ``community``.

    Whoever is of another organisation may do no more than any member, whatever they
    are at home.

    Args:
        community: Where they were seen.
        user: Slack's user, as ``users.info`` tells it.
        installer: Whether they installed Laurel.
        moderator: Whether they are in the moderators' channel.
        groups: Ids of the user groups that they are in, where Laurel may know.

    Raises:
        MalformedError: If the user is not as Slack documents it.
    """
    user_id = id_in(user, "id")
    standing = standing_of(community, user)
    locale = maybe_text_in(user, "locale")
    return Person(
        MemberRef(community, user_id),
        name_of(user),
        role=_role(user, standing, installer=installer, moderator=moderator),
        bot=flag_in(user, "is_bot") or user_id == _SLACKBOT,
        here=standing is not Standing.GONE,
        locale=locale if locale and _LOCALE.fullmatch(locale) else None,
        groups=tuple(RoleRef(community, checked_id(each)) for each in groups),
    )


def person_called(community: CommunityRef, user_id: str, name: str) -> Person:
    """Return somebody of whom only this is known: an ordinary member."""
    return Person(MemberRef(community, checked_id(user_id)), name or user_id)


def standing_of(community: CommunityRef, user: Json) -> Standing:
    """Return how ``user`` belongs to ``community``.

    Raises:
        MalformedError: If the user is not as Slack documents it.
    """
    if flag_in(user, "deleted"):
        return Standing.GONE
    if flag_in(user, "is_stranger") or not _belongs(community, user):
        return Standing.EXTERNAL
    if flag_in(user, "is_restricted") or flag_in(user, "is_ultra_restricted"):
        return Standing.GUEST
    return Standing.MEMBER


def name_of(user: Json) -> str:
    """Return what others read as their name: the one they show, else the full one.

    Raises:
        MalformedError: If the user is not as Slack documents it.
    """
    profile = maybe_object_in(user, "profile") or {}
    return (
        maybe_text_in(profile, "display_name")
        or maybe_text_in(profile, "real_name")
        or maybe_text_in(user, "real_name")
        or maybe_text_in(user, "name")
        or id_in(user, "id")
    )


def handles_of(users: Iterable[Json]) -> dict[str, str]:
    """Return whom a bare ``@name`` means: ids by every name.

    A name that several share is nobody's: it has an empty id, so that it is not taken
    for the beginning of another name either.

    Raises:
        MalformedError: If a user is not as Slack documents it.
    """
    named = [
        (handle, id_in(user, "id"))
        for user in users
        if not flag_in(user, "deleted")
        for handle in _handles(user)
    ]
    counted = Counter(handle.casefold() for handle, _ in named)
    return {h: id_ if counted[h.casefold()] == 1 else "" for h, id_ in named}


def _handles(user: Json) -> tuple[str, ...]:
    """Return what one person is called, each name once whatever its case."""
    profile = maybe_object_in(user, "profile") or {}
    names = (
        maybe_text_in(profile, "display_name"),
        maybe_text_in(profile, "real_name"),
        maybe_text_in(user, "real_name"),
        maybe_text_in(user, "name"),
    )
    return tuple({name.casefold(): name for name in names if name}.values())


def _belongs(community: CommunityRef, user: Json) -> bool:
    """Return whether they are of this workspace; on a grid they may be of several."""
    team = maybe_id_in(user, "team_id")
    enterprise = maybe_object_in(user, "enterprise_user") or {}
    teams = enterprise.get("teams")
    if isinstance(teams, list) and community.id in teams:
        return True
    return team is None or team == community.id


def _role(user: Json, standing: Standing, *, installer: bool, moderator: bool) -> Role:
    if standing not in {Standing.MEMBER, Standing.GUEST}:
        return Role.MEMBER
    owns = flag_in(user, "is_owner") or flag_in(user, "is_primary_owner")
    if installer or owns or flag_in(user, "is_admin"):
        return Role.ADMIN
    return Role.MODERATOR if moderator else Role.MEMBER
