"""What members do on Discord is told neutrally, from the raw interaction alone."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.incoming import (
    Asked,
    Typing,
    Unknown,
    call_of,
    id_of,
    in_guild,
    read,
)
from bot.adapters.discord.people import person_of
from bot.adapters.discord.raw import Json, MalformedError
from bot.chat.message import Action
from bot.domain.refs import ChannelRef
from tests.adapters.discord import sent
from tests.adapters.discord.sent import (
    ANA,
    BO,
    CHANNEL,
    CHOICES,
    HOME,
    NOON,
    PEOPLE,
    SENTENCES,
    TABLE,
    TIMES,
    WORDS,
    attachment,
    being_typed,
    held,
    member,
    modal,
    option,
    people,
    press,
    slash,
    told,
    user,
)
from tests.fakes.discord.openapi import problems
from tests.hostile import HOSTILE


def test_the_examples_are_what_discord_documents() -> None:
    """A message, a file and a channel of these tests hold against the document."""
    assert [] == problems("MessageResponse", sent.message("Hello"))
    assert [] == problems("MessageAttachmentResponse", attachment())


def test_a_command_is_its_group_and_its_word() -> None:
    """The options of a subcommand are answers, an option left out is none."""
    raw = slash(
        SENTENCES,
        option("short", "Well done"),
        option("long", "For the docs\nand the tea"),
        option("amount", 3, 4),
    )
    expected = {"short": "Well done", "long": "For the docs\nand the tea", "amount": 3}
    assert Asked(Action("vocabulary.words"), expected) == told(raw)
    assert Asked(Action("vocabulary.nodes"), {}) == told(slash("vocabulary nodes"))


def test_a_press_is_an_action() -> None:
    """A button's custom id, or the value that was picked, with what it carries."""
    wire = Action("vocabulary.correct", ("a:b c",)).encode()
    expected = Asked(Action("vocabulary.correct", ("a:b c",)))
    assert expected == told(press(wire))
    assert expected == told(press(wire + "#2")), "drawn twice in one message"
    assert expected == told(press("any", [wire]))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (slash("vocabulary gone"), Unknown("command", "vocabulary gone")),
        (slash("gone"), Unknown("command", "gone")),
        (slash("vocabulary"), Unknown("command", "vocabulary")),
        (press("again:abc"), Unknown("button", "again:abc")),
        (press("2:vocabulary.redraw:1"), Unknown("button", "2:vocabulary.redraw:1")),
        (press("1:vocabulary.gone"), Unknown("button", "1:vocabulary.gone")),
        (press("pick", []), Unknown("button", "pick")),
        (modal("1:vocabulary.gone"), Unknown("form", "1:vocabulary.gone")),
        (modal("again"), Unknown("form", "again")),
        (sent.menu("Gone", sent.message()), Unknown("command", "Gone")),
        (sent.menu("Mention", sent.message(), 2), Unknown("command", "Mention")),
        (being_typed(CHOICES, option("choice", "c", focused=True)),
         Unknown("command", CHOICES)),
    ],
)  # fmt: skip
def test_what_another_version_drew_is_unknown(raw: Json, expected: Unknown) -> None:
    """Named, so that it can be answered in words and found in the log."""
    assert expected == told(raw)


def test_typing_asks_a_lookup() -> None:
    """The option that is being typed, with what stands there so far."""
    raw = being_typed(
        CHOICES, option("choice", "craft"), option("tea", "se", focused=True)
    )
    assert Typing("vocabulary-teas", "se") == told(raw)


def test_an_entry_of_a_menu_is_a_route() -> None:
    """It is known by the words that the fallback language has for it."""
    raw = sent.menu("Say it back", sent.message("Well done"))
    assert Asked(Action("vocabulary.quoted")) == told(raw)


def test_a_call_says_who_where_and_when() -> None:
    """The id is the interaction's; the language the member's own, else the place's."""
    call = call_of(slash(TIMES), WORDS, NOON)
    assert "discord:700000000000000001" == call.id
    assert person_of(HOME, user(), member(), "en-US") == call.actor
    assert ChannelRef(HOME, CHANNEL) == call.channel
    assert (NOON, "en", None) == (call.at, call.locale, call.target)

    other = slash(TIMES) | {"locale": "ja", "channel_id": None}
    moved = call_of(other, WORDS, NOON)
    assert ("es", ChannelRef(HOME, CHANNEL)) == (moved.locale, moved.channel)


def test_what_happens_outside_a_guild_is_seen_at_once() -> None:
    """In direct messages there is a user and no member."""
    raw = slash(TIMES)
    direct = {k: v for k, v in raw.items() if k not in {"guild_id", "member"}}
    direct |= {"user": user(), "context": 1}
    assert in_guild(raw)
    assert not in_guild(direct)
    with pytest.raises(MalformedError):
        read(direct, TABLE, WORDS)


@pytest.mark.parametrize(
    "broken",
    [
        {"type": 1},
        {"type": "2"},
        {"type": 99},
        {"data": None},
        {"data": []},
        {"guild_id": None},
        {"guild_id": 7},
    ],
)
def test_what_discord_does_not_send_is_told(broken: dict[str, Any]) -> None:
    """One kind of error, and the interaction's id for the log."""
    raw = slash(TIMES) | broken
    with pytest.raises(MalformedError):
        told(raw)
    assert "700000000000000001" == id_of(raw)
    assert "?" == id_of({"id": "\x1b[31m"})


@pytest.mark.parametrize("line", HOSTILE[::7], ids=str)
def test_hostile_words_are_only_words(line: Any) -> None:
    """They arrive as they were typed, and change nothing around them."""
    raw = slash(SENTENCES, option("long", line.text), option("short", "fine"))
    answers = {"long": line.text, "short": "fine"}
    assert Asked(Action("vocabulary.words"), answers) == told(raw)
    assert isinstance(told(press(line.text)), Unknown)
    assert isinstance(told(modal(line.text)), Unknown)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([ANA, CHANNEL, "1:vocabulary.who", "2026-03-09", 0.5, "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "id", "value", ANA]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
WHOLE = (
    slash(PEOPLE, option("person", BO, 6), **people(BO)),
    slash(SENTENCES, option("file", "500", 11), attachments={"500": attachment()}),
    being_typed(CHOICES, option("tea", "se", focused=True)),
    modal("1:vocabulary.who", held("people", 5, [BO]), **people(BO)),
    press("any", ["1:vocabulary.redraw:1"]),
    sent.menu("Say it back", sent.message("Well done", mentions=[user()])),
)


def paths(raw: object, at: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return where something stands in ``raw``, all the way down."""
    inside: Any = ()
    if isinstance(raw, dict):
        inside = raw.items()
    elif isinstance(raw, list):
        inside = enumerate(raw)
    return [at] * bool(at) + [p for key, x in inside for p in paths(x, (*at, key))]


def changed(raw: Any, path: tuple[str | int, ...], value: object) -> Any:
    """Return ``raw`` with ``value`` at ``path``; without it where it is Ellipsis."""
    key, *rest = path
    copy: Any = {**raw} if isinstance(raw, dict) else [*raw]
    if rest:
        copy[key] = changed(raw[key], tuple(rest), value)
    elif value is ...:
        del copy[key]
    else:
        copy[key] = value
    return copy


@given(st.data())
def test_nothing_breaks_the_reader(data: st.DataObject) -> None:
    """Whatever stands anywhere in it, it is read or it is one kind of error."""
    raw = data.draw(st.sampled_from(WHOLE))
    path = data.draw(st.sampled_from(paths(raw)))
    broken = changed(raw, path, data.draw(st.just(...) | JSON))
    id_of(broken)
    for door in (told, lambda raw: call_of(raw, WORDS, NOON)):
        with contextlib.suppress(MalformedError):
            door(broken)


@given(st.dictionaries(st.sampled_from([*sent.slash(TIMES)]), JSON))
def test_no_json_at_all_breaks_the_reader(raw: Json) -> None:
    """Not even what resembles no interaction."""
    in_guild(raw)
    with pytest.raises(MalformedError):
        told(raw)
