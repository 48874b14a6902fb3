"""What everybody reads of a challenge: the announcement, each day, what changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.limits import MAX_FACTS
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Tone, say
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.challenges import Challenge, State, Terms
from cogs.challenges import asked


def announcement(challenge: Challenge) -> Message:
    """Return what is said of a challenge from its opening to its end."""
    buttons = tuple(_buttons(challenge))
    return say(*head(challenge), *((Buttons(buttons),) if buttons else ()))


def head(challenge: Challenge) -> Iterator[Card]:
    """Yield the announcement without anything to press."""
    terms = challenge.terms
    body = (
        [phrase("challenges.quoted", words=Quote(terms.about))] if terms.about else []
    )
    body.append(_standing(challenge))
    joinable = challenge.state.joinable or challenge.state is State.DRAFT
    facts = asked.in_public(terms) if joinable else ()
    pages = _pages(facts)
    yield Card(
        title=phrase("challenges.post", title=Quote(terms.title)),
        body=tuple(body),
        facts=pages[0],
        tone=Tone.JOY if joinable else Tone.PLAIN,
    )
    for page in pages[1:]:
        yield Card(facts=page)


def day(challenge: Challenge, number: int) -> Message:
    """Return the prompt of a day, with a way to check in while it runs."""
    card = prompt(challenge.terms, number)
    if challenge.state is not State.RUNNING:
        return say(card)
    check = Action("checkins.check", (challenge.id,))
    mine = Action("standings.mine", (challenge.id,))
    return say(
        card,
        Buttons(
            (
                Button(phrase("challenges.check-in"), check, Tone.MAIN),
                Button(phrase("challenges.where-i-am"), mine),
            )
        ),
    )


def prompt(terms: Terms, number: int) -> Card:
    """Return what is asked on a day."""
    title = Quote(terms.title)
    asks = terms.prompt_of(number)
    said = phrase("challenges.quoted", words=Quote(asks))
    if not asks:
        said = phrase("challenges.day-unprompted")
    body = [said]
    if number == terms.days and terms.days > 1:
        body.append(phrase("challenges.day-last"))
    return Card(
        title=phrase("challenges.day", number=number, days=terms.days, title=title),
        body=tuple(body),
        footer=phrase("challenges.day-carries", what=asked.carried(terms.proof)),
    )


def changed(terms: Terms, facts: Sequence[Fact]) -> Message:
    """Return what moderators changed of what people joined for."""
    return say(
        Card(
            title=phrase("challenges.changed", title=Quote(terms.title)),
            body=(phrase("challenges.changed.body"),),
            facts=tuple(facts[:MAX_FACTS]),
        )
    )


def called_off(challenge: Challenge, why: str, points: int) -> Message:
    """Return that it is over before its time, why, and what becomes of the points."""
    title = phrase("challenges.off", title=Quote(challenge.terms.title))
    body = [_kept(points)]
    if why:
        body.insert(0, phrase("challenges.off-why", why=Quote(why)))
    return say(Card(title=title, body=tuple(body)))


def _kept(points: int) -> Phrase:
    return phrase("challenges.off-points" if points else "challenges.off-no-points")


def _standing(challenge: Challenge) -> Phrase:
    """Return how far it has come, for those who read the announcement."""
    if challenge.state is State.RUNNING and challenge.closes_at:
        return phrase("challenges.post-running", at=When(challenge.closes_at))
    if challenge.opens_at is not None:
        return phrase("challenges.post-planned", at=When(challenge.opens_at))
    return phrase(f"challenges.post-{challenge.state}")


def _buttons(challenge: Challenge) -> Iterator[Button]:
    join = Action("checkins.join", (challenge.id,))
    mine = Action("standings.mine", (challenge.id,))
    match challenge.state:
        case State.OPEN:
            yield Button(phrase("challenges.join-in"), join, Tone.MAIN)
        case State.RUNNING:
            check = Action("checkins.check", (challenge.id,))
            yield Button(phrase("challenges.check-in"), check, Tone.MAIN)
            yield Button(phrase("challenges.join-in"), join)
            yield Button(phrase("challenges.where-i-am"), mine)
        case State.REVIEW | State.FINAL:
            yield Button(phrase("challenges.where-i-am"), mine)
        case State.DRAFT | State.CALLED_OFF:
            pass


def _pages(facts: tuple[Fact, ...]) -> Sequence[tuple[Fact, ...]]:
    starts = range(0, max(1, len(facts)), MAX_FACTS)
    return [facts[start : start + MAX_FACTS] for start in starts]
