"""What comes back with options and forms becomes answers in neutral types."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.adapters.discord.answers import may_fetch
from bot.adapters.discord.incoming import (
    Asked,
)
from bot.adapters.discord.raw import Json, MalformedError
from bot.chat.handed import Attached
from bot.chat.message import Action
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef
from tests.adapters.discord import sent
from tests.adapters.discord.sent import (
    ANA,
    BO,
    CHANNEL,
    CHIDI,
    CHOICES,
    HOME,
    PEOPLE,
    SENTENCES,
    TIMES,
    asked,
    attachment,
    being_typed,
    held,
    modal,
    option,
    people,
    person,
    slash,
    told,
)


def test_several_people_are_one_answer() -> None:
    """``people``, ``people-2`` and ``people-3`` in this order, each person once."""
    raw = slash(
        PEOPLE,
        option("people-3", ANA, 6),
        option("people-2", CHIDI, 6),
        option("people", BO, 6),
        option("person", BO, 6),
        **people(ANA, BO, CHIDI),
    )
    answers = {"people": (person(BO), person(CHIDI), person(ANA)), "person": person(BO)}
    assert answers == asked(raw).answers

    twice = slash(
        PEOPLE, option("people", BO, 6), option("people-2", BO, 6), **people(BO)
    )
    assert {"people": (person(BO),)} == asked(twice).answers


def test_somebody_who_left_is_told_as_gone() -> None:
    """A user whose id was typed, and who is no member, is a person not here."""
    raw = slash(PEOPLE, option("person", BO, 6), **people(BO, gone=(BO,)))
    answers = asked(raw).answers
    assert answers is not None
    found = answers["person"]
    assert isinstance(found, Person)
    assert (BO, False) == (found.ref.id, found.here)


def test_places_and_groups_are_answers() -> None:
    """A channel and a role are told by their ids."""
    role = {"id": "31", "name": "Mentors", "permissions": "0"}
    raw = slash(
        PEOPLE,
        option("channel", CHANNEL, 7),
        option("role", "31", 8),
        channels={CHANNEL: sent.channel()},
        roles={"31": role},
    )
    answers = {"channel": ChannelRef(HOME, CHANNEL), "role": RoleRef(HOME, "31")}
    assert answers == asked(raw).answers


@pytest.mark.parametrize(
    ("kind", "permissions", "fits"),
    [
        (0, "1024", True),
        (15, "1024", True),
        (11, "8", True),
        (0, "2048", False),
        (4, "1024", False),
        (14, "1024", False),
    ],
)
def test_a_channel_is_one_that_the_member_sees(
    kind: int, permissions: str, *, fits: bool
) -> None:
    """A hidden channel whose id was typed, and a category, are asked for again."""
    raw = slash(
        PEOPLE,
        option("channel", CHANNEL, 7),
        channels={CHANNEL: sent.channel(kind, permissions)},
    )
    codes = {name: rule.code for name, rule in asked(raw).errors.items()}
    assert ({} if fits else {"channel": "forms.error-no-channel"}) == codes
    assert {} == asked(raw).typed


def test_typed_words_become_days_and_times() -> None:
    """Where Discord has no picker, options are words."""
    raw = slash(
        TIMES,
        option("on", "2026-3-9"),
        option("at", "9:30 pm"),
        option("length", "1 h 15 min"),
    )
    answers = {
        "on": date(2026, 3, 9),
        "at": time(21, 30),
        "length": timedelta(minutes=75),
    }
    assert Asked(Action("vocabulary.times"), answers) == told(raw)


def test_spaces_are_words_and_no_date() -> None:
    """Words of spaces are refused as such later on; elsewhere they are no answer."""
    words = slash(SENTENCES, option("short", "  "), option("long", ""))
    assert {"short": "  "} == asked(words).answers
    assert {} == asked(slash(TIMES, option("on", "  "))).draft


def test_words_that_nobody_understands_stay_beside_their_field() -> None:
    """Each is told with its rule, and the form can be opened as it was typed."""
    found = asked(
        slash(TIMES, option("on", "tomorrow"), option("at", "9"), option("length", "?"))
    )
    assert {"at": time(9)} == found.answers
    codes = {name: rule.code for name, rule in found.errors.items()}
    assert {
        "on": "forms.error-no-date",
        "length": "forms.error-no-duration",
    } == codes
    assert {"on": "tomorrow", "at": time(9), "length": "?"} == found.draft


def test_a_form_is_read_as_options_are() -> None:
    """Labels around inputs; people from a select, a number from words."""
    wire = Action("vocabulary.who").encode()
    raw = modal(
        wire,
        held("person", 5, [BO]),
        held("people", 5, [CHIDI, ANA]),
        held("channel", 8, [CHANNEL]),
        held("role", 6, []),
        **people(ANA, BO, CHIDI),
        channels={CHANNEL: sent.channel()},
    )
    answers = {
        "person": person(BO),
        "people": (person(CHIDI), person(ANA)),
        "channel": ChannelRef(HOME, CHANNEL),
    }
    assert Asked(Action("vocabulary.who"), answers) == told(raw)
    number = modal(
        Action("vocabulary.words").encode(),
        held("short", 4, "Well done"),
        held("amount", 4, " 7 "),
        held("long", 4, ""),
    )
    assert {"short": "Well done", "amount": 7} == asked(number).answers


@pytest.mark.parametrize(
    ("kind", "value", "expected"),
    [
        (21, "yes", True),
        (3, ["no"], False),
        (23, True, True),
        (4, "Sí", True),
        (21, None, None),
    ],
)
def test_yes_and_no_have_many_faces(kind: int, value: object, expected: object) -> None:
    """Radio buttons, a select, a box and words are all one answer."""
    raw = modal(Action("vocabulary.choices").encode(), held("agreed", kind, value))
    assert expected == (asked(raw).answers or {}).get("agreed")


def test_choices_and_boxes_are_values() -> None:
    """What was picked, never its label; an empty group of boxes is no answer."""
    raw = modal(
        Action("vocabulary.choices").encode(),
        held("choice", 3, ["craft"]),
        held("tea", 3, ["sencha"]),
        held("checks", 22, ["iced", "sweet"]),
    )
    answers = {"choice": "craft", "tea": "sencha", "checks": ("iced", "sweet")}
    assert answers == asked(raw).answers
    flag = slash(CHOICES, option("choice", "craft"), option("agreed", value=True))
    assert {"choice": "craft", "agreed": True} == asked(flag).answers


@pytest.mark.parametrize("kind", ["option", "form"])
def test_a_file_is_described_and_not_fetched(kind: str) -> None:
    """Its name without folders, its kind, its size, and where Discord keeps it."""
    kept = attachment(filename="..\\up/te\u202eas.csv")
    raw = (
        slash(SENTENCES, option("file", "500", 11), attachments={"500": kept})
        if kind == "option"
        else modal(
            "1:vocabulary.words", held("file", 19, ["500"]), attachments={"500": kept}
        )
    )
    expected = Attached("teas.csv", "text/csv; charset=utf-8", 1_234, kept["url"])
    assert {"file": expected} == asked(raw).answers
    assert {} == asked(raw).draft, "a file cannot be put into a form again"


def test_a_file_that_is_too_large_is_never_fetched() -> None:
    """Its size is known beforehand, and its field says what fits."""
    kept = attachment(size=1_000_001)
    found = asked(
        slash(SENTENCES, option("file", "500", 11), attachments={"500": kept})
    )
    rule = found.errors["file"]
    assert ("common.answer-file", {"most": 1_000}) == (rule.code, rule.values)
    assert {} == found.answers


@pytest.mark.parametrize(
    ("url", "fits"),
    [
        ("https://cdn.discordapp.com/attachments/1/2/a.csv?ex=1", True),
        ("https://media.discordapp.net/attachments/1/2/a.csv", True),
        ("http://127.0.0.1:8080/attachments/a.csv", True),
        ("http://cdn.discordapp.com/a.csv", False),
        ("https://127.0.0.1:8080/a.csv", False),
        ("http://127.0.0.1:8081/a.csv", False),
        ("https://cdn.discordapp.com.evil.example/a.csv", False),
        ("https://cdn.discordapp.com@evil.example/a.csv", False),
        ("https://evil@cdn.discordapp.com/a.csv", False),
        ("https://cdn.discordapp.com\\@evil.example/a.csv", False),
        ("https://cdn.discordapp.com:22/a.csv", False),
        ("https://cdn.discordapp.com /a.csv", False),
        ("https://cdn.discordapp.com/a\r\nHost: evil.example", False),
        ("https://[::1/a.csv", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_files_are_fetched_from_discord_alone(url: str, *, fits: bool) -> None:
    """Nobody can make Laurel call another host, or its own network."""
    assert fits == may_fetch(url, "http://127.0.0.1:8080/api/v10")


def test_an_option_of_another_version_is_left_out() -> None:
    """What no field asks for any more does no harm."""
    raw = slash(TIMES, option("on", "2026-03-09"), option("gone", 7, 4))
    assert {"on": date(2026, 3, 9)} == asked(raw).answers


@pytest.mark.parametrize(
    "raw",
    [
        slash(PEOPLE, option("person", BO, 6)),
        slash(PEOPLE, option("person", BO, 6), users={}),
        slash(PEOPLE, option("person", 7, 6), **people(BO)),
        slash(PEOPLE, option("people", "@everyone", 6), **people(BO)),
        slash(PEOPLE, option("channel", CHANNEL, 7), channels={CHANNEL: {}}),
        slash(SENTENCES, option("short", 7)),
        slash(SENTENCES, option("amount", 7.5, 10)),
        slash(SENTENCES, option("amount", value=True)),
        slash(SENTENCES, option("file", "500", 11), attachments={}),
        being_typed(CHOICES, option("tea", 7, focused=True)),
        modal("1:vocabulary.who", held("person", 5, [None, {}]), **people(BO)),
    ],
)
def test_an_answer_of_another_kind_is_malformed(raw: Json) -> None:
    """Discord cannot have sent it, so nobody guesses what it might mean."""
    with pytest.raises(MalformedError):
        told(raw)
