"""How other platforms would receive and show a message: the seam for whoever knows.

The playground knows no other platform. What draws for one is handed in, and takes and
gives what any platform can.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from markupsafe import Markup

from bot.adapters.playground.records import LAUREL, Directory, Post
from bot.adapters.playground.visit import Visit
from bot.chat.message import Message
from bot.chat.speech import Speech
from bot.domain.refs import ChannelRef, MemberRef, RoleRef

Named = Callable[[str, str], str | None]
"""The name of whom ``@``, ``#`` or ``@&`` and an id mean; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Sending:
    """A message on its way to a platform.

    Attributes:
        speech: The language, zone and moment that it is posted in.

        private: Whether it answers one member, and nobody else sees it.

        delivery_id: What the platform is to find it by; None for an answer.

        pictures: Which of its cards have a picture, counted as its nodes are.
    """

    message: Message
    speech: Speech
    private: bool
    delivery_id: str | None
    pictures: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a message stands and who looks, which no payload says.

    Attributes:
        speech: The reader's own language, zone and moment.

        reader: The id of who looks.

        pictures: Addresses of the pictures, by the node of their card.
    """

    speech: Speech
    named: Named
    reader: str
    posted_at: datetime
    edited: bool
    pictures: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Preview:
    """One platform's view of messages.

    Attributes:
        payload: What the platform is sent, of what JSON has.

        rendering: What the platform makes of a payload, as HTML in which nothing is
            alive that came from members. None where nobody has drawn it yet.

        sheet: The style sheet of the rendering, by its name in the static folder.
    """

    payload: Callable[[Sending], object]
    rendering: Callable[[object, Setting], Markup] | None = None
    sheet: str | None = None


Previews = Mapping[str, Preview]
"""The view of each platform, by the platform's name as people write it."""


def sending_of(visit: Visit, post: Post) -> Sending:
    """Return how ``post`` would travel to a platform."""
    draft = post.draft
    alone = draft.visible_to is not None and visit.room.member is None
    speech = visit.speech(draft.locale)
    return Sending(
        draft.body,
        speech,
        private=alone,
        delivery_id=draft.delivery_id,
        pictures=frozenset(post.drawn),
    )


def setting_of(visit: Visit, post: Post) -> Setting:
    """Return where ``post`` stands for who looks."""
    start = f"{visit.base}/picture/{post.id}/{post.revision}"
    return Setting(
        speech=visit.speech(),
        named=names_in(visit.directory),
        reader=visit.person.ref.id,
        posted_at=post.draft.at,
        edited=post.edited,
        pictures={node: f"{start}/{node}" for node in post.drawn},
    )


def names_in(directory: Directory) -> Named:
    """Return what knows everybody and every room of ``directory`` by name."""

    def named(sign: str, id_: str) -> str | None:
        home = directory.community
        if sign == "@" and (id_ in directory.people or id_ == LAUREL):
            return directory.name_of(MemberRef(home, id_))
        if sign == "#" and id_ in directory.rooms:
            return directory.name_of(ChannelRef(home, id_))
        if sign == "@&" and id_ in directory.groups:
            return directory.name_of(RoleRef(home, id_))
        return None

    return named
