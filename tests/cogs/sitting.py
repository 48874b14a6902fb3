"""Committees, and what they vote about, as tests put them up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from bot.domain.awards import Award, Decider
from bot.domain.committees import SeatState
from bot.domain.people import Role
from bot.domain.refs import MemberRef
from storage import audit, ballots, committees, communities, members, seats
from storage.ballots import Ballot
from storage.committees import Committee
from storage.database import Transaction
from tests.cogs.nominating import closed, nominate, opened
from tests.harness import Community, Reply

PEOPLE = ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil", "Hal")


async def met(home: Community, *names: str) -> None:
    """Have Laurel meet people."""
    for name in names:
        await home.type(name, "laurel me")


async def draw(
    home: Community, seats: int = 3, backups: int = 1, days: int = 60
) -> Reply:
    """Have a moderator ask for a draw."""
    home.person("Mo", Role.MODERATOR)
    return await home.type(
        "Mo", "committee draw", seats=seats, days=days, backups=backups
    )


async def drawn(home: Community, *names: str, seats: int = 3, backups: int = 1) -> None:
    """Have a committee be drawn of ``names``, to the end.

    Nobody else can be drawn: the moderator would rather not be written to.
    """
    await met(home, *(names or PEOPLE))
    home.person("Mo", Role.MODERATOR)
    page = await home.type("Mo", "laurel privacy")
    if "Do not write to me" in page.text:
        await home.press("Mo", page, "Do not write to me")
    done = await draw(home, seats, backups)
    assert not done.refused, done.text
    await home.wait(minutes=2)


async def thank(home: Community, giver: str, to: str, **more: object) -> None:
    """Have somebody thank another."""
    words = "You kept the garden alive."
    people = (home.person(to),)
    done = await home.type(giver, "shoutout", to=people, why=words, **more)
    assert not done.refused, done.text


async def left(home: Community, name: str, giver: str) -> None:
    """Have Laurel notice that somebody is gone, when it cannot write to them."""
    home.platform.closed[home.person(name).ref] = "member-gone"
    await thank(home, giver, name, private=True)
    await home.laurel.settle()  # what the courier noticed is followed now


async def sitting(home: Community, state: SeatState = SeatState.SEATED) -> list[str]:
    """Return the names of who sits in the last committee, in the order of the draw."""

    def find(tx: Transaction) -> list[MemberRef]:
        here = communities.get(tx, home.ref)
        newest = committees.newest(tx, here)
        assert newest is not None
        found = [
            members.by_key(tx, here, seat.member, home.clock())
            for seat in seats.seats(tx, newest.id)
            if seat.state is state
        ]
        return [each.ref for each in found if each]

    return [home.names[ref] for ref in await home.database.read(find)]


async def voted_about(
    home: Community, *nominees: str, by: Sequence[str] = ("Zoe", "Yan"), **asked: object
) -> Award:
    """Have people be nominated for an award of the committee's, and the round close."""
    asked = {"decider": Decider.COMMITTEE, "per_member": 20, **asked}
    award = await opened(home, **asked)  # type: ignore[arg-type]
    for nominee in nominees:
        for who in by:
            done = await nominate(home, who, nominee, award)
            assert not done.refused, done.text
    await closed(home, award)
    return award


async def look(home: Community, who: str, nominee: str) -> Reply:
    """Have ``who`` open the ballot and look at somebody on it."""
    return await home.press(who, await home.type(who, "committee vote"), nominee)


async def vote(home: Community, who: str, nominee: str, choice: str) -> Reply:
    """Have ``who`` vote about somebody."""
    return await home.press(who, await look(home, who, nominee), choice)


async def ballot(home: Community) -> Ballot:
    """Return the newest ballot."""

    def find(tx: Transaction) -> Ballot:
        here = communities.get(tx, home.ref)
        row = tx.one("SELECT max(id) AS id FROM ballots")
        assert row is not None
        found = ballots.get(tx, here, row["id"])
        assert found is not None
        return found

    return await home.database.read(find)


async def committee(home: Community) -> Committee:
    """Return the committee that was drawn last."""

    def find(tx: Transaction) -> Committee:
        found = committees.newest(tx, communities.get(tx, home.ref))
        assert found is not None
        return found

    return await home.database.read(find)


async def states(home: Community, award: Award) -> Mapping[str, str]:
    """Return what became of each nominee of an award, by name."""

    def find(tx: Transaction) -> dict[str, str]:
        rows = tx.all(
            "SELECT m.name, c.state FROM candidacies AS c "
            "JOIN members AS m ON m.key = c.nominee WHERE c.award = :award",
            award=award.id,
        )
        return {row["name"]: row["state"] for row in rows}

    return await home.database.read(find)


async def audited(home: Community, action: str) -> list[dict[str, object]]:
    """Return the details of what the audit has of ``action``; its chain is whole."""

    def find(tx: Transaction) -> list[dict[str, object]]:
        here = communities.get(tx, home.ref)
        assert audit.first_broken(tx, here) is None
        rows = tx.all(
            "SELECT detail, digest FROM audit WHERE action = :action ORDER BY id",
            action=action,
        )
        return [{**json.loads(row["detail"]), "of": row["digest"]} for row in rows]

    return await home.database.read(find)


async def key_of(home: Community, name: str) -> int:
    """Return the key of somebody whom Laurel has met."""

    def find(tx: Transaction) -> int:
        here = communities.get(tx, home.ref)
        member = members.find(tx, here, home.person(name).ref, home.clock())
        assert member is not None
        return member.key

    return await home.database.read(find)
