"""What an adapter is handed, made to remember what came of it."""

from __future__ import annotations

import itertools
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.adapter import Dispatch, Memory, Place
from bot.chat.fields import Suggestion
from bot.chat.news import News
from bot.chat.responses import Ask, Call, Response
from bot.domain.refs import CommunityRef, MemberRef, PlatformName


@dataclass
class Remembered(Memory):
    """What Laurel remembers, as a test says."""

    places: dict[CommunityRef, Place] = field(default_factory=dict)
    zones: dict[MemberRef, ZoneInfo] = field(default_factory=dict)
    known: dict[MemberRef, str] = field(default_factory=dict)
    forms: dict[tuple[MemberRef, str], Ask] = field(default_factory=dict)
    here: set[CommunityRef] = field(default_factory=set)
    _ids: Any = field(default_factory=lambda: itertools.count(1))

    async def place(self, community: CommunityRef) -> Place:
        return self.places.get(community, Place("en", ZoneInfo("UTC")))

    async def communities(self, platform: PlatformName) -> Collection[CommunityRef]:
        return [each for each in self.here if each.platform == platform]

    async def zone(self, member: MemberRef) -> ZoneInfo:
        return self.zones.get(member, ZoneInfo("UTC"))

    async def names(self, members: Collection[MemberRef]) -> Mapping[MemberRef, str]:
        return {ref: self.known[ref] for ref in members if ref in self.known}

    async def keep(self, call: Call, ask: Ask) -> str:
        form_id = f"form{next(self._ids)}"
        self.forms[call.actor.ref, form_id] = ask
        return form_id

    async def kept(self, call: Call, form_id: str) -> Ask | None:
        return self.forms.get((call.actor.ref, form_id))


async def _at_once(_route: str) -> None:
    """Let a call through."""


@dataclass
class Ear(Dispatch):
    """Passes on to the cogs what the adapter hears, and remembers it.

    Attributes:
        gate: Awaited before a route is run, or a lookup.

        says: What routes answer in place of their handlers.

        offers: What lookups find in place of theirs.
    """

    run: Dispatch | None = None
    calls: list[tuple[str, Call, Mapping[str, object] | None]] = field(
        default_factory=list
    )
    news: list[News] = field(default_factory=list)
    gate: Callable[[str], Awaitable[None]] = _at_once
    says: dict[str, Response] = field(default_factory=dict)
    offers: dict[str, Sequence[Suggestion]] = field(default_factory=dict)

    async def __call__(
        self,
        route: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Response:
        self.calls.append((route, call, answers))
        await self.gate(route)
        if route in self.says:
            return self.says[route]
        assert self.run is not None
        return await self.run(route, call, args, answers)

    async def suggest(
        self, lookup: str, call: Call, typed: str
    ) -> Sequence[Suggestion]:
        await self.gate(lookup)
        if lookup in self.offers:
            offered = self.offers[lookup]
            return [each for each in offered if typed in each.value][:25]
        assert self.run is not None
        return await self.run.suggest(lookup, call, typed)

    async def hear(self, news: News) -> None:
        await self.gate(type(news).__name__)
        self.news.append(news)
