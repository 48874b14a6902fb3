"""``/calendar``: what is coming, what stands pinned, and what happens when due."""

from __future__ import annotations

from datetime import datetime

from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, occurrence
from bot.chat.text import Phrase, phrase
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.calendar import addresses, cards, happening, pinned, service
from cogs.calendar.addresses import MINE, OURS, Link
from cogs.calendar.happening import CLOSE, CLOSED
from cogs.calendar.pinned import REFRESH
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.moments import CHANGED
from storage.occurrences import Occurrence


class CalendarCog:
    """The calendar as everybody sees it."""

    def __init__(self, database: Database, link: Link | None = None) -> None:
        self._database = database
        self._link = link

    @command("calendar")
    async def calendar(self, call: Call) -> Response:
        """Show what is on and what comes next."""
        return Say(await self._page(call))

    @action()
    async def turn(self, call: Call, page: int) -> Response:
        """Show another page in its place."""
        return Replace(await self._page(call, page))

    @action(role=Role.MODERATOR)
    async def pin(self, call: Call) -> Response:
        """Put the calendar into this channel, to stand there pinned."""
        await self._database.write(pinned.pin, call)
        return Replace(await self._page(call, outcome=phrase("calendar.pin-done")))

    @action(role=Role.MODERATOR)
    async def unpin(self, call: Call) -> Response:
        """Take the calendar out of this channel."""
        await self._database.write(pinned.unpin, call)
        return Replace(await self._page(call, outcome=phrase("calendar.unpin-done")))

    @action(role=Role.MODERATOR)
    async def aside(self, call: Call) -> Response:
        """Show what the calendar could not do."""
        return Replace(await self._aside(call))

    @action(role=Role.MODERATOR)
    async def again(self, call: Call, entry: int, day: str, slot: int) -> Response:
        """Have something be tried again, and show what is left."""
        tried = await self._database.write(service.again, call, entry, day, slot)
        outcome = "calendar.aside-tried" if tried else "calendar.aside-gone"
        return Replace(await self._aside(call, outcome))

    @action()
    async def own(self, call: Call) -> Response:
        """Show the member's own address, for a calendar program."""
        return await self._address(call, MINE)

    @action()
    async def renew(self, call: Call) -> Response:
        """Give the member another address in its place."""
        return await self._address(call, MINE, renewed=True)

    @action(role=Role.MODERATOR)
    async def ours(self, call: Call) -> Response:
        """Show the community's address, which is for everybody in it."""
        return await self._address(call, OURS)

    @action(role=Role.MODERATOR)
    async def renew_ours(self, call: Call) -> Response:
        """Give the community another address in its place."""
        return await self._address(call, OURS, renewed=True)

    @occurrence("calendar.moment", missed=Missed.FOLD, posts=True)
    def moment(self, tx: Transaction, due: Occurrence) -> None:
        """Say that a moment begins, the newest alone."""
        happening.begin(tx, due)

    @occurrence("calendar.week", missed=Missed.FOLD, posts=True)
    def week(self, tx: Transaction, due: Occurrence) -> None:
        """Announce a theme, the newest alone."""
        happening.begin(tx, due)

    @occurrence("calendar.window", missed=Missed.EACH)
    def window(self, tx: Transaction, due: Occurrence) -> None:
        """Open a window, and put its end on the calendar."""
        happening.begin(tx, due)

    @occurrence(CLOSE, missed=Missed.EACH)
    def close(self, tx: Transaction, due: Occurrence) -> None:
        """Post the list of a window."""
        happening.close(tx, due)

    @occurrence(REFRESH, missed=Missed.FOLD)
    def refresh(self, tx: Transaction, due: Occurrence) -> None:
        """Draw what stands pinned anew."""
        happening.refresh(tx, due)

    @follows(CHANGED)
    def follow(self, tx: Transaction, entry: Activity) -> None:
        """Draw what stands pinned anew once the calendar was changed."""
        happening.follow(tx, entry)

    @follows("members.erased")
    def forget(self, tx: Transaction, entry: Activity) -> None:
        """Take down what was said in the words of who was erased."""
        happening.forget(tx, entry)

    @draws(CLOSED)
    def shortlist(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the list of a window that closed."""
        return happening.shortlist_of(tx, community, key, now)

    async def _page(
        self, call: Call, page: int = 1, outcome: Phrase | None = None
    ) -> Message:
        view = await self._database.read(service.view, call, page)
        return cards.view(view, outcome, has_pages=self._link is not None)

    async def _address(
        self, call: Call, whose: str, *, renewed: bool = False
    ) -> Response:
        if self._link is None:
            raise RuleError("calendar.refused-no-pages")
        unit = addresses.renew if renewed else addresses.show
        owned = await self._database.write(unit, call, whose)
        return Replace(addresses.card(owned, self._link, renewed=renewed))

    async def _aside(self, call: Call, outcome: str | None = None) -> Message:
        return cards.aside(await self._database.read(service.aside, call), outcome)
