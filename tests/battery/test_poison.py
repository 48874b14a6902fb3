"""T42: a message that is never taken holds nobody up for long, and is not forgotten."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path

import pytest

import bot.app
from bot.chat.message import Action
from bot.courier import MAX_ATTEMPTS, Courier
from storage.claiming import Settle
from storage.delivery import Delivery
from tests.battery.poison import MODERATORS, NEXT_DOOR, POISON, Town, poisoned
from tests.battery.storm import Venue
from tests.battery.told import Tell
from tests.harness import START, Clock

FIRST, BEHIND, NEAR = ("row-first",), ("row-behind", "row-last"), ("row-near",)
LONG_S = 150
"""Longer than anything waits between two attempts, and than an answer may take."""


async def lived_through(tmp_path: Path, *, for_good: bool) -> Counter[str]:
    """Return what is wrong of how much where every channel has one such message."""
    found = Counter[str]()
    async with poisoned(tmp_path, Clock(START), for_good=for_good) as town:
        for venue in town.venues:
            rows = (*FIRST, POISON, *BEHIND)
            await town.queue(venue, venue.channel, *rows)
            await town.queue(venue, town.place(venue, NEXT_DOOR), *NEAR)
        await town.laurel.settle()
        for venue in town.venues:
            near = await town.stands(venue, NEXT_DOOR)
            found["held up next door"] += near != list(NEAR)
            found["not before it"] += FIRST[0] not in await town.stands(venue, "")
        for _ in range(0 if for_good else MAX_ATTEMPTS + 2):
            await town.wait(LONG_S)
        for venue in town.venues:
            found += await _is_set_aside(town, venue)
        tries = town.illness.tries or {}
        most = 1 if for_good else MAX_ATTEMPTS + 1
        found["tried too often"] += sum(each > most for each in tries.values())
        if not +found:
            for venue in town.venues:
                found += await _is_sent_again(town, venue)
    return +found


async def _is_set_aside(town: Town, venue: Venue) -> Counter[str]:
    stands, parked = await town.stands(venue, ""), await town.parked(venue)
    told = await town.said(venue, MODERATORS)
    shown = str(await town.do(venue, Action("mail.undelivered")))
    return Counter(
        {
            f"held up on {venue.ref.platform}": stands != [*FIRST, *BEHIND],
            f"not set aside on {venue.ref.platform}": len(parked) != 1,
            f"not shown on {venue.ref.platform}": "mail.replay" not in shown,
            f"not told once on {venue.ref.platform}": len(told) != 1,
        }
    )


async def _is_sent_again(town: Town, venue: Venue) -> Counter[str]:
    """Have the platform be well again, and a moderator try again."""
    town.illness.is_over = True
    (parked,) = await town.parked(venue)
    await town.do(venue, Action("mail.replay", (parked.id,)))
    await town.wait(2)
    said = " ".join(await town.said(venue, ""))
    return Counter(
        {
            f"not sent again on {venue.ref.platform}": POISON not in said,
            f"still set aside on {venue.ref.platform}": len(await town.parked(venue)),
        }
    )


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
@pytest.mark.parametrize("for_good", [True, False], ids=["refused", "500"])
async def test_a_message_that_is_never_taken_is_set_aside(
    tmp_path: Path, tell: Tell, *, for_good: bool
) -> None:
    """Others go on at once, moderators are told once, and can have it tried again."""
    async with asyncio.timeout(100):
        found = await lived_through(tmp_path, for_good=for_good)
    assert Counter() == found
    tell("P9", "messages held up behind one that is never taken", 0, most=0)


class Stubborn(Courier):
    """Planted: it never sets aside what nobody takes."""

    def _put_off(self, head: Delivery, attempts: int, *more: object) -> Settle:
        return super()._put_off(head, min(attempts, 2), *more)  # type: ignore[arg-type]

    def _park(self, head: Delivery, reason: str) -> Settle:
        return self._retry(head, reason, None)


@pytest.mark.slow
@pytest.mark.usefixtures("unhurried")
async def test_a_courier_that_sets_nothing_aside_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: what is behind it waits for ever, and nobody is told."""
    monkeypatch.setattr(bot.app, "Courier", Stubborn)
    found = await lived_through(tmp_path, for_good=True)
    assert {"held up on discord", "not set aside on slack"} <= set(found)
