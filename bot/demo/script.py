"""A story, before it is played: who says and does what, and when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from bot.demo.awards import Award
from bot.demo.challenges import Step
from bot.demo.people import Town
from bot.demo.plans import Plan


@dataclass(frozen=True, slots=True)
class Chat:
    """Something said in a room, which Laurel does not hear."""

    at: datetime
    author: str
    room: str
    words: str


@dataclass(frozen=True, slots=True)
class Give:
    """A shoutout.

    Attributes:
        id: Unique in the story; what the call is known by.

        value: A value tag's label; None for none.
    """

    id: str
    at: datetime
    giver: str
    to: tuple[str, ...]
    why: str
    value: str | None
    private: bool


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A shoutout taken back.

    Attributes:
        give: Which one, by its `Give.id`.

        why: The reason; None for an undo within minutes.
    """

    at: datetime
    give: str
    by: str
    why: str | None


@dataclass(frozen=True, slots=True)
class Goodbye:
    """Somebody leaves."""

    at: datetime
    who: str


Moment = Give | TakeBack | Goodbye | Step


@dataclass(frozen=True, slots=True)
class Script:
    """The whole story, from ``since`` to ``until``; everything in order of time.

    Attributes:
        plans: What is on the calendar when it ends.

        awards: What can be won then.
    """

    town: Town
    since: datetime
    until: datetime
    chats: tuple[Chat, ...]
    moments: tuple[Moment, ...]
    plans: tuple[Plan, ...] = ()
    awards: tuple[Award, ...] = ()

    @property
    def gives(self) -> tuple[Give, ...]:
        """The shoutouts alone, those taken back included."""
        return tuple(m for m in self.moments if isinstance(m, Give))

    def scenes(self) -> Iterator[tuple[Moment, ...]]:
        """Yield moments that do not build on each other: one day's, of one kind."""
        for _, scene in groupby(self.moments, lambda m: (type(m), m.at.date())):
            yield tuple(scene)
