"""T22: hostile words over the wire, as Discord keeps and shows them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.chat.directions import seen
from bot.domain.words import clean
from tests.adapters.discord.markdown import Read, read
from tests.battery.on_discord import Place, Town, beside, number, options, said_on
from tests.battery.size import FULL
from tests.battery.told import Tell
from tests.fakes.discord import Actor, Json, Shown
from tests.fakes.discord.rules import walk
from tests.hostile import HOSTILE, Hostile, some

pytestmark = pytest.mark.usefixtures("unhurried")

LONE = re.compile("[\ud800-\udfff]")
"""Half a character, which no client of Discord's sends."""

TRIED = [e for e in (HOSTILE if FULL else some(40)) if not LONE.search(e.text)]
PLAIN = "an ordinary word or two"
AT_ONCE = 8
LABEL_CHARS = 40


@dataclass(frozen=True, slots=True)
class Post:
    """What stands on the wall, and who was pinged."""

    read: Read
    pinged: tuple[str, ...]


def post_of(raw: Json) -> Post:
    """Return a message as a reader sees it."""
    text = "\n".join(_texts(raw["components"]))
    assert not raw["mention_everyone"]
    assert not raw["mention_roles"]
    return Post(read(text), tuple(each["id"] for each in raw["mentions"]))


def _texts(components: Sequence[Any]) -> Iterator[str]:
    for each in walk(list(components)):
        if each["type"] == 10:
            yield each["content"]


class Hall:
    """A server in which some give and some receive."""

    def __init__(self, town: Town, place: Place) -> None:
        self.town, self.place = town, place
        self.bo = place.guild.add_member("Bo")
        self.ada = place.guild.add_member("Ada", permissions=["MANAGE_GUILD"])
        self._count = 0

    async def thank(
        self, why: str, giver: Actor | None = None, **more: object
    ) -> tuple[Shown, str]:
        """Have a shoutout be given; return its receipt and its number."""
        self._count += 1
        named = number(0, self._count)
        who = giver or self.place.guild.add_member("Cy")
        said = {**options(self.bo, f"{named} {why}"), **more}
        shown = await who.slash("shoutout", said, self.place.general)
        assert shown.kind == "message", (why, shown)
        assert shown.ephemeral
        return shown, named

    async def posted(self) -> dict[str, Post]:
        """Return every post by its number, once all stand."""
        await self.town.settled()
        messages = self.place.wall.messages.values()
        found = [post_of(each.raw) for each in messages]
        return dict(zip(said_on(self.place.wall), found, strict=True))


@asynccontextmanager
async def hall(folder: Path) -> Any:
    """A hall in which what is posted is seen at once."""
    async with beside(folder) as town:
        town.discord.rest.buckets.limits["POST /channels/{channel}/messages"] = (999, 1)
        made = Hall(town, town.found())
        await town.prepare()
        async with town.running():
            await made.thank(PLAIN)  # the first one is told as such
            yield made
            assert 0 == await town.stop()
        assert [] == town.crashes()


async def _all(
    do: Callable[[Hostile], Awaitable[str]],
) -> dict[str, Hostile]:
    """Do something with each line; return the lines by what it returned."""
    found: dict[str, Hostile] = {}
    for start in range(0, len(TRIED), AT_ONCE):
        batch = TRIED[start : start + AT_ONCE]
        named = await asyncio.gather(*map(do, batch))
        found |= dict(zip(named, batch, strict=True))
    return found


@pytest.mark.slow
async def test_reasons_are_read_as_written(tmp_path: Path, tell: Tell) -> None:
    """Nothing in them comes alive, and nobody is pinged but whom they are for."""
    async with hall(tmp_path) as at:
        _, plain_number = await at.thank(PLAIN)

        async def give(each: Hostile) -> str:
            return str((await at.thank(each.text))[1])

        lines = await _all(give)
        posts = await at.posted()
        plain = posts[plain_number]
        assert (at.bo.id,) == plain.pinged
        for named, each in lines.items():
            post = posts[named]
            said = seen(clean(f"{named} {each.text}", multiline=True))
            assert said in post.read.words, each
            assert plain.read.alive == post.read.alive, each
            assert plain.pinged == post.pinged, each
        pinged = {who for named in lines for who in posts[named].pinged} - {at.bo.id}
        what = f"pinged by {len(lines)} hostile reasons, Discord"
        tell("P16", what, len(pinged), most=0)


@pytest.mark.slow
async def test_names_are_read_as_written(tmp_path: Path) -> None:
    """Wherever a name stands in words: on a board, on a card, in what is told."""
    async with hall(tmp_path) as at:
        plain = at.place.guild.add_member("Plain")
        _, plain_number = await at.thank(PLAIN, giver=plain)
        quiet = await _shown_to(at, plain)

        async def give(each: Hostile) -> str:
            name = clean(each.text)[:32].strip() or "x"
            who = at.place.guild.add_member(name)
            _, named = await at.thank(PLAIN, giver=who)
            for one, other in zip(quiet, await _shown_to(at, who), strict=True):
                assert one.read.alive == other.read.alive, each
                assert one.pinged == other.pinged == (), each
            return str(named)

        lines = await _all(give)
        posts = await at.posted()
        for named, each in lines.items():
            assert posts[plain_number].read.alive == posts[named].read.alive, each
            assert (at.bo.id,) == posts[named].pinged, each


async def _shown_to(at: Hall, who: Actor) -> list[Post]:
    """Return what somebody sees who looks at themselves."""
    shown = await who.slash("laurel me", {}, at.place.general)
    assert shown.message is not None
    return [post_of(shown.message)]


@pytest.mark.slow
async def test_values_are_read_as_written(tmp_path: Path) -> None:
    """On the sheet, among the options, and on the card."""
    async with hall(tmp_path) as at:
        general = at.place.general
        giver = at.place.guild.add_member("Gil")
        for each in TRIED[:: 3 if FULL else 4]:
            label = " ".join(clean(each.text).split())[:LABEL_CHARS].strip()
            sheet = await at.ada.slash("laurel setup", {}, general)
            form = await at.ada.pick(sheet, "Values")
            drafted = await at.ada.submit(form, {"labels": label})
            assert drafted.message is not None
            assert seen(label) in post_of(drafted.message).read.words, each
            kept = await at.ada.click(drafted, "Save")
            assert kept.message is not None, each
            typed = {**options(at.bo, "x"), "value": ""}
            offered = await giver.autocomplete("shoutout", typed, "value", general)
            assert [label] == [name for name, _ in offered], each
            value = offered[0][1]
            _, named = await at.thank(PLAIN, value=value)
            post = (await at.posted())[named]
            assert seen(label) in post.read.words, each
            assert (at.bo.id,) == post.pinged, each
            assert {"mention"} >= set(post.read.alive) - _STRUCTURE, each


_STRUCTURE = {"heading", "small", "bold", "instant"}
"""What Laurel's own words may use."""


def test_words_that_come_alive_would_be_found() -> None:
    """Planted: what would be kept of a post that quotes without escaping."""
    for said, kind in (("@everyone", "ping"), ("[a](https://evil.example)", "masked")):
        raw = {
            "components": [{"type": 10, "content": f"Ana: “{said}”"}],
            "mention_everyone": False,
            "mention_roles": [],
            "mentions": [],
        }
        assert [each for each in post_of(raw).read.alive if each.startswith(kind)]
