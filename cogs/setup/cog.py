"""``/laurel setup``: the sheet on which admins choose how Laurel works."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from functools import partial
from typing import Annotated

from bot.chat import fields, sheets, zones
from bot.chat.clip import clip
from bot.chat.fields import Suggestion
from bot.chat.message import Message
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from bot.chat.text import Phrase, phrase
from bot.domain.community import Community, Member, Rhythm
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, RoleRef
from bot.domain.shoutouts import MAX_REASON_CHARS, Given, Shoutout
from cogs.setup import cards, choices, service
from cogs.setup.choices import (
    MAX_ESCALATE_D,
    MAX_REMIND_D,
    MAX_VALUES_CHARS,
    Chosen,
    Limits,
)
from cogs.setup.service import Draft, Overtaken
from storage.database import Database, Transaction

Announce = Callable[[Transaction, Community, Given], Message]
"""Draws the public post of a shoutout, in the words that are in force."""

SayIn = Callable[[Phrase, str], str]
"""Says a phrase as plain text in a language, by its tag."""


class SetupCog:
    """A community's settings, changed in parts and saved at once."""

    def __init__(
        self,
        database: Database,
        languages: Sequence[str],
        announce: Announce,
        say_in: SayIn,
    ) -> None:
        self._database = database
        self._languages = tuple(languages)
        self._announce = announce
        self._say_in = say_in

    @command("laurel setup", role=Role.ADMIN)
    async def setup(self, call: Call) -> Response:
        """Show what is in force, as a draft of the admin's own."""
        return Say(cards.sheet(await self._database.write(service.begin, call)))

    @action(role=Role.ADMIN)
    async def change(self, call: Call, draft: str, part: str) -> Response:
        """Open the form of one part, filled with what is drafted."""
        standing = await self._database.read(service.opened, call, draft)
        return sheets.form("setup", draft, part, _answers(standing.now))

    @action(role=Role.ADMIN)
    async def places(
        self,
        call: Call,
        draft: str,
        wall: Annotated[ChannelRef | None, fields.Channel()] = None,
        moderators: Annotated[ChannelRef | None, fields.Channel()] = None,
    ) -> Response:
        """Draft where shoutouts are posted and where moderators are told things."""
        choices.check_place(wall, call.community, "wall")
        choices.check_place(moderators, call.community, "moderators")
        edit = partial(choices.with_places, wall=wall, moderators=moderators)
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def language(
        self,
        call: Call,
        draft: str,
        tongue: Annotated[str, fields.Choice(lookup="setup.languages")],
        zone: Annotated[str, fields.Choice(lookup="setup.zones")],
        city: Annotated[str | None, fields.Text(max_chars=60)] = None,
    ) -> Response:
        """Draft the language of public posts and the community's zone.

        A city that is typed wins: a form's list is too short for every zone.
        """
        if tongue not in self._languages:
            raise RuleError("common.answer-unknown", "tongue")
        typed, at = (city, "city") if city else (zone, "zone")
        found = zones.resolve(typed, at)
        edit = partial(choices.with_language, locale=tongue, zone=found)
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def values(
        self,
        call: Call,
        draft: str,
        labels: Annotated[
            str | None, fields.Text(max_chars=MAX_VALUES_CHARS, multiline=True)
        ] = None,
    ) -> Response:
        """Draft what can be chosen as the value that a shoutout shows."""
        values = choices.value_labels(labels or "")
        edit = partial(choices.with_values, values=values)
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def limits(  # noqa: PLR0913, PLR0917  five questions, as a form has
        self,
        call: Call,
        draft: str,
        allowance: Annotated[int, fields.Integer(minimum=1, maximum=100)],
        cooldown: Annotated[int, fields.Integer(maximum=720)],
        undo: Annotated[int, fields.Integer(maximum=1_440)],
        shortest: Annotated[int, fields.Integer(minimum=1, maximum=MAX_REASON_CHARS)],
        longest: Annotated[int, fields.Integer(minimum=1, maximum=MAX_REASON_CHARS)],
    ) -> Response:
        """Draft how much can be given, and how long a reason is."""
        limits = Limits(allowance, cooldown, undo, shortest, longest)
        edit = partial(choices.with_limits, limits=limits)
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def roles(
        self,
        call: Call,
        draft: str,
        role: Annotated[RoleRef, fields.Role()],
        allowance: Annotated[int | None, fields.Integer(minimum=1, maximum=100)] = None,
    ) -> Response:
        """Draft what holders of one of the platform's roles may give."""
        if role.community != call.community:
            raise RuleError("setup.refused-role", "role")
        edit = partial(choices.with_role, role=role, per_day=allowance)
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def recaps(
        self,
        call: Call,
        draft: str,
        often: Annotated[str, fields.Choice(options=tuple(Rhythm))],
        weekday: Annotated[str, fields.Choice(options=tuple("0123456"))],
        at: Annotated[time, fields.Time()],
    ) -> Response:
        """Draft how often there is a recap, on which day of the week and when."""
        edit = partial(
            choices.with_recaps, rhythm=Rhythm(often), weekday=int(weekday), at=at
        )
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def quiet(
        self,
        call: Call,
        draft: str,
        since: Annotated[time | None, fields.Time()] = None,
        until: Annotated[time | None, fields.Time()] = None,
    ) -> Response:
        """Draft the hours in which nothing is said that can wait."""
        edit = partial(choices.with_quiet, since=since, until=until)
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def patience(
        self,
        call: Call,
        draft: str,
        remind: Annotated[int, fields.Integer(minimum=1, maximum=MAX_REMIND_D)],
        escalate: Annotated[int, fields.Integer(minimum=2, maximum=MAX_ESCALATE_D)],
    ) -> Response:
        """Draft after how many days of waiting somebody is reminded, and steps in."""
        edit = partial(
            choices.with_patience, remind_after_d=remind, escalate_after_d=escalate
        )
        return await self._edited(call, draft, edit)

    @action(role=Role.ADMIN)
    async def test_post(self, call: Call, draft: str) -> Response:
        """Show, to the admin alone, a shoutout as the wall would show it."""
        return Say(await self._database.read(self._tested, call, draft))

    @action(role=Role.ADMIN)
    async def save(self, call: Call, draft: str) -> Response:
        """Put the draft in force, unless somebody was faster."""
        done = await self._database.write(service.save, call, draft)
        if isinstance(done, Overtaken):
            return Replace(cards.overtaken(done))
        return Replace(cards.saved(done))

    @action(role=Role.ADMIN)
    async def cancel(self, call: Call, draft: str) -> Response:
        """Drop the draft."""
        await self._database.write(service.cancel, call, draft)
        return Replace(cards.cancelled())

    @action(role=Role.ADMIN)
    async def restart(self, call: Call, draft: str) -> Response:
        """Drop the draft and begin anew with what is in force."""
        fresh = await self._database.write(service.restart, call, draft)
        return Replace(cards.sheet(fresh))

    @lookup("setup.languages")
    async def languages(self, _call: Call, _typed: str) -> Sequence[Suggestion]:
        """Return the languages that Laurel speaks; so few need no search."""
        return [Suggestion(tag, cards.language_name(tag)) for tag in self._languages]

    @lookup("setup.zones")
    async def zones(self, call: Call, typed: str) -> Sequence[Suggestion]:
        """Return the time zones that fit what is typed, each with its time now."""
        current = await self._database.read(service.current_zone, call)
        return zones.suggest(typed, (current,), call.at)

    async def _edited(
        self, call: Call, draft: str, edit: Callable[[Chosen], Chosen]
    ) -> Response:
        changed: Draft = await self._database.write(service.change, call, draft, edit)
        return Replace(cards.sheet(changed))

    def _tested(self, tx: Transaction, call: Call, draft: str) -> Message:
        tried = service.tried(tx, call, draft)
        given = self._sample(tried.chosen, tried.admin, call)
        sample = self._announce(tx, tried.community, given)
        return cards.test_post(tried.community.settings, sample)

    def _sample(self, chosen: Chosen, admin: Member, call: Call) -> Given:
        settings = chosen.settings
        words = self._say_in(phrase("setup.sample"), settings.locale)
        shoutout = Shoutout(
            giver=admin,
            receivers=(admin,),
            reason=clip(words, settings.reason_max_chars),
            value=None,
            private=False,
            given_at=call.at,
        )
        return Given(0, shoutout, next(iter(chosen.values), None))


def _answers(chosen: Chosen) -> Mapping[str, Mapping[str, object]]:
    """Return what is drafted as answers to each part's form."""
    settings = chosen.settings
    return {
        cards.PLACES: {"wall": settings.wall, "moderators": settings.moderators},
        cards.LANGUAGE: {"tongue": settings.locale, "zone": settings.zone.key},
        cards.VALUES: {"labels": "\n".join(chosen.values) or None},
        cards.LIMITS: {
            "allowance": settings.allowance_per_day,
            "cooldown": settings.pair_cooldown_h,
            "undo": settings.undo_minutes,
            "shortest": settings.reason_min_chars,
            "longest": settings.reason_max_chars,
        },
        cards.ROLES: {},
        cards.RECAPS: {
            "often": settings.recaps,
            "weekday": str(settings.recaps_weekday),
            "at": settings.recaps_at,
        },
        cards.QUIET: {
            "since": settings.quiet.since if settings.quiet else None,
            "until": settings.quiet.until if settings.quiet else None,
        },
        cards.PATIENCE: {
            "remind": settings.remind_after_d,
            "escalate": settings.escalate_after_d,
        },
    }
