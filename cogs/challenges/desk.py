"""The sheet on which moderators write a challenge down, with a form for each part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from typing import Annotated

from bot.chat import fields, sheets
from bot.chat.responses import Call, Replace, Response
from bot.chat.routes import action
from bot.domain.challenges import (
    MAX_ABOUT_CHARS,
    MAX_CAP,
    MAX_DAYS,
    MAX_GRACE_DAYS,
    MAX_POINTS,
    MAX_REWARD_CHARS,
    MAX_TEAM,
    MAX_TITLE_CHARS,
    Proof,
    Review,
    Scoring,
    Terms,
)
from bot.domain.people import Role
from bot.domain.refs import ChannelRef
from cogs.challenges import cards, drafting, planner, rehearsal, sheet
from cogs.challenges.planner import Overtaken
from cogs.challenges.rehearsal import Step
from storage.database import Database

MAX_PROMPTS_CHARS = 3_000
"""What the form takes for all prompts together."""


class ChallengeDesk:
    """A challenge in its parts, changed singly, tried, and saved at once."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @action(role=Role.MODERATOR)
    async def change(self, call: Call, draft: str, part: str) -> Response:
        """Open the form of one part, filled with what is drafted."""
        sketch = await self._database.read(planner.opened, call, draft)
        return sheets.form("challenges", draft, part, sheet.answers(sketch))

    @action(role=Role.MODERATOR)
    async def words(
        self,
        call: Call,
        draft: str,
        name: Annotated[str, fields.Text(max_chars=MAX_TITLE_CHARS)],
        about: Annotated[
            str | None, fields.Text(max_chars=MAX_ABOUT_CHARS, multiline=True)
        ] = None,
        reward: Annotated[
            str | None, fields.Text(max_chars=MAX_REWARD_CHARS, multiline=True)
        ] = None,
    ) -> Response:
        """Draft what it is called, what it is for, and what is promised at its end."""

        def change(terms: Terms) -> Terms:
            named = replace(terms, title=name, about=about or "")
            return replace(named, reward=reward or "")

        return await self._changed(call, draft, change)

    @action(role=Role.MODERATOR)
    async def dates(
        self,
        call: Call,
        draft: str,
        starts_on: Annotated[date, fields.Date()],
        days: Annotated[int, fields.Integer(minimum=1, maximum=MAX_DAYS)],
        prompt_at: Annotated[time, fields.Time()],
        remind_at: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Draft when it runs, when it asks, and when it reminds."""

        def change(terms: Terms) -> Terms:
            dated = replace(terms, starts_on=starts_on, days=days)
            return replace(dated, prompt_at=prompt_at, remind_at=remind_at)

        return await self._changed(call, draft, change, "starts_on", "days")

    @action(role=Role.MODERATOR)
    async def prompts(
        self,
        call: Call,
        draft: str,
        prompts: Annotated[
            str | None, fields.Text(max_chars=MAX_PROMPTS_CHARS, multiline=True)
        ] = None,
    ) -> Response:
        """Draft what is asked on each day."""
        return await self._changed(
            call, draft, lambda terms: drafting.with_prompts(terms, prompts or "")
        )

    @action(role=Role.MODERATOR)
    async def points(  # noqa: PLR0913, PLR0917  five questions, as a form has
        self,
        call: Call,
        draft: str,
        per_day: Annotated[int, fields.Integer(maximum=MAX_POINTS)],
        streak_every: Annotated[int, fields.Integer(maximum=MAX_DAYS)],
        streak_bonus: Annotated[int, fields.Integer(maximum=MAX_POINTS)],
        judged: Annotated[int, fields.Integer(maximum=MAX_POINTS)],
        cap: Annotated[int | None, fields.Integer(minimum=1, maximum=MAX_CAP)] = None,
    ) -> Response:
        """Draft what counts for how much."""
        scoring = Scoring(per_day, streak_every, streak_bonus, cap, judged)
        return await self._changed(
            call,
            draft,
            lambda terms: replace(terms, scoring=scoring),
            "per_day",
            "streak_every",
            "streak_bonus",
        )

    @action(role=Role.MODERATOR)
    async def grace(
        self,
        call: Call,
        draft: str,
        grace_days: Annotated[int, fields.Integer(maximum=MAX_GRACE_DAYS)],
        catch_up: Annotated[bool, fields.YesNo()],
    ) -> Response:
        """Draft what becomes of a day that is missed."""
        return await self._changed(
            call,
            draft,
            lambda terms: replace(terms, grace_days=grace_days, catch_up=catch_up),
        )

    @action(role=Role.MODERATOR)
    async def proof(
        self,
        call: Call,
        draft: str,
        proof: Annotated[str, fields.Choice(options=tuple(Proof))],
        review: Annotated[str, fields.Choice(options=tuple(Review))],
        sample_percent: Annotated[int, fields.Integer(minimum=1, maximum=100)],
    ) -> Response:
        """Draft what a check-in carries, and which are looked at."""

        def change(terms: Terms) -> Terms:
            kinds = replace(terms, proof=Proof(proof), review=Review(review))
            return replace(kinds, sample_percent=sample_percent)

        return await self._changed(call, draft, change, "review")

    @action(role=Role.MODERATOR)
    async def teams(
        self,
        call: Call,
        draft: str,
        teams: Annotated[bool, fields.YesNo()],
        team_min: Annotated[int, fields.Integer(minimum=1, maximum=MAX_TEAM)],
        team_max: Annotated[int, fields.Integer(minimum=1, maximum=MAX_TEAM)],
    ) -> Response:
        """Draft whether people can join in teams, and how large those are."""

        def change(terms: Terms) -> Terms:
            sized = replace(terms, team_min=team_min, team_max=team_max)
            return replace(sized, teams=teams)

        return await self._changed(call, draft, change, "team_max")

    @action(role=Role.MODERATOR)
    async def place(
        self,
        call: Call,
        draft: str,
        channel: Annotated[ChannelRef, fields.Channel()],
        thread: Annotated[bool, fields.YesNo()],
    ) -> Response:
        """Draft where everything is said."""
        planner.here(call, channel)
        return await self._changed(
            call, draft, lambda terms: replace(terms, channel=channel, thread=thread)
        )

    @action(role=Role.MODERATOR)
    async def preview(self, call: Call, draft: str) -> Response:
        """Show what everybody would read."""
        sketch = await self._database.read(planner.opened, call, draft)
        return Replace(rehearsal.preview(draft, sketch.draft.terms))

    @action(role=Role.MODERATOR)
    async def rehearse(self, call: Call, draft: str, day: int, done: str) -> Response:
        """Play a day of the course, and all of them one by one."""
        sketch = await self._database.read(planner.opened, call, draft)
        terms = sketch.draft.terms
        step = Step.read(terms, day, done)
        return Replace(rehearsal.play(draft, terms, step))

    @action(role=Role.MODERATOR)
    async def back(self, call: Call, draft: str) -> Response:
        """Show the sheet again."""
        sketch = await self._database.read(planner.opened, call, draft)
        return Replace(sheet.sheet(sketch))

    @action(role=Role.MODERATOR)
    async def save(self, call: Call, draft: str) -> Response:
        """Put the draft in force, unless somebody was faster."""
        done = await self._database.write(planner.save, call, draft)
        if isinstance(done, Overtaken):
            return Replace(sheet.overtaken(done))
        return Replace(sheet.saved(done))

    @action(role=Role.MODERATOR)
    async def drop(self, call: Call, draft: str) -> Response:
        """Forget the draft."""
        await self._database.write(planner.drop, call, draft)
        return Replace(cards.note("challenges.dropped"))

    @action(role=Role.MODERATOR)
    async def restart(self, call: Call, draft: str) -> Response:
        """Begin anew with what is in force."""
        fresh = await self._database.write(planner.restart, call, draft)
        return Replace(sheet.sheet(fresh))

    async def _changed(
        self, call: Call, draft: str, change: Callable[[Terms], Terms], *asked: str
    ) -> Response:
        """Draft ``change``, unless what is ``asked`` in its form does not go together.

        What does not go with the answers of another form is said when it is saved.
        """
        sketch = await self._database.write(planner.change, call, draft, change, asked)
        return Replace(sheet.sheet(sketch))
