"""Discord's own calendar: events of a server that take place somewhere named.

Laurel needs the permission to create events, which lets it change and withdraw its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from discord.http import Route

from bot.adapters.discord.link import Link
from bot.adapters.discord.permissions import CREATE_EVENTS, EVENTS
from bot.adapters.discord.places import Places, wanted
from bot.adapters.discord.raw import Json
from bot.chat.adapter import Memory, RefusedError
from bot.chat.catalogue import Catalogue
from bot.chat.clip import clip
from bot.chat.events import Event, Events, StandingEvent
from bot.domain.refs import CommunityRef

MOST = 100
"""Events that are coming or under way in a server, from Discord's documentation."""

_MAX_NAME_CHARS = 100
_MAX_ABOUT_CHARS = 1_000
_MAX_WHERE_CHARS = 100

_EXTERNAL = 3
_MEMBERS_ONLY = 2

_ALL = "/guilds/{guild_id}/scheduled-events"
_ONE = "/guilds/{guild_id}/scheduled-events/{event_id}"


class ScheduledEvents(Events):
    """The events of all servers."""

    def __init__(
        self,
        link: Callable[[], Link],
        places: Places,
        catalogue: Catalogue,
        memory: Memory,
    ) -> None:
        self._link = link
        self._places = places
        self._catalogue = catalogue
        self._memory = memory

    @property
    def most(self) -> int:
        """How many events there can be in a server, whoever made them."""
        return MOST

    async def standing(self, community: CommunityRef) -> Sequence[StandingEvent]:
        """Return what is coming or under way there."""
        link = self._link()
        listed: list[Json] = await link.rest.request(_route("GET", community))
        return [_read(raw, link.user_id) for raw in listed]

    def named(self, event: Event) -> str:
        """Return the name as it would stand, which `standing` then tells."""
        return clip(" ".join(event.name.split()), _MAX_NAME_CHARS)

    async def create(self, community: CommunityRef, event: Event) -> str:
        """Put an event on the calendar and return its id."""
        self._check(community)
        body = {
            **await self._drawn(community, event),
            "privacy_level": _MEMBERS_ONLY,
            "entity_type": _EXTERNAL,
        }
        made: Json = await self._link().rest.request(_route("POST", community), body)
        return str(made["id"])

    async def change(
        self, community: CommunityRef, event_id: str, event: Event
    ) -> None:
        """Have ``event`` stand in place of what stood there."""
        self._check(community)
        drawn = await self._drawn(community, event)
        await self._link().rest.request(_route("PATCH", community, event_id), drawn)

    async def withdraw(self, community: CommunityRef, event_id: str) -> None:
        """Take an event off the calendar."""
        self._check(community)
        await self._link().rest.request(_route("DELETE", community, event_id))

    def _check(self, community: CommunityRef) -> None:
        """Ask for nothing that would be refused: Discord counts what it refuses.

        Raises:
            RefusedError: If Laurel may not create events, as far as anybody told.
        """
        if not self._places.may_create_events(community):
            raise RefusedError("no-permission", wanted(EVENTS[CREATE_EVENTS]))

    async def _drawn(self, community: CommunityRef, event: Event) -> Json:
        return {
            "name": self.named(event),
            "description": clip(event.about, _MAX_ABOUT_CHARS),
            "scheduled_start_time": event.at.isoformat(),
            "scheduled_end_time": event.until.isoformat(),
            "entity_metadata": {"location": await self._where(community, event)},
        }

    async def _where(self, community: CommunityRef, event: Event) -> str:
        """Return the name of the channel, or that it is nowhere in particular."""
        name = self._places.name_of(event.channel) if event.channel else None
        if name is not None:
            return clip(f"#{name}", _MAX_WHERE_CHARS)
        place = await self._memory.place(community)
        language = self._catalogue.languages[self._catalogue.choose(place.locale)]
        return clip(language.plain("discord.event-here") or "Discord", _MAX_WHERE_CHARS)


def _route(method: str, community: CommunityRef, event_id: str | None = None) -> Route:
    if event_id is None:
        return Route(method, _ALL, guild_id=community.id)
    return Route(method, _ONE, guild_id=community.id, event_id=event_id)


def _read(raw: Json, user_id: str) -> StandingEvent:
    return StandingEvent(
        id=str(raw["id"]),
        ours=str(raw.get("creator_id")) == user_id,
        name=str(raw["name"]),
        at=datetime.fromisoformat(raw["scheduled_start_time"]),
    )
