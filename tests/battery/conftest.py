"""A community for every test of the battery."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.battery.size import FULL
from tests.fakes.lenient import lenient
from tests.harness import Community, community


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    """A community with a wall, whose clock moves when told."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


@pytest.fixture
def unhurried() -> Iterator[None]:
    """How soon Laurel answers is measured elsewhere, and nobody asks in vain here."""
    with lenient():
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In full, begin with what takes longest, or the last would run all alone."""
    if FULL:
        items.sort(key=lambda item: (-_patience_s(item), not _is_slow(item)))


def _patience_s(item: pytest.Item) -> float:
    """Return how long a test says that it may take; 0 where it says nothing."""
    own = item.get_closest_marker("timeout")
    return float(own.args[0]) if own else 0.0


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None
