"""Challenges that open by themselves, at a time that their maker chose."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain.challenges import Challenge, State
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from storage.database import Transaction
from tests.cogs.challenging import (
    CREATOR,
    DATES,
    WORDS,
    announced,
    begun,
    changed,
    editing,
    kinds,
    known,
    made,
    until,
)
from tests.harness import Clock, Community, Reply, community

SATURDAY = date(2026, 3, 7)
"""The challenges of these tests begin on the Monday after it."""

NINE = datetime(2026, 3, 7, 9, tzinfo=UTC)


def people(home: Community) -> None:
    """Ada and Ben may make challenges; Dan may not."""
    home.person("Ada", Role.MODERATOR)
    home.person("Ben", Role.MODERATOR)
    home.person("Dan")


@pytest.fixture(autouse=True)
def moderators(home: Community) -> None:
    people(home)


async def open_on(home: Community, **at: object) -> Reply:
    """Have Ada say when the last challenge opens by itself."""
    which = str((await known(home)).id)
    return await home.type("Ada", "challenge open", which=which, **at)


async def planned(home: Community, on: date = SATURDAY, **at: object) -> Challenge:
    """Have there be a challenge that opens by itself."""
    await made(home)
    said = await open_on(home, opens_on=on, **at)
    assert not said.refused, said.text
    return await known(home)


def audited(tx: Transaction) -> Sequence[tuple[str, bool]]:
    """Return what was done about challenges, and whether a member did it."""
    rows = tx.all(
        "SELECT action, actor FROM audit WHERE action LIKE 'challenges.%' ORDER BY id"
    )
    return [(row["action"][11:], row["actor"] is not None) for row in rows]


async def test_it_opens_at_its_time_on_the_community_s_clocks(home: Community) -> None:
    """Once, in the name of nobody; before that nobody can join."""
    await home.settings(zone=ZoneInfo("America/New_York"))
    challenge = await planned(home, opens_at=time(8, 30))
    opens_at = datetime(2026, 3, 7, 13, 30, tzinfo=UTC)
    assert opens_at == challenge.opens_at

    await until(home, datetime(2026, 3, 7, 13, 29, tzinfo=UTC))
    assert State.DRAFT is (await known(home)).state
    await home.wait(minutes=1)

    challenge = await known(home)
    assert (State.OPEN, opens_at, None) == (
        challenge.state,
        challenge.opened_at,
        challenge.opens_at,
    )
    assert "Join before it begins" in announced(home).text
    assert [("create", True), ("plan", True), ("open", False)] == (
        await home.database.read(audited)
    )


async def test_it_is_on_the_list_and_on_the_calendar(home: Community) -> None:
    """By the name that it has; members find it on the calendar alone."""
    await planned(home)
    assert "Draft, opens" in (await home.type("Ada", "challenge list")).text
    assert CREATOR not in (await home.type("Dan", "challenge list")).text
    assert f"{CREATOR} opens" in (await home.type("Dan", "calendar")).text

    sheet = await changed(home, await editing(home), WORDS, name="Our week")
    saved = await home.press("Ada", sheet, "Save")
    assert "It opens by itself" in saved.text
    said = (await home.type("Dan", "calendar")).text
    assert "Our week opens" in said
    assert CREATOR not in said

    await until(home, NINE)
    said = (await home.type("Dan", "calendar")).text
    assert "Our week opens" not in said
    assert "Our week begins" in said


async def test_it_can_be_changed(home: Community) -> None:
    """By the button, with what is planned in its form; the old time does nothing."""
    await planned(home)
    shown = await home.press("Ada", await home.type("Ada", "challenge list"), CREATOR)
    assert "It opens by itself" in shown.text
    form = await home.press("Ada", shown, "Another time …")
    assert {"opens_on": SATURDAY, "opens_at": time(9)} == form.form.draft
    await home.fill_in("Ada", form, opens_at=time(11))

    await until(home, NINE)
    assert State.DRAFT is (await known(home)).state
    await home.wait(hours=2)
    assert State.OPEN is (await known(home)).state


async def test_it_can_be_taken_back(home: Community) -> None:
    """Then it waits for somebody, and nothing of it is on the calendar."""
    await made(home)
    told = await open_on(home, opens_on=SATURDAY)
    back = await home.press("Ada", told, "Do not open it by itself")
    assert "when a moderator opens it" in back.text
    assert "opens" not in (await home.type("Dan", "calendar")).text
    await until(home, NINE)
    assert State.DRAFT is (await known(home)).state

    await open_on(home, opens_on=date(2026, 3, 8))
    await until(home, datetime(2026, 3, 8, 9, tzinfo=UTC))
    assert State.OPEN is (await known(home)).state
    assert ["create", "plan", "unplan", "plan", "open"] == [
        act for act, _ in await home.database.read(audited)
    ]


async def test_by_hand_is_sooner(home: Community) -> None:
    """What was planned is off the calendar then, and happens no second time."""
    await planned(home)
    await open_on(home)
    assert State.OPEN is (await known(home)).state
    assert "opens" not in (await home.type("Dan", "calendar")).text
    await until(home, NINE)
    assert 1 == (await kinds(home)).count("opened")


async def test_a_draft_that_is_thrown_away_opens_no_more(home: Community) -> None:
    """And is not on the calendar."""
    challenge = await planned(home)
    asked = await home.type(
        "Ada", "challenge call-off", which=str(challenge.id), why="No time for it."
    )
    await home.press("Ada", asked, "Call it off")
    assert "opens" not in (await home.type("Dan", "calendar")).text
    await until(home, NINE)
    assert [] == home.posts()


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ({"opens_on": date(2026, 3, 5)}, "refused-opens-past"),
        ({"opens_on": date(2026, 3, 10)}, "refused-opens-late"),
        ({"opens_at": time(9)}, "refused-no-date"),
    ],
)
async def test_what_cannot_be_is_said_at_its_question(
    home: Community, at: dict[str, object], code: str
) -> None:
    """It stays a draft without a time."""
    await made(home)
    refused = await open_on(home, **at)
    assert (f"challenges.{code}", "opens_on") == (refused.reason, refused.at)
    assert (State.DRAFT, None) == (
        (await known(home)).state,
        (await known(home)).opens_at,
    )


async def test_what_is_open_is_not_planned(home: Community) -> None:
    """It says so, to whoever was slower."""
    await made(home)
    told = await open_on(home, opens_on=SATURDAY)
    await open_on(home)
    for button in ("Another time …", "Do not open it by itself"):
        late = await home.press("Ada", told, button)
        assert "challenges.refused-open" == late.reason


async def test_it_may_open_on_its_first_day(home: Community) -> None:
    """It then begins at once, as by hand."""
    await planned(home, date(2026, 3, 9), opens_at=time(8))
    await until(home, datetime(2026, 3, 9, 8, tzinfo=UTC))
    assert State.RUNNING is (await known(home)).state


async def test_its_first_day_cannot_be_before_it_opens(home: Community) -> None:
    """Whoever moves one is told of the other, and nothing is saved."""
    await planned(home, date(2026, 3, 9))
    sheet = await changed(home, await editing(home), DATES, starts_on=date(2026, 3, 8))
    refused = await home.press("Ada", sheet, "Save")
    assert "challenges.refused-opens-late" == refused.reason
    assert date(2026, 3, 9) == (await known(home)).terms.starts_on


async def test_it_waits_for_quiet_hours_to_end(home: Community) -> None:
    """It is said aloud. Meanwhile it can be edited as any draft."""
    await home.settings(quiet=QuietHours(time(22), time(7)))
    await planned(home, opens_at=time(23))
    await until(home, datetime(2026, 3, 7, 23, 30, tzinfo=UTC))
    assert State.DRAFT is (await known(home)).state
    sheet = await changed(home, await editing(home), WORDS, name="Our week")
    assert "Saved" in (await home.press("Ada", sheet, "Save")).text
    await until(home, datetime(2026, 3, 8, 6, 59, tzinfo=UTC))
    assert State.DRAFT is (await known(home)).state
    await home.wait(minutes=1)
    assert State.OPEN is (await known(home)).state
    assert "Our week" in announced(home).text


async def test_missed_it_opens_once_at_the_start(tmp_path: Path) -> None:
    """Where its first day is not over; a second start changes nothing."""
    path, clock = tmp_path / "missed.sqlite3", Clock()
    async with community(path, clock=clock) as home:
        people(home)
        await planned(home)
        posts = home.platform.posts
    for _ in range(2):
        clock.move(days=1, hours=12)
        async with community(path, clock=clock, posts=posts) as home:
            await home.wait(seconds=1)
            assert 1 == (await kinds(home)).count("opened")
            assert 1 == len([text for text in home.posts() if "Join" in text])


@pytest.mark.parametrize("channel", [True, False])
async def test_missed_beyond_its_first_day_is_said(
    tmp_path: Path, *, channel: bool
) -> None:
    """To moderators in their channel, else to its maker, with what to do; once."""
    path, clock = tmp_path / "missed.sqlite3", Clock()
    async with community(path, clock=clock) as home:
        people(home)
        if channel:
            await home.settings(moderators=home.channel("mods"))
        await planned(home)
        posts = home.platform.posts
    for _ in range(2):
        clock.move(days=4)
        async with community(path, clock=clock, posts=posts) as home:
            people(home)
            await home.wait(seconds=1)
            assert State.DRAFT is (await known(home)).state
            said = home.dms("Ada")
            if channel:
                said = [post.text for post in home.standing(home.channel("mods"))]
            (told,) = said
            assert f"{CREATOR} did not open by itself" in told
            assert "The first day is past" in told
            assert "passed" in [act for act, _ in await home.database.read(audited)]
            assert "opens" not in (await home.type("Ada", "calendar")).text


async def test_the_sheet_is_saved_into_a_planned_draft(home: Community) -> None:
    """What is made can be planned at once, by the button below."""
    saved = await home.press("Ada", await begun(home), "Save")
    form = await home.press("Ada", saved, "Open it later …")
    assert {} == form.form.draft
    told = await home.fill_in("Ada", form, opens_on=SATURDAY)
    assert "It opens by itself" in told.text
    assert NINE == (await known(home)).opens_at
