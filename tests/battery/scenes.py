"""Scenes that are made once, and put up anew from a copy for each test."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.domain.people import Person
from tests.battery.matrix import TABLE, scene
from tests.battery.rows import COLUMNS, PAGES, Scene
from tests.harness import Clock, Post, community


@dataclass(frozen=True, slots=True)
class Laid:
    """A community that has a scene for each column, where nothing is tried yet.

    Attributes:
        file: All that it keeps.

        posts: What stands on its platform.

        calls: How many actions there were.

        scenes: By column; the community that they name has ended.
    """

    file: bytes
    at: datetime
    people: Mapping[str, Person]
    posts: Sequence[Post]
    calls: int
    scenes: Mapping[str, Scene]

    @asynccontextmanager
    async def put_up(self, path: Path) -> AsyncIterator[Mapping[str, Scene]]:
        """Run Laurel over a copy of its own at ``path``; yield the scenes there."""
        path.write_bytes(self.file)
        posts = [replace(post) for post in self.posts]
        clock = Clock(self.at)
        async with community(path, clock=clock, posts=posts, link=PAGES) as home:
            for name, person in self.people.items():
                home.people[name], home.names[person.ref] = person, name
            home._operations = itertools.count(self.calls)
            yield {
                column: replace(there, home=home, post=posts[int(there.post.id) - 1])
                for column, there in self.scenes.items()
            }


async def lay(path: Path) -> Laid:
    """Make the scenes in a community at ``path``, each with people of its own."""
    async with community(path, link=PAGES) as home:
        scenes = {}
        for number, column in enumerate(COLUMNS):
            scenes[column] = there = await scene(home, number)
            # So that everybody is known, and nobody is met while something is tried.
            greeting, _ = TABLE["members.me"].does(there)
            await home.do(there.call(column), greeting, {})
        await home.wait()
        calls = next(home._operations)
        people, posts = dict(home.people), tuple(home.platform.posts)
    return Laid(path.read_bytes(), home.clock(), people, posts, calls, scenes)
