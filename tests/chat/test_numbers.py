"""Numbers, as readers of a language write them."""

from __future__ import annotations

import pytest

from bot.chat.directions import number


@pytest.mark.parametrize(
    ("value", "per", "locale", "written"),
    [
        (0, 1, "en", "0"),
        (999, 1, "en", "999"),
        (1_234, 1, "en", "1,234"),
        (12_345, 1, "es", "12.345"),
        (-3, 1, "en", "-3"),
        (2_000, 1_000, "en", "2"),
        (1_500, 1_000, "en", "1.5"),
        (1_500, 1_000, "es", "1,5"),
        (125, 1_000, "en", "0.12"),
        (62, 1_000, "en", "0.06"),
        (1, 1_000, "en", "0.01"),
        (0, 1_000, "en", "0"),
        (1_234_567, 1_000, "en", "1,234.57"),
        (1_234_000, 1_000, "en", "1,234"),
        (-1_500, 1_000, "en", "-1.5"),
    ],
)
def test_a_number_is_written_for_its_reader(
    value: int, per: int, locale: str, written: str
) -> None:
    """In ones where it has parts; what is more than nothing never looks like it."""
    assert written == number(value, locale, per)
