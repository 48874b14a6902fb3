"""Who takes part, what their days count for, and where they stand: the tables alone."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.challenges import Challenge, Review, Scoring, score
from bot.domain.community import Community as Here
from storage import communities, members
from storage.challenges import book, checkins, entrants, scores, teams
from storage.challenges.checkins import CheckInState, New, Verdict
from storage.challenges.teams import Named, Seat
from storage.database import Transaction
from storage.settling import By
from tests.cogs import checking
from tests.harness import Community, community


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


class Table:
    """A challenge, and what is done in it without anybody pressing anything."""

    def __init__(self, tx: Transaction, home: Community, challenge: Challenge) -> None:
        self.tx = tx
        self.home = home
        self.challenge = challenge
        self.at: datetime = home.clock()

    @property
    def here(self) -> Here:
        """The community."""
        return communities.get(self.tx, self.home.ref)

    def key(self, who: str) -> int:
        """Return what facts call somebody."""
        person = self.home.person(who)
        return members.meet(self.tx, self.here, person, self.at).key

    def join(self, who: str) -> bool:
        """Have somebody take part."""
        key, call = self.key(who), self._call()
        return entrants.join(self.tx, self.here, self.challenge.id, key, call, self.at)

    def leave(self, who: str) -> bool:
        """Have somebody take part no more."""
        key, call = self.key(who), self._call()
        return entrants.leave(self.tx, self.here, self.challenge.id, key, call, self.at)

    def check(self, who: str, day: int) -> int | None:
        """Have somebody do a day; returns the id, and None where they had."""
        new = New(self.challenge.id, self.key(who), day, self._call())
        made = checkins.add(self.tx, self.here, self.challenge.terms, new, self.at)
        return made.id if made else None

    def board(self) -> list[tuple[int, str, int]]:
        """Return who stands where, with how many points."""
        found = scores.board(self.tx, self.here, self.challenge.id, 100)
        return [(each.rank, each.platform_id, each.points) for each in found]

    def around(self, who: str, each_side: int) -> list[str]:
        """Return who stands beside somebody."""
        key, number = self.key(who), self.challenge.id
        found = scores.around(self.tx, self.here, number, key, each_side)
        return [f"{each.rank} {each.platform_id}" for each in found]

    def _call(self) -> str:
        self.at += timedelta(seconds=1)
        return f"call {self.at.timestamp()}"


async def run(home: Community, steps: object, **asked: object) -> None:
    """Run ``steps`` on a new challenge, in one unit."""
    challenge = await checking.opened(home, **asked)  # type: ignore[arg-type]
    await home.database.write(lambda tx: steps(Table(tx, home, challenge)))  # type: ignore[operator]
    await home.laurel.settle()


async def test_neighbours_are_those_beside(home: Community) -> None:
    """Up to so many on each side, fewer at the ends, nobody for who is not there."""

    def steps(table: Table) -> None:
        for who in "abcde":
            table.join(who)
            table.check(who, 1)
        assert ["2 b", "3 c", "4 d"] == table.around("c", 1)
        assert ["1 a", "2 b", "3 c"] == table.around("a", 2)
        assert ["5 e"] == table.around("e", 0)
        assert [] == table.around("f", 3)
        number = table.challenge.id
        place = scores.place_of(table.tx, table.here, number, table.key("d"))
        assert place is not None
        assert (4, 10, 1, 1) == (place.rank, place.points, place.days, place.streak)

    await run(home, steps)


async def test_who_is_not_shown_leaves_no_gap(home: Community) -> None:
    """Private, off the boards or gone: the others stand as if they were not there."""

    def steps(table: Table) -> None:
        for who in "abcde":
            table.join(who)
            table.check(who, 1)
        changes = ("level = 'private'", "on_boards = 0", "here = 0")
        for who, change in zip("abd", changes, strict=True):
            key = table.key(who)
            table.tx.run(f"UPDATE members SET {change} WHERE key = :key", key=key)  # noqa: S608
        assert [(1, "c", 10), (2, "e", 10)] == table.board()
        assert ["1 c", "2 e"] == table.around("c", 5)
        hidden = table.key("b")
        number = table.challenge.id
        assert scores.place_of(table.tx, table.here, number, hidden) is None
        assert 10 == scores.of(table.tx, number, hidden).points

    await run(home, steps)


async def test_a_day_is_taken_once(home: Community) -> None:
    """By the schema as well: whatever code there is, a second row is refused."""

    def steps(table: Table) -> None:
        table.join("a")
        assert table.check("a", 1)
        assert table.check("a", 1) is None
        row = table.tx.one("SELECT * FROM checkins")
        assert row is not None
        columns = {**dict(row), "id": None, "operation": "another"}
        names = ", ".join(columns)
        values = ", ".join(f":{name}" for name in columns)
        with pytest.raises(sqlite3.IntegrityError):
            table.tx.run(f"INSERT INTO checkins ({names}) VALUES ({values})", **columns)  # noqa: S608

    await run(home, steps)


@pytest.mark.parametrize(
    "change",
    ["day = 2", "member = 1", "words = 7", "at = 0", "state = 'waiting'", "late = 1"],
)
async def test_what_was_done_is_never_changed(home: Community, change: str) -> None:
    """Nor deleted; the database itself refuses."""

    def steps(table: Table) -> None:
        table.join("a")
        table.check("a", 1)
        with pytest.raises(sqlite3.IntegrityError):
            table.tx.run(f"UPDATE checkins SET {change}")  # noqa: S608
        with pytest.raises(sqlite3.IntegrityError):
            table.tx.run("DELETE FROM checkins")

    await run(home, steps)


async def test_a_full_team_is_full(home: Community) -> None:
    """A place is taken by one statement; the schema holds the limit besides."""

    def steps(table: Table) -> None:
        for who in "abc":
            table.join(who)
        number, here = table.challenge.id, table.here
        made = teams.make(
            table.tx, here, number, table.key("a"), Named("Larks", "larks", 2), table.at
        )
        assert made is not None
        seats = [Seat(number, made.id, table.key(who)) for who in "bc"]
        assert [True, False] == [teams.join(table.tx, here, s, 2) for s in seats]
        with pytest.raises(sqlite3.IntegrityError):
            table.tx.run("UPDATE challenge_teams SET size = size + 1")

    await run(home, steps, teams=True)


async def test_drift_is_found(home: Community) -> None:
    """The planted defect: a row that nobody recounted, and one that nobody earned."""

    def steps(table: Table) -> None:
        for who in "abc":
            table.join(who)
            table.check(who, 1)
        assert 0 == scores.drift(table.tx)
        key = table.key("a")
        table.tx.run(
            "UPDATE challenge_scores SET points = 99 WHERE member = :key", key=key
        )
        table.tx.run("UPDATE checkins SET state = 'taken-back' WHERE id = 2")
        assert 2 == scores.drift(table.tx)
        scores.recount_all(table.tx, table.here, table.challenge.id, table.at)
        assert 0 == scores.drift(table.tx)

    await run(home, steps)


PEOPLE = "abcdef"
WAITS = -1
"""Of a day that somebody is still to look at, in place of what was added to it."""


class Model:
    """What ought to be, in as few lines as it can be said in."""

    def __init__(self, table: Table, dice: random.Random) -> None:
        self.table = table
        self.dice = dice
        self.inside: set[str] = set()
        self.done: dict[str, dict[int, int]] = {who: {} for who in PEOPLE}

    def step(self) -> None:
        """Have something happen, there and here."""
        who, day = self.dice.choice(PEOPLE), self.dice.randint(1, 10)
        acts = (self.join, self.leave, *[self.check] * 4, self.judge, self.take_back)
        self.dice.choice(acts)(who, day)

    def join(self, who: str, _day: int) -> None:
        assert self.table.join(who) == (who not in self.inside)
        self.inside.add(who)

    def leave(self, who: str, _day: int) -> None:
        assert self.table.leave(who) == (who in self.inside)
        self.inside.discard(who)

    def check(self, who: str, day: int) -> None:
        made = self.table.check(who, day)
        assert (made is not None) == (day not in self.done[who])
        self.done[who].setdefault(day, WAITS)

    def judge(self, who: str, day: int) -> None:
        table, checkin = self.table, self._standing(who, day)
        if checkin is None:
            return
        judged = self.dice.choice((None, 0, 3, 7))
        state = CheckInState.REFUSED if judged is None else CheckInState.COUNTED
        verdict = Verdict(state, By(table.key("mo"), f"by {table.at}"), judged or 0)
        waits = self.done[who][day] == WAITS
        settled = checkins.settle(table.tx, table.here, checkin, verdict, table.at)
        assert waits == settled
        if waits and judged is None:
            del self.done[who][day]
        elif waits:
            self.done[who][day] = judged or 0

    def take_back(self, who: str, day: int) -> None:
        table, checkin = self.table, self._standing(who, day)
        if checkin is None:
            return
        by = By(table.key(who), f"back {table.at}")
        assert checkins.take_back(table.tx, table.here, checkin, by, table.at)
        del self.done[who][day]

    def points(self) -> dict[str, int]:
        """Return what everybody who has something should have."""
        terms = self.table.challenge.terms
        counted = {
            who: {day: more for day, more in self.done[who].items() if more != WAITS}
            for who in self.inside
        }
        return {w: score(terms, days).points for w, days in counted.items() if days}

    def _standing(self, who: str, day: int) -> int | None:
        number, key = self.table.challenge.id, self.table.key(who)
        found = checkins.of_member(self.table.tx, number, key)
        standing = next((e.id for e in found if e.day == day and e.state.stands), None)
        assert (standing is not None) == (day in self.done[who])
        return standing


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_happens_the_board_is_a_recount(
    home: Community, seed: int
) -> None:
    """A model, beside which the tables are laid after each of 250 steps."""

    def steps(table: Table) -> None:
        model = Model(table, random.Random(seed))  # noqa: S311  the same steps each time
        for _ in range(250):
            model.step()
            found = table.board()
            assert model.points() == {who: points for _, who, points in found}
            ranked = [points for _, _, points in found]
            assert ranked == sorted(ranked, reverse=True)
            assert [rank for rank, _, _ in found] == list(range(1, len(found) + 1))
        assert 0 == scores.drift(table.tx)

    scoring = Scoring(10, 3, 5, cap=90, judged=5)
    asked = {"days": 10, "review": Review.ALL, "grace_days": 1}
    await run(home, steps, scoring=scoring, **asked)


async def test_other_communities_see_nothing(home: Community) -> None:
    """Their ids lead nowhere from elsewhere."""

    def steps(table: Table) -> None:
        table.join("a")
        made = table.check("a", 1)
        assert made is not None
        there = communities.add(
            table.tx,
            replace(home.ref, id="elsewhere"),
            table.here.settings,
            table.at,
        )
        key, number = table.key("a"), table.challenge.id
        assert checkins.get(table.tx, there, made) is None
        assert [] == list(scores.board(table.tx, there, number, 10))
        assert [] == list(entrants.of_member(table.tx, there, key))
        assert not entrants.join(table.tx, there, number, key, "call", table.at)
        by = By(key, "call")
        assert not checkins.take_back(table.tx, there, made, by, table.at)
        assert book.get(table.tx, there, number) is None

    await run(home, steps)
