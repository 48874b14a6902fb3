"""A long file of another tool, imported as it is on the console, in its own process."""

from __future__ import annotations

import asyncio
import csv
import json
import random
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.__main__ import main
from bot.domain.community import Settings
from bot.domain.people import Person
from bot.domain.refs import CommunityRef, MemberRef, PlatformName
from storage import communities, file, members
from storage.database import Transaction
from tests.bench.figure import Figure, per_s
from tests.bench.processes import ROOT
from tests.bench.size import Size

MODULE = "tests.bench.imports"

MOST_MB = 200

_HERE = CommunityRef(PlatformName("slack"), "T1")
_CAME_AT = datetime(2026, 1, 1, tzinfo=UTC)
_FIRST_ON = date(2024, 1, 1)
_DAYS = 700
_A_MEMBER_PER = 100
"""So many rows are of one member."""

_PEAK = re.compile(r"VmHWM:\s+(\d+) kB")


async def imports(folder: Path, size: Size) -> list[Figure]:
    """What an import takes in memory at its most, and whether every row counts once."""
    people = max(2, size.imported // _A_MEMBER_PER)
    _found(folder / "data" / "laurel.sqlite3", people)
    points = _export(folder / "bonuses.csv", size.imported, people)
    took_s, told = await _run(folder, "bonuses.csv", "--yes")
    again_s, twice = await _run(folder, "bonuses.csv", "--yes")
    what = f"an import of {size.imported:,} rows"
    beside = (
        f"{took_s:.1f} s, {per_s(size.imported, took_s)}, and {again_s:.1f} s again"
    )
    return [
        Figure(f"{what}, memory", told["peak_mb"], beside, most=MOST_MB, unit=" MB"),
        Figure(
            f"{what}, twice, points too many or too few",
            abs(twice["points"] - points),
            f"{points:,} points",
            least=0,
            most=0,
        ),
    ]


async def _run(folder: Path, *words: str) -> tuple[float, dict[str, int]]:
    """Return how long an import took, and what its process tells of itself."""
    since = perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", MODULE, str(folder), "import", *words),
        cwd=ROOT,
        stdout=PIPE,
        stderr=DEVNULL,
    )
    told, _ = await process.communicate()
    assert process.returncode == 0, told
    return perf_counter() - since, json.loads(told.splitlines()[-1])


def _found(path: Path, people: int) -> None:
    file.create(path)
    connection = file.connect(path, "rw")
    tx = Transaction(connection)
    connection.execute("BEGIN")
    here = communities.add(tx, _HERE, Settings("en", ZoneInfo("UTC")), _CAME_AT)
    for number in range(people):
        person = Person(MemberRef(_HERE, f"U{number:09}"), f"Member {number}")
        members.meet(tx, here, person, _CAME_AT)
    connection.execute("COMMIT")
    connection.close()


def _export(path: Path, rows: int, people: int) -> int:
    """Write what another tool would, and return how many points are in it."""
    dice, points = random.Random(7), 0  # noqa: S311  the same file each time
    with path.open("w", newline="", encoding="utf-8") as out:
        table = csv.writer(out)
        table.writerow(["id", "giver", "receiver", "amount", "created_at", "reason"])
        for number in range(rows):
            giver, receiver = dice.sample(range(people), 2)
            amount = dice.randrange(1, 50)
            at = _FIRST_ON + timedelta(days=dice.randrange(_DAYS))
            reason = f"You helped with matter {number % 1_000} when it was needed"
            who = (f"Member {giver}", f"Member {receiver}")
            table.writerow([f"b{number}", *who, amount, f"{at}T10:00:00Z", reason])
            points += amount
    return points


def _told(folder: Path) -> str:
    """Return what this process took at its most, and what stands in the ledger."""
    found = _PEAK.search(Path("/proc/self/status").read_text(encoding="ascii"))
    connection = file.connect(folder / "data" / "laurel.sqlite3", "ro")
    row = connection.execute("SELECT sum(amount) AS points FROM points").fetchone()
    connection.close()
    peak_mb = int(found[1]) * 1024 // 1_000_000 if found else 0
    return json.dumps({"peak_mb": peak_mb, "points": row["points"]})


if __name__ == "__main__":
    home = Path(sys.argv[1])
    config = home / "config.toml"
    database = home / "data" / "laurel.sqlite3"
    config.write_text(f'[database]\npath = "{database}"\n', encoding="utf-8")
    code = main(
        ["--config", str(config), sys.argv[2], str(home / sys.argv[3]), *sys.argv[4:]]
    )
    print(_told(home))  # noqa: T201  for the process that measures
    raise SystemExit(code)
