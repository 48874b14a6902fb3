"""The seasons that a community counts by: ranges of dates, which never overlap."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.community import Community
from bot.domain.errors import RuleError
from storage import activity, audit
from storage.boards import credited, season_totals
from storage.boards.periods import Season
from storage.claims import Impersonal
from storage.database import Transaction

__all__ = ["CLAIMS", "Season", "at", "end", "first_day", "get", "listed", "start"]

# Nothing that another season holds or that begins before it is over.
_START = """
INSERT INTO seasons (community, name, starts_on, first_day)
SELECT :community, :name, :starts_on, :first_day
WHERE NOT EXISTS (
  SELECT 1 FROM seasons
  WHERE community = :community
    AND (name = :name OR ends_on IS NULL OR ends_on >= :starts_on))
"""

_END = """
UPDATE seasons SET ends_on = :ends_on
WHERE community = :community AND id = :id AND ends_on IS NULL AND starts_on <= :ends_on
"""

_LISTED = "SELECT * FROM seasons WHERE community = :community ORDER BY starts_on DESC"

_GET = "SELECT * FROM seasons WHERE community = :community AND id = :id"

_AT = """
SELECT * FROM seasons WHERE community = :community AND starts_on <= :on
ORDER BY starts_on DESC LIMIT 1
"""

_FIRST_DAY = """
SELECT first_day FROM seasons
WHERE community = :community AND starts_on <= :on
  AND (ends_on IS NULL OR ends_on >= :on)
"""

_ACTIONS = {"started": "seasons.start", "ended": "seasons.end"}

CLAIMS = (
    Impersonal(
        "seasons", "dates that a community chose", ("name", "starts_on", "ends_on")
    ),
)


def start(
    tx: Transaction,
    community: Community,
    name: str,
    starts_on: date,
    by: int | None,
    at: datetime,
) -> Season:
    """Start a season, which has no end yet, and count what is in it already.

    Writes the audit and ``seasons.started`` to the log, but says nothing in chat.
    ``name`` was cleaned and clipped by the caller; ``by`` is the key of a moderator, or
    None for Laurel itself.

    Raises:
        RuleError: ``seasons.refused-open`` where one has no end yet,
            ``seasons.refused-overlap`` where one holds that date or begins later,
            ``seasons.refused-name`` where one is called so.
    """
    made = tx.run(
        _START,
        community=community.id,
        name=name,
        starts_on=starts_on.isoformat(),
        first_day=credited.day_of(starts_on),
    )
    if not made:
        raise _refused(listed(tx, community), name)
    season = listed(tx, community)[0]
    _note(tx, community, "started", season, by, at)
    season_totals.began(tx, community, season)
    return season


def end(
    tx: Transaction,
    community: Community,
    season: Season,
    ends_on: date,
    by: int | None,
    at: datetime,
) -> Season:
    """Set the last date of a season that has none; what came later leaves it.

    Raises:
        RuleError: ``seasons.refused-ended`` where it has one,
            ``seasons.refused-early`` where it begins later.
    """
    done = tx.run(
        _END, community=community.id, id=season.id, ends_on=ends_on.isoformat()
    )
    if not done:
        now = get(tx, community, season.id)
        ended = now is None or now.ends_on is not None
        raise RuleError(f"seasons.refused-{'ended' if ended else 'early'}")
    over = Season(season.id, season.name, season.starts_on, ends_on)
    _note(tx, community, "ended", over, by, at)
    season_totals.ended(tx, community, over)
    return over


def get(tx: Transaction, community: Community, season: int) -> Season | None:
    """Return one season of this community."""
    row = tx.one(_GET, community=community.id, id=season)
    return _season(row) if row else None


def listed(tx: Transaction, community: Community) -> Sequence[Season]:
    """Return every season, the newest first."""
    return [_season(row) for row in tx.all(_LISTED, community=community.id)]


def at(tx: Transaction, community: Community, on: date) -> Season | None:
    """Return the season that ``on`` is in."""
    row = tx.one(_AT, community=community.id, on=on.isoformat())
    season = _season(row) if row else None
    return season if season and season.holds(on) else None


def first_day(tx: Transaction, community: int, on: date) -> int | None:
    """Return the day on which the season began that ``on`` is in.

    Of the community of that id; None where there is no such season.
    """
    row = tx.one(_FIRST_DAY, community=community, on=on.isoformat())
    return row["first_day"] if row else None


def _refused(seasons: Sequence[Season], name: str) -> RuleError:
    if any(season.name == name for season in seasons):
        return RuleError("seasons.refused-name", "name")
    if seasons and seasons[0].ends_on is None:
        return RuleError("seasons.refused-open")
    return RuleError("seasons.refused-overlap")


def _note(
    tx: Transaction,
    community: Community,
    what: str,
    season: Season,
    by: int | None,
    at: datetime,
) -> None:
    """Have the audit and the log tell what happened to ``season``."""
    ref = f"seasons:{season.id}"
    ends_on = season.ends_on.isoformat() if season.ends_on else None
    dates = {"starts_on": season.starts_on.isoformat(), "ends_on": ends_on}
    audit.add(tx, community, audit.Entry(by, _ACTIONS[what], ref, dates), at)
    fact = activity.Fact(f"seasons.{what}", by or 0, None, 1, "", ref)
    activity.add(tx, community, fact, at)


def _season(row: sqlite3.Row) -> Season:
    ends_on = row["ends_on"]
    return Season(
        id=row["id"],
        name=row["name"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(ends_on) if ends_on else None,
    )
