"""Claiming: one commit notes how the last delivery went and begins the next."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.chat import wire
from bot.chat.message import Card, Message, say
from bot.chat.routes import DrawSpec
from bot.chat.text import Quote, phrase
from bot.domain.community import Community, Settings
from bot.domain.people import Person, Role
from bot.domain.quiet import QuietHours
from bot.domain.refs import ChannelRef, MemberRef
from storage import claiming, communities, deliveries, file, members, outbox
from storage.claiming import AS_IT_IS, Done, Drawings
from storage.database import Transaction
from storage.delivery import Delivery, Lane
from storage.digests import MAX_POSTS, OLD_AFTER, Folding, Page, Source
from storage.drawings import Drawn
from storage.file import connect
from storage.outbox import Parcel
from tests.harness import COMMUNITY, START

WALL, ANA = ChannelRef(COMMUNITY, "wall"), MemberRef(COMMUNITY, "ana")
LATER = START + timedelta(minutes=5)


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    """Everything that a test writes, in a file of its own."""
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    connection = connect(path, "rw")
    yield Transaction(connection)
    connection.close()


@pytest.fixture
def here(tx: Transaction) -> Community:
    return communities.add(tx, COMMUNITY, Settings("en", ZoneInfo("UTC")), START)


def message(words: str) -> Message:
    return say(Card(body=(phrase("playground.said", words=Quote(words)),)))


def put(
    tx: Transaction,
    here: Community,
    *keys: str,
    body: str | None = "words",
    to: ChannelRef | MemberRef = WALL,
) -> None:
    """Queue messages."""
    for key in keys:
        outbox.put(tx, here, Parcel(to, key, body, (), "call"), START)
    tx.woken.clear()


def claim(
    tx: Transaction,
    here: Community,
    now: datetime = START,
    done: Done | None = None,
    drawn_by: Drawings = AS_IT_IS,
) -> Delivery | None:
    """Claim what is next on the wall."""
    lane = Lane(here.id, "channel", "wall")
    return claiming.claim_next(tx, lane, now, done, drawn_by)


def states(tx: Transaction) -> dict[str, str]:
    rows = tx.all("SELECT key, state FROM outbox ORDER BY id")
    return {row["key"]: row["state"] for row in rows}


def key(delivery: Delivery | None) -> str | None:
    return delivery.key if delivery else None


def failed(head: Delivery) -> Done:
    """Return that an attempt was answered with a no, and may be made again at once."""
    again = partial(deliveries.again, delivery=head, due_at=START, reason="busy")
    return Done(head, again)


def test_what_is_due_is_claimed_and_nothing_else(
    tx: Transaction, here: Community
) -> None:
    """It is noted that it is being sent, before it is; what is behind it waits."""
    assert None is claim(tx, here)
    put(tx, here, "a:b:1", "a:b:2")
    put(tx, here, "a:c:1", to=ChannelRef(COMMUNITY, "other"))
    head = claim(tx, here, LATER)

    assert "a:b:1" == key(head)
    assert {"a:b:1": "sending", "a:b:2": "new", "a:c:1": "new"} == states(tx)
    (row,) = tx.all("SELECT sending_at, attempts FROM outbox WHERE state = 'sending'")
    assert (LATER.timestamp() * 1_000, 1) == (row["sending_at"], row["attempts"])


def test_what_has_to_wait_is_returned_as_it_is(
    tx: Transaction, here: Community
) -> None:
    """Whether its time has not come, or its last attempt has no outcome yet."""
    put(tx, here, "a:b:1", "a:b:2", body=None)
    early = claim(tx, here, START - timedelta(seconds=1), None, drawing("words"))
    assert "a:b:1" == key(early)
    assert {"new"} == set(states(tx).values())
    claim(tx, here)
    open_ = claim(tx, here, LATER, None, drawing("words"))
    assert "a:b:1" == key(open_)
    assert open_ is not None
    assert START == open_.sending_at
    assert None is open_.body


def test_how_the_last_one_went_is_noted_first(tx: Transaction, here: Community) -> None:
    """In the same transaction, so that the next is what is next by then."""
    put(tx, here, "a:b:1", "a:b:2")
    first = claim(tx, here)
    assert first is not None
    sent = partial(deliveries.sent, delivery=first, message_id="1")
    assert "a:b:2" == key(claim(tx, here, LATER, Done(first, sent)))
    assert {"a:b:1": "sent", "a:b:2": "sending"} == states(tx)


def test_one_in_doubt_that_failed_just_now_lets_the_next_one_try(
    tx: Transaction, here: Community
) -> None:
    """And not before: until then nothing is overtaken."""
    put(tx, here, "a:b:1", "a:b:2")
    most = deliveries.MAX_ATTEMPTS
    tx.run("UPDATE outbox SET attempts = :n WHERE key = 'a:b:1'", n=most - 2)
    head = claim(tx, here)
    assert head is not None
    head = claim(tx, here, START, failed(head))
    assert head is not None
    assert ("a:b:1", None) == (head.key, head.overtakes)
    instead = claim(tx, here, START, failed(head))
    assert instead is not None
    assert ("a:b:2", head.id) == (instead.key, instead.overtakes)


def test_an_attempt_begins_anew_once_its_pictures_are_drawn(
    tx: Transaction, here: Community
) -> None:
    """Unless it is another message by now, or none."""
    put(tx, here, "a:b:1", "a:b:2")
    claim(tx, here)
    head = claim(tx, here)
    assert head is not None
    assert claiming.begin(tx, head, LATER)
    begun = claim(tx, here)
    assert begun is not None
    assert LATER == begun.sending_at
    times = tx.all("SELECT sending_at FROM outbox ORDER BY id")
    assert [LATER.timestamp() * 1_000, None] == [row[0] for row in times]

    outbox.edit(tx, here, "a:b:1", "better", LATER)
    assert not claiming.begin(tx, head, LATER)
    outbox.remove(tx, here, "a:b:1", LATER)
    assert not claiming.begin(tx, replace(head, version=3), LATER)


# What is drawn.


def drawing(*said: str | None, asked: list[object] | None = None) -> Drawings:
    """Return what draws ``a:b:`` in turn, and says what it was asked."""
    left = list(said)

    def unit(tx: Transaction, here: Community, key: str, now: datetime) -> Drawn | None:
        if asked is not None:
            asked.append((here, key, now))
        words = left.pop(0)
        return None if words is None else Drawn(message(words), (7,))

    return Drawings({"a:b:": DrawSpec("a:b:", unit)})


def test_what_carries_no_body_is_drawn_as_it_is_claimed(
    tx: Transaction, here: Community
) -> None:
    """By whoever put it, with the instant; whom it names is noted."""
    put(tx, here, "a:b:1", body=None)
    asked: list[object] = []
    head = claim(tx, here, LATER, None, drawing("drawn", asked=asked))

    assert head is not None
    assert wire.encode(message("drawn")) == head.body
    assert [(here, "a:b:1", LATER)] == asked
    assert {"a:b:1": "sending"} == states(tx)
    (row,) = tx.all("SELECT row, member FROM outbox_names")
    assert (head.id, 7) == (row["row"], row["member"])


def test_where_nothing_is_left_to_be_said_the_next_one_is_next(
    tx: Transaction, here: Community
) -> None:
    """However many there are; and what is not due is not drawn."""
    put(tx, here, "a:b:1", "a:b:2", "a:b:3", "a:b:4", body=None)
    head = claim(tx, here, LATER, None, drawing(None, None, "third"))
    assert "a:b:3" == key(head)
    assert ["dead", "dead", "sending", "new"] == list(states(tx).values())

    put(tx, here, "a:b:5", body=None, to=ChannelRef(COMMUNITY, "other"))
    other = Lane(here.id, "channel", "other")
    drawn_by = drawing(None)
    assert None is claiming.claim_next(tx, other, LATER, None, drawn_by)


def test_what_nobody_draws_is_claimed_as_it_is(
    tx: Transaction, here: Community
) -> None:
    """The courier sets it aside, where somebody sees it."""
    put(tx, here, "a:c:1", body=None)
    head = claim(tx, here, LATER, None, drawing("drawn"))
    assert head is not None
    assert None is head.body
    assert {"a:c:1": "sending"} == states(tx)


def test_a_thread_is_begun_knowing_what_it_is_about(
    tx: Transaction, here: Community
) -> None:
    """The message above carries no body, so it is drawn for that."""
    put(tx, here, "a:b:1", body=None)
    tx.run("UPDATE outbox SET state = 'sent', message_id = '1'")
    reply = Parcel(WALL, "a:c:1", "words", (), "call", under="a:b:1")
    outbox.put(tx, here, reply, START)
    asked: list[object] = []
    head = claim(tx, here, LATER, None, drawing("above", asked=asked))

    assert head is not None
    assert head.thread is not None
    assert wire.encode(message("above")) == head.thread.about
    assert [(here, "a:b:1", LATER)] == asked


# What is told in one.

Pages = Callable[[Transaction, Source], list[Page]]


def folding(asked: list[object]) -> Drawings:
    """Return what tells ``a:b:`` in one message, and draws that anew."""

    def pages(tx: Transaction, source: Source) -> list[Page]:
        asked.append(("pages", source.keys[0], source.at))
        return [Page(message(f"{len(source.keys)} in one"), (7,))]

    def page(
        tx: Transaction, source: Source, members: frozenset[int], number: int
    ) -> Message | None:
        asked.append((source.community, members, number, source.at))
        return message("drawn anew")

    fold = Folding("a:b:", "a:digest:", lambda *_: (7,), pages, page)
    return Drawings({}, (fold,))


def many(tx: Transaction, here: Community, count: int = MAX_POSTS + 1) -> list[str]:
    """Queue a flood, the first of which was tried already."""
    keys = [f"a:b:{number}" for number in range(count)]
    put(tx, here, *keys)
    at = round(START.timestamp() * 1_000)
    tx.run("UPDATE outbox SET tried_at = :at WHERE key = 'a:b:0'", at=at)
    return keys


def test_a_flood_that_waited_is_told_in_one(tx: Transaction, here: Community) -> None:
    """From the first of it on, once nothing was taken for as long as it takes."""
    keys = many(tx, here)
    asked: list[object] = []
    digest = claim(tx, here, LATER, None, folding(asked))

    assert digest is not None
    assert "a:digest:1:1" == digest.key
    assert wire.encode(message(f"{len(keys)} in one")) == digest.body
    assert [("pages", "a:b:0", LATER)] == asked
    assert {"folded"} == {states(tx)[key] for key in keys}


def test_what_is_not_late_or_not_due_is_told_by_itself(
    tx: Transaction, here: Community
) -> None:
    """A moment less, and it was a hiccup; and what waits for its time is let wait."""
    keys = many(tx, here)
    soon = LATER - timedelta(milliseconds=1)
    put_off = "UPDATE outbox SET due_at = due_at + 3600000 WHERE key = 'a:b:0'"
    tx.run(put_off)
    assert "a:b:0" == key(claim(tx, here, LATER, None, folding([])))
    tx.run(put_off.replace("+", "-"))
    assert "a:b:0" == key(claim(tx, here, soon, None, folding([])))
    assert {"sending": 1, "new": len(keys) - 1} == {
        state: [*states(tx).values()].count(state) for state in ("sending", "new")
    }


@pytest.mark.parametrize("got_through", [True, False])
def test_what_is_behind_one_that_was_late_is_told_in_one(
    tx: Transaction, here: Community, *, got_through: bool
) -> None:
    """Whether it got through at last, or was turned away once more."""
    keys = many(tx, here, MAX_POSTS + 2)
    head = claim(tx, here)  # no hiccup yet, so it goes out as it is
    assert head is not None
    done = failed(head)
    if got_through:
        done = Done(head, partial(deliveries.sent, delivery=head, message_id="1"))
    digest = claim(tx, here, LATER, done, folding([]))

    first = keys[1] if got_through else keys[0]
    assert digest is not None
    assert "folded" == states(tx)[first]
    assert digest.key.startswith("a:digest:")
    assert ("sent" if got_through else "folded") == states(tx)[keys[0]]


def test_what_came_while_one_was_sent_is_not_late_with_it(
    tx: Transaction, here: Community
) -> None:
    """It was sent within the time: what is behind it is no flood of an outage."""
    keys = many(tx, here, MAX_POSTS + 2)
    head = claim(tx, here)
    assert head is not None
    done = Done(head, partial(deliveries.sent, delivery=head, message_id="1"))
    soon = LATER - timedelta(seconds=1)
    assert keys[1] == key(claim(tx, here, soon, done, folding([])))


def test_a_day_old_is_late_as_well(tx: Transaction, here: Community) -> None:
    """However it came to be, if it is more than one."""
    put(tx, here, "a:b:1", "a:b:2")
    late = START + OLD_AFTER + timedelta(milliseconds=1)
    assert "a:digest:1:1" == key(claim(tx, here, late, None, folding([])))


def test_a_message_of_a_digest_is_drawn_anew_where_it_has_to_be(
    tx: Transaction, here: Community
) -> None:
    """For those whom it names, by who folded it and not by who draws its key."""
    many(tx, here)
    asked: list[object] = []
    drawn_by = replace(folding(asked), draws=drawing().draws)
    digest = claim(tx, here, LATER, None, drawn_by)
    assert digest is not None
    deliveries.again(tx, digest, LATER, "busy")
    outbox.edit(tx, here, "a:b:0", "better", LATER)
    digest = claim(tx, here, LATER, None, drawn_by)

    assert digest is not None
    assert wire.encode(message("drawn anew")) == digest.body
    assert (here, frozenset({7}), 1, LATER) == asked[-1]


# Who rests.


def test_who_rests_is_written_to_later(tx: Transaction, here: Community) -> None:
    """It is put off to the end of their quiet hours, and not attempted."""
    member = members.meet(tx, here, Person(ANA, "Ana", Role.MEMBER), START)
    members.hush(tx, member, QuietHours(time(14), time(16)))
    put(tx, here, "a:b:1", body=None, to=ANA)
    lane = Lane(here.id, "member", "ana")
    head = claiming.claim_next(tx, lane, LATER, None, drawing())

    over = START.replace(hour=16, minute=0)
    assert head is not None
    assert over == head.due_at
    assert {"a:b:1": "new"} == states(tx)
    head = claiming.claim_next(tx, lane, over, None, drawing("drawn"))
    assert {"a:b:1": "sending"} == states(tx)
