"""Each kind of field is answered and each kind of node is used, in a real browser."""

from __future__ import annotations

from playwright.async_api import FilePayload, Locator, expect

from tests.browser.window import Window, begin, find, whisper


async def _answered(form: Locator) -> Locator:
    """Send a form and return what is said back."""
    page = form.page
    whispers = page.locator(".post.whisper")
    before = await whispers.count()
    await form.get_by_role("button", name="Send").click()
    await expect(whispers).to_have_count(before + 1)
    return whispers.last


async def test_people_and_places(sample: str, window: Window) -> None:
    """People are found by name and taken out again; channels and roles are picked."""
    page = await window.open(sample, "ana")
    form = await begin(page, "/vocabulary people")
    await find(form.locator("[data-field=person]"), "Mika")
    people = form.locator("[data-field=people]")
    for name in ("Ada Bright", "Mika", "نور الهدى"):
        await find(people, name)
    await people.get_by_role("button", name="@Mika").click()
    await find(form.locator("[data-field=channel]"), "wall")
    await form.get_by_label("Role").select_option(label="Gardeners")

    said = await _answered(form)

    await expect(said.locator("dd")).to_have_text(
        ["@Mika", "@Ada Bright and @نور الهدى", "#wall of thanks", "@Gardeners"]
    )


async def test_words_numbers_and_files(sample: str, window: Window) -> None:
    """Long words count down; a wrong number is said so beside the field."""
    page = await window.open(sample, "ana")
    form = await begin(page, "/vocabulary words")
    await form.get_by_label("Short words").fill("A quiet word")
    await form.get_by_label("Long words").fill("thanks " * 60)
    await expect(form.locator(".count").last).to_have_text("419 / 500")
    await form.get_by_label("A number").fill("11")
    notes = FilePayload(name="notes.txt", mimeType="text/plain", buffer=b"Notes")
    await form.get_by_label("A file").set_input_files(notes)
    await form.get_by_role("button", name="Send").click()

    number = form.get_by_label("A number")
    await expect(number).to_have_attribute("aria-invalid", "true")
    await expect(number).to_be_focused()
    await expect(form.get_by_label("Short words")).to_have_value("A quiet word")
    await number.fill("7")
    # A browser lets nobody but its user choose a file, so it is asked for again.
    await form.get_by_label("A file").set_input_files(notes)

    said = await _answered(form)
    await expect(said).to_contain_text("notes.txt")
    await expect(said.locator("dd").nth(2)).to_have_text("7")


async def test_choices(sample: str, window: Window) -> None:
    """One of a list, one that is looked up, some boxes, and yes or no."""
    page = await window.open(sample, "ana")
    form = await begin(page, "/vocabulary choices")
    await form.get_by_label("Value").select_option(label="Craft")
    await find(form.locator("[data-field=tea]"), "Sencha")
    await form.get_by_label("Iced").check()
    await form.get_by_label("Sweet").check()
    await form.get_by_label("Yes").check()

    said = await _answered(form)

    await expect(said.locator("dd")).to_have_text(
        ["craft", "sencha", "iced and sweet", "yes"]
    )


async def test_times(sample: str, window: Window) -> None:
    """A date and a time by the browser's own pickers, a length in words."""
    page = await window.open(sample, "ana")
    form = await begin(page, "/vocabulary times")
    await form.get_by_label("Day").fill("2026-03-09")
    await form.get_by_label("Time").fill("16:30")
    await form.get_by_label("Length").fill("a while")
    await form.get_by_role("button", name="Send").click()
    await expect(form.get_by_label("Length")).to_have_attribute("aria-invalid", "true")
    await expect(form.get_by_label("Time")).to_have_value("16:30")
    await form.get_by_label("Length").fill("2 h 30 min")

    said = await _answered(form)

    await expect(said.locator("dd")).to_have_text(
        ["March 9, 2026", "16:30", "150 minutes"]
    )


async def test_nodes(sample: str, window: Window) -> None:
    """Buttons redraw and ask, selects pick, links and files lead where they say."""
    page = await window.open(sample, "ana")
    said = await whisper(page, "/vocabulary nodes")
    await expect(said.locator(".card")).to_have_count(3)
    await expect(said.get_by_role("img")).to_have_accessible_name(
        "A laurel wreath around the number seven"
    )
    await expect(said.locator(".yours")).to_contain_text("@Ana Souza")
    link = said.get_by_role("link", name="Read more")
    await expect(link).to_have_attribute("href", "https://example.org/")
    async with page.expect_download() as download:
        await said.get_by_role("link", name="teas.csv").click()
    kept = await (await download.value).path()
    assert kept.read_text().startswith("assam")

    await said.get_by_role("button", name="Ask me", exact=True).click()
    dialog = page.get_by_role("dialog", name="Say it again")
    await dialog.get_by_label("Words").fill("no")
    await dialog.get_by_role("button", name="Say it").click()
    await expect(dialog.locator(".error")).to_contain_text("cannot be said here")
    await page.keyboard.press("Escape")
    await expect(said.get_by_role("button", name="Ask me", exact=True)).to_be_focused()

    await said.get_by_role("combobox").select_option(label="Redraw this")
    await said.get_by_role("button", name="Choose").click()
    await expect(said).to_contain_text("Redrawn once")
    await said.get_by_role("button", name="Redraw again").click()
    await expect(said).to_contain_text("Redrawn 2 times")


async def test_a_public_answer_reaches_everybody(sample: str, window: Window) -> None:
    """What is said aloud stands in other tabs as well."""
    ana = await window.open(sample, "ana")
    bo = await window.open(sample, "bo")
    await ana.locator("#text").fill("/vocabulary aloud")
    await ana.locator("#text").press("Escape")
    await ana.locator("#text").press("Enter")

    await expect(bo.locator(".post.by-bot").last).to_contain_text("A ranked list")
    await expect(bo.locator(".yours")).to_have_count(0)
