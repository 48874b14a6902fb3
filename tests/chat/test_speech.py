"""What is said to a reader, in their language and by their clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.speech import Reader, Speech
from bot.chat.text import Style, When
from tests.harness import words

NOW = datetime(2026, 3, 6, 16, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("away", "said"),
    [
        (timedelta(0), "1 second ago"),
        (timedelta(milliseconds=400), "1 second ago"),
        (timedelta(days=-2), "2 days ago"),
        (timedelta(hours=5), "in 5 hours"),
    ],
)
def test_what_is_happening_now_is_not_to_come(away: timedelta, said: str) -> None:
    """Nobody says that something came in 0 seconds."""
    speech = Speech(words(), Reader("en", ZoneInfo("UTC"), NOW), lambda ref: ref.id)

    assert said == speech.instant(When(NOW + away, Style.RELATIVE))
