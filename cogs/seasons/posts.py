"""What everybody reads of a season: that it begins, and its last board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.chat import wire
from bot.chat.message import Action, Button, Buttons, Card, Line, Tone, say
from bot.chat.text import Day, Phrase, Quote, phrase
from bot.domain.community import Community
from bot.domain.refs import MemberRef
from storage import outbox
from storage.boards import places, seasons
from storage.boards.periods import Kind, Period, Season
from storage.boards.places import Place
from storage.boards.sides import Side
from storage.database import Transaction
from storage.drawings import Drawn
from storage.posted import naming, posted

LAST, BEGUN = "seasons:last:", "seasons:begun:"
"""What the keys of posts begin with; the season's id follows."""

ON_WALL = (LAST, BEGUN)
"""What waits for a wall that is gone, and follows to the next one; as keys begin."""

SHOWN = 10
"""Places on the last board. Nobody is shown further down."""


def put_last(
    tx: Transaction, here: Community, season: Season, call: str, at: datetime
) -> None:
    """Have the last board of a season posted, once."""
    _put(tx, here, f"{LAST}{season.id}", None, call, at)


def put_begun(
    tx: Transaction, here: Community, season: Season, call: str, at: datetime
) -> bool:
    """Have it said that a season began; return whether there is anywhere to say it."""
    about = Day(season.starts_on)
    card = Card(
        title=phrase("seasons.begun", name=Quote(season.name)),
        body=(phrase("seasons.begun.body", first=about),),
        tone=Tone.JOY,
    )
    body = wire.encode(say(card, Buttons((see(season),))))
    return _put(tx, here, f"{BEGUN}{season.id}", body, call, at)


def last(tx: Transaction, here: Community, key: str, _now: datetime) -> Drawn | None:
    """Draw the last board of a season; None where it is not known any more."""
    number = key.removeprefix(LAST)
    season = seasons.get(tx, here, int(number)) if number.isdecimal() else None
    if season is None:
        return None
    found = {side: ranked(tx, here, season, side) for side in Side}
    names = {place.member for each in found.values() for place in each}
    return Drawn(say(*_last(here, season, found)), names)


def draw_without(tx: Transaction, here: Community, member: int, at: datetime) -> None:
    """Have the last boards drawn anew that name a member who may hide by now."""
    for key in naming(tx, here, LAST, member):
        outbox.redraw(tx, here, key, at)


def ranked(
    tx: Transaction, here: Community, season: Season, side: Side
) -> Sequence[Place]:
    """Return the first of a season."""
    return places.board(tx, here, side, period_of(season), SHOWN)


def period_of(season: Season) -> Period:
    """Return the season as the period of a board."""
    return Period.at(Kind.SEASON, season.starts_on, season)


def dates(season: Season) -> Phrase:
    """Return from when to when a season is."""
    first = Day(season.starts_on)
    if season.ends_on is None:
        return phrase("seasons.since", first=first)
    return phrase("seasons.dates", first=first, last=Day(season.ends_on))


def see(season: Season) -> Button:
    """Return the way to the board of a season."""
    return Button(phrase("seasons.see"), open_board(season))


def open_board(season: Season) -> Action:
    """Return what shows the board of a season."""
    return Action("boards.turn", (str(Side.RECEIVED), period_of(season).key, ""))


def lines(here: Community, found: Sequence[Place]) -> tuple[Line, ...]:
    """Return places as they are read."""
    return tuple(
        Line(
            rank=place.rank,
            text=phrase("seasons.line", member=MemberRef(here.ref, place.platform_id)),
            amount=place.amount,
            per=places.WHOLE,
        )
        for place in found
    )


def _last(
    here: Community, season: Season, found: dict[Side, Sequence[Place]]
) -> Iterator[Card | Buttons]:
    nobody = () if any(found.values()) else (phrase("seasons.last.empty"),)
    yield Card(
        title=phrase("seasons.last", name=Quote(season.name)),
        body=(dates(season), *nobody),
        tone=Tone.JOY,
    )
    shown = [side for side in Side if found[side]]
    for side in shown:
        yield Card(
            title=phrase(f"seasons.{side}"),
            lines=lines(here, found[side]),
            footer=phrase("seasons.kept") if side is shown[-1] else None,
        )
    yield Buttons((see(season),))


def _put(
    tx: Transaction,
    here: Community,
    key: str,
    body: str | None,
    call: str,
    at: datetime,
) -> bool:
    wall = here.settings.wall
    if wall is None:
        return False
    if not any(each.key == key for each in posted(tx, here, key)):
        outbox.put(tx, here, outbox.Parcel(wall, key, body, (), call), at)
    return True
