"""What is kept about one member: handed to them, or erased.

Both are driven by the claims of the storage modules, so that a table which a later
feature adds cannot be forgotten.
"""

from __future__ import annotations

import base64
import json
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum
from typing import assert_never

from bot.chat import wire
from bot.chat.text import Quote, When
from bot.domain.community import Community, Member
from bot.domain.people import Person
from bot.domain.refs import MemberRef
from storage import (
    activity,
    addresses,
    allowances,
    appeal_reminders,
    appeals,
    audit,
    awards,
    ballots,
    calendar,
    committees,
    communities,
    decisions,
    deliveries,
    drafts,
    erasures,
    exports,
    fairness,
    imports,
    installations,
    members,
    mirrored,
    nominations,
    oauth,
    occurrences,
    outbox_claims,
    recaps,
    retention,
    retractions,
    reviewers,
    reviews,
    seats,
    series,
    shoutouts,
    templates,
    uploads,
    votes,
    words,
)
from storage.boards import claiming as boards
from storage.challenges import claiming as challenges
from storage.claims import AnyClaim, Claim, Delete, Keep, Rewrite, Shown
from storage.database import Transaction, Value
from storage.instants import from_ms, to_ms

Row = dict[str, object]

CLAIMS: tuple[AnyClaim, ...] = (
    *deliveries.CLAIMS,
    *communities.CLAIMS,
    *words.CLAIMS,
    *shoutouts.CLAIMS,
    *retractions.CLAIMS,
    *allowances.CLAIMS,
    *boards.CLAIMS,
    *activity.CLAIMS,
    *audit.CLAIMS,
    *outbox_claims.CLAIMS,
    *drafts.CLAIMS,
    *exports.CLAIMS,
    *fairness.CLAIMS,
    *calendar.CLAIMS,
    *mirrored.CLAIMS,
    *occurrences.CLAIMS,
    *installations.CLAIMS,
    *oauth.CLAIMS,
    *templates.CLAIMS,
    *addresses.CLAIMS,
    *uploads.CLAIMS,
    *committees.CLAIMS,
    *seats.CLAIMS,
    *ballots.CLAIMS,
    *votes.CLAIMS,
    *recaps.CLAIMS,
    *series.CLAIMS,
    *awards.CLAIMS,
    *nominations.CLAIMS,
    *decisions.CLAIMS,
    *reviews.CLAIMS,
    *reviewers.CLAIMS,
    *appeals.CLAIMS,
    *appeal_reminders.CLAIMS,
    *challenges.CLAIMS,
    *imports.CLAIMS,
    *erasures.CLAIMS,
    *retention.CLAIMS,
    *members.CLAIMS,
)
"""Every table, in the order of erasure: what others are found by goes after them."""

_MINE = "SELECT {of.columns} FROM {of.table} WHERE {of.mine} ORDER BY 1, 2"

_COUNT = "SELECT count(*) AS n FROM {table} WHERE {where}"

_DELETE = "DELETE FROM {table} WHERE {where}"

_REWRITE = "UPDATE {table} SET {changes} WHERE {where}"


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about, and when."""

    community: Community
    member: Member
    at: datetime

    @property
    def values(self) -> dict[str, Value]:
        """What the claims' SQL is bound to."""
        platform_id = self.member.ref.id
        return {
            "member": self.member.key,
            "community": self.community.id,
            "platform_id": platform_id,
            "named": json.dumps(platform_id, ensure_ascii=False),
            "at": to_ms(self.at),
        }


def export(
    tx: Transaction, subject: Subject, claims: Sequence[AnyClaim] = CLAIMS
) -> dict[str, list[Row]]:
    """Return the rows about a member, by table, ready to be written as JSON.

    Columns named ``at`` or ``…_at`` are ISO instants. Other people appear by display
    name alone, and as None once they are erased.
    """
    names = _Names(tx, subject)
    return {
        claim.table: _shown(_mine(tx, subject, claim), claim, names)
        for claim in claims
        if isinstance(claim, Claim)
    }


def count(tx: Transaction, subject: Subject) -> int:
    """Return how many rows a member would be handed."""
    found = (
        tx.one(_COUNT.format(table=each.table, where=each.mine), **subject.values)
        for each in CLAIMS
        if isinstance(each, Claim)
    )
    return sum(row["n"] for row in found if row is not None)


def erase(
    tx: Transaction, subject: Subject, claims: Sequence[AnyClaim] = CLAIMS
) -> None:
    """Erase who the member is, and the words by them and to them.

    What must stay holds a random key that is nobody's from now on.
    """
    for claim in claims:
        if not isinstance(claim, Claim):
            continue
        table, values = claim.table, subject.values
        match claim.erasure:
            case Delete(where=where):
                tx.run(_DELETE.format(table=table, where=where or claim.mine), **values)
            case Rewrite(changes=changes, where=where):
                rewrite = _REWRITE.format(
                    table=table, changes=changes, where=where or claim.mine
                )
                tx.run(rewrite, **values)
            case Keep():
                pass
            case _ as never:
                assert_never(never)
    mirrored.look_again(tx, subject.community, subject.at)
    tx.wake("outbox")


def forget(tx: Transaction, subject: Subject, source: str) -> None:
    """Erase the member, on record and for good: no backup brings them back.

    Args:
        tx: The unit in which it happens.
        subject: Whom it is about, and when.
        source: Id of the call that asked for it.
    """
    community, member, at = subject.community, subject.member, subject.at
    erase(tx, subject)
    about = f"members:{member.key}"
    fact = activity.Fact("members.erased", member.key, None, 0, source, about)
    activity.add(tx, community, fact, at)
    audit.add(tx, community, audit.Entry(member.key, "members.erase", about), at)
    erasures.note(tx, community, member.ref, at)


def _mine(tx: Transaction, subject: Subject, claim: Claim) -> Sequence[sqlite3.Row]:
    return tx.all(_MINE.format(of=claim), **subject.values)


class _Names:
    """Finds display names; None for who is erased or was never met."""

    def __init__(self, tx: Transaction, subject: Subject) -> None:
        self._tx = tx
        self._subject = subject
        self._known: dict[int, str | None] = {}

    def of_key(self, key: int) -> str | None:
        """Return whom facts call ``key``."""
        if key not in self._known:
            community, at = self._subject.community, self._subject.at
            member = members.by_key(self._tx, community, key, at)
            self._known[key] = member.name if member else None
        return self._known[key]

    def of_ref(self, ref: MemberRef) -> str | None:
        """Return whom a message names."""
        community, at = self._subject.community, self._subject.at
        member = members.find(self._tx, community, ref, at)
        return member.name if member else None


def _shown(rows: Sequence[sqlite3.Row], claim: Claim, names: _Names) -> list[Row]:
    if not rows:
        return []
    readers = [
        (column, _reader(column, how, names))
        for column in rows[0].keys()  # noqa: SIM118  a row iterates over its values
        if (how := claim.shown.get(column)) is not Shown.HIDDEN
    ]
    return [{column: read(row[column]) for column, read in readers} for row in rows]


def _reader(column: str, how: Shown | None, names: _Names) -> Callable[[Value], object]:
    """Return what makes a column readable: found once, for there may be many rows."""

    def read(value: Value) -> object:
        match value:
            case int() if how is Shown.MEMBER:
                return names.of_key(value)
            case str() if how is Shown.WIRE:
                return _plain(wire.decode(value), names)
            case int() if is_instant:
                return from_ms(value).isoformat()
            case bytes():
                return value.hex()
            case _:
                return value

    is_instant = column == "at" or column.endswith("_at")
    if how is None and not is_instant:
        return lambda value: value.hex() if isinstance(value, bytes) else value
    return read


def _plain(value: object, names: _Names) -> object:
    """Return what travels on the wire without its classes, people by name."""
    match value:
        case MemberRef():
            return names.of_ref(value)
        case Person(name=name):
            return name
        case Quote(text=text):
            return text
        case When(at=instant):
            return instant.isoformat()
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case Enum():
            return value.value
        case bytes():
            return base64.b64encode(value).decode()
        case tuple():
            return [_plain(item, names) for item in value]
        case Mapping():
            return {key: _plain(item, names) for key, item in value.items()}
        case _ if is_dataclass(value):
            held = {f.name: getattr(value, f.name) for f in fields(value)}
            return {key: _plain(item, names) for key, item in held.items()}
        case _:
            return value
