"""T24: what Laurel hands over as a table starts nothing in any spreadsheet."""

from __future__ import annotations

import csv
import re
from collections.abc import AsyncIterator, Iterator
from io import StringIO
from pathlib import Path

import pytest

from bot.domain import cells
from bot.domain.people import Person, Role
from bot.domain.refs import MemberRef
from storage import communities, members
from storage.database import Transaction
from tests.battery.told import Tell
from tests.cogs.ranking import points
from tests.harness import COMMUNITY, START, Community, community
from tests.hostile import HOSTILE

STARTERS = "=+-@\t\r＝＋－＠"  # noqa: RUF001  as the rule names them
MORE = (
    "＝1+1", "＋1", "－1", "＠SUM(1)",  # noqa: RUF001
    "\t=1+1", "\r=1+1", "\n=1+1", "  =1+1", "\u200b=1+1", "\ufeff=1+1", "\u22121",
    "x;=1+1", "x\t@SUM(1)", "x\n-1", "x\r\n+1", 'x",=1+1', 'x";=1+1;"', "x|=1", '"=1+1',
    "\ufe661", "\ufe621", "\ufe631", "\ufe6bSUM(1)", "",
)  # fmt: skip
DELIMITERS = (",", ";", "\t", "|")


def read(table: bytes, delimiter: str) -> Iterator[str]:
    """Yield each cell as a spreadsheet may have it that parts by ``delimiter``."""
    text = StringIO(table.decode("utf-8-sig"), newline="")
    for row in csv.reader(text, delimiter=delimiter):
        for cell in row:
            yield cell
            # Some programs leave out what stands before it.
            yield cell.lstrip(' "\u200b\u2060\ufeff\xa0')


def starting(table: bytes, delimiter: str) -> list[str]:
    """Return the cells that begin a formula."""
    return [cell for cell in read(table, delimiter) if cell[:1] and cell[0] in STARTERS]


def apart(text: str) -> list[str]:
    """Return what of ``text`` may be a cell of its own where quotes are not heeded."""
    return [
        piece.lstrip(' \u200b\u2060\ufeff"') for piece in re.split(r"[;|\t\r\n]", text)
    ]


@pytest.mark.parametrize("text", [*(each.text for each in HOSTILE), *MORE], ids=ascii)
def test_no_cell_begins_a_formula(text: str) -> None:
    """Whatever somebody calls themselves; and everything that they wrote is there."""
    table = cells.table(("who", text), [(text, 3), (f"x{text}", -3)])
    (_, header), (first, three), (second, _) = csv.reader(
        StringIO(table.decode("utf-8-sig"), newline="")
    )

    for cell in (header, first, second):
        assert [] == [
            piece for piece in apart(cell) if piece[:1] and piece[0] in STARTERS
        ]
    assert "3" == three
    seen = text.encode("utf-8", "replace").decode()
    assert seen.replace("'", "") == first.replace("'", "")


def test_what_is_harmless_stays_as_it_is() -> None:
    """No apostrophe stands where none is needed."""
    for text in ("Ana", "Ana-Lucía", "a=b", "3 - 2", "O'Neil", "نور", "a; b", "👍🏽"):
        assert text == cells.harmless(text)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


async def test_a_board_of_people_who_wish_us_ill_is_harmless(
    home: Community, tell: Tell
) -> None:
    """Through the command and the button, and read again with each delimiter."""
    names = [each.text for each in HOSTILE] + list(MORE)

    def fill(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        for number, name in enumerate(names):
            person = Person(MemberRef(COMMUNITY, f"p{number}"), name)
            member = members.meet(tx, here, person, START)
            points(tx, here, member.key, 1 + number % 7)

    await home.database.write(fill)
    await home.laurel.settle()
    home.person("Mo", Role.MODERATOR)
    board = await home.type("Mo", "leaderboard")
    file = (await home.press("Mo", board, "As a file for spreadsheets")).file
    rows = list(csv.reader(StringIO(file.content.decode("utf-8-sig"), newline="")))

    assert len(names) + 1 == len(rows)
    assert {4} == {len(row) for row in rows}
    formulas = [f for each in DELIMITERS for f in starting(file.content, each)]
    what = f"cells that begin a formula, of {len(names)} hostile names"
    tell("P16", what, len(formulas), most=0)


def test_a_table_that_is_not_made_harmless_is_found() -> None:
    """Planted: what the checks above would say of it."""
    out = StringIO()
    csv.writer(out).writerows([["who"], ["=1+1"], ["＠SUM(1)"]])  # noqa: RUF001

    assert 2 == len(set(starting(out.getvalue().encode(), ",")))
