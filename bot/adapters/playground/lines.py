"""A command typed whole in the playground: whom and what its words name."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.adapters.playground.answers import Filled
from bot.adapters.playground.records import LAUREL, Directory
from bot.chat import fields, names
from bot.chat import line as lines
from bot.chat.names import Found, called
from bot.chat.routes import RouteSpec
from bot.domain.people import Person

LabelOf = Callable[[str, str], str]
"""The label of an option, by the field's name and the option's value."""

_NOBODY = re.compile(r"@\w[^\s,;]*")


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood of a line, and the words that nothing could take.

    Attributes:
        guessed: Names of fields whose answer was found where none was expected.
    """

    filled: Filled
    rest: str
    guessed: frozenset[str] = frozenset()


def route_of(line: str, routes: tuple[RouteSpec, ...]) -> tuple[RouteSpec, str] | None:
    """Return the command that ``line`` starts with, and what follows its name."""
    words = line.removeprefix("/").split(maxsplit=2)
    for count in (2, 1):
        name = " ".join(words[:count]).lower()
        for route in routes:
            if route.command == name and len(words) >= count:
                pattern = r"/\s*" + r"\s+".join([r"\S+"] * count) + r"\s*"
                return route, re.sub(pattern, "", line, count=1)
    return None


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what the words of a member can name.

    Attributes:
        found: Values by label of what look-ups found, by the field's name.
    """

    directory: Directory
    who: Person
    label_of: LabelOf
    found: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def parse(route: RouteSpec, text: str, known: Known) -> Typed:
    """Return what ``text`` answers of ``route``'s fields, in their order."""
    found = lines.parse(route.fields, text, _Names(known))
    return Typed(Filled(found.words), found.rest, found.guessed)


@dataclass(frozen=True, slots=True)
class _Names:
    known: Known

    def person(self, text: str) -> Found | None:
        """Return the resident, or Laurel, whom ``text`` begins with."""
        people = {
            each.person.name: each.id for each in self.known.directory.people.values()
        }
        return called("@", people | {"Laurel": LAUREL}, text)

    def channel(self, text: str) -> Found | None:
        """Return the channel that ``text`` begins with, if the member may enter it."""
        rooms = self.known.directory.channels_of(self.known.who)
        return called("#", {room.name: room.id for room in rooms}, text)

    def role(self, text: str) -> Found | None:
        """Return the group that ``text`` begins with."""
        groups = self.known.directory.groups
        return called("@", {name: id_ for id_, name in groups.items()}, text)

    def option(self, asked: fields.Choice | fields.YesNo, text: str) -> Found | None:
        """Return the option that ``text`` begins with, by its label or its value."""
        values = asked.options if isinstance(asked, fields.Choice) else ("yes", "no")
        named = {
            name: value
            for value in values
            for name in (value, self.known.label_of(asked.name, value))
        }
        return names.option(named | dict(self.known.found.get(asked.name, {})), text)

    def nobody(self, text: str) -> int:
        """Return how long the name is that ``text`` begins with."""
        found = _NOBODY.match(text)
        return found.end() if found else 0

    def plain(self, text: str) -> str:
        """Return ``text``, which stands there as it was written."""
        return text
