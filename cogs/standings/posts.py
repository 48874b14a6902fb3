"""What stands in channels: the board, disputes for moderators, and the thanks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.chat.clip import clip
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Line,
    Message,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.challenges import Terms
from bot.domain.community import Community
from bot.domain.refs import MemberRef
from cogs.standings import cards, disputing, ending, service
from cogs.standings.raised import Raised, raised_of
from cogs.standings.service import SEEN
from storage.challenges import book, live, podium, results
from storage.challenges.disputes import Answer
from storage.challenges.podium import Honour, Honoured
from storage.challenges.results import Result
from storage.challenges.scores import Place
from storage.database import Transaction
from storage.drawings import Drawn

PODIUM = 3
MOST_NAMED = 20
"""Who are thanked by name for one thing; the others are a number."""

MAX_SAID_CHARS = 900


def board(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw the board of a challenge, as of now; None where there is none."""
    challenge = book.get(tx, community, int(key.removeprefix(ending.BOARD)))
    if challenge is None or challenge.state not in SEEN:
        return None
    live.drawn(tx, community, key)
    shown = service.board(tx, community, challenge, now)
    names = [each.member for each in shown.places]
    return Drawn(cards.board(shown), names)


def dispute(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw a dispute for moderators; None where there is none."""
    number = int(key.removeprefix(disputing.CARD))
    raised = raised_of(tx, community, number, now)
    if raised is None:
        return None
    left = raised.left.members if raised.left else ()
    known = (raised.entrant, raised.decider, *left)
    return Drawn(dispute_card(raised), [each.key for each in known if each])


def dispute_card(raised: Raised) -> Message:
    """Return a dispute: whole while it waits, and what was answered afterwards."""
    found = raised.dispute
    who = raised.entrant.ref if raised.entrant else phrase("standings.somebody")
    title = Quote(raised.challenge.terms.title)
    head = Card(
        title=phrase("standings.dispute-card", challenge=title),
        body=(phrase("standings.dispute-by", who=who), *_said(found.words)),
        facts=(*_facts(raised), *_left(raised)),
        tone=Tone.PLAIN if found.answered else Tone.MAIN,
    )
    if found.answered is not None or raised.entrant is None or raised.placed is None:
        return say(head)
    stands = Action("standings.stands", (found.id,))
    fix = Action("standings.fix", (found.id,))
    ways = (
        Button(phrase("standings.stands-button"), stands),
        Button(phrase("standings.fix-button"), fix),
    )
    return say(head, Buttons(ways), mentions=_refs(raised))


def joined(shown: Message, more: Message) -> Message:
    """Return two messages as one."""
    return say(*shown.nodes, *more.nodes)


def thanks(
    tx: Transaction, community: Community, key: str, _now: datetime
) -> Drawn | None:
    """Draw the thanks at the end; None where there is no result."""
    challenge = book.get(tx, community, int(key.removeprefix(ending.THANKS)))
    result = results.latest(tx, community, challenge.id) if challenge else None
    if challenge is None or result is None:
        return None
    first = podium.board(tx, result, PODIUM)
    honours = [(each, _honoured(tx, result, each)) for each in Honour]
    title = Quote(challenge.terms.title)
    head = Card(
        title=phrase("standings.thanks", challenge=title),
        body=tuple(_did(tx, result, first)),
        lines=tuple(_podium_line(community, each) for each in first),
        tone=Tone.JOY,
    )
    facts = (*_honour_facts(community, honours), *_reward(tx, result, challenge.terms))
    more = Card(facts=facts, footer=phrase("standings.badges")) if facts else None
    mine = Action("standings.mine", (challenge.id,))
    ways = Buttons((Button(phrase("standings.mine-button"), mine),))
    nodes = (head, more, ways) if more else (head, ways)
    named = [*first, *(place for _, each in honours for place in each.people)]
    mentions = tuple(MemberRef(community.ref, each.platform_id) for each in first)
    return Drawn(say(*nodes, mentions=mentions), {each.member for each in named})


def summary(
    tx: Transaction, community: Community, key: str, _now: datetime
) -> Drawn | None:
    """Draw the last word in the thread; None where there is no result."""
    challenge = book.get(tx, community, int(key.removeprefix(ending.SUMMARY)))
    result = results.latest(tx, community, challenge.id) if challenge else None
    if challenge is None or result is None:
        return None
    first = podium.board(tx, result, PODIUM)
    title = phrase("standings.over", challenge=Quote(challenge.terms.title))
    body = tuple(_did(tx, result, first))
    lines = tuple(_podium_line(community, each) for each in first)
    wall = community.settings.wall
    below = phrase("standings.thanked-in", wall=wall) if wall else None
    message = say(Card(title=title, body=body, lines=lines, footer=below))
    return Drawn(message, [each.member for each in first])


def _did(tx: Transaction, result: Result, first: Sequence[Place]) -> Iterator[Phrase]:
    """Yield what all did together, whoever may be shown."""
    counts = podium.counts(tx, result)
    if not counts.people:
        yield phrase("standings.nobody")
        return
    yield phrase("standings.together", people=counts.people, days=counts.days)
    if first:
        yield phrase("standings.podium", count=len(first))


def _podium_line(community: Community, place: Place) -> Line:
    who = MemberRef(community.ref, place.platform_id)
    detail = phrase("standings.detail", days=place.days, streak=place.best)
    text = phrase("standings.line", who=who, detail=detail)
    return Line(place.rank, text, place.points)


def _honoured(tx: Transaction, result: Result, honour: Honour) -> Honoured:
    return podium.honoured(tx, result, honour, MOST_NAMED)


def _honour_facts(
    community: Community, honours: Sequence[tuple[Honour, Honoured]]
) -> Iterator[Fact]:
    for honour, each in honours:
        if not each.people:
            continue
        best = max(place.best for place in each.people)
        label = phrase(f"standings.honour-{honour}", count=each.count, best=best)
        yield Fact(label, _people(community, each))


def _reward(tx: Transaction, result: Result, terms: Terms) -> Iterator[Fact]:
    """Yield what was promised to those who finished, where anybody did."""
    if terms.reward and podium.counts(tx, result).finishers:
        said = phrase("standings.quoted", words=Quote(terms.reward))
        yield Fact(phrase("standings.reward"), said)


def _people(community: Community, honoured: Honoured) -> Phrase:
    refs = tuple(MemberRef(community.ref, p.platform_id) for p in honoured.people)
    more = honoured.count - len(refs)
    if more > 0:
        return phrase("standings.people-more", people=refs, count=more)
    return phrase("standings.people", people=refs)


def _said(words: str | None) -> Iterator[Phrase]:
    if words:
        yield phrase("standings.quoted", words=Quote(clip(words, MAX_SAID_CHARS)))


def _left(raised: Raised) -> Iterator[Fact]:
    """Yield who alone can answer it, and why it is them."""
    if raised.left is not None:
        people, free_at = _refs(raised), raised.left.free_at
        said = phrase("standings.answers-admins", people=people)
        if free_at is not None:
            said = phrase("standings.answers-parted", people=people, at=When(free_at))
        yield Fact(phrase("standings.fact-answers"), said)


def _refs(raised: Raised) -> tuple[MemberRef, ...]:
    return tuple(each.ref for each in raised.left.members) if raised.left else ()


def _facts(raised: Raised) -> Iterator[Fact]:
    placed, answered = raised.placed, raised.dispute.answered
    if placed is not None:
        told = phrase(
            "standings.place-now",
            points=cards.points(placed.points),
            days=placed.days,
            best=placed.best_streak,
        )
        yield Fact(phrase("standings.fact-place"), told)
    if answered is None:
        return
    who = raised.decider.ref if raised.decider else phrase("standings.somebody")
    key = "corrected" if answered.answer is Answer.CORRECTED else "stands"
    done = phrase(f"standings.answered-{key}", who=who, at=When(answered.at))
    yield Fact(phrase("standings.fact-answer"), done)
    if answered.reason:
        reason = Quote(clip(answered.reason, MAX_SAID_CHARS))
        said = phrase("standings.quoted", words=reason)
        yield Fact(phrase("standings.fact-reason"), said)
    if answered.part:
        yield Fact(phrase("standings.fact-part"), phrase("standings.part-of-theirs"))
