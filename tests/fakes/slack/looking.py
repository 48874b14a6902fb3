"""What somebody can see and reach on their screen."""

from __future__ import annotations

from tests.fakes.slack import rules
from tests.fakes.slack.filling_in import NotPossibleError
from tests.fakes.slack.places import PUBLIC, Channel, Json, Message, User, View
from tests.fakes.slack.world import World


def sees(world: World, user: User, channel: Channel) -> list[Message]:
    """Return what stands in a channel for somebody, oldest first."""
    public = (
        channel.kind == PUBLIC and not user.guest and user.team_id == channel.team_id
    )
    if channel.id not in world.channels or not (user.id in channel.members or public):
        return []
    every = sorted(channel.messages.values(), key=lambda each: each.ts)
    return [each for each in every if each.reader in {None, user.id}]


def at(world: World, user: User, place: Channel) -> Channel:
    """Return where somebody is.

    Raises:
        NotPossibleError: If they cannot be there.
    """
    if place.id not in world.channels:
        raise NotPossibleError(f"{place.name} is gone")
    hidden = place.kind != PUBLIC or user.guest or user.team_id != place.team_id
    if hidden and user.id not in place.members:
        raise NotPossibleError(f"{user.name} does not see {place.name}")
    return place


def find(world: World, user: User, wanted: str) -> tuple[Message | None, View | None]:
    """Return the message or the view that is meant, by its ts or id.

    Raises:
        NotPossibleError: If somebody does not see it.
    """
    view = world.views.get(wanted)
    if view is not None and view.user is user and view.open:
        return None, view
    for channel in world.channels.values():
        found = channel.messages.get(wanted)
        if found is not None and found in sees(world, user, channel):
            return found, None
    raise NotPossibleError(f"{user.name} sees no message or view {wanted!r}")


def blocks(source: Message | None, view: View | None) -> list[Json]:
    """Return what can be pressed in a message or view.

    Raises:
        NotPossibleError: If it stands in a channel that is closed.
    """
    if source is not None and source.channel.archived:
        raise NotPossibleError("nothing can be pressed in an archived channel")
    raw = view.raw if view is not None else source.raw if source is not None else {}
    return list(raw.get("blocks") or ())


def looked_up(found: list[Json], field: str) -> tuple[Json, Json]:
    """Return a menu that looks things up, and its block.

    Raises:
        NotPossibleError: If there is none by this action id, block id or label.
    """
    for block, element in rules.elements(found):
        label = block.get("label", {}).get("text", "")
        meant = field in {element["action_id"], block["block_id"]}
        if "external" in element["type"] and (meant or label.startswith(field)):
            return block, element
    raise NotPossibleError(f"nothing is looked up in {field!r}")


def registered(world: World, kind: str, key: str, wanted: str) -> Json:
    """Return what the manifest says of a command or shortcut; nothing without one.

    Raises:
        NotPossibleError: If it does not know of it.
    """
    if world.manifest is None:
        return {}
    for each in world.manifest.get("features", {}).get(kind, ()):
        if wanted in {each[key], each.get("name")}:
            found: Json = each
            return found
    raise NotPossibleError(f"Slack knows no {wanted}")
