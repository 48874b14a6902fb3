"""What is drawn when it is about to be sent: cards for moderators: units."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.community import Community
from cogs.judging import cards
from cogs.judging.cards import Shown
from cogs.judging.cases import case_of, decider, matter_of
from cogs.judging.showing import card_key
from storage import members
from storage.challenges import book, judging, parts, queues
from storage.challenges.checkins import CheckInState
from storage.database import Transaction
from storage.drawings import Drawn


def card(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw a check-in for moderators; None where its member is erased."""
    checkin = int(key.split(":")[2])
    case = case_of(tx, community, checkin, now)
    if case is None:
        return None
    first = key == card_key(checkin)
    passed = first and case.answer is not None
    by = decider(tx, case, now)
    named = {case.member.key, *(each.by for each in case.steps)}
    shown = Shown(case, by, passed=passed)
    matter = matter_of(case)
    left = parts.deciders(tx, community, matter)
    if left is not None and case.state is CheckInState.WAITING and not passed:
        named.update(left.members)
        found = (members.by_key(tx, community, each, now) for each in left.members)
        refs = tuple(each.ref for each in found if each)
        free_at = matter.free_at if left.part else None
        shown = replace(shown, deciders=refs, free_at=free_at)
    return Drawn(cards.checkin(shown), sorted(named))


def queue(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw the card that leads to all that wait."""
    del now  # it names nobody
    challenge, number = map(int, key.split(":")[2:4])
    found = book.get(tx, community, challenge)
    if found is None:
        return None
    shown = queues.shown(tx, community, challenge, number)
    return Drawn(cards.queue(found.terms.title, challenge, shown))


def ended(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw what reminds of those that wait; None where nobody needs to be any more."""
    del now  # it names nobody
    challenge = int(key.split(":")[2])
    found = book.get(tx, community, challenge)
    count = judging.count(tx, community, challenge)
    if found is None or found.state.over or not count:
        return None
    return Drawn(cards.ended(found.terms.title, challenge, count))
