"""What cameras and programs write into a picture besides it, and how it is left out.

A photograph tells where and when it was taken, with which device, and holds what was
cropped away as a small copy. Who reviews a check-in has no need of that. What is drawn
is not touched, nor are its colours; which way is up is kept.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator

from bot.domain.images import Format

_PNG_TOLD = frozenset({b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"})
_WEBP_TOLD = frozenset({b"EXIF", b"XMP "})
_WEBP_FLAGS = 0x0C
"""Which parts of `_WEBP_TOLD` there are, in the first byte of the part ``VP8X``."""

_EXIF = b"Exif\x00\x00"
_ICC = b"ICC_PROFILE\x00"
_UPRIGHT = 1
_TURNED = range(2, 9)
_ORIENTATION = 0x0112

_SCAN = 0xDA
_END = 0xD9
_APP0 = 0xE0
_APP1 = 0xE1
_APP2 = 0xE2
_APP14 = 0xEE
_SAID = 0xFE
_APPS = range(0xE0, 0xF0)

_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")
"""The next part of a JPEG; within what is drawn, these bytes follow 255 as data."""


def without(content: bytes, kind: Format) -> bytes:
    """Return a picture, which `bot.domain.images.look` has let through, without traces.

    What moves as GIF is returned as it is: no camera writes that.
    """
    clean = _CLEANED.get(kind)
    return clean(content) if clean else content


def _png(content: bytes) -> bytes:
    kept, at = [content[:8]], 8
    while at + 12 <= len(content):
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        kind = content[at + 4 : at + 8]
        if kind not in _PNG_TOLD:
            kept.append(content[at:end])
        if kind == b"IEND":
            break
        at = end
    return b"".join(kept)


def _webp(content: bytes) -> bytes:
    kept, at = [b"WEBP"], 12
    end = min(len(content), 8 + int.from_bytes(content[4:8], "little"))
    while at + 8 <= end:
        held = int.from_bytes(content[at + 4 : at + 8], "little")
        after = at + 8 + held + held % 2
        kind, part = content[at : at + 4], content[at:after]
        if kind == b"VP8X":
            part = part[:8] + bytes((part[8] & ~_WEBP_FLAGS,)) + part[9:]
        if kind not in _WEBP_TOLD:
            kept.append(part)
        at = after
    whole = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(whole)) + whole


def _jpeg(content: bytes) -> bytes:
    kept, turned = [content[:2]], _UPRIGHT
    for marker, part in _parts(content):
        payload = part[4:]
        if marker == _APP1 and payload.startswith(_EXIF):
            turned = _orientation(payload[len(_EXIF) :])
        if _is_kept(marker, payload):
            kept.append(part)
    if turned in _TURNED:
        # Behind the very first part, which names the format and comes before all.
        place = 2 if len(kept) > 1 and kept[1][1] == _APP0 else 1
        kept.insert(place, _turned(turned))
    return b"".join(kept)


def _parts(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield each part of a JPEG with its marker; what is drawn goes with its own.

    What stands behind the end is none: some devices put a film there.
    """
    at = 2
    while found := _MARKER.search(content, at):
        marker, begins = found[1][0], found.start(1) - 1
        if marker == _END:
            yield marker, content[begins : begins + 2]
            return
        end = begins + 2 + int.from_bytes(content[begins + 2 : begins + 4], "big")
        if marker == _SCAN:
            following = _MARKER.search(content, end)
            end = following.start() if following else len(content)
        yield marker, content[begins:end]
        at = end


def _is_kept(marker: int, payload: bytes) -> bool:
    """Return whether a part is needed to show the picture as it is."""
    if marker == _APP2:
        return payload.startswith(_ICC)
    if marker in _APPS:
        return marker in {_APP0, _APP14}
    return marker != _SAID


def _orientation(tiff: bytes) -> int:
    """Return which way is up, 1 to 8; 1 where that is not told."""
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return _UPRIGHT
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for place in range(first + 2, first + 2 + 12 * count, 12):
            tag, _kind, _many, value = struct.unpack_from(f"{order}HHIH", tiff, place)
            if tag == _ORIENTATION:
                return int(value)
    except struct.error:
        pass
    return _UPRIGHT


def _turned(value: int) -> bytes:
    """Return the part of a JPEG that tells which way is up, and nothing else."""
    tiff = struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, value, 0, 0)
    payload = _EXIF + tiff
    return bytes((0xFF, _APP1)) + struct.pack(">H", len(payload) + 2) + payload


_CLEANED: dict[Format, Callable[[bytes], bytes]] = {
    Format.PNG: _png,
    Format.JPEG: _jpeg,
    Format.WEBP: _webp,
}
