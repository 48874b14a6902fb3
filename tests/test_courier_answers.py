"""The courier by itself: what each answer of a platform comes to, and who is told."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from bot import logs
from bot.chat import wire
from bot.chat.adapter import (
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.courier import FIRST_WAIT_S, MAX_ATTEMPTS, MAX_WAIT_S
from storage import outbox
from tests.courier_desk import SETTLE_S, WALL, Desk, message, once, serving
from tests.harness import START, Platform


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with serving(tmp_path / "laurel.sqlite3") as desk:
        yield desk


async def test_what_is_taken_is_noted(desk: Desk) -> None:
    """Under the platform's own id; moderators hear nothing of what goes well."""
    given: list[Posting | None] = []
    carried: list[str] = []

    async def note(_request: str, posting: Posting | None) -> None:
        given.append(posting)
        carried.append(logs._call_id.get())

    desk.platform.gate = note
    await desk.put("one")

    (posting,) = given
    assert posting is not None
    assert Posting(WALL, message("one"), "en", posting.delivery_id) == posting
    assert ["call one"] == carried
    row = await desk.row("one")
    assert ("sent", None, 0, "1") == (
        row["state"], row["reason"], row["attempts"], row["message_id"],
    )  # fmt: skip
    assert [] == desk.told
    assert "courier harness" == desk.courier.name


@pytest.mark.parametrize("before", range(MAX_ATTEMPTS + 2))
async def test_each_wait_is_twice_as_long_as_the_last(desk: Desk, before: int) -> None:
    """Up to the longest; after eight it is in doubt, and moderators are told once."""
    desk.platform.fault = once(NotAcceptedError("busy"), times=99)
    await desk.put("one", to="other")
    await desk.set("one", attempts=before, due_at=round(START.timestamp() * 1_000))
    await desk.wait(0)

    tried = before + 1
    wait_s = FIRST_WAIT_S * 2**before if tried <= MAX_ATTEMPTS else MAX_WAIT_S
    expected = {"state": "new", "reason": "busy", "attempts": tried, "due": wait_s}
    assert {**expected, "message_id": None} == await desk.row("one")
    first = [("one", "busy", START)] if tried == MAX_ATTEMPTS else []
    assert first == desk.told


@pytest.mark.parametrize(("asked_s", "waited_s"), [(90.0, 90.0), (1.0, 2.0)])
async def test_a_platform_may_ask_to_wait_longer_and_not_shorter(
    desk: Desk, asked_s: float, waited_s: float
) -> None:
    """What it says counts, and so does what Laurel waits anyway."""
    desk.platform.fault = once(NotAcceptedError("429", asked_s))
    await desk.put("one")
    assert waited_s == (await desk.row("one"))["due"]
    await desk.wait(waited_s - 0.001)
    assert [] == desk.said()
    await desk.wait(0.001)
    assert ["one"] == desk.said()


async def test_what_is_refused_is_set_aside_and_told(desk: Desk) -> None:
    """With what is wanting, in the instant; what is behind it goes on."""
    refusal = RefusedError("no-permission", ("common.wanting",))
    desk.platform.fault = once(refusal)
    await desk.put("one", "two")

    row = await desk.row("one")
    assert ("parked", "no-permission common.wanting") == (row["state"], row["reason"])
    assert [("one", "no-permission common.wanting", START)] == desk.told
    assert ["two"] == desk.said()


@pytest.mark.parametrize("reason", ["message-gone", "thread-gone"])
async def test_what_somebody_deleted_is_no_trouble(desk: Desk, reason: str) -> None:
    """Of what stood it is their word; of what never stood it is a refusal."""
    await desk.put("one")
    desk.platform.fault = once(RefusedError(reason), at="edit")
    await desk.change(outbox.edit, "one", wire.encode(message("better")))
    assert ("dead", []) == (await desk.state("one"), desk.told)

    desk.platform.fault = once(RefusedError(reason))
    await desk.put("two")
    assert "parked" == await desk.state("two")
    desk.platform.fault = once(RefusedError("no-permission"), at="edit")
    await desk.put("three")
    await desk.change(outbox.edit, "three", wire.encode(message("better")))
    assert "parked" == await desk.state("three")
    assert [("two", reason, START), ("three", "no-permission", START)] == desk.told


@pytest.mark.parametrize("fault", [ValueError("?"), TimeoutError()])
async def test_what_goes_wrong_unforeseen_is_set_aside(
    desk: Desk, fault: Exception
) -> None:
    """It is one message, and not the place."""
    desk.platform.fault = once(fault)
    await desk.put("one", "two")
    assert ("parked", "undrawable") == (
        await desk.state("one"), (await desk.row("one"))["reason"],
    )  # fmt: skip
    assert [("one", "undrawable", START)] == desk.told
    assert ["two"] == desk.said()


# No answer.


async def test_what_has_no_answer_is_left_alone_until_it_is_settled(desk: Desk) -> None:
    """To the very moment; then it is looked for, and known by what it stands as."""
    desk.platform.late = once(OutcomeUnknownError("reset"))
    asked = noted(desk)
    await desk.put("one", "two")
    await desk.wait(SETTLE_S - 0.001)
    assert ["post"] == asked
    assert "sending" == await desk.state("one")
    await desk.wait(0.001)

    assert ["post", "find", "post"] == asked
    row = await desk.row("one")
    assert ("sent", "1", 0) == (row["state"], row["message_id"], row["attempts"])
    assert ["one", "two"] == desk.said()


def noted(desk: Desk) -> list[str]:
    """Return the requests that the platform gets from now on."""
    asked: list[str] = []
    fault = desk.platform.fault

    def note(request: str) -> None:
        asked.append(request)
        fault(request)

    desk.platform.fault = note
    return asked


async def test_what_wakes_the_courier_settles_nothing(desk: Desk) -> None:
    """Something was queued while the answer was lost: it is looked for no sooner."""

    def lose(_request: str) -> None:
        desk.courier.wake()
        raise OutcomeUnknownError("reset")

    desk.platform.late = lose
    asked = noted(desk)
    await desk.put("one", "two")
    assert ["post"] == asked


async def test_what_is_not_there_is_sent_again_at_once(desk: Desk) -> None:
    """It was looked for where it was sent to, under its own name, from then on."""
    looked: list[object] = []

    async def find(*asked: object) -> str | None:
        looked.append(asked)
        return None

    desk.platform.fault = once(OutcomeUnknownError("timeout"))
    held = Finding(desk.platform, find)
    desk.courier._adapter = held
    await desk.put("one")
    desk.clock.move(seconds=5)
    await desk.wait(SETTLE_S)

    (post,) = desk.platform.posts
    assert [(WALL, post.delivery_id, START)] == looked
    assert "sent" == await desk.state("one")


class Finding(Platform):
    """A platform on which a test says what is found."""

    def __init__(
        self, of: Platform, find: Callable[..., Awaitable[str | None]]
    ) -> None:
        super().__init__(of.speech, of.clock, of.posts)
        self._looks = find

    async def find(self, *asked: object) -> str | None:
        return await self._looks(*asked)


async def test_who_cannot_look_now_looks_again(desk: Desk) -> None:
    """And sends nothing meanwhile; nobody is told."""
    desk.platform.late = once(OutcomeUnknownError("reset"))
    await desk.put("one")
    desk.platform.fault = once(NotAcceptedError("429"), at="find", times=2)
    for expected in ("sending", "sending", "sent"):
        await desk.wait(SETTLE_S)
        assert expected == await desk.state("one")
    assert (["one"], []) == (desk.said(), desk.told)


async def test_who_may_not_look_sends_again_and_counts_it(desk: Desk) -> None:
    """It may stand twice, which admins can read."""
    desk.platform.blind = True
    desk.platform.late = once(OutcomeUnknownError("reset"))
    await desk.put("one")
    await desk.wait(SETTLE_S)

    assert ["one", "one"] == desk.said()
    counted = "SELECT unseen FROM outbox"
    assert 1 == await desk.database.read(lambda tx: tx.all(counted)[0]["unseen"])
    assert "sent" == await desk.state("one")


@pytest.mark.parametrize(
    ("request_", "act"), [("edit", outbox.edit), ("remove", outbox.remove)]
)
async def test_an_edit_or_a_removal_is_done_again_without_looking(
    desk: Desk, request_: str, act: Callable[..., object]
) -> None:
    """It may be done twice; at the eighth time it is in doubt, and waits longer."""
    await desk.put("one")
    desk.platform.fault = once(OutcomeUnknownError("reset"), at=request_, times=99)
    asked = noted(desk)
    given = (wire.encode(message("better")),) if act is outbox.edit else ()
    await desk.change(act, "one", *given)
    assert [request_] == asked
    for tried in range(2, MAX_ATTEMPTS + 1):
        assert [] == desk.told
        await desk.wait(SETTLE_S)
        assert tried == len(asked)
    await desk.wait(SETTLE_S)

    assert [request_] * MAX_ATTEMPTS == asked
    assert [("one", "no-answer", desk.clock())] == desk.told
    row = await desk.row("one")
    assert ("new", "no-answer", MAX_ATTEMPTS) == (
        row["state"], row["reason"], row["attempts"],
    )  # fmt: skip
    assert MAX_WAIT_S == row["due"] - (desk.clock() - START).total_seconds()  # type: ignore[operator]


async def in_doubt(desk: Desk) -> None:
    """Have a message wait that was turned away as often as the place is trusted."""
    desk.platform.fault = once(NotAcceptedError("busy"), times=1)
    await desk.put("one")
    await desk.set("one", attempts=MAX_ATTEMPTS)


async def test_the_next_one_tells_whether_the_place_is_at_fault(desk: Desk) -> None:
    """Where it is taken, the one before it is set aside, and was told of already."""
    await in_doubt(desk)
    desk.platform.fault = once(NotAcceptedError("busy"))
    await desk.put("two")
    await desk.wait(FIRST_WAIT_S)

    assert ["two"] == desk.said()
    assert ("parked", "sent") == (await desk.state("one"), await desk.state("two"))
    assert [] == desk.told


async def test_where_the_next_one_fails_as_well_both_wait(desk: Desk) -> None:
    """As long as can be, and the one in doubt is tried first; nothing is overtaken."""
    await in_doubt(desk)
    desk.platform.fault = once(NotAcceptedError("busy"), times=2)
    await desk.put("two")
    await desk.wait(FIRST_WAIT_S)

    for key, attempts in {"one": MAX_ATTEMPTS + 1, "two": 1}.items():
        row = await desk.row(key)
        assert ("new", attempts) == (row["state"], row["attempts"])
        assert FIRST_WAIT_S + MAX_WAIT_S == row["due"]
    await desk.wait(MAX_WAIT_S)
    assert ["one", "two"] == desk.said()


async def test_the_next_one_without_an_answer_waits_as_long(desk: Desk) -> None:
    """It was looked for, and is not there: the place may be at fault."""
    await in_doubt(desk)
    failing = [NotAcceptedError("busy"), OutcomeUnknownError("reset")]

    def fail(request: str) -> None:
        if request == "post" and failing:
            raise failing.pop(0)

    desk.platform.fault = fail
    await desk.put("two")
    await desk.wait(FIRST_WAIT_S)
    await desk.wait(SETTLE_S)
    row = await desk.row("two")
    assert ("new", "no-answer") == (row["state"], row["reason"])
    assert FIRST_WAIT_S + SETTLE_S + MAX_WAIT_S == row["due"]
