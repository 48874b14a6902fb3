"""A challenge, as a community lives through it.

Mika moderates and sets it up, and the others show what they make for a week. It is a
Friday in March, two minutes past four.
"""

from __future__ import annotations

from tests.stories.town import Answer, Person, Town

TITLE = "Seven-day creator challenge"
BOAT = "A small boat, cut from one cork."
KETTLE = "I drew the kettle again, with my left hand."
FAIR = "I was here every day; the sixth was posted one minute late."
ANSWER = "The days are counted on your own clock, and day six was still open."
DAYS, AMIDST, MISSED = 7, 4, 5


async def test_seven_days_from_an_idea_to_the_thanks(town: Town) -> None:
    """Set up from a template, joined, lived through a restart, and thanked for."""
    await _mika_opens_it(town)
    await _three_join(town)
    await town.waits(days=3)  # to Monday, an hour after the first prompt
    await _the_first_day(town)
    for day in range(2, DAYS + 1):
        await town.waits(days=1)
        if day == AMIDST:
            await town.restarts()
        await _another_day(town, day)
    await town.waits(minutes=2)
    standing = await town.person("Bo").presses("My place", on=await _board(town))
    assert "@Ana Souza" in standing.text
    assert "@Bo Lindqvist" in standing.text
    assert [] == await town.flaws()

    await _it_ends(town)
    await _bo_disputes(town)
    await town.waits(days=2)
    thanks = (await town.wall())[-1]
    assert "@Ana Souza" in thanks
    assert "@Bo Lindqvist" in thanks
    assert "@Dana Levi" not in thanks
    assert "is over" in (await town.thread(await _announcement(town)))[-1].text
    assert [] == await town.flaws()


async def _three_join(town: Town) -> None:
    ana, bo, dana = town.person("Ana"), town.person("Bo"), town.person("Dana")
    post = await _announcement(town)
    assert "You are in" in (await ana.presses("Join", on=post)).text
    assert "You are in" in (await bo.types("/challenge join")).text
    assert "You are in" in (await dana.presses("Join", on=post)).text
    assert "begins" in _said(await ana.types("/checkin"))


async def _the_first_day(town: Town) -> None:
    ana, prompt = town.person("Ana"), await _prompt(town)
    assert "Day 1 of 7" in prompt.text
    await _checks_in(ana, prompt, BOAT)
    assert "once is enough" in _said(await ana.presses("Check in", on=prompt))
    await town.waits(minutes=2)
    assert "@Ana Souza" in (await _board(town)).text


async def _another_day(town: Town, day: int) -> None:
    """Everybody checks in but Bo on one day, whose grace the challenge gives."""
    prompt = await _prompt(town)
    assert f"Day {day} of 7" in prompt.text
    await _checks_in(town.person("Ana"), prompt, BOAT)
    if day != MISSED:
        await _checks_in(town.person("Bo"), prompt, KETTLE)


async def _mika_opens_it(town: Town) -> None:
    mika = town.person("Mika")
    sheet = await mika.types("/challenge create", template=TITLE)
    assert "March 9, 2026 to March 15, 2026" in sheet.text
    preview = await mika.presses("Preview", on=sheet)
    assert "Day 1 of 7" in preview.text
    sheet = await mika.presses("Back to the sheet", on=preview)
    saved = await mika.presses("Save", on=sheet)
    assert "only moderators know of it" in saved.text
    assert TITLE not in " ".join(await town.wall())
    opened = await mika.presses("Open it now", on=saved)
    assert f"{TITLE} is open" in opened.text
    await town.settles()


async def _announcement(town: Town) -> Answer:
    """Return what stands on the wall from the first day to the last."""
    await town.settles()
    posts = await town.posts()
    return next(each for each in posts if TITLE in each.text)


async def _prompt(town: Town) -> Answer:
    """Return the newest prompt in the thread."""
    thread = await town.thread(await _announcement(town))
    return [each for each in thread if "To check in" in each.text][-1]


async def _board(town: Town) -> Answer:
    """Return the one board in the thread."""
    thread = await town.thread(await _announcement(town))
    (board,) = [each for each in thread if "take part" in each.text]
    return board


async def _checks_in(who: Person, prompt: Answer, words: str) -> None:
    form = await who.presses("Check in", on=prompt)
    done = await who.fills_in(form, words=words)
    assert "counts" in done.text, done.text


async def _it_ends(town: Town) -> None:
    await town.waits(days=1)
    board = await _board(town)
    assert "Check in" not in board.buttons
    assert "@Ana Souza" in board.text


async def _bo_disputes(town: Town) -> None:
    bo, mika = town.person("Bo"), town.person("Mika")
    shown = await bo.types("/challenge dispute", which=TITLE, words=FAIR)
    assert not shown.errors, shown
    await town.settles()
    (card,) = [p for p in await town.posts("moderators") if FAIR in p.text]
    form = await mika.presses("It stands", on=card)
    await mika.fills_in(form, reason=ANSWER)
    await town.settles()
    assert ANSWER in (await bo.hears())[-1]


def _said(answer: Answer) -> str:
    return " ".join((answer.text, *answer.errors.values()))
