"""T29: every route as every kind of member, against one table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from bot.dispatch import Dispatcher
from bot.domain.people import Role
from storage import communities, drafts
from storage.database import Transaction
from tests.battery.matrix import TABLE, attempt, scene, staged
from tests.battery.rows import COLUMNS, PAGES, SECRET, WHY, YES, Scene
from tests.battery.told import Tell
from tests.harness import COMMUNITY, Community, community

ROUTES = sorted(TABLE)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3", link=PAGES) as home:
        yield home


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
        if name in {"cursors", "word_marks"}:  # which move on by themselves
            continue
        rows = [tuple(row) for row in tx.all(f"SELECT * FROM {name}")]  # noqa: S608
        columns = [c["name"] for c in tx.all(f"PRAGMA table_info({name})")]
        if but and "community" in columns:
            at = columns.index("community")
            foreign = communities.get(tx, replace(COMMUNITY, id=but)).id
            rows = [row for row in rows if row[at] != foreign]
        kept[name] = rows
    return kept


async def outcome(there: Scene, route: str, column: str) -> str:
    """Return what becomes of ``route``; where nothing may change, nothing did.

    A stranger reads nothing of what stands at home either.
    """
    there = await staged(there, route)
    database, but = there.home.database, "elsewhere" if column == "stranger" else ""
    await there.home.do(there.call(column), HELLO, {})  # so that everybody is known
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


async def cells(home: Community, route: str) -> Mapping[str, str]:
    """Return the row of ``route`` as it is."""
    found = {}
    for number, column in enumerate(COLUMNS):
        home.clock.move(days=2)
        there = await scene(home, number)
        found[column] = await outcome(there, route, column)
    return found


HELLO = TABLE["members.me"].does(None)[0]  # type: ignore[arg-type]  # needs no scene


@pytest.mark.parametrize("route", ROUTES)
async def test_each_may_do_what_the_table_says(
    home: Community, route: str, tell: Tell
) -> None:
    """No more, no less; and whoever is refused has changed nothing."""
    wanted, found = TABLE[route].outcomes, await cells(home, route)
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
async def test_a_route_without_its_role_is_found(home: Community, route: str) -> None:
    """Planted: a declaration that forgot who it is for."""
    table = home.laurel.table
    open_to_all = replace(table.routes[route], role=Role.MEMBER)
    careless = replace(table, routes={**table.routes, route: open_to_all})
    home.laurel = replace(home.laurel, dispatcher=Dispatcher(careless))

    assert TABLE[route].outcomes != await cells(home, route)


async def test_lookups_offer_strangers_nothing(home: Community) -> None:
    """What a community chose, and who gave what there, is offered to its own alone."""
    there = await scene(home, 1)
    suggest = home.laurel.dispatcher.suggest
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
async def test_nobody_drops_what_another_drafted(home: Community, route: str) -> None:
    """Who presses a button that is not theirs hears that it is done, and it is not."""
    owner = "giver" if route == "shoutouts.drop" else "moderator"
    there = await staged(await scene(home, 1), route)
    before = await home.database.read(all_rows)
    await attempt(there, route, "admin")
    kept = await home.database.read(all_rows)
    await attempt(there, route, owner)
    after = await home.database.read(all_rows)

    assert before["drafts"] == kept["drafts"]
    assert len(before["drafts"]) - 1 == len(after["drafts"])
