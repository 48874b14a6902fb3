"""What adapters may ask of what Laurel remembers, and the forms it keeps for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.chat.adapter import Memory, Place
from bot.chat.catalogue import Catalogue
from bot.chat.fields import Upload
from bot.chat.message import Action
from bot.chat.responses import Ask, Call
from bot.domain.community import Settings
from bot.domain.refs import CommunityRef, MemberRef, PlatformName
from storage import communities, departures, drafts, members
from storage.communities import UnknownCommunityError
from storage.database import TROUBLE, Database, DatabaseClosedError, Transaction
from storage.drafts import DraftRef

FORM = "form"
"""The kind of draft that a form is kept as."""

_NOWHERE = ZoneInfo("UTC")


class DatabaseMemory(Memory):
    """Remembers in Laurel's own file."""

    def __init__(
        self, database: Database, catalogue: Catalogue, clock: Callable[[], datetime]
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._clock = clock

    async def place(self, community: CommunityRef) -> Place:
        """Return how the community is spoken to; the defaults where it is new."""
        settings = await self._database.read(_place, community)
        if settings is None:
            return Place(self._catalogue.choose(None), _NOWHERE)
        chosen = self._catalogue.choose(settings.locale)
        return Place(chosen, settings.zone, settings.moderators)

    async def communities(self, platform: PlatformName) -> Collection[CommunityRef]:
        """Return where Laurel is on a platform, as far as it was told."""
        return await self._database.read(departures.present, platform)

    async def zone(self, member: MemberRef) -> ZoneInfo:
        """Return the zone in which the member reads times."""
        return await self._database.read(_zone, member, self._clock())

    async def names(self, people: Collection[MemberRef]) -> Mapping[MemberRef, str]:
        """Return the names of those whom Laurel has met, as last seen."""
        return await self._database.read(_names, people, self._clock())

    async def keep(self, call: Call, ask: Ask) -> str | None:
        """Keep a form as it was filled in; a file has to be chosen again."""
        filled = {k: v for k, v in ask.draft.items() if not isinstance(v, Upload)}
        body = wire.encode({"action": ask.action, "draft": filled})
        try:
            return await self._database.write(_keep, call, body)
        except (*TROUBLE, DatabaseClosedError):
            return None  # it is said without a way back, which is better than nothing

    async def kept(self, call: Call, form_id: str) -> Ask | None:
        """Return the form that `keep` kept for this member; None where it is gone."""
        body = await self._database.read(_kept, call, form_id)
        if body is None:
            return None
        form = wire.decode(body)
        return Ask(cast("Action", form["action"]), form["draft"])


def _place(tx: Transaction, ref: CommunityRef) -> Settings | None:
    try:
        return communities.get(tx, ref).settings
    except UnknownCommunityError:
        return None


def _zone(tx: Transaction, ref: MemberRef, now: datetime) -> ZoneInfo:
    try:
        community = communities.get(tx, ref.community)
    except UnknownCommunityError:
        return _NOWHERE
    member = members.find(tx, community, ref, now)
    return member.zone if member else community.settings.zone


def _names(
    tx: Transaction, people: Collection[MemberRef], now: datetime
) -> dict[MemberRef, str]:
    named = {}
    for ref in people:
        try:
            community = communities.get(tx, ref.community)
        except UnknownCommunityError:
            continue
        if (member := members.find(tx, community, ref, now)) is not None:
            named[ref] = member.name
    return named


def _keep(tx: Transaction, call: Call, body: str) -> str:
    community = communities.get(tx, call.community)
    owner = members.meet(tx, community, call.actor, call.at)
    form = DraftRef(drafts.new_id(), community, owner, FORM)
    drafts.put(tx, form, body, call.at)
    return form.id


def _kept(tx: Transaction, call: Call, form_id: str) -> str | None:
    community = communities.get(tx, call.community)
    owner = members.find(tx, community, call.actor.ref, call.at)
    if owner is None:
        return None
    return drafts.get(tx, DraftRef(form_id, community, owner, FORM), call.at)
