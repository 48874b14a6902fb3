"""How long the long tests are: short with every change, full when asked for."""

from __future__ import annotations

import os
import random

FULL = os.environ.get("LAUREL_BATTERY") == "full"


def size(small: int, full: int) -> int:
    """Return how often to try."""
    return full if FULL else small


def chance(seed: int) -> random.Random:
    """Return the same luck for the same seed, so that a bad run can be had again."""
    return random.Random(seed)  # noqa: S311  nothing here is secret
