"""Hours in which a community is left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.errors import RuleError
from bot.domain.recurrence import instant


def quiet_hours(since: time | None, until: time | None) -> QuietHours | None:
    """Return the quiet hours that somebody wrote down; None where they want none.

    Raises:
        RuleError: If one end alone is given, or both are the same.
    """
    if since is None and until is None:
        return None
    if since is None or until is None:
        at = "since" if since is None else "until"
        raise RuleError("common.refused-quiet-half", at)
    if since == until:
        raise RuleError("common.refused-quiet-same", "until")
    return QuietHours(since, until)


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one time of the day to another, on the same day or over midnight.

    Raises:
        ValueError: If both are the same.
    """

    since: time
    until: time

    def __post_init__(self) -> None:
        if self.since == self.until:
            raise ValueError("quiet hours that begin where they end")

    def over_at(self, now: datetime, zone: ZoneInfo) -> datetime | None:
        """Return when the quiet hours end that ``now`` falls into, None if into none.

        In hours that come twice they are as long as the clocks show them.
        """
        local = now.astimezone(zone).replace(tzinfo=None)
        day = local.date()
        if self.since < self.until:
            if not self.since <= local.time() < self.until:
                return None
        elif local.time() >= self.since:
            day += timedelta(days=1)
        elif local.time() >= self.until:
            return None
        over = instant(datetime.combine(day, self.until), zone)
        # Where the clocks go back over their end, the second end is meant.
        return over if over > now else now + self._left(local)

    def _left(self, local: datetime) -> timedelta:
        end = datetime.combine(local.date(), self.until)
        return (end - local) % timedelta(days=1)
