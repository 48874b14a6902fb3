"""What a moderator reads who has set points right."""

from __future__ import annotations

from bot.chat.message import Action, Button, Buttons, Card, Message, say
from bot.chat.text import Quote, phrase
from cogs.points.service import Adjusted


def adjusted(done: Adjusted) -> Message:
    """Return what was done, who hears of it, and the way back."""
    which = "give" if done.amount > 0 else "take"
    count, member = abs(done.amount), done.member.ref
    body = (
        phrase(f"points.done-{which}", count=count, member=member),
        phrase("points.reason", reason=Quote(done.reason)),
        phrase("points.told" if done.told else "points.untold", member=member),
    )
    back = Button(phrase("points.undo"), Action("points.take-back", (done.points,)))
    return say(Card(title=phrase("points.done"), body=body), Buttons((back,)))


def taken_back() -> Message:
    """Return that it counts no more."""
    return say(Card(title=phrase("points.undone")))
