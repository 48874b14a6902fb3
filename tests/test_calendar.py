"""What is on the calendar happens once, in order, and not in the night."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.app import wall_clock
from bot.calendar import AlarmClock, Ringer
from bot.domain.quiet import QuietHours
from storage import calendar, departures, ringing
from storage.calendar import Entry, Quiet, State
from storage.database import Transaction
from storage.occurrences import Occurrence
from storage.ringing import MAX_ATTEMPTS
from tests.harness import COMMUNITY, community
from tests.ringing import Stand, daily, stand
from tests.waiting import until

NINE = "2026-03-06T09:00"
EARLY = datetime(2026, 3, 6, 14, 59, 59, tzinfo=UTC)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Stand]:
    async with stand(tmp_path / "laurel.sqlite3") as here:
        yield here


def broken(_occurrence: Occurrence) -> None:
    raise ValueError("a word that nobody should read later")


async def entry_of(here: Stand, entry: Entry) -> Entry:
    def find(tx: Transaction, of: int) -> Entry:
        row = tx.one("SELECT * FROM calendar_entries WHERE id = :id", id=of)
        assert row is not None
        return calendar.entry_of(row)

    return await here.database.read(find, entry.id)


async def test_it_rings_when_it_is_due(here: Stand) -> None:
    """Not before, and with the date that it counts for."""
    await here.add("each", daily("2026-03-06T16:00"))
    await here.ring(minutes=59)
    assert [] == await here.done()

    await here.ring(minutes=1)

    (done,) = await here.done()
    assert ("2026-03-06", 0, None) == (done.day, done.folded, done.since)
    assert done.at == done.now == here.clock()


async def test_the_next_one_is_known(here: Stand) -> None:
    """By the tables, so that the alarm can be set."""
    assert await here.database.read(calendar.next_due) is None
    await here.add("each", daily("2026-03-09T16:00"))
    entry = await here.add("each", daily("2026-03-07T16:00"))

    assert entry.due_at == await here.database.read(calendar.next_due)
    assert entry.due_at == datetime(2026, 3, 7, 16, tzinfo=UTC)


async def test_what_happens_once_is_over_then(here: Stand) -> None:
    entry = await here.add("each", daily("2026-03-06T16:00", text=""))
    await here.ring(hours=2)
    await here.ring(days=2)

    assert ["2026-03-06"] == await here.days()
    assert State.OVER is (await entry_of(here, entry)).state
    assert await here.database.read(calendar.next_due) is None


async def test_missed_ones_are_folded_into_the_newest(here: Stand) -> None:
    """T13: three days down, one recap that is told of the others."""
    await here.add("fold", daily(NINE))
    await here.ring(days=1)
    await here.ring(days=3)

    first, second = await here.done()
    assert ("2026-03-07", 0, None) == (first.day, first.folded, first.since)
    assert ("2026-03-10", 2, first.at) == (second.day, second.folded, second.since)
    assert [
        ("2026-03-07", "done"),
        ("2026-03-08", "folded"),
        ("2026-03-09", "folded"),
        ("2026-03-10", "done"),
    ] == await here.outcomes()


async def test_what_ends_is_ended_in_order(here: Stand) -> None:
    """T13: over entries as well, and each with its own date."""
    await here.add("each", daily("2026-03-07T12:00"))
    await here.add("each", daily("2026-03-07T18:00"))
    await here.add("each", daily("2026-03-09T06:00", text=""))
    await here.ring(days=3)

    at = [f"{each.at:%d %H}" for each in await here.done()]
    assert ["07 12", "07 18", "08 12", "08 18", "09 06", "09 12"] == at


async def test_what_is_stale_is_skipped_and_noted(here: Stand) -> None:
    """T13: nobody is reminded of what is past."""
    await here.add("skip", daily("2026-03-07T14:00"))
    await here.ring(days=3)

    assert ["2026-03-09"] == await here.days()
    assert [
        ("2026-03-07", "skipped"),
        ("2026-03-08", "skipped"),
        ("2026-03-09", "done"),
    ] == await here.outcomes()


async def test_years_away_are_passed_by(here: Stand) -> None:
    """A machine that was off, or whose clock is mad, does not do it all again."""
    await here.add("each", daily("2026-03-07T14:00", text="FREQ=MONTHLY"))
    await here.ring(days=20 * 365)

    assert 12 >= len(await here.done()) >= 11


async def test_quiet_hours_move_it(here: Stand) -> None:
    """To their end, over midnight and over a day on which clocks change."""
    zone = ZoneInfo("America/New_York")
    await here.settings(zone=zone, quiet=QuietHours(time(22), time(8)))
    await here.add("fold", daily("2026-03-07T23:30", zone.key, ""))
    await here.add("fold", daily("2026-03-07T23:45", zone.key, ""), quiet=Quiet.IGNORE)
    while here.clock() < datetime(2026, 3, 8, 13, tzinfo=UTC):
        await here.ring(minutes=15)

    now = [f"{each.now.astimezone(zone):%d %H:%M%z}" for each in await here.done()]
    assert ["07 23:45-0500", "08 08:00-0400"] == now


async def test_what_is_late_waits_for_the_morning(here: Stand) -> None:
    """Laurel is back at three at night."""
    await here.settings(quiet=QuietHours(time(22), time(8)))
    await here.add("fold", daily("2026-03-06T18:00"))
    await here.ring(hours=12)
    assert [] == await here.done()
    await here.ring(hours=5)

    assert ["2026-03-06"] == await here.days()


async def test_no_quiet_hours_without_a_length() -> None:
    with pytest.raises(ValueError, match="begin where they end"):
        QuietHours(time(8), time(8))


async def test_one_that_fails_stops_no_other(
    here: Stand, caplog: pytest.LogCaptureFixture
) -> None:
    """It is tried again after longer and longer waits, and nothing of it is kept."""
    bad = await here.add("each", daily("2026-03-06T16:00"))
    await here.add("each", daily("2026-03-06T16:00"))
    here.fault = lambda o: broken(o) if o.entry.id == bad.id else None
    await here.ring(hours=1)

    assert [bad.id + 1] == [each.entry for each in await here.done()]
    failed = await entry_of(here, bad)
    assert (1, here.clock() + timedelta(minutes=1)) == (failed.attempts, failed.due_at)
    assert "calendar entry failed" in caplog.text

    here.fault = lambda _occurrence: None
    await here.ring(minutes=1)
    assert bad.id == (await here.done())[-1].entry
    assert 0 == (await entry_of(here, bad)).attempts


async def test_what_fails_again_and_again_is_set_aside_and_told(here: Stand) -> None:
    """Once, after two hours; what comes after it in the same entry goes on."""
    entry = await here.add("each", daily("2026-03-06T16:00"))
    here.fault = broken
    await here.ring(hours=1)
    tries = 1
    while not here.told:
        due = await here.database.read(calendar.next_due)
        assert due is not None
        here.clock.at = due
        await here.ring()
        tries += 1

    assert MAX_ATTEMPTS == tries
    (stuck,) = here.told
    assert (entry.id, entry.due_at) == (stuck.entry, stuck.due_at)
    assert timedelta(hours=2) < here.clock() - (stuck.due_at or here.clock())
    here.fault = lambda _occurrence: None
    await here.ring(days=1)
    assert ["2026-03-07"] == await here.days()
    assert [("2026-03-06", "parked"), ("2026-03-07", "done")] == await here.outcomes()


async def _set_aside(here: Stand, kind: str) -> None:
    """Have the first day be set aside, and the second done."""
    await here.add(kind, daily("2026-03-06T16:00"))
    here.fault = broken
    await here.ring(hours=1)
    for _ in range(MAX_ATTEMPTS):
        await here.ring(hours=1)
    here.fault = lambda _occurrence: None
    await here.ring(days=1)


@pytest.mark.parametrize("kind", ["each", "fold"])
async def test_what_was_set_aside_can_be_tried_again(here: Stand, kind: str) -> None:
    """By hand, once it is mended; what was done since is not done again."""
    await _set_aside(here, kind)
    there = await here.community()
    (parked,) = await here.database.read(ringing.parked, there, 9)
    assert ("2026-03-06", "ValueError") == (parked.day, parked.reason)

    assert await here.database.write(ringing.again, there, parked, here.clock())
    assert not await here.database.write(ringing.again, there, parked, here.clock())
    await here.ring()
    await here.ring(days=1)

    assert ["2026-03-07", "2026-03-06", "2026-03-08"] == await here.days()
    assert [] == await here.database.read(ringing.parked, there, 9)


async def test_a_recap_is_told_since_when_nothing_was_said(here: Stand) -> None:
    """What was set aside lies in between, so that no week is lost."""
    await here.add("fold", daily("2026-03-05T16:00"))
    await here.ring(hours=2)
    here.fault = broken
    await here.ring(days=1)
    for _ in range(MAX_ATTEMPTS):
        await here.ring(hours=1)
    here.fault = lambda _occurrence: None
    await here.ring(days=1)

    first, last = await here.done()
    assert [("2026-03-06", None), ("2026-03-08", first.at)] == [
        (first.day, first.since),
        (last.day, last.since),
    ]


async def test_what_nobody_does_is_set_aside(here: Stand) -> None:
    """A kind of a later version, or of one before: it blocks nothing."""
    await here.add("nothing", daily("2026-03-06T16:00", text=""))
    for _ in range(MAX_ATTEMPTS + 1):
        await here.ring(hours=1)

    assert 1 == len(here.told)
    assert await here.database.read(calendar.next_due) is None


async def test_a_zone_that_is_gone_is_told(here: Stand) -> None:
    """Zones are taken away now and then; the entry waits for somebody to look."""
    entry = await here.add("each", daily("2026-03-06T16:00"))
    await here.add("each", daily("2026-03-06T16:00"))
    gone = "UPDATE calendar_entries SET zone = 'Mars/Olympus' WHERE id = :id"
    await here.database.write(lambda tx: tx.run(gone, id=entry.id))
    await here.ring(hours=1)
    await here.ring(days=1)

    (stuck,) = here.told
    assert (entry.id, None) == (stuck.entry, stuck.due_at)
    assert ["2026-03-06", "2026-03-07"] == await here.days()


async def test_two_at_the_same_time_do_it_once(here: Stand) -> None:
    """As two processes would: the claim decides, in the schema."""
    for _ in range(20):
        await here.add("each", daily("2026-03-06T16:00"))
    here.clock.move(days=2)
    await asyncio.gather(*(here.ringer.ring() for _ in range(5)))

    done = await here.done()
    assert 40 == len(done) == len({(each.entry, each.day) for each in done})


async def test_without_the_claim_it_would_happen_twice(here: Stand) -> None:
    """The planted defect: an entry that forgot how far it was stops at it alone."""
    entry = await here.add("each", daily("2026-03-06T16:00"))
    await here.ring(days=2)
    before = await here.days()
    forget = "UPDATE calendar_entries SET covered_at = :at, due_at = :at"
    since = round(entry.covered_at.timestamp() * 1000)
    await here.database.write(lambda tx: tx.run(forget, at=since))
    await here.ring()
    assert before == await here.days()

    await here.database.write(lambda tx: tx.run("DELETE FROM occurrences"))
    await here.database.write(lambda tx: tx.run(forget, at=since))
    await here.ring()
    assert before * 2 == await here.days()


async def test_another_time_of_day_does_not_repeat_the_day(here: Stand) -> None:
    """What was at nine today and is at six from now on was there today."""
    entry = await here.add("each", daily("2026-03-06T16:00"))
    await here.ring(hours=2)
    plan = replace(entry.plan, rule=daily("2026-03-06T18:00"))
    there = await here.community()
    await here.database.write(calendar.change, there, entry, plan, here.clock())
    await here.ring(hours=2)
    await here.ring(days=1)

    assert ["2026-03-06", "2026-03-07"] == await here.days()


async def test_other_words_change_no_time(here: Stand) -> None:
    """What waits for the morning still comes when only its words were changed."""
    await here.settings(quiet=QuietHours(time(22), time(8)))
    entry = await here.add("each", daily("2026-03-06T23:00"))
    await here.ring(hours=9)
    plan = replace(entry.plan, payload="[1,true]")
    there = await here.community()
    await here.database.write(calendar.change, there, entry, plan, here.clock())
    await here.ring(hours=9)

    assert ["2026-03-06"] == await here.days()


async def test_what_is_cancelled_does_not_happen(here: Stand) -> None:
    entry = await here.add("each", daily("2026-03-06T16:00"))
    there = await here.community()
    assert [entry.id] == [
        each.id for each in await here.database.read(calendar.ahead, there, 9)
    ]
    assert await here.database.write(calendar.cancel, there, entry.id)
    assert not await here.database.write(calendar.cancel, there, entry.id)
    await here.ring(days=1)

    assert [] == await here.done()
    assert [] == await here.database.read(calendar.ahead, there, 9)


async def test_an_exception_is_left_out(here: Stand) -> None:
    rule = replace(daily("2026-03-06T16:00"), exceptions=frozenset({date(2026, 3, 7)}))
    await here.add("each", rule)
    await here.ring(days=3)

    assert ["2026-03-06", "2026-03-08"] == await here.days()


async def test_nothing_happens_where_laurel_is_not(here: Stand) -> None:
    """It is noted, and goes on if Laurel comes back."""
    await here.add("each", daily("2026-03-06T16:00"))
    await here.database.write(departures.leave, COMMUNITY, here.clock())
    await here.ring(days=2)
    assert [] == await here.done()

    settings = (await here.community()).settings
    await here.database.write(departures.arrive, COMMUNITY, settings, here.clock())
    await here.ring(days=1)
    assert ["2026-03-08"] == await here.days()
    assert ("2026-03-06", "skipped") == (await here.outcomes())[0]


async def test_a_clock_that_is_set_doubles_and_loses_nothing(here: Stand) -> None:
    """T12: forwards by 90 minutes, back again, forwards by three days, back by one."""
    await here.add("each", daily("2026-03-06T15:45"))
    for minutes in (90, -90, 30, 3 * 1440, -1440, 60, 1440, 1440):
        await here.ring(minutes=minutes)
        await here.ring()

    days = await here.days()
    assert [f"2026-03-{day:02}" for day in range(6, 12)][: len(days)] == days
    assert 5 == len(days)


async def test_the_alarm_is_set_and_looks_again(tmp_path: Path) -> None:
    """Through the program itself: an entry wakes it, and it rings by itself."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        await home.settings(moderators=home.channel("mods"))
        here = Stand(home.database, home.clock)
        await here.add("unknown", daily("2026-03-06T16:00", text=""))
        for _ in range(MAX_ATTEMPTS + 1):
            await home.wait(hours=1)

        (told,) = home.posts("mods")
        assert told.startswith(
            "Something on the calendar could not be done\nIt was due"
        )


async def test_it_rings_by_itself(here: Stand) -> None:
    """By a real alarm, a moment after it is added, with nobody looking."""
    began = asyncio.get_running_loop().time()

    def wall() -> datetime:
        return EARLY + timedelta(seconds=asyncio.get_running_loop().time() - began)

    async def next_due() -> datetime | None:
        return await here.database.read(calendar.next_due)

    ringer = Ringer(here.database, here.kinds, wall, here.take_note)
    alarm = AlarmClock(ringer.ring, next_due, clock=wall, wall=wall_clock)
    here.database.listen("calendar", alarm.wake)
    rung: list[datetime] = []
    here.fault = lambda occurrence: rung.append(occurrence.now)
    running = asyncio.ensure_future(alarm.run())  # noqa: TID251  awaited below
    await alarm.settle()
    here.clock.at = wall()
    await here.add("each", daily("2026-03-06T15:00", text=""))
    assert [] == rung
    await until(lambda: bool(rung))
    alarm.stop()
    await running

    assert timedelta(0) <= rung[0] - datetime(2026, 3, 6, 15, tzinfo=UTC)
