"""Catch-up digests: one message in place of a flood, once a place is reached again.

Each slice declares which of its rows can be folded, by what their keys begin with.
They stay in the outbox as ``folded``, and the messages of the digest speak of them: a
row for each, whose names in ``outbox_names`` are the members that it names. A message
without a body is drawn when it is about to be sent, from what is still folded, so that
whatever befalls a folded row reaches the digest through that row alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.chat import wire
from bot.chat.message import Message
from bot.domain.community import Community
from storage import communities, outbox
from storage.database import Transaction, Value
from storage.delivery import Delivery, Lane
from storage.instants import from_ms, to_ms

UNREACHABLE_AFTER = timedelta(minutes=5)
"""How long a place must have taken nothing; less is a hiccup, or a restart, and
nothing is folded."""

OLD_AFTER = timedelta(hours=24)
"""What has waited longer is told in a digest, if it is more than one post."""

MAX_POSTS = 20
"""Most posts that a place is sent at once, as posts or as messages of a digest."""

PAUSE = timedelta(hours=1)
"""When more follow, where so many people are to be named that these do not suffice."""

_FOLDABLE = """
SELECT id, key, queued_at FROM outbox
WHERE community = :community AND kind = :kind AND place = :place
  AND state = 'new' AND message_id IS NULL AND gone = 0
  AND part IS NULL AND substr(key, 1, length(:prefix)) = :prefix
ORDER BY id
"""

_UNPOSTED = """
SELECT digest FROM outbox
WHERE community = :community AND kind = :kind AND place = :place
  AND state IN ('new', 'sending') AND message_id IS NULL AND gone = 0
  AND part IS NOT NULL AND substr(key, 1, length(:prefix)) = :prefix
ORDER BY id
"""

_BEGUN = """
SELECT 1 FROM outbox
WHERE digest = :digest AND part IS NOT NULL AND state <> 'dead'
  AND (state <> 'new' OR message_id IS NOT NULL)
"""

_PARTS = """
SELECT id, part FROM outbox WHERE digest = :digest AND part IS NOT NULL AND gone = 0
"""

_MADE = """
SELECT count(*) AS made FROM outbox WHERE digest = :digest AND part IS NOT NULL
"""

_FOLD = "UPDATE outbox SET state = 'folded', digest = :digest WHERE id = :id"

_FOLDED = """
SELECT key, call FROM outbox
WHERE digest = :digest AND part IS NULL AND state = 'folded' ORDER BY id
"""

_FOLDED_FOR = """
SELECT f.key FROM outbox AS p
JOIN outbox AS f ON f.digest = p.digest AND f.part IS NULL AND f.state = 'folded'
WHERE p.id = :id AND EXISTS (
  SELECT 1 FROM outbox_names AS fn JOIN outbox_names AS pn
    ON pn.row = :id AND pn.member = fn.member
  WHERE fn.row = f.id)
ORDER BY f.id
"""

_PUT = """
INSERT INTO outbox (
  community, kind, place, key, body, due_at, tried_at, digest, part, call, queued_at
) VALUES (
  :community, :kind, :place, :key, :body, :due_at, :tried_at, :digest, :part, :call, :at
)
"""

_DRAW_ANEW = """
UPDATE outbox SET body = :body, version = version + 1 WHERE id = :id
"""

_EMPTY = """
UPDATE outbox SET
  gone = 1, version = version + 1, reason = 'cancelled',
  state = CASE WHEN message_id IS NULL THEN 'dead' ELSE state END
WHERE id = :id
"""

_UNNAME = "DELETE FROM outbox_names WHERE row = :id"

_NAMED = "SELECT member FROM outbox_names WHERE row = :id"


@dataclass(frozen=True, slots=True)
class Page:
    """One message of a digest.

    Attributes:
        members: Keys of those whom it is for; nobody is on two pages.
    """

    message: Message
    members: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a digest is drawn from.

    Attributes:
        keys: Of what was folded, oldest first.

        at: The instant of drawing.
    """

    community: Community
    keys: Sequence[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class Folding:
    """What a slice declares: which of its posts can be folded, and how that looks.

    Attributes:
        posts: What the keys of those posts begin with, ``slice:what:``.

        digests: What the keys of digests are to begin with, likewise.

        names: Returns the keys of the members whom the post of a key names.

        pages: Draws a whole digest.

        page: Draws one message anew, for these members; its number counts from 1.
            None where nothing is left to be said.
    """

    posts: str
    digests: str
    names: Callable[[Transaction, Community, str], Collection[int]]
    pages: Callable[[Transaction, Source], Sequence[Page]]
    page: Callable[[Transaction, Source, frozenset[int], int], Message | None]


Foldings = Sequence[Folding]


def is_late(head: Delivery, now: datetime) -> bool:
    """Return whether what waits behind ``head`` may be due for a digest."""
    return _is_unreachable(head, now) or now - head.queued_at > OLD_AFTER


def catch_up(
    tx: Transaction, lane: Lane, head: Delivery, foldings: Foldings, now: datetime
) -> None:
    """Fold what waits in ``lane`` from ``head`` on, where it would be a flood.

    What is being sent is left alone, and so is what may stand there already.
    """
    for folding in foldings:
        rows = tx.all(_FOLDABLE, prefix=folding.posts, **_columns(lane))
        if not rows:
            continue
        unposted = tx.all(_UNPOSTED, prefix=folding.digests, **_columns(lane))
        digest = _open_digest(tx, unposted)
        is_flood = digest is not None or len(rows) + len(unposted) > MAX_POSTS
        is_old = len(rows) > 1 and now - from_ms(rows[0]["queued_at"]) > OLD_AFTER
        if is_old or (is_flood and _is_unreachable(head, now)):
            if digest is None:
                digest = rows[0]["id"]
            here = communities.by_id(tx, lane.community)
            for row in rows:
                tx.run(_FOLD, id=row["id"], digest=digest)
                outbox.name(tx, row["id"], folding.names(tx, here, row["key"]))
            others = sum(part["digest"] != digest for part in unposted)
            fold = _Fold(lane, folding, digest, others)
            _lay_out(tx, fold, head, now)


def draw(
    tx: Transaction, lane: Lane, head: Delivery, foldings: Foldings, now: datetime
) -> Delivery | None:
    """Return a message of a digest with what it shows; None where nothing is left.

    What nobody draws is returned as it is.
    """
    for folding in foldings:
        if head.key.startswith(folding.digests):
            keys = [found["key"] for found in tx.all(_FOLDED_FOR, id=head.id)]
            members = frozenset(r["member"] for r in tx.all(_NAMED, id=head.id))
            source = Source(communities.by_id(tx, lane.community), keys, now)
            message = folding.page(tx, source, members, head.part or 1)
            if message is None:
                tx.run(_EMPTY, id=head.id)
                return None
            return replace(head, body=wire.encode(message))
    return head


@dataclass(frozen=True, slots=True)
class _Fold:
    """A digest that is made, or made anew.

    Attributes:
        digest: The first row that was folded into it.

        others: Messages of other digests that are sent before it.
    """

    lane: Lane
    folding: Folding
    digest: int
    others: int


def _open_digest(tx: Transaction, unposted: Sequence[sqlite3.Row]) -> int | None:
    """Return the last digest if none of it can stand anywhere, so that it can grow."""
    if not unposted:
        return None
    digest: int = unposted[-1]["digest"]
    return None if tx.one(_BEGUN, digest=digest) else digest


def _lay_out(tx: Transaction, fold: _Fold, head: Delivery, now: datetime) -> None:
    """Put the messages of a digest in the outbox, in place of those it had."""
    folded = tx.all(_FOLDED, digest=fold.digest)
    community = communities.by_id(tx, fold.lane.community)
    source = Source(community, [row["key"] for row in folded], now)
    pages = fold.folding.pages(tx, source)
    had = {row["part"]: row["id"] for row in tx.all(_PARTS, digest=fold.digest)}
    # What was emptied once keeps its name, also when as many are needed again.
    made = _made(tx, fold.digest)
    for number, page in enumerate(pages, 1):
        body = wire.encode(page.message)
        part = had.pop(number, None)
        if part is not None:
            tx.run(_DRAW_ANEW, id=part, body=body)
            tx.run(_UNNAME, id=part)
        else:
            batch = (fold.others + number - 1) // MAX_POSTS
            part = tx.add(
                _PUT,
                key=f"{fold.folding.digests}{fold.digest}:{made + 1}",
                body=body,
                due_at=to_ms(now + PAUSE * batch),
                tried_at=_failing_since(head) if number == 1 else None,
                digest=fold.digest,
                part=number,
                call=folded[0]["call"],
                at=to_ms(now),
                **_columns(fold.lane),
            )
            made += 1
        outbox.name(tx, part, page.members)
    for part in had.values():
        tx.run(_EMPTY, id=part)
    tx.wake("calendar")


def _made(tx: Transaction, digest: int) -> int:
    row = tx.one(_MADE, digest=digest)
    return int(row["made"]) if row else 0


def _is_unreachable(head: Delivery, now: datetime) -> bool:
    return head.tried_at is not None and now - head.tried_at >= UNREACHABLE_AFTER


def _failing_since(head: Delivery) -> int | None:
    return None if head.tried_at is None else to_ms(head.tried_at)


def _columns(lane: Lane) -> dict[str, Value]:
    return {"community": lane.community, "kind": lane.kind, "place": lane.place}
