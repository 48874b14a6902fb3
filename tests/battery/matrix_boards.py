"""Who may read boards, have them as files, and set points right."""

from __future__ import annotations

from collections.abc import Mapping

from storage import communities, members
from storage.boards import ledger
from storage.boards.ledger import Points, Source
from storage.database import Transaction
from tests.battery.rows import (
    EVERYBODY,
    MODERATORS,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)

OF_THIS_COMMUNITY = each(
    "common.only-moderator", moderator=YES, admin=YES, stranger="points.refused-gone"
)

_REASON = "The import had missed a week of it."


async def _adjusted(scene: Scene) -> Mapping[str, int | str]:
    """Have points been set right by the moderator."""
    return await scene.home.database.write(_adjust, scene)


def _adjust(tx: Transaction, scene: Scene) -> Mapping[str, int | str]:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    by = members.meet(tx, here, home.person(scene.names["moderator"]), now)
    member = members.meet(tx, here, home.person(scene.names["receiver"]), now)
    points = Points(
        member=member.key,
        giver=None,
        amount=2,
        received_on=now.date(),
        source=Source.ADJUSTED,
        ref=f"{scene.shoutout}:{now.isoformat()}",
    )
    added = ledger.add(tx, here, points, by.key, now)
    return {"points": added or 0}


def _receiver(scene: Scene) -> object:
    return scene.home.person(scene.names["receiver"])


BOARDS: Mapping[str, Row] = {
    "boards.leaderboard": Row(send("boards.leaderboard"), EVERYBODY),
    "boards.turn": Row(press("boards.turn", "given", "all", ""), EVERYBODY),
    "boards.parts": Row(press("boards.parts", "received", "all", "value"), EVERYBODY),
    "boards.hand-over": Row(
        press("boards.hand-over", "received", "all", "", "csv"), MODERATORS
    ),
    "points.adjust": Row(
        send("points.adjust", member=_receiver, amount=2, reason=_REASON),
        {**MODERATORS, "stranger": "common.answer-unknown"},
    ),
    "points.take-back": Row(
        press("points.take-back", "points"), OF_THIS_COMMUNITY, stage=_adjusted
    ),
}
