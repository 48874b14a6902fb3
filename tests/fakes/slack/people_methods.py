"""Methods about people and their groups."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.fakes.slack.places import Json
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World


def info(world: World, call: Call) -> Json:
    """Tell about somebody."""
    user = world.user(call.whose, call.text("user"))
    home = call.whose.team_id if call.whose.team_id[0] == "T" else user.team_id
    return {"user": user.json(home, with_locale=call.flag("include_locale"))}


def listed(world: World, call: Call) -> Json:
    """Tell who is in the team, page by page."""
    team = world.team_of(call.whose, call.args.get("team_id"))
    every = [user for user in world.users.values() if user.team_id == team.id]
    start = int(str(call.args.get("cursor") or "next-0").removeprefix("next-"))
    end = start + min(call.number("limit", 1000), 1000)
    with_locale = call.flag("include_locale")
    page = [user.json(team.id, with_locale=with_locale) for user in every[start:end]]
    following = f"next-{end}" if end < len(every) else ""
    return {"members": page, "response_metadata": {"next_cursor": following}}


def groups(world: World, call: Call) -> Json:
    """Tell which groups of people there are."""
    team = world.team_of(call.whose, call.args.get("team_id"))
    every = []
    for group in world.groups.values():
        if group.team_id == team.id:
            with_users = call.flag("include_users")
            more = {"users": list(group.users)} if with_users else {}
            every.append(group.json() | more)
    return {"usergroups": every}


def group_users(world: World, call: Call) -> Json:
    """Tell who is in a group."""
    found = world.groups.get(call.text("usergroup"))
    team = world.team_of(call.whose, call.args.get("team_id"))
    if found is None or found.team_id != team.id:
        raise RefusalError("no_such_subteam")
    return {"users": list(found.users)}


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "usergroups.list": groups,
    "usergroups.users.list": group_users,
    "users.info": info,
    "users.list": listed,
}
