"""What waits too long is not forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from tests.cogs.nominating import OTHER, all_of, nominate
from tests.cogs.reviewing import amended, card, cards, declined, moderated, put_forward
from tests.cogs.test_review_why import answered, appealed, turned_down
from tests.cogs.test_setup import changed as set_up
from tests.cogs.test_setup import opened as sheet_of
from tests.harness import Community

REMINDER = "Somebody hopes to hear from you"
HELP = "Could you step in?"


def reminders(home: Community) -> list[str]:
    """Return the reminders in the moderators' channel."""
    return [each.text for each in cards(home) if REMINDER in each.text]


async def test_moderators_are_reminded_once(home: Community) -> None:
    """One message for all that waits for two days, and not one for each."""
    award = await put_forward(home)
    await nominate(home, "Ben", "Otto", award)
    await home.wait(hours=47)
    assert [] == reminders(home)
    await home.wait(hours=1, minutes=1)
    (said,) = reminders(home)
    assert "2 nominations still wait" in said
    await home.wait(hours=24)
    assert [said] == reminders(home)


async def test_the_card_grows_older(home: Community) -> None:
    """Whoever reads it sees for how long it waits."""
    await put_forward(home)
    await home.wait(hours=48, minutes=1)
    assert "It came 2 days ago" in cards(home)[0].text
    await home.wait(hours=73)
    assert "It came 5 days ago" in cards(home)[0].text


async def test_who_is_on_it_is_told_of_the_reminder(home: Community) -> None:
    """They said so, and may have forgotten."""
    await put_forward(home)
    await home.press("Max", card(home), "I am on it")
    await home.wait(hours=48, minutes=1)
    reminder = cards(home)[-1]
    assert (home.person("Max").ref,) == reminder.message.mentions
    queue = await home.press("Max", reminder, "See what waits")
    assert "Nora" in queue.text


async def test_admins_step_in_after_five_days(home: Community) -> None:
    """By direct message, once; not whoever is nominee or nominator of it."""
    home.person("Ada", Role.ADMIN)
    home.person("Nora", Role.ADMIN)
    await home.type("Ada", "laurel me")
    await home.type("Nora", "laurel me")
    await put_forward(home, "Nora")
    await home.wait(hours=119)
    assert [] == home.dms("Ada")
    await home.wait(hours=1, minutes=1)
    (told,) = home.dms("Ada")
    assert HELP in told
    assert "One nomination" in told
    assert [] == home.dms("Nora")
    await home.wait(hours=200)
    assert [told] == home.dms("Ada")


async def test_what_is_decided_reminds_nobody(home: Community) -> None:
    """Neither moderators nor admins."""
    home.person("Ada", Role.ADMIN)
    await home.type("Ada", "laurel me")
    await put_forward(home)
    await declined(home, "Mo", card(home))
    await home.wait(hours=150)
    assert [] == reminders(home)
    assert [] == home.dms("Ada")


async def test_what_nominators_answered_waits_anew(home: Community) -> None:
    """The time in which moderators waited for them is not counted."""
    award = await put_forward(home)
    form = await home.press("Mo", card(home), "Ask for more")
    await home.fill_in("Mo", form, words="Who else saw it, and when was it?")
    await home.wait(hours=40)
    (candidacy,) = await all_of(home, award)
    await amended(home, "Ben", candidacy.id, OTHER)
    assert OTHER in card(home).text
    await home.wait(hours=40)
    assert [] == reminders(home)
    await home.wait(hours=9)
    assert 1 == len(reminders(home))


async def test_reminders_wait_for_quiet_hours_to_end(home: Community) -> None:
    """They come when somebody is there to read them."""
    await home.settings(quiet=QuietHours(time(14), time(9)))
    award = await moderated(home)
    await nominate(home, "Ben", "Nora", award)
    await home.wait(hours=48, minutes=1)
    assert [] == reminders(home)
    await home.wait(hours=18)
    assert 1 == len(reminders(home))


async def chosen(home: Community, remind: int, escalate: int) -> None:
    """Have an admin choose after how many days somebody hears of what waits."""
    sheet = await sheet_of(home)
    part = "What waits for a decision"
    drafted = await set_up(home, sheet, part, remind=remind, escalate=escalate)
    assert not (await home.press("Ada", drafted, "Save")).refused


async def test_a_community_chooses_how_long_something_waits(home: Community) -> None:
    """What waits already is looked at by the new numbers as well."""
    await put_forward(home)
    await chosen(home, 1, 3)
    await home.wait(hours=24, minutes=1)
    assert 1 == len(reminders(home))
    await home.wait(hours=47)
    assert [] == home.dms("Ada")
    await home.wait(hours=1, minutes=1)
    (told,) = home.dms("Ada")
    assert HELP in told

    await chosen(home, 10, 20)
    await nominate(home, "Ben", "Otto", await moderated(home, name="Helping hand"))
    await home.wait(days=9)
    assert 1 == len(reminders(home))
    await home.wait(days=1, minutes=1)
    assert 2 == len(reminders(home))


@pytest.mark.parametrize(("remind", "escalate"), [(5, 5), (5, 3)])
async def test_admins_are_asked_after_moderators_were(
    home: Community, remind: int, escalate: int
) -> None:
    """The other way round is refused beside the field."""
    sheet = await sheet_of(home)
    part = "What waits for a decision"
    refused = await set_up(home, sheet, part, remind=remind, escalate=escalate)
    assert ("setup.refused-patience", "escalate") == (refused.reason, refused.at)
    assert "after 5 days" in refused.text


async def test_what_comes_later_is_reminded_of_in_its_own_time(home: Community) -> None:
    """Also where the calendar was set for something that is due after it."""
    await chosen(home, 2, 40)
    award = await put_forward(home)
    await home.wait(days=2, minutes=1)
    assert 1 == len(reminders(home))
    await nominate(home, "Ben", "Otto", award)
    await home.wait(days=2, minutes=1)
    assert 2 == len(reminders(home))


async def test_an_appeal_that_nobody_answers_is_brought_to_mind(
    home: Community,
) -> None:
    """Once in the channel, then admins are asked who can answer it."""
    for name in ("Ada", "Mo"):
        home.person(name, Role.ADMIN)
        await home.type(name, "laurel me")
    await turned_down(home)  # by Mo
    await appealed(home)
    await home.wait(days=2, minutes=1)
    (said,) = reminders(home)
    assert "An appeal that came 2 days ago still waits for an answer" in said
    assert "nomination" not in said
    await home.wait(days=3, minutes=1)
    (told,) = home.dms("Ada")
    assert "One appeal has been waiting for an answer for days" in told
    assert "whoever decided before cannot answer it" in told
    assert [] == home.dms("Mo")
    await home.wait(days=30)
    assert [said] == reminders(home)
    assert [told] == home.dms("Ada")


async def test_nominations_and_appeals_are_one_reminder(home: Community) -> None:
    """A channel is not filled with what can be said at once."""
    award = await turned_down(home)
    await appealed(home)
    await nominate(home, "Ben", "Otto", award)
    await home.wait(days=2, minutes=1)
    (said,) = reminders(home)
    assert "A nomination that came" in said
    assert "An appeal that came" in said


async def test_an_appeal_that_is_answered_reminds_nobody(home: Community) -> None:
    """Neither moderators nor admins."""
    home.person("Ada", Role.ADMIN)
    await home.type("Ada", "laurel me")
    await turned_down(home)
    await appealed(home)
    await answered(home, "Max", replace(cards(home)[-1]), "Let it stand")
    await home.wait(days=10)
    assert [] == reminders(home)
    assert [] == home.dms("Ada")
