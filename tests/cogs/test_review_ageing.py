"""What waits too long is not forgotten."""

from __future__ import annotations

from datetime import time

from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from tests.cogs.nominating import OTHER, all_of, nominate
from tests.cogs.reviewing import amended, card, cards, declined, moderated, put_forward
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
