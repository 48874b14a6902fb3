"""How a committee is drawn: three steps, each in a unit of its own.

First the digest of who could be drawn is recorded and sent out. Once it stands in chat,
and not before, there is a seed; so whoever could have chosen the one could not know the
other. What follows from the two is settled, and anybody can repeat it from the audit.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.committees import (
    MIN_SEATS,
    SEED_BITS,
    CommitteeState,
    SeatState,
    Size,
    fewer,
)
from bot.domain.community import Community
from bot.domain.draws import MAX_POOL, Lot, Pool, draw
from bot.domain.errors import RuleError
from bot.domain.refs import ChannelRef
from cogs.committees import cards, planned, posts, telling, terms, voting
from cogs.committees.planned import Due, whole_minute
from cogs.committees.posts import DRAWN, POOLS
from storage import (
    activity,
    audit,
    committees,
    communities,
    members,
    outbox,
    rotation,
    seats,
    spread,
)
from storage.activity import Fact
from storage.audit import Entry
from storage.committees import Committee
from storage.database import Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence
from storage.outbox import Parcel
from storage.posted import was_posted
from storage.spread import Spread

NOTICE = timedelta(minutes=1)
"""How long the digest stands at least before there is a seed."""

_SPREAD = tuple(each.name for each in fields(Spread))

LOOK_AGAIN = timedelta(minutes=5)

PATIENCE = timedelta(days=1)
"""How long a draw waits for its digest to be posted."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A draw whose first step is done.

    Attributes:
        place: Where the digest is posted.

        draws_at: When it is drawn at the earliest.
    """

    committee: Committee
    place: ChannelRef
    draws_at: datetime


@dataclass(frozen=True, slots=True)
class Short:
    """A pool that is too small for what was asked.

    Attributes:
        available: How many could be drawn.

        size: What they would be enough for.
    """

    asked: Size
    available: int
    size: Size


def begin(tx: Transaction, call: Call, size: Size) -> Begun | Short:
    """Record from whom is drawn and send out its digest, unless they are too few.

    Raises:
        RuleError: If a draw is under way, a committee serves, there is no channel to
            post in, or fewer than `MIN_SEATS` people could be drawn, or more than
            `MAX_POOL`.
    """
    community = communities.get(tx, call.community)
    place = telling.place_of(community)
    if place is None:
        raise RuleError("committees.refused-nowhere")
    _check_free(tx, community, call.at)
    moderator = members.meet(tx, community, call.actor, call.at)
    pool = rotation.eligible(tx, community, call.at)
    if len(pool) > MAX_POOL:
        raise RuleError("committees.refused-many", people=len(pool), most=MAX_POOL)
    if len(pool) < size.people:
        smaller = fewer(size, len(pool))
        if smaller is None:
            missing = MIN_SEATS - len(pool)
            raise RuleError("committees.refused-few", least=MIN_SEATS, missing=missing)
        return Short(size, len(pool), smaller)
    committee = committees.put_pool(tx, community, size, pool, moderator.key, call.at)
    if committee is None:
        raise RuleError("committees.refused-drawing")
    _record_pool(tx, community, committee, call, pool)
    post = wire.encode(posts.pooled(committee))
    key = f"{POOLS}{committee.id}"
    outbox.put(tx, community, Parcel(place, key, post, (), call.id), call.at)
    draws_at = whole_minute(call.at + NOTICE)
    planned.plan(tx, community, Due.DRAW, committee.id, draws_at, call.at)
    return Begun(committee, place, draws_at)


def draw_due(tx: Transaction, occurrence: Occurrence) -> None:
    """Draw, if the digest stands where it was sent; look again later where not."""
    community, now = occurrence.community, occurrence.now
    about = planned.about(occurrence.entry)
    committee = committees.get(tx, community, about)
    if committee is None or committee.state is not CommitteeState.POOLED:
        return
    if was_posted(tx, community, f"{POOLS}{committee.id}"):
        _draw(tx, community, committee, now)
    elif now - committee.asked_at < PATIENCE:
        again = whole_minute(now + LOOK_AGAIN)
        planned.plan(tx, community, Due.DRAW, committee.id, again, now)
    else:
        _give_up(tx, community, committee, now)


def drawn_post(tx: Transaction, community: Community, key: str) -> Drawn | None:
    """Return what tells everybody who was drawn, and whom it names."""
    number = key.removeprefix(DRAWN)
    committee = committees.get(tx, community, int(number))
    if committee is None or committee.seed is None:
        return None
    roster = telling.roster(tx, community, committee)
    return Drawn(posts.drawn(roster), roster.keys)


def _check_free(tx: Transaction, community: Community, now: datetime) -> None:
    """See that no committee is drawn or has all that it needs to serve."""
    pooled = committees.pooled(tx, community)
    if pooled is not None and now - pooled.asked_at <= PATIENCE + LOOK_AGAIN:
        raise RuleError("committees.refused-drawing")
    if pooled is not None:  # its draw came while Laurel was away
        _give_up(tx, community, pooled, now)
    committee = committees.serving(tx, community)
    if committee is None or committee.ends_at is None or not committee.serves_at(now):
        return
    able = [each for each in seats.seats(tx, committee.id) if not each.why]
    if len(able) >= committee.size.seats:
        raise RuleError("committees.refused-serving", until=committee.ends_at)


def _record_pool(
    tx: Transaction,
    community: Community,
    committee: Committee,
    call: Call,
    pool: Pool,
) -> None:
    ref, size = f"committees:{committee.id}", committee.size
    asked = {"seats": size.seats, "backups": size.backups, "days": size.days}
    entry = Entry(committee.asked_by, "committees.ask", ref, asked)
    audit.add(tx, community, entry, call.at)
    # By nobody, as all that names others: members are handed what they did.
    pooled: dict[str, int | str | None] = {
        "digest": committee.digest,
        "size": len(pool),
        "pool": pool.text,
    }
    audit.add(tx, community, Entry(None, "committees.pool", ref, pooled), call.at)
    fact = Fact("committees.pooled", committee.asked_by, None, 0, call.id, ref)
    activity.add(tx, community, fact, call.at)


def _draw(
    tx: Transaction, community: Community, pooled: Committee, now: datetime
) -> None:
    seed = f"{secrets.randbits(SEED_BITS):0{SEED_BITS // 4}x}"
    if (before := committees.serving(tx, community)) is not None:
        terms.end(tx, community, before, now)
    committee = committees.put_seed(tx, pooled, seed, now)
    if committee is None or committee.ends_at is None:
        raise LookupError("the pool was just read")
    pool = committees.pool(tx, community, committee.id)
    lot = draw(pool, seed, committee.size)
    seats.put_drawn(tx, committee, lot, now)
    _record_draw(tx, community, committee, lot, now)
    terms.drop_unfit(tx, community, committee, now)
    terms.fill(tx, community, committee, now)
    _record_spread(tx, community, committee, pool, now)
    _tell(tx, community, committee, now)
    ends_at = whole_minute(committee.ends_at)
    planned.plan(tx, community, Due.END, committee.id, ends_at, now)
    voting.take_up(tx, community, committee, now)


def _record_draw(
    tx: Transaction, community: Community, committee: Committee, lot: Lot, at: datetime
) -> None:
    ref = f"committees:{committee.id}"
    seeded = {"seed": committee.seed, "digest": committee.digest}
    audit.add(tx, community, Entry(None, "committees.seed", ref, seeded), at)
    told = {"seats": _keys(lot.seats), "backups": _keys(lot.backups)}
    audit.add(tx, community, Entry(None, "committees.draw", ref, told), at)
    fact = Fact("committees.drawn", committee.asked_by, None, 0, ref, ref)
    activity.add(tx, community, fact, at)


def _record_spread(
    tx: Transaction,
    community: Community,
    committee: Committee,
    pool: Pool,
    at: datetime,
) -> None:
    """Write down how list and committee are spread: later nobody could count it."""
    seated = (
        each.member
        for each in seats.seats(tx, committee.id)
        if each.state is SeatState.SEATED
    )
    told: dict[str, int | str | None] = {}
    for of, keys in (("pool", pool.everybody), ("seated", tuple(seated))):
        found = spread.of(tx, community, keys, at)
        told |= {f"{of}_{name}": getattr(found, name) for name in _SPREAD}
    entry = Entry(None, "committees.spread", f"committees:{committee.id}", told)
    audit.add(tx, community, entry, at)


def _keys(people: Sequence[int]) -> str:
    """Return keys in the order of the draw."""
    return " ".join(map(str, people))


def _tell(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    """Tell everybody, and those who would move up; `terms.fill` tells the others."""
    key = f"{DRAWN}{committee.id}"
    if place := telling.place_of(community):
        outbox.put(tx, community, Parcel(place, key, None, (), key), now)
    told = seats.seats(tx, committee.id)
    backups = [each.member for each in told if each.state is SeatState.BACKUP]
    for turn, member in enumerate(backups, 1):
        dm = f"committees:backup:{committee.id}:{member}"
        telling.direct(tx, community, member, dm, cards.backup(committee, turn), now)


def _give_up(
    tx: Transaction, community: Community, committee: Committee, now: datetime
) -> None:
    if not committees.drop(tx, committee):
        return
    ref = f"committees:{committee.id}"
    audit.add(tx, community, Entry(None, "committees.drop", ref), now)
    outbox.remove(tx, community, f"{POOLS}{committee.id}", now)
    key = f"committees:dropped:{committee.id}"
    telling.moderators(tx, community, key, cards.note("committees.dropped"), now)
