"""What moderators do with a draft, and what they cannot."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.chat.message import Buttons, LinkButton
from bot.chat.responses import Say
from bot.domain.people import Role
from cogs.recaps.cog import RecapCog
from tests.cogs.weeks import (
    CHAIRS,
    DOCS,
    FRIDAY,
    SOUP,
    give,
    lines,
    recaps,
    said,
    set_up,
    sheet,
    until,
)
from tests.harness import Community, Reply


def _days(shown: Reply) -> list[str]:
    """Return the first two days on which a recap stands on the calendar."""
    return re.findall(r"in thanks\n\w+, (\w+ \d+)", shown.text)[:2]


@pytest.fixture
async def drafted(home: Community) -> Community:
    """Return a community on a Thursday, with three thanks in a draft."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    home.clock.move(minutes=1)
    await give(home, "Cleo", "Dai", why=CHAIRS)
    home.clock.move(minutes=1)
    await give(home, "Elif", "Femi", why=SOUP)
    await until(home, FRIDAY - timedelta(days=1))
    return home


async def test_the_order_is_changed_in_place(drafted: Community) -> None:
    """The same message shows it, and the post has it."""
    before = sheet(drafted).id
    done = await drafted.press("Mo", sheet(drafted), "Move 3 up")

    expected = [f"@Ana: “{DOCS}”", f"@Elif: “{SOUP}”", f"@Cleo: “{CHAIRS}”"]
    assert "Done. The draft shows it." in done.text
    assert (before, expected) == (sheet(drafted).id, said(sheet(drafted)))
    await until(drafted, FRIDAY)
    assert expected == said(recaps(drafted)[0])


async def test_a_highlight_is_left_out(drafted: Community) -> None:
    """It stays out when the recap is posted; who it was for may be named all the same.

    Somebody's first thanks are theirs, whichever words are shown.
    """
    await drafted.press("Mo", sheet(drafted), "Leave out 2")
    assert [f"@Ana: “{DOCS}”", f"@Elif: “{SOUP}”"] == said(sheet(drafted))

    await until(drafted, FRIDAY)
    assert [f"@Ana: “{DOCS}”", f"@Elif: “{SOUP}”"] == said(recaps(drafted)[0])
    assert "@Ben, @Dai, and @Femi" in lines(recaps(drafted)[0])


async def test_somebody_is_named_nowhere(drafted: Community) -> None:
    """Neither as giver nor as receiver, nor among those thanked first."""
    form = await drafted.press("Mo", sheet(drafted), "Leave somebody out")
    await drafted.fill_in("Mo", form, who=(drafted.person("Dai"),))
    assert "Dai" not in sheet(drafted).text

    await give(drafted, "Dai", "Gus", why="You drove through the night for all of us.")
    await until(drafted, FRIDAY)
    assert "Dai" not in recaps(drafted)[0].text
    assert [f"@Ana: “{DOCS}”", f"@Elif: “{SOUP}”"] == said(recaps(drafted)[0])


async def test_one_begins_anew(drafted: Community) -> None:
    """What was moved and left out is chosen again; words stay."""
    await drafted.press("Mo", sheet(drafted), "Leave out 1")
    form = await drafted.press("Mo", sheet(drafted), "Change the opening words")
    await drafted.fill_in("Mo", form, text="A week to remember.")
    await drafted.press("Mo", sheet(drafted), "Choose anew")

    assert [f"@Ana: “{DOCS}”", f"@Cleo: “{CHAIRS}”", f"@Elif: “{SOUP}”"] == said(
        sheet(drafted)
    )
    assert "A week to remember." in lines(sheet(drafted))


async def test_moderators_add_words_of_their_own(drafted: Community) -> None:
    """How it begins, and a word of thanks at its end; emptied, they are gone."""
    form = await drafted.press("Mo", sheet(drafted), "Change the opening words")
    await drafted.fill_in("Mo", form, text="A week to **remember**.")
    form = await drafted.press("Mia", sheet(drafted), "Add or change a word")
    await drafted.fill_in("Mia", form, text="Thank you for the pond, all of you.")
    form = await drafted.press("Mo", sheet(drafted), "Change the opening words")
    assert {"text": "A week to **remember**."} == form.form.draft

    await until(drafted, FRIDAY)
    (post,) = recaps(drafted)
    assert "A week to **remember**." == lines(post)[1]
    assert "Thank you for the pond, all of you." == lines(post)[-2]

    await until(drafted, FRIDAY + timedelta(days=7))
    assert "pond" not in recaps(drafted)[1].text


@pytest.mark.parametrize("press", ["Post now", "Skip this one"])
async def test_what_is_done_early_does_not_stand_on_the_calendar(
    drafted: Community, press: str
) -> None:
    """Not for its usual time, where nothing comes; the one after it does."""
    before = await drafted.type("Ana", "calendar")
    await drafted.press("Mo", sheet(drafted), press)
    after = await drafted.type("Ana", "calendar")

    assert ["Mar 13", "Mar 20"] == _days(before)
    assert ["Mar 20", "Mar 27"] == _days(after)
    await until(drafted, FRIDAY + timedelta(days=7))
    assert {"Post now": 2, "Skip this one": 1}[press] == len(recaps(drafted))


async def test_what_was_posted_early_is_not_posted_at_another_time(
    drafted: Community,
) -> None:
    """It counts as that week's, also where its day is moved afterwards."""
    await drafted.press("Mo", sheet(drafted), "Post now")
    await set_up(drafted, weekday="5")
    shown = await drafted.type("Ana", "calendar")
    await until(drafted, FRIDAY + timedelta(days=6))

    assert ["Mar 21", "Mar 28"] == _days(shown)
    assert 1 == len(recaps(drafted))
    await until(drafted, FRIDAY + timedelta(days=8))
    assert 2 == len(recaps(drafted))


async def test_one_that_comes_besides_leaves_the_planned_one(home: Community) -> None:
    """What is posted before there is a draft is not the week's."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    await home.type("Mo", "recap now")

    assert ["Mar 13", "Mar 20"] == _days(await home.type("Ana", "calendar"))


async def test_of_two_at_once_the_second_looks_again(drafted: Community) -> None:
    """Neither undoes what the other did without having seen it."""
    seen = sheet(drafted).message
    await drafted.press("Mo", sheet(drafted), "Move 3 up")
    now = sheet(drafted).message
    sheet(drafted).message = seen
    moved = await drafted.press("Mia", sheet(drafted), "Move 3 up")
    posted = await drafted.press("Mia", sheet(drafted), "Post now")
    skipped = await drafted.press("Mia", sheet(drafted), "Skip this one")
    sheet(drafted).message = now

    assert ["recaps.refused-changed"] * 3 == [
        each.reason for each in (moved, posted, skipped)
    ]
    assert [] == recaps(drafted)
    await drafted.press("Mia", sheet(drafted), "Post now")
    assert 1 == len(recaps(drafted))


async def test_words_that_somebody_else_wrote_are_not_lost(drafted: Community) -> None:
    """Two forms are open; the second one that is sent is refused."""
    mos = await drafted.press("Mo", sheet(drafted), "Change the opening words")
    mias = await drafted.press("Mia", sheet(drafted), "Change the opening words")
    await drafted.fill_in("Mo", mos, text="A week to remember.")
    refused = await drafted.fill_in("Mia", mias, text="A week to forget.")

    assert ("recaps.refused-words", "text") == (refused.reason, refused.at)
    assert "A week to remember." in lines(sheet(drafted))


async def test_what_is_posted_early_is_not_posted_again(drafted: Community) -> None:
    """Friday is told already; the next one tells of what came after."""
    done = await drafted.press("Mo", sheet(drafted), "Post now")
    assert "Posted. It is recap 1." in done.text
    assert "Posted in #wall. It is recap 1." in sheet(drafted).text

    await give(drafted, "Ana", "Gus", why="You drove through the night for all of us.")
    await until(drafted, FRIDAY + timedelta(hours=1))
    assert 1 == len(recaps(drafted))
    await until(drafted, FRIDAY + timedelta(days=7))
    assert ["@Ana: “You drove through the night for all of us.”"] == said(
        recaps(drafted)[1]
    )


async def test_one_is_skipped(drafted: Community) -> None:
    """Nothing is posted, and what it would have told is told nowhere."""
    old = sheet(drafted).message
    await drafted.press("Mo", sheet(drafted), "Skip this one")
    assert "This recap is skipped." in sheet(drafted).text

    sheet(drafted).message = old
    late = await drafted.press("Mia", sheet(drafted), "Post now")
    assert "recaps.refused-skipped" == late.reason
    await until(drafted, FRIDAY + timedelta(days=7))
    (post,) = recaps(drafted)
    assert "It was a quiet week" in post.text
    assert "Recap 1." in post.text


async def test_members_cannot_touch_a_draft(drafted: Community) -> None:
    """Nor the commands that are for moderators."""
    pressed = await drafted.press("Ana", sheet(drafted), "Post now")
    typed = [await drafted.type("Ana", f"recap {each}") for each in ("preview", "now")]

    assert {"common.only-moderator"} == {each.reason for each in (pressed, *typed)}
    assert [] == recaps(drafted)


async def test_a_preview_changes_nothing(home: Community) -> None:
    """It is private, and what it chose on Monday is not chosen for Friday."""
    home.clock.move(days=1)
    await set_up(home)
    await give(home, "Ana", "Ben")
    shown = await home.type("Mo", "recap preview")
    assert f"@Ana: “{DOCS}”" in shown.text
    assert [] == recaps(home)
    assert [] == home.posts("mods")

    monthly = await home.type("Mo", "recap preview", period="month")
    assert "It was a quiet month" in monthly.text
    await until(home, FRIDAY)
    assert "Recap 1." in recaps(home)[0].text


async def test_a_preview_of_a_draft_is_the_draft(drafted: Community) -> None:
    """With what moderators did, and with what was given since."""
    await drafted.press("Mo", sheet(drafted), "Leave out 1")
    await give(drafted, "Ana", "Gus", why="You drove through the night for all of us.")
    shown = await drafted.type("Mia", "recap preview")

    assert f"@Ana: “{DOCS}”" not in shown.text
    assert "You drove through the night" in shown.text
    assert "You drove through the night" in sheet(drafted).text


async def test_one_is_posted_at_once(home: Community) -> None:
    """It comes besides the one on Friday, and needs something to tell."""
    await set_up(home, weekday="2")
    nothing = await home.type("Mo", "recap now")
    assert "recaps.refused-nothing" == nothing.reason

    await give(home, "Ana", "Ben")
    done = await home.type("Mo", "recap now")
    again = await home.type("Mia", "recap now")
    month = await home.type("Mia", "recap now", period="month")
    assert "Posted. It is recap 1." in done.text
    assert ["recaps.refused-nothing"] * 2 == [again.reason, month.reason]

    await home.wait(days=6)
    assert ["Recap 1.", "Recap 2."] == [
        next(line[:8] for line in lines(post) if line.startswith("Recap"))
        for post in recaps(home)
    ]


async def test_without_a_wall_there_is_nowhere_to_post(home: Community) -> None:
    """Moderators hear that, and what to do."""
    await home.settings(wall=None)
    home.person("Mo", Role.MODERATOR)
    await home.type("Ana", "shoutout", to=(home.person("Ben"),), why=DOCS)
    refused = await home.type("Mo", "recap now")

    assert "recaps.refused-no-wall" == refused.reason


async def test_the_archive_is_read_backwards(drafted: Community) -> None:
    """The last one, and the one before it, for whoever asks."""
    none = await drafted.type("Ana", "recap last")
    assert "There is no recap yet." in none.text

    await until(drafted, FRIDAY)
    await give(drafted, "Ana", "Gus", why="You drove through the night for all of us.")
    await until(drafted, FRIDAY + timedelta(days=7))
    last = await drafted.type("Zoe", "recap last")
    assert "Recap 2." in last.text
    older = await drafted.press("Zoe", last, "The one before")
    assert "Recap 1." in older.text
    assert "The one before" not in older.text


async def test_whoever_reads_it_can_thank_somebody(drafted: Community) -> None:
    """The form of a shoutout opens from the post."""
    await until(drafted, FRIDAY)
    form = await drafted.press("Ben", recaps(drafted)[0], "Thank somebody")
    done = await drafted.fill_in(
        "Ben", form, to=(drafted.person("Ana"),), why="You thanked me, and it helped."
    )

    assert not done.refused, done.text


async def test_where_there_are_pages_it_leads_to_its_own(drafted: Community) -> None:
    """At an address of the reader's own, which is the same each time."""
    await until(drafted, FRIDAY)
    cog = RecapCog(drafted.database, lambda path: f"https://laurel.example{path}")
    shown = [await cog.last(drafted.call("Ana")) for _ in range(2)]
    links = [
        item.url
        for each in shown
        if isinstance(each, Say)
        for node in each.message.nodes
        if isinstance(node, Buttons)
        for item in node.items
        if isinstance(item, LinkButton)
    ]

    assert 2 == len(links)
    assert 1 == len(set(links))
    assert links[0].startswith("https://laurel.example/feeds/")
    assert links[0].endswith("/recaps/1")
