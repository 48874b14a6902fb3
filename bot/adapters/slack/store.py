"""The tokens of many workspaces: kept in Laurel's own file, sealed, given up fast."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.adapters.slack.options import Tokens
from bot.adapters.slack.people import SLACK
from bot.sealed import Box, Seal, UnsealError
from storage import installations, oauth
from storage.database import Database, Transaction
from storage.installations import Installation

log = logging.getLogger(__name__)

_ROUNDING = timedelta(seconds=1)
"""Slack tells when something happened in whole seconds."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What Slack hands over once somebody has installed Laurel.

    Attributes:
        place: Id of the workspace, or of the organisation that has it in many.

        organisation: Which of the two it is.

        teams: The workspaces that this lets Laurel into, as far as Slack told.

        bot: The member that Laurel is there.
    """

    place: str
    organisation: bool
    name: str
    teams: tuple[str, ...]
    token: str = field(repr=False)
    bot: str
    installer: str
    scopes: tuple[str, ...]


class Installed(Tokens):
    """Who installed Laurel, and what it speaks there with."""

    def __init__(
        self, database: Database, seal: Seal, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._seal = seal
        self._clock = clock
        self._known: dict[str, str] = {}
        self._changes = 0

    async def token_of(self, team_id: str) -> str | None:
        """Return the bot token of a workspace; None where Laurel is not installed."""
        if (known := self._known.get(team_id)) is not None:
            return known
        asked_at = self._changes
        found = await self._database.read(installations.find, SLACK, team_id)
        token = None if found is None else self._opened(found)
        # What was given up while this was being read is not known again.
        if token is not None and asked_at == self._changes:
            self._known[team_id] = token
        return token

    async def teams(self) -> Sequence[str]:
        """Return the ids of the workspaces that Laurel is installed in."""
        return await self._database.read(_teams)

    async def installer_of(self, team_id: str) -> str | None:
        """Return the member who installed Laurel there; None where nobody knows."""
        found = await self._database.read(installations.find, SLACK, team_id)
        return None if found is None else found.installer

    async def save(self, grant: Grant) -> None:
        """Keep a grant in place of an earlier one, with its token sealed."""
        box = self._seal.close(grant.token, _about(grant.place))
        kept = Installation(
            platform=SLACK,
            place=grant.place,
            organisation=grant.organisation,
            name=grant.name,
            bot=grant.bot,
            installer=grant.installer,
            scopes=grant.scopes,
            key=box.key_id,
            token=box.content,
            installed_at=self._clock(),
        )
        await self._database.write(_keep, kept, grant.teams)
        self._forget()

    async def uninstalled(self, place_id: str, at: datetime) -> Sequence[str]:
        """Forget the token of a workspace, or of an organisation, at once.

        Returns the workspaces that this leaves without Laurel. What was installed
        after ``at`` stays, for Slack tells of uninstalling again and late.
        """
        until = at + _ROUNDING
        left = await self._database.write(installations.remove, SLACK, place_id, until)
        self._forget()
        return left

    async def revoked(self, team_id: str, token: str) -> Sequence[str]:
        """Forget a token that Slack says is no more, unless another took its place.

        Returns the workspaces that this leaves without Laurel.
        """

        def give_up(tx: Transaction) -> tuple[str, ...]:
            kept = installations.find(tx, SLACK, team_id)
            if kept is None or self._opened(kept) != token:
                return ()
            return installations.remove(tx, SLACK, kept.place, kept.installed_at)

        left = await self._database.write(give_up)
        self._forget()
        return left

    async def granted(self, organisation_id: str, team_ids: Sequence[str]) -> None:
        """Note that an organisation let Laurel into workspaces of its own."""
        await self._database.write(
            installations.join, SLACK, organisation_id, tuple(team_ids)
        )
        self._forget()

    async def withdrawn(self, team_ids: Sequence[str]) -> Sequence[str]:
        """Note that an organisation took workspaces back; return those left without."""
        left = await self._database.write(installations.part, SLACK, tuple(team_ids))
        self._forget()
        return left

    async def reseal(self) -> int:
        """Seal with the newest key what older ones sealed; return how many it was.

        What no key opens stays as it is, and is told of.
        """
        found = await self._database.read(installations.every, SLACK)
        stale = [each for each in found if each.key != self._seal.key_id]
        opened = [(each, token) for each in stale if (token := self._opened(each))]
        for each, token in opened:
            box = self._seal.close(token, _about(each.place))
            anew = replace(each, key=box.key_id, token=box.content)
            await self._database.write(_replace, each, anew)
        return len(opened)

    async def new_state(self) -> str:
        """Return a state for somebody on their way to Slack; it serves once."""
        state = secrets.token_urlsafe(24)
        await self._database.write(oauth.issue, state, self._clock())
        return state

    async def take_state(self, state: str) -> bool:
        """Return whether a state was given out and serves now."""
        return await self._database.write(oauth.take, state, self._clock())

    def _forget(self) -> None:
        self._changes += 1
        self._known.clear()

    def _opened(self, kept: Installation) -> str | None:
        try:
            return self._seal.open(Box(kept.key, kept.token), _about(kept.place))
        except UnsealError as error:
            about = {"place": kept.place, "reason": str(error)}
            log.error("a token cannot be opened", extra=about)  # noqa: TRY400
            return None


def unopened(tx: Transaction, seal: Seal) -> list[Installation]:
    """Return the installations whose tokens no key opens."""
    return [
        each
        for each in installations.every(tx, SLACK)
        if not seal.opens(Box(each.key, each.token), _about(each.place))
    ]


def _about(place: str) -> str:
    return f"{SLACK} token {place}"


def _keep(tx: Transaction, kept: Installation, teams: Sequence[str]) -> None:
    installations.put(tx, kept)
    installations.join(tx, kept.platform, kept.place, teams)


def _replace(tx: Transaction, old: Installation, new: Installation) -> None:
    """Put ``new`` in place of ``old``, unless something else stands there by now."""
    if old in installations.every(tx, old.platform):
        installations.put(tx, new)


def _teams(tx: Transaction) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for each in installations.every(tx, SLACK):
        if each.organisation:
            found |= dict.fromkeys(installations.workspaces(tx, SLACK, each.place))
        else:
            found[each.place] = None
    return tuple(found)
