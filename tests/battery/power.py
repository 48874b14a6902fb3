"""What is recorded of a process, and what its disk is like when the power goes."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from aiohttp import ClientSession

from storage import audit, communities
from storage.boards import recount
from storage.database import Transaction
from storage.file import connect, prepare
from storage.lock import DatabaseFileError, InstanceLock
from tests.battery.disk import Disk, cuts
from tests.battery.size import chance
from tests.battery.tape import Answer, Event, read, recorded

MODULE = "tests.battery.powered"
PATIENCE_S = 300.0
"""How long a recording may take on a busy machine."""

GIVERS = [f"giver-{number}" for number in range(8)]
FRIENDS = [f"friend-{number}" for number in range(5)]
OK = 200
_URL = re.compile(r"http://[^/\s]+")

Look = Callable[[Path, int], Counter[str]]
"""Says what is wrong in a folder after a cut before an event, if anything."""


@dataclass(frozen=True)
class Recording:
    """A folder as it was, and all that was asked of its disk since.

    Attributes:
        folder: Where all of it was.

        before: What was in it, by path.
    """

    folder: Path
    before: Disk
    events: Sequence[Event]

    def told(self, words: bytes) -> Sequence[int]:
        """Return at which events somebody was told something with these words."""
        return [
            number
            for number, event in enumerate(self.events)
            if isinstance(event, Answer) and words in event.said
        ]


async def record(folder: Path, planted: str, deed: str, *words: str) -> Recording:
    """Have something done in ``folder`` from its beginning to its end.

    Args:
        folder: What is there is on disk.
        planted: The defect, as `tests.battery.powered` calls it; empty for none.
        deed: What is done.
        words: What it is told.
    """
    before, there = Disk.of(folder), sorted(folder.rglob("*"))
    tape = folder.with_name(f"{folder.name}.tape")
    async with recorded(tape, MODULE, (planted, deed, *words)) as child:
        await child.wait()
    return Recording(folder, before, read(tape, folder, there))


async def record_thanks(folder: Path, planted: str, enough: int) -> Recording:
    """Have people thank each other until ``enough`` were told that it is kept.

    Args:
        folder: What `tests.battery.served.prepare` made for `GIVERS` and `FRIENDS`.
        planted: As above.
        enough: How many thanks.
    """
    before, there = Disk.of(folder), sorted(folder.rglob("*"))
    tape, told = folder.with_name(f"{folder.name}.tape"), list[str]()
    async with recorded(tape, MODULE, (planted, "serve", str(folder))) as child:
        assert child.stdout is not None
        async with asyncio.timeout(PATIENCE_S), ClientSession() as session:
            url = _URL.search((await child.stdout.readline()).decode())
            assert url, "the bot did not start"
            many = [enough // len(GIVERS)] * len(GIVERS)
            thanking = (
                _thank(session, f"{url[0]}/as/{giver}/in/general/submit", giver, n)
                for giver, n in zip(GIVERS, many, strict=True)
            )
            for each in await asyncio.gather(*thanking):
                told += each
    recording = Recording(folder, before, read(tape, folder, there))
    assert set(told) == set(acknowledged(recording).values())
    return recording


async def _thank(
    session: ClientSession, address: str, giver: str, many: int
) -> Sequence[str]:
    """Thank so often; return the operations that were answered, which is all."""
    told = []
    for number in range(many):
        named = f"operation-{giver}-{number}"
        sent = {
            "laurel.action": "1:shoutouts.shoutout",
            "laurel.id": named,
            "to": FRIENDS[number % len(FRIENDS)],
            "why": f"For what you did, number {number}, by {giver}.",
        }
        async with session.post(address, data=sent) as answer:
            assert OK == answer.status, await answer.text()
            assert {"form": None} == await answer.json()
        told.append(operation(giver, named))
    return told


def operation(giver: str, named: str) -> str:
    """Return what the playground calls an operation, for good."""
    return hashlib.sha256(f"{giver}:{named}".encode()).hexdigest()[:32]


def acknowledged(recording: Recording) -> Mapping[int, str]:
    """Return which thanks were answered at which events."""
    found = {}
    for number in recording.told(b'{"form": null}'):
        answer = recording.events[number]
        assert isinstance(answer, Answer)
        giver = _between(answer.heard, b"POST /as/", b"/")
        named = _between(answer.heard, b"laurel.id=", b"&")
        found[number] = operation(giver, named)
    return found


def _between(told: bytes, first: bytes, last: bytes) -> str:
    return told.partition(first)[2].partition(last)[0].decode()


def cut(recording: Recording, at: Sequence[int], seed: int, look: Look) -> Counter[str]:
    """Return what is wrong of how much after the power went before these events."""
    luck, found = chance(seed), Counter[str]()
    image = recording.folder.with_name("after-the-cut")
    for number, disk in cuts(recording.before.copy(), recording.events, at):
        shutil.rmtree(image, ignore_errors=True)
        image.mkdir()
        for path, body in disk.after_the_cut(luck).items():
            to = image / Path(path).relative_to(recording.folder)
            if to.name.startswith("playground") or to.name.endswith("-shm"):
                continue  # the platform; and what is made anew at each start
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(body)
        found += look(image, number)
    return found


def refused(path: Path) -> Counter[str]:
    """Have Laurel's own start look at a file; return what is wrong with it."""
    try:
        lock = InstanceLock.take(path)
        try:
            prepare(path, as_left=True)
        finally:
            lock.release()
    except DatabaseFileError as error:
        return Counter({f"refused: {error}".replace(str(path), path.name): 1})
    with closing(connect(path, "ro")) as connection:
        (said,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
        return +Counter({"damaged": said != "ok"})


def thanks_faults(path: Path, acked: Sequence[str]) -> Counter[str]:
    """Return what is wrong with thanks in a file that somebody's power went on."""
    if found := refused(path):
        return found
    with closing(connect(path, "ro")) as connection:
        tx = Transaction(connection)
        kept = {row["operation"] for row in tx.all("SELECT operation FROM shoutouts")}
        found["acknowledged and lost"] = len(set(acked) - kept)
        found["half"] = sum(len(tx.all(query)) for query in _HALVES)
        found["gaps"] = len(tx.all(_GAP))
        found["drift"] = recount.drift(tx)
        found["strangers"] = len(tx.all("PRAGMA foreign_key_check"))
        for here in communities.every(tx):
            found["broken chain"] += audit.first_broken(tx, here) is not None
    return +found


# What one unit writes is there whole: each of these has one of each of those.
_PARTS = {
    "words": "SELECT id FROM words WHERE id = s.words",
    "receivers": "SELECT 1 FROM shoutout_receivers WHERE shoutout = s.id",
    "activity": "SELECT 1 FROM activity WHERE ref = 'shoutouts:' || s.id",
    "audit": "SELECT 1 FROM audit WHERE ref = 'shoutouts:' || s.id",
    "outbox": "SELECT 1 FROM outbox WHERE key = 'shoutouts:wall:' || s.id",
}
_HALVES = (
    *(
        f"SELECT s.id FROM shoutouts AS s WHERE NOT EXISTS ({part})"  # noqa: S608  ours
        for part in _PARTS.values()
    ),
    """SELECT ref FROM activity WHERE kind = 'shoutouts.given'
       AND CAST(substr(ref, 11) AS INTEGER) NOT IN (SELECT id FROM shoutouts)""",
    """SELECT a.member FROM allowances AS a WHERE spent <> (SELECT count(*)
       FROM shoutouts AS s WHERE s.giver = a.member AND s.given_on = a.day)""",
)
_GAP = """
SELECT 1 FROM (SELECT max(id) AS last, count(*) AS n FROM shoutouts) WHERE last <> n
"""
