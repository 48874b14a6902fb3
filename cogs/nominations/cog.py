"""``/nominate`` and ``/nominations``, and the buttons and menu entry around them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, assert_never

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, follows, lookup
from bot.chat.text import Quote
from bot.domain.awards import Award, Standard
from bot.domain.evidence import MAX_TYPED_CHARS
from bot.domain.nominations import MAX_WHY_CHARS, MIN_WHY_CHARS
from bot.domain.people import Person
from cogs.nominations import cards, changes, following, mine, service
from cogs.nominations.changes import Wrote
from cogs.nominations.drafting import Sheet
from cogs.nominations.service import Asked, Receipt, Ticks, Wish
from storage.activity import Activity
from storage.database import Database, Transaction

FORM = Action("nominations.propose")

_Who = Annotated[Person, fields.Person()]
_Award = Annotated[str, fields.Choice(lookup="nominations.open")]
_Why = Annotated[
    str,
    fields.Text(min_chars=MIN_WHY_CHARS, max_chars=MAX_WHY_CHARS, multiline=True),
]
_Links = Annotated[str | None, fields.Text(max_chars=MAX_TYPED_CHARS, multiline=True)]
_Met = Annotated[tuple[str, ...] | None, fields.Checks(lookup="nominations.criteria")]
_MetInDraft = Annotated[
    tuple[str, ...] | None, fields.Checks(lookup="nominations.drafted")
]


class NominationCog:
    """Who should get an award, and why."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("nominate")
    async def nominate(
        self, call: Call, who: _Who, award: _Award, why: _Why
    ) -> Response:
        """Nominate somebody, or ask what the award asks for."""
        return await self._nominated(call, Wish(who, award, why))

    # Apart from the command: of a line that is typed, all that is left is the words.
    @action()
    async def propose(
        self, call: Call, who: _Who, award: _Award, why: _Why, links: _Links = None
    ) -> Response:
        """Nominate somebody by a form, which takes evidence as well."""
        return await self._nominated(call, Wish(who, award, why, links or ""))

    @action()
    async def fill_in(  # noqa: PLR0913, PLR0917  what a form carries, and asks
        self,
        call: Call,
        award: int,
        seen: int,
        who: _Who,
        why: _Why,
        links: _Links = None,
        met: _Met = None,
    ) -> Response:
        """Nominate somebody by a form that shows what the award asks for."""
        wish = Wish(who, str(award), why, links or "")
        return await self._nominated(call, wish, Ticks(seen, met or ()))

    @action(on_message=True)
    async def nominate_this(self, call: Call) -> Response:
        """Open the form for whoever wrote this message, with its words and link."""
        award, given = await self._database.read(changes.quoted, call)
        return _form(award, given)

    @action()
    async def begin(self, call: Call) -> Response:
        """Open the form with nothing in it."""
        return _form(await self._database.read(mine.only_open, call), {})

    @action()
    async def begin_for(self, call: Call, award: int) -> Response:
        """Open the form for an award."""
        found = await self._database.read(mine.open_one, call, str(award))
        return _form(found, {} if found else {"award": str(award)})

    @action()
    async def reword(self, call: Call, draft: str) -> Response:
        """Open the form with what is drafted."""
        held = await self._database.read(changes.drafted, call, draft)
        given = _filled(held.why, "\n".join(held.links), held.met)
        return Ask(Action("nominations.words", (draft,)), given)

    @action()
    async def words(
        self,
        call: Call,
        draft: str,
        why: _Why,
        links: _Links = None,
        met: _MetInDraft = None,
    ) -> Response:
        """Draft other words, other evidence, and other ticks."""
        wrote = Wrote(why, links or "", met or ())
        shown = await self._database.write(changes.reword, call, draft, wrote)
        return Replace(cards.sheet(shown))

    @action()
    async def send(self, call: Call, draft: str) -> Response:
        """Have what is drafted count."""
        done = await self._database.write(service.send, call, draft)
        if isinstance(done, Sheet):
            return Replace(cards.sheet(done))
        return Replace(cards.receipt(done))

    @action()
    async def drop(self, call: Call, draft: str) -> Response:
        """Forget what is drafted."""
        await self._database.write(changes.drop, call, draft)
        return Replace(cards.note("nominations.dropped"))

    @action()
    async def change(self, call: Call, candidacy: int) -> Response:
        """Draft what the member said of somebody anew."""
        shown = await self._database.write(changes.change, call, candidacy)
        return Replace(cards.sheet(shown))

    @action()
    async def withdraw(self, call: Call, candidacy: int) -> Response:
        """Ask whether a nomination is to be taken back."""
        found = await self._database.write(changes.standing, call, candidacy)
        return Replace(cards.confirm(found))

    @action()
    async def withdraw_now(self, call: Call, candidacy: int) -> Response:
        """Take a nomination back."""
        done = await self._database.write(changes.withdraw, call, candidacy)
        return Replace(cards.withdrawn(done))

    @action()
    async def keep(self, call: Call, candidacy: int) -> Response:
        """Leave a nomination as it is."""
        return await self._one(call, candidacy)

    @command("nominations")
    async def mine(self, call: Call) -> Response:
        """Show what the member nominated others for, and what became of it."""
        return Say(cards.listed(await self._database.read(mine.listed, call)))

    @action()
    async def look(self, call: Call, candidacy: int) -> Response:
        """Show one nomination of the member's."""
        return await self._one(call, candidacy)

    @lookup("nominations.open")
    async def open(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the awards for which somebody can be nominated."""
        found = await self._database.read(mine.open_awards, call)
        wanted = typed.casefold()
        return [
            Suggestion(str(award.id), Quote(award.name))
            for award in found
            if wanted in award.name.casefold()
        ]

    @lookup("nominations.criteria")
    async def criteria(self, call: Call, award: str) -> Sequence[Suggestion]:
        """Return what an award asks for, to be ticked."""
        found = await self._database.read(mine.open_one, call, award)
        return _boxes(found.standard) if found else ()

    @lookup("nominations.drafted")
    async def drafted(self, call: Call, draft: str) -> Sequence[Suggestion]:
        """Return what the award of a draft asks for, to be ticked."""
        return _boxes(await self._database.read(changes.asked_in, call, draft))

    @follows("privacy.hidden")
    def hide(self, tx: Transaction, entry: Activity) -> None:
        """Withdraw whoever is not to be named in public any more."""
        following.hidden(tx, entry)

    @follows("members.left")
    def leave(self, tx: Transaction, entry: Activity) -> None:
        """Withdraw whoever is gone."""
        following.left(tx, entry)

    @follows("members.erased")
    def erase(self, tx: Transaction, entry: Activity) -> None:
        """Withdraw whoever is erased, and what they said of others."""
        following.erased(tx, entry)

    async def _nominated(
        self, call: Call, wish: Wish, ticks: Ticks | None = None
    ) -> Response:
        match await self._database.write(service.nominate, call, wish, ticks):
            case Receipt() as done:
                return Say(cards.receipt(done))
            case Asked(award=award, round=seen, met=met):
                given = {"who": wish.who, **_filled(wish.why, wish.links, met)}
                return Ask(Action("nominations.fill-in", (award, seen)), given)
            case Sheet() as drafted:
                return Say(cards.sheet(drafted))
            case _ as never:
                assert_never(never)

    async def _one(self, call: Call, candidacy: int) -> Response:
        return Replace(cards.one(await self._database.read(mine.one, call, candidacy)))


def _form(award: Award | None, given: Mapping[str, object]) -> Ask:
    """Return the form of an award, or the one that asks which."""
    if award is None or award.round is None:
        return Ask(FORM, given)
    return Ask(Action("nominations.fill-in", (award.id, award.round.id)), given)


def _filled(why: str, links: str, met: Sequence[int]) -> dict[str, object]:
    """Return what is said as answers to a form."""
    given: dict[str, object] = {"why": why, "links": links, "met": tuple(map(str, met))}
    return {name: value for name, value in given.items() if value}


def _boxes(standard: Standard) -> Sequence[Suggestion]:
    return [
        Suggestion(str(place), cards.box(criterion))
        for place, criterion in enumerate(standard.criteria)
    ]
