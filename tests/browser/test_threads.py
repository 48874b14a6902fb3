"""Threads in a real browser: by keyboard, on a phone, for who cannot see, and alive."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.adapters.playground.web import make_app
from bot.domain.refs import ThreadRef
from bot.web.server import served
from tests.adapters.stage import Stage, stage
from tests.adapters.test_playground_threads import begun
from tests.browser.test_accessibility import VIEWS, flaws
from tests.browser.window import PHONE, Window
from tests.needs import need

_LIVE = re.compile(r"/live\?")


@pytest_asyncio.fixture(loop_scope="session")
async def played(tmp_path: Path) -> AsyncIterator[tuple[Stage, str, ThreadRef]]:
    """A playground in which something is said under something."""
    async with (
        stage(tmp_path) as stand,
        served(make_app(stand.playground), 0) as url,
    ):
        yield stand, url, await begun(stand)


@pytest.mark.parametrize("view", ["light", "dark", "phone"])
async def test_axe_finds_nothing_around_a_thread(
    played: tuple[Stage, str, ThreadRef], window: Window, view: str
) -> None:
    """Neither in the room that leads there, nor in the thread."""
    need("npm")
    stand, url, thread = played
    seen = VIEWS[view]
    await stand.playground.close_thread(thread)
    page = await window.open(
        url, "ana", "general", seen.size, seen.scheme, bypass_csp=True
    )
    await expect(page.locator("a.thread")).to_be_visible()
    found = await flaws(page)
    async with page.expect_response(_LIVE):  # drawn whole, with its colours
        await page.locator("a.thread").click()
    await expect(page.locator(".back")).to_be_visible()
    assert [] == found + await flaws(page)


async def test_a_thread_is_reached_and_spoken_in_by_keyboard_on_a_phone(
    played: tuple[Stage, str, ThreadRef], window: Window
) -> None:
    """There, a word, and back to the message that it hangs under."""
    _, url, thread = played
    page = await window.open(url, "ana", size=PHONE)
    bo = await window.open(url, "bo")
    link = page.locator("a.thread")
    box = await link.bounding_box()
    assert box is not None
    assert box["height"] >= 24
    await link.focus()
    async with page.expect_response(_LIVE):
        await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_have_count(2)
    await page.locator("#text").fill("Count me in")
    await page.keyboard.press("Enter")
    await expect(page.locator("article")).to_have_count(3)

    await expect(bo.locator("a.thread")).to_contain_text("2 respuestas")
    await expect(bo.locator("article")).to_have_count(1)
    await page.locator(".back").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(f"#post-{thread.root}")).to_be_in_viewport()
    assert page.url.endswith(f"/as/ana/in/general#post-{thread.root}")
    await expect(page.locator("a.thread")).to_contain_text("2 replies")
