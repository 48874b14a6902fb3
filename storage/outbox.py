"""What is to be said, in the transaction of the fact that it announces.

A row is one message on a platform, from before it is posted until after it is taken
down. ``version`` is what it should show and ``sent_version`` what stands there; the
courier makes the second follow the first. Rows go out in the order of their ids, one
at a time in each lane: a channel, or a member's direct messages.

A row without a body is drawn when it is about to be sent, by `storage.drawings`: it
tells what is so by then. What is to be told of it anew raises the version alone.

What `storage.digests` has folded is said by a digest and never alone. Whatever befalls
such a row takes the body from the messages that speak of it, and they are drawn anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from bot.domain.refs import ChannelRef, MemberRef, PlatformName
from storage.database import Transaction
from storage.instants import to_ms

_PUT = """
INSERT INTO outbox (
  community, kind, place, key, body, drawn, due_at, call, queued_at, pinned, under
) VALUES (
  :community, :kind, :place, :key, :body, :body IS NULL, :at, :call, :at, :pinned,
  :under
)
"""

# What is put under a reply goes beside it: threads have no threads.
_PARENT = """
SELECT coalesce(under, id) AS id FROM outbox
WHERE community = :community AND kind = 'channel' AND place = :place AND key = :key
  AND closes = 0
"""

_THREAD = """
SELECT id, kind, place, call FROM outbox
WHERE community = :community AND key = :key AND kind = 'channel' AND under IS NULL
"""

_NOT_YET_CLOSED = """
DELETE FROM outbox WHERE community = :community AND key = :key AND closes = 1
"""

# It waits its turn behind what is said there; nothing of it is ever shown.
_CLOSE = """
INSERT INTO outbox (
  community, kind, place, key, body, due_at, call, queued_at, under, closes
) VALUES (
  :community, :kind, :place, :key, '', :at, :call, :at, :under, 1
)
"""

_NAME = """
INSERT INTO outbox_names (member, row) VALUES (:member, :row) ON CONFLICT DO NOTHING
"""

_EDIT = """
UPDATE outbox SET
  body = :body, version = version + 1, due_at = :at,
  state = CASE state WHEN 'sent' THEN 'new' ELSE state END
WHERE community = :community AND key = :key AND gone = 0 AND state <> 'dead'
RETURNING id, digest
"""

_DRAW_ANEW = """
UPDATE outbox SET
  version = version + 1, due_at = :at,
  state = CASE state WHEN 'sent' THEN 'new' ELSE state END
WHERE community = :community AND key = :key AND drawn = 1
  AND gone = 0 AND state <> 'dead'
RETURNING id, digest
"""

_REMOVE = """
UPDATE outbox SET
  gone = 1, version = version + 1, due_at = :at,
  reason = CASE WHEN state IN ('new', 'parked', 'folded') AND message_id IS NULL
                THEN 'cancelled' ELSE reason END,
  state = CASE WHEN state = 'sending' THEN 'sending'
               WHEN message_id IS NULL THEN 'dead' ELSE 'new' END
WHERE community = :community AND key = :key AND gone = 0 AND state <> 'dead'
RETURNING id, digest
"""

# A message of a digest speaks of what was folded where both name the same member.
_SPEAKS_OF = """
SELECT p.id FROM outbox AS p
JOIN outbox AS f ON f.digest = p.digest AND f.part IS NULL
JOIN outbox_names AS fn ON fn.row = f.id
JOIN outbox_names AS pn ON pn.row = p.id AND pn.member = fn.member
WHERE p.part IS NOT NULL AND p.gone = 0 AND p.state <> 'dead'
"""

_REDRAW = f"""
UPDATE outbox SET
  body = NULL, version = version + 1, due_at = max(due_at, :at),
  state = CASE state WHEN 'sent' THEN 'new' ELSE state END
WHERE id IN ({_SPEAKS_OF} AND p.digest = :digest AND f.id = :row)
"""  # noqa: S608  made of this module's own words, as what follows

# Those of a digest that name a member, as giver or as receiver.
NAMING_IN_DIGEST = f"""
{_SPEAKS_OF} AND f.id IN (
  SELECT f.id FROM outbox AS f JOIN outbox_names AS m ON m.row = f.id
  WHERE m.member = :member AND f.digest IS NOT NULL)
"""  # noqa: S608
"""Ids of those messages."""

_REDRAW_UNSETTLED = f"""
UPDATE outbox SET body = NULL, version = version + 1
WHERE community = :community AND id IN ({NAMING_IN_DIGEST}
  AND p.state IN ('new', 'sending', 'parked'))
"""  # noqa: S608

# What is not settled is found by the very states that its indexes are kept of; by any
# other, all that was ever sent is looked through.
_UNSETTLED_NAMING = """
UPDATE outbox SET version = version + 1
WHERE drawn = 1 AND gone = 0 AND id IN (
    SELECT id FROM outbox
    WHERE community = :community AND kind = 'channel' AND state IN ('new', 'sending')
    UNION ALL
    SELECT id FROM outbox
    WHERE community = :community AND kind = 'channel' AND state = 'parked')
  AND EXISTS (SELECT 1 FROM outbox_names AS n
              WHERE n.row = outbox.id AND n.member = :member)
"""

_DROP_DIRECT = """
UPDATE outbox SET
  gone = 1, version = version + 1, due_at = :at, reason = 'cancelled',
  state = CASE WHEN state = 'sending' THEN 'sending' ELSE 'dead' END
WHERE community = :community AND kind = 'member' AND place = :place AND gone = 0
  AND message_id IS NULL AND state IN ('new', 'sending', 'parked')
"""

_OF_MESSAGE = """
SELECT key FROM outbox
WHERE community = :community AND place = :place AND message_id = :message_id
UNION ALL
SELECT key FROM outbox
WHERE community = :community AND thread = :place AND message_id = :message_id
"""


def topic(platform: PlatformName) -> str:
    """Return what a courier listens to, beside ``outbox``, which is for all."""
    return f"outbox:{platform}"


@dataclass(frozen=True, slots=True)
class Parcel:
    """A message to be said.

    Attributes:
        key: Unique in the community, ``slice:what:id``; edits and removals name it.

        body: The message on the wire; None where a cog declares, by `draws`, how what
            has such a key is drawn when it is about to be sent.

        names: Keys of the members whom its body names, so that their privacy reaches
            it. What is drawn later is noted then.

        call: Id of the call that caused it, for the log.

        pinned: Whether it is to stand pinned, where the platform lets Laurel.

        under: Key of the message, put before and for the same channel, in whose
            thread it goes; None for the channel itself. Where that message or its
            thread is no more, or never came to stand, this goes to the channel too.
    """

    to: ChannelRef | MemberRef
    key: str
    body: str | None
    names: tuple[int, ...]
    call: str
    pinned: bool = False
    under: str | None = None


def put(tx: Transaction, community: Community, parcel: Parcel, at: datetime) -> None:
    """Queue ``parcel``; it is delivered after this unit is on disk, or not at all."""
    row = tx.add(
        _PUT,
        community=community.id,
        kind="channel" if isinstance(parcel.to, ChannelRef) else "member",
        place=parcel.to.id,
        key=parcel.key,
        body=parcel.body,
        call=parcel.call,
        pinned=int(parcel.pinned),
        under=_parent(tx, community, parcel),
        at=to_ms(at),
    )
    name(tx, row, parcel.names)
    tx.wake(topic(community.ref.platform))


def name(tx: Transaction, row: int, members: Collection[int]) -> None:
    """Note that a message names these as well, so that their privacy reaches it."""
    for member in sorted(set(members)):
        tx.run(_NAME, member=member, row=row)


def edit(
    tx: Transaction, community: Community, key: str, body: str, at: datetime
) -> bool:
    """Have the message show ``body``; False where there is none, or it is gone."""
    tx.wake(topic(community.ref.platform))
    row = tx.one(_EDIT, community=community.id, key=key, body=body, at=to_ms(at))
    return _changed(tx, row, at)


def redraw(tx: Transaction, community: Community, key: str, at: datetime) -> bool:
    """Have a message that carries no body be drawn anew, whether it stands or waits.

    Returns False where there is no such message, or it is gone.
    """
    tx.wake(topic(community.ref.platform))
    row = tx.one(_DRAW_ANEW, community=community.id, key=key, at=to_ms(at))
    return _changed(tx, row, at)


def remove(tx: Transaction, community: Community, key: str, at: datetime) -> bool:
    """Have the message taken down, or never posted where it is not yet.

    Returns False where there is no such message, or it is taken down already.
    """
    tx.wake(topic(community.ref.platform))
    row = tx.one(_REMOVE, community=community.id, key=key, at=to_ms(at))
    return _changed(tx, row, at)


def close_thread(tx: Transaction, community: Community, key: str, at: datetime) -> bool:
    """Close the thread of a message once all that waits for it is said there.

    What is put there later opens it again. False where there is no such message.
    """
    row = tx.one(_THREAD, community=community.id, key=key)
    if row is None:
        return False
    key = f"threads:close:{row['id']}"
    tx.run(_NOT_YET_CLOSED, community=community.id, key=key)
    here = {name: row[name] for name in ("kind", "place", "call")}
    under: int = row["id"]
    tx.add(_CLOSE, community=community.id, key=key, under=under, at=to_ms(at), **here)
    tx.wake(topic(community.ref.platform))
    return True


def draw_anew_naming(tx: Transaction, community: Community, member: int) -> None:
    """Have what may still go out to a channel, and names ``member``, be drawn anew.

    What waits is drawn late enough anyway; what is being sent is edited after it.
    """
    tx.run(_UNSETTLED_NAMING, community=community.id, member=member)
    tx.run(_REDRAW_UNSETTLED, community=community.id, member=member)


def drop_direct(
    tx: Transaction, community: Community, to: MemberRef, at: datetime
) -> None:
    """Never send the direct messages to a member that are not sent yet."""
    tx.run(_DROP_DIRECT, community=community.id, place=to.id, at=to_ms(at))
    tx.wake(topic(community.ref.platform))


def key_of(
    tx: Transaction, community: Community, channel: ChannelRef, message_id: str
) -> str | None:
    """Return the key of the message that stands in a channel or thread, if ours."""
    found = {"place": channel.id, "message_id": message_id}
    row = tx.one(_OF_MESSAGE, community=community.id, **found)
    return row["key"] if row else None


def _parent(tx: Transaction, community: Community, parcel: Parcel) -> int | None:
    """Return the row in whose thread ``parcel`` goes; None for the place itself."""
    if parcel.under is None or not isinstance(parcel.to, ChannelRef):
        return None
    named = {"place": parcel.to.id, "key": parcel.under}
    row = tx.one(_PARENT, community=community.id, **named)
    return row["id"] if row else None


def _changed(tx: Transaction, row: sqlite3.Row | None, at: datetime) -> bool:
    """Have what speaks of a changed row drawn anew; False where there is no row."""
    if row is not None and row["digest"] is not None:
        tx.run(_REDRAW, digest=row["digest"], row=row["id"], at=to_ms(at))
    return row is not None
