"""What the playground keeps, and what it says to Laurel of it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.playground.clock import Clock
from bot.adapters.playground.records import (
    LAUREL,
    Draft,
    Room,
    Spot,
    said,
    words_said,
)
from bot.adapters.playground.store import Store, add_messages
from bot.chat.adapter import Posting, RefusedError
from bot.chat.message import Card, Message, say
from bot.chat.text import Quote, phrase
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from tests.adapters.stage import HOME, NOON, Stage, Wall, resident, stage

GENERAL = ChannelRef(HOME, "general")
ANA = MemberRef(HOME, "ana")
BO = MemberRef(HOME, "bo")


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as opened:
        yield opened


def card(words: str) -> Message:
    return say(Card(body=(phrase("vocabulary.words", words=Quote(words)),)))


def posting(to: ChannelRef | MemberRef, words: str, delivery_id: str) -> Posting:
    return Posting(to, card(words), "en", delivery_id)


async def test_posts_twice_what_is_sent_twice(played: Stage) -> None:
    """Nobody but Laurel sees to it that a delivery stands once, as on Slack."""
    first = await played.playground.post(posting(GENERAL, "one", "d-1"))
    second = await played.playground.post(posting(GENERAL, "one", "d-1"))
    assert first != second
    assert 2 == len(await played.store.latest(Spot(GENERAL), ANA))
    assert first == await played.playground.find(GENERAL, "d-1", NOON)


async def test_finds_what_carries_a_delivery_id(played: Stage) -> None:
    """A probe finds a message that stands, and none that was taken down."""
    made = await played.playground.post(posting(GENERAL, "one", "d-1"))
    assert made == await played.playground.find(GENERAL, "d-1", NOON)
    assert await played.playground.find(GENERAL, "d-2", NOON) is None
    await played.playground.remove(GENERAL, made)
    assert await played.playground.find(GENERAL, "d-1", NOON) is None


async def test_edits_what_stands(played: Stage) -> None:
    """An edit draws in place; what is gone cannot be edited, but removed again."""
    made = await played.playground.post(posting(GENERAL, "one", "d-1"))
    await played.playground.edit(posting(GENERAL, "two", "d-1"), made)
    (post,) = await played.store.latest(Spot(GENERAL), ANA)
    assert (card("two"), True) == (post.draft.body, post.edited)
    await played.playground.remove(GENERAL, made)
    await played.playground.remove(GENERAL, made)
    with pytest.raises(RefusedError) as refused:
        await played.playground.edit(posting(GENERAL, "three", "d-1"), made)
    assert "message-gone" == refused.value.reason


async def test_pins_what_stands(played: Stage) -> None:
    """Once more changes nothing; what is gone cannot be pinned."""
    made = await played.playground.post(posting(GENERAL, "one", "d-1"))
    for pin in (played.playground.pin, played.playground.unpin):
        for _ in range(2):
            await pin(GENERAL, made)
            (post,) = await played.store.latest(Spot(GENERAL), ANA)
            assert (pin == played.playground.pin) == post.pinned
    await played.playground.remove(GENERAL, made)
    with pytest.raises(RefusedError, match="message-gone"):
        await played.playground.pin(GENERAL, made)


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        (ChannelRef(HOME, "nowhere"), "channel-gone"),
        (ChannelRef(CommunityRef(HOME.platform, "other"), "general"), "channel-gone"),
        (MemberRef(HOME, "gone"), "member-gone"),
        (MemberRef(HOME, "nobody"), "member-gone"),
    ],
)
async def test_refuses_where_nobody_is(
    played: Stage, to: ChannelRef | MemberRef, reason: str
) -> None:
    """A post to a room or a member that is not there is refused for good."""
    with pytest.raises(RefusedError) as refused:
        await played.playground.post(posting(to, "hello", "d-1"))
    assert reason == refused.value.reason


async def test_direct_messages_reach_one_member(played: Stage) -> None:
    """A post to a member stands in their own room, which nobody else may enter."""
    made = await played.playground.post(posting(ANA, "psst", "d-1"))
    assert await played.store.message(int(made), ANA) is not None
    assert await played.store.message(int(made), BO) is None


async def test_counts_what_is_unread(played: Stage) -> None:
    """History counts as read; what comes after counts until the room is seen."""

    def draft(author: MemberRef, visible_to: str | None = None) -> Draft:
        return Draft(GENERAL, author, said("hi"), NOON, visible_to=visible_to)

    await played.store.database.write(add_messages, [draft(ANA), draft(BO)])
    assert {} == await played.store.unread(ANA)
    await played.store.post(draft(BO))
    await played.store.post(draft(ANA))  # one's own
    await played.store.post(draft(MemberRef(HOME, LAUREL), visible_to="bo"))
    removed = await played.store.post(draft(BO))
    await played.store.remove(GENERAL, removed)
    assert {"general": 1} == await played.store.unread(ANA)
    assert {"general": 2} == await played.store.unread(BO)
    await played.store.mark_read(ANA, GENERAL)
    assert {} == await played.store.unread(ANA)
    assert {"general": 2} == await played.store.unread(BO)


async def test_tells_each_member_what_changed_for_them(played: Stage) -> None:
    """After any revision one can catch up with posts, edits and removals."""
    made = await played.playground.post(posting(GENERAL, "one", "d-1"))
    seen = await played.store.revision()
    await played.store.post(
        Draft(GENERAL, BO, said("for Bo"), NOON, visible_to="bo"),
    )
    await played.playground.edit(posting(GENERAL, "two", "d-1"), made)
    await played.playground.remove(GENERAL, made)
    (changed,) = await played.store.changed_since(Spot(GENERAL), ANA, seen)
    assert (int(made), True) == (changed.id, changed.removed)
    assert 2 == len(await played.store.changed_since(Spot(GENERAL), BO, seen))


async def test_all_is_as_it_was_after_a_restart(tmp_path: Path) -> None:
    """People, rooms, messages and the clock outlive the process."""
    async with stage(tmp_path) as first:
        await first.playground.post(posting(GENERAL, "kept", "d-1"))
        await first.playground.clock.move(timedelta(days=3))
        before = await first.store.directory()
    store = await Store.open(tmp_path / "playground.sqlite3", HOME)
    try:
        clock = await Clock.open(store, Wall())
        assert NOON + timedelta(days=3) == clock.now()
        assert before == await store.directory()
        assert 1 == len(await store.latest(Spot(GENERAL), ANA))
    finally:
        await store.close()


async def test_the_clock_only_moves_forwards(played: Stage) -> None:
    """Moving back does nothing; moving on is told to who listens."""
    told: list[str] = []
    clock = played.playground.clock
    clock.listen(lambda: told.append("moved"))
    await clock.move(timedelta(hours=-1))
    await clock.move_to(NOON - timedelta(days=1))
    assert (NOON, []) == (clock.now(), told)
    await clock.move_to(NOON + timedelta(hours=2))
    assert (NOON + timedelta(hours=2), ["moved"]) == (clock.now(), told)


async def test_nobody_can_be_laurel(played: Stage) -> None:
    """The id that Laurel posts under is no member's."""
    with pytest.raises(ValueError, match="laurel"):
        await played.store.add_person(resident(LAUREL, "Not Laurel"))


async def test_brings_people_and_rooms_up_to_date(played: Stage) -> None:
    """Adding somebody or a room again changes what is known of them."""
    await played.store.add_person(resident("ana", "Ana Lima"))
    await played.store.add_room(Room(GENERAL, "lobby", position=9))
    known = await played.store.directory()
    assert "Ana Lima" == known.person("ana").name
    assert () == known.people["ana"].groups
    names = [room.name for room in known.channels_of(known.person("ana"))]
    assert ["wall of thanks", "lobby"] == names


async def test_hostile_words_come_back_as_they_were(played: Stage) -> None:
    """A platform changes nothing about what its members say."""
    words = "a\0b <b>&</b> \u202egnp.exe \ue000 \U0001f468\u200d\U0001f469"
    made = await played.store.post(Draft(GENERAL, BO, said(words), NOON))
    post = await played.store.message(made, ANA)
    assert post is not None
    assert words == words_said(post.draft.body)


async def test_laurel_has_a_name_everywhere(played: Stage) -> None:
    """Laurel is a bot that the directory knows without keeping it."""
    known = await played.store.directory()
    laurel = Person(MemberRef(HOME, LAUREL), "Laurel", bot=True)
    assert laurel == known.person(LAUREL)
    assert "Laurel" == known.name_of(laurel.ref)
