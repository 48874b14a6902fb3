"""Addresses of evidence: what leads to a public page is taken, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleError
from bot.domain.evidence import (
    MAX_LINK_CHARS,
    MAX_LINKS,
    check_link,
    is_link,
    links_in,
)

NUMBERS = st.integers(0, 2**32 - 1)

PRIVATE_V4 = (
    "0.0.0.0",  # noqa: S104  it is refused, not listened on
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "172.16.0.9",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
)


def why_not(written: str) -> str:
    """Return why an address is refused."""
    with pytest.raises(RuleError) as refused:
        check_link(written)
    assert "links" == refused.value.at
    return refused.value.code.removeprefix("nominations.refused-link-")


def spellings(number: int) -> tuple[str, ...]:
    """Return ways in which browsers take ``number`` for an IPv4 address."""
    a, b, c, d = number.to_bytes(4, "big")
    return (
        f"{number}",
        f"{number:#x}",
        f"{number:#X}",
        f"0{number:o}",
        f"{a}.{number & 0xFFFFFF}",
        f"{a:#x}.{b}.{number & 0xFFFF}",
        f"{a:#x}.{b:#x}.{c:#x}.{d:#x}",
        f"0{a:o}.0{b:o}.0{c:o}.0{d:o}",
        f"{a}.{b}.{c}.{d}.",
        "．".join(map(str, (a, b, c, d))),  # noqa: RUF001  a stop of full width
        "。".join(map(str, (a, b, c, d))),
        f"[::ffff:{a}.{b}.{c}.{d}]",
        f"[::{a}.{b}.{c}.{d}]",
        f"[64:ff9b::{a}.{b}.{c}.{d}]",
        f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]",
    )


@pytest.mark.parametrize("address", PRIVATE_V4)
@pytest.mark.parametrize("port", ["", ":80", ":8443"])
def test_no_spelling_of_a_private_address_gets_through(address: str, port: str) -> None:
    """Decimal, octal, hexadecimal, short, of full width, or inside of IPv6."""
    for host in (address, *spellings(int(IPv4Address(address)))):
        assert "private" == why_not(f"http://{host}{port}/x"), host
        assert "private" == why_not(f"https://{host}{port}?y"), host


@given(NUMBERS)
def test_an_address_in_numbers_is_public_or_refused(number: int) -> None:
    """Whatever is let through in any spelling is one that everybody reaches."""
    for host in spellings(number):
        written = f"http://{host}/"
        if not is_link(written):
            continue
        inside = urlsplit(check_link(written)).hostname or ""
        if ":" in inside:
            found: IPv4Address | IPv6Address | None = IPv6Address(inside).sixtofour
        else:
            found = IPv4Address(inside)
        assert isinstance(found, IPv4Address)
        assert found.is_global
        assert not found.is_multicast
        assert IPv4Address(number) == found


@given(st.integers(0, 2**128 - 1).map(IPv6Address))
def test_an_ipv6_address_is_public_or_refused(address: IPv6Address) -> None:
    """None of a network's own, of a link, or with an IPv4 address inside of it."""
    written = f"http://[{address}]/"
    if is_link(written):
        assert address.is_global
        assert 0x2000 <= int(address) >> 112 < 0x4000
        assert address.ipv4_mapped is None
        assert address.teredo is None


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "Printer.Local.",
        "wiki.lan",
        "db.internal",
        "metadata.google.internal",
        "nas.home.arpa",
        "1.0.168.192.in-addr.arpa",
        "x.onion",
        "x.test",
        "intranet",
        "localhost:3000",
        "router.home",
        "printer。local",
        "ｌｏｃａｌｈｏｓｔ",  # noqa: RUF001  letters of full width
        "[::1]",
        "[fe80::1]",
        "[fc00::1]",
        "[fe80::1%25eth0]",
        "0x",
        "1.2.3.4.5",
        "1.2.3.999",
        "example.0x1",
    ],
)
def test_no_name_of_a_private_network_gets_through(host: str) -> None:
    """Single labels, names that only a network of one's own knows, odd numbers."""
    assert "private" == why_not(f"http://{host}/x")


@pytest.mark.parametrize(
    "written",
    [
        "javascript:alert(1)",
        "JavaScript:alert(document.cookie)",
        "javascript://example.org/%0aalert(1)",
        "data:text/html,<b>x</b>",
        "vbscript:msgbox(1)",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "mailto:ana@example.org",
        "tel:+123456",
        "slack://open",
        "discord://-/channels/1",
        "view-source:https://example.org",
        "blob:https://example.org/1",
    ],
)
def test_only_pages_of_the_web_are_addresses(written: str) -> None:
    """No scripts, no data, no files, no other programs."""
    assert "scheme" == why_not(written)


@pytest.mark.parametrize(
    "written",
    [
        "https://ana:secret@example.org/",
        "https://ana@example.org/",
        "https://example.org@10.0.0.1/",
        "https://:@example.org/",
        "http://@example.org",
    ],
)
def test_an_address_carries_no_name_and_no_password(written: str) -> None:
    """Neither a secret, nor a host that poses as another."""
    assert "password" == why_not(written)


@pytest.mark.parametrize(
    "written",
    [
        "kiln",
        "word",
        "https://",
        "https:///x",
        "https:example.org",
        "//example.org/x",
        "http://example.org\\@10.0.0.1/",
        "https://example.org\\x",
        "https://exa..mple.org",
        "https://-example.org",
        "https://example-.org",
        "https://exa%6dple.org",
        "https://straße.example",
        "https://example.org:0",
        "https://example.org:65536",
        "https://example.org:port/",
        "https://[::1",
        f"https://{'a' * 64}.org",
        f"https://{'.'.join(['a' * 40] * 7)}.org",
        "https://exa<mple.org",
        "https://example.org,example.com",
    ],
)
def test_what_is_no_address_is_said_to_be_none(written: str) -> None:
    """Also what browsers would read in another way than it looks."""
    assert "unread" == why_not(written)


@pytest.mark.parametrize(
    ("written", "opened"),
    [
        ("https://example.org/kiln", "https://example.org/kiln"),
        ("HTTP://Example.ORG./Kiln", "http://example.org/Kiln"),
        ("example.org/kiln", "https://example.org/kiln"),
        ("example.org:8443/kiln", "https://example.org:8443/kiln"),
        ("https://example.org?a=b#c", "https://example.org?a=b#c"),
        ("https://exämple.org/ofen", "https://xn--exmple-cua.org/ofen"),
        ("https://example.org/öfen", "https://example.org/%C3%B6fen"),
        ("https://example.org/a%20b", "https://example.org/a%20b"),
        ("https://a_b.example.org", "https://a_b.example.org"),
        ("http://8.8.8.8/x", "http://8.8.8.8/x"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
        ("https://example.org/javascript:x", "https://example.org/javascript:x"),
    ],
)
def test_a_public_address_is_kept_as_it_will_be_opened(
    written: str, opened: str
) -> None:
    """In ASCII, so that no letter poses as another."""
    assert opened == check_link(written)


@given(st.text(max_size=80), st.sampled_from(["", "https://", "http://", "x.org/"]))
def test_whatever_is_typed_is_an_address_or_refused(text: str, before: str) -> None:
    """What is let through is ASCII, no longer than allowed, and stays as it is."""
    links: tuple[str, ...] = ()
    with suppress(RuleError):
        links = links_in(before + text)
    for link in links:
        parts = urlsplit(link)
        assert parts.scheme in {"http", "https"}
        assert "." in (parts.hostname or "") or ":" in (parts.hostname or "")
        assert link.isascii()
        assert link.isprintable()
        assert {" ", "@", "\\"}.isdisjoint(parts.netloc)
        assert len(link) <= MAX_LINK_CHARS
        assert link == check_link(link)


def test_links_stand_apart_and_each_counts_once() -> None:
    """Spaces, commas and line breaks are between them; a sentence's stop is not."""
    typed = "See.example.org,\nhttps://b.example/x; https://b.example/x.  c.example."
    want = ("https://See.example.org", "https://b.example/x", "https://c.example")
    assert tuple(map(str.lower, want)) == links_in(typed)
    assert () == links_in(" \n ")


def test_more_links_than_anybody_reads_are_refused() -> None:
    """Five are the most, and none is longer than 300 characters."""
    some = [f"https://example.org/{number}" for number in range(MAX_LINKS + 1)]
    assert MAX_LINKS == len(links_in("\n".join(some[:-1])))
    with pytest.raises(RuleError) as refused:
        links_in("\n".join(some))
    assert "nominations.refused-links" == refused.value.code
    most = "https://example.org/".ljust(MAX_LINK_CHARS, "a")
    assert (most,) == links_in(most)
    assert "long" == why_not(most + "a")
    assert "long" == why_not("https://example.org/" + "ä" * 100)
