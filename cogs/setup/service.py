"""How settings are drafted and saved: units of work, no chat and no clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community, Member
from bot.domain.refs import MemberRef
from cogs.setup import choices
from cogs.setup.choices import Chosen
from storage import activity, audit, communities, drafts, members
from storage.database import Transaction
from storage.drafts import DraftRef

DRAFT = "setup"
SAVE = "setup.save"


@dataclass(frozen=True, slots=True)
class Draft:
    """Settings on their way.

    Attributes:
        before: What was in force when the draft was begun.
    """

    id: str
    before: Chosen
    now: Chosen

    @property
    def changes(self) -> int:
        """How many choices differ from what was in force."""
        return len(choices.differences(self.before, self.now))


@dataclass(frozen=True, slots=True)
class Tried:
    """A draft that is tried out.

    Attributes:
        community: As it would be.
    """

    community: Community
    chosen: Chosen
    admin: Member


@dataclass(frozen=True, slots=True)
class Saved:
    """What is in force now.

    Attributes:
        changes: How many choices are other than before.
    """

    chosen: Chosen
    changes: int


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A draft that was not saved, for the settings changed since it was begun.

    Attributes:
        by: Who saved others; None where that is not known.
    """

    draft: str
    by: MemberRef | None = None
    at: datetime | None = None


def begin(tx: Transaction, call: Call) -> Draft:
    """Begin a draft of the actor's own with what is in force."""
    community = communities.get(tx, call.community)
    owner = members.meet(tx, community, call.actor, call.at)
    chosen = _in_force(tx, community)
    draft = Draft(drafts.new_id(), chosen, chosen)
    _put(tx, DraftRef(draft.id, community, owner, DRAFT), draft, call.at)
    return draft


def opened(tx: Transaction, call: Call, draft: str) -> Draft:
    """Return a draft of the actor's.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    return _get(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def change(
    tx: Transaction, call: Call, draft: str, edit: Callable[[Chosen], Chosen]
) -> Draft:
    """Return a draft of the actor's after ``edit``.

    Raises:
        RuleError: If it is gone, or ``edit`` says no.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    standing = _get(tx, ref, call.at)
    edited = replace(standing, now=edit(standing.now))
    _put(tx, ref, edited, call.at)
    return edited


def restart(tx: Transaction, call: Call, draft: str) -> Draft:
    """End a draft and begin anew with what is in force."""
    cancel(tx, call, draft)
    return begin(tx, call)


def cancel(tx: Transaction, call: Call, draft: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def save(tx: Transaction, call: Call, draft: str) -> Saved | Overtaken:
    """Put a draft in force and end it, unless somebody was faster.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    wanted = _get(tx, ref, call.at)
    if wanted.before != _in_force(tx, ref.community):
        return _overtaken(tx, ref, call.at)
    drafts.take(tx, ref, call.at)
    if wanted.changes:
        communities.change(tx, ref.community, wanted.now.settings)
        if wanted.now.values != wanted.before.values:
            communities.change_values(tx, ref.community, wanted.now.values, call.at)
        _record(tx, call, ref, wanted)
    return Saved(wanted.now, wanted.changes)


def tried(tx: Transaction, call: Call, draft: str) -> Tried:
    """Return the community as a draft of the actor's would have it.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    chosen = _get(tx, ref, call.at).now
    community = replace(ref.community, settings=chosen.settings)
    return Tried(community, chosen, ref.owner)


def current_zone(tx: Transaction, call: Call) -> str:
    """Return the IANA name of the community's zone."""
    return communities.get(tx, call.community).settings.zone.key


def _in_force(tx: Transaction, community: Community) -> Chosen:
    labels = (tag.label for tag in communities.values(tx, community))
    return Chosen(community.settings, tuple(labels))


def _get(tx: Transaction, ref: DraftRef, now: datetime) -> Draft:
    packed = drafts.held(drafts.get(tx, ref, now))
    before, wanted = packed["before"], packed["now"]
    return Draft(ref.id, choices.unpack(before), choices.unpack(wanted))


def _put(tx: Transaction, ref: DraftRef, draft: Draft, at: datetime) -> None:
    packed = {"before": choices.pack(draft.before), "now": choices.pack(draft.now)}
    drafts.put(tx, ref, wire.encode(packed), at)


def _overtaken(tx: Transaction, ref: DraftRef, now: datetime) -> Overtaken:
    last = audit.latest(tx, ref.community, SAVE)
    if last is None or last.actor is None:
        return Overtaken(ref.id)
    by = members.by_key(tx, ref.community, last.actor, now)
    return Overtaken(ref.id, by.ref if by else None, last.at)


def _record(tx: Transaction, call: Call, ref: DraftRef, saved: Draft) -> None:
    """Tell the log and the audit what changed; of values, only how many there are."""
    about = f"communities:{ref.community.id}"
    detail: dict[str, int | str | None] = {}
    for name, change in choices.differences(saved.before, saved.now).items():
        detail[name] = change.now
        detail[f"{name}_before"] = change.before
    entry = audit.Entry(ref.owner.key, SAVE, about, detail)
    audit.add(tx, ref.community, entry, call.at)
    fact = activity.Fact(
        "setup.saved", ref.owner.key, None, saved.changes, call.id, about
    )
    activity.add(tx, ref.community, fact, call.at)
