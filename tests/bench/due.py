"""What is due next, against looking through the whole calendar for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from bot.domain.community import Settings
from bot.domain.missed import Missed
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import CommunityRef
from bot.domain.rrule import parse
from storage import calendar, communities, file, occurrences, ringing
from storage.calendar import Plan
from storage.database import Transaction
from storage.occurrences import Policy
from tests.bench.figure import Figure, in_ms, middle, timed
from tests.bench.size import Size
from tests.harness import PLATFORM

_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
_EACH = 10
"""Entries of one community."""

_RULES = (
    "FREQ=WEEKLY;BYDAY=FR", "FREQ=MONTHLY;BYDAY=1FR", "FREQ=WEEKLY;INTERVAL=2",
    "FREQ=DAILY", "FREQ=MONTHLY;BYMONTHDAY=-1",
)  # fmt: skip
_ZONES = ("America/New_York", "Asia/Kathmandu", "Europe/Berlin", "Australia/Lord_Howe")

# The same rows, with no index to help.
_SCANNED = "SELECT min(due_at) AS at FROM calendar_entries NOT INDEXED"


async def due(folder: Path, size: Size) -> Sequence[Figure]:
    """The next due instant, and what it takes to ring for a week of them."""
    path = folder / "due.sqlite3"
    file.create(path)
    connection = file.connect(path, "rw")
    tx = Transaction(connection)
    connection.execute("BEGIN")
    _fill(tx, size.entries)
    kept, scanned = partial(calendar.next_due, tx), partial(tx.one, _SCANNED)
    quick: list[float] = []
    slow: list[float] = []
    for _ in range(size.rounds):
        quick += [timed(kept) for _ in range(50)]
        slow += [timed(scanned) for _ in range(5)]
    rung, took_s = _ring_for_a_week(tx)
    connection.execute("COMMIT")
    connection.close()
    where = f"of {size.entries:,} entries of {size.entries // _EACH:,} communities"
    beside = f"{in_ms(middle(quick))} of {in_ms(middle(slow))}"
    return [
        Figure(
            f"the next due instant {where}",
            middle(quick) * 1_000,
            "the middle of many, in one process",
            most=1,
            unit=" ms",
        ),
        Figure(
            f"the next due instant {where}, as a share of looking through them",
            middle(quick) / middle(slow),
            beside,
            most=1 / 5,
        ),
        Figure(
            f"occurrences {where} claimed a second, without their commits",
            rung / took_s,
            f"{rung:,} in a week of hours",
            least=1_000,
            unit="/s",
        ),
    ]


def _fill(tx: Transaction, entries: int) -> None:
    settings = Settings("en", ZoneInfo("UTC"))
    for number in range(entries // _EACH):
        ref = CommunityRef(PLATFORM, f"home-{number}")
        there = communities.add(tx, ref, settings, _BEGIN)
        for place in range(_EACH):
            zone = zone_named(_ZONES[(number + place) % len(_ZONES)])
            start = datetime.fromisoformat("2026-01-02T00:00")
            start += timedelta(minutes=number * 7 % 1_440)
            rule = Rule(start, zone, parse(_RULES[place % len(_RULES)], zone))
            calendar.add(tx, there, Plan("bench.due", rule, "[1,null]"), _BEGIN)


def _ring_for_a_week(tx: Transaction) -> tuple[int, float]:
    """Claim all that is due, hour after hour, and return how many and how long."""
    policy, rung, since = Policy(Missed.EACH), 0, perf_counter()
    for hour in range(7 * 24):
        now = _BEGIN + timedelta(hours=hour)
        while waiting := ringing.due(tx, now, 512):
            for entry in waiting:
                taken = ringing.take(tx, entry, now)
                assert taken is not None
                rung += occurrences.claim(tx, taken, policy, now) is not None
    return rung, perf_counter() - since
