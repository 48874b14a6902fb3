"""The two ports that Laurel opens, each of a process of its own, and what is there."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

import pytest
from aiohttp import web

from bot import serve
from bot.adapters.playground.records import LAUREL, Draft
from bot.app import open_database, wall_clock
from bot.chat.message import File, Message
from bot.config import load
from bot.demo.run import COMMUNITY, demo
from bot.domain.refs import CommunityRef, MemberRef
from bot.web.door import Door
from storage import addresses, communities
from storage.database import Database, Transaction
from tests.battery.hurried import World
from tests.battery.on_slack import Town, beside
from tests.battery.process import Process
from tests.cards.platforms import png
from tests.stories.playground import ROOMS, START, town

REVOKED = "revoked"
_KEPT = File("kept.csv", "text/csv", b"a,b\n")


@dataclass
class Port:
    """A process that serves, and how to find everything there.

    Attributes:
        app: What the same code answers with, to be asked for its routes.

        parts: What can stand in its addresses; see `knocks.addresses`.

        secrets: Of addresses of pages: one that leads somewhere, and one that was
            revoked.

        town: Slack, where it is served.
    """

    process: Process
    app: web.Application
    parts: Mapping[str, Sequence[str]]
    secrets: Mapping[str, str] = field(default_factory=dict)
    town: Town | None = None

    @property
    def url(self) -> str:
        """Where it is, with a slash at its end."""
        return self.process.url

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self.process.child is not None
        return self.process.child.pid

    def told(self) -> list[str]:
        """Return the lines of the log that tell of an error."""
        lines = self.process.log.read_text("utf-8").splitlines()
        wrong = (" ERROR ", "Traceback", "error: ", "was destroyed", "never awaited")
        return [each for each in lines if any(part in each for part in wrong)]


class Playing(Process):
    """The demo, over a community that is there already."""

    def settings(self) -> Sequence[str]:
        """Return where its files are, and that any port will do."""
        return ("[playground]", "port = 0", f'folder = "{self.folder / "playground"}"')

    async def ready(self) -> None:
        """Wait for nothing: what it says that it shows, it shows."""


@contextmanager
def overheard() -> Iterator[list[web.Application]]:
    """Note the applications that this process serves meanwhile."""
    found: list[web.Application] = []
    usual = Door.guard

    def guard(self: Door, app: web.Application) -> None:
        found.append(app)
        usual(self, app)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Door, "guard", guard)
        yield found


@asynccontextmanager
async def running_port(
    folder: Path, plant: str = "", *, more: str = "", name: str = "Willow"
) -> AsyncIterator[Port]:
    """Run Laurel for a workspace that calls it over HTTP, with everything switched on.

    Args:
        folder: Where its files are to stand.
        plant: Name of a defect; see `planted.PLANTS`.
        more: Settings beside those that it needs.
        name: What the workspace is called.
    """
    async with beside(folder, signed=True) as place:
        place.more = more
        place.found(name)
        await place.prepare()
        async with open_database(place.file) as database:
            secrets = await _mint(database, place.places[0].ref, wall_clock())
        settings = load(place.configure(), folder / ".env", place.secrets())
        with overheard() as apps:
            async with serve.serving(settings, clock=wall_clock, wall=wall_clock):
                (app,) = apps
        place.world = replace(place.world, plant=plant)
        async with place.running():
            yield Port(place, app, {"path": _paths(secrets)}, secrets, place)


@asynccontextmanager
async def playground_port(folder: Path, plant: str = "") -> AsyncIterator[Port]:
    """Run the demo over a small community."""
    home = folder / "playground" / "community"
    home.mkdir(parents=True)
    async with town(home) as place:
        await place.person("Ana").types(
            "/shoutout", to=(place.person("Bo"),), why="for mending the kiln with me"
        )
        said = Draft(
            ROOMS["general"].ref,
            MemberRef(COMMUNITY, LAUREL),
            Message((_KEPT,)),
            START,
            pictures={0: png()},
        )
        post = str(await place.playground.store.post(said))
        secrets = await _mint(place.laurel.database, COMMUNITY, START)
    with overheard() as apps:
        async with demo(folder / "playground", 0, wall_clock):
            (app,) = apps
    world = replace(World(wall_clock()), plant=plant)
    process = Playing(folder=folder, world=world, command="demo")
    parts = {
        "path": _paths(secrets),
        "filename": ("main.js", "../main.js", "%2e%2e/handlers.py", "nothing.css"),
        "member": ("ana", "ada", "mika", "nobody", "kiln", "%00", "%ff", "a" * 900),
        "room": ("general", "wall", "dm.ana", "moderators", "%3Cscript%3E", "dm."),
        "thread": (post, "1", "9" * 18, "0"),
        "post": (post, "1", "999999", "9" * 18),
        "revision": ("1", "0", "9" * 18),
        "node": ("0", "1", "999"),
    }
    async with process.running():
        yield Port(process, app, parts, secrets)


async def _mint(database: Database, ref: CommunityRef, now: datetime) -> dict[str, str]:
    def mint(tx: Transaction) -> dict[str, str]:
        here = communities.get(tx, ref)
        before = addresses.mint(tx, here, None, now).secret
        addresses.revoke(tx, here, None, now)
        return {"": addresses.mint(tx, here, None, now).secret, REVOKED: before}

    return await database.write(mint)


def _paths(secrets: Mapping[str, str]) -> Sequence[str]:
    pages = (
        *("calendar", "recaps", "calendar.ics", "recaps.rss", "recaps.json"),
        *("recaps/1", "recaps/1.md", "recaps/7.eml", "../recaps", "recaps/%00", ""),
    )
    return [f"{secrets['']}/{page}" for page in pages] + [f"{secrets[REVOKED]}/recaps"]
