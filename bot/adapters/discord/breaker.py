"""Doors that were shut in Laurel's face, and are not knocked at again for a while.

Discord counts refusals, and bans who asks ten thousand times in ten minutes.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from bot.chat.adapter import RefusedError
from bot.domain.refs import Spot

MAX_REFUSALS = 3
"""After so many in a row, nothing is asked for a while."""

REST_S = 60 * 60.0
"""How long."""

_DOORS = 1_024
"""Places that are remembered; most never refuse anything."""

_SHUT = frozenset({"no-permission", "member-unreachable"})
"""Reasons that Discord counts."""


@dataclass(frozen=True, slots=True)
class _Refusals:
    reason: str
    count: int
    last_s: float


class Breaker:
    """Remembers who refused."""

    def __init__(self) -> None:
        self._refusals: OrderedDict[Spot, _Refusals] = OrderedDict()

    @contextmanager
    def minding(self, to: Spot) -> Iterator[None]:
        """Ask something about ``to``, and remember how it was taken.

        Raises:
            RefusedError: If it was refused too often, not long ago; as then.
        """
        self._check(to)
        try:
            yield
        except RefusedError as refusal:
            self._note(to, refusal)
            raise
        self.forget(to)

    def _check(self, to: Spot) -> None:
        found = self._refusals.get(to)
        if found is None or found.count < MAX_REFUSALS:
            return
        if asyncio.get_running_loop().time() - found.last_s < REST_S:
            raise RefusedError(found.reason)
        del self._refusals[to]

    def _note(self, to: Spot, refusal: RefusedError) -> None:
        if refusal.reason not in _SHUT:
            return
        now_s = asyncio.get_running_loop().time()
        found = self._refusals.pop(to, _Refusals(refusal.reason, 0, now_s))
        self._refusals[to] = replace(found, count=found.count + 1, last_s=now_s)
        if len(self._refusals) > _DOORS:
            self._refusals.popitem(last=False)

    def forget(self, to: Spot) -> None:
        """Forget what was refused: something was taken, or somebody acted."""
        self._refusals.pop(to, None)
