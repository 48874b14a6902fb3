"""How improbable something is by chance alone, as minus a natural logarithm."""

from __future__ import annotations

from math import factorial, lgamma, log

_NEGLIGIBLE = 1e-12


def surprise(times: int, expected: float) -> float:
    """Return how improbable it is that something happens ``times`` or more often.

    Args:
        times: At least twice what is expected; the sum is short for that.
        expected: The mean of a Poisson distribution, above 0.
    """
    first = times * log(expected) - expected - lgamma(times + 1)
    term = total = 1.0
    while term > total * _NEGLIGIBLE:
        times += 1
        term *= expected / times
        total += term
    return -first - log(total)


def together(count: int, least: float) -> float:
    """Return what so many surprises have to come to, to be improbable by ``least``.

    By Fisher's method: of so many probabilities that chance alone makes, the product is
    at most exp(-s) with the probability exp(-s) times the sum of s ** i / i! over all i
    below their count.

    Args:
        count: At least 1.
        least: Above 0.
    """
    needed = least
    while True:
        more = least + log(sum(needed**i / factorial(i) for i in range(count)))
        if more - needed < _NEGLIGIBLE * more:
            return more
        needed = more
