"""How Laurel speaks on a platform: in whose language and zone, with which names."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import chain
from zoneinfo import ZoneInfo

from bot.chat.adapter import Memory, Posting
from bot.chat.catalogue import Catalogue
from bot.chat.message import Message
from bot.chat.responses import Call
from bot.chat.speech import NameOf, Reader, Speech
from bot.chat.text import Phrase, Value
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef

Ref = MemberRef | ChannelRef | RoleRef


class Voices(ABC):
    """Makes the speech that a message is drawn with; platforms know the names."""

    def __init__(
        self, catalogue: Catalogue, memory: Memory, clock: Callable[[], datetime]
    ) -> None:
        self.catalogue = catalogue
        self._memory = memory
        self._clock = clock

    @abstractmethod
    def named_in(self, message: Message) -> Iterable[Ref]:
        """Return whom and what ``message`` names where the platform draws no name."""

    @abstractmethod
    async def naming(
        self, refs: Iterable[Ref], known: Mapping[Ref, str], tag: str
    ) -> NameOf:
        """Return what ``refs`` are called, of which some are ``known``, in a language.

        Whoever nobody knows by name is somebody.
        """

    async def private(self, call: Call, *said: Message) -> Speech:
        """Return how to say something to the member who acted."""
        return await self.form(call, chain.from_iterable(map(self.named_in, said)))

    async def public(self, community: CommunityRef, said: Message) -> Speech:
        """Return how to say something to everybody in a community."""
        place = await self._memory.place(community)
        return await self._speech(place.locale, place.zone, self.named_in(said), {})

    async def delivery(self, posting: Posting) -> Speech:
        """Return how to say what the courier brings."""
        if isinstance(posting.to, MemberRef):
            zone = await self._memory.zone(posting.to)
        else:
            zone = (await self._memory.place(posting.to.community)).zone
        refs = self.named_in(posting.message)
        return await self._speech(posting.locale, zone, refs, {})

    def stranger(self, locale: str | None) -> Speech:
        """Return how to speak to whom nothing but a language is known of."""
        reader = Reader(self.catalogue.choose(locale), ZoneInfo("UTC"), self._clock())
        return Speech(self.catalogue, reader, lambda ref: ref.id)

    async def form(self, call: Call, refs: Iterable[Ref] = ()) -> Speech:
        """Return how to ask the member something; ``refs`` are those it names."""
        zone = await self._memory.zone(call.actor.ref)
        known: dict[Ref, str] = {call.actor.ref: call.actor.name}
        if call.target is not None:
            known[call.target.author.ref] = call.target.author.name
        return await self._speech(call.locale, zone, refs, known)

    def said(self, key: str, tag: str) -> str:
        """Return words of a language that name no value."""
        return self.catalogue.languages[tag].plain(key) or "?"

    async def _speech(
        self, locale: str, zone: ZoneInfo, refs: Iterable[Ref], known: Mapping[Ref, str]
    ) -> Speech:
        tag = self.catalogue.choose(locale)
        name_of = await self.naming(refs, known, tag)
        return Speech(self.catalogue, Reader(tag, zone, self._clock()), name_of)


def refs_in(value: Value | None) -> Iterator[Ref]:
    """Yield the members, channels and roles that a phrase names, and those in it."""
    match value:
        case MemberRef() | ChannelRef() | RoleRef():
            yield value
        case Phrase(values=values):
            for each in values.values():
                yield from refs_in(each)
        case tuple():
            for item in value:
                yield from refs_in(item)
        case _:
            pass
