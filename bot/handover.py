"""What one delivery asks of a platform: to post, edit or take down, or close a thread.

A thread is begun with the first message in it, by a request of its own that may be made
again. Where a thread takes nothing, its message goes to the channel itself: what is to
be said is worth more than where.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from functools import partial

from bot.chat import wire
from bot.chat.adapter import Adapter, Posting, RefusedError
from bot.chat.message import Message
from bot.domain.refs import ThreadRef
from storage import deliveries
from storage.claiming import Settle
from storage.delivery import Delivery

log = logging.getLogger(__name__)

GONE = frozenset({"message-gone", "thread-gone"})
"""Why nothing stands any more where it stood."""


Illustrate = Callable[[Posting, Delivery], Awaitable[Posting | None]]
"""Puts in the pictures; returns None where all has changed meanwhile."""

Telling = Callable[[Settle, Delivery, str], Settle]
"""Has moderators be told why something is not where it belongs, in the same unit."""


class Handover:
    """Hands deliveries to one platform, as `Adapter` says; raises what that raises."""

    def __init__(
        self, adapter: Adapter, illustrate: Illustrate, telling: Telling
    ) -> None:
        self._adapter = adapter
        self._illustrate = illustrate
        self._telling = telling

    async def send(self, head: Delivery) -> Settle | None:
        """Do what ``head`` asks for and return what is to be noted.

        None where it has become another message while its pictures were drawn.
        """
        if head.closes:
            return await self._close(head)
        if head.gone:
            if head.message_id is not None:
                await self._adapter.remove(head.spot, head.message_id)
            log.info("removed", extra={"row": head.id})
            return partial(deliveries.taken_down, delivery=head)
        message = wire.decode_message(head.body or "")
        posting = Posting(head.spot, message, head.locale, head.delivery_id)
        drawn = await self._illustrate(posting, head)
        if drawn is None:
            return None
        if head.message_id is None:
            return await self._post(head, drawn)
        await self._adapter.edit(drawn, head.message_id)
        return self._sent(head, head.message_id)

    async def _post(self, head: Delivery, posting: Posting) -> Settle:
        """Post it; where its thread does not take it, note that it goes elsewhere."""
        try:
            await self._open(head)
        except RefusedError as refusal:
            beside = self._beside(head, refusal)
            if refusal.reason != "no-permission":
                return beside
            reason = " ".join((deliveries.NO_THREAD, *refusal.wanting))
            return self._telling(beside, head, reason)
        try:
            return self._sent(head, await self._adapter.post(posting))
        except RefusedError as refusal:
            if not isinstance(head.spot, ThreadRef):
                raise
            return self._beside(head, refusal)

    def _beside(self, head: Delivery, refusal: RefusedError) -> Settle:
        log.warning("not in its thread", extra={"reason": str(refusal)})
        gone = refusal.reason in GONE
        return partial(deliveries.turned_away, delivery=head, gone=gone)

    async def _open(self, head: Delivery) -> None:
        if head.thread is None or head.thread.stands:
            return
        about = Message(())
        if head.thread.about is not None:
            about = wire.decode_message(head.thread.about)
        posting = Posting(head.spot, about, head.locale, head.delivery_id)
        await self._adapter.open_thread(posting)

    async def _close(self, head: Delivery) -> Settle:
        if isinstance(head.spot, ThreadRef):
            try:
                await self._adapter.close_thread(head.spot)
            except RefusedError as refusal:  # it stays open, which is no harm
                log.warning("thread not closed", extra={"reason": str(refusal)})
        return partial(deliveries.taken_down, delivery=head)

    def _sent(self, head: Delivery, message_id: str) -> Settle:
        log.info("delivered", extra={"row": head.id, "version": head.version})
        return partial(deliveries.sent, delivery=head, message_id=message_id)
