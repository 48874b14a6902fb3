"""Pictures on their way: with the post, or the post without them, and never twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from bot.chat import wire
from bot.chat.adapter import Draw, NotAcceptedError, Posting
from bot.chat.message import Card, say
from bot.chat.text import Quote, phrase
from storage import communities, outbox
from storage.database import Transaction
from storage.outbox import Parcel
from tests.cards.look import thanks
from tests.harness import Community, community
from tests.test_courier import failing

PNG = b"a picture"


class Sketch(Draw):
    """Draws what a test says, and tells how often it was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.fault: Exception | None = None
        self.meanwhile: Callable[[], Awaitable[object]] | None = None

    async def __call__(self, posting: Posting) -> Mapping[int, bytes]:
        self.asked += 1
        if self.fault is not None:
            raise self.fault
        if self.meanwhile is not None:
            meanwhile, self.meanwhile = self.meanwhile, None
            await meanwhile()
        return {0: PNG}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


@pytest.fixture
def sketch(home: Community) -> Sketch:
    drawn = Sketch()
    (courier,) = home.laurel.couriers
    courier._draw = drawn
    return drawn


def drawn(words: str) -> str:
    """Return a message with a picture, on the wire."""
    said = phrase("playground.said", words=Quote(words))
    return wire.encode(say(Card(body=(said,), picture=thanks())))


def parcel(home: Community, key: str = "card") -> Parcel:
    return Parcel(home.channel("wall"), key, drawn("Thank you"), (), "call")


async def queue(home: Community, sent: Parcel) -> None:
    def put(tx: Transaction) -> None:
        outbox.put(tx, communities.get(tx, home.ref), sent, home.clock())

    await home.database.write(put)
    await home.laurel.settle()


async def edit(home: Community, key: str, words: str) -> None:
    def change(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        outbox.edit(tx, here, key, drawn(words), home.clock())

    await home.database.write(change)


async def remove(home: Community, key: str) -> None:
    def take_back(tx: Transaction) -> None:
        outbox.remove(tx, communities.get(tx, home.ref), key, home.clock())

    await home.database.write(take_back)


async def test_a_post_brings_its_picture(home: Community, sketch: Sketch) -> None:
    """It is drawn for the delivery."""
    await queue(home, parcel(home))
    assert [{0: PNG}] == [each.pictures for each in home.platform.posts]
    assert 1 == len(home.posts())


async def test_a_post_goes_without_a_picture_that_failed(
    home: Community, sketch: Sketch
) -> None:
    """Whatever went wrong: it is not worth the post."""
    sketch.fault = RuntimeError("out of paint")
    await queue(home, parcel(home))
    assert [{}] == [each.pictures for each in home.platform.posts]
    assert 1 == len(home.posts())


async def test_what_is_tried_again_is_posted_once(
    home: Community, sketch: Sketch
) -> None:
    """With its picture, drawn for each attempt."""
    home.platform.fault = failing(NotAcceptedError("busy"), times=2)
    await queue(home, parcel(home))
    for _ in range(2):
        await home.wait(seconds=30)
    assert 1 == len(home.posts())
    assert 3 == sketch.asked


async def test_what_is_taken_back_while_it_is_drawn_is_never_posted(
    home: Community, sketch: Sketch
) -> None:
    """An erasure need not wait for a picture with the name on it."""
    sketch.meanwhile = partial(remove, home, "card")
    await queue(home, parcel(home))
    await home.wait(seconds=30)
    assert [] == home.posts()
    assert [] == home.platform.posts


async def test_what_changes_while_it_is_drawn_is_sent_at_once(
    home: Community, sketch: Sketch
) -> None:
    """As it is by then, and not after a pause: nothing was refused."""
    sketch.meanwhile = partial(edit, home, "card", "Thank you all")
    await queue(home, parcel(home))
    (post,) = home.posts()
    assert "Thank you all" in post
    assert 1 == len(home.platform.posts)


async def test_what_has_no_picture_is_not_drawn(
    home: Community, sketch: Sketch
) -> None:
    """Most of what is said is words."""
    body = wire.encode(say(Card(body=(phrase("common.you"),))))
    await queue(home, Parcel(home.channel("wall"), "words", body, (), "call"))
    assert 0 == sketch.asked
    assert 1 == len(home.posts())


async def test_the_picture_is_drawn_by_typst(home: Community) -> None:
    """From the outbox to the platform, with nothing made up between."""
    await queue(home, parcel(home))
    ((node, png),) = home.platform.posts[0].pictures.items()
    assert 0 == node
    assert png.startswith(b"\x89PNG")
