"""One Chromium for each process of tests, one playground for each module."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from bot.adapters.playground.web import make_app
from bot.web.server import served
from tests.adapters.stage import stage
from tests.browser.window import Window
from tests.needs import BROWSER_ARGUMENTS, need
from tests.stories.playground import Town
from tests.stories.playground import town as found

# A page, its server and the driver share one loop, so that nothing waits for another.
SESSION = pytest.mark.asyncio(loop_scope="session")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run everything in this folder on the session's loop."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(SESSION, append=False)
            item.add_marker(pytest.mark.browser)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """A browser without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=need("browser"), args=list(BROWSER_ARGUMENTS)
        )
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def town(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Town]:
    """A town that the tests of a module share; each acts as people of its own."""
    async with found(tmp_path_factory.mktemp("town")) as town:
        yield town


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def sample(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address of a playground that has every field and every node."""
    async with (
        stage(tmp_path_factory.mktemp("sample")) as stand,
        served(make_app(stand.playground), 0) as url,
    ):
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def window(chromium: Browser) -> AsyncIterator[Window]:
    """Windows to open pages in; at the end, none of them has complained."""
    window = Window(chromium)
    try:
        yield window
        assert [] == window.complaints
    finally:
        await window.close()
