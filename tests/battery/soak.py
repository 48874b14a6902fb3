"""A long life in one process: thanks and check-ins through dispatch, and what it takes.

``python -m tests.battery.soak FILE COUNT LEAK`` prints what it measured as JSON. With a
LEAK other than 0, every answer is kept: planted, for the test of the test.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
from datetime import time, timedelta
from functools import partial
from pathlib import Path
from time import perf_counter

from bot.app import Laurel
from bot.chat.responses import Call, Refuse, Response
from bot.domain.challenges import Proof, Scoring, State, Terms
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef
from storage import communities, members
from storage.acts import Act
from storage.boards import recount
from storage.challenges import book, scores
from storage.database import Transaction
from tests.bench import crowd
from tests.bench.processes import resident_mb
from tests.harness import COMMUNITY, START

A_DAY = 4 * crowd.PEOPLE
"""Thanks within everybody's allowance."""

ENTRANTS = 100
WEEKS = 13
CALLERS = 50
FIRST_SHARE = 0.1
"""How much has happened at the first look."""

SONGS = ChannelRef(COMMUNITY, "songs")
MODERATOR = Person(MemberRef(COMMUNITY, "moderator"), "Moderator", Role.MODERATOR)


async def live(path: Path, count: int, *, leak: bool) -> dict[str, float]:
    """Return memory, log and time after a tenth of ``count`` thanks, and after all."""
    crowd.found(path)
    days = max(2, -(-count // A_DAY))
    each = min(A_DAY, count // days)
    kept: list[Response] = []
    told: dict[str, float] = {"refused": 0, "log_mb": 0}
    async with crowd.still(path) as laurel:
        challenges = await laurel.database.write(_open, days)
        for day, thanks in enumerate(crowd.rounds(days, each)):
            do = partial(_give, laurel, told, kept if leak else None)
            await crowd.by_callers(CALLERS, thanks, do)
            await _check_in(laurel, told, challenges, day)
            log = path.with_name(f"{path.name}-wal")
            told["log_mb"] = max(told["log_mb"], log.stat().st_size / 1_000_000)
            if day == int(days * FIRST_SHARE):
                told["before_mb"] = _resident_mb()
        for follower in laurel.followers:
            await follower.settle()
        told["after_mb"] = _resident_mb()
        told["board_ms"] = await _board_ms(laurel)
        told["drift"] = await laurel.database.read(_drift)
    told["stored"], told["given"] = crowd.shoutouts(path), days * each
    return told


async def _give(
    laurel: Laurel,
    told: dict[str, float],
    kept: list[Response] | None,
    one: crowd.Thanks,
) -> None:
    answer = await crowd.give(laurel, one)
    told["refused"] += isinstance(answer, Refuse)
    if kept is not None:
        kept.append(answer)


async def _check_in(
    laurel: Laurel, told: dict[str, float], challenges: list[int], day: int
) -> None:
    """Have everybody who takes part do what the day asks for."""
    at = START + day * timedelta(hours=25)
    number, of = divmod((at.date() - START.date()).days, WEEKS * 7)
    challenge = str(challenges[number])
    for entrant in range(ENTRANTS):
        who = crowd.person(entrant)
        if of == 0:
            call = Call(f"join-{number}-{entrant}", who, SONGS, at, "en")
            joined = await laurel.dispatcher("checkins.join", call, (challenge,), None)
            assert not isinstance(joined, Refuse), joined
        call = Call(f"check-{at.date()}-{entrant}", who, SONGS, at, "en")
        done = await laurel.dispatcher("checkins.check", call, (challenge,), None)
        told["refused"] += isinstance(done, Refuse)


def _open(tx: Transaction, days: int) -> list[int]:
    """Have challenges run, one after the other, for as long as it lasts."""
    here = communities.get(tx, COMMUNITY)
    made = []
    for number in range(days * 25 // 24 // (WEEKS * 7) + 1):
        by = Act(members.meet(tx, here, MODERATOR, START), f"open-{number}", START)
        challenge = book.create(tx, here, _terms(number), by)
        for state in (State.OPEN, State.RUNNING):
            challenge = book.move(tx, here, challenge, state, by)
        made.append(challenge.id)
    return made


def _terms(number: int) -> Terms:
    return Terms(
        number=1,
        title=f"Season {number}",
        about="",
        starts_on=START.date() + timedelta(weeks=WEEKS * number),
        days=WEEKS * 7,
        prompt_at=time(9),
        prompts=("Sing.",),
        channel=SONGS,
        scoring=Scoring(10, 3, 5),
        grace_days=7,
        proof=Proof.NONE,
    )


async def _board_ms(laurel: Laurel) -> float:
    """Return how long a member waits for the board."""
    call = Call("board", crowd.person(7), SONGS, START, "en")
    took = []
    for _ in range(5):
        began = perf_counter()
        await laurel.dispatcher("boards.leaderboard", call, (), {})
        took.append(1_000 * (perf_counter() - began))
    return sorted(took)[2]


def _drift(tx: Transaction) -> int:
    return recount.drift(tx) + scores.drift(tx)


def _resident_mb() -> float:
    gc.collect()
    return resident_mb("self")


if __name__ == "__main__":
    where, how_many, leaking = sys.argv[1:]
    measured = asyncio.run(live(Path(where), int(how_many), leak=leaking != "0"))
    sys.stdout.write(json.dumps(measured))
