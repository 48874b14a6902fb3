"""The board of a season, for whoever asks: a unit of work, and what it looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.chat.message import Buttons, Card, Message, say
from bot.chat.responses import Call
from bot.chat.text import Quote, phrase
from bot.domain.community import Community
from bot.domain.errors import RuleError
from cogs.seasons import posts, service
from storage import communities
from storage.boards import seasons
from storage.boards.periods import Season
from storage.boards.places import Place
from storage.boards.sides import Side
from storage.database import Transaction


@dataclass(frozen=True, slots=True)
class Seen:
    """A season's first places, on both sides."""

    here: Community
    season: Season
    first: Mapping[Side, Sequence[Place]]


def seen(tx: Transaction, call: Call, which: str | None) -> Seen:
    """Return the board of a season; of the one that is on where none is named.

    Raises:
        RuleError: If there is no such season.
    """
    here = communities.get(tx, call.community)
    season = _season(tx, here, call, which)
    first = {side: posts.ranked(tx, here, season, side) for side in Side}
    return Seen(here, season, first)


def board(found: Seen) -> Message:
    """Return what a season has come to so far, or came to."""
    season = found.season
    empty = () if any(found.first.values()) else (phrase("seasons.empty"),)
    head = Card(
        title=phrase("seasons.name", name=Quote(season.name)),
        body=(posts.dates(season), *empty),
    )
    sides = [
        Card(title=phrase(f"seasons.{side}"), lines=posts.lines(found.here, places))
        for side, places in found.first.items()
        if places
    ]
    return say(head, *sides, Buttons((posts.see(season),)))


def _season(tx: Transaction, here: Community, call: Call, which: str | None) -> Season:
    if which is None:
        known = seasons.listed(tx, here)
        today = service.today_of(here, call.at)
        begun = [season for season in known if season.starts_on <= today]
        if not begun:
            raise RuleError("seasons.refused-none")
        return begun[0]
    found = None
    if which.isascii() and which.isdecimal():
        found = seasons.get(tx, here, int(which[:18]))
    if found is None:
        raise RuleError("seasons.refused-unknown", "which")
    return found
