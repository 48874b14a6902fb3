"""The chain that the audit is kept in, and the lines that it is exported as."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.audit_verify import BROKEN, WHOLE, verify
from bot.domain.community import Community, Settings
from bot.domain.refs import CommunityRef, PlatformName
from storage import audit, communities, file
from storage.audit import MAX_DETAIL_CHARS, Entry, Head
from storage.database import Transaction

AT = datetime(2026, 3, 6, 15, 0, 1, 250_000, tzinfo=UTC)
HERE = CommunityRef(PlatformName("harness"), "here")
THERE = CommunityRef(PlatformName("harness"), "there")
ROWS = 6
NUMBERS = count()
"""Each example decides in a community of its own, or the last would take longest."""


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    """Yield what writes to a file of its own."""
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    connection = file.connect(path, "rw")
    yield Transaction(connection)
    connection.close()


@pytest.fixture
def here(tx: Transaction) -> Community:
    """Return a community in which nothing was decided."""
    return communities.add(tx, HERE, Settings("en", ZoneInfo("UTC")), AT)


def decide(tx: Transaction, community: Community, times: int = ROWS) -> None:
    """Have so many things be decided, one a minute."""
    for number in range(times):
        actor = None if number % 3 == 0 else 1000 + number
        detail = {"version": number, "named": None} if number % 2 else {}
        digest = bytes([number]) * 32 if number % 2 else None
        entry = Entry(actor, "awards.edit", f"awards:{number}", detail, digest)
        audit.add(tx, community, entry, AT + timedelta(minutes=number))


def verified(
    folder: Path, tx: Transaction, community: Community, *digests: str
) -> tuple[int, list[int]]:
    """Return what whoever was handed the audit finds: a code, and rows."""
    path = folder / "audit.jsonl"
    path.write_bytes(b"".join(audit.lines(tx, community)))
    out = StringIO()
    code = verify([str(path)], digests, out)
    found = re.findall(r"^Row (\d+) ", out.getvalue(), re.MULTILINE)
    return code, [int(row) for row in found] if code == BROKEN else []


def test_a_line_is_written_in_one_way_alone(tx: Transaction, here: Community) -> None:
    """Digests that were posted hold for good, so the bytes may never differ."""
    detail = {"until": None, "count": 2, "said": 'é "\n'}
    entry = Entry(7, "awards.edit", "awards:1", detail, bytes(range(32)))
    audit.add(tx, here, entry, AT)
    audit.add(tx, here, Entry(None, "awards.close", "awards:1"), AT)
    first, second = audit.lines(tx, here)

    assert first.decode() == (
        '{"hash":"b0deb25d209fc24a63667123171f36b8'
        'e2692598a74662cc57ba5fecf7991268","previous":"' + "0" * 64 + '","id":1,'
        '"at":"2026-03-06T15:00:01.250Z","actor":7,"action":"awards.edit",'
        '"ref":"awards:1","detail":{"count":2,"said":"é \\"\\n","until":null},"digest":'
        '"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"}\n'
    )
    assert json.loads(second) == {
        "hash": audit.head(tx, here).digest,
        "previous": json.loads(first)["hash"],
        "id": 2,
        "at": "2026-03-06T15:00:01.250Z",
        "actor": None,
        "action": "awards.close",
        "ref": "awards:1",
        "detail": {},
        "digest": None,
    }


def test_an_audit_is_whole_and_its_head_is_the_digest(
    tx: Transaction, here: Community, tmp_path: Path
) -> None:
    """Of what was never decided, of some of it, and of all of it."""
    assert Head(0, "0" * 64) == audit.head(tx, here)
    assert [] == list(audit.lines(tx, here))
    decide(tx, here)
    head = audit.head(tx, here)

    assert ROWS == head.row
    assert (WHOLE, []) == verified(tmp_path, tx, here, head.digest)
    assert audit.first_broken(tx, here) is None
    third = list(audit.lines(tx, here))[2]
    assert Head(3, json.loads(third)["hash"]) == audit.head(tx, here, 3)


def test_parts_make_the_whole(tx: Transaction, here: Community) -> None:
    """Behind a row, and up to one."""
    decide(tx, here)
    whole = list(audit.lines(tx, here))

    for place in range(ROWS + 1):
        first = list(audit.lines(tx, here, until=place))
        assert whole == [*first, *audit.lines(tx, here, after=place)]
        assert place == len(first)


def test_each_community_has_a_chain_of_its_own(
    tx: Transaction, here: Community, tmp_path: Path
) -> None:
    """Rows are counted from 1 in each, and none is in another's."""
    there = communities.add(tx, THERE, Settings("en", ZoneInfo("UTC")), AT)
    for _ in range(3):
        decide(tx, here, 1)
        decide(tx, there, 2)

    assert (3, 6) == (audit.head(tx, here).row, audit.head(tx, there).row)
    assert (WHOLE, []) == verified(tmp_path, tx, here)
    assert (WHOLE, []) == verified(tmp_path, tx, there)


def past_the_guards(tx: Transaction, sql: str) -> None:
    """Do to the file what Laurel lets nobody do."""
    for trigger in ("audit_stays_1", "audit_stays_2"):
        tx.run(f"DROP TRIGGER {trigger}")
    tx.run(sql)


CHANGES = {
    "at": "at = at + 1",
    "actor": "actor = 1",
    "action": "action = 'awards.open'",
    "ref": "ref = 'awards:99'",
    "detail": """detail = '{"version":9}'""",
    "digest": "digest = x'00'",
    "previous": "previous = zeroblob(32)",
    "hash": "hash = zeroblob(32)",
    "line": """detail = '{"version":9}' || char(10)""",
}


@pytest.mark.parametrize("column", CHANGES)
def test_any_change_past_laurel_is_found_in_its_row(
    column: str, tx: Transaction, here: Community, tmp_path: Path
) -> None:
    """By `laurel check`, and by whoever verifies what is exported then."""
    decide(tx, here)
    past_the_guards(tx, f"UPDATE audit SET {CHANGES[column]} WHERE id = 4")  # noqa: S608  our own

    assert 4 == audit.first_broken(tx, here)
    code, found = verified(tmp_path, tx, here)
    assert (BROKEN, 4) == (code, found[0])


@pytest.mark.parametrize("row", [1, 3, ROWS])
def test_a_row_that_was_deleted_past_laurel_is_found(
    row: int, tx: Transaction, here: Community, tmp_path: Path
) -> None:
    """The last one by its digest alone."""
    decide(tx, here)
    digest = audit.head(tx, here).digest
    past_the_guards(tx, f"DELETE FROM audit WHERE id = {row}")  # noqa: S608  our own

    assert (BROKEN, [row]) == _first(verified(tmp_path, tx, here, digest))
    assert (None if row == ROWS else row + 1) == audit.first_broken(tx, here)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    action=st.text(),
    ref=st.text(),
    detail=st.dictionaries(st.text(), st.text() | st.integers() | st.none()),
    actor=st.none() | st.integers(0, 2**63 - 1),
    digest=st.none() | st.binary(min_size=32, max_size=32),
)
def test_whatever_is_decided_is_a_line_that_can_be_verified(
    tx: Transaction, tmp_path: Path, **told: object
) -> None:
    """Any characters that can be kept at all, and read back as they were."""
    entry = Entry(**told)  # type: ignore[arg-type]
    ref = CommunityRef(HERE.platform, f"community {next(NUMBERS)}")
    fresh = communities.add(tx, ref, Settings("en", ZoneInfo("UTC")), AT)
    audit.add(tx, fresh, entry, AT)

    (row,) = map(json.loads, audit.lines(tx, fresh))
    kept = (row["actor"], row["action"], row["ref"], row["detail"])
    assert (entry.actor, entry.action, entry.ref, entry.detail) == kept
    assert (entry.digest.hex() if entry.digest else None) == row["digest"]
    assert (WHOLE, []) == verified(tmp_path, tx, fresh)


def test_what_is_too_long_to_be_verified_is_never_kept(
    tx: Transaction, here: Community, tmp_path: Path
) -> None:
    """The longest that is kept can be."""
    room = MAX_DETAIL_CHARS - len('{"pool":""}')
    audit.add(tx, here, Entry(None, "a", "r", {"pool": "😀" * room}), AT)
    with pytest.raises(ValueError, match="the detail of a has"):
        audit.add(tx, here, Entry(None, "a", "r", {"pool": "x" * (room + 1)}), AT)

    assert 1 == audit.head(tx, here).row
    assert (WHOLE, []) == verified(tmp_path, tx, here)


def test_the_last_decisions_are_told_newest_first(
    tx: Transaction, here: Community
) -> None:
    """Of the actions that were asked for, and no more than that."""
    decide(tx, here)
    audit.add(tx, here, Entry(9, "awards.close", "awards:1"), AT)

    edits = audit.recent(tx, here, ("awards.edit",), 2)
    assert [(6, 1005), (5, 1004)] == [(each.row, each.actor) for each in edits]
    (closed,) = audit.recent(tx, here, ("awards.close", "awards.open"), 9)
    assert ("awards.close", "awards:1", AT) == (closed.action, closed.ref, closed.at)


def _first(told: tuple[int, list[int]]) -> tuple[int, list[int]]:
    code, found = told
    return code, found[:1]
