"""What a member allows, is handed and has erased: units of work."""

from __future__ import annotations

import json
from collections.abc import Callable

from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member, Privacy
from storage import activity, audit, communities, members, outbox, personal
from storage.activity import Fact
from storage.audit import Entry
from storage.database import Transaction
from storage.personal import Subject

EXPORT_VERSION = 1

HIDING = frozenset({Level.PRIVATE, Level.NONE})
"""Levels at which nobody is named in public."""


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
    """Note that the actor asked for what is kept about them."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    audit.add(tx, community, _entry(member, "privacy.export"), call.at)


def everything(tx: Transaction, call: Call) -> bytes:
    """Return what is kept about the actor, as JSON for people and programs."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    document = {
        "version": EXPORT_VERSION,
        "exported_at": call.at.isoformat(),
        "member": member.name if member else None,
        "tables": personal.export(tx, Subject(community, member, call.at))
        if member
        else {},
    }
    return json.dumps(document, ensure_ascii=False, indent=2).encode()


def erase(tx: Transaction, call: Call) -> None:
    """Erase the actor. Doing so again finds nobody, and changes nothing."""
    community = communities.get(tx, call.community)
    member = members.find(tx, community, call.actor.ref, call.at)
    if member is None:
        return
    personal.erase(tx, Subject(community, member, call.at))
    _record(tx, community, member, call, "members.erased")
    audit.add(tx, community, _entry(member, "members.erase"), call.at)


def _record(
    tx: Transaction, community: Community, member: Member, call: Call, kind: str
) -> None:
    fact = Fact(kind, member.key, None, 0, call.id, f"members:{member.key}")
    activity.add(tx, community, fact, call.at)


def _entry(member: Member, action: str) -> Entry:
    return Entry(member.key, action, f"members:{member.key}")
