"""Checking in: what counts, for which day, and what is said where it cannot."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Proof, Review, Scoring, State
from bot.domain.people import Role
from storage.challenges.checkins import CheckInState
from tests.cogs import checking
from tests.cogs.checking import PNG, all_of, board, check, days_of, join, opened
from tests.harness import Community


async def test_a_press_is_a_day(home: Community) -> None:
    """Where nothing is to be shown, the button is all that it takes."""
    songs = await opened(home)
    await join(home, "Ana", songs)

    said = await check(home, "Ana", songs)

    assert said.text.startswith("Day 1 of 7 counts")
    assert "10 points" in said.text
    assert [1] == await days_of(home, "Ana", songs)
    assert [(1, "ana", 10)] == await board(home, songs)


async def test_each_day_is_counted_once(home: Community) -> None:
    """The second time, the member hears when the next day begins."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)

    again = await check(home, "Ana", songs)
    typed = await home.type("Ana", "checkin", words="Twice", day=1)

    assert "checkins.refused-again" == again.reason == typed.reason
    assert "day" == typed.at
    assert [1] == await days_of(home, "Ana", songs)
    assert [(1, "ana", 10)] == await board(home, songs)


async def test_two_devices_at_once_are_one_check_in(home: Community) -> None:
    """Whichever comes second is told so; nothing is counted twice."""
    songs = await opened(home)
    await join(home, "Ana", songs)

    both = await asyncio.gather(*(check(home, "Ana", songs) for _ in range(5)))

    assert 1 == sum(not each.refused for each in both)
    assert {"checkins.refused-again"} == {e.reason for e in both if e.refused}
    assert [1] == await days_of(home, "Ana", songs)


async def test_the_same_press_delivered_twice_is_one(home: Community) -> None:
    """A platform that delivers an action again gets the same answer again."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    call, press = home.call("Ana"), Action("checkins.check", (songs.id,))
    first = await home.do(call, press, None)
    second = await home.do(call, press, None)

    assert first.text == second.text
    assert 1 == len(await all_of(home, "Ana", songs))


async def test_nobody_checks_in_before_joining(home: Community) -> None:
    """They hear how to join, be they new here or not."""
    songs = await opened(home)

    new = await check(home, "Ana", songs)
    await home.type("Ben", "laurel me")
    known = await check(home, "Ben", songs)
    typed = await home.type("Ben", "checkin")
    sent = await home.do(
        home.call("Ben"), Action("checkins.with-words", (songs.id, 0)), {"words": "La"}
    )

    assert "checkins.refused-not-joined" == new.reason == known.reason == sent.reason
    assert "checkins.refused-none" == typed.reason
    assert [] == await board(home, songs)


async def test_nobody_checks_in_for_tomorrow(home: Community) -> None:
    """A day that has not come says when it does."""
    songs = await opened(home)
    await join(home, "Ana", songs)

    tomorrow = await home.type("Ana", "checkin", day=2)
    never = await home.type("Ana", "checkin", day=8)

    assert "checkins.refused-future" == tomorrow.reason
    assert "checkins.refused-no-day" == never.reason
    assert [] == await all_of(home, "Ana", songs)


async def test_nobody_checks_in_before_it_begins(home: Community) -> None:
    """Who joined early hears when the first day begins for them."""
    songs = await opened(home, State.OPEN, starts_on=checking.on(9))
    said = await join(home, "Ana", songs)

    early = await check(home, "Ana", songs)

    assert "Day 1 of 7 begins" in said.text
    assert "checkins.refused-early" == early.reason


async def test_nobody_checks_in_after_the_end(home: Community) -> None:
    """Once the last day is over, and once the result is in, nothing is added."""
    songs = await opened(home, days=2)
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)
    await home.wait(days=1)
    last = await check(home, "Ana", songs)
    await home.wait(hours=14)  # past midnight, before the challenge ends by itself
    after = await check(home, "Ana", songs)
    too_late = await join(home, "Cleo", songs)
    await home.wait(days=1)
    over = await check(home, "Ana", songs)
    late = await join(home, "Ben", songs)

    assert "That was the last day." in last.text
    assert "checkins.refused-days-over" == after.reason == too_late.reason
    assert "checkins.refused-over" == over.reason == late.reason
    assert [1, 2] == await days_of(home, "Ana", songs)


async def test_what_is_called_off_keeps_its_points(home: Community) -> None:
    """Nothing is added to it, and nothing that was given is taken away."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)
    await checking.moved(home, songs, State.CALLED_OFF)
    await home.wait(days=1)

    said = await check(home, "Ana", songs)

    assert "checkins.refused-called-off" == said.reason
    assert [(1, "ana", 10)] == await board(home, songs)


async def test_a_day_that_is_over_is_over(home: Community) -> None:
    """Where there is no catching up, the member hears that, and loses nothing else."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    await home.wait(days=1)

    late = await home.type("Ana", "checkin", words="Late", day=1)
    now = await check(home, "Ana", songs)

    assert ("checkins.refused-past", "day") == (late.reason, late.at)
    assert "Catch up" not in now.text
    assert [2] == await days_of(home, "Ana", songs)


async def test_catching_up_where_it_is_allowed(home: Community) -> None:
    """What was missed is offered, and known to be late."""
    songs = await opened(home, catch_up=True, scoring=Scoring(10, 3, 5))
    await join(home, "Ana", songs)
    await home.wait(days=2)
    now = await check(home, "Ana", songs)

    one = await home.press("Ana", now, "Day 1")
    two = await home.type("Ana", "checkin", day=2)

    assert one.text.startswith("Day 1 of 7 counts")
    assert "35 points" in two.text
    found = await all_of(home, "Ana", songs)
    assert [(1, True), (2, True), (3, False)] == [(e.day, e.late) for e in found]


async def test_rows_of_days_bring_a_bonus(home: Community) -> None:
    """Days of grace bridge a row; they are no days themselves."""
    songs = await opened(home, grace_days=1, scoring=Scoring(10, 3, 5))
    await join(home, "Ana", songs)
    said = ""
    for waits in (0, 1, 2):
        await home.wait(days=waits)
        said = (await check(home, "Ana", songs)).text

    assert "3 days, and 35 points" in said
    assert "3 days in a row. 3 more bring 5 points on top." in said


@pytest.mark.parametrize(
    ("proof", "route", "answers"),
    [
        (Proof.TEXT, "with-words", {"words": "La la la"}),
        (Proof.LINK, "with-link", {"link": "songs.example.org/1"}),
        (Proof.IMAGE, "with-file", {"file": PNG}),
        (Proof.FILE, "with-file", {"file": PNG, "words": "It is short"}),
        (Proof.WELCOME, "with-anything", {}),
        (Proof.WELCOME, "with-anything", {"words": "La", "file": PNG}),
    ],
)
async def test_the_form_asks_for_what_is_to_be_shown(
    home: Community, proof: Proof, route: str, answers: dict[str, object]
) -> None:
    """The button opens the form that fits, and what is sent is kept."""
    songs = await opened(home, proof=proof)
    await join(home, "Ana", songs)

    form = await check(home, "Ana", songs)
    said = await home.fill_in("Ana", form, **answers)

    assert f"checkins.{route}" == form.form.action.route
    assert said.text.startswith("Day 1 of 7 counts")
    [made] = await all_of(home, "Ana", songs)
    assert answers.get("words") == made.words
    assert (made.link is not None) == ("link" in answers)
    assert (made.file is not None) == ("file" in answers)


@pytest.mark.parametrize(
    ("proof", "answers", "at"),
    [
        (Proof.TEXT, {"link": "songs.example.org"}, "words"),
        (Proof.LINK, {"words": "No link"}, "link"),
        (Proof.LINK, {"link": "http://10.0.0.1/"}, "link"),
        (Proof.IMAGE, {"words": "No picture"}, "file"),
        (Proof.FILE, {"link": "songs.example.org"}, "file"),
    ],
)
async def test_what_has_to_be_shown_is_asked_for(
    home: Community, proof: Proof, answers: dict[str, object], at: str
) -> None:
    """A check-in without it is refused beside the field, and the day is still free."""
    songs = await opened(home, proof=proof)
    await join(home, "Ana", songs)

    said = await home.type("Ana", "checkin", **answers)

    assert at == said.at
    assert [] == await all_of(home, "Ana", songs)


async def test_what_waits_does_not_count_yet(home: Community) -> None:
    """A moderator looks at it; then it counts from when it was received."""
    songs = await opened(home, review=Review.ALL, scoring=Scoring(10, judged=5))
    await join(home, "Ana", songs)
    await join(home, "Ben", songs)
    said = await check(home, "Ana", songs)
    await home.wait(minutes=5)
    await check(home, "Ben", songs)
    none = await board(home, songs)
    [first], [second] = [await all_of(home, who, songs) for who in ("Ana", "Ben")]

    await home.wait(minutes=5)
    counted = CheckInState.COUNTED
    assert await checking.settled(home, second, counted, 5)
    assert await checking.settled(home, first, counted, 5)
    assert not await checking.settled(home, first, CheckInState.REFUSED)

    assert said.text.startswith("Day 1 of 7 is with the moderators")
    assert [] == none
    assert [(1, "ana", 15), (2, "ben", 15)] == await board(home, songs)
    assert 0 == await checking.drift(home)


async def test_what_was_refused_can_be_done_again(home: Community) -> None:
    """Whenever a moderator came to look at it, its day is not lost; it waits anew."""
    songs = await opened(home, review=Review.SAMPLE, sample_percent=100)
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)
    [made] = await all_of(home, "Ana", songs)
    await home.wait(days=2)
    assert await checking.settled(home, made, CheckInState.REFUSED)

    again = await home.type("Ana", "checkin", day=1)
    other = await home.type("Ana", "checkin", day=2)

    assert again.text.startswith("Day 1 of 7 is with the moderators")
    assert "checkins.refused-past" == other.reason
    states = [each.state for each in await all_of(home, "Ana", songs)]
    assert [CheckInState.REFUSED, CheckInState.WAITING] == states


async def test_a_sample_is_looked_at(home: Community) -> None:
    """Some wait and the others count at once; which they are is the same for good."""
    songs = await opened(home, review=Review.SAMPLE, sample_percent=30)
    for number in range(30):
        await join(home, f"Member {number}", songs)
        await check(home, f"Member {number}", songs)

    counted = len(await board(home, songs))

    assert 12 <= counted <= 28
    assert 0 == await checking.drift(home)


async def test_whoever_is_off_the_boards_counts_for_themselves(home: Community) -> None:
    """They see their points, and nobody sees them, nor a gap where they are."""
    songs = await opened(home)
    for who in ("Ana", "Ben", "Cleo"):
        await join(home, who, songs)
        await check(home, who, songs)
        await home.wait(minutes=1)
    page = await home.type("Ben", "laurel privacy")
    await home.press("Ben", page, "Keep me off boards")
    await home.wait(days=1)
    said = await check(home, "Ben", songs)

    assert "20 points" in said.text
    assert [(1, "ana", 10), (2, "cleo", 10)] == await board(home, songs)


async def test_moderators_take_part_like_everybody(home: Community) -> None:
    """What they may do elsewhere gives them nothing here."""
    songs = await opened(home)
    home.person("Mo", Role.MODERATOR)
    await join(home, "Mo", songs)
    await check(home, "Mo", songs)

    assert "checkins.refused-again" == (await check(home, "Mo", songs)).reason
