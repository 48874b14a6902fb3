"""Which cards stand in the moderators' channel: units of work.

Each check-in that waits has a card of its own, up to a few. Beyond, one card leads to
all of them: hundreds would bury the channel, and take minutes to post.
"""

from __future__ import annotations

from datetime import datetime

from bot.domain.community import Community
from cogs.judging.cases import Case, case_of
from storage import communities, deliveries, outbox
from storage.activity import Activity
from storage.challenges import book, judging, queues
from storage.challenges.checkins import CheckInState
from storage.challenges.judging import COUNTED_UP_TO
from storage.database import Transaction
from storage.outbox import Parcel

MAX_CARDS = 20
"""Check-ins of one challenge that have cards of their own while they wait."""

CARD = "judging:card:"
QUEUE = "judging:queue:"
ENDED = "judging:ended:"

_AGAIN = ":again"


def card_key(checkin: int, *, again: bool = False) -> str:
    """Return the outbox's name for a card; ``again`` for the one after an answer."""
    return f"{CARD}{checkin}{_AGAIN if again else ''}"


def queue_key(challenge: int, number: int) -> str:
    """Return the outbox's name for the card that leads to all that wait."""
    return f"{QUEUE}{challenge}:{number}"


def came(tx: Transaction, entry: Activity) -> None:
    """Have moderators be shown a check-in that waits."""
    case = _case(tx, entry)
    if case is not None and case.state is CheckInState.WAITING:
        _show(tx, case, entry.at, again=False)


def went(tx: Transaction, entry: Activity) -> None:
    """Have the cards say that a check-in was taken back."""
    case = _case(tx, entry)
    if case is not None:
        judged(tx, case, entry.at)


def wait_again(tx: Transaction, case: Case, at: datetime) -> None:
    """Have moderators be shown a check-in that they refused and its member answered.

    On a card of its own, since what stood far above is not looked at any more.
    """
    outbox.redraw(tx, case.community, card_key(case.id), at)
    _show(tx, case, at, again=True)


def judged(tx: Transaction, case: Case, at: datetime) -> None:
    """Have the cards show what became of a check-in."""
    for again in (False, True):
        outbox.redraw(tx, case.community, card_key(case.id, again=again), at)
    _count_anew(tx, case.community, case.challenge.id, at)


def over(tx: Transaction, entry: Activity) -> None:
    """Have the cards of what still waited say that nobody judges it any more."""
    community, challenge = _of_challenge(tx, entry)
    for checkin in judging.waiting(tx, community, challenge, COUNTED_UP_TO):
        for again in (False, True):
            key = card_key(checkin, again=again)
            outbox.redraw(tx, community, key, entry.at)
    queue = queues.current(tx, community, challenge)
    if queue is not None:
        queues.close(tx, community, challenge, entry.at)
        key = queue_key(challenge, queue.number)
        outbox.redraw(tx, community, key, entry.at)


def ended(tx: Transaction, entry: Activity) -> None:
    """Remind moderators of what still waits once a challenge's days are over."""
    community, challenge = _of_challenge(tx, entry)
    to, key = community.settings.moderators, f"{ENDED}{challenge}"
    if to is None or deliveries.is_known(tx, community, key):
        return
    if judging.count(tx, community, challenge):
        outbox.put(tx, community, Parcel(to, key, None, (), key), entry.at)


def settings(tx: Transaction, entry: Activity) -> None:
    """Put up what moderators have not seen, where they have a channel now."""
    community = communities.by_id(tx, entry.community)
    if community.settings.moderators is None:
        return
    for challenge in book.listed(tx, community, book.UNDER_WAY):
        waiting = judging.waiting(tx, community, challenge.id, MAX_CARDS + 1)
        for checkin in waiting:
            case = case_of(tx, community, checkin, entry.at)
            if case is not None:
                _show(tx, case, entry.at, again=case.answer is not None)


def erased(tx: Transaction, entry: Activity) -> None:
    """Have what leads to all that wait count nobody who is erased."""
    community = communities.by_id(tx, entry.community)
    for challenge in book.listed(tx, community, book.UNDER_WAY):
        _count_anew(tx, community, challenge.id, entry.at)


def about(count: int) -> int:
    """Return ``count`` as a card says it, which is not to change all the time."""
    if count <= MAX_CARDS:
        return count
    step = 10 if count < 100 else 100  # noqa: PLR2004  two digits, or three
    return count - count % step


def _show(tx: Transaction, case: Case, at: datetime, *, again: bool) -> None:
    community, challenge = case.community, case.challenge.id
    to = community.settings.moderators
    if to is None:
        return
    waiting = judging.count(tx, community, challenge)
    if queues.current(tx, community, challenge) is not None:
        _count_anew(tx, community, challenge, at)
    elif waiting > MAX_CARDS:
        queue = queues.begin(tx, community, challenge, about(waiting), at)
        key = queue_key(challenge, queue.number)
        outbox.put(tx, community, Parcel(to, key, None, (), key), at)
    else:
        key = card_key(case.id, again=again)
        if not deliveries.is_known(tx, community, key):
            outbox.put(tx, community, Parcel(to, key, None, (), key), at)


def _count_anew(
    tx: Transaction, community: Community, challenge: int, at: datetime
) -> None:
    """Have the card that leads to all say about how many there are."""
    queue = queues.current(tx, community, challenge)
    if queue is None:
        return
    shown = about(judging.count(tx, community, challenge))
    if shown == queue.shown:
        return
    if shown:
        queues.show(tx, community, challenge, shown)
    else:
        queues.close(tx, community, challenge, at)
    outbox.redraw(tx, community, queue_key(challenge, queue.number), at)


def _case(tx: Transaction, entry: Activity) -> Case | None:
    community = communities.by_id(tx, entry.community)
    return case_of(tx, community, _id(entry), entry.at)


def _of_challenge(tx: Transaction, entry: Activity) -> tuple[Community, int]:
    return communities.by_id(tx, entry.community), _id(entry)


def _id(entry: Activity) -> int:
    return int(entry.fact.ref.rpartition(":")[2])
