"""Beside each message also stands what Slack is sent, and how Slack shows it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.test_accessibility import VIEWS, flaws
from tests.browser.test_inspector import COMMANDS, SAID, SPILLING, WHY, even
from tests.browser.window import Window, look_behind, thank, whisper
from tests.needs import need
from tests.stories.playground import Town


async def on_slack(post: Locator) -> tuple[Locator, Any]:
    """Return how Slack shows a message, and what Slack is sent."""
    drawer = await look_behind(post)
    await drawer.get_by_role("tab", name="Slack").click()
    panel = drawer.get_by_role("tabpanel", name="Slack")
    payload = json.loads(await panel.locator("pre").last.inner_text())
    return panel.locator(".sl"), payload


async def missing(post: Locator, shown: Locator) -> list[str]:
    """Return what a message says in the playground and does not say on Slack.

    Whoever is not told stands there by name alone.
    """
    said: list[str] = await post.locator(".said").evaluate(SAID)
    there = even(await shown.evaluate("it => it.textContent"))
    wanted = [even(each).removeprefix("@") for each in said]
    return [each for each in wanted if each not in there]


async def test_the_wall_on_slack(town: Town, window: Window) -> None:
    """All that a shoutout says is there, as it was typed; one is told of it."""
    page = await window.open(town.url, "ana")
    await thank(page, "Bo", WHY)
    page = await window.open(town.url, "bo", "wall")
    post = page.locator(".post", has=page.locator(".card.tone-joy")).last

    shown, payload = await on_slack(post)

    assert [] == await missing(post, shown)
    assert WHY in even(await shown.inner_text())
    assert "response_type" not in payload
    assert "laurel_post" == payload["metadata"]["event_type"]
    await expect(shown.locator("b, em")).to_have_count(0)
    await expect(shown.locator(".sl-mention").first).to_have_text("@Bo Lindqvist")
    mentioned = await shown.locator(".sl-mention").count()
    await expect(shown.locator(".sl-me")).to_have_count(mentioned)
    await expect(shown.get_by_role("button", name="Thank")).to_be_visible()
    await expect(shown.locator(".sl-only")).to_have_count(0)


@pytest.mark.parametrize("command", COMMANDS)
async def test_private_answers_on_slack(
    town: Town, window: Window, command: str
) -> None:
    """Everything that the card says is there, and that nobody else sees it."""
    page = await window.open(town.url, "farid")
    post = await whisper(page, command)

    shown, payload = await on_slack(post)

    assert [] == await missing(post, shown)
    assert "ephemeral" == payload["response_type"]
    await expect(shown.locator(".sl-only")).to_have_text("Only visible to you")
    await expect(shown.locator(".sl-unknown")).to_have_count(0)


async def test_every_node_on_slack(sample: str, window: Window) -> None:
    """Buttons, links, selects, files and the words of pictures; none does anything."""
    page = await window.open(sample, "ana")
    post = await whisper(page, "/vocabulary nodes")

    shown, payload = await on_slack(post)

    assert [] == await missing(post, shown)
    link = shown.get_by_role("link", name="Read more")
    await expect(link).to_have_attribute("href", "https://example.org/")
    await expect(shown).to_contain_text("teas.csv")
    await expect(shown).to_contain_text("A laurel wreath around the number seven")
    assert {"header", "rich_text", "context", "actions", "divider"} == {
        block["type"] for block in payload["blocks"]
    }
    select = shown.locator(".sl-select")
    await select.locator("summary").click()
    await expect(select.locator("li").first).to_be_visible()


@pytest.mark.parametrize("size", [(1360, 860), (375, 812)])
async def test_nothing_spills_on_slack(
    sample: str, window: Window, size: tuple[int, int]
) -> None:
    """Wide and on a phone."""
    page = await window.open(sample, "ana", "general", size)
    post = await whisper(page, "/vocabulary nodes")
    shown, _ = await on_slack(post)

    assert [] == await shown.evaluate(SPILLING)


@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing_on_slack(
    town: Town, window: Window, view: str
) -> None:
    """In every light, size and direction."""
    need("npm")
    seen = VIEWS[view]
    page = await window.open(
        town.url, seen.who, "general", seen.size, seen.scheme, bypass_csp=True
    )
    found = {}
    for command in ("/leaderboard", "/laurel me"):
        shown, _ = await on_slack(await whisper(page, command))
        await expect(shown).to_be_visible()
        found[command] = await flaws(page)
        await page.locator("[data-close-drawer]").click()
    assert {} == {name: flaws for name, flaws in found.items() if flaws}
