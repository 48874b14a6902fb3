"""Which files are taken as evidence, told by their bytes and never by their names.

Taken is what a reviewer can look at without unpacking or running anything: pictures,
sound, films, PDF and plain text. A file is handed on as what it is found to be, with a
name that ends so, whatever its sender called it.
"""

from __future__ import annotations

import re
from pathlib import PurePath
from types import MappingProxyType

from bot.domain import images
from bot.domain.words import clean

PLAIN_TEXT = "text/plain"

MAX_NAME_CHARS = 80

SUFFIXES = MappingProxyType({
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif",
    "image/webp": ".webp", "application/pdf": ".pdf", "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg", "audio/wav": ".wav", "video/mp4": ".mp4",
    "video/webm": ".webm", PLAIN_TEXT: ".txt",
})  # fmt: skip
"""How names end, by media type: all that are taken."""

_OPENINGS = (
    (re.compile(rb"%PDF-\d\.\d"), "application/pdf"),
    (re.compile(rb"ID3[\x02-\x04]|\xff[\xfb\xf3\xf2]"), "audio/mpeg"),
    (re.compile(rb"OggS\x00"), "audio/ogg"),
    (re.compile(rb"RIFF.{4}WAVE", re.DOTALL), "audio/wav"),
    # Newer pictures of phones open alike; few programs can show those.
    (
        re.compile(rb".{4}ftyp(?:iso|mp4|M4[AV]|qt|avc|3gp|dash)", re.DOTALL),
        "video/mp4",
    ),
    (re.compile(rb"\x1aE\xdf\xa3"), "video/webm"),
)

_UNSEEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def media_type_of(content: bytes) -> str | None:
    """Return what a file is; None for what is not taken.

    Raises:
        bot.domain.images.TooManyPixelsError: If it is a picture that is too large.
    """
    try:
        return images.look(content).format
    except images.NotAnImageError:
        pass
    for opening, media_type in _OPENINGS:
        if opening.match(content):
            return media_type
    return PLAIN_TEXT if _is_text(content) else None


def name_for(written: str, media_type: str) -> str:
    """Return a name for a file of a type in `SUFFIXES`: its own, but for the ending.

    Folders go, and all that is unseen; "report.pdf.exe", a text, becomes "report.txt".
    """
    own = clean(PurePath(written.replace("\\", "/")).name)
    stem = own.partition(".")[0].strip()[:MAX_NAME_CHARS]
    return (stem or "file") + SUFFIXES[media_type]


def _is_text(content: bytes) -> bool:
    if _UNSEEN.search(content):
        return False
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(words.strip())
