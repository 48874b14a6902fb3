"""Awards, through the doors that moderators use."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date, time

import pytest

from bot.chat.message import Action, Card
from bot.domain.awards import Award
from bot.domain.people import Role
from bot.domain.refs import CommunityRef, RoleRef
from storage import audit, awards, communities
from storage.database import Transaction
from tests.harness import COMMUNITY, PLATFORM, Community, Reply

NAME = "Maker of the season"
MAKERS = RoleRef(COMMUNITY, "makers")

WORDS = "Name and purpose"
ITEMS = "What is checked"
ELIGIBLE = "Who can be nominated"
ROLES = "Only with a role"
DECIDING = "Who decides, and how many win"
WINDOW = "When it is open"
ANNOUNCING = "When winners are announced"

DECISION = {
    "winners": 2,
    "decider": "committee",
    "quorum": 4,
    "blind": True,
    "nominations": 1,
}


@pytest.fixture(autouse=True)
def moderators(home: Community) -> None:
    """Ada and Ben may make awards."""
    home.person("Ada", Role.MODERATOR)
    home.person("Ben", Role.MODERATOR)


async def begun(home: Community, name: str = NAME, about: str | None = None) -> Reply:
    """Have Ada begin an award."""
    given = {"name": name} if about is None else {"name": name, "about": about}
    return await home.type("Ada", "award create", **given)


async def changed(
    home: Community, sheet: Reply, part: str, who: str = "Ada", /, **answers: object
) -> Reply:
    """Have a moderator change one part of a sheet."""
    return await home.fill_in(who, await home.press(who, sheet, part), **answers)


async def made(home: Community, name: str = NAME) -> Award:
    """Have Ada make an award that asks for nothing."""
    await home.press("Ada", await begun(home, name), "Save")
    return await known(home, name)


async def known(home: Community, name: str = NAME) -> Award:
    """Return the award of a name."""

    def find(tx: Transaction) -> Award:
        found = awards.listed(tx, communities.get(tx, COMMUNITY))
        return next(each for each in found if each.name == name)

    return await home.database.read(find)


async def asking(home: Community) -> Reply:
    """Have Ada draft an award that asks for a good deal."""
    sheet = await begun(home, about="Things that others build upon.")
    sheet = await changed(
        home,
        sheet,
        ITEMS,
        items="- It is in use\n2. Others can build it\n\n* It is documented",
        required=("1",),
        welcome=("1", "3"),
    )
    sheet = await changed(home, sheet, ELIGIBLE, days=30, rounds=2)
    sheet = await changed(home, sheet, ROLES, first=MAKERS)
    return await changed(home, sheet, DECIDING, **DECISION)


def read_by_all(home: Community) -> Sequence[str]:
    """Return what stands on the wall about rounds."""
    return [post for post in home.posts() if "ominations are" in post]


def facts(said: Reply) -> dict[str, str]:
    """Return what cards show, by label."""
    lines = iter(said.text.splitlines())
    shown: dict[str, str] = {}
    for card in (n for n in said.message.nodes if isinstance(n, Card)):
        for _ in filter(None, (card.title, *card.body, card.footer)):
            next(lines)
        shown |= {next(lines): next(lines) for _ in card.facts}
    return shown


def recorded(tx: Transaction) -> tuple[Sequence[str], Sequence[str]]:
    """Return what the log and the audit tell of awards."""
    log = tx.all("SELECT kind FROM activity WHERE kind LIKE 'awards.%' ORDER BY id")
    rows = tx.all("SELECT action FROM audit WHERE action LIKE 'awards.%' ORDER BY id")
    here = communities.get(tx, COMMUNITY)
    assert audit.first_broken(tx, here) is None
    return [row["kind"] for row in log], [row["action"] for row in rows]


async def test_a_sheet_says_what_is_drafted(home: Community) -> None:
    """Every part of it stands there in words."""
    sheet = await asking(home)

    assert facts(sheet) == {
        "Name": NAME,
        "What it is for": "Things that others build upon.",
        "Item 1 · with a link that shows it": "It is in use",
        "Item 2": "Others can build it",
        "Item 3 · a link is welcome": "It is documented",
        "Who can be nominated": "Who holds @makers",
        "Here for": "At least 30 days",
        "Winners": "Wait 2 rounds before they can be nominated again",
        "How many win": "Up to 2 in a round",
        "Who decides": "A committee drawn by lot, without seeing who nominated; "
        "at least 4 vote",
        "You can nominate": "One person in a round",
        "Opens": "When a moderator opens it",
        "Closes": "When a moderator closes it",
        "Winners are announced": "As soon as it is decided",
    }


async def test_an_award_is_kept_as_it_was_shown(home: Community) -> None:
    """Closed, in its first version, with a row of the log and of the audit."""
    kept = await home.press("Ada", await asking(home), "Save")

    assert "Its rules are version 1." in kept.text
    award = await known(home)
    assert (1, "closed", 30, 2) == (
        award.standard.number,
        award.state,
        award.standard.min_days,
        award.standard.not_won_in,
    )
    assert (MAKERS,) == award.standard.roles
    assert ("committee", 2, 4, True, 1) == (
        award.standard.decider,
        award.standard.winners,
        award.standard.quorum,
        award.standard.blind,
        award.standard.per_member,
    )
    assert [
        ("It is in use", "required"),
        ("Others can build it", "none"),
        ("It is documented", "welcome"),
    ] == [(each.text, each.evidence) for each in award.standard.criteria]
    kinds, actions = await home.database.read(recorded)
    assert ["awards.created"] == kinds
    assert ["awards.create"] == actions


async def test_forms_begin_with_what_is_drafted(home: Community) -> None:
    """Whoever opens a part again finds there what they wrote."""
    sheet = await begun(home, about="Things that others build upon.")
    given: dict[str, dict[str, object]] = {
        WORDS: {"name": "Builder", "about": "For what lasts."},
        ITEMS: {"items": "In use\nDocumented", "required": ("1",), "welcome": ("2",)},
        ELIGIBLE: {"days": 7, "rounds": 1},
        ROLES: {
            "first": RoleRef(COMMUNITY, "makers"),
            "second": RoleRef(COMMUNITY, "keepers"),
        },
        DECIDING: DECISION,
        WINDOW: {
            "opens_on": date(2026, 3, 9),
            "opens_at": time(8),
            "closes_on": date(2026, 3, 20),
            "closes_at": time(17, 30),
        },
        ANNOUNCING: {"moment": "0"},
    }
    for part, answers in given.items():
        sheet = await changed(home, sheet, part, **answers)

    for part, answers in given.items():
        form = await home.press("Ada", sheet, part)
        assert answers == form.form.draft, part


async def test_a_draft_is_shown_to_whoever_began_it_alone(home: Community) -> None:
    """Another moderator cannot change, save or drop it."""
    sheet = await begun(home)
    (draft,) = {action.args[0] for action in sheet.message.actions()}

    taken = [
        await home.do(home.call("Ben"), Action("awards.save", (draft,)), None),
        await home.do(home.call("Ben"), Action("awards.change", (draft, "words")), {}),
    ]
    await home.do(home.call("Ben"), Action("awards.drop", (draft,)), None)

    assert ["common.draft-gone"] * 2 == [reply.reason for reply in taken]
    assert "is made" in (await home.press("Ada", sheet, "Save")).text


async def test_a_draft_that_is_dropped_makes_nothing(home: Community) -> None:
    """It is gone, and there is no award."""
    sheet = await begun(home)

    dropped = await home.press("Ada", sheet, "Cancel")

    assert "Nothing was changed" in dropped.text
    assert "common.draft-gone" == (await home.press("Ada", sheet, "Save")).reason
    assert "no awards yet" in (await home.type("Ada", "award list")).text


@pytest.mark.parametrize(
    ("part", "answers", "reason", "at"),
    [
        (ITEMS, {"items": "\n".join("abcdefghijk")}, "items", "items"),
        (ITEMS, {"items": "x" * 101}, "item-long", "items"),
        (ITEMS, {"items": "One", "required": ("2",)}, "no-item", "required"),
        (ITEMS, {"welcome": ("1",)}, "no-item", "welcome"),
        (
            ROLES,
            {"second": RoleRef(CommunityRef(PLATFORM, "elsewhere"), "makers")},
            "role",
            "second",
        ),
        (WINDOW, {"opens_at": time(9)}, "no-date", "opens_on"),
        (WINDOW, {"closes_at": time(9)}, "no-date", "closes_on"),
        (WINDOW, {"opens_on": date(2026, 3, 6)}, "opens-past", "opens_on"),
        (WINDOW, {"closes_on": date(2026, 3, 5)}, "closes-past", "closes_on"),
        (
            WINDOW,
            {"opens_on": date(2026, 3, 9), "closes_on": date(2026, 3, 8)},
            "window",
            "closes_on",
        ),
        (WINDOW, {"closes_on": date(2027, 3, 9)}, "far", "closes_on"),
        (ANNOUNCING, {"moment": "17"}, "moment", "moment"),
        (ANNOUNCING, {"moment": "soon"}, "moment", "moment"),
    ],
)
async def test_what_does_not_fit_is_refused_beside_its_question(
    home: Community, part: str, answers: dict[str, object], reason: str, at: str
) -> None:
    """Each refusal names the question, and the draft stays as it was."""
    sheet = await begun(home)

    refused = await changed(home, sheet, part, **answers)

    assert (f"awards.refused-{reason}", at) == (refused.reason, refused.at)
    assert "is made" in (await home.press("Ada", sheet, "Save")).text
    award = await known(home)
    assert () == award.standard.criteria
    assert (None, None) == (award.opens_at, award.closes_at)


async def test_names_are_told_apart_whatever_their_capitals(home: Community) -> None:
    """The second one is refused and its draft stays, so that nothing typed is lost."""
    await made(home)
    sheet = await begun(home, f"  {NAME.upper()} ")

    refused = await home.press("Ada", sheet, "Save")

    assert "awards.refused-name" == refused.reason
    sheet = await changed(home, sheet, WORDS, name="Maker of the year")
    assert "is made" in (await home.press("Ada", sheet, "Save")).text


async def test_there_are_no_more_awards_than_a_list_holds(home: Community) -> None:
    """The 26th is refused, until one is taken away."""
    for number in range(25):
        await made(home, f"Award {number}")

    refused = await home.press("Ada", await begun(home, "One more"), "Save")

    assert "awards.refused-full" == refused.reason
    listed = await home.type("Ada", "award list")
    assert 3 + 1 == len(listed.message.nodes)


async def test_an_edit_that_changes_something_is_a_version(home: Community) -> None:
    """An edit that changes nothing is none, and what was before can still be read."""
    award = await made(home)
    which = str(award.id)
    sheet = await home.type("Ben", "award edit", which=which)
    assert "Nothing was different" in (await home.press("Ben", sheet, "Save")).text
    assert 1 == (await known(home)).standard.number

    sheet = await home.type("Ben", "award edit", which=which)
    sheet = await changed(home, sheet, DECIDING, "Ben", **DECISION)
    kept = await home.press("Ben", sheet, "Save")

    assert "5 things are new" in kept.text
    assert "version 2" in kept.text
    before, now = await home.database.read(
        lambda tx: [awards.standard(tx, award.id, number) for number in (1, 2)]
    )
    assert (1, 2) == (before.winners, now.winners)
    kinds, actions = await home.database.read(recorded)
    assert ["awards.created", "awards.edited"] == kinds
    assert ["awards.create", "awards.edit"] == actions


async def test_of_two_who_edit_at_once_the_second_looks_again(home: Community) -> None:
    """Nothing is saved over what they had not seen; they hear whose it is."""
    award = await made(home)
    sheets = {
        who: await home.type(who, "award edit", which=str(award.id))
        for who in ("Ada", "Ben")
    }
    for who, winners in (("Ada", 2), ("Ben", 3)):
        answers = {**DECISION, "winners": winners}
        sheets[who] = await changed(home, sheets[who], DECIDING, who, **answers)
    await home.press("Ada", sheets["Ada"], "Save")

    late = await home.press("Ben", sheets["Ben"], "Save")

    assert "@Ada changed this award" in late.text
    assert 2 == (await known(home)).standard.winners
    fresh = await home.press("Ben", late, "Start anew")
    assert "Up to 2 in a round" in fresh.text
    assert "common.draft-gone" == (await home.press("Ben", late, "Start anew")).reason


async def test_an_award_opens_and_everybody_reads_it(home: Community) -> None:
    """On the wall, with what is checked and until when; and once it is closed, that."""
    await home.settings(wall=home.channel("wall"))
    sheet = await changed(home, await begun(home), ITEMS, items="It is in use")
    saved = await home.press("Ada", sheet, "Save")

    opened = await home.press("Ada", saved, "Open it now")

    assert f"{NAME} is open" in opened.text
    assert "until you close it" in opened.text
    (post,) = read_by_all(home)
    assert "Nominations are open: Maker of the season" in post
    assert "It is in use" in post
    award = await known(home)
    assert ("open", 1, 1) == (
        award.state,
        award.round and award.round.number,
        award.round and award.round.standard,
    )
    asked = await home.type("Ben", "award close", which=str(award.id))
    closed = await home.press("Ben", asked, "Close it now")
    assert "Nobody who is nominated waits" in closed.text
    (post,) = read_by_all(home)
    assert "Nominations are closed: Maker of the season" in post
    kinds, actions = await home.database.read(recorded)
    assert ["awards.created", "awards.opened", "awards.closed"] == kinds
    assert ["awards.create", "awards.open", "awards.close"] == actions


async def test_without_a_wall_moderators_are_asked_to_tell(home: Community) -> None:
    """It opens all the same, and nobody is told that everybody was."""
    await home.settings(wall=None)
    award = await made(home)

    opened = await home.type("Ada", "award open", which=str(award.id))

    assert "please tell people yourself" in opened.text
    assert [] == home.platform.posts


async def test_an_open_round_keeps_the_rules_that_it_began_with(
    home: Community,
) -> None:
    """An edit holds from the next round on; its name is new at once."""
    await home.settings(wall=home.channel("wall"))
    award = await made(home)
    await home.type("Ada", "award open", which=str(award.id))

    sheet = await home.type("Ada", "award edit", which=str(award.id))
    assert "holds from the next round on" in sheet.text
    sheet = await changed(home, sheet, DECIDING, **DECISION)
    sheet = await changed(home, sheet, WORDS, name="Builder of the season")
    kept = await home.press("Ada", sheet, "Save")

    assert "goes on by version 1" in kept.text
    (post,) = read_by_all(home)
    assert "Builder of the season" in post
    now = await known(home, "Builder of the season")
    assert (2, 1) == (now.standard.number, now.round and now.round.standard)
    asked = await home.type("Ada", "award close", which=str(award.id))
    await home.press("Ada", asked, "Close it now")
    await home.type("Ada", "award open", which=str(award.id))
    again = await known(home, "Builder of the season")
    assert (2, 2) == (
        again.round and again.round.number,
        again.round and again.round.standard,
    )


async def test_two_moderators_open_or_close_once(home: Community) -> None:
    """The second one hears that it is done, and nothing happens twice."""
    await home.settings(wall=home.channel("wall"))
    award = await made(home)
    asked = await home.type("Ben", "award close", which=str(award.id))
    await home.type("Ada", "award open", which=str(award.id))

    second = await home.type("Ben", "award open", which=str(award.id))

    assert "awards.refused-open" == second.reason
    assert 1 == len(read_by_all(home))
    asked = await home.type("Ben", "award close", which=str(award.id))
    await home.press("Ben", asked, "Close it now")
    assert (
        "awards.refused-closed"
        == (await home.press("Ben", asked, "Close it now")).reason
    )
    kinds, _ = await home.database.read(recorded)
    assert ["awards.created", "awards.opened", "awards.closed"] == kinds


async def test_of_many_at_once_exactly_one_gets_through(home: Community) -> None:
    """Each of the others hears in words that somebody was faster."""
    award = await made(home)
    names = [f"Moderator {number}" for number in range(10)]
    sheets = []
    for winners, name in enumerate(names, 2):
        home.person(name, Role.MODERATOR)
        sheet = await home.type(name, "award edit", which=str(award.id))
        given = {**DECISION, "winners": winners}
        sheets.append(await changed(home, sheet, DECIDING, name, **given))

    saved = await asyncio.gather(
        *(home.press(name, s, "Save") for name, s in zip(names, sheets, strict=True))
    )
    opened = await asyncio.gather(
        *(home.type(name, "award open", which=str(award.id)) for name in names)
    )

    assert 1 == sum("Saved" in each.text for each in saved)
    assert 9 == sum("changed this award" in each.text for each in saved)
    assert 1 == sum(not each.refused for each in opened)
    assert {"awards.refused-open"} == {e.reason for e in opened if e.refused}
    now = await known(home)
    assert (2, 1) == (now.standard.number, now.round and now.round.number)
    kinds, _ = await home.database.read(recorded)
    assert ["awards.created", "awards.edited", "awards.opened"] == kinds


async def test_what_is_no_award_is_refused(home: Community) -> None:
    """Also what is another community's, and what nobody could have picked."""
    for which in ("99", "x", "-1", "٣", "9" * 40):
        for name in ("award edit", "award open", "award close"):
            refused = await home.type("Ada", name, which=which)
            assert "awards.refused-gone" == refused.reason, which


async def test_an_award_is_taken_away_after_a_question(home: Community) -> None:
    """Its rules and rounds stay on record, its name is free, and its post is gone."""
    await home.settings(wall=home.channel("wall"))
    award = await made(home)
    await home.type("Ada", "award open", which=str(award.id))
    asked = await home.type("Ada", "award close", which=str(award.id))
    again = await home.press("Ada", asked, "Take it away")
    assert "stay on record" in again.text
    assert (
        "Everything is as it was"
        in (await home.press("Ada", again, "Leave it as it is")).text
    )

    gone = await home.press("Ada", again, "Take it away")

    assert "is taken away" in gone.text
    assert [] == read_by_all(home)
    assert (
        "awards.refused-gone" == (await home.press("Ada", again, "Take it away")).reason
    )
    assert "no awards yet" in (await home.type("Ada", "award list")).text
    kinds, actions = await home.database.read(recorded)
    assert ["opened", "closed", "removed"] == [k.split(".")[1] for k in kinds[1:]]
    assert ["open", "close", "remove"] == [a.split(".")[1] for a in actions[1:]]
    assert award.id != (await made(home)).id
