"""States of installations under way: each expires, and serves once."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import to_ms

GOOD_FOR = timedelta(minutes=10)

MOST = 10_000
"""More are never kept, however many ask; the oldest go first."""

_ADD = "INSERT INTO oauth_states (digest, expires_at) VALUES (:digest, :expires_at)"

_TAKE = "DELETE FROM oauth_states WHERE digest = :digest AND expires_at > :now"

_EXPIRE = "DELETE FROM oauth_states WHERE expires_at <= :now"

_CROP = """
DELETE FROM oauth_states WHERE digest IN (
  SELECT digest FROM oauth_states ORDER BY expires_at DESC LIMIT 1000 OFFSET :most)
"""

CLAIMS = (Impersonal("oauth_states", "a random number each", ("digest",)),)


def issue(tx: Transaction, state: str, now: datetime, most: int = MOST) -> None:
    """Keep ``state``, which is random and new, until it is taken or expires."""
    tx.run(_EXPIRE, now=to_ms(now))
    tx.run(_ADD, digest=_digest(state), expires_at=to_ms(now + GOOD_FOR))
    tx.run(_CROP, most=most)


def take(tx: Transaction, state: str, now: datetime) -> bool:
    """Return whether ``state`` was issued and is good still; it is not afterwards."""
    return tx.run(_TAKE, digest=_digest(state), now=to_ms(now)) == 1


def _digest(state: str) -> bytes:
    return hashlib.sha256(state.encode(errors="surrogatepass")).digest()
