"""Awards to nominate for, as tests put them up."""

from __future__ import annotations

from datetime import datetime

from bot.chat.message import Action
from bot.domain.awards import Award, Criterion, Evidence, Standard
from bot.domain.community import Community as Here
from bot.domain.nominations import Candidacy, State
from bot.domain.people import Role
from storage import awards, communities, members, nominations
from storage.acts import Act
from storage.database import Transaction
from tests.harness import Community, Reply

WHY = "You taught every newcomer how the kiln is fired."
OTHER = "You carried the clay up when the lift was broken."
LINK = "https://example.org/kiln"

FORM = Action("nominations.propose")

CRITERIA = (
    Criterion("Taught others", Evidence.NONE),
    Criterion("Built something", Evidence.REQUIRED),
    Criterion("Stayed calm", Evidence.WELCOME),
)


def edit_by(tx: Transaction, home: Community, here: Here) -> Act:
    """Return an edit by a moderator, now."""
    person = home.person("Mo", Role.MODERATOR)
    at = home.clock()
    return Act(members.meet(tx, here, person, at), f"edit-{at.timestamp()}", at)


async def opened(
    home: Community,
    name: str = "Kind soul",
    closes_at: datetime | None = None,
    **asked: object,
) -> Award:
    """Have an award be made and opened."""

    def unit(tx: Transaction) -> Award:
        here = communities.get(tx, home.ref)
        edit = edit_by(tx, home, here)
        standard = Standard(1, **asked)  # type: ignore[arg-type]
        award = awards.create(tx, here, name, standard, edit)
        return awards.open_round(tx, here, award, closes_at, edit)

    award = await home.database.write(unit)
    await home.laurel.settle()
    return award


async def closed(home: Community, award: Award) -> None:
    """Have an award be closed."""

    def unit(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        awards.close_round(tx, here, award, edit_by(tx, home, here))

    await home.database.write(unit)
    await home.laurel.settle()


async def nominate(
    home: Community,
    who: str,
    whom: str,
    award: Award,
    why: str = WHY,
    **more: object,
) -> Reply:
    """Have ``who`` nominate ``whom``."""
    person = home.person(whom)
    answers = {"who": person, "award": str(award.id), "why": why, **more}
    if "links" in more:
        return await home.do(home.call(who), FORM, answers)
    return await home.type(who, "nominate", **answers)


async def all_of(home: Community, award: Award) -> list[Candidacy]:
    """Return every candidacy of the award's round, whatever became of it."""

    def unit(tx: Transaction) -> list[Candidacy]:
        assert award.round is not None
        here = communities.get(tx, home.ref)
        return list(nominations.of_round(tx, here, award.round.id, list(State)))

    return await home.database.read(unit)


async def settled(home: Community, candidacy: Candidacy, state: State) -> bool:
    """Have a candidacy be decided."""

    def unit(tx: Transaction) -> bool:
        here = communities.get(tx, home.ref)
        at = home.clock()
        if state is State.ASKED:
            return nominations.ask(tx, here, candidacy.id, at)
        return nominations.settle(tx, here, candidacy.id, state, at)

    done = await home.database.write(unit)
    await home.laurel.settle()
    return done


async def words_kept(home: Community) -> list[str]:
    """Return all words that members wrote and that are kept, sorted."""
    rows = await home.database.read(lambda tx: tx.all("SELECT body FROM words"))
    return sorted(row["body"] for row in rows)
