"""What Slack tells by itself, and the workspaces that Laurel greets."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import LOST, TokenRefusedError
from bot.adapters.slack.events import (
    Granted,
    HomeOpened,
    Seen,
    Withdrawn,
    heard,
    is_of_organisation,
    organisation_of,
)
from bot.adapters.slack.options import Tokens
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.roster import Roster
from bot.chat.adapter import CredentialsError, Dispatch, Memory, RefusedError
from bot.chat.news import ChannelGone, Joined, Left
from bot.chat.raw import Json, MalformedError
from bot.domain.refs import CommunityRef, MemberRef

log = logging.getLogger(__name__)

_FIRST_WAIT_S, _MAX_WAIT_S = 2.0, 60.0
"""Between attempts to learn of a workspace."""

Show = Callable[[MemberRef], Coroutine[Any, Any, None]]
Later = Coroutine[Any, Any, None]


class Newsroom:
    """Passes on what is new."""

    def __init__(
        self, api: Api, tokens: Tokens, roster: Roster, memory: Memory, show: Show
    ) -> None:
        self._api = api
        self._tokens = tokens
        self._roster = roster
        self._memory = memory
        self._show = show
        self._hear: Callable[[Joined | Left | ChannelGone], Awaitable[None]] | None
        self._hear = None
        self._greeted: set[str] = set()
        self._sent_away: set[str] = set()
        self._greetings: dict[str, asyncio.Task[None]] = {}

    def open(self, run: Dispatch) -> None:
        """Begin to pass it on."""
        self._hear = run.hear

    async def told(self, raw: Json) -> Later | None:
        """Take note of an event; return what can be done after that is acknowledged."""
        try:
            found = heard(raw)
        except MalformedError as error:
            log.warning("event not understood", extra={"reason": str(error)})
            return None
        match found:
            case HomeOpened(member=member):
                return self._show(member)
            case Seen(member=member, user=user):
                self._roster.see(member, user)
            case Left(community=community):
                await self._left(await self._uninstalled(raw, community.id))
            case Withdrawn(teams=teams):
                await self._left(await self._tokens.withdrawn(teams))
            case Granted(organisation=organisation, teams=teams):
                await self._tokens.granted(organisation, teams)
                return self.welcome(teams)
            case ChannelGone():
                await self._passed_on(found)
            case None:
                pass
        return None

    async def welcome(self, teams: Sequence[str]) -> None:
        """Tell that Laurel is in these workspaces, perhaps with new tokens.

        Who is not greeted now is when somebody there does something.
        """
        for team in teams:
            self._api.forget(team)
            self._greeted.discard(team)
            try:
                await self.know(team)
            except LOST as error:
                log.warning("a workspace not greeted", extra={"reason": str(error)})

    async def know(self, team: str) -> None:
        """Tell that Laurel is in a workspace, unless that was told.

        Raises as `Api.call` does.
        """
        if team in self._greeted:
            return
        if team not in self._greetings:
            task = asyncio.ensure_future(  # noqa: TID251  kept until it is done
                self._meet(team)
            )
            self._greetings[team] = task
            task.add_done_callback(lambda done: self._met(team, done))
        # Whoever gives up waiting leaves it to go on.
        await asyncio.shield(self._greetings[team])

    async def keep_greeting(self) -> None:
        """Greet all workspaces, and tell of those that are no more."""
        wait_s = _FIRST_WAIT_S
        while (teams := await self._greeted_all()) is None:
            await asyncio.sleep(wait_s)
            wait_s = min(wait_s * 2, _MAX_WAIT_S)
        here = {CommunityRef(SLACK, team) for team in teams}
        for community in await self._memory.communities(SLACK):
            if community not in here:
                await self._passed_on(Left(community))

    async def _greeted_all(self) -> Sequence[str] | None:
        """Return the workspaces; None where some could not be greeted."""
        failed = False
        try:
            teams = await self._tokens.teams()
        except (*LOST, CredentialsError) as error:
            log.warning("workspaces not known", extra={"reason": str(error)})
            return None
        for team in teams:
            token = None
            try:
                token = await self._tokens.token_of(team)
                await self.know(team)
            except TokenRefusedError as error:
                log.warning("a workspace not greeted", extra={"reason": str(error)})
                if error.for_good and token is not None:  # while nobody could be told
                    await self._left(await self._tokens.revoked(team, token))
            except LOST as error:
                log.warning("a workspace not greeted", extra={"reason": str(error)})
                failed = True
        return None if failed else teams

    async def _meet(self, team: str) -> None:
        self._sent_away.discard(team)
        joined = await self._joined(team)
        # Whoever sent Laurel away meanwhile is not to hear that it is there.
        if self._hear is not None and team not in self._sent_away:
            await self._hear(joined)
            self._greeted.add(team)

    def _met(self, team: str, done: asyncio.Task[None]) -> None:
        self._greetings.pop(team, None)
        if not done.cancelled():
            done.exception()  # whoever waited has heard of it

    async def _joined(self, team: str) -> Joined:
        asked = await self._api.call(team, "auth.test", {})
        community = CommunityRef(SLACK, team)
        owner = await self._owner(team) or str(asked.get("user_id"))
        self._roster.installed_by(team, owner)
        user = await self._roster.user(MemberRef(community, owner)) or {}
        locale = user.get("locale")
        return Joined(
            community,
            str(asked.get("team") or team),
            MemberRef(community, owner),
            locale=locale if isinstance(locale, str) else None,
        )

    async def _owner(self, team: str) -> str | None:
        """Return who installed Laurel, else who owns the workspace, where known."""
        if (installer := await self._tokens.installer_of(team)) is not None:
            return installer
        try:
            everybody = await self._roster.everybody(team)
        except RefusedError:
            return None
        owners = (each for each in everybody if each.get("is_primary_owner") is True)
        return next((str(each.get("id")) for each in owners), None)

    async def _uninstalled(self, raw: Json, team: str) -> Sequence[str]:
        """Give up what a workspace, or an organisation, let Laurel in with."""
        at = _instant(raw)
        if not is_of_organisation(raw):
            return await self._tokens.uninstalled(team, at)
        try:
            await self._api.call(team, "auth.test", {})
        except TokenRefusedError:
            return await self._tokens.uninstalled(organisation_of(raw), at)
        except LOST as error:  # tokens that serve no more are noticed all the same
            log.warning("not known who uninstalled", extra={"reason": str(error)})
        # While the token serves, it is one workspace alone that was taken back.
        return await self._tokens.withdrawn((team,))

    async def _left(self, teams: Sequence[str]) -> None:
        """Forget workspaces, and tell that Laurel was sent away."""
        for team in teams:
            self._api.forget(team)
            self._roster.forget(team)
            self._greeted.discard(team)
            self._sent_away.add(team)
            await self._passed_on(Left(CommunityRef(SLACK, team)))

    async def _passed_on(self, news: Joined | Left | ChannelGone) -> None:
        if self._hear is not None:
            await self._hear(news)


def _instant(raw: Json) -> datetime:
    """Return when an event happened; the beginning of time where it does not say."""
    found = raw.get("event_time")
    try:
        return datetime.fromtimestamp(found if isinstance(found, int) else 0, UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.fromtimestamp(0, UTC)
