"""What was taken back, how and by whom. The shoutout itself is never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.community import Community
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction
from storage.instants import to_ms

_ADD = """
INSERT INTO retractions (shoutout, community, operation, member, way, words, at)
VALUES (:shoutout, :community, :operation, :member, :way, :words, :at)
"""

CLAIMS = (
    Claim(
        "retractions",
        "member = :member",
        Keep("others' counts rest on it", texts=("operation", "way")),
        {"member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Retraction:
    """How a shoutout was taken back.

    Attributes:
        way: ``undo`` by the giver within minutes, ``retract`` later and by others.

        words: Id of the reason; None for an undo.
    """

    operation: str
    member: int
    way: str
    words: int | None
    at: datetime


def add(
    tx: Transaction, community: Community, shoutout: int, taken: Retraction
) -> None:
    """Record that a shoutout, which stands, was taken back."""
    tx.run(
        _ADD,
        shoutout=shoutout,
        community=community.id,
        operation=taken.operation,
        member=taken.member,
        way=taken.way,
        words=taken.words,
        at=to_ms(taken.at),
    )
