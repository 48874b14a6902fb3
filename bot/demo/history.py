"""A quarter of history, played through the doors that members go through.

What it leaves in Laurel's tables and on the platform is what such a quarter would have
left: the same units wrote it, at the same instants.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random

from bot.adapters.playground.records import PLAYGROUND, Draft, said
from bot.adapters.playground.store import (
    Store,
    add_groups,
    add_messages,
    add_people,
    add_rooms,
)
from bot.chat.adapter import Dispatch
from bot.chat.responses import Ask, Call, Refuse, Replace, Response, Say
from bot.demo import awards, challenges, people, plans, talk, thanks
from bot.demo.challenges import Begin, CheckIn, Join
from bot.demo.clock import Held
from bot.demo.people import Town
from bot.demo.plans import Plan
from bot.demo.script import Chat, Give, Goodbye, Moment, Script, TakeBack
from bot.domain.community import ZoneChange
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from storage import activity, communities, members
from storage.activity import Fact
from storage.database import Database, Transaction

DAYS = 90
SEED = 20

_SHOUTOUT, _UNDO, _RETRACT = "shoutouts.shoutout", "shoutouts.undo", "shoutouts.retract"


class BrokenStoryError(Exception):
    """Laurel refused something in the story, so the story breaks a rule."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a story is played: a bot that runs, over files that are empty.

    Attributes:
        clock: What playground and courier tell the time by while it is played.

        run: The door into the cogs.

        settle: Waits until nothing that is due can be delivered any further.

        until: The instant at which the story ends.
    """

    database: Database
    store: Store
    clock: Held
    run: Dispatch
    settle: Callable[[], Awaitable[None]]
    until: datetime


def compose(town: Town, until: datetime, seed: int = SEED, days: int = DAYS) -> Script:
    """Return the story of ``days`` days that ``seed`` tells; the same each time."""
    rng = Random(seed)  # noqa: S311  a story, not a secret
    since = until - timedelta(days=days)
    settings = town.settings(CommunityRef(PLAYGROUND, ""))
    chats = tuple(talk.chats(rng, town, since, until))
    moments = [
        *thanks.moments(rng, town, settings, days, until),
        *challenges.steps(town, until),
    ]
    return Script(
        town,
        since,
        until,
        chats=chats,
        moments=tuple(sorted(moments, key=lambda moment: moment.at)),
        plans=tuple(plans.plans(rng, town, until)),
        awards=tuple(awards.awards(town, until)),
    )


async def seed(stage: Stage) -> None:
    """Fill the playground and Laurel with the community's last quarter.

    Raises:
        BrokenStoryError: If Laurel refuses anything; then the files are no good.
    """
    await play(compose(people.load(), stage.until), stage)


async def play(script: Script, stage: Stage) -> None:
    """Play ``script`` on ``stage``, and leave the clock at its end.

    Raises:
        BrokenStoryError: See `seed`.
    """
    town, home = script.town, stage.store.community
    stage.clock.at = script.since
    residents = [maker.resident(home, script.until) for maker in town.people.values()]
    await stage.store.database.write(add_groups, home, town.groups)
    await stage.store.database.write(add_people, residents)
    await stage.store.database.write(add_rooms, town.places(home))
    values = await stage.database.write(_settle_in, script, home)
    telling = _Telling(script, stage, values, {})
    for scene in script.scenes():
        await telling.play(scene)
    # Written last, so that everything up to here is history that everybody has read.
    drafts = [_draft(chat, home) for chat in script.chats]
    await stage.store.database.write(add_messages, drafts)
    stage.clock.at = script.until
    await stage.database.write(_plan_recaps, home, script.until)
    for plan in script.plans:
        await telling.plan(plan)
    makers = town.people.items()
    everybody = {id_: maker.person(home, script.until) for id_, maker in makers}
    for award in script.awards:
        await awards.play(award, telling.does, everybody)
    await stage.settle()


@dataclass(frozen=True, slots=True)
class _Telling:
    """A story that is being played.

    Attributes:
        values: Ids of the value tags, as forms carry them, by label.

        kept: Laurel's own ids of the shoutouts, by the story's.

        count: Numbers what is done when it ends.
    """

    script: Script
    stage: Stage
    values: Mapping[str, str]
    kept: dict[str, str]
    count: Iterator[int] = field(default_factory=count)

    async def play(self, scene: Sequence[Moment]) -> None:
        """Play moments that do not build on each other, then let each be delivered.

        They are recorded in shared commits, each at its own instant; the clock goes
        through these instants one by one, so that each post carries its own as well.
        """
        first, *later = scene
        self.stage.clock.at = first.at
        await self.stage.database.write(_look_again)
        await self.stage.settle()
        _ = await asyncio.gather(*map(self._enact, scene))
        await self.stage.settle()
        for moment in later:
            self.stage.clock.at = moment.at
            await self.stage.database.write(_look_again)
            await self.stage.settle()

    async def plan(self, plan: Plan) -> None:
        """Put something on the calendar, by one form after the other."""
        room = ChannelRef(self.stage.store.community, plan.room)
        first = {"on": plan.on, "at": plan.at, "name": plan.title}
        how = {"repeat": plan.repeat, "kind": plan.kind}
        sheet = await self.does(plan.by, "calendar.add", **first, **how)
        draft = str(next(sheet.message.actions()).args[0])
        words = {"name": plan.title, "about": plan.about}
        await self.does(plan.by, "calendar.words", draft, **words)
        place = {"channel": room, "lasts": plan.lasts}
        await self.does(plan.by, "calendar.place", draft, **place)
        await self.does(plan.by, "calendar.save", draft)

    async def does(
        self, by: str, route: str, *args: str | int, **answers: object
    ) -> Say | Replace:
        """Have somebody use a route now, and a form that it opens."""
        at = min(self.stage.clock.at, self.script.until)
        call = self._call(by, at, f"{route}:{next(self.count)}")
        given = tuple(map(str, args))
        response = await self.stage.run(route, call, given, answers or None)
        if isinstance(response, Ask):
            form, held = response.action, {**answers, **response.draft}
            return await self.does(by, form.route, *form.args, **held)
        return _accepted(response, f"{by} at {route}")

    async def _enact(self, moment: Moment) -> None:
        match moment:
            case Give():
                await self._give(moment)
            case TakeBack(why=None):
                call = self._call(moment.by, moment.at, f"{moment.give}:undo")
                args = (self.kept[moment.give],)
                _accepted(await self.stage.run(_UNDO, call, args, None), moment)
            case TakeBack():
                call = self._call(moment.by, moment.at, f"{moment.give}:retract")
                answers = {"which": self.kept[moment.give], "why": moment.why}
                _accepted(await self.stage.run(_RETRACT, call, (), answers), moment)
            case Begin() | Join() | CheckIn():
                await challenges.play(moment, self.does, self.stage.store.community)
            case Goodbye():
                home = self.stage.store.community
                await self.stage.database.write(_part, self.script, home, moment)
                maker = self.script.town.people[moment.who]
                gone = maker.resident(home, self.script.until, here=False)
                await self.stage.store.add_person(gone)

    async def _give(self, give: Give) -> None:
        makers, home = self.script.town.people, self.stage.store.community
        to = tuple(makers[who].person(home, self.script.until) for who in give.to)
        answers: dict[str, object] = {"to": to, "why": give.why}
        if give.value is not None:
            answers["value"] = self.values[give.value]
        if give.private:
            answers["private"] = True
        call = self._call(give.giver, give.at, give.id)
        receipt = _accepted(await self.stage.run(_SHOUTOUT, call, (), answers), give)
        undo = (a for a in receipt.message.actions() if a.route == _UNDO)
        self.kept[give.id] = str(next(undo).args[0])

    def _call(self, who: str, at: datetime, call: str) -> Call:
        maker, home = self.script.town.people[who], self.stage.store.community
        person = maker.person(home, self.script.until)
        return Call(call, person, ChannelRef(home, "general"), at, maker.locale)


def _accepted(response: Response, moment: Moment | str) -> Say | Replace:
    if isinstance(response, Say | Replace):
        return response
    refused = response.reason.key if isinstance(response, Refuse) else "asked again"
    raise BrokenStoryError(f"{refused}: {moment}")


def _settle_in(tx: Transaction, script: Script, home: CommunityRef) -> dict[str, str]:
    """Set the community up; return its value tags' ids, as forms carry them."""
    town, since = script.town, script.since
    settings = town.settings(home)
    community = communities.add(tx, home, settings, since)
    communities.change(tx, community, settings)
    communities.change_values(tx, community, town.values, since)
    for maker in town.people.values():
        if maker.bot or not maker.is_there(since, script.until):
            continue
        member = members.meet(tx, community, maker.person(home, script.until), since)
        if maker.privacy != member.privacy:
            members.prefer(tx, member, maker.privacy, previews=False)
        members.tell(tx, member, maker.about)
        if maker.zone != member.zone.key:
            own = ZoneChange(communities.zone_of(maker.zone), since)
            members.move(tx, member, own)
    return {tag.label: str(tag.id) for tag in communities.values(tx, community)}


def _plan_recaps(tx: Transaction, home: CommunityRef, at: datetime) -> None:
    """Have recaps come from now on, as if an admin had just saved the settings."""
    community = communities.get(tx, home)
    about = f"communities:{community.id}"
    fact = Fact("setup.saved", 0, None, 0, "demo", about)
    activity.add(tx, community, fact, at)


def _part(tx: Transaction, script: Script, home: CommunityRef, bye: Goodbye) -> None:
    person = script.town.people[bye.who].person(home, script.until, here=False)
    members.meet(tx, communities.get(tx, home), person, bye.at)


def _look_again(tx: Transaction) -> None:
    """Have everybody look at what the clock has made due."""
    tx.wake("outbox")
    tx.wake("calendar")


def _draft(chat: Chat, home: CommunityRef) -> Draft:
    room, author = ChannelRef(home, chat.room), MemberRef(home, chat.author)
    return Draft(room, author, said(chat.words), chat.at)
