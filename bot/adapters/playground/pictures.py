"""Pictures of messages, as PNG, kept beside them."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from storage.database import Transaction

_SIZE = struct.Struct(">II")
_SIZE_AT = 16
"""Where a PNG file says how wide and how high it is."""


@dataclass(frozen=True, slots=True)
class Size:
    """How large a picture is, in pixels."""

    width: int
    height: int


def keep(tx: Transaction, message_id: int, pictures: Mapping[int, bytes]) -> None:
    """Keep the pictures of a message in place of those that it had."""
    drop(tx, message_id)
    for node, png in pictures.items():
        width, height = _SIZE.unpack_from(png, _SIZE_AT)
        tx.run(
            "INSERT INTO pictures (message, node, width, height, png) "
            "VALUES (:message, :node, :width, :height, :png)",
            message=message_id,
            node=node,
            width=width,
            height=height,
            png=png,
        )


def drop(tx: Transaction, message_id: int) -> None:
    """Forget the pictures of a message."""
    tx.run("DELETE FROM pictures WHERE message = :message", message=message_id)


def find(tx: Transaction, message_id: int, node: int) -> bytes | None:
    """Return the picture of a card, by where it stands; None where there is none."""
    row = tx.one(
        "SELECT png FROM pictures WHERE message = :message AND node = :node",
        message=message_id,
        node=node,
    )
    return None if row is None else bytes(row["png"])


def sizes(drawn: str | None) -> dict[int, Size]:
    """Return what ``drawn`` of a row of messages says: how large each picture is."""
    found = {}
    for each in (drawn or "").split(","):
        if each:
            node, width, height = map(int, each.split())
            found[node] = Size(width, height)
    return found
