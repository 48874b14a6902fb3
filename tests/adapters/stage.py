"""A small community in a playground of its own, for tests and for pictures."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.clock import Clock
from bot.adapters.playground.previews import Preview, Sending
from bot.adapters.playground.records import PLAYGROUND, Resident, Room
from bot.adapters.playground.store import Store, add_groups, add_people, add_rooms
from bot.chat.catalogue import Catalogue
from bot.chat.table import build_table
from bot.chat.text import Phrase, phrase
from bot.demo.previews import previews
from bot.dispatch import Dispatcher
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from tests.samples.vocabulary.cog import VocabularyCog

HOME = CommunityRef(PLAYGROUND, "garden")
NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)

_LOCALES = Path(__file__).parents[2] / "locales"
_SAMPLES = Path(__file__).parents[1] / "samples" / "locales"


def resident(
    member_id: str,
    name: str,
    role: Role = Role.MEMBER,
    locale: str = "en",
    zone: str = "UTC",
    groups: tuple[str, ...] = (),
) -> Resident:
    """Return a person who joined a year before `NOON`."""
    joined = NOON - timedelta(days=365)
    ref = MemberRef(HOME, member_id)
    person = Person(ref, name, role=role, locale=locale, joined_at=joined)
    return Resident(person, zone, groups=groups)


RESIDENTS = (
    resident("ana", "Ana Souza", locale="en", groups=("gardeners",)),
    resident("bo", "Bo", locale="es", zone="Europe/Madrid"),
    resident("nour", "نور الهدى", locale="ar", zone="Africa/Cairo"),
    resident("mika", "Mika", Role.MODERATOR),
    resident("ada", "Ada Bright", Role.ADMIN),
    Resident(Person(MemberRef(HOME, "robot"), "Robot", bot=True)),
    Resident(Person(MemberRef(HOME, "gone"), "Gone", here=False)),
)
ROOMS = (
    Room(ChannelRef(HOME, "general"), "general", "Everything and nothing"),
    Room(ChannelRef(HOME, "wall"), "wall of thanks", position=1),
    Room(
        ChannelRef(HOME, "mods"),
        "moderators",
        least_role=Role.MODERATOR,
        position=2,
    ),
)


@dataclass
class Wall:
    """A clock on the wall that a test holds in its hand."""

    at: datetime = NOON

    def __call__(self) -> datetime:
        return self.at


async def next_due(_member: MemberRef) -> tuple[Phrase, datetime] | None:
    """Return something that is due in two hours."""
    return phrase("vocabulary.day"), NOON + timedelta(hours=2)


def catalogue(folder: Path) -> Catalogue:
    """Return Laurel's own words and the samples', gathered in ``folder``."""
    for source in (_LOCALES, _SAMPLES):
        shutil.copytree(source, folder, dirs_exist_ok=True)
    return Catalogue.load(folder)


@dataclass
class Stage:
    """A playground that answers, and what its test looks at."""

    playground: Playground
    store: Store
    wall: Wall


def outline(sending: Sending) -> Mapping[str, object]:
    """Return what a platform might receive, for the inspector."""
    return {"nodes": [type(node).__name__ for node in sending.message.nodes]}


@asynccontextmanager
async def stage(
    folder: Path, residents: tuple[Resident, ...] = RESIDENTS
) -> AsyncIterator[Stage]:
    """Open a playground whose file and words stand in ``folder``."""
    store = await Store.open(folder / "playground.sqlite3", HOME)
    try:
        await store.database.write(add_groups, HOME, {"gardeners": "Gardeners"})
        await store.database.write(add_people, residents)
        await store.database.write(add_rooms, ROOMS)
        wall = Wall()
        clock = await Clock.open(store, wall)
        words = catalogue(folder / "locales")
        views = {"Outline": Preview(outline), **previews()}
        playground = Playground(store, clock, words, views, next_due)
        table = build_table([VocabularyCog()])
        await playground.start(table, Dispatcher(table))
        yield Stage(playground, store, wall)
        await playground.stop()
    finally:
        await store.close()
