"""Whom Laurel speaks to on Discord in tests, and in which words."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.adapters.discord.people import DISCORD
from bot.chat.catalogue import Catalogue
from bot.chat.speech import Reader, Speech
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef
from bot.features import LOCALES

GUILD = CommunityRef(DISCORD, "81384788765712384")
NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
TAGS = ("en", "es")

NAMES = {"111": "Ana", "222": "نور الهدى", "333": "Łukasz"}

_SAMPLES = Path(__file__).parents[2] / "samples" / "locales"


def member(id_: int) -> MemberRef:
    """Return a member; those of `NAMES` have one."""
    return MemberRef(GUILD, str(id_))


@cache
def words() -> Catalogue:
    """Return Laurel's own words with the samples' beside them."""
    with tempfile.TemporaryDirectory() as name:
        for source in (LOCALES, _SAMPLES):
            shutil.copytree(source, name, dirs_exist_ok=True)
        return Catalogue.load(Path(name))


def named(ref: MemberRef | ChannelRef | RoleRef) -> str:
    """Return what somebody or something is called."""
    return NAMES.get(ref.id, f"thing {ref.id}")


def speech(tag: str = "en") -> Speech:
    """Return how to speak to somebody who reads ``tag``."""
    return Speech(words(), Reader(tag, ZoneInfo("UTC"), NOW), named)
