"""Thanks are counted in a process of their own, which is ended when it takes long."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.apart import FailedError, StoppedError
from bot.domain.fairness import PERIOD, Queue, Share
from bot.domain.rings import Pair
from bot.fairness import told, worker
from bot.fairness.reckoner import Reckoner
from bot.fairness.told import Question
from storage import file
from storage.database import Transaction
from storage.instants import to_ms
from tests import neighbours
from tests.battery.size import chance
from tests.bench.crowd import found
from tests.harness import START
from tests.waiting import until

PEOPLE = range(1, 41)

MEMBER = """
INSERT INTO members (
  key, community, platform_id, name, role, bot, here, joined_at, met_at
) VALUES (:key, 1, 'm' || :key, 'Member', :role, 0, 1, :joined_at, 0)
"""

SHOUTOUT = """
INSERT INTO shoutouts (id, community, operation, giver, words, given_at, given_on)
VALUES (:id, 1, 'o' || :id, :giver, 0, :at, '2026-03-06')
"""

RECEIVER = """
INSERT INTO shoutout_receivers (shoutout, receiver, community, giver, given_at, public)
VALUES (:id, :receiver, 1, :giver, :at, :public)
"""

RETRACTION = """
INSERT INTO retractions (shoutout, community, operation, member, way, at)
VALUES (:id, 1, 'x', 1, 'undo', 0)
"""

WAITS = """
INSERT INTO candidacies (
  community, award, round, nominee, standard, state, seats, opened_at
) VALUES (1, 1, 1, :nominee, 1, :state, 1, :at)
"""

ASLEEP = (sys.executable, "-c", "import time; time.sleep(60)")


def thanks() -> list[Pair]:
    luck = chance(6)
    ring = neighbours.around(luck, (3, 1, 2), 4, 6)
    return [*neighbours.honest(luck, PEOPLE, 500), *ring]


def give(
    tx: Transaction, number: int, pair: Pair, at: datetime, *, public: int
) -> None:
    giver, receiver = pair
    told_of = {"id": number, "giver": giver, "at": to_ms(at)}
    tx.run(SHOUTOUT, **told_of)
    tx.run(RECEIVER, receiver=receiver, public=public, **told_of)


@pytest.fixture
def question(tmp_path: Path) -> Question:
    """A file in which thanks were given, one a minute up to now, and others besides."""
    path = tmp_path / "laurel.sqlite3"
    found(path, 0)
    connection = file.connect(path, "rw")
    connection.execute("BEGIN")
    tx = Transaction(connection)
    for key in PEOPLE:
        joined = to_ms(START - timedelta(days=5)) if key > 35 else None
        tx.run(MEMBER, key=key, role=2 if key < 4 else 1, joined_at=joined)
    given = thanks()
    for number, pair in enumerate(given):
        give(tx, number, pair, START - timedelta(minutes=number), public=1)
    long_ago = START - PERIOD
    give(tx, 5_000, (30, 31), long_ago, public=1)
    give(tx, 5_001, (30, 32), START, public=0)
    give(tx, 5_002, (30, 33), START, public=1)
    tx.run(RETRACTION, id=5_002)
    give(tx, 5_003, (30, 34), START + timedelta(minutes=1), public=1)
    connection.execute("COMMIT")
    connection.close()
    return Question(path, 1, START)


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def begun(reckoner: Reckoner) -> int:
    """Return the id of the process that counts, once it does."""
    await until(lambda: reckoner._process is not None)
    assert reckoner._process is not None
    return reckoner._process.pid


async def test_the_process_counts_what_stands_in_public(question: Question) -> None:
    """Of the period alone: neither what is private, nor what was taken back."""
    report = await Reckoner().count(question)

    assert len(thanks()) == report.thanks
    assert [(1, 2, 3)] == [group.members for group in report.groups]
    assert [(1, 2, 3)] == [ring.members for ring in report.groups[0].rings]
    assert report == worker.count(question)


async def test_what_people_are_is_read_with_it(question: Question) -> None:
    """Who moderates, who is new, and who was thanked before."""
    report = await Reckoner().count(question)
    given = thanks()

    by_three = sum(giver < 4 for giver, _ in given)
    assert Share(by_three, len(given)) == report.moderators_gave
    to_new = sum(receiver > 35 for _, receiver in given)
    assert Share(to_new, len(given)) == report.newcomers
    thanked = {receiver for _, receiver in given}
    assert Share(len(thanked - {31}), len(thanked), 10) == report.first_time


async def test_the_queue_is_told_by_its_ages(question: Question) -> None:
    """Since when the first waits, and since when half of them do."""
    ages = {1: (20, "open"), 2: (10, "open"), 3: (3, "open"), 4: (90, "asked")}
    connection = file.connect(question.path, "rw")
    connection.execute("PRAGMA foreign_keys = OFF")  # for what is nobody's award
    since = {key: START - timedelta(days=days) for key, (days, _) in ages.items()}
    for key, (_, state) in ages.items():
        tx = Transaction(connection)
        tx.run(WAITS, nominee=key, state=state, at=to_ms(since[key]))
    connection.close()

    assert Queue(3, since[1], since[2]) == (await Reckoner().count(question)).queue


async def test_a_count_that_takes_too_long_is_given_up(question: Question) -> None:
    """And its process is ended."""
    reckoner = Reckoner(limit_s=0.5, command=ASLEEP)
    counting = asyncio.ensure_future(reckoner.count(question))  # noqa: TID251  awaited
    pid = await begun(reckoner)

    with pytest.raises(FailedError, match="too long"):
        await counting
    assert not is_there(pid)


async def test_stopping_ends_the_count_at_once(question: Question) -> None:
    """Nobody waits for it, and nothing is counted after."""
    reckoner = Reckoner(command=ASLEEP)
    counting = asyncio.ensure_future(reckoner.count(question))  # noqa: TID251  awaited
    pid = await begun(reckoner)
    reckoner.stop()

    with pytest.raises(StoppedError):
        await counting
    assert not is_there(pid)
    with pytest.raises(StoppedError):
        await reckoner.count(question)


async def test_whoever_gives_up_leaves_no_process_behind(question: Question) -> None:
    """A task that is cancelled ends what it began."""
    reckoner = Reckoner(command=ASLEEP)
    counting = asyncio.ensure_future(reckoner.count(question))  # noqa: TID251  awaited
    pid = await begun(reckoner)
    counting.cancel()

    with pytest.raises(asyncio.CancelledError):
        await counting
    assert not is_there(pid)


async def test_what_was_in_the_way_is_told(question: Question, tmp_path: Path) -> None:
    """The last line of what the process complained of, and the next count is made."""
    reckoner = Reckoner()
    with pytest.raises(FailedError, match="unable to open database file"):
        await reckoner.count(replace(question, path=tmp_path / "nowhere.sqlite3"))

    assert (await reckoner.count(question)).thanks


async def test_an_answer_that_is_none_is_refused(question: Question) -> None:
    """Whatever the process says, it is a report or an error."""
    for answer in ("", "{}", "[]", '{"thanks": 1}'):
        command = (sys.executable, "-c", f"print({answer!r})")
        with pytest.raises(FailedError):
            await Reckoner(command=command).count(question)


async def test_the_process_has_its_share_of_memory_and_no_more(
    question: Question,
) -> None:
    """Beyond it the count fails, and the machine does not."""
    greedy = (
        "from bot.fairness import worker; worker.keep_small(); "
        "print(len(bytearray(worker.MAX_BYTES)))"
    )
    with pytest.raises(FailedError, match="MemoryError"):
        await Reckoner(command=(sys.executable, "-c", greedy)).count(question)


async def test_the_process_knows_no_secrets(
    question: Question, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told where things are, and nothing else."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    listed = tmp_path / "listed"
    telling = (
        "import json, os, sys; open(sys.argv[1], 'w').write(json.dumps([*os.environ]))"
    )
    command = (sys.executable, "-c", telling, str(listed))
    with pytest.raises(FailedError):  # it is no report
        await Reckoner(command=command).count(question)

    known = json.loads(listed.read_text())
    assert "PYTHONPATH" in known
    assert "SLACK_BOT_TOKEN" not in known


async def test_the_process_cannot_write(question: Question) -> None:
    """The file is opened for reading alone."""
    before = question.path.read_bytes()
    await Reckoner().count(question)

    assert before == question.path.read_bytes()


def test_what_is_asked_and_answered_arrives_as_it_was(question: Question) -> None:
    """Each part of it, also over a ring and a queue that is not empty."""
    report = worker.count(question)
    waiting = replace(report.queue, waiting=2, oldest_at=START, middle_at=START)
    for each in (report, replace(report, queue=waiting)):
        assert each == told.answered(told.answer(each))
    assert question == told.asked(told.ask(question))
