"""``/review``: what waits for moderators, the oldest first: units of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.refs import MemberRef
from cogs.review.appealing import Raised, raised_of
from cogs.review.cases import Case, case_of, known, moderators_decide, refs
from cogs.review.seen import Seen, seen
from storage import appeals, communities, members, nominations, reviewers
from storage.database import Transaction

PER_PAGE = 5

MAX_PAGES = 20

LOOKED_AT = 500
"""Nominations that are looked at; some are for a committee, or about the reader."""

MAX_APPEALS = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidacy in the queue, and who is on it."""

    case: Case
    on_it: tuple[MemberRef, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """A page of what waits.

    Attributes:
        page: Counted from 1.

        more: Whether there is another.

        appeals: What waits to be looked at again, on the first page alone.
    """

    waiting: Sequence[Waiting]
    page: int
    more: bool
    appeals: Sequence[Raised]


def queue(tx: Transaction, call: Call, page: int) -> Queue:
    """Return a page of what waits, without what is about the actor."""
    community = communities.get(tx, call.community)
    actor = members.find(tx, community, call.actor.ref, call.at)
    me = actor.key if actor else None
    page = min(max(page, 1), MAX_PAGES)
    first = (page - 1) * PER_PAGE
    mine = _theirs(tx, community, me, call.at)
    found = list(islice(mine, first, first + PER_PAGE + 1))
    shown = []
    for case in found[:PER_PAGE]:
        on_it = reviewers.on_it(tx, community, case.id)
        shown.append(Waiting(case, tuple(refs(tx, community, on_it, call.at))))
    more = len(found) > PER_PAGE and page < MAX_PAGES
    raised: Sequence[Raised] = ()
    if page == 1:
        waiting = appeals.waiting(tx, community, MAX_APPEALS)
        looked_at = (raised_of(tx, community, e.id, call.at) for e in waiting)
        raised = [each for each in looked_at if each]
    return Queue(shown, page, more, raised)


def _theirs(
    tx: Transaction, community: Community, me: int | None, now: datetime
) -> Iterator[Case]:
    """Yield what moderators decide and is not about one of them, the oldest first."""
    for candidacy in nominations.waiting(tx, community, LOOKED_AT):
        if candidacy.nominee != me:
            case = case_of(tx, community, candidacy.id, now)
            if case is not None and moderators_decide(tx, case):
                yield case


def look(tx: Transaction, call: Call, candidacy: int) -> Seen:
    """Return a candidacy as moderators see it.

    Raises:
        RuleError: If there is none, or it is about the actor.
    """
    case, actor = known(tx, call, candidacy)
    if case.nominee.key == actor.key:
        raise RuleError("review.refused-nominee")
    return seen(tx, case, call.at)


def look_again(tx: Transaction, call: Call, appeal: int) -> Raised:
    """Return an appeal as moderators see it.

    Raises:
        RuleError: If there is none.
    """
    community = communities.get(tx, call.community)
    raised = raised_of(tx, community, appeal, call.at)
    if raised is None:
        raise RuleError("review.refused-unknown")
    return raised
