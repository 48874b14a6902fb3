"""Who may nominate, and change what was said."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.awards import Criterion, Standard
from bot.domain.people import Person
from storage import awards, communities, members, nominations
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import Said, Terms
from tests.battery.rows import (
    DRAFT_OF_GIVER,
    EVERYBODY,
    SECRET,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)
from tests.harness import Reply

OF_GIVER = each("nominations.refused-gone", giver=YES)
"""What acts on what somebody said of another: nothing, for everybody else."""


async def _open(scene: Scene, *items: str) -> Mapping[str, int | str]:
    """Have there be an award that is open, one for all scenes."""
    return {"award": await scene.home.database.write(_opened, scene, items)}


def _opened(tx: Transaction, scene: Scene, items: tuple[str, ...]) -> int:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    name = "Teacher" if items else "Kind soul"
    for known in awards.listed(tx, here):
        if known.name == name:
            return known.id
    by = members.meet(tx, here, home.person(scene.names["moderator"]), now)
    edit = Act(by, "", now)
    standard = Standard(1, criteria=tuple(map(Criterion, items)))
    made = awards.create(tx, here, name, standard, edit)
    return awards.open_round(tx, here, made, None, edit).id


async def _nominated(scene: Scene) -> Mapping[str, int | str]:
    """Have the giver have nominated the receiver."""
    opened = await _open(scene)
    return {"nomination": await scene.home.database.write(_made, scene, opened)}


def _made(tx: Transaction, scene: Scene, opened: Mapping[str, int | str]) -> int:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    award = awards.get(tx, here, int(opened["award"]))
    assert award is not None
    assert award.round is not None
    terms = Terms(award.round, award.standard)
    giver, receiver = (
        members.meet(tx, here, home.person(scene.names[column]), now)
        for column in ("giver", "receiver")
    )
    for known in nominations.by_member(tx, here, giver.key):
        if (known.round, known.nominee) == (award.round.id, receiver.key):
            return known.id
    said = Said(giver, receiver, SECRET, (), (), f"{giver.key} {now.timestamp()}")
    return nominations.add(tx, here, terms, said, now)


async def _drafted(scene: Scene) -> Mapping[str, int | str]:
    """Have the giver draft a nomination for which there is something to tick."""
    opened = await _open(scene, "Taught others", "Stayed calm")
    who = scene.names["giver"]
    form = await _said(scene, opened)
    done = await scene.home.fill_in(who, form, met=("0",))
    (first, *_) = done.message.actions()
    if first.route == "nominations.change":
        done = await scene.home.do(scene.home.call(who), first, None)
        (first, *_) = done.message.actions()
    return {**opened, "nomination": first.args[0]}


async def _said(scene: Scene, opened: Mapping[str, int | str]) -> Reply:
    person = scene.home.person(scene.names["receiver"])
    given = {"who": person, "award": str(opened["award"]), "why": SECRET}
    return await scene.home.type(scene.names["giver"], "nominate", **given)


def _award(scene: Scene) -> str:
    return str(scene.named("award"))


def _somebody(scene: Scene) -> Person:
    return scene.home.person(f"Friend of {scene.names['giver']}"[:60])


_WHY = "They taught every newcomer here."

_GIVEN = {"who": _somebody, "award": _award, "why": _WHY}

NOMINATIONS: Mapping[str, Row] = {
    "nominations.nominate": Row(
        send("nominations.nominate", **_GIVEN),
        each(stranger="common.answer-unknown"),
        stage=_open,
    ),
    "nominations.propose": Row(
        send("nominations.propose", **_GIVEN, links="https://example.org"),
        each(stranger="common.answer-unknown"),
        stage=_open,
    ),
    # The message is Laurel's own, and awards are for people.
    "nominations.nominate-this": Row(
        press("nominations.nominate-this"),
        each("nominations.refused-bot"),
        on_post=True,
        stage=_open,
    ),
    "nominations.begin": Row(press("nominations.begin"), EVERYBODY),
    "nominations.begin-for": Row(
        press("nominations.begin-for", "award"), EVERYBODY, stage=_open
    ),
    "nominations.fill-in": Row(
        send("nominations.fill-in", "award", "1", who=_somebody, why=_WHY),
        each(stranger="common.answer-unknown"),
        stage=_open,
    ),
    "nominations.reword": Row(
        press("nominations.reword", "nomination"), DRAFT_OF_GIVER, stage=_drafted
    ),
    "nominations.words": Row(
        send("nominations.words", "nomination", why="They taught every newcomer."),
        DRAFT_OF_GIVER,
        stage=_drafted,
    ),
    "nominations.send": Row(
        press("nominations.send", "nomination"), DRAFT_OF_GIVER, stage=_drafted
    ),
    # Dropping what is not one's own drops nothing, and says nothing of what there is.
    "nominations.drop": Row(
        press("nominations.drop", "nomination"), EVERYBODY, stage=_drafted
    ),
    "nominations.change": Row(
        press("nominations.change", "nomination"), OF_GIVER, stage=_nominated
    ),
    "nominations.withdraw": Row(
        press("nominations.withdraw", "nomination"), OF_GIVER, stage=_nominated
    ),
    "nominations.withdraw-now": Row(
        press("nominations.withdraw-now", "nomination"), OF_GIVER, stage=_nominated
    ),
    "nominations.keep": Row(
        press("nominations.keep", "nomination"), OF_GIVER, stage=_nominated
    ),
    "nominations.look": Row(
        press("nominations.look", "nomination"), OF_GIVER, stage=_nominated
    ),
    "nominations.mine": Row(send("nominations.mine"), EVERYBODY, stage=_nominated),
}
