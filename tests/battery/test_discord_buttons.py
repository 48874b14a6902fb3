"""T17: buttons of every age, pressed after a restart."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.features import declared, load_words
from tests.battery.on_discord import (
    Place,
    Town,
    beside,
    is_in,
    number,
    options,
    said_on,
    until,
)
from tests.battery.process import EASY
from tests.battery.size import chance, size
from tests.battery.told import Tell
from tests.fakes.discord import Actor, Json, Shown
from tests.hostile import HOSTILE

pytestmark = pytest.mark.usefixtures("unhurried")

PRESSES = size(150, 1_000)
AT_ONCE = 10
THANKS = 6
BUTTON = 2
SENTENCE_CHARS = 10
_FAILED = re.compile(r"went wrong|failed", re.IGNORECASE)


def custom_ids(own: list[str]) -> Iterator[tuple[str, str]]:
    """Yield what kind of button it is, and its custom id; of each kind in turn."""
    luck = chance(17)
    routes = sorted(declared(load_words()).routes)
    told = [each.text for each in HOSTILE]
    while True:
        route, mine = luck.choice(routes), luck.choice(own)
        version, rest = mine.split(":", 1)
        garbage = "".join(chr(luck.randrange(33, 0x2FFF)) for _ in range(20))
        for kind, made in (
            ("own", mine),
            ("older", f"0:{rest}"),
            ("newer", f"{int(version) + luck.randrange(1, 99)}:{rest}"),
            ("no number", f"{rest}:{version}"),
            ("unknown route", f"1:recaps.draft:{luck.randrange(99)}"),
            ("no arguments", Action(route).encode()),
            ("too many", f"{mine}:1:2:3"),
            ("foreign number", f"1:{route}:{luck.randrange(10**18)}"),
            ("no number at all", f"1:{route}:{luck.choice(told)}"),
            ("huge number", f"1:{route}:{'9' * 60}"),
            ("kept form", f"again:{luck.choice(('', 'x', 'gone', mine))}"),
            ("somebody else's", luck.choice(("poll_vote_3", "{}", "a|b|c", "0"))),
            ("hostile", luck.choice(told)),
            ("garbage", garbage),
        ):
            cut = made.encode("utf-16", "ignore").decode("utf-16", "ignore")[:100]
            yield kind, cut or "0"


async def _thanked(place: Place, giver: Actor, to: Actor, first: int) -> list[str]:
    """Give thanks, and return the custom ids of all buttons there were."""
    found: list[str] = []
    for n in range(THANKS):
        said = options(to, number(0, first + n))
        shown = await giver.slash("shoutout", said, place.general)
        assert is_in(shown), shown.text
        found += _buttons(shown.message or {})
    await until(lambda: len(said_on(place.wall)) == THANKS)
    for message in place.wall.messages.values():
        found += _buttons(message.raw)
    for command in ("laurel help", "laurel me", "leaderboard"):
        shown = await giver.slash(command, {}, place.general)
        found += _buttons(shown.message or {})
    return found


def _buttons(raw: Json) -> list[str]:
    """Return the custom ids in a message, but those of selects, which carry none."""
    found = re.findall(r'"custom_id": ("(?:[^"\\]|\\.)*")', json.dumps(raw))
    ids = (json.loads(each) for each in found)
    return [each for each in ids if not each.startswith("select#")]


class Presser:
    """Somebody who presses whatever there is.

    Attributes:
        kinds: What came of it, and how often.

        failed: What was not answered, or not clearly.
    """

    def __init__(self, who: Actor, on: Shown) -> None:
        self._who, self._on = who, on
        self.kinds: Counter[str] = Counter()
        self.failed: list[str] = []

    async def press(self, kind: str, made: str) -> None:
        """Press a button whose custom id is ``made``."""
        data = {"custom_id": made, "component_type": BUTTON, "id": 1}
        shown = await self._who.forge(3, data, message=self._on)
        self.kinds[shown.kind] += 1
        if shown.kind not in {"message", "edited", "modal"}:
            self.failed.append(f"{kind}: {made!a}: {shown.kind}")
        elif shown.modal is None and len(shown.text.strip()) < SENTENCE_CHARS:
            self.failed.append(f"{kind}: {made!a}: says {shown.text!r}")
        elif _FAILED.search(shown.text):
            self.failed.append(f"{kind}: {made!a}: {shown.text}")


async def _written(town: Town) -> list[str]:
    """Return custom ids that one process writes, which then ends."""
    here, there = town.places
    ana, bo = map(here.guild.add_member, ("Ana", "Bo"))
    eve, dan = map(there.guild.add_member, ("Eve", "Dan"))
    town.discord.rest.buckets.limits["POST /channels/{channel}/messages"] = (99, 1)
    async with town.running():
        found = await _thanked(here, ana, bo, 0)
        found += await _thanked(there, eve, dan, 0)
        await town.settled()
        assert 0 == await town.stop()
    return found


async def test_every_button_works_or_says_why_not(tmp_path: Path, tell: Tell) -> None:
    """After a restart: this version's, others', another server's, nobody's."""
    async with beside(tmp_path) as town:
        here = town.found("Willow")
        town.found("Birch")
        await town.prepare(EASY)
        tried = list(islice(custom_ids(await _written(town)), PRESSES))
        async with town.running():
            zoe = here.guild.add_member("Zoe")
            on = await zoe.slash("laurel help", {}, here.general)
            presser = Presser(zoe, on)
            for start in range(0, PRESSES, AT_ONCE):
                some = tried[start : start + AT_ONCE]
                await asyncio.gather(*(presser.press(*each) for each in some))
            assert 0 == await town.stop()
        what = f"of {PRESSES:,} old buttons failed, Discord"
        tell("P11", what, len(presser.failed), most=0)
        assert [] == presser.failed
        assert PRESSES == presser.kinds.total()
        assert presser.kinds["message"]
        assert [] == town.crashes()


async def test_a_button_of_somebody_erased_says_so(tmp_path: Path) -> None:
    """Who thanked, and was forgotten since: their buttons say that it is gone."""
    async with beside(tmp_path) as town:
        here = town.found("Willow")
        ana, bo = map(here.guild.add_member, ("Ana", "Bo"))
        await town.prepare()
        async with town.running():
            said = options(bo, number(0, 0))
            receipt = await ana.slash("shoutout", said, here.general)
            await town.settled()
            sheet = await ana.slash("laurel privacy", {}, here.general)
            erased = await ana.submit(
                await ana.click(sheet, "Erase"), {"word": "ERASE"}
            )
            assert "are gone" in erased.text
            await town.settled()
            assert [] == said_on(here.wall)
            assert 0 == await town.stop()
        async with town.running():
            late = await ana.click(receipt, "Undo")
            assert "Only who gave it, who received it" in late.text
            assert 0 == await town.stop()
        assert [] == town.crashes()
