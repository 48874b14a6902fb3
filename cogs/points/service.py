"""How moderators set a member's points right, and take that back: units of work."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member
from bot.domain.errors import RuleError
from bot.domain.people import Person
from cogs.points import notes
from storage import audit, communities, members, outbox, words
from storage.boards import ledger
from storage.boards.ledger import Points, Source
from storage.database import Transaction
from storage.outbox import Parcel

ADJUST, TAKE_BACK = "points.adjust", "points.take-back"
"""What the audit calls them."""

MOST = 1_000
"""Most points that are given or taken at once."""

MIN_REASON_CHARS, MAX_REASON_CHARS = 10, 500

TOLD = "points:told:"
"""What the keys of notes to members begin with; the id of the points follows."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """Points that were set right.

    Attributes:
        amount: Negative where points were taken.

        told: Whether the member is told; not where they take no messages.
    """

    points: int
    member: Member
    amount: int
    reason: str
    told: bool


def adjust(
    tx: Transaction, call: Call, person: Person, amount: int, reason: str
) -> Adjusted:
    """Give a member points, or take some, and tell them why.

    Raises:
        RuleError: If it is nothing, is the moderator's own, or nobody can have it.
    """
    here = communities.get(tx, call.community)
    by = members.meet(tx, here, call.actor, call.at)
    member = members.meet(tx, here, person, call.at)
    _check(by, member, amount)
    said, digest = words.add(tx, here, by.key, reason)
    points = Points(
        member=member.key,
        giver=None,
        amount=amount,
        received_on=call.at.astimezone(here.settings.zone).date(),
        source=Source.ADJUSTED,
        ref=call.id,
        words=said,
    )
    added = ledger.add(tx, here, points, by.key, call.at)
    if added is None:
        raise RuleError("points.refused-again")
    detail: dict[str, int | str | None] = {"member": member.key, "amount": amount}
    entry = audit.Entry(by.key, ADJUST, f"points:{added}", detail, digest)
    audit.add(tx, here, entry, call.at)
    told = member.privacy.takes_dms
    if told:
        _tell(tx, here, call, by, Adjusted(added, member, amount, reason, told))
    return Adjusted(added, member, amount, reason, told)


def take_back(tx: Transaction, call: Call, points: int) -> None:
    """Take back what a moderator set right, as if it had not been.

    Raises:
        RuleError: If there is no such thing here, or it was taken back.
    """
    here = communities.get(tx, call.community)
    by = members.meet(tx, here, call.actor, call.at)
    found = ledger.get(tx, here, points)
    if found is None or found.source is not Source.ADJUSTED:
        raise RuleError("points.refused-gone")
    if found.member == by.key:
        raise RuleError("points.refused-own")
    if not ledger.reverse(tx, here, points, by.key, call.at):
        raise RuleError("points.refused-gone")
    audit.add(tx, here, audit.Entry(by.key, TAKE_BACK, f"points:{points}"), call.at)
    member = members.by_key(tx, here, found.member, call.at)
    if member is not None and member.here and member.privacy.takes_dms:
        body = wire.encode(notes.taken_back(found.amount))
        key = f"{TOLD}{points}:back"
        parcel = Parcel(member.ref, key, body, (member.key,), call.id)
        outbox.put(tx, here, parcel, call.at)


def _check(by: Member, member: Member, amount: int) -> None:
    if by.key == member.key:
        raise RuleError("points.refused-own", "member")
    if member.bot:
        raise RuleError("points.refused-bot", "member", member=member.ref)
    if not member.here:
        raise RuleError("points.refused-left", "member", member=member.ref)
    if member.privacy.level is Level.NONE:
        raise RuleError("points.refused-opted-out", "member", member=member.ref)
    if not amount:
        raise RuleError("points.refused-nothing", "amount")


def _tell(
    tx: Transaction, here: Community, call: Call, by: Member, done: Adjusted
) -> None:
    body = wire.encode(notes.adjusted(done.amount, done.reason))
    # The reason goes with whoever wrote it, should they ever be erased.
    names = (done.member.key, by.key)
    parcel = Parcel(done.member.ref, f"{TOLD}{done.points}", body, names, call.id)
    outbox.put(tx, here, parcel, call.at)
