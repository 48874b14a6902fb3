"""How Laurel refuses on Discord, from the demo's own rules, for the pictures."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.adapters.discord.answering import Answering
from bot.adapters.discord.markdown import Onlooker
from bot.adapters.discord.rendering import PRIVATE, Rendering, Scene
from bot.adapters.discord.voices import Voices
from bot.adapters.playground.previews import names_in
from bot.adapters.playground.records import Directory
from bot.chat.adapter import Memory, Place
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Refuse
from bot.demo.run import Demo
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    RoleRef,
)

LISBON = ZoneInfo("Europe/Lisbon")
ROUTE = "shoutouts.shoutout"


@dataclass
class Lisbon(Memory):
    """Remembers who is who, and that everybody lives in Lisbon."""

    directory: Directory

    async def place(self, community: CommunityRef) -> Place:
        return Place("en", LISBON)

    async def communities(self, platform: PlatformName) -> Collection[CommunityRef]:
        return ()

    async def zone(self, member: MemberRef) -> ZoneInfo:
        return LISBON

    async def names(self, members: Collection[MemberRef]) -> Mapping[MemberRef, str]:
        return {each: self.directory.name_of(each) for each in members}

    async def keep(self, call: Call, ask: Ask) -> str:
        return "1"

    async def kept(self, call: Call, form_id: str) -> Ask | None:
        return None


async def refusal(shown: Demo, who: str, whom: str, why: str, at: datetime) -> str:
    """Return, as HTML, what somebody is told whose thanks Laurel cannot take."""
    directory = await shown.playground.store.directory()
    actor, thanked = directory.person(who), directory.person(whom)
    here = ChannelRef(directory.community, "general")
    call = Call("refused", actor, here, at, "en")
    answers = {"to": (thanked,), "why": why}
    no = await shown.laurel.dispatcher(ROUTE, call, (), answers)
    if not isinstance(no, Refuse):
        raise TypeError(f"{why!r} was not refused")
    memory = Lisbon(directory)

    def name_of(ref: ChannelRef | RoleRef) -> str:
        return directory.name_of(ref)

    voices = Voices(shown.playground.catalogue, memory, lambda: at, name_of)
    table, run = shown.laurel.table, shown.laurel.dispatcher
    said = await Answering(voices, memory, table, run).refused(
        call, table.routes[ROUTE], {no.at: no.reason}, Ask(Action(ROUTE), answers)
    )
    onlooker = Onlooker(await voices.form(call), names_in(directory))
    body = said.payload.body
    private = {**body, "flags": body["flags"] | PRIVATE}
    return Rendering()(private, Scene(onlooker, at, who))
