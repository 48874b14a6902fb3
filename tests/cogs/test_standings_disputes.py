"""What people say against their place in a result, and how it is answered."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Review, Scoring, State
from bot.domain.people import Role
from storage import communities
from storage.challenges import results, signing
from storage.challenges.checkins import CheckInState
from tests.cogs.checking import all_of, opened, settled
from tests.cogs.standing import (
    board,
    dispute,
    end,
    erase,
    frozen,
    is_verified,
    known,
    mine,
    moderators,
    played,
    ranks,
    signed,
    take_part,
)
from tests.harness import Community, Post, Reply

REASON = "The moderators looked at the photo of that day."


def card(home: Community) -> Post:
    """Return the last dispute that moderators see."""
    standing = home.standing(home.channel("mods"))
    return [post for post in standing if post.text.startswith("Disputed: ")][-1]


async def answer(home: Community, who: str, label: str, **answers: object) -> Reply:
    """Have somebody press a button of the dispute and fill in its form."""
    speech = home.platform.speech("en")
    found = {
        speech.plain(item.label): item.action
        for node in card(home).message.nodes
        for item in getattr(node, "items", ())
    }
    return await home.do(home.call(who), found[label], answers or None)


async def test_only_entrants_dispute_and_only_their_own(home: Community) -> None:
    """Others are told so, whatever they press."""
    songs = await played(home)

    outside = await dispute(home, "Zoe", songs)
    own = await dispute(home, "Ben", songs)

    assert "standings.refused-not-yours" == outside.reason
    assert "It is with the moderators" in own.text
    assert "@Ben says that their own place is not right" in card(home).text
    assert "My third day is gone." in card(home).text


async def test_disputes_begin_with_the_result_and_end_with_it(home: Community) -> None:
    """Before and after, the answer says why not and what else helps."""
    songs = await opened(home)
    await take_part(home, songs, "Ana")
    early = await dispute(home, "Ana", songs)
    await end(home, songs)
    await home.wait(hours=49)
    late = await dispute(home, "Ana", songs)

    assert "standings.refused-not-ended" == early.reason
    assert "standings.refused-over" == late.reason


async def test_one_dispute_at_a_time(home: Community) -> None:
    """The second waits for the first, and the fourth is one too many."""
    songs = await played(home)
    for _ in range(3):
        assert not (await dispute(home, "Ben", songs)).refused
        again = await dispute(home, "Ben", songs)
        assert "standings.refused-waiting" == again.reason
        assert not (await answer(home, "Mod", "It stands", reason=REASON)).refused
    assert "standings.refused-enough" == (await dispute(home, "Ben", songs)).reason


async def test_a_place_that_stands_is_explained(home: Community) -> None:
    """Whoever disputed it is told why, and by nobody's name."""
    songs = await played(home)
    await dispute(home, "Ben", songs)

    done = await answer(home, "Mod", "It stands", reason=REASON)

    assert "It stands" in done.text
    (told,) = home.dms("Ben")
    assert REASON in told
    assert REASON in (await mine(home, "Ben", songs)).text
    assert "Mod" not in told.replace("moderator", "")
    assert "let it stand" in card(home).text
    result, _ = await frozen(home, songs)
    assert result is not None
    assert 1 == result.revision


async def test_a_place_that_is_corrected_moves_all_others(
    home: Community, tmp_path: Path
) -> None:
    """As a new result, signed as well; the first one stays as it was."""
    songs = await played(home)
    await dispute(home, "Ben", songs)
    form = await answer(home, "Mod", "Correct it …")
    assert {"points": 10, "days": 1, "streak": 1} == form.form.draft

    done = await home.fill_in("Mod", form, points=30, days=3, streak=3, reason=REASON)
    await home.wait(seconds=40)

    assert "everybody is ranked anew" in done.text
    assert [(1, "ben", 30), (2, "ana", 20), (3, "cleo", 10)] == ranks(board(home))
    assert "You now have 30 points for 3 days" in home.dms("Ben")[0]
    result, places = await frozen(home, songs)
    assert result is not None
    assert 2 == result.revision
    assert [30, 20, 10] == [each.points for each in places]
    first = await home.database.read(
        lambda tx: results.first(tx, communities.get(tx, home.ref), songs.id)
    )
    assert first is not None
    assert 0 == await home.database.read(signing.broken)
    acts = [each.action for each in await signed(home)]
    assert [signing.CORRECTED, signing.FROZEN] == acts
    assert await is_verified(home, tmp_path / "audit.jsonl")


@pytest.mark.parametrize(
    ("change", "reason", "field"),
    [
        ({"days": 8}, "standings.refused-days", "days"),
        ({"streak": 2}, "standings.refused-streak", "streak"),
        ({"points": 10}, "standings.refused-same", "points"),
        ({"points": 61}, "standings.refused-cap", "points"),
    ],
)
async def test_a_correction_can_only_be_what_can_be(
    home: Community, change: dict[str, int], reason: str, field: str
) -> None:
    """Each refusal names the field, and nothing is written."""
    songs = await played(home, scoring=Scoring(10, cap=60))
    await dispute(home, "Ben", songs)
    form = await answer(home, "Mod", "Correct it …")

    done = await home.fill_in("Mod", form, reason=REASON, **change)

    assert (reason, field) == (done.reason, done.at)
    result, _ = await frozen(home, songs)
    assert result is not None
    assert 1 == result.revision


async def test_who_is_concerned_does_not_answer(home: Community) -> None:
    """Neither whoever disputed, nor who takes part, nor who judged their days."""
    await moderators(home)
    songs = await opened(home, review=Review.ALL)
    await take_part(home, songs, "Mod", "Ben")
    for who in ("Ben", "Mod"):
        (waiting,) = await all_of(home, who, songs)
        assert await settled(home, waiting, CheckInState.COUNTED)
    await end(home, songs)
    await dispute(home, "Mod", songs)

    own = await home.do(
        home.call("Mod"), Action("standings.stands", (1,)), {"reason": REASON}
    )
    await dispute(home, "Ben", songs)
    rival = await home.do(
        home.call("Mod"), Action("standings.stands", (2,)), {"reason": REASON}
    )

    assert "standings.refused-own" == own.reason
    assert "standings.refused-entrant" == rival.reason


async def test_whoever_judged_their_days_does_not_answer(home: Community) -> None:
    """Somebody else looks at it, whatever their role."""
    await moderators(home)
    songs = await opened(home, review=Review.ALL)
    await take_part(home, songs, "Ben")
    (waiting,) = await all_of(home, "Ben", songs)
    count = Action("judging.count", (waiting.id, 0))
    counted = await home.do(home.call("Mod"), count, None)
    assert not counted.refused, counted.text
    await end(home, songs)
    await dispute(home, "Ben", songs)

    refused = await answer(home, "Mod", "It stands", reason=REASON)
    home.person("Mod", Role.ADMIN)
    taken = await answer(home, "Mod", "It stands", reason=REASON)

    assert "standings.refused-judged" == refused.reason == taken.reason
    assert not (await answer(home, "Mo", "It stands", reason=REASON)).refused


async def test_two_moderators_give_one_answer(home: Community) -> None:
    """Whoever is second is told."""
    songs = await played(home)
    await dispute(home, "Ben", songs)
    press = Action("standings.stands", (1,))

    first = await home.do(home.call("Mod"), press, {"reason": REASON})
    second = await home.do(home.call("Mod"), press, {"reason": REASON})

    assert not first.refused
    assert "standings.refused-answered" == second.reason
    assert State.REVIEW is (await known(home, songs)).state


async def test_a_dispute_that_waits_keeps_it_from_being_final(home: Community) -> None:
    """However late the answer, the result stands with it and not before."""
    songs = await played(home)
    await dispute(home, "Ben", songs)
    await home.wait(hours=72)
    waits = await known(home, songs)
    assert "as soon as the last answer" in board(home).text

    await answer(home, "Mod", "It stands", reason=REASON)

    assert State.REVIEW is waits.state
    assert State.FINAL is (await known(home, songs)).state


async def test_moderators_are_told_of_a_dispute_that_waits(home: Community) -> None:
    """When the result would be final, and every few days until it is answered."""
    songs = await played(home)
    await home.settings(escalate_after_d=3)
    await dispute(home, "Ben", songs)

    def told() -> list[str]:
        posts = home.standing(home.channel("mods"))
        return [post.text for post in posts if "Not final yet" in post.text]

    await home.wait(hours=47)
    assert [] == told()
    await home.wait(hours=2)
    (first,) = told()
    assert "Somebody disputed their place and waits" in first
    assert "@Ben" not in first
    await home.wait(days=3, minutes=1)
    assert [first, first] == told()

    await answer(home, "Mod", "It stands", reason=REASON)
    await home.wait(days=30)
    assert State.FINAL is (await known(home, songs)).state
    assert 2 == len(told())


async def test_who_is_erased_waits_for_no_answer(home: Community) -> None:
    """The result becomes final without them, and does not name them."""
    songs = await played(home)
    await dispute(home, "Ana", songs)
    await home.wait(hours=72)
    await erase(home, "Ana")
    await home.wait(seconds=40)

    assert State.FINAL is (await known(home, songs)).state
    assert [(1, "ben", 10), (2, "cleo", 10)] == ranks(board(home))
    (thanks,) = [text for text in home.posts() if "That was" in text]
    assert "@Ana" not in thanks
    _, places = await frozen(home, songs)
    assert [20, 10, 10] == [each.points for each in places]
    assert 0 == await home.database.read(signing.broken)


async def test_moderators_find_what_waits(home: Community) -> None:
    """Also where the channel was not there when it was disputed."""
    songs = await played(home)
    none = await home.type("Mod", "challenge disputes")
    await dispute(home, "Ben", songs)
    await dispute(home, "Cleo", songs)

    found = await home.type("Mod", "challenge disputes")

    assert "No dispute waits" in none.text
    assert "@Ben" in found.text
    assert "One more waits" in found.text
