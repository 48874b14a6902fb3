"""Secret addresses, under which pages and feeds are read without signing in.

A calendar program and a feed reader can prove who they are by the address alone. So it
holds a secret, which is derived and kept nowhere: it can be shown again, and whoever
reads this table alone cannot tell it. To revoke an address is to count its generation
up; then all that was handed out before leads nowhere.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.community import Community, Member
from storage import communities, members
from storage.claims import Claim, Delete, Shown
from storage.database import Transaction
from storage.instants import to_ms

ROOT = "/feeds"
"""What every path begins with."""

CALENDAR = "calendar"
"""The page of what is coming."""

CALENDAR_FILE = "calendar.ics"
"""The same for calendar programs."""

RECAPS = "recaps"
"""The page of all recaps; with a number behind it, that of one."""

_ID_BYTES = 8
_PROOF_BYTES = 19  # 152 bits; with the id 27 bytes, which base64 writes in one way
SECRET_CHARS = (_ID_BYTES + _PROOF_BYTES) * 4 // 3

_ADD = """
INSERT INTO addresses (id, community, member, generation, made_at)
VALUES (:id, :community, :member, 1, :at)
"""

_OF = """
SELECT a.*, i.token FROM addresses AS a JOIN instance AS i ON i.id = 1
WHERE a.community = :community AND ifnull(a.member, -1) = ifnull(:member, -1)
"""

_BY_ID = """
SELECT a.*, i.token FROM addresses AS a
JOIN communities AS c ON c.id = a.community
JOIN instance AS i ON i.id = 1
WHERE a.id = :id AND c.left_at IS NULL
"""

_REVOKE = """
UPDATE addresses SET generation = generation + 1, made_at = :at
WHERE community = :community AND ifnull(member, -1) = ifnull(:member, -1)
"""

_TOKEN = "SELECT token FROM instance WHERE id = 1"  # noqa: S105  not the token itself

CLAIMS = (
    Claim(
        "addresses",
        "member = :member",
        Delete(),
        {"id": Shown.HIDDEN, "member": Shown.MEMBER},
    ),
)


@dataclass(frozen=True, slots=True)
class Address:
    """Where a community's pages are found, or a member's own.

    Attributes:
        member: Whose it is; None for the community's.

        secret: What its path holds. Who has it can read everything there.
    """

    community: Community
    member: Member | None
    secret: str = field(repr=False)


def mint(
    tx: Transaction, community: Community, member: Member | None, at: datetime
) -> Address:
    """Return the address of ``member``, or of ``community`` where that is None.

    It is made the first time; after that it is the same until it is revoked.
    """
    found = standing(tx, community, member)
    if found is None:
        tx.run(
            _ADD,
            id=secrets.randbits(_ID_BYTES * 8 - 1),
            community=community.id,
            member=member.key if member else None,
            at=to_ms(at),
        )
        found = standing(tx, community, member)
        assert found is not None  # noqa: S101  written in this transaction
    return found


def standing(
    tx: Transaction, community: Community, member: Member | None
) -> Address | None:
    """Return the address that `mint` made, None where it has not yet."""
    row = tx.one(_OF, community=community.id, member=member.key if member else None)
    return Address(community, member, _secret_of(row)) if row else None


def revoke(
    tx: Transaction, community: Community, member: Member | None, at: datetime
) -> bool:
    """Let what was handed out lead nowhere; False where there was nothing.

    `mint` then returns another address.
    """
    key = member.key if member else None
    return bool(tx.run(_REVOKE, community=community.id, member=key, at=to_ms(at)))


def find(tx: Transaction, secret: str, now: datetime) -> Address | None:
    """Return the address that ``secret`` stands for.

    None where it was made up or revoked, and while its community or its member is not
    there; a forged one takes as long as another.
    """
    number = _id_in(secret)
    row = tx.one(_BY_ID, id=number)
    expected = _secret_of(row) if row else _nobodys(tx)
    told = secret.encode(errors="replace")
    if not hmac.compare_digest(expected.encode(), told) or row is None:
        return None
    community = communities.by_id(tx, row["community"])
    if row["member"] is None:
        return Address(community, None, expected)
    member = members.by_key(tx, community, row["member"], now)
    if member is None or not member.here:
        return None
    return Address(community, member, expected)


def path_of(address: Address, page: str = CALENDAR) -> str:
    """Return where ``page`` is found, from the root of the web port on."""
    return f"{ROOT}/{address.secret}/{page}"


def _id_in(secret: str) -> int:
    """Return the id that a secret begins with, -1 in what is none."""
    try:
        told = base64.b64decode(secret.encode(), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return -1
    if len(secret) != SECRET_CHARS or len(told) != _ID_BYTES + _PROOF_BYTES:
        return -1
    number = int.from_bytes(told[:_ID_BYTES], "big")
    return number if number < 1 << (_ID_BYTES * 8 - 1) else -1


def _secret_of(row: sqlite3.Row) -> str:
    return _derive(row["token"], row["id"], row["generation"])


def _nobodys(tx: Transaction) -> str:
    """Return a secret that leads nowhere, at the cost of one that leads somewhere."""
    row = tx.one(_TOKEN)
    return _derive(row["token"] if row else "", 0, 0)


def _derive(token: str, number: int, generation: int) -> str:
    told = f"address:{number}:{generation}".encode()
    proof = hmac.digest(token.encode(), told, "sha256")[:_PROOF_BYTES]
    whole = number.to_bytes(_ID_BYTES, "big") + proof
    return base64.urlsafe_b64encode(whole).decode()
