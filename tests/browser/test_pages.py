"""Pages under secret addresses, as a browser shows them and whoever cannot see it."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.domain.recurrence import Rule
from bot.domain.rrule import parse
from storage.addresses import path_of
from storage.moments import MomentKind
from tests.browser.test_accessibility import VIEWS, flaws
from tests.cogs.weeks import CHAIRS, DOCS, give, set_up
from tests.needs import need
from tests.web.site import Site, noon, served_site

UTC_ZONE = ZoneInfo("UTC")
PAGES = ("calendar", "recaps", "recaps/1", "recaps/1.mail.html", "lost")


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A community with something to come and something that was."""
    path = tmp_path_factory.mktemp("site") / "laurel.sqlite3"
    async with served_site(path, public=None) as site:
        await set_up(site.home)
        await give(site.home, "Ana", "سلمى الخشّاب", why=DOCS)
        await give(site.home, "Cleo", "Dai", "Elif", why=CHAIRS)
        weekly = Rule(noon("2026-03-02"), UTC_ZONE, parse("FREQ=WEEKLY", UTC_ZONE))
        about = "Bring a bowl.\nWe have spoons."
        await site.plan("Soup in the yard", weekly, about)
        monday = Rule(noon("2026-03-09").replace(hour=0), UTC_ZONE)
        week = MomentKind.WEEK
        await site.plan("Hidden hands", monday, kind=week, lasts=timedelta(days=7))
        site.home.clock.move(hours=1)
        await site.home.type("Mo", "recap now")
        yield site


async def address_of(site: Site, page: str) -> str:
    """Return where a page is."""
    path = "/feeds/x" if page == "lost" else path_of(await site.address(), page)
    return site.url.rstrip("/") + path


async def show(browser: Browser, site: Site, page: str) -> tuple[Page, list[str]]:
    """Open a page and return it with everything that it complains of or asks for."""
    context = await browser.new_context(color_scheme="dark")
    shown = await context.new_page()
    complaints: list[str] = []
    shown.on("console", lambda said: complaints.append(said.text))
    shown.on("pageerror", lambda error: complaints.append(str(error)))
    shown.on("request", lambda request: complaints.append(f"asked {request.url}"))
    await shown.goto(await address_of(site, page))
    return shown, complaints


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_asks_for_nothing_else(
    chromium: Browser, site: Site, page: str
) -> None:
    """No script, no font, no picture, no icon, and nothing that its policy stops."""
    shown, complaints = await show(chromium, site, page)
    own = f"asked {shown.url}"
    bad = [each for each in complaints if each != own and "404" not in each]

    assert [] == bad
    await shown.context.close()


@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing_on_pages(
    chromium: Browser, site: Site, view: str
) -> None:
    """In every light, size and direction; and nothing spills over its edge."""
    need("npm")
    seen = VIEWS[view]
    context = await chromium.new_context(
        bypass_csp=True,
        color_scheme=seen.scheme,
        viewport={"width": seen.size[0], "height": seen.size[1]},
    )
    shown = await context.new_page()
    found = {}
    for page in PAGES:
        await shown.goto(await address_of(site, page))
        if view == "right to left":
            await shown.evaluate("document.documentElement.dir = 'rtl'")
        found[page] = await flaws(shown)
        wide = "document.documentElement.scrollWidth - window.innerWidth"
        if await shown.evaluate(wide) > 0:
            found[page].append("it spills")
    await context.close()

    assert {} == {page: flaws for page, flaws in found.items() if flaws}


async def test_one_gets_around_by_keyboard(chromium: Browser, site: Site) -> None:
    """From the list to a recap and on to what is coming, without a mouse."""
    shown, _ = await show(chromium, site, "recaps")
    await shown.keyboard.press("Tab")
    await expect(shown.locator(":focus")).to_have_text("Skip to the content")
    link = shown.get_by_role("link", name="The week from")
    await link.focus()
    await shown.keyboard.press("Enter")
    await expect(shown).to_have_url(re.compile(r"/recaps/1$"))
    await shown.get_by_role("link", name="What is coming").focus()
    await shown.keyboard.press("Enter")
    await expect(shown).to_have_url(re.compile("/calendar$"))
    await expect(shown.get_by_text("Soup in the yard").first).to_be_visible()
    await shown.context.close()


async def test_a_page_can_be_printed(chromium: Browser, site: Site) -> None:
    """On white, without what only a screen needs."""
    shown, _ = await show(chromium, site, "calendar")
    await shown.emulate_media(media="print")

    await expect(shown.locator("footer")).to_be_hidden()
    await expect(shown.get_by_role("heading", name="What is coming")).to_be_visible()
    color = "getComputedStyle(document.body).color"
    assert "rgb(29, 36, 32)" == await shown.evaluate(color)
    await shown.context.close()
