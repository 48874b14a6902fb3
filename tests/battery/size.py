"""How long the long tests are: short with every change, full when asked for."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import TypeVar

Tried = TypeVar("Tried")

FULL = os.environ.get("LAUREL_BATTERY") == "full"


def size(small: int, full: int) -> int:
    """Return how often to try."""
    return full if FULL else small


def chance(seed: int) -> random.Random:
    """Return the same luck for the same seed, so that a bad run can be had again."""
    return random.Random(seed)  # noqa: S311  nothing here is secret


def at_once(tries: Sequence[Tried], most: int) -> Sequence[Sequence[Tried]]:
    """Return ``tries`` in parcels of which each is tried at once; alone when full.

    Most of what they take is waiting, and in the short run they can wait together.
    """
    each = 1 if FULL else most
    return [tries[n : n + each] for n in range(0, len(tries), each)]
