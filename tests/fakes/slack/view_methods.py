"""Methods that draw modals and homes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from typing import Any, Final

from tests.fakes.slack import rules, writing
from tests.fakes.slack.deeds import Deed, Effect, pull, seen_by
from tests.fakes.slack.places import Json, User, View
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.wire import Call
from tests.fakes.slack.world import World

_DEEPEST: Final = 3
_DEFAULTS: Final = {
    "private_metadata": "",
    "callback_id": "",
    "external_id": "",
    "close": None,
    "submit": None,
    "clear_on_close": False,
    "notify_on_close": False,
    "submit_disabled": False,
}


def judged(world: World, view: Any, kind: str) -> Json:
    """Return a view, judged.

    Raises:
        RefusalError: If Slack would not take it.
    """
    if not isinstance(view, dict):
        raise RefusalError("invalid_arguments", ["missing required field: view"])
    if view.get("type") != kind:
        raise RefusalError("invalid_arguments", [f"a {kind} is wanted here"])
    found = rules.view_problems(view, world.knows)
    if found:
        raise RefusalError("invalid_arguments", found)
    writing.look_at_files(world, view["blocks"])
    return view


def stand(world: World, deed: Deed, view: Json, below: View | None = None) -> View:
    """Open a view for the doer of a deed.

    Raises:
        RefusalError: If three lie there already, or its external id is taken.
    """
    if below is not None and below.depth >= _DEEPEST:
        raise RefusalError("push_limit_reached")
    _free(world, view, deed.user, None)
    team = deed.team
    raw: Json = {"id": world.mint.make("V"), "team_id": team.id, "bot_id": team.bot_id}
    raw |= {"app_id": world.app.id, "app_installed_team_id": team.id}
    made = View(raw["id"], deed.user, raw, below)
    world.views[made.id] = made
    _draw(made, view)
    deed.show(Effect("view", view=made, final=asks(view)))
    return made


def asks(view: Json) -> bool:
    """Whether there is something to do; a view without is one that still loads."""
    return bool(view.get("submit")) or any(True for _ in rules.elements(view["blocks"]))


def _draw(view: View, drawn: Json) -> None:
    """Draw a view; what was written in stays where block and action are the same."""
    kept = view.raw.get("state", {"values": {}})
    view.raw.update(_DEFAULTS | drawn | {"blocks": writing.with_ids(drawn["blocks"])})
    view.raw["hash"] = f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
    view.raw["root_view_id"] = view.root.id
    view.raw["previous_view_id"] = view.below.id if view.below else None
    stands = {
        block["block_id"]: {each["action_id"] for _, each in rules.elements([block])}
        for block in view.raw["blocks"]
    }
    values = {
        block_id: {name: value for name, value in held.items() if name in names}
        for block_id, held in kept["values"].items()
        if (names := stands.get(block_id))
    }
    view.raw["state"] = {"values": values}


def redraw(world: World, view: View, drawn: Json, wanted_hash: str = "") -> None:
    """Draw a view anew.

    Raises:
        RefusalError: If it has changed since, or its external id is taken.
    """
    if wanted_hash and wanted_hash != view.raw["hash"]:
        raise RefusalError("hash_conflict")
    _free(world, drawn, view.user, view)
    _draw(view, drawn)
    seen_by(world, view.user, Effect("view", view=view))


def _free(world: World, view: Json, user: User, own: View | None) -> None:
    named = view.get("external_id")
    for each in world.views.values():
        same = named and each.raw.get("external_id") == named and each.open
        if same and each is not own and each.user.team_id == user.team_id:
            raise RefusalError("duplicate_external_id")


def open_view(world: World, call: Call) -> Json:
    """Open a modal by a trigger."""
    view = judged(world, call.args.get("view"), "modal")
    deed = pull(world, str(call.args.get("trigger_id")))
    return {"view": told(stand(world, deed, view))}


def push(world: World, call: Call) -> Json:
    """Lay a modal over the one whose button was pressed."""
    view = judged(world, call.args.get("view"), "modal")
    deed = pull(world, str(call.args.get("trigger_id")))
    if deed.view is None or deed.view.raw["type"] != "modal":
        raise RefusalError("invalid_trigger_id")
    return {"view": told(stand(world, deed, view, deed.view))}


def update(world: World, call: Call) -> Json:
    """Draw a modal anew."""
    found = _meant(world, call)
    view = judged(world, call.args.get("view"), found.raw["type"])
    redraw(world, found, view, str(call.args.get("hash") or ""))
    return {"view": told(found)}


def _meant(world: World, call: Call) -> View:
    view_id, named = call.args.get("view_id"), call.args.get("external_id")
    if not view_id and not named:
        reason = "view_id or external_id is missing"
        raise RefusalError("invalid_arguments", [reason])
    for each in world.views.values():
        meant = each.id == view_id or (named and each.raw["external_id"] == named)
        if meant and each.open:
            return each
    raise RefusalError("not_found")


def publish(world: World, call: Call) -> Json:
    """Draw somebody's home."""
    user = world.users.get(call.text("user_id"))
    if user is None:
        raise RefusalError("user_not_found")
    view = judged(world, call.args.get("view"), "home")
    grant = call.whose
    team = world.team_of(grant, user.team_id)
    found = world.homes.get((team.id, user.id))
    if found is None:
        raw: Json = {"id": world.mint.make("V"), "team_id": team.id}
        raw |= {"bot_id": team.bot_id, "app_id": world.app.id}
        found = View(raw["id"], user, raw)
        world.homes[team.id, user.id] = world.views[found.id] = found
    elif call.args.get("hash") not in {None, "", found.raw["hash"]}:
        raise RefusalError("hash_conflict")
    _draw(found, view)
    seen_by(world, user, Effect("home", view=found))
    return {"view": told(found)}


def told(view: View) -> Json:
    """Return a view as Slack tells of it."""
    return dict(view.raw)


METHODS: Final[Mapping[str, Callable[[World, Call], dict[str, Any]]]] = {
    "views.open": open_view,
    "views.publish": publish,
    "views.push": push,
    "views.update": update,
}
