"""Adds Laurel to workspaces: Bolt's OAuth flow, served on the web port."""

from __future__ import annotations

import logging
import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.errors import SlackClientError
from slack_sdk.oauth.installation_store.async_installation_store import (
    AsyncInstallationStore,
)
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from bot.adapters.slack.manifest import (
    INSTALL_PATH,
    OPTIONAL_SCOPES,
    REDIRECT_PATH,
    SCOPES,
)
from bot.adapters.slack.oauth import (
    Authorize,
    Grants,
    States,
    Told,
    UnfitGrantError,
)
from bot.adapters.slack.store import Installed
from bot.chat.catalogue import Catalogue
from bot.chat.text import Quote, Value, phrase
from bot.pages import Pages
from storage.database import DatabaseBusyError, DatabaseClosedError
from storage.oauth import GOOD_FOR

log = logging.getLogger(__name__)

PATIENCE_S = 10
"""Longest that Slack may take to answer one request."""

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

_WHY = {
    "access_denied": "denied",
    "invalid_browser": "stale",
    "invalid_state": "stale",
    "missing_code": "stale",
}
"""Which page a failure is told on, where Slack or Bolt says why."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",  # the address of a page holds a code
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class OAuthApp:
    """The app that workspaces install.

    Attributes:
        api: Address of Slack's Web API.

        public: Address at which the web port is reached from outside.

        prefix: What the names of the commands begin with.
    """

    client_id: str
    client_secret: str = field(repr=False)
    api: str
    public: str
    prefix: str = ""


class Installer:
    """Sends people to Slack, and takes them back with what Slack gave them."""

    def __init__(
        self, app: OAuthApp, store: Installed, catalogue: Catalogue, told: Told
    ) -> None:
        self._app = app
        self._catalogue = catalogue
        self._pages = Pages(Path(__file__).parent / "templates")
        self._home = app.public.rstrip("/")
        client = AsyncWebClient(base_url=app.api, timeout=PATIENCE_S, retry_handlers=[])
        self._flow = AsyncOAuthFlow(
            client=client,
            settings=self._settings(Grants(client, store, told), States(store)),
        )

    def routes(self) -> list[web.RouteDef]:
        """Return what to serve, and where."""
        return [
            web.get(INSTALL_PATH, self._install, allow_head=False),
            web.get(REDIRECT_PATH, self._come_back, allow_head=False),
        ]

    def _settings(
        self, store: AsyncInstallationStore, states: AsyncOAuthStateStore
    ) -> AsyncOAuthSettings:
        # A browser takes this name from none but this very host, over TLS.
        prefix = "__Host-" if self._home.startswith("https://") else ""
        settings = AsyncOAuthSettings(
            client_id=self._app.client_id,
            client_secret=self._app.client_secret,
            scopes=[*SCOPES, *OPTIONAL_SCOPES],
            user_scopes=[],
            redirect_uri=self._home + REDIRECT_PATH,
            install_path=INSTALL_PATH,
            install_page_rendering_enabled=False,
            redirect_uri_path=REDIRECT_PATH,
            callback_options=AsyncCallbackOptions(self._succeeded, self._failed),
            authorization_url=_authorization_url(self._app.api),
            installation_store=store,
            state_store=states,
            state_cookie_name=f"{prefix}laurel-install",
            state_expiration_seconds=int(GOOD_FOR.total_seconds()),
        )
        settings.authorize_url_generator = Authorize(settings)
        return settings

    async def _install(self, request: web.Request) -> web.Response:
        return await self._answered(request, self._flow.handle_installation)

    async def _come_back(self, request: web.Request) -> web.Response:
        return await self._answered(request, self._flow.handle_callback)

    async def _answered(
        self,
        raw: web.Request,
        handle: Callable[[AsyncBoltRequest], Awaitable[BoltResponse]],
    ) -> web.Response:
        request = AsyncBoltRequest(
            body="",
            query=raw.query_string,
            headers={name: list(raw.headers.getall(name)) for name in raw.headers},
        )
        try:
            answer = await handle(request)
        except (
            aiohttp.ClientError,
            OSError,
            SlackClientError,
            DatabaseBusyError,
            DatabaseClosedError,
        ) as error:
            log.warning("installation put off", extra={"reason": type(error).__name__})
            answer = self._page(request, 503, "later")
        response = await to_aiohttp_response(answer)
        for cookie in response.cookies.values():
            cookie["samesite"] = "Lax"
        response.headers.update(_HEADERS)
        return response

    async def _succeeded(self, args: AsyncSuccessArgs) -> BoltResponse:
        made = args.installation
        name = (
            made.enterprise_name if made.is_enterprise_install else made.team_name
        ) or ""
        setup = f"/{self._app.prefix}laurel setup"
        values: dict[str, Value] = {"place": Quote(name), "setup": setup}
        return self._page(args.request, 200, "done", **values)

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        reason = _WHY.get(args.reason, "refused")
        if isinstance(args.error, UnfitGrantError):
            reason = str(args.error)
        log.warning("installation failed", extra={"reason": args.reason[:80]})
        status = args.suggested_status_code
        return self._page(args.request, 409 if status >= 500 else status, reason)  # noqa: PLR2004

    def _page(
        self, request: AsyncBoltRequest, status: int, key: str, **values: Value
    ) -> BoltResponse:
        tag = self._language(request)

        def say(said: str) -> str:
            parts = self._catalogue.speak(phrase(f"install.{said}", **values), tag)
            return "".join(
                c.text if isinstance(c, Quote) else str(c)
                for c in (part.content for part in parts)
            )

        nonce = secrets.token_urlsafe(16)
        states = self._flow.settings.state_utils
        body = self._pages.render(
            "install.html",
            {
                "tag": tag,
                "nonce": nonce,
                "title": say(f"{key}-title"),
                "words": say(key),
                "again": None if key == "done" else say("again"),
                "address": self._home + INSTALL_PATH,
            },
        )
        policy = f"default-src 'none'; style-src 'nonce-{nonce}'; base-uri 'none'"
        return BoltResponse(
            status=status,
            body=body,
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Content-Security-Policy": f"{policy}; frame-ancestors 'none'",
                "Set-Cookie": states.build_set_cookie_for_deletion(),
            },
        )

    def _language(self, request: AsyncBoltRequest) -> str:
        """Return the first language of those that the browser asks for."""
        spoken = self._catalogue.languages
        for tag in _TAG.findall(",".join(request.headers.get("accept-language", ()))):
            if tag in spoken or tag.partition("-")[0] in spoken:
                return self._catalogue.choose(tag)
        return self._catalogue.fallback


def _authorization_url(api: str) -> str:
    """Return where people choose a workspace, on the same host as the API."""
    parts = urlsplit(api)
    return f"{parts.scheme}://{parts.netloc}/oauth/v2/authorize"
