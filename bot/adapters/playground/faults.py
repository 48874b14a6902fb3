"""What can be wrong with the playground as a platform: faults that a switch puts on."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

_ALL = 100

Draw = Callable[[int], int]
"""Returns a number from 0 to below the one that it is given."""


class Fault(StrEnum):
    """How a request can end that does not end well."""

    SLOW = "slow"
    """It is taken, and answered late, though in time."""

    BUSY = "busy"
    """429: it is not taken, and is to come again after a while."""

    FAILING = "failing"
    """500: it is not taken."""

    HANGING = "hanging"
    """Nothing is answered; it is taken once whoever asked has given up."""

    CUT = "cut"
    """The line breaks before it arrives."""

    LOST = "lost"
    """It is taken, and the line breaks before the answer arrives."""


@dataclass(frozen=True, slots=True)
class Faults:
    """What befalls requests.

    Attributes:
        shares: Of a hundred requests, how many meet with which fault; all others are
            answered as they should be.

    Raises:
        ValueError: If that is more than a hundred, or less than none.
    """

    shares: Mapping[Fault, int] = field(default_factory=lambda: MappingProxyType({}))

    def __post_init__(self) -> None:
        """See that there is no more than all."""
        given = self.shares.values()
        if sum(given) > _ALL or any(share < 0 for share in given):
            raise ValueError(f"{dict(self.shares)} are not shares of a hundred")

    @classmethod
    def every(cls, fault: Fault | None) -> Faults:
        """Return that all requests meet with ``fault``; None for none."""
        return cls({} if fault is None else {fault: _ALL})

    @property
    def worst(self) -> Fault | None:
        """What most meet with; None where all is well."""
        met = {fault: share for fault, share in self.shares.items() if share}
        return max(met, key=lambda fault: met[fault], default=None)

    def draw(self, draw: Draw = secrets.randbelow) -> Fault | None:
        """Return what the next request meets with; None for nothing."""
        left = draw(_ALL)
        for fault, share in self.shares.items():
            if left < share:
                return fault
            left -= share
        return None


WELL = Faults()
"""Nothing is wrong."""
