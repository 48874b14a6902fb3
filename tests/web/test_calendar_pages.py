"""What is coming, on a page and in people's own calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar

from bot.domain.community import ZoneChange
from bot.domain.recurrence import Rule, between
from bot.domain.rrule import parse
from storage import members
from storage.addresses import path_of
from storage.database import Transaction
from storage.moments import MomentKind
from tests.cogs.weeks import FRIDAY, set_up, sheet, until
from tests.pages.readers import Reading, by_ical_js, by_icalendar
from tests.web.site import Site, noon

LISBON = ZoneInfo("Europe/Lisbon")
UTC_ZONE = ZoneInfo("UTC")
WEEKLY = "FREQ=WEEKLY;BYDAY=MO"


async def events(site: Site, who: str | None = None) -> dict[str, Any]:
    """Return what a calendar program is given, by title."""
    calendar: Any = icalendar.Calendar.from_ical(await site.read("calendar.ics", who))
    return {str(each["SUMMARY"]): each for each in calendar.walk("VEVENT")}


async def test_a_calendar_program_shows_what_laurel_rings(site: Site) -> None:
    """The file as it is served, read by others."""
    rule = Rule(noon("2026-03-02"), LISBON, parse(WEEKLY, LISBON))
    await site.plan("Soup", rule)
    ours = await site.address()
    got, text = await site.get(path_of(ours, "calendar.ics"))
    since, until = site.home.clock(), site.home.clock() + timedelta(days=700)
    reading = Reading(text.encode(), since, until)
    expected = [each.at for each in between(rule, since, until)]

    assert "text/calendar; charset=utf-8" == got.headers["Content-Type"]
    assert [expected] == list(by_icalendar(reading).values())
    assert [[expected]] == [list(it.values()) for it in by_ical_js([reading])]


async def test_the_file_says_what_it_is(site: Site) -> None:
    """By its names old and new, and how often to look again."""
    calendar: Any = icalendar.Calendar.from_ical(await site.read("calendar.ics"))

    assert "What is coming" == calendar["NAME"] == calendar["X-WR-CALNAME"]
    assert "UTC" == calendar["X-WR-TIMEZONE"]
    assert timedelta(hours=1) == calendar["REFRESH-INTERVAL"].dt
    assert "2.0" == calendar["VERSION"]
    assert calendar["PRODID"]


async def test_an_edit_is_the_same_event(site: Site) -> None:
    """So that programs change it and do not show it twice."""
    moment = await site.plan("Soup", Rule(noon("2026-03-09"), UTC_ZONE), "Bring a bowl")
    before = (await events(site))["Soup"]
    site.home.clock.move(hours=1)
    await site.change(moment, "Stew")
    after = (await events(site))["Stew"]

    assert before["UID"] == after["UID"]
    assert (0, 1) == (before["SEQUENCE"], after["SEQUENCE"])
    assert site.home.clock() == after["LAST-MODIFIED"].dt
    assert "Bring a bowl" == after["DESCRIPTION"]
    assert timedelta(hours=1) == after["DURATION"].dt


async def test_what_is_taken_off_is_withdrawn_for_a_while(site: Site) -> None:
    """Programs that look in later are told so, and then no more."""
    moment = await site.plan("Soup", Rule(noon("2026-08-09"), UTC_ZONE))
    uid = (await events(site))["Soup"]["UID"]
    site.home.clock.move(hours=1)
    await site.cancel(moment)
    gone = (await events(site))["Soup"]

    assert "CANCELLED" == gone["STATUS"]
    assert uid == gone["UID"]
    assert 1 == gone["SEQUENCE"]
    assert site.home.clock() == gone["DTSTAMP"].dt
    assert "Soup" not in await site.read("calendar")
    site.home.clock.move(days=59)
    assert "Soup" in await events(site)
    site.home.clock.move(days=2)
    assert {} == await events(site)


async def test_what_is_over_stays_in_peoples_calendars(site: Site) -> None:
    """For a season; the page shows what comes."""
    await site.plan("Soup", Rule(noon("2026-03-09"), UTC_ZONE))
    await site.home.wait(days=10)

    assert "Soup" in await events(site)
    assert "Soup" not in await site.read("calendar")


async def test_a_themed_week_is_days(site: Site) -> None:
    """On the page as well, and before what has a time on its day."""
    await site.plan("Soup", Rule(noon("2026-03-09"), UTC_ZONE))
    monday = Rule(datetime.fromisoformat("2026-03-09T00:00"), UTC_ZONE)
    await site.plan("Bowls", monday, kind=MomentKind.WEEK, lasts=timedelta(days=7))

    week = (await events(site))["Bowls"]
    assert date(2026, 3, 9) == week["DTSTART"].dt
    assert date(2026, 3, 16) == week["DTEND"].dt
    page = await site.read("calendar")
    assert page.index("Bowls") < page.index("Soup")
    assert "Sun, Mar 15" in page
    assert 1 == page.count("Mon, Mar 9")


async def test_the_next_recap_is_on_it(site: Site) -> None:
    """What other slices do is named in Laurel's words."""
    await set_up(site.home)

    assert "The week in thanks" in await events(site)
    assert "The week in thanks" in await site.read("calendar")


async def test_a_recap_that_is_skipped_is_withdrawn_for_that_day(site: Site) -> None:
    """The same event, a version on, so that programs take that one day off."""
    home = site.home
    home.clock.move(days=1)
    await set_up(home)
    await until(home, FRIDAY - timedelta(days=1))
    before = (await events(site))["The week in thanks"]
    await home.press("Mo", sheet(home), "Skip this one")
    after = (await events(site))["The week in thanks"]
    text = await site.read("calendar.ics")
    reading = Reading(text.encode(), home.clock(), home.clock() + timedelta(days=15))
    expected = [FRIDAY + timedelta(days=7), FRIDAY + timedelta(days=14)]

    assert before["UID"] == after["UID"]
    assert (0, 1) == (before["SEQUENCE"], after["SEQUENCE"])
    assert home.clock() == after["LAST-MODIFIED"].dt
    assert [expected] == list(by_icalendar(reading).values())
    assert "Fri, Mar 13" not in await site.read("calendar")


async def test_a_recap_at_another_time_is_the_same_event(site: Site) -> None:
    """Programs move it, since its version rises."""
    await set_up(site.home)
    before = (await events(site))["The week in thanks"]
    await set_up(site.home, weekday="5")
    after = (await events(site))["The week in thanks"]

    assert before["UID"] == after["UID"]
    assert (0, 1) == (before["SEQUENCE"], after["SEQUENCE"])


async def test_a_member_reads_by_their_own_clocks(site: Site) -> None:
    """In their own language, with what concerns nobody else."""
    site.home.person("Eva", locale="es")
    rule = Rule(noon("2026-03-09"), UTC_ZONE)
    await site.plan("Soup", rule)
    change = ZoneChange(ZoneInfo("Asia/Tokyo"), datetime(2026, 3, 12, tzinfo=UTC))

    def move(tx: Transaction) -> None:
        members.move(tx, site.member(tx, "Eva"), change)

    await site.home.database.write(move)
    assert "12:00" in await site.read("calendar", "Eva")
    assert "Tus horas pasan a ser las de Asia/Tokyo" in await events(site, "Eva")
    assert "Tokyo" not in str(await events(site))
    assert ["Soup"] == list(await events(site, "Mo"))
    planned = (await events(site, "Mo"))["Soup"]
    assert "You put this on the calendar." == planned["DESCRIPTION"]
    assert "DESCRIPTION" not in (await events(site, "Eva"))["Soup"]
    site.home.clock.move(days=6)
    await site.plan("Stew", Rule(noon("2026-03-20"), UTC_ZONE))
    page = await site.read("calendar", "Eva")
    assert "Lo que viene" in page
    assert "21:00" in page
    assert "Asia/Tokyo" in page


async def test_an_empty_calendar_says_something_kind(site: Site) -> None:
    """Rather than nothing."""
    assert "Nothing is planned just now" in await site.read("calendar")
    assert "There is no recap yet" in await site.read("recaps")
    assert {} == await events(site)
