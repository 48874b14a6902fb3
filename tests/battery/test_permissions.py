"""T29: every route as every kind of member, against one table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio

from bot.dispatch import Dispatcher
from bot.domain.people import Role
from storage import communities, drafts
from storage.database import Transaction
from tests.battery.matrix import TABLE, attempt, staged
from tests.battery.rows import COLUMNS, SECRET, WHY, YES, Scene
from tests.battery.scenes import Laid, lay
from tests.battery.told import Tell
from tests.harness import COMMUNITY, Community

ROUTES = sorted(TABLE)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def laid(tmp_path_factory: pytest.TempPathFactory) -> Laid:
    """What all tests here begin with: it takes much longer to make than to copy."""
    return await lay(tmp_path_factory.mktemp("laid") / "laurel.sqlite3")


@pytest.fixture
async def scenes(laid: Laid, tmp_path: Path) -> AsyncIterator[Mapping[str, Scene]]:
    async with laid.put_up(tmp_path / "laurel.sqlite3") as scenes:
        yield scenes


@pytest.fixture
def home(scenes: Mapping[str, Scene]) -> Community:
    return scenes["giver"].home


_OF_NOBODY = {"cursors", "word_marks", "erased_members"}
"""Tables that move on by themselves, or hold what is of no community any more."""


def all_rows(
    tx: Transaction, *, but: str = ""
) -> Mapping[str, list[tuple[object, ...]]]:
    """Return everything that is kept, less what belongs to the community ``but``."""
    tables = tx.all(
        "SELECT name FROM sqlite_schema "
        "WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    kept = {}
    for (name,) in tables:
        if name in _OF_NOBODY:
            continue
        rows = [tuple(row) for row in tx.all(f"SELECT * FROM {name}")]  # noqa: S608
        kept[name] = _without(tx, name, rows, but) if but else rows
    return kept


def _without(
    tx: Transaction, name: str, rows: list[tuple[object, ...]], but: str
) -> list[tuple[object, ...]]:
    columns = [each["name"] for each in tx.all(f"PRAGMA table_info({name})")]
    if "community" not in columns:
        return rows
    at = columns.index("community")
    foreign = communities.get(tx, replace(COMMUNITY, id=but)).id
    return [row for row in rows if row[at] != foreign]


async def outcome(there: Scene, route: str, column: str) -> str:
    """Return what becomes of ``route``; where nothing may change, nothing did.

    A stranger reads nothing of what stands at home either.
    """
    there = await staged(there, route)
    database, but = there.home.database, "elsewhere" if column == "stranger" else ""
    # What nobody came back to is put away some time, whoever acts then.
    await database.write(drafts.sweep, there.home.clock())
    await there.home.wait()  # until the clock's last step has had its effect
    before = await database.read(all_rows, but=but)
    reply = await attempt(there, route, column)
    found = reply.reason if reply.refused else YES
    if reply.refused or column == "stranger":
        after = await database.read(all_rows, but=but)
        assert before == after, f"{route} as {column} changed something"
    if column == "stranger":
        read = [words for words in (SECRET, WHY) if words in reply.text]
        assert [] == read, f"{route} shows them to a stranger"
    return found


async def cells(scenes: Mapping[str, Scene], route: str) -> Mapping[str, str]:
    """Return the row of ``route`` as it is."""
    found = {}
    for column, there in scenes.items():
        if TABLE[route].apart:
            there.home.clock.move(days=2)
        found[column] = await outcome(there, route, column)
    return found


@pytest.mark.parametrize("route", ROUTES)
async def test_each_may_do_what_the_table_says(
    scenes: Mapping[str, Scene], route: str, tell: Tell
) -> None:
    """No more, no less; and whoever is refused has changed nothing."""
    wanted, found = TABLE[route].outcomes, await cells(scenes, route)
    wrong = [who for who in COLUMNS if wanted[who] != found[who]]
    what = f"in whom a route is wrong, {len(ROUTES)} routes by {len(COLUMNS)} people"
    tell("P19", what, len(wrong), most=0)
    assert wanted == found


async def test_no_route_is_left_out(home: Community) -> None:
    """Whoever adds a route says in the table who may use it."""
    missing = sorted(set(home.laurel.table.routes) - set(TABLE))
    assert [] == missing, (
        "These routes have no row in tests/battery/matrix.py. Add one to TABLE that "
        "says how each is tried and, for every column, what becomes of it."
    )
    assert [] == sorted(set(TABLE) - set(home.laurel.table.routes))


@pytest.mark.parametrize("route", ["setup.save", "mail.replay"])
async def test_a_route_without_its_role_is_found(
    scenes: Mapping[str, Scene], home: Community, route: str
) -> None:
    """Planted: a declaration that forgot who it is for."""
    table = home.laurel.table
    open_to_all = replace(table.routes[route], role=Role.MEMBER)
    careless = replace(table, routes={**table.routes, route: open_to_all})
    home.laurel = replace(home.laurel, dispatcher=Dispatcher(careless))

    assert TABLE[route].outcomes != await cells(scenes, route)


async def test_lookups_offer_strangers_nothing(scenes: Mapping[str, Scene]) -> None:
    """What a community chose, and who gave what there, is offered to its own alone."""
    there = scenes["giver"]
    suggest = there.home.laurel.dispatcher.suggest
    own = await suggest("shoutouts.retractable", there.call("giver"), "")
    beside = await suggest("shoutouts.retractable", there.call("bystander"), "")
    foreign = await suggest("shoutouts.retractable", there.call("stranger"), "")

    assert str(there.shoutout) in {each.value for each in own}
    assert str(there.shoutout) not in {each.value for each in beside}
    assert [] == list(foreign)

    planned = await staged(there, "calendar.edit")
    ours = await suggest("calendar.planned", planned.call("moderator"), "")
    assert str(planned.named("entry")) in {each.value for each in ours}
    assert [] == list(await suggest("calendar.planned", planned.call("stranger"), ""))


@pytest.mark.parametrize("route", ["shoutouts.drop", "templates.drop", "calendar.drop"])
async def test_nobody_drops_what_another_drafted(
    scenes: Mapping[str, Scene], home: Community, route: str
) -> None:
    """Who presses a button that is not theirs hears that it is done, and it is not."""
    owner = "giver" if route == "shoutouts.drop" else "moderator"
    there = await staged(scenes["giver"], route)
    before = await home.database.read(all_rows)
    await attempt(there, route, "admin")
    kept = await home.database.read(all_rows)
    await attempt(there, route, owner)
    after = await home.database.read(all_rows)

    assert before["drafts"] == kept["drafts"]
    assert len(before["drafts"]) - 1 == len(after["drafts"])
