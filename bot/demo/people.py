"""Who belongs to the demo's community, and where they meet."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.adapters.playground.records import Resident, Room
from bot.domain.community import About, Level, Privacy, Settings
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef
from storage.communities import zone_of

COMMUNITY = Path(__file__).parent / "community.toml"


@dataclass(frozen=True, slots=True)
class Maker:
    """A member of the community.

    Attributes:
        speaks: The language that they write in, as `talk.toml` calls it.

        joined_d: Days before the end of the story at which they joined.

        left_d: Days before its end at which they left; None for who stayed.

        gives: How often they thank others, beside what the others do.

        helps: How often they are thanked, ditto.

        groups: Ids of the groups that they belong to.

        about: What stands beside thanks to them.
    """

    id: str
    name: str
    locale: str
    speaks: str
    zone: str
    bio: str
    joined_d: int
    gives: int
    helps: int
    left_d: int | None = None
    role: Role = Role.MEMBER
    bot: bool = False
    privacy: Privacy = field(default_factory=Privacy)
    groups: tuple[str, ...] = ()
    about: About = field(default_factory=About)

    def joined_at(self, until: datetime) -> datetime:
        """Return when they joined, in a story that ends at ``until``."""
        return until - timedelta(days=self.joined_d)

    def left_at(self, until: datetime) -> datetime | None:
        """Return when they left; None for who stayed."""
        return None if self.left_d is None else until - timedelta(days=self.left_d)

    def is_there(self, at: datetime, until: datetime) -> bool:
        """Return whether they belong to the community at ``at``."""
        left_at = self.left_at(until)
        return self.joined_at(until) <= at and (left_at is None or at < left_at)

    @property
    def thankable(self) -> bool:
        """Whether anybody may thank them, while they are there."""
        return not self.bot and self.privacy.level is not Level.NONE

    def person(
        self, community: CommunityRef, until: datetime, *, here: bool = True
    ) -> Person:
        """Return them as the platform shows them."""
        return Person(
            MemberRef(community, self.id),
            self.name,
            role=self.role,
            bot=self.bot,
            here=here,
            locale=self.locale,
            joined_at=self.joined_at(until),
            groups=tuple(RoleRef(community, group) for group in self.groups),
        )

    def resident(
        self, community: CommunityRef, until: datetime, *, here: bool = True
    ) -> Resident:
        """Return them as the playground keeps them, before or after they left."""
        person = self.person(community, until, here=here)
        return Resident(person, self.zone, self.bio, self.groups)


@dataclass(frozen=True, slots=True)
class Place:
    """A room, before it has a community."""

    id: str
    name: str
    topic: str
    least_role: Role


@dataclass(frozen=True, slots=True)
class Town:
    """The community: its people, its rooms and what it has chosen.

    Attributes:
        wall: Id of the room where thanks are posted.

        moderators: Id of the room where moderators are told things.

        values: Labels of its value tags.

        groups: Names of the platform's own roles, by id.
    """

    people: Mapping[str, Maker]
    rooms: tuple[Place, ...]
    locale: str
    zone: str
    wall: str
    moderators: str
    values: tuple[str, ...]
    groups: Mapping[str, str]

    def settings(self, community: CommunityRef) -> Settings:
        """Return what an admin has set up."""
        return Settings(
            locale=self.locale,
            zone=zone_of(self.zone),
            wall=ChannelRef(community, self.wall),
            moderators=ChannelRef(community, self.moderators),
        )

    def places(self, community: CommunityRef) -> list[Room]:
        """Return the rooms as the playground keeps them."""
        return [
            Room(
                ChannelRef(community, place.id),
                place.name,
                place.topic,
                place.least_role,
                position,
            )
            for position, place in enumerate(self.rooms)
        ]


def load(path: Path = COMMUNITY) -> Town:
    """Return the community that ``path`` describes."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    makers = [_maker(row) for row in told["people"]]
    return Town(
        people={maker.id: maker for maker in makers},
        rooms=tuple(_place(row) for row in told["rooms"]),
        locale=told["locale"],
        zone=told["zone"],
        wall=told["wall"],
        moderators=told["moderators"],
        values=tuple(told["values"]),
        groups=told["groups"],
    )


def _maker(row: Mapping[str, Any]) -> Maker:
    plain = dict(row)
    privacy = Privacy(
        level=Level(plain.pop("level", Level.PUBLIC)),
        on_boards=plain.pop("on_boards", True),
        takes_dms=plain.pop("takes_dms", True),
    )
    about = About(plain.pop("about", ""), plain.pop("link", ""))
    groups = tuple(plain.pop("groups", ()))
    own = {"role": _role(row), "privacy": privacy, "about": about, "groups": groups}
    return Maker(**plain | own)


def _place(row: Mapping[str, Any]) -> Place:
    least_role = Role[row.get("least_role", "member").upper()]
    return Place(row["id"], row["name"], row["topic"], least_role)


def _role(row: Mapping[str, Any]) -> Role:
    return Role[row.get("role", "member").upper()]
