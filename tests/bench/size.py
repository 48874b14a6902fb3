"""How much the bench does: all of it, or just enough to see that it runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Size:
    """How much of everything is measured.

    Attributes:
        rounds: How often each of two things is measured, in turns.

        callers: How many act at the same time.

        shoutouts: Given in one round.

        singles: Given one after another, for the time of one.

        history: Shoutouts that were given before.

        members: Who gave them.

        ledger: Credits that boards are drawn of.

        crowd: Who thank the same member at the same moment.

        growth: Shoutouts over which the memory is measured.

        starts: How often a process is started.

        commands: Typed on Discord, and on Slack.

        entries: On the calendars, of a tenth as many communities.

        recap: Shoutouts of one week, and as many before it.

        recaps: Due at the same minute.

        thanked: Thanks that a report on fairness is of, in 90 days.

        neighbours: Who gave them.

        rows: Of an audit that is verified.

        imported: Rows of another tool's export.

        played: Members whose days are played again.

        days: How many days of theirs.

        idle_s: How long nobody asks a process for anything before it is measured.
    """

    rounds: int
    callers: int
    shoutouts: int
    singles: int
    history: int
    members: int
    ledger: int
    crowd: int
    growth: int
    starts: int
    commands: int
    entries: int
    recap: int
    recaps: int
    thanked: int
    neighbours: int
    rows: int
    imported: int
    played: int
    days: int
    idle_s: float


FULL = Size(
    rounds=7,
    callers=100,
    shoutouts=3_000,
    singles=400,
    history=1_000_000,
    members=100_000,
    ledger=10_000_000,
    crowd=400,
    growth=100_000,
    starts=9,
    commands=1_000,
    entries=10_000,
    recap=10_000,
    recaps=500,
    thanked=1_000_000,
    neighbours=50_000,
    rows=200_000,
    imported=1_000_000,
    played=1_000,
    days=90,
    idle_s=2.0,
)

TINY = Size(
    rounds=1,
    callers=4,
    shoutouts=20,
    singles=4,
    history=2_000,
    members=200,
    ledger=2_000,
    crowd=12,
    growth=20,
    starts=1,
    commands=10,
    entries=100,
    recap=200,
    recaps=4,
    thanked=5_000,
    neighbours=1_000,
    rows=400,
    imported=500,
    played=20,
    days=10,
    idle_s=0.1,
)
