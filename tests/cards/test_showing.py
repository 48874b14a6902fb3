"""What a drawing is given: words, names and numbers, and nothing that could be code."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.cards.showing import MAX_NAME_CHARS, MAX_WORDS_CHARS
from bot.chat.message import Datum, Picture
from bot.chat.pictures import MOST_HIGHLIGHTS, Figure, Highlight, RecapCard
from bot.chat.text import Quote, phrase
from tests.cards.look import ALT, given, member, thanks


def data(picture: Picture, locale: str = "en") -> Any:
    return json.loads(given(picture, locale))["data"]


def text(words: Datum) -> Any:
    return data(Picture("shoutout", ALT, {"it": words}))["it"]


def test_people_are_named_as_they_are_called_now() -> None:
    """A picture holds no names, so a new name, and an erasure, reach it."""
    picture = thanks("For you", "ada", "layla")
    assert "Ada" not in str(picture.data)
    assert "Ada Lovelace" in data(picture)["receivers"]["joined"]["text"]


def test_many_people_are_a_number() -> None:
    """Six are named one by one."""
    everybody = [f"member-{number}" for number in range(17)]
    receivers = data(thanks("For all", *everybody))["receivers"]
    assert 6 == len(receivers["all"])
    assert receivers["joined"]["text"].endswith("+11")


def test_a_name_cannot_turn_what_stands_around_it() -> None:
    """Names are isolated, and bring no controls of their own with them."""
    joined = data(thanks("Hi", "layla", "ada"))["receivers"]["joined"]
    assert "\u2068ليلى\u2069 and \u2068Ada Lovelace\u2069" == joined["text"]
    assert not joined["rtl"]


@pytest.mark.parametrize(
    ("words", "rtl"),
    [("Thanks שלום", False), ("شكرا Ada", True), ("  «שלום»", True), ("123", False)],
)
def test_words_run_as_their_first_letter_does(words: str, *, rtl: bool) -> None:
    """Whatever the language of the community is."""
    assert rtl is text(Quote(words))["rtl"]


def test_controls_are_gone() -> None:
    """Nothing that turns or hides text comes through."""
    assert "evil text" == text(Quote("\u202eevil\u202c\x00 \u2067text"))["text"]


def test_words_are_clipped() -> None:
    """Nobody reads ten thousand characters on a picture."""
    clipped = text(Quote("word " * 2_000))["text"]
    assert len(clipped) <= MAX_WORDS_CHARS
    assert clipped.endswith("…")


def test_an_endless_word_can_be_broken() -> None:
    """It would run out of the picture; words of other scripts stay as they are."""
    assert "\u200b" in text(Quote("A" * 60))["text"]
    assert "\u200b" not in text(Quote("ありがとう" * 12))["text"]
    assert "\u200b" not in text(Quote("Thanks for everything that you did"))["text"]


def test_numbers_are_written_as_the_language_does() -> None:
    """In English with a comma, in Spanish with none."""
    card = RecapCard(ALT, ALT, figures=(Figure(12_345, ALT),))
    assert "12,345" == data(card.picture(ALT))["figures"][0]["number"]["text"]
    assert "12.345" == data(card.picture(ALT), "es")["figures"][0]["number"]["text"]


def test_a_recap_shows_so_much_and_no_more() -> None:
    """However many highlights somebody asks for."""
    one = Highlight((member("ada"),), Quote("Hi"), value=Quote("x" * 300))
    shown = data(RecapCard(ALT, ALT, highlights=(one,) * 9).picture(ALT))["highlights"]
    assert MOST_HIGHLIGHTS == len(shown)
    assert None is shown[0]["from"]
    assert len(shown[0]["value"]["text"].replace("\u200b", "")) <= MAX_NAME_CHARS


def test_a_long_phrase_ends_what_it_began() -> None:
    """A clipped name does not leave the rest of the picture turned around."""
    long = phrase("cards.from", giver=Quote("ליאת " * 200))
    words = text(long)["text"]
    assert words.count("\u2068") == words.count("\u2069")
