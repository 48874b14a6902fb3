"""What can befall a request, by switch; of no platform's own."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from tests.fakes.discord.faults import Fault

_EXCUSED_S: Final = 4.0


@dataclass(slots=True)
class _Fired:
    at_s: float = -_EXCUSED_S


class Befalling:
    """Faults that wait for a request whose label they fit.

    Each takes ``times``, ``for_s`` (real seconds) and ``path``, a regular expression
    over the label. Without ``times`` and ``for_s``, `status`, `error` and `slow` stay
    until `clear`, and the others befall one request.
    """

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self.monotonic = monotonic
        self._armed: list[Fault] = []
        self._fired = _Fired()

    def arm(self, fault: Fault, for_s: float | None, *, once: bool = False) -> None:
        """Let a fault wait; for one request if ``once`` and nothing else is said."""
        if once and fault.times is None and for_s is None:
            fault.times = 1
        fault.until_s = None if for_s is None else self.monotonic() + for_s
        self._armed.append(fault)

    def pick(self, label: str) -> Fault | None:
        """Return what befalls this request, used up by one; not slowness."""
        for fault in self._hitting(label):
            if fault.kind == "slow":
                continue
            self.fire()
            if fault.times is not None:
                fault.times -= 1
            return fault
        return None

    def delay_s(self, label: str) -> float:
        """Return how long this request takes."""
        hits = [fault for fault in self._hitting(label) if fault.kind == "slow"]
        if any(fault.wait_s > 1 for fault in hits):
            self.fire()
        return sum(fault.wait_s for fault in hits)

    def clear(self) -> None:
        """End every fault of requests."""
        self._armed.clear()

    def fire(self) -> None:
        """Note that something went wrong by a switch now."""
        self._fired.at_s = self.monotonic()

    def end_in(self, for_s: float) -> None:
        """End all that waits after so long."""
        for each in self._armed:
            each.until_s = self.monotonic() + for_s

    @property
    def struck_s(self) -> float:
        """When something went wrong by a switch for the last time."""
        return self._fired.at_s

    @property
    def recent(self) -> bool:
        """Whether a switch made something go wrong just before."""
        return self.monotonic() - self._fired.at_s < _EXCUSED_S

    @property
    def armed(self) -> int:
        """How many faults wait for a request."""
        self._hitting("")
        return len(self._armed)

    def _hitting(self, label: str) -> list[Fault]:
        now = self.monotonic()
        self._armed = [
            fault
            for fault in self._armed
            if fault.times != 0 and (fault.until_s is None or now < fault.until_s)
        ]
        return [fault for fault in self._armed if fault.where.search(label)]


def fault(kind: str, path: str, times: int | None, **more: float) -> Fault:
    """Return a fault; more of it is set by who made it."""
    return Fault(kind, re.compile(path), times, **more)  # type: ignore[arg-type]


async def pause(wait_s: float, over: asyncio.Event) -> None:
    """Wait so long in real time, or until it is over."""
    if wait_s <= 0:
        return
    try:
        async with asyncio.timeout(wait_s):
            await over.wait()
    except TimeoutError:
        return
