"""T28: whoever is slow, idle, endless or packed at either port keeps nobody waiting."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.adapters.playground import requests
from bot.web import door
from tests.battery.knocks import Ask, sent
from tests.battery.ports import REVOKED, Port, running_port
from tests.battery.size import FULL, size
from tests.battery.test_port import HELLO, LAG_S, MOST_GROWN_MB
from tests.battery.test_slack_port import bomb
from tests.battery.told import Tell
from tests.bench.processes import resident_mb
from tests.stories.playground import Town, town
from tests.waiting import until

IDLE = size(300, 500)
DRIPS = size(10, 100)
SIEGE_S = size(1, 20)
SOON_S = 0.3
P99_MS = 800.0
GUESSES = 400
MOST_TELLING = 1.1
"""How much longer one kind of guess may take than another."""

FORM = "application/x-www-form-urlencoded"
_KINDS = (
    b"Content-Length: 1000\r\nContent-Type: application/x-www-form-urlencoded",
    b"Transfer-Encoding: chunked\r\nContent-Type: multipart/form-data; boundary=b",
)
DRIPPED = (
    b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",
    *(b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\n" + k + b"\r\n\r\n" for k in _KINDS),
    b"",
)
"""What somebody sends, who then sends a byte at a time."""


@asynccontextmanager
async def line(
    url: str,
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Connect to a port, and hang up at the end."""
    there = urlsplit(url)
    reader, writer = await asyncio.open_connection(there.hostname, there.port)
    try:
        yield reader, writer
    finally:
        writer.close()


async def drip(url: str, begun: bytes, each_s: float) -> int:
    """Begin, and send a byte now and then; return the status, 0 where it is hung up."""
    async with line(url) as (reader, writer):
        writer.write(begun)
        said = asyncio.ensure_future(reader.readline())  # noqa: TID251  awaited below
        with suppress(ConnectionError):
            while not said.done():
                writer.write(b"a")
                await asyncio.wait((said,), timeout=each_s)
        with suppress(ConnectionError):
            return int((await said).split()[1]) if await said else 0
    return 0


@contextmanager
def impatient() -> Iterator[None]:
    """Have Laurel wait for nobody for long."""
    with pytest.MonkeyPatch.context() as patched:
        for each in ("ASK_WITHIN_S", "IDLE_S", "TAKE_WITHIN_S", "LINGER_S"):
            patched.setattr(door, each, SOON_S)
        patched.setattr(requests, "BODY_WITHIN_S", SOON_S)
        yield


@pytest.fixture
async def short(tmp_path: Path) -> AsyncIterator[Town]:
    """A playground that waits for nobody for long."""
    with impatient():
        async with town(tmp_path) as place:
            yield place


async def test_whoever_drips_is_hung_up_on(short: Town) -> None:
    """In the head or in a form, after a while; at once where it can be no request."""
    say = b"/as/ana/in/general/say"
    begun = [each % say if b"%b" in each else each for each in DRIPPED]
    async with asyncio.timeout(20):
        told = await asyncio.gather(*(drip(short.url, each, 0.02) for each in begun))
    assert [0, 408, 408, 400] == told


async def test_whoever_takes_nothing_is_hung_up_on(short: Town) -> None:
    """A thousand pages asked for at once, and none of them read."""
    ask = b"GET /as/ana/in/general HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    async with line(short.url) as (_, writer):
        assert isinstance(writer.transport, asyncio.Transport)
        writer.write(ask * 1_000)

        async def ask_on() -> None:
            while True:
                writer.write(ask)
                await writer.drain()
                await asyncio.sleep(0.01)

        async with asyncio.timeout(20):
            with pytest.raises(ConnectionError):
                await ask_on()


async def test_connections_are_bounded(short: Town) -> None:
    """Whoever was idle longest goes; whoever asks is answered, whoever stands idle."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(door, "ASK_WITHIN_S", 60.0)
        there = urlsplit(short.url)
        lines = [
            await asyncio.open_connection(there.hostname, there.port)
            for _ in range(IDLE)
        ]
        await until(
            lambda: sum(not r.at_eof() for r, _ in lines) <= door.MAX_CONNECTIONS
        )
        async with (
            aiohttp.ClientSession() as web,
            web.get(f"{short.url}healthz") as got,
        ):
            assert 200 == got.status
        assert not lines[-1][0].at_eof()
        assert lines[0][0].at_eof()
        for _, writer in lines:
            writer.close()


@pytest.fixture
async def patient(tmp_path: Path) -> AsyncIterator[Town]:
    """A playground that waits for people as long as it does."""
    async with town(tmp_path) as place:
        yield place


async def test_a_full_house_serves_those_inside(patient: Town) -> None:
    """Where everybody inside is being served, it is the newest who has to go."""
    there = urlsplit(patient.url)
    live = b"GET /as/ana/in/general/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    tabs = []
    for _ in range(door.MAX_CONNECTIONS):
        reader, writer = await asyncio.open_connection(there.hostname, there.port)
        writer.write(live)
        assert b"200" in await reader.readline()
        tabs.append((reader, writer))
    async with line(patient.url) as (reader, _):
        with suppress(ConnectionError):
            assert b"" == await reader.read()
    assert not any(reader.at_eof() for reader, _ in tabs)
    tabs.pop()[1].close()
    async with aiohttp.ClientSession() as web:

        async def asks() -> bool:
            with suppress(aiohttp.ClientError):
                async with web.get(f"{patient.url}healthz") as got:
                    return got.status == 200
            return False

        await until(asks)
    for _, writer in tabs:
        writer.close()


async def test_a_form_is_not_unpacked(short: Town) -> None:
    """Neither whole nor a part of it, however it says that it is packed."""
    say = f"{short.url}as/ana/in/general/say"
    packed = bomb()
    async with aiohttp.ClientSession() as web:
        for encoding in ("gzip", "deflate", "br", "zstd", "identity, gzip"):
            told = {"Content-Type": FORM, "Content-Encoding": encoding}
            async with web.post(say, data=b"text=a" + packed, headers=told) as got:
                assert 400 <= got.status < 500 or got.status == 200
        part = (
            b'--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n'
            b"Content-Encoding: gzip\r\n\r\n" + packed + b"\r\n--b--\r\n"
        )
        told = {"Content-Type": "multipart/form-data; boundary=b"}
        async with web.post(say, data=part, headers=told) as got:
            assert 200 == got.status


async def idle(url: str, count: int) -> int:
    """Connect often, say nothing, and return how many were hung up on meanwhile."""
    there = urlsplit(url)
    lines = [
        await asyncio.open_connection(there.hostname, there.port) for _ in range(count)
    ]
    await until(lambda: sum(not r.at_eof() for r, _ in lines) <= door.MAX_CONNECTIONS)
    for _, writer in lines:
        writer.close()
    return sum(reader.at_eof() for reader, _ in lines)


@dataclass
class Besieged:
    """How everybody else was served meanwhile.

    Attributes:
        took_ms: How long each answer took.

        wrong: Answers that were none.
    """

    took_ms: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    async def ask(self, port: Port) -> None:
        """Be an honest reader, again and again."""
        path = f"feeds/{port.secrets['']}/calendar"
        async with aiohttp.ClientSession() as web:
            while True:
                began = time.perf_counter()
                try:
                    async with web.get(f"{port.url}{path}") as got:
                        if got.status != 200:
                            self.wrong.append(f"{got.status}")
                except aiohttp.ClientError as error:
                    self.wrong.append(repr(error))
                self.took_ms.append((time.perf_counter() - began) * 1_000)
                await asyncio.sleep(0.05)


async def lag_s(port: Port) -> float:
    """Return how late the loop of the process was at its worst since it was asked."""
    async with aiohttp.ClientSession() as web, web.get(f"{port.url}metrics") as got:
        found = re.search(
            r"^laurel_loop_lag_seconds (\S+)", await got.text(), re.MULTILINE
        )
    assert found is not None
    return float(found[1])


async def besiege(port: Port) -> None:
    """Come in numbers: idle, by drops, packed, endless."""
    event = b"/slack/events"
    begun = [each % event if b"%b" in each else each for each in DRIPPED]
    endless = Ask(event, b"POST", ((b"Content-Length", b"%d" % 1_000**3),)).raw
    coming: list[asyncio.Future[object]] = [
        asyncio.ensure_future(drip(port.url, begun[n % len(begun)], SIEGE_S / 40))  # noqa: TID251
        for n in range(DRIPS)
    ]
    bombs = [packed(encoding) for encoding in (b"gzip", b"deflate", b"br")]
    for _ in range(max(1, SIEGE_S // 10)):
        await idle(port.url, IDLE)
        for raw in (endless, HELLO + b"Content-Length: 1000000000\r\n\r\n", *bombs):
            await asyncio.to_thread(sent, port.url, raw)
    if not FULL:  # they would be hung up on in ten seconds
        for each in coming:
            each.cancel()
    await asyncio.gather(*coming, return_exceptions=True)


def packed(encoding: bytes) -> bytes:
    """Return hundreds of megabytes, packed small."""
    told = ((b"Content-Type", FORM.encode()), (b"Content-Encoding", encoding))
    return Ask(b"/slack/events", b"POST", told, bomb()).raw


@pytest.mark.slow
@pytest.mark.timed
async def test_a_siege_keeps_nobody_waiting(tmp_path: Path, tell: Tell) -> None:
    """Hundreds idle, by drops, bombs and a gigabyte announced: readers read on."""
    async with running_port(tmp_path / "home") as port:
        told = Besieged()
        reader = asyncio.ensure_future(told.ask(port))  # noqa: TID251  ended below
        await besiege(port) if FULL else None
        before_mb = resident_mb(port.pid)
        await lag_s(port)
        await besiege(port)
        late_s, grown_mb = await lag_s(port), resident_mb(port.pid) - before_mb
        reader.cancel()
        await asyncio.gather(reader, return_exceptions=True)
        assert [] == port.told()
    tell("P18", "readers turned away in a siege", len(told.wrong), most=0)
    tell("P18", "growth in a siege", grown_mb, most=MOST_GROWN_MB, unit="MB")
    if FULL:
        took_ms = sorted(told.took_ms)[len(told.took_ms) * 99 // 100]
        tell("P18", "readers' p99 in a siege", took_ms, most=P99_MS, unit="ms")
        tell(
            "P18", "loop lag in a siege", late_s * 1_000, most=LAG_S * 1_000, unit="ms"
        )


async def test_a_page_that_stalls_the_loop_is_found(tmp_path: Path) -> None:
    """Planted: whoever asks for a page has everybody wait."""
    async with running_port(tmp_path / "home", "stalling") as port:
        await lag_s(port)
        path = f"/feeds/{port.secrets['']}/calendar".encode()
        await asyncio.to_thread(sent, port.url, Ask(path).raw)

        async def late() -> bool:
            return await lag_s(port) > LAG_S

        await until(late, 5)


async def answers_to(port: Port, secret: str) -> tuple[int, bytes, frozenset[bytes]]:
    """Return what is answered to a secret, less the hour."""
    ask = Ask(f"/feeds/{secret}/calendar".encode())
    got = await asyncio.to_thread(sent, port.url, ask.raw)
    told = frozenset(k + v for k, v in got.headers.items() if k != b"date")
    return got.status, got.body, told


async def test_a_revoked_address_is_like_none(tmp_path: Path, tell: Tell) -> None:
    """The same answer, byte by byte, and in the same time, as to one made up."""
    async with running_port(tmp_path / "home") as port:
        real, revoked = port.secrets[""], port.secrets[REVOKED]
        guesses = {
            "revoked": revoked,
            "another proof": real[:-6] + revoked[-6:],
            "another id": "A" * 11 + real[11:],
        }
        assert 200 == (await answers_to(port, real))[0]
        answers = {each: await answers_to(port, told) for each, told in guesses.items()}
        assert 404 == answers["revoked"][0]
        assert 1 == len(set(answers.values()))
        took: dict[str, list[float]] = {each: [] for each in guesses}
        for _ in range(GUESSES if FULL else 1):
            for each, told in guesses.items():
                began = time.perf_counter()
                await answers_to(port, told)
                took[each].append(time.perf_counter() - began)
    middles = sorted(median(each) for each in took.values())
    if FULL:
        telling = middles[-1] / middles[0]
        tell("P18", "slowest to fastest wrong address", telling, most=MOST_TELLING)
