"""Everything that is kept about a member, as a page for them to read.

It stands beside the JSON, which has every column. The page leaves out what only means
something inside a database, and speaks the member's language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from bot.chat.catalogue import Catalogue
from bot.chat.speech import Reader, Speech
from bot.chat.text import Day, Phrase, Quote, Value, When, phrase
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from bot.pages.feeds.html import Frame, Html, labels
from bot.pages.kept_columns import LABELS, SECTIONS, THOUSANDTHS, UNREADABLE, WORDS

Rows = Sequence[Mapping[str, object]]

MAX_ENTRIES = 1_000
"""Most of one section that a page shows, the newest; the JSON has them all."""

_NOTHING = {None, "", "[]"}

_A_CENTURY = timedelta(days=36_500)

# What the JSON says of what was drawn from other values than words.
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_OWN_WORD = re.compile(r"[a-z][a-z-]*")


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is kept, and what it is."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A row, as far as it can be read.

    Attributes:
        table: What the JSON has it under.
    """

    table: str
    said: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Section:
    """What is kept of one kind.

    Attributes:
        more: What is said of those that are left out; empty where none is.
    """

    heading: str
    entries: Sequence[Entry]
    more: str


class KeptPage:
    """Draws the page."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._html = Html()

    def draw(self, tables: Mapping[str, Rows], name: str, reader: Reader) -> bytes:
        """Return the page, whole and for itself: it loads nothing and runs nothing.

        Args:
            tables: What is kept, as `storage.personal.export` returns it.
            name: What the member is called.
            reader: The member; any language will do, the nearest is spoken.
        """
        tag = self._catalogue.choose(reader.locale)
        # A page that is kept says the year of each day, as one speaks of other years.
        long_ago = reader.now - _A_CENTURY
        speech = Speech(self._catalogue, Reader(tag, reader.zone, long_ago), _name)
        babel = self._catalogue.languages[tag].babel
        direction = "rtl" if babel.text_direction == "rtl" else "ltr"
        title = speech.plain(phrase("privacy.kept", name=Quote(name)))
        lead = (
            phrase("privacy.kept-made", at=When(reader.now)),
            phrase("privacy.kept-names"),
        )
        page = self._html.kept(
            Frame(tag, direction, labels(speech)),
            title,
            [speech.plain(each) for each in lead],
            list(_Drawing(speech, tables, name).sections()),
        )
        return page.encode()


class _Drawing:
    """One page on its way."""

    def __init__(self, speech: Speech, tables: Mapping[str, Rows], name: str) -> None:
        self._speech = speech
        self._tables = tables
        self._member = name
        self._words = {row["id"]: str(row["body"]) for row in tables.get("words", ())}
        self._told = set(_told_of(tables))
        self._receivers: dict[object, list[str]] = {}
        for row in tables.get("shoutout_receivers", ()):
            if row["receiver"]:
                told = self._receivers.setdefault(row["shoutout"], [])
                told.append(str(row["receiver"]))

    def sections(self) -> Iterator[Section]:
        """Yield what there is, under its heading."""
        for heading, tables in SECTIONS.items():
            rows = [
                (table, row)
                for table in tables
                for row in self._tables.get(table, ())
                if table != "words" or row["id"] not in self._told
            ]
            entries, left = self._newest(rows)
            if not entries:
                continue
            told = phrase("privacy.kept-more", count=left)
            yield Section(
                self._speech.plain(phrase(f"privacy.kept-{heading}")),
                entries,
                self._speech.plain(told) if left else "",
            )

    def _newest(
        self, rows: Sequence[tuple[str, Mapping[str, object]]]
    ) -> tuple[Sequence[Entry], int]:
        """Return the last rows that say something, and how many are before them."""
        entries: list[Entry] = []
        left = len(rows)
        # What nobody will see is not put into words: it takes far longer than the rest.
        while left and len(entries) < MAX_ENTRIES:
            left -= 1
            table, row = rows[left]
            if said := self._entry(table, row):
                entries.append(Entry(table, said))
        return entries[::-1], left

    def _entry(self, table: str, row: Mapping[str, object]) -> list[Said]:
        found: dict[str, list[str]] = {}
        for column, value in row.items():
            if column not in LABELS or (table, column) in UNREADABLE:
                continue
            text = self._text(table, column, value)
            told = found.setdefault(LABELS[column], [])
            if text and text not in told and (column, text) != ("member", self._member):
                told.append(text)
        if table == "shoutouts":
            found["to"] = self._receivers.get(row["id"], [])
        return [
            Said(
                self._speech.plain(phrase(f"privacy.kept-label.{label}")),
                "\n".join(told),
            )
            for label, told in found.items()
            if told
        ]

    def _text(self, table: str, column: str, value: object) -> str:
        if isinstance(value, str | None) and value in _NOTHING:
            return ""
        if column in WORDS and isinstance(value, int):
            return self._words.get(value, "")
        if (table, column) == THOUSANDTHS and isinstance(value, int):
            return f"{value / 1_000:g}"
        if isinstance(value, str):
            return self._dated(column, value)
        if isinstance(value, int):
            return str(value)
        lines = _typed_in(value) if table == "drafts" else self._lines(value)
        return "\n".join(lines)

    def _dated(self, column: str, value: str) -> str:
        try:
            if column == "at" or column.endswith("_at"):
                return self._speech.instant(When(datetime.fromisoformat(value)))
            if column == "day" or column.endswith("_on"):
                return self._speech.word(Day(date.fromisoformat(value)))
        except ValueError:
            return value
        return value

    def _lines(self, value: object) -> Iterator[str]:
        """Yield what a message says, line by line, as it was said."""
        match value:
            case {"key": str(key), "values": dict(values), **rest} if not rest:
                if self._speech.has(key):
                    yield self._speech.plain(_phrase(key, values))
            case dict():
                for each in value.values():
                    yield from self._lines(each)
            case list():
                for each in value:
                    yield from self._lines(each)
            case _:
                return


def _told_of(tables: Mapping[str, Rows]) -> Iterator[object]:
    """Yield the numbers of words that are said where they were said."""
    for table in chain.from_iterable(SECTIONS.values()):
        readable = [
            column
            for column in WORDS
            if column in LABELS and (table, column) not in UNREADABLE
        ]
        for row in tables.get(table, ()):
            yield from (row[column] for column in readable if column in row)


def _typed_in(value: object) -> Iterator[str]:
    """Yield what somebody typed into a draft, which is said by nobody yet."""
    match value:
        case str() if value and not _OWN_WORD.fullmatch(value):
            yield value
        case dict():
            for each in value.values():
                yield from _typed_in(each)
        case list():
            for each in value:
                yield from _typed_in(each)
        case _:
            return


def _phrase(key: str, values: Mapping[str, object]) -> Phrase:
    return Phrase(key, {name: _value(each) for name, each in values.items()})


def _value(value: object) -> Value:
    match value:
        case {"key": str(key), "values": dict(values)}:
            return _phrase(key, values)
        case list():
            return tuple(map(_atom, value))
        case bool() | int():
            return int(value)
        case str() if _OWN_WORD.fullmatch(value):
            return value
        case _:
            return _atom(value)


def _atom(value: object) -> Quote | When | Day | Phrase:
    match value:
        case {"key": str(key), "values": dict(values)}:
            return _phrase(key, values)
        case str() if _INSTANT.fullmatch(value):
            return When(datetime.fromisoformat(value))
        case str() if _DATE.fullmatch(value):
            return Day(date.fromisoformat(value))
        case _:
            return Quote("" if value is None else str(value))


def _name(_ref: MemberRef | ChannelRef | RoleRef) -> str:
    """Return no name: they are in the rows already."""
    return ""
