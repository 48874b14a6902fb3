"""Somebody in a room: who is acted as, where, and how they are spoken to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Self
from zoneinfo import ZoneInfo

from bot.adapters.playground.draw import Brush, direction
from bot.adapters.playground.records import Directory, Resident, Room, Spot
from bot.chat.catalogue import Catalogue
from bot.chat.speech import Reader, Speech
from bot.domain.people import Person


@dataclass(frozen=True, slots=True)
class Visit:
    """One member's look at one room, at one moment.

    Attributes:
        under: Id of the message whose thread is looked at; None for the room itself.
    """

    catalogue: Catalogue
    directory: Directory
    resident: Resident
    room: Room
    now: datetime
    under: int | None = None

    @property
    def person(self) -> Person:
        """Whom one acts as."""
        return self.resident.person

    @property
    def base(self) -> str:
        """The address that all of this member's and this place's begin with."""
        return f"{self.room_base}{self.thread_path}"

    @property
    def room_base(self) -> str:
        """The same for the room itself, also from a thread in it."""
        return f"/as/{self.resident.id}/in/{self.room.id}"

    @property
    def thread_path(self) -> str:
        """What the address of a thread has behind its room's; empty in none."""
        return "" if self.under is None else f"/under/{self.under}"

    @property
    def spot(self) -> Spot:
        """What is looked at: the room, or a thread of it."""
        return Spot(self.room.ref, self.under)

    @property
    def locale(self) -> str:
        """The language the page is in, which is one that Laurel speaks."""
        return self.catalogue.choose(self.person.locale)

    @property
    def direction(self) -> str:
        """Which way the page runs: the member's own way, whatever Laurel speaks."""
        return direction(self.person.locale)

    def speech(self, locale: str | None = None) -> Speech:
        """Return how to speak to the member, in ``locale`` or their own language."""
        reader = Reader(
            self.catalogue.choose(locale) if locale else self.locale,
            ZoneInfo(self.resident.zone),
            self.now,
        )
        return Speech(self.catalogue, reader, self.directory.name_of)

    def brush(self, locale: str | None = None) -> Brush:
        """Return what draws for the member, in ``locale`` or their own language."""
        return Brush(self.speech(locale), self.person.ref)

    def moved(self, room: Room) -> Self:
        """Return the same member's look at another room."""
        return type(self)(self.catalogue, self.directory, self.resident, room, self.now)
