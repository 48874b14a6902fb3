"""Whom Laurel speaks to on Slack in tests, in which words, with which ids."""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.chat.catalogue import Catalogue
from bot.chat.message import Message
from bot.chat.speech import Reader, Speech
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, PlatformName, RoleRef
from bot.features import LOCALES

TEAM = CommunityRef(PlatformName("slack"), "T0WILLOW")
NOW = datetime(2026, 3, 6, 15, tzinfo=UTC)
TAGS = ("en", "es")

ANA, NOUR, LUKASZ = (MemberRef(TEAM, each) for each in ("U0ANA", "U0NOUR", "U0LUKASZ"))
NAMES = {"U0ANA": "Ana", "U0NOUR": "نور الهدى", "U0LUKASZ": "Łukasz"}
WALL = ChannelRef(TEAM, "C0WALL")

_SAMPLES = Path(__file__).parents[2] / "samples" / "locales"
_KINDS = {"MemberRef": "U", "ChannelRef": "C", "RoleRef": "S"}


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


def on_slack(message: Message) -> Message:
    """Return ``message`` with Slack's kind of ids in place of another platform's."""
    return wire.decode_message(json.dumps(_moved(json.loads(wire.encode(message)))))


def _moved(packed: object) -> object:
    match packed:
        case list():
            return [_moved(each) for each in packed]
        case dict():
            moved = {key: _moved(each) for key, each in packed.items()}
            if (letter := _KINDS.get(str(packed.get("$")))) is not None:
                moved["id"] = f"{letter}{zlib.crc32(str(packed['id']).encode()):08X}"
            return moved
        case _:
            return packed
