"""What is counted when many act at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import Laurel
from bot.chat.responses import Refuse, Response, Say
from bot.chat.speech import Reader, Speech
from bot.chat.text import Phrase
from storage import communities
from storage.boards import tallies
from storage.database import Transaction
from tests.bench import crowd
from tests.bench.crowd import Thanks
from tests.bench.figure import Figure
from tests.bench.size import Size
from tests.harness import COMMUNITY, START

ALLOWANCE = 5
AT_ONCE = 20


async def storm(folder: Path, size: Size) -> list[Figure]:
    """Many thank one; every one of them counts."""
    path = folder / "storm.sqlite3"
    crowd.found(path)
    given = [crowd.thanks(giver, 0, START) for giver in range(1, size.crowd + 1)]
    async with crowd.still(path) as laurel:
        answers = await _at_once(laurel, given)
        await laurel.settle()
        received = await laurel.database.read(_received, 0)
    said = sum(isinstance(answer, Say) for answer in answers)
    return [
        Figure(
            f"{size.crowd} members thank one at the same moment, counted",
            received,
            f"{said} were told so",
            least=size.crowd,
            most=size.crowd,
        )
    ]


async def allowance(folder: Path, _size: Size) -> list[Figure]:
    """One member sends more than they may; the rest hears so."""
    path = folder / "allowance.sqlite3"
    crowd.found(path)
    given = [crowd.thanks(0, receiver, START) for receiver in range(1, AT_ONCE + 1)]
    async with crowd.still(path) as laurel:
        answers = await _at_once(laurel, given)
        await laurel.settle()
        counted = await laurel.database.read(_given, 0)
        reader = Reader(laurel.catalogue.choose("en"), ZoneInfo("UTC"), START)
        speech = Speech(laurel.catalogue, reader, lambda ref: ref.id)
        refused = [speech.plain(reason) for reason in _refusals(answers)]
    in_words = sum(bool(words.strip()) for words in refused)
    what = f"one member thanks {AT_ONCE} at once with an allowance of {ALLOWANCE}"
    beside = refused[0].splitlines()[0] if refused else "nobody was refused"
    return [
        Figure(f"{what}, counted", counted, f"{ALLOWANCE} a day", ALLOWANCE, ALLOWANCE),
        Figure(
            f"{what}, refused in words",
            in_words,
            f"“{beside}”",
            AT_ONCE - ALLOWANCE,
            AT_ONCE - ALLOWANCE,
        ),
    ]


async def _at_once(laurel: Laurel, given: Sequence[Thanks]) -> list[Response]:
    return await asyncio.gather(*(crowd.give(laurel, one) for one in given))


def _refusals(answers: Sequence[Response]) -> list[Phrase]:
    return [
        answer.reason
        for answer in answers
        if isinstance(answer, Refuse)
        and answer.reason.key == "shoutouts.refused-allowance"
    ]


def _received(tx: Transaction, number: int) -> int:
    return _tally(tx, number).received


def _given(tx: Transaction, number: int) -> int:
    return _tally(tx, number).given


def _tally(tx: Transaction, number: int) -> tallies.Tally:
    here = communities.get(tx, COMMUNITY)
    row = tx.one(
        "SELECT key FROM members WHERE platform_id = :id",
        id=crowd.person(number).ref.id,
    )
    assert row is not None
    return tallies.of(tx, here, row["key"])
