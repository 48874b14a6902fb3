"""``/committee``: drawing one, seeing it, voting in it and leaving it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup, occurrence
from bot.chat.text import Phrase, Quote
from bot.domain.committees import (
    MAX_BACKUPS,
    MAX_DAYS,
    MAX_SEATS,
    MIN_DAYS,
    MIN_SEATS,
    Choice,
    Size,
)
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Role
from cogs.committees import (
    cards,
    drawing,
    following,
    papers,
    posts,
    results,
    sheets,
    terms,
    voting,
)
from cogs.committees.drawing import Begun
from cogs.committees.papers import Look, Paper
from cogs.committees.planned import Due
from cogs.committees.posts import DRAWN, RESULTS
from cogs.committees.voting import Voted
from storage.activity import Activity
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.moments import BEGAN, CHANGED
from storage.occurrences import Occurrence

BACKUPS = 2
"""Backups that are drawn unless somebody says otherwise."""


class CommitteeCog:
    """People drawn by lot, who decide in secret by rules that anybody can check."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @command("committee draw", role=Role.MODERATOR)
    async def draw(
        self,
        call: Call,
        seats: Annotated[int, fields.Integer(minimum=MIN_SEATS, maximum=MAX_SEATS)],
        days: Annotated[int, fields.Integer(minimum=MIN_DAYS, maximum=MAX_DAYS)],
        backups: Annotated[
            int | None, fields.Integer(minimum=0, maximum=MAX_BACKUPS)
        ] = None,
    ) -> Response:
        """Have a committee be drawn, once it is on record from whom."""
        asked = Size(seats, BACKUPS if backups is None else backups, days)
        return Say(await self._begin(call, asked))

    @action(role=Role.MODERATOR)
    async def fewer(self, call: Call, seats: int, backups: int, days: int) -> Response:
        """Have a smaller one be drawn, as was offered."""
        fits = MIN_SEATS <= seats <= MAX_SEATS and MIN_DAYS <= days <= MAX_DAYS
        if not fits or backups > MAX_BACKUPS:
            raise RuleError("common.unknown-button")
        return Replace(await self._begin(call, Size(seats, backups, days)))

    @command("committee show")
    async def show(self, call: Call) -> Response:
        """Show who sits in it, what it votes about, and by which rules."""
        return Say(posts.shown(await self._database.write(papers.show, call)))

    @action()
    async def rules(self, _call: Call) -> Response:
        """Tell how it works."""
        return Say(posts.how())

    @command("committee vote")
    async def vote(self, call: Call) -> Response:
        """Show the ballot that closes first."""
        return Say(sheets.paper(await self._database.read(papers.paper, call, None, 1)))

    @action()
    async def open(self, call: Call, ballot: int) -> Response:
        """Show a ballot, beside what told of it; the one that closes first for 0."""
        told = await self._database.read(papers.paper, call, ballot or None, 1)
        return Say(sheets.paper(told))

    @action()
    async def paper(self, call: Call, ballot: int, page: int) -> Response:
        """Show another page of a ballot in its place."""
        told = await self._database.read(papers.paper, call, ballot, page)
        return Replace(sheets.paper(told))

    @action()
    async def look(self, call: Call, candidacy: int, page: int) -> Response:
        """Show what is said of somebody."""
        told = await self._database.read(papers.look, call, candidacy, page)
        return Replace(sheets.look(told))

    @action()
    async def cast(self, call: Call, candidacy: int, choice: str) -> Response:
        """Vote about somebody, and show whom to vote about next."""
        if choice not in set(Choice):
            raise RuleError("common.unknown-button")
        done, seen = await self._database.write(_cast, call, candidacy, Choice(choice))
        return _next(seen, sheets.noted(Choice(choice), done.nominee))

    @action()
    async def recuse(self, call: Call, candidacy: int) -> Response:
        """Not vote about somebody, and show whom to vote about next."""
        done, seen = await self._database.write(_recuse, call, candidacy)
        return _next(seen, sheets.recused(done.nominee))

    @command("committee step-down")
    async def step_down(self, call: Call) -> Response:
        """Ask whether the member wants to leave the committee."""
        await self._database.read(terms.check_seat, call)
        return Say(cards.leaving())

    @action()
    async def leaving(self, call: Call) -> Response:
        """Ask the same, from a button."""
        await self._database.read(terms.check_seat, call)
        return Say(cards.leaving())

    @action()
    async def leave(self, call: Call) -> Response:
        """Leave the committee; the next backup takes the seat."""
        await self._database.write(terms.step_down, call)
        return Replace(cards.note("committees.left"))

    @command("committee close", role=Role.MODERATOR)
    async def close(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="committees.ballots")],
    ) -> Response:
        """Close a ballot early, once its quorum has voted."""
        number = int(which[:18]) if which.isascii() and which.isdecimal() else 0
        became = await self._database.write(following.close, call, number)
        return Say(cards.note(f"committees.closed-{became}"))

    @lookup("committees.ballots")
    async def ballots(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the ballots that are not closed, by their awards."""
        found = await self._database.read(papers.underway, call)
        wanted = typed.casefold()
        return [
            Suggestion(str(each.ballot.id), Quote(each.award))
            for each in found
            if wanted in each.award.casefold()
        ]

    @occurrence(Due.DRAW, missed=Missed.EACH)
    def draw_due(self, tx: Transaction, due: Occurrence) -> None:
        """Draw, once the digest stands in chat."""
        drawing.draw_due(tx, due)

    @occurrence(Due.END, missed=Missed.EACH)
    def end_due(self, tx: Transaction, due: Occurrence) -> None:
        """End a term."""
        terms.end_due(tx, due)

    @occurrence(Due.COUNT, missed=Missed.EACH)
    def count_due(self, tx: Transaction, due: Occurrence) -> None:
        """Count the votes, or give more time, or leave it to the moderators."""
        following.count_due(tx, due)

    @draws(DRAWN)
    def drawn(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what tells who was drawn."""
        del now  # what it tells is so whenever it is drawn
        return drawing.drawn_post(tx, community, key)

    @draws(RESULTS)
    def result(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what tells who won."""
        del now  # as above
        return results.draw(tx, community, key)

    @follows("awards.closed")
    def round_closed(self, tx: Transaction, entry: Activity) -> None:
        """Have the committee vote once nobody can be nominated more."""
        following.round_closed(tx, entry)

    @follows("privacy.hidden", "members.left", "members.erased")
    def somebody_gone(self, tx: Transaction, entry: Activity) -> None:
        """Give the seat of somebody who is not to be named to the next."""
        following.somebody_gone(tx, entry)

    @follows("nominations.withdrawn", "nominations.declined")
    def candidacy_gone(self, tx: Transaction, entry: Activity) -> None:
        """Have a ballot end on which nobody is left."""
        following.candidacy_gone(tx, entry)

    @follows("nominations.taken-back")
    def win_gone(self, tx: Transaction, entry: Activity) -> None:
        """Tell no more that somebody won who does not."""
        following.taken_back(tx, entry)

    @follows(CHANGED, "members.erased")
    def moments_changed(self, tx: Transaction, entry: Activity) -> None:
        """Say who won where the moment does not come any more."""
        following.moments_changed(tx, entry)

    @follows("setup.saved")
    def wall_moved(self, tx: Transaction, entry: Activity) -> None:
        """Have what waits for a wall that is gone follow to the new one."""
        following.wall_moved(tx, entry)

    @follows(BEGAN)
    def moment_began(self, tx: Transaction, entry: Activity) -> None:
        """Say who won where that waited for a moment."""
        following.moment_began(tx, entry)

    async def _begin(self, call: Call, size: Size) -> Message:
        done = await self._database.write(drawing.begin, call, size)
        if isinstance(done, Begun):
            return cards.begun(done.place, done.draws_at)
        return cards.short(done.available, done.asked, done.size)


def _cast(
    tx: Transaction, call: Call, candidacy: int, choice: Choice
) -> tuple[Voted, Look | Paper | None]:
    done = voting.cast(tx, call, candidacy, choice)
    return done, papers.after(tx, call, done)


def _recuse(
    tx: Transaction, call: Call, candidacy: int
) -> tuple[Voted, Look | Paper | None]:
    done = voting.recuse(tx, call, candidacy)
    return done, papers.after(tx, call, done)


def _next(seen: Look | Paper | None, outcome: Phrase) -> Response:
    """Show what is still to be voted about, or that nothing is."""
    match seen:
        case Look():
            return Replace(sheets.look(seen, outcome))
        case Paper():
            return Replace(sheets.paper(seen, outcome))
        case None:
            return Replace(cards.voted_last(outcome))
