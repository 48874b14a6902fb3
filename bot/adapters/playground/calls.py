"""What a member's action comes with, as cogs are told of it."""

from __future__ import annotations

import hashlib

from bot.adapters.playground.records import Post, words_said
from bot.adapters.playground.visit import Visit
from bot.chat.message import Card, Message
from bot.chat.responses import Call, Target
from bot.chat.text import Phrase


def call_of(visit: Visit, named: str, target: Post | None, origin: str) -> Call:
    """Return who does what ``named`` names, where and when.

    ``origin`` is where the pages are, for the link to ``target``.
    """
    return Call(
        id=_id(visit, named),
        actor=visit.person,
        channel=visit.room.ref,
        at=visit.now,
        locale=visit.locale,
        target=None if target is None else _target(visit, target, origin),
        in_public=visit.room.member is None,
    )


def _id(visit: Visit, named: str) -> str:
    """Return an id that nobody else's action has, and that does not tell whose it is.

    Facts keep it for good, and the member may be erased.
    """
    whose = f"{visit.person.ref.id}:{named}"
    return hashlib.sha256(whose.encode()).hexdigest()[:32]


def _target(visit: Visit, post: Post, origin: str) -> Target:
    words = words_said(post.draft.body)
    return Target(
        channel=post.draft.room,
        message_id=str(post.id),
        author=visit.directory.person(post.draft.author.id),
        text=plain_words(visit, post.draft.body) if words is None else words,
        link=f"{origin}/to/{post.id}",
    )


def plain_words(visit: Visit, message: Message) -> str:
    """Return what a message says in its cards, as text alone."""
    brush = visit.brush()
    spoken: list[Phrase] = []
    for node in message.nodes:
        if isinstance(node, Card):
            spoken += [each for each in (node.title, *node.body) if each]
    return "\n".join(map(brush.plain, spoken))
