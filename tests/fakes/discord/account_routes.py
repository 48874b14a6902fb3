"""REST: the bot itself, its commands, the guilds it is in and the people there."""

from __future__ import annotations

from typing import Final

from tests.fakes.discord.command_rules import command_problems
from tests.fakes.discord.guilds import Guild
from tests.fakes.discord.places import Json
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.wire import Answer, Request
from tests.fakes.discord.world import World

_NEW_A_DAY: Final = 200


async def me(world: World, request: Request) -> Answer:
    """GET /users/@me."""
    own = world.me.json()
    own |= {"mfa_enabled": True, "locale": "en-US", "verified": True, "email": None}
    return Answer(200, own)


async def application(world: World, request: Request) -> Answer:
    """GET /oauth2/applications/@me and /applications/@me."""
    return Answer(
        200,
        {
            "id": world.application_id,
            "name": world.me.name,
            "icon": None,
            "description": "",
            "type": None,
            "verify_key": "0" * 64,
            "flags": 0,
            "flags_new": "0",
            "redirect_uris": [],
            "interactions_endpoint_url": None,
            "role_connections_verification_url": None,
            "owner": world.owner.json(),
            "bot_public": True,
            "bot_require_code_grant": False,
            "approximate_guild_count": len(world.guilds),
            "approximate_user_install_count": 0,
            "approximate_user_authorization_count": 0,
            "explicit_content_filter": 0,
            "team": None,
            "eligible_oauth2_scopes": [],
        },
    )


async def gateway(world: World, request: Request) -> Answer:
    """GET /gateway."""
    return Answer(200, {"url": world.gateway})


async def gateway_bot(world: World, request: Request) -> Answer:
    """GET /gateway/bot."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0}
    limit["max_concurrency"] = world.max_concurrency
    told = {"url": world.gateway, "shards": world.shards, "session_start_limit": limit}
    return Answer(200, told)


def _scope(world: World, request: Request) -> str | None:
    if request.ids["application"] != world.application_id:
        raise RefusalError(50001)
    scope = request.ids.get("guild")
    if scope is not None:
        _guild(world, scope)
    return scope


async def get_commands(world: World, request: Request) -> Answer:
    """GET /applications/{application}[/guilds/{guild}]/commands."""
    kept = world.commands.get(_scope(world, request), [])
    if request.query.get("with_localizations") in {"1", "true", "True"}:
        return Answer(200, kept)
    hidden = {"name_localizations", "description_localizations"}
    return Answer(200, [_without(each, hidden) for each in kept])


def _without(command: Json, keys: set[str]) -> Json:
    return {key: value for key, value in command.items() if key not in keys}


async def put_commands(world: World, request: Request) -> Answer:
    """PUT /applications/{application}[/guilds/{guild}]/commands."""
    scope = _scope(world, request)
    wanted = request.payload
    found = command_problems(wanted)
    if found:
        raise RefusalError(50035, found)
    before = {
        (each["type"], each["name"]): each for each in world.commands.get(scope, ())
    }
    new = [one for one in wanted if (one.get("type", 1), one["name"]) not in before]
    if not world.create_commands(scope, len(new), _NEW_A_DAY):
        raise RefusalError(30034)
    world.commands[scope] = [_kept(world, scope, each, before) for each in wanted]
    return Answer(200, world.commands[scope])


def _kept(
    world: World, scope: str | None, command: Json, before: dict[tuple[int, str], Json]
) -> Json:
    kind = command.get("type") or 1
    known = before.get((kind, command["name"]))
    rights = command.get("default_member_permissions")
    kept: Json = {
        "id": known["id"] if known else world.mint.make(),
        "application_id": world.application_id,
        "version": world.mint.make(),
        "type": kind,
        "name": command["name"],
        "name_localizations": command.get("name_localizations"),
        "description": command.get("description") or "",
        "description_localizations": command.get("description_localizations"),
        "default_member_permissions": None if rights is None else str(rights),
        "nsfw": bool(command.get("nsfw")),
        "integration_types": command.get("integration_types") or [0],
    }
    if scope is None:
        contexts = command.get("contexts")
        kept |= {
            "contexts": contexts,
            "dm_permission": contexts is None or 1 in contexts,
        }
    else:
        kept |= {"guild_id": scope, "contexts": command.get("contexts")}
    if command.get("options"):
        kept["options"] = [_option(each) for each in command["options"]]
    return kept


def _option(option: Json) -> Json:
    """Return an option as Discord keeps it: without what says no more than silence."""
    silent = {"required": False, "autocomplete": False, "choices": [], "options": []}
    kept = {
        key: value
        for key, value in option.items()
        if value is not None and not (key in silent and value == silent[key])
    }
    if "options" in kept:
        kept["options"] = [_option(each) for each in kept["options"]]
    return kept


def _guild(world: World, guild_id: str) -> Guild:
    found = world.guilds.get(guild_id)
    if found is None or not found.bot_present:
        raise RefusalError(10004)
    return found


async def get_guild(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}."""
    guild = _guild(world, request.ids["guild"])
    told = guild.facts()
    if request.query.get("with_counts") in {"1", "true", "True"}:
        count = len(guild.members)
        told |= {"approximate_member_count": count, "approximate_presence_count": 1}
    return Answer(200, told)


async def get_channels(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}/channels."""
    every = _guild(world, request.ids["guild"]).channels.values()
    return Answer(200, [each.json() for each in every if not each.is_thread])


async def get_roles(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}/roles."""
    roles = _guild(world, request.ids["guild"]).roles.values()
    return Answer(200, [role.json() for role in roles])


async def get_member(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}/members/{user}."""
    guild = _guild(world, request.ids["guild"])
    wanted = request.ids["user"]
    if wanted not in world.users:
        raise RefusalError(10013)
    if wanted not in guild.members:
        raise RefusalError(10007)
    return Answer(200, guild.members[wanted].whole())


async def get_user(world: World, request: Request) -> Answer:
    """GET /users/{user}."""
    found = world.users.get(request.ids["user"])
    if found is None:
        raise RefusalError(10013)
    return Answer(200, found.json())


async def audit_log(world: World, request: Request) -> Answer:
    """GET /guilds/{guild}/audit-logs, for those who may look."""
    guild = _guild(world, request.ids["guild"])
    if not guild.permissions(world.me.id) & (1 << 7):
        raise RefusalError(50013)
    kind = request.query.get("action_type")
    entries = [e for e in guild.audit if kind is None or e["action_type"] == int(kind)]
    users = {each["user_id"] for each in entries} | {world.me.id}
    empty = ("integrations", "webhooks", "guild_scheduled_events", "threads")
    more = ("application_commands", "auto_moderation_rules")
    return Answer(
        200,
        {
            **{key: [] for key in empty + more},
            "audit_log_entries": entries[::-1][: int(request.query.get("limit", 50))],
            "users": [world.users[each].json() for each in users],
        },
    )


async def leave_guild(world: World, request: Request) -> Answer:
    """DELETE /users/@me/guilds/{guild}."""
    _guild(world, request.ids["guild"]).kick_bot()
    return Answer(204)
