"""Who may do what on the calendar."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import partial

from bot.chat.message import Action
from bot.domain.recurrence import Rule, zone_named
from bot.domain.refs import ChannelRef
from bot.domain.rrule import Freq, Pattern
from storage import communities, members, planning
from storage.database import Transaction
from storage.instants import to_ms
from storage.moments import MomentKind
from storage.planning import Edit, Wanted
from tests.battery.rows import (
    EVERYBODY,
    MODERATORS,
    SECRET,
    WORDS_OF_MODERATOR,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)

FOUR = time(16)

PLANNED = each(
    "common.only-moderator", moderator=YES, admin=YES, stranger="calendar.refused-gone"
)
"""What acts on an entry, which is nothing in another community."""


def _on(scene: Scene) -> date:
    """Return a day on which nothing falls due before everybody has tried."""
    return (scene.home.clock() + timedelta(days=60)).date()


def _wall(scene: Scene) -> ChannelRef:
    return scene.home.channel("wall")


async def _drafted(scene: Scene) -> Mapping[str, int | str]:
    """Have the moderator draft something."""
    home = scene.home
    given = {"on": _on(scene), "at": FOUR, "name": SECRET, "repeat": "weekly"}
    sheet = await home.type(scene.names["moderator"], "moment add", **given)
    return {"plan": str(next(sheet.message.actions()).args[0])}


async def _planned(scene: Scene) -> Mapping[str, int | str]:
    """Have the moderator put something on the calendar that repeats."""
    home, moderator = scene.home, scene.names["moderator"]
    plan = (await _drafted(scene))["plan"]
    done = await home.do(home.call(moderator), Action("calendar.save", (plan,)), None)
    assert not done.refused, done.text
    newest = await home.database.read(
        lambda tx: tx.one(
            "SELECT max(id) AS id FROM calendar_entries WHERE kind = 'calendar.moment'"
        )
    )
    assert newest is not None
    return {"entry": newest["id"], "day": _on(scene).isoformat()}


async def _aside(scene: Scene) -> Mapping[str, int | str]:
    """Have something have been set aside yesterday."""
    return await scene.home.database.write(_set_aside, scene)


def _set_aside(tx: Transaction, scene: Scene) -> Mapping[str, int | str]:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    start = (now - timedelta(days=1)).replace(tzinfo=None)
    rule = Rule(start, zone_named("UTC"), Pattern(Freq.WEEKLY))
    nothing = timedelta(0)
    wanted = Wanted(MomentKind.MOMENT, SECRET, "", None, nothing, rule)
    by = members.meet(tx, here, home.person(scene.names["moderator"]), now)
    entry = planning.add(tx, here, wanted, Edit(by, "", now)).entry
    day = start.date().isoformat()
    tx.run(
        "INSERT INTO occurrences (entry, day, slot, at, claimed_at, outcome, reason) "
        "VALUES (:entry, :day, 0, :at, :now, 'parked', 'OSError')",
        entry=entry,
        day=day,
        at=to_ms(now - timedelta(days=1)),
        now=to_ms(now),
    )
    return {"entry": entry, "day": day}


async def _pin(scene: Scene, route: str) -> Mapping[str, int | str]:
    """Have the calendar stand in the channel, or not."""
    home = scene.home
    await home.do(home.call(scene.names["moderator"]), Action(route), None)
    return {}


_unpinned = partial(_pin, route="calendar.unpin")
_pinned = partial(_pin, route="calendar.pin")


CALENDAR: Mapping[str, Row] = {
    "calendar.calendar": Row(send("calendar.calendar"), EVERYBODY, stage=_planned),
    "calendar.turn": Row(press("calendar.turn", "1"), EVERYBODY, stage=_planned),
    # A channel of another community may have the same id as one of this.
    "calendar.pin": Row(press("calendar.pin"), MODERATORS, stage=_unpinned),
    "calendar.unpin": Row(press("calendar.unpin"), MODERATORS, stage=_pinned),
    "calendar.aside": Row(press("calendar.aside"), MODERATORS, stage=_aside),
    # A stranger is told that it is gone, as whoever comes too late is.
    "calendar.again": Row(
        press("calendar.again", "entry", "day", "0"), MODERATORS, stage=_aside
    ),
    "calendar.own": Row(press("calendar.own"), EVERYBODY),
    "calendar.renew": Row(press("calendar.renew"), EVERYBODY),
    "calendar.ours": Row(press("calendar.ours"), MODERATORS),
    "calendar.renew-ours": Row(press("calendar.renew-ours"), MODERATORS),
    "calendar.add": Row(
        send("calendar.add", on=_on, at=FOUR, name="Show and tell"), MODERATORS
    ),
    "calendar.new": Row(press("calendar.new", "2026-08-07T16:00:00"), MODERATORS),
    "calendar.edit": Row(
        send("calendar.edit", which=lambda s: str(s.named("entry"))),
        PLANNED,
        stage=_planned,
    ),
    "calendar.cancel": Row(
        send("calendar.cancel", which=lambda s: str(s.named("entry"))),
        PLANNED,
        stage=_planned,
    ),
    "calendar.form": Row(
        press("calendar.form", "plan", "time"), WORDS_OF_MODERATOR, stage=_drafted
    ),
    "calendar.words": Row(
        send("calendar.words", "plan", name="Show and tell"),
        WORDS_OF_MODERATOR,
        stage=_drafted,
    ),
    "calendar.time": Row(
        send("calendar.time", "plan", on=_on, at=FOUR, city="Paris"),
        WORDS_OF_MODERATOR,
        stage=_drafted,
    ),
    "calendar.repeat": Row(
        send("calendar.repeat", "plan", how="daily"), WORDS_OF_MODERATOR, stage=_drafted
    ),
    "calendar.place": Row(
        send("calendar.place", "plan", channel=_wall),
        {**WORDS_OF_MODERATOR, "stranger": "calendar.refused-channel"},
        stage=_drafted,
    ),
    "calendar.become": Row(
        press("calendar.become", "plan", "week"), WORDS_OF_MODERATOR, stage=_drafted
    ),
    "calendar.put-back": Row(
        press("calendar.put-back", "plan", "2026-08-07"),
        WORDS_OF_MODERATOR,
        stage=_drafted,
    ),
    "calendar.save": Row(
        press("calendar.save", "plan"), WORDS_OF_MODERATOR, stage=_drafted
    ),
    # Dropping what is not one's own drops nothing.
    "calendar.drop": Row(press("calendar.drop", "plan"), MODERATORS, stage=_drafted),
    "calendar.skip": Row(
        press("calendar.skip", "entry", "day"), PLANNED, stage=_planned
    ),
    "calendar.another": Row(
        press("calendar.another", "entry"), PLANNED, stage=_planned
    ),
    "calendar.without": Row(
        send("calendar.without", "entry", on=_on), PLANNED, stage=_planned
    ),
    "calendar.take-off": Row(
        press("calendar.take-off", "entry"), PLANNED, stage=_planned
    ),
    "calendar.leave": Row(press("calendar.leave"), MODERATORS),
}
