"""Messages that could not be delivered: seen, tried again, told of."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from bot.chat.adapter import (
    NotAcceptedError,
    OutcomeUnknownError,
    Posting,
    RefusedError,
)
from bot.chat.message import Action
from bot.check import check
from bot.config import Settings
from bot.config.settings import DatabaseSettings
from bot.courier import MAX_ATTEMPTS
from bot.domain.people import Role
from bot.domain.refs import CommunityRef
from storage import audit, communities
from storage.database import Transaction
from tests.harness import COMMUNITY, PLATFORM, Community, Reply, community

WHY = "You found the fault that all of us had missed."


async def thank(home: Community, to: str, **more: object) -> Reply:
    """Have a member who is called after the one they thank give a shoutout."""
    giver = f"Fan of {to}"
    return await home.type(giver, "shoutout", to=(home.person(to),), why=WHY, **more)


async def park(home: Community, *names: str, reason: str = "no-permission") -> None:
    """Have one shoutout for each name be refused by the platform."""
    home.platform.closed[home.channel("wall")] = reason
    for name in names:
        await thank(home, name)
    home.platform.closed.clear()


async def listed(home: Community, who: str = "Mo") -> Reply:
    """Return what a moderator sees of it."""
    home.person(who, Role.MODERATOR)
    return await home.type(who, "laurel undelivered")


def _audited(tx: Transaction) -> list[tuple[str, str]]:
    rows = tx.all("SELECT action, ref FROM audit WHERE action LIKE 'mail.%'")
    return [(row["action"], row["ref"]) for row in rows]


def _whole(tx: Transaction) -> bool:
    return audit.first_broken(tx, communities.get(tx, COMMUNITY)) is None


async def test_where_all_was_delivered_there_is_nothing_to_do(home: Community) -> None:
    """A moderator without work is told so."""
    await thank(home, "Ben")

    assert "Every message was delivered." in (await listed(home)).text


async def test_members_do_not_see_it(home: Community) -> None:
    """The list is for moderators, and so is trying again."""
    await park(home, "Ben")
    seen = await listed(home)

    assert (await home.type("Ana", "laurel undelivered")).reason == (
        "common.only-moderator"
    )
    assert (await home.press("Ana", seen, "1. #wall")).reason == "common.only-moderator"
    assert home.posts() == []


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("channel-gone", "The channel is gone. Choose another one in /laurel setup"),
        ("no-permission", "Let it see the channel and write in it, then try again."),
        ("member-gone", "They have left the community."),
        ("member-unreachable", "They take no direct messages from Laurel."),
        ("something-new", "The platform did not take it"),
    ],
)
async def test_a_moderator_sees_where_since_when_why_and_what_to_do(
    home: Community, reason: str, words: str
) -> None:
    """Each reason is told in words, with what can be done about it."""
    await park(home, "Ben", reason=reason)
    seen = await listed(home)

    assert "One message is set aside. Everything else goes on." in seen.text
    assert "#wall, since 3:00" in seen.text
    assert words in seen.text


async def test_what_a_platform_never_takes_is_set_aside(home: Community) -> None:
    """Eight times no, and it is here; the platform's own words are not shown."""

    def busy(request: str) -> None:
        if request == "post":
            raise NotAcceptedError("HTTP 503 <secret>")

    home.platform.fault = busy
    await thank(home, "Ben")
    for _ in range(MAX_ATTEMPTS):
        home.clock.move(minutes=10)
        for courier in home.laurel.couriers:
            courier.wake()
        await home.laurel.settle()

    seen = await listed(home)
    assert "The platform did not take it" in seen.text
    assert "503" not in seen.text


async def test_moderators_hear_once_of_what_a_platform_does_not_take(
    home: Community,
) -> None:
    """Laurel goes on trying, and says nothing more; it goes out once all is well."""
    await home.settings(moderators=home.channel("mods"))
    tries = [0]

    async def busy(_request: str, posting: Posting | None) -> None:
        if posting and posting.to == home.channel("wall") and tries[0] < 30:
            tries[0] += 1
            raise NotAcceptedError("busy")

    home.platform.gate = busy
    await thank(home, "Ben")
    for _ in range(200):
        await home.wait(minutes=1)

    assert 1 == len(home.posts("mods"))
    assert 1 == len(home.posts())
    assert "Every message was delivered." in (await listed(home)).text


async def test_what_is_in_doubt_can_be_tried_at_once(home: Community) -> None:
    """A moderator who knows that all is well need not wait."""
    home.platform.fault = _busy
    await thank(home, "Ben")
    for _ in range(MAX_ATTEMPTS):
        await home.wait(minutes=4)
    home.platform.fault = lambda _request: None
    await home.press("Mo", await listed(home), "1. #wall")

    assert 1 == len(home.posts())


async def test_trying_again_delivers_once_all_is_well(home: Community) -> None:
    """It is posted, the list is shorter, and the audit knows who did it."""
    await park(home, "Ben", "Cleo")
    seen = await listed(home)
    row = next(seen.message.actions()).args[0]

    again = await home.do(home.call("Mo"), Action("mail.replay", (row,)), None)

    assert "It is on its way again." in again.text
    assert "One message is set aside." in again.text
    assert [post.splitlines()[0] for post in home.posts()] == ["A shoutout for @Ben"]
    assert await home.database.read(_audited) == [("mail.replay", f"outbox:{row}")]
    assert await home.database.read(_whole)


async def test_trying_again_in_vain_brings_it_back(home: Community) -> None:
    """Nothing is lost however often it fails, and the moderators hear of it again."""
    await home.settings(moderators=home.channel("mods"))
    await park(home, "Ben")
    home.platform.closed[home.channel("wall")] = "no-permission"
    for _ in range(2):
        await home.press("Mo", await listed(home), "1. #wall")
    home.platform.closed.clear()
    assert len(home.posts("mods")) == 3

    await home.press("Mo", await listed(home), "1. #wall")
    assert len(home.posts()) == 1
    assert "Every message was delivered." in (await listed(home)).text


async def test_two_moderators_try_it_at_once(home: Community) -> None:
    """The second hears that it is on its way; it is posted and recorded once."""
    await park(home, "Ben")
    seen = await listed(home)
    home.person("Nia", Role.MODERATOR)

    await home.press("Mo", seen, "1. #wall")
    late = await home.press("Nia", seen, "1. #wall")

    assert "This one is no longer set aside" in late.text
    assert len(home.posts()) == 1
    assert len(await home.database.read(_audited)) == 1


async def test_ten_are_listed_and_the_rest_counted(home: Community) -> None:
    """A long night fits on one card."""
    await park(home, *(f"M{n}" for n in range(12)))
    seen = await listed(home)

    assert "12 messages are set aside." in seen.text
    assert "There are 2 more, shown once there is room." in seen.text
    assert len(list(seen.message.actions())) == 10


async def test_whom_a_direct_message_was_for_is_nobodys_business(
    home: Community,
) -> None:
    """Private praise stays private, also where it fails."""
    await home.settings(moderators=home.channel("mods"))
    home.platform.closed[home.person("Ben").ref] = "member-unreachable"
    await thank(home, "Ben", private=True)
    seen = await listed(home)

    assert "A direct message, since" in seen.text
    assert "Ben" not in seen.text
    assert len(home.posts("mods")) == 1
    assert "Ben" not in home.posts("mods")[0]


async def test_moderators_are_told_once_for_each_place(home: Community) -> None:
    """The first message that is set aside is told; those behind it are not."""
    await home.settings(moderators=home.channel("mods"))
    home.platform.closed[home.channel("wall")] = "no-permission"
    for name in ("Ben", "Cleo", "Dai"):
        await thank(home, name)

    (told,) = home.posts("mods")
    title, why, then = told.splitlines()
    assert title == "A message could not be delivered: #wall"
    assert why.startswith("Laurel may not post there.")
    assert then.startswith("/laurel undelivered shows what is set aside")


async def test_a_moderators_channel_that_fails_is_not_told_of_itself(
    home: Community,
) -> None:
    """No note chases another."""
    await home.settings(moderators=home.channel("wall"))
    await park(home, "Ben", "Cleo")

    assert "2 messages are set aside." in (await listed(home)).text
    assert home.platform.posts == []


async def test_where_moderators_have_no_channel_nobody_is_told(
    home: Community,
) -> None:
    """The list is there all the same."""
    await park(home, "Ben")

    assert home.platform.posts == []
    assert "One message is set aside." in (await listed(home)).text


async def test_what_is_taken_back_is_no_longer_set_aside(home: Community) -> None:
    """A post that never went out and is undone needs nobody any more."""
    home.platform.closed[home.channel("wall")] = "no-permission"
    given = await thank(home, "Ben")
    await home.press("Fan of Ben", given, "Undo")

    assert "Every message was delivered." in (await listed(home)).text


async def test_a_post_that_cannot_be_taken_down_is_told(home: Community) -> None:
    """Whoever took it back was told that it comes down, so somebody has to look."""
    await home.settings(moderators=home.channel("mods"))
    given = await thank(home, "Ben")
    home.platform.fault = _refuses_removal
    await home.press("Fan of Ben", given, "Undo")

    assert home.posts("mods")[0].startswith("A post that was taken back still stands")
    assert "#wall, to be taken down since" in (await listed(home)).text


async def test_what_nobody_may_be_named_in_any_more_is_not_sent_by_hand(
    home: Community,
) -> None:
    """It is drawn when it is tried again, and there is nothing left to be said."""
    await park(home, "Ben")
    row = next((await listed(home)).message.actions()).args[0]
    await home.do(home.call("Ben"), Action("privacy.level", ("private",)), None)
    await home.do(home.call("Mo"), Action("mail.replay", (row,)), None)
    await home.laurel.settle()

    assert "Every message was delivered." in (await listed(home)).text
    assert home.posts() == []


async def test_who_opted_out_since_is_not_named_when_it_is_tried_again(
    home: Community,
) -> None:
    """A shoutout that is set aside cannot be sent until it is drawn without them."""
    home.platform.closed[home.channel("wall")] = "no-permission"
    both = (home.person("Ben"), home.person("Cleo"))
    await home.type("Ana", "shoutout", to=both, why=WHY)
    seen = await listed(home)
    row = next(seen.message.actions()).args[0]
    home.platform.closed.clear()

    hide = home.do(home.call("Ben"), Action("privacy.level", ("private",)), None)
    again = home.do(home.call("Mo"), Action("mail.replay", (row,)), None)
    await asyncio.gather(hide, again)
    await _until_posted(home)

    (post,) = home.posts()
    assert "@Cleo" in post
    assert "@Ben" not in post


async def test_another_communitys_messages_are_out_of_reach(home: Community) -> None:
    """A row's number alone opens nothing."""
    await park(home, "Ben")
    row = next((await listed(home)).message.actions()).args[0]
    elsewhere = CommunityRef(PLATFORM, "elsewhere")

    def settle(tx: Transaction) -> None:
        here = communities.get(tx, COMMUNITY)
        communities.add(tx, elsewhere, here.settings, home.clock())

    await home.database.write(settle)
    home.ref = elsewhere
    home.person("Mallory", Role.ADMIN)
    tried = await home.do(home.call("Mallory"), Action("mail.replay", (row,)), None)

    assert "This one is no longer set aside" in tried.text
    assert home.platform.posts == []


def _busy(_request: str) -> None:
    raise NotAcceptedError("busy")


def _refuses_removal(request: str) -> None:
    if request == "remove":
        raise RefusedError("no-permission")


async def _until_posted(home: Community) -> None:
    """Wait until what was drawn anew stands on the wall."""
    async with asyncio.timeout(5):
        while not home.posts():
            await asyncio.sleep(0)
            await home.laurel.settle()


async def test_who_is_found_gone_is_gone(home: Community) -> None:
    """A delivery that finds nobody takes them off the boards, until they act again."""
    ben = home.person("Ben")
    await home.type("Ana", "shoutout", to=(ben,), why=WHY)
    assert "@Ben" in (await home.type("Ana", "leaderboard")).text
    home.platform.closed[ben.ref] = "member-gone"
    await home.type("Cleo", "shoutout", to=(ben,), why=WHY, private=True)

    assert "@Ben" not in (await home.type("Ana", "leaderboard")).text
    assert "Received" in (await home.type("Ben", "laurel me")).text
    assert "@Ben" in (await home.type("Ana", "leaderboard")).text


async def test_what_may_stand_twice_is_told_for_a_while(tmp_path: Path) -> None:
    """Where Laurel may not look, it sends again and says so, also after a restart."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        home.platform.blind = True
        for name in ("Ben", "Cleo"):
            home.platform.late = once(OutcomeUnknownError("reset"))
            await thank(home, name)
            await home.wait(minutes=2)
        clock, posts = home.clock, home.platform.posts
        assert 4 == len(home.posts())

    told = StringIO()
    check(Settings(database=DatabaseSettings(path)), told)
    assert "harness home: 2 posts may stand twice" in told.getvalue()
    async with community(path, clock=clock, posts=posts) as home:
        seen = await listed(home)
        assert "Every message was delivered." in seen.text
        assert "2 posts of the last 30 days may stand twice" in seen.text
        home.clock.move(days=31)
        assert "may stand twice" not in (await listed(home)).text


async def test_a_post_that_was_looked_for_counts_for_nothing(home: Community) -> None:
    """It was found, so it stands once."""
    home.platform.late = once(OutcomeUnknownError("reset"))
    await thank(home, "Ben")
    await home.wait(minutes=2)

    assert 1 == len(home.posts())
    assert "may stand twice" not in (await listed(home)).text


async def test_who_may_not_look_still_gives_up_at_last(home: Community) -> None:
    """What is never answered is in doubt after as many attempts as anywhere."""
    home.platform.blind = True
    home.platform.fault = once(OutcomeUnknownError("reset"), times=99)
    await thank(home, "Ben")
    for _ in range(MAX_ATTEMPTS):
        await home.wait(minutes=2)
    home.platform.fault = lambda _request: None

    assert "One message is set aside." in (await listed(home)).text


def once(error: Exception, times: int = 1) -> Callable[[str], None]:
    """Return what raises ``error`` for the first posts."""
    left = [times]

    def fail(request: str) -> None:
        if request == "post" and left[0]:
            left[0] -= 1
            raise error

    return fail
