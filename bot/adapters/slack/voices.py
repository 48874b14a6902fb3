"""What Slack calls people and places where it draws no name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime

from bot.chat import voices
from bot.chat.adapter import Memory
from bot.chat.catalogue import Catalogue
from bot.chat.message import Buttons, Card, Message, Select
from bot.chat.speech import NameOf
from bot.chat.voices import Ref, refs_in
from bot.domain.refs import ChannelRef, MemberRef

Names = Callable[[Collection[Ref]], Awaitable[Mapping[Ref, str]]]
"""Finds what Slack calls somebody, a channel or a user group, as far as it says."""


class Voices(voices.Voices):
    """Names members as Laurel remembers them, and all else as Slack does."""

    def __init__(
        self,
        catalogue: Catalogue,
        memory: Memory,
        clock: Callable[[], datetime],
        names: Names,
    ) -> None:
        super().__init__(catalogue, memory, clock)
        self._names = names

    def named_in(self, message: Message) -> Iterator[Ref]:
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

    async def naming(
        self, refs: Iterable[Ref], known: Mapping[Ref, str], tag: str
    ) -> NameOf:
        """Return what people and places are called."""
        unknown = {r for r in refs if r not in known and not _is_direct(r)}
        names = {**await self._found(unknown), **known}
        somebody = self.said("forms.somebody", tag)
        directly = self.said("slack.directly", tag)
        gone = self.said("slack.gone", tag)

        def name_of(ref: Ref) -> str:
            if isinstance(ref, MemberRef):
                return names.get(ref, somebody)
            if isinstance(ref, ChannelRef):
                return directly if _is_direct(ref) else names.get(ref, gone)
            return names.get(ref, ref.id)

        return name_of

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
