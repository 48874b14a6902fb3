"""Which platforms an installation has set up, how, and what is missing for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.adapters.discord.options import Options as DiscordOptions
from bot.adapters.slack.options import Options as SlackOptions
from bot.config import (
    DISCORD,
    SLACK_APP,
    SLACK_BOT,
    SLACK_CLIENT,
    SLACK_CLIENT_SECRET,
    SLACK_KEY,
    SLACK_SIGNING,
    Settings,
)

_NONE = "none"

_STARTS = {SLACK_BOT: "xoxb-", SLACK_APP: "xapp-"}
"""What tells Slack's tokens apart, which are easily taken for one another."""

_BOT_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)

_HERE = frozenset({"127.0.0.1", "localhost", "::1"})


class SetupError(Exception):
    """What is set up cannot be served. Its message says all that is missing."""


def check_set_up(settings: Settings) -> None:
    """Check that there is a platform to serve, and all that it needs.

    Raises:
        SetupError: If not.
    """
    if not (has_discord(settings) or has_slack(settings)):
        raise SetupError(
            "No platform has its token yet, so there is nothing to serve. Put "
            f"{DISCORD} into .env to serve Discord; docs/discord.md says how to get "
            f"one. For Slack, put {SLACK_APP} and {SLACK_BOT} there; docs/slack.md "
            "says where they are. To try Laurel without any "
            "account, try `laurel demo`."
        )
    if found := list(gaps(settings)):
        raise SetupError("\n".join(found))


def has_discord(settings: Settings) -> bool:
    """Return whether Discord is to be served."""
    return DISCORD in settings.secrets


def has_slack(settings: Settings) -> bool:
    """Return whether Slack is to be served; `gaps` says whether it can be."""
    return any(name.startswith("LAUREL_SLACK_") for name in settings.secrets)


def serves_many(settings: Settings) -> bool:
    """Return whether any workspace can install Laurel, and not one has a token."""
    return SLACK_BOT not in settings.secrets


def public_address(settings: Settings) -> str | None:
    """Return where the web port is reached from outside, without a slash at its end."""
    public = settings.web.public
    return None if public == _NONE else public.rstrip("/")


def slack_prefix(settings: Settings) -> str:
    """Return what the names of Slack's commands begin with."""
    return "" if settings.slack.prefix == _NONE else settings.slack.prefix


def discord_options(settings: Settings) -> DiscordOptions:
    """Return where Discord is, and how Laurel connects to it."""
    chosen = settings.discord
    return DiscordOptions(
        api=chosen.api.rstrip("/"),
        gateway=chosen.gateway,
        shards=chosen.shards or None,
        development_guild=None if chosen.commands_in == "all" else chosen.commands_in,
        events=chosen.events,
    )


def slack_options(settings: Settings) -> SlackOptions:
    """Return where Slack is, and how Laurel connects to it."""
    by_socket = settings.slack.connect == "socket"
    signing = settings.secrets.get(SLACK_SIGNING)
    return SlackOptions(
        api=slack_api(settings),
        app_token=settings.secrets[SLACK_APP].reveal() if by_socket else None,
        signing_secret=signing.reveal() if signing else None,
        prefix=slack_prefix(settings),
    )


def slack_api(settings: Settings) -> str:
    """Return where Slack's API is, with a slash at its end."""
    return settings.slack.api.rstrip("/") + "/"


def gaps(settings: Settings) -> Iterator[str]:
    """Yield what is missing or wrong for the platforms that are set up."""
    if has_discord(settings):
        token = settings.secrets[DISCORD].reveal()
        if not _BOT_TOKEN.fullmatch(token):
            yield (
                f".env: {DISCORD}: is no bot's token, which has three parts with dots "
                "between them; the page Bot of the application makes one"
            )
    if has_slack(settings):
        yield from _gaps_of_token(settings)
        yield from _gaps_of_connection(settings)
        yield from _gaps_of_address(settings)
        for name, start in _STARTS.items():
            secret = settings.secrets.get(name)
            if secret and not secret.reveal().startswith(start):
                yield f".env: {name}: is another token; this one starts with {start}"


def _gaps_of_token(settings: Settings) -> Iterator[str]:
    has = settings.secrets.keys()
    if not serves_many(settings):
        if too_many := sorted({SLACK_CLIENT, SLACK_CLIENT_SECRET} & has):
            yield (
                f".env: {SLACK_BOT} is for one workspace, {' and '.join(too_many)} for "
                "many: take out one or the other"
            )
        return
    if SLACK_CLIENT not in has and SLACK_CLIENT_SECRET not in has:
        yield f".env: {SLACK_BOT}: is missing; it is what Laurel speaks with on Slack"
        return
    for name in (SLACK_CLIENT, SLACK_CLIENT_SECRET):
        if name not in has:
            yield f".env: {name}: is missing; many workspaces need it"
    yield from _gaps_of_key(settings)


def _gaps_of_key(settings: Settings) -> Iterator[str]:
    # It takes its time to load, and most installations have no key.
    from bot.sealed import HOW_TO_MAKE_A_KEY, KeyFormatError, Seal  # noqa: PLC0415

    key = settings.secrets.get(SLACK_KEY)
    if key is None:
        yield (
            f".env: {SLACK_KEY}: is missing; it seals the tokens of many workspaces. "
            f"`{HOW_TO_MAKE_A_KEY}` makes one"
        )
        return
    try:
        Seal.of(key.reveal())
    except KeyFormatError as error:
        yield f".env: {SLACK_KEY}: {error}"


def _gaps_of_connection(settings: Settings) -> Iterator[str]:
    has, connect = settings.secrets.keys(), settings.slack.connect
    if connect == "socket" and SLACK_APP not in has:
        yield f".env: {SLACK_APP}: is missing; Socket Mode needs it"
    if connect == "http" and SLACK_SIGNING not in has:
        yield f".env: {SLACK_SIGNING}: is missing; what Slack sends is checked with it"


def _gaps_of_address(settings: Settings) -> Iterator[str]:
    public = public_address(settings)
    if public is None:
        if settings.slack.connect == "http":
            yield "config.toml: web.public: is missing; Slack has to call somewhere"
        elif serves_many(settings) and SLACK_CLIENT in settings.secrets:
            yield "config.toml: web.public: is missing; people install Laurel there"
    elif not public.startswith("https://") and not _is_here(public):
        yield "config.toml: web.public: has to be https, or Slack does not call it"


def _is_here(address: str) -> bool:
    try:
        return urlsplit(address).hostname in _HERE
    except ValueError:
        return False
