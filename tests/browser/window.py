"""A window of a real browser, and the hands of who sits in front of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from playwright.async_api import Browser, BrowserContext, Locator, Page, expect

WIDE = (1280, 860)
PHONE = (375, 812)


@dataclass
class Window:
    """Opens pages, each with storage of its own, and notes what they complain of.

    Attributes:
        complaints: What pages wrote to the console as errors or warnings, threw, or
            asked of another machine; a violation of the security policy is one too.
    """

    browser: Browser
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    async def open(
        self,
        url: str,
        who: str,
        room: str = "general",
        size: tuple[int, int] = WIDE,
        scheme: Literal["light", "dark"] = "light",
        *,
        bypass_csp: bool = False,
    ) -> Page:
        """Open a room as somebody, once it listens to what happens there."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=bypass_csp,
        )
        context.set_default_timeout(10_000)
        self._contexts.append(context)
        page = await context.new_page()
        self._listen(page, url)
        await go(page, f"{url.rstrip('/')}/as/{who}/in/{room}")
        return page

    async def close(self) -> None:
        """Close every page."""
        for context in self._contexts:
            await context.close()

    def _listen(self, page: Page, url: str) -> None:
        def said(kind: str, text: str) -> None:
            if kind in {"error", "warning"}:
                self.complaints.append(text)

        def asked(address: str) -> None:
            if not address.startswith((url.rstrip("/"), "data:", "blob:")):
                self.complaints.append(f"asked for {address}")

        page.on("console", lambda message: said(message.type, message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", lambda request: asked(request.url))


async def go(page: Page, address: str) -> None:
    """Open an address in a page and wait until it is told of what happens."""
    async with page.expect_response(re.compile(r"/live\?")):
        await page.goto(address)


async def begin(page: Page, command: str) -> Locator:
    """Choose a command from the list and return its form."""
    await page.locator("#text").fill(command)
    await page.locator(f"#offers [data-command='{command}']").click()
    form = page.locator("form[data-form=composer]")
    await expect(form).to_be_visible()
    return form


async def whisper(page: Page, command: str) -> Locator:
    """Type a command that asks nothing and return what is answered."""
    whispers = page.locator(".post.whisper")
    before = await whispers.count()
    await page.locator("#text").fill(command)
    await page.locator("#text").press("Escape")
    await page.locator("#text").press("Enter")
    await expect(whispers).to_have_count(before + 1)
    return whispers.last


async def find(field: Locator, typed: str) -> None:
    """Type into a picker and take the first that is offered."""
    await field.locator("[role=combobox]").fill(typed)
    first = field.locator("[role=option][data-value]").first
    await expect(first).to_contain_text(typed)
    await first.click()


async def thank(page: Page, whom: str, why: str) -> Locator:
    """Give a shoutout and return the receipt."""
    whispers = page.locator(".post.whisper")
    before = await whispers.count()
    form = await begin(page, "/shoutout")
    await find(form.locator("[data-field=to]"), whom)
    await form.get_by_label("What for").fill(why)
    await form.get_by_role("button", name="Send").click()
    await expect(whispers).to_have_count(before + 1)
    return whispers.last


async def look_behind(post: Locator) -> Locator:
    """Open the inspector of a message and return it."""
    page = post.page
    await post.locator("[data-more]").click()
    await page.locator("[data-inspect]").click()
    drawer = page.locator("#drawer")
    await expect(drawer).to_be_visible()
    return drawer
