"""Draws: whose turn it is to serve, and a lottery that anybody can repeat.

People serve in rounds: nobody has a second seat in a round, and whoever has had none
comes first, until everybody who can be drawn has had one; then the next round begins.
Whoever joined while a round runs is mixed in among all the others, so that they have
the same chance that everybody would have without turns. A better one would fill a
committee with whoever brings a crowd late in a round; and what went before they came
is never theirs to catch up on, for turns are not counted beyond a round.

Whoever has the pool, the seed and the size of a draw can repeat it.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Self

from bot.domain.committees import Size

MAX_POOL = 200_000
"""Most people of whom a committee is drawn: so many fit in one row of the audit."""

_APART = " | "


@dataclass(frozen=True, slots=True)
class Pool:
    """Who can be drawn, by key, each group sorted.

    Attributes:
        first: Those whose turn it is: they have had no seat in this round.

        joined: Those who came while the round ran, and never had a seat.

        last: Those who have had a seat in this round.
    """

    first: tuple[int, ...]
    joined: tuple[int, ...] = ()
    last: tuple[int, ...] = ()

    def __len__(self) -> int:
        """Return how many can be drawn."""
        return len(self.first) + len(self.joined) + len(self.last)

    @property
    def everybody(self) -> tuple[int, ...]:
        """All of them, in the order in which they are written down."""
        return (*self.first, *self.joined, *self.last)

    @property
    def text(self) -> str:
        """What the digest is of: keys with a space between, groups with a bar."""
        groups = (self.first, self.joined, self.last)
        return _APART.join(" ".join(map(str, group)) for group in groups)

    @property
    def digest(self) -> str:
        """The SHA-256 of the text, in hexadecimal digits."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    @classmethod
    def read(cls, text: str) -> Self:
        """Return the pool whose `text` this is."""
        first, joined, last = (group.split() for group in text.split(_APART.strip()))
        return cls(_keys(first), _keys(joined), _keys(last))


@dataclass(frozen=True, slots=True)
class Round:
    """How far the round has come in which people serve.

    Attributes:
        had: Who has had a seat in it.

        before: Who had one in an earlier round.

        listed: Who could be drawn when it began; None where none has begun yet.
    """

    had: Collection[int] = ()
    before: Collection[int] = ()
    listed: Collection[int] | None = None

    def pool(self, able: Iterable[int]) -> Pool:
        """Return the pool of those who are ``able`` to be drawn."""
        first, joined, last = [], [], []
        for key in sorted(set(able)):
            if key in self.had:
                last.append(key)
            elif self._is_of_it(key):
                first.append(key)
            else:
                joined.append(key)
        return Pool(tuple(first), tuple(joined), tuple(last))

    def _is_of_it(self, key: int) -> bool:
        # Whoever sat in the committee before it began was not on the list, and is of
        # it all the same.
        return self.listed is None or key in self.listed or key in self.before


@dataclass(frozen=True, slots=True)
class Lot:
    """Who was drawn, in order, by key."""

    seats: tuple[int, ...]
    backups: tuple[int, ...]


def draw(pool: Pool, seed: str, size: Size) -> Lot:
    """Draw, or draw again: the same pool, seed and size give the same people.

    All are shuffled. Those who joined stay where that put them; the others take the
    places that are left, and those whose turn it is the foremost of them.
    ``seed`` is a number in hexadecimal digits.

    Raises:
        ValueError: If the pool is smaller than what is to be drawn.
    """
    if len(pool) < size.people:
        raise ValueError(f"{size.people} cannot be drawn of {len(pool)}")
    luck = random.Random(int(seed, 16))  # noqa: S311  the seed is secret until then
    order = luck.sample(pool.everybody, len(pool))
    joined, last = frozenset(pool.joined), frozenset(pool.last)
    others = (key for key in order if key not in joined)
    turns = iter(sorted(others, key=last.__contains__))
    queue = [key if key in joined else next(turns) for key in order]
    return Lot(tuple(queue[: size.seats]), tuple(queue[size.seats : size.people]))


def _keys(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(map(int, words))
