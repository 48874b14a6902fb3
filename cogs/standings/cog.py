"""``/challenge board``: where everybody stands, and how a challenge ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Action
from bot.chat.responses import Ask, Call, Pictures, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup, occurrence
from bot.chat.text import Quote, phrase
from bot.domain.challenges import MAX_DAYS, Challenge
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.standings import cards, disputing, ending, posts, raised, service
from cogs.standings.disputing import MAX_CHARS, MAX_POINTS, Change
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence

Said = Annotated[str, fields.Text(min_chars=10, max_chars=MAX_CHARS, multiline=True)]
"""What somebody says of a place, in their own words."""

Days = Annotated[int, fields.Integer(minimum=0, maximum=MAX_DAYS)]


class Look(StrEnum):
    """How a board is drawn."""

    LIGHT = "light"
    DARK = "dark"


class StandingsCog:
    """Boards of challenges, their results, and what is said against those."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("challenge board")
    async def board(
        self,
        call: Call,
        which: Annotated[str | None, fields.Choice(lookup="standings.every")] = None,
        look: Annotated[str | None, fields.Choice(options=tuple(Look))] = None,
    ) -> Response:
        """Show where everybody stands; in the newest challenge unless they say."""
        wanted = None if which is None else _number(which)
        found = await self._database.read(service.shown, call, wanted)
        shown = cards.board(found, dark=look == Look.DARK, own=True)
        return Say(shown, Pictures.SHOWN)

    @action()
    async def mine(self, call: Call, challenge: int) -> Response:
        """Show the member where they stand, and who is next to them."""
        return Say(cards.mine(await self._database.read(service.own, call, challenge)))

    @command("challenge dispute")
    async def dispute(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="standings.disputable")],
        words: Said,
    ) -> Response:
        """Say what is not right about one's own place."""
        return await self._disputed(call, _number(which), words)

    @action()
    async def object(self, call: Call, challenge: int, words: Said) -> Response:
        """Say so below the board."""
        return await self._disputed(call, challenge, words)

    @command("challenge disputes", role=Role.MODERATOR)
    async def disputes(self, call: Call) -> Response:
        """Show the oldest dispute that waits, and how many there are."""
        found = await self._database.read(raised.waiting, call)
        if not found:
            return Say(cards.note("standings.no-disputes"))
        shown = posts.dispute_card(found[0])
        rest = cards.note("standings.disputes-more", count=len(found) - 1)
        return Say(shown if len(found) == 1 else posts.joined(shown, rest))

    @action(role=Role.MODERATOR)
    async def stands(self, call: Call, dispute: int, reason: Said) -> Response:
        """Let a place be as it is."""
        done = await self._database.write(disputing.stands, call, dispute, reason)
        return Say(cards.settled("standings.stood", done.dispute))

    @action(role=Role.MODERATOR)
    async def fix(self, call: Call, dispute: int) -> Response:
        """Open the form with the place as it is."""
        found = await self._database.write(disputing.look, call, dispute)
        draft: dict[str, object] = {}
        if found.placed is not None:
            placed = found.placed
            draft = {"points": placed.points, "days": placed.days}
            draft["streak"] = placed.best_streak
        return Ask(Action("standings.correct", (dispute,)), draft)

    @action(role=Role.MODERATOR)
    async def correct(
        self,
        call: Call,
        dispute: int,
        points: Annotated[int, fields.Integer(minimum=0, maximum=MAX_POINTS)],
        days: Days,
        streak: Days,
        reason: Said,
    ) -> Response:
        """Change a place, and rank all of them anew."""
        change = Change(points, days, streak)
        done = await self._database.write(
            disputing.correct, call, dispute, change, reason
        )
        return Say(cards.settled("standings.corrected", done.dispute))

    @lookup("standings.every")
    async def every(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Find challenges that have a board."""
        return _suggest(await self._database.read(service.listed, call), typed)

    @lookup("standings.disputable")
    async def disputable(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Find challenges in which the member can dispute their place."""
        return _suggest(await self._database.read(disputing.disputable, call), typed)

    @follows("challenges.started")
    def started(self, tx: Transaction, entry: Activity) -> None:
        """Put the board up."""
        ending.started(tx, entry)

    @follows(
        "challenges.joined",
        "challenges.left",
        "challenges.teamed",
        "challenges.checked-in",
        "challenges.judged",
        "challenges.refused",
        "challenges.taken-back",
        "challenges.edited",
        "challenges.called-off",
    )
    def changed(self, tx: Transaction, entry: Activity) -> None:
        """Have the board follow."""
        ending.changed(tx, entry)

    @follows("challenges.ended")
    def ended(self, tx: Transaction, entry: Activity) -> None:
        """Freeze the result."""
        ending.ended(tx, entry)

    @follows("privacy.changed", "members.erased")
    def hidden(self, tx: Transaction, entry: Activity) -> None:
        """Name nobody who may not be named any more."""
        ending.hidden(tx, entry)

    @occurrence(ending.FREEZE, missed=Missed.EACH)
    def freeze(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Freeze a result that has waited long enough."""
        ending.freeze(tx, occurrence)

    @occurrence(ending.FINAL, missed=Missed.EACH)
    def final(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Have a result stand."""
        ending.final(tx, occurrence)

    @draws(ending.BOARD)
    def draw_board(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw a board for everybody."""
        return posts.board(tx, community, key, now)

    @draws(disputing.CARD)
    def draw_dispute(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw a dispute for moderators."""
        return posts.dispute(tx, community, key, now)

    @draws(ending.THANKS)
    def draw_thanks(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the thanks at the end."""
        return posts.thanks(tx, community, key, now)

    @draws(ending.SUMMARY)
    def draw_summary(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the last word in the thread."""
        return posts.summary(tx, community, key, now)

    async def _disputed(self, call: Call, challenge: int, words: str) -> Response:
        found = await self._database.write(disputing.dispute, call, challenge, words)
        title = Quote(found.terms.title)
        return Say(cards.note("standings.disputed", challenge=title))


def _suggest(found: Sequence[Challenge], typed: str) -> Sequence[Suggestion]:
    wanted = typed.casefold()
    fitting = (each for each in found if wanted in each.terms.title.casefold())
    options = [
        Suggestion(
            str(each.id), phrase("standings.option", title=Quote(each.terms.title))
        )
        for each in fitting
    ]
    return options[:MAX_OPTIONS]


def _number(which: str) -> int:
    if not which.isascii() or not which.isdecimal():
        raise RuleError("standings.refused-gone", "which")
    return int(which[:18])
