"""What reminds somebody of what they have not done yet today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.chat.clip import clip
from bot.chat.message import Action, Button, Buttons, Card, Message, Tone, say
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.challenges import Challenge, State, day_number
from bot.domain.community import Community, Member
from cogs.reminders.ringing import reminder_key
from storage import members
from storage.challenges import book, checkins, entrants
from storage.database import Transaction
from storage.drawings import Drawn

MAX_SHOWN = 4
"""Challenges in one reminder; a fifth button is for having no more of them."""

MAX_LABEL_CHARS = 50
MAX_PROMPT_CHARS = 200


@dataclass(frozen=True, slots=True)
class Due:
    """A day of a challenge that somebody has not checked in for.

    Attributes:
        day: Counted from 1.
    """

    challenge: Challenge
    day: int


def draw(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw what reminds a member; None where there is nothing to remind them of now.

    It may have waited for their quiet hours to end: they may have checked in by then,
    or left, or their day may be over.
    """
    member = members.by_key(tx, community, int(key.split(":")[2]), now)
    if member is None or not (member.here and member.privacy.takes_dms):
        return None
    on = member.date_at(now)
    if key != reminder_key(member.key, on.isoformat()):
        return None
    found = _due(tx, community, member, on)
    return Drawn(reminder(found), (member.key,)) if found else None


def reminder(found: Sequence[Due]) -> Message:
    """Return the reminder, with a way to check in for each, and to have no more."""
    card = Card(title=phrase("reminders.title"), body=tuple(map(_said, found)))
    row = [_button(each, alone=len(found) == 1) for each in found]
    no_more = Button(phrase("reminders.no-more"), Action("privacy.privacy"))
    return say(card, Buttons((*row, no_more)))


def _due(
    tx: Transaction, community: Community, member: Member, on: date
) -> Sequence[Due]:
    found: list[Due] = []
    for entrant in entrants.of_member(tx, community, member.key):
        challenge = book.get(tx, community, entrant.challenge)
        if challenge is None or challenge.state not in {State.OPEN, State.RUNNING}:
            continue
        day = day_number(challenge.terms, on)
        if challenge.terms.remind_at is None or day is None:
            continue
        # Where clocks or zones have a date come twice, the next may be done already.
        done = checkins.days_of(tx, challenge.id, member.key)
        if day > max(done, default=0):
            found.append(Due(challenge, day))
    return found[:MAX_SHOWN]


def _said(due: Due) -> Phrase:
    terms = due.challenge.terms
    title, prompt = Quote(terms.title), terms.prompt_of(due.day)
    if not prompt:
        return phrase("reminders.day", challenge=title, day=due.day, of=terms.days)
    return phrase(
        "reminders.day-asks",
        challenge=title,
        day=due.day,
        of=terms.days,
        prompt=Quote(clip(prompt, MAX_PROMPT_CHARS)),
    )


def _button(due: Due, *, alone: bool) -> Button:
    check = Action("checkins.check", (due.challenge.id,))
    if alone:
        return Button(phrase("reminders.check-in"), check, Tone.MAIN)
    title = Quote(clip(due.challenge.terms.title, MAX_LABEL_CHARS))
    return Button(phrase("reminders.check-in-to", challenge=title), check)
