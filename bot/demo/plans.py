"""What is on the calendar when the story ends, drawn from `plans.toml` by a seed."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from bot.demo.people import Town
from storage.communities import zone_of

PLANS = Path(__file__).parent / "plans.toml"


@dataclass(frozen=True, slots=True)
class Plan:
    """A moment, a themed week or a window, as a moderator plans it.

    Attributes:
        by: Id of the moderator.

        kind: As the form calls it, like ``repeat``.

        room: Id of where it is said.

        on: Its first day, on the community's clock, as is ``at``.
    """

    by: str
    kind: str
    title: str
    about: str
    room: str
    on: date
    at: time
    repeat: str
    lasts: timedelta


def plans(
    rng: Random, town: Town, until: datetime, path: Path = PLANS
) -> Iterator[Plan]:
    """Yield what is planned in a story that ends at ``until``."""
    today = until.astimezone(zone_of(town.zone)).date()
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    for row in told["plans"]:
        yield _plan(row, rng.choice(row["said"]), today)


def _plan(row: Mapping[str, Any], said: Mapping[str, str], today: date) -> Plan:
    earliest = today + timedelta(days=row["after_d"])
    wait_d = (row["weekday"] - earliest.weekday()) % 7
    return Plan(
        by=row["by"],
        kind=row.get("kind", "moment"),
        title=said["title"],
        about=said["about"],
        room=row["room"],
        on=earliest + timedelta(days=wait_d),
        at=row["at"],
        repeat=row["repeat"],
        lasts=timedelta(minutes=row["lasts_min"]),
    )
