"""What was imported: from which tool, how far a file has come, and taking it back.

The points themselves stand in the ledger of boards, in the batch of their import, where
a row is known by its mark, a keyed digest of what it says. The same row in another
file, or in the same one again, has the same mark and counts no more.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b

from bot.domain.community import Community, Level
from storage import audit
from storage.audit import Entry
from storage.boards import ledger
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import from_ms, to_ms

MADE, UNDONE = "imports.made", "imports.undone"
"""What the audit calls an import that has come to its end, and one taken back."""

_BEGIN = """
INSERT INTO imports (community, tool, file, reads, state, began_at)
VALUES (:community, :tool, :file, :reads, 'running', :at)
"""

_FIND = """
SELECT id, tool, file, reads, state, lines, rows, points, again, left_out, began_at,
  ended_at
FROM imports WHERE community = :community
"""

_GET = f"{_FIND} AND id = :id"

_RUNNING = f"{_FIND} AND file = :file AND state = 'running'"

_OF_FILE = f"{_FIND} AND file = :file AND state <> 'undone' ORDER BY id DESC LIMIT 1"

_LISTED = f"{_FIND} ORDER BY id DESC LIMIT :most"

_ADVANCE = """
UPDATE imports SET
  lines = lines + :lines, rows = rows + :rows, points = points + :points,
  again = again + :again, left_out = left_out + :left_out
WHERE id = :id AND state = 'running' AND lines = :before
"""

_MOVE = """
UPDATE imports SET state = :state, ended_at = :at
WHERE community = :community AND id = :id AND state <> :state
"""

_KEY = "SELECT token FROM instance"

_PEOPLE = """
SELECT key, platform_id, name, bot, level FROM members WHERE community = :community
"""

_MET = "SELECT met_at FROM communities WHERE id = :community"

_MARK_BYTES = 16

CLAIMS = (
    Impersonal(
        "imports",
        "how much came from which tool; of the file, a digest alone",
        ("tool", "file", "reads", "state"),
    ),
)


class State(StrEnum):
    """Where an import stands. One that was interrupted is still running."""

    RUNNING = "running"
    DONE = "done"
    UNDOING = "undoing"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that is imported.

    Attributes:
        tool: Whose export it is.

        file: The SHA-256 of its bytes.

        reads: How it is read, as text that can be compared; no names, no words.
    """

    tool: str
    file: bytes
    reads: str


@dataclass(frozen=True, slots=True)
class Step:
    """What some rows of a file came to.

    Attributes:
        lines: Rows that were dealt with.

        rows: Those of them that count.

        points: What they count.

        again: Those that counted already.

        left_out: Those that are of nobody known, or not clear.
    """

    lines: int = 0
    rows: int = 0
    points: int = 0
    again: int = 0
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Import:
    """One file that was imported, or was begun to be."""

    id: int
    source: Source
    state: State
    done: Step
    began_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Met:
    """A member, as far as a file may name them.

    Attributes:
        takes: Whether they can be given anything: no bot, and not at level none.
    """

    key: int
    platform_id: str
    name: str
    takes: bool


def people(tx: Transaction, community: Community) -> Iterator[Met]:
    """Yield everybody whom Laurel has met."""
    for row in tx.each(_PEOPLE, community=community.id):
        takes = not row["bot"] and row["level"] != Level.NONE
        yield Met(row["key"], row["platform_id"], row["name"], takes)


def met_at(tx: Transaction, community: Community) -> datetime:
    """Return when Laurel came to the community."""
    row = tx.one(_MET, community=community.id)
    assert row is not None  # noqa: S101  a community has its row
    return from_ms(row["met_at"])


def secret(tx: Transaction) -> bytes:
    """Return what marks are made with, which differs between installations."""
    row = tx.one(_KEY)
    assert row is not None  # noqa: S101  the first migration wrote it
    return str(row["token"]).encode()


def mark(key: bytes, tool: str, member: int, tells: str) -> str:
    """Return the mark of a row: the same for the same row, whatever file it is in."""
    said = f"{tool}\0{member}\0{tells}".encode("utf-8", "surrogatepass")
    return blake2b(said, digest_size=_MARK_BYTES, key=key[:64]).hexdigest()


def begin(
    tx: Transaction, community: Community, source: Source, at: datetime
) -> Import:
    """Return the import of this very file that was interrupted; else begin one."""
    row = tx.one(_RUNNING, community=community.id, file=source.file)
    if row is not None:
        return _import(row)
    number = tx.add(
        _BEGIN,
        community=community.id,
        tool=source.tool,
        file=source.file,
        reads=source.reads,
        at=to_ms(at),
    )
    begun = get(tx, community, number)
    assert begun is not None  # noqa: S101  written in this transaction
    return begun


def advance(tx: Transaction, going: Import, step: Step) -> Import:
    """Note what the next rows came to, in the unit that counts them.

    Raises:
        RuntimeError: If somebody else has gone on with it meanwhile.
    """
    moved = tx.run(
        _ADVANCE,
        id=going.id,
        before=going.done.lines,
        lines=step.lines,
        rows=step.rows,
        points=step.points,
        again=step.again,
        left_out=step.left_out,
    )
    if not moved:
        raise RuntimeError(f"import {going.id} is not where it was left")
    done = going.done
    now = Step(
        done.lines + step.lines,
        done.rows + step.rows,
        done.points + step.points,
        done.again + step.again,
        done.left_out + step.left_out,
    )
    return Import(going.id, going.source, going.state, now, going.began_at, None)


def finish(
    tx: Transaction, community: Community, going: Import, at: datetime
) -> Import:
    """Note that every row was dealt with; the audit says what it came to."""
    _move(tx, community, going, State.DONE, at)
    _note(tx, community, MADE, going, at)
    return Import(going.id, going.source, State.DONE, going.done, going.began_at, at)


def undo_some(
    tx: Transaction, community: Community, going: Import, most: int, at: datetime
) -> int:
    """Take back at most so many rows of an import; return how many that were.

    Once there are none left, it is undone, and the audit says so.
    """
    found = ledger.standing(tx, community, going.id, most)
    for points in found:
        ledger.reverse(tx, community, points, None, at)
    if found:
        _move(tx, community, going, State.UNDOING, at)
    elif _move(tx, community, going, State.UNDONE, at):
        _note(tx, community, UNDONE, going, at)
    return len(found)


def get(tx: Transaction, community: Community, number: int) -> Import | None:
    """Return one import of this community."""
    row = tx.one(_GET, community=community.id, id=number)
    return _import(row) if row else None


def of_file(tx: Transaction, community: Community, file: bytes) -> Import | None:
    """Return the last import of a file that was not taken back."""
    row = tx.one(_OF_FILE, community=community.id, file=file)
    return _import(row) if row else None


def listed(tx: Transaction, community: Community, most: int) -> Sequence[Import]:
    """Return the last imports, the newest first."""
    return [_import(row) for row in tx.all(_LISTED, community=community.id, most=most)]


def _move(
    tx: Transaction, community: Community, going: Import, to: State, at: datetime
) -> int:
    return tx.run(_MOVE, community=community.id, id=going.id, state=to, at=to_ms(at))


def _note(
    tx: Transaction, community: Community, action: str, going: Import, at: datetime
) -> None:
    detail: dict[str, int | str | None] = {
        "rows": going.done.rows,
        "points": going.done.points,
        "tool": going.source.tool,
    }
    entry = Entry(None, action, f"imports:{going.id}", detail, going.source.file)
    audit.add(tx, community, entry, at)


def _import(row: sqlite3.Row) -> Import:
    return Import(
        id=row["id"],
        source=Source(row["tool"], row["file"], row["reads"]),
        state=State(row["state"]),
        done=Step(
            row["lines"], row["rows"], row["points"], row["again"], row["left_out"]
        ),
        began_at=from_ms(row["began_at"]),
        ended_at=from_ms(row["ended_at"]) if row["ended_at"] is not None else None,
    )
