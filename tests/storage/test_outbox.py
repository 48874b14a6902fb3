"""The outbox: what is put, changed, taken back and closed, and who hears of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.community import Community, Settings
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, ThreadRef
from storage import communities, deliveries, file, members, outbox
from storage.database import Transaction
from storage.delivery import Delivery, Lane, Thread
from storage.file import connect
from storage.outbox import Parcel
from tests.harness import COMMUNITY, PLATFORM, START

WALL, ANA = ChannelRef(COMMUNITY, "wall"), MemberRef(COMMUNITY, "ana")
LATER = START + timedelta(minutes=5)
TOPIC = "outbox:harness"
STATES = ("new", "sending", "sent", "parked", "folded", "dead")


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
    return communities.add(tx, COMMUNITY, Settings("es", ZoneInfo("UTC")), START)


@pytest.fixture
def elsewhere(tx: Transaction) -> Community:
    """Another community, in which everything is called the same."""
    other = CommunityRef(PLATFORM, "elsewhere")
    return communities.add(tx, other, Settings("en", ZoneInfo("UTC")), START)


def put(  # noqa: PLR0913  a parcel has as many parts
    tx: Transaction,
    here: Community,
    key: str = "a:b:1",
    body: str | None = "words",
    *,
    to: ChannelRef | MemberRef = WALL,
    names: tuple[int, ...] = (),
    under: str | None = None,
    pinned: bool = False,
) -> int:
    """Queue a message, and return its row; nobody was woken before."""
    parcel = Parcel(to, key, body, names, "call", pinned=pinned, under=under)
    outbox.put(tx, here, parcel, START)
    tx.woken.clear()
    return int(columns(tx, here, key)["id"])


def columns(tx: Transaction, here: Community, key: str = "a:b:1") -> dict[str, Any]:
    """Return all that is stored of a message."""
    query = "SELECT * FROM outbox WHERE community = :here AND key = :key"
    (row,) = tx.all(query, here=here.id, key=key)
    return dict(row)


def become(tx: Transaction, row: int, **changed: str | int | None) -> None:
    """Have a row look as if this had happened to it."""
    for name, value in changed.items():
        query = f"UPDATE outbox SET {name} = :value WHERE id = :row"  # noqa: S608
        tx.run(query, value=value, row=row)


def head(
    tx: Transaction, here: Community, kind: str = "channel", place: str = "wall"
) -> Delivery | None:
    return deliveries.head(tx, Lane(here.id, kind, place), START)


def named(tx: Transaction, row: int) -> list[int]:
    rows = tx.all("SELECT member FROM outbox_names WHERE row = :row", row=row)
    return sorted(each["member"] for each in rows)


def waiting(row: int) -> Delivery:
    """Return what `put` queues, as a courier sees it before its first attempt."""
    return Delivery(
        id=row,
        to=WALL,
        key="a:b:1",
        part=None,
        locale="es",
        body="words",
        version=1,
        message_id=None,
        gone=False,
        due_at=START,
        sending_at=None,
        attempts=0,
        tried_at=None,
        queued_at=START,
        delivery_id="",
        call="call",
    )


def seen(tx: Transaction, here: Community, *where: str) -> Delivery:
    """Return the head of a lane; what a probe looks for has a test of its own."""
    found = head(tx, here, *where)
    assert found is not None
    return replace(found, delivery_id="")


def test_what_is_put_waits_as_it_was_given(tx: Transaction, here: Community) -> None:
    """It is due at once, and the courier of its platform is woken."""
    row = put(tx, here, names=(3, 1, 3))

    assert waiting(row) == seen(tx, here)
    assert [1, 3] == named(tx, row)
    assert 0 == columns(tx, here)["pinned"]
    assert not seen(tx, here).is_undrawn
    outbox.put(tx, here, Parcel(WALL, "a:b:2", None, (), "call"), START)
    assert {TOPIC} == tx.woken


def test_what_is_to_be_pinned_is_noted(tx: Transaction, here: Community) -> None:
    """Beside it, since it can only be pinned once it stands."""
    put(tx, here, pinned=True)
    assert 1 == columns(tx, here)["pinned"]


def test_a_member_is_written_to_in_their_own_words(
    tx: Transaction, here: Community
) -> None:
    """In the language of the place, until theirs is known."""
    row = put(tx, here, to=ANA)
    expected = replace(waiting(row), to=ANA)
    assert expected == seen(tx, here, "member", "ana")

    member = members.meet(tx, here, Person(ANA, "Ana", Role.MEMBER), START)
    tx.run("UPDATE members SET locale = 'de' WHERE key = :key", key=member.key)
    assert replace(expected, locale="de") == seen(tx, here, "member", "ana")
    assert None is head(tx, here, "channel", "ana")


def test_what_carries_no_body_is_drawn_later(tx: Transaction, here: Community) -> None:
    """Unless it is only to be taken down."""
    row = put(tx, here, body=None)
    assert seen(tx, here).is_undrawn
    assert 1 == columns(tx, here)["drawn"]
    become(tx, row, gone=1)
    assert not seen(tx, here).is_undrawn


def test_an_attempt_is_open_until_it_is_settled(
    tx: Transaction, here: Community
) -> None:
    """Meanwhile it is the version that was sent, whatever it is to show by now."""
    row = put(tx, here)
    assert seen(tx, here).is_due(START)
    assert not seen(tx, here).is_due(START - timedelta(milliseconds=1))
    deliveries.claim(tx, seen(tx, here), LATER)
    outbox.edit(tx, here, "a:b:1", "better", LATER)

    sending = replace(waiting(row), body="better", attempts=1, due_at=LATER)
    sending = replace(sending, sending_at=LATER, tried_at=LATER)
    assert sending == seen(tx, here)
    assert seen(tx, here).is_open
    assert not seen(tx, here).is_due(LATER)
    deliveries.again(tx, seen(tx, here), LATER, "busy")
    assert 2 == seen(tx, here).version
    assert None is seen(tx, here).sending_at


def test_a_release_finds_what_the_one_before_sent(
    tx: Transaction, here: Community
) -> None:
    """The name that a post carries is made the same way for ever."""
    row = put(tx, here)
    tx.run("UPDATE instance SET token = 'token', epoch = 1")
    become(tx, row, id=7)

    found = head(tx, here)
    assert found is not None
    assert "ZIRXIEVVC6ODXMXLUH5HJSPJA" == found.delivery_id


# Threads.


def stands(tx: Transaction, row: int, **more: str | int | None) -> None:
    """Have a message stand on the platform."""
    become(tx, row, state="sent", message_id=f"post {row}", **more)


def test_a_reply_goes_under_its_message(tx: Transaction, here: Community) -> None:
    """Which has no thread yet; what it says is what the thread is about."""
    root = put(tx, here, "a:root:1", "root")
    stands(tx, root)
    reply = put(tx, here, under="a:root:1")

    thread = Thread(root, f"post {root}", stands=False, key="a:root:1", about="root")
    assert replace(waiting(reply), thread=thread) == seen(tx, here)
    assert ThreadRef(WALL, f"post {root}") == seen(tx, here).spot
    become(tx, root, thread_is="open", body=None)
    assert replace(thread, stands=True, about=None) == seen(tx, here).thread
    become(tx, root, thread_is="gone")
    assert None is seen(tx, here).thread
    assert WALL == seen(tx, here).spot


def test_what_was_sent_to_a_thread_is_looked_for_there(
    tx: Transaction, here: Community
) -> None:
    """Also where the message above is gone by now; what was not, is not."""
    root = put(tx, here, "a:root:1", "root")
    stands(tx, root)
    reply = put(tx, here, under="a:root:1")
    deliveries.claim(tx, seen(tx, here), START)
    become(tx, root, state="dead")
    there = Thread(root, f"post {root}", stands=True, key="", about=None)
    assert there == seen(tx, here).thread

    become(tx, reply, state="new", message_id="it", gone=1)
    assert there == seen(tx, here).thread
    become(tx, reply, thread=None)
    assert None is seen(tx, here).thread


@pytest.mark.parametrize("to", [ChannelRef(COMMUNITY, "other"), ANA])
def test_a_reply_elsewhere_is_under_nothing(
    tx: Transaction, here: Community, to: ChannelRef | MemberRef
) -> None:
    """A thread is of one channel; a member has none."""
    put(tx, here, "a:root:1")
    put(tx, here, "a:reply:1", to=to, under="a:root:1")
    assert None is columns(tx, here, "a:reply:1")["under"]


def test_a_reply_is_under_what_is_there_and_the_first_of_all(
    tx: Transaction, here: Community, elsewhere: Community
) -> None:
    """Not under another community's message, nor under a reply."""
    put(tx, elsewhere, "a:root:2")
    root = put(tx, here, "a:root:1")
    put(tx, here, "a:reply:1", under="a:root:1")
    put(tx, here, "a:reply:2", under="a:reply:1")
    put(tx, here, "a:reply:3", under="a:root:2")

    asked = [f"a:reply:{number}" for number in (1, 2, 3)]
    assert [root, root, None] == [columns(tx, here, key)["under"] for key in asked]


def test_a_thread_is_closed_behind_all_that_waits(
    tx: Transaction, here: Community, elsewhere: Community
) -> None:
    """Once, however often that is asked, and by no message."""
    put(tx, elsewhere, "a:root:1")
    root = put(tx, here, "a:root:1")
    stands(tx, root, call="another", thread_is="open")
    assert outbox.close_thread(tx, here, "a:root:1", START)
    assert {TOPIC} == tx.woken
    assert outbox.close_thread(tx, here, "a:root:1", LATER)
    assert not outbox.close_thread(tx, here, "a:root:2", LATER)
    assert 1 == len(tx.all("SELECT 1 FROM outbox WHERE closes = 1"))

    thread = Thread(root, f"post {root}", stands=True, key="a:root:1", about="words")
    expected = replace(
        waiting(seen(tx, here).id),
        key=f"threads:close:{root}",
        body="",
        call="another",
        due_at=LATER,
        queued_at=LATER,
        thread=thread,
        closes=True,
    )
    assert expected == seen(tx, here)
    deliveries.claim(tx, seen(tx, here), LATER)
    assert thread == seen(tx, here).thread
    become(tx, root, thread_is=None)
    assert None is seen(tx, here).thread


def test_a_message_is_known_by_where_it_stands(
    tx: Transaction, here: Community, elsewhere: Community
) -> None:
    """In its channel or thread; not by another community's, nor by another id."""
    become(tx, put(tx, elsewhere), message_id="1")
    become(tx, put(tx, here, "a:b:2"), message_id="2", thread="under")

    def key(place: str, message_id: str) -> str | None:
        return outbox.key_of(tx, here, ChannelRef(COMMUNITY, place), message_id)

    assert ["a:b:2", "a:b:2"] == [key("wall", "2"), key("under", "2")]
    assert [None, None] == [key("wall", "1"), key("other", "2")]


# What is changed.

Change = Callable[[Transaction, Community, str], bool]


def edited(tx: Transaction, here: Community, key: str) -> bool:
    return outbox.edit(tx, here, key, "better", LATER)


def redrawn(tx: Transaction, here: Community, key: str) -> bool:
    return outbox.redraw(tx, here, key, LATER)


def removed(tx: Transaction, here: Community, key: str) -> bool:
    return outbox.remove(tx, here, key, LATER)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("change", [edited, redrawn])
def test_what_is_changed_shows_it_wherever_it_is(
    tx: Transaction, here: Community, elsewhere: Community, state: str, change: Change
) -> None:
    """What stands is sent anew; what is dead stays dead."""
    body = None if change is redrawn else "words"
    put(tx, elsewhere, body=body)
    row = put(tx, here, body=body)
    become(tx, row, state=state)
    others = columns(tx, elsewhere)

    assert (state != "dead") == change(tx, here, "a:b:1")
    assert {TOPIC} == tx.woken
    now = columns(tx, here)
    assert ("new" if state == "sent" else state) == now["state"]
    if state != "dead":
        assert "better" == now["body"] or change is redrawn
        assert (2, LATER.timestamp() * 1_000) == (now["version"], now["due_at"])
    assert others == columns(tx, elsewhere)


@pytest.mark.parametrize("change", [edited, redrawn, removed])
def test_what_is_gone_is_not_changed(
    tx: Transaction, here: Community, change: Change
) -> None:
    """Nor what never was."""
    become(tx, put(tx, here, body=None), gone=1)
    before = columns(tx, here)
    assert not change(tx, here, "a:b:1")
    assert not change(tx, here, "a:b:2")
    assert before == columns(tx, here)
    assert {TOPIC} == tx.woken


def test_what_carries_its_words_is_not_drawn_anew(
    tx: Transaction, here: Community
) -> None:
    """They are all there is of it."""
    put(tx, here)
    assert not redrawn(tx, here, "a:b:1")


@pytest.mark.parametrize("posted", [True, False])
@pytest.mark.parametrize("state", STATES)
def test_what_is_taken_back_comes_down_or_never_goes_out(
    tx: Transaction, here: Community, elsewhere: Community, state: str, *, posted: bool
) -> None:
    """What is being sent is taken down after it."""
    put(tx, elsewhere)
    become(tx, put(tx, here), state=state, message_id="1" if posted else None)
    assert (state != "dead") == removed(tx, here, "a:b:1")

    now = columns(tx, here)
    waits = state in {"new", "parked", "folded"}
    expected = "new" if posted else "dead"
    expected = state if state in {"sending", "dead"} else expected
    assert (state != "dead", expected) == (now["gone"] == 1, now["state"])
    assert ("cancelled" if waits and not posted else None) == now["reason"]
    assert 0 == columns(tx, elsewhere)["gone"]
    assert {TOPIC} == tx.woken


# Who is named.


def digest(tx: Transaction, here: Community) -> tuple[int, int, int]:
    """Fold two messages, and return the two of the digest; each speaks of one."""
    folded = [put(tx, here, f"a:b:{n}", names=(n,)) for n in (1, 2)]
    parts = [put(tx, here, f"a:digest:{n}", names=(n,)) for n in (1, 2)]
    for row in folded:
        become(tx, row, state="folded", digest=folded[0])
    for number, row in enumerate(parts, 1):
        become(tx, row, digest=folded[0], part=number, state="sent", message_id="1")
    return folded[0], parts[0], parts[1]


@pytest.mark.parametrize("change", [edited, redrawn, removed])
def test_what_befalls_a_folded_message_reaches_its_digest(
    tx: Transaction, here: Community, change: Change
) -> None:
    """The message of it that names the same people, and no other."""
    put(tx, here, "a:b:3")
    digest(tx, here)
    tx.run("UPDATE outbox SET drawn = 1")
    assert change(tx, here, "a:b:3")
    assert "sent" == columns(tx, here, "a:digest:1")["state"]

    assert change(tx, here, "a:b:1")
    told, other = (columns(tx, here, f"a:digest:{number}") for number in (1, 2))
    assert (None, 2, "new") == (told["body"], told["version"], told["state"])
    assert LATER.timestamp() * 1_000 == told["due_at"]
    assert ("words", 1, "sent") == (other["body"], other["version"], other["state"])


@pytest.mark.parametrize("state", STATES)
def test_what_may_still_go_out_is_drawn_anew_for_whoever_hides(
    tx: Transaction, here: Community, state: str
) -> None:
    """Not what stands, is of others, is said to one person, or carries its words."""
    whose = {"a:b:1": 1, "a:b:2": 2}
    for key, member in whose.items():
        become(tx, put(tx, here, key, None, names=(member,)), state=state)
    become(tx, put(tx, here, "a:c:1", names=(1,)), state=state)
    become(tx, put(tx, here, "a:d:1", None, to=ANA, names=(1,)), state=state)
    outbox.draw_anew_naming(tx, here, 1)

    unsettled = state in {"new", "sending", "parked"}
    versions = [columns(tx, here, key)["version"] for key in whose]
    assert [1 + unsettled, 1] == versions
    assert [1, 1] == [columns(tx, here, key)["version"] for key in ("a:c:1", "a:d:1")]


def test_a_digest_that_waits_is_drawn_anew_for_whoever_hides(
    tx: Transaction, here: Community, elsewhere: Community
) -> None:
    """The message of it that names them; one that stands is not."""
    _, first, second = digest(tx, here)
    become(tx, second, state="new")
    outbox.draw_anew_naming(tx, elsewhere, 2)
    assert "words" == columns(tx, here, "a:digest:2")["body"]
    outbox.draw_anew_naming(tx, here, 1)
    outbox.draw_anew_naming(tx, here, 2)

    assert "words" == columns(tx, here, "a:digest:1")["body"]
    assert None is columns(tx, here, "a:digest:2")["body"]
    assert 2 == columns(tx, here, "a:digest:2")["version"]
    assert first < second


@pytest.mark.parametrize("state", STATES)
def test_who_wants_no_messages_gets_none_that_waited(
    tx: Transaction, here: Community, elsewhere: Community, state: str
) -> None:
    """What is being sent is taken down; what stands is theirs, and others' go on."""
    become(tx, put(tx, elsewhere, to=ANA), state=state)
    for key, to in {"a:b:1": ANA, "a:b:2": MemberRef(COMMUNITY, "ben")}.items():
        become(tx, put(tx, here, key, to=to), state=state)
    become(tx, put(tx, here, "a:b:3", to=ANA), state=state, message_id="1")
    become(tx, put(tx, here, "a:b:4", to=ChannelRef(COMMUNITY, "ana")), state=state)
    outbox.drop_direct(tx, here, ANA, LATER)

    now = columns(tx, here)
    dropped = state in {"new", "sending", "parked"}
    assert dropped == (now["gone"] == 1) == (now["reason"] == "cancelled")
    expected = "dead" if dropped and state != "sending" else state
    assert expected == now["state"]
    assert (now["due_at"] == LATER.timestamp() * 1_000) == dropped
    others = [columns(tx, here, f"a:b:{n}")["gone"] for n in (2, 3, 4)]
    assert [0, 0, 0, 0] == [*others, columns(tx, elsewhere)["gone"]]
    assert {TOPIC} == tx.woken
