"""Awards: how they are made, changed, opened, closed and taken away.

Every act writes its own rows of the activity log and of the audit, whoever asked for
it. What is on record of awards is read here as well.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from bot.domain.awards import Award, AwardState, Standard, Window, check_window
from bot.domain.community import Community
from bot.domain.errors import RuleError
from storage import award_windows, standards
from storage.acts import Act
from storage.award_acts import change_of, record, window_of
from storage.award_book import (
    get,
    ineligible,
    listed,
    round_of,
    standard,
    undecided,
)
from storage.claims import Impersonal
from storage.database import Transaction
from storage.instants import to_ms
from storage.standards import Version

__all__ = [
    "CLAIMS",
    "Act",
    "close_round",
    "create",
    "edit",
    "get",
    "ineligible",
    "listed",
    "open_round",
    "plan",
    "remove",
    "round_of",
    "standard",
    "undecided",
    "window_of",
]

MAX_AWARDS = 25
"""Most that one community has at a time: as many as fit into one list."""

_ADD = """
INSERT INTO awards (community, name, folded, standard)
VALUES (:community, :name, :folded, 1)
"""

_EDIT = """
UPDATE awards SET name = :name, folded = :folded, standard = standard + 1
WHERE id = :id AND community = :community AND state <> 'removed' AND standard = :before
"""

_OPEN = """
UPDATE awards SET state = 'open', opens_at = NULL, closes_at = NULL, opening = NULL
WHERE id = :id AND community = :community AND state = 'closed'
"""

_BEGIN = """
INSERT INTO award_rounds (community, award, number, standard, opened_at)
SELECT :community, :award, coalesce(max(number), 0) + 1, :standard, :at
FROM award_rounds WHERE award = :award
"""

_CLOSE = """
UPDATE awards SET state = 'closed', closing = NULL
WHERE id = :id AND community = :community AND state = 'open'
"""

# What was to close by itself is closed from then on, also where Laurel was late.
_END = """
UPDATE award_rounds SET closed_at = max(opened_at, min(:at, coalesce(closes_at, :at)))
WHERE award = :award AND closed_at IS NULL
"""

_REMOVE = """
UPDATE awards SET
  state = 'removed', opens_at = NULL, closes_at = NULL, opening = NULL
WHERE id = :id AND community = :community AND state = 'closed'
"""

_NAMED = """
SELECT id FROM awards
WHERE community = :community AND folded = :folded AND state <> 'removed'
"""

CLAIMS = (
    Impersonal("awards", "what a community gives", ("name", "folded", "state")),
    *standards.CLAIMS,
    Impersonal("award_rounds", "when somebody could be nominated"),
)


def create(
    tx: Transaction, community: Community, name: str, standard: Standard, edit: Act
) -> Award:
    """Keep a new award, closed; the number of ``standard`` is of no matter.

    Raises:
        RuleError: If another has that name, or there are too many.
    """
    if len(listed(tx, community)) >= MAX_AWARDS:
        raise RuleError("awards.refused-full", most=MAX_AWARDS)
    folded = _unused(tx, community, name, None)
    award = tx.add(_ADD, community=community.id, name=name, folded=folded)
    first = replace(standard, number=1)
    standards.add(tx, community, award, Version(name, first, edit.actor, edit.at))
    made = _known(tx, community, award)
    record(tx, community, made, edit, "create", "created")
    return made


def edit(
    tx: Transaction,
    community: Community,
    award: Award,
    name: str,
    standard: Standard,
    edit: Act,
) -> Award:
    """Have ``award``, as it was read, be called ``name`` and ask for ``standard``.

    What changes nothing makes no version. A round that is open goes on by its own.

    Raises:
        RuleError: If it was changed or removed since, or another has that name.
    """
    if award.name == name and standards.is_same(award.standard, standard):
        return award
    before = award.standard.number
    which = {"id": award.id, "community": community.id, "before": before}
    folded = _unused(tx, community, name, award.id)
    if not tx.run(_EDIT, **which, name=name, folded=folded):
        raise _late(tx, community, award, "awards.refused-overtaken")
    next_one = replace(standard, number=before + 1)
    version = Version(name, next_one, edit.actor, edit.at)
    standards.add(tx, community, award.id, version)
    edited = _known(tx, community, award.id)
    if award.name != name:
        award_windows.rename(tx, community, change_of(edited, edit))
    record(tx, community, edited, edit, "edit", "edited")
    return edited


def open_round(
    tx: Transaction,
    community: Community,
    award: Award,
    closes_at: datetime | None,
    edit: Act,
) -> Award:
    """Let people be nominated from now on, by the latest standard.

    Raises:
        RuleError: If it is open already or removed, or ``closes_at`` is not ahead.
    """
    check_window(Window(closes_at=closes_at), edit.at)
    award_windows.drop(tx, community, change_of(award, edit))
    if not tx.run(_OPEN, id=award.id, community=community.id):
        raise _late(tx, community, award, "awards.refused-open")
    latest = _known(tx, community, award.id)
    tx.run(
        _BEGIN,
        community=community.id,
        award=award.id,
        standard=latest.standard.number,
        at=to_ms(edit.at),
    )
    award_windows.close_at(tx, community, closes_at, change_of(latest, edit))
    opened = _known(tx, community, award.id)
    record(tx, community, opened, edit, "open", "opened")
    return opened


def close_round(
    tx: Transaction, community: Community, award: Award, edit: Act
) -> Award:
    """Let nobody be nominated any more. What waits for a decision goes on waiting.

    Raises:
        RuleError: If it is not open.
    """
    award_windows.drop(tx, community, change_of(award, edit))
    if not tx.run(_CLOSE, id=award.id, community=community.id):
        raise _late(tx, community, award, "awards.refused-closed")
    tx.run(_END, award=award.id, at=to_ms(edit.at))
    closed = _known(tx, community, award.id)
    record(tx, community, closed, edit, "close", "closed")
    return closed


def remove(tx: Transaction, community: Community, award: Award, edit: Act) -> Award:
    """Take an award away; its standards, rounds and winners stay on record.

    Raises:
        RuleError: If it is removed already, or somebody who is nominated waits for a
            decision: whoever nominated them would never hear what became of it.
    """
    if waiting := undecided(tx, award.id):
        raise RuleError("awards.refused-undecided", count=waiting)
    found = get(tx, community, award.id)
    if found is not None and found.state is AwardState.OPEN:
        close_round(tx, community, found, edit)
    award_windows.drop(tx, community, change_of(award, edit))
    if not tx.run(_REMOVE, id=award.id, community=community.id):
        raise RuleError("awards.refused-gone")
    removed = _known(tx, community, award.id)
    record(tx, community, removed, edit, "remove", "removed")
    return removed


def plan(
    tx: Transaction, community: Community, award: Award, window: Window, edit: Act
) -> Award:
    """Have ``award`` open and close by itself, or no longer.

    Of one that is open, the end of its round is moved. What changes nothing does
    nothing.

    Raises:
        RuleError: If it is removed or opens already, or ``window`` is not ahead.
    """
    found = get(tx, community, award.id)
    if found is None or found.state is AwardState.REMOVED:
        raise RuleError("awards.refused-gone")
    if window == window_of(found):
        return found
    check_window(window, edit.at)
    change = change_of(found, edit)
    if found.state is AwardState.CLOSED:
        award_windows.put(tx, community, window, change)
    elif window.opens_at is not None:
        raise RuleError("awards.refused-open", "opens_on")
    else:
        award_windows.close_at(tx, community, window.closes_at, change)
    planned = _known(tx, community, award.id)
    record(tx, community, planned, edit, "plan", "planned")
    return planned


def _unused(tx: Transaction, community: Community, name: str, award: int | None) -> str:
    """Return how ``name`` is told apart from others, which no other award has."""
    folded = " ".join(name.casefold().split())
    row = tx.one(_NAMED, community=community.id, folded=folded)
    if row is not None and row["id"] != award:
        raise RuleError("awards.refused-name", "name", name=name)
    return folded


def _late(tx: Transaction, community: Community, award: Award, code: str) -> RuleError:
    """Return why nothing was done: it is gone, or ``code``."""
    found = get(tx, community, award.id)
    is_gone = found is None or found.state is AwardState.REMOVED
    return RuleError("awards.refused-gone" if is_gone else code)


def _known(tx: Transaction, community: Community, award: int) -> Award:
    found = get(tx, community, award)
    if found is None:
        raise LookupError("the award was just written")
    return found
