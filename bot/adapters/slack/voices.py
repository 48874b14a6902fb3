"""How Laurel speaks on Slack: in whose language, in which zone, with which names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.chat.adapter import Memory, Posting
from bot.chat.catalogue import Catalogue
from bot.chat.message import Buttons, Card, Message, Select
from bot.chat.responses import Call
from bot.chat.speech import Reader, Speech
from bot.chat.text import Phrase, Value
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef

Ref = MemberRef | ChannelRef | RoleRef

Names = Callable[[Collection[Ref]], Awaitable[Mapping[Ref, str]]]
"""Finds what Slack calls somebody, a channel or a user group, as far as it says."""


class Voices:
    """Makes the speech that a message is drawn with."""

    def __init__(
        self,
        catalogue: Catalogue,
        memory: Memory,
        clock: Callable[[], datetime],
        names: Names,
    ) -> None:
        self.catalogue = catalogue
        self._memory = memory
        self._clock = clock
        self._names = names

    async def private(self, call: Call, *said: Message) -> Speech:
        """Return how to say something to the member who acted."""
        return await self.form(call, [ref for each in said for ref in named_in(each)])

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

    async def form(self, call: Call, refs: Iterable[Ref] = ()) -> Speech:
        """Return how to ask the member something; ``refs`` are those it names."""
        zone = await self._memory.zone(call.actor.ref)
        known: dict[Ref, str] = {call.actor.ref: call.actor.name}
        if call.target is not None:
            known[call.target.author.ref] = call.target.author.name
        return await self._speech(call.locale, zone, refs, known)

    async def _speech(
        self,
        locale: str,
        zone: ZoneInfo,
        refs: Iterable[Ref],
        known: Mapping[Ref, str],
    ) -> Speech:
        tag = self.catalogue.choose(locale)
        unknown = {r for r in refs if r not in known and not _is_direct(r)}
        names = {**await self._found(unknown), **known}
        say = self.catalogue.languages[tag].plain
        somebody = say("slack.somebody") or "?"
        directly = say("slack.directly") or "?"
        gone = say("slack.gone") or "?"

        def name_of(ref: Ref) -> str:
            if isinstance(ref, MemberRef):
                return names.get(ref, somebody)
            if isinstance(ref, ChannelRef):
                return directly if _is_direct(ref) else names.get(ref, gone)
            return names.get(ref, ref.id)

        return Speech(self.catalogue, Reader(tag, zone, self._clock()), name_of)

    async def _found(self, unknown: Collection[Ref]) -> dict[Ref, str]:
        """Return names: those that Laurel remembers, and those that Slack says."""
        people = [ref for ref in unknown if isinstance(ref, MemberRef)]
        met = await self._memory.names(people) if people else {}
        found: dict[Ref, str] = dict(met.items())
        others = [ref for ref in unknown if ref not in found]
        if others:
            found.update(await self._names(others))
        return found


def _is_direct(ref: Ref) -> bool:
    """Return whether a place is somebody's direct messages with Laurel."""
    return isinstance(ref, ChannelRef) and not ref.id.startswith(("C", "G"))


def named_in(message: Message) -> Iterator[Ref]:
    """Yield whom and what ``message`` names."""
    for node in message.nodes:
        match node:
            case Card():
                yield from _named_on(node)
            case Buttons(items=items):
                for item in items:
                    yield from refs_in(item.label)
            case Select(placeholder=placeholder, options=options):
                yield from refs_in(placeholder)
                for option in options:
                    yield from refs_in(option.label)
            case _:
                pass


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


def _named_on(card: Card) -> Iterator[Ref]:
    yield from refs_in(card.title)
    yield from refs_in(card.footer)
    yield from refs_in(card.picture.alt if card.picture else None)
    for paragraph in card.body:
        yield from refs_in(paragraph)
    for fact in card.facts:
        yield from refs_in(fact.label)
        yield from refs_in(fact.value)
    for line in card.lines:
        yield from refs_in(line.text)
