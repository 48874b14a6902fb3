"""What the community sets itself to do while the story ends, from `challenges.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.chat.responses import Replace, Say
from bot.demo.people import Town
from bot.domain.refs import ChannelRef, CommunityRef
from storage.communities import zone_of

CHALLENGES = Path(__file__).parent / "challenges.toml"

_ACTING = time(9, 30)
"""When the first of a day checks in; the others come after them."""

_APART = timedelta(minutes=4)


@dataclass(frozen=True, slots=True)
class Begin:
    """A moderator makes a challenge and opens it."""

    at: datetime
    by: str
    template: str
    room: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Join:
    """Somebody takes part."""

    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class CheckIn:
    """Somebody did what the day asked for."""

    at: datetime
    by: str
    words: str


Step = Begin | Join | CheckIn


class Doing(Protocol):
    """Has somebody use a route, and returns what they are shown."""

    async def __call__(
        self, by: str, route: str, *args: str | int, **answers: object
    ) -> Say | Replace:
        """Use ``route``; raises where Laurel refuses."""


def steps(town: Town, until: datetime, path: Path = CHALLENGES) -> Iterator[Step]:
    """Yield what is done in a story that ends at ``until``; nothing after its end."""
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["challenges"]:
        yield from (step for step in _steps(row, town, until) if step.at < until)


async def play(step: Step, do: Doing, home: CommunityRef) -> None:
    """Have a step be done."""
    match step:
        case Begin():
            room = ChannelRef(home, step.room)
            asked = {"template": step.template, "channel": room}
            sheet = await do(
                step.by, "challenges.create", **asked, starts_on=step.starts_on
            )
            draft = str(next(sheet.message.actions()).args[0])
            saved = await do(step.by, "challenges.save", draft)
            await do(
                step.by, "challenges.open-it", next(saved.message.actions()).args[0]
            )
        case Join():
            await do(step.by, "checkins.enter")
        case CheckIn():
            await do(step.by, "checkins.checkin", words=step.words)


def _steps(row: Mapping[str, Any], town: Town, until: datetime) -> Iterator[Step]:
    zone = zone_of(town.zone)
    today = until.astimezone(zone).date()

    def at(day: date, turn: int) -> datetime:
        return datetime.combine(day, _ACTING, zone) + turn * _APART

    begins_on = today - timedelta(days=row["begins_d"])
    opened_on = today - timedelta(days=row["opened_d"])
    yield Begin(at(opened_on, 0), row["by"], row["template"], row["room"], begins_on)
    for turn, who in enumerate(row["joins"]):
        yield Join(at(opened_on + timedelta(days=1), turn), who)
    for told in row["days"]:
        day = begins_on + timedelta(days=told["day"] - 1)
        said = ((who, words) for who, words in told.items() if who != "day")
        for turn, (who, words) in enumerate(said):
            yield CheckIn(at(day, turn), who, words)
