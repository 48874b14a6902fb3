"""Slack's door at its very edges: the last byte, the last second, the last status."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from io import BytesIO

import aiohttp
import pytest
from slack_bolt.response import BoltResponse

from bot.adapters.slack.hook import MAX_BODY_BYTES, WINDOW_S, Hook, Signatures
from bot.adapters.slack.manifest import EVENTS_PATH
from bot.web.server import served
from tests.fakes.slack.http_door import signed
from tests.harness import START

SECRET = "a secret between two"
JSON = {"Content-Type": "application/json"}


def fit(late_s: int, body: bytes = b"{}", signatures: Signatures | None = None) -> bool:
    """Return whether a call is taken that was signed so long ago."""
    there = signatures or Signatures(SECRET, lambda: START)
    made = signed(SECRET, body, START - timedelta(seconds=late_s))
    return there.fit(body, made["X-Slack-Request-Timestamp"], made["X-Slack-Signature"])


@pytest.mark.parametrize("sign", [1, -1])
def test_five_minutes_are_not_yet_stale(sign: int) -> None:
    """Late or early, to the second."""
    assert fit(sign * WINDOW_S)
    assert not fit(sign * (WINDOW_S + 1))


def test_it_is_known_as_long_as_it_could_be_played_again() -> None:
    """To the second that it is stale in, and no longer, or it would add up."""
    now = [START]
    there = Signatures(SECRET, lambda: now[0])
    assert fit(0, signatures=there)
    now[0] = START + timedelta(seconds=WINDOW_S)
    assert not fit(0, signatures=there)
    assert fit(-WINDOW_S, b"[]", there)
    assert 2 == len(there._seen)
    now[0] = START + timedelta(seconds=WINDOW_S + 1)
    assert fit(-WINDOW_S, b"[1]", there)
    assert 2 == len(there._seen)


@pytest.mark.parametrize("stamp", ["9" * 12, "9" * 13, "", "1e9", "-1", "١٢٣"])
def test_what_is_no_instant_is_no_signature(stamp: str) -> None:
    """Nothing is ever raised."""
    assert not Signatures(SECRET, lambda: START).fit(b"{}", stamp, "v0=00")


def test_what_is_no_text_is_no_signature() -> None:
    """Nor are halves of characters, that no codec takes."""
    stamp = str(int(START.timestamp()))
    assert not Signatures(SECRET, lambda: START).fit(b"{}", stamp, "v0=\ud800")


Said = Callable[[], BoltResponse]


@asynccontextmanager
async def door(said: Said) -> AsyncIterator[tuple[str, aiohttp.ClientSession]]:
    """Run a door behind which somebody answers so."""

    async def answer(_body: str, _kind: str) -> BoltResponse:
        return said()

    hook = Hook(answer, SECRET, lambda: START)
    async with (
        served(None, 0, routes=hook.routes()) as home,
        aiohttp.ClientSession() as session,
    ):
        yield home.rstrip("/") + EVENTS_PATH, session


async def called(
    said: Said, body: bytes = b"{}", more: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Return the status, the kind and the text of what Slack is answered."""
    async with door(said) as (url, session):
        headers = JSON | signed(SECRET, body, START) | (more or {})
        async with session.post(url, data=BytesIO(body), headers=headers) as got:
            return got.status, got.content_type, await got.text()


@pytest.mark.parametrize(
    ("status", "expected"),
    [(200, (200, "said")), (399, (200, "said")), (400, (200, "")), (404, (200, "")),
     (499, (200, "")), (500, (503, "")), (501, (503, ""))],
)  # fmt: skip
async def test_slack_comes_again_where_we_broke(
    status: int, expected: tuple[int, str]
) -> None:
    """And does not where nobody listens, whose words are not for it."""
    code, _, text = await called(lambda: BoltResponse(status=status, body="said"))
    assert expected == (code, text)


async def test_what_is_said_keeps_its_kind() -> None:
    """JSON where it is JSON, and else plain text."""
    told = BoltResponse(
        status=200, body="{}", headers={"content-type": "application/json"}
    )
    said = await called(lambda: told)
    assert (200, "application/json", "{}") == said
    bare = BoltResponse(status=200, body="ok")
    bare.headers = {}
    assert (200, "text/plain", "ok") == await called(lambda: bare)


def _ok() -> BoltResponse:
    return BoltResponse(status=200, body="")


async def test_a_megabyte_is_taken_and_no_more() -> None:
    """To the byte, and told as what it is."""
    assert 200 == (await called(_ok, b"x" * MAX_BODY_BYTES))[0]
    assert 413 == (await called(_ok, b"x" * (MAX_BODY_BYTES + 1)))[0]


@pytest.mark.parametrize(
    ("packed", "status"), [("", 200), ("identity", 200), ("br", 415), ("zip", 415)]
)
async def test_only_what_is_not_packed_is_taken(packed: str, status: int) -> None:
    """Whichever way it claims to be packed."""
    assert status == (await called(_ok, more={"Content-Encoding": packed}))[0]


@pytest.mark.parametrize("name", ["X-Slack-Request-Timestamp", "X-Slack-Signature"])
async def test_what_is_not_signed_is_turned_away_in_the_log(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever runs Laurel hears that somebody knocks who is not Slack."""
    async with door(_ok) as (url, session):
        headers = JSON | signed(SECRET, b"{}", START)
        del headers[name]
        async with session.post(url, data=b"{}", headers=headers) as got:
            assert 401 == got.status
    assert ["a call that slack did not sign"] == [e.message for e in caplog.records]


def test_a_clock_is_asked_each_time() -> None:
    """Not once, when the door was made."""
    now: list[datetime] = [START - timedelta(days=1), START]
    assert fit(0, signatures=Signatures(SECRET, lambda: now[-1]))
    now.append(START + timedelta(days=1))
    assert not fit(0, signatures=Signatures(SECRET, lambda: now[-1]))
