"""The rules as everybody reads them, and as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.awards import Award, Criterion, Decider, Evidence, Standard
from bot.domain.people import Role
from bot.domain.refs import RoleRef
from storage import awards, communities, members
from storage.acts import Act
from storage.database import Transaction
from tests.cogs.test_awards import facts
from tests.harness import COMMUNITY, Community, Reply

ON_THE_LEADERBOARD = (
    "From each giver, 5 a day count, and one a day to the same person. Between the "
    "same two people, each further time within 30 days counts half as much, whoever of "
    "them thanks; and half again where thanks go around among three within 14 days. "
    "What is taken back gives back what it counted for."
)

WAITING = (
    "When a nomination or an appeal has waited 2 days for a decision, moderators are "
    "reminded. After 5 days, admins who have no part in it are asked to step in."
)

FIRST = Standard(
    1,
    about="For what lasts.",
    criteria=(Criterion("It is in use"), Criterion("It is documented")),
)
SECOND = replace(
    FIRST,
    about="For what lasts, and is shared.",
    criteria=(
        Criterion("It is in use", Evidence.REQUIRED),
        Criterion("Others build on it"),
    ),
    min_days=30,
    winners=2,
    decider=Decider.COMMITTEE,
)


@pytest.fixture(autouse=True)
def people(home: Community) -> None:
    """Ada makes awards, Ann chooses the settings, and Dan reads."""
    home.person("Ada", Role.MODERATOR)
    home.person("Ann", Role.ADMIN)
    home.person("Dan")


def _edit(tx: Transaction, home: Community) -> Act:
    here = communities.get(tx, COMMUNITY)
    return Act(
        members.meet(tx, here, home.person("Ada"), home.clock()), "", home.clock()
    )


async def made(
    home: Community, name: str = "Maker", standard: Standard = FIRST
) -> Award:
    """Have there be an award."""

    def make(tx: Transaction) -> Award:
        here = communities.get(tx, COMMUNITY)
        return awards.create(tx, here, name, standard, _edit(tx, home))

    return await home.database.write(make)


async def edited(home: Community, award: Award, standard: Standard) -> Award:
    """Have an award ask for something else."""

    def change(tx: Transaction) -> Award:
        here = communities.get(tx, COMMUNITY)
        return awards.edit(tx, here, award, award.name, standard, _edit(tx, home))

    return await home.database.write(change)


async def opened(home: Community, award: Award) -> Award:
    """Have an award be open."""

    def begin(tx: Transaction) -> Award:
        here = communities.get(tx, COMMUNITY)
        return awards.open_round(tx, here, award, None, _edit(tx, home))

    return await home.database.write(begin)


async def read(home: Community, name: str = "Maker") -> Reply:
    """Have Dan read the rules of an award."""
    return await home.press("Dan", await home.type("Dan", "rules"), name)


async def test_anybody_reads_how_shoutouts_go(home: Community) -> None:
    """From what is in force at this moment, in the words of a member."""
    shown = await home.type("Dan", "rules")

    assert facts(shown) == {
        "You can thank": "5 people a day",
        "The same two people": "24 hours apart, in either direction",
        "Undoing": "For 10 minutes; later with a reason, by /retract",
        "A reason has": "20 to 500 characters",
        "On the leaderboard": ON_THE_LEADERBOARD,
        "While it waits": WAITING,
    }
    assert "Version 1, since" in shown.text
    assert "There are no awards yet" in shown.text


async def test_changed_limits_are_a_version(home: Community) -> None:
    """What they were can be read, and what is different, without asking anybody."""
    await limits(home, allowance=9, cooldown=0)
    home.clock.move(days=3)
    await limits(home, allowance=3, cooldown=0, role="keepers")
    home.clock.move(days=3)

    shown = await home.type("Dan", "rules")
    assert "3 people a day" == facts(shown)["You can thank"]
    assert "@keepers 9" == facts(shown)["With some roles"]
    assert "Version 4, since" in shown.text

    latest = await home.press("Dan", shown, "Shoutouts, with earlier versions")
    assert "What version 4 changed" in latest.text
    assert "9 a day" in latest.text
    second = await home.press("Dan", latest, "Version 2")
    assert "What is different since version 2" in second.text
    assert "3 people a day. Before: 9 people a day" == facts(second)["You can thank"]
    first = await home.press("Dan", second, "Version 1")
    assert "As often as they like. Before: 24 hours apart" in first.text
    assert "You can thank" in (await home.press("Dan", first, "All rules")).text


async def limits(
    home: Community, allowance: int, cooldown: int, role: str | None = None
) -> None:
    """Have Ann change how much can be given, and what holders of a role may."""
    sheet = await home.type("Ann", "laurel setup")
    form = await home.press("Ann", sheet, "Limits")
    sheet = await home.fill_in("Ann", form, allowance=allowance, cooldown=cooldown)
    await home.press("Ann", sheet, "Save")
    if role:
        sheet = await home.type("Ann", "laurel setup")
        form = await home.press("Ann", sheet, "Allowance by role")
        given = {"role": RoleRef(COMMUNITY, role), "allowance": 9}
        await home.press("Ann", await home.fill_in("Ann", form, **given), "Save")


async def test_how_long_nominations_wait_is_told(home: Community) -> None:
    """As admins chose it, and from the moment on that they did."""
    sheet = await home.type("Ann", "laurel setup")
    form = await home.press("Ann", sheet, "What waits for a decision")
    sheet = await home.fill_in("Ann", form, remind=1, escalate=9)
    await home.press("Ann", sheet, "Save")

    said = facts(await home.type("Dan", "rules"))["While it waits"]

    assert "has waited a day for a decision" in said
    assert "After 9 days" in said


async def test_other_settings_are_no_version_of_the_rules(home: Community) -> None:
    """Where things are posted is nobody's rule."""
    sheet = await home.type("Ann", "laurel setup")
    form = await home.press("Ann", sheet, "Where things are posted")
    sheet = await home.fill_in("Ann", form, wall=home.channel("lounge"))
    await home.press("Ann", sheet, "Save")

    shown = await home.type("Dan", "rules")

    assert "Version 1, since" in shown.text
    assert "Shoutouts, with earlier versions" not in shown.text


async def test_an_award_is_told_whole(home: Community) -> None:
    """What it is for, what is checked, who can be nominated, who decides, how many."""
    award = await made(home, standard=SECOND)
    shown = await home.type("Dan", "rules")
    assert "Nominations are closed at the moment" == facts(shown)["Maker"]
    await opened(home, award)

    told = await read(home)

    held = dict(facts(told))
    assert held.pop("Who is in the committee").startswith("Everybody serves before")
    assert held == {
        "What it is for": "For what lasts, and is shared.",
        "Who can be nominated": "Anybody",
        "Here for": "At least 30 days",
        "How many win": "Up to 2 in a round",
        "Who decides": "A committee drawn by lot; at least 3 vote",
        "You can nominate": "Up to 3 people in a round",
        "Winners are announced": "As soon as it is decided",
        "Item 1 · with a link that shows it": "It is in use",
        "Item 2": "Others build on it",
    }
    assert "Nominations are open" in told.text
    assert "Another version" not in told.text


async def test_differences_are_told_in_plain_words(home: Community) -> None:
    """From the version before to the one that holds, and from any other to it."""
    award = await made(home)
    home.clock.move(days=40)
    await edited(home, award, SECOND)

    told = await read(home)

    assert "Version 2, since" in told.text
    changes = await home.press("Dan", told, "What version 2 changed")
    different = {
        "What it is for": "Written anew",
        "What is checked": "new: Others build on it, gone: It is documented, "
        "and other evidence for: It is in use",
        "Here for": "At least 30 days. Before, nothing was asked here",
        "How many win": "Up to 2 in a round. Before: One in a round",
        "Who decides": "A committee drawn by lot; at least 3 vote. Before: Moderators",
    }
    assert different == facts(changes)
    told = await home.press("Dan", changes, "Version 2")
    earlier = await home.press("Dan", told, "Version 1")
    assert "This is an earlier version. Version 2 holds now." in earlier.text
    assert "It is documented" in earlier.text
    since = await home.press("Dan", earlier, "What is different since version 1")
    assert different == facts(since)
    assert "Version 2, since" in (await home.press("Dan", earlier, "Version 2")).text


async def test_the_open_round_is_told_by_its_own_rules(home: Community) -> None:
    """Whoever nominates now reads what is judged by, and what comes after it."""
    award = await opened(home, await made(home))
    await edited(home, award, SECOND)

    told = await read(home)

    assert "The next one goes by version 2" in told.text
    assert "One in a round" in told.text
    coming = await home.press("Dan", told, "Version 2")
    assert "hold from the next round on" in coming.text
    assert "The one that is open goes by version 1" in coming.text


async def test_rules_outlive_their_award(home: Community) -> None:
    """Whoever was judged by them reads them, also once nobody can be nominated."""
    award = await made(home)
    before = await home.type("Dan", "rules")

    def take_away(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        awards.remove(tx, here, award, _edit(tx, home))

    await home.database.write(take_away)

    assert "There are no awards yet" in (await home.type("Dan", "rules")).text
    told = await home.press("Dan", before, "Maker")
    assert "not given any more" in told.text
    assert "For what lasts." in told.text


async def test_a_moment_that_is_chosen_is_named(home: Community) -> None:
    """And once it is off the calendar, so is that."""
    on = date(2026, 4, 1)
    at = home.clock().time()
    sheet = await home.type("Ada", "moment add", on=on, at=at, name="Spring party")
    await home.press("Ada", sheet, "Save")
    found = await home.laurel.table.lookups["awards.moments"].handler(
        home.call("Ada"), ""
    )
    entry = found[-1].value
    await made(home, standard=replace(FIRST, announced_in=int(entry)))
    assert "In Spring party" == facts(await read(home))["Winners are announced"]

    asked = await home.type("Ada", "moment cancel", which=entry)
    await home.press("Ada", asked, "All of it")

    assert (
        "no longer on the calendar" in facts(await read(home))["Winners are announced"]
    )


async def test_the_longest_rules_fit_into_a_message(home: Community) -> None:
    """In both languages, with everything different that can be."""

    def items(word: str) -> tuple[Criterion, ...]:
        return tuple(
            Criterion(f"{n}{word * 99}"[:100], Evidence.REQUIRED) for n in range(10)
        )

    roles = tuple(RoleRef(COMMUNITY, f"{n}" * 100) for n in range(5))
    award = await made(home, "N" * 60, Standard(1, "a" * 500, items("x"), roles))
    for number in range(2, 25):
        award = await edited(home, award, replace(FIRST, about=f"{number}"))
    last = Standard(
        25, "b" * 500, items("y"), (), 3_650, 20, 20, Decider.COMMITTEE,
        blind=True, quorum=25, per_member=20, announced_in=99,
    )  # fmt: skip
    await opened(home, await edited(home, award, last))
    for locale, first, since in (
        ("en", "Version 1,", "What is different"),
        ("es", "Versión 1,", "Qué es distinto"),
    ):
        home.person("Dan", locale=locale)
        told = await read(home, "N")
        assert "y" * 90 in told.text
        earlier = await home.press("Dan", told, first)
        assert "x" * 90 in earlier.text
        assert "y" * 30 in (await home.press("Dan", earlier, since)).text


@pytest.mark.parametrize("roles", [5, 10])
async def test_many_awards_are_all_within_reach(home: Community, roles: int) -> None:
    """Ten are told at a glance, and the list has each, however long all of it is."""
    own = tuple((RoleRef(COMMUNITY, f"{n:0>100}"), 10 + n) for n in range(roles))
    await home.settings(allowance_by_role=own)
    for number in range(25):
        await opened(home, await made(home, f"Award {number:02}{'x' * 52}"))

    shown = await home.type("Dan", "rules")

    assert "15 more awards are in the list below" in shown.text
    assert "14" in facts(shown)["With some roles"]
    assert "For what lasts." in (await home.press("Dan", shown, "Award 24")).text


async def test_whose_turn_it_is_in_a_committee_is_part_of_the_rules(
    home: Community,
) -> None:
    """Of an award that a committee decides, and of no other."""
    await made(home, "By lot", Standard(1, decider=Decider.COMMITTEE))
    await made(home, "By hand", Standard(1))

    told = facts(await read(home, "By lot"))["Who is in the committee"]
    assert "Everybody serves before anybody serves twice" in told
    assert "Nobody has anything to catch up on" in told
    assert "Who is in the committee" not in facts(await read(home, "By hand"))
