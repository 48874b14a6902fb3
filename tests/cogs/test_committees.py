"""How a committee is drawn, and who sits in it."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from bot.domain.committees import CommitteeState, SeatState, Size
from bot.domain.community import Settings
from bot.domain.draws import MAX_POOL, Pool
from bot.domain.draws import draw as drawn_by
from bot.domain.people import Role
from cogs.committees import drawing
from storage import activity, communities, departures
from storage.activity import Fact
from storage.database import Transaction
from tests.cogs.sitting import (
    PEOPLE,
    audited,
    committee,
    draw,
    drawn,
    key_of,
    left,
    met,
    sitting,
    thank,
)
from tests.faults import down, up
from tests.harness import Community


async def test_the_digest_is_out_before_there_is_a_seed(home: Community) -> None:
    """First the digest of the pool, in public; the seed is made later."""
    await met(home, *PEOPLE)
    done = await draw(home)
    assert "the committee is drawn" in done.text
    (post,) = home.posts()
    (pool,) = await audited(home, "committees.pool")

    assert str(pool["digest"]) in post
    assert Pool.read(str(pool["pool"])).digest == pool["digest"]
    assert [] == await audited(home, "committees.seed")

    await home.wait(minutes=2)
    (seed,) = await audited(home, "committees.seed")
    assert pool["digest"] == seed["digest"]
    assert str(seed["seed"]) in home.posts()[-1]


async def test_the_seed_waits_until_the_digest_stands(home: Community) -> None:
    """While chat takes nothing there is no seed; once it does, there is."""
    await met(home, *PEOPLE)
    home.platform.fault = down
    await draw(home)
    await home.wait(minutes=2)
    assert [] == await audited(home, "committees.seed")

    home.platform.fault = up
    await home.wait(minutes=10)
    await home.wait(minutes=10)
    assert 1 == len(await audited(home, "committees.seed"))
    assert 3 == len(await sitting(home))


async def test_a_draw_whose_digest_never_stands_is_given_up(home: Community) -> None:
    """After a day nobody is drawn, moderators hear of it, and another can begin."""
    await home.settings(moderators=home.channel("moderators"))
    await met(home, *PEOPLE)
    home.platform.closed[home.channel("wall")] = "no-permission"
    await draw(home)
    for _ in range(30):
        await home.wait(hours=1)

    assert [] == await audited(home, "committees.seed")
    assert [{"of": None}] == await audited(home, "committees.drop")
    assert any("was not drawn" in post for post in home.posts("moderators"))
    home.platform.closed.clear()
    assert not (await draw(home)).refused


async def test_anybody_repeats_the_draw_from_the_exported_audit(
    home: Community,
) -> None:
    """With the file and the standard library: pool, digest, seed, and who it gives."""
    await drawn(home, seats=3, backups=2)
    home.person("Ina", Role.ADMIN)
    page = await home.type("Ina", "audit")
    handed = await home.press("Ina", page, "Export")
    rows = [json.loads(line) for line in handed.file.content.splitlines()]
    told = {row["action"]: row["detail"] for row in rows}

    pool, seed = told["committees.pool"]["pool"], told["committees.seed"]["seed"]
    assert (
        hashlib.sha256(pool.encode()).hexdigest() == told["committees.seed"]["digest"]
    )
    asked = told["committees.ask"]
    # Nobody has had a turn before, so a shuffle is all that there is to a first draw.
    able = sorted(map(int, pool.replace("|", " ").split()))
    dice = random.Random(int(seed, 16))  # noqa: S311  no secret any more
    people = dice.sample(able, len(able))[: asked["seats"] + asked["backups"]]
    assert told["committees.draw"]["seats"] == " ".join(map(str, people[:3]))
    assert told["committees.draw"]["backups"] == " ".join(map(str, people[3:]))
    size = Size(asked["seats"], asked["backups"], asked["days"])
    assert [*drawn_by(Pool.read(pool), seed, size).seats] == people[:3]
    assert people[:3] == [await key_of(home, name) for name in await sitting(home)]

    order = [row["action"] for row in rows if row["action"].startswith("committees")]
    ask, pooled, seeded, lot, *_ = order
    steps = ("ask", "pool", "seed", "draw")
    assert tuple(f"committees.{step}" for step in steps) == (ask, pooled, seeded, lot)


async def test_the_schema_refuses_another_seed_or_pool(home: Community) -> None:
    """Whoever writes past the rules cannot change either."""
    await drawn(home)
    for change in (
        "UPDATE committees SET seed = 'ff'",
        "UPDATE committees SET pool = '1 2 3'",
        "UPDATE committees SET digest = 'ff'",
        "UPDATE committees SET seats = 4",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            await home.database.write(_run, change)
    with pytest.raises(sqlite3.IntegrityError, match="never deleted"):
        await home.database.write(_run, "DELETE FROM committees")


async def test_who_can_be_drawn(home: Community) -> None:
    """Met, here, a person, seen of late, who may be named and written to."""
    await met(home, "Old")
    home.clock.move(days=91)
    await met(home, *PEOPLE[:4], "Mute", "Shy", "Gone")
    home.person("Robot", bot=True)
    await home.press(
        "Mute", await home.type("Mute", "laurel privacy"), "Do not write to me"
    )
    await home.press("Shy", await home.type("Shy", "laurel privacy"), "Private:")
    await left(home, "Gone", "Ada")
    await drawn(home, *PEOPLE[:4])

    (pool,) = await audited(home, "committees.pool")
    keys = sorted([await key_of(home, name) for name in PEOPLE[:4]])
    assert keys == list(Pool.read(str(pool["pool"])).everybody)


async def test_nobody_serves_twice_in_a_row(home: Community) -> None:
    """Who had a seat sits out once; a backup who had none does not."""
    await drawn(home, *PEOPLE[:7], seats=3, backups=1)
    first, (backup,) = await sitting(home), await sitting(home, SeatState.BACKUP)
    await home.wait(days=61)
    await drawn(home, *PEOPLE[:7], seats=3, backups=1)
    second = await sitting(home)
    (_, pool) = await audited(home, "committees.pool")

    assert set(first).isdisjoint(second)
    assert await key_of(home, backup) in Pool.read(str(pool["pool"])).first
    await home.wait(days=61)
    for giver, to in pairwise(PEOPLE):
        await thank(home, giver, to)
    await drawn(home, *PEOPLE[:7], seats=3, backups=1)
    (*_, third) = await audited(home, "committees.pool")
    assert {await key_of(home, n) for n in first} <= set(
        Pool.read(str(third["pool"])).last
    )


async def test_too_few_are_counted_and_fewer_seats_offered(home: Community) -> None:
    """It says how many are missing; one press draws what there is enough for."""
    await met(home, *PEOPLE[:4])
    home.person("Mo", Role.MODERATOR)
    offer = await draw(home, seats=7, backups=2)
    # The moderator has been met by now as well.
    assert "4 people are missing: so far 5 can be drawn" in offer.text
    assert [] == await audited(home, "committees.pool")

    done = await home.press("Mo", offer, "Draw 5 seats, no backups")
    assert not done.refused
    await home.wait(minutes=2)
    assert {"Mo", *PEOPLE[:4]} == set(await sitting(home))


async def test_fewer_than_three_are_refused(home: Community) -> None:
    """There is nothing to offer; the sentence says how many are missing."""
    await met(home, "Ada")
    refused = await draw(home)

    assert "committees.refused-few" == refused.reason
    assert "one is missing" in refused.text
    assert 0 == await _count(home, "committees")


async def test_one_draw_and_one_committee_at_a_time(home: Community) -> None:
    """While one is drawn or serves with all its seats, no other is."""
    await met(home, *PEOPLE)
    await draw(home)
    assert "committees.refused-drawing" == (await draw(home)).reason
    await home.wait(minutes=2)
    assert "committees.refused-serving" == (await draw(home)).reason
    await home.wait(days=61)
    assert not (await draw(home)).refused


async def test_a_draw_that_fell_into_an_absence_can_begin_anew(
    home: Community,
) -> None:
    """Nothing rings in a community that Laurel is not in; the next draw is another."""
    await met(home, *PEOPLE)
    await draw(home)
    await home.database.write(departures.leave, home.ref, home.clock())
    await home.wait(days=2)
    await home.database.write(
        departures.arrive, home.ref, Settings("en", ZoneInfo("UTC")), home.clock()
    )
    assert not (await draw(home)).refused
    await home.wait(minutes=2)

    assert 1 == len(await audited(home, "committees.drop"))
    assert 1 == len(await audited(home, "committees.draw"))


async def test_without_a_channel_nothing_is_drawn(home: Community) -> None:
    """The digest has to stand somewhere."""
    await met(home, *PEOPLE)
    await home.settings(wall=None)
    assert "committees.refused-nowhere" == (await draw(home)).reason


async def test_each_hears_what_they_are(home: Community) -> None:
    """Seats and backups are written to, each once, and nobody else is."""
    await drawn(home, seats=3, backups=2)
    seated, backups = await sitting(home), await sitting(home, SeatState.BACKUP)

    assert all("You are in the committee" in home.dms(n)[0] for n in seated)
    assert ["first to move up", "number 2 to move up"] == [
        next(w for w in ("first to move up", "number 2 to move up") if w in said)
        for said in (home.dms(name)[0] for name in backups)
    ]
    told = {name for name in PEOPLE if home.dms(name)}
    assert {*seated, *backups} == told
    assert all(f"@{name}" in home.posts()[-1] for name in seated)


async def test_a_backup_moves_up_when_somebody_steps_down(home: Community) -> None:
    """In the order of the draw; the post shows who sits there now."""
    await drawn(home, seats=3, backups=2)
    (leaver, *stay), backups = (
        await sitting(home),
        await sitting(home, SeatState.BACKUP),
    )
    sure = await home.type(leaver, "committee step-down")
    done = await home.press(leaver, sure, "Yes, step down")

    assert "Thank you" in done.text
    assert {*stay, backups[0]} == set(await sitting(home))
    assert [backups[1]] == await sitting(home, SeatState.BACKUP)
    assert any("You are in the committee" in dm for dm in home.dms(backups[0]))
    assert f"@{leaver}" not in home.posts()[-1]
    assert f"@{backups[0]}" in home.posts()[-1]
    again = await home.press(leaver, sure, "Yes, step down")
    assert "committees.refused-not-in" == again.reason


@pytest.mark.parametrize("how", ["hides", "is erased", "leaves"])
async def test_a_backup_moves_up_for_who_is_gone(home: Community, how: str) -> None:
    """Whoever hides, is erased or leaves has no seat any more."""
    await drawn(home, seats=3, backups=1)
    (gone, *stay), (backup,) = (
        await sitting(home),
        await sitting(home, SeatState.BACKUP),
    )
    page = await home.type(gone, "laurel privacy")
    if how == "hides":
        await home.press(gone, page, "None:")
    elif how == "is erased":
        form = await home.press(gone, page, "Erase my data")
        await home.fill_in(gone, form, word="ERASE")
    else:
        await left(home, gone, stay[0])

    assert {*stay, backup} == set(await sitting(home))
    assert f"@{gone}" not in home.posts()[-1]
    edits = home.platform.posts[-1].edits
    await home.type("Zoe", "committee show")  # looking changes nothing
    assert edits == home.platform.posts[-1].edits


async def test_who_is_gone_before_the_draw_is_passed_over(home: Community) -> None:
    """The draw stays what the seed says; the next in it takes the seat."""
    await met(home, *PEOPLE)
    await draw(home, seats=5, backups=3)
    await home.press("Ada", await home.type("Ada", "laurel privacy"), "Private:")
    await home.wait(minutes=2)

    (told,) = await audited(home, "committees.draw")
    order = [int(key) for key in f"{told['seats']} {told['backups']}".split()]
    key = await key_of(home, "Ada")
    fit = [each for each in order if each != key]
    assert fit[:5] == [await key_of(home, name) for name in await sitting(home)]


async def test_a_committee_with_empty_seats_can_be_replaced(home: Community) -> None:
    """Where no backup is left, moderators may draw another before the term ends."""
    await drawn(home, seats=3, backups=0)
    (leaver, *_) = await sitting(home)
    sure = await home.type(leaver, "committee step-down")
    await home.press(leaver, sure, "Yes, step down")
    before = await committee(home)
    assert not (await draw(home, seats=3, backups=0)).refused
    await home.wait(minutes=2)
    after = await committee(home)

    assert before.id != after.id
    assert CommitteeState.SERVING is after.state
    assert 1 == len(await audited(home, "committees.end"))


async def test_everybody_can_look_it_up(home: Community) -> None:
    """Who serves until when, how it was drawn, and by which rules."""
    assert (
        "There is no committee yet" in (await home.type("Zoe", "committee show")).text
    )
    await drawn(home, seats=3, backups=2)
    card = await home.type("Zoe", "committee show")
    page = card.text
    (pool,) = await audited(home, "committees.pool")

    assert all(f"@{name}" in page for name in await sitting(home))
    assert "2 backups would move up" in page
    assert str(pool["digest"]) in page
    rules = await home.press("Zoe", card, "How it works")
    assert "Ties go to who has won least before" in rules.text
    await home.wait(days=61)
    assert "term is over" in (await home.type("Zoe", "committee show")).text


def _run(tx: Transaction, sql: str) -> int:
    return tx.run(sql)


async def _count(home: Community, table: str) -> int:
    rows = await home.database.read(
        lambda tx: tx.all(f"SELECT 1 FROM {table}")  # noqa: S608
    )
    return len(rows)


async def test_a_new_wall_takes_what_waited_for_the_old(home: Community) -> None:
    """A digest for a channel that is gone follows, and so the draw goes on."""
    await met(home, *PEOPLE)
    home.platform.closed[home.channel("wall")] = "channel-gone"
    await draw(home)
    await home.settings(wall=home.channel("new"))
    await home.database.write(_chosen, home)
    await home.laurel.settle()
    await home.wait(minutes=10)
    await home.wait(minutes=10)

    pooled, told = home.posts("new")
    assert "A committee will be drawn" in pooled
    assert "The committee is drawn" in told


async def test_the_largest_committee_fits_every_platform(home: Community) -> None:
    """25 seats with long names, in what is posted and what is looked up."""
    names = [f"Somebody number {n} whose name is {'long ' * 9}"[:78] for n in range(27)]
    await drawn(home, *names, seats=25, backups=2)
    page = (await home.type("Zoe", "committee show")).text

    seated = await sitting(home)
    assert 25 == len(seated)
    assert all(f"@{name}" in home.posts()[-1] for name in seated)
    assert all(f"@{name}" in page for name in seated)


def _chosen(tx: Transaction, home: Community) -> None:
    """Have the log tell that the settings were saved."""
    here = communities.get(tx, home.ref)
    activity.add(tx, here, Fact("setup.saved", 0, None, 0, "call", ""), home.clock())


async def test_too_many_are_refused_before_anything_is_written(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It says how many there are, how many a list holds, and what can be done."""
    await met(home, *PEOPLE)
    monkeypatch.setitem(vars(drawing), "MAX_POOL", 5)
    refused = await draw(home)

    assert "committees.refused-many" == refused.reason
    assert "9 people could be drawn here" in refused.text
    assert "5 at most" in refused.text
    assert "/award edit" in refused.text
    assert 0 == await _count(home, "committees")
    monkeypatch.setitem(vars(drawing), "MAX_POOL", MAX_POOL)
    assert not (await draw(home)).refused
