"""Challenges: how they are made, changed, and moved from one state to the next.

Every act writes its own rows of the activity log and of the audit, and its entries of
the calendar, whoever asked for it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.challenge_rules import asked_so_far, check_settled
from bot.domain.challenges import NEXT, Challenge, State, Terms
from bot.domain.community import Community
from bot.domain.errors import RuleError
from storage import words
from storage.acts import NOBODY, Act
from storage.challenges import terms as versions
from storage.challenges import times
from storage.challenges.acts import record, ref_of
from storage.challenges.shelf import get, listed, terms
from storage.challenges.terms import Version
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import to_ms

__all__ = [
    "CLAIMS",
    "MAX_CHALLENGES",
    "NOBODY",
    "Act",
    "Reason",
    "call_off",
    "create",
    "edit",
    "get",
    "listed",
    "move",
    "plan",
    "reason_of",
    "ref_of",
    "settle_times",
    "terms",
]

MAX_CHALLENGES = 25
"""Most that one community has under way at a time: as many as fit into one list."""

UNDER_WAY = (State.DRAFT, State.OPEN, State.RUNNING, State.REVIEW)

_ADD = """
INSERT INTO challenges (community, folded, terms) VALUES (:community, :folded, 1)
"""

_EDIT = """
UPDATE challenges SET folded = :folded, terms = terms + 1
WHERE id = :id AND community = :community AND terms = :before AND state = :state
"""

_MOVE = """
UPDATE challenges SET
  state = :to, opens_at = NULL, opened_at = :opened_at, closes_at = :closes_at,
  ended_at = :ended_at
WHERE id = :id AND community = :community AND state = :state AND terms = :terms
"""

_PLAN = """
UPDATE challenges SET opens_at = :opens_at
WHERE id = :id AND community = :community AND state = 'draft' AND terms = :terms
"""

_WHY = "UPDATE challenges SET reason = :reason WHERE id = :id"

_REASON = """
SELECT w.body, w.author FROM challenges AS c JOIN words AS w ON w.id = c.reason
WHERE c.id = :id
"""

_NAMED = """
SELECT id FROM challenges
WHERE community = :community AND folded = :folded
  AND state NOT IN ('final', 'called-off')
"""

_DONE = {
    State.OPEN: ("open", "opened"),
    State.RUNNING: ("start", "started"),
    State.REVIEW: ("end", "ended"),
    State.FINAL: ("finish", "finished"),
    State.CALLED_OFF: ("call-off", "called-off"),
}
"""By the state that is reached: what the audit and what the activity log call it."""

CLAIMS = (
    Impersonal("challenges", "what a community sets itself to do", ("folded", "state")),
    *versions.CLAIMS,
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a challenge was called off.

    Attributes:
        author: Key of the member who said so.
    """

    words: str
    author: int


def create(tx: Transaction, community: Community, terms: Terms, by: Act) -> Challenge:
    """Keep a new challenge as a draft; the number of ``terms`` is of no matter.

    Raises:
        RuleError: If another that is not over has that title, or there are too many.
    """
    if len(listed(tx, community, UNDER_WAY)) >= MAX_CHALLENGES:
        raise RuleError("challenges.refused-full", most=MAX_CHALLENGES)
    folded = _unused(tx, community, terms.title, None)
    made = tx.add(_ADD, community=community.id, folded=folded)
    first = replace(terms, number=1)
    versions.add(tx, community, made, Version(first, by.actor, by.at))
    challenge = _known(tx, community, made)
    record(tx, community, challenge, by, ("create", "created"))
    return challenge


def edit(
    tx: Transaction, community: Community, challenge: Challenge, terms: Terms, by: Act
) -> Challenge:
    """Have ``challenge``, as it was read, ask for ``terms`` from now on.

    What changes nothing makes no version.

    Raises:
        RuleError: If it changed since, another has that title, or something is changed
            that is settled by now; the field says what, and the sentence why.
    """
    before = challenge.terms
    if versions.is_same(before, terms):
        return challenge
    asked = asked_so_far(challenge, by.at.astimezone(community.settings.zone))
    check_settled(before, terms, challenge.state, asked)
    folded = _unused(tx, community, terms.title, challenge.id)
    which = {"id": challenge.id, "community": community.id}
    state = str(challenge.state)
    if not tx.run(_EDIT, **which, before=before.number, state=state, folded=folded):
        raise RuleError("challenges.refused-overtaken")
    after = replace(terms, number=before.number + 1)
    versions.add(tx, community, challenge.id, Version(after, by.actor, by.at))
    edited = _known(tx, community, challenge.id)
    times.put(tx, community, edited, by)
    edited = _known(tx, community, challenge.id)
    record(tx, community, edited, by, ("edit", "edited"))
    return edited


def plan(
    tx: Transaction,
    community: Community,
    challenge: Challenge,
    opens_at: datetime | None,
    by: Act,
) -> Challenge:
    """Have a draft, as it was read, open by itself at ``opens_at``; None for never.

    Raises:
        RuleError: If it is not as it was read any more.
    """
    planned = tx.run(
        _PLAN,
        id=challenge.id,
        community=community.id,
        terms=challenge.terms.number,
        opens_at=to_ms(opens_at) if opens_at else None,
    )
    if not planned:
        raise RuleError("challenges.refused-overtaken")
    after = settle_times(tx, community, _known(tx, community, challenge.id), by)
    what = ("plan", "planned") if opens_at else ("unplan", "unplanned")
    if by.by is None:
        what = ("passed", "unplanned")
    record(tx, community, after, by, what)
    return after


def move(
    tx: Transaction, community: Community, challenge: Challenge, to: State, by: Act
) -> Challenge:
    """Have ``challenge``, as it was read, be ``to`` from now on.

    Raises:
        RuleError: If it is not as it was read any more.
        ValueError: If its state is never followed by that one.
    """
    moved = _moved(tx, community, challenge, to, by)
    record(tx, community, moved, by, _DONE[to])
    return moved


def call_off(
    tx: Transaction, community: Community, challenge: Challenge, why: str, by: Act
) -> Challenge:
    """End ``challenge`` before its time. Whatever points were given stay on record.

    Raises:
        RuleError: If it is not as it was read any more.
        ValueError: If its days are over, or nobody does it.
    """
    if by.by is None:
        raise ValueError("a challenge is called off by somebody")
    moved = _moved(tx, community, challenge, State.CALLED_OFF, by)
    reason, digest = words.add(tx, community, by.actor, why)
    tx.run(_WHY, id=challenge.id, reason=reason)
    record(tx, community, moved, by, _DONE[State.CALLED_OFF], digest)
    return moved


def reason_of(tx: Transaction, challenge: int) -> Reason | None:
    """Return why a challenge was called off; None where it was not, or once erased."""
    row = tx.one(_REASON, id=challenge)
    return Reason(row["body"], row["author"]) if row else None


def _moved(
    tx: Transaction, community: Community, challenge: Challenge, to: State, by: Act
) -> Challenge:
    if to not in NEXT[challenge.state]:
        raise ValueError(f"{challenge.state} is never followed by {to}")
    moved = tx.run(
        _MOVE,
        id=challenge.id,
        community=community.id,
        state=str(challenge.state),
        terms=challenge.terms.number,
        to=str(to),
        **_stamps(tx, community, replace(challenge, state=to), by.at),
    )
    if not moved:
        raise RuleError("challenges.refused-overtaken")
    after = _known(tx, community, challenge.id)
    times.put(tx, community, after, by)
    return after


def settle_times(
    tx: Transaction, community: Community, challenge: Challenge, by: Act
) -> Challenge:
    """Have ``challenge`` begin and end by the clocks of who takes part by now."""
    times.put(tx, community, challenge, by)
    return _known(tx, community, challenge.id)


def _stamps(
    tx: Transaction, community: Community, challenge: Challenge, at: datetime
) -> dict[str, int | None]:
    """Return the instants that ``challenge`` has in the state that it takes on."""
    state, opened_at = challenge.state, challenge.opened_at
    ended_at: datetime | None = challenge.ended_at or at
    closes_at = None
    if state in {State.OPEN, State.RUNNING}:
        opened_at, ended_at = opened_at or at, None
        closes_at = times.course(tx, community, challenge).ends_at
    return {
        "opened_at": to_ms(opened_at) if opened_at else None,
        "closes_at": to_ms(closes_at) if closes_at else None,
        "ended_at": to_ms(ended_at) if ended_at else None,
    }


def _unused(
    tx: Transaction, community: Community, title: str, challenge: int | None
) -> str:
    """Return how ``title`` is told apart, which no other under way has."""
    folded = " ".join(title.casefold().split())
    row = tx.one(_NAMED, community=community.id, folded=folded)
    if row is not None and row["id"] != challenge:
        raise RuleError("challenges.refused-title", "name", title=title)
    return folded


def _known(tx: Transaction, community: Community, challenge: int) -> Challenge:
    found = get(tx, community, challenge)
    if found is None:
        raise LookupError("the challenge was just written")
    return found
