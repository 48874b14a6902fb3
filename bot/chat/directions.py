"""What others wrote, among words of Laurel's: seen whole, in a direction of its own."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.numbers import format_decimal

ISOLATE, END = "\u2068", "\u2069"
"""Between these two, text keeps its own direction and turns nothing else around."""

_GROUPED_FROM = 1_000
_LEAST = Decimal("0.01")

_UNSEEN = re.compile("[\0-\x08\x0e-\x1f\x7f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")
"""What JSON cannot carry or a reader cannot see, and what turns text around."""

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def seen(text: str) -> str:
    """Return ``text`` without what no reader sees or what turns text around."""
    return text if text.isprintable() else _UNSEEN.sub("", text)


def turns(text: str) -> bool:
    """Return whether something in ``text`` is written from right to left."""
    return not text.isascii() and _RIGHT_TO_LEFT.search(text) is not None


def isolate(text: str) -> str:
    """Return ``text`` isolated line by line, since an isolate ends with its line."""
    return "\n".join(
        f"{ISOLATE}{line}{END}" if line else line for line in text.split("\n")
    )


@cache
def runs_right_to_left(locale: str) -> bool:
    """Return whether a language is, by its BCP 47 tag."""
    return bool(Locale.parse(locale, sep="-").text_direction == "rtl")


def number(value: int, locale: str, per: int = 1) -> str:
    """Return ``value`` as readers of a language write numbers.

    Where ``per`` of it make one, it is written in ones, with two decimals at most; what
    is more than nothing is never written as nothing.
    """
    whole, parts = divmod(value, per)
    if not parts and 0 <= whole < _GROUPED_FROM:
        return str(whole)
    ones = Decimal(whole)
    if parts:
        ones = round(Decimal(value) / per, 2)
        ones = max(ones, _LEAST) if value > 0 else ones
    return str(format_decimal(ones, locale=locale.replace("-", "_")))
