"""T48: every sentence, in every language, within every limit, with nothing left out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import regex
from babel.lists import format_list
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from bot.chat.catalogue import Slots
from bot.chat.clip import clip
from bot.chat.limits import MAX_FACT_CHARS, Use, uses_of
from bot.chat.speech import Reader, Speech
from bot.chat.text import Phrase, Value
from bot.chat.wording import flaws
from bot.domain.people import Role
from bot.domain.refs import MemberRef
from bot.features import LOCALES, declared
from storage.members import MAX_NAME_CHARS
from tests.battery.matrix import TABLE
from tests.battery.tour import FAMILY, Tour, taken, taken_in_disguise
from tests.harness import COMMUNITY, START, Community, community, words
from tests.hostile import HOSTILE

TAGS = sorted(words().languages)
COUNTS = (0, 1, 2, 5, 21)
PLURALS = {"zero", "one", "two", "few", "many", "other"}
LONG_NAME = (FAMILY * 20)[: MAX_NAME_CHARS // len(FAMILY) * len(FAMILY)]
_GRAPHEME = regex.compile(r"\X")


@dataclass
class Entry:
    """A sentence of one language, with what its values can be."""

    tag: str
    key: str
    pattern: ast.Pattern
    selected: dict[str, set[str]] = field(default_factory=dict)


class _Selectors(Visitor):
    def __init__(self) -> None:
        self.found: dict[str, set[str]] = {}

    def visit_VariableReference(self, node: ast.VariableReference) -> None:  # noqa: N802
        self.found.setdefault(node.id.name, set())

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:  # noqa: N802
        if isinstance(node.selector, ast.VariableReference):
            options = self.found.setdefault(node.selector.id.name, set())
            for variant in node.variants:
                key = variant.key
                options.add(key.name if isinstance(key, ast.Identifier) else key.value)
        self.generic_visit(node)


@cache
def entries(tag: str) -> Sequence[Entry]:
    """Return every sentence of a language, read once."""
    return tuple(_entries(tag))


def _entries(tag: str) -> Iterator[Entry]:
    for path in sorted((LOCALES / tag).glob("*.ftl")):
        for each in FluentParser().parse(path.read_text("utf-8")).body:
            assert not isinstance(each, ast.Junk), f"{path.name}: {each.content}"
            if not isinstance(each, ast.Message):
                continue
            name = f"{path.stem}.{each.id.name}"
            if each.value is not None:
                yield _entry(tag, name, each.value)
            for attribute in each.attributes:
                yield _entry(tag, f"{name}.{attribute.id.name}", attribute.value)


def _entry(tag: str, key: str, pattern: ast.Pattern) -> Entry:
    selectors = _Selectors()
    selectors.visit(pattern)
    return Entry(tag, key, pattern, selectors.found)


def samples(entry: Entry, kinds: Mapping[str, set[str]]) -> Iterator[Phrase]:
    """Yield the sentence with each count, and each word that it chooses by."""
    for count in COUNTS:
        values: dict[str, Value] = {}
        for name in entry.selected:
            options = kinds[f"{entry.key} {name}"]
            if _is_number(options):
                values[name] = count
            elif options:
                values[name] = sorted(options)[count % len(options)]
            else:
                values[name] = MemberRef(COMMUNITY, "long")
        yield Phrase(entry.key, values)


def _is_number(options: set[str]) -> bool:
    return bool(options) and all(o in PLURALS or o.isdecimal() for o in options)


def said(tag: str) -> Iterator[tuple[str, str]]:
    """Yield each sentence as it can be read, with its key."""
    kinds: dict[str, set[str]] = {}
    for each in (entry for other in TAGS for entry in entries(other)):
        for name, options in each.selected.items():
            kinds.setdefault(f"{each.key} {name}", set()).update(options)
    language = words().languages[tag]
    for entry in entries(tag):
        for sample in samples(entry, kinds):
            slots: Slots = []
            spoken = language.format(sample, slots)
            assert spoken is not None, f"{tag} lacks {entry.key}"
            yield entry.key, re.sub(r"[\ue000-\uf8ff]", LONG_NAME, spoken)


@pytest.mark.parametrize("tag", TAGS)
def test_every_sentence_can_be_said(tag: str) -> None:
    """With every count and choice; no stray space, no markup, no address."""
    strays = re.compile(r"^\s|\s$|  | [.,;:?]|\s\n|<\w|&\w+;|://|\bhttp|\{|\}")
    wrong = [(key, text) for key, text in said(tag) if strays.search(text)]
    assert [] == wrong
    halves = [key for key, text in said(tag) if text.count("“") != text.count("”")]
    assert [] == halves
    assert [] == [key for key, text in said(tag) if text.count("**") % 2]


@pytest.mark.parametrize("tag", TAGS)
def test_no_refusal_raises_its_voice(tag: str) -> None:
    """Exclamation marks are for joy; a no, and an error, is said quietly."""
    quiet = re.compile(
        r"refused|answer-|error|failed|busy|slow|unknown|only-|gone|lost"
    )
    loud = [
        key for key, text in said(tag) if quiet.search(key) and set(text) & set("!¡")
    ]
    assert [] == loud


def test_every_language_has_the_same_sentences(home_table: Community) -> None:
    """No key is missing or of no use, and none names a value that another lacks."""
    assert [] == flaws(home_table.laurel.table, words())
    for tag in TAGS:
        assert words().languages["en"].placeholders() == (
            words().languages[tag].placeholders()
        ), tag


@pytest.mark.parametrize("length", [1, 2, 12, 40, 75, 79])
def test_nothing_is_cut_inside_a_character(length: int) -> None:
    """Whatever is clipped is whole characters, as a reader counts them."""
    for each in HOSTILE:
        cut = clip(each.text, length)
        whole = _GRAPHEME.findall(each.text)
        kept = _GRAPHEME.findall(cut.removesuffix("…")) if cut != each.text else whole
        assert len(cut) <= length
        # Spaces before the ellipsis are dropped.
        assert "".join(whole).startswith("".join(kept))
        assert "".join(kept) in {
            "".join(whole[:n]).rstrip() for n in range(len(whole))
        } | {each.text}


@pytest.fixture
async def home_table(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


@pytest.mark.xdist_group("tour")
def test_everything_that_is_said_fits_in_every_language() -> None:
    """Cards, buttons and selects of every route, with the longest names."""
    tour = taken()
    assert {route for route, _ in tour.messages} >= {
        route for route in TABLE if route not in FORMS
    }
    for tag in TAGS:
        reader = Reader(tag, ZoneInfo("America/Argentina/Buenos_Aires"), START)
        longest = Speech(words(), reader, lambda _ref: "W" * MAX_NAME_CHARS)
        long = Speech(words(), reader, lambda _ref: "W" * USUAL_NAME_CHARS)
        usually = list(over(tour, long))
        options = {use for *_, use in usually}
        found = [*over(tour, longest), *usually]
        assert [] == [
            (route, tag, use)
            for route, tag, use in found
            # Renderers clip an option, which is read beside the card it is for.
            if use.what != "option" or use in options
        ]


USUAL_NAME_CHARS = 32
"""Longest name of a member on Discord."""

FORMS = {
    "awards.change",
    "calendar.another",
    "calendar.form",
    "calendar.new",
    "challenges.change",
    "challenges.planning",
    "checkins.check-in-with-this",
    "members.change-about",
    "members.change-quiet",
    "nominations.begin",
    "nominations.begin-for",
    "nominations.nominate-this",
    "nominations.reword",
    "recaps.change",
    "recaps.thank",
    "shoutouts.edit",
    "shoutouts.shout-out",
    "standings.fix",
    "shoutouts.thank-too",
    "shoutouts.retract-this",
    "setup.change",
    "templates.again",
    "templates.begin",
    "templates.earlier",
}
"""Routes that open a form, and say nothing."""


def over(tour: Tour, speech: Speech) -> Iterator[tuple[str, str, Use]]:
    """Yield what is too long, with the route and the language."""
    for route, message in tour.messages:
        for use in uses_of(message, lambda spoken: len(speech.plain(spoken))):
            if use.over:
                yield route, speech.reader.locale, use


@pytest.mark.xdist_group("tour")
def test_what_is_too_long_would_be_found() -> None:
    """Planted: names that nobody's platform allows."""
    reader = Reader("en", ZoneInfo("UTC"), START)
    speech = Speech(words(), reader, lambda _ref: "W" * MAX_FACT_CHARS)
    assert [] != list(over(taken(), speech))


_DIGEST = re.compile(r"\b[0-9a-f]{32,64}\b")
"""Digits of a digest or a seed, which are the same in every language."""

KNOWN = {"/", "and", *format_list(["", "", ""], locale="en").split()}
"""What is not Laurel's to translate: commands' names, and what joins a list."""


def left_in_code(tour: Tour) -> set[tuple[str, str]]:
    """Return words that a reader meets in no language's clothes."""
    commands = {
        word for command in tour.commands for word in re.findall("[a-z]+", command)
    }
    typed = {*commands, *KNOWN}
    found = set()
    for route, spoken in tour.phrases():
        if spoken.key == "templates.passage":
            continue  # words that a moderator wrote, or could have
        depth = 0
        for part in tour.language.speak(spoken, "en"):
            if not isinstance(part.content, str):
                continue
            for piece in re.split(r"([⟦⟧])", _DIGEST.sub("", part.content)):
                depth += {"⟦": 1, "⟧": -1}.get(piece, 0)
                strays = set(re.findall(r"[A-Za-z]+", piece)) - typed
                if strays or (depth == 0 and piece not in {"", "⟧"}):
                    found.add((route, piece))
    return found


@pytest.mark.xdist_group("tour")
def test_no_words_are_left_in_the_code() -> None:
    """Whatever is said comes from the catalogue, every letter of it."""
    assert set() == left_in_code(taken_in_disguise())


@pytest.mark.xdist_group("tour")
def test_a_word_left_in_the_code_would_be_found() -> None:
    """Planted: a sentence that a cog says by itself, as a value of another."""
    smuggled = Phrase("setup.zone-name", {"zone": "the usual one"})
    planted = replace(
        taken_in_disguise(), refusals=[("planted", smuggled)], messages=[]
    )
    assert {"planted"} == {route for route, _ in left_in_code(planted)}


TOLD_TO_FEW = {
    "awards.close-by-hand",
    "awards.none",
    "awards.opened-untold",
    "awards.refused-full",
    "awards.refused-gone",
    "calendar.empty-desk",
    "calendar.full",
    "calendar.refused-full",
    "calendar.refused-not-then",
    "calendar.refused-overtaken",
    "calendar.saved-footer",
    "committees.dropped",
    "committees.none-desk",
    "committees.term-over",
    "committees.waiting",
    "fairness.uncounted.next",
    "mail.note.next",
    "mail.reason",
    "recaps.refused-skipped",
    "recaps.refused-withdrawn",
    "seasons.none-desk",
    "seasons.refused-open",
    "setup.back.next",
    "setup.lost-wall.next",
    "setup.welcome.next",
    "shoutouts.refused-nowhere",
    "standings.overdue.next",
    "standings.refused-answered",
    "templates.broken.next",
    "templates.other-language",
    "templates.overtaken.kept",
    "templates.saved.back",
}
"""Sentences that name a command of moderators or admins. Each is said to those alone;
whoever adds one has looked that up."""


def test_nobody_is_sent_to_a_command_that_is_not_theirs() -> None:
    """Or they hear in the same breath whose it is."""
    few = [r.command for r in declared(words()).commands if r.role > Role.MEMBER]
    theirs = re.compile(rf"/({'|'.join(map(re.escape, filter(None, few)))})\b")
    whose = re.compile(r"\b(admin|moderator)", re.IGNORECASE)
    found = {
        key
        for key, text in said("en")
        if theirs.search(text) and not whose.search(text)
    }
    assert found == TOLD_TO_FEW


def test_roles_have_words() -> None:
    """Whoever adds a role gives it a name, and a sentence for who lacks it."""
    for role in Role:
        assert words().has(f"playground.role-{role.name.lower()}")
        assert role is Role.MEMBER or words().has(f"common.only-{role.name.lower()}")
