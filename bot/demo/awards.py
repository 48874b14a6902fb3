"""What can be won when the story ends, from `awards.toml`, and who is put forward."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from bot.chat.responses import Replace, Say
from bot.demo.people import Town
from bot.domain.people import Person
from storage.communities import zone_of

AWARDS = Path(__file__).parent / "awards.toml"


@dataclass(frozen=True, slots=True)
class Put:
    """Somebody who is put forward.

    Attributes:
        by: Id of who nominates.

        who: Id of who is nominated.

        ticks: How many of the award's items are ticked, the first ones.
    """

    by: str
    who: str
    why: str
    ticks: int


@dataclass(frozen=True, slots=True)
class Award:
    """An award, as a moderator writes it down.

    Attributes:
        by: Id of the moderator.

        opens_on: When it opens by itself; None where it is opened at once.
    """

    by: str
    name: str
    about: str
    items: str
    welcome: tuple[str, ...]
    deciding: Mapping[str, object]
    opens_on: date | None
    closes_on: date
    put: tuple[Put, ...]


class Doing(Protocol):
    """Has somebody use a route, and returns what they are shown."""

    async def __call__(
        self, by: str, route: str, *args: str | int, **answers: object
    ) -> Say | Replace:
        """Use ``route``; raises where Laurel refuses."""


def awards(town: Town, until: datetime, path: Path = AWARDS) -> Iterator[Award]:
    """Yield what can be won in a story that ends at ``until``."""
    today = until.astimezone(zone_of(town.zone)).date()
    for row in tomllib.loads(path.read_text(encoding="utf-8"))["awards"]:
        yield _award(row, today)


async def play(award: Award, do: Doing, people: Mapping[str, Person]) -> None:
    """Have an award made, opened, and people put forward for it."""
    sheet = await do(award.by, "awards.create", name=award.name, about=award.about)
    draft = str(next(sheet.message.actions()).args[0])
    if award.items:
        items = {"items": award.items, "welcome": award.welcome}
        await do(award.by, "awards.items", draft, **items)
    await do(award.by, "awards.deciding", draft, **award.deciding)
    window = {"opens_on": award.opens_on, "closes_on": award.closes_on}
    await do(award.by, "awards.window", draft, **window)
    saved = await do(award.by, "awards.save", draft)
    if award.opens_on is not None:
        return
    (number,) = next(saved.message.actions()).args
    await do(award.by, "awards.open-it", number)
    for put in award.put:
        await _put(put, str(number), do, people)


async def _put(put: Put, award: str, do: Doing, people: Mapping[str, Person]) -> None:
    who = people[put.who]
    ticked = tuple(map(str, range(put.ticks)))
    said = {"who": who, "award": award, "why": put.why, "met": ticked}
    await do(put.by, "nominations.nominate", **said)


def _award(row: Mapping[str, Any], today: date) -> Award:
    deciding = {
        name: row[name] for name in ("winners", "decider", "quorum", "blind")
    } | {"nominations": 3}
    opens = row.get("opens_after_d")
    return Award(
        by=row["by"],
        name=row["name"],
        about=row["about"],
        items="\n".join(row["items"]),
        welcome=tuple(row["welcome"]),
        deciding=deciding,
        opens_on=None if opens is None else today + timedelta(days=opens),
        closes_on=today + timedelta(days=row["closes_after_d"]),
        put=tuple(Put(**each) for each in row["put"]),
    )
