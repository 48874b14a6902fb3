"""Sheets, drawn: facts, a select of what can be changed, Save and Cancel."""

from __future__ import annotations

import pytest

from bot.chat.message import Action, Button, Buttons, Card, Fact, Select, Tone
from bot.chat.responses import Ask
from bot.chat.sheets import Part, Sheet, SheetRoutes, draw, form
from bot.chat.text import phrase
from bot.domain.errors import RuleError

ROUTES = SheetRoutes("awards.change", "awards.save", "awards.cancel")


def part(name: str, facts: int) -> Part:
    """Return a part of ``facts`` facts."""
    shown = (Fact(phrase("awards.fact", of=name), phrase("awards.value")),) * facts
    return Part(name, phrase(f"awards.{name}"), shown)


def sheet(*parts: Part, changes: int = 0, more: tuple[Button, ...] = ()) -> Sheet:
    """Return a sheet of ``parts``."""
    return Sheet(
        routes=ROUTES,
        draft="d1",
        title=phrase("awards.title"),
        parts=parts,
        changes=changes,
        body=(phrase("awards.intro"),),
        more=more,
    )


def test_every_part_has_an_entry_that_names_draft_and_part() -> None:
    """The select opens each part's form, in order, and carries all that it needs."""
    _, select, _ = draw(sheet(part("who", 2), part("when", 1))).nodes

    assert isinstance(select, Select)
    assert phrase("common.sheet-change") == select.placeholder
    assert [
        Action("awards.change", ("d1", "who")),
        Action("awards.change", ("d1", "when")),
    ] == [option.action for option in select.options]


def test_save_stands_first_and_cancel_last() -> None:
    """What a slice adds stands between them, and only Save is the main one."""
    preview = Button(phrase("awards.preview"), Action("awards.preview", ("d1",)))
    *_, buttons = draw(sheet(part("who", 1), more=(preview,))).nodes

    assert isinstance(buttons, Buttons)
    assert buttons.items == (
        Button(phrase("common.sheet-save"), Action("awards.save", ("d1",)), Tone.MAIN),
        preview,
        Button(phrase("common.sheet-cancel"), Action("awards.cancel", ("d1",))),
    )


def test_more_facts_than_a_card_has_go_on_on_the_next() -> None:
    """Title and introduction stand on the first card, what is unsaved on the last."""
    drawn = draw(sheet(part("who", 7), part("when", 7), changes=2))
    first, second = (node for node in drawn.nodes if isinstance(node, Card))

    assert (len(first.facts), len(second.facts)) == (10, 4)
    assert (first.title, second.title) == (phrase("awards.title"), None)
    assert (first.body, second.body) == ((phrase("awards.intro"),), ())
    unsaved = phrase("common.sheet-unsaved", count=2)
    assert (first.footer, second.footer) == (None, unsaved)


def test_a_sheet_without_facts_is_still_a_card() -> None:
    """A draft in which nothing stands yet can be filled."""
    card, *_ = draw(sheet(part("who", 0))).nodes

    assert isinstance(card, Card)
    assert card.title == phrase("awards.title")


def test_a_parts_form_holds_what_is_drafted() -> None:
    """It opens with each answer that there is, and with nothing for the others."""
    drafted = {"who": {"name": "Spark", "about": None}, "when": {}}

    asked = form("awards", "d1", "who", drafted)
    assert Ask(Action("awards.who", ("d1",)), {"name": "Spark"}) == asked
    assert Ask(Action("awards.when", ("d1",)), {}) == form(
        "awards", "d1", "when", drafted
    )


def test_a_part_that_is_not_there_has_no_form() -> None:
    """A button that somebody made up is refused."""
    with pytest.raises(RuleError, match="unknown-button"):
        form("awards", "d1", "save", {"who": {}})
