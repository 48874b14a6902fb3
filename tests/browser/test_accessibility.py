"""What axe-core, and nobody's eyes, can find: nothing, wherever one looks."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

import pytest
from playwright.async_api import Page, expect

from tests.browser.window import PHONE, WIDE, Window, begin, thank, whisper
from tests.needs import need
from tests.stories.playground import Town

AXE = "axe.run({resultTypes: ['violations']})"
"""Of what passes it tells one example; most of its time would go into telling all."""

WHY = "for writing down what everybody else only remembered"


@dataclass(frozen=True)
class View:
    """How the playground is looked at."""

    who: str = "ana"
    size: tuple[int, int] = WIDE
    scheme: Literal["light", "dark"] = "light"


VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "light": View(),
        "dark": View(scheme="dark"),
        "phone": View(size=PHONE),
        "right to left": View(who="salma"),
    }
)


async def _a_form(page: Page) -> None:
    form = await begin(page, "/shoutout")
    await form.get_by_role("button", name="Send").click()
    await expect(form.locator(".error").first).to_be_visible()


async def _the_commands(page: Page) -> None:
    await page.locator("#text").fill("/")
    await expect(page.locator("#offers [role=option]").first).to_be_visible()


async def _a_menu(page: Page) -> None:
    await page.locator("[data-more]").last.click()
    await expect(page.get_by_role("menu")).to_be_visible()


async def _a_drawer(page: Page) -> None:
    await _a_menu(page)
    await page.locator("[data-inspect]").click()
    await expect(page.locator("#drawer")).to_be_visible()


async def _a_dialog(page: Page) -> None:
    await _a_menu(page)
    await page.get_by_role("menuitem").first.click()
    await expect(page.locator("#sheet")).to_be_visible()


async def _the_people(page: Page) -> None:
    if page.viewport_size and page.viewport_size["width"] == PHONE[0]:
        await page.locator("[data-rooms]").click()
    await page.locator("[data-open=people]").click()
    await expect(page.locator("#people")).to_be_visible()


async def _answers(page: Page) -> None:
    for command in ("/laurel help", "/laurel me", "/laurel privacy", "/leaderboard"):
        await whisper(page, command)


OPEN: Mapping[str, Callable[[Page], Awaitable[None]]] = MappingProxyType(
    {
        "answers": _answers,
        "a form with errors": _a_form,
        "the commands": _the_commands,
        "a menu": _a_menu,
        "the drawer": _a_drawer,
        "a dialog": _a_dialog,
        "the people": _the_people,
    }
)
"""What stands open on the page when it is looked at."""


async def flaws(page: Page) -> list[str]:
    """Return what axe-core finds: the rule, and where."""
    axe = need("npm") / "axe-core" / "axe.min.js"
    await page.evaluate(axe.read_text(encoding="utf-8"))
    found: dict[str, Any] = await page.evaluate(AXE)
    return [
        f"{each['id']}: {node['html'][:160]}"
        for each in found["violations"]
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing(town: Town, window: Window, view: str) -> None:
    """In every light, size and direction, and with everything open in turn."""
    need("npm")
    seen = VIEWS[view]
    page = await window.open(
        town.url, seen.who, "wall", seen.size, seen.scheme, bypass_csp=True
    )
    if await page.locator(".card.tone-joy").count() == 0:
        await thank(page, "Bo", WHY)
    found = {"the wall": await flaws(page)}
    for name, open_it in OPEN.items():
        await page.reload()
        await expect(page.locator("#log")).to_be_visible()
        await open_it(page)
        found[name] = await flaws(page)
    assert {} == {name: flaws for name, flaws in found.items() if flaws}


async def test_every_field_and_node_is_accessible(sample: str, window: Window) -> None:
    """The vocabulary's own page of everything passes as well."""
    need("npm")
    page = await window.open(sample, "ana", bypass_csp=True)
    await whisper(page, "/vocabulary nodes")
    found = await flaws(page)
    for command in ("people", "words", "choices", "times"):
        form = await begin(page, f"/vocabulary {command}")
        found += await flaws(page)
        await form.get_by_role("button", name="Cancel").click()
    assert [] == found


async def test_axe_would_find_something(town: Town, window: Window) -> None:
    """A button without a name is found, so silence means something."""
    need("npm")
    page = await window.open(town.url, "ana", bypass_csp=True)
    await page.evaluate("document.querySelector('.send').removeAttribute('aria-label')")
    assert [] != [each for each in await flaws(page) if "button-name" in each]
