"""Methods about the app itself: tokens, installing, leaving, the team."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from tests.fakes.slack.places import Json
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World

_CODE_LIFE: Final = timedelta(minutes=10)
_TEAMS_A_PAGE: Final = 2


def auth_test(world: World, call: Call) -> Json:
    """Say whose token this is."""
    grant = call.whose
    told: Json = {"user": "laurel", "user_id": grant.bot_user_id}
    told |= {"bot_id": grant.bot_id, "is_enterprise_install": False}
    if grant.team_id.startswith("E"):
        org = {"team_id": grant.team_id, "team": "Organisation"}
        org |= {"enterprise_id": grant.team_id, "url": "https://org.slack.example/"}
        return told | org | {"is_enterprise_install": True}
    team = world.teams[grant.team_id]
    told |= {"team_id": team.id, "team": team.name}
    if team.org_id:
        told["enterprise_id"] = team.org_id
    return told | {"url": f"https://{team.domain}.slack.example/"}


def auth_revoke(world: World, call: Call) -> Json:
    """Give a token back."""
    if not call.flag("test"):
        world.revoked.add(call.token)
    return {"revoked": not call.flag("test")}


def auth_teams_list(world: World, call: Call) -> Json:
    """List the teams that a token opens, fewer a page than were asked for."""
    whose = call.whose.team_id
    every = [t for t in world.teams.values() if whose in {t.id, t.org_id}]
    since = call.number("cursor", 0)
    until = since + min(call.number("limit", 100), _TEAMS_A_PAGE)
    told = [{"id": team.id, "name": team.name} for team in every[since:until]]
    more = str(until) if until < len(every) else ""
    return {"teams": told, "response_metadata": {"next_cursor": more}}


def uninstall(world: World, call: Call) -> Json:
    """Leave a team."""
    if call.args.get("client_id") != world.app.client_id:
        raise RefusalError("bad_client_id" if "client_id" in call.args else "no_secret")
    if call.args.get("client_secret") != world.app.client_secret:
        raise RefusalError("bad_client_secret")
    world.team_of(call.whose).uninstall()
    return {}


def access(world: World, call: Call) -> Json:
    """Exchange a code for a token; works once, for ten minutes."""
    if call.args.get("client_id") != world.app.client_id:
        raise RefusalError("invalid_client_id")
    if call.args.get("client_secret") != world.app.client_secret:
        raise RefusalError("bad_client_secret")
    found = world.codes.pop(str(call.args.get("code")), None)
    if found is None or world.clock() - found["made_at"] > _CODE_LIFE:
        raise RefusalError("invalid_code")
    if call.args.get("redirect_uri") != found["redirect_uri"]:
        raise RefusalError("bad_redirect_uri")
    team, scopes = found["team"], found["scopes"]
    grant = team.install(scopes, org_wide=found["org_wide"])
    org = team.org()
    whole = bool(found["org_wide"])
    return {
        "app_id": world.app.id,
        "authed_user": {"id": found["user"]},
        "scope": ",".join(sorted(grant.scopes)),
        "token_type": "bot",
        "access_token": grant.token,
        "bot_user_id": grant.bot_user_id,
        "team": None if whole else {"id": team.id, "name": team.name},
        "enterprise": org,
        "is_enterprise_install": whole,
    }


def team_info(world: World, call: Call) -> Json:
    """Tell about the team."""
    team = world.team_of(call.whose, call.args.get("team"))
    told = {**team.brief(), "name": team.name, "email_domain": ""}
    return {"team": told | {"icon": {"image_default": True}}}


def bots_info(world: World, call: Call) -> Json:
    """Tell about a bot."""
    wanted = call.text("bot")
    for team in world.teams.values():
        if team.bot_id == wanted:
            told = {"id": wanted, "name": "laurel", "app_id": world.app.id}
            return {"bot": told | {"deleted": False, "user_id": team.bot_user_id}}
    raise RefusalError("bot_not_found")


def _never(world: World, call: Call) -> Json:
    """Stand for what the API answers itself."""
    raise RefusalError("not_allowed_token_type")


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "api.test": lambda world, call: {"args": call.args},
    "apps.connections.open": _never,
    "apps.uninstall": uninstall,
    "auth.revoke": auth_revoke,
    "auth.teams.list": auth_teams_list,
    "auth.test": auth_test,
    "bots.info": bots_info,
    "oauth.v2.access": access,
    "team.info": team_info,
}
