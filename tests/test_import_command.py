"""``laurel import``, as it is typed: what it prints, what it writes, how it ends."""

from __future__ import annotations

import asyncio
import signal
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import CommunityRef, MemberRef, PlatformName
from storage import communities, file, imports, members
from storage.database import Transaction
from storage.imports import State
from storage.lock import InstanceLock
from storage.offline import look_into
from tests.test_command import run, start
from tests.waiting import until

AT = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
DATABASE = Path("data", "laurel.sqlite3")
EXPORT = "Name,Points\nAna,3\nBen,2\n"
PEOPLE = ("Ana", "Ben")


def served(folder: Path, *names: str) -> None:
    """Make a database with these communities, of the same people each."""
    file.create(folder / DATABASE)
    connection = file.connect(folder / DATABASE, "rw")
    tx = Transaction(connection)
    for name in names:
        ref = CommunityRef(PlatformName("harness"), name)
        here = communities.add(tx, ref, Settings("en", ZoneInfo("UTC")), AT)
        for who in PEOPLE:
            members.meet(tx, here, Person(MemberRef(ref, who.lower()), who), AT)
    connection.close()


def done(folder: Path) -> list[tuple[State, int]]:
    """Return every import, with how many rows of it count."""
    with look_into(folder / DATABASE) as tx:
        return [
            (each.state, each.done.rows)
            for here in communities.every(tx)
            for each in imports.listed(tx, here, 99)
        ]


def points(folder: Path) -> int:
    with look_into(folder / DATABASE) as tx:
        row = tx.one(
            "SELECT sum(amount) AS n FROM points WHERE id NOT IN "
            "(SELECT points FROM point_reversals)"
        )
        return int(row["n"] or 0) if row else 0


async def test_a_file_is_shown_imported_listed_and_taken_back(tmp_path: Path) -> None:
    """In words that say what to type next; nobody is there to be asked."""
    served(tmp_path, "home")
    (tmp_path / "kudos.csv").write_text(EXPORT)
    unasked = await run(tmp_path, "import", "kudos.csv")
    assert (1, []) == (unasked[0], done(tmp_path))
    assert "Of 2 rows, 2 would count in harness:home: 5 points" in unasked[1]
    assert "Nothing was written. --yes asks no more." in unasked[2]

    code, told, complaints = await run(tmp_path, "import", "kudos.csv", "--yes")
    assert (0, "", 5) == (code, complaints, points(tmp_path))
    words = told.partition("To take it back: laurel ")[2].split()
    assert "1  " in (await run(tmp_path, "import", "--list"))[1]
    code, told, _ = await run(tmp_path, *words, "--yes")
    assert (0, 0, [(State.UNDONE, 2)]) == (code, points(tmp_path), done(tmp_path))


async def test_it_never_runs_beside_the_bot(tmp_path: Path) -> None:
    """Which has the file; the process ends with 5, as any second one does."""
    served(tmp_path, "home")
    (tmp_path / "kudos.csv").write_text(EXPORT)
    lock = InstanceLock.take(tmp_path / DATABASE)
    for words in (("kudos.csv", "--yes"), ("--list",), ("--undo", "1")):
        code, _, complaints = await run(tmp_path, "import", *words)
        assert 5 == code
        assert "is in use by another Laurel" in complaints
    lock.release()

    assert [] == done(tmp_path)


async def test_a_community_is_named_where_there_are_several(tmp_path: Path) -> None:
    """Points are never counted in one that nobody meant."""
    served(tmp_path, "home", "club")
    (tmp_path / "kudos.csv").write_text(EXPORT)
    code, _, complaints = await run(tmp_path, "import", "kudos.csv", "--yes")
    assert (1, []) == (code, done(tmp_path))
    assert "Whose points? There is more than one." in complaints
    assert "harness:home\nharness:club" in complaints

    named = ("--community", "harness:club", "--yes")
    assert 0 == (await run(tmp_path, "import", "kudos.csv", *named))[0]
    listed = await run(tmp_path, "import", "--list", "--community", "home")
    assert "Nothing was imported here yet." in listed[1]


async def test_a_process_that_is_killed_loses_and_doubles_nothing(
    tmp_path: Path,
) -> None:
    """The same command goes on, as often as it takes."""
    served(tmp_path, "home")
    rows = [f"{n},Ana,{n % 7 + 1},2026-02-0{n % 9 + 1}" for n in range(9_000)]
    text = "\n".join(("Row ID,Name,Points,Date", *rows))
    (tmp_path / "kudos.csv").write_text(text)
    words = ("import", "kudos.csv", "--yes")

    child = await start(tmp_path, words)
    await until(lambda: any(count for _, count in done(tmp_path)))
    child.send_signal(signal.SIGKILL)
    await child.communicate()
    (left,) = done(tmp_path)
    code, told, _ = await run(tmp_path, *words)

    assert 0 == code
    assert [(State.DONE, 9_000)] == done(tmp_path)
    assert sum(n % 7 + 1 for n in range(9_000)) == points(tmp_path)
    if left[0] is State.RUNNING:  # a quick machine may have been done already
        assert f"stopped behind row {left[1]:,}; it goes on there" in told


async def test_who_presses_ctrl_c_gets_their_prompt_back(tmp_path: Path) -> None:
    """Behind the commit under way; the same command goes on."""
    served(tmp_path, "home")
    rows = [f"{n},Ana,{n % 7 + 1},2026-02-0{n % 9 + 1}" for n in range(9_000)]
    (tmp_path / "kudos.csv").write_text("\n".join(("Row ID,Name,Points,Date", *rows)))
    words = ("import", "kudos.csv", "--yes")

    child = await start(tmp_path, words)
    await until(lambda: any(count for _, count in done(tmp_path)))
    child.send_signal(signal.SIGINT)
    async with asyncio.timeout(30):
        _, complaints = await child.communicate()
    if child.returncode:  # a quick machine may have been done already
        assert 1 == child.returncode
        assert b"Stopped. What is done stays" in complaints
    assert 0 == (await run(tmp_path, *words))[0]
    assert 9_000 == sum(count for _, count in done(tmp_path))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "FILE --list --undo is required"),
        (("a.csv", "--list"), "not allowed with argument"),
        (("a.csv", "--on", "soon"), "wants a date as in 2026-03-06"),
        (("a.csv", "--dates", "ymd"), "invalid choice: 'ymd'"),
        (("a.csv", "--encoding", "klingon"), "invalid choice: 'klingon'"),
    ],
)
async def test_what_is_not_typed_whole_is_asked_for(
    words: tuple[str, ...], told: str, tmp_path: Path
) -> None:
    """The process ends with 2, as for every command."""
    code, _, complaints = await run(tmp_path, "import", *words)

    assert 2 == code
    assert told in complaints


async def test_what_is_mapped_to_nothing_is_refused(tmp_path: Path) -> None:
    """With the meanings that there are."""
    served(tmp_path, "home")
    (tmp_path / "kudos.csv").write_text(EXPORT)
    code, _, complaints = await run(tmp_path, "import", "kudos.csv", "--map", "x=Name")

    assert (1, []) == (code, done(tmp_path))
    assert "meanings are member, member-id, giver" in complaints


async def test_without_a_community_it_says_what_comes_first(tmp_path: Path) -> None:
    """There is nobody to count anything for; nothing is kept."""
    await run(tmp_path, "init")
    (tmp_path / "points.csv").write_text("name,points\nAna,3\n")
    code, _, complaints = await run(tmp_path, "import", "points.csv", "--yes")
    assert 1 == code
    assert "serves no community yet. Add it to one" in complaints
