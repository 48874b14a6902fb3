"""What a member finds on a board: no chat and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from cogs.boards.views import Cut, View, What, asked_for
from storage import communities, members
from storage.boards import breakdowns, places, seasons
from storage.boards.breakdowns import Part
from storage.boards.periods import ALL_TIME, Kind, Period, Season
from storage.boards.places import Place
from storage.boards.sides import Side
from storage.communities import ValueTag
from storage.database import Transaction

SHOWN = 10
"""Places that everybody sees. Nobody is shown to others further down."""


_BREAKDOWNS = {
    What.VALUE: breakdowns.values,
    What.CHANNEL: breakdowns.channels,
    What.TEAM: breakdowns.teams,
}


@dataclass(frozen=True, slots=True)
class Standing:
    """One place, with whose it is.

    Attributes:
        amount: In thousandths of a point.
    """

    rank: int
    member: MemberRef
    amount: int
    yours: bool


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around a board, for finding the way.

    Attributes:
        season: The one that it is of; None where it is of another period.

        earlier: The period before it; None where there is none.

        later: The one after it; None where that is still to come.

        cut: What it is cut down to; None for the whole one.

        on: The current season; None where there is none.

        today: The community's civil date.

        desk: Whether the reader may have it as a file.
    """

    season: Season | None
    earlier: Period | None
    later: Period | None
    cut: ValueTag | ChannelRef | RoleRef | None
    on: Season | None
    today: date
    desk: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The first places, and the reader's own.

    Attributes:
        top: At most `SHOWN`.

        you: Where the reader stands below them; None where they are among them, or
            on no place.

        hidden: Whether the reader asked not to be shown.
    """

    view: View
    around: Around
    top: Sequence[Standing]
    you: Standing | None
    hidden: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """What a board comes to by value, channel or team.

    Attributes:
        named: Each part with what it is called.
    """

    view: View
    around: Around
    what: What
    named: Sequence[tuple[Part, ValueTag | ChannelRef | RoleRef]]


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody asked for by the command. None is what they left open."""

    period: str | None = None
    side: str | None = None
    value: str | None = None
    channel: ChannelRef | None = None
    team: RoleRef | None = None


def chosen(tx: Transaction, call: Call, choice: Choice) -> Board:
    """Return the board that somebody asked for.

    Raises:
        RuleError: If there is no such board.
    """
    here = communities.get(tx, call.community)
    today = _today(here, call.at)
    period = ALL_TIME
    if choice.period is not None:
        period = asked_for(choice.period, today, seasons.at(tx, here, today))
    cuts = [
        Cut(what, given)
        for what, given in (
            (What.VALUE, choice.value),
            (What.CHANNEL, choice.channel.id if choice.channel else None),
            (What.TEAM, choice.team.id if choice.team else None),
        )
        if given is not None
    ]
    if len(cuts) > 1:
        raise RuleError("boards.refused-two", str(cuts[1].what))
    side = choice.side or Side.RECEIVED
    cut = str(cuts[0]) if cuts else ""
    return board(tx, call, View.parse(side, period.key, cut))


def board(tx: Transaction, call: Call, view: View) -> Board:
    """Return a board as the actor sees it.

    Raises:
        RuleError: If there is no such season or value here.
    """
    here = communities.get(tx, call.community)
    around = _around(tx, here, call, view)
    reader = members.find(tx, here, call.actor.ref, call.at)
    top = [_standing(here, place, reader) for place in ranked(tx, here, view, SHOWN)]
    hidden = reader is not None and not _is_shown(reader)
    you = None
    if reader is not None and not hidden and not any(each.yours for each in top):
        found = places.place_of(
            tx,
            here,
            view.side,
            view.period,
            reader.key,
            value=view.value,
            channel=view.channel,
            team=view.team,
        )
        you = _standing(here, found, reader) if found else None
    return Board(view, around, top, you, hidden)


def ranked(tx: Transaction, here: Community, view: View, most: int) -> Sequence[Place]:
    """Return the first places of a view."""
    return places.board(
        tx,
        here,
        view.side,
        view.period,
        most,
        value=view.value,
        channel=view.channel,
        team=view.team,
    )


def parts(tx: Transaction, call: Call, view: View, what: What) -> Parts:
    """Return what a board comes to by value, channel or team.

    Raises:
        RuleError: If there is no such season here.
    """
    here = communities.get(tx, call.community)
    around = _around(tx, here, call, view.cut_to(None))
    found = _BREAKDOWNS[what](tx, here, view.side, view.period)
    known = ((part, _named(tx, here, Cut(what, part.id))) for part in found[:SHOWN])
    named = [(part, name) for part, name in known if name is not None]
    return Parts(view.cut_to(None), around, what, named)


def _around(tx: Transaction, here: Community, call: Call, view: View) -> Around:
    today = _today(here, call.at)
    season, earlier, later = None, view.period.before(), view.period.after()
    if view.period.kind is Kind.SEASON:
        season, earlier, later = _seasons(tx, here, view.period, today)
    if later is not None and later.first_on is not None and later.first_on > today:
        later = None
    cut = None
    if view.cut is not None and (cut := _named(tx, here, view.cut)) is None:
        raise RuleError("boards.refused-value")
    on = seasons.at(tx, here, today)
    desk = call.actor.role >= Role.MODERATOR
    return Around(season, earlier, later, cut, on, today, desk)


def _seasons(
    tx: Transaction, here: Community, period: Period, today: date
) -> tuple[Season, Period | None, Period | None]:
    """Return a season, and those before and after it that have begun."""
    begun = [s for s in seasons.listed(tx, here) if s.starts_on <= today]
    begun.sort(key=lambda season: season.starts_on)
    at = next((n for n, s in enumerate(begun) if s.id == period.season_id), None)
    if at is None:
        raise RuleError("boards.refused-season")
    around = [
        Period.at(Kind.SEASON, begun[n].starts_on, begun[n])
        if 0 <= n < len(begun)
        else None
        for n in (at - 1, at + 1)
    ]
    return begun[at], around[0], around[1]


def _named(
    tx: Transaction, here: Community, cut: Cut
) -> ValueTag | ChannelRef | RoleRef | None:
    match cut.what:
        case What.VALUE:
            return communities.value(tx, here, int(cut.id))
        case What.CHANNEL:
            return ChannelRef(here.ref, cut.id)
        case What.TEAM:
            return RoleRef(here.ref, cut.id)
        case _ as never:
            assert_never(never)


def _standing(here: Community, place: Place, reader: Member | None) -> Standing:
    return Standing(
        rank=place.rank,
        member=MemberRef(here.ref, place.platform_id),
        amount=place.amount,
        yours=reader is not None and place.member == reader.key,
    )


def _is_shown(member: Member) -> bool:
    privacy = member.privacy
    return privacy.on_boards and privacy.level in {Level.PUBLIC, Level.CHANNEL}


def _today(here: Community, at: datetime) -> date:
    return at.astimezone(here.settings.zone).date()
