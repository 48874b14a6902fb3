"""``/shoutout`` and ``/retract``, and the buttons and menu entries around them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from bot.chat import fields
from bot.chat.clip import clip
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Pictures, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup
from bot.chat.text import Quote
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.shoutouts import MAX_PEOPLE, MAX_REASON_CHARS
from bot.domain.words import clean
from cogs.shoutouts import cards, changes, places, previews, service, wording
from cogs.shoutouts.digest import ANNOUNCEMENTS
from cogs.shoutouts.previews import Shown
from cogs.shoutouts.service import Wish
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn

FORM = Action("shoutouts.shoutout")


class ShoutoutCog:
    """Public thanks, given in one line."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("shoutout")
    async def shoutout(
        self,
        call: Call,
        to: Annotated[tuple[Person, ...], fields.People(max_people=MAX_PEOPLE)],
        why: Annotated[str, fields.Text(max_chars=MAX_REASON_CHARS, multiline=True)],
        value: Annotated[str | None, fields.Choice(lookup="shoutouts.values")] = None,
        private: Annotated[bool | None, fields.YesNo()] = None,
    ) -> Response:
        """Thank ``to`` in front of everyone, or by direct message where ``private``.

        A rule that says no raises; the dispatcher turns that into a refusal.
        """
        wish = Wish(to, why, value, bool(private))
        done = await self._database.write(previews.give_or_show, call, wish)
        if isinstance(done, Shown):
            return Say(cards.preview(done.shoutout, done.draft, done.own))
        return Say(cards.receipt(done))

    @action()
    async def post(self, call: Call, draft: str) -> Response:
        """Give what was previewed."""
        done = await self._database.write(previews.post, call, draft)
        return Replace(cards.receipt(done))

    @action()
    async def edit(self, call: Call, draft: str) -> Response:
        """Open the form with what was previewed."""
        wish = await self._database.read(previews.drafted, call, draft)
        return Ask(FORM, wish.answers())

    @action()
    async def drop(self, call: Call, draft: str) -> Response:
        """Forget what was previewed."""
        await self._database.write(previews.drop, call, draft)
        return Replace(cards.note("shoutouts.preview.dropped"))

    @action()
    async def thank_too(self, call: Call, shoutout: int) -> Response:
        """Open the form for the people whom a shoutout was for."""
        people = await self._database.read(changes.thanked, call, shoutout)
        return Ask(FORM, {"to": people})

    @action(on_message=True)
    async def shout_out(self, call: Call) -> Response:
        """Open the form for whoever wrote this message, with its words."""
        target = call.target
        if target is None:
            raise RuleError("common.unknown-button")
        words = clip(clean(target.text, multiline=True), MAX_REASON_CHARS // 2)
        why = f"“{words}”\n{target.link}" if target.link else f"“{words}”"
        return Ask(FORM, {"to": (target.author,), "why": why})

    @action()
    async def undo(self, call: Call, shoutout: int) -> Response:
        """Take back what was just given."""
        await self._database.write(changes.undo, call, shoutout)
        return Replace(cards.note("shoutouts.undone"))

    @action()
    async def picture(self, call: Call, shoutout: int) -> Response:
        """Show what was given as a picture, to keep or to pass on."""
        shown = await self._database.write(changes.shown, call, shoutout)
        return Say(cards.picture(shown), Pictures.HANDED)

    @command("retract")
    async def retract(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="shoutouts.retractable")],
        why: Annotated[str, fields.Text(max_chars=200)],
    ) -> Response:
        """Take a shoutout back for good."""
        if not which.isascii() or not which.isdecimal():
            raise RuleError("shoutouts.refused-unknown", "which")
        await self._database.write(changes.retract, call, int(which[:18]), why)
        return Say(cards.note("shoutouts.retracted"))

    @action(on_message=True)
    async def retract_this(self, call: Call) -> Response:
        """Open the form that takes this shoutout back."""
        shoutout = await self._database.read(changes.of_post, call)
        return Ask(Action("shoutouts.retract"), {"which": str(shoutout)})

    @lookup("shoutouts.values")
    async def values(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the community's value tags."""
        tags = await self._database.read(service.values, call)
        wanted = typed.casefold()
        return [
            Suggestion(str(tag.id), Quote(tag.label))
            for tag in tags
            if wanted in tag.label.casefold()
        ]

    @lookup("shoutouts.retractable")
    async def retractable(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the shoutouts that the member may take back, newest first."""
        found = await self._database.read(changes.retractable, call)
        wanted = typed.casefold()
        return [
            Suggestion(str(kept.id), cards.one_line(kept, people))
            for kept, people in found
            if wanted in (kept.reason or "").casefold()
        ]

    @follows("setup.saved")
    def move(self, tx: Transaction, entry: Activity) -> None:
        """Have what waits for a wall that is gone follow to the new one."""
        places.move(tx, entry)

    @draws(ANNOUNCEMENTS.posts)
    def announcement(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the public post of a shoutout."""
        return wording.post(tx, community, key, now)
