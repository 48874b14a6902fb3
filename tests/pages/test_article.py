"""A recap in words: who may not be named is nowhere in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.chat.speech import Reader, Speech
from bot.domain.recap import Highlight, Period, Recap, Series, Totals, ValueCount
from bot.domain.refs import MemberRef
from bot.pages.feeds.article import Writer
from bot.pages.feeds.plain import plain
from tests.harness import COMMUNITY, words

POSTED_AT = datetime(2026, 3, 6, 16, tzinfo=UTC)
ANA, BEN, CLEO = (MemberRef(COMMUNITY, name) for name in ("ana", "ben", "cleo"))
NAMES = {ANA: "Ana", BEN: "Ben", CLEO: "Cleo"}
RECAP = Recap(
    id=1,
    number=7,
    period=Period.WEEK,
    since_on=date(2026, 2, 27),
    until_on=date(2026, 3, 6),
    totals=Totals(3, 1, 2),
    highlights=(
        Highlight(1, ANA, (BEN,), "You rewrote the guide.", "Patience"),
        Highlight(2, ANA, (BEN, CLEO), "You stacked the chairs.", None),
    ),
    first_timers=(CLEO,),
    values=(ValueCount("Patience", 2),),
    intro="What a week.",
    word="Thank you all.",
    posted_at=POSTED_AT,
    series=Series(4, (BEN,)),
)


def told(recap: Recap, names: Mapping[MemberRef, str], locale: str = "en") -> str:
    """Return a recap as text."""
    reader = Reader(locale, ZoneInfo("UTC"), POSTED_AT)
    speech = Speech(words(), reader, lambda _ref: "nobody")
    return plain(Writer(speech, "ltr", names).article(recap, "urn:x", POSTED_AT))


def test_all_of_it_is_told() -> None:
    """In the order in which it is read."""
    text = told(RECAP, NAMES)
    places = [
        text.find(said)
        for said in (
            "What a week.",
            "3 shoutouts were given. One person thanked 2 others.",
            "Ana thanked Ben \N{MIDDLE DOT} Patience",
            "  You rewrote the guide.",
            "Ana thanked Ben and Cleo",
            "MAKER OF THE WEEK #4",
            "THANKED FOR THE FIRST TIME",
            "Patience: 2",
            "Thank you all.",
        )
    ]

    assert sorted(places) == places
    assert -1 not in places


@pytest.mark.parametrize("gone", [ANA, BEN, CLEO])
def test_who_may_not_be_named_is_not(gone: MemberRef) -> None:
    """Nor is what was said to them, also where it was said to others as well."""
    text = told(RECAP, {ref: name for ref, name in NAMES.items() if ref != gone})

    assert NAMES[gone] not in text
    assert "nobody" not in text
    assert (gone != ANA) == ("Thanks to" not in text)
    assert (gone == BEN) == ("rewrote" not in text)
    assert (gone in {BEN, CLEO}) == ("stacked" not in text)
    assert (gone == BEN) == ("MAKER" not in text)
    assert (gone == CLEO) == ("FIRST TIME" not in text)


def test_a_quiet_time_says_something_kind() -> None:
    """And nothing about nobody."""
    quiet = Recap(
        1, 7, Period.MONTH, date(2026, 2, 1), date(2026, 2, 28), Totals(),
        (), (), (), None, None, POSTED_AT,
    )  # fmt: skip
    text = told(quiet, {})

    assert "It was a quiet time, and that is fine." in text
    assert "0" not in text.replace("2026", "")


def test_each_language_counts_its_own_way() -> None:
    """One is not several."""
    text = " ".join(told(RECAP, NAMES, "es").split())
    assert "Se dieron las gracias 3 veces." in text
    assert "Una persona dio las gracias a otras 2 personas." in text
