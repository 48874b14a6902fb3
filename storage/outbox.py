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
from storage.claims import Claim, Delete, Rewrite, Shown
from storage.database import Transaction
from storage.instants import to_ms

_PUT = """
INSERT INTO outbox (
  community, kind, place, key, body, drawn, due_at, call, queued_at, pinned
) VALUES (
  :community, :kind, :place, :key, :body, :body IS NULL, :at, :call, :at, :pinned
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
_NAMING_IN_DIGEST = f"""
{_SPEAKS_OF} AND f.id IN (
  SELECT f.id FROM outbox AS f JOIN outbox_names AS m ON m.row = f.id
  WHERE m.member = :member AND f.digest IS NOT NULL)
"""  # noqa: S608

_REDRAW_UNSETTLED = f"""
UPDATE outbox SET body = NULL, version = version + 1
WHERE community = :community AND id IN ({_NAMING_IN_DIGEST}
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
"""

_TO_MEMBER = "community = :community AND kind = 'member' AND place = :platform_id"

_ABOUT_MEMBER = f"""
id IN (
  SELECT row FROM outbox_names WHERE member = :member
  UNION ALL
  {_NAMING_IN_DIGEST}
  UNION ALL
  SELECT id FROM outbox
  WHERE community = :community AND kind = 'member' AND place = :platform_id)
"""  # noqa: S608

_NAMED_TO_MEMBER = """
member = :member AND row IN (
  SELECT id FROM outbox
  WHERE community = :community AND kind = 'member' AND place = :platform_id)
"""

# What is drawn is drawn without them, and so is a digest. Else a post that stands is
# taken down, one that is being sent is taken down after it, one that waits is never
# sent. What stands in the member's own direct messages is theirs and stays there: to
# take it down, their id would have to be kept.
_FORGET = """
body = NULL, version = version + 1, due_at = max(due_at, :at),
gone = CASE WHEN part IS NULL AND drawn = 0 THEN 1 ELSE gone END,
reason = CASE WHEN part IS NULL AND drawn = 0 THEN 'erased' ELSE reason END,
state = CASE WHEN kind = 'member' AND place = :platform_id THEN 'dead'
             WHEN part IS NOT NULL OR drawn = 1
               THEN CASE state WHEN 'sent' THEN 'new' ELSE state END
             WHEN state = 'sending' THEN 'sending'
             WHEN state = 'dead' OR message_id IS NULL THEN 'dead'
             ELSE 'new' END,
place = CASE WHEN kind = 'member' AND place = :platform_id THEN '' ELSE place END
"""

# Members are handed what was said to them. What was said to others is theirs, and a
# post is made of facts and words that are handed over already.
CLAIMS = (
    Claim(
        "outbox",
        _TO_MEMBER,
        Rewrite(
            _FORGET,
            _ABOUT_MEMBER,
            texts=("kind", "place", "key", "state", "message_id", "reason", "call"),
        ),
        {"body": Shown.WIRE},
    ),
    Claim(
        "outbox_names",
        _NAMED_TO_MEMBER,
        Delete("member = :member"),
        {"member": Shown.MEMBER},
    ),
)
"""In the order in which erasure needs them."""


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
    """

    to: ChannelRef | MemberRef
    key: str
    body: str | None
    names: tuple[int, ...]
    call: str
    pinned: bool = False


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
    """Return the key of the message that stands in ``channel``, if it is ours."""
    found = {"place": channel.id, "message_id": message_id}
    row = tx.one(_OF_MESSAGE, community=community.id, **found)
    return row["key"] if row else None


def _changed(tx: Transaction, row: sqlite3.Row | None, at: datetime) -> bool:
    """Have what speaks of a changed row drawn anew; False where there is no row."""
    if row is not None and row["digest"] is not None:
        tx.run(_REDRAW, digest=row["digest"], row=row["id"], at=to_ms(at))
    return row is not None
