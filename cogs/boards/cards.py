"""What a board looks like."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.message import Action, Button, Buttons, Card, Line, Message, say
from bot.chat.text import Phrase, phrase
from cogs.boards.service import Board, Standing
from storage.tallies import Side


def board(shown: Board) -> Message:
    """Return a board for one reader, with the way to the other side."""
    standings = [*shown.top, *([shown.you] if shown.you else [])]
    card = Card(
        title=phrase(f"boards.{shown.side}"),
        body=() if standings else (phrase(f"boards.{shown.side}.empty"),),
        lines=tuple(map(_line, standings)),
        footer=_footer(shown),
    )
    return say(card, Buttons(tuple(_other_side(shown.side))))


def _line(standing: Standing) -> Line:
    who = phrase("boards.line", member=standing.member)
    return Line(standing.rank, who, standing.amount, standing.yours)


def _footer(shown: Board) -> Phrase | None:
    """Return what the reader should know of their own place."""
    if shown.hidden:
        return phrase("boards.hidden")
    if shown.you or any(each.yours for each in shown.top):
        return None
    return phrase(f"boards.{shown.side}.not-yet") if shown.top else None


def _other_side(side: Side) -> Iterator[Button]:
    other = Side.GIVEN if side is Side.RECEIVED else Side.RECEIVED
    yield Button(phrase(f"boards.{other}.show"), Action("boards.turn", (str(other),)))
