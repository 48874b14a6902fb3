"""Messages that name many, and are drawn anew rather than taken down.

Where somebody in one is hidden or erased, it waits until whoever put it has drawn it
without them, and then shows that: what stands is edited in its place.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage import outbox
from storage.database import Transaction
from storage.outbox import Parcel

_ANEW = "UPDATE outbox SET anew = 1 WHERE community = :community AND key = :key"

_UNNAME = """
DELETE FROM outbox_names WHERE row IN (
  SELECT id FROM outbox WHERE community = :community AND key = :key)
"""

_NAME = """
INSERT INTO outbox_names (member, row)
SELECT :member, id FROM outbox WHERE community = :community AND key = :key
"""

_BODY = "SELECT body FROM outbox WHERE community = :community AND key = :key"


@dataclass(frozen=True, slots=True)
class Drawing:
    """What a message is to show.

    Attributes:
        body: The message on the wire.

        names: Keys of the members whom it names.
    """

    body: str
    names: Collection[int]


def put(tx: Transaction, community: Community, parcel: Parcel, at: datetime) -> None:
    """Queue ``parcel``, which `show` can draw anew."""
    outbox.put(tx, community, parcel, at)
    tx.run(_ANEW, community=community.id, key=parcel.key)


def show(
    tx: Transaction, community: Community, key: str, drawing: Drawing, at: datetime
) -> None:
    """Have the message show ``drawing``, whether it stands, waits or is held back.

    One that is gone stays so, and one that shows it already is not edited.
    """
    row = tx.one(_BODY, community=community.id, key=key)
    if row is None:
        return
    if row["body"] != drawing.body:
        outbox.edit(tx, community, key, drawing.body, at)
    tx.run(_UNNAME, community=community.id, key=key)
    for member in sorted(set(drawing.names)):
        tx.run(_NAME, community=community.id, key=key, member=member)
    outbox.release(tx, community, key, drawing.body, at)
