"""The calendar, as a community lives by it.

Mika moderates and plans, Ada is the admin, and the others read what is coming. It is
a Friday in March, two minutes past four.
"""

from __future__ import annotations

from tests.stories.town import Answer, Town

KILN = "for staying late on Thursday to mend the kiln with me"
SOUP = "for the soup that was there when the meeting ran long"
TEA = "Tea at the long table"


async def test_a_moment_is_planned_seen_and_comes_by_itself(town: Town) -> None:
    """Nobody sees it until it is saved; then everybody does, and it comes on time."""
    ana, mika = town.person("Ana"), town.person("Mika")
    sheet = await _tea_is_drafted(town)
    assert "Every week on Monday" in sheet.text
    for day in ("Mar 9", "Mar 16", "Mar 23", "Mar 30", "Apr 6"):
        assert day in sheet.text
    assert TEA not in (await ana.types("/calendar")).text

    saved = await mika.presses("Save", on=sheet)
    assert f"On the calendar: {TEA}" in saved.text
    await town.settles()
    assert f"{TEA} Mon, Mar 9, 5:00" in (await ana.types("/calendar")).text
    assert [] == await town.posts("general")

    await town.waits(days=3, hours=1)
    (post,) = await town.posts("general")
    assert TEA in post.text
    assert "Bring a cup" in post.text
    await town.restarts()
    assert 1 == len(await town.posts("general"))

    await _mika_moves_and_ends_it(town)


async def _mika_moves_and_ends_it(town: Town) -> None:
    ana, mika = town.person("Ana"), town.person("Mika")
    sheet = await mika.types("/moment edit", which=TEA)
    form = await mika.presses("When", on=sheet)
    changed = await mika.fills_in(form, at="18:30")
    await mika.presses("Save", on=changed)
    await town.settles()
    assert "Mon, Mar 16, 6:30" in (await ana.types("/calendar")).text

    asked = await mika.types("/moment cancel", which=TEA)
    await mika.presses("Only", on=asked)
    await town.waits(days=8)
    assert 1 == len(await town.posts("general"))
    asked = await mika.types("/moment cancel", which=TEA)
    gone = await mika.presses("All of it", on=asked)
    assert f"{TEA} is off the calendar." in gone.text
    await town.waits(days=8)
    assert 1 == len(await town.posts("general"))
    assert TEA not in (await ana.types("/calendar")).text


async def test_what_cannot_be_is_said_beside_the_field(town: Town) -> None:
    """A time that is past, a rule that nobody could read, one that never comes."""
    mika = town.person("Mika")
    past = await mika.types("/moment add", on="2026-03-02", at="17:00", name=TEA)
    assert "past already" in (past.text + past.errors.get("on", ""))
    sheet = await _tea_is_drafted(town)
    form = await mika.presses("How often", on=sheet)
    wrong = await mika.fills_in(form, how="By a rule of my own", rule="every tuesday")
    assert "A rule looks like FREQ=" in wrong.errors["rule"]
    never = await mika.fills_in(wrong, rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31")
    assert "This never comes" in never.errors["rule"]
    often = await mika.fills_in(never, rule="FREQ=MINUTELY")
    assert often.errors["rule"]
    mended = await mika.fills_in(often, rule="FREQ=MONTHLY;BYDAY=2TU,4TU")
    assert "Mar 10" in mended.text
    assert "Mar 24" in mended.text
    form = await mika.presses("When", on=mended)
    lost = await mika.fills_in(form, city="Atlantis")
    assert lost.errors["city"]
    kept = await mika.presses("Drop", on=mended)
    assert "The calendar is as it was." in kept.text


async def test_the_calendar_stands_pinned_and_keeps_itself(town: Town) -> None:
    """One message, edited in place; it is never posted again."""
    mika = town.person("Mika")
    shown = await mika.types("/calendar")
    assert "Nothing is planned yet" in shown.text
    await mika.presses("Pin the calendar here", on=shown)
    await town.settles()
    (pinned,) = await town.posts("general")
    assert "What is coming" in pinned.text

    await mika.presses("Save", on=await _tea_is_drafted(town))
    await town.settles()
    (changed,) = await town.posts("general")
    assert pinned.id == changed.id
    assert TEA in changed.text
    assert "Mon, Mar 9" in changed.text

    await town.waits(days=3, hours=1)
    changed, told = await town.posts("general")
    assert pinned.id == changed.id
    assert "Mon, Mar 16" in changed.text
    assert "Bring a cup" in told.text


async def test_a_window_lists_who_was_thanked_in_it(town: Town) -> None:
    """It opens, it closes, and the list says by which rule it was made."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    dana, mika = town.person("Dana"), town.person("Mika")
    sheet = await mika.types(
        "/moment add",
        on="2026-03-09",
        at="17:00",
        name="Makers in March",
        kind="A window",
    )
    form = await mika.presses("Where and how long", on=sheet)
    sheet = await mika.fills_in(form, channel="#general", lasts="2 days")
    await mika.presses("Save", on=sheet)
    await ana.types("/shoutout", to=[dana], why=SOUP)

    await town.waits(days=3, hours=1)
    assert "Open from now on: Makers in March" in (await _last(town)).text
    await ana.types("/shoutout", to=[bo], why=KILN)
    await chidi.types("/shoutout", to=[bo], why=KILN)
    await dana.types("/shoutout", to=[chidi], why=SOUP)
    await town.waits(days=2)

    closed = await _last(town)
    assert "Closed: Makers in March" in closed.text
    assert "@Bo Lindqvist Thanked by 2 people" in closed.text
    assert "@Chidi Okafor Thanked by one person" in closed.text
    assert "@Dana Levi Thanked" not in closed.text


async def test_quiet_hours_move_and_drop_nothing(town: Town) -> None:
    """What is due at night is said in the morning, once."""
    ada, mika = town.person("Ada"), town.person("Mika")
    sheet = await ada.types("/laurel setup")
    form = await ada.presses("Quiet hours", on=sheet)
    drafted = await ada.fills_in(form, since="16:30", until="19:00")
    await ada.presses("Save", on=drafted)
    await mika.presses("Save", on=await _tea_is_drafted(town))

    await town.waits(days=3, hours=1)
    assert [] == await town.posts("general")
    await town.waits(hours=2)
    assert 1 == len(await town.posts("general"))


async def test_after_an_outage_stale_moments_are_left_out(town: Town) -> None:
    """Tea of last week is no news any more; the next one comes as planned."""
    mika = town.person("Mika")
    await mika.presses("Save", on=await _tea_is_drafted(town))
    await town.settles()

    await town.sleeps(days=8)
    assert [] == await town.posts("general")
    await town.waits(days=2, hours=1)
    assert 1 == len(await town.posts("general"))


async def _tea_is_drafted(town: Town) -> Answer:
    mika = town.person("Mika")
    sheet = await mika.types(
        "/moment add", on="2026-03-09", at="17:00", name=TEA, repeat="Every week"
    )
    form = await mika.presses("Where and how long", on=sheet)
    sheet = await mika.fills_in(form, channel="#general", lasts="45 min")
    form = await mika.presses("Title and words", on=sheet)
    return await mika.fills_in(form, about="Bring a cup; the rest is there.")


async def _last(town: Town) -> Answer:
    return (await town.posts("general"))[-1]
