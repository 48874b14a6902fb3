"""What is a picture, told by its bytes alone: nothing is ever decoded here.

A few kilobytes can claim to be a picture of a hundred thousand pixels square, and take
down whatever shows it. So what a file says of itself is read, from its outline only,
and held against limits before anybody is handed it. Formats: PNG, JPEG, GIF and WebP.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

MAX_PIXELS = 50_000_000
"""Width times height; the cameras of nearly all phones stay below."""

MAX_SIDE = 20_000
"""Longest edge in pixels."""

MAX_MOVING_PIXELS = 500_000_000
"""Width times height times frames, of what moves."""

MAX_SCANS = 100
"""Passes in which a JPEG is drawn: hundreds take minutes, and show nothing more."""


class Format(StrEnum):
    """A kind of picture, as its media type."""

    PNG = "image/png"
    JPEG = "image/jpeg"
    GIF = "image/gif"
    WEBP = "image/webp"


@dataclass(frozen=True, slots=True)
class Image:
    """What a picture says of itself.

    Attributes:
        width: In pixels.

        height: In pixels.

        frames: 1 for what does not move.
    """

    format: Format
    width: int
    height: int
    frames: int = 1


class NotAnImageError(ValueError):
    """The bytes are no picture of a known format, or break off."""


class TooManyPixelsError(ValueError):
    """The picture would fill more memory than anybody should give it."""


_BROKEN = "breaks off, or is no picture"


def look(content: bytes) -> Image:
    """Return what a picture says of itself.

    Raises:
        NotAnImageError: If it is none, or not a whole one.
        TooManyPixelsError: If it is larger than the limits, or claims to be.
    """
    for opening, read in _OPENINGS:
        if opening.match(content):
            try:
                image = read(content)
            except IndexError:
                raise NotAnImageError(_BROKEN) from None
            _check(image)
            return image
    raise NotAnImageError(_BROKEN)


def _check(image: Image) -> None:
    pixels = image.width * image.height
    if min(image.width, image.height, image.frames) < 1:
        raise NotAnImageError(_BROKEN)
    if (
        max(image.width, image.height) > MAX_SIDE
        or pixels > MAX_PIXELS
        or (image.frames > 1 and pixels * image.frames > MAX_MOVING_PIXELS)
    ):
        raise TooManyPixelsError(f"{image.width} x {image.height}, {image.frames}")


def _png(content: bytes) -> Image:
    chunks = _png_chunks(content)
    kind, head, held = next(chunks, (b"", 0, 0))
    if kind != b"IHDR" or held != _PNG_HEAD:
        raise NotAnImageError(_BROKEN)
    width, height = _big(content, head, 4), _big(content, head + 4, 4)
    frames, drawn = 1, False
    for kind, start, held in chunks:
        if kind == b"acTL" and held >= _WORD:
            frames = _big(content, start, 4)
        drawn = drawn or (kind == b"IDAT" and held > 0)
        if kind == b"IEND":
            if drawn:
                return Image(Format.PNG, width, height, frames)
            break
    raise NotAnImageError(_BROKEN)


def _png_chunks(content: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield each whole chunk: its kind, where it starts and how much it holds."""
    at = 8
    while at + 12 <= len(content):
        held = _big(content, at, 4)
        end = at + 8 + held
        if end + 4 > len(content):
            return
        if zlib.crc32(content[at + 4 : end]) != _big(content, end, 4):
            return
        yield content[at + 4 : at + 8], at + 8, held
        at += 12 + held


def _jpeg(content: bytes) -> Image:
    size: tuple[int, int] | None = None
    at = 2
    while True:
        if content[at] != _MARK:
            raise NotAnImageError(_BROKEN)
        while content[at] == _MARK:
            at += 1
        marker, held = content[at], _big(content, at + 1, 2)
        if marker == _SCAN:
            break
        if marker in _FRAMES and size is None:
            size = (_big(content, at + 6, 2), _big(content, at + 4, 2))
        if held < _LEAST_SEGMENT:
            raise NotAnImageError(_BROKEN)
        at += 1 + held
    # What is drawn never holds these two bytes: there, 0 follows 255.
    if size is None or content.find(b"\xff\xd9", at) < 0:
        raise NotAnImageError(_BROKEN)
    if content.count(b"\xff\xda", at - 1) > MAX_SCANS:
        raise TooManyPixelsError("drawn in too many passes")
    return Image(Format.JPEG, *size)


def _gif(content: bytes) -> Image:
    width, height = _little(content, 6, 2), _little(content, 8, 2)
    at = 13 + _palette(content[10])
    frames = 0
    while content[at] != _TRAILER:
        if content[at] == _EXTENSION:
            at = _after_blocks(content, at + 2)
        elif content[at] == _DRAWN:
            # A frame may reach beyond the screen that the head speaks of.
            width = max(
                width, _little(content, at + 1, 2) + _little(content, at + 5, 2)
            )
            height = max(
                height, _little(content, at + 3, 2) + _little(content, at + 7, 2)
            )
            at = _after_blocks(content, at + 11 + _palette(content[at + 9]))
            frames += 1
        else:
            raise NotAnImageError(_BROKEN)
    return Image(Format.GIF, width, height, frames)


def _palette(flags: int) -> int:
    """Return how many bytes the table of colours takes."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, at: int) -> int:
    while held := content[at]:
        at += 1 + held
    return at + 1


def _webp(content: bytes) -> Image:
    end = 8 + _little(content, 4, 4)
    if end > len(content):
        raise NotAnImageError(_BROKEN)
    size: tuple[int, int] | None = None
    moving = drawn = 0
    at = 12
    while at + 8 <= end:
        kind, held, start = content[at : at + 4], _little(content, at + 4, 4), at + 8
        if start + held > end:
            raise NotAnImageError(_BROKEN)
        if kind == b"VP8X":
            size = (
                _little(content, start + 4, 3) + 1,
                _little(content, start + 7, 3) + 1,
            )
        elif kind == b"ANMF":
            frame = (
                _little(content, start + 6, 3) + 1,
                _little(content, start + 9, 3) + 1,
            )
            size = _larger(size, frame)
            moving += 1
        elif kind in _WEBP_DRAWN:
            # The canvas is what is shown, the drawing what is decoded.
            size = _larger(size, _WEBP_DRAWN[kind](content, start))
            drawn += 1
        at = start + held + held % 2
    if size is None or not drawn + moving:
        raise NotAnImageError(_BROKEN)
    return Image(Format.WEBP, *size, frames=max(moving, 1))


def _larger(one: tuple[int, int] | None, other: tuple[int, int]) -> tuple[int, int]:
    return (max(one[0], other[0]), max(one[1], other[1])) if one else other


def _lossy(content: bytes, start: int) -> tuple[int, int]:
    if content[start + 3 : start + 6] != b"\x9d\x01\x2a":
        raise NotAnImageError(_BROKEN)
    mask = 0x3FFF
    return _little(content, start + 6, 2) & mask, _little(content, start + 8, 2) & mask


def _lossless(content: bytes, start: int) -> tuple[int, int]:
    if content[start] != _LOSSLESS_OPENING:
        raise NotAnImageError(_BROKEN)
    bits = _little(content, start + 1, 4)
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _big(content: bytes, at: int, count: int) -> int:
    return int.from_bytes(_slice(content, at, count), "big")


def _little(content: bytes, at: int, count: int) -> int:
    return int.from_bytes(_slice(content, at, count), "little")


def _slice(content: bytes, at: int, count: int) -> bytes:
    if at + count > len(content):
        raise NotAnImageError(_BROKEN)
    return content[at : at + count]


_PNG_HEAD = 13
_WORD = 8

_MARK = 0xFF
_SCAN = 0xDA
_LEAST_SEGMENT = 2
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of a JPEG behind which its size stands."""

_EXTENSION = 0x21
_DRAWN = 0x2C
_TRAILER = 0x3B

_LOSSLESS_OPENING = 0x2F
_WEBP_DRAWN: dict[bytes, Callable[[bytes, int], tuple[int, int]]] = {
    b"VP8 ": _lossy,
    b"VP8L": _lossless,
}

_OPENINGS: tuple[tuple[re.Pattern[bytes], Callable[[bytes], Image]], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), _png),
    (re.compile(rb"\xff\xd8\xff"), _jpeg),
    (re.compile(rb"GIF8[79]a"), _gif),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), _webp),
)
