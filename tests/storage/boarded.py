"""A community that thanks, takes back, imports and hides, and what it comes to plainly.

The plain part knows no tables: it walks over everything that ever happened, from the
first, and sums it up.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.community import Community, Member, Privacy, Settings
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from bot.domain.shoutouts import Shoutout
from storage import activity, communities, members, retractions, shoutouts, words
from storage.activity import Fact
from storage.boards import ledger, seasons, tallies
from storage.boards.ledger import Points, Source
from storage.boards.periods import Kind, Period, Season
from storage.boards.sides import Side
from storage.boards.tallies import COUNTED, COUNTER
from storage.database import Transaction
from storage.retractions import Retraction
from tests.harness import COMMUNITY, START

TEAMS = ("crew", "cooks")
CHANNELS = ("harbour", "kitchen")


@dataclass(slots=True)
class Happened:
    """One thing that counts: thanks, or points.

    Attributes:
        thanks: Whether it is thanks, which are damped.

        amount: In thousandths, once it was judged.

        gone: Whether it was taken back.
    """

    ref: int
    giver: int | None
    receiver: int
    on: date
    thanks: bool
    value: int | None
    channel: str | None
    amount: int = 0
    gone: bool = False


@dataclass(slots=True)
class Town:
    """What is done to it is done to its tables, and remembered plainly beside them."""

    connection: sqlite3.Connection
    now: datetime = START
    happened: list[Happened] = field(default_factory=list)
    seasons: list[Season] = field(default_factory=list)
    tx: Transaction = field(init=False)
    here: Community = field(init=False)
    people: list[Member] = field(init=False)
    values: tuple[int, ...] = field(init=False)
    hidden: set[int] = field(default_factory=set)
    _calls: int = 0

    def __post_init__(self) -> None:
        self.tx = Transaction(self.connection)
        settings = Settings("en", ZoneInfo("Europe/Berlin"))
        self.here = communities.add(self.tx, COMMUNITY, settings, START)
        communities.change_values(self.tx, self.here, ["Care", "Craft"], START)
        self.values = tuple(v.id for v in communities.values(self.tx, self.here))
        self.people = [self._meet(number) for number in range(5)]

    def _meet(self, number: int) -> Member:
        ref = MemberRef(COMMUNITY, f"p{number}")
        groups = tuple(RoleRef(COMMUNITY, t) for t in TEAMS[: number % 3])
        person = Person(ref, f"P{number}", groups=groups)
        return members.meet(self.tx, self.here, person, START)

    @property
    def today(self) -> date:
        return self.now.astimezone(self.here.settings.zone).date()

    def call(self) -> str:
        self._calls += 1
        return f"call-{self._calls}"

    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    def thank(
        self, giver: int, receiver: int, value: int | None, channel: int | None
    ) -> None:
        ana, ben, call = self.people[giver], self.people[receiver], self.call()
        spoken, _ = words.add(self.tx, self.here, ana.key, "for all of it")
        where = None if channel is None else CHANNELS[channel]
        tag = None if value is None else self.values[value]
        thanks = Shoutout(
            giver=ana,
            receivers=(ben,),
            reason="for all of it",
            value=tag,
            private=False,
            given_at=self.now,
            channel=ChannelRef(COMMUNITY, where) if where else None,
        )
        ref = shoutouts.add(self.tx, self.here, thanks, call, spoken)
        fact = Fact("shoutouts.given", ana.key, ben.key, 1, call, f"shoutouts:{ref}")
        activity.add(self.tx, self.here, fact, self.now)
        new = Happened(
            ref, ana.key, ben.key, self.today, thanks=True, value=tag, channel=where
        )
        new.amount = self._judged(new)
        self.happened.append(new)

    def _judged(self, new: Happened) -> int:
        """Return what the rules of `bot.domain.damping` make of it, as they read."""
        stood = [
            each
            for each in self.happened
            if each.thanks and not each.gone and each.amount > 0
        ]
        mine = [e for e in stood if e.giver == new.giver]
        if sum(e.on == new.on for e in mine) >= 5:
            return 0
        if any((e.on, e.receiver) == (new.on, new.receiver) for e in mine):
            return 0
        amount = 1_000
        for each in stood:
            pair = {each.giver, each.receiver} == {new.giver, new.receiver}
            if pair and new.on - each.on < timedelta(days=30):
                amount //= 2
        late = [e for e in stood if new.on - e.on < timedelta(days=14)]
        thanked = {e.receiver for e in late if e.giver == new.receiver}
        thankful = {e.giver for e in late if e.receiver == new.giver}
        if (thanked & thankful) - {new.giver, new.receiver}:
            amount //= 2
        return amount

    def bring(self, giver: int | None, receiver: int, points: int, days: int) -> None:
        whose = None if giver is None else self.people[giver].key
        on = self.today - timedelta(days=days)
        source = Source.ADJUSTED if points < 0 else Source.IMPORTED
        key = self.people[receiver].key
        brought = Points(key, whose, points, on, source, self.call())
        ref = ledger.add(self.tx, self.here, brought, None, self.now)
        assert ref is not None
        new = Happened(ref, whose, key, on, thanks=False, value=None, channel=None)
        new.amount = points * 1_000
        self.happened.append(new)

    def take_back(self, which: int) -> None:
        standing = [each for each in self.happened if not each.gone]
        if not standing:
            return
        one = standing[which % len(standing)]
        one.gone = True
        if not one.thanks:
            assert ledger.reverse(self.tx, self.here, one.ref, None, self.now)
            return
        assert one.giver is not None
        gone = Retraction(self.call(), one.giver, "undo", None, self.now)
        retractions.add(self.tx, self.here, one.ref, gone)
        ref = f"shoutouts:{one.ref}"
        fact = Fact("shoutouts.undo", one.giver, one.receiver, -1, "call", ref)
        activity.add(self.tx, self.here, fact, self.now)

    def hide(self, number: int) -> None:
        who = self.people[number]
        hidden = who.key not in self.hidden
        self.hidden ^= {who.key}
        privacy = Privacy(on_boards=not hidden)
        members.prefer(self.tx, who, privacy, previews=False)

    def turn(self, back: int) -> None:
        """End the season that is on, and begin another a few days ago."""
        self.count()
        starts_on = self.today - timedelta(days=back)
        if self.seasons and self.seasons[-1].starts_on >= starts_on:
            return
        if self.seasons:
            last = self.seasons.pop()
            day = starts_on - timedelta(days=1)
            self.seasons.append(
                seasons.end(self.tx, self.here, last, day, None, self.now)
            )
        name = f"Season {len(self.seasons)}"
        began = seasons.start(self.tx, self.here, name, starts_on, None, self.now)
        self.seasons.append(began)

    def count(self, most: int = 1_000) -> None:
        """Have the follower count what the log holds."""
        seen = activity.cursor_of(self.tx, COUNTER)
        entries, last = activity.after(self.tx, seen, most, COUNTED)
        tallies.count(self.tx, entries)
        activity.move_cursor(self.tx, COUNTER, last)

    def periods(self) -> Iterator[tuple[Period, date, date]]:
        """Yield every period in which anything counts, with its dates."""
        yield Period(Kind.ALL, "all"), date.min, date.max
        for season in self.seasons:
            key = Period.at(Kind.SEASON, season.starts_on, season)
            yield key, season.starts_on, season.ends_on or date.max
        days = {each.on for each in self.happened} | {self.today}
        for kind in (Kind.DAY, Kind.WEEK, Kind.MONTH):
            for period in {Period.at(kind, day) for day in days}:
                assert period.first_on is not None
                assert period.last_on is not None
                yield period, period.first_on, period.last_on

    def ranked(
        self, side: Side, first: date, last: date, only: Happened | str | None = None
    ) -> Sequence[tuple[str, int]]:
        """Return who has how much, the most first, by walking over everything."""
        amounts: dict[int, int] = {}
        reached: dict[int, tuple[date, int]] = {}
        for order, each in enumerate(self.happened):
            who = each.receiver if side is Side.RECEIVED else each.giver
            if each.gone or who is None or not first <= each.on <= last:
                continue
            if isinstance(only, Happened) and (
                (only.value and each.value != only.value)
                or (only.channel and each.channel != only.channel)
            ):
                continue
            amounts[who] = amounts.get(who, 0) + each.amount
            if each.amount:
                reached[who] = max(reached.get(who, (date.min, -1)), (each.on, order))
        shown = {m.key: m for m in self.people if m.key not in self.hidden}
        if isinstance(only, str):
            held = RoleRef(COMMUNITY, only)
            shown = {key: m for key, m in shown.items() if held in m.groups}
        on_it = [key for key, amount in amounts.items() if amount > 0 and key in shown]
        on_it.sort(key=lambda key: (-amounts[key], reached[key]))
        return [(shown[key].ref.id, amounts[key]) for key in on_it]
