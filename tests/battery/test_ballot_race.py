"""T04: a committee that votes all at once, while two moderators close the ballot."""

from __future__ import annotations

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pytest

from bot.chat.responses import Refuse
from bot.domain.awards import Decider, Standard
from bot.domain.committees import Choice, Size
from bot.domain.draws import Pool, draw
from bot.domain.people import Role
from storage import audit, awards, committees, communities, members, nominations
from storage import seats as sitting
from storage import votes as storage_votes
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import Said, Terms
from tests.battery.size import chance, size
from tests.harness import Community

VOTERS = size(7, 25)
CANDIDATES = size(12, 200)
PRESSES = size(60, 150)
"""By each voter, each of them twice at once."""

SEATS = size(3, 20)
QUORUM = 3

LATE = "committees.refused-closed"


@dataclass
class Hall:
    """A committee in which everybody presses as fast as they can.

    Attributes:
        voters: Names and keys.

        acknowledged: Votes that were answered with a yes.

        refused: Reasons of those that were not, each with how often.

        closed: The same of the moderators; nothing for a yes.

        enough: Set once so many have voted that moderators may close.
    """

    home: Community
    ballot: int
    voters: Mapping[str, int]
    candidacies: Sequence[int]
    acknowledged: dict[tuple[int, int], str] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    closed: Counter[str] = field(default_factory=Counter)
    enough: asyncio.Event = field(default_factory=asyncio.Event)

    async def press(self, who: str, route: str, *args: str, **answers: str) -> str:
        """Press a button; return the sentence that said no, or nothing."""
        call = self.home.call(who)
        response = await self.home.laurel.dispatcher(route, call, args, answers or None)
        return response.reason.key if isinstance(response, Refuse) else ""

    async def vote(self, who: str, luck: random.Random, enough: int) -> None:
        """Have somebody vote and change their mind, each time with two presses."""
        for _ in range(PRESSES):
            candidacy, choice = luck.choice(self.candidacies), luck.choice([*Choice])
            args = ("committees.cast", str(candidacy), str(choice))
            said = await asyncio.gather(self.press(who, *args), self.press(who, *args))
            if not all(said):
                self.acknowledged[candidacy, self.voters[who]] = str(choice)
            self.refused.update(each for each in said if each)
            if len(self.acknowledged) >= enough:
                self.enough.set()

    async def close(self, who: str) -> None:
        """Have a moderator close the ballot once there are enough votes."""
        await self.enough.wait()
        said = await self.press(who, "committees.close", which=str(self.ballot))
        self.closed[said] += 1


async def assembled(home: Community) -> Hall:
    """Return a committee that has a ballot before it."""
    names = [f"Voter {n}" for n in range(VOTERS)]
    made = await home.database.write(_assemble, home, names)
    await home.laurel.settle()
    rows = await home.database.read(
        lambda tx: tx.all("SELECT id FROM candidacies ORDER BY id")
    )
    row = await home.database.read(lambda tx: tx.one("SELECT id, state FROM ballots"))
    assert row is not None
    assert "open" == row["state"]
    return Hall(home, row["id"], made, [each["id"] for each in rows])


def _assemble(tx: Transaction, home: Community, names: list[str]) -> Mapping[str, int]:
    here, at = communities.get(tx, home.ref), home.clock()
    keys = {n: members.meet(tx, here, home.person(n), at).key for n in names}
    made = Size(len(names), 0, 60)
    pool = Pool(tuple(sorted(keys.values())))
    pooled = committees.put_pool(tx, here, made, pool, 1, at)
    assert pooled is not None
    committee = committees.put_seed(tx, pooled, "ff", at)
    assert committee is not None
    lot = draw(pool, "ff", made)
    sitting.put_drawn(tx, committee, lot, at)
    for key in lot.seats:
        assert sitting.move_up(tx, committee.id, key, at)
    moderator = members.meet(tx, here, home.person("Mo", Role.MODERATOR), at)
    home.person("Max", Role.MODERATOR)
    edit = Act(moderator, "edit", at)
    standard = Standard(
        1, decider=Decider.COMMITTEE, winners=SEATS, quorum=QUORUM, per_member=20
    )
    award = awards.create(tx, here, "Kind soul", standard, edit)
    award = awards.open_round(tx, here, award, None, edit)
    assert award.round is not None
    terms = Terms(award.round, award.standard)
    for n in range(CANDIDATES):
        nominator = members.meet(tx, here, home.person(f"Nominator {n}"), at)
        nominee = members.meet(tx, here, home.person(f"Nominee {n}"), at)
        words = "They taught every newcomer."
        said = Said(nominator, nominee, words, (), (), f"said-{n}")
        nominations.add(tx, here, terms, said, at)
    awards.close_round(tx, here, award, edit)
    return keys


def by_hand(hall: Hall) -> Mapping[int, tuple[str, int, int, int]]:
    """Return what the votes that were acknowledged come to, counted plainly.

    All were nominated at the same instant and nobody has won before, so ties go to
    who was written down first.
    """
    counts = {each: Counter[str]() for each in hall.candidacies}
    for (candidacy, _), choice in hall.acknowledged.items():
        counts[candidacy][choice] += 1
    able = [
        each for each in hall.candidacies if counts[each]["yes"] > counts[each]["no"]
    ]
    won = set(sorted(able, key=lambda each: (-counts[each]["yes"], each))[:SEATS])
    return {
        each: (
            "won" if each in won else "lost",
            counts[each]["yes"],
            counts[each]["no"],
            counts[each]["abstain"],
        )
        for each in hall.candidacies
    }


def complaints(tx: Transaction, hall: Hall) -> Iterator[str]:
    """Yield what is not as it must be, whoever pressed first."""
    kept = {
        (row["candidacy"], row["voter"]): row["choice"]
        for row in tx.all("SELECT * FROM votes")
    }
    if kept != hall.acknowledged:
        yield "a vote was lost, changed or taken after closing"
    expected = by_hand(hall)
    results = [
        (int(row["ref"].removeprefix("candidacies:")), json.loads(row["detail"]))
        for row in tx.all("SELECT * FROM audit WHERE action = 'committees.result'")
    ]
    found = {
        ref: (told["outcome"], told["yes"], told["no"], told["abstain"])
        for ref, told in results
    }
    if len(found) != len(results) or found != expected:
        yield "the votes were not counted as they are"
    states = {row["id"]: row["state"] for row in tx.all("SELECT * FROM candidacies")}
    if states != {each: told[0] for each, told in expected.items()}:
        yield "somebody won or lost against the votes"
    decided = Counter(r["candidacy"] for r in tx.all("SELECT candidacy FROM decisions"))
    if decided != Counter(hall.candidacies):
        yield "something was not decided once"
    counted = tx.all("SELECT 1 FROM audit WHERE action = 'committees.count'")
    if len(counted) != 1:
        yield "the ballot was not counted once"
    if audit.first_broken(tx, communities.get(tx, hall.home.ref)) is not None:
        yield "the audit's chain is broken"


async def race(hall: Hall, seed: int) -> list[str]:
    """Have everybody vote while two moderators close; return what went wrong."""
    luck = chance(seed)
    most = min(VOTERS * CANDIDATES * 3 // 4, VOTERS * PRESSES // 3)
    enough = luck.randrange(VOTERS * 2, most)
    async with asyncio.TaskGroup() as moderators:
        for who in ("Mo", "Max"):
            moderators.create_task(hall.close(who))
        async with asyncio.TaskGroup() as voters:
            for who in hall.voters:
                own = chance(luck.getrandbits(32))
                voters.create_task(hall.vote(who, own, enough))
        hall.enough.set()
    await hall.home.laurel.settle()
    found = list(await hall.home.database.read(lambda tx: list(complaints(tx, hall))))
    if reasons := set(hall.refused) - {LATE}:
        found.append(f"votes were refused for {sorted(reasons)}")
    if Counter({"": 1, LATE: 1}) != hall.closed:
        found.append("not exactly one moderator closed it")
    return found


@pytest.mark.parametrize("seed", range(size(3, 8)))
async def test_no_vote_is_lost_or_counted_twice(home: Community, seed: int) -> None:
    """What was acknowledged is what is counted, once, whoever closes when."""
    assert [] == await race(await assembled(home), seed)


async def test_a_vote_that_is_not_changed_is_found(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: whoever votes again hears that it is noted, and the first stands."""
    sql = vars(storage_votes)["_CAST"]
    lossy = sql.replace("choice = excluded.choice", "choice = votes.choice")
    assert sql != lossy
    monkeypatch.setattr(storage_votes, "_CAST", lossy)
    found = await race(await assembled(home), 1)
    assert "a vote was lost, changed or taken after closing" in found


async def test_a_vote_that_counts_twice_is_found(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: each press is a row of its own, as a table without a key takes it."""
    sql = vars(storage_votes)["_CAST"]
    monkeypatch.setattr(storage_votes, "_CAST", sql.partition("ON CONFLICT")[0])
    hall = await assembled(home)
    await home.database.write(_without_key)
    assert "the votes were not counted as they are" in await race(hall, 1)


def _without_key(tx: Transaction) -> None:
    """Have votes be in a table that takes anything."""
    tx.run("DROP TABLE votes")
    tx.run("CREATE TABLE votes (ballot, candidacy, voter, choice, salt, cast_at)")
