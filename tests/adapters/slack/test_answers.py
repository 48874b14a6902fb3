"""What a form holds becomes the fields' neutral answers."""

from __future__ import annotations

import contextlib
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.answers import (
    may_fetch,
    read_answers,
    state_of,
)
from bot.adapters.slack.raw import Json, MalformedError
from bot.chat import fields
from bot.chat.handed import Attached, Given
from bot.domain.refs import ChannelRef, RoleRef
from tests.adapters.slack.sent import (
    ANA,
    BO,
    CHIDI,
    HOME,
    LAUREL,
    file,
    known,
    option_in,
    options_in,
    people_in,
    person,
    words_in,
)

FIELDS: tuple[fields.AnyField, ...] = (
    fields.Person(name="person"),
    fields.People(name="people"),
    fields.Text(name="text"),
    fields.Choice(name="choice", options=("a", "b")),
    fields.Choice(name="tea", lookup="teas"),
    fields.Checks(name="checks", options=("a", "b")),
    fields.Integer(name="integer"),
    fields.Date(name="date"),
    fields.Time(name="time"),
    fields.Duration(name="duration"),
    fields.Channel(name="channel"),
    fields.Role(name="role"),
    fields.YesNo(name="yes_no"),
    fields.FileUpload(name="file"),
)
API = "https://slack.com/api/"


def held(elements: dict[str, Json]) -> Given:
    """Return what is understood of inputs, by the names of their fields."""
    values = {name: {name: element} for name, element in elements.items()}
    return read_answers(FIELDS, state_of({"state": {"values": values}}), known())


def one(key: str, value: object) -> Json:
    return {"type": "any", key: value}


@pytest.mark.parametrize(
    ("name", "element", "expected"),
    [
        ("person", one("selected_user", BO), person(BO)),
        ("person", one("selected_user", LAUREL), person(LAUREL)),
        ("people", people_in(BO, ANA, BO), (person(BO), person(ANA))),
        ("text", words_in(" a\n b "), " a\n b "),
        ("text", words_in("  "), "  "),
        ("choice", option_in("a", "radio_buttons"), "a"),
        ("tea", option_in("sencha", "external_select"), "sencha"),
        ("tea", option_in("x" * 300), "x" * 101),
        ("checks", options_in(["a", "b"]), ("a", "b")),
        ("integer", words_in("7"), 7),
        ("date", one("selected_date", "2026-03-09"), date(2026, 3, 9)),
        ("time", one("selected_time", "09:30"), time(9, 30)),
        ("duration", words_in("2 h 30 min"), timedelta(hours=2, minutes=30)),
        ("channel", one("selected_conversation", "C0WALL"), ChannelRef(HOME, "C0WALL")),
        ("channel", one("selected_channel", "G0WALL"), ChannelRef(HOME, "G0WALL")),
        ("role", option_in("S0M", "external_select"), RoleRef(HOME, "S0M")),
        ("yes_no", option_in("no", "radio_buttons"), False),
        (
            "file",
            {"type": "file_input", "files": [file()]},
            Attached("notes.txt", "text/plain", 12, file()["url_private_download"]),
        ),
    ],
)
def test_reads_an_answer(name: str, element: Json, expected: object) -> None:
    """Each kind of field, from the input that it is drawn as."""
    assert Given({name: expected}, {}, {}) == held({name: element})


@pytest.mark.parametrize(
    ("name", "element", "code"),
    [
        ("person", one("selected_user", "U0GHOST"), "forms.error-nobody"),
        ("person", one("selected_user", 7), "forms.error-nobody"),
        ("people", people_in(BO, "U0GHOST"), "forms.error-nobody"),
        ("person", words_in("bo"), "forms.error-nobody"),
        ("channel", one("selected_conversation", "D0ANA"), "forms.error-no-channel"),
        ("channel", one("selected_conversation", ANA), "forms.error-no-channel"),
        ("role", option_in("kings"), "forms.error-no-option"),
        ("text", {"type": "file_input", "files": [file()]}, "forms.error-no-option"),
        ("file", words_in("x"), "common.answer-kind"),
        ("file", one("files", [file(is_external=True)]), "common.answer-kind"),
        ("file", one("files", [file(size=2_000_000)]), "common.answer-file"),
    ],
)
def test_what_does_not_fit_is_said_beside_it(
    name: str, element: Json, code: str
) -> None:
    """Whom nobody knows, and what another version asked for."""
    found = held({name: element})
    assert ({}, {}) == (found.values, found.typed)
    assert code == found.errors[name].code


@pytest.mark.parametrize(
    ("name", "typed", "code"),
    [
        ("integer", "seven", "forms.error-no-number"),
        ("date", "9 March", "forms.error-no-date"),
        ("time", "25:00", "forms.error-no-time"),
        ("duration", "soon", "forms.error-no-duration"),
        ("yes_no", "maybe", "forms.error-no-option"),
    ],
)
def test_words_that_nobody_understands_are_kept(
    name: str, typed: str, code: str
) -> None:
    """So that the member corrects them, and does not write them anew."""
    found = held({name: words_in(typed)})
    assert {name: typed} == found.typed
    assert code == found.errors[name].code


@pytest.mark.parametrize(
    "element",
    [
        words_in(None),
        words_in(""),
        option_in(None),
        options_in([]),
        people_in(),
        one("selected_user", None),
        one("files", []),
        {},
    ],
)
def test_what_was_left_empty_is_no_answer(element: Json) -> None:
    """Whatever the kind of input."""
    assert Given({}, {}, {}) == held({each.name: element for each in FIELDS})
    assert {} == state_of({})
    assert {} == state_of({"state": {"values": None}})


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\x\\a.txt", "a.txt"),
        ("gpj.\u202dx.exe", "gpj.x.exe"),
        ("", "file"),
        ("x" * 300, "x" * 120),
    ],
)
def test_a_file_has_a_plain_name(written: str, name: str) -> None:
    """No folders, nothing unseen."""
    found = held({"file": one("files", [file(name=written)])}).values["file"]
    assert isinstance(found, Attached)
    assert name == found.name


@pytest.mark.parametrize(
    ("url", "api", "may"),
    [
        ("https://files.slack.com/files-pri/T-F/x", API, True),
        ("http://127.0.0.1:9/files/x", "http://127.0.0.1:9/api/", True),
        ("http://files.slack.com/x", API, False),
        ("https://files.slack.com.evil.example/x", API, False),
        ("https://files.slack.com@evil.example/x", API, False),
        ("https://evil.example\\@files.slack.com/x", API, False),
        ("https://x@files.slack.com/x", API, False),
        ("http://169.254.169.254/latest", API, False),
        ("http://127.0.0.1:10/x", "http://127.0.0.1:9/api/", False),
        ("file:///etc/passwd", "file:///x", False),
        ("//files.slack.com/x", API, False),
        ("https://[files.slack.com/x", API, False),
    ],
)
def test_the_token_goes_to_slack_alone(url: str, api: str, may: bool) -> None:  # noqa: FBT001
    """Files are fetched from Slack's own host, or from where the API is."""
    assert may is may_fetch(url, api)


LEAVES = st.none() | st.integers() | st.booleans() | st.text(max_size=8)
WORDS = LEAVES | st.sampled_from([BO, CHIDI, "C0WALL", "S0M", "a", "yes", "09:30"])
ELEMENTS = st.dictionaries(
    st.sampled_from(
        ["type", "value", "selected_user", "selected_users", "selected_option",
         "selected_options", "selected_date", "selected_conversation", "files"]
    ),
    WORDS
    | st.lists(WORDS | st.dictionaries(st.sampled_from(["value", "size"]), WORDS))
    | st.dictionaries(st.sampled_from(["value", "url_private", "size"]), WORDS),
    max_size=3,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from([f.name for f in FIELDS]), ELEMENTS))
def test_no_form_breaks_the_reader(elements: dict[str, Json]) -> None:
    """Whatever is sent becomes an answer, a sentence or one kind of error."""
    with contextlib.suppress(MalformedError):
        found = held(elements)
        assert not set(found.values) & set(found.errors)
        assert set(found.typed) <= set(found.errors)
