"""Files as evidence: what is taken, who is handed it, and when it goes."""

from __future__ import annotations

import pytest

from bot.chat.message import Action
from bot.domain import images
from bot.domain.challenges import Proof, State
from bot.domain.people import Role
from storage.challenges import proofs
from storage.challenges.proofs import MAX_BYTES
from tests.cogs.checking import PNG, join, moved, opened
from tests.cogs.judging import (
    WHY,
    card,
    checked_in,
    files_kept,
    refused,
    reviewed,
    show_file,
    upload,
)
from tests.domain.test_images import gif, jpeg, lossy, png, riff, segment
from tests.domain.test_traces import PLACE, exif, photograph
from tests.harness import Community, Reply

PROGRAM = b"MZ\x90\x00 a program that is called song.png"
BOMB = png(40_000, 40_000)


async def hand_in(
    home: Community, proof: Proof, content: bytes, words: str = "Sung."
) -> Reply:
    """Have somebody press Check in, and send the form with a file."""
    songs = await opened(home, proof=proof)
    await join(home, "Ana", songs)
    form = await home.do(home.call("Ana"), Action("checkins.check", (songs.id,)), None)
    return await home.fill_in("Ana", form, words=words, file=upload(content))


@pytest.mark.parametrize("content", [png(), jpeg(), gif(), riff(lossy()), PNG.content])
@pytest.mark.parametrize("proof", [Proof.IMAGE, Proof.FILE, Proof.WELCOME])
async def test_pictures_are_taken(
    home: Community, content: bytes, proof: Proof
) -> None:
    """Of every format, whatever the challenge asks for."""
    said = await hand_in(home, proof, content)

    assert not said.refused, said.text
    assert 1 == await files_kept(home)


@pytest.mark.parametrize(
    ("proof", "content", "reason"),
    [
        (Proof.IMAGE, b"%PDF-1.7\n", "judging.refused-file-image"),
        (Proof.IMAGE, PROGRAM, "judging.refused-file-image"),
        (Proof.IMAGE, png()[:-20], "judging.refused-file-image"),
        (Proof.IMAGE, BOMB, "judging.refused-file-pixels"),
        (Proof.FILE, BOMB, "judging.refused-file-pixels"),
        (Proof.FILE, PROGRAM, "judging.refused-file-type"),
        (Proof.FILE, b"PK\x03\x04" + bytes(200), "judging.refused-file-type"),
        (Proof.WELCOME, b"", "judging.refused-file-empty"),
    ],
)
async def test_what_is_no_evidence_is_refused_in_words(
    home: Community, proof: Proof, content: bytes, reason: str
) -> None:
    """Beside the field, with nothing kept, and the day is still free."""
    said = await hand_in(home, proof, content)

    assert (reason, "file") == (said.reason, said.at)
    assert 0 == await files_kept(home)
    again = await home.type("Ana", "checkin", file=upload(png()))
    assert not again.refused, again.text


async def test_a_file_that_is_too_large_never_gets_in(home: Community) -> None:
    """Nor does one that a platform let through."""
    said = await hand_in(home, Proof.FILE, b"a" * (MAX_BYTES + 1))

    assert ("common.answer-file", "file") == (said.reason, said.at)
    assert 0 == await files_kept(home)


async def test_the_largest_file_is_taken(home: Community) -> None:
    """To the very byte, and it comes out as it went in."""
    songs = await reviewed(home, proof=Proof.FILE)
    content = b"la " * (MAX_BYTES // 3) + b"la"

    done = await checked_in(home, "Ana", songs, file=upload(content, "song.mp3"))

    given = (await show_file(home, "Mo", done)).file
    assert (MAX_BYTES, "song.txt") == (len(content), given.name)
    assert content == given.content


async def test_room_is_bounded(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody fills the disk; a link is offered instead."""
    monkeypatch.setattr(proofs, "MAX_HELD_BYTES", len(png()) + 10)
    songs = await opened(home, proof=Proof.FILE)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
    assert not (await home.type("Ana", "checkin", file=upload(png()))).refused

    said = await home.type("Ben", "checkin", file=upload(png()))

    assert ("judging.refused-file-room", "file") == (said.reason, said.at)


@pytest.mark.parametrize(
    ("proof", "at"),
    [
        (Proof.TEXT, "words"),
        (Proof.LINK, "link"),
        (Proof.IMAGE, "file"),
        (Proof.FILE, "file"),
    ],
)
async def test_what_is_asked_for_has_to_be_there(
    home: Community, proof: Proof, at: str
) -> None:
    """The field that lacks it says what it is for."""
    songs = await opened(home, proof=proof)
    await join(home, "Ana", songs)
    other = {"link": "a.example/1"} if at == "words" else {"words": "Sung."}

    said = await home.type("Ana", "checkin", **other)

    assert said.reason.startswith("judging.refused-no-")
    assert at == said.at


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("http://localhost:8080/song", "private"),
        ("javascript:alert(1)", "scheme"),
        ("https://me:secret@a.example/", "password"),
    ],
)
async def test_links_lead_anybody_to_a_public_page(
    home: Community, link: str, why: str
) -> None:
    """By the same rules as everywhere else, and at the field."""
    songs = await opened(home, proof=Proof.LINK)
    await join(home, "Ana", songs)

    said = await home.type("Ana", "checkin", link=link)

    assert (f"nominations.refused-link-{why}", "link") == (said.reason, said.at)


async def test_reviewers_and_its_sender_are_handed_a_file(home: Community) -> None:
    """Nobody else is, whatever they press."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs, file=upload(png()))
    assert "song.png, 1 kB" in card(home).text

    by_button = await home.press("Mo", card(home), "Show the file")
    own = await show_file(home, "Ana", done)
    other = await show_file(home, "Ben", done)

    assert ("song.png", "image/png") == (by_button.file.name, by_button.file.media_type)
    assert png() == by_button.file.content == own.file.content
    assert "judging.refused-unknown" == other.reason


async def test_where_a_photograph_was_taken_is_nobodys_business(
    home: Community,
) -> None:
    """Reviewers are handed the picture, and not what the camera wrote into it."""
    songs = await reviewed(home)
    taken = photograph(segment(0xE1, exif(6)))
    assert PLACE in taken

    done = await checked_in(home, "Ana", songs, file=upload(taken, "IMG_1.HEIC"))

    given = (await show_file(home, "Mo", done)).file
    assert "IMG_1.jpg" == given.name
    assert PLACE not in given.content
    assert images.look(taken) == images.look(given.content)


async def test_a_file_goes_with_what_is_taken_back(home: Community) -> None:
    """At once; whoever still asks for it reads that."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs, file=upload(png()))

    await home.do(home.call("Ana"), Action("checkins.take-back", (done.id,)), None)

    assert 0 == await files_kept(home)
    assert "It is not kept any more." in card(home).text
    assert "judging.refused-file-gone" == (await show_file(home, "Mo", done)).reason


async def test_a_file_goes_with_its_member(home: Community) -> None:
    """Erasure leaves nothing of it; until then the export tells of it."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs, file=upload(png()))
    page = await home.type("Ana", "laurel privacy")
    exported = await home.press("Ana", page, "Export my data")
    assert b'"song.png"' in exported.file.content
    mine = await home.press("Ana", exported, "Files I handed in")
    one = await home.press("Ana", mine, "song.png")
    assert png() == one.file.content
    other = await home.do(home.call("Ben"), Action("judging.files", (0,)), None)
    assert "No file of yours is kept." == other.text

    form = await home.press("Ana", page, "Erase my data")
    await home.fill_in("Ana", form, word="erase")

    assert 0 == await files_kept(home)


@pytest.mark.parametrize("how", ["finished", "called off"])
async def test_files_go_thirty_days_after_a_challenge(
    home: Community, how: str
) -> None:
    """Those of others stay, and those of this one until then."""
    songs = await reviewed(home)
    other = await opened(home, title="Nine poems", proof=Proof.FILE)
    await checked_in(home, "Ana", songs, file=upload(png()))
    await checked_in(home, "Ana", other, file=upload(png()))
    if how == "finished":
        await moved(home, songs, State.REVIEW)
        await moved(home, songs, State.FINAL)
    else:
        await moved(home, songs, State.CALLED_OFF)

    await home.wait(days=29, hours=23)
    assert 2 == await files_kept(home)
    await home.wait(hours=2)
    assert 1 == await files_kept(home)


async def test_a_refusal_keeps_the_file_for_the_answer(home: Community) -> None:
    """Whoever looks again sees the same."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs, file=upload(png()))
    await refused(home, "Mo", card(home), WHY)

    assert png() == (await show_file(home, "Max", done)).file.content


async def test_a_member_of_another_role_is_no_reviewer(home: Community) -> None:
    """An admin is one; somebody who only knows the number is not."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs, file=upload(png()))
    home.person("Ada", Role.ADMIN)

    assert not (await show_file(home, "Ada", done)).refused
    nothing = await home.do(home.call("Ada"), Action("judging.file", (9_999,)), None)
    assert "judging.refused-unknown" == nothing.reason


def test_the_limits_of_pictures_leave_room_for_cameras() -> None:
    """A photograph of 48 million pixels is taken; a bomb is a multiple of it."""
    assert images.look(jpeg(8_000, 6_000)).width == 8_000
