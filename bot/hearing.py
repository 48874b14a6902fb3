"""What platforms tell, noted once and in order, also where the database is in trouble.

A platform may tell a thing once and never again: that a channel was deleted, say. Where
the database is full or has too much to do, what was told is kept in memory, and noted
once it can be.
"""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable

from bot.chat.news import ChannelGone, News
from bot.domain.refs import CommunityRef
from storage.database import TROUBLE

log = logging.getLogger(__name__)

MOST_KEPT = 1_000
"""News that wait at most; whoever tells more is not listened to until there is room."""

Note = Callable[[News], Awaitable[None]]


class Hearing:
    """Notes news at once, or keeps them; `run` notes what was kept."""

    def __init__(self, note: Note) -> None:
        self._note = note
        self._kept: list[News] = []
        self._turn = asyncio.Lock()
        self._woken = asyncio.Event()
        self._stopping = False

    async def __call__(self, news: News) -> None:
        """Note ``news``, behind whatever waits of the same community.

        Raises:
            Exception: What is no trouble of the database; it is not tried again.
        """
        async with self._turn:
            place = _place(news)
            if all(_place(kept) != place for kept in self._kept):
                try:
                    await self._note(news)
                except TROUBLE as trouble:
                    log.warning("news kept for later", extra={"reason": str(trouble)})
                else:
                    return
            self._keep(news)

    async def run(self) -> None:
        """Note what is kept until `stop`; the supervisor runs it again when it fails.

        Raises:
            Exception: What the database raised; whatever is not noted is still kept.
        """
        while not self._stopping:
            self._woken.clear()
            if self._kept:
                await self._catch_up()
            await self._woken.wait()

    def stop(self) -> None:
        """Note nothing more."""
        self._stopping = True
        self._woken.set()

    def _keep(self, news: News) -> None:
        of_place = [kept for kept in self._kept if _place(kept) == _place(news)]
        if of_place and of_place[-1] == news:
            return  # each new connection tells the same again
        if len(self._kept) >= MOST_KEPT:
            log.error("news not noted", extra={"news": type(news).__name__})
            return
        self._kept.append(news)
        self._woken.set()

    async def _catch_up(self) -> None:
        """Note what can be; what a community told first stays before the rest of it."""
        async with self._turn:
            waiting, late, failed = deque(self._kept), list[News](), None
            try:
                while waiting:
                    news = waiting.popleft()
                    if any(_place(kept) == _place(news) for kept in late):
                        late.append(news)
                        continue
                    try:
                        await self._note(news)
                    except TROUBLE as trouble:
                        late.append(news)
                        failed = trouble
            finally:  # one that nobody can note is let go, and the rest is not
                self._kept = [*late, *waiting]
        if failed is not None:
            raise failed


def _place(news: News) -> CommunityRef:
    return news.channel.community if isinstance(news, ChannelGone) else news.community
