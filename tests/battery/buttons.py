"""Buttons that releases drew, which stand in channels for years: tests/samples/buttons.

``python -m tests.battery.buttons VERSION`` writes the file of a release: what its code
puts into the buttons, lists and forms of every route. Whoever makes a release adds its
file, and nobody ever removes one, or a line of one. A route that is renamed says what
it ``was`` (`bot.chat.routes.action`), and one that takes other arguments answers those
of old with a sentence.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

from bot.chat.message import Action
from bot.chat.table import RouteTable
from tests.battery import tour
from tests.battery.matrix import TABLE, scene, staged
from tests.battery.rows import PAGES, Scene
from tests.harness import community

SAMPLES = Path(__file__).parents[1] / "samples" / "buttons"

MOST_DRAWN = 6
"""How many different ones of a route are kept that its code drew along the tour."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What a release wrote for one route.

    Attributes:
        carries: What stood for each argument, as `tests.battery.rows.press` names it.

        wires: Whole ids, of other objects each.
    """

    version: str
    route: str
    carries: tuple[str, ...]
    wires: tuple[str, ...]

    def wire(self, there: Scene) -> str:
        """Return the id as that release would write it of what is there now."""
        return Action(self.route, tuple(map(there.named, self.carries))).encode()


def samples(folder: Path = SAMPLES) -> Sequence[Sample]:
    """Return what every release wrote, oldest first."""
    return [
        Sample(path.stem, route, tuple(told["carries"]), tuple(told["wires"]))
        for path in sorted(folder.glob("*.json"))
        for route, told in json.loads(path.read_text("utf-8")).items()
    ]


def lost(table: RouteTable, written: Iterable[Sample]) -> Sequence[str]:
    """Return the routes of earlier releases that nothing answers to any more."""
    gone = {each.route: each.version for each in written if not _leads(table, each)}
    return [f"{route} of {version}" for route, version in sorted(gone.items())]


def _leads(table: RouteTable, sample: Sample) -> bool:
    found = table.routes.get(sample.route)
    return found is not None and len(found.args) == len(sample.carries)


class _Watched:
    """A scene that notes what it is asked for."""

    def __init__(self, there: Scene) -> None:
        self._there = there
        self.asked: list[str] = []

    def named(self, name: str) -> int | str:
        self.asked.append(name)
        return self._there.named(name)

    def __getattr__(self, name: str) -> Any:  # what answers are made of
        return getattr(self._there, name)


async def write(folder: Path, version: str) -> int:
    """Write the file of a release; return how many ids are in it."""
    drawn: dict[str, set[str]] = defaultdict(set)
    for _, message in (await asyncio.to_thread(tour.taken)).messages:
        for action in message.actions():
            drawn[action.route].add(action.encode())
    told = {}
    with TemporaryDirectory() as beside:
        path = Path(beside) / "laurel.sqlite3"
        async with community(path, link=PAGES) as home:
            numbers = count()
            for route in sorted(TABLE):
                home.clock.move(days=2)
                there = await staged(await scene(home, next(numbers)), route)
                watched = _Watched(there)
                action, _ = TABLE[route].does(cast("Scene", watched))
                some = sorted(drawn[route])
                kept = some[:: max(1, len(some) // MOST_DRAWN)][:MOST_DRAWN]
                wires = list(dict.fromkeys((action.encode(), *kept)))
                carries = watched.asked[: len(action.args)]  # answers come after
                told[route] = {"carries": carries, "wires": wires}
    folder.mkdir(parents=True, exist_ok=True)
    written = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    (folder / f"{version}.json").write_text(written, "utf-8")
    return sum(len(each["wires"]) for each in cast("Mapping[str, Any]", told).values())


if __name__ == "__main__":
    many = asyncio.run(write(SAMPLES, sys.argv[1]))
    sys.stdout.write(f"{many} ids of {len(TABLE)} routes\n")
