"""T28: whatever is sent to either port of Laurel's, it answers, and nobody else waits.

The routes are asked of the very application that is served: a new one is tried here
without a word, and one with a part in its address that nobody knows how to fill fails.
What Slack signs has its own siege, in test_slack_port.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.battery.knocks import (
    MARK,
    Ask,
    UnknownPartError,
    addresses,
    faults,
    sent,
)
from tests.battery.ports import Port, playground_port, running_port
from tests.battery.size import size
from tests.battery.told import Tell
from tests.bench.processes import resident_mb
from tests.fakes.slack import http_door

TRIES = size(60, 3_000)
MOST_GROWN_MB = 20.0
LAG_S = 0.1

Opened = Callable[..., AbstractAsyncContextManager[Port]]
PORTS: Sequence[Opened] = (running_port, playground_port)
both = pytest.mark.parametrize("opened", PORTS, ids=["run", "demo"])

FORM, JSON = b"application/x-www-form-urlencoded", b"application/json"
MULTIPART = b"multipart/form-data; boundary=b"
QUERY = (
    b"?command=%2Fshoutout&source=shoutouts.to&typed=a&in=general&under=1&before=5"
    b"&after=0&code=a.b&state=c"
)
FILLED = (
    b"laurel.id=abc&laurel.action=shoutouts.undo%3A1&laurel.pressed=1&laurel.target=1"
    b"&laurel.place=dialog&text=hello&step=hour&to=bo&why=thanks"
)

garbage = st.binary(max_size=60).filter(lambda told: not set(told) & set(b"\r\n"))
ODD = (
    *(MARK, b"", b"%00", b"%ff%fe", b"\xc0\xaf", b"..%2f..%2f", b"%zz", b"\xff"),
    *(b"9" * 400, b"-1", b"\xd9\xa3", b"1e9", b"nan", b"a" * 9_000, b"%0d%0aA:b"),
    *(b"*", b"bytes=0-,-1", b"gzip", b"br", b"chunked", b"100-continue", b"h2c"),
    *(b"websocket", b"https://evil.example", b"cross-site", b"en-\xc3\xa9,*;q=x"),
    *(b'"a', b"=?utf-8?q?x?=", b"text/html", FORM, JSON, MULTIPART, b"a/b;c"),
    *(FORM + b"; charset=zz", FORM + b"; charset=utf-7", b"multipart/form-data"),
)
odd = st.one_of(garbage, st.sampled_from(ODD))
names = st.one_of(
    st.sampled_from(
        (
            *(b"Host", b"Accept", b"Accept-Language", b"Accept-Encoding", b"Cookie"),
            *(b"Content-Type", b"Content-Encoding", b"If-None-Match", b"Range"),
            *(b"If-Modified-Since", b"If-Range", b"Referer", b"Origin", b"Expect"),
            *(b"Sec-Fetch-Site", b"Sec-Fetch-Mode", b"Upgrade", b"Connection"),
            *(b"Transfer-Encoding", b"Content-Length", b"X-Forwarded-For"),
            *(b"X-Forwarded-Proto", b"X-Forwarded-Host", b"Forwarded"),
            *(b"Last-Event-ID", b"Authorization", b"X-HTTP-Method-Override"),
            *(b"X-Slack-Request-Timestamp", b"X-Slack-Signature", b"X-Slack-Retry-Num"),
        )
    ),
    garbage.filter(bool),
)
bodies = st.one_of(
    st.just(b""),
    st.just(FILLED),
    garbage,
    st.binary(max_size=2_000),
    st.lists(st.tuples(garbage, odd), max_size=5).map(urlencode).map(str.encode),
    odd.map(lambda told: FILLED.replace(b"hello", told)),
    odd.map(
        lambda told: (
            b'--b\r\nContent-Disposition: form-data; name="text"; filename="'
            + told
            + b'"\r\n\r\nx\r\n--b--\r\n'
        )
    ),
    odd.map(lambda told: b"--b\r\n" + told + b"\r\n\r\n\r\n--b"),
    st.sampled_from(
        (b"[" * 50_000, b"{}", b"payload=%7B", b"&" * 3_000, b"a=b&" * 900)
    ),
)
methods = st.sampled_from(
    (
        *(b"GET", b"POST", b"HEAD", b"OPTIONS", b"TRACE", b"PUT", b"CONNECT"),
        b"gEt",
        b"A!",
    )
)


def asked(ways: Mapping[str, Sequence[str]]) -> st.SearchStrategy[Ask]:
    """Return requests that nearly fit a route, in some respect or other."""

    @st.composite
    def draw(pick: st.DrawFn) -> Ask:
        route = pick(st.sampled_from(sorted(ways)))
        target = pick(st.sampled_from(ways[route])).encode()
        if pick(st.integers(0, 4)) == 0:
            cut = pick(st.integers(0, len(target)))
            target = b"/" + target[:cut].lstrip(b"/") + pick(odd) + target[cut:]
        query = pick(
            st.one_of(st.sampled_from((b"", QUERY)), odd.map(b"?x=%b".__mod__))
        )
        usual = route.partition(" ")[0].replace("*", "GET").encode()
        method = pick(st.one_of(st.just(usual), st.just(usual), methods))
        kind = pick(st.sampled_from((FORM, FORM, MULTIPART, JSON, b"text/plain")))
        more = pick(st.lists(st.tuples(names, odd), max_size=3))
        headers = ((b"Content-Type", kind), *more)
        body = pick(bodies) if method != b"GET" else b""
        version = pick(st.sampled_from((b"HTTP/1.1", b"HTTP/1.1", b"HTTP/1.0")))
        return Ask(
            re.sub(rb"[\r\n ]", b"%20", target + query), method, headers, body, version
        )

    return draw()


HELLO = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n"
PLAIN = (
    *(b"", b"\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"\0" * 500),
    *(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc"),
    b"GET http://evil.example/healthz HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET /healthz\r\n\r\n",
    b"GET /../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /static/..%2f..%2fweb.py HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /%c0%ae%c0%ae/\xc0\xaf\0 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
    b"GET /" + MARK.replace(b" ", b"%20") + b"\x7f HTTP/1.1\r\nHost: a\r\n\r\n",
    b"GET /healthz HTTP/1.0\r\n\r\n",
    b"GET /healthz HTTP/1.1\r\n\r\n",
    HELLO + b"Host: evil.example\r\n\r\n",
    HELLO + b"X: " + b"a" * 1_000_000 + b"\r\n\r\n",
    HELLO + b"".join(b"X-%d: a\r\n" % n for n in range(5_000)) + b"\r\n",
    HELLO + b"Bad header\r\n\r\n",
    HELLO + b"X: a\r\n folded\r\n\r\n",
    HELLO + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    HELLO + b"Content-Length: -1\r\n\r\n",
    HELLO + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    HELLO + b"Content-Length: 99999999999999999999\r\n\r\n",
    HELLO
    + b"Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n\x81\xff\xff\xff\xff\xff\x01",
    HELLO + b"Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\n\r\n",
    HELLO + b"Expect: 200-ok\r\n\r\n",
    HELLO + b"Expect: \x88\xb9\x86\r\n\r\n",
    HELLO + b"Expect: 100-continue\r\n\r\n",
    *(
        b"POST %b HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: %b\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n%b" % (path, kind, chunks)
        for path in (b"/slack/events", b"/as/ana/in/general/say")
        for kind in (FORM, MULTIPART)
        for chunks in (
            b"zz\r\nab\r\n0\r\n\r\n",
            b"-1\r\n",
            b"5\r\nhello!!\r\n",
            b"\0" * 99,
        )
    ),
)
"""No HTTP, nearly HTTP, and HTTP that means harm."""


async def battered(port: Port, tries: int = TRIES) -> list[str]:
    """Return what went wrong while everything imaginable was sent."""
    found: list[str] = []
    ways = addresses(port.app, port.parts)

    def see(raw: bytes) -> None:
        answer = sent(port.url, raw)
        if answer.status:
            found.extend(f"{each}: {raw[:300]!r}" for each in faults(answer))

    @settings(max_examples=tries)
    @given(ask=asked(ways))
    def knock(ask: Ask) -> None:
        see(ask.raw)

    @settings(max_examples=tries // 4)
    @given(at=st.integers(0, 400), cut=st.integers(0, 20), put=st.binary(max_size=20))
    def garble(at: int, cut: int, put: bytes) -> None:
        body = urlencode({"text": "hello"}).encode()
        whole = Ask(b"/slack/events", b"POST", ((b"Content-Type", FORM),), body).raw
        see(whole[:at] + put + whole[at + cut :])

    for raw in PLAIN:
        await asyncio.to_thread(see, raw + (b"" if b"\r\n\r\n" in raw else b"\r\n\r\n"))
    await asyncio.to_thread(knock)
    await asyncio.to_thread(garble)
    return [*found, *port.told()]


@pytest.mark.timeout(300)
@both
async def test_whatever_is_sent_is_answered(
    opened: Opened, tmp_path: Path, tell: Tell
) -> None:
    """With a status that fits, all headers, nothing said back, and a quiet log."""
    async with opened(tmp_path / "home") as port:
        await battered(port, 20)
        before_mb = resident_mb(port.pid)
        found = await battered(port)
        grown_mb = resident_mb(port.pid) - before_mb
        assert 200 == (await asyncio.to_thread(sent, port.url, HELLO + b"\r\n")).status
    assert [] == found[:5]
    tell(
        "P18", "answers of 5xx, errors in the log, headers missing", len(found), most=0
    )
    tell(
        "P18", "growth while garbage comes in", grown_mb, most=MOST_GROWN_MB, unit="MB"
    )


@both
async def test_every_route_is_reached(opened: Opened, tmp_path: Path) -> None:
    """By at least one of the requests: what is fuzzed is not the router alone."""
    async with opened(tmp_path / "home") as port:
        reached = set()
        for route, ways in addresses(port.app, port.parts).items():
            method = route.partition(" ")[0].replace("*", "GET").encode()
            body = FILLED if method == b"POST" else b""
            told = ((b"Content-Type", FORM),)
            ask = Ask(ways[0].encode() + QUERY, method, told, body)
            if (await asyncio.to_thread(sent, port.url, ask.raw)).status not in {
                404,
                405,
            }:
                reached.add(route)
        assert reached == set(addresses(port.app, port.parts))


Place = tuple[str | int, ...]
WRONG: tuple[object, ...] = (
    *(None, True, -1, 1e308, "", "x" * 9_000, "\0", "\ud800", "<!channel>", [], {}),
    *([[]], {"id": {}}, "9" * 400, "shoutouts.undo:9:9", "../..", "U0NOBODY0"),
)


def leaves(told: Any, at: Place = ()) -> list[Place]:
    """Return where something stands in a payload, from the outside in."""
    if isinstance(told, dict):
        inner = [leaves(each, (*at, name)) for name, each in told.items()]
    elif isinstance(told, list):
        inner = [leaves(each, (*at, n)) for n, each in enumerate(told)]
    else:
        inner = []
    return [*([at] if at else []), *(each for found in inner for each in found)]


def changed(payload: Any, at: Place, put: object) -> Any:
    """Return a payload with something else at one place."""
    copy = json.loads(json.dumps(payload))
    *outer, last = at
    inside = copy
    for each in outer:
        inside = inside[each]
    inside[last] = put
    return copy


def wired(kind: str, payload: Any) -> tuple[bytes, str]:
    """Return a payload as it goes over the wire, also where it is no text."""
    if kind == "slash_commands":
        return urlencode(payload, errors="surrogatepass").encode(), FORM.decode()
    return http_door.written(kind, payload)


async def heard(port: Port) -> list[tuple[str, Any]]:
    """Return what Slack says of a command, a press, a form, a home and a message."""
    assert port.town is not None
    place, told = port.town.places[0], []
    usual = http_door.written

    def written(kind: str, payload: Any) -> tuple[bytes, str]:
        told.append((kind, json.loads(json.dumps(payload))))
        return usual(kind, payload)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(http_door, "written", written)
        ben = place.let_in("Ben")
        shown = await place.owner.command("/shoutout", f"{ben.mention()} for the soup")
        await place.owner.click(shown, "Undo")
        form = await place.owner.command("/shoutout", "")
        filled = {"to": [ben.id], "why": "for the soup that you made"}
        await place.owner.submit(form, filled)
        await place.owner.opens_home()
    return told


@pytest.mark.timeout(300)
async def test_whatever_slack_signs_is_answered(tmp_path: Path, tell: Tell) -> None:
    """Real payloads with anything else in any place: a 200 or a 4xx, and no error."""
    loop, found = asyncio.get_running_loop(), []
    async with running_port(tmp_path / "home") as port:
        assert port.town is not None
        slack, said = port.town.slack, await heard(port)

        @settings(max_examples=TRIES // 6)
        @given(data=st.data())
        def say(data: st.DataObject) -> None:
            kind, payload = data.draw(st.sampled_from(said))
            at = data.draw(st.sampled_from(leaves(payload)))
            put = data.draw(st.sampled_from(WRONG))
            body, media = wired(kind, changed(payload, at, put))
            post = slack.http.post(body, {"Content-Type": media})
            status, _ = asyncio.run_coroutine_threadsafe(post, loop).result(20)
            if status >= 500:
                found.append(f"{status} to {kind} with {put!r} at {at}")

        await asyncio.to_thread(say)
        assert {"slash_commands", "interactive", "events_api"} == {k for k, _ in said}
        slack.findings.clear()
        assert [] == [*found, *port.told()][:5]
    tell("P18", "signed payloads of any shape not answered", len(found), most=0)


def test_a_route_that_nobody_tries_is_found() -> None:
    """Planted: an address with a part in it that nobody fills."""

    async def new(_request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application()
    app.router.add_get("/badges/{badge}", new)
    with pytest.raises(UnknownPartError, match=r"\{badge\}"):
        addresses(app, {"member": ["ana"]})


@pytest.mark.parametrize(
    ("plant", "expected"),
    [("gullible", ("answered 500", " ERROR ")), ("bare", (" without ",))],
)
async def test_a_worse_port_is_found(
    tmp_path: Path, plant: str, expected: Sequence[str]
) -> None:
    """Planted: a check that trips over a header, answers that protect nobody."""
    async with running_port(tmp_path / "home", plant) as port:
        told = ((b"Content-Type", FORM), (b"X-Slack-Request-Timestamp", b"soon"))
        ask = Ask(b"/slack/events", b"POST", told, b"a=b")
        answer = await asyncio.to_thread(sent, port.url, ask.raw)
        found = [*faults(answer), *port.told()]
    for each in expected:
        assert any(each in one for one in found), found
