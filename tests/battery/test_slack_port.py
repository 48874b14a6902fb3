"""T28: whatever knocks at the port that Slack calls, people are served."""

from __future__ import annotations

import asyncio
import json
import os
import random
import secrets
import zlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest
from multidict import CIMultiDict

from tests.battery.crowd import Crowd
from tests.battery.on_slack import Town, beside
from tests.battery.size import FULL, chance, size
from tests.battery.told import Tell
from tests.bench.processes import resident_mb
from tests.fakes.slack.http_door import signed

KNOCKS = size(250, 10_000)
BOMBS = size(1, 20)
STALLS = size(10, 200)
AT_ONCE = 16
MOST_GROWN_MB = 40.0
MOST_BUSY_S = 0.15
"""What a process may be busy with one bomb; unpacking it takes longer than that."""

LAG_S = 0.1
MEGABYTE, BOMB_MB = 1024**2, size(300, 900)
STALL_PATIENCE_S = 60.0
GZIP = bytes.fromhex("1f8b08000000000000ff")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
FORGED = "forged"
STAMP, SIGNATURE = "X-Slack-Request-Timestamp", "X-Slack-Signature"
GARBLED = ("", "soon", "-1", "٣", "1e9", "9" * 400, "0x10", " 12", "nan")


@dataclass(frozen=True, slots=True)
class Knock:
    """A call that is not Slack's own.

    Attributes:
        may: The statuses that it may be answered with.
    """

    body: bytes
    headers: Mapping[str, str]
    may: frozenset[int]


@dataclass
class Knocker:
    """Somebody who knows the address, and how Slack calls it."""

    town: Town
    luck: random.Random
    replayed: list[Knock] = field(default_factory=list)

    def command(self) -> bytes:
        """Return a command as Slack would tell of it."""
        place = self.town.places[0]
        told = {
            "command": "/shoutout",
            "text": f"<@{place.owner.id}> {FORGED} {self.luck.random()}",
            "team_id": place.team.id,
            "user_id": place.owner.id,
            "channel_id": place.wall.id,
            "trigger_id": f"1.2.{self.luck.random()}",
            "response_url": f"{self.town.slack.world.site}/commands/nowhere",
        }
        return urlencode(told).encode()

    def stamped(
        self, body: bytes, late: float = 0, secret: str | None = None
    ) -> dict[str, str]:
        """Return the headers of a signature."""
        at = self.town.world.now() - timedelta(seconds=late)
        own = self.town.slack.signing_secret
        made = signed(own if secret is None else secret, body, at)
        return {"Content-Type": FORM, **made}

    def unsigned(self) -> Knock:
        return Knock(self.command(), {"Content-Type": FORM}, _no())

    def forged(self) -> Knock:
        body, luck = self.command(), self.luck
        made = f"v0={luck.randbytes(32).hex()}"
        wrong = luck.choice((made, "", "v0=", "v1=é", "\x7f", "v0=" + "0" * 9_000))
        return Knock(body, self.stamped(body) | {SIGNATURE: wrong}, _no(400))

    def elsewhere(self) -> Knock:
        """Signed by another app."""
        body = self.command()
        return Knock(body, self.stamped(body, secret=secrets.token_hex(16)), _no())

    def stale(self) -> Knock:
        body, luck = self.command(), self.luck
        late = luck.choice((1, -1)) * luck.choice((310, 3_600, 10**6, 10**8))
        return Knock(body, self.stamped(body, late), _no())

    def garbled(self) -> Knock:
        body = self.command()
        stamp = self.luck.choice(GARBLED)
        return Knock(body, self.stamped(body) | {STAMP: stamp}, _no(400))

    def doubled(self) -> Knock:
        """Slack's own, with a second signature or instant, which is not."""
        body, luck = self.command(), self.luck
        told = CIMultiDict(self.stamped(body))
        name, other = luck.choice((STAMP, SIGNATURE)), luck.choice(("", "0", "é"))
        own = told.popall(name)
        for each in luck.sample((*own, other), 2):
            told.add(name, each)
        return Knock(body, told, _no(400))

    def changed(self) -> Knock:
        """Slack's own, with other words."""
        body = self.command()
        return Knock(body + b"+you", self.stamped(body), _no())

    def again(self) -> Knock:
        """What Slack said, played again."""
        if not self.replayed:
            body = urlencode({"command": "/nothing", "team_id": "T0"}).encode()
            headers = self.stamped(body)
            self.replayed.append(Knock(body, headers, frozenset({200, 401})))
        return self.replayed[0]

    def nonsense(self) -> Knock:
        """Signed as Slack would, and of no shape that it has."""
        luck = self.luck
        body = luck.choice(
            (
                luck.randbytes(luck.randrange(200)),
                b"payload=%7B",
                b"payload=[]",
                b"[" * 50_000,
                json.dumps({"type": luck.random()}).encode(),
                json.dumps(
                    {"type": "event_callback", "event": [luck.random()]}
                ).encode(),
                json.dumps({"type": "view_submission", "view": luck.random()}).encode(),
            )
        )
        headers = self.stamped(body) | {"Content-Type": luck.choice((FORM, JSON))}
        return Knock(body, headers, frozenset({200, 400, 401}))

    def untyped(self) -> Knock:
        body = self.command()
        kind = self.luck.choice(("text/plain", "multipart/form-data", "x", "a/b;c=d"))
        headers = self.stamped(body) | {"Content-Type": kind}
        return Knock(body, headers, frozenset({415}))


def _no(*also: int) -> frozenset[int]:
    return frozenset({401, *also})


KINDS: tuple[Callable[[Knocker], Knock], ...] = (
    Knocker.unsigned,
    Knocker.forged,
    Knocker.elsewhere,
    Knocker.stale,
    Knocker.garbled,
    Knocker.doubled,
    Knocker.changed,
    Knocker.again,
    Knocker.nonsense,
    Knocker.untyped,
)


def bomb() -> bytes:
    """Return hundreds of megabytes, packed small."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    piece = packer.compress(bytes(MEGABYTE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return GZIP + piece * BOMB_MB


@dataclass
class Siege:
    """What came of all the knocking.

    Attributes:
        astray: Answers that no knock of that kind may have.

        grown_mb: How much bigger it became.
    """

    answers: Counter[int] = field(default_factory=Counter)
    astray: list[str] = field(default_factory=list)
    grown_mb: float = 0.0

    async def knock(self, session: aiohttp.ClientSession, url: str, at: Knock) -> None:
        """Call once, and note the answer."""
        try:
            async with session.post(url, data=at.body, headers=at.headers) as answer:
                status = answer.status
        except (aiohttp.ClientError, ValueError):
            status = 400  # hung up on, or not even sent
        self.answers[status] += 1
        if status not in at.may:
            self.astray.append(f"{status} to {at.headers} {at.body[:80]!r}")


async def stall(url: str) -> int:
    """Begin a call and say no more; return the status, 0 where it was hung up on."""
    there = urlsplit(url)
    reader, writer = await asyncio.open_connection(there.hostname, there.port)
    lines = (
        f"POST {there.path} HTTP/1.1",
        f"Host: {there.netloc}",
        f"Content-Type: {FORM}",
        "Content-Length: 1000",
    )
    writer.write("\r\n".join((*lines, "", "half")).encode())
    async with asyncio.timeout(STALL_PATIENCE_S):
        said = await reader.readline()
    writer.close()
    return int(said.split()[1]) if said else 0


def busy_s(pid: int) -> float:
    """Return for how long a process was busy so far, in its own time."""
    told = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


async def besieged(town: Town, session: aiohttp.ClientSession) -> Siege:
    """Knock in every way there is, and return what came of it."""
    siege, luck = Siege(), chance(28)
    knocker = Knocker(town, luck)
    url = town.slack.http.url or ""
    assert town.child is not None
    before_mb = resident_mb(town.child.pid)
    stalls = [asyncio.ensure_future(stall(url)) for _ in range(STALLS)]  # noqa: TID251
    for start in range(0, KNOCKS, AT_ONCE):
        kinds = [KINDS[n % len(KINDS)] for n in range(start, start + AT_ONCE)]
        knocks = [kind(knocker) for kind in kinds]
        await asyncio.gather(*(siege.knock(session, url, each) for each in knocks))
    assert {408} == set(await asyncio.gather(*stalls))
    siege.grown_mb = resident_mb(town.child.pid) - before_mb
    return siege


async def bombed(town: Town, session: aiohttp.ClientSession) -> float:
    """Return for how long one bomb kept the process busy, at most."""
    assert town.child is not None
    url, took = town.slack.http.url or "", []
    for _ in range(BOMBS):
        for headers in (
            {"Content-Type": FORM, "Content-Encoding": "gzip"},
            {"Content-Type": "text/plain", "Content-Encoding": "gzip"},
        ):
            before_s = busy_s(town.child.pid)
            with suppress(aiohttp.ClientError):
                async with session.post(url, data=bomb(), headers=headers) as answer:
                    assert 415 == answer.status
            await town.ready()
            took.append(busy_s(town.child.pid) - before_s)
    return max(took)


async def lagging(url: str, told: list[float]) -> None:
    """Ask again and again how it is, and note how long that takes."""
    now_s = asyncio.get_running_loop().time
    async with aiohttp.ClientSession() as session:
        while True:
            began_s = now_s()
            async with session.get(f"{url}healthz") as answer:
                assert 200 == answer.status
            told.append(now_s() - began_s)
            await asyncio.sleep(0.02)


def tell_siege(tell: Tell, siege: Siege, waited_s: Sequence[float]) -> None:
    """Tell what came of it, and how long whoever asked meanwhile had to wait."""
    what = f"of {KNOCKS:,} forged or garbled calls answered astray, Slack"
    tell("P18", what, len(siege.astray), most=0)
    assert [] == siege.astray
    if FULL:
        lag_ms = 1_000 * sorted(waited_s)[len(waited_s) * 99 // 100]
        what = "waited for the port under siege, 99 in 100, Slack"
        tell("P18", what, lag_ms, most=1_000 * LAG_S, unit="ms")


@pytest.mark.slow
@pytest.mark.timed
async def test_nobody_gets_in_and_everybody_is_served(
    tmp_path: Path, tell: Tell
) -> None:
    """Forged, stale, played again, garbled, packed, endless: none of it does a thing.

    Each is turned away as what it is, and people give thanks all the while.
    """
    async with beside(tmp_path, signed=True) as town:
        town.found()
        await town.prepare()
        crowd = Crowd(town.places, pause_s=0.02, most_unseen=10_000)
        told: list[float] = []
        async with town.running(), aiohttp.ClientSession() as session:
            asking = asyncio.ensure_future(lagging(town.url, told))  # noqa: TID251
            async with crowd.giving():
                crowd.up.set()
                await crowd.answered()
                siege = await besieged(town, session)
                await crowd.answered()
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)
            busiest_s = await bombed(town, session)
            assert 0 == town.count(f"words WHERE body LIKE '%{FORGED}%'")
            assert len(set(crowd.acknowledged)) == town.count("shoutouts")
            assert 0 == await town.stop()
        tell_siege(tell, siege, told)
        assert [] == town.crashes()
        assert siege.grown_mb <= MOST_GROWN_MB
        assert busiest_s <= MOST_BUSY_S


@pytest.mark.slow
async def test_a_door_that_believes_a_header_is_found(tmp_path: Path) -> None:
    """Planted: it takes what stands where the time should for a number."""
    async with beside(tmp_path, signed=True) as town:
        town.found()
        await town.prepare()
        town.world = replace(town.world, plant="gullible")
        async with town.running(), aiohttp.ClientSession() as session:
            siege, knocker = Siege(), Knocker(town, chance(28))
            for _ in GARBLED:
                knock = knocker.garbled()
                await siege.knock(session, town.slack.http.url or "", knock)
        assert siege.astray


@pytest.mark.slow
async def test_a_door_that_unpacks_is_found(tmp_path: Path) -> None:
    """Planted: it unpacks whatever it is handed, before it looks."""
    async with beside(tmp_path, signed=True) as town:
        town.found()
        await town.prepare()
        town.world = replace(town.world, plant="eager")
        async with town.running(), aiohttp.ClientSession() as session:
            assert MOST_BUSY_S < await bombed(town, session)
