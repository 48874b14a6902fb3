"""How recaps are drafted, changed and posted: rows of `storage.recaps`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.community import Community
from bot.domain.recap import Period, Span, Totals
from storage.database import Transaction, Value
from storage.instants import to_ms
from storage.recaps import Kept, kept_of

_ADD = """
INSERT INTO recaps (
  community, period, planned_at, since_at, until_at, since_on, until_on, after
) VALUES (
  :community, :period, :planned_at, :since_at, :until_at, :since_on, :until_on, :after
) RETURNING *
"""

_FILL = """
UPDATE recaps SET
  since_at = :since_at, until_at = :until_at, since_on = :since_on,
  until_on = :until_on, after = :after, last = :last, thanks = :thanks,
  givers = :givers, receivers = :receivers, version = version + 1
WHERE id = :recap RETURNING *
"""

_EMPTY = (
    "DELETE FROM recap_highlights WHERE recap = :recap",
    "DELETE FROM recap_newcomers WHERE recap = :recap",
    "DELETE FROM recap_values WHERE recap = :recap",
)

_ADD_HIGHLIGHT = """
INSERT INTO recap_highlights (recap, place, shoutout) VALUES (:recap, :place, :shoutout)
"""

_ADD_NEWCOMER = """
INSERT INTO recap_newcomers (recap, member, place) VALUES (:recap, :member, :place)
"""

_ADD_VALUE = """
INSERT INTO recap_values (recap, value, count) VALUES (:recap, :value, :count)
"""

_LEAVE_OUT = """
INSERT INTO recap_left_out (recap, member, shoutout)
VALUES (:recap, :member, :shoutout) ON CONFLICT DO NOTHING
"""

_WRITE = """
UPDATE recaps SET {part} = :words, {part}_by = :author, version = version + 1
WHERE id = :recap
"""

_POST = """
UPDATE recaps SET
  state = 'posted', posted_at = :at, version = version + 1,
  number = 1 + (
    SELECT coalesce(max(number), 0) FROM recaps WHERE community = :community
  ) + (SELECT count(*) FROM recaps_lost WHERE community = :community AND at > (
    SELECT coalesce(max(posted_at), 0) FROM recaps WHERE community = :community))
WHERE id = :recap AND community = :community AND state = 'draft' RETURNING *
"""

_SKIP = """
UPDATE recaps SET state = 'skipped', version = version + 1
WHERE id = :recap AND state = 'draft'
"""

_LEAVE_OUT_NONE = "DELETE FROM recap_left_out WHERE recap = :recap"

_DROP = "DELETE FROM recaps WHERE id = :recap AND state = 'draft'"

_PLAN_ANEW = """
UPDATE recaps SET planned_at = :planned
WHERE community = :community AND period = :period AND planned_at > :now
"""

_DRAFTED = """
SELECT * FROM recaps
WHERE community = :community AND period = :period AND state = 'draft'
"""

_LAST_TOLD = """
SELECT * FROM recaps
WHERE community = :community AND period = :period AND state <> 'draft'
ORDER BY until_at DESC, id DESC LIMIT 1
"""

_IS_TOLD = """
SELECT 1 FROM recaps
WHERE community = :community AND period = :period AND state <> 'draft'
  AND planned_at = :planned
"""

# Where somebody is shown, as giver, receiver or newcomer, or wrote words of their own.
_OF_MEMBER = """
SELECT * FROM recaps WHERE community = :community AND state <> 'skipped' AND id IN (
  SELECT recap FROM recap_newcomers WHERE member = :member
  UNION
  SELECT h.recap FROM recap_highlights AS h JOIN shoutouts AS s ON s.id = h.shoutout
  WHERE s.giver = :member AND s.community = :community
  UNION
  SELECT h.recap FROM recap_highlights AS h
  JOIN shoutout_receivers AS r ON r.shoutout = h.shoutout
  WHERE r.receiver = :member AND r.community = :community
  UNION
  SELECT id FROM recaps WHERE community = :community AND :member IN (
    intro_by, word_by))
ORDER BY id
"""

# Where it is shown, or counts as somebody's first.
_OF_SHOUTOUT = """
SELECT * FROM recaps WHERE community = :community AND state <> 'skipped' AND id IN (
  SELECT recap FROM recap_highlights WHERE shoutout = :shoutout
  UNION
  SELECT n.recap FROM recap_newcomers AS n
  JOIN shoutout_receivers AS r ON r.receiver = n.member AND r.shoutout = :shoutout
  JOIN recaps AS c ON c.id = n.recap
  WHERE r.given_at > c.since_at AND r.given_at <= c.until_at)
ORDER BY id
"""


class Part(StrEnum):
    """Where moderators write: how a recap begins, and the word with which it ends."""

    INTRO = "intro"
    WORD = "word"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a recap tells, as ids and counts.

    Attributes:
        highlights: Ids of shoutouts, in order.

        newcomers: Keys of members, in order.

        values: How many thanks were for each value, by its id.

        last: Id of the last shoutout that it knows of.
    """

    span: Span
    totals: Totals
    highlights: Sequence[int]
    newcomers: Sequence[int]
    values: Mapping[int, int]
    last: int


def add(
    tx: Transaction, community: Community, period: Period, span: Span, planned: datetime
) -> Kept:
    """Begin the draft of a recap that is to be posted when it is ``planned``."""
    rows = tx.all(
        _ADD,
        community=community.id,
        period=period,
        planned_at=to_ms(planned),
        **_times(community, span),
    )
    return kept_of(rows[0])


def fill(tx: Transaction, community: Community, kept: Kept, contents: Contents) -> Kept:
    """Have a recap tell of ``contents`` in place of what it told, and return it."""
    for statement in _EMPTY:
        tx.run(statement, recap=kept.id)
    order(tx, kept, contents.highlights)
    for place, member in enumerate(contents.newcomers):
        tx.run(_ADD_NEWCOMER, recap=kept.id, place=place, member=member)
    for value, count in contents.values.items():
        tx.run(_ADD_VALUE, recap=kept.id, value=value, count=count)
    totals = contents.totals
    rows = tx.all(
        _FILL,
        recap=kept.id,
        last=contents.last,
        thanks=totals.thanks,
        givers=totals.givers,
        receivers=totals.receivers,
        **_times(community, contents.span),
    )
    return kept_of(rows[0])


def order(tx: Transaction, kept: Kept, shoutouts: Sequence[int]) -> None:
    """Have its highlights stand in another order."""
    tx.run(_EMPTY[0], recap=kept.id)
    for place, shoutout in enumerate(shoutouts):
        tx.run(_ADD_HIGHLIGHT, recap=kept.id, place=place, shoutout=shoutout)


def empty(tx: Transaction, kept: Kept) -> None:
    """Have it tell of nothing that was chosen, and leave out nobody."""
    for statement in (*_EMPTY, _LEAVE_OUT_NONE):
        tx.run(statement, recap=kept.id)


def leave_out(
    tx: Transaction, kept: Kept, *, member: int = 0, shoutout: int = 0
) -> None:
    """Leave somebody, or one shoutout, out of a recap for good."""
    tx.run(_LEAVE_OUT, recap=kept.id, member=member, shoutout=shoutout)


def write(
    tx: Transaction, kept: Kept, part: Part, words: int | None, author: int
) -> None:
    """Have a part of it be a moderator's own words, by their id; None for none."""
    by = None if words is None else author
    tx.run(_WRITE.format(part=part), recap=kept.id, words=words, author=by)


def post(tx: Transaction, community: Community, kept: Kept, at: datetime) -> Kept:
    """Number a draft, which is posted ``at``, and return it."""
    rows = tx.all(_POST, recap=kept.id, community=community.id, at=to_ms(at))
    return kept_of(rows[0])


def skip(tx: Transaction, kept: Kept) -> None:
    """Have a draft never be posted; the next one tells of what came after it."""
    tx.run(_SKIP, recap=kept.id)


def drop(tx: Transaction, kept: Kept) -> None:
    """Forget a draft, as if there had been none."""
    tx.run(_DROP, recap=kept.id)


def plan_anew(
    tx: Transaction,
    community: Community,
    period: Period,
    planned: datetime,
    now: datetime,
) -> None:
    """Have what was planned for a time after ``now`` be that of ``planned``."""
    tx.run(
        _PLAN_ANEW,
        community=community.id,
        period=period,
        planned=to_ms(planned),
        now=to_ms(now),
    )


def drafted(tx: Transaction, community: Community, period: Period) -> Kept | None:
    """Return the draft of the next one; None where there is none yet."""
    row = tx.one(_DRAFTED, community=community.id, period=period)
    return kept_of(row) if row else None


def last_told(tx: Transaction, community: Community, period: Period) -> Kept | None:
    """Return the last recap of a period that was posted, or was meant not to be."""
    row = tx.one(_LAST_TOLD, community=community.id, period=period)
    return kept_of(row) if row else None


def is_told(
    tx: Transaction, community: Community, period: Period, planned: datetime
) -> bool:
    """Return whether the one of that time was posted early, or is skipped."""
    row = tx.one(
        _IS_TOLD, community=community.id, period=period, planned=to_ms(planned)
    )
    return row is not None


def of_member(tx: Transaction, community: Community, member: int) -> list[Kept]:
    """Return drafts and posts in which somebody is shown."""
    rows = tx.all(_OF_MEMBER, community=community.id, member=member)
    return [kept_of(row) for row in rows]


def of_shoutout(tx: Transaction, community: Community, shoutout: int) -> list[Kept]:
    """Return drafts and posts in which a shoutout is shown, or is somebody's first."""
    rows = tx.all(_OF_SHOUTOUT, community=community.id, shoutout=shoutout)
    return [kept_of(row) for row in rows]


def _times(community: Community, span: Span) -> dict[str, Value]:
    since_on, until_on = span.dates(community.settings.zone)
    return {
        "after": span.after,
        "since_at": to_ms(span.since),
        "until_at": to_ms(span.until),
        "since_on": since_on.isoformat(),
        "until_on": until_on.isoformat(),
    }
