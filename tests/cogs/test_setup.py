"""The settings sheet, through the doors that admins use."""

from __future__ import annotations

import json

import pytest

from bot.chat.message import Action, Card
from bot.domain.community import Settings
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, CommunityRef, RoleRef
from storage import audit, communities
from storage.database import Transaction
from tests.harness import COMMUNITY, PLATFORM, Community, Reply

PLACES = "Where things are posted"
LANGUAGE = "Language and time zone"


async def opened(home: Community, who: str = "Ada") -> Reply:
    """Have an admin open the sheet."""
    home.person(who, Role.ADMIN)
    return await home.type(who, "laurel setup")


async def changed(
    home: Community, sheet: Reply, part: str, who: str = "Ada", /, **answers: object
) -> Reply:
    """Have an admin change one part of a sheet."""
    form = await home.press(who, sheet, part)
    return await home.fill_in(who, form, **answers)


def facts(said: Reply) -> dict[str, str]:
    """Return what a sheet shows, by label."""
    lines = iter(said.text.splitlines())
    shown: dict[str, str] = {}
    for card in (n for n in said.message.nodes if isinstance(n, Card)):
        for _ in filter(None, (card.title, *card.body, card.footer)):
            next(lines)
        shown |= {next(lines): next(lines) for _ in card.facts}
    return shown


def _settings(tx: Transaction) -> Settings:
    return communities.get(tx, COMMUNITY).settings


def _values(tx: Transaction) -> list[str]:
    here = communities.get(tx, COMMUNITY)
    return [tag.label for tag in communities.values(tx, here)]


def _audited(tx: Transaction) -> list[dict[str, object]]:
    rows = tx.all("SELECT detail FROM audit WHERE action = 'setup.save' ORDER BY id")
    return [json.loads(row["detail"]) for row in rows]


def _facts(tx: Transaction) -> list[tuple[str, int]]:
    rows = tx.all("SELECT kind, amount FROM activity WHERE kind LIKE 'setup.%'")
    return [(row["kind"], row["amount"]) for row in rows]


def _whole(tx: Transaction) -> bool:
    return audit.first_broken(tx, communities.get(tx, COMMUNITY)) is None


async def test_the_sheet_shows_what_is_in_force(home: Community) -> None:
    """Every setting stands there in words, and nothing is changed yet."""
    sheet = await opened(home)

    assert facts(sheet) == {
        "Wall": "#wall",
        "Moderators\u2019 channel": "None, so nobody is told",
        "Public posts": "English",
        "Time zone": "UTC",
        "Values": "None",
        "Allowance": "5 people a day",
        "Same two people": "24 hours apart",
        "Undo": "For 10 minutes",
        "Reason": "20 to 500 characters",
        "Allowance by role": "The same for everybody",
        "Recaps": "Friday at 16:00, every week",
        "Quiet hours": "None, so all is said when it is due",
        "What waits for a decision": (
            "Moderators are reminded after 2 days, and admins asked after 5"
        ),
    }
    assert "Nothing is changed yet." in sheet.text


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_only_admins_set_up(home: Community, role: Role) -> None:
    """Neither the command nor a forged button works for anybody else."""
    sheet = await opened(home)
    home.person("Ben", role)

    typed = await home.type("Ben", "laurel setup")
    pressed = await home.press("Ben", sheet, "Save")

    assert (typed.reason, pressed.reason) == ("common.only-admin", "common.only-admin")


async def test_a_change_is_in_force_once_it_is_saved(home: Community) -> None:
    """Until Save, shoutouts go where they went; afterwards, to the new wall."""
    sheet = await opened(home)
    sheet = await changed(home, sheet, PLACES, wall=home.channel("thanks"))

    assert facts(sheet)["Wall"] == "#thanks"
    assert "One thing is changed and not saved yet." in sheet.text
    assert (await home.database.read(_settings)).wall == home.channel("wall")

    saved = await home.press("Ada", sheet, "Save")

    assert saved.text.splitlines()[0] == "Saved: one change is in force"
    assert facts(saved)["Wall"] == "#thanks"
    why = "You found the fault that all of us had missed."
    await home.type("Ben", "shoutout", to=(home.person("Cleo"),), why=why)
    assert len(home.posts("thanks")) == 1
    assert home.posts("wall") == []


async def test_forms_are_filled_with_the_draft(home: Community) -> None:
    """What was changed a moment ago stands in the form that is opened again."""
    sheet = await opened(home)
    assert (await home.press("Ada", sheet, "Values")).form.draft == {}
    sheet = await changed(home, sheet, PLACES, moderators=home.channel("mods"))
    sheet = await changed(home, sheet, "Values", labels="Care\nCraft")
    sheet = await changed(home, sheet, "Limits", allowance=7, undo=0)

    places = await home.press("Ada", sheet, PLACES)
    values = await home.press("Ada", sheet, "Values")
    limits = await home.press("Ada", sheet, "Limits")

    assert places.form.draft == {
        "wall": home.channel("wall"),
        "moderators": home.channel("mods"),
    }
    assert values.form.draft == {"labels": "Care\nCraft"}
    assert limits.form.draft == {
        "allowance": 7,
        "cooldown": 24,
        "undo": 0,
        "shortest": 20,
        "longest": 500,
    }


async def test_places_can_be_left_empty(home: Community) -> None:
    """An empty wall means: wherever a shoutout is given."""
    sheet = await changed(home, await opened(home), PLACES, wall=None)
    await home.press("Ada", sheet, "Save")

    assert (await home.database.read(_settings)).wall is None
    assert facts(sheet)["Wall"] == "Wherever a shoutout is given"


async def test_a_foreign_channel_is_refused(home: Community) -> None:
    """The id of another community's channel is no place here."""
    elsewhere = ChannelRef(CommunityRef(PLATFORM, "elsewhere"), "wall")
    refused = await changed(home, await opened(home), PLACES, wall=elsewhere)

    assert (refused.reason, refused.at) == ("setup.refused-channel", "wall")


async def test_the_audit_tells_what_changed_without_words(home: Community) -> None:
    """Numbers, zones and channels are told before and after; of values, how many."""
    sheet = await changed(home, await opened(home), "Values", labels="Secret word")
    sheet = await changed(home, sheet, "Limits", allowance=9)
    await home.press("Ada", sheet, "Save")

    assert await home.database.read(_audited) == [
        {
            "allowance_per_day": 9,
            "allowance_per_day_before": 5,
            "values": 1,
            "values_before": 0,
        }
    ]
    assert await home.database.read(_facts) == [("setup.saved", 2)]
    assert await home.database.read(_whole)


async def test_saving_nothing_records_nothing(home: Community) -> None:
    """A sheet that was only looked at leaves no entry behind."""
    saved = await home.press("Ada", await opened(home), "Save")

    assert saved.text.splitlines()[0] == "Nothing was different, so all is as it was"
    assert await home.database.read(_audited) == []


async def test_cancel_changes_nothing(home: Community) -> None:
    """The draft is gone, and so is what was in it."""
    sheet = await changed(home, await opened(home), "Limits", allowance=9)
    dropped = await home.press("Ada", sheet, "Cancel")
    late = await home.press("Ada", sheet, "Save")

    assert dropped.text == "Dropped. Everything is as it was."
    assert late.reason == "common.draft-gone"
    assert (await home.database.read(_settings)).allowance_per_day == 5


async def test_a_sheet_saves_once(home: Community) -> None:
    """A second press on Save finds no draft and records nothing more."""
    sheet = await changed(home, await opened(home), "Limits", allowance=9)
    await home.press("Ada", sheet, "Save")
    again = await home.press("Ada", sheet, "Save")

    assert again.reason == "common.draft-gone"
    assert len(await home.database.read(_audited)) == 1


async def test_a_draft_lasts_a_day(home: Community) -> None:
    """A sheet of yesterday answers kindly, whatever is pressed on it."""
    sheet = await opened(home)
    home.clock.move(hours=24)

    reasons = [
        (await home.press("Ada", sheet, label)).reason
        for label in (PLACES, "Test post", "Save")
    ]
    assert reasons == ["common.draft-gone"] * 3


async def test_two_admins_sheets_do_not_mix(home: Community) -> None:
    """Each edits their own; the other's buttons find nothing."""
    mine = await changed(home, await opened(home, "Ada"), "Limits", allowance=9)
    theirs = await opened(home, "Bea")

    assert facts(theirs)["Allowance"] == "5 people a day"
    assert (await home.press("Bea", mine, "Save")).reason == "common.draft-gone"
    assert (await home.press("Bea", mine, PLACES)).reason == "common.draft-gone"
    assert facts(await changed(home, mine, "Limits", undo=1))["Undo"] == (
        "For one minute"
    )


async def test_a_form_that_is_sent_late_is_refused(home: Community) -> None:
    """A form whose sheet was saved meanwhile changes nothing."""
    sheet = await opened(home)
    form = await home.press("Ada", sheet, "Limits")
    await home.press("Ada", sheet, "Cancel")

    assert (await home.fill_in("Ada", form)).reason == "common.draft-gone"


async def test_whoever_saves_first_wins(home: Community) -> None:
    """The second hears who was faster, loses nothing of theirs, and starts anew."""
    mine = await changed(home, await opened(home, "Ada"), "Limits", allowance=9)
    theirs = await opened(home, "Bea")
    theirs = await changed(home, theirs, "Limits", "Bea", allowance=3)
    await home.press("Bea", theirs, "Save")

    late = await home.press("Ada", mine, "Save")
    assert late.text.startswith("@Bea saved other settings 3:00")
    assert (await home.database.read(_settings)).allowance_per_day == 3

    anew = await home.press("Ada", late, "Start anew")
    assert facts(anew)["Allowance"] == "3 people a day"
    assert "Nothing is changed yet." in anew.text
    assert (await home.press("Ada", mine, "Save")).reason == "common.draft-gone"


async def test_settings_that_changed_by_themselves_are_not_overwritten(
    home: Community,
) -> None:
    """Where nobody is known to have saved, the sheet still holds back."""
    sheet = await changed(home, await opened(home), "Limits", allowance=9)
    await home.settings(undo_minutes=1)

    late = await home.press("Ada", sheet, "Save")
    assert late.text.startswith("The settings were changed after you opened this")


async def test_values_are_folded_and_kept_in_order(home: Community) -> None:
    """One a line; blanks go, and a value that is written twice counts once."""
    typed = "  Care \n\n\u200bcraft\nCARE\n\u2800\nCourage"
    sheet = await changed(home, await opened(home), "Values", labels=typed)
    await home.press("Ada", sheet, "Save")

    assert await home.database.read(_values) == ["Care", "craft", "Courage"]
    assert facts(sheet)["Values"] == "Care, craft, and Courage"


async def test_values_can_be_taken_away_and_brought_back(home: Community) -> None:
    """What is no longer listed cannot be chosen until it is listed again."""
    for labels, expected in (
        ("Care\nCraft", ["Care", "Craft"]),
        (None, []),
        ("Craft", ["Craft"]),
    ):
        sheet = await changed(home, await opened(home), "Values", labels=labels)
        await home.press("Ada", sheet, "Save")
        found = await home.laurel.dispatcher.suggest(
            "shoutouts.values", home.call("Ada"), ""
        )
        assert await home.database.read(_values) == expected
        assert len(found) == len(expected)


@pytest.mark.parametrize(
    ("labels", "reason"),
    [
        ("\n".join(f"value {n}" for n in range(11)), "setup.refused-values"),
        ("x" * 41, "setup.refused-value-long"),
        ("x" * 501, "common.answer-long"),
    ],
)
async def test_values_stay_few_and_short(
    home: Community, labels: str, reason: str
) -> None:
    """At most ten, each of at most 40 characters."""
    refused = await changed(home, await opened(home), "Values", labels=labels)

    assert (refused.reason, refused.at) == (reason, "labels")


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_longest_values_fit_on_the_sheet(
    home: Community, locale: str
) -> None:
    """Ten values of 40 characters break no platform's limit, in any language."""
    home.person("Ada", Role.ADMIN, locale=locale)
    part = "Values" if locale == "en" else "Valores"
    labels = "\n".join(f"{n:x}" * 40 for n in range(10))
    sheet = await changed(home, await opened(home), part, labels=labels)
    tested = await home.press("Ada", sheet, "Test" if locale == "en" else "Public")

    assert "9" * 40 in sheet.text
    assert not tested.refused


@pytest.mark.parametrize(
    ("answers", "at"),
    [
        ({"allowance": 0}, "allowance"),
        ({"allowance": 101}, "allowance"),
        ({"cooldown": 721}, "cooldown"),
        ({"undo": 1_441}, "undo"),
        ({"shortest": 0}, "shortest"),
        ({"longest": 501}, "longest"),
        ({"shortest": 50, "longest": 49}, "longest"),
    ],
)
async def test_limits_have_limits(
    home: Community, answers: dict[str, int], at: str
) -> None:
    """What makes no sense is refused beside its field."""
    refused = await changed(home, await opened(home), "Limits", **answers)

    assert refused.at == at


async def test_language_and_zone_are_chosen_from_lists(home: Community) -> None:
    """The catalogue's languages by their own names; zones by their city."""
    sheet = await opened(home)
    call, suggest = home.call("Ada"), home.laurel.dispatcher.suggest
    languages = await suggest("setup.languages", call, "")
    cities = await suggest("setup.zones", call, "new y")
    many = await suggest("setup.zones", call, "a")
    first = await suggest("setup.zones", call, "")

    assert {"en", "es"} <= {each.value for each in languages}
    assert [each.value for each in cities] == ["America/New_York"]
    assert len(many) == 25
    assert first[0].value == "UTC"

    sheet = await changed(home, sheet, LANGUAGE, tongue="es", zone="America/New_York")
    assert facts(sheet)["Public posts"] == "Español"
    assert facts(sheet)["Time zone"] == "America/New_York"
    await home.press("Ada", sheet, "Save")
    assert (await home.database.read(_settings)).zone.key == "America/New_York"


async def test_a_city_that_is_typed_wins(home: Community) -> None:
    """The list of a form is short; every zone can be had by a city's name."""
    sheet = await opened(home)
    for typed in ("são paulo", "Sao  Paulo", "America/Sao_Paulo"):
        sheet = await changed(home, sheet, LANGUAGE, city=typed)
        assert facts(sheet)["Time zone"] == "America/Sao_Paulo"


@pytest.mark.parametrize(
    ("answers", "reason", "at"),
    [
        ({"city": "Olympus"}, "common.refused-zone", "city"),
        ({"zone": "Mars/Olympus"}, "common.refused-zone", "zone"),
        ({"zone": "../../etc/passwd"}, "common.refused-zone", "zone"),
        ({"tongue": "tlh"}, "common.answer-unknown", "tongue"),
    ],
)
async def test_what_is_not_on_the_list_is_refused(
    home: Community, answers: dict[str, str], reason: str, at: str
) -> None:
    """A platform that lets anything be typed gets a clear answer."""
    refused = await changed(home, await opened(home), LANGUAGE, **answers)

    assert (refused.reason, refused.at) == (reason, at)


async def test_a_test_post_is_seen_by_the_admin_alone(home: Community) -> None:
    """It looks as on the wall, in the drafted language, and counts for nobody."""
    sheet = await changed(home, await opened(home), "Values", labels="Craft")
    sheet = await changed(home, sheet, LANGUAGE, tongue="es", zone="UTC")
    tested = await home.press("Ada", sheet, "Test post")

    assert "This is how a shoutout will look in #wall." in tested.text
    assert "A shoutout for @Ada" in tested.text
    assert "“por configurar Laurel con cuidado" in tested.text
    assert "Craft" in tested.text
    assert [] == list(tested.message.actions())
    assert home.laurel.table.routes["setup.test-post"].private
    assert home.platform.posts == []
    board = await home.type("Ada", "leaderboard")
    assert "@Ada" not in board.text


async def test_a_test_post_says_that_no_wall_is_chosen(home: Community) -> None:
    """The admin hears what is missing before anybody else notices."""
    sheet = await changed(home, await opened(home), PLACES, wall=None)
    tested = await home.press("Ada", sheet, "Test post")

    assert "No wall is chosen" in tested.text
    assert "No moderators\u2019 channel is chosen" in tested.text


@pytest.mark.parametrize("part", ["", "save", "places:wall", "no-such"])
async def test_a_forged_part_is_refused(home: Community, part: str) -> None:
    """Only the parts of the sheet can be changed."""
    sheet = await opened(home)
    draft = next(sheet.message.actions()).args[0]
    forged = Action("setup.change", (draft, part))

    assert (await home.do(home.call("Ada"), forged, None)).reason == (
        "common.unknown-button"
    )


MENTORS = RoleRef(COMMUNITY, "mentors")


async def test_a_role_can_have_an_allowance_of_its_own(home: Community) -> None:
    """Its holders give that many, everybody else as before; empty takes it back."""
    home.person("Mia", groups=(MENTORS,))
    sheet = await changed(
        home, await opened(home), "Allowance by role", role=MENTORS, allowance=7
    )
    assert facts(sheet)["Allowance by role"] == "@mentors 7"
    await home.press("Ada", sheet, "Save")

    mentor = await home.type("Mia", "laurel me")
    other = await home.type("Ben", "laurel me")
    assert "7 of 7 people today" in mentor.text
    assert "5 of 5 people today" in other.text

    again = await changed(home, await opened(home), "Allowance by role", role=MENTORS)
    assert facts(again)["Allowance by role"] == "The same for everybody"


async def test_a_holder_of_two_roles_has_the_larger_allowance(home: Community) -> None:
    """Whichever order they were set in, the fourth of three is refused in words."""
    guests = RoleRef(COMMUNITY, "guests")
    await home.settings(allowance_by_role=((guests, 1), (MENTORS, 3)))
    home.person("Mia", groups=(guests, MENTORS))
    for name in ("Ben", "Cleo", "Dai"):
        why = f"{name} stayed until everybody could find the door."
        to = (home.person(name),)
        assert not (await home.type("Mia", "shoutout", to=to, why=why)).refused

    refused = await home.type(
        "Mia", "shoutout", to=(home.person("Elif"),), why="And Elif locked it again."
    )
    assert refused.reason == "shoutouts.refused-allowance"
    assert "thanked 3 people today" in refused.text


async def test_roles_are_few_and_the_communitys_own(home: Community) -> None:
    """The eleventh is refused, and one that a forged form brings from elsewhere."""
    ten = tuple((RoleRef(COMMUNITY, f"r{n}"), 2) for n in range(10))
    await home.settings(allowance_by_role=ten)
    form = await home.press("Ada", await opened(home), "Allowance by role")
    many = await home.fill_in("Ada", form, role=MENTORS, allowance=2)
    elsewhere = RoleRef(CommunityRef(COMMUNITY.platform, "elsewhere"), "mentors")
    foreign = await home.fill_in("Ada", form, role=elsewhere, allowance=2)

    assert (many.reason, many.at) == ("setup.refused-roles", "role")
    assert (foreign.reason, foreign.at) == ("setup.refused-role", "role")
