"""Recaps, as a community lives with them.

Ada is the admin, Mika moderates, and the others thank each other. It is a Friday in
March, two minutes past four; recaps come on Thursdays at five.
"""

from __future__ import annotations

from tests.stories.town import Answer, Town

KILN = "for staying late on Thursday to mend the kiln with me"
ROOF = "for holding the ladder while I swore at the gutter"
SOUP = "for the soup that was there when the meeting ran long"
TITLE = "Our week in thanks"


async def test_a_recap_is_drafted_edited_and_posted(town: Town) -> None:
    """Moderators see it a day before, have their say, and it comes by itself."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    dana, mika = town.person("Dana"), town.person("Mika")
    await _recaps_come_weekly(town)
    await ana.types("/shoutout", to=[bo], why=KILN)
    await bo.types("/shoutout", to=[chidi], why=ROOF)
    await chidi.types("/shoutout", to=[dana], why=SOUP)

    await town.waits(days=5, hours=1)
    draft = await _draft(town)
    assert f"Draft: {TITLE}" in draft.text
    assert all(why in draft.text for why in (KILN, ROOF, SOUP))
    assert "3 thanks went from 3 people to 3 people." in draft.text

    await _mika_has_a_say(town, draft)
    await town.waits(days=1)
    await _it_stands_as_mika_wished(town)

    await town.restarts()
    assert 4 == len(await town.wall())
    assert KILN in (await dana.types("/recap last")).text
    late = await mika.types("/recap now")
    assert "There is nothing to tell since the last recap." in late.text


async def _it_stands_as_mika_wished(town: Town) -> None:
    post = (await town.posts())[-1]
    assert TITLE in post.text
    assert ROOF not in post.text
    assert post.text.index(SOUP) < post.text.index(KILN)
    assert "Thank you all, from the roof down" in post.text
    assert "Recap 1." in post.text
    assert "Posted in #wall of thanks. It is recap 1." in (await _draft(town)).text


async def _mika_has_a_say(town: Town, draft: Answer) -> None:
    mika = town.person("Mika")
    places = {
        why: before.rpartition("For ")[0].strip(" ·")[-1]
        for why in (KILN, ROOF, SOUP)
        for before in [draft.text.partition(why)[0]]
    }
    await mika.presses(f"Leave out {places[ROOF]}", on=draft)
    await town.settles()

    draft = await _draft(town)
    assert ROOF not in draft.text
    if draft.text.index(KILN) < draft.text.index(SOUP):
        await mika.presses("Move 2 up", on=draft)
        await town.settles()
        draft = await _draft(town)
    form = await mika.presses("Add or change a word of thanks", on=draft)
    await mika.fills_in(form, text="Thank you all, from the roof down")
    await town.settles()
    assert 1 == len(await town.posts("moderators"))


async def test_who_asks_for_it_is_left_out_of_what_stands(town: Town) -> None:
    """Privacy and taking back reach drafts and recaps that are posted already."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    await _recaps_come_weekly(town)
    await ana.types("/shoutout", to=[bo], why=KILN)
    await bo.types("/shoutout", to=[chidi], why=ROOF)
    await town.waits(days=5, hours=1)
    assert KILN in (await _draft(town)).text

    card = await bo.types("/laurel privacy")
    await bo.presses("Private", on=card)
    await town.settles()
    draft = await _draft(town)
    assert KILN not in draft.text
    assert "Bo" not in draft.text

    await town.waits(days=1)
    recap = (await town.posts())[-1]
    assert ROOF in recap.text
    assert "Bo" not in recap.text

    await chidi.types("/retract", which=ROOF[:20], why="It was a drill, not a ladder")
    await town.settles()
    assert not [post for post in await town.wall() if ROOF in post]
    assert TITLE in (await town.wall())[-1]


async def test_a_quiet_week_says_something_kind(town: Town) -> None:
    """Nobody is blamed, nobody is ranked, and it is short."""
    mika = town.person("Mika")
    await _recaps_come_weekly(town)

    await town.waits(days=7)

    (post,) = await town.posts()
    assert "It was a quiet week, and that is fine." in post.text
    form = await mika.presses("Thank somebody", on=post)
    assert "to" in form.asks


async def test_moderators_post_early_or_skip(town: Town) -> None:
    """What was posted early does not come again, and what is skipped not at all."""
    ana, bo, mika = town.person("Ana"), town.person("Bo"), town.person("Mika")
    await _recaps_come_weekly(town)
    await ana.types("/shoutout", to=[bo], why=KILN)
    refused = await ana.types("/recap preview")
    assert KILN not in refused.text
    shown = await mika.types("/recap preview")
    assert KILN in shown.text
    assert not await bo.sees(shown)

    await town.waits(days=5, hours=1)
    posted = await mika.presses("Post now", on=await _draft(town))
    assert "Posted. It is recap 1." in posted.text
    await town.waits(days=1)
    assert 2 == len(await town.wall())

    await bo.types("/shoutout", to=[ana], why=SOUP)
    await town.waits(days=6)
    draft = (await town.posts("moderators"))[-1]
    assert SOUP in draft.text
    await mika.presses("Skip this one", on=draft)
    await town.waits(days=1)
    assert 3 == len(await town.wall())


async def test_after_an_outage_one_recap_tells_of_all(town: Town) -> None:
    """Laurel was away for three weeks: one recap, not three, with all in it."""
    ana, bo = town.person("Ana"), town.person("Bo")
    await _recaps_come_weekly(town)
    await ana.types("/shoutout", to=[bo], why=KILN)

    await town.sleeps(days=22)

    posts = await town.posts()
    assert 2 == len(posts)
    assert KILN in posts[-1].text
    assert "3 weeks in thanks" in posts[-1].text


async def _recaps_come_weekly(town: Town) -> None:
    ada = town.person("Ada")
    sheet = await ada.types("/laurel setup")
    form = await ada.presses("Recaps", on=sheet)
    drafted = await ada.fills_in(
        form, often="Every week", weekday="Thursday", at="17:00"
    )
    saved = await ada.presses("Save", on=drafted)
    assert "in force" in saved.text
    await town.settles()


async def _draft(town: Town) -> Answer:
    return (await town.posts("moderators"))[-1]
