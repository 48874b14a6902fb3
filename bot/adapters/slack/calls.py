"""Who does something, where, and who and what they name."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.adapters.slack.aims import community_of
from bot.adapters.slack.door import Kind
from bot.adapters.slack.errors import LOST
from bot.adapters.slack.incoming import call_of, named_in, needs_of, route_of
from bot.adapters.slack.line import Wanted, labels_of
from bot.adapters.slack.origin import Origin
from bot.adapters.slack.people import Known
from bot.adapters.slack.roster import Roster
from bot.adapters.slack.voices import Voices
from bot.chat.adapter import Dispatch
from bot.chat.raw import Json
from bot.chat.responses import Call
from bot.chat.table import RouteTable
from bot.chat.text import Quote
from bot.domain.refs import ChannelRef, CommunityRef

log = logging.getLogger(__name__)

_GREETING_S = 8.0
"""How long a member waits for Laurel to learn of their workspace, the first time."""

_DOMAIN = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LINK = "https://{domain}.slack.com/archives/{channel}/p{digits}"


@dataclass(frozen=True, slots=True)
class Calls:
    """Looks up what a payload names by ids alone.

    Attributes:
        know: Has Laurel learn of a workspace, the first time.
    """

    table: RouteTable
    run: Dispatch
    roster: Roster
    voices: Voices
    clock: Callable[[], datetime]
    prefix: str
    know: Callable[[str], Awaitable[None]]

    async def of(self, kind: Kind, raw: Json, origin: Origin) -> tuple[Call, Known]:
        """Return who acted, where, and who is who.

        Raises:
            MalformedError: If ``raw`` is not as Slack documents it.
        """
        known = await self._known(raw, community_of(raw))
        needs = needs_of(raw, self.table, self.prefix)
        channel = origin.channel
        call = call_of(raw, known, self.voices.catalogue, self.clock(), origin=channel)
        if call.target is not None and (link := _link(raw, call)):
            call = replace(call, target=replace(call.target, link=link))
        route = route_of(raw, self.table, self.prefix)
        if kind is Kind.COMMAND and route is not None:
            found = [(each, await self._labels(call, each)) for each in needs.lookups]
            labels = labels_of(route, self.voices.catalogue, call.locale, found)
            known = replace(known, labels=labels)
        return call, known

    async def _known(self, raw: Json, here: CommunityRef) -> Known:
        """Return who and what is named, having told of a workspace that is new."""
        await self._greeted(here.id)
        needs = needs_of(raw, self.table, self.prefix)
        people = needs.people
        handles: Mapping[str, str] = {}
        if needs.names:
            handles = await self.roster.handles(here.id)
            others = named_in(raw, self.table, handles, self.prefix)
            people = tuple(dict.fromkeys((*people, *others)))
        known = await self.roster.known(here, people)
        places = {ChannelRef(here, each) for each in needs.channels}
        names = await self.roster.names(places)
        channels = {ref.id: name for ref, name in names.items()}
        return replace(known, handles=handles, channels=channels)

    async def _greeted(self, team: str) -> None:
        try:
            async with asyncio.timeout(_GREETING_S):
                await self.know(team)
        except (*LOST, TimeoutError) as error:
            log.warning("not greeted yet", extra={"team": team, "reason": str(error)})

    async def _labels(self, call: Call, wanted: Wanted) -> Mapping[str, str]:
        found = await self.run.suggest(wanted.lookup, call, wanted.typed)
        speech = await self.voices.form(call)
        return {
            each.label.text
            if isinstance(each.label, Quote)
            else speech.plain(each.label): each.value
            for each in found
        }


def _link(raw: Json, call: Call) -> str | None:
    """Return the address of the message that a shortcut was chosen on."""
    team = raw.get("team")
    domain = team.get("domain") if isinstance(team, dict) else None
    if call.target is None or not isinstance(domain, str):
        return None
    if not _DOMAIN.fullmatch(domain):
        return None
    digits = call.target.message_id.replace(".", "")
    channel = call.target.channel.id
    return _LINK.format(domain=domain, channel=channel, digits=digits)
