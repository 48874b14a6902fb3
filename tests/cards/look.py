"""What tests draw, and with whom."""

from __future__ import annotations

import struct
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo

from bot.cards.showing import shown
from bot.chat.adapter import Place, Posting
from bot.chat.catalogue import Catalogue
from bot.chat.message import Card, Picture, say
from bot.chat.pictures import ShoutoutCard
from bot.chat.speech import Reader, Speech
from bot.chat.text import Quote, phrase
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    RoleRef,
)
from bot.features import load_words

HERE = CommunityRef(PlatformName("fake"), "home")
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ALT = phrase("common.you")

NAMES = {
    "ada": "Ada Lovelace",
    "ben": "Ben",
    "dina": "Дина Орлова",
    "eleni": "Ελένη Παππά",
    "layla": "ليلى",
    "noa": "נועה",
    "yui": "結衣",
}


def member(name: str) -> MemberRef:
    """Return one of `NAMES`, or somebody whom nobody knows."""
    return MemberRef(HERE, name)


@cache
def words() -> Catalogue:
    """Return Laurel's own words."""
    return load_words()


def thanks(text: str = "For the docs", *receivers: str, **more: Quote) -> Picture:
    """Return a card for somebody, Ada where nobody is named."""
    card = ShoutoutCard(
        title=phrase("playground.said", words=Quote("Thank you")),
        receivers=tuple(map(member, receivers or ("ada",))),
        words=Quote(text),
        giver=member("ben"),
        value=more.get("value"),
    )
    return card.picture(ALT)


def given(picture: Picture, locale: str = "en") -> str:
    """Return what the drawing is given."""

    def name_of(ref: MemberRef | ChannelRef | RoleRef) -> str:
        return NAMES.get(ref.id, "somebody")

    reader = Reader(locale, ZoneInfo("UTC"), NOW)
    speech = Speech(words(), reader, name_of)
    return shown(picture, speech, words().languages[locale].babel)


def posting(*pictures: Picture, locale: str = "en") -> Posting:
    """Return a message with a card for each picture, on its way."""
    cards = (Card(picture=picture) for picture in pictures)
    return Posting(ChannelRef(HERE, "wall"), say(*cards), locale, "d1")


def size_of(png: bytes) -> tuple[int, int]:
    """Return how wide and how high a PNG file says that it is."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack_from(">II", png, 16)
    return width, height


@dataclass
class Known:
    """A memory that knows names and nothing else."""

    known: dict[str, str] = field(default_factory=lambda: dict(NAMES))

    async def place(self, community: CommunityRef) -> Place:
        return Place("en", ZoneInfo("UTC"))

    async def names(self, people: Collection[MemberRef]) -> Mapping[MemberRef, str]:
        return {ref: self.known[ref.id] for ref in people if ref.id in self.known}
