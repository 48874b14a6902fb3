"""What members write stays words on Discord, in every script and direction."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.discord.text import Markdown, literal
from bot.chat.directions import seen
from bot.chat.text import Day, Phrase, Quote, Style, When, phrase
from bot.domain.refs import ChannelRef, RoleRef
from bot.domain.words import clean
from tests.adapters.discord.markdown import read
from tests.adapters.discord.speaking import GUILD, NOW, member, speech
from tests.hostile import HOSTILE, Hostile

MORE = (
    "discord.gg/abc",
    "come to discord.com/invite/abc now",
    "https://evil.example http://evil.example steam://run/1",
    "<t:1772809200:R> <t:0> <:smile:123> <a:wave:123> :smile: </ban:123> <id:guide>",
    "<mailto:ana@example.org> <tel:+1555>",
    "# big\n## less\n### small\n-# tiny",
    "> quoted\n>>> all of it",
    "- one\n* two\n  - three\n+ four\n1. five\n12. six\n  3. seven",
    "1.\n-\n#\n>",
    "```py\ncode\n``` ``a`b`` `c`",
    "[a](https://x.y) [a]( <https://x.y> ) ![a](b)",
    "a_b_c snake_case_word 2*3*4 ~~~ |||| ****",
    "back\\slash \\* \\\\ end\\",
    "¯\\_(ツ)_/¯",
    "C:\\Users\\Ana, at 10:30: well",
    "**",
    "_",
    "|",
    "a\n\n- b",
)
TRICKY = "\\*_~|`<>[]()@#:./-+ 19aאب\n"


def quoted(text: str) -> str:
    """Return ``text`` as a paragraph of its own."""
    return Markdown(speech()).inline(phrase("vocabulary.words", words=Quote(text)))


@pytest.mark.parametrize("hostile", HOSTILE, ids=str)
def test_hostile_words_are_read_as_written(hostile: Hostile) -> None:
    """Nothing of them comes alive, cleaned as they are kept, or raw."""
    for text in (clean(hostile.text, multiline=True), hostile.text):
        found = read(quoted(text))

        assert () == found.alive
        assert seen(text).strip() == found.words.strip()


@pytest.mark.parametrize("text", MORE)
def test_words_that_look_like_markup_are_read_as_written(text: str) -> None:
    """What only Discord knows included."""
    found = read(quoted(text))

    assert () == found.alive
    assert text == found.words
    assert text == literal(quoted(text))


@given(st.text(TRICKY, max_size=40), st.text(TRICKY, max_size=40))
def test_words_do_not_come_alive_beside_others(line: str, link: str) -> None:
    """Neither alone nor through Laurel's own words next to them."""
    spoken = phrase("shoutouts.about.linked", line=Quote(line), link=Quote(link))
    found = read(Markdown(speech()).inline(spoken))

    assert () == found.alive
    assert f"{line} ({link})" == found.words


@given(st.text(max_size=200))
def test_no_words_at_all_come_alive(text: str) -> None:
    """Whatever Unicode holds."""
    found = read(quoted(text))

    assert () == found.alive
    assert seen(text) == found.words


@pytest.mark.parametrize(
    ("text", "alive"),
    [
        ("discord.gg/abc", "invite"),
        ("**a**", "bold"),
        ("*a*", "italic"),
        ("__a__", "underline"),
        ("~~a~~", "struck"),
        ("||a||", "spoiler"),
        ("`a`", "code"),
        ("a\n# a", "heading"),
        ("-# a", "small"),
        ("> a", "quote"),
        ("1. a", "list"),
        (":a:", "emoji"),
        ("<@1>", "mention"),
        ("@everyone", "ping"),
        ("<t:1:R>", "instant"),
        ("</a:1>", "command"),
        ("[a](b)", "masked link"),
        ("see https://x.y", "link"),
    ],
)
def test_markup_would_be_found_alive(text: str, alive: str) -> None:
    """Planted: not escaped, so that the readings above can fail."""
    assert alive in read(text).alive


def test_a_number_and_a_dot_do_not_meet_as_a_list() -> None:
    """A member's number at the start of a line, a full stop of Laurel's after it."""
    spoken = phrase("shoutouts.one-line", receivers=Quote("7."), reason=Quote("x"))

    assert () == read(Markdown(speech()).inline(spoken)).alive


def test_people_and_places_are_mentioned() -> None:
    """By id, which Discord draws as their name of the moment."""
    markdown = Markdown(speech())
    body = phrase(
        "vocabulary.body",
        when=When(NOW),
        soon=When(NOW, Style.RELATIVE),
        channel=ChannelRef(GUILD, "55"),
    )

    assert "<#55>" in markdown.inline(body)
    assert "<t:1772809200:f>" in markdown.inline(body)
    assert "<t:1772809200:R>" in markdown.inline(body)
    assert "<@111>" == markdown.inline(phrase("boards.line", member=member(111)))
    role = phrase("boards.line", member=RoleRef(GUILD, "9"))
    assert "<@&9>" == markdown.inline(role)


@pytest.mark.parametrize(
    ("style", "letter"),
    [(Style.MOMENT, "f"), (Style.DATE, "D"), (Style.TIME, "t"), (Style.RELATIVE, "R")],
)
def test_an_instant_is_each_readers_own(style: Style, letter: str) -> None:
    """Discord writes it in the zone and language of whoever looks."""
    spoken = phrase("boards.line", member=When(NOW, style))

    assert f"<t:1772809200:{letter}>" == Markdown(speech()).inline(spoken)


def test_a_civil_day_is_words() -> None:
    """It has no zone to be drawn in."""
    spoken = phrase("boards.line", member=Day(date(2026, 3, 6)))

    assert "6 de marzo de 2026" == Markdown(speech("es")).inline(spoken)


@pytest.mark.parametrize(
    ("spoken", "drawn"),
    [
        (phrase("boards.line", member=member(111)), "<@111>"),
        (phrase("boards.line", member=member(222)), "\u2068<@222>\u2069"),
        (phrase("boards.line", member=Quote("Ana")), "Ana"),
        (
            phrase("boards.line", member=Quote("نور\nAna")),
            "\u2068نور\u2069\n\u2068Ana\u2069",
        ),
        (phrase("boards.line", member=Quote("\u2069نور\u202e")), "\u2068نور\u2069"),
    ],
)
def test_directions_stay_where_they_began(spoken: Phrase, drawn: str) -> None:
    """What is written from right to left turns nothing else around."""
    assert drawn == Markdown(speech()).inline(spoken)


def test_a_label_has_no_markup_and_one_line() -> None:
    """Nothing is drawn there, so nothing is escaped."""
    spoken = phrase("boards.line", member=Quote("a*b*\nhttps://x.y"))

    assert "a*b* https://x.y" == Markdown(speech()).plain(spoken)
    nour = phrase("boards.line", member=member(222))
    assert "\u2068@نور الهدى\u2069" == Markdown(speech()).plain(nour)


def test_words_are_clipped_before_they_are_escaped() -> None:
    """At a character as readers count them, never in the middle of an escape."""
    spoken = phrase("boards.line", member=Quote("*👩‍👩‍👧‍👦*👩‍👩‍👧‍👦*"))

    assert "\\*👩‍👩‍👧‍👦…" == Markdown(speech(), 9).inline(spoken)


def test_bold_words_are_bold_once() -> None:
    """A label that is a member's word in a sentence, all of it strong."""
    spoken = phrase("vocabulary.title", person=Quote("a*b"))

    drawn = Markdown(speech()).strong(spoken)

    assert ("bold",) == read(drawn).alive
    assert "a*b" in read(drawn).words
