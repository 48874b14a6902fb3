"""What stands of the messages whose keys begin alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.community import Community
from bot.domain.refs import ChannelRef
from storage.database import Transaction

# Of a range of the unique key, in which the last of the prefix is counted up by one.
_POSTED = """
SELECT key, place, body, gone, state FROM outbox
WHERE community = :community AND kind = 'channel' AND key >= :prefix AND key < :end
ORDER BY id
"""

_NAMING = """
SELECT o.key FROM outbox AS o JOIN outbox_names AS n ON n.row = o.id
WHERE o.community = :community AND o.kind = 'channel' AND o.gone = 0
  AND o.key >= :prefix AND o.key < :end AND n.member = :member
ORDER BY o.id
"""

_REACHED = """
SELECT 1 FROM outbox
WHERE community = :community AND key = :key AND message_id IS NOT NULL
"""


@dataclass(frozen=True, slots=True)
class Posted:
    """A message to a channel, from when it is queued.

    Attributes:
        body: What it shows or is to show, on the wire; None where it is no more.

        stands: Whether it is there or on its way; false too where a person took it
            away.

        taken_away: Whether a person did.
    """

    key: str
    channel: ChannelRef
    body: str | None
    stands: bool
    taken_away: bool


def posted(tx: Transaction, community: Community, prefix: str) -> Sequence[Posted]:
    """Return the messages whose keys begin with ``prefix``, oldest first."""
    rows = tx.all(_POSTED, community=community.id, prefix=prefix, end=_end(prefix))
    return [
        Posted(
            key=row["key"],
            channel=ChannelRef(community.ref, row["place"]),
            body=row["body"],
            stands=not row["gone"] and row["state"] != "dead",
            taken_away=not row["gone"] and row["state"] == "dead",
        )
        for row in rows
    ]


def was_posted(tx: Transaction, community: Community, key: str) -> bool:
    """Return whether the message of this key has reached the platform."""
    return tx.one(_REACHED, community=community.id, key=key) is not None


def naming(
    tx: Transaction, community: Community, prefix: str, member: int
) -> Sequence[str]:
    """Return the keys of those messages that name a member, or have done so."""
    rows = tx.all(
        _NAMING,
        community=community.id,
        prefix=prefix,
        end=_end(prefix),
        member=member,
    )
    return [row["key"] for row in rows]


def _end(prefix: str) -> str:
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
