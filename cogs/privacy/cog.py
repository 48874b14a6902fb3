"""``/laurel privacy``: what a member allows, and what is kept about them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Annotated

from bot.chat import fields
from bot.chat.message import File
from bot.chat.responses import Call, Replace, Response, Say
from bot.chat.routes import action, command
from bot.chat.text import Phrase, phrase
from bot.domain.community import Level, Privacy
from bot.domain.errors import RuleError
from bot.pages.kept import KeptPage
from cogs.privacy import cards, files, service
from storage.database import Database

TURN_PATIENCE_S = 4.0
"""How long somebody waits until others were handed theirs; then theirs comes later."""


class PrivacyCog:
    """Each member's say over how far they are seen, effective at once."""

    def __init__(
        self,
        database: Database,
        languages: Sequence[str],
        say_in: Callable[[Phrase, str], str],
        page: KeptPage,
    ) -> None:
        self._database = database
        self._languages = languages
        self._say_in = say_in
        self._page = page
        self._drawing = asyncio.Semaphore(1)  # however many ask, one after the other

    @command("laurel privacy")
    async def privacy(self, call: Call) -> Response:
        """Show the member what they allow."""
        return Say(cards.allowed(await self._database.write(service.look, call)))

    @action()
    async def level(self, call: Call, level: str) -> Response:
        """Change how far the member's recognition is seen."""
        if level not in set(Level):
            raise RuleError("common.unknown-button")
        chosen = Level(level)
        return await self._choose(call, lambda own: replace(own, level=chosen))

    @action()
    async def boards(self, call: Call, on: int) -> Response:
        """Put the member on the boards, or take them off."""
        return await self._choose(call, lambda own: replace(own, on_boards=bool(on)))

    @action()
    async def dms(self, call: Call, on: int) -> Response:
        """Write to the member of Laurel's own accord, or no longer."""
        return await self._choose(call, lambda own: replace(own, takes_dms=bool(on)))

    @action()
    async def export(self, call: Call) -> Response:
        """Hand over everything that is kept about the member, or have it be made."""
        since = await self._database.write(service.ask_for_all, call)
        if since is not None:
            return Say(cards.handed_over((files.handed(since),)))
        found = await self._drawn(call)
        if found is not None:
            return Say(cards.handed_over(found))
        await self._database.write(service.leave_to_be_made, call)
        return Say(cards.being_made())

    async def _drawn(self, call: Call) -> tuple[File, ...] | None:
        """Return the files; None where there is too much, or too many others wait."""
        path = self._database.path
        wanted = files.Wanted(call.actor.ref, call.locale, call.at)
        try:
            async with asyncio.timeout(TURN_PATIENCE_S):
                await self._drawing.acquire()
        except TimeoutError:
            return None
        try:
            return await asyncio.to_thread(files.drawn, path, wanted, self._page)
        finally:
            self._drawing.release()

    @action()
    async def erase(
        self, call: Call, word: Annotated[str, fields.Text(max_chars=40)]
    ) -> Response:
        """Erase the member, who types a word so that it happens to nobody by chance."""
        if word.casefold() not in self._erase_words():
            raise RuleError("privacy.refused-word", "word")
        await self._database.write(service.erase, call)
        await self._database.scrub()
        return Replace(cards.erased())

    async def _choose(
        self, call: Call, change: Callable[[Privacy], Privacy]
    ) -> Response:
        privacy = await self._database.write(service.choose, call, change)
        return Replace(cards.allowed(privacy))

    def _erase_words(self) -> set[str]:
        """Return the word in every language: a form may outlive a change of it."""
        asked = phrase("privacy.erase-word")
        return {self._say_in(asked, tag).casefold() for tag in self._languages}
