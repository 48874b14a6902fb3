"""Draws the pictures of what is delivered, in the words and names of that moment."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime

from bot.cards.showing import people_in, shown
from bot.cards.studio import Studio, UndrawableError
from bot.chat.adapter import Draw, Memory, Posting
from bot.chat.catalogue import Catalogue
from bot.chat.message import Message, Picture, picture_of
from bot.chat.speech import Reader, Speech
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

log = logging.getLogger(__name__)

KEPT_BYTES = 8_000_000
"""Of pictures that are kept in case they are wanted again."""

KEPT_S = 600.0
"""For so long, which a delivery that is tried again needs; then names are forgotten."""

PATIENCE_S = 120.0
"""How long a message waits for its picture while others are drawn before it."""


class Artist(Draw):
    """Draws each picture once, for as long as it may be wanted again."""

    def __init__(
        self,
        memory: Memory,
        catalogue: Catalogue,
        clock: Callable[[], datetime],
        studio: Studio | None = None,
    ) -> None:
        """Make an artist; without ``studio``, with one of its own."""
        self._memory = memory
        self._catalogue = catalogue
        self._clock = clock
        self._studio = studio or Studio()
        self._kept = _Kept()

    async def __call__(self, posting: Posting) -> Mapping[int, bytes]:
        """Return the pictures of ``posting`` as PNG, by where their card stands.

        What cannot be drawn, or not in time, is left out.
        """
        drawn: dict[int, bytes] = {}
        wanted = pictures_of(posting.message)
        if not wanted:
            return drawn
        speech = await self._speech(posting, wanted)
        try:
            async with asyncio.timeout(PATIENCE_S):
                for index, picture in wanted.items():
                    drawn[index] = await self._drawn(picture, speech)
        except UndrawableError as error:
            log.warning("a post goes without its picture", extra={"reason": str(error)})
        except TimeoutError:
            log.warning("a post goes without its picture", extra={"reason": "queue"})
        return drawn

    async def close(self) -> None:
        """Draw nothing any more."""
        await self._studio.close()

    async def _drawn(self, picture: Picture, speech: Speech) -> bytes:
        language = self._catalogue.languages[speech.reader.locale]
        given = shown(picture, speech, language.babel)
        named = hashlib.sha256(given.encode()).digest()
        now_s = asyncio.get_running_loop().time()
        if (kept := self._kept.get(named, now_s)) is not None:
            return kept
        png = await self._studio.draw(given)
        self._kept.put(named, png, now_s)
        return png

    async def _speech(self, posting: Posting, wanted: Mapping[int, Picture]) -> Speech:
        people = {who for each in wanted.values() for who in people_in(each.data)}
        names = await self._memory.names(people) if people else {}
        place = await self._memory.place(posting.to.community)
        tag = self._catalogue.choose(posting.locale)
        somebody = self._catalogue.languages[tag].plain("cards.somebody") or "?"

        def name_of(ref: MemberRef | ChannelRef | RoleRef) -> str:
            return names.get(ref, somebody) if isinstance(ref, MemberRef) else ref.id

        reader = Reader(tag, place.zone, self._clock())
        return Speech(self._catalogue, reader, name_of)


def pictures_of(message: Message) -> Mapping[int, Picture]:
    """Return the pictures of a message, by where their card stands."""
    found = enumerate(map(picture_of, message.nodes))
    return {index: picture for index, picture in found if picture is not None}


class _Kept:
    """Pictures by what they show, the least recently drawn going first."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[bytes, tuple[float, bytes]] = OrderedDict()
        self._bytes = 0

    def get(self, named: bytes, now_s: float) -> bytes | None:
        self._forget(now_s)
        found = self._pictures.get(named)
        return None if found is None else found[1]

    def put(self, named: bytes, png: bytes, now_s: float) -> None:
        if named not in self._pictures:
            self._pictures[named] = (now_s + KEPT_S, png)
            self._bytes += len(png)
        self._forget(now_s)

    def _forget(self, now_s: float) -> None:
        while self._pictures:
            until_s, png = next(iter(self._pictures.values()))
            if until_s > now_s and self._bytes <= KEPT_BYTES:
                return
            self._pictures.popitem(last=False)
            self._bytes -= len(png)
