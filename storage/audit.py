"""The audit: who decided what, in a chain that shows any later change.

A row is chained as the bytes of the line that it is exported as, so that they can be
verified without anything of Laurel, as `bot.audit_verify` does:

    {"hash":"H","previous":"P","id":N,"at":"T","actor":A,"action":"…","ref":"…",
     "detail":{…},"digest":D}

in one line of UTF-8, with these keys in this order, no space between them, and one
newline at its end. H is the SHA-256 of the bytes behind ``{"hash":"H",`` and before
the newline; P is the H of the row before, and 64 zeros in the first; both have 64
hexadecimal digits in lower case. N counts a community's rows from 1. T is ISO 8601 in
UTC to the millisecond. A is a member's key, or null for Laurel itself. The detail's
keys are sorted, and no character is escaped that JSON lets stand. D is a digest of 64
digits, or null.

Rows hold random member keys and salted digests, so erasing somebody changes no row and
breaks no chain.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from itertools import islice
from typing import Any

from bot.domain.community import Community
from storage.claims import Claim, Keep, Shown
from storage.database import Transaction, Value
from storage.instants import from_ms, to_ms

_GENESIS = bytes(32)

_EVER = 2**62
"""More rows than any chain has."""

MAX_DETAIL_CHARS = 4_100_000
"""Longest detail, as JSON: who verifies reads no more than 16 MiB of a line."""

_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False, separators=(",", ":"))

_LAST = """
SELECT id, hash FROM audit WHERE community = :community ORDER BY id DESC LIMIT 1
"""

_LAST_UNTIL = """
SELECT id, hash FROM audit WHERE community = :community AND id <= :until
ORDER BY id DESC LIMIT 1
"""

_ADD = """
INSERT INTO audit (
  community, id, at, actor, action, ref, detail, digest, previous, hash
) VALUES (
  :community, :id, :at, :actor, :action, :ref, :detail, :digest, :previous, :hash
)
"""

# Bounded: an action that was never done would be looked for in the whole chain.
_LATEST = """
SELECT actor, at FROM (
  SELECT id, actor, action, at FROM audit WHERE community = :community
  ORDER BY id DESC LIMIT 10000
) AS recent
WHERE action = :action ORDER BY id DESC LIMIT 1
"""

_BEHIND = """
SELECT * FROM audit
WHERE community = :community AND id > :after AND id <= :until
ORDER BY id
"""

_RECENT = """
SELECT id, actor, action, ref, at FROM audit WHERE community = :community
ORDER BY id DESC LIMIT 10000
"""

CLAIMS = (
    Claim(
        "audit",
        "actor = :member",
        Keep(
            "the chain shows any change; digests say nothing without their salt",
            texts=("action", "ref", "detail", "digest", "previous", "hash"),
        ),
        {
            "actor": Shown.MEMBER,
            "digest": Shown.HIDDEN,
            "previous": Shown.HIDDEN,
            "hash": Shown.HIDDEN,
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that was decided.

    Attributes:
        actor: Key of the member who decided; None for Laurel itself.

        detail: What else belongs to it; neither names nor words.

        digest: Salted digest of the words that belong to it.
    """

    actor: int | None
    action: str
    ref: str
    detail: Mapping[str, int | str | None] = field(default_factory=dict)
    digest: bytes | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided something, and when.

    Attributes:
        actor: Key of the member; None for Laurel itself.
    """

    actor: int | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Done:
    """A row, without what belongs to it.

    Attributes:
        row: Its place, counted from 1.

        actor: Key of the member; None for Laurel itself.
    """

    row: int
    actor: int | None
    action: str
    ref: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """The last row of a chain, and so a digest that can be published.

    Attributes:
        row: Its place, counted from 1; 0 where there is none yet.

        digest: Its hash in 64 hexadecimal digits, which vouches for it and for all
            before it.
    """

    row: int
    digest: str


def add(tx: Transaction, community: Community, entry: Entry, at: datetime) -> None:
    """Append ``entry`` to the community's chain.

    Raises:
        ValueError: If its detail is longer than `MAX_DETAIL_CHARS`.
    """
    last = tx.one(_LAST, community=community.id)
    number, previous = (last["id"], last["hash"]) if last else (0, _GENESIS)
    detail = _JSON.encode(entry.detail) if entry.detail else "{}"
    if len(detail) > MAX_DETAIL_CHARS:
        raise ValueError(f"the detail of {entry.action} has {len(detail)} characters")
    row: dict[str, Value] = {
        "community": community.id,
        "id": number + 1,
        "at": to_ms(at),
        "actor": entry.actor,
        "action": entry.action,
        "ref": entry.ref,
        "detail": detail,
        "digest": entry.digest,
        "previous": previous,
    }
    tx.run(_ADD, hash=hashlib.sha256(_told(row)).digest(), **row)


def latest(tx: Transaction, community: Community, action: str) -> Decision | None:
    """Return when ``action`` was last done; None where it was not of late."""
    row = tx.one(_LATEST, community=community.id, action=action)
    return Decision(row["actor"], from_ms(row["at"])) if row else None


def recent(
    tx: Transaction, community: Community, actions: Collection[str], most: int
) -> list[Done]:
    """Return the last of what was done of late that is of ``actions``, newest first."""
    rows = tx.each(_RECENT, community=community.id)
    mine = (
        Done(row["id"], row["actor"], row["action"], row["ref"], from_ms(row["at"]))
        for row in rows
        if row["action"] in actions
    )
    return list(islice(mine, most))


def details(
    tx: Transaction, community: Community, after: int, actions: Collection[str]
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what belongs to the rows behind ``after`` that are of ``actions``."""
    for row in tx.each(_BEHIND, community=community.id, after=after, until=_EVER):
        if row["action"] in actions:
            yield row["action"], json.loads(row["detail"])


def head(tx: Transaction, community: Community, until: int = _EVER) -> Head:
    """Return the last row of the chain, or of its rows up to ``until``."""
    last = tx.one(_LAST_UNTIL, community=community.id, until=until)
    number, hashed = (last["id"], last["hash"]) if last else (0, _GENESIS)
    return Head(number, hashed.hex())


def lines(
    tx: Transaction, community: Community, after: int = 0, until: int = _EVER
) -> Iterator[bytes]:
    """Yield the rows behind ``after`` and up to ``until`` as they are exported.

    What was changed past Laurel is exported as it is, and does not verify.
    """
    for row in tx.each(_BEHIND, community=community.id, after=after, until=until):
        yield b'{"hash":"%s",%s\n' % (row["hash"].hex().encode(), _told(row))


def first_broken(tx: Transaction, community: Community) -> int | None:
    """Return the id of the first row that does not fit the chain; None when whole."""
    due, previous = 1, _GENESIS
    for row in tx.each(_BEHIND, community=community.id, after=0, until=_EVER):
        fits = row["id"] == due and row["previous"] == previous
        if not fits or row["hash"] != hashlib.sha256(_told(row)).digest():
            return int(row["id"])
        due, previous = due + 1, row["hash"]
    return None


def _told(row: Mapping[str, Any] | sqlite3.Row) -> bytes:
    """Return what of a row's line is hashed."""
    actor = "null" if row["actor"] is None else row["actor"]
    digest = "null" if row["digest"] is None else f'"{row["digest"].hex()}"'
    second, ms = divmod(row["at"], 1000)
    action, ref = _JSON.encode(row["action"]), _JSON.encode(row["ref"])
    return (
        f'"previous":"{row["previous"].hex()}","id":{row["id"]},'
        f'"at":"{_second(second)}.{ms:03}Z",'
        f'"actor":{actor},"action":{action},"ref":{ref},'
        f'"detail":{row["detail"]},"digest":{digest}}}'
    ).encode()


# What comes at a time is of few seconds, and a row is to cost whoever acts nothing.
@lru_cache(maxsize=64)
def _second(since_1970: int) -> str:
    return f"{datetime.fromtimestamp(since_1970, UTC):%Y-%m-%dT%H:%M:%S}"
