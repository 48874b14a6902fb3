"""How a community's own words are drafted, kept and taken back: units of work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.refs import MemberRef
from bot.pages.lint import lint
from bot.pages.spec import TemplateSpec
from storage import audit, communities, drafts, members, templates
from storage.database import Transaction
from storage.drafts import DraftRef
from storage.templates import Edit, TemplateRef, Version

DRAFT = "template"
HISTORY = 20
"""How many versions one can go back."""

OFFERED = 5
"""How many of them are offered at a time."""

Start = Callable[[str, str], str]
"""Returns what Laurel says itself as a template, by its name and a language."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Words on their way.

    Attributes:
        after: The version that was in force when they were begun; 0 for none.
    """

    id: str
    name: str
    locale: str
    after: int
    source: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What is in force.

    Attributes:
        version: The number of the last edit or reset; 0 where there was none.

        source: None where Laurel's own words hold.

        by: Who edited it last; None where they are erased, or nobody did.

        earlier: Versions whose words can be had again, the newest first.
    """

    spec: TemplateSpec
    locale: str
    version: int = 0
    source: str | None = None
    by: MemberRef | None = None
    at: datetime | None = None
    earlier: Sequence[Version] = ()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """Words that were not kept, for others were since they were begun.

    Attributes:
        now: What was kept instead.
    """

    now: Standing


def standing(tx: Transaction, call: Call, spec: TemplateSpec) -> Standing:
    """Return what is in force, in the language of public posts."""
    community = communities.get(tx, call.community)
    ref = TemplateRef(community, spec.name, community.settings.locale)
    return _standing(tx, ref, spec, call.at)


def standings(
    tx: Transaction, call: Call, specs: Sequence[TemplateSpec]
) -> Sequence[Standing]:
    """Return what is in force of each."""
    return [standing(tx, call, spec) for spec in specs]


def begin(tx: Transaction, call: Call, spec: TemplateSpec, start: Start) -> Draft:
    """Begin a draft of the actor's own with what is in force."""
    now = standing(tx, call, spec)
    return _begin(tx, call, now, now.source or start(spec.name, now.locale))


def begin_from(tx: Transaction, call: Call, spec: TemplateSpec, number: int) -> Draft:
    """Begin a draft of the actor's own with the words of an earlier version.

    Raises:
        RuleError: If there is none, or its words are erased.
    """
    now = standing(tx, call, spec)
    for version in now.earlier:
        if version.number == number and version.source is not None:
            return _begin(tx, call, now, version.source)
    raise RuleError("templates.no-version")


def change(tx: Transaction, call: Call, draft: str, source: str) -> Draft:
    """Return a draft of the actor's with other words in it.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    edited = replace(_get(tx, ref, call.at), source=source)
    _put(tx, ref, edited, call.at)
    return edited


def rebase(tx: Transaction, call: Call, draft: str, spec: TemplateSpec) -> Draft:
    """Return a draft of the actor's as one that was begun just now.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    begun = _get(tx, ref, call.at)
    now = _standing(tx, _template(ref.community, begun), spec, call.at)
    begun = replace(begun, after=now.version)
    _put(tx, ref, begun, call.at)
    return begun


def opened(tx: Transaction, call: Call, draft: str) -> Draft:
    """Return a draft of the actor's.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    return _get(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def drop(tx: Transaction, call: Call, draft: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def save(
    tx: Transaction, call: Call, draft: str, spec: TemplateSpec
) -> Standing | Overtaken:
    """Put a draft in force and end it, unless somebody was faster.

    Raises:
        RuleError: If it is gone, somebody else's, or not fit to be posted.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    wanted = _get(tx, ref, call.at)
    if wanted.locale != ref.community.settings.locale:
        raise RuleError("templates.other-language")
    if found := lint(wanted.source, spec):
        raise found[0].error()
    template = _template(ref.community, wanted)
    edit = Edit(wanted.source, ref.owner.key, wanted.after, call.at)
    if not _keep(tx, template, edit):
        return Overtaken(_standing(tx, template, spec, call.at))
    drafts.take(tx, ref, call.at)
    return _standing(tx, template, spec, call.at)


def reset(
    tx: Transaction, call: Call, spec: TemplateSpec, after: int
) -> Standing | Overtaken:
    """Put Laurel's own words in force, unless somebody was faster."""
    community = communities.get(tx, call.community)
    editor = members.meet(tx, community, call.actor, call.at)
    ref = TemplateRef(community, spec.name, community.settings.locale)
    now = _standing(tx, ref, spec, call.at)
    if now.source is None:
        return now
    if not _keep(tx, ref, Edit(None, editor.key, after, call.at)):
        return Overtaken(now)
    return _standing(tx, ref, spec, call.at)


def _keep(tx: Transaction, ref: TemplateRef, edit: Edit) -> bool:
    version = templates.keep(tx, ref, edit)
    if version is None:
        return False
    action = "templates.edit" if edit.source is not None else "templates.reset"
    about = f"templates:{ref.name}:{ref.locale}"
    entry = audit.Entry(edit.editor, action, about, {"version": version})
    audit.add(tx, ref.community, entry, edit.at)
    return True


def _standing(
    tx: Transaction, ref: TemplateRef, spec: TemplateSpec, now: datetime
) -> Standing:
    versions = templates.history(tx, ref, HISTORY)
    if not versions:
        return Standing(spec, ref.locale)
    last, *rest = versions
    editor = members.by_key(tx, ref.community, last.editor, now)
    return Standing(
        spec,
        ref.locale,
        last.number,
        last.source,
        editor.ref if editor else None,
        last.at,
        tuple(each for each in rest if each.source is not None)[:OFFERED],
    )


def _begin(tx: Transaction, call: Call, now: Standing, source: str) -> Draft:
    community = communities.get(tx, call.community)
    owner = members.meet(tx, community, call.actor, call.at)
    draft = Draft(drafts.new_id(), now.spec.name, now.locale, now.version, source)
    _put(tx, DraftRef(draft.id, community, owner, DRAFT), draft, call.at)
    return draft


def _template(community: Community, draft: Draft) -> TemplateRef:
    return TemplateRef(community, draft.name, draft.locale)


def _get(tx: Transaction, ref: DraftRef, now: datetime) -> Draft:
    return Draft(ref.id, **drafts.held(drafts.get(tx, ref, now)))


def _put(tx: Transaction, ref: DraftRef, draft: Draft, at: datetime) -> None:
    packed = {
        "name": draft.name,
        "locale": draft.locale,
        "after": draft.after,
        "source": draft.source,
    }
    drafts.put(tx, ref, wire.encode(packed), at)
