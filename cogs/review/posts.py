"""What is drawn when it is about to be sent: cards, appeals, and who won: units."""

from __future__ import annotations

from datetime import datetime

from bot.domain.community import Community, Level
from bot.domain.nominations import State
from cogs.review import cards, notes, pages
from cogs.review.appealing import raised_of
from cogs.review.cases import case_of
from cogs.review.seen import keys_of, seen
from storage.database import Transaction
from storage.drawings import Drawn

_NAMED = frozenset({Level.PUBLIC, Level.CHANNEL})


def card(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw a candidacy for moderators; None where the nominee is erased."""
    case = case_of(tx, community, _number(key), now)
    if case is None:
        return None
    shown = seen(tx, case, now)
    return Drawn(cards.review(shown), keys_of(tx, shown))


def appeal(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw an appeal for moderators; None where the nominee is erased."""
    raised = raised_of(tx, community, _number(key), now)
    if raised is None:
        return None
    names = [raised.case.nominee.key]
    if raised.appellant is not None:
        names.append(raised.appellant.key)
    return Drawn(pages.appeal(raised), names)


def won(tx: Transaction, community: Community, key: str, now: datetime) -> Drawn | None:
    """Draw who won what; None where they did not, or ask not to be named."""
    case = case_of(tx, community, _number(key), now)
    if case is None or case.state is not State.WON:
        return None
    nominee = case.nominee
    if not nominee.here or nominee.privacy.level not in _NAMED:
        return None
    return Drawn(notes.announcement(case), (nominee.key,))


def _number(key: str) -> int:
    return int(key.rpartition(":")[2])
