"""Who may read the boards of challenges, dispute a place in one, and answer that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bot.domain.challenges import Challenge, State, Terms
from bot.domain.community import Community, Member
from storage import communities, members
from storage.acts import Act
from storage.challenges import book, checkins, disputes, entrants, freezing
from storage.challenges.checkins import New
from storage.challenges.signing import Because
from storage.database import Transaction
from tests.battery.rows import (
    MODERATORS,
    SECRET,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)

TITLE = "Down the hill"

SAID = "My first day is missing there."

FOR_ALL_HERE = each(stranger="standings.refused-gone")
OF_ENTRANT = each(
    "standings.refused-not-yours", giver=YES, stranger="standings.refused-gone"
)
OF_MODERATOR = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="standings.refused-no-dispute",
)

Staged = Mapping[str, int | str]


async def _ended(scene: Scene) -> Staged:
    """Have a challenge be over in which the giver took part."""
    return await scene.home.database.write(_end, scene)


async def _disputed(scene: Scene) -> Staged:
    """Have the giver dispute their place besides."""
    return await scene.home.database.write(_dispute, scene)


def _end(tx: Transaction, scene: Scene) -> Staged:
    here, giver = _met(tx, scene, "giver")
    by = Act(_met(tx, scene, "moderator")[1], "made", scene.home.clock())
    for before in book.listed(tx, here, (State.REVIEW,)):
        if before.terms.title == TITLE:  # a community has but a few at once
            book.move(tx, here, before, State.FINAL, by)
    made = _run(tx, scene, here, by)
    entrants.join(tx, here, made.id, giver.key, f"{made.id} joined", by.at)
    new = New(made.id, giver.key, 1, f"{made.id} checked in", SECRET)
    assert checkins.add(tx, here, made.terms, new, by.at)
    over = book.move(tx, here, made, State.REVIEW, by)
    assert freezing.freeze(tx, here, over, Because(None, by.at))
    return {"challenge": over.id, "which": str(over.id)}


def _dispute(tx: Transaction, scene: Scene) -> Staged:
    ended, (here, giver) = _end(tx, scene), _met(tx, scene, "giver")
    said = (SECRET, scene.home.clock())
    kept = disputes.add(tx, here, int(ended["challenge"]), giver.key, said)
    assert kept is not None
    return {**ended, "dispute": kept.id}


def _run(tx: Transaction, scene: Scene, here: Community, by: Act) -> Challenge:
    assert by.by is not None
    channel = scene.home.channel("hill")
    first = by.by.date_at(by.at)
    terms = Terms(1, TITLE, SECRET, first, 7, time(9), (), channel)
    made = book.create(tx, here, terms, by)
    for step in (State.OPEN, State.RUNNING):
        made = book.move(tx, here, made, step, by)
    return made


def _met(tx: Transaction, scene: Scene, column: str) -> tuple[Community, Member]:
    here = communities.get(tx, scene.home.ref)
    person = scene.home.person(scene.names[column])
    return here, members.meet(tx, here, person, scene.home.clock())


def _which(scene: Scene) -> str:
    return str(scene.named("which"))


_PLACE = {"points": 20, "days": 2, "streak": 2, "reason": "It is on the photo."}

STANDINGS: Mapping[str, Row] = {
    "standings.board": Row(
        send("standings.board", which=_which), FOR_ALL_HERE, stage=_ended
    ),
    "standings.mine": Row(
        press("standings.mine", "challenge"), FOR_ALL_HERE, stage=_ended
    ),
    "standings.dispute": Row(
        send("standings.dispute", which=_which, words=SAID), OF_ENTRANT, stage=_ended
    ),
    "standings.object": Row(
        send("standings.object", "challenge", words=SAID), OF_ENTRANT, stage=_ended
    ),
    "standings.disputes": Row(send("standings.disputes"), MODERATORS, stage=_disputed),
    "standings.stands": Row(
        send("standings.stands", "dispute", reason="As on the photo."),
        OF_MODERATOR,
        stage=_disputed,
    ),
    "standings.fix": Row(
        press("standings.fix", "dispute"), OF_MODERATOR, stage=_disputed
    ),
    "standings.correct": Row(
        send("standings.correct", "dispute", **_PLACE), OF_MODERATOR, stage=_disputed
    ),
}
