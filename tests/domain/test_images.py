"""What is a picture, told by its bytes alone, and which files are taken."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import files, images
from bot.domain.images import (
    MAX_PIXELS,
    MAX_SCANS,
    MAX_SIDE,
    Format,
    Image,
    NotAnImageError,
    TooManyPixelsError,
)

SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"


def chunk(kind: bytes, held: bytes) -> bytes:
    """Return one part of a PNG."""
    sum_of = struct.pack(">I", zlib.crc32(kind + held))
    return struct.pack(">I", len(held)) + kind + held + sum_of


def png(width: int = 3, height: int = 2, between: bytes = b"") -> bytes:
    """Return a whole PNG, in which the pixels are not there to the last one."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    drawn = zlib.compress(b"\x00" * 60)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + between
        + chunk(b"IDAT", drawn) + chunk(b"IEND", b"")
    )  # fmt: skip


def segment(marker: int, held: bytes) -> bytes:
    """Return one part of a JPEG."""
    return bytes((0xFF, marker)) + struct.pack(">H", len(held) + 2) + held


def jpeg(width: int = 3, height: int = 2, scans: int = 1, end: bytes = b"") -> bytes:
    """Return a JPEG with an outline that is whole."""
    size = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    scan = segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + b"\x12\xff\x00\x34"
    return (
        b"\xff\xd8" + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00")
        + segment(0xC0, size) + scan * scans + b"\xff\xd9" + end
    )  # fmt: skip


def gif(width: int = 3, height: int = 2, frames: int = 1, at: int = 0) -> bytes:
    """Return a GIF; its frames begin ``at`` so many pixels from the corner."""
    head = b"GIF89a" + struct.pack("<HHBBB", width, height, 0x80, 0, 0) + b"\x00" * 6
    timing = b"\x21\xf9\x04\x00\x0a\x00\x00\x00"
    frame = b"\x2c" + struct.pack("<HHHHB", at, at, width, height, 0)
    drawn = b"\x02\x02\x44\x01\x00"
    return head + (timing + frame + drawn) * frames + b"\x3b"


def riff(*parts: tuple[bytes, bytes]) -> bytes:
    """Return a WebP of these parts."""
    held = b"".join(
        kind + struct.pack("<I", len(inside)) + inside + b"\x00" * (len(inside) % 2)
        for kind, inside in parts
    )
    return b"RIFF" + struct.pack("<I", len(held) + 4) + b"WEBP" + held


def lossy(width: int = 3, height: int = 2) -> tuple[bytes, bytes]:
    """Return the part of a WebP that is drawn with loss."""
    return b"VP8 ", b"\x10\x00\x00\x9d\x01\x2a" + struct.pack("<HH", width, height)


def lossless(width: int = 3, height: int = 2) -> tuple[bytes, bytes]:
    """Return the part of a WebP that is drawn without loss."""
    bits = (width - 1) | (height - 1) << 14
    return b"VP8L", b"\x2f" + struct.pack("<I", bits) + b"\x00"


def canvas(width: int, height: int) -> tuple[bytes, bytes]:
    """Return the part of a WebP that says how large what is shown is."""
    across, down = ((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"VP8X", b"\x02\x00\x00\x00" + across + down


def frame(width: int, height: int) -> tuple[bytes, bytes]:
    """Return one frame of a WebP that moves."""
    across, down = ((side - 1).to_bytes(3, "little") for side in (width, height))
    return b"ANMF", b"\x00" * 6 + across + down + b"\x00" * 4


@pytest.mark.parametrize(
    ("content", "image"),
    [
        (png(), Image(Format.PNG, 3, 2)),
        (
            png(between=chunk(b"acTL", struct.pack(">II", 7, 0))),
            Image(Format.PNG, 3, 2, 7),
        ),
        (jpeg(), Image(Format.JPEG, 3, 2)),
        (jpeg(end=b"a film that some phones put behind it"), Image(Format.JPEG, 3, 2)),
        (gif(), Image(Format.GIF, 3, 2)),
        (gif(frames=4), Image(Format.GIF, 3, 2, 4)),
        (riff(lossy()), Image(Format.WEBP, 3, 2)),
        (riff(lossless()), Image(Format.WEBP, 3, 2)),
        (riff(canvas(9, 8), lossless()), Image(Format.WEBP, 9, 8)),
        (riff(canvas(9, 8), frame(9, 8), frame(4, 4)), Image(Format.WEBP, 9, 8, 2)),
    ],
)
def test_a_picture_says_how_large_it_is(content: bytes, image: Image) -> None:
    """Of every format, whether or not it moves."""
    assert image == images.look(content)


def test_real_pictures_are_read() -> None:
    """What programs in the world have written is not refused."""
    found = [images.look(path.read_bytes()) for path in SCREENSHOTS.glob("*.png")]

    assert found
    assert {Format.PNG} == {each.format for each in found}


@pytest.mark.parametrize(
    "content",
    [
        png(MAX_SIDE, MAX_SIDE),
        png(MAX_SIDE + 1, 1),
        png(2**31 - 1, 2**31 - 1),
        png(5_000, 5_000, between=chunk(b"acTL", struct.pack(">II", 1_000, 0))),
        jpeg(65_535, 65_535),
        jpeg(scans=MAX_SCANS + 1),
        gif(65_535, 65_535),
        gif(5_000, 5_000, frames=30),
        gif(10_000, 1, at=15_000),
        riff(lossy(16_383, 16_383)),
        riff(canvas(4, 4), lossless(16_384, 16_384)),
        riff(canvas(16_777_216, 1), lossless()),
        riff(canvas(4, 4), frame(16_777_216, 16_777_216)),
    ],
)
def test_a_bomb_is_refused_unopened(content: bytes) -> None:
    """A few bytes that claim to be enormous never reach anything that decodes."""
    assert len(content) < MAX_PIXELS // 10_000
    with pytest.raises(TooManyPixelsError):
        images.look(content)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00 a program that is called cat.png",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n",
        png(0, 4),
        png().replace(b"IDAT", b"IDOT"),
        png()[:-12],
        jpeg()[:-2],
        jpeg().replace(b"\xff\xc0", b"\xff\xe1"),
        b"\xff\xd8\xff\xe0\x00\x00",
        gif()[:-1],
        gif(frames=0),
        gif().replace(b"\x2c", b"\x55"),
        riff(lossy())[:-2],
        riff((b"VP8 ", b"\x00" * 10)),
        riff((b"VP8L", b"\x00" * 10)),
        riff((b"EXIF", b"somewhere")),
        riff(canvas(3, 2)),
    ],
)
def test_what_only_opens_like_a_picture_is_none(content: bytes) -> None:
    """A name, or the first bytes, are not enough; nor is a part of one."""
    with pytest.raises(NotAnImageError):
        images.look(content)


@pytest.mark.parametrize("whole", [png(), jpeg(), gif(), riff(canvas(9, 8), lossy())])
def test_no_beginning_of_a_picture_is_one(whole: bytes) -> None:
    """Wherever it breaks off, it is refused, and nothing else goes wrong."""
    for kept in range(len(whole)):
        with pytest.raises(NotAnImageError):
            images.look(whole[:kept])


@given(
    st.sampled_from([png(), jpeg(), gif(frames=2), riff(canvas(9, 8), frame(9, 8))]),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 255)), max_size=6),
    st.binary(max_size=40),
)
def test_nothing_that_is_handed_in_breaks_it(
    whole: bytes, changed: list[tuple[int, int]], more: bytes
) -> None:
    """Whatever the bytes are, the answer is a picture within limits, or a refusal."""
    content = bytearray(whole)
    for place, byte in changed:
        content[place % len(content)] = byte
    try:
        image = images.look(bytes(content) + more)
    except (NotAnImageError, TooManyPixelsError):
        return
    assert 0 < image.width * image.height <= MAX_PIXELS


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (png(), "image/png"),
        (b"%PDF-1.7\nand so on", "application/pdf"),
        (b"ID3\x04\x00a song", "audio/mpeg"),
        (b"OggS\x00\x02a song", "audio/ogg"),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", "audio/wav"),
        (b"\x00\x00\x00\x20ftypisom", "video/mp4"),
        (b"\x1aE\xdf\xa3a film", "video/webm"),
        ("Sung: «Ñandú»\r\n\tand again".encode(), "text/plain"),
        (b"<script>alert(1)</script>", "text/plain"),
        (b"MZ\x90\x00a program", None),
        (b"PK\x03\x04a bundle that unfolds", None),
        (b"\x1f\x8b\x08a bundle that unfolds", None),
        (b"\x00\x00\x00\x20ftypheic", None),
        (b"\x7fELF", None),
        (b"\xff\xfe\x00\x00", None),
        (b"  \n ", None),
    ],
)
def test_a_file_is_what_its_bytes_are(content: bytes, media_type: str | None) -> None:
    """What has to be unpacked or run to be looked at is not taken."""
    assert media_type == files.media_type_of(content)


@pytest.mark.parametrize(
    ("written", "media_type", "name"),
    [
        ("song.png", "image/png", "song.png"),
        ("song.pdf.exe", "text/plain", "song.txt"),
        ("page.html", "text/plain", "page.txt"),
        ("../../etc/passwd", "text/plain", "passwd.txt"),
        ("C:\\me\\my song.JPG", "image/jpeg", "my song.jpg"),
        ("\u202egnp.exe", "image/png", "gnp.png"),
        (".png", "image/png", "file.png"),
        ("x" * 300, "image/gif", "x" * 80 + ".gif"),
    ],
)
def test_a_file_is_handed_on_under_a_name_that_says_so(
    written: str, media_type: str, name: str
) -> None:
    """A program that poses as a picture does so under no name that would run it."""
    assert name == files.name_for(written, media_type)
