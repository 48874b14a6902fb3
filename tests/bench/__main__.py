"""``python -m tests.bench [NAME ...]``: every figure, or those that are named."""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import (
    alone,
    audit,
    boards,
    cards,
    challenge,
    discord_storm,
    due,
    fairness,
    growth,
    imports,
    processes,
    projection,
    ready,
    recap,
    recap_posts,
    restore,
    slack_storm,
    storm,
    throughput,
)
from tests.bench.figure import Figure
from tests.bench.history import make
from tests.bench.size import FULL, Size

Measure = Callable[[Path, Size], Awaitable[Sequence[Figure]]]
MeasurePast = Callable[[Path, Size, Path], Awaitable[Sequence[Figure]]]

FRESH: Mapping[str, Measure] = {
    "dispatch": throughput.dispatch,
    "unit": throughput.unit,
    "alone": alone.alone,
    "storm": storm.storm,
    "allowance": storm.allowance,
    "idle": processes.idle,
    "start": processes.start,
    "growth": growth.growth,
    "due": due.due,
    "cards": cards.cards,
    "recap": recap.recap,
    "recap-crowd": recap.crowd,
    "recap-discord": recap_posts.over_discord,
    "recap-slack": recap_posts.over_slack,
    "boards": boards.boards,
    "fairness": fairness.fairness,
    "audit": audit.verified,
    "challenge": challenge.challenge,
    "imports": imports.imports,
    "discord": projection.discord,
    "slack": projection.slack,
    "discord-storm": discord_storm.storm,
    "discord-idle": discord_storm.idle,
    "slack-storm": slack_storm.storm,
    "both-idle": slack_storm.idle,
}
"""What is measured in an empty folder."""

PAST: Mapping[str, MeasurePast] = {
    "history": alone.history,
    "restore": restore.restore,
    "ready": ready.ready,
}
"""What is measured over a long history, which is made once for all of them."""


def main(arguments: Sequence[str] | None = None, size: Size = FULL) -> int:
    """Print a line for each figure; return 1 where one is short."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    every = (*FRESH, *PAST)
    parser.add_argument("name", nargs="*", help=f"of {', '.join(every)}")
    names = parser.parse_args(arguments).name or every
    if unknown := set(names).difference(every):
        parser.error(f"no figure is called {', '.join(sorted(unknown))}")
    verdicts = [asyncio.run(_print(run)) for run in _runs(names, size)]
    return 0 if all(verdicts) else 1


def _runs(
    names: Sequence[str], size: Size
) -> Iterator[Callable[[], Awaitable[Sequence[Figure]]]]:
    """Yield what measures, each with a folder that is gone after it."""
    for name in names:
        if name in FRESH:
            with _folder() as folder:
                yield partial(FRESH[name], folder, size)
    if any(name in PAST for name in names):
        with _folder() as home:
            past = home / "past.sqlite3"
            make(past, size.history, size.members)
            for name in names:
                if name in PAST:
                    with _folder() as folder:
                        yield partial(PAST[name], folder, size, past)


@contextmanager
def _folder() -> Iterator[Path]:
    with TemporaryDirectory(prefix="laurel-bench-") as name:
        yield Path(name)


async def _print(measure: Callable[[], Awaitable[Sequence[Figure]]]) -> bool:
    figures = await measure()
    for figure in figures:
        sys.stdout.write(f"{figure}\n")
    sys.stdout.flush()
    return all(figure.ok for figure in figures)


if __name__ == "__main__":
    raise SystemExit(main())
