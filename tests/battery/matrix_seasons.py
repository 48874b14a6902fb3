"""Who may start and end seasons, and who may see them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from bot.chat import wire
from bot.domain.recurrence import Rule
from storage import calendar, communities
from storage.boards import seasons
from storage.calendar import Plan
from storage.database import Transaction
from tests.battery.rows import (
    EVERYBODY,
    MODERATORS,
    SECRET,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)


async def _on(scene: Scene) -> Mapping[str, int | str]:
    """Have there be a season that has no end."""
    return {"season": await scene.home.database.write(_start, scene)}


def _start(tx: Transaction, scene: Scene) -> int:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    on = seasons.at(tx, here, now.date())
    name = f"{SECRET[:20]} {now:%m-%d}"
    return (on or seasons.start(tx, here, name, now.date(), None, now)).id


async def _planned(scene: Scene) -> Mapping[str, int | str]:
    """Have there be a season that begins some day."""
    return {"entry": await scene.home.database.write(_plan, scene)}


def _plan(tx: Transaction, scene: Scene) -> int:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    starts = datetime.combine(now.date() + timedelta(days=300), time())
    payload = wire.encode({"ahead": "seasons.ahead", "title": SECRET})
    rule = Rule(starts, here.settings.zone)
    return calendar.add(tx, here, Plan("seasons.begins", rule, payload), now).id


OF_THIS_COMMUNITY = each(
    "common.only-moderator", moderator=YES, admin=YES, stranger="seasons.refused-gone"
)

ONE_ON = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="seasons.refused-none-open",
)


def _which(scene: Scene) -> str:
    return str(scene.named("season"))


def _name(scene: Scene) -> str:
    return f"{scene.home.clock():%m-%d} {scene.shoutout}"


SEASONS: Mapping[str, Row] = {
    "seasons.start": Row(send("seasons.start", name=_name), MODERATORS, apart=True),
    "seasons.end": Row(send("seasons.end"), ONE_ON, stage=_on, apart=True),
    "seasons.listed": Row(send("seasons.listed"), EVERYBODY, stage=_on),
    "seasons.board": Row(
        send("seasons.board", which=_which),
        each(stranger="seasons.refused-unknown"),
        stage=_on,
    ),
    "seasons.call-off": Row(
        press("seasons.call-off", "entry"), OF_THIS_COMMUNITY, stage=_planned
    ),
}
