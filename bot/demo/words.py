"""Words dealt like cards: each once before any comes again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

_CHOICE = re.compile(r"\{([^{}]*)\}")


def variants(template: str) -> list[str]:
    """Return each sentence that ``template`` can be; ``{a|b}`` is one of both."""
    parts = _CHOICE.split(template)
    choices = [
        part.split("|") if index % 2 else [part] for index, part in enumerate(parts)
    ]
    return ["".join(chosen) for chosen in product(*choices)]


class Deck(Generic[T]):
    """Deals ``cards`` in an order drawn from ``rng``, and shuffles when all are out."""

    def __init__(self, rng: Random, cards: Sequence[T]) -> None:
        self._rng = rng
        self._cards = tuple(cards)
        self._left: list[T] = []

    def deal(self) -> T:
        """Return the next card."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()
