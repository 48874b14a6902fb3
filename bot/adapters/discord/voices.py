"""What Discord calls people and places where it draws no mention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime

from bot.chat import voices
from bot.chat.adapter import Memory
from bot.chat.catalogue import Catalogue
from bot.chat.message import Button, Buttons, Card, LinkButton, Message, Select
from bot.chat.speech import NameOf
from bot.chat.text import Value
from bot.chat.voices import Ref
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

Places = Callable[[ChannelRef | RoleRef], str | None]
"""What a channel or a role is called; None where nobody knows."""


class Voices(voices.Voices):
    """Names members as Laurel remembers them, and places as Discord does."""

    def __init__(
        self,
        catalogue: Catalogue,
        memory: Memory,
        clock: Callable[[], datetime],
        places: Places,
    ) -> None:
        super().__init__(catalogue, memory, clock)
        self._places = places

    def named_in(self, message: Message) -> Iterator[MemberRef]:
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

    async def naming(
        self, refs: Iterable[Ref], known: Mapping[Ref, str], tag: str
    ) -> NameOf:
        """Return what people are called; places have the names that they have."""
        people = (ref for ref in refs if isinstance(ref, MemberRef))
        unknown = {ref for ref in people if ref not in known}
        met = await self._memory.names(unknown) if unknown else {}
        names: dict[Ref, str] = {**dict(met.items()), **known}
        somebody = self.said("forms.somebody", tag)

        def name_of(ref: Ref) -> str:
            if isinstance(ref, MemberRef):
                return names.get(ref, somebody)
            return self._places(ref) or ref.id

        return name_of


def members_in(value: Value | None) -> Iterator[MemberRef]:
    """Yield the members that a phrase names, and those in it."""
    return (ref for ref in voices.refs_in(value) if isinstance(ref, MemberRef))
