"""An interaction being answered: once, within three seconds, and then followed up."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from tests.fakes.discord.deeds import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    Interaction,
)
from tests.fakes.discord.places import EPHEMERAL, LOADING, Json, Message
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.rules import modal_problems
from tests.fakes.discord.world import Upload, World
from tests.fakes.discord.writing import Draft, change, take_down, write

PATIENCE_S: Final = 3.0
TOKEN_LIFE: Final = timedelta(minutes=15)

SAY, DEFER, DEFER_UPDATE, UPDATE, SUGGEST, FORM = 4, 5, 6, 7, 8, 9

_FITTING: Final[Mapping[int, frozenset[int]]] = {
    COMMAND: frozenset({SAY, DEFER, FORM}),
    COMPONENT: frozenset({SAY, DEFER, DEFER_UPDATE, UPDATE, FORM}),
    AUTOCOMPLETE: frozenset({SUGGEST}),
    MODAL: frozenset({SAY, DEFER, DEFER_UPDATE, UPDATE}),
}
_MESSAGE_TYPES: Final[Mapping[int, int]] = {1: 20, 2: 23, 3: 23}


def answer(
    world: World, token: str, body: Json, files: Mapping[str, Upload]
) -> Interaction:
    """Take the bot's first answer.

    Raises:
        RefusalError: If it is late, the second, or not one that fits.
    """
    it = world.interactions.get(token)
    if it is None:
        raise RefusalError(10062)
    took_s = asyncio.get_running_loop().time() - it.sent_s
    if it.answer is not None:
        raise RefusalError(40060)
    if took_s > PATIENCE_S:
        raise RefusalError(10062)
    kind, data = body["type"], body.get("data") or {}
    _fits(it, kind, data)
    if kind in {SAY, DEFER}:
        it.original = _say(world, it, data, files, loading=kind == DEFER)
    elif kind == UPDATE and it.source is not None:
        change(world, it.source, data, files)
    it.form = data if kind == FORM else None
    it.choices = data.get("choices") or [] if kind == SUGGEST else []
    it.original = it.source if kind in {DEFER_UPDATE, UPDATE} else it.original
    it.answer, it.took_s = kind, took_s
    it.first.set()
    return it


def _fits(it: Interaction, kind: int, data: Json) -> None:
    if kind not in _FITTING[it.kind]:
        raise RefusalError(50035, [f"answer {kind} does not fit interaction {it.kind}"])
    if kind in {DEFER_UPDATE, UPDATE} and it.source is None:
        raise RefusalError(50035, [f"answer {kind} has no message to change"])
    found = modal_problems(data) if kind == FORM else []
    if found:
        raise RefusalError(50035, found)


def _say(
    world: World,
    it: Interaction,
    data: Json,
    files: Mapping[str, Upload],
    *,
    loading: bool = False,
) -> Message:
    private = (data.get("flags") or 0) & EPHEMERAL
    more: Json = {
        "type": _MESSAGE_TYPES.get(it.data.get("type", 1), 20) if it.kind == 2 else 0,
        "webhook_id": world.application_id,
        "application_id": world.application_id,
        "interaction_metadata": it.metadata,
    }
    sent = {"flags": private, "content": "..."} if loading else data
    reader = it.user.id if private else None
    message = write(world, it.channel, Draft(world.me, sent, files, reader, more))
    if loading:
        message.raw["flags"] |= LOADING
        message.raw["content"] = ""
    return message


def callback_json(it: Interaction) -> Json:
    """Return what ``with_response`` asks for."""
    told: Json = {"id": it.id, "type": it.kind, "channel_id": it.channel.id}
    if it.guild is not None:
        told["guild_id"] = it.guild.id
    found: Json = {"interaction": told}
    if it.original is not None:
        raw = it.original.raw
        told["response_message_id"] = it.original.id
        told["response_message_loading"] = bool(raw["flags"] & LOADING)
        told["response_message_ephemeral"] = bool(raw["flags"] & EPHEMERAL)
        if it.answer in {SAY, UPDATE}:
            found["resource"] = {"type": it.answer, "message": raw}
    return found


def by_token(world: World, token: str) -> Interaction:
    """Return the interaction whose token this is.

    Raises:
        RefusalError: If nobody has answered it yet, or it is over.
    """
    it = world.interactions.get(token)
    if it is None or it.answer is None:
        raise RefusalError(10015)
    if world.clock() - it.made_at > TOKEN_LIFE:
        raise RefusalError(50027)
    return it


def follow_up(
    world: World, it: Interaction, body: Json, files: Mapping[str, Upload]
) -> Message:
    """Add an answer; the first one after a placeholder takes its place."""
    waiting = it.original
    if it.answer == DEFER and waiting is not None and _loading(waiting):
        revise(world, it, waiting, body, files)
        return waiting
    message = _say(world, it, body, files)
    it.followups.append(message)
    it.final.set()
    return message


def _loading(message: Message) -> bool:
    stands = message.id in message.channel.messages
    return stands and bool(message.raw["flags"] & LOADING)


def revise(
    world: World,
    it: Interaction,
    message: Message,
    body: Json,
    files: Mapping[str, Upload],
) -> None:
    """Change an answer; a placeholder becomes the answer itself."""
    loading = bool(message.raw["flags"] & LOADING)
    change(world, message, body, files, edited=not loading)
    message.raw["flags"] &= ~LOADING
    it.final.set()


def own_message(it: Interaction, message_id: str) -> Message:
    """Return an answer of this interaction by its id, or ``@original``.

    Raises:
        RefusalError: If there is none.
    """
    mine: list[Any] = [it.original, *it.followups]
    for each in mine:
        wanted = message_id == "@original" and each is it.original
        if each is not None and (wanted or each.id == message_id):
            if each.id in each.channel.messages:
                return each  # type: ignore[no-any-return]
            break
    raise RefusalError(10008)


def withdraw(world: World, it: Interaction, message: Message) -> None:
    """Take an answer down."""
    take_down(world, message)
    it.final.set()
