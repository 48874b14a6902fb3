"""What moderators see of awards: the list, what opened and closed, what is removed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.clip import clip
from bot.chat.limits import MAX_FACTS
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
from bot.domain.awards import Award, AwardState
from cogs.awards.openings import Opened, Seen

MAX_LINE_NAME_CHARS = 40


def listed(found: Sequence[Seen]) -> Message:
    """Return every award with how it stands, and a way to change each."""
    if not found:
        empty = phrase("awards.none")
        return say(Card(title=phrase("awards.list"), body=(empty,)))
    nodes: list[Node] = [
        Card(
            title=phrase("awards.list") if first == 0 else None,
            facts=tuple(map(_fact, found[first : first + MAX_FACTS])),
        )
        for first in range(0, len(found), MAX_FACTS)
    ]
    options = (_option(each.award) for each in found)
    nodes.append(Select(phrase("awards.change-one"), tuple(options)))
    return say(*nodes)


def opened(done: Opened) -> Message:
    """Return that people can be nominated, and what follows."""
    award = done.award
    body = [phrase(f"awards.opened-{'told' if done.told else 'untold'}")]
    if award.round is not None and award.round.closes_at is not None:
        body.append(phrase("awards.will-close", at=When(award.round.closes_at)))
    else:
        body.append(phrase("awards.close-by-hand"))
    title = phrase("awards.opened", name=Quote(award.name))
    return say(Card(title=title, body=tuple(body), tone=Tone.JOY))


def closed(done: Seen) -> Message:
    """Return that nobody can be nominated any more, and who still waits."""
    title = phrase("awards.closed", name=Quote(done.award.name))
    return say(Card(title=title, body=(_waiting(done),)))


def closing(shown: Seen) -> Message:
    """Ask what is to become of an award: closed, or taken away."""
    award = shown.award
    card = Card(
        title=phrase("awards.closing", name=Quote(award.name)),
        body=(_state(award), _waiting(shown)),
    )
    return say(card, Buttons(tuple(_ways(award))))


def removing(shown: Seen) -> Message:
    """Ask whether an award is to be taken away, or say why it cannot be yet."""
    award = shown.award
    title = phrase("awards.removing", name=Quote(award.name))
    if shown.undecided:
        kept = phrase("awards.refused-undecided", count=shown.undecided)
        return say(Card(title=title, body=(kept,), tone=Tone.WARNING))
    remove = Action("awards.remove", (award.id,))
    buttons = (
        Button(phrase("awards.remove-it"), remove, Tone.WARNING),
        Button(phrase("awards.leave-it"), Action("awards.leave")),
    )
    body = (phrase("awards.removing.body"),)
    return say(Card(title=title, body=body, tone=Tone.WARNING), Buttons(buttons))


def note(key: str, **values: Quote) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(phrase(key, **values),)))


def one_line(award: Award) -> Phrase:
    """Return an award as an entry of a list."""
    name = Quote(clip(award.name, MAX_LINE_NAME_CHARS))
    return phrase("awards.line", name=name, state=str(award.state))


def _fact(shown: Seen) -> Fact:
    award = shown.award
    state = _state(award)
    if shown.undecided:
        state = phrase("awards.state-waiting", state=state, count=shown.undecided)
    return Fact(phrase("awards.quoted", words=Quote(award.name)), state)


def _option(award: Award) -> Option:
    return Option(one_line(award), Action("awards.edit-it", (award.id,)))


def _state(award: Award) -> Phrase:
    if award.state is AwardState.OPEN:
        if award.round is None or award.round.closes_at is None:
            return phrase("awards.state-open")
        return phrase("awards.state-open-until", at=When(award.round.closes_at))
    if award.opens_at is not None:
        return phrase("awards.state-opens", at=When(award.opens_at))
    return phrase("awards.state-closed")


def _waiting(shown: Seen) -> Phrase:
    return phrase("awards.waiting", count=shown.undecided)


def _ways(award: Award) -> Iterator[Button]:
    if award.state is AwardState.OPEN:
        close = Action("awards.close-it", (award.id,))
        yield Button(phrase("awards.close-now"), close, Tone.MAIN)
    remove = Action("awards.removing", (award.id,))
    yield Button(phrase("awards.take-away"), remove, Tone.WARNING)
    yield Button(phrase("awards.leave-it"), Action("awards.leave"))
