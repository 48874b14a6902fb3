"""The switch that has the platform fail: used by hand, and seen to work."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import timedelta
from types import MappingProxyType

import pytest
import pytest_asyncio
from playwright.async_api import Locator, Page, expect

from bot.adapters.playground.faults import WELL
from tests.browser.test_accessibility import VIEWS, flaws
from tests.browser.window import Window, thank
from tests.needs import need
from tests.stories.playground import Town

PATIENCE_MS = 20_000
"""A busy machine is no stopwatch."""

WHY = "for keeping the lamp lit while the lines were down"
TWO_SECONDS = timedelta(seconds=2)
"""After these, what is under way counts as waiting."""


async def opened(page: Page) -> Locator:
    """Open the panel by keyboard and return it."""
    await page.locator("#platform").focus()
    await page.keyboard.press("Enter")
    panel = page.locator("#platform-panel")
    await expect(panel).to_be_visible()
    return panel


async def choose(fault: Locator) -> None:
    """Turn the switch to one of its positions; the page shows it once it is there."""
    await fault.click()
    await expect(fault).to_be_checked(timeout=PATIENCE_MS)


async def turn_to(page: Page, fault: str) -> None:
    """Turn the switch by its words, and see that it is where it was turned to."""
    panel = await opened(page)
    await choose(panel.get_by_role("radio", name=fault))
    await page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    switch = page.locator("#platform")
    await expect(switch).to_contain_text(fault, timeout=PATIENCE_MS)


async def told(page: Page) -> str:
    """Return what the panel says is waited for."""
    panel = await opened(page)
    words = await panel.locator("#waiting").inner_text()
    await page.keyboard.press("Escape")
    return words


TOLD: Mapping[str, str] = MappingProxyType(
    {
        "too busy": "Laurel tries again at",
        "failing": "Laurel tries again at",
        "hanging": "waits for an answer",
        "unplugged": "waits for an answer",
        "swallowing answers": "waits for an answer",
    }
)
"""What is said of a message that was just sent, by what befell it."""


WHOM = dict(zip(TOLD, ("Bo", "Chidi", "Dana", "Farid", "Gil"), strict=True))
"""Nobody is thanked twice in a row by one person."""


@pytest_asyncio.fixture(loop_scope="session", autouse=True)
async def _well(town: Town) -> AsyncIterator[None]:
    """Leave nothing behind that waits, whatever came of it."""
    yield
    town.playground.store.befall(WELL)
    await town.playground.clock.move(timedelta(hours=1))
    await town.settles()


@pytest.mark.parametrize("fault", TOLD)
async def test_what_is_thanked_is_said_later(
    town: Town, window: Window, fault: str
) -> None:
    """Laurel answers at once, says what it waits for, and posts once all is well."""
    page = await window.open(town.url, "ana", "wall")
    why = f"{WHY}, {fault}"
    await turn_to(page, fault)
    await thank(page, WHOM[fault], why)
    town.wall_clock.at += TWO_SECONDS
    await expect(page.locator("#platform")).to_contain_text("wait", timeout=PATIENCE_MS)
    assert TOLD[fault] in await told(page)
    await turn_to(page, "well")
    for _ in range(2):  # what hung is looked for, and sent where it does not stand
        await page.locator("[data-clock=hour]").click()
    said = page.locator(".post:not(.whisper)").filter(has_text=why)
    await expect(said).to_have_count(1, timeout=PATIENCE_MS)
    await expect(page.locator("#platform .unread")).to_have_count(
        0, timeout=PATIENCE_MS
    )


async def test_the_switch_is_seen_by_every_tab(town: Town, window: Window) -> None:
    """Whoever is looking sees in words that the platform fails, and how."""
    one = await window.open(town.url, "ana")
    other = await window.open(town.url, "eva")
    await turn_to(one, "slow")
    await expect(other.locator("#platform")).to_contain_text(
        "lenta", timeout=PATIENCE_MS
    )
    panel = await opened(other)
    await expect(panel.get_by_role("radio", name="lenta")).to_be_checked(
        timeout=PATIENCE_MS
    )
    await turn_to(one, "well")
    await expect(panel.get_by_role("radio", name="bien")).to_be_checked(
        timeout=PATIENCE_MS
    )


async def test_arrows_turn_it(town: Town, window: Window) -> None:
    """As with any group of radios; the focus returns to where it came from."""
    page = await window.open(town.url, "ana")
    panel = await opened(page)
    await page.keyboard.press("Tab")
    await expect(panel.get_by_role("radio", name="well")).to_be_focused()
    await page.keyboard.press("ArrowDown")
    await expect(page.locator("#platform")).to_contain_text("slow", timeout=PATIENCE_MS)
    await page.keyboard.press("ArrowUp")
    await expect(page.locator("#platform")).to_contain_text("well", timeout=PATIENCE_MS)
    await page.keyboard.press("Escape")
    await expect(page.locator("#platform")).to_be_focused()


@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing_in_it(town: Town, window: Window, view: str) -> None:
    """In every light, size and direction, while the platform fails."""
    need("npm")
    seen = VIEWS[view]
    page = await window.open(
        town.url, seen.who, "wall", seen.size, seen.scheme, bypass_csp=True
    )
    panel = await opened(page)
    await choose(panel.get_by_role("radio").nth(2))
    await expect(page.locator("#platform .is-ill")).to_be_visible()
    found = await flaws(page)
    await choose(panel.get_by_role("radio").first)
    await expect(page.locator("#platform .is-ill")).to_be_hidden()
    assert [] == found
