"""A recap as it is told at a moment: with what is coming, and the community's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from bot.chat.text import Day, Quote, When, phrase
from bot.domain.community import Community
from bot.domain.recap import REST_AFTER, Audience, Highlight, Period, Recap
from bot.domain.refs import MemberRef
from bot.pages.own import OwnWords, own_words
from bot.pages.spec import Template, TemplateSpec
from bot.pages.variables import MAX_ITEMS, Context, Given, Kind, Record, Variables
from storage import lulls, members, moments, recaps, series
from storage.database import Transaction
from storage.moments import Upcoming
from storage.recaps import Kept
from storage.series import Answer

MAX_COMING = 3

_LOOKED_AT = 20
"""Times on the calendar that are looked at; some of them are recaps."""

_AHEAD = {Period.WEEK: timedelta(days=14), Period.MONTH: timedelta(days=35)}

VARIABLES: Variables = {
    "thanks": Kind.COUNT,
    "people": Kind.COUNT,
    "period": Kind.WORD,
    "opening": Kind.VALUE,
    "word": Kind.VALUE,
    "newcomers": Kind.LIST,
    "week": Record({"since": Kind.VALUE, "until": Kind.VALUE, "values": Kind.LIST}),
    "highlights": Record(
        {
            "giver": Kind.VALUE,
            "receivers": Kind.LIST,
            "reason": Kind.VALUE,
            "value": Kind.VALUE,
        },
        many=True,
    ),
    "coming": Record({"title": Kind.VALUE, "at": Kind.VALUE}, many=True),
}

_MAX_CHARS = 1_900
"""Room is left for the title, for what the words do not name, and for the picture's."""

WEEKLY = TemplateSpec("recaps.weekly", VARIABLES, max_chars=_MAX_CHARS)
MONTHLY = TemplateSpec("recaps.monthly", VARIABLES, max_chars=_MAX_CHARS)

_SPECS = {Period.WEEK: WEEKLY, Period.MONTH: MONTHLY}
_WORDS = {Period.WEEK: "weekly", Period.MONTH: "monthly"}


@dataclass(frozen=True, slots=True)
class Told:
    """What a recap says.

    Attributes:
        own: The community's own words, if it has any.

        keys: Of those whom it names, and of moderators who wrote in it.

        asked: What those said who were asked to be in the series; None where nobody
            was.

        chars: How long the names are, of those whom it names.

        lull: How many before it had nothing to tell either, one more than
            `REST_AFTER` at most; 0 where it tells something.
    """

    recap: Recap
    coming: tuple[Upcoming, ...]
    own: OwnWords
    keys: frozenset[int]
    chars: Mapping[MemberRef, int]
    asked: Answer | None = None
    lull: int = 0

    @property
    def rests(self) -> bool:
        """Whether it is not posted, by the rule for quiet times."""
        return self.lull >= REST_AFTER


def tell(tx: Transaction, community: Community, kept: Kept, now: datetime) -> Told:
    """Return what ``kept`` says; what is coming comes after it was posted, or now."""
    recap = recaps.show(tx, community, kept, Audience.CHAT)
    coming = _coming(tx, community, recap, recap.posted_at or now)
    context = partial(_context, recap, coming)
    found = {
        ref: member
        for ref in _named(recap)
        if (member := members.find(tx, community, ref, now))
    }
    pick = series.picked(tx, kept.id)
    return Told(
        recap=recap,
        asked=pick.answer if pick else None,
        coming=coming,
        own=own_words(tx, community, _SPECS[recap.period], context),
        keys=frozenset({*kept.authors, *(each.key for each in found.values())}),
        chars={ref: len(each.name) + 1 for ref, each in found.items()},
        lull=lull_of(tx, community, kept),
    )


def lull_of(tx: Transaction, community: Community, kept: Kept) -> int:
    """Return how many before ``kept`` were quiet, if it is quiet itself.

    One more than `REST_AFTER` stands for any number.
    """
    if not kept.is_quiet:
        return 0
    return lulls.before(tx, community, kept, REST_AFTER + 1)


def _named(recap: Recap) -> Iterable[MemberRef]:
    for each in recap.highlights:
        yield from each.receivers
        if each.giver:
            yield each.giver
    yield from recap.first_timers[:MAX_ITEMS]


def _coming(
    tx: Transaction, community: Community, recap: Recap, after: datetime
) -> tuple[Upcoming, ...]:
    """Return the next few things on the calendar, other than recaps."""
    until = after + _AHEAD[recap.period]
    found = moments.ahead(tx, community, after, _LOOKED_AT)
    others = [
        each
        for each in found
        if each.at <= until and not each.moment.says.startswith("recaps.")
    ]
    return tuple(others[:MAX_COMING])


def _context(recap: Recap, coming: Sequence[Upcoming]) -> Context:
    values: dict[str, Given] = {
        "thanks": recap.thanks,
        "people": recap.receivers,
        "period": _WORDS[recap.period],
        "opening": _quote(recap.intro),
        "word": _quote(recap.word),
        "newcomers": recap.first_timers[:MAX_ITEMS],
        "week": {
            "since": Day(recap.since_on),
            "until": Day(recap.until_on),
            "values": tuple(Quote(each.label) for each in recap.values),
        },
        "highlights": tuple(map(_highlight, recap.highlights)),
        "coming": tuple(
            {"title": each.moment.name, "at": When(each.at)} for each in coming
        ),
    }
    return Context(VARIABLES, values)


def _highlight(each: Highlight) -> Mapping[str, object]:
    return {
        "giver": each.giver,
        "receivers": each.receivers,
        "reason": Quote(each.reason),
        "value": _quote(each.value),
    }


def _quote(text: str | None) -> Quote | None:
    return Quote(text) if text else None


def _recent(
    tx: Transaction, community: Community, now: datetime, most: int, period: Period
) -> Sequence[Context]:
    found = recaps.archive(tx, community, 2 * most, Audience.CHAT)
    mine = [recap for recap in found if recap.period is period][:most]
    return [
        _context(each, _coming(tx, community, each, each.posted_at or now))
        for each in mine
    ]


def _sample(member: MemberRef, period: Period) -> Context:
    """Return a recap with nobody in it but one member."""
    said = {
        "giver": member,
        "receivers": (member,),
        "reason": phrase("recaps.words-sample.reason"),
        "value": phrase("recaps.words-sample.value"),
    }
    return Context(
        VARIABLES,
        {
            "thanks": 1,
            "people": 1,
            "period": _WORDS[period],
            "opening": None,
            "word": None,
            "newcomers": (member,),
            "week": {
                "since": phrase("recaps.words-sample.since"),
                "until": phrase("recaps.words-sample.until"),
                "values": (phrase("recaps.words-sample.value"),),
            },
            "highlights": (said,),
            "coming": (),
        },
    )


def _template(period: Period) -> Template:
    return Template(
        _SPECS[period],
        lambda tx, community, now, most: _recent(tx, community, now, most, period),
        lambda member: _sample(member, period),
    )


TEMPLATES = tuple(map(_template, Period))
"""The words of recaps that a community may replace."""
