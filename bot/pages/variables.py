"""What a template may name, and the values behind the names.

A template never holds a value that means anything to it. Members, their words and
instants go in as single private-use characters and come out as what they are, so
that each platform draws them, and nothing in them is ever read as markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeGuard

from bot.chat.limits import MAX_QUOTE_CHARS
from bot.chat.text import Atom, Day, Phrase, Quote, Value, When
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

MAX_ITEMS = 50
"""Most entries of a list."""

MAX_VALUES = 2_000
"""Most values of a context; each needs a private-use character of its own."""

NAME = re.compile(r"[a-z][a-z0-9_]{0,29}")
"""How a variable, a part of a record and the name in a loop are spelled."""

RESERVED = frozenset({
    "and", "caller", "elif", "else", "endfor", "endif", "false", "for", "if", "import",
    "in", "is", "kwargs", "loop", "none", "not", "or", "recursive", "self", "super",
    "true", "varargs",
})  # fmt: skip
"""Names that mean something to Jinja."""

_FIRST_SENTINEL = 0xE000
_LAST_SENTINEL = 0xF8FF
SENTINEL = re.compile(f"[{chr(_FIRST_SENTINEL)}-{chr(_LAST_SENTINEL)}]")

_NAME_CHARS = 80
_INSTANT_CHARS = 40
_PHRASE_CHARS = 200


class Kind(StrEnum):
    """What a name stands for.

    ``VALUE`` is drawn: a member, words, an instant; it may be absent. ``COUNT`` is a
    number. ``WORD`` is one of Laurel's own words, to choose by and never shown.
    ``LIST`` holds at most `MAX_ITEMS` of what ``VALUE`` is.
    """

    VALUE = "value"
    COUNT = "count"
    WORD = "word"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Record:
    """Several values that belong together, each under a name.

    Attributes:
        parts: None of them is a record in turn.

        many: Whether it is a list of such, of at most `MAX_ITEMS`.
    """

    parts: Mapping[str, Kind]
    many: bool = False


Variable = Kind | Record
Variables = Mapping[str, Variable]

Shown = Atom | Phrase
Given = (
    Shown
    | int
    | str
    | None
    | Sequence[Shown]
    | Mapping[str, object]
    | Sequence[Mapping[str, object]]
)
"""What stands behind a name: see `Kind`. None is an absent value."""

Plain = str | int | list[str] | dict[str, "Plain"] | list[dict[str, "Plain"]]
"""What Jinja sees, and nothing else."""


@dataclass(frozen=True, slots=True)
class Context:
    """Values for every name of ``variables``, each of its kind.

    Raises:
        TypeError: If a value is missing, too many, or of another kind.
    """

    variables: Variables
    values: Mapping[str, Given]

    def __post_init__(self) -> None:
        """Check it, so that no template is rendered with half of it."""
        check_names(self.variables)
        plain(self)


@dataclass(slots=True)
class Slots:
    """The values that private-use characters stand for."""

    held: list[Value] = field(default_factory=list)

    def add(self, value: Value) -> str:
        """Return the character that stands for ``value``.

        Raises:
            TypeError: If there are more than there are characters.
        """
        if _FIRST_SENTINEL + len(self.held) > _LAST_SENTINEL:
            raise TypeError("more values than a template can hold")
        self.held.append(value)
        return chr(_FIRST_SENTINEL + len(self.held) - 1)

    def of(self, sentinel: str) -> Value:
        """Return what ``sentinel`` stands for."""
        return self.held[ord(sentinel) - _FIRST_SENTINEL]

    def listed(self, sentinels: Iterable[str]) -> str:
        """Return what stands for all of ``sentinels`` as a list; empty for none."""
        items = tuple(v for v in map(self.of, sentinels) if _is_shown(v))
        return self.add(items) if items else ""


def check_names(variables: Variables) -> None:
    """Check that ``variables`` can be named.

    Raises:
        TypeError: If one of the names means something else already.
    """
    names = [*variables]
    for each in variables.values():
        names += each.parts if isinstance(each, Record) else ()
    for name in names:
        if not NAME.fullmatch(name) or name in RESERVED:
            raise TypeError(f"{name!r} cannot name a variable")


def plain(context: Context) -> tuple[dict[str, Plain], Slots]:
    """Return what Jinja is given, and what the characters in it stand for.

    Raises:
        TypeError: As for `Context`.
    """
    slots = Slots()
    found = dict(_filled(context.variables, context.values, slots))
    if len(slots.held) > MAX_VALUES:
        raise TypeError(f"{len(slots.held)} values, and {MAX_VALUES} is the most")
    return found, slots


def size(value: Value) -> int:
    """Return about how many characters ``value`` takes once it is drawn, at most."""
    match value:
        case str():
            return len(value)
        case int():
            return len(str(value)) * 4 // 3 + 1
        case Quote(text=text):
            return min(len(text), MAX_QUOTE_CHARS)
        case When() | Day():
            return _INSTANT_CHARS
        case MemberRef() | ChannelRef() | RoleRef():
            return _NAME_CHARS
        case Phrase(values=values):
            return _PHRASE_CHARS + sum(size(each) for each in values.values())
        case tuple():
            return sum(size(each) + 5 for each in value)


def _filled(
    wanted: Variables, given: Mapping[str, object], slots: Slots
) -> Iterator[tuple[str, Plain]]:
    if wanted.keys() != given.keys():
        odd = ", ".join(sorted(wanted.keys() ^ given.keys()))
        raise TypeError(f"missing or not declared: {odd}")
    for name, kind in wanted.items():
        found = _plain(kind, given[name], slots)
        if found is None:
            raise TypeError(f"{name} is no {kind}")
        yield name, found


def _plain(wanted: Variable, given: object, slots: Slots) -> Plain | None:
    """Return ``given`` as Jinja sees it; None where it is not what was ``wanted``."""
    match wanted, given:
        case Record(many=True), list() | tuple() if len(given) <= MAX_ITEMS:
            rows = [each for each in given if isinstance(each, Mapping)]
            whole = len(rows) == len(given)
            return [_parts(wanted, each, slots) for each in rows] if whole else None
        case Record(many=False), Mapping():
            return _parts(wanted, given, slots)
        case Kind.VALUE, None:
            return ""
        case Kind.VALUE, _ if _is_shown(given):
            return "" if given == Quote("") else slots.add(given)
        case Kind.COUNT, int() if not isinstance(given, bool):
            return given
        case Kind.WORD, str():
            return given
        case Kind.LIST, list() | tuple() if len(given) <= MAX_ITEMS:
            shown = [slots.add(each) for each in given if _is_shown(each)]
            return shown if len(shown) == len(given) else None
        case _:
            return None


def _parts(
    record: Record, given: Mapping[str, object], slots: Slots
) -> dict[str, Plain]:
    return dict(_filled(record.parts, given, slots))


def _is_shown(value: object) -> TypeGuard[Shown]:
    return isinstance(value, Shown)
