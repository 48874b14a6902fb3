"""Challenges, written down by moderators: templates, the sheet, saving, opening."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Proof, Review, Scoring, State
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, CommunityRef
from cogs.challenges.templates import SHAPES, Template
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
    facts,
    kinds,
    known,
    made,
    opened,
)
from tests.harness import PLATFORM, Community

MONDAY = date(2026, 3, 9)


@pytest.fixture(autouse=True)
def moderators(home: Community) -> None:
    """Ada and Ben may make challenges."""
    home.person("Ada", Role.MODERATOR)
    home.person("Ben", Role.MODERATOR)
    home.person("Dan")


async def test_the_seven_days_need_only_be_saved(home: Community) -> None:
    """From the coming Monday on, on the wall, with a prompt for each day."""
    sheet = await begun(home)
    assert CREATOR == facts(sheet)["Name"]
    assert "March 9, 2026 to March 15, 2026, 7 days" == facts(sheet)["When"]

    done = await home.press("Ada", sheet, "Save")

    assert f"{CREATOR} is made" in done.text
    challenge = await known(home)
    terms = challenge.terms
    assert State.DRAFT is challenge.state
    assert (MONDAY, 7, time(9)) == (terms.starts_on, terms.days, terms.prompt_at)
    assert 7 == len(set(terms.prompts))
    assert home.channel("wall") == terms.channel
    assert [] == home.posts()
    assert "no challenge just now" in (await home.type("Dan", "challenge list")).text


@pytest.mark.parametrize("tag", ["en", "es"])
@pytest.mark.parametrize("template", Template)
async def test_each_template_can_be_saved_as_it_is(
    home: Community, template: Template, tag: str
) -> None:
    """In the language of the community, whoever begins it."""
    await home.settings(locale=tag)
    home.person("Ada", Role.MODERATOR, locale="en")
    sheet = await begun(home, template)
    assert "is made" in (await home.press("Ada", sheet, "Save")).text
    terms = (await known(home)).terms
    assert SHAPES[template].days == terms.days
    said = home.laurel.catalogue.languages[tag]
    assert said.plain(f"challenges.template-{template}.title") == terms.title
    assert len(terms.prompts) in {0, 1, terms.days}


async def test_what_was_said_at_once_is_on_the_sheet(home: Community) -> None:
    """The first day, and the channel; another community's channel is refused."""
    channel = home.channel("makers")
    sheet = await begun(home, starts_on=date(2026, 4, 1), channel=channel)
    assert "April 1, 2026" in facts(sheet)["When"]
    assert "#makers" in facts(sheet)["Where"]

    foreign = ChannelRef(CommunityRef(PLATFORM, "elsewhere"), "wall")
    refused = await begun(home, channel=foreign)
    assert ("challenges.refused-channel", "channel") == (refused.reason, refused.at)


async def test_without_a_wall_it_is_where_it_was_begun(home: Community) -> None:
    """Nobody has to choose a channel twice."""
    await home.settings(wall=None)
    assert "#general" in facts(await begun(home))["Where"]


async def test_each_form_shows_what_is_drafted(home: Community) -> None:
    """Whatever was changed before."""
    sheet = await changed(home, await begun(home), PROMPTS, prompts="* Begin\n\n2. End")
    form = await home.press("Ada", sheet, PROMPTS)
    assert {"prompts": "Begin\nEnd"} == form.form.draft
    sheet = await changed(home, sheet, POINTS, cap=99)
    form = await home.press("Ada", sheet, POINTS)
    scoring = {"per_day": 10, "streak_every": 3, "streak_bonus": 5, "judged": 0}
    assert {**scoring, "cap": 99} == form.form.draft


async def test_every_part_can_be_changed(home: Community) -> None:
    """And what is saved is what the sheet showed."""
    sheet = await begun(home)
    sheet = await changed(home, sheet, WORDS, name="Our week", about="For us.")
    days = {"starts_on": date(2026, 3, 10), "days": 3, "prompt_at": time(8, 30)}
    sheet = await changed(home, sheet, PROMPTS, prompts="1. Begin\n\n- Go on\n* End")
    sheet = await changed(home, sheet, DATES, **days, remind_at=time(20))
    sheet = await changed(home, sheet, PROOF, proof="link", review="all")
    given = {"per_day": 2, "streak_every": 3, "streak_bonus": 4, "cap": 9, "judged": 1}
    sheet = await changed(home, sheet, POINTS, **given)
    sheet = await changed(home, sheet, GRACE, grace_days=0, catch_up=True)
    sheet = await changed(home, sheet, TEAMS, teams=True, team_min=2, team_max=4)
    channel = home.channel("makers")
    sheet = await changed(home, sheet, PLACE, channel=channel, thread=False)
    await home.press("Ada", sheet, "Save")

    terms = (await known(home)).terms
    assert ("Our week", "For us.") == (terms.title, terms.about)
    assert tuple(days.values()) == (terms.starts_on, terms.days, terms.prompt_at)
    assert ("Begin", "Go on", "End") == terms.prompts
    assert (Proof.LINK, Review.ALL) == (terms.proof, terms.review)
    assert Scoring(2, 3, 4, 9, 1) == terms.scoring
    assert (0, True, time(20)) == (terms.grace_days, terms.catch_up, terms.remind_at)
    assert (True, 2, 4) == (terms.teams, terms.team_min, terms.team_max)
    assert (channel, False) == (terms.channel, terms.thread)


@pytest.mark.parametrize(
    ("part", "answers", "code", "at"),
    [
        (DATES, {"starts_on": date(2026, 3, 5)}, "refused-past", "starts_on"),
        (DATES, {"starts_on": date(2028, 3, 5)}, "refused-far", "starts_on"),
        (PROMPTS, {"prompts": "\n".join("abcdefgh")}, "refused-prompts", "prompts"),
        (PROMPTS, {"prompts": "x" * 201}, "refused-prompt", "prompts"),
        (POINTS, {"streak_bonus": 0}, "refused-streak", "streak_bonus"),
        (POINTS, {"streak_every": 8}, "refused-streak-long", "streak_every"),
        (
            POINTS,
            {"per_day": 0, "streak_every": 0, "streak_bonus": 0},
            "refused-no-points",
            "per_day",
        ),
        (PROOF, {"proof": "none", "review": "all"}, "refused-review", "review"),
        (TEAMS, {"team_min": 9, "team_max": 3}, "refused-team", "team_max"),
    ],
)
async def test_what_cannot_be_is_said_at_its_question(
    home: Community, part: str, answers: dict[str, object], code: str, at: str
) -> None:
    """And nothing that stood on the sheet is lost."""
    sheet = await begun(home)
    form = await home.press("Ada", sheet, part)
    refused = await home.fill_in("Ada", form, **answers)
    assert (f"challenges.{code}", at) == (refused.reason, refused.at)
    assert "is made" in (await home.press("Ada", sheet, "Save")).text


async def test_what_does_not_go_together_is_said_when_it_is_saved(
    home: Community,
) -> None:
    """So that no form has to be filled in before another; the draft stays."""
    sheet = await changed(home, await begun(home), POINTS, judged=5)
    refused = await home.press("Ada", sheet, "Save")
    assert ("challenges.refused-judged", None) == (refused.reason, refused.at)
    sheet = await changed(home, sheet, PROOF, review="sample")
    assert "is made" in (await home.press("Ada", sheet, "Save")).text


async def test_fewer_days_than_prompts_are_said_too(home: Community) -> None:
    """Nothing that somebody wrote is dropped without a word."""
    sheet = await changed(home, await begun(home), DATES, days=5)
    refused = await home.press("Ada", sheet, "Save")
    assert "challenges.refused-prompts" == refused.reason
    assert "There are 7 prompts for 5 days" in refused.text


async def test_two_under_way_have_two_names(home: Community) -> None:
    """The second one is told, and keeps its draft."""
    await made(home)
    sheet = await begun(home)
    refused = await home.press("Ada", sheet, "Save")
    assert ("challenges.refused-title", None) == (refused.reason, refused.at)
    sheet = await changed(home, sheet, WORDS, name="Another week")
    assert "Another week is made" in (await home.press("Ada", sheet, "Save")).text


async def test_the_preview_is_what_everybody_would_read(home: Community) -> None:
    """The announcement, and the first prompt; nothing in it can be pressed."""
    sheet = await begun(home)
    shown = await home.press("Ada", sheet, "Preview")
    assert "Everybody is welcome" in shown.text
    assert "Day 1 of 7" in shown.text
    assert ["challenges.back"] == [each.route for each in shown.message.actions()]
    back = await home.press("Ada", shown, "Back to the sheet")
    assert sheet.text == back.text
    assert [] == home.posts()


async def test_the_test_run_plays_the_whole_course(home: Community) -> None:
    """Each prompt, each check-in, and the board with the points as they will be."""
    sheet = await begun(home)
    step = await home.press("Ada", sheet, "Test run")
    for day in range(1, 8):
        assert f"Day {day} of 7" in step.text
        did = "Miss this day" if day == 2 else "Check in"
        step = await home.press("Ada", step, did)
    assert "You would be among those who finish" in step.text
    assert "You: 70 points · 6 in a row" in step.text
    assert "Somebody every day: 80 points · 7 in a row" in step.text
    again = await home.press("Ada", step, "Once more")
    assert "Day 1 of 7" in again.text
    left = await home.press("Ada", again, "Miss this day")
    left = await home.press("Ada", left, "Miss this day")
    over = await home.press("Ada", left, "Every day to the end")
    assert "missed too many days" in over.text
    assert ["created"] != await kinds(home)
    assert [] == [*home.posts(), *home.dms("Ada")]


@pytest.mark.parametrize("done", ["", "-1", "zz", "0x1", "f" * 25, "1_1"])
async def test_a_test_run_takes_only_what_its_buttons_carry(
    home: Community, done: str
) -> None:
    """Anything else is a button that nobody drew."""
    sheet = await begun(home)
    draft = next(sheet.message.actions()).args[0]
    action = Action("challenges.rehearse", (draft, 1, done))
    refused = await home.do(home.call("Ada"), action, None)
    assert "common.unknown-button" == refused.reason


async def test_a_draft_can_be_dropped(home: Community) -> None:
    """Nothing comes of it."""
    sheet = await begun(home)
    assert "Nothing was changed" in (await home.press("Ada", sheet, "Cancel")).text
    assert "common.draft-gone" == (await home.press("Ada", sheet, "Save")).reason
    assert [] == await kinds(home)


async def test_who_was_faster_is_said(home: Community) -> None:
    """And nobody's change is written over another's."""
    await made(home)
    mine, theirs = await editing(home), await editing(home, "Ben")
    theirs = await changed(home, theirs, WORDS, "Ben", name="Week of Ben")
    await home.press("Ben", theirs, "Save")
    mine = await changed(home, mine, WORDS, name="Week of Ada")
    late = await home.press("Ada", mine, "Save")
    assert "Ben changed this challenge" in late.text
    fresh = await home.press("Ada", late, "Start anew")
    assert "Week of Ben" == facts(fresh)["Name"]


async def test_a_change_that_is_none_makes_no_version(home: Community) -> None:
    """It says so."""
    await made(home)
    done = await home.press("Ada", await editing(home), "Save")
    assert "Nothing was different" in done.text
    assert ["created"] == await kinds(home)


async def test_opening_announces_it(home: Community) -> None:
    """Where it was chosen to be, with a button to join, and in the calendar."""
    challenge = await opened(home, channel=home.channel("makers"))
    assert State.OPEN is challenge.state
    post = announced(home, "makers")
    assert CREATOR in post.text
    joining = [act for act in post.message.actions() if act.route == "checkins.join"]
    assert [(challenge.id,)] == [act.args for act in joining]
    calendar = (await home.type("Dan", "calendar")).text
    assert f"{CREATOR} begins" in calendar
    assert f"{CREATOR} ends" in calendar
    assert "you can join" in (await home.type("Dan", "challenge list")).text
    again = await home.type("Ada", "challenge open", which=str(challenge.id))
    assert "challenges.refused-open" == again.reason


async def test_what_is_saved_can_be_opened_at_once(home: Community) -> None:
    """By the button under it, and from the list as well."""
    saved = await home.press("Ada", await begun(home), "Save")
    assert "is open" in (await home.press("Ada", saved, "Open it now")).text
    await home.press("Ada", await begun(home, "reading"), "Save")
    listed = await home.type("Ada", "challenge list")
    shown = await home.press("Ada", listed, "Reading month")
    assert "is open" in (await home.press("Ada", shown, "Open it now")).text
    assert ["created", "opened"] * 2 == await kinds(home)


async def test_what_began_in_the_past_is_not_opened(home: Community) -> None:
    """It says why; with a later first day it opens."""
    challenge = await made(home)
    await home.wait(days=4)
    refused = await home.type("Ada", "challenge open", which=str(challenge.id))
    assert ("challenges.refused-past", None) == (refused.reason, refused.at)
    sheet = await changed(home, await editing(home), DATES, starts_on=date(2026, 3, 12))
    saved = await home.press("Ada", sheet, "Save")
    assert "is open" in (await home.press("Ada", saved, "Open it now")).text


async def test_drafts_are_for_moderators(home: Community) -> None:
    """A member does not learn of one by its id either."""
    challenge = await made(home)
    assert CREATOR in (await home.type("Ada", "challenge list")).text
    action = Action("challenges.look", (challenge.id,))
    refused = await home.do(home.call("Dan"), action, None)
    assert "challenges.refused-gone" == refused.reason
    lookup = home.laurel.table.lookups["challenges.drafts"]
    assert [str(challenge.id)] == [
        each.value for each in await lookup.handler(home.call("Ada"), "seven")
    ]
    assert [] == await lookup.handler(home.call("Ada"), "eight")


@pytest.mark.parametrize("which", ["", "x", "٣", "9" * 40, "-1"])
async def test_a_challenge_that_is_none_is_refused(home: Community, which: str) -> None:
    """Whatever was typed in place of one."""
    for command in ("challenge edit", "challenge open"):
        refused = await home.type("Ada", command, which=which)
        assert refused.reason in {"challenges.refused-gone", "common.answer-missing"}


async def test_the_first_day_is_the_community_s_own(home: Community) -> None:
    """Where it is Saturday already, the coming Monday is the same; today is today."""
    await home.settings(zone=ZoneInfo("Pacific/Kiritimati"))
    assert "March 9, 2026" in facts(await begun(home))["When"]
    sheet = await begun(home, starts_on=date(2026, 3, 6))
    assert "challenges.refused-past" == (await home.press("Ada", sheet, "Save")).reason
