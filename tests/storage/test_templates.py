"""A community's own words are kept with every version before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.community import Community as Here
from storage import communities, members, personal, templates
from storage.database import Transaction
from storage.personal import Subject
from storage.templates import Edit, TemplateRef, Version
from tests.harness import START, Community, community

HERS = "Soup was had by all."
HIS = "Soup was had by most."


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


async def recap(home: Community, locale: str = "en") -> TemplateRef:
    def find(tx: Transaction) -> Here:
        return communities.get(tx, home.ref)

    return TemplateRef(await home.database.read(find), "recaps.weekly", locale)


async def keep(
    home: Community, ref: TemplateRef, source: str | None, after: int, editor: int = 1
) -> int | None:
    edit = Edit(source, editor, after, START + timedelta(days=after))
    return await home.database.write(templates.keep, ref, edit)


async def test_the_last_edit_holds_and_the_earlier_ones_stay(home: Community) -> None:
    """Each with its number, who made it, and when."""
    ref = await recap(home)
    assert await home.database.read(templates.latest, ref) is None
    ana, ben = await key_of(home, "Ana", ref), await key_of(home, "Ben", ref)
    assert 1 == await keep(home, ref, HERS, 0, ana)
    assert 2 == await keep(home, ref, HIS, 1, ben)

    kept = await home.database.read(templates.history, ref, 10)
    assert kept[0] == await home.database.read(templates.latest, ref)
    assert [(2, HIS, ben), (1, HERS, ana)] == [
        (v.number, v.source, v.editor) for v in kept
    ]
    assert [START + timedelta(days=1), START] == [each.at for each in kept]
    assert 1 == len(await home.database.read(templates.history, ref, 1))


async def test_a_reset_is_a_row_of_its_own(home: Community) -> None:
    """Laurel's own words hold again, and what was written before can be had back."""
    ref = await recap(home)
    ana = await key_of(home, "Ana", ref)
    await keep(home, ref, HERS, 0, ana)
    assert 2 == await keep(home, ref, None, 1, ana)
    reset, before = await home.database.read(templates.history, ref, 10)
    assert Version(2, True, None, ana, START + timedelta(days=1)) == reset  # noqa: FBT003
    assert HERS == before.source
    assert not before.reset


async def test_whoever_is_overtaken_changes_nothing(home: Community) -> None:
    """Two moderators who saw the same version: the second is told, not obeyed."""
    ref = await recap(home)
    await keep(home, ref, HERS, 0)
    assert await keep(home, ref, HIS, 0) is None
    assert await keep(home, ref, HIS, 7) is None
    kept = await home.database.read(templates.history, ref, 10)
    assert [HERS] == [each.source for each in kept]


async def test_languages_and_names_are_apart(home: Community) -> None:
    """A Spanish recap is not the English one."""
    ref, other = await recap(home), await recap(home, "es")
    await keep(home, ref, HERS, 0)
    assert await home.database.read(templates.latest, other) is None
    assert 1 == await keep(home, other, "La sopa fue de todos.", 0)


async def erase(home: Community, name: str, ref: TemplateRef) -> None:
    def unit(tx: Transaction) -> None:
        member = members.find(tx, ref.community, home.person(name).ref, home.clock())
        assert member is not None
        personal.erase(tx, Subject(ref.community, member, home.clock()))

    await home.database.write(unit)


async def key_of(home: Community, name: str, ref: TemplateRef) -> int:
    await home.type(name, "laurel me")

    def find(tx: Transaction) -> int:
        member = members.find(tx, ref.community, home.person(name).ref, home.clock())
        assert member is not None
        return member.key

    return await home.database.read(find)


async def test_what_holds_stays_when_its_writer_is_erased(home: Community) -> None:
    """The community goes on saying it; once nobody says it any more, it is gone."""
    ref = await recap(home)
    ana = await key_of(home, "Ana", ref)
    ben = await key_of(home, "Ben", ref)
    await keep(home, ref, HERS, 0, editor=ana)
    await keep(home, ref, "Soup again.", 1, editor=ana)
    await keep(home, ref, "No soup.", 2, editor=ben)
    await keep(home, ref, "Yes soup.", 3, editor=ana)
    await erase(home, "Ana", ref)

    def sources(versions: tuple[Version, ...]) -> list[str | None]:
        return [each.source for each in versions]

    kept = await home.database.read(templates.history, ref, 10)
    assert ["Yes soup.", "No soup.", None, None] == sources(kept)
    assert not kept[-1].reset

    await keep(home, ref, None, 4, editor=ben)
    kept = await home.database.read(templates.history, ref, 10)
    assert [None, None, "No soup.", None, None] == sources(kept)
