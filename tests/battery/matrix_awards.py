"""Who may make awards, and who may read the rules."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from bot.chat.clip import clip
from bot.domain.awards import MAX_NAME_CHARS, AwardState, Standard
from bot.domain.refs import RoleRef
from storage import awards, communities, members
from storage.acts import Act
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
    "common.only-moderator", moderator=YES, admin=YES, stranger="awards.refused-gone"
)
"""What acts on an award, which is nothing in another community."""

READ_HERE = each(stranger="rules.refused-gone")


async def _drafted(scene: Scene) -> Mapping[str, int | str]:
    """Have the moderator draft an award."""
    home = scene.home
    moderator = scene.names["moderator"]
    sheet = await home.type(moderator, "award create", name=_name(scene))
    return {"award_draft": str(next(sheet.message.actions()).args[0])}


def _name(scene: Scene) -> str:
    """Return a name that no other award has, however long people's names are."""
    return clip(f"{SECRET} {scene.names['moderator']}", MAX_NAME_CHARS)


async def _made(scene: Scene, *, is_open: bool = False) -> Mapping[str, int | str]:
    """Have there be an award."""
    return await scene.home.database.write(_make, scene, is_open=is_open)


def _make(tx: Transaction, scene: Scene, *, is_open: bool) -> Mapping[str, int | str]:
    home, now = scene.home, scene.home.clock()
    here = communities.get(tx, home.ref)
    by = members.meet(tx, here, home.person(scene.names["moderator"]), now)
    edit = Act(by, "", now)
    name = _name(scene)
    same = (each for each in awards.listed(tx, here) if each.name == name)
    made = next(same, None) or awards.create(
        tx, here, name, Standard(1, about=SECRET), edit
    )
    if is_open and made.state is not AwardState.OPEN:
        made = awards.open_round(tx, here, made, None, edit)
    return {"award": made.id}


_open = partial(_made, is_open=True)


def _which(scene: Scene) -> str:
    return str(scene.named("award"))


def _part(route: str, **answers: object) -> Row:
    """Return the row of one part of a sheet."""
    does = send(f"awards.{route}", "award_draft", **answers)
    return Row(does, WORDS_OF_MODERATOR, stage=_drafted)


_DECISION = {
    "winners": 2, "decider": "committee", "quorum": 3, "blind": True, "nominations": 1,
}  # fmt: skip

AWARDS: Mapping[str, Row] = {
    "awards.create": Row(send("awards.create", name="Maker"), MODERATORS),
    "awards.edit": Row(
        send("awards.edit", which=_which), OF_THIS_COMMUNITY, stage=_made
    ),
    "awards.edit-it": Row(
        press("awards.edit-it", "award"), OF_THIS_COMMUNITY, stage=_made
    ),
    "awards.open": Row(
        send("awards.open", which=_which), OF_THIS_COMMUNITY, stage=_made
    ),
    "awards.open-it": Row(
        press("awards.open-it", "award"), OF_THIS_COMMUNITY, stage=_made
    ),
    # The form says what is wrong with it once it is sent.
    "awards.close": Row(
        send("awards.close", which=_which), OF_THIS_COMMUNITY, stage=_open
    ),
    "awards.close-it": Row(
        press("awards.close-it", "award"), OF_THIS_COMMUNITY, stage=_open
    ),
    "awards.removing": Row(
        press("awards.removing", "award"), OF_THIS_COMMUNITY, stage=_made
    ),
    "awards.remove": Row(
        press("awards.remove", "award"), OF_THIS_COMMUNITY, stage=_open
    ),
    "awards.leave": Row(press("awards.leave"), MODERATORS),
    "awards.listed": Row(send("awards.listed"), MODERATORS, stage=_made),
    "awards.change": Row(
        press("awards.change", "award_draft", "items"),
        WORDS_OF_MODERATOR,
        stage=_drafted,
    ),
    "awards.words": _part("words", name="Builder"),
    "awards.items": _part("items", items="It is in use", required=("1",)),
    "awards.eligible": _part("eligible", days=30, rounds=1),
    "awards.roles": Row(
        send("awards.roles", "award_draft", first=RoleRef(HOME, "keepers")),
        {**WORDS_OF_MODERATOR, "stranger": "awards.refused-role"},
        stage=_drafted,
    ),
    "awards.deciding": _part("deciding", **_DECISION),
    "awards.window": _part("window"),
    "awards.announcing": _part("announcing", moment="0"),
    "awards.save": Row(
        press("awards.save", "award_draft"), WORDS_OF_MODERATOR, stage=_drafted
    ),
    # Dropping what is not one's own drops nothing.
    "awards.drop": Row(press("awards.drop", "award_draft"), MODERATORS, stage=_drafted),
    "awards.restart": Row(
        press("awards.restart", "award_draft"), WORDS_OF_MODERATOR, stage=_drafted
    ),
    "rules.rules": Row(send("rules.rules"), EVERYBODY, stage=_made),
    "rules.back": Row(press("rules.back"), EVERYBODY, stage=_made),
    "rules.award": Row(press("rules.award", "award", "0"), READ_HERE, stage=_open),
    "rules.look": Row(press("rules.look", "award", "1"), READ_HERE, stage=_open),
    "rules.changes": Row(press("rules.changes", "award", "1"), READ_HERE, stage=_open),
    "rules.limits": Row(press("rules.limits", "0"), EVERYBODY),
}
