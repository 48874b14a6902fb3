"""Brings answers to whoever acted: as messages, as forms, or as views at home."""

from __future__ import annotations

import logging
from dataclasses import dataclass

from bot.adapters.slack.answering import Answering
from bot.adapters.slack.errands import Errand
from bot.adapters.slack.errors import TooLateError
from bot.adapters.slack.outcomes import Answer, Objected, Opened, Said
from bot.adapters.slack.reply import Reply
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError
from bot.chat.raw import Json
from bot.chat.text import Phrase, phrase

_UNOPENED = (TooLateError, NotAcceptedError, OutcomeUnknownError, RefusedError)
"""Why a form did not open; where nobody knows, a button for it does no harm."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Delivery:
    """Brings answers; each of its methods that sends raises as `Api.call` does."""

    answering: Answering

    async def bring(self, errand: Errand, answer: Answer, reply: Reply) -> None:
        """Bring an answer in the way that is still open to it."""
        if isinstance(answer, Opened):
            if reply.can_open:
                try:
                    await reply.open(answer.view)
                except _UNOPENED as error:
                    log.info("no form any more", extra={"reason": str(error)})
                else:
                    return
            answer = await self.answering.later(answer.call, answer.ask)
        if isinstance(answer, Objected):
            again = answer.ask if answer.ask.draft else None
            answer = await self.answering.refused(
                answer.call, answer.route, answer.faults, again
            )
        await self._say(errand, answer, reply)

    async def tell(self, errand: Errand, reply: Reply, reason: Phrase) -> None:
        """Tell whoever acted one thing, in private."""
        told = self.answering.told(errand.locale, reason)
        await self._say(errand, told, reply)

    def at_home(self, errand: Errand, answer: Said) -> Json | None:
        """Return an answer as a view; where it can be pressed, where it is to be found.

        At home there is no place for answers, and presses in a view have none either.
        """
        directly = phrase("slack.answered-directly")
        found = self.answering.told(errand.locale, directly).notice
        if found is None or answer.can_be_pressed:
            return found
        return {**found, "blocks": answer.payload.body["blocks"]}

    async def _say(self, errand: Errand, answer: Said, reply: Reply) -> None:
        if errand.origin.surface == "home" and reply.can_open:
            view = self.at_home(errand, answer)
            if view is not None:
                await reply.open(view)
            if not answer.can_be_pressed:
                return
        elif reply.holds and answer.notice is not None:
            await reply.update(answer.notice)
            return
        elif reply.holds:
            done = self.answering.told(errand.locale, phrase("slack.answered"))
            if done.notice is not None:
                await reply.update(done.notice)
        await self._send(answer, reply)

    async def _send(self, answer: Said, reply: Reply) -> None:
        body, files = answer.payload.body, answer.payload.files
        if answer.redraws:
            await reply.redraw(body)
        else:
            await reply.say(body, private=answer.private)
        if files:
            await reply.share(files, answer.handed, answer.unhanded)
