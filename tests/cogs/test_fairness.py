"""How fairly thanks are spread: counted for moderators, and told with care."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from babel.lists import format_list

from bot.app import STOP_PATIENCE_S
from bot.chat.message import Action
from bot.domain.fairness import Report
from bot.domain.people import Role
from bot.domain.quiet import QuietHours
from bot.domain.refs import MemberRef
from bot.domain.rings import Edge, Group, groups
from bot.fairness.desk import ReportDesk
from bot.fairness.reckoner import Reckoner
from bot.fairness.told import Question
from bot.fairness.worker import count
from cogs.fairness import cards
from storage import fairness
from storage.offline import look_into
from tests.cogs.weeks import give, set_up, until
from tests.harness import COMMUNITY, Community, Post, community
from tests.waiting import until as eventually

MONDAY = datetime(2026, 4, 6, 10, tzinfo=UTC)
"""The first one of a month, behind a community's beginning."""

RING = ("Ana", "Ben", "Cleo")
NOBODY = "somebody who is not named"
OTHERS = tuple(f"Friend {number}" for number in range(12))


class Held(Reckoner):
    """Counts once it is let, and here."""

    def __init__(self) -> None:
        super().__init__()
        self.let = asyncio.Event()

    async def count(self, question: Question) -> Report:
        await self.let.wait()
        return count(question)


class Here(Reckoner):
    """Counts in this process, which spares a test the beginning of another."""

    async def count(self, question: Question) -> Report:
        return count(question)


def desk(home: Community) -> ReportDesk:
    (found,) = (each for each in home.laurel.attendants if isinstance(each, ReportDesk))
    return found


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    """A community with people who thank each other as often as they like."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        desk(home)._reckoner = Here()
        home.person("Mo", Role.MODERATOR)
        await home.settings(pair_cooldown_h=0, allowance_per_day=100)
        yield home


async def around(home: Community, *people: str, times: int = 4) -> None:
    """Have each thank the next, and the last the first."""
    for giver, receiver in zip(people, (*people[1:], people[0]), strict=True):
        for _ in range(times):
            home.clock.move(minutes=1)
            await give(home, giver, receiver)


async def mingle(home: Community) -> None:
    """Have a dozen people thank each other, each somebody else each time."""
    for step in (1, 2, 5):
        for number, giver in enumerate(OTHERS):
            await give(home, giver, OTHERS[(number + step) % len(OTHERS)])


async def report(home: Community, who: str = "Mo") -> list[str]:
    """Return the direct messages that come of a moderator's asking."""
    before = len(home.dms(who))
    done = await home.type(who, "fairness")
    assert not done.refused, done.text
    return home.dms(who)[before:]


def figure(told: str, label: str) -> str:
    lines = told.splitlines()
    return lines[lines.index(label) + 1]


def first_group(told: str) -> str:
    """Return who is told of first, in their order."""
    (line,) = (line for line in told.splitlines() if line.startswith("1. "))
    return line.removeprefix("1. ")


def ways_round(*people: str) -> set[str]:
    """Return every way to tell of the same ring; where it begins is left to chance."""
    turned = [(*people[n:], *people[:n]) for n in range(len(people))]
    return {format_list(row, locale="en") for row in turned}


async def test_a_moderator_is_told_in_private(home: Community) -> None:
    """At once that it is being counted, and then what it came to."""
    await mingle(home)
    done = await home.type("Mo", "fairness")

    assert done.text.startswith("The thanks of the last months are being counted.")
    (told,) = home.dms("Mo")
    assert "36 thanks in public, by 12 people to 12 people." in told
    assert [] == home.posts("mods")


async def test_members_see_nothing_of_it(home: Community) -> None:
    """Neither by asking, nor anywhere where they read."""
    await around(home, *RING)
    await report(home)

    for route in ("fairness.fairness", "fairness.start", "fairness.stop"):
        done = await home.do(home.call("Ana"), Action(route), None)
        assert "common.only-moderator" == done.reason
    assert not any("How thanks" in post for post in home.posts("wall"))
    assert [] == home.dms("Ana")


async def test_each_figure_says_what_it_rests_on(home: Community) -> None:
    """With the people and the thanks that were counted for it."""
    home.person("Friend 1", Role.MODERATOR)
    await mingle(home)
    (told,) = await report(home)

    even = "Gini 0 of 100, where 0 is the same for all and 100 all for one."
    assert figure(told, "How evenly people are thanked").startswith(even)
    assert "Of 36 thanks and 12 people" in figure(told, "How evenly people thank")
    first = figure(told, "Thanked for the first time")
    assert "100% of the people who were thanked: 12 of 12." == first
    assert figure(told, "New people").startswith("100% of the thanks went to whoever")
    moderators = figure(told, "Moderators")
    assert moderators.startswith("They gave 8% of the thanks and got 8%;")
    assert moderators.endswith("Of 36 thanks and 12 people, 1 of them moderators.")
    nobody = figure(told, "People who thank each other very often")
    assert "None stand out, in 36 thanks." == nobody


async def test_where_there_is_little_it_says_so(home: Community) -> None:
    """No figure is made of next to nothing."""
    await give(home, "Ana", "Ben")
    (told,) = await report(home)

    little = "Too little to say anything yet: one thank-you, and 2 people."
    assert figure(told, "How evenly people are thanked").startswith(little)
    assert figure(told, "Moderators").startswith(little)
    assert "%" not in told


async def test_who_was_thanked_before_is_no_first_timer(home: Community) -> None:
    """Also where that was long ago, and whatever was taken back does not count."""
    await mingle(home)
    home.clock.move(days=100)
    await mingle(home)
    (told,) = await report(home)

    first = figure(told, "Thanked for the first time")
    assert "0% of the people who were thanked: 0 of 12." == first
    assert "Of 36 thanks" in figure(told, "How evenly people thank")


async def test_a_ring_is_told_with_its_evidence(home: Community) -> None:
    """Who thanked whom how often, what was to be expected, and no word of blame."""
    await mingle(home)
    await around(home, *RING)
    figures, told = await report(home)

    assert "One pair or group thanks each other more" in figures
    assert not any(name in figures for name in RING)
    assert first_group(told) in ways_round("@Ana", "@Ben", "@Cleo")
    evidence = "4 times, 4 times, and 4 times: each thanks the next, and the last"
    assert evidence in told
    assert "Their totals suggest fewer than 1 each." in told
    assert "That can be a team that works closely together" in told
    assert not any(
        word in told.casefold() for word in ("cheat", "fraud", "suspicious", "abuse")
    )


async def test_a_pair_is_told_both_ways(home: Community) -> None:
    """Two people who thank each other are the shortest ring."""
    await mingle(home)
    await around(home, "Ana", "Ben", times=5)
    _, told = await report(home)

    assert first_group(told) in ways_round("@Ana", "@Ben")
    assert "\n5 times and 5 times, one way and the other, where" in told


async def test_whoever_opted_out_is_counted_and_not_named(home: Community) -> None:
    """The group is told of all the same."""
    await mingle(home)
    await around(home, *RING)
    page = await home.type("Ben", "laurel privacy")
    await home.do(home.call("Ben"), Action("privacy.level", ("private",)), None)
    assert not page.refused
    _, told = await report(home)

    assert first_group(told) in ways_round("@Ana", NOBODY, "@Cleo")
    assert "Ben" not in told


async def test_whoever_was_erased_is_counted_and_not_named(home: Community) -> None:
    """Nobody knows any more who that was."""
    await mingle(home)
    await around(home, *RING)
    await home.do(home.call("Ben"), Action("privacy.erase"), {"word": "ERASE"})
    _, told = await report(home)

    assert first_group(told) in ways_round("@Ana", NOBODY, "@Cleo")


async def test_a_message_that_names_somebody_erased_is_taken_down(
    home: Community,
) -> None:
    """Erasure reaches what moderators were told, too."""
    await mingle(home)
    await around(home, *RING)
    figures, _ = await report(home)
    await home.do(home.call("Ben"), Action("privacy.erase"), {"word": "ERASE"})

    assert [figures] == home.dms("Mo")


async def test_what_is_private_is_in_no_figure(home: Community) -> None:
    """Thanks by direct message are between two people."""
    await mingle(home)
    for giver, receiver in (("Ana", "Ben"), ("Ben", "Ana")):
        for _ in range(5):
            home.clock.move(minutes=1)
            await give(home, giver, receiver, private=True)
    (told,) = await report(home)

    assert "36 thanks in public, by 12 people to 12 people." in told


async def test_whoever_asks_twice_is_told_once(home: Community) -> None:
    """The second time they hear that it is on its way."""
    held = Held()
    desk(home)._reckoner = held
    first = await home.laurel.dispatcher("fairness.fairness", home.call("Mo"), (), {})
    again = await home.laurel.dispatcher("fairness.fairness", home.call("Mo"), (), {})
    held.let.set()
    await home.laurel.settle()

    assert first != again
    assert "already" in home._read(again, "en")
    assert 1 == len(home.dms("Mo"))


async def test_several_who_ask_are_all_told(home: Community) -> None:
    """Each in their own direct messages, whoever asked first."""
    home.person("Mia", Role.MODERATOR)
    desk(home)._reckoner = held = Held()
    for who in ("Mo", "Mia"):
        await home.laurel.dispatcher("fairness.fairness", home.call(who), (), {})
    held.let.set()
    await home.laurel.settle()

    assert (1, 1) == (len(home.dms("Mo")), len(home.dms("Mia")))


async def test_whoever_moderates_no_more_is_told_nothing(home: Community) -> None:
    """What counts is who they are when it is told."""
    desk(home)._reckoner = held = Held()
    await home.laurel.dispatcher("fairness.fairness", home.call("Mo"), (), {})
    home.people["Mo"] = replace(home.person("Mo"), role=Role.MEMBER)
    await home.laurel.dispatcher("members.me", home.call("Mo"), (), {})
    held.let.set()
    await home.laurel.settle()

    assert [] == home.dms("Mo")
    assert () == await home.database.read(fairness.waiting)


async def test_what_could_not_be_counted_is_told_kindly(home: Community) -> None:
    """With what to do next; the reason is in the log alone."""
    failing = (sys.executable, "-c", "raise SystemExit('out of paper')")
    desk(home)._reckoner = Reckoner(command=failing)
    (told,) = await report(home)

    assert told.startswith("The thanks could not be counted\n")
    assert "try /fairness again later" in told
    assert "paper" not in told


async def test_who_waits_is_not_forgotten_by_a_restart(tmp_path: Path) -> None:
    """What was being counted when Laurel stopped is counted when it is back."""
    path, posts = tmp_path / "laurel.sqlite3", list[Post]()
    async with community(path, posts=posts) as home:
        home.person("Mo", Role.MODERATOR)
        desk(home)._reckoner.stop()
        await home.type("Mo", "fairness")
        assert [] == home.dms("Mo")
    async with community(path, posts=posts) as home:
        await home.laurel.settle()
        home.person("Mo", Role.MODERATOR)
        assert 1 == len(home.dms("Mo"))


async def test_a_count_under_way_does_not_keep_laurel_from_stopping(
    tmp_path: Path,
) -> None:
    """Its process is ended at once, and no answer is lost: they go on waiting."""
    path = tmp_path / "laurel.sqlite3"
    asleep = Reckoner(command=(sys.executable, "-c", "import time; time.sleep(60)"))
    async with community(path) as home:
        home.person("Mo", Role.MODERATOR)
        desk(home)._reckoner = asleep
        await home.laurel.dispatcher("fairness.fairness", home.call("Mo"), (), {})
        await eventually(lambda: asleep._process is not None)
        assert asleep._process is not None
        pid = asleep._process.pid
        stopping = asyncio.get_running_loop().time()
    assert asyncio.get_running_loop().time() - stopping < STOP_PATIENCE_S
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

    with look_into(path) as tx:
        assert 1 == len(fairness.waiting(tx))


async def test_that_somebody_asked_stands_in_the_audit(home: Community) -> None:
    """Who looks at names leaves a name."""
    await report(home)
    await home.settings(moderators=home.channel("mods"))
    await home.do(home.call("Mo"), Action("fairness.start"), None)
    await home.do(home.call("Mo"), Action("fairness.stop"), None)

    found = await home.database.read(
        lambda tx: tx.all("SELECT action, actor FROM audit ORDER BY id")
    )
    said = ["fairness.ask", "fairness.month-on", "fairness.month-off"]
    assert said == [row["action"] for row in found]
    assert all(row["actor"] for row in found)


async def test_it_comes_every_month_without_names(home: Community) -> None:
    """To the moderators' channel, on the first Monday, from the first settings on."""
    await set_up(home)
    await mingle(home)
    await around(home, *RING)
    await until(home, MONDAY - timedelta(minutes=1))
    assert not monthly(home)
    await until(home, MONDAY)
    (post,) = monthly(home)

    assert "One pair or group thanks each other more" in post.text
    assert not any(name in post.text for name in RING)
    await home.press("Mia", post, "Send me all of it")
    told = home.dms("Mia")[-1]
    assert first_group(told) in ways_round("@Ana", "@Ben", "@Cleo")


async def test_it_waits_for_quiet_hours_to_end(home: Community) -> None:
    """Nobody needs it at once."""
    await set_up(home)
    noon = MONDAY.replace(hour=12)
    await home.settings(quiet=QuietHours(MONDAY.time(), noon.time()))
    await until(home, MONDAY + timedelta(minutes=30))
    assert not monthly(home)
    await until(home, noon)

    assert 1 == len(monthly(home))


async def test_months_that_were_missed_are_told_once(home: Community) -> None:
    """Laurel was away for a quarter of a year."""
    await set_up(home)
    await until(home, MONDAY + timedelta(days=100))

    assert 1 == len(monthly(home))


async def test_moderators_can_do_without_it(home: Community) -> None:
    """Off stays off, also when the settings are saved again, until it is on again."""
    await set_up(home)
    done = await home.type("Mo", "fairness")
    off = await home.press("Mo", done, "Not every month")
    assert off.text.startswith("No report comes by itself.")
    await set_up(home, often="both", weekday="2", at=MONDAY.time())
    await until(home, MONDAY)
    assert not monthly(home)
    await home.press("Mo", off, "Send it every month")
    await until(home, datetime(2026, 5, 4, 10, tzinfo=UTC))

    assert 1 == len(monthly(home))


async def test_without_a_channel_it_can_be_had_all_the_same(home: Community) -> None:
    """By whoever asks; and they hear how it could come by itself."""
    done = await home.type("Mo", "fairness")

    assert "choose a channel for them in /laurel setup" in done.text
    assert 1 == len(home.dms("Mo"))
    on = await home.do(home.call("Mo"), Action("fairness.start"), None)
    assert "fairness.refused-no-channel" == on.reason


async def test_a_channel_that_was_given_up_is_told_nothing(home: Community) -> None:
    """What is due passes by."""
    await set_up(home)
    await home.settings(moderators=None)
    await until(home, MONDAY)

    assert not monthly(home)
    assert () == await home.database.read(fairness.waiting)


def monthly(home: Community) -> list[Post]:
    """Return the reports that stand in the moderators' channel."""
    posts = home.standing(home.channel("mods"))
    return [post for post in posts if post.text.startswith("How thanks are spread")]


def wide(*members: int) -> Group:
    """Return a group in which everybody thanks everybody."""
    pairs = [(a, b) for a in members for b in members if a != b]
    (group,) = groups([Edge(a, b, 999_999, 99.9) for a, b in pairs], 99, 50_000)
    return group


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_longest_report_fits(home: Community, locale: str) -> None:
    """With the longest names, in the largest groups, on every platform."""
    people = {key: MemberRef(COMMUNITY, "n" * 78 + f"{key:02}") for key in range(99)}
    largest = [wide(*range(15 * each, 15 * each + 15)) for each in range(cards.SHOWN)]
    rings = [
        groups(
            [Edge(5 * r + n, 5 * r + (n + 1) % 5, 999_999, 99.9) for n in range(5)], 99
        )[0]
        for r in range(cards.SHOWN)
    ]
    for shown in (largest, rings):
        text = home.platform.read(
            cards.groups(cards.Page(16, shown), people, 9), locale
        )
        assert 5 == sum(line.startswith(("1", "2")) for line in text.splitlines())
