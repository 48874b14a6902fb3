"""A member's own quiet hours, in which nothing is sent to them that can wait.

They are asked for when a direct message is about to be sent. So they also hold for what
is tried again and for what was edited while it waited, and whoever changes them changes
them for what waits already. What a member asked for is answered where they asked, and
never comes this way; what stands is changed at once, since that tells nobody.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.community import Community
from bot.domain.refs import MemberRef
from storage import communities, members
from storage.database import Transaction
from storage.delivery import Delivery, Lane
from storage.instants import to_ms

_PUT_OFF = "UPDATE outbox SET due_at = :over WHERE id = :id"

_LOOK_AGAIN = """
UPDATE outbox SET due_at = min(due_at, :at)
WHERE community = :community AND kind = 'member' AND place = :place
  AND state = 'new' AND message_id IS NULL AND attempts = 0
"""


def put_off(tx: Transaction, lane: Lane, head: Delivery, now: datetime) -> Delivery:
    """Return ``head``, which is due, as it is; or due later, where a member rests."""
    if not isinstance(head.to, MemberRef) or head.message_id or head.gone:
        return head
    community = communities.by_id(tx, lane.community)
    member = members.find(tx, community, head.to, now)
    over = member.quiet.over_at(now, member.zone) if member and member.quiet else None
    if over is None:
        return head
    tx.run(_PUT_OFF, id=head.id, over=to_ms(over))
    tx.wake("calendar")
    return replace(head, due_at=over)


def look_again(
    tx: Transaction, community: Community, to: MemberRef, at: datetime
) -> None:
    """Have what waits for a member be due, so that it is asked again how long."""
    tx.run(_LOOK_AGAIN, community=community.id, place=to.id, at=to_ms(at))
    tx.wake("outbox")
