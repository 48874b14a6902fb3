"""A picture to post, and the message that it belongs to."""

from __future__ import annotations

import struct
import zlib

from bot.chat.adapter import Posting
from bot.chat.message import Card, Picture, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, MemberRef


def png(shade: int = 0) -> bytes:
    """Return a picture of four grey pixels."""
    header = struct.pack(">IIBBBBB", 4, 1, 8, 0, 0, 0, 0)
    content = zlib.compress(bytes([0, shade, shade, shade, shade]))
    chunks = (b"IHDR", header), (b"IDAT", content), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def illustrated(
    to: ChannelRef | MemberRef, shade: int | None = 0, delivery_id: str = "d1"
) -> Posting:
    """Return a card with a picture on its way, or without one that has been drawn."""
    alt = phrase("vocabulary.words", words=Quote("A wreath for Ada"))
    words = phrase("vocabulary.words", words=Quote("Well done"))
    card = Card(body=(words,), picture=Picture("shoutout", alt))
    pictures = {} if shade is None else {0: png(shade)}
    return Posting(to, say(card), "en", delivery_id, pictures)
