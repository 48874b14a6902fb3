"""Who asks for a report, and what they are told of it: units of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat import wire
from bot.chat.message import Message
from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member
from bot.domain.errors import RuleError
from bot.domain.fairness import Report
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, MemberRef
from bot.domain.rings import Group
from cogs.fairness import cards, schedule
from storage import audit, communities, drafts, fairness, members, outbox
from storage.activity import Activity
from storage.database import Transaction
from storage.fairness import Asked, Monthly
from storage.occurrences import Occurrence
from storage.outbox import Parcel

_SHOWN = frozenset({Level.PUBLIC, Level.CHANNEL})


@dataclass(frozen=True, slots=True)
class Awaited:
    """A report that is on its way to whoever asked.

    Attributes:
        fresh: Whether it was not on its way before.

        monthly: Whether one comes every month.

        channel: Where that one comes; None for nowhere.
    """

    fresh: bool
    monthly: bool
    channel: ChannelRef | None


def ask(tx: Transaction, call: Call) -> Awaited:
    """Have the actor wait for a report; that they asked for one stands in the audit."""
    community = communities.get(tx, call.community)
    member = members.meet(tx, community, call.actor, call.at)
    fresh = fairness.ask(tx, community, member.key, call.id, call.at)
    if fresh:
        _record(tx, community, member, "fairness.ask", call.at)
    standing, _ = fairness.monthly(tx, community)
    return Awaited(fresh, standing is Monthly.ON, community.settings.moderators)


def switch(tx: Transaction, call: Call, *, on: bool) -> ChannelRef:
    """Have a report come every month, or not; return where.

    Raises:
        RuleError: If the community has no channel for moderators.
    """
    community = communities.get(tx, call.community)
    channel = community.settings.moderators
    if channel is None:
        raise RuleError("fairness.refused-no-channel")
    member = members.meet(tx, community, call.actor, call.at)
    if schedule.switch(tx, community, call.at, on=on):
        action = "fairness.month-on" if on else "fairness.month-off"
        _record(tx, community, member, action, call.at)
    return channel


def settings(tx: Transaction, entry: Activity) -> None:
    """Have the monthly report follow the settings."""
    schedule.follow(tx, communities.by_id(tx, entry.community), entry.at)


def month(tx: Transaction, due: Occurrence) -> None:
    """Have the moderators' channel wait for a report, where there is one."""
    if due.community.settings.moderators is not None:
        fairness.ask(tx, due.community, None, f"fairness:{due.key}", due.now)


def tell(tx: Transaction, asked: Asked, report: Report | None, now: datetime) -> None:
    """Tell whoever asked; with None, that it could not be counted.

    The channel is told figures alone. Who is named to one who moderates is named to
    nobody else, and not to them either where they do no more.
    """
    community = communities.by_id(tx, asked.community)
    if asked.asker is None:
        channel = community.settings.moderators
        if channel is not None:
            said = cards.month(report) if report else cards.uncounted()
            _put(tx, community, asked, (channel, said, ()), now)
        return
    asker = members.by_key(tx, community, asked.asker, now)
    if asker is None or asker.role < Role.MODERATOR or not asker.here:
        return
    if report is None:
        _put(tx, community, asked, (asker.ref, cards.uncounted(), ()), now)
        return
    _put(tx, community, asked, (asker.ref, cards.figures(report), ()), now)
    pages = cards.pages(report)
    untold = report.groups_found - sum(len(page.groups) for page in pages)
    for page in pages:
        people = _people(tx, community, page.groups, now)
        more = untold if page is pages[-1] else 0
        said = cards.groups(page, people, more)
        _put(tx, community, asked, (asker.ref, said, tuple(people)), now)


def _people(
    tx: Transaction, community: Community, groups: Sequence[Group], now: datetime
) -> dict[int, MemberRef]:
    """Return whoever may be named of ``groups``, by key.

    Whoever opted out, left or was erased is not among them.
    """
    people = {}
    for key in sorted({key for group in groups for key in cards.named_of(group)}):
        member = members.by_key(tx, community, key, now)
        if member is not None and member.here and member.privacy.level in _SHOWN:
            people[key] = member.ref
    return people


def _put(
    tx: Transaction,
    community: Community,
    asked: Asked,
    said: tuple[ChannelRef | MemberRef, Message, tuple[int, ...]],
    now: datetime,
) -> None:
    to, message, names = said
    key = f"fairness:told:{drafts.new_id()}"
    parcel = Parcel(to, key, wire.encode(message), names, asked.call)
    outbox.put(tx, community, parcel, now)


def _record(
    tx: Transaction, community: Community, by: Member, action: str, at: datetime
) -> None:
    about = f"communities:{community.id}"
    audit.add(tx, community, audit.Entry(by.key, action, about), at)
