"""The page on which somebody lets the app in, or does not."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from tests.fakes.slack.filling_in import NotPossibleError
from tests.fakes.slack.places import User

if TYPE_CHECKING:
    from tests.fakes.slack.teams import Team


def approve(team: Team, user: User, address: str, *, org_wide: bool) -> str:
    """Let the app in; return where one is sent next.

    Raises:
        NotPossibleError: If Slack would show an error instead.
    """
    world, asked = team.world, _asked(address)
    if asked.get("client_id") != world.app.client_id:
        raise NotPossibleError("Slack knows no such app")
    if not asked.get("scope"):
        raise NotPossibleError("the app asks for nothing")
    if org_wide and team.org_id is None:
        raise NotPossibleError("this team belongs to no organisation")
    code = secrets.token_hex(16)
    world.codes[code] = {
        "team": team,
        "scopes": frozenset(asked["scope"].replace(",", " ").split()),
        "redirect_uri": asked.get("redirect_uri"),
        "user": user.id,
        "org_wide": org_wide,
        "made_at": world.clock(),
    }
    told = {"code": code, "state": asked.get("state", "")}
    return f"{asked.get('redirect_uri', '')}?{urlencode(told)}"


def refuse(address: str) -> str:
    """Not let it in; return where one is sent next."""
    asked = _asked(address)
    told = {"error": "access_denied", "state": asked.get("state", "")}
    return f"{asked.get('redirect_uri', '')}?{urlencode(told)}"


def _asked(address: str) -> dict[str, str]:
    every = parse_qs(urlsplit(address).query)
    return {name: held[0] for name, held in every.items()}
