"""``/review``, ``/why`` and ``/appeal``: how nominations are decided, and explained."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from bot.chat import fields
from bot.chat.clip import clip
from bot.chat.fields import Suggestion
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup, occurrence
from bot.chat.text import Quote, phrase
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.review import (
    ageing,
    announcing,
    appealing,
    cards,
    deciding,
    pages,
    planned,
    posts,
    queue,
    telling,
    why,
)
from cogs.review.appealing import MAX_APPEAL_CHARS
from cogs.review.deciding import MAX_REASON_CHARS
from storage.activity import Activity
from storage.appeals import Answer
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.moments import BEGAN, CHANGED
from storage.occurrences import Occurrence

Reason = Annotated[
    str, fields.Text(min_chars=10, max_chars=MAX_REASON_CHARS, multiline=True)
]
"""Why, or what more, in a moderator's words."""

Appeal = Annotated[
    str, fields.Text(min_chars=20, max_chars=MAX_APPEAL_CHARS, multiline=True)
]
"""What somebody says against a decision."""


class ReviewCog:
    """Nominations are looked at by people, decided once, and explained."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("review", role=Role.MODERATOR)
    async def review(self, call: Call) -> Response:
        """Show what waits, the oldest first."""
        return Say(pages.queue(await self._database.read(queue.queue, call, 1)))

    @action(role=Role.MODERATOR)
    async def page(self, call: Call, page: int) -> Response:
        """Show another page in its place."""
        return Replace(pages.queue(await self._database.read(queue.queue, call, page)))

    @action(role=Role.MODERATOR)
    async def open(self, call: Call, candidacy: int) -> Response:
        """Show the card of one candidacy to whoever asks."""
        return Say(
            cards.review(await self._database.write(queue.look, call, candidacy))
        )

    @action(role=Role.MODERATOR)
    async def open_appeal(self, call: Call, appeal: int) -> Response:
        """Show one appeal to whoever asks."""
        found = await self._database.read(queue.look_again, call, appeal)
        return Say(pages.appeal(found))

    @action(role=Role.MODERATOR)
    async def words(self, call: Call, candidacy: int) -> Response:
        """Show all that the first nominator said."""
        seen = await self._database.write(queue.look, call, candidacy)
        return Say(cards.words(seen, 0))

    @action(role=Role.MODERATOR)
    async def turn(self, call: Call, candidacy: int, place: int) -> Response:
        """Show all that another nominator said in its place."""
        seen = await self._database.write(queue.look, call, candidacy)
        return Replace(cards.words(seen, place))

    @action(role=Role.MODERATOR)
    async def approve(self, call: Call, candidacy: int) -> Response:
        """Have somebody win."""
        nominee = await self._database.write(deciding.approve, call, candidacy)
        return Say(cards.note("review.approved", nominee=nominee))

    @action(role=Role.MODERATOR)
    async def ask(self, call: Call, candidacy: int, words: Reason) -> Response:
        """Ask every nominator for more."""
        count = await self._database.write(deciding.ask, call, candidacy, words)
        return Say(cards.note("review.asked-done", count=count))

    @action(role=Role.MODERATOR)
    async def decline(self, call: Call, candidacy: int, reason: Reason) -> Response:
        """Have it end, with a reason."""
        nominee = await self._database.write(deciding.decline, call, candidacy, reason)
        return Say(cards.note("review.declined", nominee=nominee))

    @action(role=Role.MODERATOR)
    async def take_back(self, call: Call, candidacy: int, reason: Reason) -> Response:
        """Have somebody not win after all, with a reason."""
        unit = deciding.take_back
        nominee = await self._database.write(unit, call, candidacy, reason)
        return Say(cards.note("review.taken-back", nominee=nominee))

    @action(role=Role.MODERATOR)
    async def recuse(self, call: Call, candidacy: int) -> Response:
        """Keep out of it for good."""
        await self._database.write(deciding.recuse, call, candidacy)
        return Say(cards.note("review.recused"))

    @action(role=Role.MODERATOR)
    async def take(self, call: Call, candidacy: int) -> Response:
        """Show the others that the actor is on it."""
        await self._database.write(deciding.take, call, candidacy)
        return Say(cards.taken(candidacy))

    @action(role=Role.MODERATOR)
    async def leave(self, call: Call, candidacy: int) -> Response:
        """Show the others that the actor is not on it any more."""
        await self._database.write(deciding.leave, call, candidacy)
        return Replace(cards.note("review.left"))

    @command("why")
    async def why(self, call: Call) -> Response:
        """Show what was decided about the actor, to pick from."""
        return Say(pages.mine(await self._database.read(why.concerning, call)))

    @action()
    async def explain(self, call: Call, candidacy: int) -> Response:
        """Show how one candidacy became what it is."""
        found = await self._database.write(why.explain, call, candidacy)
        return Say(pages.explained(found))

    @command("appeal")
    async def appeal(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="review.appealable")],
        words: Appeal,
    ) -> Response:
        """Ask that a decision be looked at again."""
        if not which.isascii() or not which.isdecimal():
            raise RuleError("common.answer-unknown", "which")
        await self._database.write(appealing.appeal, call, int(which[:18]), words)
        return Say(cards.note("review.appealed"))

    @action()
    async def object(self, call: Call, decision: int, words: Appeal) -> Response:
        """Ask that the decision of which a message tells be looked at again."""
        await self._database.write(appealing.appeal, call, decision, words)
        return Say(cards.note("review.appealed"))

    @lookup("review.appealable")
    async def appealable(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Find what the actor can appeal against."""
        found = await self._database.read(appealing.appealable, call)
        return [
            Suggestion(
                str(case.decision.id),
                phrase(
                    "review.queue-option",
                    nominee=Quote(clip(case.nominee.name, pages.MAX_NAME_CHARS)),
                    award=Quote(clip(case.award.name, pages.MAX_NAME_CHARS)),
                ),
            )
            for case in found
            if case.decision and pages.fits(case, typed)
        ]

    @action(role=Role.MODERATOR)
    async def uphold(self, call: Call, appeal: int, reason: Reason) -> Response:
        """Let a decision stand."""
        to = Answer.STANDS
        await self._database.write(appealing.answer, call, appeal, to, reason)
        return Say(cards.note("review.upheld"))

    @action(role=Role.MODERATOR)
    async def reopen(self, call: Call, appeal: int, reason: Reason) -> Response:
        """Have a decision be made again."""
        to = Answer.REOPENED
        left = await self._database.write(appealing.answer, call, appeal, to, reason)
        return Say(cards.note(f"review.reopened-{'done' if left else 'full'}"))

    @follows("nominations.made", "nominations.amended", "nominations.withdrawn")
    def nominated(self, tx: Transaction, entry: Activity) -> None:
        """Put the card up, or have it show what is new."""
        telling.nominated(tx, entry)

    @follows("nominations.asked")
    def asked(self, tx: Transaction, entry: Activity) -> None:
        """Ask the nominators."""
        telling.asked(tx, entry)

    @follows("nominations.won", "nominations.lost", "nominations.declined")
    def decided(self, tx: Transaction, entry: Activity) -> None:
        """Tell and announce what was decided, whoever did."""
        telling.decided(tx, entry)

    @follows("nominations.taken-back")
    def taken_back(self, tx: Transaction, entry: Activity) -> None:
        """Tell what was taken back, and announce it no more."""
        telling.taken_back(tx, entry)

    @follows("committees.counted", "committees.handed")
    def handed(self, tx: Transaction, entry: Activity) -> None:
        """Have moderators decide what a committee left undecided."""
        telling.handed(tx, entry)

    @follows("awards.closed")
    def closed(self, tx: Transaction, entry: Activity) -> None:
        """Let those go for whom no seat is left."""
        telling.closed(tx, entry)

    @follows(BEGAN)
    def began(self, tx: Transaction, entry: Activity) -> None:
        """Announce who waited for this moment."""
        announcing.began(tx, entry)

    @follows(CHANGED, "members.erased")
    def moved(self, tx: Transaction, entry: Activity) -> None:
        """Announce at once whose moment does not come any more."""
        announcing.moved(tx, entry)

    @follows("setup.saved")
    def settings(self, tx: Transaction, entry: Activity) -> None:
        """Put up what moderators have not seen, where they have a channel now."""
        telling.settings(tx, entry)

    @occurrence(planned.LOOK, missed=Missed.FOLD)
    def look(self, tx: Transaction, due: Occurrence) -> None:
        """Remind of what waits too long."""
        ageing.look(tx, due)

    @draws("review:card:")
    def draw_card(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw a candidacy for moderators."""
        return posts.card(tx, community, key, now)

    @draws("review:appeal:")
    def draw_appeal(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw an appeal for moderators."""
        return posts.appeal(tx, community, key, now)

    @draws("review:won:")
    def draw_won(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw who won what."""
        return posts.won(tx, community, key, now)
