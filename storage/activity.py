"""The activity log: every fact, in the order in which it was recorded.

Challenges, badges and figures follow it; every figure can be recomputed from it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Claim, Impersonal, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_ADD = """
INSERT INTO activity (community, at, kind, actor, subject, amount, source, ref)
VALUES (:community, :at, :kind, :actor, :subject, :amount, :source, :ref)
"""

_AFTER = """
SELECT * FROM activity
WHERE id > :after AND kind IN (SELECT value FROM json_each(:kinds))
ORDER BY id LIMIT :most
"""

_END = "SELECT coalesce(max(id), 0) AS id FROM activity"

_CURSOR = "SELECT activity FROM cursors WHERE follower = :follower"

_CURSORS = "SELECT follower, activity FROM cursors"

_BEGIN = """
INSERT INTO cursors (follower, activity)
SELECT value, :end FROM json_each(:followers) WHERE true
ON CONFLICT (follower) DO NOTHING
"""

_MOVE_CURSOR = """
INSERT INTO cursors (follower, activity) VALUES (:follower, :activity)
ON CONFLICT (follower) DO UPDATE SET activity = excluded.activity
"""

CLAIMS = (
    Claim(
        "activity",
        "actor = :member OR subject = :member",
        Keep(
            "every figure is recomputed from it, those of others included",
            texts=("kind", "source", "ref"),
        ),
        {"actor": Shown.MEMBER, "subject": Shown.MEMBER},
    ),
    Impersonal("cursors", "how far each follower has come", ("follower",)),
)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened.

    Attributes:
        kind: ``slice.event``, such as ``shoutouts.given``.

        actor: Key of the member who did it; 0 where nobody did.

        subject: Key of the member whom it happened to, if to anybody.

        amount: What it counts for; negative where it takes back.

        source: Id of the call that caused it.

        ref: ``table:id`` of the record.
    """

    kind: str
    actor: int
    subject: int | None
    amount: int
    source: str
    ref: str


@dataclass(frozen=True, slots=True)
class Activity:
    """A fact as the log holds it.

    Attributes:
        id: Position in the log, counted from 1, rising.

        community: Laurel's id of the community.
    """

    id: int
    community: int
    at: datetime
    fact: Fact


def topic(kind: str) -> str:
    """Return what followers of a kind listen to."""
    return f"activity:{kind}"


def add(tx: Transaction, community: Community, fact: Fact, at: datetime) -> None:
    """Append ``fact`` and wake its followers."""
    tx.run(
        _ADD,
        community=community.id,
        at=to_ms(at),
        kind=fact.kind,
        actor=fact.actor,
        subject=fact.subject,
        amount=fact.amount,
        source=fact.source,
        ref=fact.ref,
    )
    tx.wake(topic(fact.kind))


def after(
    tx: Transaction, position: int, most: int, kinds: Collection[str]
) -> tuple[list[Activity], int]:
    """Return the first ``most`` entries of ``kinds`` behind ``position``.

    With them comes the position that was looked up to: the log's end, where there are
    fewer.
    """
    end = _end(tx)
    chosen = json.dumps(sorted(kinds))
    rows = tx.all(_AFTER, after=position, kinds=chosen, most=most)
    last = rows[-1]["id"] if len(rows) == most else max(position, end)
    return list(map(_activity, rows)), last


def cursor_of(tx: Transaction, follower: str) -> int:
    """Return the last entry that ``follower`` has dealt with, 0 for none."""
    row = tx.one(_CURSOR, follower=follower)
    return int(row["activity"]) if row else 0


def begin(tx: Transaction, followers: Collection[str]) -> tuple[dict[str, int], int]:
    """Have those who are new start at the log's end; those who are known go on.

    Returns:
        The last entry that each has dealt with, by name, and the last that there is.
    """
    end = _end(tx)
    tx.run(_BEGIN, followers=json.dumps(list(followers)), end=end)
    known = {row["follower"]: row["activity"] for row in tx.all(_CURSORS)}
    return {name: known[name] for name in followers}, end


def move_cursor(tx: Transaction, follower: str, position: int) -> None:
    """Keep ``position`` as the last entry that ``follower`` has dealt with."""
    tx.run(_MOVE_CURSOR, follower=follower, activity=position)


def _end(tx: Transaction) -> int:
    row = tx.one(_END)
    return int(row["id"]) if row else 0


def _activity(row: sqlite3.Row) -> Activity:
    return Activity(
        id=row["id"],
        community=row["community"],
        at=from_ms(row["at"]),
        fact=Fact(
            kind=row["kind"],
            actor=row["actor"],
            subject=row["subject"],
            amount=row["amount"],
            source=row["source"],
            ref=row["ref"],
        ),
    )
