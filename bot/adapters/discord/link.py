"""One login at Discord: its client, and the door for requests."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import Self

import discord

from bot.adapters.discord.client import Client, Ears, Pace, make_client
from bot.adapters.discord.errors import translated
from bot.adapters.discord.options import Options
from bot.adapters.discord.people import DISCORD
from bot.adapters.discord.rest import Rest
from bot.chat.adapter import CredentialsError

LOST_S = 30.0
"""A gateway that was away for this long is connected to anew: discord.py's own waits
between attempts grow to a quarter of an hour."""

PARTLY_LOST_S = 300.0
"""The same where some connections stand, which would be given up for the others."""

STOP_PATIENCE_S = 5.0

_GOODBYE_S = 1.0
"""How long the gateway may take to close its side."""

TOKEN_REFUSED = 4004
"""The gateway's code for a token that it does not take."""


class GatewayRefusalError(Exception):
    """The gateway will not have this session, now or later, until somebody acts.

    Its message says in words what to do.
    """


_REFUSALS: Mapping[int, str] = {
    4010: "Discord does not know this shard. Set discord.shards anew.",
    4011: "This many servers need more connections. Set discord.shards higher.",
    4012: "Discord does not speak with this version any more. Install a newer Laurel.",
    4013: "Discord does not know what Laurel listens to. Install a newer Laurel.",
    4014: "Discord does not let Laurel listen. Install a newer Laurel.",
}
"""By the gateway's close codes after which nobody is to connect again."""


class Link:
    """A login, and the connections that it holds."""

    def __init__(self, client: Client, rest: Rest) -> None:
        self.client = client
        self.rest = rest
        self._over = asyncio.Event()
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls,
        token: str,
        options: Options,
        ears: Ears,
        pace: Pace,
        refused: Callable[[], None],
    ) -> Self:
        """Log in.

        Raises:
            CredentialsError: If Discord does not take the token.
            NotAcceptedError: If Discord cannot be reached, or says so.
            OutcomeUnknownError: If it does not answer.
        """
        client = make_client(options, ears, pace)
        link = cls(client, Rest(client.http, refused))
        try:
            await client.login(token)
            if options.shards is not None:
                _, _, limits = await client.http.get_bot_gateway()
                pace.slots = max(1, limits["max_concurrency"])
        except BaseException as error:
            await link.close(patience_s=0)
            if isinstance(error, discord.LoginFailure):
                words = "Discord does not take the token"
                raise CredentialsError(DISCORD, words) from error
            raise translated(error) from error.__cause__
        return link

    @property
    def user_id(self) -> str:
        """Laurel's own id on Discord."""
        return "" if self.client.user is None else str(self.client.user.id)

    @property
    def application_id(self) -> str:
        """The application's id, under which commands are published."""
        return str(self.client.application_id)

    async def hold(self) -> None:
        """Stay connected until `close`, or until the gateway was lost for long.

        Raises:
            CredentialsError: If the gateway does not take the token any more.
            GatewayRefusalError: If it will not have the session for another reason.
            discord.DiscordException: If the session ended as nobody foresaw.
        """
        connected = asyncio.ensure_future(  # noqa: TID251  awaited below
            self.client.connect()
        )
        telling = asyncio.ensure_future(  # noqa: TID251  awaited below
            self.client.tell_all()
        )
        ends = [
            asyncio.ensure_future(each)  # noqa: TID251  awaited below
            for each in (self._lost(), self._over.wait())
        ]
        await asyncio.wait({connected, *ends}, return_when=asyncio.FIRST_COMPLETED)
        for each in (telling, *ends):
            each.cancel()
        await asyncio.gather(telling, *ends, return_exceptions=True)
        if not connected.done():
            # It may be asleep between two attempts, and closing does not wake it.
            await self.close(STOP_PATIENCE_S)
            connected.cancel()
            await asyncio.gather(connected, return_exceptions=True)
            return
        try:
            connected.result()
        except discord.ConnectionClosed as error:
            if error.code == TOKEN_REFUSED:
                words = "Discord's gateway does not take the token"
                raise CredentialsError(DISCORD, words) from error
            if (refusal := _REFUSALS.get(error.code)) is not None:
                raise GatewayRefusalError(refusal) from error
            raise
        except discord.PrivilegedIntentsRequired as error:
            raise GatewayRefusalError(_REFUSALS[4014]) from error

    async def close(self, patience_s: float) -> None:
        """Let requests finish within ``patience_s``, and disconnect."""
        self._over.set()
        await self.rest.close(patience_s)
        if self._closing is None:
            # A peer that is gone does not say goodbye, and would be waited for.
            self._closing = asyncio.ensure_future(  # noqa: TID251  kept until it is done
                self.client.close()
            )
        await asyncio.wait({self._closing}, timeout=_GOODBYE_S)

    async def _lost(self) -> None:
        """Return once the gateway was away for too long, and not for waiting."""
        presence, pace = self.client.presence, self.client.pace
        now_s = asyncio.get_running_loop().time
        while True:
            presence.changed.clear()
            fell_s = now_s()
            while not presence.changed.is_set():
                patience_s = PARTLY_LOST_S if presence.up else LOST_S
                ends_s = max(fell_s, pace.waits_until_s) + patience_s
                if not presence.complete and now_s() >= ends_s:
                    return
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout_at(
                        None if presence.complete else ends_s
                    ):
                        await presence.changed.wait()
