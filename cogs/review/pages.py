"""What moderators see of the queue and of appeals, and anybody of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from bot.chat.text import Phrase, Quote, Style, When, phrase
from bot.domain.nominations import State
from cogs.review.appealing import Raised
from cogs.review.cards import people
from cogs.review.cases import Case
from cogs.review.queue import Queue, Waiting
from cogs.review.why import Mine, Why
from storage.decisions import Decision

MAX_NAME_CHARS = 30
"""Of an award or a member in a list, where both and a few words are to fit."""

MAX_WORDS_CHARS = 600
MAX_REASON_CHARS = 500
MAX_STEPS = 5


def queue(shown: Queue) -> Message:
    """Return a page of what waits, with ways to each card."""
    if not shown.waiting and not shown.appeals:
        empty = phrase("review.queue-empty")
        return say(Card(title=phrase("review.queue"), body=(empty,)))
    nodes: list[Node] = [
        Card(
            title=phrase("review.queue"),
            facts=tuple(map(_waiting, shown.waiting)),
            footer=phrase("review.queue-footer", page=shown.page),
        )
    ]
    options = [_option(each) for each in shown.waiting]
    options += [_appeal_option(each) for each in shown.appeals]
    nodes.append(Select(phrase("review.queue-open"), tuple(options)))
    turns = [("review.queue-before", shown.page - 1)] if shown.page > 1 else []
    turns += [("review.queue-more", shown.page + 1)] if shown.more else []
    if turns:
        buttons = (Button(phrase(k), Action("review.page", (p,))) for k, p in turns)
        nodes.append(Buttons(tuple(buttons)))
    return say(*nodes)


def appeal(raised: Raised) -> Message:
    """Return the card of an appeal, with the ways to answer it."""
    case, made, asked = raised.case, raised.decision, raised.appeal
    body = [
        phrase("review.appeal-who", who=raised.appellant.ref)
        if raised.appellant
        else phrase("review.appeal-gone"),
        phrase("review.words-erased")
        if asked.words is None
        else phrase("review.quoted", words=Quote(clip(asked.words, MAX_WORDS_CHARS))),
    ]
    body.append(_answered(raised) or _rule(raised))
    was = phrase(f"review.was-{made.state}", when=When(made.at))
    facts = [
        Fact(phrase("review.appeal-about"), _who_for_what(raised)),
        Fact(phrase("review.appeal-decision"), was),
    ]
    if made.reason is not None:
        reason = Quote(clip(made.reason, MAX_REASON_CHARS))
        facts.append(
            Fact(phrase("review.appeal-reason"), phrase("review.quoted", words=reason))
        )
    title = phrase("review.appeal-title", award=Quote(case.award.name))
    card = Card(title=title, body=tuple(body), facts=tuple(facts))
    if asked.answered is not None:
        return say(card)
    number = asked.id
    row = (
        Button(phrase("review.reopen"), Action("review.reopen", (number,)), Tone.MAIN),
        Button(phrase("review.uphold"), Action("review.uphold", (number,))),
    )
    return say(card, Buttons(row))


def mine(found: Sequence[Mine]) -> Message:
    """Return what can be explained to somebody, to pick from."""
    if not found:
        return say(Card(body=(phrase("review.why-none"),)))
    options = (
        Option(_mine(each), Action("review.explain", (each.case.id,))) for each in found
    )
    card = Card(title=phrase("review.why-title"), body=(phrase("review.why-intro"),))
    return say(card, Select(phrase("review.why-pick"), tuple(options)))


def explained(why: Why) -> Message:
    """Return how a candidacy became what it is, and what can be done about it."""
    case = why.mine.case
    whose = "own" if why.mine.own else "theirs"
    who = phrase(f"review.why-{whose}", nominee=case.nominee.ref)
    body = [who, _outcome(why)]
    if case.decision and case.decision.reason and case.decision.state is case.state:
        body.append(phrase("review.reason", reason=Quote(case.decision.reason)))
    if why.appeal is not None:
        answered = why.appeal.answered
        became = answered.answer if answered else "waits"
        body.append(phrase(f"review.why-appeal-{became}"))
        if answered and answered.reason:
            body.append(phrase("review.reason", reason=Quote(answered.reason)))
    title = phrase("review.why-award", award=Quote(case.award.name))
    card = Card(title=title, body=tuple(body), facts=tuple(_how(why)))
    return say(card, Buttons(tuple(_ways(why))))


def fits(case: Case, typed: str) -> bool:
    """Return whether what somebody typed so far is in the award's or nominee's name."""
    wanted = typed.casefold()
    return any(wanted in n.casefold() for n in (case.award.name, case.nominee.name))


def _waiting(each: Waiting) -> Fact:
    candidacy = each.case.candidacy
    since = When(candidacy.opened_at, Style.RELATIVE)
    count = len(candidacy.nominations)
    said = phrase("review.queue-since", since=since, count=count)
    if each.on_it:
        on_it = people(each.on_it)
        said = phrase("review.queue-on-it", said=said, people=on_it)
    nominee, award = each.case.nominee.ref, Quote(each.case.award.name)
    return Fact(phrase("review.who-for-what", nominee=nominee, award=award), said)


def _who_for_what(raised: Raised) -> Phrase:
    nominee, award = raised.case.nominee.ref, Quote(raised.case.award.name)
    return phrase("review.who-for-what", nominee=nominee, award=award)


def _option(each: Waiting) -> Option:
    label = phrase("review.queue-option", **_short(each.case.nominee.name, each))
    return Option(label, Action("review.open", (each.case.id,)))


def _appeal_option(raised: Raised) -> Option:
    label = phrase("review.queue-appeal", **_short(raised.case.nominee.name, raised))
    return Option(label, Action("review.open-appeal", (raised.appeal.id,)))


def _short(name: str, each: Waiting | Raised) -> dict[str, Quote]:
    award = clip(each.case.award.name, MAX_NAME_CHARS)
    return {"nominee": Quote(clip(name, MAX_NAME_CHARS)), "award": Quote(award)}


def _mine(each: Mine) -> Phrase:
    award = Quote(clip(each.case.award.name, MAX_NAME_CHARS))
    if each.own:
        return phrase("review.why-option-own", award=award)
    nominee = Quote(clip(each.case.nominee.name, MAX_NAME_CHARS))
    return phrase("review.why-option", nominee=nominee, award=award)


def _rule(raised: Raised) -> Phrase:
    """Return since when it waits, and for whom."""
    since = When(raised.appeal.made_at, Style.RELATIVE)
    return phrase("review.appeal-rule", since=since)


def _answered(raised: Raised) -> Phrase | None:
    answered = raised.appeal.answered
    if answered is None:
        return None
    reason = Quote(clip(answered.reason or "", MAX_REASON_CHARS))
    key = f"review.appeal-{answered.answer}-card"
    return phrase(key, when=When(answered.at), reason=reason)


def _outcome(why: Why) -> Phrase:
    """Return what became of it and who decided: a role, never a name."""
    case, made = why.mine.case, why.mine.case.decision
    if case.state is State.OPEN:
        since = When(case.candidacy.opened_at, Style.RELATIVE)
        return phrase("review.why-open", since=since, by=why.by)
    at = made.at if made and made.state is case.state else case.candidacy.decided_at
    when = When(at or case.candidacy.opened_at)
    return phrase(f"review.why-{case.state}", when=when, by=why.by)


def _how(why: Why) -> Iterator[Fact]:
    standard = why.mine.case.standard
    number, count = standard.number, len(standard.criteria)
    version = phrase("review.why-version", number=number, criteria=count)
    yield Fact(phrase("review.card-standard"), version)
    if steps := _steps(why.decisions):
        yield Fact(phrase("review.why-steps"), phrase("review.listed", steps=steps))


def _steps(made: Sequence[Decision]) -> tuple[Phrase, ...]:
    """Return what was decided before the last decision."""
    earlier = made[:-1][-MAX_STEPS:]
    return tuple(phrase(f"review.was-{e.state}", when=When(e.at)) for e in earlier)


def _ways(why: Why) -> Iterator[Button]:
    case = why.mine.case
    if why.may_appeal and case.decision is not None:
        appeal = Action("review.object", (case.decision.id,))
        yield Button(phrase("review.object"), appeal)
    yield Button(phrase("review.to-rules"), Action("rules.rules"))
