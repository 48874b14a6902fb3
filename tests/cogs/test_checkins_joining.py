"""Joining a challenge and leaving it, checking in with a message, taking back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.chat.message import Action
from bot.chat.responses import Target
from bot.domain.challenges import Proof, Review, Scoring, State
from storage import communities
from storage.challenges import book, entrants
from storage.challenges.checkins import CheckInState
from storage.database import Transaction
from tests.cogs import checking
from tests.cogs.checking import PNG, all_of, board, check, days_of, join, opened
from tests.harness import Community, Reply


async def entrants_of(home: Community, challenge: int) -> int:
    """Return how many take part."""
    return await home.database.read(entrants.count, challenge)


async def test_joining_twice_is_joining_once(home: Community) -> None:
    """The second time says how it stands."""
    songs = await opened(home)

    first = await join(home, "Ana", songs)
    second = await home.type("Ana", "challenge join")

    assert first.text.startswith("You are in: Seven songs.")
    assert second.text.startswith("You take part in Seven songs.")
    assert 1 == await entrants_of(home, songs.id)


async def test_joining_by_title_or_by_choice(home: Community) -> None:
    """Where several are open, the member says which one they mean."""
    songs = await opened(home)
    await opened(home, title="Ten walks")

    which = await home.type("Ana", "challenge join")
    named = await home.type("Ana", "challenge join", which="ten  WALKS")
    none = await home.type("Ana", "challenge join", which="Swimming")
    both = await join(home, "Ana", songs)
    check_in = await home.type("Ana", "checkin")

    assert ("checkins.refused-which-open", "which") == (which.reason, which.at)
    assert "Ten walks" in named.text
    assert ("checkins.refused-unknown", "which") == (none.reason, none.at)
    assert "Seven songs" in both.text
    assert ("checkins.refused-which", "which") == (check_in.reason, check_in.at)


async def test_what_is_offered_is_what_fits(home: Community) -> None:
    """What can be joined, and what the member is in."""
    songs = await opened(home)
    walks = await opened(home, title="Ten walks")
    await opened(home, State.DRAFT, title="Secret")
    await join(home, "Ana", songs)
    suggest = home.laurel.dispatcher.suggest

    to_join = await suggest("checkins.joinable", home.call("Ana"), "")
    inside = await suggest("checkins.mine", home.call("Ana"), "SONG")
    new = await suggest("checkins.mine", home.call("Ben"), "")

    assert [str(walks.id)] == [each.value for each in to_join]
    assert [str(songs.id)] == [each.value for each in inside]
    assert [] == list(new)


async def test_drafts_are_nobodys(home: Community) -> None:
    """What is not open yet cannot be found, joined or checked in to."""
    secret = await opened(home, State.DRAFT)

    joined = await join(home, "Ana", secret)
    checked = await check(home, "Ana", secret)
    none = await home.type("Ana", "challenge join")

    assert "checkins.refused-unknown" == joined.reason == checked.reason
    assert "checkins.refused-none-open" == none.reason


async def test_who_leaves_finds_everything_again(home: Community) -> None:
    """Off the board at once; back on it, with what they had, on coming back."""
    songs = await opened(home)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
        await check(home, who, songs)
        await home.wait(minutes=1)

    gone = await home.type("Ana", "challenge leave")
    without = await board(home, songs)
    refused = await check(home, "Ana", songs)
    again = await home.type("Ana", "challenge leave", which=str(songs.id))
    back = await home.press("Ana", gone, "Join")

    assert "Seven songs no more" in gone.text
    assert [(1, "ben", 10)] == without
    assert "checkins.refused-not-joined" == refused.reason
    assert "take no part" in again.text
    assert back.text.startswith("You are in")
    assert [(1, "ana", 10), (2, "ben", 10)] == await board(home, songs)
    assert 0 == await checking.drift(home)


async def test_who_is_ahead_of_the_community_begins_first(home: Community) -> None:
    """The first day is theirs by their own clock, before anything was posted here."""
    await checking.live_in(home, "Ana", "Pacific/Kiritimati")
    songs = await opened(home, State.OPEN, starts_on=checking.on(7))
    said = await join(home, "Ana", songs)

    await check(home, "Ana", songs)

    assert "day 1 of 7" in said.text
    assert [1] == await days_of(home, "Ana", songs)


async def with_this(home: Community, who: str, author: str, text: str) -> Reply:
    """Have somebody choose the menu entry on a message of somebody's."""
    channel = home.channel("songs")
    link = "https://chat.example.org/m/1"
    target = Target(channel, "1", home.person(author), text, link)
    call = home.call(who, target=target)
    return await home.do(call, Action("checkins.check-in-with-this"), None)


async def test_checking_in_with_a_message(home: Community) -> None:
    """The form holds its words and its link, and the challenge where there is one."""
    songs = await opened(home, proof=Proof.LINK)
    await join(home, "Ana", songs)

    form = await with_this(home, "Ana", "Ana", "Sang\nin the rain")
    said = await home.fill_in("Ana", form)

    assert said.text.startswith("Day 1 of 7 counts")
    [made] = await all_of(home, "Ana", songs)
    assert "Sang\nin the rain" == made.words
    assert "https://chat.example.org/m/1" == made.link


async def test_only_with_a_message_of_ones_own(home: Community) -> None:
    """Another's words are not evidence of what the member did."""
    songs = await opened(home)
    await join(home, "Ana", songs)

    others = await with_this(home, "Ana", "Ben", "I sang")
    new = await with_this(home, "Ben", "Ben", "I sang")

    assert "checkins.refused-not-your-words" == others.reason
    assert "checkins.refused-none" == new.reason


async def test_a_picture_is_asked_for_with_a_message_as_well(home: Community) -> None:
    """What was in the form stays in it."""
    songs = await opened(home, proof=Proof.IMAGE)
    await join(home, "Ana", songs)
    form = await with_this(home, "Ana", "Ana", "Sang")

    bare = await home.fill_in("Ana", form)
    full = await home.fill_in("Ana", form, file=PNG)

    assert "file" == bare.at
    assert full.text.startswith("Day 1 of 7 counts")


async def test_taking_back_and_doing_it_again(home: Community) -> None:
    """While its day lasts, one press takes it back and another does it anew."""
    songs = await opened(home, proof=Proof.WELCOME)
    await join(home, "Ana", songs)
    form = await check(home, "Ana", songs)
    said = await home.fill_in("Ana", form, file=PNG, words="Out of tune")

    back = await home.press("Ana", said, "Take back")
    none = await board(home, songs)
    form = await home.press("Ana", back, "Check in")
    await home.fill_in("Ana", form, words="In tune")

    assert "You can check in for it again." in back.text
    assert [] == none
    first, second = await all_of(home, "Ana", songs)
    assert (CheckInState.TAKEN_BACK, CheckInState.COUNTED) == (
        first.state,
        second.state,
    )
    proofs = await home.database.read(lambda tx: tx.all("SELECT id FROM proofs"))
    assert [] == proofs
    assert [(1, "ana", 10)] == await board(home, songs)


async def test_what_could_not_be_done_again_is_asked_about(home: Community) -> None:
    """A day that is over is taken back by who is sure, and stays by who is not."""
    songs = await opened(home)
    await join(home, "Ana", songs)
    said = await check(home, "Ana", songs)
    await home.wait(days=1)

    asked = await home.press("Ana", said, "Take back")
    kept = await home.press("Ana", asked, "Leave it")
    before = await days_of(home, "Ana", songs)
    gone = await home.press("Ana", asked, "Yes")
    again = await home.press("Ana", asked, "Yes")

    assert "could not check in for it again" in asked.text
    assert kept.text.startswith("Day 1 of 7 counts")
    assert [1] == before
    assert gone.text.endswith("does not count.")
    assert "checkins.refused-taken-back" == again.reason
    assert [] == await days_of(home, "Ana", songs)


async def test_nobody_takes_back_what_is_not_theirs(home: Community) -> None:
    """Nor once the challenge is over, nor what was refused."""
    songs = await opened(home, review=Review.ALL, days=1)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
    ana = await check(home, "Ana", songs)
    ben = await check(home, "Ben", songs)
    others = await home.press("Ben", ana, "Take back")
    [made] = await all_of(home, "Ben", songs)
    await checking.settled(home, made, CheckInState.REFUSED)
    refused = await home.press("Ben", ben, "Take back")
    await checking.moved(home, songs, State.REVIEW)
    over = await home.press("Ana", ana, "Take back")

    reasons = [each.reason for each in (others, refused, over)]
    assert [
        "checkins.refused-not-yours",
        "checkins.refused-refused",
        "checkins.refused-settled",
    ] == reasons


async def test_erasure_takes_everything_but_the_count(home: Community) -> None:
    """Words and place go; whoever remains is ranked as if they had never been."""
    songs = await opened(home, teams=True, proof=Proof.TEXT)
    for who in ("Ana", "Ben"):
        await join(home, who, songs)
        await home.fill_in(who, await check(home, who, songs), words=f"La, {who}")
        await home.wait(minutes=1)
    await home.type("Ana", "challenge team")
    page = await home.type("Ana", "laurel privacy")
    form = await home.press("Ana", page, "Erase")
    await home.fill_in("Ana", form, word="ERASE")

    bodies = await home.database.read(lambda tx: tx.all("SELECT body FROM words"))
    assert ["La, Ben"] == [row["body"] for row in bodies]
    assert [(1, "ben", 10)] == await board(home, songs)
    assert 1 == await entrants_of(home, songs.id)
    assert 0 == await checking.drift(home)


@pytest.mark.parametrize("days", [1, 2])
async def test_ties_go_to_whoever_got_there_first(home: Community, days: int) -> None:
    """By when the last point was reached, not by when a cap made more of no matter."""
    songs = await opened(home, scoring=Scoring(10, cap=10 * days))
    for day in range(3):
        for who in ("Ben", "Ana"):
            if day == 0:
                await join(home, who, songs)
            await check(home, who, songs)
            await home.wait(minutes=1)
        await home.wait(days=1)

    most = 10 * days
    assert [(1, "ben", most), (2, "ana", most)] == await board(home, songs)


async def test_edits_are_counted_anew(home: Community) -> None:
    """Where what days count for is changed before anything runs, nothing is stale."""
    songs = await opened(home, State.OPEN, starts_on=checking.on(6))
    await join(home, "Ana", songs)
    await check(home, "Ana", songs)

    def edit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        known = book.get(tx, here, songs.id)
        assert known is not None
        asked = replace(known.terms, scoring=Scoring(25))
        book.edit(tx, here, known, asked, checking.act(tx, home))

    await home.database.write(edit)
    await home.laurel.settle()

    assert [(1, "ana", 25)] == await board(home, songs)


async def test_what_was_received_on_the_last_second_counts(home: Community) -> None:
    """Also where it is written once the challenge has ended by itself elsewhere."""
    songs = await opened(home, days=1)
    await join(home, "Ana", songs)
    last = home.clock().replace(hour=23, minute=59, second=59)
    action = Action("checkins.check", (songs.id,))
    said = await home.do(home.call("Ana", at=last), action, None)

    assert not said.refused
    after = home.call("Ana", at=last + timedelta(seconds=1))
    assert "checkins.refused-days-over" == (await home.do(after, action, None)).reason
