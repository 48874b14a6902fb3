"""T22: hostile words over the wire, as Slack keeps and shows them."""

from __future__ import annotations

import asyncio
import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.chat.directions import seen
from bot.domain.words import clean
from tests.adapters.slack.blocks import Read, read, read_text
from tests.battery.on_slack import Place, Town, beside
from tests.battery.process import TOKEN, number
from tests.battery.size import FULL
from tests.fakes.slack import Actor, Json, Shown, pings, words
from tests.hostile import HOSTILE, Hostile, some

pytestmark = pytest.mark.usefixtures("unhurried")

LONE = re.compile("[\ud800-\udfff]")
"""Half a character, which no client of Slack's sends."""

TRIED = [e for e in (HOSTILE if FULL else some(40)) if not LONE.search(e.text)]
PLAIN = "an ordinary word or two"
AT_ONCE = 8
SPEED = 20
LABEL_CHARS = 40
MARKS = str.maketrans("", "", "\u2060\u2068\u2069")
STRUCTURE = frozenset({"bold", "italic", "date"})
"""What Laurel's own words may use."""


@dataclass(frozen=True, slots=True)
class Post:
    """What stands there, as it is read, as a notification shows it, and who is called.

    Attributes:
        alive: Kinds of what is more than text, in order; of the notification as well.
    """

    read: Read
    text: str
    alive: tuple[str, ...]
    called: frozenset[str]


def post_of(raw: Json, at: Place) -> Post:
    """Return a message as a reader sees it."""
    world = at.team.world
    names = {user.id: user.name for user in world.users.values()}
    names |= {channel.id: channel.name for channel in world.channels.values()}
    drawn, notified = read(raw["blocks"], names), read_text(raw["text"])
    alive = (*drawn.kinds, *notified.kinds)
    return Post(drawn, notified.words, alive, frozenset(pings(raw)))


@dataclass(repr=False)
class Hall:
    """A workspace in which some give and some receive."""

    town: Town
    place: Place
    bo: Actor
    given: int = 0

    async def thank(self, why: str, giver: Actor | None = None) -> tuple[Shown, str]:
        """Have a shoutout be given in a form; return its receipt and its number."""
        self.given += 1
        named = number(0, self.given)
        who = giver or self.place.let_in("Cy")
        form = await who.command("/shoutout")
        assert form.view is not None, form
        shown = await who.submit(form, {"to": [self.bo], "why": f"{named} {why}"})
        assert shown.kind == "message", (why, shown)
        return shown, named

    async def posted(self) -> dict[str, Post]:
        """Return every post by its number, once all stand."""
        await self.town.settled(600)
        found: dict[str, Post] = {}
        for each in self.place.wall.messages.values():
            named = TOKEN.search(words(each.raw))
            assert named is not None
            found[named[0]] = post_of(each.raw, self.place)
        return found


@asynccontextmanager
async def hall(folder: Path) -> AsyncIterator[Hall]:
    """A hall in which a second passes quickly, and as many forms open as one likes."""
    async with beside(folder, SPEED) as town:
        place = town.found()
        made = Hall(town, place, place.let_in("Bo"))
        await town.prepare()
        town.slack.web_api.limits.per_minute["views.open"] = len(TRIED) * SPEED
        async with town.running():
            await town.met()
            await made.thank(PLAIN)  # the first one is told as such
            yield made
            assert 0 == await town.stop()
        assert [] == town.crashes()


async def _all(do: Callable[[Hostile], Awaitable[str]]) -> dict[str, Hostile]:
    """Do something with each line; return the lines by what it returned."""
    found: dict[str, Hostile] = {}
    for start in range(0, len(TRIED), AT_ONCE):
        batch = TRIED[start : start + AT_ONCE]
        named = await asyncio.gather(*map(do, batch))
        found |= dict(zip(named, batch, strict=True))
    return found


@pytest.mark.slow
async def test_reasons_are_read_as_written(tmp_path: Path) -> None:
    """Nothing in them comes alive, and nobody is called but whom they are for."""
    async with hall(tmp_path) as at:
        _, plain_number = await at.thank(PLAIN)

        async def give(each: Hostile) -> str:
            return (await at.thank(each.text))[1]

        lines = await _all(give)
        posts = await at.posted()
        plain = posts[plain_number]
        assert {at.bo.id} == plain.called
        for named, each in lines.items():
            said = seen(clean(f"{named} {each.text}", multiline=True))
            assert said.translate(MARKS) in posts[named].read.words, each
            assert plain.alive == posts[named].alive, each
            assert plain.called == posts[named].called, each


@pytest.mark.slow
async def test_typed_reasons_come_alive_nowhere(tmp_path: Path) -> None:
    """Behind the command, as Slack escapes what is typed; or asked again in a form."""
    async with hall(tmp_path) as at:
        _, plain_number = await at.thank(PLAIN)
        lines: dict[str, Hostile] = {}
        for each in TRIED:
            at.given += 1
            named = number(0, at.given)
            typed = html.escape(" ".join(each.text.split()), quote=False)
            text = f"{at.bo.mention()} {named} {typed}"
            shown = await at.place.let_in("Cy").command("/shoutout", text)
            if shown.kind == "message":
                lines[named] = each
            else:
                assert shown.view is not None, each
        posts = await at.posted()
        assert len(lines) > len(TRIED) / 2
        for named, each in lines.items():
            assert posts[plain_number].alive == posts[named].alive, each
            assert {at.bo.id} == posts[named].called, each


@pytest.mark.slow
async def test_names_are_read_as_written(tmp_path: Path) -> None:
    """Wherever a name stands in words: on a post, on a card, in a notification."""
    async with hall(tmp_path) as at:
        plain = at.place.let_in("Plain")
        _, plain_number = await at.thank(PLAIN, giver=plain)
        quiet = await _shown_to(at, plain)

        async def give(each: Hostile) -> str:
            who = at.place.let_in(clean(each.text)[:32].strip() or "x")
            _, named = await at.thank(PLAIN, giver=who)
            shown = await _shown_to(at, who)
            assert quiet.alive == shown.alive, each
            assert quiet.called == shown.called, each
            return named

        lines = await _all(give)
        posts = await at.posted()
        for named, each in lines.items():
            assert posts[plain_number].alive == posts[named].alive, each
            assert {at.bo.id} == posts[named].called, each


async def _shown_to(at: Hall, who: Actor) -> Post:
    """Return what somebody sees who looks at themselves."""
    shown = await who.command("/laurel", "me")
    assert shown.message is not None
    return post_of(shown.message, at.place)


@pytest.mark.parametrize(
    ("said", "kind"),
    [("<!channel>", "special"), ("<https://evil.example|a>", "link")],
)
async def test_words_that_come_alive_would_be_found(
    tmp_path: Path, said: str, kind: str
) -> None:
    """Planted: what would be kept of a post that quotes without escaping."""
    async with beside(tmp_path) as town:
        small = {"type": "mrkdwn", "text": f"Ana: “{said}”", "verbatim": True}
        block = {"type": "context", "elements": [small]}
        post = post_of({"blocks": [block], "text": said}, town.found())
        assert (kind, kind) == post.alive
