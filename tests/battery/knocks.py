"""What is sent to a web port byte by byte, and what is wrong with what comes back."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from aiohttp import web

MARK = b"<zq onload=zq>"
"""Nobody but us writes this, and no page may hold it as it is."""

INJECTED = b"x-injected"
PATIENCE_S = 0.4
"""Who says less than it announced is waited for longer than that, and gets nothing."""

_MOST_BYTES = 8_000_000
_BLANK = re.compile(rb"\r?\n\r?\n")

WANTED: Mapping[bytes, bytes] = {
    b"cache-control": b"no-",
    b"content-security-policy": b"default-src 'none'",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"referrer-policy": b"",
    b"server": b"Laurel",
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
}
"""What every answer says, and what has to be in it."""

Headers = Sequence[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, of bytes that need not be HTTP.

    Attributes:
        length: Whether the body's true length is told.
    """

    target: bytes = b"/"
    method: bytes = b"GET"
    headers: Headers = ()
    body: bytes = b""
    version: bytes = b"HTTP/1.1"
    length: bool = True

    @property
    def raw(self) -> bytes:
        """What goes over the wire."""
        lines = [b"%s %s %s" % (self.method, self.target, self.version)]
        lines += [b"%s: %s" % each for each in self.headers]
        if not any(name.lower() == b"host" for name, _ in self.headers):
            lines.append(b"Host: 127.0.0.1")
        if self.length and self.body:
            lines.append(b"Content-Length: %d" % len(self.body))
        return b"\r\n".join((*lines, b"Connection: close", b"", self.body))


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back.

    Attributes:
        status: 0 where nothing came.
    """

    status: int = 0
    headers: Mapping[bytes, bytes] = field(default_factory=dict)
    body: bytes = b""

    @property
    def kind(self) -> bytes:
        return self.headers.get(b"content-type", b"").partition(b";")[0]


def sent(url: str, raw: bytes) -> Answer:
    """Send bytes over a connection of their own; return what is answered first."""
    there = urlsplit(url)
    assert there.port is not None
    place = (there.hostname or "", there.port)
    with socket.create_connection(place, timeout=PATIENCE_S) as line:
        with suppress(ConnectionError, TimeoutError):
            line.sendall(raw)
        return _answer(line)


def _answer(line: socket.socket) -> Answer:
    got, ends = b"", None
    while ends is None:
        more = _more(line)
        got += more
        ends = _BLANK.search(got)
        if ends and re.match(rb"HTTP/1\.[01] 1\d\d ", got):
            got = got[ends.end() :]
            ends = _BLANK.search(got)
        if not more and ends is None:
            return Answer()
    first, *rest = got[: ends.start()].splitlines()
    pairs = [each.partition(b":") for each in rest]
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = got[ends.end() :]
    if headers.get(b"content-type", b"").startswith(b"text/event-stream"):
        return Answer(int(first.split()[1]), headers, body)
    due = int(headers.get(b"content-length", _MOST_BYTES))
    while len(body) < due and (more := _more(line)):
        body += more
    return Answer(int(first.split()[1]), headers, body)


def _more(line: socket.socket) -> bytes:
    try:
        return line.recv(65_536)
    except (ConnectionError, TimeoutError):
        return b""


def faults(answer: Answer) -> Iterator[str]:
    """Yield what is wrong with an answer, whatever was asked."""
    if answer.status >= 500:
        yield f"answered {answer.status}"
    for name, part in WANTED.items():
        if part not in answer.headers.get(name, b"\0"):
            yield f"{answer.status} without {name.decode()}"
    if INJECTED in answer.headers:
        yield "a header of the asker's"
    if MARK in answer.body and answer.kind in {b"text/html", b"", b"image/svg+xml"}:
        yield f"{answer.status} says markup back"


class UnknownPartError(AssertionError):
    """A route has a part in its address that nobody says how to fill."""


def addresses(
    app: web.Application, parts: Mapping[str, Sequence[str]]
) -> Mapping[str, Sequence[str]]:
    """Return for each route of an app, as ``METHOD /path``, addresses that it has.

    Args:
        app: Whatever answers at the port.
        parts: What can stand in an address for each of its variable parts; what
            really leads somewhere stands first.

    Raises:
        UnknownPartError: If a route has another part.
    """
    found: dict[str, Sequence[str]] = {}
    for route in app.router.routes():
        assert route.resource is not None
        canonical = route.resource.canonical
        if isinstance(route.resource, web.StaticResource):
            canonical += "/{filename}"
        made = [""]
        for piece in re.split(r"(\{\w+\})", canonical):
            if not piece.startswith("{"):
                made = [each + piece for each in made]
                continue
            if piece[1:-1] not in parts:
                raise UnknownPartError(f"{canonical}: nobody says what {piece} can be")
            fill = parts[piece[1:-1]]
            made = [
                made[min(n, len(made) - 1)] + fill[n % len(fill)]
                for n in range(max(len(made), len(fill)))
            ]
        found[f"{route.method} {canonical}"] = made
    return found
