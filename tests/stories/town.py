"""What a story may do: people who act, and what they are shown.

A story knows no platform. Each platform gives it a town of its own, and the story is
the same in all of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tests.stories.records import Records


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody is shown: a message, or a form to be filled in.

    Attributes:
        id: The platform's own name for it.

        text: Its words, without those on buttons.

        buttons: Labels of its buttons, and of the options of its lists.

        asks: What the form asks, by field, and what stands there already.

        errors: What is said beside a field.
    """

    id: str
    text: str
    buttons: tuple[str, ...] = ()
    asks: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)


class Neighbour(Protocol):
    """Somebody who lives in a town."""

    @property
    def name(self) -> str:
        """What the platform calls them."""


Given = str | int | bool | Neighbour | Sequence[Neighbour] | None
"""What a question is answered with: words, a label, a number, yes or no, or people."""


class Person(Neighbour, Protocol):
    """Somebody who acts, and sees what only they see."""

    async def writes(self, words: str, room: str = "general") -> Answer:
        """Say something to a room; return the message that then stands there."""

    async def types(self, command: str, /, **answers: Given) -> Answer:
        """Type a command, answer what it asks, and return what comes of it."""

    async def presses(self, label: str, on: Answer) -> Answer:
        """Press the first button, or pick the option, whose label begins so."""

    async def chooses(self, entry: str, on: Answer) -> Answer:
        """Choose an entry of a message's menu."""

    async def fills_in(self, form: Answer, /, **answers: Given) -> Answer:
        """Answer some of a form's questions, leave the rest, and send it."""

    async def sees(self, answer: Answer) -> bool:
        """Return whether a message stands where this person can see it."""

    async def reads(self, room: str) -> Sequence[Answer]:
        """Return what stands in a room for this person, oldest first."""

    async def follows(self, post: Answer) -> Sequence[Answer]:
        """Return what stands in the thread under a message, oldest first."""

    async def hears(self) -> Sequence[str]:
        """Return what Laurel wrote to this person directly."""

    async def keeps(self, answer: Answer) -> str:
        """Return the text of the files that came with a message."""

    async def looks_at(self, answer: Answer) -> bytes:
        """Return the picture that came with a message."""


class Town(Protocol):
    """A community on one platform, with a wall, a general room and moderators."""

    def person(self, name: str) -> Person:
        """Return somebody who lives here."""

    async def wall(self) -> Sequence[str]:
        """Return what stands on the wall for everybody, oldest first."""

    async def posts(self, room: str = "wall") -> Sequence[Answer]:
        """Return what stands in a room for everybody, oldest first."""

    async def thread(self, post: Answer) -> Sequence[Answer]:
        """Return what stands for everybody in the thread under a message."""

    async def waits(self, **by: float) -> None:
        """Let time pass, by the arguments of `datetime.timedelta`."""

    async def restarts(self) -> None:
        """Stop Laurel and start it again, over the same files."""

    async def sleeps(self, **by: float) -> None:
        """Have Laurel be down for so long, by the arguments of `datetime.timedelta`."""

    async def settles(self) -> None:
        """Wait until everything that follows from what was done is done."""

    async def deletes(self, room: str) -> None:
        """Have the platform lose a room, with what stood in it."""

    async def opens(self, room: str) -> None:
        """Have the platform get a room, under the id that it had before."""

    async def flaws(self) -> Sequence[str]:
        """Return what is wrong with what is stored; nothing, when all is well."""

    async def records(self) -> Records:
        """Return what is stored, in terms of people."""
