"""The draft of a recap as moderators see it in their channel, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import When, phrase
from bot.domain.refs import ChannelRef
from cogs.recaps.cards import recap_cards, title
from cogs.recaps.telling import Told
from storage.recaps import Kept

OPENING, WORD, PEOPLE = "opening", "word", "people"


def sheet(told: Told, kept: Kept, wall: ChannelRef) -> Message:
    """Return the draft, with all that can be done with it.

    What a moderator does carries the version that they saw, so that of two who act at
    the same time the second one looks again.
    """
    what = "recaps.draft.rests" if told.rests else "recaps.draft.body"
    head = Card(
        title=phrase("recaps.draft", title=title(told.recap)),
        body=(phrase(what, wall=wall, at=When(kept.planned_at)),),
        footer=phrase(f"recaps.asked-{told.asked}") if told.asked else None,
    )
    buttons = (
        Button(
            phrase("recaps.post-now"),
            Action("recaps.post", (kept.id, kept.version)),
            Tone.MAIN,
        ),
        Button(
            phrase("recaps.skip-this"), Action("recaps.skip", (kept.id, kept.version))
        ),
    )
    change = Select(phrase("recaps.change-it"), tuple(_options(told, kept)))
    cards = [] if told.rests else recap_cards(told, numbered=True)
    # The picture comes with the post, and a sheet may be redrawn often.
    shown = (
        Card(card.title, card.body, card.facts, footer=card.footer, tone=card.tone)
        for card in cards
    )
    return say(head, *shown, change, Buttons(buttons))


def posted(told: Told, wall: ChannelRef) -> Message:
    """Return that it went up."""
    number = told.recap.number or 0
    body = phrase("recaps.draft.posted", number=number, wall=wall)
    return say(
        Card(title=phrase("recaps.draft", title=title(told.recap)), body=(body,))
    )


def closed(key: str) -> Message:
    """Return why nothing comes of it."""
    return say(Card(body=(phrase(key),)))


def _options(told: Told, kept: Kept) -> Iterator[Option]:
    for part in (OPENING, WORD, PEOPLE):
        label = phrase(f"recaps.change-{part}")
        yield Option(label, Action("recaps.change", (kept.id, part)))
    for place, each in enumerate(told.recap.highlights, 1):
        action = Action("recaps.leave", (kept.id, kept.version, each.shoutout))
        yield Option(phrase("recaps.leave-out", place=place), action)
    for place, each in enumerate(told.recap.highlights[1:], 2):
        action = Action("recaps.up", (kept.id, kept.version, each.shoutout))
        yield Option(phrase("recaps.move-up", place=place), action)
    for place, each in enumerate(told.recap.highlights, 1):
        if told.asked is None:
            label = phrase(f"recaps.ask-{kept.period}", place=place)
            action = Action("recaps.ask", (kept.id, kept.version, each.shoutout))
            yield Option(label, action)
    yield Option(
        phrase("recaps.begin-anew"), Action("recaps.anew", (kept.id, kept.version))
    )
