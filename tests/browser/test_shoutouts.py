"""Shoutouts in a real browser: by keyboard, on a phone, in two tabs, restarted."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.window import PHONE, Window, begin, find, go, thank, whisper
from tests.stories.playground import Town

KILN = "for staying late on Thursday to mend the kiln with me"


async def test_a_first_shoutout_by_keyboard_alone(town: Town, window: Window) -> None:
    """Typed, walked, picked, sent and undone without a pointer."""
    page = await window.open(town.url, "ana", "wall")
    keys = page.keyboard

    await page.locator("#text").focus()
    await keys.type("/sho")
    await expect(page.locator("#offers [aria-selected=true]")).to_contain_text(
        "/shoutout"
    )
    await keys.press("Enter")
    await expect(page.locator("[data-field=to] [role=combobox]")).to_be_focused()
    await keys.type("bo l")
    option = page.locator("[data-field=to] [role=option][data-value]")
    await expect(option).to_have_text(["@Bo Lindqvist"])
    await keys.press("Enter")
    await expect(page.locator(".chosen")).to_contain_text("@Bo Lindqvist")
    await _tab_to(page, "textarea[name=why]")
    await keys.type(KILN)
    await keys.press("Control+Enter")

    receipt = page.locator(".post.whisper")
    await expect(receipt).to_contain_text("Your thanks to @Bo Lindqvist")
    mine = page.locator(
        ".card.tone-joy", has_text=f"@Ana Souza thanks @Bo Lindqvist: “{KILN}”"
    )
    await expect(mine).to_have_count(1)
    await expect(page.locator("#text")).to_be_focused()

    await _tab_to(page, ".whisper [data-press]", back=True)
    await keys.press("Enter")
    await expect(receipt).to_contain_text("Taken back.")
    await expect(mine).to_have_count(0)


async def _tab_to(page: Page, selector: str, *, back: bool = False) -> None:
    """Press Tab until the focus is there."""
    wanted = page.locator(selector).first
    for _ in range(25):
        if await wanted.evaluate("element => element === document.activeElement"):
            return
        await page.keyboard.press("Shift+Tab" if back else "Tab")
    raise AssertionError(f"no key leads to {selector}")


async def test_on_a_phone_all_of_it_fits(town: Town, window: Window) -> None:
    """Nothing is wider than the screen, and the rooms are behind a button."""
    page = await window.open(town.url, "chidi", "general", PHONE)
    wide = "document.documentElement.scrollWidth"

    await expect(page.locator("#rooms")).not_to_be_in_viewport()
    await page.get_by_role("button", name="Show rooms").click()
    await page.get_by_role("link", name="wall of thanks").click()
    await page.wait_for_url("**/in/wall")
    await thank(page, "Dana", KILN)
    await expect(page.locator(".card.tone-joy").last).to_be_in_viewport()
    assert PHONE[0] == await page.evaluate(wide)

    await page.get_by_role("button", name="Show rooms").click()
    await page.locator("[data-open=people]").click()
    await expect(page.get_by_role("dialog")).to_contain_text("Act as somebody else")
    assert PHONE[0] == await page.evaluate(wide)
    await page.get_by_role("searchbox").fill("salma")


async def test_two_tabs_agree_and_private_answers_stay_private(
    town: Town, window: Window
) -> None:
    """What one does, the other sees at once, but for what only one may see."""
    eva = await window.open(town.url, "eva", "wall")
    farid = await window.open(town.url, "farid", "wall")
    why = "for reading the whole manual, twice, so that we did not have to"

    form = await begin(farid, "/shoutout")
    await find(form.locator("[data-field=to]"), "Gil")
    await form.get_by_label("What for").fill(why)
    await form.get_by_role("button", name="Send").click()

    await expect(farid.locator(".whisper").last).to_contain_text("Your thanks to")
    await expect(eva.locator(".card.tone-joy").last).to_contain_text(why)
    await expect(eva.locator(".whisper")).to_have_count(0)

    await farid.get_by_role("button", name="Undo until").last.click()
    await expect(farid.locator(".whisper").last).to_contain_text("Taken back.")
    await expect(eva.get_by_text(why)).to_have_count(0)
    await eva.reload()
    await expect(eva.locator("#log")).to_be_visible()
    await expect(eva.locator(".whisper")).to_have_count(0)


async def test_a_form_sent_twice_thanks_once(town: Town, window: Window) -> None:
    """Whoever presses Send in a hurry gives one shoutout."""
    page = await window.open(town.url, "mika", "wall")
    form = await begin(page, "/shoutout")
    await find(form.locator("[data-field=to]"), "Ada")
    await form.get_by_label("What for").fill("for opening the door in the rain")

    await form.evaluate("form => { form.requestSubmit(); form.requestSubmit(); }")

    await expect(page.locator(".whisper")).to_have_count(1)
    mine = page.locator(".card.tone-joy", has_text="in the rain")
    await expect(mine).to_have_count(1)


async def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(
    town: Town, window: Window
) -> None:
    """The wrong field has the focus and says why; the rest stands as it was."""
    page = await window.open(town.url, "gil")
    form = await begin(page, "/shoutout")
    await find(form.locator("[data-field=to]"), "Gil")
    await form.get_by_label("What for").fill(KILN)
    await form.get_by_label("Yes").check()
    await form.get_by_role("button", name="Send").click()

    who = page.get_by_role("combobox", name="Who")
    await expect(who).to_have_attribute("aria-invalid", "true")
    await expect(who).to_be_focused()
    await expect(who).to_have_accessible_description(
        "Up to three people You can\u2019t thank yourself here. If something you did "
        "should be seen, tell a moderator."
    )
    await expect(form.get_by_label("What for")).to_have_value(KILN)
    await expect(form.get_by_label("Yes")).to_be_checked()
    await expect(form.locator(".chosen")).to_contain_text("@Gil Prado")
    offers = form.get_by_role("listbox")
    await expect(offers).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(offers).to_be_hidden()
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(page.locator("#text")).to_be_focused()


async def test_the_menu_of_a_message(town: Town, window: Window) -> None:
    """It walks by arrows, closes by Escape, and shouts a message out."""
    page = await window.open(town.url, "dana")
    await page.locator("#text").fill("The bandsaw runs true again")
    await page.keyboard.press("Enter")
    ada = await window.open(town.url, "ada")
    post = ada.locator(".post", has_text="The bandsaw runs true again")
    more = post.get_by_role("button", name="More about the message from Dana Levi")

    await more.press("Enter")
    await expect(ada.get_by_role("menuitem").first).to_be_focused()
    await ada.keyboard.press("End")
    await expect(ada.get_by_role("menuitem").last).to_be_focused()
    await ada.keyboard.press("Escape")
    await expect(ada.get_by_role("menu")).to_be_hidden()
    await expect(more).to_be_focused()

    await more.press("Enter")
    await ada.keyboard.press("Enter")
    dialog = ada.get_by_role("dialog", name="Give a shoutout")
    await expect(dialog.get_by_label("What for")).to_have_value(
        f"“The bandsaw runs true again”\n{town.url}to/"
        + str(await post.get_attribute("data-post"))
    )
    await dialog.get_by_label("What for").press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(more).to_be_focused()


async def test_behind_a_message(town: Town, window: Window) -> None:
    """The drawer shows the neutral message and how full its limits are."""
    page = await window.open(town.url, "bo")
    post = await whisper(page, "/laurel help")
    more = post.locator("[data-more]")

    await more.click()
    await page.get_by_role("menuitem", name="Look behind it").click()

    drawer = page.get_by_role("complementary", name="Inspector")
    await expect(drawer).to_be_visible()
    await expect(drawer).to_contain_text("of 4,000")
    await expect(drawer.get_by_role("tab", name="Laurel")).to_be_focused()
    await expect(drawer.get_by_role("tabpanel")).to_contain_text("help.title")
    await page.keyboard.press("Escape")
    await expect(drawer).to_be_hidden()
    await expect(more).to_be_focused()


async def test_the_clock_moves_by_chips_in_every_tab(
    town: Town, window: Window
) -> None:
    """An hour, a day, a week, or to what is due next."""
    page = await window.open(town.url, "ana")
    other = await window.open(town.url, "salma")
    shown, beside = page.locator(".now"), other.locator(".now")

    for chip in ("+1 hour", "+1 day", "+1 week"):
        before, there = await shown.inner_text(), await beside.inner_text()
        await page.get_by_role("button", name=chip).click()
        await expect(shown).not_to_have_text(before)
        await expect(beside).not_to_have_text(there)
        await expect(page.get_by_role("button", name=chip)).to_be_focused()
    await page.locator("[data-clock=next]").click()
    await expect(shown).to_contain_text("12:00")


async def test_reload_and_restart_keep_everything(town: Town, window: Window) -> None:
    """What stood on the page stands there again, buttons and all."""
    page = await window.open(town.url, "bo", "wall")
    why = "for lending me the good chisels for a month"
    await thank(page, "Farid", why)
    await expect(page.locator(".card.tone-joy", has_text=why)).to_have_count(1)
    stood = await page.locator("#log").inner_text()

    await page.reload()
    assert stood == await page.locator("#log").inner_text()

    await page.close()
    await town.restarts()
    page = await window.open(town.url, "bo", "wall")
    assert stood == await page.locator("#log").inner_text()
    await page.get_by_role("button", name="Undo until").last.click()
    await expect(page.locator(".whisper").last).to_contain_text("Taken back.")


async def test_right_to_left(town: Town, window: Window) -> None:
    """The page runs the reader's way, and what others wrote runs its own."""
    page = await window.open(town.url, "salma", "wall")
    await expect(page.locator("html")).to_have_attribute("dir", "rtl")

    await thank(page, "Bo", "شكراً على إصلاح الفانوس قبل أن يبرد الفرن")

    rooms = await page.locator("#rooms").bounding_box()
    feed = await page.locator("#feed").bounding_box()
    assert rooms
    assert feed
    assert rooms["x"] > feed["x"]
    quote = page.locator(".card.tone-joy .quote").last
    assert "rtl" == await quote.evaluate("e => getComputedStyle(e).direction")
    more = page.locator(".post").last.locator("[data-more]")
    await more.click()
    menu = await page.get_by_role("menu").bounding_box()
    assert menu
    assert 0 <= menu["x"] <= 1280 - menu["width"]
    await go(page, f"{town.url}as/salma/in/general")
    await page.locator("#text").fill("/")
    offers = await page.locator("#offers").bounding_box()
    box = await page.locator("#say").bounding_box()
    assert offers
    assert box
    assert 2 > abs(offers["x"] + offers["width"] - box["x"] - box["width"])
