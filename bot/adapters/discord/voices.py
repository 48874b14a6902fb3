"""How Laurel speaks on Discord: in whose language, in which zone, with which names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.adapter import Memory, Posting
from bot.chat.catalogue import Catalogue
from bot.chat.message import Button, Buttons, Card, LinkButton, Message, Select
from bot.chat.responses import Call
from bot.chat.speech import Reader, Speech
from bot.chat.text import Phrase, Value
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef

Places = Callable[[ChannelRef | RoleRef], str | None]
"""What a channel or a role is called; None where nobody knows."""


class Voices:
    """Makes the speech that a message is drawn with."""

    def __init__(
        self,
        catalogue: Catalogue,
        memory: Memory,
        clock: Callable[[], datetime],
        places: Places,
    ) -> None:
        self.catalogue = catalogue
        self._memory = memory
        self._clock = clock
        self._places = places

    async def private(self, call: Call, said: Message) -> Speech:
        """Return how to say something to the member who acted."""
        return await self.form(call, named_in(said))

    async def public(self, community: CommunityRef, said: Message) -> Speech:
        """Return how to say something to everybody in a community."""
        place = await self._memory.place(community)
        return await self._speech(place.locale, place.zone, named_in(said), {})

    async def delivery(self, posting: Posting) -> Speech:
        """Return how to say what the courier brings."""
        if isinstance(posting.to, MemberRef):
            zone = await self._memory.zone(posting.to)
        else:
            zone = (await self._memory.place(posting.to.community)).zone
        return await self._speech(posting.locale, zone, named_in(posting.message), {})

    def stranger(self, locale: str | None) -> Speech:
        """Return how to speak to whom nothing but a language is known of."""
        tag = self.catalogue.choose(locale)
        reader = Reader(tag, ZoneInfo("UTC"), self._clock())
        return Speech(self.catalogue, reader, lambda ref: ref.id)

    async def form(self, call: Call, refs: Iterable[MemberRef] = ()) -> Speech:
        """Return how to ask the member something; ``refs`` are those it names."""
        zone = await self._memory.zone(call.actor.ref)
        known = {call.actor.ref: call.actor.name}
        if call.target is not None:
            known[call.target.author.ref] = call.target.author.name
        return await self._speech(call.locale, zone, refs, known)

    async def _speech(
        self,
        locale: str,
        zone: ZoneInfo,
        refs: Iterable[MemberRef],
        known: Mapping[MemberRef, str],
    ) -> Speech:
        tag = self.catalogue.choose(locale)
        unknown = {ref for ref in refs if ref not in known}
        names = {**await self._memory.names(unknown), **known} if unknown else known
        somebody = self.catalogue.languages[tag].plain("discord.somebody") or "?"

        def name_of(ref: MemberRef | ChannelRef | RoleRef) -> str:
            if isinstance(ref, MemberRef):
                return names.get(ref, somebody)
            return self._places(ref) or ref.id

        return Speech(self.catalogue, Reader(tag, zone, self._clock()), name_of)


def named_in(message: Message) -> Iterator[MemberRef]:
    """Yield whom ``message`` names where Discord draws no mention."""
    for node in message.nodes:
        match node:
            case Card(title=title, picture=picture):
                yield from members_in(title)
                yield from members_in(picture.alt if picture else None)
            case Buttons(items=items):
                for item in items:
                    if isinstance(item, Button | LinkButton):
                        yield from members_in(item.label)
            case Select(placeholder=placeholder, options=options):
                yield from members_in(placeholder)
                for option in options:
                    yield from members_in(option.label)
            case _:
                pass


def members_in(value: Value | None) -> Iterator[MemberRef]:
    """Yield the members that a phrase names, and those in it."""
    match value:
        case MemberRef():
            yield value
        case Phrase(values=values):
            for each in values.values():
                yield from members_in(each)
        case tuple():
            for item in value:
                yield from members_in(item)
        case _:
            pass
