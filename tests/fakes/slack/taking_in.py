"""What Slack makes of what the bot answers at once, with its acknowledgement."""

from __future__ import annotations

from typing import Any

from tests.fakes.slack import response_urls, rules, view_methods
from tests.fakes.slack.deeds import Deed, Effect
from tests.fakes.slack.places import Json, View
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.world import World


def command(world: World, deed: Deed, said: Json | None) -> None:
    """Show what a command was answered at once."""
    if said:
        _try(world, "a command's answer", response_urls.say, world, deed, said)


def nothing(world: World, deed: Deed, said: Json | None) -> None:
    """Note that there is no place for an answer here."""
    if said:
        world.blame(f"an acknowledgement that takes no words has {sorted(said)}", "ack")


def submission(world: World, deed: Deed, said: Json | None) -> None:
    """Do with a view what the bot said when it was sent in."""
    view = deed.view
    if view is None:
        return
    action = (said or {}).get("response_action")
    match action:
        case None:
            if said:
                world.blame(f"a submission is not answered with {sorted(said)}", "ack")
            close(view)
            deed.show(Effect("closed", final=False))
        case "clear":
            for each in world.views.values():
                if each.root is view.root:
                    each.open = False
            deed.show(Effect("closed", final=False))
        case "errors":
            _errors(world, deed, view, (said or {}).get("errors"))
        case "update":
            _try(world, "response_action update", _update, world, deed, said)
        case "push":
            _try(world, "response_action push", _push, world, deed, said)
        case _:
            world.blame(f"no response_action {action!r}", "ack")


def options(world: World, said: Json | None) -> list[tuple[str, str]]:
    """Return what was offered, texts and values."""
    told = said or {}
    groups = told.get("option_groups") or [{"options": told.get("options")}]
    found = [each for group in groups for each in group.get("options") or ()]
    if "options" not in told and "option_groups" not in told:
        world.blame("a look-up is answered with options", "options")
    if found:
        menu = {"type": "static_select", "options": found, "action_id": "a"}
        block = {"type": "actions", "elements": [menu]}
        for line in rules.message_problems([block], world.knows):
            world.blame(f"a look-up's options: {line}", "options")
    return [(each["text"]["text"], each["value"]) for each in found]


def close(view: View) -> None:
    """Close a view; the one below shows again."""
    view.open = False


def _errors(world: World, deed: Deed, view: View, told: Any) -> None:
    asked = {b["block_id"] for b in view.raw["blocks"] if b["type"] == "input"}
    if not isinstance(told, dict) or not told:
        world.blame("errors are words by block id", "errors")
        return
    for name, words in told.items():
        if name not in asked:
            world.blame(
                f"an error stands beside {name!r}, which asks nothing", "errors"
            )
        if not isinstance(words, str) or not words:
            world.blame(f"the error beside {name!r} says nothing", "errors")
    deed.show(Effect("errors", view=view, errors=told))


def _update(world: World, deed: Deed, said: Json) -> None:
    view = deed.view
    if view is not None:
        judged = view_methods.judged(world, said.get("view"), "modal")
        view_methods.redraw(world, view, judged)
        deed.effects.pop()
        deed.show(Effect("view", view=view, final=view_methods.asks(judged)))


def _push(world: World, deed: Deed, said: Json) -> None:
    judged = view_methods.judged(world, said.get("view"), "modal")
    view_methods.stand(world, deed, judged, deed.view)


def _try(world: World, what: str, act: Any, *args: Any) -> None:
    try:
        act(*args)
    except RefusalError as refusal:
        world.blame(f"{what}: {refusal}", refusal.word)
