"""``/challenge review``: how check-ins are looked at, and what becomes of files."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from bot.chat import fields
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, occurrence
from bot.domain.challenges import MAX_POINTS
from bot.domain.community import Community
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.judging import cards, deciding, going, keeping, posts, showing, telling
from cogs.judging.cards import Shown
from cogs.judging.deciding import MAX_ANSWER_CHARS, MAX_REASON_CHARS, Judged
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence

Reason = Annotated[
    str, fields.Text(min_chars=10, max_chars=MAX_REASON_CHARS, multiline=True)
]
"""Why, in a moderator's words."""

Answer = Annotated[
    str, fields.Text(min_chars=10, max_chars=MAX_ANSWER_CHARS, multiline=True)
]
"""What a member says against it."""

Points = Annotated[int, fields.Integer(minimum=1, maximum=MAX_POINTS)]


class JudgingCog:
    """Check-ins are looked at by people, judged once, and answered."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("challenge review", role=Role.MODERATOR)
    async def review(self, call: Call) -> Response:
        """Show in which challenges check-ins wait."""
        return Say(cards.overview(await self._database.read(going.overview, call)))

    @action(role=Role.MODERATOR)
    async def next(self, call: Call, challenge: int) -> Response:
        """Show the check-in that waits longest to whoever asks."""
        found = await self._database.write(going.take_next, call, challenge)
        return Say(cards.going_on(found))

    @action(role=Role.MODERATOR)
    async def skip(self, call: Call, challenge: int, checkin: int) -> Response:
        """Show the one behind it in its place; it waits on."""
        found = await self._database.write(going.take_next, call, challenge, checkin)
        return Replace(cards.going_on(found))

    @action(role=Role.MODERATOR)
    async def open(self, call: Call, checkin: int) -> Response:
        """Show one check-in to whoever asks."""
        case = await self._database.write(going.look, call, checkin)
        return Say(cards.checkin(Shown(case, alone=True)))

    @action(role=Role.MODERATOR)
    async def count(self, call: Call, checkin: int, on: int) -> Response:
        """Have a check-in count."""
        done = await self._database.write(deciding.count, call, checkin, 0)
        return await self._go_on(call, done, on)

    @action(role=Role.MODERATOR)
    async def score(
        self, call: Call, checkin: int, on: int, points: Points
    ) -> Response:
        """Have a check-in count, with points on top."""
        done = await self._database.write(deciding.count, call, checkin, points)
        return await self._go_on(call, done, on)

    @action(role=Role.MODERATOR)
    async def refuse(
        self, call: Call, checkin: int, on: int, reason: Reason
    ) -> Response:
        """Have a check-in not count, with a reason."""
        done = await self._database.write(deciding.refuse, call, checkin, reason)
        return await self._go_on(call, done, on)

    @action()
    async def file(self, call: Call, checkin: int) -> Response:
        """Hand over what came with a check-in, to a reviewer or to its member."""
        held, own = await self._database.write(keeping.hand_out, call, checkin)
        return Say(cards.handed_out(held, own=own))

    @action()
    async def files(self, call: Call, before: int) -> Response:
        """Show the actor what files of theirs are kept, to be handed any of them."""
        return Say(cards.files(await self._database.read(keeping.own, call, before)))

    @command("challenge refused")
    async def refused(self, call: Call) -> Response:
        """Show the actor what did not count, and why."""
        return Say(telling.mine(await self._database.read(going.refused, call)))

    @action()
    async def why(self, call: Call, checkin: int) -> Response:
        """Show the actor why one check-in did not count."""
        case = await self._database.write(going.look_at_own, call, checkin)
        return Say(telling.refused(case))

    @action()
    async def answer(self, call: Call, checkin: int, words: Answer) -> Response:
        """Have a check-in that did not count be looked at again."""
        await self._database.write(deciding.answer, call, checkin, words)
        return Say(cards.note("judging.answered"))

    async def _go_on(self, call: Call, done: Judged, on: int) -> Response:
        """Say what was done; with the next in its place for who goes through them."""
        if not on:
            return Say(cards.done(done))
        challenge = done.case.challenge.id
        found = await self._database.write(going.take_next, call, challenge)
        return Replace(cards.going_on(found, done))

    @draws(showing.CARD)
    def card(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw a check-in for moderators."""
        return posts.card(tx, community, key, now)

    @draws(showing.QUEUE)
    def queue(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what leads to all that wait."""
        return posts.queue(tx, community, key, now)

    @draws(showing.ENDED)
    def ending(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what reminds of those that wait."""
        return posts.ended(tx, community, key, now)

    @follows("challenges.checked-in")
    def came(self, tx: Transaction, entry: Activity) -> None:
        """Show moderators what waits."""
        showing.came(tx, entry)

    @follows("challenges.taken-back")
    def went(self, tx: Transaction, entry: Activity) -> None:
        """Have nobody look at what was taken back, and its file go."""
        keeping.taken_back(tx, entry)
        showing.went(tx, entry)

    @follows("challenges.judged", "challenges.refused")
    def tell(self, tx: Transaction, entry: Activity) -> None:
        """Write to whoever checked in."""
        telling.judged(tx, entry)

    @follows("challenges.ended")
    def end(self, tx: Transaction, entry: Activity) -> None:
        """Remind moderators of what still waits."""
        showing.ended(tx, entry)

    @follows("challenges.finished", "challenges.called-off")
    def over(self, tx: Transaction, entry: Activity) -> None:
        """Have nobody judge any more, and have the files go in time."""
        showing.over(tx, entry)
        keeping.plan(tx, entry)

    @follows("members.erased")
    def erase(self, tx: Transaction, entry: Activity) -> None:
        """Have nobody wait for who is erased."""
        showing.erased(tx, entry)

    @follows("setup.saved")
    def settings(self, tx: Transaction, entry: Activity) -> None:
        """Have what waits be shown where moderators are told things now."""
        showing.settings(tx, entry)

    @occurrence(keeping.FORGET, missed=Missed.FOLD)
    def forget(self, tx: Transaction, due: Occurrence) -> None:
        """Have the files of a challenge go for good."""
        keeping.forget(tx, due)
