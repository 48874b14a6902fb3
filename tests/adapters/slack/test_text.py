"""What members write stays words on Slack, in every script and direction."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.fallback import fallback
from bot.adapters.slack.text import Words, plain_text
from bot.chat.directions import seen
from bot.chat.raw import Json
from bot.chat.text import Day, Phrase, Quote, Style, When, phrase
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from tests.adapters.slack.blocks import Read, read, read_text
from tests.adapters.slack.speaking import (
    ANA,
    LUKASZ,
    NAMES,
    NOUR,
    NOW,
    TEAM,
    WALL,
    speech,
)
from tests.hostile import HOSTILE, Hostile

MORE = (
    "<@U0ANA> <#C0WALL> <!subteam^S0GROUP> <!everyone> <!date^0^{date}|now>",
    ":tada: :thumbsup::skin-tone-3: 10:30:15 :a b: ::",
    "*bold* _slanted_ ~gone~ `code` ```all of it```",
    "> quoted\n>>> all of it\n• one\n1. two",
    "&lt;@U0ANA&gt; &amp;amp; &",
    "https://evil.example <https://evil.example|https://bank.example>",
    "▰▰▰▰▱▱▱▱ 7",
    "a\n\nb",
)
TRICKY = "\\*_~|`<>[]@#!^:./&;-+ 19aאب\n"
MARKS = str.maketrans("", "", "\u2060\u2068\u2069")


def said(text: str) -> Phrase:
    """Return members' words alone."""
    return phrase("boards.line", member=Quote(text))


def block_of(spoken: Phrase, words: Words) -> Json:
    """Return ``spoken`` as a paragraph of its own."""
    section = {"type": "rich_text_section", "elements": words.inline(spoken)}
    return {"type": "rich_text", "elements": [section]}


def shown(spoken: Phrase, told: Collection[MemberRef] | None = ()) -> Read:
    """Return what a reader makes of ``spoken``."""
    words = Words(speech(), told)
    return read([block_of(spoken, words)], words.names)


@pytest.mark.parametrize("hostile", HOSTILE, ids=str)
def test_hostile_words_are_read_as_written(hostile: Hostile) -> None:
    """Wherever words can stand: as rich text, as plain text, and in the fallback."""
    check(hostile.text)


@pytest.mark.parametrize("text", MORE)
def test_words_that_look_like_markup_are_read_as_written(text: str) -> None:
    """What only Slack knows included."""
    check(text)


@given(st.text(TRICKY, max_size=60) | st.text(max_size=200))
def test_no_words_at_all_come_alive(text: str) -> None:
    """Whatever Unicode holds."""
    check(text)


def check(text: str) -> None:
    """Fail where ``text`` is not read as it was written, or some of it is alive."""
    words = Words(speech())
    rich = block_of(said(text), words)
    label = {"type": "header", "text": plain_text(words.plain(said(text)), 3_000)}
    small = words.small(said(text))
    context = [{"type": "context", "elements": [small]}] if small else []
    line = " ".join(seen(text).split("\n")).strip().translate(MARKS)
    for blocks, expected in (
        ([rich], seen(text).translate(MARKS)),
        ([label], line),
        (context, line),
    ):
        found = read(blocks, {})
        assert [] == found.alive
        assert expected.strip() == found.words.strip()
        text_alone = fallback(blocks, {})
        told = read_text(text_alone)
        assert [] == told.alive
        assert "<" not in text_alone
        assert expected.strip() == told.words.strip()


@pytest.mark.parametrize(
    ("text", "alive"),
    [
        ("<@U0ANA>", "user"),
        ("<#C0WALL>", "channel"),
        ("<!here>", "special"),
        ("<!date^0^{date}|now>", "date"),
        ("<https://x.y|z>", "link"),
        (":tada:", "emoji"),
    ],
)
def test_markup_would_be_found_alive(text: str, alive: str) -> None:
    """Planted: not escaped, so that the readings above can fail."""
    assert [alive] == read_text(text).kinds
    if alive == "emoji":
        whole = {"type": "plain_text", "text": text, "emoji": True}
        assert [alive] == read([{"type": "header", "text": whole}], {}).kinds


def test_only_who_is_told_is_mentioned() -> None:
    """Slack notifies by mention, so everybody else is drawn by name."""
    both = phrase("shoutouts.card", receivers=(ANA, LUKASZ))

    assert [("user", "U0ANA")] == shown(both, {ANA}).alive
    assert "A shoutout for @Ana and Łukasz" == shown(both, {ANA}).words
    assert "A shoutout for Ana and Łukasz" == shown(both).words
    assert ["user", "user"] == shown(both, None).kinds


def test_a_group_is_named_and_never_told() -> None:
    """To mention one would notify all that are in it."""
    group = phrase("boards.line", member=RoleRef(TEAM, "S0GROUP"))

    assert ([], "@thing S0GROUP") == (shown(group).alive, shown(group).words)


@pytest.mark.parametrize("place", ["D0ANA", "U0ANA", "C0 WALL", ""])
def test_direct_messages_are_no_channel_to_mention(place: str) -> None:
    """Slack would refuse the whole message for it."""
    direct = ChannelRef(TEAM, place)
    channel = phrase("boards.line", member=WALL)
    words = Words(speech())
    small = words.small(phrase("boards.line", member=direct))

    assert [] == shown(phrase("boards.line", member=direct)).alive
    assert small is not None
    assert "plain_text" == small["type"]
    assert [("channel", "C0WALL")] == shown(channel).alive


@pytest.mark.parametrize(
    ("style", "pattern"),
    [
        (Style.MOMENT, "{date_short_pretty}, {time}"),
        (Style.DATE, "{date_short}"),
        (Style.TIME, "{time}"),
        (Style.RELATIVE, "{ago}"),
    ],
)
def test_an_instant_is_each_readers_own(style: Style, pattern: str) -> None:
    """Slack writes it in the zone of whoever looks; the words are for who sees none."""
    spoken = phrase("boards.line", member=When(NOW, style))
    (leaf,) = Words(speech()).inline(spoken)
    expected = speech().instant(When(NOW, style))

    assert (1772809200, pattern) == (leaf["timestamp"], leaf["format"])
    assert expected == leaf["fallback"] == shown(spoken).words


def test_an_instant_before_slacks_calendar_is_words() -> None:
    """Slack takes no second before 1970, and refuses the whole message for one."""
    spoken = phrase("boards.line", member=When(datetime(1969, 7, 20, tzinfo=UTC)))

    assert [] == shown(spoken).alive
    assert "1969" in shown(spoken).words


def test_a_civil_day_is_words() -> None:
    """It has no zone to be drawn in."""
    spoken = phrase("boards.line", member=Day(date(2026, 3, 6)))

    assert "6 de marzo de 2026" == Words(speech("es")).plain(spoken)


@pytest.mark.parametrize(
    ("ref", "text"),
    [
        (ANA, "@Ana"),
        (NOUR, "\u2068@نور الهدى\u2069"),
        (WALL, "#thing C0WALL"),
        (Quote("نور\nAna"), "\u2068نور\u2069\n\u2068Ana\u2069"),
        (Quote("\u2069نور\u202e"), "\u2068نور\u2069"),
    ],
)
def test_directions_stay_where_they_began(
    ref: MemberRef | ChannelRef | Quote, text: str
) -> None:
    """What is written from right to left turns nothing else around."""
    assert text == "".join(shown(phrase("boards.line", member=ref), None).lines)


def test_a_small_line_keeps_the_readers_zone_among_laurels_own_words() -> None:
    """Context knows no rich text; beside members' words an instant is words too."""
    own = phrase("members.allowance.left", count=1, most=5, renews=When(NOW))
    member = phrase(
        "members.thanks.public", giver=ANA, on=When(NOW), reason=Quote("*so* kind")
    )
    alone, beside = (Words(speech()).small(each) for each in (own, member))

    assert alone is not None
    assert beside is not None
    assert "mrkdwn" == alone["type"]
    assert "<!date^1772809200^{date_short_pretty}, {time}|" in alone["text"]
    assert "plain_text" == beside["type"]
    assert "*so* kind" in beside["text"]


def test_the_fallback_of_a_small_line_is_words() -> None:
    """The instant as Laurel says it, the channel by name."""
    words = Words(speech())
    spoken = phrase(
        "vocabulary.body", when=When(NOW), soon=When(NOW, Style.TIME), channel=WALL
    )
    small = words.small(spoken)
    text = fallback([{"type": "context", "elements": [small]}], words.names)

    assert [] == read_text(text).alive
    assert words.speech.plain(spoken) == read_text(text).words


def test_words_are_clipped_where_readers_count() -> None:
    """Between two characters as a reader sees them."""
    spoken = said("*👩‍👩‍👧‍👦*👩‍👩‍👧‍👦*")
    (leaf,) = Words(speech(), (), 9).inline(spoken)

    assert "*👩‍👩‍👧‍👦…" == leaf["text"]


def test_bold_words_are_one_stretch() -> None:
    """A label that is a member's word in a sentence, all of it strong."""
    spoken = phrase("vocabulary.title", person=Quote("a*b"))
    (leaf,) = Words(speech()).inline(spoken, strong=True)

    assert {"bold": True} == leaf["style"]
    assert "a*b" in leaf["text"]


def test_names_are_what_the_reader_is_told() -> None:
    """So that the fallback can say who is mentioned."""
    words = Words(speech(), {ANA})
    words.inline(phrase("shoutouts.card", receivers=(ANA, LUKASZ)))

    assert {"U0ANA": "@Ana"} == words.names
    assert NAMES["U0ANA"] == words.names["U0ANA"].removeprefix("@")
