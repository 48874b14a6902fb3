"""What the calendar does when its time has come, and what stands pinned."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from bot.chat.adapter import RefusedError
from bot.chat.message import Action
from bot.chat.text import Quote
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from bot.domain.refs import MemberRef
from cogs.calendar import service
from cogs.calendar.happening import STALE_AFTER
from storage import communities, outbox
from storage.database import Transaction
from tests.cogs.test_calendar import changed, drafted, give, hidden, planned, which
from tests.faults import down, up
from tests.harness import COMMUNITY, Community, Post, Reply, words

TODAY = date(2026, 3, 6)
FOUR = time(16)
NIGHT = QuietHours(time(22), time(7))


def _outcomes(tx: Transaction) -> list[tuple[str, str]]:
    rows = tx.all(
        "SELECT e.kind, o.outcome FROM occurrences AS o "
        "JOIN calendar_entries AS e ON e.id = o.entry ORDER BY o.at"
    )
    return [(row["kind"], row["outcome"]) for row in rows]


def _passed(tx: Transaction) -> int:
    row = tx.one("SELECT count(*) AS n FROM audit WHERE action = 'calendar.passed'")
    return int(row["n"]) if row else 0


def _refreshes(tx: Transaction) -> int:
    row = tx.one(
        "SELECT count(*) AS n FROM calendar_entries WHERE kind = 'calendar.refresh'"
    )
    return int(row["n"]) if row else 0


async def pinned(home: Community) -> Post:
    """Have a moderator pin the calendar in #general, and return it."""
    home.person("Mo", Role.MODERATOR)
    seen = await home.type("Mo", "calendar")
    await home.press("Mo", seen, "Pin the calendar here")
    return home.standing(home.channel("general"))[-1]


async def test_quiet_hours_move_and_drop_nothing(home: Community) -> None:
    """What falls into the night is said in the morning, with when it was planned."""
    await home.settings(quiet=NIGHT)
    await planned(home, on=TODAY, at=time(23))
    await home.wait(hours=12)
    night = home.posts()
    await home.wait(hours=4)
    (post,) = home.posts()

    assert [] == night
    assert "This comes late: it was planned for" in post


async def test_a_moment_in_quiet_hours_is_shown_as_on(home: Community) -> None:
    """It has begun, whether or not that was said."""
    await home.settings(quiet=NIGHT)
    await planned(home, on=TODAY, at=time(23), kind="week", name="Docs week")
    await home.wait(hours=9)
    seen = await home.type("Ana", "calendar")

    assert "Docs week\nOn now, until" in seen.text


@pytest.mark.parametrize(("away", "said"), [(STALE_AFTER, 1), (STALE_AFTER * 2, 0)])
async def test_a_moment_is_late_by_a_day_at_most(
    home: Community, away: timedelta, said: int
) -> None:
    """Later than that, nobody could still come: it is left out and noted."""
    await planned(home, on=TODAY, at=FOUR)
    await home.wait(seconds=3_600 + away.total_seconds())

    assert said == len(home.posts())
    assert 1 - said == await home.database.read(_passed)


async def test_of_moments_that_were_missed_the_last_is_said(home: Community) -> None:
    """Three days down: there is one post, with when it was planned, and no flood."""
    await planned(home, on=TODAY, at=FOUR, repeat="daily")
    await home.wait(days=3, hours=2)
    outcomes = [each for _, each in await home.database.read(_outcomes)]
    (post,) = home.posts()

    assert ["folded", "folded", "folded", "done"] == outcomes
    assert "This comes late" in post


async def test_a_long_moment_is_said_as_long_as_it_lasts(home: Community) -> None:
    """Three days of hacking that began two days ago are still worth a word."""
    sheet = await drafted(home, on=TODAY, at=FOUR, name="Hack days")
    sheet = await changed(home, sheet, "Where", lasts=timedelta(days=3))
    await home.press("Mo", sheet, "Save")
    await home.wait(days=2)

    assert 1 == len(home.posts())


async def test_a_theme_that_still_runs_is_announced_late(home: Community) -> None:
    """Three days down, and the week has four left."""
    await planned(home, kind="week", name="Docs week", on=TODAY, at=FOUR)
    await home.wait(days=3)
    (post,) = home.posts()

    assert "Docs week" in post
    assert "This comes late" in post


async def test_a_theme_that_is_over_is_not_announced(home: Community) -> None:
    """It is noted in the audit that it passed."""
    await planned(home, kind="week", name="Docs week", on=TODAY, at=FOUR)
    await home.wait(days=10)

    assert [] == home.posts()
    assert 1 == await home.database.read(_passed)


async def test_a_window_that_opened_and_closed_meanwhile_posts_its_list(
    home: Community,
) -> None:
    """What was given in it counts, though nobody could say that it was open."""
    await home.settings(quiet=QuietHours(time(15, 30), time(19, 30)))
    sheet = await drafted(home, kind="window", name="Helpers", on=TODAY, at=FOUR)
    sheet = await changed(home, sheet, "Where", lasts=timedelta(hours=2))
    await home.press("Mo", sheet, "Save")
    await home.wait(hours=2)
    await give(home, "Ana", "Ben")
    await home.wait(hours=3)
    _, closed = home.posts()

    assert "Closed: Helpers" in closed
    assert "@Ben\nThanked by one person" in closed


async def test_a_window_taken_off_while_open_lists_nothing(home: Community) -> None:
    """Its end comes and goes in silence."""
    await planned(home, kind="window", name="Helpers", on=TODAY, at=FOUR)
    await home.wait(hours=2)
    await give(home, "Ana", "Ben")
    asked = await home.type("Mo", "moment cancel", which=await which(home, "Helpers"))
    await home.press("Mo", asked, "All of it")
    await home.wait(days=8)

    assert not any("Closed" in post for post in home.posts())


async def test_a_window_in_which_nobody_was_thanked_says_so_kindly(
    home: Community,
) -> None:
    """It closes all the same."""
    await planned(home, kind="window", name="Helpers", on=TODAY, at=FOUR)
    await home.wait(days=8)

    assert "Nobody was thanked in that time" in home.posts()[-1]


async def test_what_stands_only_on_the_calendar_is_not_posted(home: Community) -> None:
    """A moment without a channel is seen by who looks."""
    sheet = await drafted(home, on=TODAY, at=FOUR)
    sheet = await changed(home, sheet, "Where", channel=None)
    await home.press("Mo", sheet, "Save")
    seen = await home.type("Ana", "calendar")
    await home.wait(hours=2)

    assert "Show and tell" in seen.text
    assert [] == home.posts()


async def test_a_channel_that_is_gone_is_told_to_moderators(home: Community) -> None:
    """What was to be said there is set aside, and they hear why."""
    await home.settings(moderators=home.channel("mods"))
    await planned(home, on=TODAY, at=FOUR)
    home.platform.closed[home.channel("wall")] = "channel-gone"
    await home.wait(hours=2)

    (told,) = home.posts("mods")
    assert "The channel is gone." in told


async def test_the_pinned_calendar_is_edited_and_never_posted_again(
    home: Community,
) -> None:
    """It shows each change, and what passes leaves it by itself."""
    post = await pinned(home)
    empty = post.text
    await planned(home, on=TODAY, at=FOUR, name="Tea")
    with_tea = post.text
    await planned(home, on=date(2026, 3, 9), at=FOUR, name="Coffee")
    await home.wait(hours=1)
    during = post.text
    await home.wait(hours=1)
    after = post.text

    assert post.pinned
    assert "Nothing is planned at the moment." in empty
    assert "Tea" in with_tea
    assert "Tea\nOn now, until" in during
    assert "Tea" not in after
    assert "Coffee" in after
    assert [post] == list(home.standing(home.channel("general")))


async def test_the_pinned_calendar_is_left_alone_while_nothing_changes(
    home: Community,
) -> None:
    """No edit shows what stands there already, and one entry keeps it up to date."""
    await planned(home, name="Tea", repeat="weekly")
    post = await pinned(home)
    await home.wait(days=3)
    sheet = await home.type("Mo", "moment edit", which=await which(home, "Tea"))
    await home.press("Mo", sheet, "Save")

    assert 0 == post.edits
    assert 1 == await home.database.read(_refreshes)


async def test_it_is_pinned_once_in_a_channel(home: Community) -> None:
    """Where it stands, it can be taken off instead, and pinned anew after that."""
    first = await pinned(home)
    seen = await home.type("Mo", "calendar")
    await home.press("Mo", seen, "Take it off here")
    second = await pinned(home)

    assert first.gone
    assert first is not second
    assert second.pinned
    assert [second] == list(home.standing(home.channel("general")))


async def test_a_pinned_calendar_that_somebody_deleted_stays_so(
    home: Community,
) -> None:
    """That is their word. Moderators are told, and can pin it anew."""
    post = await pinned(home)
    post.gone = True

    def gone(request: str) -> None:
        if request == "edit":
            raise RefusedError("message-gone")

    home.platform.fault = gone
    await planned(home)
    home.platform.fault = lambda _request: None
    await planned(home, name="Tea")
    standing = list(home.standing(home.channel("general")))
    seen = await home.type("Mo", "calendar")
    await home.press("Mo", seen, "Pin it here anew")
    (anew,) = home.standing(home.channel("general"))

    assert [] == standing
    assert "somebody deleted it" in seen.text
    assert "Tea" in anew.text


async def test_nothing_is_pinned_where_nobody_else_reads(home: Community) -> None:
    """In direct messages the calendar is shown, without a way to pin it there."""
    home.person("Mo", Role.MODERATOR)
    alone = home.call("Mo", in_public=False)
    seen = await home.do(alone, Action("calendar.calendar"), {})
    refused = await home.do(alone, Action("calendar.pin"), None)

    assert "Plan something" in seen.text
    assert "Pin the calendar here" not in seen.text
    assert "calendar.refused-pin-here" == refused.reason
    assert [] == home.platform.posts


async def test_members_cannot_pin(home: Community) -> None:
    """Buttons that are not theirs do nothing for them."""
    home.person("Mo", Role.MODERATOR)
    seen = await home.type("Mo", "calendar")
    refused = await home.press("Ana", seen, "Pin the calendar here")

    assert "common.only-moderator" == refused.reason


async def test_gaps_are_told_with_a_day_that_would_do(home: Community) -> None:
    """Moderators alone hear of them, and the button plans at that very time."""
    await planned(home, on=date(2026, 3, 9), at=time(10))
    await planned(home, on=date(2026, 3, 23), at=time(10), name="Tea")
    await planned(home, on=date(2026, 3, 30), at=time(10), name="Cake")
    seen = await home.type("Mo", "calendar")
    form = await home.press("Mo", seen, "Plan something")

    assert (
        "Nothing is on for 13 days, from March 10, 2026 to March 22, 2026. "
        "How about March 16, 2026 at 10:00?"
    ) in seen.text
    assert {"on": date(2026, 3, 16), "at": time(10)} == form.form.draft
    assert "Nothing is on" not in (await home.type("Ana", "calendar")).text


async def test_what_comes_often_leaves_no_gap_behind_what_was_looked_at(
    home: Community,
) -> None:
    """Something hourly fills more than is read, and the rest is not called empty."""
    sheet = await drafted(home, on=date(2026, 3, 7), at=time(0))
    rule = f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}"
    sheet = await changed(home, sheet, "How often", how="own", rule=rule)
    await home.press("Mo", sheet, "Save")
    seen = await home.type("Mo", "calendar")

    assert "Nothing is on" not in seen.text
    assert "24 things begin on March 7, 2026." in seen.text


async def test_crowds_are_told_with_a_day_that_is_free(home: Community) -> None:
    """Three on one day are many, and the nearest free workday is named."""
    for name, hour in (("Tea", 9), ("Cake", 11), ("Talk", 15)):
        await planned(home, on=date(2026, 3, 12), at=time(hour), name=name)
    seen = await home.type("Mo", "calendar")

    assert "3 things begin on March 12, 2026. On March 11, 2026 nothing" in seen.text


async def test_what_was_set_aside_is_tried_again(home: Community) -> None:
    """A moderator sees it beside the calendar, and one press has it done."""
    await planned(home, on=TODAY, at=FOUR)

    def block(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        key = "calendar:moment:1:2026-03-06:0"
        parcel = outbox.Parcel(home.channel("x"), key, "", (), "")
        outbox.put(tx, here, parcel, home.clock())
        tx.run("UPDATE outbox SET state = 'dead'")

    def unblock(tx: Transaction) -> None:
        tx.run("DELETE FROM outbox")

    await home.database.write(block)
    for _ in range(8):
        await home.wait(hours=1)
    seen = await home.type("Mo", "calendar")
    aside = await home.press("Mo", seen, "Set aside")
    await home.database.write(unblock)
    tried = await home.press("Mo", aside, "1. Due")
    again = await home.press("Mo", aside, "1. Due")

    assert "One thing could not be done" in seen.text
    assert "Show and tell, due" in aside.text
    assert "It is tried again now." in tried.text
    assert "be tried any more" in again.text
    assert "Show and tell" in home.posts()[0]


async def test_erasing_takes_what_they_planned_along(home: Community) -> None:
    """Their words go: from the calendar, from what is pinned, from what was said."""
    post = await pinned(home)
    await planned(home, on=TODAY, at=FOUR, name="Tea", repeat="weekly")
    await home.wait(hours=2)
    said = home.posts()
    exported = await home.type("Mo", "laurel privacy")
    exported = await home.press("Mo", exported, "Export my data")
    await erased(home, "Mo")
    seen = await home.type("Ana", "calendar")

    assert any("Tea" in each for each in said)
    assert b'"title": "Tea"' in exported.file.content
    assert "Tea" not in seen.text
    assert "Tea" not in post.text
    assert [] == home.posts()


async def test_erasing_leaves_a_list_without_its_title(home: Community) -> None:
    """Others were thanked in it: their list stays, and the moderator's words go."""
    await planned(home, kind="window", name="Helpers", on=TODAY, at=FOUR)
    await home.wait(hours=2)
    await give(home, "Ana", "Ben")
    await home.wait(days=8)
    before = home.posts()[-1]
    await erased(home, "Mo")
    after = home.posts()[-1]

    assert "Closed: Helpers" in before
    assert "Helpers" not in "".join(home.posts())
    assert "A window has closed" in after
    assert "@Ben" in after


async def test_what_another_edited_since_stays(home: Community) -> None:
    """It is whoever saved it last whose words they are."""
    await planned(home, name="Tea", repeat="weekly")
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "moment edit", which=await which(home, "Tea"))
    await home.press("Ada", sheet, "Save")
    await erased(home, "Mo")

    assert "Tea" in (await home.type("Ana", "calendar")).text


async def test_a_list_that_waits_is_drawn_without_who_hides(home: Community) -> None:
    """It goes out without them, who are named in nothing that is drawn since."""
    await planned(home, kind="window", name="Helpers", on=TODAY, at=FOUR)
    await home.wait(hours=2)
    await give(home, "Ana", "Ben", "Cleo")
    home.platform.fault = down
    await home.wait(days=8)
    await hidden(home, "Ben")
    home.platform.fault = up
    await home.wait(minutes=10)
    closed = home.posts()[-1]

    assert "Closed: Helpers" in closed
    assert "@Cleo" in closed
    assert "@Ben" not in closed


async def test_the_next_thing_due_is_told(home: Community) -> None:
    """By its title, with when it rings."""
    await planned(home, on=TODAY, at=FOUR, name="Tea")
    ref = MemberRef(COMMUNITY, "ana")
    due = await home.laurel.next_due(ref, home.clock())

    assert due is not None
    assert ("calendar.next-due", FOUR) == (due[0].key, due[1].time())
    assert {"name": Quote("Tea")} == due[0].values
    assert [] == await home.database.read(
        service.upcoming, ref, home.clock() + timedelta(days=1)
    )


@pytest.mark.parametrize("tag", sorted(words().languages))
async def test_the_longest_words_fit_in_every_language(
    home: Community, tag: str
) -> None:
    """Whatever is typed, no platform's limit is broken; the harness sees to it."""
    await home.settings(locale=tag, quiet=NIGHT)
    home.person("Mo", Role.MODERATOR, locale=tag)
    long = {"on": TODAY, "at": time(23), "name": "W" * 80}
    for kind in ("moment", "week", "window"):
        sheet = await home.type("Mo", "moment add", **long, kind=kind, repeat="yearly")
        form = await home.do(home.call("Mo"), labelled(sheet, "words"), None)
        sheet = await home.fill_in("Mo", form, about="W" * 600)
        saved = await home.do(home.call("Mo"), labelled(sheet, "calendar.save"), None)
        assert not saved.refused, saved.text
    await home.wait(hours=17)
    for giver in "abcdef":
        why = giver * 480
        people = tuple(home.person(f"{name}{giver}" * 10) for name in "xyz")
        await home.type(giver, "shoutout", to=people, why=why)
    await home.type("Mo", "calendar")
    post = await home.do(home.call("Mo"), Action("calendar.pin"), None)
    await home.wait(days=9)

    assert not post.refused
    assert 5 == home.posts()[-1].count("…")


def labelled(said: Reply, part: str) -> Action:
    """Return the action that has ``part`` as its route or as its last argument."""
    found = said.message.actions()
    return next(each for each in found if part in (each.route, *each.args))


async def erased(home: Community, who: str) -> Reply:
    """Have somebody erase what is kept about them."""
    privacy = await home.type(who, "laurel privacy")
    form = await home.press(who, privacy, "Erase my data")
    return await home.fill_in(who, form, word="ERASE")
