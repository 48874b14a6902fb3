"""The calendar, through the doors that members and moderators use."""

from __future__ import annotations

from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.people import Role
from bot.domain.refs import ChannelRef, CommunityRef
from storage import communities, moments
from storage.database import Transaction
from storage.planning import MAX_ACTIVE
from tests.harness import COMMUNITY, PLATFORM, Community, Reply

FRIDAY = date(2026, 3, 13)
FOUR = time(16)
SAVE, DROP = "Save", "Drop"


async def drafted(home: Community, **more: object) -> Reply:
    """Have a moderator begin to plan something."""
    home.person("Mo", Role.MODERATOR)
    given = {"on": FRIDAY, "at": FOUR, "name": "Show and tell", **more}
    return await home.type("Mo", "moment add", **given)


async def changed(home: Community, sheet: Reply, part: str, **answers: object) -> Reply:
    """Have the moderator change one part of what they plan."""
    form = await home.press("Mo", sheet, part)
    return await home.fill_in("Mo", form, **answers)


async def planned(home: Community, **more: object) -> Reply:
    """Have a moderator plan something and save it."""
    return await home.press("Mo", await drafted(home, **more), SAVE)


async def which(home: Community, title: str = "Show") -> str:
    """Return how the list of what can be changed calls the one so titled."""
    found = home.laurel.table.lookups["calendar.planned"]
    suggestions = await found.handler(home.call("Mo"), title)
    assert len(suggestions) == 1, suggestions
    return suggestions[0].value


def _moments(tx: Transaction) -> list[moments.Moment]:
    return list(moments.all_of(tx, communities.get(tx, COMMUNITY)))


def _audited(tx: Transaction) -> list[str]:
    rows = tx.all("SELECT action FROM audit WHERE action LIKE 'calendar.%' ORDER BY id")
    return [row["action"] for row in rows]


async def test_an_empty_calendar_says_so_kindly(home: Community) -> None:
    """Members are told that things will stand there; moderators also how."""
    home.person("Mo", Role.MODERATOR)
    seen = await home.type("Ana", "calendar")
    desk = await home.type("Mo", "calendar")

    assert "Nothing is planned yet." in seen.text
    assert "/moment add" not in seen.text
    assert "/moment add" in desk.text


async def test_planning_is_for_moderators(home: Community) -> None:
    """Members see the calendar and change nothing on it."""
    given = {"on": FRIDAY, "at": FOUR, "name": "Show and tell"}
    refused = await home.type("Ana", "moment add", **given)

    assert refused.reason == "common.only-moderator"


async def test_a_plan_shows_its_next_five_times_and_is_nobodys_yet(
    home: Community,
) -> None:
    """Until it is saved, nobody else sees it, and nothing comes of it."""
    sheet = await drafted(home, repeat="weekly")

    assert "Every week on Friday" in sheet.text
    assert "Next 5 times" in sheet.text
    for day in ("Mar 13", "Mar 20", "Mar 27", "Apr 3", "Apr 10"):
        assert day in sheet.text
    assert "Nothing is planned" in (await home.type("Ana", "calendar")).text


async def test_what_is_saved_is_seen_and_said_when_it_begins(home: Community) -> None:
    """It stands on everybody's calendar, and goes to its channel in time, once."""
    sheet = await drafted(home)
    sheet = await changed(home, sheet, "Title", about="Bring what you made.")
    await home.press("Mo", sheet, SAVE)
    before = await home.type("Ana", "calendar")
    await home.wait(days=7, minutes=59)
    early = home.posts()
    await home.wait(minutes=1)

    assert "Show and tell" in before.text
    assert "#wall" in before.text
    assert [] == early
    (post,) = home.posts()
    assert "Show and tell" in post
    assert "Bring what you made." in post
    assert "Until" in post
    await home.wait(days=30)
    assert 1 == len(home.posts())


async def test_a_draft_is_saved_once(home: Community) -> None:
    """The second press finds it gone."""
    sheet = await drafted(home)
    await home.press("Mo", sheet, SAVE)
    twice = await home.press("Mo", sheet, SAVE)

    assert "common.draft-gone" == twice.reason
    assert 1 == len(await home.database.read(_moments))
    assert ["calendar.save"] == await home.database.read(_audited)


async def test_a_dropped_draft_is_gone(home: Community) -> None:
    """Nothing of it stays."""
    sheet = await drafted(home)
    dropped = await home.press("Mo", sheet, DROP)

    assert "The calendar is as it was." in dropped.text
    assert [] == await home.database.read(_moments)


@pytest.mark.parametrize(
    ("answers", "words", "days"),
    [
        ({"how": "once"}, "Once", ["Mar 13"]),
        ({"how": "daily"}, "Every day", ["Mar 13", "Mar 14", "Mar 17"]),
        (
            {"how": "weekly", "weekdays": ("mo", "th")},
            "Every week on Monday and Thursday",
            ["Mar 16", "Mar 19", "Mar 23"],
        ),
        ({"how": "fortnightly"}, "Every two weeks on Friday", ["Mar 27", "Apr 10"]),
        (
            {"how": "monthly-weekday", "nth": "first", "weekdays": ("fr",)},
            "Every month on the first Friday",
            ["Apr 3", "May 1", "Jun 5"],
        ),
        (
            {"how": "monthly-weekday", "nth": "last", "weekdays": ("mo",)},
            "Every month on the last Monday",
            ["Mar 30", "Apr 27"],
        ),
        (
            {"how": "monthly-weekday"},
            "Every month on the second Friday",
            ["Mar 13", "Apr 10"],
        ),
        ({"how": "monthly-date"}, "Every month on day 13", ["Apr 13", "May 13"]),
        ({"how": "yearly"}, "Every year", ["Mar 13", "Mar 13, 2027"]),
        (
            {"how": "own", "rule": "FREQ=MONTHLY;BYDAY=2TU,4TU"},
            "By a rule of its own: FREQ=MONTHLY;BYDAY=2TU,4TU",
            ["Mar 24", "Apr 14", "Apr 28"],
        ),
        (
            {"how": "weekly", "until": date(2026, 3, 20)},
            "Every week on Friday, until March 20, 2026",
            ["Mar 13", "Mar 20"],
        ),
    ],
)
async def test_how_often_is_said_by_presets_or_by_a_rule(
    home: Community, answers: dict[str, object], words: str, days: list[str]
) -> None:
    """The sheet says it back, shows the times, and fills in the form the same way."""
    sheet = await changed(home, await drafted(home), "How often", **answers)
    again = await home.press("Mo", sheet, "How often")

    assert words in sheet.text
    for day in days:
        assert day in sheet.text
    same = await home.fill_in("Mo", again)
    assert sheet.text == same.text


async def test_another_first_day_takes_its_weekday_along(home: Community) -> None:
    """What followed from the first day alone follows the new one."""
    sheet = await drafted(home, repeat="weekly")
    sheet = await changed(home, sheet, "When", on=date(2026, 3, 17))

    assert "Every week on Tuesday" in sheet.text


async def test_a_plan_can_go_by_another_clock(home: Community) -> None:
    """A city is enough, and the times are what its clocks say."""
    sheet = await changed(home, await drafted(home), "When", city="new york")

    assert "America/New_York" in sheet.text
    (moment,) = await saved(home, sheet)
    assert ZoneInfo("America/New_York") == moment.rule.zone


async def saved(home: Community, sheet: Reply) -> list[moments.Moment]:
    """Save a draft and return what is on the calendar."""
    await home.press("Mo", sheet, SAVE)
    return await home.database.read(_moments)


@pytest.mark.parametrize(
    ("part", "answers", "reason", "at"),
    [
        (
            "How often",
            {"how": "own", "rule": "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31"},
            "calendar.refused-never",
            "rule",
        ),
        (
            "How often",
            {"how": "own", "rule": "FREQ=SECONDLY"},
            "calendar.refused-rule-often",
            "rule",
        ),
        (
            "How often",
            {
                "how": "own",
                "rule": "FREQ=DAILY;BYHOUR=0,1,2,3,4,5;BYMINUTE=0,10,20,30,40",
            },
            "calendar.refused-rule-often",
            "rule",
        ),
        (
            "How often",
            {"how": "own", "rule": "every friday"},
            "calendar.refused-rule-unreadable",
            "rule",
        ),
        (
            "How often",
            {"how": "own", "rule": "FREQ=YEARLY;BYWEEKNO=2"},
            "calendar.refused-rule-unsupported",
            "rule",
        ),
        ("How often", {"how": "own"}, "calendar.refused-no-rule", "how"),
        (
            "How often",
            {"how": "monthly-weekday", "weekdays": ("mo", "tu")},
            "calendar.refused-one-weekday",
            "weekdays",
        ),
        (
            "How often",
            {"how": "weekly", "until": date(2026, 3, 1)},
            "calendar.refused-never",
            "how",
        ),
        ("When", {"on": date(2026, 3, 1)}, "calendar.refused-past", "on"),
        ("When", {"on": date(2126, 3, 1)}, "calendar.refused-start", "on"),
        ("When", {"city": "Atlantis"}, "common.refused-zone", "city"),
        ("When", {"city": "../../etc/passwd"}, "common.refused-zone", "city"),
        ("Title", {"name": "\r\n"}, "common.answer-blank", "name"),
        ("Title", {"name": "x" * 10_000_000}, "common.answer-long", "name"),
        ("Title", {"about": "é\n" * 5_000_000}, "common.answer-long", "about"),
        ("Where", {"lasts": timedelta(days=400)}, "common.answer-duration", "lasts"),
        (
            "Where",
            {"channel": ChannelRef(CommunityRef(PLATFORM, "away"), "theirs")},
            "calendar.refused-channel",
            "channel",
        ),
    ],
)
async def test_what_cannot_be_is_refused_beside_its_question(
    home: Community,
    part: str,
    answers: dict[str, object],
    reason: str,
    at: str,
) -> None:
    """Each has an answer that says what and why, and the draft stays as it was."""
    sheet = await drafted(home)
    refused = await changed(home, sheet, part, **answers)

    assert (reason, at) == (refused.reason, refused.at)
    assert len(refused.text) < 400
    (moment,) = await saved(home, sheet)
    assert ("Show and tell", None) == (moment.title, moment.rule.pattern)


async def test_what_is_past_is_refused_when_it_is_typed(home: Community) -> None:
    """The refusal stands beside the day."""
    refused = await drafted(home, on=date(2026, 3, 6), at=time(14))

    assert ("calendar.refused-past", "on") == (refused.reason, refused.at)


async def test_line_breaks_in_a_title_are_none(home: Community) -> None:
    """A title is one line, whatever is typed: it stands in feeds and headers."""
    await planned(home, name="Show\r\nX-Evil: 1\r\nand tell")
    (moment,) = await home.database.read(_moments)

    assert "Show X-Evil: 1 and tell" == moment.title


async def test_a_community_has_room_for_so_many(home: Community) -> None:
    """One more is refused in words, and there is room again once one is off."""
    await planned(home)

    def fill(tx: Transaction) -> None:
        columns = (
            "community, kind, starts, zone, rrule, exceptions, payload, quiet, state, "
            "covered_at, due_at"
        )
        copy = (
            f"INSERT INTO calendar_entries ({columns}) "  # noqa: S608
            f"SELECT {columns} FROM calendar_entries WHERE id = :first"
        )
        for _ in range(MAX_ACTIVE - 1):
            tx.run(copy, first=1)

    await home.database.write(fill)
    refused = await drafted(home)
    number = str((await home.database.read(_moments))[0].entry)
    off = await home.type("Mo", "moment cancel", which=number)
    await home.press("Mo", off, "All of it")

    assert "calendar.refused-full" == refused.reason
    assert str(MAX_ACTIVE) in refused.text
    assert not (await drafted(home)).refused


async def test_more_is_shown_on_the_next_page(home: Community) -> None:
    """Five at a time, back and forth."""
    await planned(home, repeat="daily")
    first = await home.type("Ana", "calendar")
    second = await home.press("Ana", first, "See more")
    back = await home.press("Ana", second, "Back")

    assert 5 == first.text.count("Show and tell")
    assert "Mar 18" in second.text
    assert "Mar 17" not in second.text
    assert first.text == back.text


async def test_an_edit_holds_from_then_on(home: Community) -> None:
    """What is saved again is the same entry, with other words and another time."""
    await planned(home)
    sheet = await home.type("Mo", "moment edit", which=await which(home))
    sheet = await changed(home, sheet, "Title", name="Show, tell and ask")
    sheet = await changed(home, sheet, "When", at=time(17))
    (moment,) = await saved(home, sheet)
    await home.wait(days=7, hours=1)
    early = home.posts()
    await home.wait(hours=1)

    assert (1, 2) == (moment.entry, moment.version)
    assert [] == early
    assert "Show, tell and ask" in home.posts()[0]


async def test_nobody_saves_over_what_another_changed(home: Community) -> None:
    """The slower of two is told, and what the faster saved stays."""
    await planned(home)
    mine = await home.type("Mo", "moment edit", which=await which(home))
    home.person("Ada", Role.ADMIN)
    theirs = await home.type("Ada", "moment edit", which=await which(home))
    form = await home.press("Ada", theirs, "Title")
    theirs = await home.fill_in("Ada", form, name="Theirs")
    await home.press("Ada", theirs, SAVE)
    late = await home.press("Mo", mine, SAVE)

    assert "calendar.refused-overtaken" == late.reason
    assert ["Theirs"] == [m.title for m in await home.database.read(_moments)]


async def test_only_the_next_time_can_be_left_out(home: Community) -> None:
    """What comes after it stays."""
    await planned(home, repeat="weekly")
    asked = await home.type("Mo", "moment cancel", which=await which(home))
    done = await home.press("Mo", asked, "Only March 13")
    again = await home.press("Mo", asked, "Only March 13")
    seen = await home.type("Ana", "calendar")

    assert "Everything after that stays." in done.text
    assert "calendar.refused-not-then" == again.reason
    assert "Mar 13" not in seen.text
    assert "Mar 20" in seen.text


async def test_what_is_taken_off_does_not_happen(home: Community) -> None:
    """It is on no list any more, and asking for it again says so."""
    await planned(home, repeat="weekly")
    number = await which(home)
    asked = await home.type("Mo", "moment cancel", which=number)
    await home.press("Mo", asked, "All of it")
    gone = await home.type("Mo", "moment edit", which=number)
    await home.wait(days=30)

    assert "calendar.refused-gone" == gone.reason
    assert [] == home.posts()
    assert "Nothing is planned" in (await home.type("Ana", "calendar")).text


@pytest.mark.parametrize("number", ["", "x", "9" * 30, "²", "-1", "7"])
async def test_forged_numbers_of_entries_are_refused(
    home: Community, number: str
) -> None:
    """Whatever a platform let through."""
    home.person("Mo", Role.MODERATOR)
    refused = await home.type("Mo", "moment edit", which=number)

    assert refused.refused


async def test_a_themed_week_is_announced_and_shown_while_it_runs(
    home: Community,
) -> None:
    """From its first to its last day, and not after."""
    await planned(home, kind="week", name="Docs week", at=time(9))
    await home.wait(days=8)
    running = await home.type("Ana", "calendar")
    await home.wait(days=7)
    over = await home.type("Ana", "calendar")

    assert "The theme from today: Docs week" in home.posts()[0]
    assert "Docs week\nOn now, until" in running.text
    assert "Docs week" not in over.text


async def test_what_repeats_too_soon_for_its_length_is_refused(home: Community) -> None:
    """A theme is over before it comes again."""
    sheet = await drafted(home, kind="week", repeat="weekly")
    refused = await changed(home, sheet, "Where", lasts=timedelta(days=8))

    assert "Every week on Friday" in sheet.text
    assert "7 days" in sheet.text
    assert ("calendar.refused-overlap", "lasts") == (refused.reason, refused.at)


async def give(home: Community, giver: str, *to: str, **more: object) -> Reply:
    """Have somebody thank others."""
    why = f"{giver} saw what you did for all of us."
    people = tuple(home.person(name) for name in to)
    return await home.type(giver, "shoutout", to=people, why=why, **more)


async def test_a_window_lists_who_was_thanked_in_it(home: Community) -> None:
    """By how many different people thanked them; what lies outside does not count."""
    await planned(home, kind="window", name="Helpers", on=date(2026, 3, 6))
    await give(home, "Early", "Ben")
    await home.wait(hours=1)
    await give(home, "Ana", "Cleo", "Dan")
    await give(home, "Eva", "Dan")
    await give(home, "Fay", "Ben", private=True)
    await home.wait(days=7)
    _, opened, *_, closed = home.posts()

    assert "Open from now on: Helpers" in opened
    assert "Closed: Helpers" in closed
    assert "@Dan\nThanked by 2 people. @Ana said" in closed
    assert "@Cleo\nThanked by one person. @Ana said" in closed
    assert closed.index("@Dan") < closed.index("@Cleo")
    assert "Ben" not in closed
    assert "Early" not in closed


async def test_who_hides_is_on_no_list(home: Community) -> None:
    """Off boards, in private, or gone: the list does not name them."""
    await planned(home, kind="window", name="Helpers", on=date(2026, 3, 6))
    await home.wait(hours=1)
    await give(home, "Ana", "Ben", "Cleo", "Dan")
    await hidden(home, "Ben")
    privacy = await home.type("Cleo", "laurel privacy")
    await home.press("Cleo", privacy, "Keep me off boards")
    await hidden(home, "Ana")
    await home.wait(days=7)
    closed = home.posts()[-1]

    assert "Closed: Helpers" in closed
    assert "@Dan\nThanked by one person: “Ana saw" in closed
    assert "@Ben" not in closed
    assert "@Cleo" not in closed
    assert "@Ana" not in closed


async def hidden(home: Community, who: str) -> None:
    """Have somebody choose to be seen in private alone."""
    privacy = await home.type(who, "laurel privacy")
    await home.press(who, privacy, "Private: by direct message")
