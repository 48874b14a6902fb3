"""Who may take part in challenges, and act on whose check-ins and teams."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bot.chat.clip import clip
from bot.domain.challenges import MAX_DAYS, Challenge, Proof, State, Terms, day_number
from bot.domain.community import Community, Member
from bot.domain.lookalikes import skeleton
from cogs.checkins.teaming import MAX_NAME_CHARS
from storage import communities, members
from storage.acts import Act
from storage.challenges import book, checkins, entrants, teams
from storage.challenges.checkins import New
from storage.challenges.teams import Named
from storage.database import Transaction
from storage.settling import By
from tests.battery.rows import SECRET, YES, Row, Scene, each, press, send
from tests.cogs.checking import PNG

TITLE = "Up the stairs"

FOR_ALL_HERE = each(stranger="checkins.refused-unknown")
OF_ENTRANT = each(
    "checkins.refused-not-joined", giver=YES, stranger="checkins.refused-unknown"
)
OF_GIVER = each("checkins.refused-not-yours", giver=YES)

Staged = Mapping[str, int | str]


async def _entered(scene: Scene) -> Staged:
    """Have the giver take part in a challenge, with nothing done yet."""
    return await scene.home.database.write(_enter, scene)


async def _checked(scene: Scene) -> Staged:
    """Have the giver check in besides."""
    return await scene.home.database.write(_check, scene)


async def _teamed(scene: Scene) -> Staged:
    """Have the giver be in a team besides."""
    return await scene.home.database.write(_team, scene)


def _enter(tx: Transaction, scene: Scene) -> Staged:
    here, giver = _giver(tx, scene)
    known, at = _challenge(tx, scene, here), scene.home.clock()
    entrants.join(tx, here, known.id, giver.key, f"{giver.key} joined", at)
    for done in checkins.of_member(tx, known.id, giver.key):
        if done.state.stands:
            by = By(giver.key, f"{done.id} taken back")
            checkins.take_back(tx, here, done.id, by, at)
    return {"challenge": known.id, "which": str(known.id)}


def _check(tx: Transaction, scene: Scene) -> Staged:
    entered, (here, giver) = _enter(tx, scene), _giver(tx, scene)
    known, at = _challenge(tx, scene, here), scene.home.clock()
    day = day_number(known.terms, giver.date_at(at)) or 1
    before = checkins.of_member(tx, known.id, giver.key)
    call = f"{giver.key} checked in {day} {len(before)}"
    new = New(known.id, giver.key, day, call, SECRET)
    made = checkins.add(tx, here, known.terms, new, at)
    assert made is not None
    return {**entered, "checkin": made.id}


def _team(tx: Transaction, scene: Scene) -> Staged:
    entered, (here, giver) = _enter(tx, scene), _giver(tx, scene)
    challenge = int(entered["challenge"])
    entrant = entrants.entrant(tx, challenge, giver.key)
    assert entrant is not None
    if entrant.team is not None:
        return {**entered, "team": entrant.team}
    name = clip(giver.name, MAX_NAME_CHARS)
    named, at = Named(name, skeleton(name), 10), scene.home.clock()
    made = teams.make(tx, here, challenge, giver.key, named, at)
    assert made is not None
    return {**entered, "team": made.id}


def _giver(tx: Transaction, scene: Scene) -> tuple[Community, Member]:
    here = communities.get(tx, scene.home.ref)
    person = scene.home.person(scene.names["giver"])
    return here, members.meet(tx, here, person, scene.home.clock())


def _challenge(tx: Transaction, scene: Scene, here: Community) -> Challenge:
    """Return the challenge that everybody is in: a community has but a few at once."""
    for each_one in book.listed(tx, here, (State.RUNNING,)):
        if each_one.terms.title == TITLE:
            return each_one
    at, channel = scene.home.clock(), scene.home.channel("stairs")
    person = scene.home.person(scene.names["moderator"])
    by = members.meet(tx, here, person, at)
    terms = Terms(
        1, TITLE, SECRET, by.date_at(at), MAX_DAYS, time(9), (), channel,
        proof=Proof.NONE, teams=True,
    )  # fmt: skip
    act = Act(by, "made", at)
    made = book.create(tx, here, terms, act)
    for step in (State.OPEN, State.RUNNING):
        made = book.move(tx, here, made, step, act)
    return made


def _which(scene: Scene) -> str:
    return str(scene.named("which"))


def _form(route: str, **answers: object) -> Row:
    """Return the row of a form for a day."""
    does = send(f"checkins.{route}", "challenge", "0", **answers)
    return Row(does, OF_ENTRANT, stage=_entered)


CHECKINS: Mapping[str, Row] = {
    "checkins.enter": Row(
        send("checkins.enter", which=_which), FOR_ALL_HERE, stage=_entered
    ),
    "checkins.join": Row(
        press("checkins.join", "challenge"), FOR_ALL_HERE, stage=_entered
    ),
    # Who is not in it leaves nothing, and hears so.
    "checkins.go": Row(send("checkins.go", which=_which), FOR_ALL_HERE, stage=_entered),
    "checkins.leave": Row(
        press("checkins.leave", "challenge"), FOR_ALL_HERE, stage=_entered
    ),
    "checkins.checkin": Row(
        send("checkins.checkin", which=_which, words="Three floors"),
        OF_ENTRANT,
        stage=_entered,
    ),
    "checkins.check": Row(
        press("checkins.check", "challenge"), OF_ENTRANT, stage=_entered
    ),
    "checkins.check-day": Row(
        press("checkins.check-day", "challenge", "1"),
        OF_ENTRANT,
        stage=_entered,
    ),
    "checkins.with-words": _form("with-words", words="Three floors"),
    "checkins.with-link": _form("with-link", link="https://example.org"),
    "checkins.with-file": _form("with-file", file=PNG),
    "checkins.with-anything": _form("with-anything"),
    # The message is Laurel's own.
    "checkins.check-in-with-this": Row(
        press("checkins.check-in-with-this"),
        each("checkins.refused-not-your-words"),
        on_post=True,
        stage=_entered,
    ),
    "checkins.with-message": Row(
        send("checkins.with-message", which=_which, words="Three floors"),
        OF_ENTRANT,
        stage=_entered,
    ),
    "checkins.take-back": Row(
        press("checkins.take-back", "checkin"), OF_GIVER, stage=_checked
    ),
    "checkins.take-back-now": Row(
        press("checkins.take-back-now", "checkin"), OF_GIVER, stage=_checked
    ),
    "checkins.keep": Row(press("checkins.keep", "checkin"), OF_GIVER, stage=_checked),
    "checkins.team": Row(
        send("checkins.team"),
        each("checkins.refused-none", giver=YES),
        stage=_teamed,
    ),
    "checkins.teams": Row(
        press("checkins.teams", "challenge"), OF_ENTRANT, stage=_teamed
    ),
    "checkins.make-team": Row(
        send("checkins.make-team", "challenge", name="Two at a time"),
        OF_ENTRANT,
        stage=_entered,
    ),
    "checkins.join-team": Row(
        press("checkins.join-team", "challenge", "team"), OF_ENTRANT, stage=_teamed
    ),
    "checkins.leave-team": Row(
        press("checkins.leave-team", "challenge"), OF_ENTRANT, stage=_teamed
    ),
}
