"""No test talks to anybody beyond this machine, and one that tries is found."""

from __future__ import annotations

import asyncio
import socket

import aiohttp
import pytest

from tests import loopback
from tests.waiting import until

AFAR = "192.0.2.7"
"""An address that is nobody's, for examples."""


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", "", "::", None, b"::1"]
)
def test_the_machine_itself_is_here(host: object) -> None:
    """Under each of its names."""
    assert loopback.is_here(host)


@pytest.mark.parametrize(
    "host", [AFAR, "10.0.0.1", "fe80::1%eth0", "example.com", "169.254.169.254"]
)
def test_everybody_else_is_not(host: str) -> None:
    """Nor is the network that the machine is in."""
    assert not loopback.is_here(host)


def test_a_connection_that_would_leave_is_refused_and_remembered() -> None:
    """Planted: what would not be seen where something swallows errors."""
    with (
        socket.socket() as one,
        pytest.raises(OSError, match="no test leaves the machine"),
    ):
        one.connect((AFAR, 80))
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one,
        pytest.raises(OSError, match="no test leaves the machine"),
    ):
        one.sendto(b"hello", (AFAR, 53))
    with pytest.raises(OSError, match="no test leaves the machine"):
        socket.getaddrinfo("example.com", 443)
    assert [
        f"socket.connect to the address '{AFAR}'",
        f"socket.sendto to the address '{AFAR}'",
        "socket.getaddrinfo to the name 'example.com'",
    ] == list(loopback.taken())


async def test_what_a_library_tries_is_seen_as_well() -> None:
    """By asyncio and aiohttp, and in the thread that looks names up."""
    async with aiohttp.ClientSession() as session:
        for url in (f"http://{AFAR}/", "http://example.com/"):
            with pytest.raises(aiohttp.ClientError):
                await session.get(url)
    assert 2 == len(list(loopback.taken()))


async def test_whoever_stays_is_let_be() -> None:
    """A server and its caller, both here."""
    heard = asyncio.Event()

    async def hear(_reader: object, writer: asyncio.StreamWriter) -> None:
        heard.set()
        writer.close()

    async with await asyncio.start_server(hear, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        _, writer = await asyncio.open_connection("localhost", port)
        await until(heard.is_set)
        writer.close()
    assert [] == list(loopback.taken())
