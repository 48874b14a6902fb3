"""What Laurel asks a server's admin for."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import discord
import pytest

from bot.adapters.discord.permissions import (
    ASKED,
    CREATE_EVENTS,
    EVENTS,
    NAMES,
    asked,
    explained,
    invite,
    missing,
)
from bot.chat.catalogue import Catalogue

LOCALES = Path(__file__).parents[3] / "locales"


@pytest.mark.parametrize("events", [False, True])
def test_the_invitation_asks_for_no_more_than_laurel_needs(*, events: bool) -> None:
    """Both scopes, and the permissions that are explained one by one."""
    address = urlsplit(invite("123", events=events))
    assert ("https", "discord.com") == (address.scheme, address.netloc)
    assert {
        "client_id": ["123"],
        "permissions": [str(ASKED | CREATE_EVENTS if events else ASKED)],
        "scope": ["bot applications.commands"],
    } == parse_qs(address.query)


def test_the_bits_are_discord_s() -> None:
    """Each name is what discord.py calls the bit, too."""
    theirs = dict(discord.Permissions.VALID_FLAGS)
    for bit, name in {**NAMES, **EVENTS}.items():
        assert bit == theirs[name.replace("-", "_")]


@pytest.mark.parametrize("tag", ["en", "es"])
def test_each_permission_is_explained(tag: str) -> None:
    """An admin reads what it is called and why it is asked for."""
    told = list(explained(Catalogue.load(LOCALES), tag, events=True))
    assert len(asked(events=True)) == len(told)
    assert all(name and why for name, why in told)
    assert not set(NAMES.values()) & {name for name, _ in told}


def test_what_is_missing_is_named() -> None:
    """In a thread another permission counts; files need one more."""
    assert () == tuple(missing(ASKED, files=True))
    assert ("view-channel",) == tuple(missing(0))
    seen = ASKED & ~(1 << 11)
    assert ("send-messages",) == tuple(missing(seen))
    assert () == tuple(missing(seen, thread=True))
    assert ("attach-files",) == tuple(missing(ASKED & ~(1 << 15), files=True))
