"""What is sealed opens with its key, for what it is about, and in no other way."""

from __future__ import annotations

import base64
import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sealed import Box, KeyFormatError, Seal, UnsealError

OLD = bytes(range(32))
NEW = bytes(range(1, 33))
TOKEN = "xoxb-1234-made-up"


def text(key: bytes) -> str:
    return base64.b64encode(key).decode()


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_what_is_sealed_opens(plain: str) -> None:
    """Whatever it is, it comes out as it went in."""
    seal = Seal(OLD)
    assert plain == seal.open(seal.close(plain, "here"), "here")


def test_a_box_tells_nothing() -> None:
    """Neither token nor key is in it, and the same twice looks different."""
    first, again = (Seal(OLD).close(TOKEN, "here") for _ in range(2))
    assert first.content != again.content
    for box in (first, again):
        assert TOKEN.encode() not in box.content
        assert TOKEN.encode()[:6] not in box.content
        assert OLD not in box.content
        assert box.key_id not in text(OLD)
    assert text(OLD) not in repr(Seal(OLD))


def test_an_older_key_opens_until_it_is_taken_away() -> None:
    """That is how a key is changed: the new one is put before the old one."""
    box = Seal.of(text(OLD)).close(TOKEN, "here")
    both = Seal.of(f"{text(NEW)}, {text(OLD)}")

    assert TOKEN == both.open(box, "here")
    assert both.key_id != box.key_id
    assert both.key_id == both.close(TOKEN, "here").key_id == Seal(NEW).key_id
    with pytest.raises(UnsealError, match=box.key_id):
        Seal.of(text(NEW)).open(box, "here")
    assert not Seal.of(text(NEW)).opens(box, "here")


def test_a_box_opens_only_for_what_it_is_about() -> None:
    """Put into the row of another workspace, a token is of no use."""
    seal = Seal(OLD)
    with pytest.raises(UnsealError):
        seal.open(seal.close(TOKEN, "willow"), "birch")


@pytest.mark.parametrize("at", [0, 11, 12, 20, -1])
def test_a_changed_byte_is_noticed(at: int) -> None:
    """Wherever it is: in the nonce, the words, or the tag."""
    seal = Seal(OLD)
    box = seal.close(TOKEN, "here")
    content = bytearray(box.content)
    content[at] ^= 1
    with pytest.raises(UnsealError):
        seal.open(Box(box.key_id, bytes(content)), "here")


@pytest.mark.parametrize("length", [0, 1, 12, 27])
def test_a_box_cut_short_is_noticed(length: int) -> None:
    """Nothing else is raised than that it does not open."""
    seal = Seal(OLD)
    box = seal.close(TOKEN, "here")
    with pytest.raises(UnsealError):
        seal.open(Box(box.key_id, box.content[:length]), "here")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "swordfish",
        text(OLD)[:-4],
        text(OLD + b"x"),
        f"{text(OLD)},",
        f",{text(OLD)}",
        "ключ" * 11,
        text(OLD)[:-1] + "\n",
    ],
)
def test_what_is_no_key_is_said_and_not_repeated(typed: str) -> None:
    """Where a password was put in place of a key, nothing is sealed with it."""
    with pytest.raises(KeyFormatError, match="openssl rand -base64 32") as refused:
        Seal.of(typed)
    assert not typed.strip(" ,\n") or typed.strip(" ,\n") not in str(refused.value)


def test_both_alphabets_of_base64_are_taken() -> None:
    """As `openssl` writes it, and as addresses have it."""
    key = b"\xfb\xff" * 16
    assert "+" in text(key)
    assert Seal(key).key_id == Seal.of(text(key)).key_id
    assert Seal(key).key_id == Seal.of(base64.urlsafe_b64encode(key).decode()).key_id


def test_keys_are_told_apart() -> None:
    """Two keys never have the same id, as far as anybody will see."""
    ids = {Seal(secrets.token_bytes(32)).key_id for _ in range(200)}
    assert 200 == len(ids)
