"""T45: which day a check-in is for, at midnights, clock changes and moves."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.chat.message import Action
from bot.chat.responses import Refuse
from bot.chat.text import When
from bot.domain.challenges import Challenge, Proof, Score
from cogs.checkins import rules
from cogs.checkins.rules import Actor, Course
from storage.challenges import scores
from storage.database import Transaction
from tests.cogs import checking
from tests.harness import Community, Reply, community

SECOND = timedelta(seconds=1)
DAYS = 4

CHANGES = [
    ("UTC", date(2026, 4, 1)),
    ("America/New_York", date(2026, 3, 7)),  # 23 hours on the 8th
    ("America/New_York", date(2026, 10, 31)),  # 25 hours on the 1st
    ("Europe/Madrid", date(2026, 3, 28)),
    ("Asia/Beirut", date(2026, 3, 28)),  # the 29th begins at one o'clock
    ("America/Havana", date(2026, 10, 31)),  # midnight of the 1st comes twice
    ("America/Santiago", date(2026, 4, 3)),  # the last hour of the 4th comes twice
    ("Australia/Lord_Howe", date(2026, 4, 4)),  # half an hour
    ("Pacific/Kiritimati", date(2026, 4, 1)),
    ("Pacific/Niue", date(2026, 4, 1)),
    ("Asia/Kathmandu", date(2026, 4, 1)),
]
"""Zones, each with the first of four days around which their clocks change."""


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


def first_instant(zone: ZoneInfo, on: date) -> datetime:
    """Return when a date begins somewhere, found by looking at the clock there."""
    at = datetime(on.year, on.month, on.day, tzinfo=UTC) - timedelta(hours=26)
    while at.astimezone(zone).date() < on:
        at += timedelta(minutes=1)
    while (at - SECOND).astimezone(zone).date() >= on:
        at -= SECOND
    return at


@dataclass(frozen=True, slots=True)
class Window:
    """A day of a challenge where somebody lives: what is before `until` is in it."""

    day: int
    since: datetime
    until: datetime


def windows(zone: str, start: date) -> Sequence[Window]:
    """Return the days of a challenge that begins on ``start``."""
    edges = [
        first_instant(ZoneInfo(zone), start + timedelta(days=day))
        for day in range(DAYS + 1)
    ]
    return [Window(day, *pair) for day, pair in enumerate(pairwise(edges), 1)]


async def press(home: Community, who: str, challenge: Challenge, at: datetime) -> Reply:
    """Have a press of Check in be received at an instant, whenever it is run."""
    action = Action("checkins.check", (challenge.id,))
    return await home.do(home.call(who, at=at), action, None)


async def faults(home: Community, zone: str, start: date) -> list[str]:
    """Return where what was credited differs from the calendar on the wall."""
    challenge = await checking.opened(home, starts_on=start, days=DAYS)
    known = windows(zone, start)
    found = []
    for who, of in MEMBERS.items():
        await checking.join(home, who, challenge)
        await checking.live_in(home, who, zone)
        for at, day in ((at, w.day) for w in known for at in of(w)):
            before = await checking.days_of(home, who, challenge)
            reply = await press(home, who, challenge, at)
            after = await checking.days_of(home, who, challenge)
            expected = sorted({*before, day})
            if after != expected:
                found.append(f"{who} at {at}: {after}, not {expected}")
            if reply.refused and (wrong := _wrong_next(reply, known, day)):
                found.append(f"{who} at {at}: {wrong}")
        score = await _score(home, who, challenge)
        if (score.days, score.streak, score.best_streak) != (DAYS, DAYS, DAYS):
            found.append(f"{who} has {score}")
    for at, said in (
        (known[0].since - SECOND, "checkins.refused-early"),
        (known[-1].until, "checkins.refused-days-over"),
    ):
        reply = await press(home, "First", challenge, at)
        if not reply.refused or reply.reason != said:
            found.append(f"at {at}: {reply.text}")
    return found


MEMBERS: dict[str, Callable[[Window], Sequence[datetime]]] = {
    "First": lambda w: [w.since],
    "Soon": lambda w: [w.since + SECOND],
    "Last": lambda w: [w.until - SECOND],
    "Often": lambda w: [w.since, w.since + SECOND, w.until - SECOND],
}
"""When each presses in a window."""


def _wrong_next(reply: Reply, known: Sequence[Window], day: int) -> str | None:
    """Return what is wrong with when the next day is said to begin."""
    assert isinstance(reply.response, Refuse)
    said = reply.response.reason.values.get("begins")
    if day == DAYS:
        return None if said is None else f"a day behind the last begins {said}"
    expected = When(known[day].since)
    return None if said == expected else f"the next begins {said}, not {expected}"


async def _score(home: Community, who: str, challenge: Challenge) -> Score:
    key = await checking.key_of(home, who)
    return await home.database.read(scores.of, challenge.id, key)


@pytest.mark.parametrize(("zone", "start"), CHANGES)
async def test_credited_by_receipt_on_the_members_own_day(
    home: Community, zone: str, start: date
) -> None:
    """To the second, on days of 23, 24 and 25 hours; rows of days run on."""
    assert [] == await faults(home, zone, start)


@pytest.mark.parametrize(
    ("zone", "start"), [each for each in CHANGES if each[0] != "UTC"]
)
async def test_a_day_of_the_communitys_is_found(
    home: Community, zone: str, start: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: days that are counted by the community's clocks."""
    own = rules.course

    def careless(tx: Transaction, actor: Actor, challenge: Challenge) -> Course:
        here = replace(actor.member, zone=actor.community.settings.zone)
        return own(tx, replace(actor, member=here), challenge)

    monkeypatch.setattr(rules, "course", careless)
    assert await faults(home, zone, start)


async def test_a_day_of_24_hours_is_found(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: days that are counted by hours since the first began."""
    own = rules.course

    def careless(tx: Transaction, actor: Actor, challenge: Challenge) -> Course:
        known = own(tx, actor, challenge)
        hours = (actor.at - known.begins_at(1)) / timedelta(hours=24)
        return replace(known, own=int(hours // 1) + 1)

    monkeypatch.setattr(rules, "course", careless)
    assert await faults(home, "America/New_York", date(2026, 3, 7))


async def test_what_is_delivered_late_counts_for_when_it_was_received(
    home: Community,
) -> None:
    """Whatever else came in between, and whatever the clock shows by then."""
    songs = await checking.opened(home, starts_on=date(2026, 3, 6))
    await checking.join(home, "Ana", songs)
    midnight = datetime(2026, 3, 7, tzinfo=UTC)

    await press(home, "Ana", songs, midnight + SECOND)
    await press(home, "Ana", songs, midnight - SECOND)

    found = await checking.all_of(home, "Ana", songs)
    assert [(1, False), (2, False)] == [(each.day, each.late) for each in found]


async def test_nobody_dates_a_check_in_back(home: Community) -> None:
    """A day that is over is over, by command, by button and by form."""
    songs = await checking.opened(home)
    await checking.join(home, "Ana", songs)
    await home.wait(days=2)

    typed = await home.type("Ana", "checkin", day=1)
    button = Action("checkins.check-day", (songs.id, 1))
    pressed = await home.do(home.call("Ana"), button, None)
    form = Action("checkins.with-words", (songs.id, 1))
    sent = await home.do(home.call("Ana"), form, {"words": "Yesterday"})

    reasons = {each.reason for each in (typed, pressed, sent)}
    assert {"checkins.refused-past"} == reasons
    assert [] == await checking.all_of(home, "Ana", songs)


async def test_a_form_counts_for_when_it_is_sent(home: Community) -> None:
    """Not for when it was opened: behind midnight it is the next day's."""
    songs = await checking.opened(home, proof=Proof.TEXT)
    await checking.join(home, "Ana", songs)
    form = await checking.check(home, "Ana", songs)
    await home.wait(hours=9)

    await home.fill_in("Ana", form, words="It got late")

    assert [2] == await checking.days_of(home, "Ana", songs)


FAR = (
    "Pacific/Niue", "Pacific/Honolulu", "America/New_York", "UTC", "Asia/Kolkata",
    "Asia/Tokyo", "Pacific/Auckland", "Pacific/Chatham", "Pacific/Kiritimati",
)  # fmt: skip


@pytest.mark.parametrize("seed", range(12))
async def test_moving_gives_no_day_twice_and_takes_none_away(
    home: Community, seed: int
) -> None:
    """Whoever presses every three hours has every day once, wherever they move to."""
    dice = random.Random(seed)  # noqa: S311  the same moves each time
    start = date(2026, 3, 8)
    songs = await checking.opened(home, starts_on=start, days=9)
    await checking.join(home, "Ana", songs)
    await checking.live_in(home, "Ana", dice.choice(FAR))
    at = datetime(2026, 3, 6, 15, tzinfo=UTC)
    while at < datetime(2026, 3, 19, tzinfo=UTC):
        if dice.random() < 0.15:
            to = Action("members.zone")
            await home.do(home.call("Ana", at=at), to, {"zone": dice.choice(FAR)})
        await press(home, "Ana", songs, at)
        at += timedelta(hours=3)

    assert list(range(1, 10)) == await checking.days_of(home, "Ana", songs)
    score = await _score(home, "Ana", songs)
    assert (90, 9, 9) == (score.points, score.days, score.streak)
    assert 0 == await checking.drift(home)


async def test_a_date_that_comes_back_is_over(home: Community) -> None:
    """Who moved far west lives the last date again, and it was theirs once already."""
    songs = await checking.opened(home, starts_on=date(2026, 3, 5))
    await checking.join(home, "Ana", songs)
    await checking.live_in(home, "Ana", "Pacific/Kiritimati")
    noon = datetime(2026, 3, 7, 9, tzinfo=UTC)  # 23:00 on the 7th, their third day
    await press(home, "Ana", songs, noon)
    await checking.live_in(home, "Ana", "Pacific/Niue")

    again = await press(home, "Ana", songs, noon + timedelta(hours=1))  # the 6th

    assert "checkins.refused-again" == again.reason
    assert [3] == await checking.days_of(home, "Ana", songs)
