"""What Bolt's OAuth flow asks for and hands over, in Laurel's own terms."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlencode

from slack_bolt.error import BoltError
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth import AuthorizeUrlGenerator
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.async_installation_store import (
    AsyncInstallationStore,
)
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.store import Grant, Installed

log = logging.getLogger(__name__)

Told = Callable[[Sequence[str]], Awaitable[None]]
"""Hears of the workspaces that Laurel was just installed in."""

_A_PAGE, _MAX_PAGES = 1_000, 100
"""Of an organisation's workspaces."""


class UnfitGrantError(BoltError):
    """Slack let Laurel in, in a way that it has no use for."""


class Authorize(AuthorizeUrlGenerator):
    """Where to send people, with everything quoted as addresses want it."""

    def __init__(self, settings: AsyncOAuthSettings) -> None:
        super().__init__(
            client_id=settings.client_id,
            redirect_uri=settings.redirect_uri,
            scopes=settings.scopes,
            authorization_url=settings.authorization_url,
        )

    def generate(self, state: str, team: str | None = None) -> str:
        """Return the address; ``team`` is chosen there already, if it is said."""
        asked = {
            "state": state,
            "client_id": self.client_id,
            "scope": ",".join(self.scopes or ()),
            "user_scope": "",
            "redirect_uri": self.redirect_uri or "",
        }
        if team:
            asked["team"] = team
        return f"{self.authorization_url}?{urlencode(asked)}"


class States(AsyncOAuthStateStore):
    """Bolt's door to the states."""

    def __init__(self, store: Installed) -> None:
        self._store = store

    @property
    def logger(self) -> logging.Logger:
        """Where to tell of what goes wrong."""
        return log

    async def async_issue(self, *_args: object, **_more: object) -> str:
        """Return a new state."""
        return await self._store.new_state()

    async def async_consume(self, state: str) -> bool:
        """Return whether a state serves, for this once."""
        return await self._store.take_state(state)


class Grants(AsyncInstallationStore):
    """Bolt's door to what is kept."""

    def __init__(self, client: AsyncWebClient, store: Installed, told: Told) -> None:
        self._client = client
        self._store = store
        self._told = told

    @property
    def logger(self) -> logging.Logger:
        """Where to tell of what goes wrong."""
        return log

    async def async_save(self, installation: Installation) -> None:
        """Keep what Slack handed over, and tell of it.

        Raises:
            UnfitGrantError: If it is nothing that Laurel can serve with.
        """
        grant = await self._grant(installation)
        await self._store.save(grant)
        log.info("installed", extra={"place": grant.place})
        await self._told(grant.teams)

    async def _grant(self, made: Installation) -> Grant:
        organisation = made.is_enterprise_install
        place = made.enterprise_id if organisation else made.team_id
        if not (place and made.bot_token and made.bot_user_id):
            raise UnfitGrantError("refused")
        if made.bot_token_expires_at is not None:
            raise UnfitGrantError("rotation")
        name = made.enterprise_name if organisation else made.team_name
        return Grant(
            place=place,
            organisation=organisation,
            name=name or place,
            teams=await self._teams(made.bot_token) if organisation else (place,),
            token=made.bot_token,
            bot=made.bot_user_id,
            installer=made.user_id,
            scopes=tuple(made.bot_scopes or ()),
        )

    async def _teams(self, token: str) -> tuple[str, ...]:
        """Return the workspaces that an organisation let Laurel into so far."""
        found: list[str] = []
        cursor = ""
        try:
            for _ in range(_MAX_PAGES):
                answer = await self._client.auth_teams_list(
                    token=token, cursor=cursor or None, limit=_A_PAGE
                )
                found += [str(team["id"]) for team in answer.get("teams") or ()]
                more = answer.get("response_metadata") or {}
                if not (cursor := str(more.get("next_cursor") or "")):
                    break
        except SlackApiError as error:  # events tell of them as well, one by one
            log.warning("workspaces not told", extra={"reason": str(error)[:200]})
        return tuple(found)
