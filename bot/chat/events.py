"""The seam to a calendar that the platform has itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.refs import ChannelRef, CommunityRef


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the platform's own calendar is to show, in somebody's own words.

    Attributes:
        name: One line.

        about: Lines, or empty.

        channel: Where it takes place; None for nowhere in particular.
    """

    name: str
    about: str
    channel: ChannelRef | None
    at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class StandingEvent:
    """An event that stands on the platform's calendar.

    Attributes:
        ours: Whether Laurel made it; else it is nobody's business but its maker's.
    """

    id: str
    ours: bool
    name: str
    at: datetime


class Events(Protocol):
    """The platform's own calendar. Methods raise what those of an adapter do.

    Further reasons of `RefusedError` are ``events-full`` and ``event-gone``.
    """

    @property
    def most(self) -> int:
        """How many events there can be in a community, whoever made them."""

    async def standing(self, community: CommunityRef) -> Sequence[StandingEvent]:
        """Return what is coming or under way there."""

    def named(self, event: Event) -> str:
        """Return the name as it would stand, which `standing` then tells."""

    async def create(self, community: CommunityRef, event: Event) -> str:
        """Put an event on the calendar and return its id."""

    async def change(
        self, community: CommunityRef, event_id: str, event: Event
    ) -> None:
        """Have ``event`` stand in place of what stood there."""

    async def withdraw(self, community: CommunityRef, event_id: str) -> None:
        """Take an event off the calendar."""
