"""What is promised for the end of a challenge: written, shown, kept, and told."""

from __future__ import annotations

import pytest

from bot.chat.message import Card
from bot.domain.challenges import MAX_REWARD_CHARS, State
from bot.domain.people import Role
from bot.features import LOCALES
from tests.cogs.challenging import (
    WORDS,
    announced,
    begun,
    changed,
    editing,
    facts,
    known,
    until,
)
from tests.cogs.checking import check, opened
from tests.cogs.standing import end, take_part
from tests.cogs.test_challenge_course import MONDAY
from tests.harness import Community

PROMISE = "Finishers get early access to the workshop."
OURS = "Everybody who goes all the way has a say in what the next challenge is about."
TAGS = sorted(each.name for each in LOCALES.iterdir() if each.is_dir())


@pytest.fixture(autouse=True)
def people(home: Community) -> None:
    """Ada makes challenges, and Dan takes part."""
    home.person("Ada", Role.MODERATOR)
    home.person("Dan")


async def promised(home: Community, reward: str | None = PROMISE) -> None:
    """Have Ada make a challenge with a promise, and open it."""
    sheet = await changed(home, await begun(home), WORDS, reward=reward)
    saved = await home.press("Ada", sheet, "Save")
    await home.press("Ada", saved, "Open it now")


async def test_a_promise_is_on_the_sheet_and_announced(home: Community) -> None:
    """With its preview, and at the end of a test run that would earn it."""
    sheet = await changed(home, await begun(home), WORDS, reward=PROMISE)
    assert PROMISE == facts(sheet)["At the end"]
    assert PROMISE in (await home.press("Ada", sheet, "Preview")).text
    step = await home.press("Ada", sheet, "Test run")
    over = await home.press("Ada", step, "Every day to the end")
    assert f"At the end\n{PROMISE}" in over.text

    saved = await home.press("Ada", sheet, "Save")
    await home.press("Ada", saved, "Open it now")

    assert f"At the end\n{PROMISE}" in announced(home).text
    assert PROMISE == (await known(home)).terms.reward


async def test_a_test_run_that_does_not_finish_promises_nothing(
    home: Community,
) -> None:
    """Whoever misses too many days would get nothing of it."""
    step = await home.press("Ada", await begun(home), "Test run")
    for _ in range(2):
        step = await home.press("Ada", step, "Miss this day")
    over = await home.press("Ada", step, "Every day to the end")
    assert "missed too many days" in over.text
    assert OURS not in over.text


async def test_the_template_suggests_one(home: Community) -> None:
    """And whoever wants none takes it out: then nothing is said of it."""
    assert OURS == facts(await begun(home))["At the end"]
    sheet = await changed(home, await begun(home), WORDS, reward=None)
    assert "Nothing is promised" == facts(sheet)["At the end"]
    await promised(home, None)
    assert "At the end" not in announced(home).text


@pytest.mark.parametrize("tag", TAGS)
async def test_every_language_has_the_suggestion(home: Community, tag: str) -> None:
    """In the language of the community, within what the form takes."""
    await home.settings(locale=tag)
    await home.press("Ada", await begun(home), "Save")
    assert 0 < len((await known(home)).terms.reward) <= MAX_REWARD_CHARS


async def test_a_promise_of_any_length_is_refused_at_its_question(
    home: Community,
) -> None:
    """A line or two are what fits."""
    form = await home.press("Ada", await begun(home), WORDS)
    long = await home.fill_in("Ada", form, reward="x" * (MAX_REWARD_CHARS + 1))
    assert ("common.answer-long", "reward") == (long.reason, long.at)


async def test_whoever_joined_is_told_of_another_promise(home: Community) -> None:
    """Also of one that is taken away before it begins."""
    await promised(home)
    for reward in ("A coffee with the makers.", None):
        sheet = await changed(home, await editing(home), WORDS, reward=reward)
        await home.press("Ada", sheet, "Save")
    first, second = (text for text in home.thread(announced(home)) if "Changed" in text)
    assert "At the end\nA coffee with the makers." in first
    assert "At the end\nNothing is promised" in second


async def test_a_promise_holds_once_it_runs(home: Community) -> None:
    """It can be made then, and neither changed nor taken away."""
    await promised(home, None)
    await until(home, MONDAY)
    assert State.RUNNING is (await known(home)).state
    sheet = await changed(home, await editing(home), WORDS, reward=PROMISE)
    await home.press("Ada", sheet, "Save")
    assert PROMISE in announced(home).text

    for other in ("Nothing after all.", None):
        form = await home.press("Ada", await editing(home), WORDS)
        refused = await home.fill_in("Ada", form, reward=other)
        assert ("challenges.fixed-reward", "reward") == (refused.reason, refused.at)
    assert PROMISE == (await known(home)).terms.reward


async def test_those_who_finish_are_told_at_the_end(home: Community) -> None:
    """With the thanks, beside whom they are for."""
    await home.settings(moderators=home.channel("mods"))
    songs = await opened(home, days=1, reward=PROMISE)
    await take_part(home, songs, "Ana")
    await end(home, songs)
    await home.wait(hours=49)

    (thanks,) = [post for post in home.platform.posts if "That was" in post.text]
    cards = [node for node in thanks.message.nodes if isinstance(node, Card)]
    labels = [fact.label.key for card in cards for fact in card.facts]
    assert "standings.reward" == labels[-1]
    assert f"As promised for going all the way\n{PROMISE}" in thanks.text


async def test_where_nobody_finished_nothing_is_promised_again(
    home: Community,
) -> None:
    """It would only tell them what they missed."""
    songs = await opened(home, days=3, reward=PROMISE)
    await take_part(home, songs, "Ana")
    assert (await check(home, "Ana", songs)).refused
    await end(home, songs)
    await home.wait(hours=49)
    (thanks,) = [text for text in home.posts() if "That was" in text]
    assert PROMISE not in thanks
