"""The Events API: what happens is told until it is taken in, four times at most."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from tests.fakes.slack.deeds import PATIENCE_S, at
from tests.fakes.slack.places import Channel, Json
from tests.fakes.slack.world import World

if TYPE_CHECKING:
    from tests.fakes.slack.teams import Team

RETRIES_S: Final = (0.0, 60.0, 300.0)


def tell(
    team: Team, event: Json, channel: Channel | None = None, name: str = ""
) -> None:
    """Tell the app of an event, if it is in and asked for it.

    Args:
        team: Where it happened.
        event: What happened.
        channel: Where in the team; the app hears of public ones and its own.
        name: What the event is called when it is asked for; its type by default.
    """
    world = team.world
    if not team.installed or (name or event["type"]) not in world.subscribed:
        return
    if channel is not None and channel.kind != "channel":
        gone = event["type"] == "group_left"
        if team.bot_user_id not in channel.members and not gone:
            return
    told = event | {"event_ts": event.get("event_ts") or at(world.clock())}
    times, copies, fresh = world.duplicate_events
    count = copies if times > 0 else 1
    world.duplicate_events = (max(0, times - 1), copies, fresh)
    first = envelope(team, told)
    for number in range(count):
        again = envelope(team, told) if fresh and number else first
        world.start(persist(world, again))


def envelope(team: Team, event: Json) -> Json:
    """Return an event as the app hears of it."""
    world = team.world
    whose: Json = {"enterprise_id": team.org_id, "team_id": team.id}
    whose |= {"user_id": team.bot_user_id, "is_bot": True}
    whose["is_enterprise_install"] = team.org_wide
    return {
        "token": world.app.verification,
        "team_id": team.id,
        "api_app_id": world.app.id,
        "event": event,
        "type": "event_callback",
        "event_id": world.mint.make("Ev"),
        "event_time": int(world.clock().timestamp()),
        "authorizations": [whose],
        "is_ext_shared_channel": False,
        "event_context": f"4-{team.id}-{event['event_ts']}",
    }


async def persist(world: World, payload: Json, since: int = 0) -> None:
    """Deliver until it is taken in, or often enough; some attempts were made before."""
    reason = ""
    for attempt in range(since, len(RETRIES_S) + 1):
        if attempt:
            await asyncio.sleep(RETRIES_S[attempt - 1] * world.retry_scale)
        began_s = world.monotonic()
        if await world.deliver("events_api", payload, attempt, reason) is not None:
            return
        late = world.monotonic() - began_s >= PATIENCE_S
        reason = "http_timeout" if late else "http_error"
    if not world.excused():
        kind = payload["event"]["type"]
        world.blame(f"event {kind} was never taken in", "unacknowledged")
