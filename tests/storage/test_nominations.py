"""Candidacies are settled once, and what nominators said is never changed."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.awards import Award, Standard
from bot.domain.community import Community as Here
from bot.domain.community import Member
from bot.domain.errors import RuleError
from bot.domain.nominations import Candidacy, State
from storage import awards, communities, members, nominations
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import By, Said, Terms
from tests.harness import START, Community, community

WHY = "You taught every newcomer how the kiln is fired."
STATES = (State.WON, State.LOST, State.DECLINED, State.WITHDRAWN)


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


class Stage:
    """A round of an award, and units that act in it, each by names."""

    def __init__(self, home: Community, here: Here, terms: Terms) -> None:
        self.home = home
        self.here = here
        self.terms = terms
        self._calls = 0

    async def add(self, who: str, whom: str, call: str = "", **said: object) -> int:
        """Have ``who`` nominate ``whom``, and return the candidacy."""
        unit = self._adding(who, whom, call or self.call(), **said)
        return await self.home.database.write(unit)

    async def amend(self, who: str, whom: str, candidacy: int, words: str) -> bool:
        """Have ``who`` say something else."""

        def unit(tx: Transaction) -> bool:
            said = self._said(tx, who, whom, self.call(), words=words)
            at = self.home.clock()
            return nominations.amend(tx, self.here, candidacy, said, at)

        return await self.home.database.write(unit)

    async def settle(self, candidacy: int, state: State) -> bool:
        """Settle a candidacy."""
        at = self.home.clock()
        return await self.home.database.write(
            nominations.settle, self.here, candidacy, state, at
        )

    async def get(self, candidacy: int) -> Candidacy:
        """Return a candidacy."""
        read = self.home.database.read
        found = await read(nominations.get, self.here, candidacy)
        assert found is not None
        return found

    def call(self) -> str:
        """Return an id that no call had."""
        self._calls += 1
        return f"op-{self._calls}"

    def member(self, tx: Transaction, name: str) -> Member:
        """Return a member, met now."""
        person = self.home.person(name)
        return members.meet(tx, self.here, person, self.home.clock())

    def _adding(
        self, who: str, whom: str, call: str, **said: object
    ) -> Callable[[Transaction], int]:
        def unit(tx: Transaction) -> int:
            told = self._said(tx, who, whom, call, **said)
            at = self.home.clock()
            return nominations.add(tx, self.here, self.terms, told, at)

        return unit

    def _said(
        self, tx: Transaction, who: str, whom: str, call: str, **said: object
    ) -> Said:
        pair = self.member(tx, who), self.member(tx, whom)
        told = Said(*pair, WHY, (), (), call)
        return replace(told, **said)  # type: ignore[arg-type]


async def stage(home: Community, **asked: object) -> Stage:
    """Return a round that is open."""

    def unit(tx: Transaction) -> tuple[Here, Award]:
        here = communities.get(tx, home.ref)
        by = members.meet(tx, here, home.person("Mo"), START)
        edit = Act(by, "edit", START)
        standard = Standard(1, **asked)  # type: ignore[arg-type]
        award = awards.create(tx, here, "Kind soul", standard, edit)
        return here, awards.open_round(tx, here, award, None, edit)

    here, award = await home.database.write(unit)
    assert award.round is not None
    return Stage(home, here, Terms(award.round, award.standard))


@pytest.mark.parametrize("state", STATES)
async def test_one_of_many_who_settle_at_once_is_told_it_was_them(
    home: Community, state: State
) -> None:
    """Two hundred press together: one outcome, one row in the log."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben")
    others = [other for other in STATES if other is not state]
    tries = [state, *(others[n % 3] for n in range(199))]
    done = await asyncio.gather(*(there.settle(candidacy, each) for each in tries))

    assert [True] + [False] * 199 == done
    assert state is (await there.get(candidacy)).state
    rows = await home.database.read(
        lambda tx: tx.all("SELECT kind FROM activity WHERE kind LIKE 'nominations.%'")
    )
    want = ["nominations.made", f"nominations.{state}"]
    assert want == [row["kind"] for row in rows]


async def test_no_more_win_than_there_are_seats(home: Community) -> None:
    """Whoever is chosen at once: the seats are all taken, and none twice."""
    there = await stage(home, winners=3, per_member=20)
    made = [await there.add("Ana", f"Nominee {n}") for n in range(10)]
    tries = [each for each in made for _ in range(5)]
    done = await asyncio.gather(*(there.settle(each, State.WON) for each in tries))

    assert 3 == sum(done)
    rows = await home.database.read(
        lambda tx: tx.all("SELECT seat FROM candidacies WHERE seat IS NOT NULL")
    )
    assert [1, 2, 3] == sorted(row["seat"] for row in rows)
    left = await home.database.read(nominations.seats_left, there.here, there.terms)
    assert 0 == left
    states = [(await there.get(each)).state for each in made]
    assert 7 == states.count(State.OPEN)
    assert await there.settle(made[9], State.LOST)


async def test_a_member_takes_no_more_than_the_limit_at_once(home: Community) -> None:
    """Ten nominations together where three are allowed make three."""
    there = await stage(home, per_member=3)
    tries = (there.add("Ana", f"Nominee {number}") for number in range(10))
    done = await asyncio.gather(*tries, return_exceptions=True)

    made = [each for each in done if isinstance(each, int)]
    refused = [each for each in done if isinstance(each, RuleError)]
    assert (3, 7) == (len(made), len(refused))
    assert {"nominations.refused-limit"} == {each.code for each in refused}
    rows = await home.database.read(lambda tx: tx.all("SELECT id FROM candidacies"))
    assert 3 == len(rows)


async def test_one_person_has_one_candidacy_in_a_round(home: Community) -> None:
    """Fifty nominate them together; each stands once behind it."""
    there = await stage(home)
    made = await asyncio.gather(*(there.add(f"Fan {n}", "Ben") for n in range(50)))
    assert 1 == len(set(made))
    assert 50 == len(set((await there.get(made[0])).nominators))


async def test_the_same_call_counts_once(home: Community) -> None:
    """However often it comes, also together."""
    there = await stage(home)
    tries = (there.add("Ana", "Ben", "the-same") for _ in range(5))
    assert 1 == len(set(await asyncio.gather(*tries)))
    with pytest.raises(RuleError, match="refused-again"):
        await there.add("Ana", "Ben")
    rows = await home.database.read(lambda tx: tx.all("SELECT id FROM words"))
    assert 1 == len(rows)


async def test_amending_keeps_what_was_said_before(home: Community) -> None:
    """The first time, the ticks and the words: a row of its own, once for each."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben", met=(2, 0), links=("https://a.example",))
    home.clock.move(hours=1)
    assert await there.amend("Ana", "Ben", candidacy, "Other words.")
    assert not await there.amend("Eve", "Ben", candidacy, "Her words.")

    (said,) = (await there.get(candidacy)).nominations
    assert ("Other words.", START) == (said.words, said.made_at)
    assert START + timedelta(hours=1) == said.amended_at
    rows = await home.database.read(lambda tx: tx.all("SELECT * FROM nominations"))
    assert [True, False] == [row["ended_at"] is not None for row in rows]
    assert [5, 0] == [row["met"] for row in rows]


async def test_asked_for_more_waits_for_the_nominators(home: Community) -> None:
    """It is not among those that wait for a decision until one of them answers."""
    there = await stage(home)
    first = await there.add("Ana", "Ben")
    home.clock.move(hours=1)
    second = await there.add("Ana", "Cleo")
    at, write = home.clock(), home.database.write
    assert await write(nominations.ask, there.here, first, at)
    assert not await write(nominations.ask, there.here, first, at)

    async def waiting() -> list[int]:
        found = await home.database.read(nominations.waiting, there.here, 10)
        return [each.id for each in found]

    assert [second] == await waiting()
    home.clock.move(hours=1)
    assert await there.amend("Ana", "Ben", first, "More words.")
    assert [second, first] == await waiting()
    assert await write(nominations.ask, there.here, second, at)
    assert await there.settle(second, State.DECLINED)
    assert not await write(nominations.ask, there.here, second, at)


@pytest.mark.parametrize("state", STATES)
async def test_only_what_was_lost_or_declined_opens_again(
    home: Community, state: State
) -> None:
    """What won keeps its seat, and what is withdrawn has nobody behind it."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben")
    write, by = home.database.write, By(7, "appeal")
    assert not await write(nominations.reopen, there.here, candidacy, START, by)
    assert await there.settle(candidacy, state)
    home.clock.move(hours=1)
    at = home.clock()
    done = await write(nominations.reopen, there.here, candidacy, at, by)

    assert (state in {State.LOST, State.DECLINED}) == done
    found = await there.get(candidacy)
    assert (State.OPEN if done else state) is found.state
    assert (at if done else START) == found.opened_at


@pytest.mark.parametrize("change", ["here = 0", "level = 'private'", "level = 'none'"])
async def test_who_cannot_be_named_is_not_put_forward_again(
    home: Community, change: str
) -> None:
    """An appeal opens nothing for somebody who left, or hides by now."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben")
    assert await there.settle(candidacy, State.DECLINED)
    sql = f"UPDATE members SET {change} WHERE platform_id = 'ben'"  # noqa: S608
    await home.database.write(lambda tx: tx.run(sql))
    write = home.database.write
    assert not await write(nominations.reopen, there.here, candidacy, START)


async def test_a_round_is_read_by_what_became_of_it(home: Community) -> None:
    """Undecided ones by default, the longest waiting first, each with its words."""
    there = await stage(home, winners=2, per_member=9)
    made = [await there.add("Ana", name) for name in ("Ben", "Cleo", "Dai", "Eve")]
    await there.add("Fay", "Cleo", links=("https://a.example", "https://b.example"))
    await there.settle(made[0], State.WON)
    await there.settle(made[3], State.LOST)

    async def of_round(*states: State) -> list[int]:
        given = [set(states)] if states else []
        found = await home.database.read(
            nominations.of_round, there.here, there.terms.round.id, *given
        )
        return [each.id for each in found]

    assert [made[1], made[2]] == await of_round()
    assert [made[0]] == await of_round(State.WON)
    assert [] == await of_round(State.DECLINED)
    assert made == await of_round(*State)
    cleo = await there.get(made[1])
    assert [(), ("https://a.example", "https://b.example")] == [
        said.links for said in cleo.nominations
    ]


async def test_another_community_sees_and_settles_nothing(home: Community) -> None:
    """Every look-up and every change names the community."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben")
    other = replace(there.here, id=there.here.id + 1)
    write, read = home.database.write, home.database.read
    assert await read(nominations.get, other, candidacy) is None
    assert not await write(nominations.settle, other, candidacy, State.LOST, START)
    assert not await write(nominations.ask, other, candidacy, START)
    key = (await there.get(candidacy)).nominations[0].nominator
    by = By(key, "x")
    assert not await write(nominations.withdraw, other, candidacy, by, START)
    assert [] == list(await read(nominations.waiting, other, 9))


async def test_a_candidacy_is_settled_to_an_end(home: Community) -> None:
    """Opening it, or asking, is no end; whoever tries has made a mistake."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben")
    for state in (State.OPEN, State.ASKED):
        with pytest.raises(ValueError, match=state):
            await there.settle(candidacy, state)


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM candidacies",
        "DELETE FROM nominations",
        "UPDATE candidacies SET nominee = nominee + 1",
        "UPDATE candidacies SET round = round",
        "UPDATE candidacies SET seat = 1",
        "UPDATE candidacies SET state = 'won', decided_at = 1",
        "UPDATE candidacies SET state = 'won', decided_at = 1, seat = 2",
        "UPDATE candidacies SET state = 'lost'",
        "UPDATE nominations SET words = words + 1",
        "UPDATE nominations SET met = 3",
        "UPDATE nominations SET links = 1",
        "UPDATE nominations SET nominator = nominator + 1",
        "UPDATE nominations SET place = 4",
    ],
)
async def test_the_schema_refuses_what_never_happens(home: Community, sql: str) -> None:
    """Whatever the code does: nothing is rewritten, and there is one seat."""
    there = await stage(home)
    await there.add("Ana", "Ben")
    with pytest.raises(sqlite3.IntegrityError):
        await home.database.write(lambda tx: tx.run(sql))


async def test_what_has_ended_is_not_begun_again(home: Community) -> None:
    """A nomination that was taken back stays taken back."""
    there = await stage(home)
    candidacy = await there.add("Ana", "Ben")
    assert await there.settle(candidacy, State.WITHDRAWN)
    with pytest.raises(sqlite3.IntegrityError):
        await home.database.write(
            lambda tx: tx.run("UPDATE nominations SET ended_at = NULL")
        )
