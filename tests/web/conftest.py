"""A site for every test of pages and feeds."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.site import Site, served_site


@pytest.fixture
async def site(tmp_path: Path) -> AsyncIterator[Site]:
    """A community whose pages are served."""
    async with served_site(tmp_path / "laurel.sqlite3") as site:
        yield site
