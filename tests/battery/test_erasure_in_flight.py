"""Somebody is erased, or hides, while a post that names them is on its way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import product
from pathlib import Path

import pytest

import bot.app
from bot.chat import wire
from bot.chat.message import Card, Message, say
from bot.chat.pictures import ShoutoutCard
from bot.chat.text import Quote, phrase
from bot.courier import Courier
from bot.domain.refs import MemberRef
from storage import communities, deliveries, members, outbox, set_aside
from storage.claiming import Settle
from storage.database import Transaction
from storage.delivery import Delivery
from storage.outbox import Parcel
from tests.battery.in_flight import Gate, Moment, Seen, seen
from tests.battery.size import FULL
from tests.battery.told import Tell
from tests.stories.conftest import PLATFORMS
from tests.stories.town import Person, Town

HERS = "for the seven lanterns that hang along the river"
EARLIER = "for carrying the long table over the bridge"
MET = "for knowing where the second key hangs, and for whom"
LATER = "for the soup that was still warm at midnight"

Deed = Callable[[Person], Awaitable[None]]


async def erased(person: Person) -> None:
    """Have somebody press the button and type the word."""
    card = await person.types("/laurel privacy")
    form = await person.presses("Erase my data", on=card)
    await person.fills_in(form, word="ERASE")


async def hidden(person: Person) -> None:
    """Have somebody be thanked in private from now on."""
    card = await person.types("/laurel privacy")
    await person.presses("Private", on=card)


DEEDS: Mapping[str, Deed] = {"erased": erased, "hidden": hidden}
NAMES = {"giver": "Ana", "receiver": "Bo"}


@dataclass(frozen=True, slots=True)
class Case:
    """What is on its way, where it is by then, and who does what.

    Attributes:
        what: ``post``, ``edit``, ``thread`` or ``picture``.
    """

    platform: str
    what: str
    moment: Moment
    who: str = "receiver"
    deed: str = "erased"

    def __str__(self) -> str:
        words = (self.platform, self.what, self.moment.name, self.who, self.deed)
        return "-".join(words).lower()


def _cases() -> Iterator[Case]:
    """Yield all there are; when in a hurry, on each platform others of them."""
    edits = set(Moment) - {Moment.REFUSED}
    found = [
        *product(("post",), Moment, NAMES, ("erased",)),
        *product(("post",), Moment, ("receiver",), ("hidden",)),
        *product(("edit",), sorted(edits), NAMES, ("erased",)),
        *product(("thread",), Moment, ("receiver",), ("erased",)),
        ("picture", Moment.BEFORE, "receiver", "erased"),
    ]
    for number, (what, moment, who, deed) in enumerate(found):
        for platform in sorted(PLATFORMS):
            if FULL or _is_turn_of(platform, number):
                yield Case(platform, what, moment, who, deed)


def _is_turn_of(platform: str, number: int) -> bool:
    """Return whether it is: of every second case, each platform has a third."""
    turn = 2 * sorted(PLATFORMS).index(platform)
    return number % (2 * len(PLATFORMS)) == turn


async def thank(town: Town, giver: str, to: str, why: str) -> None:
    """Have somebody thank somebody."""
    receivers = [town.person(to)]
    receipt = await town.person(giver).types("/shoutout", to=receivers, why=why)
    assert not receipt.errors


@dataclass(frozen=True)
class Scene:
    """A town in which a post is on its way."""

    here: Seen
    case: Case

    async def sets_off(self) -> None:
        """Have the post be sent, or drawn anew, that names whom it is about."""
        match self.case.what:
            case "post":
                await thank(self.here.town, "Ana", "Bo", HERS)
            case "edit":
                await self.here.laurel.database.write(self._redraw)
            case _:
                await self.here.laurel.database.write(self._put)

    def _redraw(self, tx: Transaction) -> None:
        here = communities.get(tx, self.here.ref)
        assert outbox.redraw(tx, here, wall_key(tx, HERS), self.here.now())

    def _put(self, tx: Transaction) -> None:
        """Put a post that names the receiver and no more, under one that stands."""
        here, ref = communities.get(tx, self.here.ref), self.here.member("Bo")
        bo = members.find(tx, here, ref, self.here.now())
        assert bo is not None
        assert here.settings.wall is not None
        pictured = self.case.what == "picture"
        parcel = Parcel(
            to=here.settings.wall,
            key=f"shoutouts:about:{bo.key}",
            body=wire.encode(about(ref, pictured=pictured)),
            names=(bo.key,),
            call="call",
            under=None if pictured else wall_key(tx, EARLIER),
        )
        outbox.put(tx, here, parcel, self.here.now())

    async def replayed(self) -> None:
        """Have what was set aside be tried again."""

        def again(tx: Transaction) -> None:
            here = communities.get(tx, self.here.ref)
            for each in set_aside.parked(tx, here, 10):
                set_aside.replay(tx, here, each.id, self.here.now())

        await self.here.laurel.database.write(again)
        await self.here.still()

    async def plays(self) -> None:
        """Have it all happen."""
        here, case = self.here, self.case
        town, person = here.town, here.town.person(NAMES[case.who])
        await thank(town, "Chidi", "Dana", EARLIER)
        if case.deed == "erased":  # who only hides lets stand what stands
            await thank(town, "Chidi", "Bo", MET)
        if case.what == "edit":
            await thank(town, "Ana", "Bo", HERS)
        gate = Gate(here.adapter)
        request = "edit" if case.what == "edit" else "post"
        drawing = case.what == "picture"
        holding = (
            gate.drawing(here.laurel.couriers[0])
            if drawing
            else gate.holding(request, case.moment)
        )
        with here.unsettled(), holding:
            await self.sets_off()
            await gate.held.wait()
            await thank(town, "Chidi", "Farid", LATER)
            await DEEDS[case.deed](person)
        await here.still()
        if case.moment is Moment.REFUSED:
            await self.replayed()

    async def wrong(self) -> list[str]:
        """Return what stands of who is gone, and what does not of the others."""
        town, public = self.here.town, await self.here.public()
        found = self.here.traces(town.person(NAMES[self.case.who]), public)
        if self.case.deed == "erased" and HERS in public:
            found.append("their words")
        wall = "\n".join(await town.wall())
        for each in (EARLIER, LATER):
            if wall.count(each) != 1:
                found.append(f"{wall.count(each)} x {each}")
        return [*found, *await town.flaws()]


def wall_key(tx: Transaction, why: str) -> str:
    """Return the key of the post of a shoutout that gives that reason."""
    sql = (
        "SELECT s.id FROM shoutouts AS s JOIN words AS w ON w.id = s.words "
        "WHERE w.body = :why"
    )
    return f"shoutouts:wall:{tx.all(sql, why=why)[0]['id']}"


def about(ref: MemberRef, *, pictured: bool) -> Message:
    """Return a message about somebody, with a picture of it or without."""
    words = phrase("shoutouts.quoted", reason=Quote(HERS))
    title = phrase("shoutouts.card", receivers=(ref,))
    drawn = ShoutoutCard(phrase("shoutouts.picture-title"), (ref,), Quote(HERS))
    picture = drawn.picture(words) if pictured else None
    return say(Card(title=title, body=(words,), picture=picture))


@pytest.mark.parametrize("case", list(_cases()), ids=str)
async def test_nobody_is_named_who_is_gone(
    tmp_path: Path, case: Case, tell: Tell
) -> None:
    """Wherever the request is: it comes down, or is drawn anew, and stays so."""
    async with PLATFORMS[case.platform](tmp_path) as town:
        scene = Scene(seen(town), case)
        await scene.plays()
        found = await scene.wrong()
        await town.sleeps(minutes=10)
        await scene.here.still()
        found += await scene.wrong()
    tell("P22", f"{case.deed} in mid-delivery, still standing", len(found), most=0)
    assert [] == found


class Forgetful(Courier):
    """Planted: what is to come down counts as never posted where no answer came."""

    async def _resolve(
        self, head: Delivery, since: datetime, now: datetime
    ) -> Settle | None:
        if head.gone:
            return partial(deliveries.taken_down, delivery=head)
        return await super()._resolve(head, since, now)


@pytest.mark.parametrize("platform", PLATFORMS if FULL else ["playground"])
async def test_who_is_still_named_would_be_found(
    tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: nobody looks for what may stand, since it is to come down anyway."""
    monkeypatch.setattr(bot.app, "Courier", Forgetful)
    async with PLATFORMS[platform](tmp_path) as town:
        scene = Scene(seen(town), Case(platform, "thread", Moment.LOST))
        await scene.plays()
        assert "their words" in await scene.wrong()
