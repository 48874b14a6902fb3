"""Recaps as they are read, from a draft to what was posted long ago.

They are kept as ids and counts, and read with what the people in them allow now: who
is hidden, has left or was erased is in none of them, and what was taken back neither.
`storage.recap_drafts` writes them.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.community import Community
from bot.domain.recap import (
    Audience,
    Highlight,
    Period,
    Recap,
    Series,
    Span,
    Totals,
    ValueCount,
)
from storage import series, shoutouts, words
from storage.claims import Claim, Impersonal, Keep, Shown
from storage.database import Transaction
from storage.instants import from_ms
from storage.seen import Seen
from storage.series import Answer

_POSTED = """
SELECT * FROM recaps WHERE community = :community AND number IS NOT NULL
ORDER BY number DESC LIMIT :most
"""

_NUMBERED = "SELECT * FROM recaps WHERE community = :community AND number = :number"

_BEFORE = """
SELECT max(number) AS number FROM recaps
WHERE community = :community AND number < :number
"""

_BY_ID = "SELECT * FROM recaps WHERE community = :community AND id = :id"

_HIGHLIGHTS = """
SELECT shoutout FROM recap_highlights WHERE recap = :recap ORDER BY place
"""

_NEWCOMERS = "SELECT member FROM recap_newcomers WHERE recap = :recap ORDER BY place"

_VALUES = """
SELECT v.label, r.count FROM recap_values AS r
JOIN community_values AS v ON v.id = r.value
WHERE r.recap = :recap ORDER BY r.count DESC, v.position, v.id
"""

_LEFT_OUT = "SELECT member, shoutout FROM recap_left_out WHERE recap = :recap"

_HIGHLIGHT_IS_MINE = """
shoutout IN (
  SELECT id FROM shoutouts WHERE community = :community AND giver = :member
  UNION ALL
  SELECT shoutout FROM shoutout_receivers
  WHERE community = :community AND receiver = :member)
"""

_KEPT = Keep("the archive is numbered, and shows nobody who is erased")

CLAIMS = (
    Claim(
        "recaps",
        "community = :community AND :member IN (intro_by, word_by)",
        Keep(
            "the archive is numbered, and the words are kept apart",
            texts=("period", "state", "since_on", "until_on"),
        ),
        {"intro_by": Shown.MEMBER, "word_by": Shown.MEMBER},
    ),
    Claim("recap_highlights", _HIGHLIGHT_IS_MINE, _KEPT),
    Claim("recap_newcomers", "member = :member", _KEPT, {"member": Shown.MEMBER}),
    Impersonal("recap_values", "how many thanks were for what a community values"),
    Claim("recap_left_out", "member = :member", _KEPT, {"member": Shown.MEMBER}),
)


class State(StrEnum):
    """What became of a recap. What is skipped is told of nowhere."""

    DRAFT = "draft"
    POSTED = "posted"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Kept:
    """A recap as it is kept.

    Attributes:
        version: Counted up with each change, so that nobody acts on what they did not
            see.

        planned_at: When it is to be posted, or was to be.

        last: Id of the last shoutout that it knows of.

        intro: Id of a moderator's own words at the top; None for none.

        word: Id of a moderator's own word of thanks; None for none.

        authors: Keys of those who wrote them.
    """

    id: int
    period: Period
    state: State
    version: int
    number: int | None
    planned_at: datetime
    span: Span
    last: int
    dates: tuple[date, date]
    totals: Totals
    intro: int | None
    word: int | None
    authors: tuple[int, ...]
    posted_at: datetime | None
    series: int | None

    @property
    def is_quiet(self) -> bool:
        """Whether nothing was given, and nobody wrote anything in it."""
        return not (self.totals.thanks or self.intro or self.word)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What moderators leave out: shoutouts by id, members by key."""

    shoutouts: frozenset[int] = frozenset()
    members: frozenset[int] = frozenset()


def archive(
    tx: Transaction,
    community: Community,
    most: int,
    audience: Audience = Audience.PAGES,
) -> Sequence[Recap]:
    """Return what was posted, the newest first, with whom ``audience`` may see."""
    rows = tx.all(_POSTED, community=community.id, most=most)
    return [show(tx, community, kept_of(row), audience) for row in rows]


def get(
    tx: Transaction,
    community: Community,
    number: int,
    audience: Audience = Audience.PAGES,
) -> Recap | None:
    """Return one of them; None where there is none with this number."""
    kept = posted(tx, community, number)
    return show(tx, community, kept, audience) if kept else None


def posted(tx: Transaction, community: Community, number: int | None) -> Kept | None:
    """Return the recap with a number, or the last one; None where there is none."""
    if number is None:
        row = tx.one(_POSTED, community=community.id, most=1)
    else:
        row = tx.one(_NUMBERED, community=community.id, number=number)
    return kept_of(row) if row else None


def before(tx: Transaction, community: Community, kept: Kept) -> int | None:
    """Return the number of the recap before one that was posted, if there is one."""
    row = tx.one(_BEFORE, community=community.id, number=kept.number)
    return row["number"] if row else None


def show(
    tx: Transaction, community: Community, kept: Kept, audience: Audience
) -> Recap:
    """Return ``kept`` as ``audience`` may read it now."""
    people = Seen(tx, community, audience)
    since_on, until_on = kept.dates
    left = left_out(tx, kept).members
    newcomers = (key for key in newcomers_of(tx, kept) if key not in left)
    values = tx.all(_VALUES, recap=kept.id)
    highlights = tuple(_highlights(tx, community, kept, people))
    return Recap(
        id=kept.id,
        number=kept.number,
        period=kept.period,
        since_on=since_on,
        until_on=until_on,
        totals=kept.totals,
        highlights=highlights,
        first_timers=tuple(filter(None, map(people.of, newcomers))),
        values=tuple(ValueCount(row["label"], row["count"]) for row in values),
        intro=words.read(tx, kept.intro) if kept.intro else None,
        word=words.read(tx, kept.word) if kept.word else None,
        posted_at=kept.posted_at,
        series=_series(tx, kept, highlights, people),
    )


def by_id(tx: Transaction, community: Community, recap: int) -> Kept | None:
    """Return the recap with this id, whatever became of it."""
    row = tx.one(_BY_ID, community=community.id, id=recap)
    return kept_of(row) if row else None


def highlights_of(tx: Transaction, kept: Kept) -> tuple[int, ...]:
    """Return the ids of the shoutouts that it tells of, in order."""
    return tuple(r["shoutout"] for r in tx.all(_HIGHLIGHTS, recap=kept.id))


def newcomers_of(tx: Transaction, kept: Kept) -> tuple[int, ...]:
    """Return the keys of those who were thanked for the first time."""
    return tuple(r["member"] for r in tx.all(_NEWCOMERS, recap=kept.id))


def left_out(tx: Transaction, kept: Kept) -> LeftOut:
    """Return what moderators leave out of it."""
    rows = tx.all(_LEFT_OUT, recap=kept.id)
    return LeftOut(
        frozenset(row["shoutout"] for row in rows if row["shoutout"]),
        frozenset(row["member"] for row in rows if row["member"]),
    )


def kept_of(row: sqlite3.Row) -> Kept:
    """Return the recap in ``row``."""
    return Kept(
        id=row["id"],
        period=Period(row["period"]),
        state=State(row["state"]),
        version=row["version"],
        number=row["number"],
        planned_at=from_ms(row["planned_at"]),
        span=Span(from_ms(row["since_at"]), from_ms(row["until_at"]), row["after"]),
        last=row["last"],
        dates=(
            date.fromisoformat(row["since_on"]),
            date.fromisoformat(row["until_on"]),
        ),
        totals=Totals(row["thanks"], row["givers"], row["receivers"]),
        intro=row["intro"],
        word=row["word"],
        authors=tuple(k for k in (row["intro_by"], row["word_by"]) if k is not None),
        posted_at=None if row["posted_at"] is None else from_ms(row["posted_at"]),
        series=row["series"],
    )


def _highlights(
    tx: Transaction, community: Community, kept: Kept, people: Seen
) -> Iterator[Highlight]:
    left = left_out(tx, kept).members
    for shoutout in highlights_of(tx, kept):
        found = shoutouts.get(tx, community, shoutout)
        if found is None or found.reason is None or found.retracted:
            continue
        named = (key for key in found.public_receivers if key not in left)
        receivers = tuple(filter(None, map(people.of, named)))
        if receivers:
            yield Highlight(
                shoutout=shoutout,
                giver=people.of(found.giver),
                receivers=receivers,
                reason=found.reason,
                value=found.value,
            )


def _series(
    tx: Transaction, kept: Kept, highlights: Sequence[Highlight], people: Seen
) -> Series | None:
    """Return who is in the series, if all of them may be named and want it still."""
    pick = series.picked(tx, kept.id) if kept.series is not None else None
    if kept.series is None or pick is None or pick.answer is not Answer.YES:
        return None
    if pick.shoutout not in {each.shoutout for each in highlights}:
        return None
    named = [people.of(key) for key in pick.answers]
    known = tuple(each for each in named if each)
    return Series(kept.series, known) if len(known) == len(named) else None
