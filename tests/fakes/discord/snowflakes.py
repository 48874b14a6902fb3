"""Discord's ids: the instant they were made at, and a number for those made at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

EPOCH: Final = datetime(2015, 1, 1, tzinfo=UTC)
_LOW_BITS: Final = 22


class Mint:
    """Makes ids that grow, also where the clock stands still or goes back."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._last = 0

    def make(self) -> str:
        """Return the next id, in digits."""
        passed = self._clock() - EPOCH
        now = (passed // timedelta(milliseconds=1)) << _LOW_BITS
        self._last = max(now, self._last + 1)
        return str(self._last)


def made_at(snowflake: str | int) -> datetime:
    """Return when an id was made."""
    return EPOCH + timedelta(milliseconds=int(snowflake) >> _LOW_BITS)


def shard_of(guild_id: str, shards: int) -> int:
    """Return the number of the shard that hears of a guild."""
    return (int(guild_id) >> _LOW_BITS) % shards
