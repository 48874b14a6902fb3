"""T14: a channel cannot be reached for two days, and people thank each other."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError
from bot.chat.message import Card, Fact
from bot.domain.refs import MemberRef
from cogs.shoutouts import digest
from storage import digests, members
from storage.database import Transaction
from tests.battery.size import chance, size
from tests.battery.told import Tell
from tests.harness import Clock, Community, Post, community, words

POSTS = size(150, 3_000)
DAYS = 2
STARTS = 4
"""How often the process ends meanwhile."""


def _refused(_request: str) -> None:
    raise NotAcceptedError("down")


def _silent(_request: str) -> None:
    raise OutcomeUnknownError("silence")


async def _a_while(
    home: Community, people: Sequence[str], posts: int, seed: int
) -> Counter[str]:
    """Have people thank each other while nothing gets out; return how often each."""
    luck = chance(seed)
    given: Counter[str] = Counter()
    for number in range(posts // STARTS):
        home.platform.fault = luck.choice((_refused, _refused, _refused, _silent))
        giver, *to = luck.sample(people, luck.randrange(2, 5))
        done = await home.type(
            giver,
            "shoutout",
            to=tuple(map(home.person, to)),
            why=f"For what you did out there: {seed}-{number}.",
        )
        assert not done.refused, done.text
        given.update(to)
        if number % 10:
            home.clock.move(days=DAYS / posts)
        else:
            await home.wait(days=DAYS / posts)
    return given


async def findings(
    path: Path, posts: int, locale: str = "en", name: str = "Person {}"
) -> Mapping[str, int]:
    """Return what is wrong with what stands in the channel afterwards."""
    given: Counter[str] = Counter()
    stands: list[Post] = []
    clock: Clock | None = None
    people = [name.format(n) for n in range(max(8, posts // 3))]
    names: dict[MemberRef, str] = {}
    for start in range(STARTS):
        async with community(path, clock=clock, posts=stands) as home:
            clock = home.clock
            home.names.update(names)
            home._operations = itertools.count(start * posts)
            await home.settings(locale=locale, allowance_per_day=100, pair_cooldown_h=0)
            given.update(await _a_while(home, people, posts, start))
            names.update(home.names)
    async with community(path, clock=clock, posts=stands) as home:
        home.names.update(names)
        await _settled(home)
        parked = await home.database.read(_parked)
        waiting = await home.waiting()
    return _wrong(stands, names, given) | {
        what: count
        for what, count in {"parked": parked, "waiting": waiting}.items()
        if count
    }


async def _settled(home: Community) -> None:
    """Let the platform be well for an hour, and an hour only."""
    for _ in range(6):
        await home.wait(minutes=10)


def _parked(tx: Transaction) -> int:
    (row,) = tx.all("SELECT count(*) AS n FROM outbox WHERE state = 'parked'")
    return int(row["n"])


def _wrong(
    stands: Sequence[Post], names: Mapping[MemberRef, str], given: Counter[str]
) -> dict[str, int]:
    times: Counter[str] = Counter()
    named: Counter[str] = Counter()
    pinged: Counter[str] = Counter()
    for post in stands:
        pinged.update(names[ref] for ref in post.message.mentions)
        for fact in _facts(post):
            ref = fact.label.values["member"]
            assert isinstance(ref, MemberRef)
            count = fact.value.values["count"]
            assert isinstance(count, int)
            named[names[ref]] += 1
            times[names[ref]] += count
    found = {
        "posts over twenty": max(0, len(stands) - digests.MAX_POSTS),
        "never named": len(given.keys() - named.keys()),
        "named twice": sum(count > 1 for count in named.values()),
        "counted wrongly": sum(times[who] != count for who, count in given.items()),
        "not told, or twice": sum(pinged[who] != 1 for who in given),
    }
    return {what: count for what, count in found.items() if count}


def _facts(post: Post) -> list[Fact]:
    return [
        fact
        for node in post.message.nodes
        if isinstance(node, Card)
        for fact in node.facts
        if fact.label.key == "shoutouts.digest.who"
    ]


async def test_a_backlog_is_told_in_twenty_posts(tmp_path: Path, tell: Tell) -> None:
    """Everybody is named once, with every time, and nothing is set aside."""
    wrong = await findings(tmp_path / "laurel.sqlite3", POSTS)
    many = wrong.get("posts over twenty", 0)
    tell("P9", f"posts over twenty for a backlog of {POSTS:,}", many, most=0)
    lost = wrong.get("never named", 0)
    tell("P9", f"receivers a backlog of {POSTS:,} never named", lost, most=0)
    assert {} == wrong


@pytest.mark.parametrize("locale", sorted(words().languages))
@pytest.mark.parametrize("length", [1, members.MAX_NAME_CHARS])
async def test_its_posts_are_within_every_limit(
    tmp_path: Path, locale: str, length: int
) -> None:
    """In each language, with the shortest and the longest names: the harness looks."""
    name = "{:0>" + str(length) + "}"
    assert {} == await findings(tmp_path / "laurel.sqlite3", 400, locale, name)


async def _burst(home: Community, posts: int, start: int = 0) -> None:
    for n in range(start, start + posts):
        done = await home.type(
            f"Fan {n}",
            "shoutout",
            to=(home.person(f"Friend {n}"),),
            why=f"For what you did out there: {n}.",
        )
        assert not done.refused, done.text


def _told(home: Community) -> Counter[str]:
    refs = [f.label.values["member"] for p in home.platform.posts for f in _facts(p)]
    return Counter(home.names[ref] for ref in refs if isinstance(ref, MemberRef))


async def test_a_digest_that_stands_in_part_does_not_grow(tmp_path: Path) -> None:
    """The outage comes back between two of its messages; what is new is another."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        home.platform.fault = _refused
        await _burst(home, 60)
        await home.wait(minutes=6)
        taken = iter([True])

        def one_more(_request: str) -> None:
            if not next(taken, False):
                raise NotAcceptedError("down")

        home.platform.fault = one_more
        await home.wait(minutes=10)
        assert 1 == len(home.platform.posts)
        await _burst(home, 25, start=60)
        await home.wait(minutes=10)
        home.platform.fault = lambda _request: None
        await _settled(home)

        assert Counter({f"Friend {n}": 1 for n in range(85)}) == _told(home)
        first, more = "Thanks that waited", "Thanks that waited, continued"
        assert [first, more, first] == [p.splitlines()[0] for p in home.posts()]


async def test_an_old_post_that_changes_folds_nothing(tmp_path: Path) -> None:
    """What is a day old stands already; what is fresh behind it is no backlog."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        await _burst(home, 1)
        home.clock.move(hours=30)
        home.platform.fault = _refused
        form = await home.choose(
            "Fan 0", "shoutouts.retract-this", home.platform.posts[0]
        )
        await home.fill_in("Fan 0", form, why="Another one had done it.")
        await _burst(home, 25, start=1)
        home.platform.fault = lambda _request: None
        await home.wait(seconds=10)

        assert 25 == len(home.posts())
        assert Counter() == _told(home)


async def test_an_outage_is_measured_from_its_first_failure(tmp_path: Path) -> None:
    """However often it was tried in between."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        home.platform.fault = _refused
        await _burst(home, 25)
        for _ in range(50):
            await home.wait(seconds=10)
        home.platform.fault = lambda _request: None
        for _ in range(6):
            await home.wait(seconds=10)

        assert 1 == len(home.posts())
        assert 25 == len(_told(home))


async def test_a_flood_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: nothing is ever folded."""
    monkeypatch.setattr("bot.app.FOLDINGS", ())
    assert "posts over twenty" in await findings(tmp_path / "laurel.sqlite3", 60)


async def test_a_fold_that_does_not_keep_its_state_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: what a digest tells is told again by itself."""
    kept_new = "UPDATE outbox SET state = 'new', digest = :digest WHERE id = :id"
    monkeypatch.setattr(digests, "_FOLD", kept_new)
    assert {} != await findings(tmp_path / "laurel.sqlite3", 60)


async def test_a_forgotten_receiver_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: the last on each page is left out."""

    def packed(*asked: object) -> list[object]:
        return [each[:-1] for each in original(*asked)]  # type: ignore[arg-type]

    original = digest._packed
    monkeypatch.setattr(digest, "_packed", packed)
    assert "never named" in await findings(tmp_path / "laurel.sqlite3", 60)
