"""Members who thank each other all the while, and note what was answered."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Protocol

from tests.battery.process import number
from tests.waiting import until

THANKS_A_FACE = 90
"""Thanks under one name; then somebody else goes on, within a day's allowance."""

ANSWERED_S = 60.0
"""In real time: before it is answered again, a community may wait for the next attempt
to deliver what it gave, which comes five minutes after the last."""

MOST_UNSEEN = 15
"""Thanks that a community waits for to appear before it gives more, so that what is
posted is never folded into a digest."""

LONGEST_S = 900.0
"""No outage lasts longer, in real time."""


class Hall(Protocol):
    """A community in which people can thank each other."""

    def let_in(self, name: str) -> Any:
        """Add a member."""

    async def thank(self, giver: Any, to: Any, why: str) -> bool | None:
        """Thank somebody; return whether it is in, None where nobody was there."""

    def stands(self) -> Sequence[str]:
        """Return the numbers of the thanks that stand on its wall."""


@dataclass(repr=False)
class Crowd:
    """One giver to a community, who gives and gives.

    Attributes:
        acknowledged: What was answered with a yes.

        answers: How many answers were seen, by those who waited.

        up: Whether there is anybody to answer.
    """

    halls: Sequence[Hall]
    pause_s: float = 0.0
    most_unseen: int = MOST_UNSEEN
    acknowledged: list[str] = field(default_factory=list)
    answers: int = 0
    up: asyncio.Event = field(default_factory=asyncio.Event)
    leaving: bool = False
    _deeds: set[asyncio.Task[bool | None]] = field(default_factory=set)

    @asynccontextmanager
    async def giving(self) -> AsyncIterator[None]:
        """Have everybody thank while the block runs, and be answered to the last."""
        async with asyncio.TaskGroup() as tasks:
            for n, hall in enumerate(self.halls):
                tasks.create_task(self._give(hall, n))
            yield
            self.leaving = True
            self.up.set()

    async def answered(self, more: int = 1) -> None:
        """Wait until ``more`` answers were seen."""
        wanted = self.answers + more
        await until(lambda: self.answers >= wanted, ANSWERED_S)

    def give_up(self) -> None:
        """Have everybody turn away from what they wait for."""
        self.up.clear()
        for deed in self._deeds:
            deed.cancel()

    async def _give(self, hall: Hall, client: int) -> None:
        friends = [hall.let_in(f"Friend {n}") for n in range(3)]
        giver = hall.let_in("Giver")
        unseen: set[str] = set()
        for count in itertools.count():
            await self.up.wait()
            if self.leaving:
                return
            if count and count % THANKS_A_FACE == 0:
                giver = hall.let_in(f"Giver {count}")
            words = number(client, count)
            if await self._said(hall, giver, friends[count % 3], words):
                self.acknowledged.append(words)
                unseen.add(words)
            await asyncio.sleep(self.pause_s)
            await until(lambda: self.leaving or self._are_few(unseen, hall), LONGEST_S)

    def _are_few(self, unseen: set[str], hall: Hall) -> bool:
        """Forget what appeared; return whether more may be given."""
        if len(unseen) > self.most_unseen:
            unseen.difference_update(hall.stands())
        return len(unseen) <= self.most_unseen

    async def _said(self, hall: Hall, giver: Any, to: Any, words: str) -> bool:
        deed = asyncio.ensure_future(hall.thank(giver, to, words))  # noqa: TID251  below
        self._deeds.add(deed)
        try:
            said = await deed
        except asyncio.CancelledError:
            return False
        finally:
            self._deeds.discard(deed)
        if said is not None:
            self.answers += 1
        return bool(said)
