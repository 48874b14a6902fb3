"""What is seen of challenges: the list, one of them, and before one is called off."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.clip import clip
from bot.chat.limits import MAX_FACTS, MAX_OPTIONS
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
from bot.chat.text import Day, Phrase, Quote, When, phrase
from bot.domain.challenges import Challenge, State
from cogs.challenges.ending import Ending

MAX_LINE_TITLE_CHARS = 40


def listed(found: Sequence[Challenge], *, moderates: bool) -> Message:
    """Return which challenges there are, and a way to each."""
    if not found:
        empty = phrase(f"challenges.none-{'desk' if moderates else 'yet'}")
        return say(Card(title=phrase("challenges.list"), body=(empty,)))
    nodes: list[Node] = [
        Card(
            title=phrase("challenges.list") if first == 0 else None,
            facts=tuple(map(_fact, found[first : first + MAX_FACTS])),
        )
        for first in range(0, len(found), MAX_FACTS)
    ]
    options = (
        Option(one_line(each), Action("challenges.look", (each.id,)))
        for each in found[:MAX_OPTIONS]
    )
    nodes.append(Select(phrase("challenges.look-at"), tuple(options)))
    return say(*nodes)


def desk(challenge: Challenge) -> Sequence[Button]:
    """Return what moderators can do with a challenge."""
    change = Action("challenges.edit-it", (challenge.id,))
    edit = Button(phrase("challenges.edit-it"), change)
    if challenge.state is State.DRAFT:
        return (*opening(challenge), edit)
    return (edit,) if challenge.state.joinable else ()


def opening(challenge: Challenge) -> Sequence[Button]:
    """Return how a draft can be opened, now or later."""
    open_it = Action("challenges.open-it", (challenge.id,))
    later = Action("challenges.planning", (challenge.id,))
    planned = challenge.opens_at is not None
    ways = [
        Button(phrase("challenges.open-now"), open_it, Tone.MAIN),
        Button(phrase(f"challenges.open-{'then' if planned else 'later'}"), later),
    ]
    if planned:
        unplan = Action("challenges.unplan", (challenge.id,))
        ways.append(Button(phrase("challenges.open-by-hand"), unplan))
    return ways


def planned(challenge: Challenge) -> Message:
    """Return when a draft opens, with ways to change that."""
    title = phrase("challenges.planned", title=Quote(challenge.terms.title))
    body = [phrase("challenges.by-hand")]
    if challenge.opens_at is not None:
        body = [phrase("challenges.will-open", at=When(challenge.opens_at))]
        body.append(phrase("challenges.will-open-told"))
    return say(Card(title=title, body=tuple(body)), Buttons(tuple(opening(challenge))))


def opened(challenge: Challenge) -> Message:
    """Return that people can join, and what comes by itself from now on."""
    terms = challenge.terms
    title = phrase("challenges.opened", title=Quote(terms.title))
    body = [phrase("challenges.opened-told", channel=terms.channel)]
    said = "begun" if challenge.state is State.RUNNING else "will-start"
    body.append(phrase(f"challenges.{said}", on=Day(terms.starts_on)))
    if challenge.closes_at is not None:
        body.append(phrase("challenges.will-end", at=When(challenge.closes_at)))
    return say(Card(title=title, body=tuple(body), tone=Tone.JOY))


def ending(asked: Ending) -> Message:
    """Ask whether a challenge is to be called off, and say what stays."""
    title = phrase("challenges.ending", title=Quote(asked.challenge.terms.title))
    given = asked.given
    kept = phrase("challenges.ending-draft")
    if asked.challenge.state is not State.DRAFT:
        kept = phrase("challenges.ending-kept", count=given.people)
    body = [phrase("challenges.off-why", why=Quote(asked.why)), kept]
    if given.points:
        body.append(phrase("challenges.ending-points", count=given.points))
    off = Action("challenges.end-it", (asked.draft,))
    leave = Action("challenges.leave", (asked.draft,))
    buttons = (
        Button(phrase("challenges.call-it-off"), off, Tone.WARNING),
        Button(phrase("challenges.leave-it"), leave),
    )
    return say(Card(title=title, body=tuple(body), tone=Tone.WARNING), Buttons(buttons))


def ended(asked: Ending) -> Message:
    """Return that a challenge was called off."""
    title = Quote(asked.challenge.terms.title)
    if asked.challenge.state is State.DRAFT:
        return note("challenges.thrown-away", title=title)
    return note(f"challenges.ended-{_points(asked)}", title=title)


def note(key: str, **values: Quote) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(phrase(key, **values),)))


def one_line(challenge: Challenge) -> Phrase:
    """Return a challenge as an entry of a list."""
    title = Quote(clip(challenge.terms.title, MAX_LINE_TITLE_CHARS))
    return phrase("challenges.line", title=title, state=str(challenge.state))


def _points(asked: Ending) -> str:
    return "points" if asked.given.points else "no-points"


def _fact(challenge: Challenge) -> Fact:
    terms = challenge.terms
    days = {"first": Day(terms.starts_on), "last": Day(terms.ends_on)}
    state = phrase("challenges.state", state=str(challenge.state), **days)
    if challenge.opens_at is not None:
        at = When(challenge.opens_at)
        state = phrase("challenges.state-planned", at=at, **days)
    return Fact(phrase("challenges.quoted", words=Quote(terms.title)), state)
