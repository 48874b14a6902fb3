"""T19: a disk that fills up loses nothing that was acknowledged, and is got over."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path

import pytest

from storage import audit, communities
from storage.boards import recount
from storage.database import Transaction
from tests.battery.size import size
from tests.battery.told import Tell
from tests.harness import COMMUNITY, Community, community

THANKS = size(120, 2_000)
TOGETHER = 20
"""So many at once share a commit, and a full disk."""

WHY = "for carrying the piano up five floors and down again, number"


async def allow_pages(home: Community, more: int) -> None:
    """Let the file grow by so many pages and no further, as a full disk does."""

    def allow(tx: Transaction) -> None:
        (count,) = tx.all("PRAGMA page_count")
        tx.all(f"PRAGMA max_page_count = {count[0] + more}")

    await home.database.write(allow)


async def give(home: Community, first: int, many: int) -> list[int]:
    """Have so many thank each other at once; return who was told that it is kept."""

    async def one(number: int) -> int | None:
        to = home.person(f"friend-{number % 7}")
        said = f"{WHY} {number}"
        done = await home.type(f"giver-{number}", "shoutout", to=(to,), why=said)
        if done.refused:
            assert "was not kept" in done.text
            return None
        return number

    told = await asyncio.gather(*(one(first + n) for n in range(many)))
    return [number for number in told if number is not None]


def stored(tx: Transaction) -> int:
    (row,) = tx.all("SELECT count(*) AS n FROM shoutouts")
    return int(row["n"])


async def test_a_full_disk_loses_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, tell: Tell
) -> None:
    """What was acknowledged is there; the rest is told so; with room it goes on."""
    caplog.set_level(logging.CRITICAL)
    async with community(tmp_path / "laurel.sqlite3") as home:
        kept = await give(home, 0, TOGETHER)
        await allow_pages(home, 12)
        for first in range(TOGETHER, THANKS, TOGETHER):
            kept += await give(home, first, TOGETHER)
        assert len(kept) < THANKS, "planted: it never was full"
        assert len(kept) == await home.database.read(stored)

        await allow_pages(home, 1_000_000)
        kept += await give(home, THANKS, TOGETHER)
        await home.laurel.settle()
        lost = len(kept) - await home.database.read(stored)
        tell("P13", "acknowledged and lost on a full disk", lost, least=0, most=0)
        assert len(kept) == len(home.posts())
        assert 0 == await home.database.read(recount.drift)
        assert None is await home.database.read(_first_broken)


def _first_broken(tx: Transaction) -> int | None:
    return audit.first_broken(tx, communities.get(tx, COMMUNITY))
