"""Who may make challenges, open them and call them off."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from functools import partial

from bot.chat.clip import clip
from bot.chat.message import Action
from bot.domain.challenges import MAX_TITLE_CHARS, State, Terms
from bot.domain.refs import ChannelRef
from storage import communities, members
from storage.challenges import book
from storage.challenges.book import Act
from storage.database import Transaction
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
from tests.harness import COMMUNITY as HOME

OF_THIS_COMMUNITY = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="challenges.refused-gone",
)
"""What acts on a challenge, which is nothing in another community."""

SEEN_HERE = each(stranger="challenges.refused-gone")


async def _drafted(scene: Scene) -> Mapping[str, int | str]:
    """Have the moderator draft a challenge."""
    home, moderator = scene.home, scene.names["moderator"]
    sheet = await home.type(moderator, "challenge create", template="blank")
    draft = str(next(sheet.message.actions()).args[0])
    title = await home.database.read(_title, scene)
    words = Action("challenges.words", (draft,))
    given = {"name": title, "about": SECRET, "reward": SECRET}
    await home.do(home.call(moderator), words, given)
    return {"challenge_draft": draft}


def _title(tx: Transaction, scene: Scene) -> str:
    """Return a title that no other challenge has, however long people's names are."""
    row = tx.one("SELECT count(*) AS count FROM challenges")
    number = row["count"] if row else 0
    return clip(f"{number} {SECRET} {scene.names['moderator']}", MAX_TITLE_CHARS)


async def _made(scene: Scene, *, state: State = State.DRAFT) -> Mapping[str, int | str]:
    """Have there be a challenge."""
    return await scene.home.database.write(_make, scene, state)


def _make(tx: Transaction, scene: Scene, state: State) -> Mapping[str, int | str]:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    by = Act(
        members.meet(tx, here, home.person(scene.names["moderator"]), now), "", now
    )
    made = next(iter(book.listed(tx, here, (state,))), None)
    if made is None:
        made = book.create(tx, here, _terms(_title(tx, scene), scene), by)
    if made.state is not state:
        made = book.move(tx, here, made, state, by)
    return {"challenge": made.id}


def _terms(title: str, scene: Scene) -> Terms:
    return Terms(
        number=1,
        title=title,
        about=SECRET,
        starts_on=scene.home.clock().date() + timedelta(days=90),
        days=7,
        prompt_at=time(9),
        prompts=(SECRET,),
        channel=ChannelRef(HOME, "wall"),
        teams=True,
        reward=SECRET,
    )


_open = partial(_made, state=State.OPEN)


async def _ending(scene: Scene) -> Mapping[str, int | str]:
    """Have the moderator be asked whether to call one off."""
    made = await _open(scene)
    home, moderator = scene.home, scene.names["moderator"]
    asked = await home.type(
        moderator, "challenge call-off", which=str(made["challenge"]), why=SECRET
    )
    return {"ending": str(next(asked.message.actions()).args[0])}


def _which(scene: Scene) -> str:
    return str(scene.named("challenge"))


def _part(route: str, **answers: object) -> Row:
    """Return the row of one part of a sheet."""
    does = send(f"challenges.{route}", "challenge_draft", **answers)
    return Row(does, WORDS_OF_MODERATOR, stage=_drafted)


def _pressed(route: str, *carried: str) -> Row:
    """Return the row of a button of a sheet."""
    does = press(f"challenges.{route}", "challenge_draft", *carried)
    return Row(does, WORDS_OF_MODERATOR, stage=_drafted)


_DATES = {"starts_on": date(2026, 12, 7), "days": 7, "prompt_at": time(9)}
_POINTS = {"per_day": 1, "streak_every": 0, "streak_bonus": 0, "judged": 0}
_PROOF = {"proof": "link", "review": "sample", "sample_percent": 10}

CHALLENGES: Mapping[str, Row] = {
    "challenges.create": Row(send("challenges.create", template="creator"), MODERATORS),
    "challenges.edit": Row(
        send("challenges.edit", which=_which), OF_THIS_COMMUNITY, stage=_made
    ),
    "challenges.edit-it": Row(
        press("challenges.edit-it", "challenge"), OF_THIS_COMMUNITY, stage=_open
    ),
    "challenges.open": Row(
        send("challenges.open", which=_which), OF_THIS_COMMUNITY, stage=_made
    ),
    "challenges.open-it": Row(
        press("challenges.open-it", "challenge"), OF_THIS_COMMUNITY, stage=_made
    ),
    "challenges.planning": Row(
        press("challenges.planning", "challenge"), OF_THIS_COMMUNITY, stage=_made
    ),
    "challenges.plan-it": Row(
        send("challenges.plan-it", "challenge", opens_on=date(2026, 5, 4)),
        OF_THIS_COMMUNITY,
        stage=_made,
    ),
    "challenges.unplan": Row(
        press("challenges.unplan", "challenge"), OF_THIS_COMMUNITY, stage=_made
    ),
    "challenges.listed": Row(send("challenges.listed"), EVERYBODY, stage=_open),
    "challenges.look": Row(
        press("challenges.look", "challenge"), SEEN_HERE, stage=_open
    ),
    "challenges.call-off": Row(
        send("challenges.call-off", which=_which, why="No time"),
        OF_THIS_COMMUNITY,
        stage=_open,
    ),
    "challenges.end-it": Row(
        press("challenges.end-it", "ending"), WORDS_OF_MODERATOR, stage=_ending
    ),
    # Leaving what is not one's own leaves it as well.
    "challenges.leave": Row(
        press("challenges.leave", "ending"), MODERATORS, stage=_ending
    ),
    "challenges.change": _pressed("change", "prompts"),
    "challenges.words": _part("words", name="A week", about="Of making."),
    "challenges.dates": _part("dates", **_DATES),
    "challenges.prompts": _part("prompts", prompts="Begin\nGo on"),
    "challenges.points": _part("points", **_POINTS),
    "challenges.grace": _part("grace", grace_days=1, catch_up=True),
    "challenges.proof": _part("proof", **_PROOF),
    "challenges.teams": _part("teams", teams=True, team_min=2, team_max=4),
    "challenges.place": Row(
        send(
            "challenges.place",
            "challenge_draft",
            channel=ChannelRef(HOME, "wall"),
            thread=True,
        ),
        {**WORDS_OF_MODERATOR, "stranger": "challenges.refused-channel"},
        stage=_drafted,
    ),
    "challenges.preview": _pressed("preview"),
    "challenges.rehearse": _pressed("rehearse", "3", "3"),
    "challenges.back": _pressed("back"),
    "challenges.save": _pressed("save"),
    # Dropping what is not one's own drops nothing.
    "challenges.drop": Row(
        press("challenges.drop", "challenge_draft"), MODERATORS, stage=_drafted
    ),
    "challenges.restart": _pressed("restart"),
}
