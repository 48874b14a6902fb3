"""Many check-ins that wait: one card leads to all, and nobody is given the same."""

from __future__ import annotations

import asyncio
import re

from bot.chat.message import Action
from bot.domain.challenges import State
from bot.domain.people import Role
from cogs.judging.showing import MAX_CARDS, about
from tests.cogs.checking import days_of, moved
from tests.cogs.judging import (
    CHANNEL,
    WHY,
    card,
    cards,
    checked_in,
    crowd,
    refused,
    reviewed,
    state_of,
)
from tests.harness import Community, Reply


def whose(shown: Reply) -> str:
    """Return whom a card is about."""
    found = re.search(r"@(\S+(?: \d+)?) checks in", shown.text)
    assert found is not None, shown.text
    return found[1]


async def test_beyond_a_few_one_card_leads_to_all(home: Community) -> None:
    """The channel holds the cards there were, and one more that counts."""
    songs = await reviewed(home)

    await crowd(home, songs, MAX_CARDS + 15)

    posted = cards(home)
    assert MAX_CARDS + 1 == len(posted)
    assert "About 30 check-ins wait" in posted[-1].text
    assert posted[-1].edits < 5


async def test_one_leads_to_the_next(home: Community) -> None:
    """Whoever counts one is shown the next in its place, the oldest first."""
    songs = await reviewed(home)
    await crowd(home, songs, MAX_CARDS + 3)

    shown = await home.press("Mo", cards(home)[-1], "Look at the next")
    assert "Singer 0" == whose(shown)
    shown = await home.press("Mo", shown, "Count it")

    assert "Day 1 of @Singer 0 counts." in shown.text
    assert "Singer 1" == whose(shown)
    form = await home.press("Mo", shown, "Do not count it")
    shown = await home.fill_in("Mo", form, reason=WHY)
    assert "Singer 2" == whose(shown)
    assert [1] == await days_of(home, "Singer 0", songs)
    assert "Counted by @Mo" in cards(home)[0].text
    assert "Not counted by @Mo" in cards(home)[1].text


async def test_two_who_go_through_them_never_get_the_same(home: Community) -> None:
    """Until one has let theirs lie for a while."""
    songs = await reviewed(home)
    await crowd(home, songs, MAX_CARDS + 2)
    on = cards(home)[-1]

    both = await asyncio.gather(
        home.press("Mo", on, "Look at the next"),
        home.press("Max", on, "Look at the next"),
    )

    assert {"Singer 0", "Singer 1"} == set(map(whose, both))
    await home.wait(minutes=11)
    later = await home.press("Mia", on, "Look at the next")
    assert "Singer 0" == whose(later)


async def test_what_is_skipped_waits_on(home: Community) -> None:
    """It comes again once the others are through."""
    songs = await reviewed(home)
    for who in ("Ana", "Ben"):
        await checked_in(home, who, songs)
    shown = await home.press("Mo", await only_challenge(home), "Seven songs")

    assert "Ana" == whose(shown)
    shown = await home.press("Mo", shown, "Skip")
    assert "Ben" == whose(shown)
    shown = await home.press("Mo", shown, "Skip")
    assert "Ana" == whose(shown)


async def only_challenge(home: Community) -> Reply:
    """Have Mo ask what waits."""
    shown = await home.type("Mo", "challenge review")
    assert not shown.refused, shown.text
    return shown


async def test_their_own_is_passed_by(home: Community) -> None:
    """And where nothing else is left, they read why."""
    songs = await reviewed(home)
    await checked_in(home, "Mo", songs)
    await checked_in(home, "Ana", songs)
    shown = await home.press("Mo", await only_challenge(home), "Seven songs: 2")
    assert "Ana" == whose(shown)

    shown = await home.press("Mo", shown, "Count it")

    assert "is not for you" in shown.text
    assert ["waiting"] == await state_of(home, "Mo", songs)


async def test_a_queue_that_is_done_says_so(home: Community) -> None:
    """Its card is edited in place; what comes later has a card of its own again."""
    songs = await reviewed(home)
    await crowd(home, songs, MAX_CARDS + 1)
    on = cards(home)[-1]
    shown = await home.press("Mo", on, "Look at the next")
    while "Nothing waits here any more" not in shown.text:
        shown = await home.press("Mo", shown, "Count it")

    assert "All that waited here have been looked at" in cards(home)[-1].text
    assert "Look at the next" not in cards(home)[-1].text
    await checked_in(home, "Zoe", songs)
    assert "@Zoe checks in" in cards(home)[-1].text


async def test_without_a_channel_the_command_leads_there(home: Community) -> None:
    """What waited is put up as soon as there is a channel."""
    songs = await reviewed(home)
    await home.settings(moderators=None)
    await checked_in(home, "Ana", songs)
    assert [] == cards(home)
    shown = await home.press("Mo", await only_challenge(home), "Seven songs: one")
    assert "Ana" == whose(shown)

    await choose_channel(home)

    assert "@Ana checks in" in card(home).text


async def choose_channel(home: Community) -> None:
    """Have an admin say where moderators are told things."""
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "laurel setup")
    form = await home.press("Ada", sheet, "Where things are posted")
    sheet = await home.fill_in("Ada", form, moderators=home.channel(CHANNEL))
    done = await home.press("Ada", sheet, "Save")
    assert not done.refused, done.text


async def test_once_it_is_over_the_queue_leads_nowhere(home: Community) -> None:
    """Its card says so, and so does every other."""
    songs = await reviewed(home)
    await crowd(home, songs, MAX_CARDS + 1)
    on = cards(home)[-1]

    await moved(home, songs, State.CALLED_OFF)

    assert "Look at the next" not in on.text
    assert all("Count it" not in each.text for each in cards(home))


async def test_an_answer_joins_the_queue(home: Community) -> None:
    """It needs no card of its own where one leads to all."""
    songs = await reviewed(home)
    await crowd(home, songs, MAX_CARDS + 1)
    await refused(home, "Mo", cards(home)[0])
    note = home.standing(home.person("Singer 0").ref)[-1]
    form = await home.press("Singer 0", note, "Answer")

    await home.fill_in("Singer 0", form, words="It was sung today, on the stairs.")

    assert MAX_CARDS + 1 == len(cards(home))
    shown = await home.press("Max", cards(home)[-1], "Look at the next")
    assert "Singer 0" == whose(shown)
    assert "It was sung today" in shown.text


def test_a_card_does_not_count_each_of_many() -> None:
    """Few are counted exactly; of many, the first digits are enough."""
    told = [about(count) for count in (0, 1, MAX_CARDS, 21, 99, 100, 256, 1_000)]

    assert [0, 1, MAX_CARDS, 20, 90, 100, 200, 1_000] == told


async def test_a_queue_counts_nobody_who_is_erased(home: Community) -> None:
    """Once all the others are through, it says that it is done."""
    songs = await reviewed(home)
    await crowd(home, songs, MAX_CARDS + 1)
    on = cards(home)[-1]
    shown = await home.press("Mo", on, "Look at the next")
    for _ in range(MAX_CARDS):
        shown = await home.press("Mo", shown, "Count it")
    assert f"Singer {MAX_CARDS}" == whose(shown)

    page = await home.type(f"Singer {MAX_CARDS}", "laurel privacy")
    form = await home.press(f"Singer {MAX_CARDS}", page, "Erase my data")
    await home.fill_in(f"Singer {MAX_CARDS}", form, word="erase")

    assert "have been looked at" in on.text


async def test_many_who_judge_all_at_once_make_one_verdict_for_each(
    home: Community,
) -> None:
    """Whoever presses what, and in which order it comes."""
    songs = await reviewed(home)
    done = [await checked_in(home, f"Singer {n}", songs) for n in range(6)]
    refuse = {"reason": WHY}

    said = await asyncio.gather(
        *(
            home.do(home.call(who), Action(f"judging.{what}", (each.id, 0)), answers)
            for each in done
            for who in ("Mo", "Max", "Mia")
            for what, answers in (("count", None), ("refuse", refuse), ("count", None))
        )
    )

    assert len(done) == sum(not each.refused for each in said)
    verdicts = await home.database.read(lambda tx: tx.all("SELECT * FROM verdicts"))
    assert sorted(each.id for each in done) == sorted(v["checkin"] for v in verdicts)
    told = sum(len(home.dms(f"Singer {n}")) for n in range(6))
    assert told == sum(v["state"] == "refused" for v in verdicts)
