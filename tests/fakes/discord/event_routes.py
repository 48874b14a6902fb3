"""REST: a guild's scheduled events, as far as they take place outside of Discord."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from tests.fakes.discord.bits import bits
from tests.fakes.discord.places import Json, User
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.wire import Answer, Request
from tests.fakes.discord.world import World

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild

MAX_EVENTS: Final = 100
MAX_WHERE_CHARS: Final = 100
_SCHEDULED, _ACTIVE = 1, 2
_EXTERNAL: Final = 3
_FIXED: Final = ("scheduled_start_time",)


def _guild(world: World, request: Request) -> Guild:
    found = world.guilds.get(request.ids["guild"])
    if found is None or not found.bot_present:
        raise RefusalError(10004)
    return found


def standing(world: World, guild: Guild) -> list[Json]:
    """Return the events that are coming or under way; what is over, is gone."""
    now = world.clock()
    for event in list(guild.events.values()):
        if _instant(event["scheduled_end_time"]) <= now:
            del guild.events[event["id"]]
        elif _instant(event["scheduled_start_time"]) <= now:
            event["status"] = _ACTIVE
    return list(guild.events.values())


def plan(world: World, guild: Guild, body: Json, by: User) -> Json:
    """Put an event on a guild's calendar.

    Raises:
        RefusalError: If Discord would not have it.
    """
    _check(world, body)
    if len(standing(world, guild)) >= MAX_EVENTS:
        raise RefusalError(30038)
    made: Json = {
        "id": world.mint.make(),
        "guild_id": guild.id,
        "channel_id": None,
        "creator_id": by.id,
        "creator": by.json(),
        "image": None,
        "description": None,
        "status": _SCHEDULED,
        "entity_id": None,
        "recurrence_rule": None,
        "guild_scheduled_event_exceptions": [],
        **body,
    }
    guild.events[made["id"]] = made
    return made


async def listed(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}/scheduled-events."""
    return Answer(200, standing(world, _guild(world, request)))


async def create(world: World, request: Request) -> Answer:
    """POST /guilds/{guild}/scheduled-events."""
    guild = _guild(world, request)
    _need(world, guild, "CREATE_EVENTS")
    return Answer(200, plan(world, guild, request.body, world.me))


async def change(world: World, request: Request) -> Answer:
    """PATCH /guilds/{guild}/scheduled-events/{event}."""
    _, event = _meant(world, request)
    body = request.body
    if event["status"] == _ACTIVE and any(body.get(key) for key in _FIXED):
        raise RefusalError(50035, ["it has begun: its start cannot be changed"])
    _check(world, {**event, **body})
    event |= body
    return Answer(200, event)


async def delete(world: World, request: Request) -> Answer:
    """DELETE /guilds/{guild}/scheduled-events/{event}."""
    guild, event = _meant(world, request)
    del guild.events[event["id"]]
    return Answer(204)


def _meant(world: World, request: Request) -> tuple[Guild, Json]:
    guild = _guild(world, request)
    standing(world, guild)
    event = guild.events.get(request.ids["event"])
    if event is None:
        raise RefusalError(10070)
    if event["creator_id"] != world.me.id:
        _need(world, guild, "MANAGE_EVENTS")
        world.blame(f"event {event['name']!r} is somebody else's")
    _need(world, guild, "CREATE_EVENTS")
    return guild, event


def _need(world: World, guild: Guild, name: str) -> None:
    if not guild.permissions(world.me.id) & bits(name):
        raise RefusalError(50013)


def _check(world: World, body: Json) -> None:
    found = []
    if body.get("entity_type") != _EXTERNAL:
        found.append("the double knows of events outside of Discord alone")
    where = (body.get("entity_metadata") or {}).get("location") or ""
    if not 1 <= len(where) <= MAX_WHERE_CHARS:
        found.append(f"a location of {len(where)} characters")
    if not 1 <= len(body["name"].strip()):
        found.append("an event without a name")
    since = _instant(body["scheduled_start_time"])
    until = body.get("scheduled_end_time")
    if since <= world.clock() and body.get("status") != _ACTIVE:
        found.append("it begins in the past")
    if until is None or _instant(until) <= since:
        found.append("it has to end after it begins")
    if found:
        raise RefusalError(50035, found)


def _instant(told: str) -> datetime:
    return datetime.fromisoformat(told)
