"""The web port: where it listens, and who gets in."""

from __future__ import annotations

import socket

import pytest
from aiohttp import ClientConnectorError, ClientSession
from yarl import URL

from bot.web.server import served


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1"])
async def test_it_listens_where_it_is_told_and_nowhere_else(host: str) -> None:
    """The address that it says is one that answers; this machine's others do not."""
    if not can_listen_at(host):
        pytest.skip(f"this machine has no {host}")
    elsewhere = "127.0.0.1" if host != "127.0.0.1" else "127.0.0.2"
    async with served(None, 0, host=host) as url, ClientSession() as web:
        async with web.get(f"{url}healthz") as got:
            assert 200 == got.status
        assert host == URL(url).host
        with pytest.raises(ClientConnectorError):
            await web.get(URL(url).with_host(elsewhere))


def can_listen_at(host: str) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as tried:
            tried.bind((host, 0))
    except OSError:
        return False
    return True
