"""T41: members who give up waiting, at any moment, leave nothing half done."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.chat.responses import Call, Response, Say
from bot.dispatch import Dispatcher
from bot.domain.errors import RuleError
from cogs.shoutouts import cards, service
from cogs.shoutouts.cog import ShoutoutCog
from storage import allowances, audit, communities, members
from storage.boards import recount
from storage.database import Transaction
from tests.battery.size import chance, size
from tests.harness import Community, community

CALLS = size(400, 20_000)
AT_ONCE = 100

_HALVES: Mapping[str, str] = {
    "a shoutout without a receiver": """
        SELECT count(*) FROM shoutouts AS s WHERE NOT EXISTS
          (SELECT 1 FROM shoutout_receivers AS r WHERE r.shoutout = s.id)""",
    "a shoutout without words": """
        SELECT count(*) FROM shoutouts AS s WHERE NOT EXISTS
          (SELECT 1 FROM words AS w WHERE w.id = s.words)""",
    "a shoutout that nobody announces": """
        SELECT count(*) FROM shoutouts AS s WHERE NOT EXISTS
          (SELECT 1 FROM outbox AS o WHERE o.key = 'shoutouts:wall:' || s.id)""",
    "a shoutout that the activity lacks": """
        SELECT count(*) FROM shoutouts AS s WHERE NOT EXISTS
          (SELECT 1 FROM activity AS a WHERE a.ref = 'shoutouts:' || s.id)""",
    "a shoutout that the audit lacks": """
        SELECT count(*) FROM shoutouts AS s WHERE NOT EXISTS
          (SELECT 1 FROM audit AS a WHERE a.ref = 'shoutouts:' || s.id)""",
    "an allowance that was spent for nothing": """
        SELECT (SELECT coalesce(sum(spent), 0) FROM allowances)
          - (SELECT count(*) FROM shoutout_receivers)""",
}


class Storm:
    """Many members, of whom some do not wait for their answer.

    Attributes:
        acknowledged: Operations that were answered with a yes.
    """

    def __init__(self, home: Community) -> None:
        self.home = home
        self.acknowledged: list[str] = []
        self._luck = chance(41)

    async def blow(self, calls: int) -> None:
        """Have ``calls`` thanks given, and 30 % of them cancelled somewhere."""
        for start in range(0, calls, AT_ONCE):
            some = range(start, min(start + AT_ONCE, calls))
            await asyncio.gather(*map(self._one, some))
        await self.home.laurel.dispatcher.drain()
        await self.home.laurel.settle()

    async def _one(self, number: int) -> None:
        call = self.home.call(f"Giver {number}")
        to = (self.home.person(f"Friend {number % 50}"),)
        answers = {"to": to, "why": "You helped me through a long and windy day."}
        work = asyncio.ensure_future(  # noqa: TID251  awaited below
            self.home.laurel.dispatcher("shoutouts.shoutout", call, (), answers)
        )
        if self._luck.random() < 0.3:
            for _ in range(self._luck.randrange(12)):
                await asyncio.sleep(0)
            work.cancel()
        try:
            answer = await work
        except asyncio.CancelledError:
            return
        if isinstance(answer, Say):
            self.acknowledged.append(call.id)

    async def damage(self) -> Mapping[str, int]:
        """Return what is wrong afterwards, by what it is; nothing when all is well."""
        found = await self.home.database.read(self._wrong)
        return {what: count for what, count in found.items() if count}

    def _wrong(self, tx: Transaction) -> dict[str, int]:
        rows = tx.all("SELECT operation FROM shoutouts")
        kept = {row["operation"] for row in rows}
        here = communities.get(tx, self.home.ref)
        return {
            **{what: int(tx.all(sql)[0][0]) for what, sql in _HALVES.items()},
            "acknowledged and lost": len(set(self.acknowledged) - kept),
            "drift": recount.drift(tx),
            "the chain is broken": audit.first_broken(tx, here) is not None,
        }


async def test_a_storm_of_cancellations_leaves_nothing_half(tmp_path: Path) -> None:
    """Nothing half, nothing acknowledged lost, and the next one works."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        storm = Storm(home)
        await storm.blow(CALLS)

        assert {} == await storm.damage()
        assert 0.6 * CALLS < len(storm.acknowledged) < 0.95 * CALLS, "some did give up"
        calm = await home.type(
            "Ana",
            "shoutout",
            to=(home.person("Ben"),),
            why="A calm day at last, thanks.",
        )
        assert not calm.refused
        assert len(storm.acknowledged) < len(home.posts())


class Hasty(Dispatcher):
    """Planted: lets go of what a handler does once nobody waits for it."""

    async def __call__(
        self,
        route: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Response:
        spec = self._table.routes[route]
        return await spec.handler(call, **(answers or {}))


class Halting(ShoutoutCog):
    """Planted: checks the allowance in one step and gives in another."""

    async def in_two_steps(self, call: Call, to: tuple[object, ...], why: str) -> Say:
        def spend(tx: Transaction) -> None:
            here = communities.get(tx, call.community)
            giver = members.meet(tx, here, call.actor, call.at)
            if allowances.spend(tx, here, giver, len(to), call.at) is None:
                raise RuleError("shoutouts.refused-allowance")

        def give(tx: Transaction) -> None:
            wish = service.Wish(to, why, None, private=False)  # type: ignore[arg-type]
            service.give(tx, call, wish)
            here = communities.get(tx, call.community)
            giver = members.meet(tx, here, call.actor, call.at)
            on = giver.date_at(call.at).isoformat()
            allowances.give_back(tx, here, giver.key, on, len(to))

        await self._database.write(spend)
        await self._database.write(give)
        return Say(cards.note("shoutouts.undone"))


async def test_a_step_in_between_would_be_found(tmp_path: Path) -> None:
    """Planted: an await between the check and the act, and nobody who holds on."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        table = home.laurel.table
        halting = Halting(home.database).in_two_steps
        spec = replace(table.routes["shoutouts.shoutout"], handler=halting)
        routes = {**table.routes, spec.key: spec}
        hasty = Hasty(replace(table, routes=routes))
        home.laurel = replace(home.laurel, dispatcher=hasty)
        storm = Storm(home)
        await storm.blow(400)

        assert "an allowance that was spent for nothing" in await storm.damage()


async def test_an_answer_that_nobody_waits_for_is_given_all_the_same(
    home: Community,
) -> None:
    """Cancelled before it ran at all, or after it began: whole or not at all."""
    call = home.call("Ana")
    answers = {"to": (home.person("Ben"),), "why": "You stayed until it was done."}
    work = asyncio.ensure_future(  # noqa: TID251  cancelled below
        home.laurel.dispatcher("shoutouts.shoutout", call, (), answers)
    )
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
    await home.laurel.dispatcher.drain()
    await home.laurel.settle()

    assert len(home.posts()) in {0, 1}
    again = await home.do(call, Action("shoutouts.shoutout"), answers)
    assert not again.refused
    assert 1 == len(home.posts())
