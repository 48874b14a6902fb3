"""REST: answers to interactions."""

from __future__ import annotations

from tests.fakes.discord import exchange
from tests.fakes.discord.deeds import Interaction
from tests.fakes.discord.refusal import RefusalError
from tests.fakes.discord.wire import Answer, Request
from tests.fakes.discord.world import World


async def callback(world: World, request: Request) -> Answer:
    """POST /interactions/{interaction}/{token}/callback."""
    token = request.ids["token"]
    known = world.interactions.get(token)
    if known is None or known.id != request.ids["interaction"]:
        raise RefusalError(10062)
    it = exchange.answer(world, token, request.body, request.files)
    if request.query.get("with_response") in {"1", "true", "True"}:
        return Answer(200, exchange.callback_json(it))
    return Answer(204)


def _interaction(world: World, request: Request) -> Interaction:
    if request.ids["application"] != world.application_id:
        raise RefusalError(10015)
    return exchange.by_token(world, request.ids["token"])


async def follow_up(world: World, request: Request) -> Answer:
    """POST /webhooks/{application}/{token}."""
    it = _interaction(world, request)
    return Answer(200, exchange.follow_up(world, it, request.body, request.files).raw)


async def get(world: World, request: Request) -> Answer:
    """GET /webhooks/{application}/{token}/messages/{message}."""
    it = _interaction(world, request)
    return Answer(200, exchange.own_message(it, request.ids["message"]).raw)


async def edit(world: World, request: Request) -> Answer:
    """PATCH /webhooks/{application}/{token}/messages/{message}."""
    it = _interaction(world, request)
    message = exchange.own_message(it, request.ids["message"])
    exchange.revise(world, it, message, request.body, request.files)
    return Answer(200, message.raw)


async def delete(world: World, request: Request) -> Answer:
    """DELETE /webhooks/{application}/{token}/messages/{message}."""
    it = _interaction(world, request)
    message = exchange.own_message(it, request.ids["message"])
    exchange.withdraw(world, it, message)
    return Answer(204)
