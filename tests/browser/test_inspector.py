"""Beside each message stands what Discord is sent, and how Discord shows it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.browser.test_accessibility import VIEWS, flaws
from tests.browser.window import Window, look_behind, thank, whisper
from tests.needs import need
from tests.stories.playground import Town

WHY = "for *every* jar you labelled, <b>in ink</b>"

COMMANDS = ("/laurel help", "/laurel me", "/laurel privacy", "/leaderboard")

# Instants are written by each platform, and what is for screen readers alone as well.
SAID = """said => {
  const texts = [];
  const walker = document.createTreeWalker(said, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const at = walker.currentNode;
    if (at.parentElement.closest("time, .unseen, .you, [data-pick], .picture, small"))
      continue;
    if (at.textContent.trim()) texts.push(at.textContent);
  }
  return texts;
}"""

SPILLING = """shown => [
  document.documentElement, document.getElementById("drawer"), shown,
  ...shown.querySelectorAll("*")]
  .filter(it => it.scrollWidth > it.clientWidth + 1 && it.clientWidth > 0)
  .filter(it => !["inline", "contents"].includes(getComputedStyle(it).display))
  .map(it => it.outerHTML.slice(0, 120))"""
"""What is wider than the place it stands in."""

ISOLATES = re.compile("[\u2066-\u2069]")

WRITTEN = {2: "label", 3: "placeholder"}
"""What is written on a button and on a select."""


def even(text: str) -> str:
    """Return ``text`` as it reads: without marks of direction, spaces made one."""
    return " ".join(ISOLATES.sub("", text).split())


async def on_discord(post: Locator) -> tuple[Locator, Any]:
    """Return how Discord shows a message, and what Discord is sent."""
    drawer = await look_behind(post)
    await drawer.get_by_role("tab", name="Discord").click()
    panel = drawer.get_by_role("tabpanel", name="Discord")
    payload = json.loads(await panel.locator("pre").last.inner_text())
    return panel.locator(".dc"), payload


async def missing(post: Locator, shown: Locator) -> list[str]:
    """Return what a message says in the playground and does not say on Discord."""
    said: list[str] = await post.locator(".said").evaluate(SAID)
    there = even(await shown.evaluate("it => it.textContent"))
    return [each for each in map(even, said) if each not in there]


def parts_of(payload: Any) -> list[dict[str, Any]]:
    """Return every component, from top to bottom."""
    found = []
    for each in payload.get("components", ()):
        found += [each, *parts_of(each)]
    return found


async def test_the_wall_on_discord(town: Town, window: Window) -> None:
    """All that a shoutout says is there, its words as they were typed."""
    page = await window.open(town.url, "ana")
    await thank(page, "Bo", WHY)
    page = await window.open(town.url, "chidi", "wall")
    post = page.locator(".post", has=page.locator(".card.tone-joy")).last

    shown, payload = await on_discord(post)

    assert 1 << 15 == payload["flags"]
    assert {"parse": [], "users": ["bo"]} == payload["allowed_mentions"]
    assert [] == await missing(post, shown)
    assert WHY in even(await shown.inner_text())
    await expect(shown.locator("b, em")).to_have_count(0)
    await expect(shown.locator(".dc-mention").first).to_contain_text("@Bo Lindqvist")
    await expect(shown.locator(".dc-accent")).to_be_visible()
    await expect(shown.get_by_role("button", name="Thank")).to_be_visible()
    await expect(shown.locator(".dc-only")).to_have_count(0)


async def test_whoever_is_told_sees_that_they_are(town: Town, window: Window) -> None:
    """A message that tells the reader of itself is lit up, as on Discord."""
    ana = await window.open(town.url, "ana")
    await thank(ana, "Gil", "for holding the ladder steady all afternoon")
    for who, told in (("gil", 1), ("dana", 0)):
        page = await window.open(town.url, who, "wall")
        shown, _ = await on_discord(page.locator(".post.by-bot").last)
        await expect(shown).to_be_visible()
        await expect(page.locator(".dc.dc-telling")).to_have_count(told)


@pytest.mark.parametrize("command", COMMANDS)
async def test_private_answers_on_discord(
    town: Town, window: Window, command: str
) -> None:
    """Everything that the card says is there, and that nobody else sees it."""
    page = await window.open(town.url, "farid")
    post = await whisper(page, command)

    shown, payload = await on_discord(post)

    assert [] == await missing(post, shown)
    assert 1 << 15 | 1 << 6 == payload["flags"]
    await expect(shown.locator(".dc-only")).to_have_text("Only you can see this")
    drawn = even(await shown.evaluate("it => it.textContent"))
    for part in parts_of(payload):
        if part["type"] in WRITTEN:
            assert even(part[WRITTEN[part["type"]]]) in drawn


async def test_every_node_on_discord(sample: str, window: Window) -> None:
    """Buttons, links, selects, files and the words of pictures."""
    page = await window.open(sample, "ana")
    post = await whisper(page, "/vocabulary nodes")

    shown, payload = await on_discord(post)

    assert [] == await missing(post, shown)
    link = shown.get_by_role("link", name="Read more")
    await expect(link).to_have_attribute("href", "https://example.org/")
    await expect(shown.locator(".dc-file")).to_contain_text("teas.csv")
    await expect(shown).to_contain_text("A laurel wreath around the number seven")
    assert {1, 2, 3, 10, 13, 17} <= {each["type"] for each in parts_of(payload)}


async def test_the_preview_is_reached_by_keys(sample: str, window: Window) -> None:
    """From tab to tab by arrows, into the preview by Tab, and out by Escape."""
    page = await window.open(sample, "ana")
    post = await whisper(page, "/vocabulary nodes")
    await look_behind(post)
    tabs = page.get_by_role("tab")
    await expect(tabs.first).to_be_focused()

    await page.keyboard.press("ArrowLeft")
    await page.keyboard.press("ArrowLeft")

    await expect(page.get_by_role("tab", name="Discord")).to_be_focused()
    await page.keyboard.press("Tab")
    panel = page.get_by_role("tabpanel", name="Discord")
    await expect(panel).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(panel.get_by_role("button").first).to_be_focused()
    select = panel.locator(".dc-select")
    await select.locator("summary").focus()
    await page.keyboard.press("Enter")
    await expect(select.locator("li").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.locator("#drawer")).to_be_hidden()
    await expect(post.locator("[data-more]")).to_be_focused()


async def test_the_preview_does_nothing(sample: str, window: Window) -> None:
    """It is to be looked at: its buttons ask nothing and send nothing."""
    page = await window.open(sample, "ana")
    post = await whisper(page, "/vocabulary nodes")
    shown, _ = await on_discord(post)
    sent: list[str] = []
    page.on("request", lambda asked: sent.append(f"{asked.method} {asked.url}"))

    for button in await shown.locator(".dc-button[type=button]").all():
        await button.dispatch_event("click")
    await whisper(page, "/vocabulary nodes")

    posted = [each.rpartition("/")[2] for each in sent if each.startswith("POST")]
    assert ["say"] == [each for each in posted if each != "read"]


@pytest.mark.parametrize("view", VIEWS)
async def test_axe_finds_nothing_on_discord(
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
        shown, _ = await on_discord(await whisper(page, command))
        await expect(shown).to_be_visible()
        found[command] = await flaws(page)
        await page.locator("[data-close-drawer]").click()
    assert {} == {name: flaws for name, flaws in found.items() if flaws}


@pytest.mark.parametrize("view", VIEWS)
async def test_every_node_is_accessible_on_discord(
    sample: str, window: Window, view: str
) -> None:
    """The vocabulary's page of everything passes as well, with its list open."""
    need("npm")
    seen = VIEWS[view]
    who = "nour" if seen.who == "salma" else "ana"
    page = await window.open(
        sample, who, "general", seen.size, seen.scheme, bypass_csp=True
    )
    shown, _ = await on_discord(await whisper(page, "/vocabulary nodes"))
    await shown.locator("summary").click()
    assert [] == await flaws(page)
    assert [] == await shown.evaluate(SPILLING)
