"""Files that a platform keeps for messages of Laurel's, so that they go with them.

A picture names people. Where a platform keeps it apart from the message that shows it,
taking down the message is not enough.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.community import Community
from bot.domain.refs import ChannelRef, MemberRef
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction

# What stands in a member's own direct messages is theirs and stays there: to take it
# down, their id would have to be kept.
CLAIMS = (
    Claim(
        "uploads",
        "community = :community AND place = :platform_id",
        Delete(),
        {"digest": Shown.HIDDEN},
    ),
)

_OF_MESSAGE = """
FROM uploads
WHERE community = :community AND place = :place AND message_id = :message_id
"""


def put(
    tx: Transaction,
    community: Community,
    to: ChannelRef | MemberRef,
    message_id: str,
    files: Mapping[bytes, str],
) -> None:
    """Note the platform's ids of a message's files, by digest, and of no others."""
    named = _named(community, to, message_id)
    tx.run(f"DELETE {_OF_MESSAGE}", **named)
    for digest, file in files.items():
        tx.run(
            "INSERT INTO uploads (community, place, message_id, digest, file) "
            "VALUES (:community, :place, :message_id, :digest, :file)",
            **named,
            digest=digest,
            file=file,
        )


def of_message(
    tx: Transaction, community: Community, to: ChannelRef | MemberRef, message_id: str
) -> dict[bytes, str]:
    """Return the platform's ids of a message's files, by the digest of what is in."""
    named = _named(community, to, message_id)
    rows = tx.all(f"SELECT digest, file {_OF_MESSAGE}", **named)
    return {bytes(row["digest"]): row["file"] for row in rows}


def _named(
    community: Community, to: ChannelRef | MemberRef, message_id: str
) -> dict[str, int | str]:
    return {"community": community.id, "place": to.id, "message_id": message_id}
