"""Who may do what: one row for each route, one column for each kind of member."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.chat.message import Action
from bot.chat.responses import Call, Target
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef
from storage import communities
from storage.database import Transaction
from tests.harness import COMMUNITY as HOME
from tests.harness import PLATFORM, Community, Post, Reply

ELSEWHERE = CommunityRef(PLATFORM, "elsewhere")

WHY = "You found the fault that all of us had missed."
YES = "yes"

COLUMNS: Mapping[str, Role] = {
    "giver": Role.MEMBER,
    "receiver": Role.MEMBER,
    "bystander": Role.MEMBER,
    "moderator": Role.MODERATOR,
    "admin": Role.ADMIN,
    "bot": Role.ADMIN,  # however high it stands, nobody is behind it
    "stranger": Role.ADMIN,  # of another community, whose data are in the same file
}

Outcomes = Mapping[str, str]
"""By column: `YES`, or the key of the sentence that says no."""


def _all(outcome: str = YES, **others: str) -> Outcomes:
    return {**dict.fromkeys(COLUMNS, outcome), "bot": "common.only-people", **others}


EVERYBODY = _all()
DRAFT_OF_GIVER = _all("common.draft-gone", giver=YES)
MODERATORS = _all("common.only-moderator", moderator=YES, admin=YES, stranger=YES)
ADMINS = _all("common.only-admin", admin=YES, stranger=YES)
SHEET_OF_ADMIN = _all("common.only-admin", admin=YES, stranger="common.draft-gone")


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to act on, and who there is.

    Attributes:
        names: By column.

        shoutout: Given by the giver to the receiver, in public.

        post: Where it stands.

        preview: Id of a draft of the giver's.

        sheet: Id of a draft of the admin's.

        parked: Number of a message that was set aside.
    """

    home: Community
    names: Mapping[str, str]
    shoutout: int
    post: Post
    preview: str
    sheet: str
    parked: int

    def call(self, column: str) -> Call:
        """Return what comes with an action of the member of ``column``."""
        call = self.home.call(self.names[column])
        if column != "stranger":
            return call
        actor = replace(call.actor, ref=MemberRef(ELSEWHERE, call.actor.ref.id))
        return replace(call, actor=actor, channel=ChannelRef(ELSEWHERE, "general"))


Does = Callable[[Scene], tuple[Action, Mapping[str, object] | None]]


@dataclass(frozen=True, slots=True)
class Row:
    """How a route is tried, and what becomes of it."""

    does: Does
    outcomes: Outcomes
    on_post: bool = False


def _press(route: str, *carried: str) -> Does:
    """Return a press of a button; ``carried`` are fields of the scene, or values."""

    def does(scene: Scene) -> tuple[Action, None]:
        args = (getattr(scene, name, name) for name in carried)
        return Action(route, tuple(args)), None

    return does


def _send(route: str, *carried: str, **answers: object) -> Does:
    """Return a form that is sent; a callable answer is asked of the scene."""

    def does(scene: Scene) -> tuple[Action, Mapping[str, object]]:
        action, _ = _press(route, *carried)(scene)
        given = {n: a(scene) if callable(a) else a for n, a in answers.items()}
        return action, given

    return does


def _somebody(scene: Scene) -> tuple[Person, ...]:
    return (scene.home.person(f"Friend of {scene.names['giver']}"[:60]),)


_LIMITS = {"allowance": 9, "cooldown": 0, "undo": 9, "shortest": 1, "longest": 500}

TABLE: Mapping[str, Row] = {
    "shoutouts.shoutout": Row(
        _send("shoutouts.shoutout", to=_somebody, why=WHY),
        _all(stranger="common.answer-unknown"),
    ),
    "shoutouts.post": Row(_press("shoutouts.post", "preview"), DRAFT_OF_GIVER),
    "shoutouts.edit": Row(_press("shoutouts.edit", "preview"), DRAFT_OF_GIVER),
    # Dropping what is not one's own drops nothing, and says nothing of what there is.
    "shoutouts.drop": Row(_press("shoutouts.drop", "preview"), EVERYBODY),
    "shoutouts.thank-too": Row(
        _press("shoutouts.thank-too", "shoutout"),
        _all(receiver="shoutouts.refused-self", stranger="shoutouts.refused-unknown"),
    ),
    "shoutouts.shout-out": Row(_press("shoutouts.shout-out"), EVERYBODY, on_post=True),
    "shoutouts.undo": Row(
        _press("shoutouts.undo", "shoutout"),
        _all(
            "shoutouts.refused-not-yours",
            giver=YES,
            stranger="shoutouts.refused-unknown",
        ),
    ),
    "shoutouts.retract": Row(
        _send("shoutouts.retract", which=lambda s: str(s.shoutout), why="A mistake"),
        _all(
            bystander="shoutouts.refused-not-yours",
            stranger="shoutouts.refused-unknown",
        ),
    ),
    "shoutouts.retract-this": Row(
        _press("shoutouts.retract-this"),
        _all(stranger="shoutouts.refused-no-shoutout"),
        on_post=True,
    ),
    "boards.leaderboard": Row(_send("boards.leaderboard"), EVERYBODY),
    "boards.turn": Row(_press("boards.turn", "given"), EVERYBODY),
    "help.help": Row(_send("help.help"), EVERYBODY),
    "help.turn": Row(_press("help.turn", "2"), EVERYBODY),
    "mail.undelivered": Row(_send("mail.undelivered"), MODERATORS),
    "mail.replay": Row(_press("mail.replay", "parked"), MODERATORS),
    "members.me": Row(_send("members.me"), EVERYBODY),
    "members.zone": Row(_send("members.zone", zone="Europe/Paris"), EVERYBODY),
    "members.change-about": Row(_press("members.change-about"), EVERYBODY),
    "members.about": Row(
        _send("members.about", line="Cards made to order", link="cards.example"),
        EVERYBODY,
    ),
    "members.previews": Row(_press("members.previews", "1"), EVERYBODY),
    "privacy.privacy": Row(_send("privacy.privacy"), EVERYBODY),
    "privacy.level": Row(_press("privacy.level", "channel"), EVERYBODY),
    "privacy.boards": Row(_press("privacy.boards", "0"), EVERYBODY),
    "privacy.dms": Row(_press("privacy.dms", "0"), EVERYBODY),
    "privacy.export": Row(_press("privacy.export"), EVERYBODY),
    "privacy.erase": Row(_send("privacy.erase", word="ERASE"), EVERYBODY),
    "setup.setup": Row(_send("setup.setup"), ADMINS),
    "setup.change": Row(_press("setup.change", "sheet", "limits"), SHEET_OF_ADMIN),
    "setup.places": Row(_send("setup.places", "sheet"), SHEET_OF_ADMIN),
    "setup.language": Row(
        _send("setup.language", "sheet", tongue="es", zone="UTC"), SHEET_OF_ADMIN
    ),
    "setup.values": Row(_send("setup.values", "sheet", labels="Care"), SHEET_OF_ADMIN),
    "setup.limits": Row(_send("setup.limits", "sheet", **_LIMITS), SHEET_OF_ADMIN),
    "setup.roles": Row(
        _send("setup.roles", "sheet", role=RoleRef(HOME, "keepers"), allowance=9),
        _all("common.only-admin", admin=YES, stranger="setup.refused-role"),
    ),
    "setup.test-post": Row(_press("setup.test-post", "sheet"), SHEET_OF_ADMIN),
    "setup.save": Row(_press("setup.save", "sheet"), SHEET_OF_ADMIN),
    # Cancelling what is not one's own cancels nothing; beginning anew needs nothing.
    "setup.cancel": Row(_press("setup.cancel", "sheet"), ADMINS),
    "setup.restart": Row(_press("setup.restart", "sheet"), ADMINS),
}


def named(column: str, number: int) -> str:
    """Return a name that nobody in another scene has."""
    return f"{column.title()} {number}"


async def scene(
    home: Community, number: int, name: Callable[[str, int], str] = named
) -> Scene:
    """Return a scene whose people have done nothing else."""
    names = {column: name(column, number) for column in COLUMNS}
    for column, role in COLUMNS.items():
        home.person(names[column], role, bot=column == "bot")
    await home.database.write(_settle_elsewhere, home.clock())
    preview = await _preview(home, names["giver"])
    parked = await _parked(home, names["bystander"], names["moderator"])
    to = (home.person(names["receiver"]),)
    given = await home.type(names["giver"], "shoutout", to=to, why=WHY)
    shoutout = int(next(given.message.actions()).args[0])
    sheet = await home.type(names["admin"], "laurel setup")
    draft = str(next(sheet.message.actions()).args[0])
    post = home.standing(home.channel("wall"))[-1]
    return Scene(home, names, shoutout, post, preview, draft, parked)


async def act(there: Scene, route: str, column: str) -> Reply:
    """Have the member of ``column`` try ``route``."""
    row, call = TABLE[route], there.call(column)
    if row.on_post:
        assert isinstance(there.post.to, ChannelRef)
        laurel = Person(MemberRef(call.community, "laurel"), "Laurel", bot=True)
        target = Target(there.post.to, there.post.id, laurel, there.post.text)
        call = replace(call, target=target)
    action, answers = row.does(there)
    return await there.home.do(call, action, answers)


async def _preview(home: Community, giver: str) -> str:
    await home.do(home.call(giver), Action("members.previews", (1,)), None)
    friend = home.person(f"Other friend of {giver}"[:60])
    shown = await home.type(giver, "shoutout", to=(friend,), why=WHY)
    await home.do(home.call(giver), Action("members.previews", (0,)), None)
    return str(next(shown.message.actions()).args[0])


async def _parked(home: Community, giver: str, moderator: str) -> int:
    home.platform.closed[home.channel("wall")] = "no-permission"
    friend = home.person(f"Third friend of {giver}"[:60])
    await home.type(giver, "shoutout", to=(friend,), why=WHY)
    home.platform.closed.clear()
    listed = await home.type(moderator, "laurel undelivered")
    return int(list(listed.message.actions())[-1].args[0])


def _settle_elsewhere(tx: Transaction, at: datetime) -> None:
    here = communities.get(tx, HOME)
    communities.add(tx, ELSEWHERE, here.settings, at)
