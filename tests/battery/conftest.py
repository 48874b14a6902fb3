"""A community for every test of the battery."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

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
