"""What people type for a number, a day, a time and a yes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.typed import (
    parse_duration,
    read_date,
    read_duration,
    read_integer,
    read_time,
    read_yes_no,
    starts_with_duration,
    write_duration,
)
from bot.domain.errors import RuleError

READERS = (read_integer, read_date, read_time, read_duration, read_yes_no)

WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
"""Signs as wide as a Chinese character, which a Japanese keyboard types."""


def answer(read: Callable[[str, str], object], typed: str) -> object:
    """Return what is read, or the code of the rule that says why not."""
    try:
        return read(typed, "field")
    except RuleError as rule:
        return rule.code


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("7", 7),
        (" -3 ", -3),
        ("+3", 3),
        ("12 000", 12_000),
        ("1\u202f234\u202f567", 1_234_567),
        ("1'000", 1_000),
        ("٣", 3),
        ("seven", "forms.error-no-number"),
        ("1.5", "forms.error-no-number"),
        ("1,000", "forms.error-no-number"),
        ("12 00", "forms.error-no-number"),
        ("1_000", "forms.error-no-number"),
        ("9" * 5_000, "forms.error-no-number"),
        ("", "forms.error-no-number"),
    ],
)
def test_reads_whole_numbers(typed: str, expected: object) -> None:
    """Signs, spaces between thousands and other digits count; guesses do not."""
    assert expected == answer(read_integer, typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("2026-03-09", date(2026, 3, 9)),
        ("2026-3-9", date(2026, 3, 9)),
        ("2026/3/9", date(2026, 3, 9)),
        (" 2026.03.09 ", date(2026, 3, 9)),
        ("2024-02-29", date(2024, 2, 29)),
        ("2026-02-29", "forms.error-no-date"),
        ("2026-13-01", "forms.error-no-date"),
        ("0000-01-01", "forms.error-no-date"),
        ("2026-03/09", "forms.error-no-date"),
        ("09.03.2026", "forms.error-no-date"),
        ("9 March", "forms.error-no-date"),
        ("tomorrow", "forms.error-no-date"),
        ("2026-W11-1", "forms.error-no-date"),
    ],
)
def test_reads_dates_with_the_year_first(typed: str, expected: object) -> None:
    """A date whose day could be its month is asked for again, never guessed."""
    assert expected == answer(read_date, typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("9:30", time(9, 30)),
        ("09:30", time(9, 30)),
        ("09:30:15", time(9, 30)),
        ("21.15", time(21, 15)),
        ("18h30", time(18, 30)),
        ("18 h", time(18)),
        ("9", time(9)),
        ("00:00", time(0)),
        ("9 pm", time(21)),
        ("9:30PM", time(21, 30)),
        ("9:30 a.m.", time(9, 30)),
        ("9:30 p. m.", time(21, 30)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("13 pm", "forms.error-no-time"),
        ("0 am", "forms.error-no-time"),
        ("24:00", "forms.error-no-time"),
        ("25:00", "forms.error-no-time"),
        ("9:75", "forms.error-no-time"),
        ("9:3", "forms.error-no-time"),
        ("9 a", "forms.error-no-time"),
        ("noonish", "forms.error-no-time"),
    ],
)
def test_reads_times_of_day(typed: str, expected: object) -> None:
    """Clocks of 24 hours and of 12, to the minute, as people write them."""
    assert expected == answer(read_time, typed)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("yes", True),
        ("Y", True),
        ("Sí", True),
        ("si", True),
        ("no", False),
        (" NO ", False),
        ("maybe", "forms.error-no-option"),
        ("", "forms.error-no-option"),
    ],
)
def test_reads_yes_and_no(typed: str, expected: object) -> None:
    """In each language that Laurel speaks."""
    assert expected == answer(read_yes_no, typed)


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize("typed", ["25", "2026-03-09", "9:30", "1.5 h", "yes", "soon"])
def test_wide_signs_mean_the_same(
    read: Callable[[str, str], object], typed: str
) -> None:
    """Whoever writes Japanese need not change their keyboard for a number."""
    assert answer(read, typed) == answer(read, typed.translate(WIDE))


@pytest.mark.parametrize("read", READERS)
def test_what_is_not_understood_is_told_at_its_field(
    read: Callable[[str, str], object],
) -> None:
    """So that it stands beside the words at fault."""
    with pytest.raises(RuleError) as refused:
        read("???", "when")
    assert "when" == refused.value.at


def test_says_what_a_length_of_time_looks_like() -> None:
    """What is no duration is answered beside its field."""
    assert timedelta(minutes=90) == answer(read_duration, "1,5 h")
    assert "forms.error-no-duration" == answer(read_duration, "soon")


@given(st.dates(), st.integers(0, 24 * 60 - 1))
def test_reads_what_machines_write(on: date, minute: int) -> None:
    """Dates and times in the form of ISO 8601 are read back as they were."""
    at = time(minute // 60, minute % 60)
    assert on == read_date(on.isoformat(), "field")
    assert at == read_time(at.isoformat(), "field")
    assert at == read_time(at.isoformat("minutes"), "field")


@given(st.text(max_size=60))
def test_no_words_break_a_reader(typed: str) -> None:
    """Any text is an answer or a rule's sentence, never an accident."""
    for read in READERS:
        answer(read, typed)


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("2 h 30 min", 150),
        ("2h30m", 150),
        ("1,5 horas", 90),
        ("1.5h", 90),
        ("2:15", 135),
        ("90", 90),
        ("3 days", 3 * 24 * 60),
        ("1 week and 2 days", 9 * 24 * 60),
        ("2 días y 3 horas", 51 * 60),
        ("", None),
        ("0", None),
        ("-5 min", None),
        ("5 bananas", None),
        ("h", None),
        ("1 h please", None),
        ("9999999 w 9999999 w", None),
    ],
)
def test_reads_durations(typed: str, minutes: int | None) -> None:
    """Lengths of time as people write them, in the languages that Laurel speaks."""
    expected = None if minutes is None else timedelta(minutes=minutes)
    assert expected == parse_duration(typed)


@given(st.integers(1, 60 * 24 * 366))
def test_writes_durations_as_it_reads_them(minutes: int) -> None:
    """What is written is read back as the same length."""
    length = timedelta(minutes=minutes)
    assert length == parse_duration(write_duration(length))


@given(st.text(max_size=60))
def test_no_words_break_the_reader_of_durations(typed: str) -> None:
    """Any text is a length of time or none."""
    parse_duration(typed)
    assert typed.strip().startswith(starts_with_duration(typed).partition(" ")[0])
