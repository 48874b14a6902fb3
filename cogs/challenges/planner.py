"""How moderators write a challenge down: drafts and saving. Units of work."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.challenge_rules import (
    asked_so_far,
    check_opening,
    check_settled,
    flaws_of,
)
from bot.domain.challenges import Challenge, Terms
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.refs import ChannelRef, MemberRef
from cogs.challenges import course, drafting
from cogs.challenges.drafting import Draft
from cogs.challenges.templates import SayIn, Template, Wish, start
from storage import communities, drafts, members
from storage.challenges import book
from storage.challenges import terms as versions
from storage.challenges.book import Act
from storage.database import Transaction
from storage.drafts import DraftRef

DRAFT = "challenge"


@dataclass(frozen=True, slots=True)
class Sketch:
    """A draft, and whose community it is for."""

    draft: Draft
    community: Community


@dataclass(frozen=True, slots=True)
class Saved:
    """A challenge that was saved.

    Attributes:
        changes: How many things are other than before.
    """

    challenge: Challenge
    changes: int
    is_new: bool


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A draft that was not saved, for the challenge changed since it was begun.

    Attributes:
        by: Who wrote the version that holds; None where they are not known, or did
            not change what it asks for.
    """

    draft: str
    by: MemberRef | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a new challenge is to be, as far as somebody said so at once."""

    template: Template
    starts_on: date | None = None
    channel: ChannelRef | None = None


def begin(tx: Transaction, call: Call, asked: Asked, say: SayIn) -> Sketch:
    """Begin a draft of the actor's own for a new challenge."""
    community = communities.get(tx, call.community)
    settings = community.settings
    today = call.at.astimezone(settings.zone).date()
    wish = Wish(
        asked.template,
        asked.starts_on or _next_monday(today),
        here(call, asked.channel) or settings.wall or call.room,
        settings.locale,
    )
    terms = start(wish, say)
    return _begin(tx, call, Draft(drafts.new_id(), terms, terms))


def edit(tx: Transaction, call: Call, challenge: int) -> Sketch:
    """Begin a draft of a challenge.

    Raises:
        RuleError: If there is none, or it is over.
    """
    community = communities.get(tx, call.community)
    return _begin(tx, call, _of(course.under_way(tx, community, challenge)))


def opened(tx: Transaction, call: Call, draft: str) -> Sketch:
    """Return a draft of the actor's.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    return Sketch(_get(tx, ref, call.at), ref.community)


def change(
    tx: Transaction,
    call: Call,
    draft: str,
    change: Callable[[Terms], Terms],
    asked: Collection[str] = (),
) -> Sketch:
    """Return a draft of the actor's after ``change``.

    Raises:
        RuleError: If it is gone, ``change`` says no, something changes that people
            count on by now, or a question of ``asked`` has an answer that cannot be.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    standing = _get(tx, ref, call.at)
    wanted = replace(standing, terms=change(standing.terms))
    local = call.at.astimezone(ref.community.settings.zone)
    told = asked_so_far(Challenge(0, wanted.state, wanted.before), local)
    check_settled(wanted.before, wanted.terms, wanted.state, told)
    for rule in flaws_of(wanted.terms, wanted.state, local.date()):
        if rule.at in asked:
            raise rule
    drafts.put(tx, ref, wire.encode(drafting.pack(wanted)), call.at)
    return Sketch(wanted, ref.community)


def save(tx: Transaction, call: Call, draft: str) -> Saved | Overtaken:
    """Put what is drafted in force and end it, unless somebody was faster.

    Raises:
        RuleError: If the draft or the challenge is gone, another has its title, or it
            could not be run like that; then the draft stays.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    wanted = _get(tx, ref, call.at)
    by = Act(ref.owner, call.id, call.at)
    if wanted.challenge is not None:
        found = course.under_way(tx, ref.community, wanted.challenge)
        if (found.terms, found.state) != (wanted.before, wanted.state):
            return _overtaken(tx, ref, found, wanted)
    drafts.take(tx, ref, call.at)
    with drafting.unasked():
        challenge = _put(tx, ref.community, wanted, by)
    return Saved(challenge, wanted.changes, wanted.challenge is None)


def drop(tx: Transaction, call: Call, draft: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)


def restart(tx: Transaction, call: Call, draft: str) -> Sketch:
    """End a draft and begin anew with what is in force.

    Raises:
        RuleError: If it is gone, or what it changes is.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    standing = _get(tx, ref, call.at)
    drafts.take(tx, ref, call.at)
    if standing.challenge is None:
        return _begin(tx, call, replace(standing, id=drafts.new_id()))
    return edit(tx, call, standing.challenge)


def here(call: Call, channel: ChannelRef | None) -> ChannelRef | None:
    """Return ``channel``, which is one of the community's own.

    Raises:
        RuleError: If it is another's.
    """
    if channel is not None and channel.community != call.community:
        raise RuleError("challenges.refused-channel", "channel")
    return channel


def _put(tx: Transaction, community: Community, wanted: Draft, by: Act) -> Challenge:
    today = by.at.astimezone(community.settings.zone).date()
    for rule in flaws_of(wanted.terms, wanted.state, today):
        raise rule
    if wanted.challenge is None:
        return book.create(tx, community, wanted.terms, by)
    found = course.under_way(tx, community, wanted.challenge)
    if found.opens_at is not None:
        local = found.opens_at.astimezone(community.settings.zone)
        check_opening(wanted.terms, local.date())
    edited = book.edit(tx, community, found, wanted.terms, by)
    course.tell_changed(tx, community, found.terms, edited, by)
    return course.catch_up(tx, community, edited, by)


def _of(challenge: Challenge) -> Draft:
    told = challenge.terms
    return Draft(drafts.new_id(), told, told, challenge.id, challenge.state)


def _begin(tx: Transaction, call: Call, draft: Draft) -> Sketch:
    community = communities.get(tx, call.community)
    owner = members.meet(tx, community, call.actor, call.at)
    ref = DraftRef(draft.id, community, owner, DRAFT)
    drafts.put(tx, ref, wire.encode(drafting.pack(draft)), call.at)
    return Sketch(draft, community)


def _get(tx: Transaction, ref: DraftRef, now: datetime) -> Draft:
    return drafting.unpack(ref.id, drafts.held(drafts.get(tx, ref, now)))


def _overtaken(
    tx: Transaction, ref: DraftRef, found: Challenge, wanted: Draft
) -> Overtaken:
    last = versions.get(tx, found.id, found.terms.number)
    if last is None or found.terms == wanted.before:
        return Overtaken(ref.id)
    by = members.by_key(tx, ref.community, last.editor, last.at)
    return Overtaken(ref.id, by.ref if by else None, last.at)


def _next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())
