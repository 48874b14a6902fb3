"""Which addresses are taken as evidence: those that lead anybody to a public page.

Nothing is ever fetched: reviewers open an address themselves. It is kept as it will be
opened, with what could pose as something else spelled out: letters beyond ASCII in a
host as Punycode, elsewhere as percent codes.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, urlsplit

from bot.domain.errors import RuleError
from bot.domain.words import clean

MAX_LINKS = 5
MAX_LINK_CHARS = 300
MAX_TYPED_CHARS = MAX_LINKS * (MAX_LINK_CHARS + 1)

_MAX_HOST_CHARS = 253
_SHOWN_CHARS = 60

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(?!\d+(?:[/?#]|$))", re.IGNORECASE)
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_READ_DIFFERENTLY = frozenset("ßς\u200c\u200d\\%")
"""What browsers take for something else than Python does, in a host."""

_NOT_PUBLIC = frozenset({
    "alt", "arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local",
    "localdomain", "localhost", "mail", "onion", "private", "test",
})  # fmt: skip
"""Last labels that lead nowhere, or to wherever the reader happens to be."""

_PUBLIC_V6 = IPv6Network("2000::/3")


def links_in(typed: str) -> tuple[str, ...]:
    """Return the addresses in what was typed, each once, as they will be opened.

    Spaces and line breaks stand between them, and perhaps commas beside these. One
    without a scheme gets ``https``.

    Raises:
        RuleError: If there are too many, or one is not to be followed, at ``links``.
    """
    typed = clean(typed, multiline=True)
    words = (word.strip(",;").rstrip(".") for word in typed.split())
    links = tuple(dict.fromkeys(map(check_link, filter(None, words))))
    if len(links) > MAX_LINKS:
        raise RuleError("nominations.refused-links", "links", most=MAX_LINKS)
    return links


def check_link(written: str) -> str:
    """Return an address as it will be opened.

    Raises:
        RuleError: If it is no address of the web, leads into somebody's own network,
            carries a name or a password, or is too long.
    """
    if len(written) > MAX_LINK_CHARS:
        raise _refusal("long", written, most=MAX_LINK_CHARS)
    parts = _parts(written)
    if "@" in parts.netloc:
        raise _refusal("password", written)
    host = _host(written, parts)
    link = "".join(_spelled(parts, host))
    if len(link) > MAX_LINK_CHARS:
        raise _refusal("long", written, most=MAX_LINK_CHARS)
    return link


def is_link(written: str) -> bool:
    """Return whether `check_link` lets an address through."""
    try:
        check_link(written)
    except RuleError:
        return False
    return True


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Return whether ``address`` is the same place for everybody."""
    if address.is_multicast or not address.is_global:
        return False
    if isinstance(address, IPv4Address):
        return True
    inner = address.sixtofour
    return address in _PUBLIC_V6 and (inner is None or is_public(inner))


def _parts(written: str) -> SplitResult:
    """Return the parts of an address of the web.

    Raises:
        RuleError: If it is none.
    """
    scheme = _SCHEME.match(written)
    if scheme and scheme[1].casefold() not in {"http", "https"}:
        raise _refusal("scheme", written)
    address = written if scheme else f"https://{written}"
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise _refusal("unread", written) from None
    plain = scheme is not None or "." in parts.netloc or "localhost" in parts.netloc
    if not (has_host and plain) or "\\" in written:
        raise _refusal("unread", written)
    return parts


def _host(written: str, parts: SplitResult) -> str:
    """Return the host, in ASCII.

    Raises:
        RuleError: If nobody could reach it, or not everybody the same one.
    """
    named = parts.hostname or ""
    if parts.netloc.startswith("["):
        return f"[{_address(written, named)}]"
    if _READ_DIFFERENTLY.intersection(named):
        raise _refusal("unread", written)
    try:
        host = named.encode("idna").decode().removesuffix(".").lower()
    except UnicodeError:
        raise _refusal("unread", written) from None
    *rest, last = labels = host.split(".")
    # Browsers take "2130706433" and "0x7f.1" for numbers of a host.
    if _NUMBER.fullmatch(last):
        return str(_address(written, host))
    if not rest or last in _NOT_PUBLIC:
        raise _refusal("private", written)
    if len(host) > _MAX_HOST_CHARS or not all(map(_LABEL.fullmatch, labels)):
        raise _refusal("unread", written)
    return host


def _address(written: str, host: str) -> IPv4Address | IPv6Address:
    try:
        address = ip_address(host)
    except ValueError:
        raise _refusal("private", written) from None
    if not is_public(address):
        raise _refusal("private", written)
    return address


def _spelled(parts: SplitResult, host: str) -> tuple[str, ...]:
    port = f":{parts.port}" if parts.port else ""
    query = f"?{_ascii(parts.query)}" if parts.query else ""
    fragment = f"#{_ascii(parts.fragment)}" if parts.fragment else ""
    return (parts.scheme, "://", host, port, _ascii(parts.path), query, fragment)


def _ascii(text: str) -> str:
    return quote(text, safe="/?:@!$&'()*+,;=~%-._")


def _refusal(why: str, link: str, **values: int) -> RuleError:
    shown = link if len(link) <= _SHOWN_CHARS else f"{link[: _SHOWN_CHARS - 1]}…"
    return RuleError(f"nominations.refused-link-{why}", "links", link=shown, **values)
