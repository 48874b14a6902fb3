"""What a member's privacy looks like."""

from __future__ import annotations

from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    File,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import phrase
from bot.domain.community import Level, Privacy


def allowed(privacy: Privacy) -> Message:
    """Return the private card of what a member allows, with all that changes it."""
    card = Card(
        title=phrase("privacy.card"),
        facts=(
            Fact(phrase("privacy.seen"), phrase(f"privacy.seen.{privacy.level}")),
            _switch("boards", on=privacy.on_boards),
            _switch("dms", on=privacy.takes_dms),
        ),
        footer=phrase("privacy.card.footer"),
    )
    levels = Select(
        phrase("privacy.pick"),
        tuple(
            Option(phrase(f"privacy.pick.{level}"), Action("privacy.level", (level,)))
            for level in Level
        ),
    )
    buttons = (
        _turn("boards", on=not privacy.on_boards),
        _turn("dms", on=not privacy.takes_dms),
        Button(phrase("privacy.card.export"), Action("privacy.export")),
        Button(phrase("privacy.card.erase"), Action("privacy.erase"), Tone.WARNING),
    )
    return say(card, levels, Buttons(buttons))


def handed_over(files: tuple[File, ...]) -> Message:
    """Return the files with everything that is kept about a member."""
    card = Card(body=(phrase("privacy.exported"),))
    # What was handed in can be larger than all else together.
    mine = Button(phrase("privacy.files"), Action("judging.files", (0,)))
    return say(card, *files, Buttons((mine,)))


def being_made() -> Message:
    """Return that there is a great deal, and that it comes later."""
    body = (phrase("privacy.making"), phrase("privacy.making.next"))
    return say(Card(title=phrase("privacy.making.title"), body=body))


def made() -> Message:
    """Return the direct message to one who waited for it; its button hands it over."""
    card = Card(title=phrase("privacy.made.title"), body=(phrase("privacy.made"),))
    button = Button(phrase("privacy.made.fetch"), Action("privacy.export"), Tone.MAIN)
    return say(card, Buttons((button,)))


def erased() -> Message:
    """Return the last word to a member who is known no more."""
    body = (phrase("privacy.erased"), phrase("privacy.erased.again"))
    return say(Card(title=phrase("privacy.erased.title"), body=body))


def _switch(what: str, *, on: bool) -> Fact:
    value = phrase(f"privacy.own-{what}.{'on' if on else 'off'}")
    return Fact(phrase(f"privacy.own-{what}"), value)


def _turn(what: str, *, on: bool) -> Button:
    label = phrase(f"privacy.turn-{what}.{'on' if on else 'off'}")
    return Button(label, Action(f"privacy.{what}", (int(on),)))
