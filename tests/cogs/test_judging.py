"""Moderators look at check-ins: each is judged once, by another, with a reason."""

from __future__ import annotations

import asyncio

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Review, Scoring, State
from tests.cogs import checking
from tests.cogs.checking import PNG, board, days_of, moved
from tests.cogs.judging import (
    BUT,
    DID,
    WHY,
    answered,
    as_seen,
    card,
    cards,
    checked_in,
    refused,
    reviewed,
    state_of,
)
from tests.harness import Community


async def test_a_card_shows_what_waits(home: Community) -> None:
    """Moderators read who did what on which day, and counts nothing until they say."""
    songs = await reviewed(home)

    await checked_in(home, "Ana", songs, link="songs.example.org/1")

    shown = card(home).text
    assert "Check-in: Seven songs" in shown
    assert "@Ana checks in for day 1 of 7." in shown
    assert DID in shown
    assert "https://songs.example.org/1" in shown
    assert [] == await board(home, songs)


async def test_what_is_counted_counts(home: Community) -> None:
    """One press, and the card says in its place who decided."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)

    said = await home.press("Mo", card(home), "Count it")

    assert "Day 1 of @Ana counts." == said.text
    assert "Counted by @Mo" in card(home).text
    assert "Count it" not in card(home).text
    assert [(1, "ana", 10)] == await board(home, songs)


async def test_that_it_counts_as_any_other_is_no_news(home: Community) -> None:
    """Nobody is written to for each of seven days."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)

    await home.press("Mo", card(home), "Count it")

    assert [] == home.dms("Ana")


async def test_a_reviewer_adds_points(home: Community) -> None:
    """Up to what the challenge allows; the member hears of it."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    form = await home.press("Mo", card(home), "Count with points")

    too_many = await home.fill_in("Mo", form, points=6)
    said = await home.fill_in("Mo", form, points=5)

    assert ("judging.refused-points-most", "points") == (too_many.reason, too_many.at)
    assert "Day 1 of @Ana counts, with 5 points on top." == said.text
    assert "Counted by @Mo with 5 points on top" in card(home).text
    assert [(1, "ana", 15)] == await board(home, songs)
    assert (
        "gave your check-in for day 1 of 7 in Seven songs 5 points"
        in home.dms("Ana")[0]
    )


async def test_no_points_are_added_where_none_are_to_be(home: Community) -> None:
    """There is no such button then, and an old one is answered in words."""
    songs = await reviewed(home, scoring=Scoring(10))
    done = await checked_in(home, "Ana", songs)

    assert "Count with points" not in card(home).text
    action = Action("judging.score", (done.id, 0))
    said = await home.do(home.call("Mo"), action, {"points": 1})
    assert "judging.refused-points-none" == said.reason


async def test_what_is_refused_does_not_count(home: Community) -> None:
    """The member reads why, by whom is not said, and what they can do."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)

    said = await refused(home, "Mo", card(home))

    assert said.text.startswith("Day 1 of @Ana does not count.")
    assert "Not counted by @Mo" in card(home).text
    assert WHY in card(home).text
    assert [] == await board(home, songs)
    (note,) = home.dms("Ana")
    assert WHY in note
    assert "answer once" in note
    assert "@Mo" not in note


async def test_a_refusal_needs_a_reason(home: Community) -> None:
    """What is said at the field, and the card stays as it is."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    before = card(home).text

    said = await refused(home, "Mo", card(home), "No")

    assert ("common.answer-short", "reason") == (said.reason, said.at)
    assert before == card(home).text


async def test_nobody_judges_their_own(home: Community) -> None:
    """A moderator who takes part leaves theirs to the others, in every way there is."""
    songs = await reviewed(home)
    done = await checked_in(home, "Mo", songs)

    counted = await home.press("Mo", card(home), "Count it")
    no = await refused(home, "Mo", card(home))
    seen = await home.do(home.call("Mo"), Action("judging.open", (done.id,)), None)

    assert {"judging.refused-own"} == {counted.reason, no.reason, seen.reason}
    assert ["waiting"] == await state_of(home, "Mo", songs)
    assert not (await home.press("Max", card(home), "Count it")).refused


async def test_nobody_judges_a_team_mate(home: Community) -> None:
    """What they get is the moderator's own as well."""
    songs = await reviewed(home, State.OPEN, teams=True)
    for each in ("Mo", "Ana"):
        await checking.join(home, each, songs)
    made = await home.type("Mo", "challenge team")
    form = await home.press("Mo", made, "Make a team")
    await home.fill_in("Mo", form, name="The Larks")
    found = await home.type("Ana", "challenge team")
    await home.press("Ana", found, "The Larks")
    await moved(home, songs, State.RUNNING)
    await checked_in(home, "Ana", songs)

    assert (
        "judging.refused-team"
        == (await home.press("Mo", card(home), "Count it")).reason
    )
    assert not (await home.press("Max", card(home), "Count it")).refused


async def test_two_at_once_make_one_decision(home: Community) -> None:
    """The other is told, kindly, what it is and by whom."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs)
    count, refuse = (
        Action(f"judging.{name}", (done.id, 0)) for name in ("count", "refuse")
    )

    both = await asyncio.gather(
        home.do(home.call("Mo"), count, None),
        home.do(home.call("Max"), refuse, {"reason": WHY}),
        home.do(home.call("Mia"), count, None),
    )

    late = [each for each in both if each.refused]
    assert 2 == len(late)
    assert 1 == len({each.reason for each in late})
    assert "was a little faster" in late[0].text
    assert 1 == len(cards(home))


async def test_whoever_presses_twice_hears_that_it_is_done(home: Community) -> None:
    """A card that was drawn before is answered by what is so now."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    seen = as_seen(home)
    await home.press("Mo", seen, "Count it")

    again = await home.press("Mo", seen, "Count it")

    assert "judging.late-counted-you" == again.reason
    assert [(1, "ana", 10)] == await board(home, songs)


async def test_what_is_taken_back_is_not_judged(home: Community) -> None:
    """The card says so at once, and an old one is answered in words."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs)
    seen = as_seen(home)

    await home.do(home.call("Ana"), Action("checkins.take-back", (done.id,)), None)

    assert "It was taken back." in card(home).text
    assert "Count it" not in card(home).text
    said = await home.press("Mo", seen, "Count it")
    assert "judging.late-taken-back" == said.reason


async def test_an_answer_puts_it_back(home: Community) -> None:
    """On a card of its own below, with what was said; the old one leads nowhere."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    await refused(home, "Mo", card(home))

    said = await answered(home, "Ana")

    assert "Moderators look at it again" in said.text
    assert ["waiting"] == await state_of(home, "Ana", songs)
    old, new = cards(home)
    assert "Its member answered" in old.text
    assert "Count it" not in old.text
    assert BUT in (await home.press("Max", old, "Look at it again")).text
    assert BUT in new.text
    assert WHY in new.text
    await home.press("Max", new, "Count it")
    assert [1] == await days_of(home, "Ana", songs)
    assert "Thank you for speaking up." in home.dms("Ana")[-1]


async def test_one_answer_is_the_most(home: Community) -> None:
    """What is refused again stays so, and the member reads that."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    await refused(home, "Mo", card(home))
    first = home.standing(home.person("Ana").ref)[0]
    await answered(home, "Ana")

    await refused(home, "Max", cards(home)[-1], "It was looked at by three of us.")

    assert "so this stays as it is" in home.dms("Ana")[-1]
    form = await home.press("Ana", first, "Answer")
    again = await home.fill_in("Ana", form, words=BUT)
    assert "judging.refused-answered" == again.reason


async def test_nobody_answers_for_somebody_else(home: Community) -> None:
    """A button that was passed on is not theirs."""
    songs = await reviewed(home)
    done = await checked_in(home, "Ana", songs)
    await refused(home, "Mo", card(home))

    action = Action("judging.answer", (done.id,))
    said = await home.do(home.call("Ben"), action, {"words": BUT})

    assert "judging.refused-unknown" == said.reason


async def test_what_is_done_anew_is_looked_at_instead(home: Community) -> None:
    """After a refusal the day is free; an answer comes too late then, and says why."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    await refused(home, "Mo", card(home))
    note = home.standing(home.person("Ana").ref)[0]
    form = await home.press("Ana", note, "Check in anew")
    anew = await home.fill_in("Ana", form, words="This one is from today.")
    assert not anew.refused, anew.text

    said = await answered(home, "Ana")

    assert "judging.refused-anew" == said.reason
    assert ["refused", "waiting"] == await state_of(home, "Ana", songs)
    assert 2 == len(cards(home))


async def test_once_it_is_over_nothing_is_decided(home: Community) -> None:
    """Neither by a card nor by an answer; both say why."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    await checked_in(home, "Ben", songs)
    await refused(home, "Mo", cards(home)[0])
    seen = cards(home)[1]
    waits = type(seen)(seen.id, seen.to, seen.message, seen.delivery_id, seen.text)
    await moved(home, songs, State.REVIEW)
    await moved(home, songs, State.FINAL)

    assert "nobody decides about it any more" in seen.text
    said = await home.press("Max", waits, "Count it")
    assert "judging.refused-over" == said.reason
    assert "judging.refused-answer-over" == (await answered(home, "Ana")).reason


async def test_what_waits_at_the_end_is_not_forgotten(home: Community) -> None:
    """Moderators are reminded once the days are over, while it can still count."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)

    await moved(home, songs, State.REVIEW)

    reminder = cards(home)[-1]
    assert "one check-in still waits" in reminder.text
    shown = await home.press("Mo", reminder, "Look at the next")
    await home.press("Mo", shown, "Count it")
    assert [1] == await days_of(home, "Ana", songs)


async def test_without_a_review_nobody_is_asked(home: Community) -> None:
    """What counts at once never comes up in the moderators' channel."""
    songs = await reviewed(home, review=Review.NONE)

    await checked_in(home, "Ana", songs)

    assert [] == cards(home)


async def test_of_a_sample_some_are_looked_at(home: Community) -> None:
    """Those that are not count at once; the rest has cards."""
    songs = await reviewed(home, review=Review.SAMPLE, sample_percent=50)
    states = []
    for number in range(12):
        await checked_in(home, f"Singer {number}", songs)
        states += await state_of(home, f"Singer {number}", songs)

    assert {"counted", "waiting"} == set(states)
    assert states.count("waiting") == len(cards(home))


async def test_who_takes_no_messages_finds_it_by_a_command(home: Community) -> None:
    """They can read why, and answer, all the same."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs)
    page = await home.type("Ana", "laurel privacy")
    await home.press("Ana", page, "Do not write to me")
    await refused(home, "Mo", card(home))
    assert [] == home.dms("Ana")

    mine = await home.type("Ana", "challenge refused")

    assert WHY in mine.text
    form = await home.press("Ana", mine, "Answer")
    await home.fill_in("Ana", form, words=BUT)
    assert ["waiting"] == await state_of(home, "Ana", songs)
    nothing = await home.type("Ben", "challenge refused")
    assert "None of your check-ins" in nothing.text


async def test_several_refusals_are_picked_from(home: Community) -> None:
    """The list leads to each of them."""
    songs = await reviewed(home)
    for _day in range(2):
        await checked_in(home, "Ana", songs)
        await refused(home, "Mo", cards(home)[-1])
        await home.wait(days=1)

    mine = await home.type("Ana", "challenge refused")
    one = await home.press("Ana", mine, "Day 2: Seven songs")

    assert "day 2 of 7" in one.text
    assert WHY in one.text


async def test_who_is_erased_is_on_no_card(home: Community) -> None:
    """The card goes with them, and nobody is asked to judge it."""
    songs = await reviewed(home)
    await checked_in(home, "Ana", songs, file=PNG)
    page = await home.type("Ana", "laurel privacy")
    form = await home.press("Ana", page, "Erase my data")

    await home.fill_in("Ana", form, word="erase")

    assert [] == cards(home)
    none = await home.type("Mo", "challenge review")
    assert "No check-in waits" in none.text


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_every_card_is_said_in_every_language(
    home: Community, locale: str
) -> None:
    """Nothing on the way is left unsaid, or is longer than a platform takes."""
    songs = await reviewed(home, prompts=("x" * 200,))
    await home.settings(locale=locale)
    home.person("Ana", locale=locale)
    link = "a.example/" + "x" * 250
    done = await checked_in(home, "Ana", songs, words="ñ" * 1_000, link=link)
    for who, action, given in (
        ("Mo", Action("judging.refuse", (done.id, 0)), {"reason": "r" * 500}),
        ("Ana", Action("judging.answer", (done.id,)), {"words": "w" * 1_000}),
        ("Max", Action("judging.refuse", (done.id, 0)), {"reason": "s" * 500}),
    ):
        said = await home.do(home.call(who), action, given)
        assert not said.refused, said.text

    assert 2 == len(home.dms("Ana"))
    assert 2 == len(cards(home))
    assert all("{" not in each.text for each in cards(home))
