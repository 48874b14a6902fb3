"""The courier's side of the outbox: every state is stored before it is acted on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.refs import PlatformName
from storage.claims import Impersonal
from storage.database import Transaction
from storage.delivery import Delivery, Lane, delivery_of
from storage.instants import from_ms, to_ms

MAX_ATTEMPTS = 8
"""Attempts answered with a no after which it is in doubt whether the message is at
fault, or the place. The next one that waits there tells."""

# Grouped before the join, or all that was ever sent is looked through for it. A lane
# whose head waits for its time is left out: there are many in an outage, and every
# commit looks here.
_LANES = """
SELECT o.community, o.kind, o.place FROM (
  SELECT community, kind, place, min(id) AS head, min(sending_at) AS open FROM outbox
  WHERE state IN ('new', 'sending') GROUP BY community, kind, place
) AS o
JOIN communities AS c ON c.id = o.community
JOIN outbox AS h ON h.id = o.head
WHERE c.platform = :platform
  AND ((h.state = 'new' AND h.due_at <= :now) OR o.open <= :settled)
"""

# Whatever a reply hangs under comes before it, so it stands by then, or it will not.
_HEAD = """
SELECT o.*, c.platform, c.platform_id, c.locale, m.locale AS member_locale,
  i.token || ':' || i.epoch AS token,
  r.id AS root_row, r.key AS root_key, r.body AS root_body, r.message_id AS root,
  r.thread_is AS root_thread
FROM outbox AS o
JOIN communities AS c ON c.id = o.community
JOIN instance AS i ON i.id = 1
LEFT JOIN members AS m
  ON o.kind = 'member' AND m.community = o.community AND m.platform_id = o.place
LEFT JOIN outbox AS r
  ON r.id = o.under AND r.place = o.place AND r.message_id IS NOT NULL
  AND r.gone = 0 AND r.state <> 'dead' AND r.thread_is IS NOT 'gone'
WHERE o.community = :community AND o.kind = :kind AND o.place = :place
  AND o.state IN ('new', 'sending') AND o.id > :after
ORDER BY o.id LIMIT 1
"""

_CLAIM = """
UPDATE outbox SET
  state = 'sending', sending_at = :at, sending_version = version,
  attempts = attempts + 1, tried_at = coalesce(tried_at, :at),
  thread = CASE WHEN message_id IS NULL THEN :thread ELSE thread END
WHERE id = :id AND state = 'new'
"""

_SENT = """
UPDATE outbox SET
  message_id = :message_id, sent_version = :version, attempts = 0, reason = NULL,
  tried_at = NULL,
  state = CASE WHEN version > :version THEN 'new' ELSE 'sent' END,
  pin_due_at = CASE WHEN pinned = 1 AND (message_id IS NULL OR pin_refused = 1)
                    THEN due_at ELSE pin_due_at END
WHERE id = :id AND state = 'sending'
RETURNING pin_due_at
"""

_OPENED = "UPDATE outbox SET thread_is = 'open' WHERE id = :id AND thread_is IS NULL"

# What was put under the message as well goes to the channel from now on.
_SHUT = "UPDATE outbox SET thread_is = 'gone' WHERE id = :id"

_BESIDE = """
UPDATE outbox SET state = 'new', under = NULL, thread = NULL
WHERE id = :id AND state = 'sending'
"""

_TAKEN_DOWN = """
UPDATE outbox SET state = 'dead', body = NULL, reason = 'removed'
WHERE id = :id AND state = 'sending'
"""

_AGAIN = """
UPDATE outbox SET
  due_at = :due_at, reason = :reason,
  state = CASE WHEN gone = 1 AND message_id IS NULL THEN 'dead' ELSE 'new' END
WHERE id = :id AND state = 'sending'
"""

_UNSEEN = "UPDATE outbox SET unseen = unseen + 1 WHERE id = :id AND state = 'sending'"

_PARK = """
UPDATE outbox SET
  reason = :reason,
  sending_at = CASE WHEN :unknown = 1 THEN sending_at END,
  state = CASE WHEN gone = 1 AND message_id IS NULL THEN 'dead' ELSE 'parked' END
WHERE id = :id AND state = 'sending'
"""

_OVERTAKEN = """
UPDATE outbox SET sending_at = NULL,
  state = CASE WHEN gone = 1 AND message_id IS NULL THEN 'dead' ELSE 'parked' END
WHERE id = :id AND state = 'new' AND attempts >= :most
"""

_NEXT_DUE = """
SELECT min(due_at) AS at FROM outbox WHERE state IN ('new', 'sending') AND due_at > :now
"""

PINS = "pins"
"""The topic of what is to be pinned."""

_KNOWN = "SELECT 1 FROM outbox WHERE community = :community AND key = :key"

CLAIMS = (Impersonal("instance", "a random word for this installation", ("token",)),)


def lanes(
    tx: Transaction, platform: PlatformName, now: datetime, settled: datetime
) -> Sequence[Lane]:
    """Return the lanes of one platform in which there is something to do.

    The head is due, or an attempt that began before ``settled`` has no outcome yet.
    """
    rows = tx.all(_LANES, platform=platform, now=to_ms(now), settled=to_ms(settled))
    return [Lane(row["community"], row["kind"], row["place"]) for row in rows]


def head(
    tx: Transaction, lane: Lane, now: datetime, failed: int | None = None
) -> Delivery | None:
    """Return what is next in ``lane``: the first, mostly.

    One that is in doubt and ``failed`` just now lets the next one try in its place.
    """
    first = _after(tx, lane, 0)
    if first is None or first.is_open or first.attempts < MAX_ATTEMPTS:
        return first
    behind = _after(tx, lane, first.id)
    if behind and (behind.is_open or (behind.is_due(now) and first.id == failed)):
        return replace(behind, overtakes=first.id)
    return first


def claim(tx: Transaction, delivery: Delivery, now: datetime) -> None:
    """Note that ``delivery``, which is due, is being sent."""
    thread = delivery.thread.root if delivery.thread else None
    tx.run(_CLAIM, id=delivery.id, at=to_ms(now), thread=thread)


def sent(tx: Transaction, delivery: Delivery, message_id: str) -> None:
    """Note that ``delivery`` stands on the platform as ``message_id``.

    What is to be pinned is then due to be, and what could not be is tried again with
    each edit.
    """
    row = tx.one(_SENT, id=delivery.id, message_id=message_id, version=delivery.version)
    if row is not None and row["pin_due_at"] is not None:
        tx.wake(PINS)
    if delivery.thread is not None:
        tx.run(_OPENED, id=delivery.thread.row)
    if delivery.overtakes is not None:
        tx.run(_OVERTAKEN, id=delivery.overtakes, most=MAX_ATTEMPTS)


NO_THREAD = "no-thread"
"""Why something goes to its channel itself: Laurel may not begin a thread there.

Keys of what is to be granted may follow.
"""


def turned_away(tx: Transaction, delivery: Delivery, *, gone: bool) -> None:
    """Note that its thread does not take it, so that it goes to the channel itself.

    Where the thread is ``gone``, none is begun under that message again.
    """
    if gone and delivery.thread is not None:
        tx.run(_SHUT, id=delivery.thread.row)
    tx.run(_BESIDE, id=delivery.id)


def taken_down(tx: Transaction, delivery: Delivery) -> None:
    """Note that nothing of ``delivery`` stands on the platform any more."""
    tx.run(_TAKEN_DOWN, id=delivery.id)


def again(tx: Transaction, delivery: Delivery, due_at: datetime, reason: str) -> None:
    """Note that the platform did not take it, and when to try again."""
    tx.run(_AGAIN, id=delivery.id, due_at=to_ms(due_at), reason=reason)
    tx.wake("calendar")


def note_unseen(tx: Transaction, delivery: Delivery) -> None:
    """Count that it is sent again though nobody may look whether it stands."""
    tx.run(_UNSEEN, id=delivery.id)


def park(tx: Transaction, delivery: Delivery, reason: str) -> None:
    """Set it aside for a moderator, so that what is behind it goes on.

    Where an attempt was open, that is remembered: trying again begins with looking.
    """
    unknown = int(delivery.sending_at is not None)
    tx.run(_PARK, id=delivery.id, reason=reason, unknown=unknown)


def next_due(tx: Transaction, now: datetime) -> datetime | None:
    """Return the next instant after ``now`` at which a message may go out."""
    row = tx.one(_NEXT_DUE, now=to_ms(now))
    return from_ms(row["at"]) if row and row["at"] is not None else None


def is_known(tx: Transaction, community: Community, key: str) -> bool:
    """Return whether a message was queued under ``key``, whatever became of it."""
    return tx.one(_KNOWN, community=community.id, key=key) is not None


def _after(tx: Transaction, lane: Lane, row: int) -> Delivery | None:
    found = tx.one(
        _HEAD, community=lane.community, kind=lane.kind, place=lane.place, after=row
    )
    return delivery_of(found) if found else None
