"""What a board looks like."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Line,
    Message,
    Node,
    Option,
    Select,
    say,
)
from bot.chat.text import Day, Phrase, Quote, phrase
from bot.domain import damping
from bot.domain.refs import ChannelRef, RoleRef
from cogs.boards.service import Around, Board, Parts, Standing
from cogs.boards.views import View, What
from storage.boards.breakdowns import Part
from storage.boards.periods import Kind, Period, Season
from storage.boards.places import WHOLE
from storage.communities import ValueTag

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august",
    "september", "october", "november", "december",
)  # fmt: skip


def board(shown: Board) -> Message:
    """Return a board for one reader, with the ways to others."""
    standings = [*shown.top, *([shown.you] if shown.you else [])]
    view = shown.view
    card = Card(
        title=phrase(f"boards.{view.side}"),
        body=tuple(_body(shown, empty=not standings)),
        lines=tuple(map(_line, standings)),
        footer=_counting() if standings else None,
    )
    return say(card, *_ways(view, shown.around))


def parts(found: Parts) -> Message:
    """Return what a board comes to by value, channel or team."""
    what, view = found.what, found.view
    about = () if found.named else (phrase(f"boards.no-{what}s"),)
    card = Card(
        title=phrase(f"boards.by-{what}", side=str(view.side)),
        body=(named(view.period, found.around.season), *about),
        lines=tuple(
            Line(rank, _part(part, name), part.amount, per=WHOLE)
            for rank, (part, name) in enumerate(found.named, 1)
        ),
        footer=_counting() if found.named else None,
    )
    return say(card, *_ways(view, found.around))


def _counting() -> Phrase:
    """Return what thanks count for, in the numbers by which they are counted."""
    return phrase(
        "boards.repeats",
        day=damping.MOST_PER_DAY,
        repeats=damping.REPEATS_DAYS,
        around=damping.AROUND_DAYS,
    )


def named(period: Period, season: Season | None) -> Phrase:
    """Return what a period is called."""
    first, last = period.first_on, period.last_on
    match period.kind:
        case Kind.ALL:
            return phrase("boards.all")
        case Kind.SEASON:
            return _season(season)
        case Kind.DAY if first:
            return phrase("boards.day", on=Day(first))
        case Kind.WEEK if first and last:
            return phrase("boards.week", first=Day(first), last=Day(last))
        case Kind.MONTH if first:
            year = Quote(str(first.year))
            return phrase("boards.month", month=_MONTHS[first.month - 1], year=year)
        case _:
            raise ValueError(period.key)


def _season(season: Season | None) -> Phrase:
    if season is None:
        return phrase("boards.a-season")
    name, first = Quote(season.name), Day(season.starts_on)
    if season.ends_on is None:
        return phrase("boards.open-season", name=name, first=first)
    return phrase("boards.season", name=name, first=first, last=Day(season.ends_on))


def _body(shown: Board, *, empty: bool) -> Iterator[Phrase]:
    around, view = shown.around, shown.view
    yield named(view.period, around.season)
    match around.cut:
        case None:
            pass
        case ValueTag(label=label):
            yield phrase("boards.only-value", value=Quote(label))
        case ChannelRef():
            yield phrase("boards.only-channel", channel=around.cut)
        case RoleRef():
            yield phrase("boards.only-team", team=around.cut)
    if empty:
        whole = view.period.kind is Kind.ALL and view.cut is None
        yield phrase(f"boards.{view.side}.empty" if whole else "boards.nothing")
    if shown.hidden:
        yield phrase("boards.hidden")
    elif not (empty or view.cut or shown.you or any(one.yours for one in shown.top)):
        yield phrase(f"boards.{view.side}.not-yet")


def _line(standing: Standing) -> Line:
    who = phrase("boards.line", member=standing.member)
    return Line(standing.rank, who, standing.amount, standing.yours, WHOLE)


def _part(part: Part, name: ValueTag | ChannelRef | RoleRef) -> Phrase:
    called = Quote(name.label) if isinstance(name, ValueTag) else name
    return phrase("boards.part", part=called, count=part.people)


def _ways(view: View, around: Around) -> Iterator[Node]:
    yield Buttons(tuple(_buttons(view, around)))
    yield Select(phrase("boards.more"), tuple(_options(view, around)))


def _buttons(view: View, around: Around) -> Iterator[Button]:
    yield Button(phrase(f"boards.{view.other_side.side}.show"), _turn(view.other_side))
    if around.earlier is not None:
        yield Button(phrase("boards.earlier"), _turn(view.of(around.earlier)))
    if around.later is not None:
        yield Button(phrase("boards.later"), _turn(view.of(around.later)))


def _options(view: View, around: Around) -> Iterator[Option]:
    for period in current(around.today, around.on):
        if period != view.period:
            label = phrase(f"boards.this-{period.kind}")
            yield Option(label, _turn(view.of(period)))
    if view.cut is not None:
        yield Option(phrase("boards.whole"), _turn(view.cut_to(None)))
    side, key, cut = view.args
    for what in What:
        action = Action("boards.parts", (side, key, str(what)))
        yield Option(phrase(f"boards.see-{what}"), action)
    if around.desk:
        for shape in ("csv", "json"):
            action = Action("boards.hand-over", (side, key, cut, shape))
            yield Option(phrase(f"boards.as-{shape}"), action)


def current(today: date, season: Season | None) -> Iterator[Period]:
    """Yield the periods that are on, the shortest first."""
    for kind in Kind:
        if kind is not Kind.SEASON or season is not None:
            yield Period.at(kind, today, season)


def _turn(view: View) -> Action:
    return Action("boards.turn", view.args)
