"""Boards that somebody stands on, and how they are read."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

from bot.chat.message import Card, Line
from bot.domain.community import Community as Here
from bot.domain.community import Privacy
from bot.domain.people import Person
from storage import communities, members
from storage.boards import ledger
from storage.boards.ledger import Points, Source
from storage.database import Transaction
from tests.harness import COMMUNITY, START, Community, Reply

_REFS = itertools.count(1)


async def counted(home: Community, *received: int, **more: int) -> None:
    """Have people called M0, M1, … received so many thanks, in this order."""
    names = [f"M{n}" for n in range(len(received))]
    amounts = dict(zip(names, received, strict=True)) | more
    people = {home.person(name): amount for name, amount in amounts.items()}
    await home.database.write(_count, people)
    await home.laurel.settle()


def _count(tx: Transaction, people: dict[Person, int]) -> None:
    here = communities.get(tx, COMMUNITY)
    for person, amount in people.items():
        member = members.meet(tx, here, person, START)
        if amount:
            points(tx, here, member.key, amount)


def points(
    tx: Transaction,
    here: Here,
    member: int,
    amount: int,
    giver: int | None = None,
    on: date | None = None,
    **about: object,
) -> None:
    """Have somebody have points, which count whole, on the day before `START`."""
    received_on = on or (START - timedelta(days=1)).date()
    of_them = Points(
        member=member,
        giver=giver,
        amount=amount,
        received_on=received_on,
        source=Source.IMPORTED,
        ref=f"{next(_REFS)}",
    )
    added = ledger.add(tx, here, replace(of_them, **about), None, START)  # type: ignore[arg-type]
    assert added is not None


async def allow(home: Community, who: str, **privacy: object) -> None:
    """Have somebody choose what they allow."""

    def prefer(tx: Transaction, person: Person) -> None:
        here = communities.get(tx, COMMUNITY)
        member = members.meet(tx, here, person, START)
        wanted = replace(Privacy(), **privacy)  # type: ignore[arg-type]
        members.prefer(tx, member, wanted, previews=False)

    await home.database.write(prefer, home.person(who))


def lines(shown: Reply) -> tuple[Line, ...]:
    """Return the places that a board shows."""
    (card,) = [node for node in shown.message.nodes if isinstance(node, Card)]
    return card.lines


def places(shown: Reply) -> list[tuple[int, str, float]]:
    """Return rank, member and amount of each place that is shown."""
    return [
        (line.rank, line.text.values["member"].id, line.amount / line.per)  # type: ignore[union-attr]
        for line in lines(shown)
    ]
