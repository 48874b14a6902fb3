"""Neutral forms as Slack's modals.

Each question is an input whose ``block_id`` and ``action_id`` are both the field's
name; the view's ``callback_id`` is the action's wire form. ``private_metadata`` is left
for whoever opens the view.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import assert_never

from bot.adapters.slack.inputs import Inputs
from bot.adapters.slack.text import Words, plain_text
from bot.chat import fields
from bot.chat.fields import Suggestion
from bot.chat.message import Action
from bot.chat.raw import Json
from bot.chat.routes import RouteSpec
from bot.chat.speech import Speech
from bot.chat.text import Phrase, phrase

_MAX_TITLE_CHARS = 24
_MAX_HINT_CHARS = 2_000

_NO_ERRORS: Mapping[str, Phrase] = MappingProxyType({})


def draw(
    route: RouteSpec,
    action: Action,
    draft: Mapping[str, object],
    speech: Speech,
    choices: Mapping[str, Sequence[Suggestion]],
    *,
    errors: Mapping[str, Phrase] = _NO_ERRORS,
) -> Json:
    """Return the form of ``route`` as a view.

    Looked-up choices and roles of which all are known (fewer than 25 were found) are
    a list; else they are an ``external_select`` that asks for options as one types.

    Args:
        route: What is asked.
        action: Where the answers go; its wire form is the view's ``callback_id``.
        draft: What it holds already, in neutral types; words that nobody understood
            as they were typed.
        speech: To whom.
        choices: What was found before, by field name; of a choice that may be left out
            and for which nothing was found, nothing is asked.
        errors: What is to be said at a field, or of the whole under the empty name.
    """
    words = Words(speech, None)
    form = _Form(route, words, Inputs(route, draft, words, choices), errors)
    return {
        "type": "modal",
        "callback_id": action.encode(),
        "title": plain_text(form.title(), _MAX_TITLE_CHARS),
        "submit": _said("forms.send", words),
        "close": _said("slack.cancel", words),
        "blocks": list(form.blocks()),
    }


def beside(errors: Mapping[str, Phrase], speech: Speech) -> dict[str, str]:
    """Return ``errors`` by block, as ``response_action: errors`` takes them."""
    words = Words(speech, None)
    return {name: words.plain(wrong) or "…" for name, wrong in errors.items()}


def loading(speech: Speech) -> Json:
    """Return the view that is opened while a form is still being prepared."""
    return notice(phrase("slack.loading"), speech)


def notice(words: Phrase, speech: Speech) -> Json:
    """Return a view that says one thing and asks nothing."""
    drawn = Words(speech, None)
    return {
        "type": "modal",
        "title": plain_text(drawn.plain(phrase("slack.title")), _MAX_TITLE_CHARS),
        "close": _said("slack.close", drawn),
        "blocks": [_rich(drawn.inline(words))],
    }


@dataclass(frozen=True, slots=True)
class _Form:
    """A form for one reader."""

    route: RouteSpec
    words: Words
    inputs: Inputs
    errors: Mapping[str, Phrase]

    def title(self) -> str:
        """Return the route's title, else its command, else words that fit any."""
        key = f"{self.route.key}.title"
        if self.words.speech.has(key):
            return self.words.plain(phrase(key))
        if self.route.command:
            return f"/{self.route.command}"
        return self.words.plain(phrase("forms.title"))

    def blocks(self) -> Iterator[Json]:
        """Yield the questions, each under what is wrong with its answer."""
        if (wrong := self.errors.get("")) is not None:
            yield self._wrong(wrong)
        asked = [each for each in self.route.fields if not self.inputs.left_out(each)]
        for each in asked or self.route.fields:
            if (wrong := self.errors.get(each.name)) is not None:
                yield self._wrong(wrong)
            yield self._question(each)

    def _question(self, asked: fields.AnyField) -> Json:
        stem = f"{self.route.key}.{asked.name}"
        label = self._own(stem) or asked.name
        drawn: Json = {
            "type": "input",
            "block_id": asked.name,
            "label": plain_text(label),
            "element": {**self.inputs.drawn(asked), "action_id": asked.name},
            "optional": not asked.required,
        }
        if hint := self._own(f"{stem}-hint") or self._how(asked):
            drawn["hint"] = plain_text(hint, _MAX_HINT_CHARS)
        return drawn

    def _own(self, key: str) -> str | None:
        spoken = phrase(key)
        return self.words.plain(spoken) if self.words.speech.has(key) else None

    def _how(self, asked: fields.AnyField) -> str | None:
        """Return how to write an answer that no picker of Slack's gives; else None."""
        match asked:
            case fields.Duration():
                return self.words.plain(phrase("forms.duration-hint"))
            case fields.FileUpload(max_bytes=most):
                kilobytes = most // 1_000
                return self.words.plain(phrase("forms.file-hint", kilobytes=kilobytes))
            case (
                fields.Person()
                | fields.People()
                | fields.Text()
                | fields.Choice()
                | fields.Checks()
                | fields.Integer()
                | fields.Date()
                | fields.Time()
                | fields.Channel()
                | fields.Role()
                | fields.YesNo()
            ):
                return None
            case _ as never:
                assert_never(never)

    def _wrong(self, wrong: Phrase) -> Json:
        """Return what is wrong, in sight, since a view that opens shows no errors."""
        sign: Json = {"type": "text", "text": "⚠️ "}
        return _rich([sign, *self.words.inline(wrong, strong=True)])


def _said(key: str, words: Words) -> Json:
    return plain_text(words.plain(phrase(key)), _MAX_TITLE_CHARS)


def _rich(leaves: list[Json]) -> Json:
    section: Json = {"type": "rich_text_section", "elements": leaves}
    return {"type": "rich_text", "elements": [section]}
