"""What is said at a response_url."""

from __future__ import annotations

from tests.fakes.slack import writing
from tests.fakes.slack.deeds import Deed, Effect, seen_by, spend
from tests.fakes.slack.places import Channel, Json
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.world import World


def answer(world: World, path: str, args: Json) -> None:
    """Do what an answer says.

    Raises:
        RefusalError: If the address is over, or the answer is none.
    """
    deed = spend(world, path).deed
    say(world, deed, args)


def say(world: World, deed: Deed, args: Json) -> None:
    """Say something where a deed was done, or change what it was done to.

    Raises:
        RefusalError: If Slack would not take it.
    """
    source = deed.source
    if args.get("delete_original"):
        if source is not None:
            writing.take_down(source)
            _show(world, deed, Effect("deleted", source))
        return
    if args.get("replace_original") and source is not None:
        stands = source.ts in source.channel.messages
        own = source.raw.get("user") == deed.team.bot_user_id
        if not stands or not own:
            raise RefusalError("no_original")
        writing.change(world, source, args)
        _show(world, deed, Effect("replaced", source))
        return
    place = _place(deed)
    public = args.get("response_type") == "in_channel"
    reader = None if public else deed.user.id
    message = writing.bot_writes(world, deed.team, place, args, reader)
    _show(world, deed, Effect("message", message))


def _show(world: World, deed: Deed, effect: Effect) -> None:
    """Let whoever did it see it, also while they wait for what a later deed brings."""
    if deed in world.waiting:
        deed.show(effect)
    else:
        seen_by(world, deed.user, effect)


def _place(deed: Deed) -> Channel:
    if deed.channel is None:
        raise RefusalError("no_channel")
    if deed.channel.archived:
        raise RefusalError("is_archived")
    return deed.channel
