"""Whoever delivers gets pictures, in the words and with the names of the moment."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import cast

import pytest

from bot.cards.artist import Artist
from bot.cards.studio import Studio, UndrawableError
from bot.chat.adapter import Memory
from bot.chat.message import Picture, say
from tests.cards.look import ALT, NOW, Known, posting, size_of, thanks, words


class Counting(Studio):
    """A studio that tells what it was asked for, and fails where a test says so."""

    def __init__(self) -> None:
        super().__init__(limit_s=30)
        self.asked: list[str] = []
        self.fails = False

    async def draw(self, given: str) -> bytes:
        self.asked.append(given)
        if self.fails:
            raise UndrawableError("the test says so")
        return await super().draw(given)


@pytest.fixture
async def studio() -> AsyncIterator[Counting]:
    made = Counting()
    yield made
    await made.close()


@pytest.fixture
def known() -> Known:
    return Known()


@pytest.fixture
def artist(studio: Counting, known: Known) -> Artist:
    return Artist(cast("Memory", known), words(), lambda: NOW, studio)


async def test_each_card_has_its_picture(artist: Artist) -> None:
    """By where it stands in the message."""
    drawn = await artist(posting(thanks("one"), thanks("two")))
    assert [0, 1] == sorted(drawn)
    assert drawn[0] != drawn[1]
    assert size_of(drawn[0])


async def test_a_message_without_pictures_costs_nothing(
    artist: Artist, studio: Counting
) -> None:
    """No process is begun for it."""
    assert {} == await artist(posting())
    assert [] == studio.asked


async def test_what_was_drawn_is_not_drawn_again(
    artist: Artist, studio: Counting
) -> None:
    """A delivery that is tried again brings the same picture."""
    first = await artist(posting(thanks()))
    assert first == await artist(posting(thanks()))
    assert 1 == len(studio.asked)


async def test_a_new_name_is_a_new_picture(
    artist: Artist, studio: Counting, known: Known
) -> None:
    """And who is not known any more has none."""
    before = await artist(posting(thanks()))
    known.known["ada"] = "Ada King"
    after = await artist(posting(thanks()))
    del known.known["ada"]
    await artist(posting(thanks()))
    assert before != after
    assert ["Ada King" in each for each in studio.asked] == [False, True, False]
    assert "somebody" in studio.asked[-1]


async def test_pictures_speak_the_language_of_the_post(
    artist: Artist, studio: Counting
) -> None:
    """Laurel's own words are the community's."""
    await artist(posting(thanks(), locale="es"))
    assert "de \u2068Ben\u2069" in studio.asked[0]


async def test_what_cannot_be_drawn_is_left_out(
    artist: Artist, studio: Counting
) -> None:
    """The post goes without it, and nobody hears of an error."""
    assert {} == await artist(posting(Picture("sculpture", ALT)))
    studio.fails = True
    assert {} == await artist(posting(thanks()))


async def test_nothing_is_drawn_of_a_message_of_words(artist: Artist) -> None:
    """An empty message has no pictures."""
    sent = posting()
    assert say() == sent.message
    assert {} == await artist(sent)
