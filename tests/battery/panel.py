"""A community whose committees are drawn by the units themselves, one after another.

What chat and the clock do between is done by hand, so that a thousand draws take
seconds. `by_hand` repeats all that was drawn from the lines of the audit alone.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.chat.responses import Call
from bot.domain.committees import Leaving, Size
from bot.domain.community import Community, Level, Settings
from bot.domain.people import Person, Role
from bot.domain.recurrence import Happening
from bot.domain.refs import ChannelRef, MemberRef
from cogs.committees import drawing, terms
from cogs.committees.drawing import Begun
from cogs.committees.planned import Due
from cogs.committees.posts import POOLS
from storage import audit, calendar, committees, communities, members, seats
from storage.database import Transaction
from storage.file import connect
from storage.occurrences import Occurrence
from storage.seats import Seat
from tests.harness import COMMUNITY, Clock, blank

TERM_DAYS = 7
WALL = ChannelRef(COMMUNITY, "wall")


@dataclass
class Panel:
    """People, of whom committees are drawn.

    Attributes:
        keys: Of whom can be drawn by now, by name.

        sat: How often each has had a seat, by key.
    """

    tx: Transaction
    clock: Clock = field(default_factory=Clock)
    keys: dict[str, int] = field(default_factory=dict)
    sat: Counter[int] = field(default_factory=Counter)
    here: Community = field(init=False)
    _calls: int = 0

    def __post_init__(self) -> None:
        """Have a wall, on which digests stand."""
        chosen = Settings("en", ZoneInfo("UTC"), WALL)
        self.here = communities.add(self.tx, COMMUNITY, chosen, self.clock())

    def join(self, *names: str) -> None:
        """Have people be met."""
        for name in names:
            person = Person(MemberRef(COMMUNITY, name), name)
            met = members.meet(self.tx, self.here, person, self.clock())
            self.keys[name] = met.key

    def call(self, name: str, role: Role = Role.MEMBER) -> Call:
        """Return what comes with an action of somebody."""
        self._calls += 1
        person = Person(MemberRef(COMMUNITY, name), name, role)
        return Call(f"call-{self._calls}", person, WALL, self.clock(), "en")

    def draw(self, size: Size) -> Sequence[Seat]:
        """Have a committee be drawn, with a term that has just begun."""
        self.clock.move(days=TERM_DAYS, hours=1)
        self.tx.run("UPDATE members SET met_at = :at", at=_ms(self.clock))
        self._hide("Mo")  # whoever asks for it is never in it
        begun = drawing.begin(self.tx, self.call("Mo", Role.MODERATOR), size)
        assert isinstance(begun, Begun), begun
        key = f"{POOLS}{begun.committee.id}"
        stands = "UPDATE outbox SET message_id = 'm', state = 'sent' WHERE key = :key"
        assert self.tx.run(stands, key=key)
        self.clock.move(minutes=2)
        drawing.draw_due(self.tx, self._due())
        told = seats.seats(self.tx, begun.committee.id)
        self.sat.update(each.member for each in told if each.turn is not None)
        return told

    def out(self, member: int, why: Leaving) -> None:
        """Have somebody be out of the committee that serves."""
        committee = committees.serving(self.tx, self.here)
        assert committee is not None
        before = self._served(committee.id)
        terms.leave(self.tx, self.here, committee, member, why, self.clock())
        self.sat.update(self._served(committee.id) - before)

    def hide(self, name: str, *, hidden: bool = True) -> None:
        """Have somebody not be named any more, or be named again."""
        self._hide(name, Level.NONE if hidden else Level.PUBLIC)

    def rows(self) -> list[dict[str, Any]]:
        """Return the audit as it is handed out."""
        return [json.loads(line) for line in audit.lines(self.tx, self.here)]

    def _served(self, committee: int) -> set[int]:
        told = seats.seats(self.tx, committee)
        return {each.member for each in told if each.turn is not None}

    def _hide(self, name: str, level: Level = Level.NONE) -> None:
        person = Person(MemberRef(COMMUNITY, name), name)
        met = members.meet(self.tx, self.here, person, self.clock())
        privacy = replace(met.privacy, level=level)
        members.prefer(self.tx, met, privacy, previews=False)

    def _due(self) -> Occurrence:
        calendar.drop(self.tx, self.here, Due.END)  # draws end terms here
        (entry,) = calendar.ahead(self.tx, self.here, 10)
        calendar.drop(self.tx, self.here, Due.DRAW)
        now = self.clock()
        happening = Happening(now, now.date(), 0)
        return Occurrence(self.here, entry, happening, None, 0, now)


def panel(folder: Path, people: int) -> Iterator[Panel]:
    """Yield a community of so many people, over a file that is never committed."""
    file = folder / "laurel.sqlite3"
    file.write_bytes(blank())
    connection = connect(file, "rw")
    connection.execute("BEGIN IMMEDIATE")
    made = Panel(Transaction(connection))
    made.join(*(f"Member {n}" for n in range(people)))
    try:
        yield made
    finally:
        connection.close()


def by_hand(rows: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Yield what a sceptic finds wrong with the draws that the audit tells of.

    Nothing of Laurel is used: only rows, the standard library, and what /rules says.
    """
    had: set[str] = set()
    before: set[str] = set()
    listed: set[str] | None = None
    told: dict[str, Any] = {}
    for row in rows:
        what, detail = row["action"].removeprefix("committees."), row["detail"]
        told[what] = detail
        if what == "pool":
            groups = [set(group.split()) for group in detail["pool"].split("|")]
            people = set.union(*groups)
            known = people if listed is None else listed | before
            expected = [(people & known) - had, people - known - had, people & had]
            if groups != expected:
                yield f"{row['ref']}: the list has people in other groups"
        elif what == "draw":
            if _drawn(told) != f"{detail['seats']} {detail['backups']}".split():
                yield f"{row['ref']}: the seed gives other people"
        elif what == "seat":
            member = detail["member"]
            if listed is None or member in had:  # a round begins
                listed = set(told["pool"]["pool"].replace("|", " ").split())
                had = set()
            had.add(member)
            before.add(member)


def _drawn(told: dict[str, Any]) -> list[str]:
    first, joined, last = (part.split() for part in told["pool"]["pool"].split("|"))
    dice = random.Random(int(told["seed"]["seed"], 16))  # noqa: S311  no secret any more
    order = dice.sample([*first, *joined, *last], len(first + joined + last))
    turns = [who for who in order if who in set(first)]
    turns += [who for who in order if who in set(last)]
    queue = [who if who in set(joined) else turns.pop(0) for who in order]
    return queue[: told["ask"]["seats"] + told["ask"]["backups"]]


def _ms(clock: Clock) -> int:
    return int((clock() - timedelta(days=1)).timestamp() * 1_000)
