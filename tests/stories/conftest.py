"""Every story happens in a town on each platform, and leaves its records whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.stories import discord, playground, slack
from tests.stories.town import Town

Founding = Callable[[Path], AbstractAsyncContextManager[Town]]

PLATFORMS: Mapping[str, Founding] = MappingProxyType(
    {"discord": discord.town, "playground": playground.town, "slack": slack.town}
)
"""A platform joins with a line here; no story changes."""


@pytest.fixture(params=sorted(PLATFORMS))
async def town(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Town]:
    """Return a town that has just set Laurel up."""
    async with PLATFORMS[request.param](tmp_path) as town:
        yield town
        await town.settles()
        assert [] == await town.flaws()
