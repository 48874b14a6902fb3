"""Who may judge check-ins, read what came with them, and answer."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat import fields
from bot.chat.message import Action
from bot.domain.challenges import Proof, Review, Scoring, State, Terms
from bot.domain.people import Role
from storage import communities, members
from storage.acts import Act
from storage.challenges import book, checkins, entrants, proofs
from storage.challenges.checkins import New
from storage.database import Transaction
from tests.battery.rows import (
    EVERYBODY,
    MODERATORS,
    SECRET,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)

JUDGES = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="judging.refused-unknown",
)
GOES_ON = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="judging.refused-gone",
)
SEES_FILE = each("judging.refused-unknown", giver=YES, moderator=YES, admin=YES)
OF_GIVER = each("judging.refused-unknown", giver=YES)

TITLE = "Down the stairs"

WORDS = "There is more to it than anybody could know."

Staged = Mapping[str, int | str]


async def _waiting(scene: Scene) -> Staged:
    """Have the giver check in with a file, which waits for moderators."""
    return await scene.home.database.write(_check, scene)


async def _refused(scene: Scene) -> Staged:
    """Have somebody who is in no column refuse it."""
    home, staged = scene.home, await _waiting(scene)
    home.person("Decider", Role.MODERATOR)
    refuse = Action("judging.refuse", (staged["checkin"], 0))
    done = await home.do(home.call("Decider"), refuse, {"reason": WORDS})
    assert not done.refused, done.text
    return staged


def _check(tx: Transaction, scene: Scene) -> Staged:
    """Have there be a challenge of its own, which ends the one before it."""
    home = scene.home
    here, at = communities.get(tx, home.ref), home.clock()
    giver, moderator = (
        members.meet(tx, here, home.person(scene.names[name]), at)
        for name in ("giver", "moderator")
    )
    number = len(tx.all("SELECT id FROM challenges"))
    by = Act(moderator, f"judged {number}", at)
    for before in book.listed(tx, here, (State.RUNNING,)):
        if before.terms.title.startswith(TITLE):
            book.move(tx, here, before, State.CALLED_OFF, by)
    terms = Terms(
        1, f"{TITLE} {number}", SECRET, giver.date_at(at), 7, at.time(), (),
        home.channel("stairs"), scoring=Scoring(judged=5), proof=Proof.WELCOME,
        review=Review.ALL,
    )  # fmt: skip
    made = book.create(tx, here, terms, by)
    for step in (State.OPEN, State.RUNNING):
        made = book.move(tx, here, made, step, by)
    entrants.join(tx, here, made.id, giver.key, f"{by.call} joined", at)
    upload = fields.Upload("stairs.txt", "text/plain", SECRET.encode())
    file = proofs.keep(tx, here, giver.key, upload, at)
    new = New(made.id, giver.key, 1, f"{by.call} checked in", SECRET, file=file)
    checked = checkins.add(tx, here, made.terms, new, at)
    assert checked is not None
    return {"challenge": made.id, "checkin": checked.id}


def _judges(route: str, *carried: str, **answers: object) -> Row:
    """Return the row of what is done with one that waits."""
    does = send(route, "checkin", *carried, **answers)
    return Row(
        does if answers else press(route, "checkin", *carried), JUDGES, stage=_waiting
    )


JUDGING: Mapping[str, Row] = {
    "judging.review": Row(send("judging.review"), MODERATORS, stage=_waiting),
    "judging.next": Row(press("judging.next", "challenge"), GOES_ON, stage=_waiting),
    "judging.skip": Row(
        press("judging.skip", "challenge", "checkin"), GOES_ON, stage=_waiting
    ),
    "judging.open": _judges("judging.open"),
    "judging.count": _judges("judging.count", "0"),
    "judging.score": _judges("judging.score", "0", points=5),
    "judging.refuse": _judges("judging.refuse", "1", reason=WORDS),
    "judging.file": Row(press("judging.file", "checkin"), SEES_FILE, stage=_waiting),
    "judging.files": Row(press("judging.files", "0"), EVERYBODY, stage=_waiting),
    "judging.refused": Row(send("judging.refused"), EVERYBODY, stage=_refused),
    "judging.why": Row(press("judging.why", "checkin"), OF_GIVER, stage=_refused),
    "judging.answer": Row(
        send("judging.answer", "checkin", words=WORDS), OF_GIVER, stage=_refused
    ),
}
