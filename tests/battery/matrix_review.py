"""Who may do what with nominations that wait for a decision."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.message import Action
from bot.domain.awards import Award, AwardState, Standard
from bot.domain.community import Community as Here
from bot.domain.people import Role
from storage import appeals, awards, communities, decisions, members, nominations
from storage.acts import Act
from storage.database import Transaction
from storage.nominations import Said, Terms
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
from tests.harness import Community

DECIDES = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="review.refused-unknown",
)
"""What acts on a nomination that all moderators share, and nobody elsewhere has."""

CONCERNED = each("review.refused-unknown", giver=YES, receiver=YES)
"""Whoever nominated or was nominated, and no moderator for them."""

APPEALS = each(
    "review.refused-not-yours",
    giver=YES,
    receiver=YES,
    stranger="review.refused-unknown",
)

NAME = "Kind soul of the whole season, and of all that came before"

WORDS = "There is more to it than anybody could know."


async def _waiting(scene: Scene) -> Mapping[str, int | str]:
    """Have the giver nominate the receiver, who waits for a decision."""
    home = scene.home
    await home.settings(moderators=home.channel("moderators"))
    candidacy = await home.database.write(_nominate, home, scene)
    await home.laurel.settle()
    return {"candidacy": candidacy}


def _nominate(tx: Transaction, home: Community, scene: Scene) -> int:
    here, at = communities.get(tx, home.ref), home.clock()
    giver, receiver, moderator = (
        members.meet(tx, here, home.person(scene.names[name]), at)
        for name in ("giver", "receiver", "moderator")
    )
    number = len(tx.all("SELECT id FROM nominations"))
    edit = Act(moderator, f"stage-{number}", at)
    award = _open(tx, here, edit)
    assert award.round is not None
    said = Said(giver, receiver, SECRET, (), (), edit.call)
    return nominations.add(tx, here, Terms(award.round, award.standard), said, at)


def _open(tx: Transaction, here: Here, edit: Act) -> Award:
    """Open a round of its own, in which nobody else is."""
    held = (each for each in awards.listed(tx, here) if each.name == NAME)
    award = next(held, None) or awards.create(tx, here, NAME, Standard(1), edit)
    if award.state is AwardState.OPEN:
        award = awards.close_round(tx, here, award, edit)
    return awards.open_round(tx, here, award, None, edit)


async def _won(scene: Scene) -> Mapping[str, int | str]:
    """Have somebody who is in no column approve it."""
    home, staged = scene.home, await _waiting(scene)
    home.person("Decider", Role.MODERATOR)
    approve = Action("review.approve", (staged["candidacy"],))
    done = await home.do(home.call("Decider"), approve, None)
    assert not done.refused, done.text
    return staged


async def _declined(scene: Scene) -> Mapping[str, int | str]:
    """Have somebody who is in no column decline it."""
    home, staged = scene.home, await _waiting(scene)
    home.person("Decider", Role.MODERATOR)
    decline = Action("review.decline", (staged["candidacy"],))
    done = await home.do(home.call("Decider"), decline, {"reason": WORDS})
    assert not done.refused, done.text

    def made(tx: Transaction) -> int:
        here = communities.get(tx, home.ref)
        last = decisions.latest(tx, here, int(staged["candidacy"]))
        assert last is not None
        return last.id

    return {**staged, "decision": await home.database.read(made)}


async def _appealed(scene: Scene) -> Mapping[str, int | str]:
    """Have the giver appeal against that."""
    home, staged = scene.home, await _declined(scene)
    appeal = Action("review.object", (staged["decision"],))
    done = await home.do(home.call(scene.names["giver"]), appeal, {"words": WORDS})
    assert not done.refused, done.text

    def raised(tx: Transaction) -> int:
        (waits,) = appeals.against(
            tx, communities.get(tx, home.ref), int(staged["decision"])
        )
        return waits.id

    return {**staged, "appeal": await home.database.read(raised)}


def _decision(scene: Scene) -> str:
    return str(scene.named("decision"))


def _on_card(route: str, *carried: str) -> Row:
    return Row(press(route, "candidacy", *carried), DECIDES, stage=_waiting)


REVIEW: Mapping[str, Row] = {
    "review.review": Row(send("review.review"), MODERATORS, stage=_waiting),
    "review.page": Row(press("review.page", "1"), MODERATORS, stage=_waiting),
    "review.open": _on_card("review.open"),
    "review.words": _on_card("review.words"),
    "review.turn": _on_card("review.turn", "0"),
    "review.approve": _on_card("review.approve"),
    "review.take-back": Row(
        send("review.take-back", "candidacy", reason=WORDS), DECIDES, stage=_won
    ),
    "review.recuse": _on_card("review.recuse"),
    "review.take": _on_card("review.take"),
    "review.leave": _on_card("review.leave"),
    "review.ask": Row(
        send("review.ask", "candidacy", words=WORDS), DECIDES, stage=_waiting
    ),
    "review.decline": Row(
        send("review.decline", "candidacy", reason=WORDS), DECIDES, stage=_waiting
    ),
    "review.why": Row(send("review.why"), EVERYBODY, stage=_declined),
    "review.explain": Row(
        press("review.explain", "candidacy"), CONCERNED, stage=_declined
    ),
    "review.appeal": Row(
        send("review.appeal", which=_decision, words=WORDS), APPEALS, stage=_declined
    ),
    "review.object": Row(
        send("review.object", "decision", words=WORDS), APPEALS, stage=_declined
    ),
    "review.open-appeal": Row(
        press("review.open-appeal", "appeal"), DECIDES, stage=_appealed
    ),
    "review.uphold": Row(
        send("review.uphold", "appeal", reason=WORDS), DECIDES, stage=_appealed
    ),
    "review.reopen": Row(
        send("review.reopen", "appeal", reason=WORDS), DECIDES, stage=_appealed
    ),
}
