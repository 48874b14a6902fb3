"""Rules as people paste them: taken, written again, or refused with a reason."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import thread_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import RuleError
from bot.domain.recurrence import Rule, check
from bot.domain.rrule import Pattern, parse

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("RRULE:FREQ=DAILY", "FREQ=DAILY"),
        (" freq=weekly;byday=fr,mo ", "FREQ=WEEKLY;BYDAY=MO,FR"),
        ("BYDAY=+1FR;FREQ=MONTHLY", "FREQ=MONTHLY;BYDAY=1FR"),
        ("FREQ=DAILY;INTERVAL=1;WKST=MO;BYSECOND=0", "FREQ=DAILY"),
        ("FREQ=DAILY;UNTIL=20260401", "FREQ=DAILY;UNTIL=20260401T235959"),
        # An end in UTC is one on the clocks of the place.
        ("FREQ=DAILY;UNTIL=20260401T070000Z", "FREQ=DAILY;UNTIL=20260401T090000"),
        ("FREQ=DAILY;UNTIL=20260401T070000", "FREQ=DAILY;UNTIL=20260401T070000"),
    ],
)
def test_what_is_pasted_is_written_in_one_way(text: str, expected: str) -> None:
    assert expected == str(parse(text, BERLIN))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "unreadable"),
        ("every friday", "unreadable"),
        ("FREQ=", "unreadable"),
        ("FREQ=FORTNIGHTLY", "unreadable"),
        ("INTERVAL=2", "unreadable"),
        ("FREQ=DAILY;FREQ=DAILY", "unreadable"),
        ("FREQ=DAILY;INTERVAL=0", "unreadable"),
        ("FREQ=DAILY;INTERVAL=1001", "unreadable"),
        ("FREQ=DAILY;INTERVAL=٣", "unreadable"),
        ("FREQ=DAILY;COUNT=99999", "unreadable"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20260401", "unreadable"),
        ("FREQ=DAILY;UNTIL=20260230", "unreadable"),
        ("FREQ=DAILY;UNTIL=99991231T235959Z", "unreadable"),
        ("FREQ=DAILY;UNTIL=tomorrow", "unreadable"),
        ("FREQ=DAILY;BYDAY=1MO", "unreadable"),
        ("FREQ=WEEKLY;BYDAY=XX", "unreadable"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "unreadable"),
        ("FREQ=MONTHLY;BYDAY=6FR", "unreadable"),
        ("FREQ=MONTHLY;BYDAY=0FR", "unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "unreadable"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "unreadable"),
        ("FREQ=DAILY;BYHOUR=24", "unreadable"),
        ("FREQ=DAILY;BYSETPOS=1", "unreadable"),
        ("FREQ=DAILY;COLOUR=RED", "unreadable"),
        ("FREQ=DAILY\r\nATTENDEE:mailto:x", "unreadable"),
        ("FREQ=YEARLY;BYWEEKNO=20", "unsupported"),
        ("FREQ=DAILY;BYSECOND=30", "unsupported"),
        ("FREQ=YEARLY;RSCALE=HEBREW", "unsupported"),
        ("FREQ=SECONDLY", "often"),
        ("FREQ=MINUTELY;INTERVAL=500", "often"),
        ("FREQ=HOURLY", "often"),
        (f"FREQ=DAILY;BYMINUTE={','.join(map(str, range(25)))}", "often"),
        ("FREQ=DAILY;BYHOUR=0,1,2,3,4;BYMINUTE=0,10,20,30,40", "often"),
    ],
)
def test_what_is_no_rule_is_refused(text: str, why: str) -> None:
    """With a reason each, at the field that it was typed into."""
    with pytest.raises(RuleError) as no:
        parse(text, BERLIN)
    assert (f"calendar.refused-rule-{why}", "rule") == (no.value.code, no.value.at)


def test_ten_megabytes_are_no_rule() -> None:
    """They are not even read."""
    text = "FREQ=DAILY;" + "X" * 10_000_000
    since = thread_time()
    with pytest.raises(RuleError) as no:
        parse(text, BERLIN)
    assert "calendar.refused-rule-long" == no.value.code
    assert thread_time() - since < 0.1


_parts = st.sampled_from(
    [
        "FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=YEARLY", "INTERVAL=999",
        "BYMONTH=2", "BYMONTHDAY=30,31", "BYMONTHDAY=-31", "BYDAY=MO,-1SU,53FR",
        "BYDAY=5MO", "BYHOUR=0,23", "BYMINUTE=0,1,2", "BYSETPOS=366", "BYSETPOS=-1",
        "COUNT=1000", "UNTIL=20270101", "WKST=SU", "BYSECOND=0", "=", "RRULE:", "",
    ]
)  # fmt: skip


@given(st.lists(_parts | st.text(max_size=20), max_size=9), st.integers(-3_000, 3_000))
def test_whatever_is_typed_has_an_answer_at_once(parts: list[str], days: int) -> None:
    """A rule that comes, or a refusal; never another error, never a long wait."""
    start = NOW.replace(tzinfo=None) + timedelta(days=days)
    since = thread_time()
    try:
        pattern: Pattern | None = parse(";".join(parts), BERLIN)
        check(Rule(start, BERLIN, pattern), NOW)
    except RuleError:
        pattern = None
    assert thread_time() - since < 1
    if pattern is not None:
        assert pattern == parse(str(pattern), BERLIN)
