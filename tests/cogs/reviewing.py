"""Moderators who look at nominations, for tests."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain.awards import Award
from bot.domain.people import Role
from storage import audit, communities, decisions, members, nominations
from storage.database import Transaction
from storage.decisions import Decision
from storage.nominations import Said, Terms
from tests.cogs.nominating import WHY, all_of, nominate, opened
from tests.harness import Community, Post, Reply

CHANNEL = "moderators"
NOT_YET = "It is lovely, and there is too little here to go by."


async def moderated(home: Community, **asked: object) -> Award:
    """Have moderators with a channel of their own, and an award that is open."""
    for name in ("Mo", "Max", "Mia"):
        home.person(name, Role.MODERATOR)
    await home.settings(moderators=home.channel(CHANNEL))
    return await opened(home, **asked)  # type: ignore[arg-type]


async def put_forward(
    home: Community,
    nominee: str = "Nora",
    by: tuple[str, ...] = ("Ben",),
    **asked: object,
) -> Award:
    """Have somebody be nominated for an award that is open."""
    award = await moderated(home, **asked)
    for each in by:
        done = await nominate(home, each, nominee, award)
        assert not done.refused, done.text
    return award


def cards(home: Community) -> list[Post]:
    """Return what stands in the moderators' channel, oldest first."""
    return list(home.standing(home.channel(CHANNEL)))


def card(home: Community) -> Post:
    """Return the only card in the moderators' channel."""
    (only,) = cards(home)
    return only


def as_seen(home: Community) -> Post:
    """Return the only card as it is now, for whoever presses it later."""
    return replace(card(home))


async def declined(home: Community, who: str, on: Post | Reply) -> Reply:
    """Have ``who`` decline with a reason."""
    form = await home.press(who, on, "Decline")
    return await home.fill_in(who, form, reason=NOT_YET)


async def asked(home: Community, who: str, on: Post | Reply, words: str) -> Reply:
    """Have ``who`` ask the nominators for more."""
    form = await home.press(who, on, "Ask for more")
    return await home.fill_in(who, form, words=words)


async def state_of(home: Community, award: Award) -> list[str]:
    """Return what became of everybody who was put forward."""
    return [str(each.state) for each in await all_of(home, award)]


@dataclass(frozen=True, slots=True)
class Words:
    """What a nominator says, ticks and shows."""

    why: str = WHY
    met: tuple[int, ...] = ()
    links: tuple[str, ...] = ()


async def said(
    home: Community, who: str, nominee: str, award: Award, words: Words
) -> None:
    """Have ``who`` nominate somebody, with criteria ticked."""

    def unit(tx: Transaction) -> None:
        here, at = communities.get(tx, home.ref), home.clock()
        one, other = (
            members.meet(tx, here, home.person(n), at) for n in (who, nominee)
        )
        assert award.round is not None
        terms = Terms(award.round, award.standard)
        call = f"said-{who}-{nominee}-{award.id}"
        told = Said(one, other, words.why, words.met, words.links, call)
        nominations.add(tx, here, terms, told, at)

    await home.database.write(unit)
    await home.laurel.settle()


async def amended(home: Community, who: str, candidacy: int, why: str) -> None:
    """Have ``who`` say something else of somebody."""

    def unit(tx: Transaction) -> bool:
        here, at = communities.get(tx, home.ref), home.clock()
        found = nominations.get(tx, here, candidacy)
        assert found is not None
        nominee = members.by_key(tx, here, found.nominee, at)
        assert nominee is not None
        one = members.meet(tx, here, home.person(who), at)
        call = f"amended-{candidacy}-{at.timestamp()}"
        told = Said(one, nominee, why, (), (), call)
        return nominations.amend(tx, here, candidacy, told, at)

    assert await home.database.write(unit)
    await home.laurel.settle()


async def of(home: Community, candidacy: int) -> list[Decision]:
    """Return what was decided about a candidacy."""

    def find(tx: Transaction) -> list[Decision]:
        return list(decisions.of(tx, communities.get(tx, home.ref), candidacy))

    return await home.database.read(find)


async def audited(home: Community) -> list[str]:
    """Return what the audit has of reviews, in order; its chain is whole."""

    def find(tx: Transaction) -> list[str]:
        here = communities.get(tx, home.ref)
        assert audit.first_broken(tx, here) is None
        rows = tx.all("SELECT action FROM audit ORDER BY id")
        return [r["action"] for r in rows if r["action"].startswith("review.")]

    return await home.database.read(find)
