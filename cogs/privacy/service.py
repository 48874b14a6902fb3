"""What a member allows, is handed and has erased: units of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member, Privacy
from bot.domain.errors import RuleError
from bot.domain.refs import MemberRef
from cogs.privacy import cards
from storage import (
    activity,
    audit,
    communities,
    exports,
    members,
    outbox,
    personal,
)
from storage.activity import Fact
from storage.audit import Entry
from storage.database import Transaction
from storage.exports import Asked
from storage.outbox import Parcel
from storage.personal import Subject

AGAIN_AFTER = timedelta(minutes=5)
"""How long nobody is handed everything anew: it takes the machine a while."""

HIDING = frozenset({Level.PRIVATE, Level.NONE})
"""Levels at which nobody is named in public."""


@dataclass(frozen=True, slots=True)
class Everything:
    """What is kept about a member, to be handed over.

    Attributes:
        name: None where Laurel knows them no more.

        zone: The clocks that they live by.

        tables: As `storage.personal.export` returns it.
    """

    name: str | None
    zone: ZoneInfo
    tables: Mapping[str, list[personal.Row]]


def look(tx: Transaction, call: Call) -> Privacy:
    """Return what the actor allows."""
    community = communities.get(tx, call.community)
    return members.meet(tx, community, call.actor, call.at).privacy


def choose(
    tx: Transaction, call: Call, change: Callable[[Privacy], Privacy]
) -> Privacy:
    """Have the actor allow what ``change`` makes of what they allow so far.

    It reaches what is queued as well: what names them is drawn without them, and what
    was to be written to them is not.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    wanted = change(member.privacy)
    if wanted == member.privacy:
        return wanted
    members.prefer(tx, member, wanted, previews=member.previews)
    _record(tx, community, member, call, "privacy.changed")
    audit.add(tx, community, _entry(member, "privacy.change"), call.at)
    if wanted.level is not member.privacy.level and wanted.level in HIDING:
        outbox.draw_anew_naming(tx, community, member.key)
        _record(tx, community, member, call, "privacy.hidden")
    if not wanted.takes_dms:
        outbox.drop_direct(tx, community, member.ref, call.at)
    return wanted


def ask_for_all(tx: Transaction, call: Call) -> bytes | None:
    """Note that the actor asked for what is kept about them.

    Returns what was made of it since they asked before, None where nothing was.

    Raises:
        RuleError: If they were handed it moments ago, or it is being made.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    is_made = exports.is_made(tx, community, member, call.at)
    if is_made:
        return exports.content(tx, community, member)
    if is_made is not None:
        raise RuleError("privacy.refused-making")
    again_at = members.hand(tx, member, call.at, AGAIN_AFTER)
    if again_at is not None:
        raise RuleError("privacy.refused-again", again=again_at)
    audit.add(tx, community, _entry(member, "privacy.export"), call.at)
    return None


def leave_to_be_made(tx: Transaction, call: Call) -> None:
    """Have what the actor asked for be made behind the scenes."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    exports.ask(tx, community, member, call)


def tell(tx: Transaction, asked: Asked, made: bytes, now: datetime) -> None:
    """Keep what was made for who asked, and tell them where it is.

    They asked for it, so they are told whatever else they allow.
    """
    community = communities.by_id(tx, asked.community)
    if not exports.keep(tx, asked, made):
        return  # they were erased meanwhile
    to = MemberRef(community.ref, asked.platform_id)
    said = wire.encode(cards.made())
    parcel = Parcel(to, f"privacy:made:{asked.id}", said, (), asked.call)
    outbox.put(tx, community, parcel, now)


def rows(tx: Transaction, who: MemberRef, at: datetime) -> int:
    """Return how much is kept about somebody."""
    community = communities.get(tx, who.community)
    member = members.find(tx, community, who, at)
    if member is None:
        return 0
    return personal.count(tx, Subject(community, member, at))


def everything(tx: Transaction, who: MemberRef, at: datetime) -> Everything:
    """Return what is kept about somebody."""
    community = communities.get(tx, who.community)
    member = members.find(tx, community, who, at)
    if member is None:
        return Everything(None, community.settings.zone, {})
    tables = personal.export(tx, Subject(community, member, at))
    return Everything(member.name, member.zone, tables)


def erase(tx: Transaction, call: Call) -> None:
    """Erase the actor. Doing so again finds nobody, and changes nothing."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    if member is None:
        return
    personal.forget(tx, Subject(community, member, call.at), call.id)


def _record(
    tx: Transaction, community: Community, member: Member, call: Call, kind: str
) -> None:
    fact = Fact(kind, member.key, None, 0, call.id, f"members:{member.key}")
    activity.add(tx, community, fact, call.at)


def _entry(member: Member, action: str) -> Entry:
    return Entry(member.key, action, f"members:{member.key}")
