"""What members did on which day of a challenge, and what became of it.

Nobody has a day twice: of all that a member checked in with for one day, one at most
stands. What was said is never changed; taking it back ends it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.challenges import Review, Terms, is_sampled
from bot.domain.community import Community
from storage import activity, audit, words
from storage.activity import Fact
from storage.challenges import scores
from storage.challenges.recorded import (
    CLAIMS,
    CheckIn,
    CheckInState,
    again,
    days_of,
    get,
    latest_day,
    of_member,
    waiting,
    was_refused,
)
from storage.database import Transaction
from storage.instants import to_ms
from storage.settling import By

__all__ = [
    "CLAIMS",
    "CheckIn",
    "CheckInState",
    "New",
    "Verdict",
    "add",
    "again",
    "days_of",
    "get",
    "latest_day",
    "of_member",
    "settle",
    "take_back",
    "waiting",
    "was_refused",
]

_ADD = """
INSERT INTO checkins (
  community, challenge, member, day, state, words, link, file, at, late, operation)
VALUES (
  :community, :challenge, :member, :day, 'waiting', :words, :link, :file, :at, :late,
  :operation)
ON CONFLICT (challenge, member, day) WHERE state IN ('counted', 'waiting') DO NOTHING
RETURNING id
"""

_COUNT = "UPDATE checkins SET state = 'counted' WHERE id = :id"

_SETTLE = """
UPDATE checkins SET state = :state, judged = :judged, settled_at = :at
WHERE id = :id AND community = :community AND state = 'waiting'
"""

_TAKE_BACK = """
UPDATE checkins SET state = 'taken-back', settled_at = :at
WHERE id = :id AND community = :community AND state IN ('counted', 'waiting')
"""


@dataclass(frozen=True, slots=True)
class New:
    """What somebody checks in with.

    Attributes:
        link: Already checked by `bot.domain.evidence`.

        file: Id of a proof that is kept.

        call: Id of the call; the same one is taken once.
    """

    challenge: int
    member: int
    day: int
    call: str
    words: str | None = None
    link: str | None = None
    file: int | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a check-in that waits.

    Attributes:
        state: `CheckInState.COUNTED` or `CheckInState.REFUSED`.

        judged: Points that are added; none to what is refused.

        by: Who looked at it; nobody where a rule says it.
    """

    state: CheckInState
    by: By
    judged: int = 0


def add(
    tx: Transaction, community: Community, terms: Terms, new: New, at: datetime
) -> CheckIn | None:
    """Have a day be done; it counts at once, or once somebody has looked at it.

    The same call again returns the same check-in and does nothing. None where the
    member has one of that day that stands.
    """
    if (same := again(tx, community, new.call)) is not None:
        return same
    row = tx.one(
        _ADD,
        community=community.id,
        challenge=new.challenge,
        member=new.member,
        day=new.day,
        words=_kept(tx, community, new.member, new.words),
        link=_kept(tx, community, new.member, new.link),
        file=new.file,
        at=to_ms(at),
        late=int(new.late),
        operation=new.call,
    )
    if row is None:
        return None
    made = int(row["id"])
    if not _is_looked_at(tx, terms, new, made):
        tx.run(_COUNT, id=made)
        scores.recount(tx, community, new.challenge, new.member, at)
    by = By(new.member, new.call)
    _tell(tx, community, ("checked-in", 1), (made, new.member, by), at)
    return _known(tx, community, made)


def settle(
    tx: Transaction, community: Community, checkin: int, verdict: Verdict, at: datetime
) -> bool:
    """Have one that waits count, with what is added to it, or be refused.

    Returns False where it does not wait; then nothing happens.
    """
    counts = verdict.state is CheckInState.COUNTED
    if not (counts or verdict.state is CheckInState.REFUSED):
        raise ValueError(f"nobody settles a check-in as {verdict.state}")
    judged, by = (verdict.judged if counts else 0), verdict.by
    which = {"id": checkin, "community": community.id, "at": to_ms(at)}
    if not tx.run(_SETTLE, **which, state=str(verdict.state), judged=judged):
        return False
    found = _known(tx, community, checkin)
    if counts:
        scores.recount(tx, community, found.challenge, found.member, at)
    done = "judged" if counts else "refused"
    _tell(tx, community, (done, judged), (checkin, found.member, by), at)
    action = "challenges.judge" if counts else "challenges.refuse"
    detail = {"challenge": found.challenge, "day": found.day, "judged": judged}
    entry = audit.Entry(by.member, action, f"checkins:{checkin}", detail)
    audit.add(tx, community, entry, at)
    return True


def take_back(
    tx: Transaction, community: Community, checkin: int, by: By, at: datetime
) -> bool:
    """Have one that stands count no more; False where it does not stand."""
    if not tx.run(_TAKE_BACK, id=checkin, community=community.id, at=to_ms(at)):
        return False
    found = _known(tx, community, checkin)
    scores.recount(tx, community, found.challenge, found.member, at)
    _tell(tx, community, ("taken-back", -1), (checkin, found.member, by), at)
    return True


def _is_looked_at(tx: Transaction, terms: Terms, new: New, made: int) -> bool:
    """Return whether somebody is to look at a check-in before it counts.

    Always where one of the same day was refused: what is done anew is looked at anew.
    """
    match terms.review:
        case Review.NONE:
            return False
        case Review.ALL:
            return True
        case Review.SAMPLE:
            return is_sampled(made, terms.sample_percent) or was_refused(
                tx, new.challenge, new.member, new.day
            )


def _kept(
    tx: Transaction, community: Community, member: int, text: str | None
) -> int | None:
    return words.add(tx, community, member, text)[0] if text else None


def _known(tx: Transaction, community: Community, checkin: int) -> CheckIn:
    found = get(tx, community, checkin)
    if found is None:
        raise LookupError("the check-in was just written")
    return found


def _tell(
    tx: Transaction,
    community: Community,
    what: tuple[str, int],
    who: tuple[int, int, By],
    at: datetime,
) -> None:
    (done, amount), (checkin, member, by) = what, who
    ref = f"checkins:{checkin}"
    fact = Fact(f"challenges.{done}", by.member or 0, member, amount, by.call, ref)
    activity.add(tx, community, fact, at)
