"""How many shoutouts a second are safe on disk."""

from __future__ import annotations

import shutil
from functools import partial
from pathlib import Path
from time import perf_counter

from cogs.shoutouts import previews
from storage import file
from tests.bench import crowd, replay
from tests.bench.crowd import Thanks
from tests.bench.figure import Figure, middle, per_s, timed
from tests.bench.size import Size


async def dispatch(folder: Path, size: Size) -> list[Figure]:
    """Through dispatch by many callers, as a share of raw `sqlite3`."""
    ours, raw, recorded = _copies(folder, "ours", "raw", "recorded")
    recording, replaying = file.connect(recorded, "rw"), file.connect(raw, "rw")
    took: list[float] = []
    raw_took: list[float] = []
    async with crowd.still(ours) as laurel:
        for given in crowd.rounds(size.rounds, size.shoutouts):
            units = replay.record(recording, given)
            raw_took.append(timed(partial(replay.together, replaying, units)))
            since = perf_counter()
            await crowd.by_callers(size.callers, given, partial(crowd.give, laurel))
            took.append(perf_counter() - since)
    assert crowd.shoutouts(ours) == crowd.shoutouts(raw) == size.rounds * size.shoutouts
    recording.close()
    replaying.close()
    return [
        Figure(
            f"durable shoutouts through dispatch by {size.callers} callers, as a share "
            f"of sqlite3 alone with {replay.TO_A_COMMIT} to a commit",
            middle(raw_took) / middle(took),
            f"{per_s(size.shoutouts, middle(took))} of "
            f"{per_s(size.shoutouts, middle(raw_took))}",
            least=0.25,
        )
    ]


async def unit(folder: Path, size: Size) -> list[Figure]:
    """The unit alone by many callers, against one await for each statement."""
    ours, other, shared, recorded = _copies(
        folder, "ours", "awaited", "shared", "recorded"
    )
    recording = file.connect(recorded, "rw")
    each = size.shoutouts // 5  # awaiting all of them would take minutes
    took: list[float] = []
    awaited: list[float] = []
    sharing: list[float] = []
    async with (
        crowd.still(ours) as laurel,
        replay.opened(other) as waiting,
        replay.opened(shared) as waiting_shared,
    ):

        async def write(one: Thanks) -> None:
            await laurel.database.write(previews.give_or_show, one.call, one.wish())

        for given in crowd.rounds(size.rounds, each):
            units = replay.record(recording, given)
            since = perf_counter()
            await replay.awaited(waiting, units)
            awaited.append(perf_counter() - since)
            since = perf_counter()
            await replay.awaited(waiting_shared, units, replay.TO_A_COMMIT)
            sharing.append(perf_counter() - since)
            since = perf_counter()
            await crowd.by_callers(size.callers, given, write)
            took.append(perf_counter() - since)
    recording.close()
    assert crowd.shoutouts(ours) == crowd.shoutouts(other) == size.rounds * each
    return [
        Figure(
            f"the unit alone by {size.callers} callers, against each statement awaited "
            "and each unit committed",
            middle(awaited) / middle(took),
            f"{per_s(each, middle(took))} against "
            f"{per_s(each, middle(awaited))}; awaited with "
            f"{replay.TO_A_COMMIT} to a commit "
            f"{per_s(each, middle(sharing))}",
            least=8,
            unit=" times",
        )
    ]


def _copies(folder: Path, *names: str) -> list[Path]:
    """Return files that are equal at the start."""
    first, *others = (folder / f"{name}.sqlite3" for name in names)
    crowd.found(first)
    for other in others:
        shutil.copyfile(first, other)
    return [first, *others]
