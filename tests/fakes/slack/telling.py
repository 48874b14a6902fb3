"""What people do, in the words that the bot hears of it."""

from __future__ import annotations

from collections.abc import Iterator

from tests.fakes.slack import deeds, rules
from tests.fakes.slack.deeds import Deed
from tests.fakes.slack.places import Json
from tests.fakes.slack.world import World


def common(world: World, deed: Deed, kind: str) -> Json:
    """Return what every interaction tells."""
    team = deed.team if deed.team.id == deed.user.team_id else deed.home
    return {
        "type": kind,
        "token": world.app.verification,
        "api_app_id": world.app.id,
        "team": team.brief(),
        "user": {
            "id": deed.user.id,
            "username": deed.user.handle,
            "name": deed.user.handle,
            "team_id": deed.user.team_id,
        },
        "enterprise": deed.team.org(),
        "is_enterprise_install": deed.team.org_wide,
        "trigger_id": deeds.trigger(world, deed),
    }


def command(world: World, deed: Deed, name: str, text: str) -> Json:
    """Return a slash command; everything in it is text, as in a form."""
    team, place = deed.team, deed.channel
    told = {
        "token": world.app.verification,
        "team_id": team.id,
        "team_domain": team.domain,
        "user_id": deed.user.id,
        "user_name": deed.user.handle,
        "command": name,
        "text": text,
        "api_app_id": world.app.id,
        "is_enterprise_install": str(team.org_wide).lower(),
        "response_url": deeds.answerable(world, deed, "commands"),
        "trigger_id": deeds.trigger(world, deed),
    }
    if place is not None:
        named = deeds.place(place)
        told |= {"channel_id": named["id"], "channel_name": named["name"]}
    if team.org_id:
        told |= {"enterprise_id": team.org_id, "enterprise_name": "Organisation"}
    return told


def action(world: World, deed: Deed, element: Json, block: Json, did: Json) -> Json:
    """Return that something in a message or view was pressed or picked."""
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    now = deeds.at(world.clock())
    told = common(world, deed, "block_actions") | container(deed)
    told["actions"] = [did | ids | {"action_ts": now}]
    if deed.source is not None:
        told["response_url"] = deeds.answerable(world, deed, "actions")
        told["state"] = {"values": {}}
    return told


def container(deed: Deed) -> Json:
    """Return where a deed was done; a private message is not told, but for its ts."""
    source, view = deed.source, deed.view
    if view is not None:
        return {"container": {"type": "view", "view_id": view.id}, "view": view.raw}
    if source is None:
        return {}
    private = source.reader is not None
    held: Json = {"type": "message", "message_ts": source.ts, "is_ephemeral": private}
    held["channel_id"] = source.channel.id
    if source.raw.get("thread_ts"):
        held["thread_ts"] = source.raw["thread_ts"]
    told: Json = {"container": held, "channel": deeds.place(source.channel)}
    return told | ({} if private else {"message": source.raw})


def shortcut(world: World, deed: Deed, callback_id: str) -> Json:
    """Return that a shortcut was used, of the whole team or of a message."""
    source = deed.source
    kind = "shortcut" if source is None else "message_action"
    told = common(world, deed, kind) | {"callback_id": callback_id}
    told["action_ts"] = deeds.at(world.clock())
    if source is not None:
        told |= {"message_ts": source.ts, "message": source.raw}
        told["channel"] = deeds.place(source.channel)
        told["response_url"] = deeds.answerable(world, deed, "actions")
    return told


def suggestion(
    world: World, deed: Deed, element: Json, block: Json, typed: str
) -> Json:
    """Return that somebody types into a menu that looks things up."""
    told = common(world, deed, "block_suggestion") | container(deed)
    del told["trigger_id"]
    ids = {"action_id": element["action_id"], "block_id": block["block_id"]}
    return told | ids | {"value": typed}


def submission(world: World, deed: Deed) -> Json:
    """Return that a view was sent in."""
    view: Json = deed.view.raw if deed.view else {}
    told = common(world, deed, "view_submission") | {"view": view}
    return told | {"response_urls": list(_addresses(world, deed, view))}


def _addresses(world: World, deed: Deed, view: Json) -> Iterator[Json]:
    """Give an address for each channel that was picked to be answered in."""
    for block, element in rules.elements(view["blocks"]):
        ids = {"block_id": block["block_id"], "action_id": element["action_id"]}
        values = view["state"]["values"].get(ids["block_id"], {})
        held = values.get(ids["action_id"], {})
        picked = held.get("selected_conversation") or held.get("selected_channel")
        if element.get("response_url_enabled") and picked in world.channels:
            deed.channel = world.channels[picked]
            url = deeds.answerable(world, deed, "actions")
            yield ids | {"channel_id": picked, "response_url": url}


def closing(world: World, deed: Deed) -> Json:
    """Return that a view was closed."""
    told = common(world, deed, "view_closed") | {"is_cleared": False}
    del told["trigger_id"]
    return told | {"view": deed.view.raw if deed.view else {}}


def home(world: World, deed: Deed) -> Json:
    """Return that somebody looks at the app's home; an event, without its envelope."""
    direct = world.direct(deed.team.id, deed.team.bot_user_id, deed.user)
    event: Json = {"type": "app_home_opened", "user": deed.user.id, "tab": "home"}
    event |= {"channel": direct.id, "event_ts": deeds.at(world.clock())}
    found = world.homes.get((deed.team.id, deed.user.id))
    return event if found is None else event | {"view": found.raw}


def named(told: Json) -> str:
    """Return in few words what was told."""
    what = told.get("command") or told.get("callback_id") or ""
    return f"{told.get('type', 'command')} {what}".strip()
