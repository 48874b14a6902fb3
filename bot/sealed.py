"""Seals what must not be read from the database alone, such as platforms' tokens.

AES-256-GCM. Each box says which key opens it, so that a key can be changed, and is
bound to what it is about: put into another row, it does not open.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self, final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32

HOW_TO_MAKE_A_KEY = "openssl rand -base64 32"

_NONCE_BYTES = 12
_ID_BYTES = 6

_PLAIN = str.maketrans("-_", "+/")
"""Both of base64's alphabets are taken."""


class KeyFormatError(ValueError):
    """What was given is no key. Its message says what would be, and nothing of it."""


class UnsealError(Exception):
    """A box does not open: its key is not there, or it is not what was sealed."""


@dataclass(frozen=True, slots=True)
class Box:
    """Something sealed.

    Attributes:
        key_id: Which key opens it; says nothing about the key.
    """

    key_id: str
    content: bytes


@final
class Seal:
    """Seals with the newest key, and opens with each that it was given."""

    __slots__ = ("_keys", "key_id")

    def __init__(self, newest: bytes, *older: bytes) -> None:
        self.key_id = _id_of(newest)
        self._keys: Mapping[str, AESGCM] = {
            _id_of(key): AESGCM(key) for key in (newest, *older)
        }

    @classmethod
    def of(cls, text: str) -> Self:
        """Return the seal for keys in base64, the newest first, with commas between.

        Raises:
            KeyFormatError: If one of them is no key.
        """
        newest, *older = (_key(each.strip()) for each in text.split(","))
        return cls(newest, *older)

    def close(self, plain: str, about: str) -> Box:
        """Seal ``plain``; it opens only for the same ``about``."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._keys[self.key_id].encrypt(nonce, plain.encode(), about.encode())
        return Box(self.key_id, nonce + sealed)

    def open(self, box: Box, about: str) -> str:
        """Return what was sealed.

        Raises:
            UnsealError: If it does not open.
        """
        key = self._keys.get(box.key_id)
        if key is None:
            raise UnsealError(f"no key {box.key_id}")
        nonce, sealed = box.content[:_NONCE_BYTES], box.content[_NONCE_BYTES:]
        try:
            return key.decrypt(nonce, sealed, about.encode()).decode()
        except (InvalidTag, ValueError):
            raise UnsealError(f"not what key {box.key_id} sealed") from None

    def opens(self, box: Box, about: str) -> bool:
        """Return whether ``box`` opens."""
        try:
            self.open(box, about)
        except UnsealError:
            return False
        return True

    def __repr__(self) -> str:
        return f"Seal({self.key_id})"


def _key(text: str) -> bytes:
    wanted = (
        f"is no key: it wants {KEY_BYTES} random bytes in base64, as "
        f"`{HOW_TO_MAKE_A_KEY}` makes them"
    )
    try:
        key = base64.b64decode(text.translate(_PLAIN), validate=True)
    except (binascii.Error, ValueError):
        raise KeyFormatError(wanted) from None
    if len(key) != KEY_BYTES:
        raise KeyFormatError(wanted)
    return key


def _id_of(key: bytes) -> str:
    return hashlib.sha256(b"laurel key id\0" + key).hexdigest()[: 2 * _ID_BYTES]
