"""Awards that open and close by themselves, and what everybody reads of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.awards import Award
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from storage import awards, communities, members, nominations
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import Said, Terms
from tests.cogs.test_awards import (
    ANNOUNCING,
    NAME,
    WINDOW,
    WORDS,
    begun,
    changed,
    facts,
    known,
    made,
    read_by_all,
    recorded,
)
from tests.harness import COMMUNITY, START, Community

OPENS = {"opens_on": date(2026, 3, 9)}
"""A Monday, on which nobody gives a time."""

CLOSES = {"closes_on": date(2026, 3, 13), "closes_at": time(17)}


@pytest.fixture(autouse=True)
async def moderators(home: Community) -> None:
    """Ada and Ben may make awards, and there is a wall."""
    home.person("Ada", Role.MODERATOR)
    home.person("Ben", Role.MODERATOR)
    await home.settings(wall=home.channel("wall"))


async def planned(home: Community, **window: object) -> Award:
    """Have Ada make an award that opens and closes by itself."""
    sheet = await changed(home, await begun(home), WINDOW, **window)
    await home.press("Ada", sheet, "Save")
    return await known(home)


async def until(home: Community, at: datetime) -> None:
    """Let time pass up to ``at``."""
    await home.wait(seconds=(at - home.clock()).total_seconds())


def audited(tx: Transaction) -> Sequence[tuple[str, bool]]:
    """Return what was done about awards, and whether a member did it."""
    rows = tx.all(
        "SELECT action, actor FROM audit WHERE action LIKE 'awards.%' ORDER BY id"
    )
    return [(row["action"], row["actor"] is not None) for row in rows]


async def test_a_round_opens_and_closes_by_itself(home: Community) -> None:
    """On the community's clocks, and in the name of nobody."""
    await home.settings(zone=ZoneInfo("America/New_York"))
    award = await planned(home, **OPENS, **CLOSES)
    assert datetime(2026, 3, 9, 13, tzinfo=UTC) == award.opens_at
    assert datetime(2026, 3, 13, 21, tzinfo=UTC) == award.closes_at

    await until(home, datetime(2026, 3, 9, 12, 59, tzinfo=UTC))
    assert "closed" == (await known(home)).state
    await home.wait(minutes=1)

    award = await known(home)
    assert "open" == award.state
    assert award.round is not None
    assert datetime(2026, 3, 13, 21, tzinfo=UTC) == award.round.closes_at
    assert (None, None) == (award.opens_at, award.closes_at)
    assert "Nominations are open" in read_by_all(home)[0]

    await until(home, datetime(2026, 3, 13, 21, tzinfo=UTC))

    award = await known(home)
    assert "closed" == award.state
    assert award.round is not None
    assert datetime(2026, 3, 13, 21, tzinfo=UTC) == award.round.closed_at
    assert "Nominations are closed" in read_by_all(home)[0]
    assert [
        ("awards.create", True),
        ("awards.plan", True),
        ("awards.open", False),
        ("awards.close", False),
    ] == await home.database.read(audited)


async def test_members_see_it_on_the_calendar(home: Community) -> None:
    """With the award's name, also once it has another one."""
    award = await planned(home, **OPENS, **CLOSES)
    assert f"Nominations open: {NAME}" in (await home.type("Dan", "calendar")).text

    sheet = await home.type("Ada", "award edit", which=str(award.id))
    sheet = await changed(home, sheet, WORDS, name="Builder of the season")
    await home.press("Ada", sheet, "Save")

    said = (await home.type("Dan", "calendar")).text
    assert "Nominations open: Builder of the season" in said
    assert NAME not in said
    await home.wait(days=3)
    said = (await home.type("Dan", "calendar")).text
    assert "Nominations close: Builder of the season" in said
    assert "Nominations open" not in said


async def test_a_moved_window_takes_the_place_of_the_old(home: Community) -> None:
    """Nothing happens at the times that were given up."""
    award = await planned(home, **OPENS, **CLOSES)
    sheet = await home.type("Ada", "award edit", which=str(award.id))
    sheet = await changed(home, sheet, WINDOW, opens_on=date(2026, 3, 11))
    assert "Mar 11" in facts(sheet)["Opens"]
    await home.press("Ada", sheet, "Save")

    await until(home, datetime(2026, 3, 10, 9, tzinfo=UTC))
    assert "closed" == (await known(home)).state
    await until(home, datetime(2026, 3, 11, 9, tzinfo=UTC))
    assert "open" == (await known(home)).state

    sheet = await home.type("Ada", "award edit", which=str(award.id))
    sheet = await changed(home, sheet, WINDOW, closes_on=date(2026, 3, 12))
    await home.press("Ada", sheet, "Save")
    assert "Mar 12" in read_by_all(home)[0]
    await until(home, datetime(2026, 3, 12, 17, tzinfo=UTC))
    assert "closed" == (await known(home)).state
    await until(home, datetime(2026, 3, 14, 17, tzinfo=UTC))
    assert 1 == len(read_by_all(home))


async def test_a_window_that_is_given_up_leaves_nothing(home: Community) -> None:
    """The award stays closed, and nothing of it is on the calendar."""
    award = await planned(home, **OPENS, **CLOSES)
    sheet = await home.type("Ada", "award edit", which=str(award.id))
    form = await home.press("Ada", sheet, WINDOW)
    cleared = dict.fromkeys(form.form.draft)
    sheet = await home.fill_in("Ada", form, **cleared)
    await home.press("Ada", sheet, "Save")

    assert "Nominations open" not in (await home.type("Dan", "calendar")).text
    await home.wait(days=10)
    assert ("closed", None) == ((await known(home)).state, (await known(home)).round)


async def test_an_opening_waits_for_quiet_hours_and_a_closing_does_not(
    home: Community,
) -> None:
    """An opening is said aloud; an end was told beforehand, and stays what it was."""
    await home.settings(quiet=QuietHours(time(22), time(7)))
    night = {
        "opens_on": date(2026, 3, 9), "opens_at": time(3),
        "closes_on": date(2026, 3, 11), "closes_at": time(3),
    }  # fmt: skip
    await planned(home, **night)

    await until(home, datetime(2026, 3, 9, 3, tzinfo=UTC))
    assert "closed" == (await known(home)).state
    await until(home, datetime(2026, 3, 9, 7, tzinfo=UTC))
    assert "open" == (await known(home)).state
    await until(home, datetime(2026, 3, 11, 3, tzinfo=UTC))
    assert "closed" == (await known(home)).state


async def test_what_was_missed_is_made_up_for(home: Community) -> None:
    """Where Laurel was away, it opens late; a round that would be over is passed by."""
    award = await planned(home, **OPENS, **CLOSES)
    home.clock.move(days=4)
    await home.wait()
    now = await known(home)
    assert now.round is not None
    assert (home.clock(), award.closes_at) == (now.round.opened_at, now.round.closes_at)

    home.clock.move(days=30)
    await home.wait()
    now = await known(home)
    assert now.round is not None
    assert award.closes_at == now.round.closed_at

    sheet = await home.type("Ada", "award edit", which=str(award.id))
    later = {"opens_on": date(2026, 4, 20), "closes_on": date(2026, 4, 21)}
    await home.press("Ada", await changed(home, sheet, WINDOW, **later), "Save")
    home.clock.move(days=60)
    await home.wait()

    now = await known(home)
    assert ("closed", None, None) == (now.state, now.opens_at, now.closes_at)
    assert now.round is not None
    assert 1 == now.round.number
    done = await home.database.read(audited)
    assert [("awards.plan", False), ("awards.passed", False)] == list(done[-2:])


async def test_opening_by_hand_takes_the_planned_one_off(home: Community) -> None:
    """It keeps the planned end, unless whoever opens it gives another one."""
    award = await planned(home, **OPENS, **CLOSES)

    opened = await home.type("Ada", "award open", which=str(award.id))

    assert "It closes by itself" in opened.text
    now = await known(home)
    assert now.round is not None
    assert (START, award.closes_at) == (now.round.opened_at, now.round.closes_at)
    await home.wait(days=4)
    kinds, _ = await home.database.read(recorded)
    assert 1 == kinds.count("awards.opened")

    asked = await home.type("Ada", "award close", which=str(award.id))
    await home.press("Ada", asked, "Close it now")
    await home.wait(days=10)
    refused = await home.type(
        "Ada", "award open", which=str(award.id), closes_on=date(2026, 3, 1)
    )
    assert ("awards.refused-closes-past", "closes_on") == (refused.reason, refused.at)
    on = date(2026, 3, 30)
    await home.type("Ada", "award open", which=str(award.id), closes_on=on)
    now = await known(home)
    assert now.round is not None
    assert datetime(2026, 3, 30, 18, tzinfo=UTC) == now.round.closes_at


async def test_an_end_that_passed_before_it_opened_is_asked_again(
    home: Community,
) -> None:
    """It is refused where it was planned, and nothing is opened for no time at all."""
    award = await planned(home, **CLOSES)
    await home.wait(days=9)

    refused = await home.type("Ada", "award open", which=str(award.id))

    assert ("awards.refused-closes-past", "closes_on") == (refused.reason, refused.at)
    assert "closed" == (await known(home)).state


async def test_winners_can_wait_for_a_moment(home: Community) -> None:
    """Of those on the calendar; one that is taken off is no longer said to come."""
    on, at = date(2026, 4, 1), time(16)
    sheet = await home.type("Ada", "moment add", on=on, at=at, name="Spring party")
    await home.press("Ada", sheet, "Save")
    lookup = home.laurel.table.lookups["awards.moments"]
    found = await lookup.handler(home.call("Ada"), "")
    at_once, party = (each.value for each in found)
    assert "0" == at_once
    assert [at_once] == [
        each.value for each in await lookup.handler(home.call("Ada"), "autumn")
    ]

    sheet = await changed(home, await begun(home), ANNOUNCING, moment=party)

    assert "In Spring party" == facts(sheet)["Winners are announced"]
    await home.press("Ada", sheet, "Save")
    award = await known(home)
    assert int(party) == award.standard.announced_in
    asked = await home.type("Ada", "moment cancel", which=party)
    await home.press("Ada", asked, "All of it")
    sheet = await home.type("Ada", "award edit", which=str(award.id))
    assert "no longer on the calendar" in sheet.text


async def test_nobody_who_nominated_is_left_without_an_answer(home: Community) -> None:
    """While somebody waits for a decision, the award cannot be taken away."""
    award = await made(home)
    await home.type("Ada", "award open", which=str(award.id))
    asked = await home.type("Ada", "award close", which=str(award.id))
    removing = await home.press("Ada", asked, "Take it away")
    await home.database.write(nominate, home)

    refused = await home.press("Ada", removing, "Take it away")

    assert "awards.refused-undecided" == refused.reason
    assert "One nomination still waits" in refused.text
    assert (
        "One nomination still waits"
        in (await home.press("Ada", asked, "Take it away")).text
    )
    listed = await home.type("Ada", "award list")
    assert "one nomination waits" in facts(listed)[NAME]
    closed = await home.press("Ada", asked, "Close it now")
    assert "keeps its place" in closed.text
    assert (
        "awards.refused-undecided"
        == (await home.press("Ada", removing, "Take it away")).reason
    )


def nominate(tx: Transaction, home: Community) -> None:
    """Have Dan put Eve forward."""
    here, now = communities.get(tx, COMMUNITY), home.clock()
    (award,) = awards.listed(tx, here)
    assert award.round is not None
    dan, eve = (members.meet(tx, here, home.person(n), now) for n in ("Dan", "Eve"))
    said = Said(dan, eve, "She built what all of us use.", (), (), "nominate")
    nominations.add(tx, here, Terms(award.round, award.standard), said, now)


async def test_what_waits_for_a_wall_that_is_gone_follows(home: Community) -> None:
    """A round that opened meanwhile is told on the wall that is chosen then."""
    award = await made(home)
    home.platform.closed[home.channel("wall")] = "channel-gone"
    await home.type("Ada", "award open", which=str(award.id))
    assert [] == read_by_all(home)
    home.person("Ann", Role.ADMIN)
    sheet = await home.type("Ann", "laurel setup")
    form = await home.press("Ann", sheet, "Where things are posted")
    sheet = await home.fill_in("Ann", form, wall=home.channel("lounge"))

    await home.press("Ann", sheet, "Save")

    assert any("Nominations are open" in post for post in home.posts("lounge"))


async def test_everything_is_said_in_spanish_as_well(home: Community) -> None:
    """To a moderator who reads it, within all limits."""
    home.person("Ada", Role.MODERATOR, locale="es")
    sheet = await begun(home, about="x" * 500)
    items = "\n".join(f"{number}" + "y" * 98 for number in range(10))
    numbers = tuple(map(str, range(1, 11)))
    form = await home.press("Ada", sheet, "Qué se comprueba")
    sheet = await home.fill_in("Ada", form, items=items, required=numbers)

    assert "con un enlace que lo muestre" in sheet.text
    saved = await home.press("Ada", sheet, "Guardar")
    assert "está creado" in saved.text
    opened = await home.press("Ada", saved, "Abrirlo ahora")
    assert "está abierto" in opened.text
    assert "Nominations are open" in read_by_all(home)[0]


@pytest.mark.parametrize("late_s", [0, 1, 3_600])
async def test_an_end_is_exact_however_late_anybody_is(
    home: Community, late_s: int
) -> None:
    """From then on nobody can be nominated, also before Laurel has closed it."""
    await planned(home, **CLOSES)

    def look(tx: Transaction) -> tuple[bool, bool]:
        here = communities.get(tx, COMMUNITY)
        (award,) = awards.listed(tx, here)
        by = Act(None, "test", home.clock())
        award = awards.open_round(tx, here, award, award.closes_at, by)
        assert award.round is not None
        assert award.round.closes_at is not None
        end = award.round.closes_at
        late = end.timestamp() + late_s
        at = datetime.fromtimestamp(late, UTC)
        before = datetime.fromtimestamp(end.timestamp() - 1, UTC)
        return award.open_at(before) is not None, award.open_at(at) is not None

    assert (True, False) == await home.database.write(look)
