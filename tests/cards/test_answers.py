"""Pictures in answers: drawn where somebody asks for one, and not waited for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot import dispatch
from bot.chat.adapter import Draw, Posting
from bot.chat.message import Message, picture_of
from bot.chat.responses import Pictures, Replace, Say
from bot.domain.people import Role
from tests.cogs.test_calendar import hidden
from tests.cogs.weeks import give
from tests.harness import Community, Reply, community

PNG = b"a picture"
LABEL = "As a picture"


class Sketch(Draw):
    """Draws at once, never, or fails."""

    def __init__(self) -> None:
        self.asked: list[Message] = []
        self.fault: Exception | None = None
        self.stands = asyncio.Event()
        self.stands.set()

    async def __call__(self, posting: Posting) -> Mapping[int, bytes]:
        self.asked.append(posting.message)
        await self.stands.wait()
        if self.fault is not None:
            raise self.fault
        return {0: PNG}


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


@pytest.fixture
def sketch(home: Community) -> Sketch:
    drawn = Sketch()
    home.laurel.dispatcher._draw = drawn
    return drawn


def drawn(reply: Reply) -> tuple[Pictures, Mapping[int, bytes]]:
    """Return what was wanted of the pictures of an answer, and what came of it."""
    assert isinstance(reply.response, Say | Replace)
    return reply.response.pictures, dict(reply.response.drawn)


async def test_the_giver_has_it_as_a_picture(home: Community, sketch: Sketch) -> None:
    """It shows whom everybody sees, and what was said; a receipt draws nothing."""
    receipt = await give(home, "Ana", "Ben", value=None)
    before = list(sketch.asked)
    shown = await home.press("Ana", receipt, LABEL)
    picture = picture_of(shown.message.nodes[0])

    assert [] == before
    assert (Pictures.HANDED, {0: PNG}) == drawn(shown)
    assert picture is not None
    assert (home.person("Ben").ref,) == picture.data["receivers"]
    assert home.person("Ana").ref == picture.data["giver"]
    assert "@Ben: “You rewrote the guide" in home.platform.speech("en").plain(
        picture.alt
    )


async def test_what_is_private_is_no_picture(home: Community) -> None:
    """What is between two people is not made to be passed on."""
    receipt = await give(home, "Ana", "Ben", private=True)

    routes = [act.route for act in receipt.message.actions()]
    assert "shoutouts.picture" not in routes


async def test_who_hides_is_on_no_picture(home: Community, sketch: Sketch) -> None:
    """Whoever is left is shown, and nothing where nobody is."""
    receipt = await give(home, "Ana", "Ben", "Cleo")
    await hidden(home, "Ben")
    shown = await home.press("Ana", receipt, LABEL)
    picture = picture_of(shown.message.nodes[0])
    await hidden(home, "Cleo")
    refused = await home.press("Ana", receipt, LABEL)

    assert picture is not None
    assert (home.person("Cleo").ref,) == picture.data["receivers"]
    assert "shoutouts.refused-unseen" == refused.reason


async def test_it_is_the_givers_alone(home: Community, sketch: Sketch) -> None:
    """A button that somebody else presses gives them nothing."""
    receipt = await give(home, "Ana", "Ben")
    refused = await home.press("Cleo", receipt, LABEL)
    await home.press("Ana", receipt, "Undo")
    gone = await home.press("Ana", receipt, LABEL)

    assert "shoutouts.refused-not-yours" == refused.reason
    assert "shoutouts.refused-gone" == gone.reason
    assert [] == sketch.asked


async def test_the_last_recap_is_shown_with_its_picture(
    home: Community, sketch: Sketch
) -> None:
    """As it stands on the wall; where no answer can hold one, its words do."""
    home.person("Mo", Role.MODERATOR)
    await home.settings(moderators=home.channel("mods"))
    await give(home, "Ana", "Ben")
    home.clock.move(minutes=1)
    posted = await home.type("Mo", "recap now")
    assert not posted.refused, posted.text
    shown = await home.type("Ana", "recap last")

    assert (Pictures.SHOWN, {0: PNG}) == drawn(shown)


async def test_an_answer_comes_without_a_picture_that_fails(
    home: Community, sketch: Sketch
) -> None:
    """What was asked for is said in words."""
    receipt = await give(home, "Ana", "Ben")
    sketch.fault = RuntimeError("out of paint")
    shown = await home.press("Ana", receipt, LABEL)

    assert (Pictures.HANDED, {}) == drawn(shown)
    assert "Yours to keep" in shown.text


async def test_nobody_waits_long_for_a_picture(
    home: Community, sketch: Sketch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The answer comes in words, while others may still be drawn."""
    monkeypatch.setattr(dispatch, "PICTURE_PATIENCE_S", 0.01)
    receipt = await give(home, "Ana", "Ben")
    sketch.stands.clear()
    shown = await home.press("Ana", receipt, LABEL)

    assert 1 == len(sketch.asked)
    assert (Pictures.HANDED, {}) == drawn(shown)
