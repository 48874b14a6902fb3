"""What the columns of an export mean, for the tools that are known and for others.

Where the columns come from:

- MEE6: ``id, username, discriminator, xp, level, messages``, as bots that take its
  levels over describe its export, and the fields of its public leaderboard
  (``message_count``, ``detailed_xp``). What counts is the level, and not the thousands
  of points of experience.
- Bonusly: the report of points earned (help.bonus.ly, article 4555329), and bonuses
  with the fields of its API (``giver``, ``receiver``, ``amount``, ``created_at``, …).
- HeyTaco: the fields of its leaderboard (``username``, ``sum`` or ``count``), or
  columns that speak of tacos.
- Karma: the columns of the table in kamaln7/karmabot (``from``, ``to``, ``points``,
  ``reason``, ``timestamp``) and of target/karmabot (``gifter``, ``subject``,
  ``quantity``), or a column ``karma``.

Whatever else a file is called, ``--map`` says what its columns mean.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Means(StrEnum):
    """What a column holds."""

    MEMBER = "member"
    """Who received, by name."""

    MEMBER_ID = "member-id"
    """Who received, by the platform's id."""

    GIVER = "giver"
    GIVER_ID = "giver-id"
    POINTS = "points"
    DATE = "date"
    ROW = "row"
    """What the other tool calls the row, so that two alike are told apart."""

    WORDS = "words"
    """Tells two rows apart, and is not kept."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool whose exports are recognised.

    Attributes:
        name: As it is kept and typed.

        marks: Columns by which it is recognised: all of any one set.

        columns: By meaning, the names that its columns have, the likeliest first.
    """

    name: str
    title: str
    marks: tuple[frozenset[str], ...]
    columns: Mapping[Means, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Layout:
    """Which column of a file means what.

    Attributes:
        tool: Whose export it is; ``csv`` where it is nobody's that is known.

        at: By meaning, the place of the column, from 0.

        each: What a row counts where no column says; None where one does.

        totals: Whether a row is all that a member has, so that it counts once for
            each of them, however often it is imported.

        unused: Columns that nothing is read from, by name.
    """

    tool: Tool
    at: Mapping[Means, int]
    each: int | None
    totals: bool
    unused: tuple[str, ...]


class MappingError(Exception):
    """The columns do not say enough. The text says what is missing, and what to do."""


_NAMES: Mapping[Means, tuple[str, ...]] = {
    Means.MEMBER: (
        "member", "receiver", "recipient", "to", "name", "username", "user",
        "display name", "full name",
    ),
    Means.MEMBER_ID: (
        "member id", "receiver id", "recipient id", "user id", "discord id", "slack id",
    ),
    Means.GIVER: ("giver", "sender", "from", "given by"),
    Means.GIVER_ID: ("giver id", "sender id", "from id"),
    Means.POINTS: (
        "points", "amount", "kudos", "score", "count", "total", "quantity", "sum",
    ),
    Means.DATE: ("date", "created at", "timestamp", "time", "day", "given at"),
    Means.ROW: ("row id", "transaction id", "uuid"),
    Means.WORDS: ("reason", "message", "note", "comment", "words"),
}  # fmt: skip

_OF_ONE_GIFT = {Means.GIVER, Means.GIVER_ID, Means.DATE, Means.ROW, Means.WORDS}
"""What only a row has that is about one time when somebody received."""

OTHER = Tool("csv", "no tool that Laurel knows", (), _NAMES)

_HEYTACO = Tool(
    "heytaco",
    "HeyTaco",
    (
        frozenset({"tacos"}),
        frozenset({"tacos received"}),
        frozenset({"taco count"}),
        frozenset({"username", "sum"}),
        frozenset({"rank", "username", "count"}),
    ),
    {
        **_NAMES,
        Means.POINTS: ("tacos received", "tacos", "taco count", "sum", "count"),
    },
)

_BONUSLY = Tool(
    "bonusly",
    "Bonusly",
    (
        frozenset({"lifetime earnings"}),
        frozenset({"giver", "receiver", "amount", "hashtag"}),
        frozenset({"giver", "receiver", "amount", "hashtags"}),
        frozenset({"giver", "receiver", "amount", "reason"}),
        frozenset({"giver email", "receiver email", "amount"}),
        frozenset({"amount with currency", "receiver"}),
    ),
    {
        **_NAMES,
        Means.MEMBER: (
            "receiver", "receiver name", "receiver email", *_NAMES[Means.MEMBER],
            "email",
        ),
        Means.GIVER: ("giver", "giver name", "giver email"),
        Means.POINTS: ("amount", "lifetime earnings"),
        Means.DATE: ("created at", "date"),
        Means.ROW: ("id",),
    },
)  # fmt: skip

_KARMA = Tool(
    "karma",
    "Karma",
    (
        frozenset({"karma"}),
        frozenset({"from", "to", "points", "timestamp"}),
        frozenset({"gifter", "subject", "quantity"}),
    ),
    {
        **_NAMES,
        Means.MEMBER: ("to", "subject", *_NAMES[Means.MEMBER]),
        Means.GIVER: ("from", "gifter"),
        Means.POINTS: ("points", "quantity", "karma"),
        Means.DATE: ("timestamp", "date"),
        Means.ROW: ("id",),
    },
)

_MEE6 = Tool(
    "mee6",
    "MEE6",
    (
        frozenset({"username", "level", "xp"}),
        frozenset({"id", "level", "xp"}),
        frozenset({"username", "level", "message count"}),
    ),
    {
        Means.MEMBER: ("username", "name"),
        Means.MEMBER_ID: ("id", "user id"),
        Means.POINTS: ("level",),
    },
)

TOOLS: tuple[Tool, ...] = (_MEE6, _BONUSLY, _HEYTACO, _KARMA)
"""In the order in which they are looked for."""


def layout(header: Sequence[str], asked: Mapping[Means, str]) -> Layout:
    """Return what the columns mean; what is ``asked`` goes before what is recognised.

    A number in place of a column's name is what each row counts.

    Raises:
        MappingError: If a column that is asked for is not there, stands there twice,
            or if nothing says whose the points are, or how many.
    """
    names = [folded(name) for name in header]
    tool = next((each for each in TOOLS if _is_of(each, names)), OTHER)
    at = _recognised(tool, names)
    each: int | None = None
    for means, name in asked.items():
        if means is Means.POINTS and re.fullmatch(r"[0-9]{1,9}", name):
            at.pop(means, None)
            each = int(name)
        elif not name:
            at.pop(means, None)
        else:
            at[means] = _place(header, names, name)
    _check(header, at, each)
    return Layout(
        tool=tool,
        at=at,
        each=each,
        totals=not at.keys() & _OF_ONE_GIFT,
        unused=tuple(
            name for place, name in enumerate(header) if place not in at.values()
        ),
    )


def folded(name: str) -> str:
    """Return a column's name as it is compared: ``giver_email`` is ``Giver Email``."""
    return " ".join(re.split(r"[\W_]+", name.casefold())).strip()


def _is_of(tool: Tool, names: Sequence[str]) -> bool:
    return any(mark <= set(names) for mark in tool.marks)


def _recognised(tool: Tool, names: Sequence[str]) -> dict[Means, int]:
    found: dict[Means, int] = {}
    for means, candidates in tool.columns.items():
        for name in candidates:
            if names.count(name) == 1 and names.index(name) not in found.values():
                found[means] = names.index(name)
                break
    return found


def _place(header: Sequence[str], names: Sequence[str], name: str) -> int:
    wanted = folded(name)
    if (times := names.count(wanted)) == 1:
        return names.index(wanted)
    if times:
        raise MappingError(
            f"{times} columns are called {name!r}. Give them names of their own in the "
            "first line."
        )
    raise MappingError(f"No column is called {name!r}. There are: {listed(header)}.")


def _check(header: Sequence[str], at: Mapping[Means, int], each: int | None) -> None:
    lacking = []
    if Means.MEMBER not in at and Means.MEMBER_ID not in at:
        lacking.append("who received (--map member=COLUMN, or member-id=COLUMN)")
    if Means.POINTS not in at and each is None:
        lacking.append("how many (--map points=COLUMN, or points=1 for one each)")
    if lacking:
        raise MappingError(
            f"No column says {' and '.join(lacking)}. There are: {listed(header)}."
        )


def listed(header: Sequence[str]) -> str:
    """Return the names of columns in words, safe to be shown on a terminal."""
    return ", ".join(shown(name) or "(no name)" for name in header)


def shown(text: str, most: int = 40) -> str:
    """Return ``text`` without what a terminal would obey, in at most ``most``."""
    plain = "".join(char if char.isprintable() else " " for char in text)
    plain = " ".join(plain.split())
    return plain if len(plain) <= most else f"{plain[: most - 1]}…"
