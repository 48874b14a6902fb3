"""What a report on fairness looks like: figures, how much they rest on, no verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, say
from bot.chat.text import Phrase, Style, When, phrase
from bot.domain.fairness import (
    LEAST_PEOPLE,
    LEAST_THANKS,
    PERIOD,
    Report,
    Share,
    Spread,
)
from bot.domain.refs import ChannelRef, MemberRef
from bot.domain.rings import LEAST_TIMES, LONGEST, Group

SHOWN = 5
"""Groups that one message tells of, so that it has room for all names."""

PAGES = 4
"""Messages that tell of groups, those of most evidence first."""

_NAMED = 5
"""People of a large group who are named; as many as a ring has at most."""

People = Mapping[int, MemberRef]


@dataclass(frozen=True, slots=True)
class Page:
    """Groups that one message tells of.

    Attributes:
        first: The number of the first, counted from 1.
    """

    first: int
    groups: Sequence[Group]


def counting(*, fresh: bool, monthly: bool, channel: ChannelRef | None) -> Message:
    """Return what whoever asked is told at once.

    Args:
        fresh: Whether nothing was on its way before.
        monthly: Whether a report comes every month.
        channel: Where that one comes; None for nowhere.
    """
    body = [phrase("fairness.counting" if fresh else "fairness.counting.already")]
    if channel is None:
        body.append(phrase("fairness.month.nowhere"))
        return say(Card(body=tuple(body)))
    key = "fairness.month.comes" if monthly else "fairness.month.off"
    body.append(phrase(key, channel=channel))
    return say(Card(body=tuple(body)), Buttons((_switch(monthly=monthly),)))


def switched(channel: ChannelRef, *, on: bool) -> Message:
    """Return what whoever switched the monthly report is told."""
    key = "fairness.month.comes" if on else "fairness.month.off"
    card = Card(body=(phrase(key, channel=channel),))
    return say(card, Buttons((_switch(monthly=on),)))


def uncounted() -> Message:
    """Return what is told where it could not be counted."""
    body = (phrase("fairness.uncounted.next"),)
    return say(Card(title=phrase("fairness.uncounted"), body=body))


def figures(report: Report) -> Message:
    """Return the figures, which name nobody."""
    return say(_figures(report, "fairness.found.follows"))


def pages(report: Report) -> Sequence[Page]:
    """Return the groups of ``report``, by the message that tells of them."""
    shown = report.groups[: SHOWN * PAGES]
    return [
        Page(first + 1, shown[first : first + SHOWN])
        for first in range(0, len(shown), SHOWN)
    ]


def month(report: Report) -> Message:
    """Return what the moderators' channel is told, with the way to who it is about."""
    show = Button(phrase("fairness.show"), Action("fairness.fairness"))
    card = _figures(report, "fairness.found.elsewhere")
    return say(card, Buttons((show, _switch(monthly=True))))


def groups(page: Page, people: People, more: int) -> Message:
    """Return who thank each other more than their totals suggest, as it may be named.

    Args:
        page: The groups that are told of here.
        people: Whoever may be named, by key.
        more: How many groups are told of nowhere; 0 where others follow.
    """
    about = (
        phrase("fairness.groups.about"),
        phrase("fairness.groups.how", times=LEAST_TIMES, days=PERIOD.days),
    )
    card = Card(
        title=phrase("fairness.groups"),
        body=about if page.first == 1 else (),
        facts=tuple(
            _group(number, each, people)
            for number, each in enumerate(page.groups, page.first)
        ),
        footer=phrase("fairness.groups.more", count=more) if more else None,
    )
    return say(card)


def named_of(group: Group) -> tuple[int, ...]:
    """Return the keys of those whom a group is told by."""
    return group.rings[0].members if _is_ring(group) else group.members[:_NAMED]


def _switch(*, monthly: bool) -> Button:
    if monthly:
        return Button(phrase("fairness.month.stop"), Action("fairness.stop"))
    return Button(phrase("fairness.month.start"), Action("fairness.start"))


def _figures(report: Report, found: str) -> Card:
    """Return the figures; ``found`` is the key of where it is told whom they name."""
    since, until = When(report.since, Style.DATE), When(report.until, Style.DATE)
    counted = phrase(
        "fairness.counted",
        count=report.thanks,
        givers=phrase("fairness.people", count=report.givers),
        receivers=phrase("fairness.people", count=report.receivers),
        since=since,
        until=until,
    )
    return Card(
        title=phrase("fairness.title"),
        body=(counted, phrase("fairness.meaning")),
        facts=tuple(_facts(report, found)),
        footer=phrase("fairness.definition"),
    )


def _facts(report: Report, found: str) -> Iterator[Fact]:
    yield Fact(phrase("fairness.received"), _spread("received", report.received))
    yield Fact(phrase("fairness.given"), _spread("given", report.given))
    yield Fact(phrase("fairness.first-time"), _share("first-time", report.first_time))
    yield Fact(phrase("fairness.newcomers"), _newcomers(report))
    yield Fact(phrase("fairness.moderators"), _moderators(report))
    yield Fact(phrase("fairness.found"), _found(report, found))
    yield Fact(phrase("fairness.queue"), _queue(report))


def _spread(side: str, spread: Spread) -> Phrase:
    percent = spread.top_share.percent
    if not spread.enough or percent is None:
        return _too_few(spread.top_share.whole, spread.people)
    return phrase(
        f"fairness.{side}.spread",
        gini=round(100 * spread.gini),
        people=spread.people,
        top=spread.top,
        percent=percent,
        thanks=spread.top_share.whole,
    )


def _share(name: str, share: Share) -> Phrase:
    if share.percent is None:
        return phrase("fairness.too-few-people", count=share.whole, least=LEAST_PEOPLE)
    return phrase(
        f"fairness.{name}.share",
        percent=share.percent,
        part=share.part,
        whole=share.whole,
    )


def _newcomers(report: Report) -> Phrase:
    got, people = report.newcomers.percent, report.new_people.percent
    if got is None or people is None:
        return _too_few(report.newcomers.whole, report.new_people.whole)
    return phrase(
        "fairness.newcomers.share",
        got=got,
        people=people,
        some=report.new_people.part,
        all=report.new_people.whole,
        thanks=report.newcomers.whole,
        days=PERIOD.days,
    )


def _moderators(report: Report) -> Phrase:
    gave, got = report.moderators_gave.percent, report.moderators_got.percent
    people = report.moderators.percent
    if gave is None or got is None or people is None:
        return _too_few(report.thanks, report.moderators.whole)
    return phrase(
        "fairness.moderators.share",
        gave=gave,
        got=got,
        people=people,
        some=report.moderators.part,
        all=report.moderators.whole,
        thanks=report.thanks,
    )


def _too_few(thanks: int, people: int) -> Phrase:
    return phrase(
        "fairness.too-few",
        count=thanks,
        people=phrase("fairness.people", count=people),
        thanks=LEAST_THANKS,
        least=LEAST_PEOPLE,
    )


def _found(report: Report, found: str) -> Phrase:
    if report.groups_found:
        where = phrase(found)
        return phrase("fairness.found.some", count=report.groups_found, where=where)
    if report.thanks < LEAST_THANKS:
        return _too_few(report.thanks, report.received.people)
    return phrase("fairness.found.none", count=report.thanks)


def _queue(report: Report) -> Phrase:
    queue = report.queue
    if queue.oldest_at is None or queue.middle_at is None:
        return phrase("fairness.queue.empty")
    return phrase(
        "fairness.queue.waiting",
        count=queue.waiting,
        oldest=When(queue.oldest_at, Style.DATE),
        middle=When(queue.middle_at, Style.DATE),
    )


def _is_ring(group: Group) -> bool:
    """Return whether one ring is all that there is to tell of a group."""
    return len(group.rings) == 1 and len(group.edges) == len(group.members)


def _group(number: int, group: Group, people: People) -> Fact:
    who = tuple(_who(group, people))
    label = phrase("fairness.group", number=number, who=who)
    if _is_ring(group):
        return Fact(label, _around(group))
    key = "fairness.group.rings" if group.rings else "fairness.group.long"
    told = phrase(
        key,
        count=len(group.rings),
        exact="exact" if group.complete else "least",
        people=len(group.members),
        times=group.times,
        below=int(group.expected) + 1,
        longest=LONGEST,
    )
    return Fact(label, told)


def _around(group: Group) -> Phrase:
    """Return how often each thanks the next."""
    edges = group.rings[0].edges
    return phrase(
        "fairness.ring",
        kind="pair" if len(edges) == 2 else "ring",  # noqa: PLR2004
        times=tuple(phrase("fairness.times", count=each.times) for each in edges),
        below=int(max(each.expected for each in edges)) + 1,
    )


def _who(group: Group, people: People) -> Iterator[MemberRef | Phrase]:
    """Yield whoever may be named, and how many others there are."""
    told = named_of(group)
    if _is_ring(group):
        for key in told:  # in their order, so that each is seen to thank the next
            yield people[key] if key in people else phrase("fairness.somebody")
        return
    named = [people[key] for key in told if key in people]
    others = len(group.members) - len(named)
    unnamed = [phrase("fairness.others", count=others)] if others else []
    yield from chain(named, unnamed)
