"""What Laurel answers, drawn for whoever reads it and ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType

from bot.adapters.discord import message as messages
from bot.adapters.discord import modal
from bot.adapters.discord.message import Payload
from bot.adapters.discord.raw import Json
from bot.adapters.discord.reply import KEPT
from bot.adapters.discord.voices import Voices
from bot.chat import answering
from bot.chat.adapter import Dispatch, Memory
from bot.chat.clip import clip
from bot.chat.fields import Checks, Choice, Suggestion
from bot.chat.limits import MAX_BUTTON_CHARS
from bot.chat.message import Card, Message, say
from bot.chat.responses import Ask, Call
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase, phrase

MAX_CHOICE_CHARS = 100
"""Of the name of a choice that is offered while somebody types."""

_ROW, _BUTTON, _PRIMARY = 1, 2, 1


@dataclass(frozen=True, slots=True)
class Said:
    """A message for the member, or for all.

    Attributes:
        redraws: Whether it stands in place of the private message that was pressed.

        message: What it was drawn from; None for what is not worth a second way.
    """

    payload: Payload
    private: bool = True
    redraws: bool = False
    message: Message | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """A form for the member."""

    call: Call
    ask: Ask
    body: Json


Answer = Said | Opened


class Answering:
    """Draws answers."""

    def __init__(
        self, voices: Voices, memory: Memory, table: RouteTable, run: Dispatch
    ) -> None:
        self._voices = voices
        self._memory = memory
        self._table = table
        self._run = run

    async def said(
        self,
        call: Call,
        message: Message,
        *,
        private: bool,
        redraws: bool = False,
        drawn: Mapping[int, bytes] = MappingProxyType({}),
    ) -> Said:
        """Return ``message`` in the member's language, or in the community's.

        Args:
            call: What is answered.
            message: What is said.
            private: Whether to the member alone.
            redraws: See `Said`.
            drawn: Its pictures, by where their card stands.
        """
        if private:
            speech = await self._voices.private(call, message)
        else:
            speech = await self._voices.public(call.community, message)
        payload = messages.illustrated(message, speech, drawn)
        return Said(payload, private, redraws, message)

    def told(self, locale: str | None, reason: Phrase) -> Said:
        """Return a sentence for whom nothing is known of but a language."""
        speech = self._voices.stranger(locale)
        return Said(messages.draw(answering.warning(reason), speech))

    async def refused(
        self,
        call: Call,
        route: RouteSpec | None,
        faults: Mapping[str | None, Phrase],
        again: Ask | None,
    ) -> Said:
        """Return why not, with a button that opens the form as it was filled in.

        Args:
            call: What is refused.
            route: What was asked, whose questions the fields are.
            faults: Sentences by field; under None what is no field's.
            again: What was filled in; None where there was nothing.
        """
        warning = answering.warning(*answering.sentences_of(route, faults))
        if again is None:
            return await self.said(call, warning, private=True)
        return await self._with_form(call, warning, again, "forms.edit-again")

    async def later(self, call: Call, ask: Ask) -> Said:
        """Return a button that opens a form, where Discord opens none any more."""
        words = say(Card(body=(phrase("forms.form-ready"),)))
        return await self._with_form(call, words, ask, "forms.open-form")

    async def opened(self, call: Call, ask: Ask) -> Answer:
        """Return a form, holding what was filled in already."""
        route = self._table.check_action(ask.action)
        choices = {
            field.name: await self._choices(call, ask, field)
            for field in route.fields
            if isinstance(field, Choice | Checks) and field.lookup
        }
        named = [ref for each in choices.values() for ref in answering.named(each)]
        speech = await self._voices.form(call, named)
        return Opened(
            call, ask, modal.draw(route, ask.action, ask.draft, speech, choices)
        )

    async def _choices(
        self, call: Call, ask: Ask, field: Choice | Checks
    ) -> Sequence[Suggestion]:
        find = partial(self._run.suggest, field.lookup, call)
        if isinstance(field, Checks):
            return await answering.boxes(find, ask.action)
        return await answering.best(find, ask.draft.get(field.name))

    async def options(self, call: Call, lookup: str, typed: str) -> list[Json]:
        """Return what a lookup finds, as Discord offers it while somebody types."""
        found = await self._run.suggest(lookup, call, typed)
        speech = await self._voices.form(call, answering.named(found))
        return [
            {
                "name": clip(answering.label(each, speech), MAX_CHOICE_CHARS),
                "value": each.value,
            }
            for each in found
        ]

    async def _with_form(
        self, call: Call, message: Message, ask: Ask, label: str
    ) -> Said:
        kept = await self._memory.keep(call, ask)
        said = await self.said(call, message, private=True)
        if kept is None:
            return said
        words = (await self._voices.form(call)).plain(phrase(label))
        button = {
            "type": _BUTTON,
            "style": _PRIMARY,
            "label": clip(words, MAX_BUTTON_CHARS),
            "custom_id": KEPT + kept,
        }
        row = {"type": _ROW, "components": [button]}
        body = said.payload.body
        drawn = {**body, "components": [*body["components"], row]}
        return Said(Payload(drawn, said.payload.files), message=message)
