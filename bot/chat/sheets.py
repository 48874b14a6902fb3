"""Sheets: what asks more than one form holds, as a card whose parts are changed singly.

A sheet keeps nothing itself. What it shows is in a stored draft, whose id its buttons
carry, so it outlives a restart and belongs to whoever began it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.chat.limits import MAX_FACTS
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.responses import Ask
from bot.chat.text import Phrase, phrase
from bot.domain.errors import RuleError


@dataclass(frozen=True, slots=True)
class SheetRoutes:
    """What a sheet's own buttons do, by the keys of their routes.

    Attributes:
        change: Opens the form of one part; carries the draft's id and the part's name.

        save: Carries the draft's id, as `cancel` does.
    """

    change: str
    save: str
    cancel: str


@dataclass(frozen=True, slots=True)
class Part:
    """What one form of a sheet changes.

    Attributes:
        name: Carried by the entry that opens the form.

        label: That entry's words.

        facts: What stands there so far.
    """

    name: str
    label: Phrase
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A draft as its owner sees it.

    Attributes:
        draft: Id of the stored draft.

        parts: At most 25.

        changes: How many facts differ from what is in force.

        more: Buttons beside Save and Cancel, at most three.
    """

    routes: SheetRoutes
    draft: str
    title: Phrase
    parts: tuple[Part, ...]
    changes: int
    body: tuple[Phrase, ...] = ()
    more: tuple[Button, ...] = ()


def draw(sheet: Sheet) -> Message:
    """Return the sheet as a private message."""
    change = Select(
        phrase("common.sheet-change"),
        tuple(
            Option(part.label, Action(sheet.routes.change, (sheet.draft, part.name)))
            for part in sheet.parts
        ),
    )
    save = Action(sheet.routes.save, (sheet.draft,))
    cancel = Action(sheet.routes.cancel, (sheet.draft,))
    buttons = (
        Button(phrase("common.sheet-save"), save, Tone.MAIN),
        *sheet.more,
        Button(phrase("common.sheet-cancel"), cancel),
    )
    return say(*_cards(sheet), change, Buttons(buttons))


def form(
    slice_name: str,
    draft: str,
    part: str,
    answers: Mapping[str, Mapping[str, object]],
) -> Ask:
    """Return the form of one part, filled with what is drafted.

    Args:
        slice_name: What the keys of the forms' routes begin with.
        draft: Id of the stored draft.
        part: Whose form it is; the rest of its route's key.
        answers: What is drafted, by part and field; None where nothing is.

    Raises:
        RuleError: If the sheet has no such part.
    """
    if part not in answers:
        raise RuleError("common.unknown-button")
    given = {name: told for name, told in answers[part].items() if told is not None}
    return Ask(Action(f"{slice_name}.{part}", (draft,)), given)


def _cards(sheet: Sheet) -> Iterator[Card]:
    """Yield the facts, on as many cards as they need."""
    facts = [fact for part in sheet.parts for fact in part.facts]
    starts = range(0, max(1, len(facts)), MAX_FACTS)
    pages = [tuple(facts[start : start + MAX_FACTS]) for start in starts]
    unsaved = phrase("common.sheet-unsaved", count=sheet.changes)
    for number, page in enumerate(pages, 1):
        yield Card(
            title=sheet.title if number == 1 else None,
            body=sheet.body if number == 1 else (),
            facts=page,
            footer=unsaved if number == len(pages) else None,
        )
