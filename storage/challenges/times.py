"""When challenges open, start, ask and end by themselves: entries of the calendar.

An opening is said aloud and waits for quiet hours to end.
A challenge begins with the first midnight of its first day: the community's, or an
entrant's whose clocks are ahead. It is said with the first prompt. It ends once the
last day is over for every entrant, and no sooner than the next prompt would have come.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.domain.challenges import Challenge, State
from bot.domain.community import Community, Member
from bot.domain.recurrence import Rule, instant, zone_named
from bot.domain.rrule import Freq, Pattern
from storage import activity, calendar, moments
from storage.activity import Fact
from storage.acts import Act
from storage.calendar import Entry, Plan, Quiet
from storage.database import Transaction
from storage.instants import to_ms

OPEN = "challenges.open"
BEGIN = "challenges.begin"
START = "challenges.start"
PROMPT = "challenges.prompt"
END = "challenges.end"
"""Kinds of the entries. Each payload holds the id of the challenge as ``challenge``."""

_COLUMNS = {
    OPEN: "opening",
    BEGIN: "beginning",
    START: "starting",
    PROMPT: "prompting",
    END: "ending",
}

_OF = """
SELECT opening, beginning, starting, prompting, ending FROM challenges
WHERE id = :id AND community = :community
"""

_BEGINS = """
SELECT e.due_at FROM challenges AS c JOIN calendar_entries AS e ON e.id = c.beginning
WHERE c.id = :id AND e.due_at IS NOT NULL
"""

_KEEP = {
    kind: f"UPDATE challenges SET {column} = :entry WHERE id = :id"  # noqa: S608
    for kind, column in _COLUMNS.items()
}

_CLOSES = """
UPDATE challenges SET closes_at = :closes_at
WHERE id = :id AND community = :community AND state IN ('open', 'running')
"""

# A zone that comes into force while the challenge runs counts as well.
_ZONES = """
SELECT DISTINCT m.zone, m.next_zone FROM challenge_entrants AS e
JOIN members AS m ON m.key = e.member
WHERE e.challenge = :challenge AND e.left_at IS NULL
"""


@dataclass(frozen=True, slots=True)
class Course:
    """When what happens of a challenge.

    Attributes:
        begins_at: When its first day begins for whoever is first.

        starts_at: When the first prompt comes.

        ends_at: When its last day is over for all who take part so far.
    """

    begins_at: datetime
    starts_at: datetime
    ends_at: datetime


def course(tx: Transaction, community: Community, challenge: Challenge) -> Course:
    """Return when ``challenge`` begins and ends, by the clocks of who takes part."""
    terms = challenge.terms
    after = terms.ends_on + timedelta(days=1)
    home = community.settings.zone
    zones = {home, *_zones(tx, challenge.id)}
    return Course(
        min(_midnight(terms.starts_on, zone) for zone in zones),
        instant(datetime.combine(terms.starts_on, terms.prompt_at), home),
        max(
            instant(datetime.combine(after, terms.prompt_at), home),
            *(_midnight(after, zone) for zone in zones),
        ),
    )


def reaches_beyond(
    tx: Transaction, community: Community, challenge: Challenge, member: Member
) -> bool:
    """Return whether ``member``, who takes part, has a day that was not thought of."""
    terms, home = challenge.terms, community.settings.zone
    coming = member.next_zone.zone if member.next_zone else member.zone
    zones = {member.zone, coming} - {home}
    after = terms.ends_on + timedelta(days=1)
    ends_at = challenge.closes_at
    if ends_at and any(_midnight(after, zone) > ends_at for zone in zones):
        return True
    row = tx.one(_BEGINS, id=challenge.id) if zones else None
    first = {to_ms(_midnight(terms.starts_on, zone)) for zone in zones}
    return row is not None and any(each < row["due_at"] for each in first)


def put(tx: Transaction, community: Community, challenge: Challenge, by: Act) -> Course:
    """Have ``challenge`` do by itself what is still to come, as it is now.

    Of a draft that may be its opening. Of one that is over, nothing comes any more.
    """
    planned = course(tx, community, challenge)
    plans = dict(_plans(community, challenge, planned, by))
    row = tx.one(_OF, id=challenge.id, community=community.id)
    for kind, column in _COLUMNS.items():
        entry = row[column] if row else None
        _put(tx, community, _Place(challenge.id, kind, entry), plans.get(kind), by)
    which = {"id": challenge.id, "community": community.id}
    tx.run(_CLOSES, **which, closes_at=to_ms(planned.ends_at))
    return planned


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a challenge keeps the entry of a kind; None where it has none."""

    challenge: int
    kind: str
    entry: int | None


def _put(
    tx: Transaction, community: Community, place: _Place, plan: Plan | None, by: Act
) -> None:
    """Have the calendar hold ``plan`` there, and nothing else."""
    found = calendar.get(tx, community, place.entry) if place.entry else None
    if plan is None:
        if found is not None and found.state is calendar.State.ACTIVE:
            calendar.cancel(tx, community, found.id)
            _tell(tx, community, found.id, by)
    elif found is not None and _goes_on(found, plan):
        if not _is_same(found.plan, plan):
            calendar.change(tx, community, found, plan, by.at)
            _tell(tx, community, found.id, by)
    else:
        entry = calendar.add(tx, community, plan, by.at).id
        tx.run(_KEEP[place.kind], id=place.challenge, entry=entry)
        _tell(tx, community, entry, by)


def _goes_on(found: Entry, plan: Plan) -> bool:
    """Return whether ``found`` can become ``plan``.

    One that is over has its dates claimed, so that it would not come again on them.
    """
    return found.state is calendar.State.ACTIVE or found.plan.rule == plan.rule


def _plans(
    community: Community, challenge: Challenge, planned: Course, by: Act
) -> Iterator[tuple[str, Plan]]:
    """Yield what is to come, by kind."""
    if challenge.opens_at is not None:
        body = wire.encode({**_seen(challenge, by), "ahead": "challenges.opens"})
        yield OPEN, Plan(OPEN, _once(challenge.opens_at), body, Quiet.HEED)
    if challenge.state not in {State.OPEN, State.RUNNING}:
        return
    terms, home = challenge.terms, community.settings.zone
    first = Rule(datetime.combine(terms.starts_on, terms.prompt_at), home)
    lasts = max(planned.ends_at - planned.starts_at, timedelta(0))
    seen = _seen(challenge, by)
    if challenge.state is State.OPEN:
        hidden = wire.encode({"challenge": challenge.id, "due": "challenges.begins"})
        yield BEGIN, Plan(BEGIN, _once(planned.begins_at), hidden, Quiet.IGNORE)
    begins = {"ahead": "challenges.starts", "lasts": min(lasts, moments.MAX_LASTS)}
    yield START, Plan(START, first, wire.encode({**seen, **begins}), Quiet.IGNORE)
    daily = Rule(first.start, home, Pattern(Freq.DAILY, count=terms.days))
    asks = wire.encode({"challenge": challenge.id, "due": "challenges.asks"})
    yield PROMPT, Plan(PROMPT, daily, asks, Quiet.HEED)
    ends = wire.encode({**seen, "ahead": "challenges.ends"})
    yield END, Plan(END, _once(planned.ends_at), ends, Quiet.IGNORE)


def _seen(challenge: Challenge, by: Act) -> dict[str, object]:
    """Return what whoever reads the calendar sees."""
    return {
        "challenge": challenge.id,
        "title": challenge.terms.title,
        "channel": challenge.terms.channel,
        "version": challenge.terms.number,
        "changed_at": by.at,
    }


def _is_same(one: Plan, other: Plan) -> bool:
    """Return whether both do the same, whenever they were written down."""
    told = [dict(wire.decode(plan.payload or "[1,{}]")) for plan in (one, other)]
    for each in told:
        each.pop("changed_at", None)
    same = (one.kind, one.rule, one.quiet) == (other.kind, other.rule, other.quiet)
    return same and told[0] == told[1]


def _tell(tx: Transaction, community: Community, entry: int, by: Act) -> None:
    about = f"calendar_entries:{entry}"
    fact = Fact(moments.CHANGED, by.actor, None, 0, by.call, about)
    activity.add(tx, community, fact, by.at)


def _zones(tx: Transaction, challenge: int) -> Iterator[ZoneInfo]:
    for row in tx.all(_ZONES, challenge=challenge):
        for name in (row["zone"], row["next_zone"]):
            if name is not None:
                yield zone_named(name)


def _midnight(on: date, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(on, time()), zone)


def _once(at: datetime) -> Rule:
    """Return the rule of what happens at ``at`` alone."""
    return Rule(at.astimezone(UTC).replace(tzinfo=None), ZoneInfo("UTC"))
