"""How a challenge ends: frozen, signed, open to disputes, and final."""

from __future__ import annotations

import sqlite3
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Challenge, Proof, Review, State, Terms
from bot.domain.refs import ThreadRef
from cogs.challenges import course
from storage import communities
from storage.challenges import book, signing
from storage.challenges.checkins import CheckInState
from storage.database import Transaction
from tests.cogs.checking import act, all_of, check, join, key_of, opened, settled
from tests.cogs.standing import (
    audit_lines,
    board,
    end,
    frozen,
    is_verified,
    known,
    mine,
    moderators,
    played,
    ranks,
    signed,
    take_part,
    team_up,
)
from tests.harness import Clock, Community, community

REASON = "The moderators looked at the photo of that day."


async def test_the_result_is_frozen_when_the_days_are_over(home: Community) -> None:
    """Who stands where is written down, and the board says until when it is open."""
    songs = await played(home)

    result, places = await frozen(home, songs)

    assert result is not None
    assert 1 == result.revision
    assert [("ana", 20, 2), ("ben", 10, 1), ("cleo", 10, 1)] == [
        (name, each.points, each.days)
        for name, each in zip(("ana", "ben", "cleo"), places, strict=True)
    ]
    keys = [await key_of(home, name) for name in ("Ana", "Ben", "Cleo")]
    assert keys == [each.member for each in places]
    assert [(1, "ana", 20), (2, "ben", 10), (3, "cleo", 10)] == ranks(board(home))
    assert "say so until" in board(home).text


async def test_the_result_is_signed_into_the_audit(
    home: Community, tmp_path: Path
) -> None:
    """The audit holds its digest, and verifies with it."""
    songs = await played(home)
    result, _ = await frozen(home, songs)
    assert result is not None

    (act,) = await signed(home)
    exported = await audit_lines(home)

    assert signing.FROZEN == act.action
    assert f"challenges:{songs.id}" == act.ref
    assert None is act.actor
    assert f'"digest":"{result.digest.hex()}"'.encode() in exported
    assert await is_verified(home, tmp_path / "audit.jsonl")
    assert 0 == await home.database.read(signing.broken)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE challenge_places SET points = 1000 WHERE rank = 3",
        "UPDATE challenge_places SET member = 1 WHERE rank = 1",
        "DELETE FROM challenge_places WHERE rank = 2",
        "UPDATE challenge_results SET at = at + 1",
        "UPDATE challenge_results SET digest = randomblob(32)",
    ],
)
async def test_whoever_changes_a_result_is_found_out(
    home: Community, change: str
) -> None:
    """The tables refuse it, and past them the digest does not fit any more."""
    await played(home)
    with pytest.raises(sqlite3.IntegrityError):
        await home.database.write(lambda tx: tx.run(change))

    def past(tx: Transaction) -> int:
        for trigger in ("results_stay_1", "places_stay_1", "places_stay_2"):
            tx.run(f"DROP TRIGGER challenge_{trigger}")
        tx.run(change)
        return signing.broken(tx)

    assert 1 == await home.database.write(past)


async def test_what_waits_is_looked_at_first(home: Community) -> None:
    """The result is frozen once moderators are through, and counts what they count."""
    await moderators(home)
    songs = await opened(home, review=Review.ALL)
    await take_part(home, songs, "Ana", "Ben")
    await end(home, songs)
    await home.wait(seconds=40)
    assert (None, []) == await frozen(home, songs)
    assert "still look at 2 check-ins" in board(home).text

    for who, state in (("Ana", CheckInState.COUNTED), ("Ben", CheckInState.REFUSED)):
        (waiting,) = await all_of(home, who, songs)
        assert await settled(home, waiting, state)

    _, places = await frozen(home, songs)
    assert [10, 0] == [each.points for each in places]
    await home.wait(seconds=40)
    assert [(1, "ana", 10)] == ranks(board(home))


async def test_the_result_does_not_wait_forever(home: Community) -> None:
    """After three days it is frozen as it is; what is counted later corrects it."""
    await moderators(home)
    songs = await opened(home, review=Review.ALL)
    await take_part(home, songs, "Ana")
    await end(home, songs)
    await home.wait(hours=73)
    first, places = await frozen(home, songs)
    assert first is not None
    assert [0] == [each.points for each in places]

    (waiting,) = await all_of(home, "Ana", songs)
    assert await settled(home, waiting, CheckInState.COUNTED)

    second, places = await frozen(home, songs)
    assert second is not None
    assert (1, 2) == (first.revision, second.revision)
    assert [10] == [each.points for each in places]
    assert 2 == len(await signed(home))


async def test_after_two_days_it_is_final(home: Community) -> None:
    """Where nobody says anything; then everybody is thanked."""
    songs = await played(home)
    await home.wait(hours=47)
    assert State.REVIEW is (await known(home, songs)).state
    await home.wait(hours=2)
    await home.wait(seconds=40)

    assert State.FINAL is (await known(home, songs)).state
    assert "The final result" in board(home).text
    (thanks,) = [text for text in home.posts() if "That was" in text]
    assert "3 people checked in 4 times" in thanks
    assert "@Ana" in thanks


async def test_who_hides_after_the_end_is_no_longer_named(home: Community) -> None:
    """On the board, and in the thanks; what is signed stays as it is."""
    songs = await played(home)
    await home.wait(hours=49)
    await home.do(home.call("Ana"), Action("privacy.level", ("private",)), None)
    await home.wait(seconds=40)

    (thanks,) = [text for text in home.posts() if "That was" in text]
    assert "@Ana" not in thanks
    assert "@Ana" not in board(home).text
    assert [(1, "ben", 10), (2, "cleo", 10)] == ranks(board(home))
    own = await mine(home, "Ana", songs)
    assert "20 points for 2 days" in own.text


async def test_everybody_is_thanked_for_what_they_did(home: Community) -> None:
    """Podium, all who finished, the longest streak, and who was new."""
    songs = await opened(home, days=2)
    await take_part(home, songs, "Ana", "Ben")
    await home.wait(days=1)
    await check(home, "Ana", songs)
    await end(home, songs)
    await home.wait(hours=49)
    poems = await opened(home, title="Poems", days=1)
    await take_part(home, poems, "Ana", "Cleo")
    await end(home, poems)
    await home.wait(hours=49)

    first, second = (text for text in home.posts() if "That was" in text)
    assert "Went all the way\n@Ana" in first
    assert "The longest streak, 2 days in a row\n@Ana" in first
    assert "For the first time in a challenge: 2\n@Ana and @Ben" in first
    assert "Went all the way: 2\n@Ana and @Cleo" in second
    assert "For the first time in a challenge\n@Cleo" in second
    assert "streak" not in second.split("badge")[0].split("time")[0]


async def test_nobody_came_and_nobody_is_blamed(home: Community) -> None:
    """The end is as friendly."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    await end(home, songs)
    await home.wait(hours=49)

    (thanks,) = [text for text in home.posts() if "That was" in text]
    assert "Nobody checked in this time" in thanks
    assert State.FINAL is (await known(home, songs)).state


async def test_teams_end_as_they_stood(home: Community) -> None:
    """With all that their members had."""
    songs = await opened(home, teams=True, team_min=2)
    await take_part(home, songs, "Ana", "Ben", "Cleo")
    await team_up(home, songs, "Night Owls", "Ana", "Ben")
    await end(home, songs)
    await home.wait(seconds=40)

    assert (1, "Night Owls", 20) == ranks(board(home))[0]
    _, places = await frozen(home, songs)
    assert [True, True, False] == [each.team is not None for each in places]


async def test_all_of_it_is_said_in_one_thread(home: Community) -> None:
    """From the announcement on; the board with it, and a last word closes it."""

    def put_up(tx: Transaction) -> Challenge:
        here = communities.get(tx, home.ref)
        today = home.clock().date()
        terms = Terms(
            1, "Songs", "", today, 2, time(9), (), home.channel("songs"),
            proof=Proof.NONE,
        )  # fmt: skip
        made = book.create(tx, here, terms, act(tx, home))
        return course.open_it(tx, here, made.id, act(tx, home))

    songs = await home.database.write(put_up)
    await home.laurel.settle()
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)
    for _ in range(5):
        await home.wait(days=1)
    await home.wait(seconds=40)

    (announced,) = home.standing(home.channel("songs"))
    thread = ThreadRef(home.channel("songs"), announced.id)
    *said, last = home.standing(thread)
    (shown,) = [post for post in said if post.text.startswith("Board: ")]
    assert [(1, "ana", 10)] == ranks(shown)
    assert "The final result" in shown.text
    assert last.text.startswith("Songs is over")
    assert "thanked in #wall" in last.text
    assert not home.platform.threads[thread]
    assert State.FINAL is (await known(home, songs)).state
    (thanks,) = home.posts()
    assert thanks.startswith("That was Songs")


async def test_without_a_wall_the_thanks_are_the_last_word(home: Community) -> None:
    """They stand where the challenge does, and nothing is said twice."""
    await home.settings(wall=None)
    songs = await played(home)
    await home.wait(hours=49)

    said = [post.text for post in home.standing(home.channel("songs"))]
    assert 1 == sum("That was" in text for text in said)
    assert not any("is over" in text for text in said)
    assert State.FINAL is (await known(home, songs)).state


async def test_a_restart_in_between_changes_nothing(tmp_path: Path) -> None:
    """Frozen once, final once, thanked once."""
    path, clock = tmp_path / "laurel.sqlite3", Clock()
    async with community(path, clock=clock) as home:
        songs = await played(home)
        posts = home.platform.posts
    for hours in (20, 20, 20, 20):
        clock.move(hours=hours)
        async with community(path, clock=clock, posts=posts) as home:
            await home.wait(seconds=1)
            await home.wait(seconds=40)
    async with community(path, clock=clock, posts=posts) as home:
        assert State.FINAL is (await known(home, songs)).state
        assert 1 == len([text for text in home.posts() if "That was" in text])
        assert 1 == len(await signed(home))
        assert timedelta(0) == clock() - home.clock()
