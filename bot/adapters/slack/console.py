"""What whoever runs Laurel asks of Slack, or for Slack, from the command line."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType

from bot.adapters.slack.manifest import (
    INSTALL_PATH,
    OPTIONAL_SCOPES,
    REDIRECT_PATH,
    SCOPES,
    manifest,
)
from bot.chat.catalogue import Catalogue
from bot.chat.limits import SLACK_BUILT_INS
from bot.chat.raw import Json
from bot.chat.table import RouteTable

COSTS: Mapping[str, str] = MappingProxyType(
    {
        "channels:read": (
            "who is in a public channel for moderators is not known as one, and a "
            "channel that is gone is noticed when a post fails"
        ),
        "groups:read": (
            "who is in a private channel for moderators is not known as one, and a "
            "channel that is gone is noticed when a post fails"
        ),
        "channels:history": (
            "after a crash or a lost answer, one post in each public channel can "
            "appear twice"
        ),
        "groups:history": (
            "after a crash or a lost answer, one post in each private channel can "
            "appear twice"
        ),
        "im:history": (
            "after a crash or a lost answer, a direct message can appear twice"
        ),
        "usergroups:read": "user groups cannot have allowances of their own",
        "im:write": "who has never written to Laurel may not hear from it directly",
        "files:read": "files that members hand in cannot be read",
        "pins:write": "the calendar in a channel has to be pinned by hand",
    }
)
"""What it costs to go without each of the optional scopes."""


def app_manifest(
    table: RouteTable,
    catalogue: Catalogue,
    *,
    prefix: str,
    public: str | None,
    by_socket: bool,
) -> Json:
    """Return the manifest of an app that is connected to in one way or the other.

    Args:
        table: What the cogs declare.
        catalogue: In whose first language everything is described.
        prefix: Put before the name of each command.
        public: Where the web port is reached from outside, if it is. People come back
            there from installing the app, however Slack is connected to.
        by_socket: Whether Laurel calls Slack, and not Slack Laurel.

    Raises:
        ValueError: If ``prefix`` makes a command's name longer than Slack takes, or
            one of Slack's own.
    """
    drawn = manifest(table, catalogue, prefix=prefix, url=None if by_socket else public)
    names = [str(each["command"]) for each in drawn["features"]["slash_commands"]]
    if taken := SLACK_BUILT_INS & {each.removeprefix("/") for each in names}:
        raise ValueError(f"/{min(taken)} is a command of Slack's own")
    if public is not None:
        drawn["oauth_config"]["redirect_urls"] = [public + REDIRECT_PATH]
        drawn["settings"]["org_deploy_enabled"] = True
    return drawn


def invitation(public: str) -> str:
    """Return the address at which people add Laurel to their workspaces."""
    return public + INSTALL_PATH


def scopes() -> Iterator[tuple[str, str, bool]]:
    """Yield each scope that Laurel asks for, why, and whether it can do without."""
    for optional, group in ((False, SCOPES), (True, OPTIONAL_SCOPES)):
        for scope, why in group.items():
            yield scope, why, optional


def missing(granted: Collection[str]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the scopes that were not granted.

    First those that Laurel cannot do without, with what each is for; then the others,
    with what it costs to go without.
    """

    def among(asked: Mapping[str, str]) -> dict[str, str]:
        return {scope: why for scope, why in asked.items() if scope not in granted}

    return among(SCOPES), among(COSTS)
