"""Rate limits: so many calls in a while, by method and team, or by channel."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

MINUTE_S: Final = 60.0
_SECOND_S: Final = 0.97
"""For a message in a channel; a little less than a second, for timers' sake."""

TIERS: Final[Mapping[int, int]] = {1: 10, 2: 20, 3: 50, 4: 100}
"""Calls a minute. Slack says "1+" of the first, and lets bursts of it through."""

_SPECIAL: Final = 600
_TIER_OF: Final[Mapping[str, int]] = {
    "apps.connections.open": 1,
    "apps.uninstall": 1,
    "auth.revoke": 3,
    "bots.info": 3,
    "chat.delete": 3,
    "chat.postEphemeral": 4,
    "chat.update": 3,
    "conversations.history": 3,
    "conversations.info": 3,
    "conversations.list": 2,
    "conversations.members": 4,
    "conversations.open": 3,
    "conversations.replies": 3,
    "files.completeUploadExternal": 4,
    "files.delete": 3,
    "files.getUploadURLExternal": 4,
    "files.info": 4,
    "oauth.v2.access": 4,
    "pins.add": 2,
    "pins.remove": 2,
    "team.info": 3,
    "usergroups.list": 2,
    "usergroups.users.list": 2,
    "users.info": 4,
    "users.list": 2,
    "views.open": 4,
    "views.publish": 4,
    "views.push": 4,
    "views.update": 4,
}


class Limits:
    """Counts calls.

    A while is over when it has passed in real time or by the handed-in clock,
    whichever is first: a test moves the clock, a patient bot just waits.
    """

    def __init__(
        self, clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._calls: dict[tuple[str, ...], deque[tuple[float, datetime]]] = {}
        self.messages_a_second = 1
        self.per_minute: dict[str, int] = {
            method: TIERS[tier] for method, tier in _TIER_OF.items()
        }

    def method(self, method: str, team_id: str, *, tight: bool) -> int | None:
        """Count a call; return the seconds to wait where it is one too many.

        Args:
            method: Such as ``chat.update``.
            team_id: For whom.
            tight: Whether history is for the few, once a minute.
        """
        most = self.per_minute.get(method, _SPECIAL)
        if tight and method in {"conversations.history", "conversations.replies"}:
            most = 1
        return self._take((method, team_id), most, MINUTE_S)

    def early(self, channel_id: str) -> int | None:
        """Return the seconds to wait if a message would come too early."""
        return self._wait_s(("message", channel_id), self.messages_a_second, _SECOND_S)

    def message(self, channel_id: str) -> None:
        """Count a message that stands in a channel."""
        key = ("message", channel_id)
        self._calls[key].append((self._monotonic(), self._clock()))

    def _take(self, key: tuple[str, ...], most: int, window_s: float) -> int | None:
        wait_s = self._wait_s(key, most, window_s)
        if wait_s is None:
            self._calls[key].append((self._monotonic(), self._clock()))
        return wait_s

    def _wait_s(self, key: tuple[str, ...], most: int, window_s: float) -> int | None:
        calls = self._calls.setdefault(key, deque())
        while calls and self._since(*calls[0]) >= window_s:
            calls.popleft()
        if len(calls) < most:
            return None
        return max(1, math.ceil(window_s - self._since(*calls[0])))

    def _since(self, real_s: float, at: datetime) -> float:
        return max(self._monotonic() - real_s, (self._clock() - at).total_seconds())
