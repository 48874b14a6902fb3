"""What the community talks about, drawn from `talk.toml` by a seeded generator."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.demo.people import Maker, Town
from bot.demo.script import Chat
from bot.demo.words import Deck, variants
from storage.communities import zone_of

TALK = Path(__file__).parent / "talk.toml"

FIRST_HOUR, LAST_HOUR = 9, 21
"""Between which a thread begins, by the community's clock."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one of a thread says.

    Attributes:
        who: Id of a member, or ``letter.language`` for anybody who speaks that.
    """

    who: str
    wordings: Deck[str]


@dataclass(frozen=True, slots=True)
class Thread:
    """A talk of a few lines.

    Attributes:
        weekday: Comes every week on this day, 0 is Monday; None for only `times`.

        hour: At which a weekly one begins.

        ago_d: Days before the end at which it comes; None for whenever.
    """

    room: str
    lines: tuple[Line, ...]
    times: int = 1
    weekday: int | None = None
    hour: int = 0
    ago_d: int | None = None


def load(rng: Random, path: Path = TALK) -> list[Thread]:
    """Return the threads that ``path`` holds."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    return [_thread(rng, row) for row in told["threads"]]


def chats(
    rng: Random, town: Town, since: datetime, until: datetime
) -> tuple[Chat, ...]:
    """Return everything that is said between ``since`` and ``until``, in order."""
    threads = load(rng)
    once = [t for t in threads if t.weekday is None and t.ago_d is None]
    casual = [thread for thread in once for _ in range(thread.times)]
    begun = [
        *_weekly(threads, town, since, until),
        *((until - timedelta(days=t.ago_d), t) for t in threads if t.ago_d),
        *_spread(rng, rng.sample(casual, len(casual)), town, since, until),
    ]
    said = [
        chat
        for at, thread in sorted(begun, key=lambda item: item[0])
        for chat in _play(rng, town, thread, at, until)
    ]
    inside = (chat for chat in said if since <= chat.at < until)
    return tuple(sorted(inside, key=lambda chat: chat.at))


def _thread(rng: Random, row: Mapping[str, Any]) -> Thread:
    lines = (line.split(": ", 1) for line in row["lines"])
    cast = tuple(Line(who, Deck(rng, variants(words))) for who, words in lines)
    return Thread(**dict(row) | {"lines": cast})


def _weekly(
    threads: Sequence[Thread], town: Town, since: datetime, until: datetime
) -> Iterator[tuple[datetime, Thread]]:
    day = since.astimezone(zone_of(town.zone)).replace(minute=0, second=0)
    while day < until:
        for thread in threads:
            if thread.weekday == day.weekday():
                yield day.replace(hour=thread.hour).astimezone(since.tzinfo), thread
        day += timedelta(days=1)


def _spread(
    rng: Random,
    threads: Sequence[Thread],
    town: Town,
    since: datetime,
    until: datetime,
) -> Iterator[tuple[datetime, Thread]]:
    """Yield ``threads`` one after the other, evenly over the days but for a jitter."""
    gap = (until - since) / max(len(threads), 1)
    for index, thread in enumerate(threads):
        day = (since + gap * (index + rng.random())).astimezone(zone_of(town.zone))
        at = day.replace(hour=rng.randint(FIRST_HOUR, LAST_HOUR))
        yield at.astimezone(since.tzinfo), thread


def _play(
    rng: Random, town: Town, thread: Thread, at: datetime, until: datetime
) -> Iterator[Chat]:
    cast: dict[str, Maker] = {}
    for line in thread.lines:
        at += timedelta(seconds=rng.randint(40, 1500))
        if line.who not in cast:
            cast[line.who] = _cast(rng, town, line.who, cast, at, until)
        yield Chat(at, cast[line.who].id, thread.room, line.wordings.deal())


def _cast(
    rng: Random,
    town: Town,
    who: str,
    taken: Mapping[str, Maker],
    at: datetime,
    until: datetime,
) -> Maker:
    if who in town.people:
        return town.people[who]
    language = who.partition(".")[2]
    free = [
        maker
        for maker in town.people.values()
        if maker.speaks == language
        and not maker.bot
        and maker not in taken.values()
        and maker.is_there(at, until)
    ]
    return rng.choice(free)
