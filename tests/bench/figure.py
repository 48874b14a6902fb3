"""A figure: what was measured, what it came to, and what it has to be."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the bench.

    Attributes:
        beside: The absolute figures that `value` was made of.

        least: What `value` has to reach; None where `most` is what counts.

        most: What `value` may not pass.
    """

    what: str
    value: float
    beside: str
    least: float | None = None
    most: float | None = None
    unit: str = ""

    @property
    def ok(self) -> bool:
        """Whether the value is as required."""
        return (self.least is None or self.value >= self.least) and (
            self.most is None or self.value <= self.most
        )

    def __str__(self) -> str:
        """Return the line, whose last word is ``ok`` or ``short``."""
        verdict = "ok" if self.ok else "short"
        return (
            f"{self.what}: {_number(self.value)}{self.unit} ({self.beside}); "
            f"{self._required()}: {verdict}"
        )

    def _required(self) -> str:
        if self.least is not None and self.least == self.most:
            return f"exactly {_number(self.least)}{self.unit}"
        if self.least is not None:
            return f"at least {_number(self.least)}{self.unit}"
        return f"at most {_number(self.most or 0)}{self.unit}"


def per_s(count: int, took_s: float) -> str:
    """Return a rate in words."""
    return f"{count / took_s:,.0f}/s"


def in_ms(took_s: float) -> str:
    """Return a duration in words."""
    return f"{took_s * 1000:,.2f} ms"


def timed(work: Callable[[], object]) -> float:
    """Return how long ``work`` took, in seconds."""
    since = perf_counter()
    work()
    return perf_counter() - since


def middle(durations_s: list[float]) -> float:
    """Return the median, in seconds, never so small that it cannot divide."""
    return max(median(durations_s), 1e-9)


def _number(value: float) -> str:
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) >= 0.1 else f"{value:.6f}".rstrip("0")
