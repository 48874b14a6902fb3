"""Tables of messages, of what was read and of the clock: plain SQL in plain units."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import timedelta

from bot.adapters.playground import pictures
from bot.adapters.playground.records import PLAYGROUND, Draft, Post, Spot
from bot.adapters.playground.residents import CHANGED
from bot.chat import wire
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from storage.database import Transaction
from storage.instants import from_ms, to_ms

_ADD_MESSAGE = """
INSERT INTO messages
  (community, room, author, body, locale, delivery_id, at, visible_to, under,
   revision)
VALUES
  (:community, :room, :author, :body, :locale, :delivery_id, :at, :visible_to, :under,
   :revision)
"""
_EDIT = """
UPDATE messages SET body = :body, locale = :locale, edited = 1, revision = :revision
WHERE id = :id AND community = :community AND removed = 0
"""
_REMOVE = """
UPDATE messages SET removed = 1, revision = :revision
WHERE id = :id AND community = :community AND removed = 0
RETURNING under
"""
_TELL_ROOT = """
UPDATE messages SET closed = min(closed, :closed), revision = :revision
WHERE id = :id AND removed = 0
"""
_CLOSE = """
UPDATE messages SET closed = 1, revision = :revision
WHERE id = :id AND community = :community AND room = :room AND removed = 0
"""
_PIN = """
UPDATE messages SET pinned = :pinned, revision = :revision
WHERE id = :id AND community = :community AND room = :room AND removed = 0
"""
_SELECT = """
SELECT *, (SELECT group_concat(node || ' ' || width || ' ' || height)
           FROM pictures WHERE message = messages.id) AS drawn,
  (SELECT count(*) FROM messages AS r
   WHERE r.under = messages.id AND r.removed = 0 AND r.visible_to IS NULL) AS replies
FROM messages
"""
_VISIBLE = f"""{_SELECT}
WHERE community = :community AND room = :room
  AND (visible_to IS NULL OR visible_to = :member)
  AND CASE WHEN :under IS NULL THEN under IS NULL
           ELSE under = :under OR id = :under END
"""
_UNREAD = """
SELECT m.room AS room, count(*) AS unread
FROM messages m
LEFT JOIN reads r
  ON r.community = m.community AND r.member = :member AND r.room = m.room
WHERE m.id > (SELECT read_before FROM state) AND m.community = :community
  AND m.removed = 0 AND m.author <> :member
  AND (m.visible_to IS NULL OR m.visible_to = :member)
  AND m.id > coalesce(r.through, 0)
GROUP BY m.room
"""
_MARK_READ = """
INSERT INTO reads (community, member, room, through)
SELECT :community, :member, :room, coalesce(max(id), 0) FROM messages
WHERE community = :community AND room = :room
ON CONFLICT (community, member, room) DO UPDATE SET through = excluded.through
WHERE excluded.through > reads.through
"""


def add_messages(tx: Transaction, drafts: Iterable[Draft]) -> None:
    """Keep ``drafts``, the oldest first, as history that everybody has read."""
    for draft in drafts:
        add_message(tx, draft)
    tx.run("UPDATE state SET read_before = coalesce((SELECT max(id) FROM messages), 0)")


def add_message(tx: Transaction, draft: Draft) -> int:
    """Post ``draft`` and return its id; the first one's where it was posted before."""
    if draft.delivery_id is not None:
        found = tx.one(
            "SELECT id FROM messages WHERE delivery_id = :delivery_id "
            "ORDER BY id LIMIT 1",
            delivery_id=draft.delivery_id,
        )
        if found is not None:
            return int(found["id"])
    return deliver(tx, draft)


def deliver(tx: Transaction, draft: Draft) -> int:
    """Post ``draft`` and return its id, whether or not it was posted before."""
    added = tx.add(
        _ADD_MESSAGE,
        community=draft.room.community.id,
        room=draft.room.id,
        author=draft.author.id,
        body=wire.encode(draft.body),
        locale=draft.locale,
        delivery_id=draft.delivery_id,
        at=to_ms(draft.at),
        visible_to=draft.visible_to,
        under=draft.under,
        revision=_next_revision(tx),
    )
    if draft.under is not None and draft.visible_to is None:
        _tell_root(tx, draft.under, closed=False)
    pictures.keep(tx, added, draft.pictures)
    return added


def edit_message(tx: Transaction, message_id: int, draft: Draft) -> bool:
    """Put ``draft`` in place of what stands; return whether anything stood there."""
    changed = tx.run(
        _EDIT,
        id=message_id,
        community=draft.room.community.id,
        body=wire.encode(draft.body),
        locale=draft.locale,
        revision=_next_revision(tx),
    )
    if changed:
        pictures.keep(tx, message_id, draft.pictures)
    return changed == 1


def remove_message(tx: Transaction, at: ChannelRef, message_id: int) -> None:
    """Take a message down; one that is gone stays gone."""
    removed = tx.one(
        _REMOVE,
        id=message_id,
        community=at.community.id,
        revision=_next_revision(tx),
    )
    if removed is not None:
        pictures.drop(tx, message_id)
        if removed["under"] is not None:
            _tell_root(tx, removed["under"], closed=True)


def close_thread(tx: Transaction, room: ChannelRef, root: int) -> None:
    """Note that a message's thread is closed until somebody writes there."""
    here = {"community": room.community.id, "room": room.id}
    tx.run(_CLOSE, id=root, revision=_next_revision(tx), **here)


def pin_message(
    tx: Transaction, at: ChannelRef, message_id: int, *, pinned: bool
) -> bool:
    """Pin a message or take it off; return whether it stands."""
    changed = tx.run(
        _PIN,
        id=message_id,
        community=at.community.id,
        room=at.id,
        pinned=int(pinned),
        revision=_next_revision(tx),
    )
    return changed == 1


def mark_read(tx: Transaction, member: MemberRef, room: ChannelRef) -> None:
    """Note that ``member`` has seen all that stands in ``room``."""
    seen = tx.run(
        _MARK_READ, community=room.community.id, member=member.id, room=room.id
    )
    if seen:
        tx.wake(CHANGED)


def move_clock(tx: Transaction, by: timedelta) -> timedelta:
    """Move the clock forwards and return its new distance from the wall's."""
    row = tx.one(
        "UPDATE state SET clock_offset_ms = clock_offset_ms + :by "
        "RETURNING clock_offset_ms",
        by=max(0, by // timedelta(milliseconds=1)),
    )
    tx.wake(CHANGED)
    return timedelta(milliseconds=row["clock_offset_ms"] if row else 0)


def clock_offset(tx: Transaction) -> timedelta:
    """Return how far the clock stands ahead of the wall's."""
    row = tx.one("SELECT clock_offset_ms FROM state")
    return timedelta(milliseconds=row["clock_offset_ms"] if row else 0)


def revision(tx: Transaction) -> int:
    """Return the number of the last change."""
    row = tx.one("SELECT revision FROM state")
    return int(row["revision"]) if row else 0


def latest(
    tx: Transaction, spot: Spot, member: str, before: int, count: int
) -> list[Post]:
    """Return the last ``count`` posts that ``member`` sees, ids below ``before``."""
    rows = tx.all(
        f"{_VISIBLE} AND removed = 0 AND id < :before ORDER BY id DESC LIMIT :count",
        community=spot.room.community.id,
        room=spot.room.id,
        under=spot.under,
        member=member,
        before=before,
        count=count,
    )
    return [_post(row) for row in reversed(rows)]


def changed_since(tx: Transaction, spot: Spot, member: str, after: int) -> list[Post]:
    """Return what ``member`` saw change since revision ``after``, removals too."""
    rows = tx.all(
        f"{_VISIBLE} AND revision > :after ORDER BY revision LIMIT 200",
        community=spot.room.community.id,
        room=spot.room.id,
        under=spot.under,
        member=member,
        after=after,
    )
    return [_post(row) for row in rows]


def message(tx: Transaction, community: CommunityRef, message_id: int) -> Post | None:
    """Return the post, where it stands."""
    row = tx.one(
        f"{_SELECT} WHERE id = :id AND community = :community AND removed = 0",
        id=message_id,
        community=community.id,
    )
    return None if row is None else _post(row)


def delivered(tx: Transaction, room: ChannelRef, delivery_id: str) -> int | None:
    """Return the id of the post that carries ``delivery_id``, where it stands."""
    row = tx.one(
        "SELECT id FROM messages WHERE delivery_id = :delivery_id "
        "AND community = :community AND room = :room AND removed = 0 "
        "ORDER BY id LIMIT 1",
        delivery_id=delivery_id,
        community=room.community.id,
        room=room.id,
    )
    return None if row is None else int(row["id"])


def unread(tx: Transaction, member: MemberRef) -> dict[str, int]:
    """Return how many messages ``member`` has not seen, by room."""
    rows = tx.all(_UNREAD, community=member.community.id, member=member.id)
    return {row["room"]: row["unread"] for row in rows}


def _post(row: sqlite3.Row) -> Post:
    community = CommunityRef(PLAYGROUND, row["community"])
    draft = Draft(
        ChannelRef(community, row["room"]),
        MemberRef(community, row["author"]),
        wire.decode_message(row["body"]),
        from_ms(row["at"]),
        locale=row["locale"],
        delivery_id=row["delivery_id"],
        visible_to=row["visible_to"],
        under=row["under"],
    )
    return Post(
        row["id"],
        draft,
        bool(row["edited"]),
        bool(row["removed"]),
        row["revision"],
        bool(row["pinned"]),
        pictures.sizes(row["drawn"]),
        row["replies"],
        bool(row["closed"]),
    )


def _tell_root(tx: Transaction, root: int, *, closed: bool) -> None:
    """Have tabs draw the message anew that a thread is under.

    What is said in a closed thread opens it.
    """
    tx.run(_TELL_ROOT, id=root, closed=int(closed), revision=_next_revision(tx))


def _next_revision(tx: Transaction) -> int:
    row = tx.one("UPDATE state SET revision = revision + 1 RETURNING revision")
    tx.wake(CHANGED)
    return int(row["revision"]) if row else 0
