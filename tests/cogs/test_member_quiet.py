"""A member's own quiet hours: what Laurel would write to them waits for their end."""

from __future__ import annotations

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.chat.adapter import NotAcceptedError
from bot.domain.community import ZoneChange
from storage import communities, members
from storage.database import Transaction
from tests.harness import START, Community, Reply

EVENING, MORNING = time(18), time(8)
WHY = "You rewrote the guide, and I understood it at last."


async def hush(
    home: Community, who: str, since: time | None, until: time | None
) -> Reply:
    """Have somebody choose their quiet hours."""
    form = await home.press(who, await home.type(who, "laurel me"), "Quiet hours")
    return await home.fill_in(who, form, since=since, until=until)


async def praise(home: Community, to: str, why: str = WHY) -> None:
    """Thank somebody in private, which they are told by a direct message."""
    people = (home.person(to),)
    done = await home.type("Ana", "shoutout", to=people, why=why, private=True)
    assert not done.refused, done.text


async def until(home: Community, hour: int, day: int = 6) -> None:
    """Let time pass until an hour of a day of March."""
    at = datetime(2026, 3, day, hour, tzinfo=UTC)
    await home.wait(seconds=(at - home.clock()).total_seconds())


async def test_they_are_chosen_seen_and_given_up_again(home: Community) -> None:
    """On one's own page, by the form that shows what stands."""
    chosen = await hush(home, "Ben", EVENING, MORNING)
    form = await home.press("Ben", chosen, "Quiet hours")
    none = await home.fill_in("Ben", form, since=None, until=None)

    assert "18:00 to 08:00" in chosen.text
    assert {"since": EVENING, "until": MORNING} == form.form.draft
    assert "None, so Laurel writes to you at any time" in none.text


@pytest.mark.parametrize(
    ("since", "until_", "reason", "at"),
    [
        (EVENING, None, "common.refused-quiet-half", "until"),
        (None, MORNING, "common.refused-quiet-half", "since"),
        (MORNING, MORNING, "common.refused-quiet-same", "until"),
    ],
)
async def test_they_have_two_ends(
    home: Community, since: time | None, until_: time | None, reason: str, at: str
) -> None:
    """What is missing is told beside its question."""
    refused = await hush(home, "Ben", since, until_)

    assert (reason, at) == (refused.reason, refused.at)


async def test_what_laurel_would_write_waits_for_their_end(home: Community) -> None:
    """It comes then, in order, and not a moment before; others are told at once."""
    await hush(home, "Ben", EVENING, MORNING)
    await until(home, 19)
    await praise(home, "Ben")
    await praise(home, "Cleo")
    await until(home, 7, day=7)
    early = home.dms("Ben")
    await until(home, 8, day=7)

    assert [] == early
    assert 1 == len(home.dms("Ben"))
    assert 1 == len(home.dms("Cleo"))


async def test_what_is_written_outside_them_comes_at_once(home: Community) -> None:
    """They are hours, and not a switch."""
    await hush(home, "Ben", EVENING, MORNING)
    await praise(home, "Ben")

    assert 1 == len(home.dms("Ben"))


async def test_they_go_by_ones_own_clock(home: Community) -> None:
    """Eight in the morning is that of where the member is."""

    def move(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        ben = members.meet(tx, here, home.person("Ben"), START)
        members.move(tx, ben, ZoneChange(ZoneInfo("Asia/Tokyo"), START))

    await home.database.write(move)
    await hush(home, "Ben", EVENING, MORNING)  # it is midnight there
    await praise(home, "Ben")
    asleep = home.dms("Ben")
    await until(home, 23)

    assert [] == asleep
    assert 1 == len(home.dms("Ben"))


async def test_what_was_tried_is_not_tried_again_in_them(home: Community) -> None:
    """Also where a platform that was down comes back in the middle of the night."""
    await hush(home, "Ben", EVENING, MORNING)
    await until(home, 17)

    def down(request: str) -> None:
        if request == "post":
            raise NotAcceptedError("down", retry_after_s=3_600)

    home.platform.fault = down
    await praise(home, "Ben")
    home.platform.fault = lambda _request: None
    await until(home, 20)
    night = home.dms("Ben")
    await until(home, 8, day=7)

    assert [] == night
    assert 1 == len(home.dms("Ben"))


async def test_given_up_what_waits_comes_at_once(home: Community) -> None:
    """Nobody waits for hours that are no more."""
    await hush(home, "Ben", EVENING, MORNING)
    await until(home, 19)
    await praise(home, "Ben")
    quiet = home.dms("Ben")
    await hush(home, "Ben", None, None)

    assert [] == quiet
    assert 1 == len(home.dms("Ben"))


async def test_what_one_asks_for_is_answered_in_them(home: Community) -> None:
    """Answers are no messages, and the wall is everybody's."""
    await hush(home, "Ben", EVENING, MORNING)
    await until(home, 19)
    people = (home.person("Ben"),)
    await home.type("Ana", "shoutout", to=people, why=WHY)

    assert "Quiet hours" in (await home.type("Ben", "laurel me")).text
    assert 1 == len(home.posts())


async def test_what_is_taken_back_in_them_never_comes(home: Community) -> None:
    """It was not said yet, and is not said any more."""
    await hush(home, "Ben", EVENING, MORNING)
    await until(home, 19)
    people = (home.person("Ben"),)
    given = await home.type("Ana", "shoutout", to=people, why=WHY, private=True)
    await home.press("Ana", given, "Undo")
    await until(home, 9, day=7)

    assert [] == home.dms("Ben")
