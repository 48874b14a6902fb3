"""``/recap``: the last one, a look at the next one, and what moderators do with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from bot.chat import fields
from bot.chat.message import Action, LinkButton, Message
from bot.chat.responses import Ask, Call, Pictures, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, occurrence
from bot.chat.text import phrase
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Person, Role
from bot.domain.recap import MAX_WORDS_CHARS, Period
from cogs.recaps import cards, changes, following, posting, series, sheet
from cogs.recaps.changes import Wrote
from cogs.recaps.schedule import DRAFT_STALE_AFTER
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence
from storage.recap_drafts import Part
from storage.series import Answer

SHOUTOUT = Action("shoutouts.shoutout")

_Words = Annotated[str | None, fields.Text(max_chars=MAX_WORDS_CHARS, multiline=True)]

Link = Callable[[str], str]
"""Makes an address that anybody can open out of a path of the web port."""


class RecapCog:
    """Who was thanked for what, every week without anybody remembering to write it."""

    def __init__(self, database: Database, link: Link | None = None) -> None:
        self._database = database
        self._link = link

    @command("recap last")
    async def last(self, call: Call) -> Response:
        """Show the last recap that was posted."""
        return Say(await self._read(call, None), Pictures.SHOWN)

    @action()
    async def show(self, call: Call, number: int) -> Response:
        """Show an earlier one in its place."""
        return Replace(await self._read(call, number), Pictures.SHOWN)

    @action()
    async def thank(self, _call: Call) -> Response:
        """Open the form of a shoutout."""
        return Ask(SHOUTOUT)

    @command("recap preview", role=Role.MODERATOR)
    async def preview(
        self,
        call: Call,
        period: Annotated[str | None, fields.Choice(options=tuple(Period))] = None,
    ) -> Response:
        """Show the next recap as it would be posted at this moment."""
        of = Period(period or Period.WEEK)
        told = await self._database.write(changes.preview, call, of)
        return Say(cards.previewed(told))

    @command("recap now", role=Role.MODERATOR)
    async def now(
        self,
        call: Call,
        period: Annotated[str | None, fields.Choice(options=tuple(Period))] = None,
    ) -> Response:
        """Post a recap at once."""
        of = Period(period or Period.WEEK)
        number = await self._database.write(changes.now, call, of)
        return Say(cards.note("recaps.posted", number=number))

    @action(role=Role.MODERATOR)
    async def post(self, call: Call, recap: int, version: int) -> Response:
        """Post a draft at once."""
        number = await self._database.write(changes.post, call, recap, version)
        return Say(cards.note("recaps.posted", number=number))

    @action(role=Role.MODERATOR)
    async def skip(self, call: Call, recap: int, version: int) -> Response:
        """Post nothing this time."""
        await self._database.write(changes.skip, call, recap, version)
        return Say(cards.note("recaps.skipped"))

    @action(role=Role.MODERATOR)
    async def up(self, call: Call, recap: int, version: int, shoutout: int) -> Response:
        """Move a highlight up by one place."""
        await self._database.write(changes.move_up, call, recap, version, shoutout)
        return Say(cards.note("recaps.changed"))

    @action(role=Role.MODERATOR)
    async def leave(
        self, call: Call, recap: int, version: int, shoutout: int
    ) -> Response:
        """Leave a highlight out."""
        await self._database.write(changes.leave, call, recap, version, shoutout)
        return Say(cards.note("recaps.changed"))

    @action(role=Role.MODERATOR)
    async def ask(
        self, call: Call, recap: int, version: int, shoutout: int
    ) -> Response:
        """Ask those whom a highlight is for whether they would be in the series."""
        await self._database.write(series.pick, call, recap, version, shoutout)
        return Say(cards.note("recaps.asked"))

    @action()
    async def agree(self, call: Call, recap: int) -> Response:
        """Be in the series."""
        await self._database.write(series.answer, call, recap, Answer.YES)
        return Say(cards.note("recaps.series-yes"))

    @action()
    async def decline(self, call: Call, recap: int) -> Response:
        """Rather not be in the series; nobody is told who said so."""
        await self._database.write(series.answer, call, recap, Answer.NO)
        return Say(cards.note("recaps.series-no"))

    @action(role=Role.MODERATOR)
    async def anew(self, call: Call, recap: int, version: int) -> Response:
        """Forget what was moved and left out, and choose anew."""
        await self._database.write(changes.anew, call, recap, version)
        return Say(cards.note("recaps.changed"))

    @action(role=Role.MODERATOR)
    async def change(self, call: Call, recap: int, part: str) -> Response:
        """Open the form of one part, filled with what stands there."""
        kept, opening, word = await self._database.read(changes.standing, call, recap)
        match part:
            case sheet.OPENING:
                seen = Action("recaps.opening", (recap, kept.intro or 0))
                return Ask(seen, {"text": opening} if opening else {})
            case sheet.WORD:
                seen = Action("recaps.word", (recap, kept.word or 0))
                return Ask(seen, {"text": word} if word else {})
            case sheet.PEOPLE:
                return Ask(Action("recaps.people", (recap,)))
            case _:
                raise RuleError("common.unknown-button")

    @action(role=Role.MODERATOR)
    async def opening(
        self, call: Call, recap: int, seen: int, text: _Words = None
    ) -> Response:
        """Begin with other words."""
        return await self._wrote(call, recap, Part.INTRO, Wrote(seen, text))

    @action(role=Role.MODERATOR)
    async def word(
        self, call: Call, recap: int, seen: int, text: _Words = None
    ) -> Response:
        """End with a word of thanks."""
        return await self._wrote(call, recap, Part.WORD, Wrote(seen, text))

    @action(role=Role.MODERATOR)
    async def people(
        self,
        call: Call,
        recap: int,
        who: Annotated[tuple[Person, ...], fields.People()],
    ) -> Response:
        """Name some people nowhere in it."""
        await self._database.write(changes.leave_people, call, recap, who)
        return Say(cards.note("recaps.changed"))

    @occurrence(
        "recaps.draft", missed=Missed.SKIP, stale_after=DRAFT_STALE_AFTER, posts=True
    )
    def draft_due(self, tx: Transaction, due: Occurrence) -> None:
        """Show moderators what will be posted a day later."""
        posting.draft_due(tx, due)

    @occurrence("recaps.post", missed=Missed.FOLD, posts=True)
    def post_due(self, tx: Transaction, due: Occurrence) -> None:
        """Post one recap of all since the last, however many were missed."""
        posting.post_due(tx, due)

    @draws(posting.DRAFTS)
    def draft(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what moderators see."""
        return posting.drawn_draft(tx, community, key, now)

    @draws(posting.POSTS)
    def recap(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what everybody sees."""
        return posting.drawn_post(tx, community, key, now)

    @follows("setup.saved")
    def settings(self, tx: Transaction, entry: Activity) -> None:
        """Come when the settings say."""
        following.settings(tx, entry)

    @follows("privacy.hidden", "members.erased")
    def hide(self, tx: Transaction, entry: Activity) -> None:
        """Leave out whoever asks for it, where they stand already too."""
        following.hidden(tx, entry)

    @follows("shoutouts.undo", "shoutouts.retract")
    def take_back(self, tx: Transaction, entry: Activity) -> None:
        """Tell no more of what was taken back."""
        following.taken_back(tx, entry)

    async def _wrote(
        self, call: Call, recap: int, part: Part, wrote: Wrote
    ) -> Response:
        await self._database.write(changes.write, call, recap, part, wrote)
        return Say(cards.note("recaps.changed"))

    async def _read(self, call: Call, number: int | None) -> Message:
        found = await self._database.read(changes.read, call, number)
        if found is None:
            return cards.note("recaps.none-yet")
        told, older = found
        page = None
        if self._link is not None and told.recap.number is not None:
            shown = told.recap.number
            path = await self._database.write(changes.page, call, shown)
            page = LinkButton(phrase("recaps.page"), self._link(path))
        return cards.reading(told, older, page)
