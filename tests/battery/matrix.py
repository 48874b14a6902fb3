"""Who may do what: one row for each route, one column for each kind of member."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, time

from bot.chat.message import Action
from bot.chat.responses import Target
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from storage import communities
from storage.database import Transaction
from tests.battery.matrix_audit import AUDIT
from tests.battery.matrix_awards import AWARDS
from tests.battery.matrix_boards import BOARDS
from tests.battery.matrix_calendar import CALENDAR
from tests.battery.matrix_challenges import CHALLENGES
from tests.battery.matrix_checkins import CHECKINS
from tests.battery.matrix_committees import COMMITTEES
from tests.battery.matrix_fairness import FAIRNESS
from tests.battery.matrix_judging import JUDGING
from tests.battery.matrix_nominations import NOMINATIONS
from tests.battery.matrix_recaps import RECAPS
from tests.battery.matrix_review import REVIEW
from tests.battery.matrix_seasons import SEASONS
from tests.battery.matrix_standings import STANDINGS
from tests.battery.rows import (
    ADMINS,
    COLUMNS,
    DRAFT_OF_GIVER,
    ELSEWHERE,
    EVERYBODY,
    MODERATORS,
    SHEET_OF_ADMIN,
    WHY,
    WORDS_OF_MODERATOR,
    YES,
    Row,
    Scene,
    each,
    press,
    send,
)
from tests.harness import COMMUNITY as HOME
from tests.harness import Community, Reply


def _somebody(scene: Scene) -> tuple[Person, ...]:
    return (scene.home.person(f"Friend of {scene.names['giver']}"[:60]),)


_LIMITS = {"allowance": 9, "cooldown": 0, "undo": 9, "shortest": 1, "longest": 500}

TABLE: Mapping[str, Row] = {
    "shoutouts.shoutout": Row(
        send("shoutouts.shoutout", to=_somebody, why=WHY),
        each(stranger="common.answer-unknown"),
    ),
    "shoutouts.post": Row(press("shoutouts.post", "preview"), DRAFT_OF_GIVER),
    "shoutouts.edit": Row(press("shoutouts.edit", "preview"), DRAFT_OF_GIVER),
    # Dropping what is not one's own drops nothing, and says nothing of what there is.
    "shoutouts.drop": Row(press("shoutouts.drop", "preview"), EVERYBODY),
    "shoutouts.thank-too": Row(
        press("shoutouts.thank-too", "shoutout"),
        each(receiver="shoutouts.refused-self", stranger="shoutouts.refused-unknown"),
    ),
    "shoutouts.shout-out": Row(press("shoutouts.shout-out"), EVERYBODY, on_post=True),
    "shoutouts.undo": Row(
        press("shoutouts.undo", "shoutout"),
        each(
            "shoutouts.refused-not-yours",
            giver=YES,
            stranger="shoutouts.refused-unknown",
        ),
    ),
    "shoutouts.picture": Row(
        press("shoutouts.picture", "shoutout"),
        each(
            "shoutouts.refused-not-yours",
            giver=YES,
            stranger="shoutouts.refused-unknown",
        ),
    ),
    "shoutouts.retract": Row(
        send("shoutouts.retract", which=lambda s: str(s.shoutout), why="A mistake"),
        each(
            bystander="shoutouts.refused-not-yours",
            stranger="shoutouts.refused-unknown",
        ),
    ),
    "shoutouts.retract-this": Row(
        press("shoutouts.retract-this"),
        each(stranger="shoutouts.refused-no-shoutout"),
        on_post=True,
    ),
    "help.help": Row(send("help.help"), EVERYBODY),
    "help.turn": Row(press("help.turn", "2"), EVERYBODY),
    "mail.undelivered": Row(send("mail.undelivered"), MODERATORS),
    "mail.replay": Row(press("mail.replay", "parked"), MODERATORS),
    "members.me": Row(send("members.me"), EVERYBODY),
    "members.zone": Row(send("members.zone", zone="Europe/Paris"), EVERYBODY),
    "members.change-about": Row(press("members.change-about"), EVERYBODY),
    "members.change-quiet": Row(press("members.change-quiet"), EVERYBODY),
    "members.quiet": Row(
        send("members.quiet", since=time(22), until=time(7)), EVERYBODY
    ),
    "members.about": Row(
        send("members.about", line="Cards made to order", link="cards.example"),
        EVERYBODY,
    ),
    "members.previews": Row(press("members.previews", "1"), EVERYBODY),
    "privacy.privacy": Row(send("privacy.privacy"), EVERYBODY),
    "privacy.level": Row(press("privacy.level", "channel"), EVERYBODY),
    "privacy.boards": Row(press("privacy.boards", "0"), EVERYBODY),
    "privacy.dms": Row(press("privacy.dms", "0"), EVERYBODY),
    "privacy.export": Row(press("privacy.export"), EVERYBODY),
    "privacy.erase": Row(send("privacy.erase", word="ERASE"), EVERYBODY),
    "setup.setup": Row(send("setup.setup"), ADMINS),
    "setup.change": Row(press("setup.change", "sheet", "limits"), SHEET_OF_ADMIN),
    "setup.places": Row(send("setup.places", "sheet"), SHEET_OF_ADMIN),
    "setup.language": Row(
        send("setup.language", "sheet", tongue="es", zone="UTC"), SHEET_OF_ADMIN
    ),
    "setup.values": Row(send("setup.values", "sheet", labels="Care"), SHEET_OF_ADMIN),
    "setup.limits": Row(send("setup.limits", "sheet", **_LIMITS), SHEET_OF_ADMIN),
    "setup.recaps": Row(
        send("setup.recaps", "sheet", often="both", weekday="2", at=time(9)),
        SHEET_OF_ADMIN,
    ),
    "setup.quiet": Row(
        send("setup.quiet", "sheet", since=time(22), until=time(7)), SHEET_OF_ADMIN
    ),
    "setup.patience": Row(
        send("setup.patience", "sheet", remind=3, escalate=9), SHEET_OF_ADMIN
    ),
    "setup.roles": Row(
        send("setup.roles", "sheet", role=RoleRef(HOME, "keepers"), allowance=9),
        each("common.only-admin", admin=YES, stranger="setup.refused-role"),
    ),
    "setup.test-post": Row(press("setup.test-post", "sheet"), SHEET_OF_ADMIN),
    "setup.save": Row(press("setup.save", "sheet"), SHEET_OF_ADMIN),
    # Cancelling what is not one's own cancels nothing; beginning anew needs nothing.
    "setup.cancel": Row(press("setup.cancel", "sheet"), ADMINS),
    "setup.restart": Row(press("setup.restart", "sheet"), ADMINS),
    "templates.edit": Row(send("templates.edit"), MODERATORS),
    "templates.preview": Row(
        send("templates.preview", which="shoutouts.card"), MODERATORS
    ),
    "templates.reset": Row(send("templates.reset", which="shoutouts.card"), MODERATORS),
    "templates.begin": Row(press("templates.begin", "shoutouts.card"), MODERATORS),
    "templates.earlier": Row(
        press("templates.earlier", "shoutouts.card", "0"),
        each(
            "common.only-moderator",
            moderator="templates.no-version",
            admin="templates.no-version",
            stranger="templates.no-version",
        ),
    ),
    "templates.write": Row(
        send("templates.write", "words", source="{{ receivers }}: {{ reason }}"),
        WORDS_OF_MODERATOR,
    ),
    "templates.again": Row(press("templates.again", "words"), WORDS_OF_MODERATOR),
    "templates.page": Row(press("templates.page", "words", "0"), WORDS_OF_MODERATOR),
    "templates.look": Row(press("templates.look", "shoutouts.card", "0"), MODERATORS),
    "templates.save": Row(press("templates.save", "words"), WORDS_OF_MODERATOR),
    "templates.go-on": Row(press("templates.go-on", "words"), WORDS_OF_MODERATOR),
    # Dropping what is not one's own drops nothing, as above.
    "templates.drop": Row(press("templates.drop", "words"), MODERATORS),
    "templates.restore": Row(
        press("templates.restore", "shoutouts.card", "0"), MODERATORS
    ),
    **AWARDS,
    **AUDIT,
    **BOARDS,
    **CALENDAR,
    **CHALLENGES,
    **CHECKINS,
    **COMMITTEES,
    **JUDGING,
    **NOMINATIONS,
    **RECAPS,
    **REVIEW,
    **SEASONS,
    **STANDINGS,
    **FAIRNESS,
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
    begin = Action("templates.begin", ("shoutouts.card",))
    form = await home.do(home.call(names["moderator"]), begin, None)
    words = str(form.form.action.args[0])
    return Scene(home, names, shoutout, post, preview, draft, parked, words)


async def act(there: Scene, route: str, column: str) -> Reply:
    """Put up what ``route`` needs, and have the member of ``column`` try it."""
    return await attempt(await staged(there, route), route, column)


async def staged(there: Scene, route: str) -> Scene:
    """Return the scene with what ``route`` needs besides."""
    return replace(there, staged=await TABLE[route].stage(there))


async def attempt(there: Scene, route: str, column: str) -> Reply:
    """Have the member of ``column`` try ``route``, for which all is put up."""
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
