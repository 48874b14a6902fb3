"""What people say against their own place, and how it is answered: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.challenges import MAX_CAP, Challenge, State
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from cogs.standings import cards, ending
from cogs.standings.raised import Raised, matter_of, raised_of
from cogs.standings.service import DISPUTABLE_FOR, there
from storage import answers, audit, communities, deliveries, members, outbox
from storage.acts import Act
from storage.challenges import (
    book,
    disputes,
    freezing,
    live,
    parts,
    results,
)
from storage.challenges.disputes import Answer, Reply
from storage.challenges.freezing import Correction
from storage.challenges.parts import Part
from storage.challenges.signing import Because
from storage.database import Transaction
from storage.outbox import Parcel

CARD = "standings:dispute:"
"""What the keys of the cards for moderators begin with; the dispute's id follows."""

MAX_CHARS = 1_000
"""Longest dispute, and longest answer."""

MAX_POINTS = MAX_CAP

_REFUSED = {
    Part.JUDGED: "standings.refused-judged",
    Part.ENTRANT: "standings.refused-entrant",
    Part.MATE: "standings.refused-entrant",
    Part.OWN: "standings.refused-own",
}


@dataclass(frozen=True, slots=True)
class Change:
    """What a place is to be changed to."""

    points: int
    days: int
    best_streak: int


def dispute(tx: Transaction, call: Call, challenge: int, said: str) -> Challenge:
    """Say what is not right about the actor's own place.

    Raises:
        RuleError: If there is no result yet, it stands already, the actor has no place
            in it, or they have said what they can say.
    """
    community = communities.get(tx, call.community)
    found = there(tx, community, challenge)
    actor = members.meet(tx, community, call.actor, call.at)
    _check_disputes(tx, community, found, actor, call.at)
    kept = disputes.add(tx, community, challenge, actor.key, (said, call.at))
    if kept is None:
        before = disputes.of_member(tx, community, challenge, actor.key)
        waits = any(each.answered is None for each in before)
        code = "standings.refused-waiting" if waits else "standings.refused-enough"
        raise RuleError(code, most=disputes.MOST_EACH)
    about, detail = f"challenges:{challenge}", {"dispute": kept.id}
    entry = audit.Entry(actor.key, "standings.dispute", about, detail, kept.digest)
    audit.add(tx, community, entry, call.at)
    _put_up(tx, community, kept.id, call)
    return found


def disputable(tx: Transaction, call: Call) -> Sequence[Challenge]:
    """Return the challenges in which the actor can dispute their place."""
    community = communities.get(tx, call.community)
    actor = members.find(tx, community, call.actor.ref, call.at)
    found = book.listed(tx, community, (State.REVIEW,)) if actor else ()
    return [each for each in found if actor and _may(tx, community, each, actor, call)]


def stands(tx: Transaction, call: Call, number: int, reason: str) -> Raised:
    """Let a place be as it is, for ``reason``.

    Raises:
        RuleError: If somebody was faster, or has less to do with it.
    """
    community, actor, raised, part = _answerable(tx, call, number)
    reply = answers.Reply(Answer.STANDS, actor.key, reason, part)
    return _answer(tx, community, raised, reply, call)


def correct(
    tx: Transaction, call: Call, number: int, change: Change, reason: str
) -> Raised:
    """Change a place, and rank all of them anew.

    Raises:
        RuleError: If somebody was faster, or has less to do with it, or it changes
            nothing, or to what cannot be.
    """
    community, actor, raised, part = _answerable(tx, call, number)
    _check_change(raised, change)
    reply = answers.Reply(Answer.CORRECTED, actor.key, reason, part)
    wanted = Correction(
        raised.dispute.member, change.points, change.days, change.best_streak
    )
    why = Because(actor.key, call.at, number)
    _keep(tx, community, raised, reply, call)
    freezing.correct(tx, community, raised.challenge, wanted, why)
    return _tell(tx, community, raised, reply, call)


def look(tx: Transaction, call: Call, number: int) -> Raised:
    """Return a dispute that the actor may answer, to fill in the form with.

    Raises:
        RuleError: As for `correct`.
    """
    return _answerable(tx, call, number)[2]


def _answerable(
    tx: Transaction, call: Call, number: int
) -> tuple[Community, Member, Raised, Part]:
    """Return a dispute that waits, for whoever has the least part in it."""
    community = communities.get(tx, call.community)
    raised = raised_of(tx, community, number, call.at)
    if raised is None or raised.entrant is None or raised.placed is None:
        raise RuleError("standings.refused-no-dispute")
    actor = members.meet(tx, community, call.actor, call.at)
    if raised.dispute.answered is not None:
        raise RuleError("standings.refused-answered")
    matter = matter_of(raised.dispute)
    part = parts.of(tx, community, matter, actor.key)
    if part is not Part.NONE:
        if not parts.is_least(tx, community, matter, part):
            raise RuleError(_REFUSED[part])
        if call.at < matter.free_at:
            raise RuleError(f"{_REFUSED[part]}-yet", until=matter.free_at)
    return community, actor, raised, part


def _check_disputes(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    actor: Member,
    at: datetime,
) -> None:
    first = results.first(tx, community, challenge.id)
    if first is None:
        raise RuleError("standings.refused-not-ended")
    if challenge.state is not State.REVIEW or at >= first.at + DISPUTABLE_FOR:
        raise RuleError("standings.refused-over")
    if results.place_of(tx, first, actor.key) is None:
        raise RuleError("standings.refused-not-yours")


def _may(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    actor: Member,
    call: Call,
) -> bool:
    try:
        _check_disputes(tx, community, challenge, actor, call.at)
    except RuleError:
        return False
    return True


def _check_change(raised: Raised, change: Change) -> None:
    placed, terms = raised.placed, raised.challenge.terms
    if change.days > terms.days:
        raise RuleError("standings.refused-days", "days", most=terms.days)
    if change.best_streak > change.days:
        raise RuleError("standings.refused-streak", "streak", most=change.days)
    cap = terms.scoring.cap
    if cap is not None and change.points > cap:
        raise RuleError("standings.refused-cap", "points", most=cap)
    if placed and change == Change(placed.points, placed.days, placed.best_streak):
        raise RuleError("standings.refused-same", "points")


def _answer(
    tx: Transaction, community: Community, raised: Raised, reply: Reply, call: Call
) -> Raised:
    _keep(tx, community, raised, reply, call)
    return _tell(tx, community, raised, reply, call)


def _keep(
    tx: Transaction, community: Community, raised: Raised, reply: Reply, call: Call
) -> None:
    number = raised.dispute.id
    digest = disputes.answer(tx, community, number, reply, call.at)
    about = f"challenges:{raised.challenge.id}"
    detail: dict[str, int | str | None] = {
        "dispute": number,
        "answer": str(reply.answer),
    }
    if reply.part:
        detail["part"] = int(reply.part)
    entry = audit.Entry(reply.by, "standings.answer", about, detail, digest)
    audit.add(tx, community, entry, call.at)


def _tell(
    tx: Transaction, community: Community, raised: Raised, reply: Reply, call: Call
) -> Raised:
    """Have everybody see what was decided, and whoever disputed be told."""
    number = raised.dispute.id
    outbox.redraw(tx, community, f"{CARD}{number}", call.at)
    live.touch(tx, community, f"{ending.BOARD}{raised.challenge.id}", call.at)
    after = raised_of(tx, community, number, call.at) or raised
    member = after.entrant
    if member is not None and member.privacy.takes_dms and member.here:
        key = f"standings:told:{number}"
        message = cards.answered(after.challenge.terms.title, after.placed, reply)
        names = (member.key, reply.by)
        parcel = Parcel(member.ref, key, wire.encode(message), names, call.id)
        outbox.put(tx, community, parcel, call.at)
    by = Act(None, call.id, call.at)
    ending.settle(tx, community, after.challenge, by)
    return after


def _put_up(tx: Transaction, community: Community, number: int, call: Call) -> None:
    to, key = community.settings.moderators, f"{CARD}{number}"
    if to is not None and not deliveries.is_known(tx, community, key):
        outbox.put(tx, community, Parcel(to, key, None, (), call.id), call.at)
