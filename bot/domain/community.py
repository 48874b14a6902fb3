"""A community and the members whom Laurel has met there."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef


class Rhythm(StrEnum):
    """How often a community reads who was thanked for what."""

    OFF = "off"
    WEEKLY = "weekly"
    BOTH = "both"
    """Weekly, and monthly besides."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a community has chosen.

    Attributes:
        locale: Language of public posts.

        wall: Where shoutouts are posted; None for where the command was given.

        moderators: Where moderators are told things; None for nowhere.

        allowance_per_day: People whom one member may thank in a day, 1 to 100.

        pair_cooldown_h: Hours between two shoutouts of the same two people, in
            either direction, 0 to 720.

        undo_minutes: How long a giver can undo, 0 to 1,440.

        reason_min_chars: Shortest reason, 1 to 500 code points after cleaning.

        reason_max_chars: Longest reason, 1 to 500.

        allowance_by_role: What holders of the platform's roles may give instead of
            `allowance_per_day`, each 1 to 100; who holds several has the most.

        quiet: When nothing is said that can wait; None for never.

        recaps: How often there is a recap, once there is a wall to post it on.

        recaps_weekday: When they are posted, 0 for Monday; the monthly one on the
            first such day of a month.

        recaps_at: At what time, to the minute.

        remind_after_d: Days for which a nomination or an appeal waits before
            moderators are reminded of it, 1 to 30.

        escalate_after_d: Days before admins are asked to step in, more than those,
            to 60.
    """

    locale: str
    zone: ZoneInfo
    wall: ChannelRef | None = None
    moderators: ChannelRef | None = None
    allowance_per_day: int = 5
    pair_cooldown_h: int = 24
    undo_minutes: int = 10
    reason_min_chars: int = 20
    reason_max_chars: int = 500
    allowance_by_role: tuple[tuple[RoleRef, int], ...] = ()
    quiet: QuietHours | None = None
    recaps: Rhythm = Rhythm.WEEKLY
    recaps_weekday: int = 4
    recaps_at: time = time(16)
    remind_after_d: int = 2
    escalate_after_d: int = 5

    def allowance_of(self, groups: Collection[RoleRef]) -> int:
        """Return how many people a holder of ``groups`` may thank in a day."""
        if not self.allowance_by_role:
            return self.allowance_per_day  # nearly everywhere, and asked in every unit
        own = (count for role, count in self.allowance_by_role if role in groups)
        return max(own, default=self.allowance_per_day)


@dataclass(frozen=True, slots=True)
class Community:
    """One community, by Laurel's own id and by the platform's."""

    id: int
    ref: CommunityRef
    settings: Settings


class Level(StrEnum):
    """How far a member's recognition may be seen.

    ``PUBLIC``: in chat, and on pages and in feeds. ``CHANNEL``: in chat alone.
    ``PRIVATE``: by direct message alone. ``NONE``: nobody can recognize them.
    """

    PUBLIC = "public"
    CHANNEL = "channel"
    PRIVATE = "private"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Privacy:
    """What a member allows.

    Attributes:
        on_boards: Whether leaderboards may show them.

        takes_dms: Whether Laurel may write to them of its own accord.
    """

    level: Level = Level.PUBLIC
    on_boards: bool = True
    takes_dms: bool = True


@dataclass(frozen=True, slots=True)
class About:
    """What members let others know of what they do. Empty where they say nothing.

    Attributes:
        link: An ``https`` address. Shown as text: nobody is led anywhere by a press.
    """

    line: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class ZoneChange:
    """A zone that a member chose and that takes effect later."""

    zone: ZoneInfo
    at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whom Laurel has met.

    Attributes:
        key: Random; what facts are recorded under.

        zone: Their own, or the community's; the one in force when they were read.

        own_zone: Whether they chose it themselves.

        previews: Whether they want to see a shoutout before it is posted.

        per_day: How many people they may thank in a day, by their roles at the
            moment where they act, and by the community's rule elsewhere.

        about: What they do, in their own words, and a link; shown beside thanks.

        groups: The platform's roles that they held when they were last seen.

        quiet: When nothing is sent to them that can wait, on their own clock; None
            for never.
    """

    key: int
    ref: MemberRef
    name: str
    role: Role
    bot: bool
    here: bool
    locale: str | None
    zone: ZoneInfo
    own_zone: bool
    next_zone: ZoneChange | None
    privacy: Privacy
    previews: bool
    per_day: int
    about: About
    groups: tuple[RoleRef, ...] = ()
    quiet: QuietHours | None = None

    def date_at(self, instant: datetime) -> date:
        """Return the member's own date at ``instant``."""
        return instant.astimezone(self.zone).date()
