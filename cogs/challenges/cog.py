"""``/challenge``: how moderators make, open and call off challenges, for all to see."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time
from typing import Annotated

from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Action, Buttons, say
from bot.chat.responses import Ask, Call, Replace, Response, Say
from bot.chat.routes import action, command, draws, follows, lookup, occurrence
from bot.domain.challenges import State
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.missed import Missed
from bot.domain.people import Role
from bot.domain.refs import ChannelRef
from cogs.challenges import (
    cards,
    course,
    ending,
    listing,
    openings,
    planner,
    posts,
    sheet,
)
from cogs.challenges.planner import Asked
from cogs.challenges.templates import SayIn, Template
from storage.activity import Activity
from storage.challenges import times
from storage.database import Database, Transaction
from storage.drawings import Drawn
from storage.occurrences import Occurrence

MAX_WHY_CHARS = 300

_Which = Annotated[str, fields.Choice(lookup="challenges.under-way")]


class ChallengeCog:
    """Challenges, from the first idea of one to its end."""

    def __init__(self, database: Database, say_in: SayIn) -> None:
        self._database = database
        self._say_in = say_in

    @command("challenge create", role=Role.MODERATOR)
    async def create(
        self,
        call: Call,
        template: Annotated[str, fields.Choice(options=tuple(Template))],
        starts_on: Annotated[date | None, fields.Date()] = None,
        channel: Annotated[ChannelRef | None, fields.Channel()] = None,
    ) -> Response:
        """Draft a new challenge from a template, and show all that can be chosen."""
        asked = Asked(Template(template), starts_on, channel)
        sketch = await self._database.write(planner.begin, call, asked, self._say_in)
        return Say(sheet.sheet(sketch))

    @command("challenge edit", role=Role.MODERATOR)
    async def edit(self, call: Call, which: _Which) -> Response:
        """Draft a challenge anew."""
        sketch = await self._database.write(planner.edit, call, _challenge(which))
        return Say(sheet.sheet(sketch))

    @action(role=Role.MODERATOR)
    async def edit_it(self, call: Call, challenge: int) -> Response:
        """Draft a challenge of the list anew."""
        sketch = await self._database.write(planner.edit, call, challenge)
        return Say(sheet.sheet(sketch))

    @command("challenge open", role=Role.MODERATOR)
    async def open(
        self,
        call: Call,
        which: Annotated[str, fields.Choice(lookup="challenges.drafts")],
        opens_on: Annotated[date | None, fields.Date()] = None,
        opens_at: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Let people join from now on, or have it open by itself later."""
        challenge = _challenge(which)
        if opens_on is None:
            if opens_at is not None:
                raise RuleError("challenges.refused-no-date", "opens_on")
            done = await self._database.write(listing.open_it, call, challenge)
            return Say(cards.opened(done))
        done = await self._database.write(
            listing.plan, call, challenge, opens_on, opens_at
        )
        return Say(cards.planned(done))

    @action(role=Role.MODERATOR)
    async def open_it(self, call: Call, challenge: int) -> Response:
        """Let people join what was just saved."""
        done = await self._database.write(listing.open_it, call, challenge)
        return Replace(cards.opened(done))

    @action(role=Role.MODERATOR)
    async def planning(self, call: Call, challenge: int) -> Response:
        """Open the form of when it opens by itself, filled with what is planned."""
        on, at = await self._database.read(listing.planned, call, challenge)
        form = Action("challenges.plan-it", (challenge,))
        return Ask(form, {"opens_on": on, "opens_at": at} if on else {})

    @action(role=Role.MODERATOR)
    async def plan_it(
        self,
        call: Call,
        challenge: int,
        opens_on: Annotated[date, fields.Date()],
        opens_at: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Have a draft open by itself."""
        done = await self._database.write(
            listing.plan, call, challenge, opens_on, opens_at
        )
        return Say(cards.planned(done))

    @action(role=Role.MODERATOR)
    async def unplan(self, call: Call, challenge: int) -> Response:
        """Have a draft open by hand alone."""
        done = await self._database.write(listing.plan, call, challenge, None, None)
        return Replace(cards.planned(done))

    @command("challenge list")
    async def listed(self, call: Call) -> Response:
        """Show which challenges there are."""
        found = await self._database.read(listing.every, call)
        moderates = call.actor.role >= Role.MODERATOR
        return Say(cards.listed(found, moderates=moderates))

    @action()
    async def look(self, call: Call, challenge: int) -> Response:
        """Show one challenge of the list, and what can be done with it."""
        found = await self._database.read(listing.seen, call, challenge)
        message = posts.announcement(found)
        more = cards.desk(found) if call.actor.role >= Role.MODERATOR else ()
        if more:
            message = say(*message.nodes, Buttons(tuple(more)))
        return Say(message)

    @command("challenge call-off", role=Role.MODERATOR)
    async def call_off(
        self,
        call: Call,
        which: _Which,
        why: Annotated[str, fields.Text(max_chars=MAX_WHY_CHARS, multiline=True)],
    ) -> Response:
        """Ask once more before a challenge is called off."""
        asked = await self._database.write(ending.begin, call, _challenge(which), why)
        return Say(cards.ending(asked))

    @action(role=Role.MODERATOR)
    async def end_it(self, call: Call, draft: str) -> Response:
        """Call a challenge off."""
        done = await self._database.write(ending.confirm, call, draft)
        return Replace(cards.ended(done))

    @action(role=Role.MODERATOR)
    async def leave(self, call: Call, draft: str) -> Response:
        """Leave everything as it is."""
        await self._database.write(ending.drop, call, draft)
        return Replace(cards.note("challenges.left"))

    @lookup("challenges.under-way")
    async def under_way(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the challenges whose days are not over."""
        return await self._suggest(call, typed, course.UNDER_WAY)

    @lookup("challenges.drafts")
    async def drafts(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the challenges that can be opened."""
        return await self._suggest(call, typed, {State.DRAFT})

    @occurrence(times.OPEN, missed=Missed.EACH)
    def opens(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Open a draft."""
        openings.begin(tx, occurrence)

    @occurrence(times.BEGIN, missed=Missed.EACH)
    def begins(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Have the first day be counted for whoever is first."""
        course.begin(tx, occurrence)

    @occurrence(times.START, missed=Missed.EACH)
    def starts(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Have a challenge run, whoever was late."""
        course.begin(tx, occurrence)

    @occurrence(times.PROMPT, missed=Missed.EACH, posts=True)
    def asks(self, tx: Transaction, occurrence: Occurrence) -> None:
        """Post the prompt of a day."""
        course.ask(tx, occurrence)

    @occurrence(times.END, missed=Missed.EACH)
    def ends(self, tx: Transaction, occurrence: Occurrence) -> None:
        """End a challenge whose days are over."""
        course.end(tx, occurrence)

    @follows(
        "challenges.edited",
        "challenges.started",
        "challenges.ended",
        "challenges.finished",
        "challenges.called-off",
    )
    def retell(self, tx: Transaction, entry: Activity) -> None:
        """Have the announcement say how far it has come."""
        course.follow(tx, entry)

    @follows(course.JOINED, course.LEFT, course.MOVED)
    def reckon(self, tx: Transaction, entry: Activity) -> None:
        """Have a challenge begin and end by the clocks of all who take part."""
        course.reckon(tx, entry)

    @follows("setup.saved")
    def move_clocks(self, tx: Transaction, entry: Activity) -> None:
        """Have what is to come be on the clocks that the community has now."""
        course.move_clocks(tx, entry)

    @draws(course.POSTS)
    def post(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the announcement."""
        return course.announcement(tx, community, key, now)

    @draws(course.DAYS)
    def day_post(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw the prompt of a day."""
        return course.day_post(tx, community, key, now)

    @draws(course.CHANGES)
    def change_post(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw what was changed."""
        return course.change_post(tx, community, key, now)

    @draws(course.ENDS)
    def end_post(
        self, tx: Transaction, community: Community, key: str, now: datetime
    ) -> Drawn | None:
        """Draw that a challenge was called off."""
        return course.end_post(tx, community, key, now)

    async def _suggest(
        self, call: Call, typed: str, states: Collection[State]
    ) -> Sequence[Suggestion]:
        found = await self._database.read(listing.of_states, call, states)
        wanted = typed.casefold()
        fitting = (each for each in found if wanted in each.terms.title.casefold())
        return [Suggestion(str(each.id), cards.one_line(each)) for each in fitting][
            :MAX_OPTIONS
        ]


def _challenge(which: str) -> int:
    if not which.isascii() or not which.isdecimal():
        raise RuleError("challenges.refused-gone", "which")
    return int(which[:18])
