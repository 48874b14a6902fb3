"""Takes the pictures in docs/screenshots: ``make pictures``.

The demo is seeded anew at a fixed instant and driven as a member would drive it, so
that the pictures show what the code does and change only when it does.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from playwright.async_api import (
    Browser,
    FilePayload,
    FloatRect,
    Locator,
    Page,
    async_playwright,
    expect,
)

from bot.adapters.playground.web import make_app
from bot.demo.run import Demo, demo
from bot.web.server import served
from tests import drawings
from tests.adapters.stage import stage
from tests.needs import BROWSER_ARGUMENTS, need
from tests.refusing import refusal
from tests.viewing import home_page, refused_form

PICTURES = Path(__file__).parent.parent / "docs" / "screenshots"

NOW = datetime(2026, 3, 6, 16, 2, tzinfo=ZoneInfo("Europe/Lisbon"))
"""What the wall clock shows in every picture: a Friday afternoon."""

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("dark", "light")

WALL = "wall-of-thanks"
DRAFT = "Draft: Our week in thanks"
AIR = 6
"""Pixels around a part of a page."""

WIDE = (1360, 860)
TALL = (1900, 1500)
"""Room for the inspector at its widest, and for the whole of what it shows."""
PHONE = (375, 812)

WHY = (
    "for showing me where the glaze had crawled and staying until the second firing "
    "came out right"
)

FORMS: Mapping[str, Mapping[str, str]] = {
    "people": {
        "person": "Bo",
        "people": "Mika",
        "channel": "wall",
        "role": "Gardeners",
    },
    "words": {
        "short": "A quiet word",
        "long": "Two lines of thanks,\nor three.",
        "amount": "7",
        "file": "notes.txt",
    },
    "choices": {"choice": "Craft", "tea": "Sencha", "checks": "Iced", "agreed": "Yes"},
    "times": {"on": "2026-03-09", "at": "16:30", "length": "2 h 30 min"},
}
"""What is answered to each command of the vocabulary, by field."""


ANSWERS: Mapping[str, tuple[str, str]] = {
    "board": ("dale", "/leaderboard"),
    "me": ("folake", "/laurel me"),
    "setup": ("ines", "/laurel setup"),
    "help": ("siobhan", "/laurel help"),
}
"""Who asks what, for each picture of an answer on a platform."""


class Camera:
    """Opens pages and keeps pictures of them."""

    def __init__(self, browser: Browser, url: str) -> None:
        self._browser = browser
        self._url = url.rstrip("/")

    @asynccontextmanager
    async def page(
        self,
        who: str,
        room: str,
        size: tuple[int, int] = WIDE,
        scheme: Scheme = "light",
        scale: float = 1.5,
    ) -> AsyncIterator[Page]:
        """Open a room as somebody."""
        context = await self._browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,
            device_scale_factor=scale,
            reduced_motion="reduce",
        )
        try:
            page = await context.new_page()
            await page.goto(f"{self._url}/as/{who}/in/{room}")
            await expect(page.locator("#log")).to_be_visible()
            yield page
        finally:
            await context.close()

    async def keep(self, page: Page, name: str, part: Locator | None = None) -> None:
        """Keep a picture under a name: of the page, or of a part with some air."""
        box = await part.bounding_box() if part else None
        clip: FloatRect | None = None
        if box is not None:
            clip = {
                "x": box["x"] - AIR,
                "y": box["y"] - AIR,
                "width": box["width"] + 2 * AIR,
                "height": box["height"] + 2 * AIR,
            }
        path = PICTURES / f"{name}.png"
        await page.screenshot(path=path, animations="disabled", clip=clip)


async def begin(page: Page, command: str) -> Locator:
    """Choose a command from the list and return its form."""
    await page.locator("#text").fill(command)
    await page.get_by_role("option", name=command).first.click()
    form = page.locator("form[data-form=composer]")
    await expect(form).to_be_visible()
    return form


async def whisper(page: Page, command: str) -> Locator:
    """Type a command that asks nothing and return what is answered."""
    before = await page.locator(".post.whisper").count()
    await page.locator("#text").fill(command)
    await page.locator("#text").press("Escape")
    await page.locator("#text").press("Enter")
    await expect(page.locator(".post.whisper")).to_have_count(before + 1)
    return page.locator(".post.whisper").last


async def of_the_demo(browser: Browser) -> None:
    """Take the pictures of the community."""
    with tempfile.TemporaryDirectory() as folder:
        async with demo(Path(folder) / "demo", 0, lambda: NOW) as shown:
            camera = Camera(browser, shown.url)
            await _a_command(camera)
            await _the_wall(camera)
            await _of_ones_own(camera)
            await _on(camera, "Discord", "dark")
            await _on(camera, "Slack", "light")
            refused = await refusal(shown, "siobhan", "aitana", "nice", NOW)
            await _refused_on_discord(camera, refused)
            form = await refused_form(shown, NOW)
            await _alone(browser, form, "slack-refusal")
            home = await home_page(shown, "folake", NOW)
            await _alone(browser, home, "slack-home")
            await _the_awards(camera)
            await _the_challenge(camera)
            await _the_calendar(camera, shown)


async def _a_command(camera: Camera) -> None:
    async with camera.page("ruth", "general") as page:
        await page.locator("#text").type("/")
        await expect(page.get_by_role("option").first).to_be_visible()
        await camera.keep(page, "commands")
    async with camera.page("siobhan", WALL) as page:
        form = await begin(page, "/shoutout")
        await fill(form.locator("[data-field=to]"), "Aitana")
        await form.locator("textarea").fill(WHY)
        await camera.keep(page, "command")
        await form.get_by_role("button", name="Send").click()
        await expect(page.locator(".post.whisper")).to_have_count(1)


async def _the_wall(camera: Camera) -> None:
    for scheme in ("light", "dark"):
        async with camera.page("siobhan", WALL, scheme=scheme) as page:
            await expect(page.get_by_role("button", name="Undo until")).to_be_visible()
            await camera.keep(page, f"wall-{scheme}")
    async with camera.page("siobhan", WALL, PHONE, scale=2) as page:
        await camera.keep(page, "phone")
    async with camera.page("salma", WALL) as page:
        await camera.keep(page, "rtl")


async def _of_ones_own(camera: Camera) -> None:
    async with camera.page("ines", "general") as page:
        await whisper(page, "/laurel setup")
        await camera.keep(page, "setup")
    async with camera.page("folake", "general", (1360, 920)) as page:
        await whisper(page, "/laurel me")
        await camera.keep(page, "me")
    async with camera.page("dale", "general") as page:
        await whisper(page, "/leaderboard")
        await camera.keep(page, "leaderboard")


async def _the_calendar(camera: Camera, shown: Demo) -> None:
    """Let a week pass, and take pictures of what comes by itself meanwhile."""
    async with camera.page("ines", "moderators", (1280, 1080), scale=1) as page:
        for _ in range(6):
            await page.locator("[data-clock=day]").click()
            await page.wait_for_load_state("networkidle")
            await shown.laurel.settle()
        draft = page.locator(".post.by-bot").filter(has_text=DRAFT)
        await expect(draft).to_be_visible()
        await camera.keep(page, "draft", draft)
        await page.locator("[data-clock=day]").click()
        await page.wait_for_load_state("networkidle")
        await shown.laurel.settle()
    async with camera.page("siobhan", WALL, (1280, 1500), scale=1) as page:
        await expect(page.get_by_text("Our week in thanks").last).to_be_visible()
        await page.wait_for_load_state("networkidle")
        await camera.keep(page, "recap", page.locator(".post.by-bot").last)
    async with camera.page("ines", "general") as page:
        await _is_planned(page)
        await whisper(page, "/calendar")
        await camera.keep(page, "calendar")


async def _is_planned(page: Page) -> None:
    form = await begin(page, "/moment add")
    await form.locator("input[type=date]").fill("2026-03-17")
    await form.locator("input[type=time]").fill("18:30")
    await form.locator("input[type=text]").first.fill("Open bench, and soup")
    await form.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("A new moment").last).to_be_visible()
    await page.get_by_role("button", name="Save").last.click()
    await expect(page.get_by_text("On the calendar:").last).to_be_visible()


async def _the_awards(camera: Camera) -> None:
    async with camera.page("tomasz", "moderators", (1100, 1400)) as page:
        card = page.locator(".post.by-bot").filter(has_text="by 2 people")
        await camera.keep(page, "review", card)
    async with camera.page("ruth", WALL, (1100, 900)) as page:
        await whisper(page, "/rules")
        await camera.keep(page, "rules")


async def _the_challenge(camera: Camera) -> None:
    async with camera.page("anneliese", "challenges", (1100, 1400)) as page:
        await page.locator("a.thread").last.click()
        board = page.locator(".post.by-bot").filter(has_text="Board:")
        await board.locator("img").wait_for()
        await board.scroll_into_view_if_needed()
        await camera.keep(page, "challenge-light", board)


async def _on(camera: Camera, platform: str, scheme: Scheme) -> None:
    """Take pictures of what a platform shows, the wall also in its other dress."""
    name = platform.lower()
    for each in SCHEMES:
        async with camera.page("siobhan", WALL, TALL, scheme=each) as page:
            post = page.locator(".post.by-bot:not(.whisper)").last
            await camera.keep(page, f"{name}-wall-{each}", await behind(post, platform))
    async with camera.page("siobhan", WALL, TALL, scheme=scheme) as page:
        receipt = page.locator(".post.whisper").last
        await camera.keep(page, f"{name}-receipt", await behind(receipt, platform))
    for kind, (who, command) in ANSWERS.items():
        async with camera.page(who, "general", TALL, scheme=scheme) as page:
            answer = await whisper(page, command)
            await camera.keep(page, f"{name}-{kind}", await behind(answer, platform))


async def _refused_on_discord(camera: Camera, html: str) -> None:
    """Take a picture of what the playground says beside a field instead."""
    async with camera.page("siobhan", "general", TALL, scheme="dark") as page:
        await behind(await whisper(page, "/laurel help"), "Discord")
        shown = page.get_by_role("tabpanel", name="Discord").locator(".shown").first
        await shown.evaluate("(it, html) => { it.innerHTML = html }", html)
        await camera.keep(page, "discord-refusal", shown.locator(".dc"))


async def _alone(browser: Browser, html: str, name: str) -> None:
    """Take a picture of what stands on no page of the playground."""
    page = await browser.new_page(
        viewport={"width": 700, "height": 760}, device_scale_factor=1.5
    )
    await page.set_content(html)
    await page.locator("#view").screenshot(path=PICTURES / f"{name}.png")
    await page.close()


async def behind(post: Locator, platform: str) -> Locator:
    """Open the inspector of a message and return how a platform shows it."""
    page = post.page
    await post.locator("[data-more]").click()
    await page.locator("[data-inspect]").click()
    await page.get_by_role("tab", name=platform).click()
    panel = page.get_by_role("tabpanel", name=platform)
    return panel.locator(".shown > *")


async def of_the_vocabulary(browser: Browser) -> None:
    """Take a picture of each field and of each node."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            stage(Path(folder)) as stand,
            served(make_app(stand.playground), 0) as url,
        ):
            camera = Camera(browser, url)
            await _fields(camera)
            await _nodes(camera)


async def _fields(camera: Camera) -> None:
    async with camera.page("ana", "general", (520, 860), scale=2) as page:
        for command, answers in FORMS.items():
            form = await begin(page, f"/vocabulary {command}")
            for name, answer in answers.items():
                field = form.locator(f"[data-field={name}]")
                await fill(field, answer)
                await page.evaluate("document.activeElement.blur()")
                await camera.keep(page, f"field-{name}", field)
            await form.get_by_role("button", name="Cancel").click()


async def fill(field: Locator, answer: str) -> None:
    """Answer one question, whatever its kind."""
    box = field.get_by_label(answer, exact=True)
    if await field.locator("[role=combobox]").count():
        await field.locator("[role=combobox]").fill(answer)
        first = field.locator("[role=option][data-value]").first
        await expect(first).to_contain_text(answer)
        await first.click()
    elif await field.locator("input[type=file]").count():
        notes = FilePayload(name=answer, mimeType="text/plain", buffer=b"Notes")
        await field.locator("input").set_input_files(notes)
    elif await field.locator("select").count():
        await field.locator("select").select_option(label=answer)
    elif await box.count():
        await box.check()
    else:
        await field.locator("input, textarea").fill(answer)


async def _nodes(camera: Camera) -> None:
    async with camera.page("ana", "general", (720, 1400), scale=2) as page:
        said = (await whisper(page, "/vocabulary nodes")).locator(".said")
        cards = said.locator(".card")
        for name, node in {
            "card": cards.nth(0),
            "lines": cards.nth(1),
            "picture": cards.nth(2),
            "buttons": said.locator(".acts"),
            "select": said.locator(".pick"),
            "file": said.locator(".file"),
        }.items():
            await camera.keep(page, f"node-{name}", node)


async def main() -> None:
    """Take every picture."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=need("browser"), args=list(BROWSER_ARGUMENTS)
        )
        try:
            await of_the_demo(browser)
            await of_the_vocabulary(browser)
            drawings.take(PICTURES)
        finally:
            await browser.close()


if __name__ == "__main__":
    asyncio.run(main())
