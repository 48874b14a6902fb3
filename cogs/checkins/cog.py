"""``/checkin`` and ``/challenge join``, and the buttons and menu entry around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion, Upload
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, follows, lookup
from bot.chat.text import Quote
from bot.domain.challenges import MAX_DAYS, Challenge
from bot.domain.evidence import MAX_LINK_CHARS
from cogs.checkins import cards, finding, following, joining, service
from cogs.checkins.finding import MAX_WORDS_CHARS
from cogs.checkins.service import Wish
from storage.activity import Activity
from storage.challenges.proofs import MAX_BYTES
from storage.database import Database, Transaction

_Mine = Annotated[str | None, fields.Choice(lookup="checkins.mine")]
_Which = Annotated[str, fields.Choice(lookup="checkins.mine")]
_Joinable = Annotated[str | None, fields.Choice(lookup="checkins.joinable")]
_Said = Annotated[str, fields.Text(max_chars=MAX_WORDS_CHARS, multiline=True)]
_Words = Annotated[str | None, fields.Text(max_chars=MAX_WORDS_CHARS, multiline=True)]
_Address = Annotated[str, fields.Text(max_chars=MAX_LINK_CHARS)]
_Link = Annotated[str | None, fields.Text(max_chars=MAX_LINK_CHARS)]
_Handed = Annotated[Upload, fields.FileUpload(max_bytes=MAX_BYTES)]
_File = Annotated[Upload | None, fields.FileUpload(max_bytes=MAX_BYTES)]
_Day = Annotated[int | None, fields.Integer(minimum=1, maximum=MAX_DAYS)]


class CheckInCog:
    """Taking part in a challenge, day by day."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("challenge join")
    async def enter(self, call: Call, which: _Joinable = None) -> Response:
        """Take part in a challenge."""
        seen = await self._database.write(joining.join, call, which)
        return Say(cards.joined(seen))

    @action()
    async def join(self, call: Call, challenge: int) -> Response:
        """Take part in the challenge that is announced here."""
        seen = await self._database.write(joining.join, call, str(challenge))
        return Say(cards.joined(seen))

    @command("challenge leave")
    async def go(self, call: Call, which: _Mine = None) -> Response:
        """Take part in a challenge no more."""
        return Say(cards.left(await self._database.write(joining.leave, call, which)))

    @action()
    async def leave(self, call: Call, challenge: int) -> Response:
        """Take part in this challenge no more."""
        gone = await self._database.write(joining.leave, call, str(challenge))
        return Replace(cards.left(gone))

    @command("checkin")
    async def checkin(
        self,
        call: Call,
        which: _Mine = None,
        words: _Words = None,
        link: _Link = None,
        file: _File = None,
        day: _Day = None,
    ) -> Response:
        """Check in for today, or for a day that was missed."""
        wish = Wish(which, day, words, link, file)
        if wish.bare:
            return await self._check(call, which, day)
        return await self._checked_in(call, wish)

    @action()
    async def check(self, call: Call, challenge: int) -> Response:
        """Check in for today, or open the form that asks for what it has to carry."""
        return await self._check(call, str(challenge), None)

    @action()
    async def check_day(self, call: Call, challenge: int, day: int) -> Response:
        """Check in for a day, likewise."""
        return await self._check(call, str(challenge), day)

    @action()
    async def with_words(
        self, call: Call, challenge: int, day: int, words: _Said
    ) -> Response:
        """Check in with words."""
        wish = Wish(str(challenge), day or None, words)
        return await self._checked_in(call, wish)

    @action()
    async def with_link(
        self, call: Call, challenge: int, day: int, link: _Address, words: _Words = None
    ) -> Response:
        """Check in with a link."""
        wish = Wish(str(challenge), day or None, words, link)
        return await self._checked_in(call, wish)

    @action()
    async def with_file(
        self, call: Call, challenge: int, day: int, file: _Handed, words: _Words = None
    ) -> Response:
        """Check in with a picture or another file."""
        wish = Wish(str(challenge), day or None, words, file=file)
        return await self._checked_in(call, wish)

    @action()
    async def with_anything(
        self,
        call: Call,
        challenge: int,
        day: int,
        words: _Words = None,
        link: _Link = None,
        file: _File = None,
    ) -> Response:
        """Check in, with whatever is to be shown."""
        wish = Wish(str(challenge), day or None, words, link, file)
        return await self._checked_in(call, wish)

    @action(on_message=True)
    async def check_in_with_this(self, call: Call) -> Response:
        """Open the form with the words and the link of this message."""
        form = Action("checkins.with-message")
        return Ask(form, await self._database.read(finding.quoted, call))

    @action()
    async def with_message(
        self,
        call: Call,
        which: _Which,
        words: _Words = None,
        link: _Link = None,
        file: _File = None,
    ) -> Response:
        """Check in with what stands in a message."""
        return await self._checked_in(call, Wish(which, None, words, link, file))

    @action()
    async def take_back(self, call: Call, checkin: int) -> Response:
        """Take a check-in back, or ask first where its day could not be done again."""
        return await self._taken_back(call, checkin, sure=False)

    @action()
    async def take_back_now(self, call: Call, checkin: int) -> Response:
        """Take a check-in back for good."""
        return await self._taken_back(call, checkin, sure=True)

    @action()
    async def keep(self, call: Call, checkin: int) -> Response:
        """Leave a check-in as it is."""
        known = await self._database.write(service.asked_back, call, checkin)
        return Replace(cards.receipt(known))

    @lookup("checkins.mine")
    async def mine(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return what the member takes part in."""
        return _fitting(await self._database.read(finding.mine, call), typed)

    @lookup("checkins.joinable")
    async def joinable(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return what the member can join."""
        return _fitting(await self._database.read(joining.joinable, call), typed)

    @follows("members.erased")
    def erase(self, tx: Transaction, entry: Activity) -> None:
        """Have who is erased take part in nothing any more."""
        following.erased(tx, entry)

    @follows("challenges.edited")
    def recount(self, tx: Transaction, entry: Activity) -> None:
        """Have everybody's days count for what they count for by now."""
        following.edited(tx, entry)

    async def _check(self, call: Call, which: str | None, day: int | None) -> Response:
        plan = await self._database.read(service.plan, call, which, day)
        if plan.form is not None:
            return Ask(plan.form)
        return await self._checked_in(call, Wish(str(plan.challenge), day))

    async def _checked_in(self, call: Call, wish: Wish) -> Response:
        done = await self._database.write(service.check_in, call, wish)
        return Say(cards.receipt(done))

    async def _taken_back(self, call: Call, checkin: int, *, sure: bool) -> Response:
        unit = service.take_back
        known, done = await self._database.write(unit, call, checkin, sure=sure)
        return Replace(cards.taken_back(known) if done else cards.confirm(known))


def _fitting(challenges: Sequence[Challenge], typed: str) -> list[Suggestion]:
    wanted = typed.casefold()
    return [
        Suggestion(str(each.id), Quote(each.terms.title))
        for each in challenges
        if wanted in each.terms.title.casefold()
    ]
