"""Messages that are drawn when they are about to be sent, from what is so by then.

A row of the outbox that carries no body is drawn by the slice that put it, in the
commit that claims it. So it names nobody who hid meanwhile, speaks the words in force,
and costs whoever caused it no more than a line on disk.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import wire
from bot.chat.message import Message
from bot.chat.routes import DrawSpec
from storage import communities, outbox
from storage.database import Transaction
from storage.delivery import Delivery, Lane

_NOTHING_LEFT = """
UPDATE outbox SET
  gone = 1, version = version + 1, reason = 'cancelled',
  state = CASE WHEN message_id IS NULL THEN 'dead' ELSE state END
WHERE id = :id
"""

Draws = Mapping[str, DrawSpec]
"""Who draws what, by what the keys begin with, ``slice:what:``."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a message shows.

    Attributes:
        names: Keys of the members whom it names, so that their privacy reaches it.
    """

    message: Message
    names: Collection[int] = ()


def draw(
    tx: Transaction, lane: Lane, head: Delivery, draws: Draws, now: datetime
) -> Delivery | None:
    """Return ``head`` with what it shows; None where nothing is left to be said.

    What nobody draws is returned as it is.
    """
    spec = draws.get(_beginning(head.key))
    if spec is None:
        return head
    drawn = spec.unit(tx, communities.by_id(tx, lane.community), head.key, now)
    if drawn is None:
        tx.run(_NOTHING_LEFT, id=head.id)
        return None
    # Whom it named before counts as well: that is in a message on its way, perhaps.
    outbox.name(tx, head.id, drawn.names)
    return replace(head, body=wire.encode(drawn.message))


def about(
    tx: Transaction, lane: Lane, head: Delivery, draws: Draws, now: datetime
) -> Delivery:
    """Return ``head`` knowing what a thread is about that it is to begin."""
    thread = head.thread
    if thread is None or thread.stands or thread.about is not None:
        return head
    spec = draws.get(_beginning(thread.key))
    community = communities.by_id(tx, lane.community)
    drawn = spec.unit(tx, community, thread.key, now) if spec else None
    if drawn is None:
        return head
    return replace(head, thread=replace(thread, about=wire.encode(drawn.message)))


def _beginning(key: str) -> str:
    return "".join(f"{part}:" for part in key.split(":")[:2])
