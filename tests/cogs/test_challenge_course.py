"""What a challenge does by itself, what may change meanwhile, and how it is ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.adapter import RefusedError
from bot.domain.challenges import State
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from storage.database import Transaction
from tests.cogs.challenging import (
    CREATOR,
    DATES,
    GRACE,
    PLACE,
    POINTS,
    PROMPTS,
    PROOF,
    TEAMS,
    WORDS,
    announced,
    begun,
    changed,
    editing,
    kinds,
    known,
    made,
    opened,
    until,
)
from tests.harness import Community

MONDAY = datetime(2026, 3, 9, 9, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def moderators(home: Community) -> None:
    """Ada and Ben may make challenges."""
    home.person("Ada", Role.MODERATOR)
    home.person("Ben", Role.MODERATOR)
    home.person("Dan")


def prompted(home: Community) -> Sequence[str]:
    """Return the titles of what stands in the announcement's thread."""
    return [said.splitlines()[0] for said in home.thread(announced(home))]


def days(home: Community) -> Sequence[str]:
    """Return which days were asked for, in order."""
    return [said.split()[1] for said in prompted(home) if said.startswith("Day ")]


async def through(home: Community, day: int) -> None:
    """Let time pass up to the prompt of a day, each day for itself."""
    for at in (MONDAY + each * DAY for each in range(day)):
        if at > home.clock():
            await until(home, at)


async def test_it_runs_its_whole_course_by_itself(home: Community) -> None:
    """A prompt each day at its hour, in a thread, and then its days are over."""
    await opened(home)
    await until(home, MONDAY - timedelta(minutes=1))
    assert [] == days(home)
    for day in range(7):
        await until(home, MONDAY + day * DAY)
        assert list("1234567"[: day + 1]) == list(days(home))
    assert State.RUNNING is (await known(home)).state
    assert "It is under way" in announced(home).text
    await until(home, MONDAY + 7 * DAY)

    challenge = await known(home)
    assert (State.REVIEW, MONDAY + 7 * DAY) == (challenge.state, challenge.ended_at)
    assert list("1234567") == list(days(home))
    assert "Its days are over" in announced(home).text
    told = [kind for kind in await kinds(home) if kind in {"started", "ended"}]
    assert ["started", "ended"] == told
    calendar = (await home.type("Dan", "calendar")).text
    assert f"{CREATOR} begins" not in calendar
    assert f"{CREATOR} ends" not in calendar


async def test_each_prompt_is_that_day_s(home: Community) -> None:
    """With a way to check in, and the last day says that it is the last."""
    challenge = await opened(home)
    await through(home, 7)
    said = [text for text in home.thread(announced(home)) if text.startswith("Day ")]
    assert 7 == len(said)
    for day, text in enumerate(said, 1):
        assert challenge.terms.prompt_of(day) in text
        assert "Check in" in text
    assert ["This is the last day" in text for text in said] == 6 * [False] + [True]


async def test_without_a_thread_it_is_in_the_channel(home: Community) -> None:
    """Where moderators want it so."""
    await made(home)
    sheet = await changed(home, await editing(home), PLACE, thread=False)
    saved = await home.press("Ada", sheet, "Save")
    await home.press("Ada", saved, "Open it now")
    await until(home, MONDAY)
    assert [] == home.thread(announced(home))
    assert any(post.startswith("Day 1 of 7") for post in home.posts())


async def test_without_the_permission_moderators_hear_of_it_once(
    home: Community,
) -> None:
    """The prompts stand in the channel itself, day by day, and nothing is lost."""
    await home.settings(moderators=home.channel("mods"))

    def refuse(request: str) -> None:
        if request == "open":
            raise RefusedError("no-permission")

    home.platform.fault = refuse
    await opened(home)
    await through(home, 3)

    assert 3 == sum(post.startswith("Day ") for post in home.posts())
    told = [post.text for post in home.standing(home.channel("mods"))]
    assert ["No thread could be begun: #wall"] == [
        line for text in told for line in text.splitlines() if "thread could" in line
    ]


async def test_days_count_from_the_first_midnight_on(home: Community) -> None:
    """So nobody who is up before the first prompt has to wait for it."""
    await opened(home)
    await until(home, datetime(2026, 3, 8, 23, 59, tzinfo=UTC))
    assert State.OPEN is (await known(home)).state
    await until(home, datetime(2026, 3, 9, 0, 0, tzinfo=UTC))
    assert State.RUNNING is (await known(home)).state
    assert [] == days(home)


async def test_it_waits_for_whoever_is_behind(home: Community) -> None:
    """The last day is over when it is over for everybody who takes part."""
    await opened(home)
    zone = "Pacific/Honolulu"
    await move(home, "Dan", zone)
    await home.press("Dan", announced(home), "Join")
    last = datetime(2026, 3, 16, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    assert last == (await known(home)).closes_at
    await until(home, last - timedelta(minutes=1))
    assert State.RUNNING is (await known(home)).state
    await until(home, last)
    challenge = await known(home)
    assert (State.REVIEW, last) == (challenge.state, challenge.ended_at)


async def test_it_waits_for_nobody_who_left(home: Community) -> None:
    """Once nobody lives behind the community's clocks, it ends by those alone."""
    challenge = await opened(home)
    for who in ("Dan", "Eve"):
        await move(home, who, "Pacific/Honolulu")
        await home.press(who, announced(home), "Join")
    await home.type("Dan", "challenge leave", which=str(challenge.id))
    assert MONDAY + 7 * DAY != (await known(home)).closes_at
    await move(home, "Eve", "UTC")
    assert MONDAY + 7 * DAY == (await known(home)).closes_at


async def test_it_begins_for_whoever_is_ahead(home: Community) -> None:
    """Their Monday counts as well, from its first minute on."""
    await opened(home)
    zone = "Pacific/Kiritimati"
    await move(home, "Dan", zone)
    await home.press("Dan", announced(home), "Join")
    first = datetime(2026, 3, 9, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    await until(home, first - timedelta(minutes=1))
    assert State.OPEN is (await known(home)).state
    await until(home, first)
    assert State.RUNNING is (await known(home)).state
    await until(home, MONDAY)
    assert ["1"] == list(days(home))


async def test_who_moves_while_it_runs_keeps_their_last_day(home: Community) -> None:
    """A zone that comes into force meanwhile counts, too."""
    await opened(home)
    await home.press("Dan", announced(home), "Join")
    await until(home, MONDAY + DAY)
    await move(home, "Dan", "Pacific/Honolulu")
    last = datetime(2026, 3, 16, 10, tzinfo=UTC)
    assert last == (await known(home)).closes_at


async def test_the_community_s_clocks_move_the_prompts(home: Community) -> None:
    """Nobody is asked twice for a day, and none is left out."""
    await opened(home)
    await through(home, 3)
    home.person("Root", Role.ADMIN)
    sheet = await home.type("Root", "laurel setup")
    form = await home.press("Root", sheet, "Language")
    sheet = await home.fill_in("Root", form, zone="America/New_York")
    await home.press("Root", sheet, "Save")
    await until(home, MONDAY + 3 * DAY + timedelta(hours=3, minutes=59))
    assert list("123") == list(days(home))
    await until(home, MONDAY + 3 * DAY + timedelta(hours=4))
    assert list("1234") == list(days(home))
    await through(home, 8)
    assert list("1234567") == list(days(home))
    await until(home, MONDAY + 7 * DAY + timedelta(hours=4))
    assert State.REVIEW is (await known(home)).state


async def test_prompts_wait_for_quiet_hours_to_end(home: Community) -> None:
    """They are late, and for the same day; the end comes when it was told."""
    await home.settings(quiet=QuietHours(time(20), time(11)))
    await opened(home)
    await until(home, MONDAY + timedelta(hours=1, minutes=59))
    assert [] == days(home)
    await until(home, MONDAY + timedelta(hours=2))
    assert ["1"] == list(days(home))
    await until(home, MONDAY + 7 * DAY)
    assert State.REVIEW is (await known(home)).state


async def test_what_was_missed_is_asked_where_it_helps(home: Community) -> None:
    """All of it where earlier days can be caught up on, in order."""
    sheet = await changed(home, await begun(home), GRACE, catch_up=True)
    saved = await home.press("Ada", sheet, "Save")
    await home.press("Ada", saved, "Open it now")
    home.clock.move(days=6)
    await home.wait()
    assert list("1234") == list(days(home))


async def test_the_newest_prompt_is_posted_where_laurel_was_away(
    home: Community,
) -> None:
    """Where no day can be caught up on; it runs, and ends, as it would have."""
    await opened(home)
    home.clock.move(days=6)
    await home.wait()
    assert ["4"] == list(days(home))
    assert State.RUNNING is (await known(home)).state
    home.clock.move(days=30)
    await home.wait()
    assert State.REVIEW is (await known(home)).state


async def test_what_is_opened_on_its_first_day_begins_at_once(home: Community) -> None:
    """With the prompt of that day, where its hour is past."""
    challenge = await made(home, starts_on=date(2026, 3, 6))
    done = await home.type("Ada", "challenge open", which=str(challenge.id))
    assert "today is the first day" in done.text
    assert State.RUNNING is (await known(home)).state
    assert ["1"] == list(days(home))
    await until(home, datetime(2026, 3, 7, 9, tzinfo=UTC))
    assert ["1", "2"] == list(days(home))


async def test_a_change_before_it_begins_is_told_who_joined(home: Community) -> None:
    """The announcement shows it, and its thread says what is new."""
    await opened(home)
    later = {"starts_on": date(2026, 3, 11), "prompt_at": time(8)}
    sheet = await changed(home, await editing(home), DATES, **later)
    assert "people have joined there" in sheet.text
    done = await home.press("Ada", sheet, "Save")
    assert "things are new" in done.text or "one thing is new" in done.text
    assert "March 11, 2026" in announced(home).text
    told = home.thread(announced(home))
    assert 1 == len(told)
    assert f"Changed: {CREATOR}" in told[0]
    assert "March 11, 2026 to March 17, 2026" in told[0]
    assert "points" not in told[0].casefold()
    await until(home, datetime(2026, 3, 10, 23, tzinfo=UTC))
    assert State.OPEN is (await known(home)).state
    await until(home, datetime(2026, 3, 11, 8, tzinfo=UTC))
    assert ["1"] == list(days(home))


async def test_new_words_are_no_change_of_what_people_joined_for(
    home: Community,
) -> None:
    """They stand in the announcement, and nobody is told of them."""
    await opened(home)
    sheet = await changed(home, await editing(home), WORDS, about="Small things.")
    await home.press("Ada", sheet, "Save")
    assert "Small things." in announced(home).text
    assert [] == home.thread(announced(home))


@pytest.mark.parametrize(
    ("part", "answers", "reason", "at"),
    [
        (DATES, {"days": 9}, "dates", "days"),
        (DATES, {"starts_on": date(2026, 3, 10)}, "dates", "starts_on"),
        (POINTS, {"per_day": 20}, "points", "per_day"),
        (POINTS, {"cap": 20}, "points", "cap"),
        (PROOF, {"proof": "image"}, "proof", "proof"),
        (TEAMS, {"teams": True}, "teams", "teams"),
        (PLACE, {"thread": False}, "place", "thread"),
        (PROMPTS, {"prompts": "Other"}, "prompt", "prompts"),
    ],
)
async def test_what_people_count_on_stays_while_it_runs(
    home: Community, part: str, answers: dict[str, object], reason: str, at: str
) -> None:
    """Why is said at the very question, and on the sheet before it."""
    await opened(home)
    await until(home, MONDAY)
    sheet = await editing(home)
    assert "points were given by them" in sheet.text
    refused = await home.fill_in("Ada", await home.press("Ada", sheet, part), **answers)
    assert (f"challenges.fixed-{reason}", at) == (refused.reason, refused.at)


async def test_what_nobody_counts_on_changes_while_it_runs(home: Community) -> None:
    """The words, the prompts to come, and their hour; today's comes at once."""
    await opened(home)
    await until(home, MONDAY + timedelta(hours=-1))
    sheet = await editing(home)
    prompts = (await known(home)).terms.prompts
    told = "\n".join((*prompts[:2], "Something else", *prompts[3:]))
    sheet = await changed(home, sheet, PROMPTS, prompts=told)
    sheet = await changed(home, sheet, DATES, prompt_at=time(7), remind_at=None)
    await home.press("Ada", sheet, "Save")
    assert ["1"] == list(days(home))
    await until(home, MONDAY + DAY - timedelta(hours=2))
    await until(home, MONDAY + 2 * DAY - timedelta(hours=2))
    assert list("123") == list(days(home))
    assert "Something else" in home.thread(announced(home))[-1]


async def test_a_sheet_that_was_begun_before_it_ran_is_late(home: Community) -> None:
    """What it asks for is looked at by what holds when it is saved."""
    await opened(home)
    await until(home, MONDAY - DAY)
    sheet = await changed(home, await editing(home), POINTS, per_day=99)
    await until(home, MONDAY - timedelta(hours=1))
    late = await home.press("Ada", sheet, "Save")
    assert "was not saved" in late.text
    assert 10 == (await known(home)).terms.scoring.per_day


async def test_once_its_days_are_over_nothing_changes(home: Community) -> None:
    """Neither by a sheet, nor by calling it off: there is a result."""
    challenge = await opened(home)
    await until(home, MONDAY + 7 * DAY)
    which = str(challenge.id)
    for refused in (
        await home.type("Ada", "challenge edit", which=which),
        await home.type("Ada", "challenge call-off", which=which, why="Late"),
    ):
        assert "challenges.refused-over" == refused.reason


async def test_calling_off_is_asked_once_more(home: Community) -> None:
    """Who leaves it leaves everything as it was."""
    challenge = await opened(home)
    asked = await home.type(
        "Ada", "challenge call-off", which=str(challenge.id), why="Too soon."
    )
    assert "Nobody takes part so far" in asked.text
    assert "Everything is as it was" in (await home.press("Ada", asked, "Leave")).text
    assert State.OPEN is (await known(home)).state
    assert "common.draft-gone" == (await home.press("Ada", asked, "Call it off")).reason


async def test_points_stay_in_history_where_it_is_called_off(home: Community) -> None:
    """It is said why, it is said that they stay, and nothing comes any more."""
    challenge = await opened(home)
    await home.press("Dan", announced(home), "Join")
    await until(home, MONDAY + timedelta(hours=1))
    await home.type("Dan", "checkin", words="I made a thing.")
    asked = await home.type(
        "Ada", "challenge call-off", which=str(challenge.id), why="The mill burned down"
    )
    assert "One person takes part" in asked.text
    assert "The 10 points that were given stay" in asked.text

    done = await home.press("Ada", asked, "Call it off")

    assert "The points that were given stay" in done.text
    assert State.CALLED_OFF is (await known(home)).state
    said = home.thread(announced(home))[-1]
    assert "Why: The mill burned down" in said
    assert "stay in your history" in said
    assert "It was called off" in announced(home).text
    assert 10 == await home.database.read(points)
    before = len(home.platform.posts)
    await home.wait(days=10)
    assert before == len(home.platform.posts)
    assert "called-off" == (await kinds(home))[-1]
    assert f"{CREATOR} ends" not in (await home.type("Dan", "calendar")).text


async def test_a_draft_is_thrown_away_without_a_word(home: Community) -> None:
    """Nobody knew of it."""
    challenge = await made(home)
    asked = await home.type(
        "Ada", "challenge call-off", which=str(challenge.id), why="No time"
    )
    assert "thrown away" in (await home.press("Ada", asked, "Call it off")).text
    assert [] == home.posts()
    assert "no challenge just now" in (await home.type("Dan", "challenge list")).text
    again = await home.type("Ada", "challenge open", which=str(challenge.id))
    assert "challenges.refused-over" == again.reason


async def test_only_one_of_two_calls_it_off(home: Community) -> None:
    """The other one is told that it is over."""
    challenge = await opened(home)
    which = str(challenge.id)
    mine = await home.type("Ada", "challenge call-off", which=which, why="Mine")
    theirs = await home.type("Ben", "challenge call-off", which=which, why="Theirs")
    await home.press("Ben", theirs, "Call it off")
    late = await home.press("Ada", mine, "Call it off")
    assert "challenges.refused-over" == late.reason
    assert "Why: Theirs" in home.thread(announced(home))[-1]


async def move(home: Community, who: str, zone: str) -> None:
    """Have somebody choose a zone of their own."""
    form = await home.press(
        who, await home.type(who, "laurel me"), "Change my time zone"
    )
    await home.fill_in(who, form, zone=zone)


def points(tx: Transaction) -> int:
    """Return the points of all that is on record."""
    row = tx.one("SELECT sum(points) AS points FROM challenge_scores")
    return int(row["points"]) if row else 0


async def test_why_it_was_called_off_goes_with_its_author(home: Community) -> None:
    """What stands in chat is drawn anew without their words, and says the rest."""
    challenge = await opened(home)
    asked = await home.type(
        "Ada", "challenge call-off", which=str(challenge.id), why="My own fault"
    )
    await home.press("Ada", asked, "Call it off")
    assert "My own fault" in home.thread(announced(home))[-1]
    page = await home.type("Ada", "laurel privacy")
    form = await home.press("Ada", page, "Erase my data")
    await home.fill_in("Ada", form, word="ERASE")
    said = home.thread(announced(home))[-1]
    assert f"{CREATOR} is called off" in said
    assert "My own fault" not in said


async def test_the_list_says_how_far_each_has_come(home: Community) -> None:
    """From the opening to the end, and what everybody reads with it."""
    await opened(home)
    for at, state, said in (
        (home.clock(), "You can join", "Everybody is welcome"),
        (MONDAY, "Running", "It is under way"),
        (MONDAY + 7 * DAY, "Being checked", "Its days are over"),
        (MONDAY + 20 * DAY, "Over", "the result is final"),
    ):
        await until(home, at)
        listed = await home.type("Dan", "challenge list")
        assert f"{state} · March 9, 2026" in listed.text
        assert said in (await home.press("Dan", listed, CREATOR)).text
    await until(home, MONDAY + 120 * DAY)
    assert "no challenge just now" in (await home.type("Dan", "challenge list")).text
