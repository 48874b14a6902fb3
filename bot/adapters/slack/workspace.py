"""One workspace, whose token whoever runs Laurel has put in place."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.errors import TokenRefusedError, translated
from bot.adapters.slack.options import Tokens
from bot.adapters.slack.people import SLACK
from bot.chat.adapter import CredentialsError, NotAcceptedError, OutcomeUnknownError

PATIENCE_S = 10
"""Longest that Slack may take to say whose a token is."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose a token is, and what it may do.

    Attributes:
        name: What the workspace calls itself.
    """

    team: str
    name: str
    scopes: frozenset[str]


async def identity(token: str, api: str) -> Identity:
    """Return whose ``token`` is.

    Raises:
        CredentialsError: If Slack does not take it, or it is not one workspace's.
        NotAcceptedError: If Slack cannot be reached, or says so.
        OutcomeUnknownError: If it does not answer.
    """
    client = AsyncWebClient(token, base_url=api, timeout=PATIENCE_S, retry_handlers=[])
    try:
        told = await client.auth_test()
    except (SlackClientError, aiohttp.ClientError, OSError) as error:
        meant = translated(error)
        if isinstance(meant, TokenRefusedError):
            words = "Slack does not take the bot's token"
            raise CredentialsError(SLACK, words) from error
        if isinstance(meant, NotAcceptedError | OutcomeUnknownError):
            raise meant from error
        raise NotAcceptedError(str(meant)) from error
    if told.get("is_enterprise_install"):
        raise CredentialsError(
            SLACK,
            "the bot's token is a whole organisation's, and one workspace is served "
            "with it",
        )
    headers = {name.lower(): value for name, value in told.headers.items()}
    granted = headers.get("x-oauth-scopes", "").split(",")
    return Identity(
        team=str(told["team_id"]),
        name=str(told.get("team") or told["team_id"]),
        scopes=frozenset(each.strip() for each in granted if each.strip()),
    )


class OneWorkspace(Tokens):
    """The workspace that a token is of."""

    def __init__(self, token: str, api: str) -> None:
        self._token = token
        self._api = api
        self._team: str | None = None
        self._left = False
        self._asking = asyncio.Lock()

    async def token_of(self, team_id: str) -> str | None:
        """Return the token where it is this workspace's; None once it was taken back.

        Raises:
            CredentialsError: If nobody has asked yet, and Slack does not take it.
            NotAcceptedError: If nobody has asked yet, and Slack cannot be reached.
            OutcomeUnknownError: If nobody has asked yet, and it does not answer.
        """
        if self._left or team_id != await self._its_team():
            return None
        return self._token

    async def teams(self) -> Sequence[str]:
        """Return the id of the workspace; raises as `token_of` does."""
        return () if self._left else (await self._its_team(),)

    async def installer_of(self, team_id: str) -> str | None:  # noqa: ARG002
        """Return None: a token does not say who made it."""
        return None

    async def uninstalled(self, place_id: str, at: datetime) -> Sequence[str]:  # noqa: ARG002
        """Give the token up, if Slack does not take it any more.

        News of an earlier installation can come late, so Slack is asked.
        """
        if self._left or place_id != self._team:
            return ()
        try:
            await identity(self._token, self._api)
        except (CredentialsError, NotAcceptedError, OutcomeUnknownError):
            self._left = True
            return (place_id,)
        return ()

    async def revoked(self, team_id: str, token: str) -> Sequence[str]:  # noqa: ARG002
        """Return nothing: whoever put the token in place is told to put in another."""
        return ()

    async def granted(self, organisation_id: str, team_ids: Sequence[str]) -> None:
        """Do nothing: the token is not an organisation's."""

    async def withdrawn(self, team_ids: Sequence[str]) -> Sequence[str]:  # noqa: ARG002
        """Return nothing: the token is not an organisation's."""
        return ()

    async def _its_team(self) -> str:
        async with self._asking:
            if self._team is None:
                self._team = (await identity(self._token, self._api)).team
            return self._team
