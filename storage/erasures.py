"""Who was erased, so that no backup brings them back.

A backup that is put back holds whoever was erased since. So each erasure is noted, and
what was noted is kept in a file beside the database that no backup holds and that no
restore replaces. Neither tells who it was: digests alone, with this installation's own
word, which whoever has the file has not.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.domain.community import Community
from bot.domain.refs import CommunityRef, MemberRef
from storage import names
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms

TOPIC = "erasures"
"""What is woken when somebody was erased."""

_BYTES = 32
"""How long a digest is."""

_ADD = """
INSERT INTO erasures (community, digest, at) VALUES (:community, :digest, :at)
"""
_AFTER = "SELECT id, digest, at FROM erasures WHERE id > :after ORDER BY id"
_TOKEN = "SELECT token FROM instance WHERE id = 1"  # noqa: S105  not the token itself

CLAIMS = (
    Impersonal("erasures", "digests of who is erased, which tell nobody", ("digest",)),
)


@dataclass(frozen=True, slots=True)
class Noted:
    """Somebody's erasure.

    Attributes:
        digest: Of their id on the platform, in hexadecimal.
    """

    digest: str
    at: datetime


def note(
    tx: Transaction,
    community: Community,
    who: MemberRef | CommunityRef,
    at: datetime,
) -> None:
    """Note that a member of ``community`` is erased, or that all of it is forgotten."""
    tx.run(_ADD, community=community.id, digest=digest(tx, who), at=to_ms(at))
    tx.wake(TOPIC)


def digest(tx: Transaction, who: MemberRef | CommunityRef) -> str:
    """Return what ``who`` is noted as."""
    community = who.community if isinstance(who, MemberRef) else who
    member = who.id if isinstance(who, MemberRef) else ""
    (row,) = tx.all(_TOKEN)
    named = f"{community.platform}\0{community.id}\0{member}"
    key = str(row["token"]).encode()
    return hashlib.blake2b(named.encode(), key=key, digest_size=_BYTES).hexdigest()


def after(tx: Transaction, last: int) -> list[tuple[int, Noted]]:
    """Return what was noted behind row ``last``, with the rows' ids."""
    rows = tx.all(_AFTER, after=last)
    return [(row["id"], Noted(row["digest"], from_ms(row["at"]))) for row in rows]


class Ledger:
    """The file beside the database: a line for each erasure, only ever added to."""

    def __init__(self, database: Path) -> None:
        self.path = database.with_name(f"{database.name}.erased")

    def read(self) -> Mapping[str, datetime]:
        """Return when each was noted last; a line that is torn is left out."""
        return {each.digest: each.at for each in self._lines()}

    def add(self, noted: list[Noted]) -> None:
        """Have ``noted`` on disk. What stands there already is not written again.

        Raises:
            OSError: If it cannot be written.
        """
        known = set(self._lines())
        lines = [
            f"{each.at.isoformat()} {each.digest}\n"
            for each in noted
            if each not in known
        ]
        if not lines:
            return
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        descriptor = os.open(self.path, flags, 0o600)
        try:
            mended = "\n" if self._torn() else ""
            os.write(descriptor, (mended + "".join(lines)).encode())
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        names.sync_folder(self.path.parent)  # as it may be new

    def _torn(self) -> bool:
        """Return whether the last line was cut off, as by a power cut."""
        written = self.path.read_bytes()
        return bool(written) and not written.endswith(b"\n")

    def _lines(self) -> Iterator[Noted]:
        if not self.path.exists():
            return
        for line in self.path.read_text("ascii", errors="replace").splitlines():
            at, _, digest = line.partition(" ")
            try:
                noted = Noted(digest, datetime.fromisoformat(at))
            except ValueError:
                continue
            if len(digest) == 2 * _BYTES and noted.at.tzinfo is not None:
                yield noted
