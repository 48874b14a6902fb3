"""Challenges to take part in, as tests put them up, and what became of check-ins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

from bot.chat.fields import Upload
from bot.chat.message import Action
from bot.domain.challenges import Challenge, Proof, Scoring, State, Terms
from bot.domain.community import ZoneChange
from bot.domain.people import Person, Role
from storage import communities, members
from storage.acts import Act
from storage.challenges import book, checkins, scores
from storage.challenges.checkins import CheckIn, CheckInState, Verdict
from storage.challenges.scores import Place
from storage.database import Transaction
from storage.settling import By
from tests.cards.platforms import png
from tests.harness import Community, Reply

TITLE = "Seven songs"


PNG = Upload("song.png", "image/png", png())

_EVERY_STEP = (State.DRAFT, State.OPEN, State.RUNNING, State.REVIEW, State.FINAL)


async def opened(
    home: Community, state: State = State.RUNNING, **asked: object
) -> Challenge:
    """Have there be a challenge that begins today, by the community's clocks."""

    def unit(tx: Transaction) -> Challenge:
        here = communities.get(tx, home.ref)
        today = home.clock().astimezone(here.settings.zone).date()
        terms = Terms(
            1, TITLE, "", today, 7, time(9), ("Sing.",), home.channel("songs"),
            scoring=Scoring(10), proof=Proof.NONE,
        )  # fmt: skip
        terms = replace(terms, **asked)  # type: ignore[arg-type]
        by = act(tx, home)
        made = book.create(tx, here, terms, by)
        for step in _EVERY_STEP[1 : _EVERY_STEP.index(state) + 1]:
            made = book.move(tx, here, made, step, by)
        return made

    made = await home.database.write(unit)
    await home.laurel.settle()
    return made


async def moved(home: Community, challenge: Challenge, to: State) -> None:
    """Have a challenge be in another state."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        known = book.get(tx, here, challenge.id)
        assert known is not None
        book.move(tx, here, known, to, act(tx, home))

    await home.database.write(unit)
    await home.laurel.settle()


def act(tx: Transaction, home: Community) -> Act:
    """Return an act of a moderator, now."""
    here, at = communities.get(tx, home.ref), home.clock()
    by = members.meet(tx, here, home.person("Mo", Role.MODERATOR), at)
    return Act(by, f"act-{at.timestamp()}", at)


async def met(home: Community, *people: Person) -> None:
    """Have Laurel know people, as whoever used it once."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        for each in people:
            members.meet(tx, here, each, home.clock())

    await home.database.write(unit)


async def join(home: Community, who: str, challenge: Challenge) -> Reply:
    """Have somebody press Join under the announcement."""
    action = Action("checkins.join", (challenge.id,))
    return await home.do(home.call(who), action, None)


async def check(home: Community, who: str, challenge: Challenge) -> Reply:
    """Have somebody press Check in under a prompt."""
    action = Action("checkins.check", (challenge.id,))
    return await home.do(home.call(who), action, None)


async def live_in(home: Community, who: str, zone: str) -> None:
    """Have somebody live in a zone, from now on and without waiting for a midnight."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        member = members.meet(tx, here, home.person(who), home.clock())
        change = ZoneChange(ZoneInfo(zone), home.clock() - timedelta(days=2))
        members.move(tx, member, change)

    await home.database.write(unit)


async def key_of(home: Community, who: str) -> int:
    """Return what facts call somebody."""

    def unit(tx: Transaction) -> int:
        here = communities.get(tx, home.ref)
        return members.meet(tx, here, home.person(who), home.clock()).key

    return await home.database.write(unit)


async def all_of(home: Community, who: str, challenge: Challenge) -> Sequence[CheckIn]:
    """Return all that somebody checked in with, by day."""
    key = await key_of(home, who)
    return await home.database.read(checkins.of_member, challenge.id, key)


async def days_of(home: Community, who: str, challenge: Challenge) -> list[int]:
    """Return the days that count for somebody."""
    found = await all_of(home, who, challenge)
    return [each.day for each in found if each.state is CheckInState.COUNTED]


async def board(home: Community, challenge: Challenge) -> list[tuple[int, str, int]]:
    """Return who stands where, with how many points."""
    places: Sequence[Place] = await home.database.read(
        lambda tx: scores.board(tx, communities.get(tx, home.ref), challenge.id, 100)
    )
    return [(each.rank, each.platform_id, each.points) for each in places]


async def settled(
    home: Community, checkin: CheckIn, state: CheckInState, judged: int = 0
) -> bool:
    """Have a moderator settle a check-in."""

    def unit(tx: Transaction) -> bool:
        here = communities.get(tx, home.ref)
        by = By(act(tx, home).actor, f"settle-{checkin.id}-{home.clock().timestamp()}")
        verdict = Verdict(state, by, judged)
        return checkins.settle(tx, here, checkin.id, verdict, home.clock())

    done = await home.database.write(unit)
    await home.laurel.settle()
    return done


async def drift(home: Community) -> int:
    """Return for how many what is kept differs from a recount."""
    return await home.database.read(scores.drift)


def on(day: int) -> date:
    """Return a day of March 2026, in which the tests begin on the 6th."""
    return date(2026, 3, day)
