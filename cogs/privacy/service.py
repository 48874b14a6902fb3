"""What a member allows, is handed and has erased: units of work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member, Privacy
from bot.domain.errors import RuleError
from storage import activity, audit, communities, members, outbox, personal
from storage.activity import Fact
from storage.audit import Entry
from storage.database import Transaction
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


def ask_for_all(tx: Transaction, call: Call) -> None:
    """Note that the actor asked for what is kept about them.

    Raises:
        RuleError: If they were handed it moments ago.
    """
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    again_at = members.hand(tx, member, call.at, AGAIN_AFTER)
    if again_at is not None:
        raise RuleError("privacy.refused-again", again=again_at)
    audit.add(tx, community, _entry(member, "privacy.export"), call.at)


def everything(tx: Transaction, call: Call) -> Everything:
    """Return what is kept about the actor."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    if member is None:
        return Everything(None, community.settings.zone, {})
    tables = personal.export(tx, Subject(community, member, call.at))
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
