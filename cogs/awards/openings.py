"""How awards open, close and are taken away, by hand or by the calendar: units of work.

What everybody reads of a round stands on the wall and is drawn anew when it changes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.awards import Award, AwardState, Round, Window
from bot.domain.community import Community
from bot.domain.errors import RuleError
from cogs.awards import drafting, posts
from storage import audit, awards, communities, members, outbox, walls
from storage.activity import Activity
from storage.acts import Act
from storage.calendar import Entry
from storage.database import Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence

POSTS = "awards:round:"
"""What the keys of posts about a round begin with; its id follows."""

ON_WALL = (POSTS,)
"""What waits for a wall that is gone, and follows to the next one; as keys begin."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An award as moderators see it.

    Attributes:
        undecided: How many who are nominated wait for a decision.
    """

    award: Award
    undecided: int


@dataclass(frozen=True, slots=True)
class Opened:
    """An award that opened.

    Attributes:
        told: Whether it is said on the wall; not where there is none.
    """

    award: Award
    told: bool


def every(tx: Transaction, call: Call) -> Sequence[Seen]:
    """Return the community's awards, the open ones first."""
    found = awards.listed(tx, communities.get(tx, call.community))
    return [_seen(tx, each) for each in found]


def there(tx: Transaction, community: Community, award: int) -> Award:
    """Return an award that is not removed.

    Raises:
        RuleError: If there is none.
    """
    found = awards.get(tx, community, award)
    if found is None or found.state is AwardState.REMOVED:
        raise RuleError("awards.refused-gone")
    return found


def seen(tx: Transaction, call: Call, award: int) -> Seen:
    """Return an award.

    Raises:
        RuleError: If there is none.
    """
    return _seen(tx, there(tx, communities.get(tx, call.community), award))


def open_now(
    tx: Transaction,
    call: Call,
    award: int,
    closes_on: date | None = None,
    closes_at: time | None = None,
) -> Opened:
    """Let people be nominated, until the end that is given or was planned.

    Raises:
        RuleError: If it is gone or open already, or that end is past.
    """
    community = communities.get(tx, call.community)
    found = there(tx, community, award)
    zone = community.settings.zone
    until = drafting.moment_of(
        closes_on, closes_at, drafting.CLOSES_AT, zone, "closes_on"
    )
    opened = awards.open_round(
        tx, community, found, until or found.closes_at, _by(tx, community, call)
    )
    return Opened(opened, _announce(tx, community, opened, call.id, call.at))


def close_now(tx: Transaction, call: Call, award: int) -> Seen:
    """Let nobody be nominated any more.

    Raises:
        RuleError: If it is gone, or not open.
    """
    community = communities.get(tx, call.community)
    found = there(tx, community, award)
    closed = awards.close_round(tx, community, found, _by(tx, community, call))
    _redraw(tx, community, closed, call.at)
    return _seen(tx, closed)


def remove(tx: Transaction, call: Call, award: int) -> Award:
    """Take an award away.

    Raises:
        RuleError: If it is gone, or somebody who is nominated waits for a decision.
    """
    community = communities.get(tx, call.community)
    found = there(tx, community, award)
    removed = awards.remove(tx, community, found, _by(tx, community, call))
    _redraw(tx, community, removed, call.at)
    return removed


def begin(tx: Transaction, occurrence: Occurrence) -> None:
    """Open an award whose time has come, unless it is no more to be."""
    community, now = occurrence.community, occurrence.now
    award = awards.get(tx, community, _award_of(occurrence.entry))
    if award is None or award.opens_at != occurrence.until:
        return
    by = Act(None, occurrence.key, now)
    if award.closes_at is not None and award.closes_at <= now:
        # Laurel was not there in all that time; a round of no length helps nobody.
        awards.plan(tx, community, award, Window(), by)
        about = f"awards:{award.id}"
        audit.add(tx, community, audit.Entry(None, "awards.passed", about), now)
        return
    opened = awards.open_round(tx, community, award, award.closes_at, by)
    _announce(tx, community, opened, occurrence.key, now)


def end(tx: Transaction, occurrence: Occurrence) -> None:
    """Close an award whose time is over, unless its end was moved."""
    community = occurrence.community
    award = awards.get(tx, community, _award_of(occurrence.entry))
    if award is None or award.state is not AwardState.OPEN or award.round is None:
        return
    if award.round.closes_at != occurrence.until:
        return
    by = Act(None, occurrence.key, occurrence.now)
    closed = awards.close_round(tx, community, award, by)
    _redraw(tx, community, closed, occurrence.now)


def post(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw what everybody reads of a round; None where its award is gone."""
    try:
        round_ = awards.round_of(tx, int(key.removeprefix(POSTS)))
        standard = awards.standard(tx, round_.award, round_.standard)
    except LookupError:
        return None
    award = awards.get(tx, community, round_.award)
    if award is None or award.state is AwardState.REMOVED:
        return None
    return Drawn(posts.post(award.name, standard, round_, now))


def redraw(tx: Transaction, community: Community, round_: Round, at: datetime) -> None:
    """Have what everybody reads of a round be drawn anew."""
    outbox.redraw(tx, community, f"{POSTS}{round_.id}", at)


def move(tx: Transaction, entry: Activity) -> None:
    """Have what waits for a wall that is gone follow to the one that was chosen."""
    walls.move(tx, communities.by_id(tx, entry.community), ON_WALL, entry.at)


def _announce(
    tx: Transaction, community: Community, award: Award, call: str, at: datetime
) -> bool:
    wall = community.settings.wall
    if wall is None or award.round is None:
        return False
    key = f"{POSTS}{award.round.id}"
    outbox.put(tx, community, outbox.Parcel(wall, key, None, (), call), at)
    return True


def _redraw(tx: Transaction, community: Community, award: Award, at: datetime) -> None:
    if award.round is not None:
        redraw(tx, community, award.round, at)


def _seen(tx: Transaction, award: Award) -> Seen:
    return Seen(award, awards.undecided(tx, award.id))


def _by(tx: Transaction, community: Community, call: Call) -> Act:
    return Act(members.meet(tx, community, call.actor, call.at), call.id, call.at)


def _award_of(entry: Entry) -> int:
    body: Mapping[str, Any] = wire.decode(entry.plan.payload)
    return int(body["award"])
