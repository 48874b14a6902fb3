"""Reminders: once a day, at the member's own hour, and never without need."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Challenge, State
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from cogs.reminders import ringing
from storage import communities, members
from storage.challenges import book
from storage.database import Transaction
from tests.cogs.checking import act, check, join, live_in, moved, opened
from tests.harness import Community

AT = time(18)
"""Three hours after the tests begin, for whoever lives by the community's clocks."""


async def reminding(
    home: Community, state: State = State.RUNNING, **asked: object
) -> Challenge:
    """Have there be a challenge that reminds."""
    return await opened(home, state, **{"remind_at": AT, **asked})


async def rest(home: Community, who: str, since: time, until: time) -> None:
    """Have somebody be left in peace."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        member = members.meet(tx, here, home.person(who), home.clock())
        members.hush(tx, member, QuietHours(since, until))

    await home.database.write(unit)


async def test_who_has_not_checked_in_is_reminded(home: Community) -> None:
    """At the hour, with what is asked and a way to do it at once."""
    songs = await reminding(home)
    await join(home, "Ana", songs)

    await home.wait(hours=2, minutes=59)
    assert [] == home.dms("Ana")
    await home.wait(minutes=1)

    (note,) = home.dms("Ana")
    assert "day 1 of 7 in Seven songs" in note
    assert "Sing." in note
    done = await home.press("Ana", home.standing(home.person("Ana").ref)[0], "Check in")
    assert not done.refused, done.text


async def test_who_has_checked_in_is_not(home: Community) -> None:
    """Nor is who took part no more, or never did."""
    songs = await reminding(home)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
    await check(home, "Ana", songs)
    await home.do(home.call("Ben"), Action("checkins.leave", (songs.id,)), None)
    home.person("Cleo")

    await home.wait(hours=4)

    assert [[], [], []] == [home.dms(who) for who in ("Ana", "Ben", "Cleo")]


async def test_once_a_day_is_the_most(home: Community) -> None:
    """However often the clock rings, and through a restart of the day's hour."""
    songs = await reminding(home)
    await join(home, "Ana", songs)

    for _ in range(12):
        await home.wait(minutes=30)
    assert 1 == len(home.dms("Ana"))
    await home.wait(days=1)

    assert 2 == len(home.dms("Ana"))
    assert "day 2 of 7" in home.dms("Ana")[1]


async def test_several_challenges_are_one_reminder(home: Community) -> None:
    """It speaks of each that waits, with a button for each."""
    songs = await reminding(home)
    poems = await reminding(home, title="Nine poems", remind_at=time(20))
    done = await reminding(home, title="Ten walks")
    for each in (songs, poems, done):
        await join(home, "Ana", each)
    await check(home, "Ana", done)

    await home.wait(hours=8)

    (note,) = home.dms("Ana")
    assert "Seven songs" in note
    assert "Nine poems" in note
    assert "Ten walks" not in note
    post = home.standing(home.person("Ana").ref)[0]
    assert not (await home.press("Ana", post, "Check in: Nine poems")).refused


@pytest.mark.parametrize(
    ("zone", "hours"),
    [
        ("UTC", 3),
        ("Asia/Tokyo", 18),
        ("Asia/Kathmandu", 21.25),
        ("America/New_York", 8),
    ],
)
async def test_it_is_the_hour_of_the_members_own_clock(
    home: Community, zone: str, hours: float
) -> None:
    """Wherever they are, on the day that it is for them."""
    songs = await reminding(home)
    await live_in(home, "Ana", zone)
    await join(home, "Ana", songs)

    await home.wait(hours=hours - 0.1)
    assert [] == home.dms("Ana")
    await home.wait(hours=0.1)

    (note,) = home.dms("Ana")
    assert "Seven songs" in note


async def test_a_new_zone_has_an_hour_of_its_own(home: Community) -> None:
    """From when it takes effect; on no day is there a second reminder."""
    songs = await reminding(home)
    await join(home, "Ana", songs)
    page = await home.type("Ana", "laurel me")
    form = await home.press("Ana", page, "Change my time zone")
    await home.fill_in("Ana", form, zone="Asia/Tokyo")

    await home.wait(hours=3)
    assert 1 == len(home.dms("Ana"))
    await home.wait(hours=38)
    assert 1 == len(home.dms("Ana"))
    await home.wait(hours=1)  # Sunday, six in the evening in Tokyo

    assert 2 == len(home.dms("Ana"))
    assert "day 3 of 7" in home.dms("Ana")[1]


async def test_quiet_hours_are_kept(home: Community) -> None:
    """It waits until they are over, and is not sent where the day is over by then."""
    songs = await reminding(home)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
    await rest(home, "Ana", time(17), time(21))
    await rest(home, "Ben", time(17), time(7))

    await home.wait(hours=4)
    assert ([], []) == (home.dms("Ana"), home.dms("Ben"))
    await home.wait(hours=3)
    await home.wait(hours=10)

    assert 1 == len(home.dms("Ana"))
    assert [] == home.dms("Ben")


async def test_who_checks_in_while_it_waits_is_not_reminded(home: Community) -> None:
    """What was put off is looked at again before it is sent."""
    songs = await reminding(home)
    await join(home, "Ana", songs)
    await rest(home, "Ana", time(17), time(21))
    await home.wait(hours=4)
    await check(home, "Ana", songs)

    await home.wait(hours=3)

    assert [] == home.dms("Ana")


async def test_who_takes_no_messages_gets_none(home: Community) -> None:
    """Whether they said so before, or while it waited."""
    songs = await reminding(home)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
    await rest(home, "Ben", time(17), time(21))
    page = await home.type("Ana", "laurel privacy")
    await home.press("Ana", page, "Do not write to me")
    await home.wait(hours=4)
    page = await home.type("Ben", "laurel privacy")
    await home.press("Ben", page, "Do not write to me")

    await home.wait(hours=3)

    assert ([], []) == (home.dms("Ana"), home.dms("Ben"))


async def test_who_joins_after_the_hour_is_not_reminded_that_day(
    home: Community,
) -> None:
    """They were just there; from the next day on, they are."""
    songs = await reminding(home)
    await join(home, "Ben", songs)
    await home.wait(hours=4)
    await join(home, "Ana", songs)

    await home.wait(hours=2)
    assert [] == home.dms("Ana")
    await home.wait(hours=21)

    assert 1 == len(home.dms("Ana"))


async def test_before_the_first_day_and_behind_the_last_there_is_none(
    home: Community,
) -> None:
    """Reminders are for days that there are."""
    first = date(2026, 3, 8)
    songs = await reminding(home, State.OPEN, starts_on=first, days=2)
    await join(home, "Ana", songs)

    told = []
    await home.wait(hours=3)
    for _ in range(5):
        await home.wait(days=1)
        told.append(len(home.dms("Ana")))

    assert [0, 1, 2, 2, 2] == told


async def test_what_is_called_off_reminds_nobody(home: Community) -> None:
    """From that moment on."""
    songs = await reminding(home)
    await join(home, "Ana", songs)
    await moved(home, songs, State.CALLED_OFF)

    await home.wait(hours=4)

    assert [] == home.dms("Ana")


async def test_a_challenge_that_does_not_remind_does_not(home: Community) -> None:
    """That is for moderators to choose."""
    songs = await opened(home)
    await join(home, "Ana", songs)

    await home.wait(days=1)

    assert [] == home.dms("Ana")


async def test_an_hour_that_was_missed_is_made_up_while_it_helps(
    home: Community,
) -> None:
    """Within a few hours of it; later, nobody is called late in the night."""
    songs = await reminding(home)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)

    home.clock.move(hours=5)
    await home.wait()
    assert 1 == len(home.dms("Ana"))
    home.clock.move(hours=25, minutes=30)
    await home.wait()

    assert 1 == len(home.dms("Ana"))


async def test_many_are_reminded_in_parts(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody waits for it, and nobody is left out."""
    monkeypatch.setattr(ringing, "MAX_AT_ONCE", 3)
    songs = await reminding(home)
    singers = [f"Singer {number}" for number in range(8)]
    for who in singers:
        await join(home, who, songs)

    await home.wait(hours=3)
    assert 3 == sum(len(home.dms(who)) for who in singers)
    for _ in range(3):
        await home.wait(minutes=1)

    assert [1] * 8 == [len(home.dms(who)) for who in singers]


async def test_reminders_end_with_the_member(home: Community) -> None:
    """Who is erased is reminded of nothing, and nothing is kept of it."""
    songs = await reminding(home)
    await join(home, "Ana", songs)
    await home.wait(hours=3)
    page = await home.type("Ana", "laurel privacy")
    form = await home.press("Ana", page, "Erase my data")
    await home.fill_in("Ana", form, word="erase")

    await home.wait(days=1)

    kept = await home.database.read(lambda tx: tx.all("SELECT * FROM reminders"))
    assert [] == list(kept)
    assert 1 == len(home.standing(home.person("Ana").ref))


async def test_the_hour_can_be_changed_while_it_runs(home: Community) -> None:
    """The next reminder comes by the new one."""
    songs = await reminding(home)
    await join(home, "Ana", songs)
    home.person("Mo", Role.MODERATOR)
    sooner = home.clock() + timedelta(hours=1)
    await changed(home, songs, sooner.time())

    await home.wait(hours=1)

    assert 1 == len(home.dms("Ana"))


async def changed(home: Community, challenge: Challenge, at: time) -> None:
    """Have moderators choose another hour."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        terms = replace(challenge.terms, remind_at=at)
        book.edit(tx, here, challenge, terms, act(tx, home))

    await home.database.write(unit)
    await home.laurel.settle()
