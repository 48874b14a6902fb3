"""What everybody sees of committees: draws, who sits in them, and results."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Node,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.committees import (
    EXTENSION,
    FREQUENT,
    FREQUENT_WITHIN,
    VOTING,
    BallotState,
)
from bot.domain.refs import MemberRef
from cogs.committees.cards import step_down_now, vote_now
from cogs.committees.telling import Roster
from storage.ballots import Ballot
from storage.committees import Committee

POOLS, DRAWN = "committees:pool:", "committees:drawn:"
"""What the outbox's names for draws begin with; the committee's id follows."""

RESULTS = "committees:result:"
"""What those for results begin with; the ballot's id follows."""

ON_WALL = (POOLS, DRAWN, RESULTS)
"""What is for everybody, and goes to wherever the wall is."""

_AT_ONCE = 13
"""People in one paragraph, however long their names: 25 are two of them."""

_SHOWN = 5
"""Ballots that stand on the card of a committee."""


@dataclass(frozen=True, slots=True)
class Underway:
    """A ballot as everybody may see it.

    Attributes:
        voters: How many have voted about anything. Never who, nor what.
    """

    ballot: Ballot
    award: str
    voters: int
    quorum: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What there is to know of a committee.

    Attributes:
        roster: Of the committee that serves, or served last; None where none did.

        coming: The one that is being drawn; None where none is.

        sits: Whether the reader has a seat in the one that serves.

        moderates: Whether the reader is told what moderators can do.
    """

    roster: Roster | None
    serves: bool
    coming: Committee | None
    underway: Sequence[Underway]
    sits: bool
    moderates: bool


def pooled(committee: Committee) -> Message:
    """Return the digest of who can be drawn, as everybody reads it before the draw."""
    size = committee.size
    card = Card(
        title=phrase("committees.pooled"),
        body=(
            phrase(
                "committees.pooled-who",
                people=committee.people,
                seats=size.seats,
                backups=size.backups,
            ),
            phrase("committees.pooled-next"),
        ),
        facts=(Fact(phrase("committees.digest"), _plain(committee.digest)),),
    )
    return say(card)


def drawn(roster: Roster) -> Message:
    """Return who was drawn, and by which seed."""
    committee = roster.committee
    body = list(_who(roster))
    if roster.backups:
        body.append(phrase("committees.backups", count=roster.backups))
    card = Card(
        title=phrase("committees.drawn"),
        body=tuple(body),
        facts=tuple(_draw_facts(committee)),
        footer=phrase("committees.drawn-footer"),
        tone=Tone.JOY,
    )
    return say(card)


def shown(told: Shown) -> Message:
    """Return who sits in the committee, and what it votes about."""
    nodes: list[Node] = [_committee_card(told)]
    if told.underway:
        facts = tuple(map(_underway, told.underway[:_SHOWN]))
        nodes.append(Card(title=phrase("committees.underway"), facts=facts))
    buttons = [Button(phrase("committees.rules.see"), Action("committees.rules"))]
    if told.sits:
        buttons = [vote_now(0), step_down_now(), *buttons]
    return say(*nodes, Buttons(tuple(buttons)))


def how() -> Message:
    """Return by which rules a committee is drawn and votes are counted."""
    drawing = (phrase("committees.rule-draw"), phrase("committees.rule-turns"))
    return say(
        Card(title=phrase("committees.rules"), body=drawing),
        Card(body=tuple(_rules_of_voting())),
    )


def _rules_of_voting() -> Iterator[Phrase]:
    yield phrase("committees.rule-vote", days=VOTING.days)
    yield phrase("committees.rule-count")
    yield phrase("committees.rule-quorum", days=EXTENSION.days)
    yield phrase("committees.rule-recused", times=FREQUENT, days=FREQUENT_WITHIN.days)


def _committee_card(told: Shown) -> Card:
    body: list[Phrase] = []
    facts: list[Fact] = []
    if told.roster is not None:
        served = phrase("committees.served")
        body += _who(told.roster) if told.serves else (served,)
        if told.serves and told.roster.backups:
            body.append(phrase("committees.backups", count=told.roster.backups))
        facts += _draw_facts(told.roster.committee)
    elif told.coming is None:
        body.append(phrase("committees.none"))
    if told.coming is not None:
        body.append(phrase("committees.coming"))
        facts.append(
            Fact(phrase("committees.digest-coming"), _plain(told.coming.digest))
        )
    if told.moderates and told.coming is None and not told.serves:
        body.append(phrase("committees.none-desk"))
    return Card(title=phrase("committees.title"), body=tuple(body), facts=tuple(facts))


def _who(roster: Roster) -> Iterator[Phrase]:
    until = When(roster.committee.ends_at or roster.committee.asked_at)
    people: tuple[MemberRef | Phrase, ...] = tuple(roster.seated)
    if hidden := roster.taken - len(roster.seated):
        people = (*people, phrase("committees.unnamed", count=hidden))
    if not people:
        yield phrase("committees.nobody", until=until)
        return
    yield phrase("committees.who", people=people[:_AT_ONCE], until=until)
    for first in range(_AT_ONCE, len(people), _AT_ONCE):
        several = people[first : first + _AT_ONCE]
        yield phrase("committees.who-more", people=several)


def _draw_facts(committee: Committee) -> Iterator[Fact]:
    size = committee.size
    asked = phrase(
        "committees.asked-for",
        people=committee.people,
        seats=size.seats,
        backups=size.backups,
    )
    yield Fact(phrase("committees.pool"), asked)
    yield Fact(phrase("committees.digest"), _plain(committee.digest))
    if committee.seed:
        yield Fact(phrase("committees.seed"), _plain(committee.seed))


def _underway(each: Underway) -> Fact:
    label = phrase("committees.underway-award", award=Quote(each.award))
    if each.ballot.state is BallotState.WAITING or each.ballot.closes_at is None:
        return Fact(label, phrase("committees.underway-waiting"))
    until = When(each.ballot.closes_at)
    told = phrase(
        "committees.underway-voters",
        count=each.voters,
        quorum=each.quorum,
        until=until,
    )
    return Fact(label, told)


def _plain(text: str) -> Phrase:
    return phrase("committees.plain", text=Quote(text))
