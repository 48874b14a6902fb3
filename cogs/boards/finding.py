"""Which periods and values can be chosen: units of work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.responses import Call
from bot.chat.text import Phrase, Quote, phrase
from cogs.boards import cards
from storage import communities
from storage.boards import seasons
from storage.boards.periods import Kind, Period
from storage.database import Transaction


def periods(tx: Transaction, call: Call, typed: str) -> Sequence[Suggestion]:
    """Return the periods that are on and some that were; those of a date, if typed."""
    here = communities.get(tx, call.community)
    today = call.at.astimezone(here.settings.zone).date()
    known = seasons.listed(tx, here)
    asked = _date(typed)
    on = next((each for each in known if each.holds(asked or today)), None)

    def found() -> Iterator[tuple[Period, Phrase]]:
        if asked is not None:
            for period in cards.current(asked, on):
                yield period, cards.named(period, on)
            return
        for period in reversed(list(cards.current(today, on))):
            yield period, phrase(f"boards.this-{period.kind}")
        for kind in (Kind.DAY, Kind.WEEK, Kind.MONTH):
            before = Period.at(kind, today).before()
            if before is not None:
                yield before, cards.named(before, None)
        for season in known:
            if season.starts_on <= today and season != on:
                past = Period.at(Kind.SEASON, season.starts_on, season)
                yield past, cards.named(past, season)

    return [
        Suggestion(period.key, label) for period, label in islice(found(), MAX_OPTIONS)
    ]


def values(tx: Transaction, call: Call, typed: str) -> Sequence[Suggestion]:
    """Return what the community values."""
    tags = communities.values(tx, communities.get(tx, call.community))
    wanted = typed.casefold()
    fitting = (tag for tag in tags if wanted in tag.label.casefold())
    return [
        Suggestion(str(tag.id), Quote(tag.label))
        for tag in islice(fitting, MAX_OPTIONS)
    ]


def _date(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed.strip())
    except ValueError:
        return None
