"""Slack as a chat platform: the same seam as Discord's and the playground's."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web

from bot.adapters.slack.answering import Answering
from bot.adapters.slack.api import SETTLE_S, Api
from bot.adapters.slack.calls import Calls
from bot.adapters.slack.connection import START_PATIENCE_S, Connection
from bot.adapters.slack.desk import Desk
from bot.adapters.slack.door import Door
from bot.adapters.slack.errands import Errands
from bot.adapters.slack.homes import Homes
from bot.adapters.slack.hook import Hook
from bot.adapters.slack.news import Newsroom
from bot.adapters.slack.options import Options, Tokens
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.pictures import Pictures
from bot.adapters.slack.posts import Posts
from bot.adapters.slack.rate import Pace
from bot.adapters.slack.reply import Ways
from bot.adapters.slack.roster import Roster
from bot.adapters.slack.shelf import ForgetfulShelf, Shelf
from bot.adapters.slack.voices import Voices
from bot.chat.adapter import (
    Adapter,
    Capabilities,
    Dispatch,
    Memory,
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
)
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable
from bot.domain.refs import PlatformName, Spot, ThreadRef

__all__ = ["Options", "Slack"]

log = logging.getLogger(__name__)

_CAPABILITIES = Capabilities(
    private_files=False, inline_field_errors=True, settle_s=SETTLE_S
)

STOP_PATIENCE_S = 5.0


class Slack(Adapter):
    """All workspaces that Laurel was installed in."""

    def __init__(
        self,
        options: Options,
        tokens: Tokens,
        catalogue: Catalogue,
        memory: Memory,
        clock: Callable[[], datetime],
        shelf: Shelf | None = None,
    ) -> None:
        """Make an adapter; without ``shelf``, files of messages stay with Slack."""
        self._options = options
        self._tokens = tokens
        self._memory = memory
        self._clock = clock
        self._api = Api(options.api, tokens, options.answer_s)
        self._roster = Roster(self._api, memory, options.known_for_s)
        named = catalogue.prefixed(options.prefix)
        self._voices = Voices(named, memory, clock, self._roster.names)
        pace = Pace(options.channel_gap_s)
        pictures = Pictures(self._api, shelf or ForgetfulShelf())
        self._posts = Posts(self._api, self._voices, pace, pictures)
        self._homes = Homes(
            self._api, self._roster, self._voices, clock, options.prefix
        )
        self._newsroom = Newsroom(
            self._api, tokens, self._roster, memory, self._homes.show
        )
        self._desk = Desk(
            Ways(self._api, pace),
            options.patience,
            self._newsroom.told,
            self._homes.show,
        )
        self._door = Door(self._desk.take)
        self._connection = (
            Connection(self._api, options.app_token, options.watch, self._door.envelope)
            if options.app_token is not None
            else None
        )
        self._stopped = asyncio.Event()

    @property
    def name(self) -> PlatformName:
        """The platform's name, as stored with its communities."""
        return SLACK

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""
        return _CAPABILITIES

    @property
    def trouble(self) -> str | None:
        """What is wrong with the connection, in words; None when all is well."""
        if self._connection is not None and self._connection.trouble is not None:
            return self._connection.trouble
        if refused := self._api.refused:
            return (
                f"Slack does not take the token of {', '.join(sorted(refused))} any "
                "more. Install Laurel there again, or put a new token in its place."
            )
        return None

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve on the web port: nothing in Socket Mode."""
        if self._options.app_token is not None or self._options.signing_secret is None:
            return []
        secret = self._options.signing_secret
        return Hook(self._door.request, secret, self._clock).routes()

    async def start(self, table: RouteTable, run: Dispatch) -> None:
        """Connect, unless Slack cannot be reached now.

        Raises:
            CredentialsError: If Slack does not take a token.
        """
        answering = Answering(self._voices, self._roster, self._memory, table, run)
        calls = Calls(
            table,
            run,
            self._roster,
            self._voices,
            self._clock,
            self._options.prefix,
            self._newsroom.know,
        )
        errands = Errands(answering, calls, self._memory, self._api, self._options)
        self._newsroom.open(run)
        self._homes.open(table, run)
        self._desk.open(errands)
        try:
            async with asyncio.timeout(START_PATIENCE_S):
                await self._tokens.teams()
        except (NotAcceptedError, OutcomeUnknownError, TimeoutError) as error:
            log.warning("slack cannot be reached", extra={"reason": str(error)})
        if self._connection is not None:
            await self._connection.start()

    async def serve(self) -> None:
        """Stay connected until `stop`."""
        async with asyncio.TaskGroup() as tasks:
            greeting = tasks.create_task(self._newsroom.keep_greeting())
            if self._connection is not None:
                await self._connection.serve()
            await self._stopped.wait()
            greeting.cancel()

    async def stop(self) -> None:
        """Disconnect, letting what is under way finish for at most 5 seconds."""
        now_s = asyncio.get_running_loop().time
        until_s = now_s() + STOP_PATIENCE_S
        await self._desk.close(STOP_PATIENCE_S)
        if self._connection is not None:
            await self._connection.stop(max(0.0, until_s - now_s()))
        self._stopped.set()
        await self._api.close(max(0.0, until_s - now_s()))

    async def installed(self, teams: Sequence[str]) -> None:
        """Greet workspaces that Laurel was just installed in."""
        await self._newsroom.welcome(teams)

    async def post(self, posting: Posting) -> str:
        """Post a new message and return Slack's id of it."""
        return await self._posts.post(posting)

    async def open_thread(self, about: Posting) -> None:
        """Nothing to do: a thread begins with what is said in it."""

    async def close_thread(self, thread: ThreadRef) -> None:
        """Nothing to do: Slack's threads are never closed."""

    async def edit(self, posting: Posting, message_id: str) -> None:
        """Draw ``posting`` in place of what stands there."""
        await self._posts.edit(posting, message_id)

    async def remove(self, to: Spot, message_id: str) -> None:
        """Take a message down. One that is gone already counts as taken down."""
        await self._posts.remove(to, message_id)

    async def pin(self, to: Spot, message_id: str) -> None:
        """Pin a message where it stands. One that is pinned already stays so."""
        await self._posts.pin(to, message_id, pinned=True)

    async def unpin(self, to: Spot, message_id: str) -> None:
        """Take a message off the pinned ones; one that is not pinned is no fault."""
        await self._posts.pin(to, message_id, pinned=False)

    async def find(self, to: Spot, delivery_id: str, since: datetime) -> str | None:
        """Return the id of the message that carries ``delivery_id``, if it stands.

        Raises:
            UnseenError: If Laurel may not look.
        """
        return await self._posts.find(to, delivery_id, since)
