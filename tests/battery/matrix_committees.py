"""Who may draw a committee, vote in it and leave it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping

from bot.chat.message import Action
from bot.domain.awards import Decider, Standard
from bot.domain.committees import Size
from bot.domain.draws import Pool, draw
from storage import awards, ballots, committees, communities, members, nominations
from storage import seats as sitting
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import Said, Terms
from tests.battery.rows import (
    EVERYBODY,
    SECRET,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)

AWARD = "Voted for by lot"

DRAWS = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="committees.refused-few",
)
"""Moderators, where there is somebody to be drawn."""

SEATED = each("committees.refused-not-seated", giver=YES)
IN_IT = each("committees.refused-not-in", giver=YES)


async def _free(scene: Scene) -> Mapping[str, int | str]:
    """Have no committee serve, and none be drawn."""
    await scene.home.database.write(_ended, scene)
    return {}


def _ended(tx: Transaction, scene: Scene) -> None:
    home = scene.home
    here = communities.get(tx, home.ref)
    if (pooled := committees.pooled(tx, here)) is not None:
        committees.drop(tx, pooled)
    if (serving := committees.serving(tx, here)) is not None:
        committees.end(tx, serving, home.clock())


async def _sits(scene: Scene) -> Mapping[str, int | str]:
    """Have the giver and two others be in a committee."""
    await _free(scene)
    await scene.home.database.write(_seat, scene)
    return {}


def _seat(tx: Transaction, scene: Scene) -> None:
    home, at = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    names = (scene.names["giver"], "Second seat", "Third seat")
    people = [members.meet(tx, here, home.person(name), at).key for name in names]
    size = Size(3, 0, 60)
    pool = Pool(tuple(sorted(people)))
    pooled = committees.put_pool(tx, here, size, pool, people[0], at)
    assert pooled is not None
    seed = secrets.token_hex(16)
    committee = committees.put_seed(tx, pooled, seed, at)
    assert committee is not None
    sitting.put_drawn(tx, committee, draw(pool, seed, size), at)
    for key in people:
        assert sitting.move_up(tx, committee.id, key, at)


async def _votes(scene: Scene) -> Mapping[str, int | str]:
    """Have that committee vote about the receiver."""
    home = scene.home
    await _sits(scene)
    candidacy = await home.database.write(_nominate, scene)
    await home.laurel.settle()

    def opened(tx: Transaction) -> int:
        here = communities.get(tx, home.ref)
        return ballots.unclosed(tx, here)[-1].id

    return {"candidacy": candidacy, "ballot": await home.database.read(opened)}


def _nominate(tx: Transaction, scene: Scene) -> int:
    home, at = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    by, receiver, moderator = (
        members.meet(tx, here, home.person(scene.names[name]), at)
        for name in ("bystander", "receiver", "moderator")
    )
    edit = Act(moderator, secrets.token_hex(8), at)
    standard = Standard(1, decider=Decider.COMMITTEE, quorum=1)
    held = (each for each in awards.listed(tx, here) if each.name == AWARD)
    award = next(held, None) or awards.create(tx, here, AWARD, standard, edit)
    award = awards.open_round(tx, here, award, None, edit)
    assert award.round is not None
    said = Said(by, receiver, SECRET, (), (), edit.call)
    terms = Terms(award.round, award.standard)
    candidacy = nominations.add(tx, here, terms, said, at)
    awards.close_round(tx, here, award, edit)
    return candidacy


async def _voted(scene: Scene) -> Mapping[str, int | str]:
    """Have the giver have voted, which is enough."""
    home, staged = scene.home, await _votes(scene)
    cast = Action("committees.cast", (staged["candidacy"], "yes"))
    done = await home.do(home.call(scene.names["giver"]), cast, None)
    assert not done.refused, done.text
    return staged


def _ballot(scene: Scene) -> str:
    return str(scene.named("ballot"))


COMMITTEES: Mapping[str, Row] = {
    "committees.draw": Row(
        send("committees.draw", seats=3, days=60, backups=0), DRAWS, stage=_free
    ),
    "committees.fewer": Row(
        press("committees.fewer", "3", "0", "60"), DRAWS, stage=_free
    ),
    "committees.show": Row(send("committees.show"), EVERYBODY, stage=_votes),
    "committees.rules": Row(press("committees.rules"), EVERYBODY),
    "committees.vote": Row(send("committees.vote"), SEATED, stage=_votes),
    "committees.open": Row(press("committees.open", "ballot"), SEATED, stage=_votes),
    "committees.paper": Row(
        press("committees.paper", "ballot", "1"), SEATED, stage=_votes
    ),
    "committees.look": Row(
        press("committees.look", "candidacy", "1"), SEATED, stage=_votes
    ),
    "committees.cast": Row(
        press("committees.cast", "candidacy", "yes"), SEATED, stage=_votes
    ),
    "committees.recuse": Row(
        press("committees.recuse", "candidacy"), SEATED, stage=_votes
    ),
    "committees.step-down": Row(send("committees.step-down"), IN_IT, stage=_sits),
    "committees.leaving": Row(press("committees.leaving"), IN_IT, stage=_sits),
    "committees.leave": Row(press("committees.leave"), IN_IT, stage=_sits),
    "committees.close": Row(
        send("committees.close", which=_ballot),
        each(
            "common.only-moderator",
            moderator=YES,
            admin=YES,
            stranger="committees.refused-closed",
        ),
        stage=_voted,
    ),
}
