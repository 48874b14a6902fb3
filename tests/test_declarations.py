"""What cogs declare fits together, and what they point at exists."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import pytest

from bot.chat import fields
from bot.chat.catalogue import Catalogue
from bot.chat.message import Action
from bot.chat.responses import Call, Response, Say
from bot.chat.routes import DeclarationError, action, command, lookup, occurrence
from bot.chat.table import RouteTable, build_table
from bot.domain.missed import Missed
from bot.domain.people import Person
from bot.features import LOCALES, declared
from storage.database import Transaction
from storage.occurrences import Occurrence

COGS = Path(__file__).parents[1] / "cogs"


@pytest.fixture(scope="module")
def table() -> RouteTable:
    """Everything that Laurel declares."""
    return declared(Catalogue.load(LOCALES))


def test_every_button_in_the_code_leads_somewhere(table: RouteTable) -> None:
    """A misspelt route or a missing argument would be found by a member otherwise."""
    pointed = list(_actions_in_code())
    wrong = [
        f"{where}: {name} with {count} arguments"
        for where, name, count in pointed
        if name not in table.routes or len(table.routes[name].args) != count
    ]

    assert [] == wrong, "point these at a route of the table, with its arguments"
    assert len(pointed) >= 20


def test_every_route_can_be_reached(table: RouteTable) -> None:
    """Typed, from a message's menu, or by some button; else nobody needs it."""
    pointed = {name for _, name, _ in _actions_in_code()}
    # These are made from parts.
    pointed |= {"setup.change", "setup.save", "setup.cancel"}
    pointed |= {"privacy.boards", "privacy.dms"}
    pointed |= {f"setup.{p}" for p in _parts("setup")}
    pointed |= {f"calendar.{p}" for p in _parts("calendar", "sheet.py")}
    pointed |= {"awards.change", "awards.save", "awards.drop"}
    pointed |= {f"awards.{p}" for p in _parts("awards", "sheet.py")}
    pointed |= {"challenges.change", "challenges.save", "challenges.drop"}
    pointed |= {f"challenges.{p}" for p in _parts("challenges", "sheet.py")}
    lost = [
        key
        for key, route in table.routes.items()
        if not (route.command or route.on_message or key in pointed)
    ]

    assert [] == lost, "draw a button for these, or delete them"


def test_what_no_platform_could_show_is_found_at_start_up() -> None:
    """Each of these is refused with a sentence that names the place."""
    for cog, said in (
        (_Bare(), "neither int, str nor Annotated"),
        (_Carrying(), "a command cannot carry 'number'"),
        (_Mismatched(), "'who' is answered with"),
        (_Twice(), "two commands share a name"),
        (_BuiltIn(), "/status belongs to Slack"),
        (_Boxed(), "no lookup is called 'nowhere.boxes'"),
        (_Required(), "cannot be required: it may find none"),
        (_Uncarried(), "nothing is carried to look boxes up by"),
        (_Both(), "needs 1 to 10 boxes"),
        (_Lost(), "no lookup is called 'nowhere.to-be-found'"),
        (_Forgetful(), "is no unit"),
        (_Waiting(), "is no unit"),
        (_Stale(), "it alone, gets stale"),
        (_Fresh(), "it alone, gets stale"),
        (_TwoOfAKind(), "declared twice: moments.due"),
    ):
        with pytest.raises(DeclarationError, match=said):
            build_table([cog])


def test_a_button_fits_on_every_platform(table: RouteTable) -> None:
    """Its route and its largest arguments take at most 100 characters."""
    for route in table.routes.values():
        args = tuple(2**63 - 1 if a.type is int else "x" * 16 for a in route.args)
        assert len(Action(route.key, args).encode()) <= 100


def _actions_in_code() -> Iterator[tuple[str, str, int]]:
    for path in sorted(COGS.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            match node:
                case ast.Call(
                    func=ast.Name(id="Action"),
                    args=[ast.Constant(value=str(name)), *rest],
                ):
                    carried = rest[0] if rest else ast.Tuple(elts=[])
                    if isinstance(carried, ast.Tuple):
                        where = f"{path.relative_to(COGS)}:{node.lineno}"
                        yield where, name, len(carried.elts)
                case _:
                    pass


def _parts(slice_name: str, sheet: str = "cards.py") -> Iterator[str]:
    """Yield what a sheet's cards call its parts: constants in capitals."""
    tree = ast.parse((COGS / slice_name / sheet).read_text("utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign):
            constants = ast.walk(node.value)
            yield from (str(c.value) for c in constants if isinstance(c, ast.Constant))


class _Bare:
    @command("bare")
    async def bare(self, call: Call, what: float) -> Response:
        raise AssertionError


class _Carrying:
    @command("carrying")
    async def carrying(self, call: Call, number: int) -> Response:
        raise AssertionError


class _Boxed:
    @action()
    async def boxed(
        self,
        call: Call,
        of: str,
        what: Annotated[
            tuple[str, ...] | None, fields.Checks(lookup="nowhere.boxes")
        ] = None,
    ) -> Response:
        raise AssertionError


class _Required:
    @lookup("required.boxes")
    async def boxes(self, call: Call, of: str) -> Sequence[fields.Suggestion]:
        raise AssertionError

    @action()
    async def required(
        self,
        call: Call,
        of: str,
        what: Annotated[tuple[str, ...], fields.Checks(lookup="required.boxes")],
    ) -> Response:
        raise AssertionError


class _Uncarried:
    @lookup("uncarried.boxes")
    async def boxes(self, call: Call, of: str) -> Sequence[fields.Suggestion]:
        raise AssertionError

    @action()
    async def uncarried(
        self,
        call: Call,
        what: Annotated[
            tuple[str, ...] | None, fields.Checks(lookup="uncarried.boxes")
        ] = None,
    ) -> Response:
        raise AssertionError


class _Both:
    @lookup("both.boxes")
    async def boxes(self, call: Call, of: str) -> Sequence[fields.Suggestion]:
        raise AssertionError

    @action()
    async def both(
        self,
        call: Call,
        of: str,
        what: Annotated[
            tuple[str, ...] | None,
            fields.Checks(options=("a",), lookup="both.boxes"),
        ] = None,
    ) -> Response:
        raise AssertionError


class _Mismatched:
    @action()
    async def ask(self, call: Call, who: Annotated[str, fields.Person()]) -> Say:
        raise AssertionError


class _Twice:
    @command("same")
    async def one(self, call: Call) -> Response:
        raise AssertionError

    @command("same")
    async def other(self, call: Call) -> Response:
        raise AssertionError


class _BuiltIn:
    @command("status")
    async def status(self, call: Call, who: Annotated[Person, fields.Person()]) -> Say:
        raise AssertionError


class _Lost:
    @action()
    async def pick(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="nowhere.to-be-found")],
    ) -> Response:
        raise AssertionError


class _Forgetful:
    @occurrence("moments.due", missed=Missed.EACH)
    def due(self, tx: Transaction) -> None:
        raise AssertionError


class _Waiting:
    @occurrence("moments.due", missed=Missed.EACH)
    async def due(self, tx: Transaction, due: Occurrence) -> None:
        raise AssertionError


class _Stale:
    @occurrence("moments.due", missed=Missed.SKIP)
    def due(self, tx: Transaction, due: Occurrence) -> None:
        raise AssertionError


class _Fresh:
    @occurrence("moments.due", missed=Missed.FOLD, stale_after=timedelta(hours=1))
    def due(self, tx: Transaction, due: Occurrence) -> None:
        raise AssertionError


class _TwoOfAKind:
    @occurrence("moments.due", missed=Missed.EACH)
    def one(self, tx: Transaction, due: Occurrence) -> None:
        raise AssertionError

    @occurrence("moments.due", missed=Missed.EACH)
    def other(self, tx: Transaction, due: Occurrence) -> None:
        raise AssertionError
