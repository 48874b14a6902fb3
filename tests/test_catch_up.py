"""P9: a place that could not be reached is told everything, and not by a flood."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.chat import wire
from bot.chat.adapter import OutcomeUnknownError, RefusedError
from bot.chat.message import Action, Card, say
from bot.chat.text import Quote, phrase
from bot.domain.people import Role
from bot.domain.refs import MemberRef
from storage import communities, digests, outbox
from storage.database import Transaction
from storage.outbox import Parcel
from tests.faults import down, up
from tests.harness import Community, Post, Reply, community

INTRO = (
    "Laurel could not post here for a while, but the thanks went on. "
    "Here they are, together."
)
WORDS = "Thank you for what you did there, number"


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        await settle_in(home)
        yield home


async def settle_in(home: Community) -> None:
    """Have nothing but the platform stand between people and their thanks."""
    await home.settings(allowance_per_day=100, pair_cooldown_h=0, undo_minutes=1_440)


async def thank(home: Community, giver: str, *to: str, **more: object) -> Reply:
    why = f"{WORDS} {next(home._operations)}."
    people = tuple(map(home.person, to))
    return await home.type(giver, "shoutout", to=people, why=why, **more)


async def outage(home: Community, posts: int, start: int = 0) -> list[Reply]:
    """Have so many people thank one each, of half as many, while nothing gets out."""
    home.platform.fault = down
    given = [
        await thank(home, f"Fan {n}", f"Friend {n // 2}")
        for n in range(start, start + posts)
    ]
    await home.wait(minutes=6)
    return given


async def reach(home: Community) -> None:
    """Have the platform be well again, for long enough."""
    home.platform.fault = up
    for _ in range(3):
        await home.wait(minutes=10)


def told(home: Community, channel: str = "wall") -> Counter[str]:
    """Return whom the digests that stand there name, and how many times."""
    names: Counter[str] = Counter()
    for post in home.standing(home.channel(channel)):
        names.update(receivers(home, post))
    return names


def titles(home: Community) -> list[str]:
    return [post.splitlines()[0] for post in home.posts()]


def receivers(home: Community, post: Post) -> list[str]:
    refs = [
        fact.label.values["member"]
        for node in post.message.nodes
        if isinstance(node, Card)
        for fact in node.facts
        if fact.label.key == "shoutouts.digest.who"
    ]
    return [home.names[ref] for ref in refs if isinstance(ref, MemberRef)]


async def digest_states(home: Community) -> list[str]:
    def find(tx: Transaction) -> list[str]:
        rows = tx.all("SELECT state FROM outbox WHERE part > 0 ORDER BY id")
        return [row["state"] for row in rows]

    return await home.database.read(find)


async def test_a_flood_is_told_in_one_post(home: Community) -> None:
    """Everybody is named once, with how often and by whom, and is told of it."""
    await outage(home, 22)
    await thank(home, "Ana", "Friend 0")
    await thank(home, "Ben", "Friend 0")
    await reach(home)

    (post,) = home.posts()
    lines = post.splitlines()
    assert lines[:2] == [
        "Thanks that waited",
        INTRO,
    ]
    assert lines[2] == "@Friend 0"
    assert lines[3] == "4 times, from @Fan 0, @Fan 1, @Ana, and one more person"
    assert lines[4:6] == ["@Friend 1", "2 times, from @Fan 2 and @Fan 3"]
    assert Counter({f"Friend {n}": 1 for n in range(11)}) == told(home)
    mentioned = home.platform.posts[0].message.mentions
    assert [home.person(f"Friend {n}").ref for n in range(11)] == list(mentioned)
    assert 0 == await home.waiting()


async def test_the_digest_is_in_the_communitys_language(home: Community) -> None:
    await home.settings(locale="es")
    await outage(home, 21)
    await reach(home)

    (post,) = home.posts()
    assert post.startswith("Reconocimientos que esperaban\nLaurel no pudo publicar")
    assert "2 veces, de @Fan 0 y @Fan 1" in post


async def test_twenty_are_no_flood(home: Community) -> None:
    """Each has its own post, in order."""
    await outage(home, 20)
    await reach(home)

    assert [f"A shoutout for @Friend {n // 2}" for n in range(20)] == titles(home)


async def test_an_outage_sets_nothing_aside(home: Community) -> None:
    """It is not the messages: all of them go out in order, by themselves."""
    await outage(home, 3)
    for _ in range(12 * 60):
        await home.wait(minutes=1)
    await outage(home, 1, start=8)
    await reach(home)

    assert [f"A shoutout for @Friend {n}" for n in (0, 0, 1, 4)] == titles(home)


async def test_what_comes_after_the_outage_overtakes_nothing(home: Community) -> None:
    """The one in doubt is tried first, though the other is due before."""
    await outage(home, 1)
    for _ in range(60):
        await home.wait(minutes=1)
    home.platform.fault = up
    await thank(home, "Ana", "Ben")
    await reach(home)

    assert ["A shoutout for @Friend 0", "A shoutout for @Ben"] == titles(home)


async def test_a_hiccup_folds_nothing(home: Community) -> None:
    """A platform that is busy for four minutes is not out of reach."""
    home.platform.fault = down
    for n in range(25):
        await thank(home, f"Fan {n}", f"Friend {n}")
    await home.wait(minutes=4)
    home.platform.fault = up
    for _ in range(3):
        await home.wait(seconds=15)

    assert 25 == len(home.posts())


async def test_what_is_a_day_old_is_told_together(tmp_path: Path) -> None:
    """Laurel itself was away: two posts of the day before are one."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        home.platform.fault = down
        for n in range(2):
            await thank(home, f"Fan {n}", f"Friend {n}")
        clock = home.clock
    clock.move(hours=25)
    async with community(path, clock=clock) as home:
        home.person("Friend 0")
        home.person("Friend 1")
        await home.laurel.settle()
        assert Counter({"Friend 0": 1, "Friend 1": 1}) == told(home)
        assert 1 == len(home.posts())


async def test_one_old_post_is_told_as_it_is(home: Community) -> None:
    await outage(home, 1)
    home.clock.move(hours=30)
    await reach(home)

    assert home.posts()[0].startswith("A shoutout for @Friend 0")


async def test_what_comes_while_it_waits_is_told_with_it(home: Community) -> None:
    """A digest grows until the place is reached; nobody is named twice."""
    await outage(home, 25)
    assert ["new"] == await digest_states(home)
    await outage(home, 6, start=20)
    await home.wait(minutes=30)
    await outage(home, 6, start=40)
    await reach(home)

    assert 1 == len(home.posts())
    assert Counter({f"Friend {n}": 1 for n in (*range(13), *range(20, 23))}) == told(
        home
    )


async def test_what_comes_after_is_told_as_ever(home: Community) -> None:
    await outage(home, 25)
    await reach(home)
    await thank(home, "Ana", "Ben")

    assert ["Thanks that waited", "A shoutout for @Ben"] == titles(home)


async def test_only_what_can_be_folded_is(home: Community) -> None:
    """Notes to one person and what others put there go out one by one, in order."""
    home.platform.fault = down

    def put(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        for n in range(25):
            said = say(Card(body=(phrase("playground.said", words=Quote(f"{n}")),)))
            to, body = home.channel("wall"), wire.encode(said)
            parcel = Parcel(to, f"recaps:week:{n}", body, (), "call")
            outbox.put(tx, here, parcel, home.clock())

    await home.database.write(put)
    for n in range(22):
        await thank(home, f"Fan {n}", "Ben", private=True)
    await outage(home, 22)
    await reach(home)

    assert [str(n) for n in range(25)] == home.posts()[:25]
    assert 26 == len(home.posts())
    assert 22 == len(home.dms("Ben"))


async def test_undo_redraws_what_stands(home: Community) -> None:
    """Once less, then not at all; the boards are what they would be anyway."""
    given = await outage(home, 24)
    board = (await home.type("Mo", "leaderboard")).text
    await reach(home)
    assert board == (await home.type("Mo", "leaderboard")).text
    await home.press("Fan 0", given[0], "Undo")

    (post,) = home.posts()
    assert "From @Fan 1\n" in post
    assert "@Fan 0" not in post
    await home.press("Fan 1", given[1], "Undo")
    assert "@Friend 0" not in home.posts()[0]
    assert 2 == home.platform.posts[0].edits


async def test_undo_of_everything_takes_it_down(home: Community) -> None:
    given = await outage(home, 21)
    await reach(home)
    for n, reply in enumerate(given):
        await home.press(f"Fan {n}", reply, "Undo")

    assert [] == home.posts()
    assert ["dead"] == await digest_states(home)


async def test_undo_before_it_is_posted_is_never_seen(home: Community) -> None:
    """What is folded and waits is drawn without it; with nothing left, never sent."""
    given = await outage(home, 22)
    await home.press("Fan 0", given[0], "Undo")
    await home.press("Fan 1", given[1], "Undo")
    await reach(home)

    assert Counter({f"Friend {n}": 1 for n in range(1, 11)}) == told(home)
    assert 0 == home.platform.posts[0].edits


async def test_all_undone_before_it_is_posted(home: Community) -> None:
    given = await outage(home, 21)
    for n, reply in enumerate(given):
        await home.press(f"Fan {n}", reply, "Undo")
    await reach(home)

    assert [] == home.platform.posts
    assert ["dead"] == await digest_states(home)


async def test_a_digest_is_no_shoutout_to_take_back(home: Community) -> None:
    """Its menu says so; /retract has each of them."""
    await outage(home, 21)
    await reach(home)
    refused = await home.choose(
        "Fan 0", "shoutouts.retract-this", home.platform.posts[0]
    )

    assert "shoutouts.refused-no-shoutout" == refused.reason


@pytest.mark.parametrize("when", ["waits", "stands"])
@pytest.mark.parametrize(
    ("who", "left"), [("Friend 0", 10), ("Fan 0", 11)], ids=["receiver", "giver"]
)
async def test_erasure_reaches_the_digest(
    home: Community, when: str, who: str, left: int
) -> None:
    """Nobody who is erased is named, in what waits or in what stands."""
    await outage(home, 22)
    if when == "stands":
        await reach(home)
    page = await home.type(who, "laurel privacy")
    form = await home.press(who, page, "Erase my data")
    await home.fill_in(who, form, word="ERASE")
    assert 0 == await home.database.read(_bodies_with, home.person(who).ref.id)
    await reach(home)

    (post,) = home.posts()
    assert f"@{who}\n" not in f"{post}\n"
    assert left == len(told(home))


def _bodies_with(tx: Transaction, platform_id: str) -> int:
    rows = tx.all("SELECT body FROM outbox WHERE body IS NOT NULL")
    return sum(f'"{platform_id}"' in row["body"] for row in rows)


async def test_who_hides_is_left_out_of_what_waits(home: Community) -> None:
    await outage(home, 22)
    await home.press(
        "Friend 0", await home.type("Friend 0", "laurel privacy"), "Private:"
    )
    await reach(home)

    assert Counter({f"Friend {n}": 1 for n in range(1, 11)}) == told(home)


class Killed(asyncio.CancelledError):
    """The process is gone."""


@pytest.mark.parametrize("accepted", [True, False], ids=["after", "before"])
async def test_a_kill_while_it_is_sent_doubles_nothing(
    tmp_path: Path, *, accepted: bool
) -> None:
    """Once it was claimed, it is looked for; the next process says it at most once."""
    path = tmp_path / "laurel.sqlite3"

    def kill(_request: str) -> None:
        raise Killed

    async with community(path) as home:
        await settle_in(home)
        await outage(home, 22)
        if accepted:
            home.platform.fault, home.platform.late = up, kill
        else:
            home.platform.fault = kill
        await home.wait(minutes=10)
        assert ["sending"] == await digest_states(home)
        clock, stands, names = home.clock, home.platform.posts, home.names
    assert accepted == bool(stands)

    async with community(path, clock=clock, posts=stands) as home:
        home.names.update(names)
        await reach(home)
        assert 1 == len(home.platform.posts)
        assert 11 == len(told(home))


async def test_an_answer_that_never_came_is_found(home: Community) -> None:
    """The digest stands though nobody said so: it is found, and edits still work."""
    given = await outage(home, 22)
    home.platform.fault = up
    home.platform.late = once(OutcomeUnknownError("timeout"))
    await home.wait(minutes=6)
    await home.press("Fan 0", given[0], "Undo")
    await reach(home)

    assert 1 == len(home.platform.posts)
    assert ["sent"] == await digest_states(home)
    assert "@Fan 0," not in home.posts()[0]
    assert 11 == len(told(home))


def once(error: Exception) -> Callable[[str], None]:
    """Return what raises ``error`` for the first request."""
    left = [error]

    def fail(_request: str) -> None:
        if left:
            raise left.pop()

    return fail


def deaf(_request: str) -> None:
    raise OutcomeUnknownError("timeout")


async def test_a_head_that_stood_there_unseen_opens_no_gate(home: Community) -> None:
    """The first post was taken, and nobody said so; what is behind it is one digest."""
    home.platform.late = once(OutcomeUnknownError("timeout"))
    await thank(home, "Ana", "Ben")
    home.platform.fault = deaf
    for n in range(22):
        await thank(home, f"Fan {n}", f"Friend {n}")
    await home.wait(hours=3)
    await reach(home)

    assert 2 == len(home.platform.posts)
    assert 22 == len(told(home))


async def test_more_than_twenty_messages_wait_for_each_other(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where so many are to be named, the rest follows an hour later, and is told."""
    monkeypatch.setattr(digests, "MAX_POSTS", 2)
    home.platform.fault = down
    for n in range(240):
        await thank(home, f"{n:03} {'x' * 70}", f"{n:03} {'y' * 70}")
    await home.wait(minutes=6)
    await reach(home)
    assert 2 == len(home.posts())

    for _ in range(6):
        await home.wait(minutes=30)
    assert {1} == set(told(home).values())
    assert 240 == len(told(home))
    first, *more = titles(home)
    assert "Thanks that waited" == first
    assert {"Thanks that waited, continued"} == set(more)


async def test_a_digest_that_cannot_be_made_holds_nothing_up(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each is posted alone, as if there were no digests."""

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("storage.digests._lay_out", broken)
    await outage(home, 22)
    await reach(home)

    assert 22 == len(home.posts())


async def test_a_digest_that_is_refused_is_set_aside_and_tried_again(
    home: Community,
) -> None:
    """It is one entry, whatever it stands for; what it stands for is none."""
    await outage(home, 22)
    home.platform.fault = once(RefusedError("no-permission"))
    await home.wait(minutes=10)
    home.person("Mo", Role.MODERATOR)
    seen = await home.type("Mo", "laurel undelivered")
    assert "One message is set aside." in seen.text

    (row,) = [action.args[0] for action in seen.message.actions()]
    folded = await home.database.read(_a_folded_row)
    forged = await home.do(home.call("Mo"), Action("mail.replay", (folded,)), None)
    assert "This one is no longer set aside" in forged.text
    assert [] == home.posts()
    await home.do(home.call("Mo"), Action("mail.replay", (row,)), None)
    assert 11 == len(told(home))
    assert 1 == len(home.posts())


def _a_folded_row(tx: Transaction) -> int:
    (row, *_) = tx.all("SELECT id FROM outbox WHERE state = 'folded'")
    return int(row["id"])
