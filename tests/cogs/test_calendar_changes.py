"""What moderators change about what is planned, and what others hear of it."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.domain.quiet import QuietHours
from bot.domain.recurrence import Rule, zone_named
from bot.domain.rrule import Freq, Pattern
from storage import communities, members, moments, planning
from storage.calendar import Entry
from storage.database import Transaction
from storage.moments import BEGAN, MomentKind
from storage.planning import Edit, Wanted
from tests.cogs.test_calendar import changed, drafted, planned, which
from tests.harness import COMMUNITY, Community

TODAY = date(2026, 3, 6)
FRIDAY = date(2026, 3, 13)
FOUR = time(16)
NIGHT = QuietHours(time(22), time(7))


def _began(tx: Transaction) -> list[str]:
    rows = tx.all(
        "SELECT ref FROM activity WHERE kind = :kind AND actor = 0 ORDER BY id",
        kind=BEGAN,
    )
    return [row["ref"] for row in rows]


def _plan_much(tx: Transaction, home: Community) -> None:
    """Plan something for each of two hundred days, to come again every week."""
    here = communities.get(tx, COMMUNITY)
    by = Edit(members.meet(tx, here, home.person("Mo"), home.clock()), "", home.clock())
    for days in range(1, planning.MAX_ACTIVE + 1):
        start = home.clock().replace(tzinfo=None) + timedelta(days=days)
        rule = Rule(start, zone_named("UTC"), Pattern(Freq.WEEKLY))
        wanted = Wanted(MomentKind.MOMENT, f"Nr. {days}", "", None, timedelta(0), rule)
        planning.add(tx, here, wanted, by)


@pytest.mark.parametrize("kind", ["moment", "week", "window"])
async def test_others_follow_what_begins(home: Community, kind: str) -> None:
    """Each time is told once, whatever it is, in the commit in which it begins."""
    await planned(home, on=TODAY, at=FOUR, kind=kind, repeat="fortnightly")
    entry = await which(home)
    before = await home.database.read(_began)
    await home.wait(hours=2)
    first = await home.database.read(_began)
    await home.wait(days=14)

    assert ([], [f"calendar_entries:{entry}"]) == (before, first)
    assert 2 * first == await home.database.read(_began)


async def test_what_is_too_late_to_be_said_has_begun_all_the_same(
    home: Community,
) -> None:
    """Whoever waits for it does not wait for ever."""
    await planned(home, on=TODAY, at=FOUR)
    entry = await which(home)
    await home.wait(days=9)

    assert [] == home.posts()
    assert [f"calendar_entries:{entry}"] == await home.database.read(_began)


async def test_what_waits_for_the_morning_is_shown_at_its_own_times(
    home: Community,
) -> None:
    """A call at night that is said late comes the next night as it did."""
    await home.settings(quiet=NIGHT)
    await planned(home, on=TODAY, at=time(23), repeat="daily", name="Stars")
    await home.wait(hours=8, minutes=30)
    seen = await home.type("Ana", "calendar")

    assert "Stars\nSat, Mar 7, 11:00" in seen.text
    assert "Mar 7, 7:00" not in seen.text


async def test_a_few_times_of_many_entries_are_a_few(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is read of what comes after them all."""
    await home.database.write(_plan_much, home)
    read: list[int] = []
    moment_of = moments.moment_of

    def counted(entry: Entry) -> moments.Moment | None:
        read.append(entry.id)
        return moment_of(entry)

    monkeypatch.setattr(moments, "moment_of", counted)
    found = await home.database.read(
        lambda tx: moments.ahead(tx, communities.get(tx, COMMUNITY), home.clock(), 5)
    )

    assert [f"Nr. {days}" for days in range(1, 6)] == [f.moment.title for f in found]
    assert 5 == len(read)


async def test_any_of_the_next_times_can_be_left_out(home: Community) -> None:
    """The others stay, and what is left out is left out once."""
    await planned(home, repeat="weekly")
    asked = await home.type("Mo", "moment cancel", which=await which(home))
    done = await home.press("Mo", asked, "March 27")
    twice = await home.press("Mo", asked, "March 27")
    seen = await home.type("Ana", "calendar")

    assert "is left out on March 27, 2026. Everything after that stays." in done.text
    assert ("calendar.refused-not-then", None) == (twice.reason, twice.at)
    assert "Mar 27" not in seen.text
    for day in ("Mar 13", "Mar 20", "Apr 3"):
        assert day in seen.text


async def test_a_time_that_is_far_off_can_be_left_out(home: Community) -> None:
    """By its day; a day on which it does not come is refused beside the question."""
    await planned(home, repeat="weekly")
    asked = await home.type("Mo", "moment cancel", which=await which(home))
    form = await home.press("Mo", asked, "Another day")
    wrong = await home.fill_in("Mo", form, on=date(2026, 10, 1))
    past = await home.fill_in("Mo", form, on=date(2026, 2, 27))
    done = await home.fill_in("Mo", form, on=date(2026, 10, 2))
    sheet = await home.type("Mo", "moment edit", which=await which(home))

    for refused in (wrong, past):
        assert ("calendar.refused-not-then", "on") == (refused.reason, refused.at)
    assert "October 2, 2026" in done.text
    assert "One date: October 2, 2026" in sheet.text


async def test_what_was_left_out_can_be_put_back(home: Community) -> None:
    """It comes on that day after all, once the draft is saved."""
    await planned(home, repeat="weekly")
    asked = await home.type("Mo", "moment cancel", which=await which(home))
    await home.press("Mo", asked, "March 20")
    sheet = await home.type("Mo", "moment edit", which=await which(home))
    sheet = await home.press("Mo", sheet, "Have it on March 20")
    await home.press("Mo", sheet, "Save")

    assert "Left out" not in sheet.text
    assert "Mar 20" in (await home.type("Ana", "calendar")).text


async def test_one_time_alone_cannot_be_left_out(home: Community) -> None:
    """What comes once is taken off or left; nothing else is offered."""
    await planned(home)
    asked = await home.type("Mo", "moment cancel", which=await which(home))

    offered = [act.route for act in asked.message.actions()]
    assert ["calendar.take-off", "calendar.leave"] == offered


async def test_a_moment_becomes_a_week(home: Community) -> None:
    """It stays the same entry, and lasts as long as weeks do."""
    await planned(home, repeat="weekly")
    number = await which(home)
    sheet = await home.type("Mo", "moment edit", which=number)
    sheet = await home.press("Mo", sheet, "Make it a themed week")
    await home.press("Mo", sheet, "Save")
    await home.wait(days=7, hours=1)
    (post,) = home.posts()

    assert "A themed week" in sheet.text
    assert "7 days" in sheet.text
    assert number == await which(home)
    assert "The theme from today: Show and tell" in post


async def test_a_length_of_its_own_stays_with_another_kind(home: Community) -> None:
    """What a moderator chose is not undone, and refused where it cannot be."""
    sheet = await changed(home, await drafted(home), "Where", lasts=timedelta(hours=5))
    window = await home.press("Mo", sheet, "Make it a window")
    moment = await home.press("Mo", window, "Make it a moment")
    daily = await changed(home, moment, "How often", how="daily")
    long = await changed(home, daily, "Where", lasts=timedelta(days=2))
    refused = await home.press("Mo", long, "Make it a window")

    assert "5 hours" in window.text
    assert ("calendar.refused-overlap", None) == (refused.reason, refused.at)
