"""What somebody with a vote sees: the ballot, and each candidacy on it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.clip import clip
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Node,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.committees import Choice
from bot.domain.community import Member
from bot.domain.nominations import Nomination
from cogs.committees.papers import Look, Paper, Row

NAME_CHARS = 40
"""Of a name where nobody can be pressed."""

SAID_CHARS = 850
"""Of one nominator's words."""

LINK_CHARS = 300

_CHOICES = {Choice.YES: Tone.MAIN, Choice.NO: Tone.PLAIN, Choice.ABSTAIN: Tone.PLAIN}


def paper(told: Paper, outcome: Phrase | None = None) -> Message:
    """Return a page of a ballot, below what was just done."""
    until = When(told.ballot.closes_at or told.ballot.made_at)
    body = [outcome] if outcome else []
    body.append(phrase("committees.paper", count=told.left, until=until))
    winners = told.standard.winners
    body.append(phrase("committees.paper-rule", winners=winners))
    if told.standard.blind:
        body.append(phrase("committees.paper-blind"))
    card = Card(
        title=phrase("committees.invited-title", award=Quote(told.award)),
        body=tuple(body),
        facts=tuple(map(_fact, told.rows)),
        footer=phrase("committees.page", number=told.page, pages=told.pages),
    )
    nodes: list[Node] = [card]
    if options := tuple(_options(told)):
        nodes.append(Select(phrase("committees.pick"), options))
    if buttons := tuple(_turns(told)):
        nodes.append(Buttons(buttons))
    return say(*nodes)


def look(told: Look, outcome: Phrase | None = None) -> Message:
    """Return what is said of somebody, and the ways to vote about them."""
    body = [outcome] if outcome else []
    body.append(_intro(told))
    if told.standard.blind:
        body.append(phrase("committees.paper-blind"))
    facts = [_said(each, whose) for each, whose in told.said]
    cards = [Card(title=_title(told), body=tuple(body), facts=tuple(facts))]
    if criteria := tuple(_criteria(told)):
        cards.append(Card(title=phrase("committees.criteria"), facts=criteria))
    nodes: list[Node] = [*cards, Buttons(tuple(_choices(told.row)))]
    back = Action("committees.paper", (told.ballot.id, 1))
    turns = [Button(phrase("committees.back-to-ballot"), back), *_pages(told)]
    nodes.append(Buttons(tuple(turns)))
    return say(*nodes)


def noted(choice: Choice, nominee: Member | None) -> Phrase:
    """Return that a vote is taken."""
    return phrase(f"committees.noted-{choice}", name=_name(nominee))


def recused(nominee: Member | None) -> Phrase:
    """Return that somebody does not vote about another."""
    return phrase("committees.noted-recused", name=_name(nominee))


def _name(nominee: Member | None) -> Quote | Phrase:
    if nominee is None:
        return phrase("committees.somebody")
    return Quote(clip(nominee.name, NAME_CHARS))


def _fact(row: Row) -> Fact:
    label = phrase("committees.nominee", name=_name(row.nominee))
    return Fact(label, phrase("committees.row", count=row.nominators, vote=_vote(row)))


def _vote(row: Row) -> Phrase:
    if row.recused is not None:
        return phrase(f"committees.recused-{row.recused}")
    if row.choice is not None:
        return phrase(f"committees.voted-{row.choice}")
    return phrase("committees.voted-not-yet")


def _options(told: Paper) -> Iterator[Option]:
    for row in told.rows:
        if row.recused is None:
            label = phrase("committees.nominee", name=_name(row.nominee))
            yield Option(label, Action("committees.look", (row.candidacy, 1)))


def _turns(told: Paper) -> Iterator[Button]:
    ballot = told.ballot.id
    if told.page > 1:
        back = Action("committees.paper", (ballot, told.page - 1))
        yield Button(phrase("committees.back"), back)
    if told.page < told.pages:
        onwards = Action("committees.paper", (ballot, told.page + 1))
        yield Button(phrase("committees.more"), onwards)
    for other, award in told.others[:3]:
        label = phrase("committees.other", award=Quote(clip(award, NAME_CHARS)))
        yield Button(label, Action("committees.paper", (other, 1)))


def _title(told: Look) -> Phrase:
    return phrase(
        "committees.look", name=_name(told.row.nominee), award=Quote(told.award)
    )


def _intro(told: Look) -> Phrase:
    row = told.row
    return phrase("committees.row", count=row.nominators, vote=_vote(row))


def _said(each: Nomination, whose: Member | None) -> Fact:
    label = (
        phrase("committees.said-by", name=_name(whose))
        if whose
        else phrase("committees.said-by-somebody")
    )
    if each.words is None:
        return Fact(label, phrase("committees.said-gone"))
    links = " ".join(each.links)
    words = Quote(clip(each.words, SAID_CHARS - min(len(links), LINK_CHARS)))
    if not links:
        return Fact(label, phrase("committees.said", words=words))
    shown = Quote(clip(links, LINK_CHARS))
    return Fact(label, phrase("committees.said-linked", words=words, links=shown))


def _criteria(told: Look) -> Iterator[Fact]:
    for criterion, count in zip(told.standard.criteria, told.ticked, strict=True):
        label = phrase("committees.criterion", text=Quote(criterion.text))
        of = told.row.nominators
        yield Fact(label, phrase("committees.ticked", count=count, of=of))


def _choices(row: Row) -> Iterator[Button]:
    for choice, tone in _CHOICES.items():
        label = phrase(f"committees.choose-{choice}")
        yield Button(
            label, Action("committees.cast", (row.candidacy, str(choice))), tone
        )
    recuse = Action("committees.recuse", (row.candidacy,))
    yield Button(phrase("committees.choose-recuse"), recuse)


def _pages(told: Look) -> Iterator[Button]:
    candidacy = told.row.candidacy
    if told.page > 1:
        back = Action("committees.look", (candidacy, told.page - 1))
        yield Button(phrase("committees.back"), back)
    if told.page < told.pages:
        onwards = Action("committees.look", (candidacy, told.page + 1))
        yield Button(phrase("committees.more"), onwards)
