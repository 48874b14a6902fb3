"""What forms and typed lines mean."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.playground import lines
from bot.adapters.playground.answers import Filled, read
from bot.adapters.playground.held import fill
from bot.adapters.playground.records import LAUREL, Directory
from bot.chat import fields
from bot.chat.faces import face_of
from bot.chat.table import build_table
from bot.domain.refs import ChannelRef, RoleRef
from tests.adapters.stage import HOME, RESIDENTS, ROOMS
from tests.samples.vocabulary.cog import VocabularyCog

KNOWN = Directory(
    HOME,
    {each.id: each for each in RESIDENTS},
    {room.id: room for room in ROOMS},
    {"gardeners": "Gardeners"},
)
ANA = KNOWN.person("ana")
BO = KNOWN.person("bo")

FIELDS: tuple[fields.AnyField, ...] = (
    fields.Person(name="person", required=False),
    fields.People(name="people", required=False),
    fields.Text(name="text", required=False),
    fields.Choice(name="choice", options=("a", "b"), required=False),
    fields.Checks(name="checks", options=("a", "b"), required=False),
    fields.Integer(name="integer", required=False),
    fields.Date(name="date", required=False),
    fields.Time(name="time", required=False),
    fields.Duration(name="duration", required=False),
    fields.Channel(name="channel", required=False),
    fields.Role(name="role", required=False),
    fields.YesNo(name="yes_no", required=False),
    fields.FileUpload(name="file", required=False),
)
NAMES = [each.name for each in FIELDS] + [f"{each.name}.typed" for each in FIELDS]


def answer(name: str, *words: str, typed: str = "") -> object:
    filled = Filled({name: words, f"{name}.typed": (typed,) if typed else ()})
    found = read(FIELDS, filled, KNOWN, ANA)
    return found.errors[name].key if name in found.errors else found.values.get(name)


@pytest.mark.parametrize(
    ("name", "word", "expected"),
    [
        ("person", "bo", BO),
        ("person", "stranger", "forms.error-nobody"),
        ("person", LAUREL, KNOWN.person(LAUREL)),
        ("text", " a\u202eb ", "ab"),
        ("text", "\u2800", None),
        ("choice", "a", "a"),
        ("choice", "c", "common.answer-unknown"),
        ("checks", "c", "common.answer-unknown"),
        ("integer", "7", 7),
        ("integer", "seven", "forms.error-no-number"),
        ("integer", "-1", "common.answer-range"),
        ("date", "2026-03-09", date(2026, 3, 9)),
        ("date", "9 March", "forms.error-no-date"),
        ("time", "09:30", time(9, 30)),
        ("time", "25:00", "forms.error-no-time"),
        ("duration", "2 h 30 min", timedelta(hours=2, minutes=30)),
        ("duration", "soon", "forms.error-no-duration"),
        ("duration", "400 days", "common.answer-duration"),
        ("channel", "wall", ChannelRef(HOME, "wall")),
        ("channel", "mods", "forms.error-no-channel"),
        ("role", "gardeners", RoleRef(HOME, "gardeners")),
        ("role", "kings", "forms.error-no-option"),
        ("yes_no", "yes", True),
        ("yes_no", "no", False),
        ("yes_no", "maybe", "forms.error-no-option"),
    ],
)
def test_reads_an_answer(name: str, word: str, expected: object) -> None:
    """Each kind of field takes what fits it, and says what does not."""
    assert expected == answer(name, word)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("@Bo", BO),
        ("ana souza", ANA),
        ("@Gone", "forms.error-nobody"),
        ("@everyone", "forms.error-nobody"),
        ("<!channel>", "forms.error-nobody"),
    ],
)
def test_knows_a_person_by_name(typed: str, expected: object) -> None:
    """A name that was typed and not picked counts where it is one person's."""
    assert expected == answer("person", typed=typed)


def test_keeps_each_person_once() -> None:
    """The same person picked twice is one; a fourth is one too many."""
    assert (BO, ANA) == answer("people", "bo", "ana", "bo")
    four = answer("people", "bo", "ana", "mika", "ada")
    assert "common.answer-people" == four


WORDS = st.text(max_size=30) | st.sampled_from(
    ["bo", "ana", "a", "gardeners", "wall", "yes", "2026-03-09", "09:30", "1 h", "٣"]
)


@given(st.dictionaries(st.sampled_from(NAMES), st.lists(WORDS, max_size=4)))
def test_no_form_breaks_the_reader(sent: dict[str, list[str]]) -> None:
    """Whatever is sent becomes an answer or a sentence, never an accident."""
    filled = Filled({name: tuple(words) for name, words in sent.items()})
    found = read(FIELDS, filled, KNOWN, ANA)
    assert not set(found.values) & set(found.errors)


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "person": st.sampled_from([ANA, BO]),
        "choice": st.sampled_from(["a", "b"]),
        "checks": st.sampled_from([("a",), ("b",), ("a", "b")]),
        "integer": st.integers(0, 1_000_000),
        "date": st.dates(),
        "time": st.times().map(lambda t: t.replace(second=0, microsecond=0)),
        "duration": st.integers(1, 60 * 24 * 366).map(lambda m: timedelta(minutes=m)),
        "channel": st.sampled_from([ChannelRef(HOME, "wall")]),
        "role": st.just(RoleRef(HOME, "gardeners")),
        "yes_no": st.booleans(),
    },
)


@given(ANSWERS)
def test_a_draft_comes_back_as_it_was(draft: dict[str, object]) -> None:
    """What a form is prefilled with is what it answers when it is sent unchanged."""
    found = read(FIELDS, fill(draft), KNOWN, ANA)
    assert {} == found.errors
    assert draft == found.values


TABLE = build_table([VocabularyCog()])


def parsed(line: str) -> tuple[dict[str, tuple[str, ...]], str]:
    found = lines.route_of(line, TABLE.commands)
    assert found is not None
    teas = {"tea": {"Sencha": "sencha", "Mint tea": "mint"}}
    known = lines.Known(KNOWN, ANA, lambda _name, value: value.title(), teas)
    typed = lines.parse(*found, known)
    return dict(typed.filled.words), typed.rest


@pytest.mark.parametrize(
    ("line", "words", "rest"),
    [
        ("/vocabulary people", {}, ""),
        ("/vocabulary people @bo", {"person": ("bo",)}, ""),
        (
            "/vocabulary people @Bo, @Ana Souza & @Mika",
            {"person": ("bo",)},
            ", @Ana Souza & @Mika",
        ),
        (
            "/vocabulary people @Bo @Ana Souza, @Mika and @Ada Bright #wall of thanks",
            {
                "person": ("bo",),
                "people": ("ana", "mika", "ada"),
                "channel": ("wall",),
            },
            "",
        ),
        ("/vocabulary people @Bob", {}, "@Bob"),
        ("/vocabulary people #moderators", {}, "#moderators"),
        (
            '/vocabulary words "short one" and the rest 5',
            {"short": ("short one",), "long": ("and the rest 5",)},
            "",
        ),
        (
            "/vocabulary choices Craft yes",
            {"choice": ("craft",), "agreed": ("yes",)},
            "",
        ),
        (
            "/vocabulary times 2026-03-09 9:30 1 h 15 min",
            {"on": ("2026-03-09",), "at": ("09:30",), "length": ("1 h 15 min",)},
            "",
        ),
        ("/VOCABULARY  times tomorrow", {}, "tomorrow"),
        (
            "/vocabulary choices craft #mint tea no",
            {"choice": ("craft",), "tea": ("mint",), "agreed": ("no",)},
            "",
        ),
        (
            "/vocabulary people @Ana @Nobody and @bo, @Gone",
            {"person": ("ana",), "people": ("bo", "gone")},
            "@Nobody",
        ),
        (
            "/vocabulary people @bo @mika @gardeners",
            {"person": ("bo",), "people": ("mika",)},
            "@gardeners",
        ),
    ],
)
def test_takes_a_line_apart(
    line: str, words: dict[str, tuple[str, ...]], rest: str
) -> None:
    """Fields take what fits from the front; what nobody takes is left over."""
    assert (words, rest) == parsed(line)


@given(st.text(max_size=80))
def test_no_line_breaks_the_parser(text: str) -> None:
    """Whatever follows a command's name is taken apart without an accident."""
    for route in TABLE.commands:
        words, rest = parsed(f"/{route.command} {text}")
        assert len(rest) <= len(text), "nothing is left that was not typed"
        assert set(words) <= {asked.name for asked in route.fields}


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Ana Souza", "AS"),
        ("bo", "B"),
        ("山田 太郎", "山"),
        ("نور الهدى", "ن"),
        ("👩‍👩‍👧 Team", "T"),
        ("🏳️‍🌈", "🏳️‍🌈"),
        ("Łukasz Ąbc", "ŁĄ"),
        ("", ""),
        ("e\u0301lan vital", "E\u0301V"),
    ],
)
def test_initials_keep_letters_whole(name: str, initials: str) -> None:
    """A face has whole signs on it, as its reader counts them."""
    assert initials == face_of("x", name).initials
