"""Rate limits, in real time: a bucket for each route and place, and one for all."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tests.fakes.discord.wire import Answer

GLOBAL_PER_S: Final = 50

LIMITS: Final[Mapping[str, tuple[int, float]]] = {
    "POST /channels/{channel}/messages": (5, 5.0),
    "PATCH /channels/{channel}/messages/{message}": (5, 5.0),
    "DELETE /channels/{channel}/messages/{message}": (5, 1.0),
    "POST /webhooks/{application}/{token}": (5, 2.0),
}
"""Requests and seconds; not published by Discord, and as observed."""

USUAL: Final = (10, 10.0)


@dataclass(slots=True)
class _Bucket:
    ends_s: float = 0.0
    used: int = 0


class Buckets:
    """Counts requests."""

    def __init__(
        self, clock: Callable[[], datetime], monotonic: Callable[[], float]
    ) -> None:
        self._clock = clock
        self._monotonic = monotonic
        self._buckets: dict[str, _Bucket] = {}
        self._last_second: deque[float] = deque()
        self.limits = dict(LIMITS)

    def take(self, route: str, place: str) -> tuple[dict[str, str], Answer | None]:
        """Count a request; return its headers, and the refusal where it is too many.

        Args:
            route: Method and path with the names of its parts.
            place: The channel, guild or webhook that it is about.
        """
        limit, window_s = self.limits.get(route, USUAL)
        now = self._monotonic()
        bucket = self._buckets.setdefault(f"{route} {place}", _Bucket())
        if now >= bucket.ends_s:
            bucket.ends_s, bucket.used = now + window_s, 0
        left_s = bucket.ends_s - now
        over = bucket.used >= limit
        bucket.used += not over
        digest = hashlib.sha256(route.encode()).hexdigest()[:32]
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - bucket.used),
            "X-RateLimit-Reset": f"{self._clock().timestamp() + left_s:.3f}",
            "X-RateLimit-Reset-After": f"{left_s:.3f}",
            "X-RateLimit-Bucket": digest,
        }
        return headers, too_many(left_s, "user", headers) if over else None

    def take_global(self) -> Answer | None:
        """Count a request among all; return the refusal where it is too many."""
        now = self._monotonic()
        recent = self._last_second
        while recent and now - recent[0] >= 1:
            recent.popleft()
        if len(recent) >= GLOBAL_PER_S:
            return too_many(1 - (now - recent[0]), "global", {})
        recent.append(now)
        return None


def too_many(after_s: float, scope: str, headers: Mapping[str, str]) -> Answer:
    """Return a 429.

    Args:
        after_s: Seconds to wait.
        scope: ``user``, ``global`` or ``shared``.
        headers: The bucket's.
    """
    body = {
        "message": "You are being rate limited.",
        "retry_after": round(max(after_s, 0.001), 3),
        "global": scope == "global",
        "code": 0,
    }
    told = {**headers, "Retry-After": str(int(after_s) + 1), "X-RateLimit-Scope": scope}
    if scope == "global":
        told["X-RateLimit-Global"] = "true"
    return Answer(429, body, told)
