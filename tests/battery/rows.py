"""What a row of the matrix of permissions is made of."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from bot.chat.message import Action
from bot.chat.responses import Call
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from tests.harness import PLATFORM, Community, Post

ELSEWHERE = CommunityRef(PLATFORM, "elsewhere")

WHY = "You found the fault that all of us had missed."
PAGES = "https://laurel.example{}".format
"""Makes the addresses of pages."""

SECRET = "You carried the piano up five floors."
"""What stands at home alone, where a row has it put up."""

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


def each(outcome: str = YES, **others: str) -> Outcomes:
    """Return ``outcome`` for everybody but bots and ``others``."""
    return {**dict.fromkeys(COLUMNS, outcome), "bot": "common.only-people", **others}


EVERYBODY = each()
DRAFT_OF_GIVER = each("common.draft-gone", giver=YES)
MODERATORS = each("common.only-moderator", moderator=YES, admin=YES, stranger=YES)
ADMINS = each("common.only-admin", admin=YES, stranger=YES)
WORDS_OF_MODERATOR = each(
    "common.only-moderator",
    moderator=YES,
    admin="common.draft-gone",
    stranger="common.draft-gone",
)
SHEET_OF_ADMIN = each("common.only-admin", admin=YES, stranger="common.draft-gone")


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

        words: Id of a draft of the moderator's.

        staged: What stands there for one route alone, by name.
    """

    home: Community
    names: Mapping[str, str]
    shoutout: int
    post: Post
    preview: str
    sheet: str
    parked: int
    words: str
    staged: Mapping[str, int | str] = field(default_factory=dict)

    def named(self, name: str) -> int | str:
        """Return what is called ``name`` here; the name itself where nothing is."""
        if name in self.staged:
            return self.staged[name]
        found: int | str = getattr(self, name, name)
        return found

    def call(self, column: str) -> Call:
        """Return what comes with an action of the member of ``column``."""
        call = self.home.call(self.names[column])
        if column != "stranger":
            return call
        actor = replace(call.actor, ref=MemberRef(ELSEWHERE, call.actor.ref.id))
        return replace(call, actor=actor, channel=ChannelRef(ELSEWHERE, "general"))


Does = Callable[[Scene], tuple[Action, Mapping[str, object] | None]]

Stage = Callable[[Scene], Awaitable[Mapping[str, int | str]]]
"""Puts up what a route acts on, and returns what a button of it carries, by name."""


async def bare(_scene: Scene) -> Mapping[str, int | str]:
    """Put up nothing: the scene has all that is needed."""
    return {}


@dataclass(frozen=True, slots=True)
class Row:
    """How a route is tried, and what becomes of it.

    Attributes:
        apart: Whether each of the columns needs a day that no other has tried it on.
    """

    does: Does
    outcomes: Outcomes
    on_post: bool = False
    stage: Stage = bare
    apart: bool = False


def press(route: str, *carried: str) -> Does:
    """Return a press of a button; ``carried`` are fields of the scene, or values."""

    def does(scene: Scene) -> tuple[Action, None]:
        args = (scene.named(name) for name in carried)
        return Action(route, tuple(args)), None

    return does


def send(route: str, *carried: str, **answers: object) -> Does:
    """Return a form that is sent; a callable answer is asked of the scene."""

    def does(scene: Scene) -> tuple[Action, Mapping[str, object]]:
        action, _ = press(route, *carried)(scene)
        given = {n: a(scene) if callable(a) else a for n, a in answers.items()}
        return action, given

    return does
