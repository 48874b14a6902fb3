"""How what Laurel answers comes to stand in a room."""

from __future__ import annotations

from dataclasses import replace

from bot.adapters.playground.records import LAUREL, Draft, Post, said
from bot.adapters.playground.store import Store
from bot.adapters.playground.visit import Visit
from bot.chat.message import Card, Message, Tone, say
from bot.chat.responses import Replace, Say
from bot.chat.text import Phrase
from bot.domain.refs import MemberRef


class Replies:
    """Posts answers, each once for each operation.

    A post is named after the operation that it answers, so that a form that was sent
    twice is answered once.
    """

    def __init__(self, store: Store, locale: str) -> None:
        self._store = store
        self._locale = locale

    async def said(self, visit: Visit, words: str, operation: str) -> None:
        """Post what a member typed."""
        draft = _draft(visit, visit.person.ref, said(words), operation)
        await self._store.post(draft)

    async def answer(
        self, visit: Visit, said: Say | Replace, operation: str, *, private: bool
    ) -> None:
        """Post what Laurel answers, for the member alone where ``private``."""
        author = MemberRef(visit.directory.community, LAUREL)
        draft = _draft(visit, author, said.message, f"answer:{operation}")
        draft = replace(draft, pictures=said.drawn)
        if private:
            draft = replace(draft, visible_to=visit.person.ref.id)
        elif visit.room.member is None:
            draft = replace(draft, locale=self._locale)
        await self._store.post(draft)

    async def note(self, visit: Visit, reason: Phrase, operation: str) -> None:
        """Say no, to the member alone."""
        message = say(Card(body=(reason,), tone=Tone.WARNING))
        await self.answer(visit, Say(message), operation, private=True)

    async def redraw(
        self, visit: Visit, said: Replace, standing: Post | None, operation: str
    ) -> None:
        """Draw in place of a private post; anew where the post is not private."""
        if standing is not None and _belongs_to(standing, visit):
            redrawn = replace(
                standing.draft, body=said.message, locale=None, pictures=said.drawn
            )
            if await self._store.edit(standing.id, redrawn):
                return
        await self.answer(visit, said, operation, private=True)


def _belongs_to(post: Post, visit: Visit) -> bool:
    """Return whether Laurel said it to this member alone."""
    me = visit.person.ref.id
    room = visit.directory.rooms.get(post.draft.room.id)
    alone = post.draft.visible_to == me or (room is not None and room.member == me)
    return alone and post.draft.author.id == LAUREL


def _draft(visit: Visit, author: MemberRef, body: Message, operation: str) -> Draft:
    delivery_id = f"{visit.person.ref.id}:{operation}"
    return Draft(
        visit.room.ref,
        author,
        body,
        visit.now,
        delivery_id=delivery_id,
        under=visit.under,
    )
