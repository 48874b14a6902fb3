"""How long a backup of a long history takes, and putting it back."""

from __future__ import annotations

import shutil
from pathlib import Path

from bot.features import declared
from bot.keeping.restoring import put_back
from storage.backups import back_up
from tests.bench.figure import Figure, timed
from tests.bench.size import Size
from tests.harness import START, words

MOST_S = 300.0


async def restore(folder: Path, size: Size, past: Path) -> list[Figure]:
    """Copied and verified, and put back as an event; beside a plain copy."""
    plain = timed(lambda: shutil.copyfile(past, folder / "plain"))
    copied = timed(lambda: back_up(past, folder / "copy"))
    table, path = declared(words()), folder / "laurel.sqlite3"
    restored = timed(lambda: put_back(path, folder / "copy", table, START))
    of = f"{size.history:,} shoutouts, {past.stat().st_size / 1_000_000:,.0f} MB"
    return [
        Figure(
            "seconds to put a backup back",
            restored,
            f"{of}; {restored / plain:.0f} times a plain copy of {plain:.2f} s; the "
            f"verified backup itself took {copied:.1f} s",
            most=MOST_S,
            unit=" s",
        )
    ]
