"""What a member reads of points that were set right."""

from __future__ import annotations

from bot.chat.message import Card, Message, say
from bot.chat.text import Quote, phrase


def adjusted(amount: int, reason: str) -> Message:
    """Return that points were given or taken, and why."""
    which = "given" if amount > 0 else "taken"
    body = (
        phrase(f"points.{which}.body", count=abs(amount)),
        phrase("points.reason", reason=Quote(reason)),
        phrase("points.ask"),
    )
    return say(Card(title=phrase(f"points.{which}"), body=body))


def taken_back(amount: int) -> Message:
    """Return that what was given or taken counts no more."""
    which = "given" if amount > 0 else "taken"
    body = (phrase(f"points.{which}-back", count=abs(amount)),)
    return say(Card(title=phrase("points.back"), body=body))
