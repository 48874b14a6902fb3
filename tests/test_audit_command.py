"""``laurel audit``, as it is typed: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.community import Settings
from bot.domain.refs import CommunityRef, PlatformName
from storage import audit, communities, file
from storage.audit import Entry
from storage.database import Transaction
from storage.lock import InstanceLock
from tests.test_command import run

AT = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
DATABASE = Path("data", "laurel.sqlite3")


def served(folder: Path, **rows: int) -> None:
    """Make a database with these communities, each with so many decisions."""
    path = folder / DATABASE
    file.create(path)
    connection = file.connect(path, "rw")
    tx = Transaction(connection)
    for name, count in rows.items():
        ref = CommunityRef(PlatformName("harness"), name)
        here = communities.add(tx, ref, Settings("en", ZoneInfo("UTC")), AT)
        for number in range(count):
            audit.add(tx, here, Entry(None, "awards.edit", f"awards:{number}"), AT)
    connection.close()


def digest_in(told: str) -> str:
    return told.partition("Digest, which is the hash of row ")[2].split()[1]


async def test_what_is_exported_can_be_verified(tmp_path: Path) -> None:
    """With the very words that the export prints; also while Laurel serves."""
    served(tmp_path, home=3)
    lock = InstanceLock.take(tmp_path / DATABASE)
    code, told, _ = await run(tmp_path, "audit", "export", "audit.jsonl")
    lock.release()

    rows = (tmp_path / "audit.jsonl").read_text().splitlines()
    assert 0 == code
    assert "Wrote 3 rows of harness:home to audit.jsonl" in told
    assert [1, 2, 3] == [json.loads(row)["id"] for row in rows]
    assert json.loads(rows[-1])["hash"] == digest_in(told)
    words = told.partition("Anybody can verify it: laurel ")[2].split()
    code, told, complaints = await run(tmp_path, *words)
    assert (0, "") == (code, complaints)
    assert "All 3 rows are as they were written" in told
    assert "Row 3 has the digest" in told


async def test_an_exported_file_that_was_changed_is_found(tmp_path: Path) -> None:
    """At the row that was changed; the process ends with 1."""
    served(tmp_path, home=3)
    await run(tmp_path, "audit", "export", "audit.jsonl")
    path = tmp_path / "audit.jsonl"
    path.write_bytes(path.read_bytes().replace(b"awards:1", b"awards:7"))

    code, told, _ = await run(tmp_path, "audit", "verify", "audit.jsonl")
    assert 1 == code
    assert told.startswith("Row 2 was changed")


async def test_a_community_is_named_where_there_are_several(tmp_path: Path) -> None:
    """By its full name or by its id; the names are listed where it is not."""
    served(tmp_path, home=1, club=2, quiet=0)
    for told in ((), ("--community", "elsewhere")):
        code, _, complaints = await run(tmp_path, "audit", "export", "a.jsonl", *told)
        assert 1 == code
        assert "harness:home\nharness:club\nharness:quiet" in complaints
    for name, file_name in (("club", "b.jsonl"), ("harness:club", "c.jsonl")):
        words = ("audit", "export", file_name, "--community", name)
        assert "Wrote 2 rows of harness:club" in (await run(tmp_path, *words))[1]
    quiet = await run(tmp_path, "audit", "export", "d.jsonl", "--community", "quiet")

    assert (1, "") == quiet[:2]
    assert "Nothing was decided in harness:quiet yet" in quiet[2]
    assert ["b.jsonl", "c.jsonl"] == sorted(p.name for p in tmp_path.glob("*.jsonl"))


async def test_what_an_export_cannot_do_is_said(tmp_path: Path) -> None:
    """Nothing is written over, and no database is made up."""
    nowhere = await run(tmp_path, "audit", "export", "audit.jsonl")
    assert 3 == nowhere[0]
    assert "does not exist" in nowhere[2]

    served(tmp_path, home=1)
    (tmp_path / "kept.jsonl").write_text("mine")
    again = await run(tmp_path, "audit", "export", "kept.jsonl")
    assert (1, "mine") == (again[0], (tmp_path / "kept.jsonl").read_text())
    assert "kept.jsonl exists already and was left as it is" in again[2]

    away = await run(tmp_path, "audit", "export", "no/such/folder.jsonl")
    assert 1 == away[0]
    assert "no/such/folder.jsonl cannot be written (No such file" in away[2]


async def test_a_database_that_was_changed_is_told_of(tmp_path: Path) -> None:
    """It is exported as it is, since that is evidence, and the process ends with 1."""
    served(tmp_path, home=4)
    connection = file.connect(tmp_path / DATABASE, "rw")
    connection.execute("DROP TRIGGER audit_stays_1")
    connection.execute("UPDATE audit SET ref = 'awards:9' WHERE id = 3")
    connection.close()
    code, told, complaints = await run(tmp_path, "audit", "export", "audit.jsonl")

    assert 1 == code
    assert "Wrote 4 rows" in told
    assert "Row 3 was changed" in complaints
    assert "somebody changed it past Laurel" in complaints


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("audit",), "required: WHAT"),
        (("audit", "verify"), "required: FILE"),
        (("audit", "verify", "x", "--digest", "123"), "it has 64 digits"),
        (("audit", "export"), "required: FILE"),
    ],
)
async def test_what_is_not_typed_whole_is_asked_for(
    words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    """The process ends with 2, as for every command."""
    code, _, complaints = await run(tmp_path, *words)

    assert 2 == code
    assert told in complaints
