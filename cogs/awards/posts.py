"""What everybody reads of a round, while it is open and once it is closed."""

from __future__ import annotations

from datetime import datetime

from bot.chat import standards
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Tone, say
from bot.chat.text import Quote, When, phrase
from bot.domain.awards import Round, Standard


def post(name: str, standard: Standard, round_: Round, now: datetime) -> Message:
    """Return what is said of a round of the award called ``name``."""
    title = Quote(name)
    read = Action("rules.look", (round_.award, round_.standard))
    rules = Button(phrase("awards.read-rules"), read)
    if not round_.is_open_at(now):
        closed = phrase("awards.post-closed.body")
        card = Card(title=phrase("awards.post-closed", name=title), body=(closed,))
        return say(card, Buttons((rules,)))
    about = phrase("awards.quoted", words=Quote(standard.about))
    until = phrase("awards.open-ended")
    if round_.closes_at is not None:
        until = phrase("awards.instant", at=When(round_.closes_at))
    head = Card(
        title=phrase("awards.post-open", name=title),
        body=(about,) if standard.about else (),
        facts=(Fact(phrase("awards.fact-closes"), until),),
        tone=Tone.JOY,
    )
    nominate = Action("nominations.begin-for", (round_.award,))
    begin = Button(phrase("awards.begin"), nominate, Tone.MAIN)
    items = Card(facts=tuple(standards.criteria(standard)))
    cards = (head, items) if standard.criteria else (head,)
    return say(*cards, Buttons((begin, rules)))
