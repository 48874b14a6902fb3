"""``/nominate`` and ``/nominations``, and the buttons and menu entry around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, follows, lookup
from bot.chat.text import Quote
from bot.domain.evidence import MAX_TYPED_CHARS
from bot.domain.nominations import MAX_WHY_CHARS, MIN_WHY_CHARS
from bot.domain.people import Person
from cogs.nominations import cards, changes, following, mine, service
from cogs.nominations.drafting import Sheet
from cogs.nominations.service import Receipt, Wish
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


class NominationCog:
    """Who should get an award, and why."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("nominate")
    async def nominate(
        self, call: Call, who: _Who, award: _Award, why: _Why
    ) -> Response:
        """Nominate somebody, or show what the award asks for first."""
        return await self._nominated(call, Wish(who, award, why))

    # Apart from the command: of a line that is typed, all that is left is the words.
    @action()
    async def propose(
        self, call: Call, who: _Who, award: _Award, why: _Why, links: _Links = None
    ) -> Response:
        """Nominate somebody by a form, which takes evidence as well."""
        return await self._nominated(call, Wish(who, award, why, links or ""))

    @action(on_message=True)
    async def nominate_this(self, call: Call) -> Response:
        """Open the form for whoever wrote this message, with its words and link."""
        return Ask(FORM, await self._database.read(changes.quoted, call))

    @action()
    async def begin(self, _call: Call) -> Response:
        """Open the form with nothing in it."""
        return Ask(FORM)

    @action()
    async def tick(self, call: Call, draft: str, place: int) -> Response:
        """Tick a criterion, or take the tick away."""
        shown = await self._database.write(changes.tick, call, draft, place)
        return Replace(cards.sheet(shown))

    @action()
    async def tick_all(self, call: Call, draft: str) -> Response:
        """Tick every criterion."""
        shown = await self._database.write(changes.tick_all, call, draft)
        return Replace(cards.sheet(shown))

    @action()
    async def reword(self, call: Call, draft: str) -> Response:
        """Open the form with what is drafted."""
        held = await self._database.read(changes.drafted, call, draft)
        given: dict[str, object] = {"why": held.why}
        if held.links:
            given["links"] = "\n".join(held.links)
        return Ask(Action("nominations.words", (draft,)), given)

    @action()
    async def words(
        self, call: Call, draft: str, why: _Why, links: _Links = None
    ) -> Response:
        """Draft other words, and other evidence."""
        unit = changes.reword
        shown = await self._database.write(unit, call, draft, why, links or "")
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

    async def _nominated(self, call: Call, wish: Wish) -> Response:
        done = await self._database.write(service.nominate, call, wish)
        if isinstance(done, Receipt):
            return Say(cards.receipt(done))
        return Say(cards.sheet(done))

    async def _one(self, call: Call, candidacy: int) -> Response:
        return Replace(cards.one(await self._database.read(mine.one, call, candidacy)))
