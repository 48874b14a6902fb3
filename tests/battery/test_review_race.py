"""T04: many moderators press at once, and every nomination is decided once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.chat.message import Action
from bot.chat.responses import Refuse, Say
from bot.domain.people import Role
from tests.battery.jury import REASON, Size, judged
from tests.battery.size import FULL, chance, size
from tests.battery.told import Tell
from tests.cogs.nominating import all_of
from tests.cogs.reviewing import audited, of, put_forward
from tests.harness import Community

RACING = size(60, 1_000)
PATIENCE_S = 60.0

SMALL = Size(awards=2, nominees=15, seats=3, reviewers=5, presses=5, at_once=6)
LARGE = Size(awards=5, nominees=200, seats=20, reviewers=200, presses=5, at_once=40)
SIZE = LARGE if FULL else SMALL
TINY = Size(awards=1, nominees=15, seats=3, reviewers=5, presses=5, at_once=15)
"""Enough for what is planted to show."""


async def race(folder: Path, much: Size) -> dict[str, object]:
    """Have everything be decided by all at once; return what is wrong then."""
    luck = chance(4)
    async with judged(folder, much) as (jury, laurel):
        assert much.awards * much.nominees == len(jury.cards())
        await jury.decide(luck)
        await laurel.settle()
        await jury.finish(luck)
        await laurel.settle()
        return await jury.wrong(laurel)


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let Discord be patient: its limits and its three seconds are tested elsewhere.

    Here it shares a processor with all who press, and with Laurel.
    """
    monkeypatch.setattr("tests.fakes.discord.buckets.GLOBAL_PER_S", 100_000)
    for module in ("actors", "exchange"):
        monkeypatch.setattr(f"tests.fakes.discord.{module}.PATIENCE_S", PATIENCE_S)


async def test_every_nomination_is_decided_once(tmp_path: Path, tell: Tell) -> None:
    """By one who may; winners never exceed the seats, and the audit's chain is whole.

    Whoever was told that they decided did, each card says so, and each winner is
    announced once.
    """
    wrong = await race(tmp_path, SIZE)
    racing = f"{SIZE.awards * SIZE.nominees:,} by {SIZE.reviewers} moderators at once"
    tell("P5", f"wrong after deciding {racing}", len(wrong), most=0)
    assert {} == wrong


async def test_a_nomination_that_is_decided_twice_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: nobody looks whether somebody was faster."""
    careless = """
UPDATE candidacies SET state = :state, decided_at = :at, seat = NULL
WHERE community = :community AND id = :candidacy
RETURNING nominee
"""
    monkeypatch.setattr("storage.settling._SETTLE", careless)
    monkeypatch.setattr("cogs.review.deciding.check_undecided", lambda *_: None)
    found = await race(tmp_path, TINY)

    assert "decided twice" in found


async def test_whoever_decides_about_their_own_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: nobody looks who nominated whom, and who keeps out of it."""
    monkeypatch.setattr("cogs.review.deciding.check_apart", lambda *_: None)
    found = await race(tmp_path, TINY)

    assert "decided by those who take part" in found


async def test_of_all_who_race_for_one_exactly_one_decides(
    home: Community, tell: Tell
) -> None:
    """Half of them approve and half decline; the others hear what was decided."""
    award = await put_forward(home)
    (candidacy,) = await all_of(home, award)
    racing = [f"Moderator {n}" for n in range(RACING)]
    for each in racing:
        home.person(each, Role.MODERATOR)
    approve = Action("review.approve", (candidacy.id,))
    decline = Action("review.decline", (candidacy.id,))
    run = home.laurel.dispatcher
    args = [str(candidacy.id)]
    answers = await asyncio.gather(
        *(
            run(decline.route, home.call(each), args, {"reason": REASON})
            if n % 2
            else run(approve.route, home.call(each), args, None)
            for n, each in enumerate(racing)
        )
    )
    await home.laurel.settle()

    decided = sum(isinstance(each, Say) for each in answers)
    tell("P5", f"decisions of {RACING:,} moderators at once", decided, least=1, most=1)
    told = {each.reason.key for each in answers if isinstance(each, Refuse)}
    (made,) = await of(home, candidacy.id)
    assert {f"review.late-{made.state}"} == told
    assert 1 == len(await audited(home))
