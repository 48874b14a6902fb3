"""What Laurel answers, drawn for whoever reads it and ready to be sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from bot.adapters.slack import message as messages
from bot.adapters.slack import modal
from bot.adapters.slack.incoming import Typing
from bot.adapters.slack.message import Payload
from bot.adapters.slack.origin import KEPT
from bot.adapters.slack.outcomes import Objected, Opened, Said
from bot.adapters.slack.roster import Roster
from bot.adapters.slack.text import plain_text
from bot.adapters.slack.voices import Voices
from bot.chat import answering, fields
from bot.chat.adapter import Dispatch, Memory
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Card, Message, say
from bot.chat.raw import Json
from bot.chat.responses import Ask, Call
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.chat.text import Phrase, Quote, phrase
from bot.chat.voices import refs_in
from bot.domain.refs import CommunityRef, RoleRef

_MAX_OPTION_CHARS = 75
_MAX_BUTTON_CHARS = 75

WHOLE = ""
"""Under which a form has what is said of it as a whole."""


class Answering:
    """Draws answers."""

    def __init__(
        self,
        voices: Voices,
        roster: Roster,
        memory: Memory,
        table: RouteTable,
        run: Dispatch,
    ) -> None:
        self.voices = voices
        self._roster = roster
        self._memory = memory
        self._table = table
        self._run = run

    async def said(
        self, call: Call, message: Message, *, private: bool, redraws: bool = False
    ) -> Said:
        """Return ``message`` in the member's language, or in the community's."""
        if private:
            speech = await self.voices.private(call, message)
        else:
            speech = await self.voices.public(call.community, message)
        drawn = messages.draw(message, speech, private=private)
        if not drawn.files:
            return Said(drawn, private, redraws)
        names = Quote(", ".join(each.name for each in drawn.files))
        handed, unhanded = (
            messages.draw(say(Card(body=(phrase(key, names=names),))), speech).body
            for key in ("slack.file-sent", "slack.file-unsent")
        )
        return Said(drawn, private, redraws, handed=handed, unhanded=unhanded)

    def told(self, locale: str | None, reason: Phrase) -> Said:
        """Return a sentence for whom nothing is known of but a language."""
        speech = self.voices.stranger(locale)
        drawn = messages.draw(answering.warning(reason), speech, private=True)
        return Said(drawn, notice=modal.notice(reason, speech))

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
        sentences = answering.sentences_of(route, faults)
        warning = answering.warning(*sentences)
        speech = await self.voices.private(call, warning)
        drawn = messages.draw(warning, speech, private=True)
        if again is not None:
            return await self._with_form(call, drawn, again, "forms.edit-again")
        alone = sentences[0] if len(sentences) == 1 else None
        return Said(drawn, notice=modal.notice(alone, speech) if alone else None)

    async def later(self, call: Call, ask: Ask) -> Said:
        """Return a button that opens a form, where Slack opens none any more."""
        words = say(Card(body=(phrase("forms.form-ready"),)))
        speech = await self.voices.private(call, words)
        drawn = messages.draw(words, speech, private=True)
        return await self._with_form(call, drawn, ask, "forms.open-form")

    async def opened(
        self, call: Call, ask: Ask, faults: Mapping[str | None, Phrase] | None = None
    ) -> Opened:
        """Return a form, holding what was filled in already, and what is wrong."""
        route = self._table.check_action(ask.action)
        choices = {
            each.name: await self._choices(call, each, ask)
            for each in route.fields
            if isinstance(each, fields.Role)
            or (isinstance(each, fields.Choice | fields.Checks) and each.lookup)
        }
        refs = [ref for each in choices.values() for ref in answering.named(each)]
        for reason in (faults or {}).values():
            refs += refs_in(reason)
        speech = await self.voices.form(call, refs)
        asked = {each.name for each in route.fields}  # what is at none is of the whole
        errors = {
            at if at in asked else WHOLE: reason
            for at, reason in (faults or {}).items()
        }
        view = modal.draw(route, ask.action, ask.draft, speech, choices, errors=errors)
        return Opened(call, ask, view)

    async def objected(
        self,
        call: Call,
        route: RouteSpec,
        ask: Ask,
        faults: Mapping[str | None, Phrase],
        shown: frozenset[str],
    ) -> Objected:
        """Return what is wrong with a form; ``shown`` are the questions on it."""
        at_fields = {at: reason for at, reason in faults.items() if at in shown and at}
        if len(at_fields) < len(faults):
            return Objected(call, route, ask, faults)
        refs = [ref for reason in faults.values() for ref in refs_in(reason)]
        speech = await self.voices.form(call, refs)
        return Objected(call, route, ask, faults, modal.beside(at_fields, speech))

    async def options(self, call: Call, typing: Typing) -> list[Json]:
        """Return what fits the words so far, as Slack offers it while one types."""
        found = await self._found(call, typing.asked, typing.typed)
        speech = await self.voices.form(call, answering.named(found))
        return [
            {
                "text": plain_text(answering.label(each, speech), _MAX_OPTION_CHARS),
                "value": each.value,
            }
            for each in found
        ]

    async def _with_form(
        self, call: Call, drawn: Payload, ask: Ask, label: str
    ) -> Said:
        kept = await self._memory.keep(call, ask)
        if kept is None:
            return Said(drawn)
        words = (await self.voices.form(call)).plain(phrase(label))
        button = {
            "type": "button",
            "action_id": "again",
            "style": "primary",
            "text": plain_text(words, _MAX_BUTTON_CHARS),
            "value": KEPT + kept,
        }
        row = {"type": "actions", "block_id": "again", "elements": [button]}
        body = {**drawn.body, "blocks": [*drawn.body["blocks"], row]}
        return Said(Payload(body, drawn.files))

    async def _choices(
        self, call: Call, asked: fields.Choice | fields.Checks | fields.Role, ask: Ask
    ) -> Sequence[Suggestion]:
        """Return the best options, what was chosen before among them; or all boxes."""
        if isinstance(asked, fields.Checks):
            find = partial(self._run.suggest, asked.lookup, call)
            return await answering.boxes(find, ask.action)
        chosen = ask.draft.get(asked.name)
        if isinstance(chosen, RoleRef):
            chosen = chosen.id
        return await answering.best(partial(self._found, call, asked), chosen)

    async def _found(
        self, call: Call, asked: fields.Choice | fields.Role, typed: str
    ) -> Sequence[Suggestion]:
        if isinstance(asked, fields.Choice):
            return await self._run.suggest(asked.lookup, call, typed)
        return await self._groups(call.community, typed)

    async def _groups(
        self, community: CommunityRef, typed: str
    ) -> Sequence[Suggestion]:
        """Return the user groups whose names have what is typed in them."""
        named = await self._roster.groups(community.id)
        wanted = typed.casefold().removeprefix("@")
        fitting = sorted(
            (name, group_id)
            for group_id, name in named.items()
            if wanted in name.casefold() or typed == group_id
        )
        return [Suggestion(group_id, Quote(name)) for name, group_id in fitting][
            :MAX_OPTIONS
        ]
