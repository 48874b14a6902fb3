"""What help looks like, written from what the cogs declare."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.chat.limits import MAX_FACTS
from bot.chat.message import Action, Button, Buttons, Card, Fact, Message, Node, say
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase, phrase
from bot.domain.community import Settings
from bot.domain.people import Person, Role

PER_PAGE = MAX_FACTS
"""Entries on one page, each of them a fact."""


def page(table: RouteTable, settings: Settings, reader: Person, number: int) -> Message:
    """Return one page of what ``reader`` may do; the first one also says how it works.

    Args:
        table: What the cogs declare.
        settings: What the community has chosen.
        reader: Whose help it is.
        number: Counted from 1; beyond the last, the last one is shown.
    """
    entries = list(_entries(table, reader.role))
    pages = max(1, -(-len(entries) // PER_PAGE))
    number = min(max(1, number), pages)
    start = (number - 1) * PER_PAGE
    card = Card(
        title=phrase("help.title"),
        body=tuple(_how_it_works(settings, reader)) if number == 1 else (),
        facts=tuple(entries[start : start + PER_PAGE]),
        footer=phrase("help.page", number=number, pages=pages) if pages > 1 else None,
    )
    nodes: list[Node] = [card]
    if turns := tuple(_turns(number, pages)):
        nodes.append(Buttons(turns))
    return say(*nodes)


def _entries(table: RouteTable, role: Role) -> Iterator[Fact]:
    """Yield commands, those for everybody first, and then the message menu."""
    commands = _open_to(table.commands, role)
    for route in sorted(commands, key=lambda each: each.role):
        does = phrase(f"{route.key}.help")
        who = route.role.name.lower()
        yield Fact(
            phrase("help.command", name=route.command or ""),
            phrase("help.entry", does=does, role=who),
        )
    if on_message := _open_to(table.message_actions, role):
        titles = tuple(phrase(f"{route.key}.title") for route in on_message)
        menu = phrase("help.menu.entries", count=len(titles), titles=titles)
        yield Fact(phrase("help.menu"), menu)


def _open_to(routes: Sequence[RouteSpec], role: Role) -> list[RouteSpec]:
    return [route for route in routes if route.role <= role]


def _how_it_works(settings: Settings, reader: Person) -> Iterator[Phrase]:
    per_day = settings.allowance_of(reader.groups)
    yield phrase("help.thanks", count=per_day)
    yield phrase("help.cooldown", hours=settings.pair_cooldown_h)
    yield phrase("help.undo", minutes=settings.undo_minutes)


def _turns(number: int, pages: int) -> Iterator[Button]:
    if number > 1:
        yield Button(phrase("help.back"), Action("help.turn", (number - 1,)))
    if number < pages:
        yield Button(phrase("help.next"), Action("help.turn", (number + 1,)))
