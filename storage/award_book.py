"""What is on record of awards: which there are, their rounds, who may be nominated."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.domain.awards import Award, AwardState, Round, Standard
from bot.domain.community import Community, Member
from bot.domain.errors import RuleError
from storage import standards
from storage.database import Transaction
from storage.instants import from_ms

_GET = "SELECT * FROM awards WHERE id = :id AND community = :community"

_LISTED = """
SELECT * FROM awards WHERE community = :community AND state <> 'removed'
ORDER BY state = 'open' DESC, folded, id
"""

_ROUND = "SELECT * FROM award_rounds WHERE id = :id"

_LAST_ROUND = """
SELECT * FROM award_rounds WHERE award = :award ORDER BY number DESC LIMIT 1
"""

_UNDECIDED = """
SELECT count(*) AS count FROM award_rounds AS r
JOIN candidacies AS c ON c.round = r.id AND c.state IN ('open', 'asked')
WHERE r.award = :award
"""

_WON = """
SELECT 1 FROM award_rounds AS r
JOIN candidacies AS c ON c.round = r.id AND c.nominee = :member AND c.state = 'won'
WHERE r.award = :award AND r.number BETWEEN :first AND :last LIMIT 1
"""

_SINCE = """
SELECT coalesce(joined_at, met_at) AS at FROM members
WHERE community = :community AND key = :member
"""


def get(tx: Transaction, community: Community, award: int) -> Award | None:
    """Return an award, also one that is removed; None where there is none."""
    row = tx.one(_GET, id=award, community=community.id)
    return _award(tx, row) if row else None


def listed(tx: Transaction, community: Community) -> Sequence[Award]:
    """Return the awards that are not removed, the open ones first, then by name."""
    found = (_award(tx, row) for row in tx.all(_LISTED, community=community.id))
    return [each for each in found if each]


def standard(tx: Transaction, award: int, number: int) -> Standard:
    """Return a version of what an award asks for.

    Raises:
        LookupError: If there is none of that number.
    """
    found = standards.get(tx, award, number)
    if found is None:
        raise LookupError(f"award {award} has no version {number}")
    return found.standard


def round_of(tx: Transaction, round_id: int) -> Round:
    """Return a round.

    Raises:
        LookupError: If there is none.
    """
    row = tx.one(_ROUND, id=round_id)
    if row is None:
        raise LookupError(f"there is no round {round_id}")
    return _round(row)


def undecided(tx: Transaction, award: int) -> int:
    """Return how many who are nominated wait for a decision, of all rounds."""
    row = tx.one(_UNDECIDED, award=award)
    return int(row["count"]) if row else 0


def ineligible(
    tx: Transaction,
    community: Community,
    award: Award,
    standard: Standard,
    member: Member,
    at: datetime,
) -> RuleError | None:
    """Return why ``member`` cannot be nominated under ``standard``; None if they can.

    It looks at roles as last seen, at the time in the community and at the rounds that
    they won; not at whether they are a bot, left, or opted out.
    """
    if standard.roles and not set(standard.roles) & set(member.groups):
        return RuleError("awards.ineligible-role", "who", member=member.ref)
    if standard.min_days:
        row = tx.one(_SINCE, community=community.id, member=member.key)
        if row is None or at - from_ms(row["at"]) < timedelta(days=standard.min_days):
            days = standard.min_days
            return RuleError(
                "awards.ineligible-days", "who", member=member.ref, days=days
            )
    if standard.not_won_in and _won_lately(tx, award, standard, member):
        rounds = standard.not_won_in
        return RuleError(
            "awards.ineligible-won", "who", member=member.ref, rounds=rounds
        )
    return None


def _won_lately(
    tx: Transaction, award: Award, standard: Standard, member: Member
) -> bool:
    number = award.round.number if award.round else 0
    last = number - 1 if award.state is AwardState.OPEN else number
    asked = {"first": last - standard.not_won_in + 1, "last": last}
    return tx.one(_WON, award=award.id, member=member.key, **asked) is not None


def _award(tx: Transaction, row: sqlite3.Row) -> Award | None:
    version = standards.get(tx, row["id"], row["standard"])
    if version is None:  # the community sent Laurel away
        return None
    last = tx.one(_LAST_ROUND, award=row["id"])
    return Award(
        id=row["id"],
        name=row["name"],
        state=AwardState(row["state"]),
        standard=version.standard,
        round=_round(last) if last else None,
        opens_at=_instant(row["opens_at"]),
        closes_at=_instant(row["closes_at"]),
    )


def _round(row: sqlite3.Row) -> Round:
    return Round(
        id=row["id"],
        number=row["number"],
        award=row["award"],
        standard=row["standard"],
        opened_at=from_ms(row["opened_at"]),
        closes_at=_instant(row["closes_at"]),
        closed_at=_instant(row["closed_at"]),
    )


def _instant(ms: int | None) -> datetime | None:
    return None if ms is None else from_ms(ms)
