"""What somebody does, as the bot hears of it, and what it led to."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from tests.fakes.slack.places import Channel, Json, Message, User, View
from tests.fakes.slack.refusal import RefusalError
from tests.fakes.slack.world import Ack, World

if TYPE_CHECKING:
    from tests.fakes.slack.teams import Team

PATIENCE_S: Final = 3.0
URL_LIFE: Final = timedelta(minutes=30)
URL_USES: Final = 5


@dataclass(frozen=True, slots=True)
class Effect:
    """Something that somebody saw come of a deed.

    Attributes:
        kind: ``message``, ``replaced``, ``deleted``, ``view``, ``home``, ``errors``
            or ``closed``.

        final: Whether nothing more is to be waited for.
    """

    kind: str
    message: Message | None = None
    view: View | None = None
    errors: Json = field(default_factory=dict)
    final: bool = True


@dataclass(eq=False, slots=True)
class Deed:
    """What somebody did, and what came of it so far."""

    user: User
    team: Team
    channel: Channel | None = None
    source: Message | None = None
    view: View | None = None
    trigger_id: str = ""
    response_url: str = ""
    ack: Ack | None = None
    effects: list[Effect] = field(default_factory=list)
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def home(self) -> Team:
        """The doer's own team; another where they are a guest from outside."""
        return self.team.world.teams[self.user.team_id]

    def show(self, effect: Effect) -> None:
        """Let the doer see something."""
        self.effects.append(effect)
        self.changed.set()


@dataclass(eq=False, slots=True)
class Trigger:
    """The right to open one view within three seconds."""

    deed: Deed
    made_s: float
    used: bool = False


@dataclass(eq=False, slots=True)
class ResponseUrl:
    """Where a deed can be answered, a few times."""

    deed: Deed
    made_at: datetime
    uses: int = 0


def trigger(world: World, deed: Deed) -> str:
    """Give a deed its trigger."""
    made = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**12)}"
    deed.trigger_id = f"{made}.{secrets.token_hex(16)}"
    world.triggers[deed.trigger_id] = Trigger(deed, world.monotonic())
    return deed.trigger_id


def pull(world: World, trigger_id: str) -> Deed:
    """Use a trigger up.

    Raises:
        RefusalError: If it is none, too old, or used.
    """
    found = world.triggers.get(trigger_id)
    if found is None:
        raise RefusalError("invalid_trigger_id")
    if found.used:
        raise RefusalError("exchanged_trigger_id")
    if world.monotonic() - found.made_s > PATIENCE_S:
        raise RefusalError("expired_trigger_id", quiet=world.excused())
    found.used = True
    return found.deed


def answerable(world: World, deed: Deed, kind: str) -> str:
    """Give a deed its response_url."""
    path = f"/{kind}/{deed.team.id}/{secrets.randbelow(10**13)}/{secrets.token_hex(12)}"
    world.urls[path] = ResponseUrl(deed, world.clock())
    deed.response_url = world.site + path
    return deed.response_url


def spend(world: World, path: str) -> ResponseUrl:
    """Use a response_url once.

    Raises:
        RefusalError: If it is none, too old, or used five times.
    """
    found = world.urls.get(path)
    if found is None:
        raise RefusalError("no_such_url")
    if world.clock() - found.made_at > URL_LIFE:
        raise RefusalError("expired_url")
    if found.uses >= URL_USES:
        raise RefusalError("used_url")
    found.uses += 1
    return found


def seen_by(world: World, user: User, effect: Effect, *, direct: bool = False) -> None:
    """Let somebody see something that no trigger or address ties to a deed.

    Args:
        world: Where.
        user: Who sees it.
        effect: What they see.
        direct: Whether it is a direct message, which answers only what has no
            address of its own.
    """
    for deed in reversed(world.waiting):
        if deed.user is user and not (direct and deed.response_url):
            deed.show(effect)
            return


def place(channel: Channel) -> Json:
    """Return a channel as interactions name it."""
    name = {"im": "directmessage", "group": "privategroup"}
    return {"id": channel.id, "name": name.get(channel.kind, channel.name)}


def at(instant: datetime) -> str:
    """Return an instant as Slack's ``ts``."""
    whole = round(instant.timestamp() * 1_000_000)
    return f"{whole // 1_000_000}.{whole % 1_000_000:06d}"
