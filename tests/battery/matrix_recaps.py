"""Who may do what with recaps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.chat.message import Action
from bot.domain.people import Person
from bot.domain.recap import Period
from cogs.recaps import posting
from cogs.recaps.schedule import Planned
from storage import communities, recap_drafts, recaps
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
from tests.harness import Community

DRAFT = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="recaps.refused-withdrawn",
)
"""What acts on a draft, which all moderators share, and nobody elsewhere has."""

ASKED = each("common.unknown-button", receiver=YES)


async def _drafted(scene: Scene) -> Mapping[str, int | str]:
    """Have the moderators see a draft that tells of the receiver."""
    home, receiver = scene.home, scene.names["receiver"]
    await home.settings(moderators=home.channel("moderators"))
    for route, allowed in (("privacy.level", "public"), ("privacy.dms", 1)):
        await home.do(home.call(receiver), Action(route, (allowed,)), None)
    home.clock.move(seconds=1)
    # Each time another, so that nobody runs out of thanks.
    neighbour = f"Neighbour {len(home.platform.posts)}"
    to = (home.person(receiver),)
    done = await home.type(neighbour, "shoutout", to=to, why=SECRET)
    told = int(next(done.message.actions()).args[0])
    home.clock.move(seconds=1)
    return {**await home.database.write(_begin, home, told), "told": told}


def _begin(tx: Transaction, home: Community, told: int) -> Mapping[str, int | str]:
    here, now = communities.get(tx, home.ref), home.clock()
    posting.withdraw(tx, here, Period.WEEK, now)
    since = now - timedelta(seconds=2)
    planned = Planned(Period.WEEK, now + timedelta(days=1), since)
    posting.begin(tx, here, planned, now)
    kept = recap_drafts.drafted(tx, here, Period.WEEK)
    assert kept is not None
    assert told in recaps.highlights_of(tx, kept)
    return {"recap": kept.id, "version": kept.version}


async def _asked(scene: Scene) -> Mapping[str, int | str]:
    """Have the receiver be asked whether they would be in the series."""
    home, drafted = scene.home, await _drafted(scene)
    ask = Action("recaps.ask", tuple(drafted[n] for n in ("recap", "version", "told")))
    done = await home.do(home.call(scene.names["moderator"]), ask, None)
    assert not done.refused, done.text
    return drafted


async def _posted(scene: Scene) -> Mapping[str, int | str]:
    """Have a recap stand on the wall."""
    home, drafted = scene.home, await _drafted(scene)
    post = Action("recaps.post", (drafted["recap"], drafted["version"]))
    await home.do(home.call(scene.names["moderator"]), post, None)
    here = await home.database.read(communities.get, home.ref)
    last = await home.database.read(recaps.posted, here, None)
    assert last is not None
    return {"number": last.number or 0}


def _receiver(scene: Scene) -> tuple[Person, ...]:
    return (scene.home.person(scene.names["receiver"]),)


def _on_highlight(route: str) -> Row:
    return Row(press(route, "recap", "version", "told"), DRAFT, stage=_drafted)


def _on_draft(route: str, *, apart: bool = False) -> Row:
    does = press(route, "recap", "version")
    return Row(does, DRAFT, stage=_drafted, apart=apart)


def _writes(route: str) -> Row:
    does = send(route, "recap", "0", text="What a week that was.")
    return Row(does, DRAFT, stage=_drafted)


RECAPS: Mapping[str, Row] = {
    "recaps.last": Row(send("recaps.last"), EVERYBODY, stage=_posted, apart=True),
    "recaps.show": Row(
        press("recaps.show", "number"), EVERYBODY, stage=_posted, apart=True
    ),
    "recaps.thank": Row(press("recaps.thank"), EVERYBODY),
    "recaps.preview": Row(send("recaps.preview"), MODERATORS, stage=_drafted),
    "recaps.now": Row(
        send("recaps.now"),
        {**MODERATORS, "stranger": "recaps.refused-nothing"},
        stage=_drafted,
        apart=True,
    ),
    "recaps.post": _on_draft("recaps.post", apart=True),
    "recaps.skip": _on_draft("recaps.skip", apart=True),
    "recaps.anew": _on_draft("recaps.anew"),
    "recaps.up": _on_highlight("recaps.up"),
    "recaps.leave": _on_highlight("recaps.leave"),
    "recaps.ask": _on_highlight("recaps.ask"),
    # Who was asked says so, and nobody for them, however high they stand.
    "recaps.agree": Row(press("recaps.agree", "recap"), ASKED, stage=_asked),
    "recaps.decline": Row(press("recaps.decline", "recap"), ASKED, stage=_asked),
    "recaps.change": Row(
        press("recaps.change", "recap", "people"), DRAFT, stage=_drafted
    ),
    "recaps.opening": _writes("recaps.opening"),
    "recaps.word": _writes("recaps.word"),
    "recaps.people": Row(
        send("recaps.people", "recap", who=_receiver),
        {**DRAFT, "stranger": "common.answer-unknown"},
        stage=_drafted,
    ),
}
