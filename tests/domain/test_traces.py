"""What a picture tells besides what it shows is left out of it."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import images, traces
from bot.domain.images import Format
from tests.domain.test_images import (
    canvas,
    chunk,
    gif,
    jpeg,
    lossy,
    png,
    riff,
    segment,
)

PLACE = b"N 40 41 21.4, W 74 2 40.2"
SCREENSHOTS = Path(__file__).parents[2] / "docs" / "screenshots"


def exif(turned: int | None, order: str = "<") -> bytes:
    """Return what a camera writes: which way is up, and where it was."""
    entries = [struct.pack(f"{order}HHII", 0x010F, 2, len(PLACE), 60)]
    if turned is not None:
        entries.append(struct.pack(f"{order}HHIHH", 0x0112, 3, 1, turned, 0))
    head = (b"II" if order == "<" else b"MM") + struct.pack(f"{order}HI", 42, 8)
    held = head + struct.pack(f"{order}H", len(entries)) + b"".join(entries) + bytes(4)
    return b"Exif\x00\x00" + held + PLACE


def photograph(*told: bytes, end: bytes = b"") -> bytes:
    """Return a JPEG in which these parts stand behind the first."""
    whole = jpeg(end=end)
    first = 2 + 2 + int.from_bytes(whole[4:6], "big")
    return whole[:first] + b"".join(told) + whole[first:]


@pytest.mark.parametrize("order", ["<", ">"])
@pytest.mark.parametrize("turned", [None, 1, 3, 6, 8])
def test_a_photograph_does_not_tell_where_it_was_taken(
    order: str, turned: int | None
) -> None:
    """Which way is up is all that stays of what the camera wrote."""
    taken = photograph(segment(0xE1, exif(turned, order)))

    kept = traces.without(taken, Format.JPEG)

    assert PLACE not in kept
    assert images.look(taken) == images.look(kept)
    if turned in {None, 1}:
        assert jpeg() == kept
    else:
        assert struct.pack(">HHIHH", 0x0112, 3, 1, turned, 0) in kept


def test_what_programs_say_about_a_photograph_goes() -> None:
    """Captions, names of owners, remarks, and films that stand behind the picture."""
    told = [
        segment(0xE1, b"http://ns.adobe.com/xap/1.0/\x00" + PLACE),
        segment(0xED, b"Photoshop 3.0\x00" + PLACE),
        segment(0xE2, b"MPF\x00" + PLACE),
        segment(0xFE, PLACE),
    ]

    kept = traces.without(photograph(*told, end=PLACE), Format.JPEG)

    assert jpeg() == kept


def test_what_is_needed_to_show_it_stays() -> None:
    """The profile of its colours, and how they are coded."""
    needed = [
        segment(0xE2, b"ICC_PROFILE\x00\x01\x01colours"),
        segment(0xEE, b"Adobe\x00\x64\x00\x00\x00\x00\x01"),
        segment(0xDB, bytes(65)),
    ]
    taken = photograph(*needed)

    assert taken == traces.without(taken, Format.JPEG)


def test_a_photograph_in_many_passes_is_whole() -> None:
    """What is drawn is copied to the last byte."""
    taken = jpeg(scans=7)

    assert taken == traces.without(taken, Format.JPEG)


@pytest.mark.parametrize("kind", [b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"])
def test_other_pictures_tell_nothing_either(kind: bytes) -> None:
    """Of a PNG, what is said about it goes."""
    assert png() == traces.without(png(between=chunk(kind, PLACE)), Format.PNG)


def test_the_parts_of_a_webp_agree_with_its_head() -> None:
    """What is gone is not announced any more."""
    name, held = canvas(9, 8)
    told = name, bytes((held[0] | 0x0C,)) + held[1:]
    taken = riff(told, lossy(), (b"EXIF", PLACE), (b"XMP ", PLACE))

    assert riff(canvas(9, 8), lossy()) == traces.without(taken, Format.WEBP)


def test_what_has_no_traces_is_left_as_it_is() -> None:
    """To the byte; what moves is not touched at all."""
    assert gif(frames=3) == traces.without(gif(frames=3), Format.GIF)
    assert riff(lossy()) == traces.without(riff(lossy()), Format.WEBP)
    for path in SCREENSHOTS.glob("command*.png"):
        taken = path.read_bytes()
        kept = traces.without(taken, Format.PNG)
        assert images.look(taken) == images.look(kept)


@given(
    st.lists(st.tuples(st.integers(2, 90), st.integers(0, 255)), max_size=5),
    st.binary(max_size=30),
)
def test_nothing_that_is_handed_in_breaks_it(
    changed: list[tuple[int, int]], more: bytes
) -> None:
    """Whatever a picture holds that was let through, something comes out."""
    content = bytearray(photograph(segment(0xE1, exif(6)), end=more))
    for place, byte in changed:
        content[place % len(content)] = byte
    try:
        images.look(bytes(content))
    except ValueError:
        return
    assert traces.without(bytes(content), Format.JPEG).startswith(b"\xff\xd8")
