"""Nothing in a process talks to anybody but this machine; whoever tries is found out.

Python tells whoever listens of each connection, packet and name that is looked up,
whichever library is behind it, and from whatever thread. What would leave the machine
is refused as if there were no network, and remembered: a test must not pass because
something swallowed the refusal.
"""

from __future__ import annotations

import errno
import ipaddress
import sys
from collections.abc import Iterator
from functools import cache

_CALLS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_NAMES = frozenset({"socket.getaddrinfo", "socket.gethostbyname"})

tried: list[str] = []
"""What would have left the machine, in its order, until somebody takes it out."""


def is_here(host: object) -> bool:
    """Return whether this is a name or an address of the machine itself."""
    if isinstance(host, bytes | bytearray):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in {"", "localhost"}:
        return True  # no host at all, or ourselves
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def leaves(event: str, arguments: tuple[object, ...]) -> str | None:
    """Return whom a call would reach beyond the machine; None where it would not."""
    if event in _NAMES:
        host = arguments[0]
        return None if is_here(host) or _is_address(host) else f"name {host!r}"
    if event in _CALLS:
        address = arguments[1]
        if isinstance(address, tuple) and address and not is_here(address[0]):
            return f"address {address[0]!r}"
    return None


def _is_address(host: object) -> bool:
    """Return whether nobody has to be asked what is meant."""
    try:
        ipaddress.ip_address(str(host))
    except ValueError:
        return False
    return True


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in _CALLS or event in _NAMES:
        beyond = leaves(event, arguments)
        if beyond is not None:
            tried.append(f"{event} to the {beyond}")
            raise OSError(errno.ENETUNREACH, f"no test leaves the machine: {beyond}")


@cache
def stay() -> None:
    """See to it from now on, in this process and in all that are forked off it."""
    sys.addaudithook(_watch)


def taken() -> Iterator[str]:
    """Yield what was tried since somebody asked, and forget it."""
    while tried:
        yield tried.pop(0)
