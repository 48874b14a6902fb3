"""The questions of a form as Slack's inputs, holding what was answered before."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import assert_never

from bot.adapters.slack.text import Words, plain_text
from bot.chat import fields
from bot.chat.clip import clip
from bot.chat.directions import seen
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTION_VALUE_CHARS, MAX_OPTIONS
from bot.chat.raw import Json
from bot.chat.routes import RouteSpec
from bot.chat.text import Quote, phrase
from bot.chat.typed import write_duration
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef

_MAX_OPTION_CHARS = 75
_MAX_RADIOS = 10
_MAX_TYPED_CHARS = 100
"""Of a length of time, however it is written."""

_MEMBER = re.compile(r"[UW][A-Z0-9]+")
_CHANNEL = re.compile(r"[CG][A-Z0-9]+")
_ANYTHING = re.compile(r".+")


@dataclass(frozen=True, slots=True)
class Inputs:
    """Draws the inputs of one form."""

    route: RouteSpec
    draft: Mapping[str, object]
    words: Words
    choices: Mapping[str, Sequence[Suggestion]]

    def left_out(self, asked: fields.AnyField) -> bool:
        """Return whether nothing is asked, since there is nothing to choose from."""
        if isinstance(asked, fields.Checks):
            return not self._boxes(asked)
        return (
            isinstance(asked, fields.Choice | fields.Role)
            and not asked.required
            and asked.name in self.choices
            and not self.choices[asked.name]
            and not self._held(asked)
        )

    def drawn(self, asked: fields.AnyField) -> Json:
        """Return the input that fits, holding what the draft has."""
        match asked:
            case fields.Person():
                return self._one(asked, "users_select", "initial_user", _MEMBER)
            case fields.People(max_people=most):
                return self._people(asked, most)
            case fields.Channel():
                kind, key = "conversations_select", "initial_conversation"
                return self._one(asked, kind, key, _CHANNEL) | _POSTABLE
            case fields.Text():
                return self._text(asked)
            case fields.Choice(options=()) | fields.Role():
                return self._looked_up(asked)
            case fields.Choice(options=values):
                return self._choice(asked, values)
            case fields.YesNo():
                return self._radios(asked, self._fixed(asked, ("yes", "no")))
            case fields.Checks():
                return self._checks(asked)
            case fields.Integer():
                return self._integer(asked)
            case fields.Date():
                return self._one(asked, "datepicker", "initial_date")
            case fields.Time():
                return self._one(asked, "timepicker", "initial_time")
            case fields.Duration():
                drawn: Json = {"type": "plain_text_input"}
                return drawn | self._words_held(asked, _MAX_TYPED_CHARS)
            case fields.FileUpload():
                return {"type": "file_input", "max_files": 1}
            case _ as never:
                assert_never(never)

    def _one(
        self,
        asked: fields.AnyField,
        kind: str,
        key: str,
        usable: re.Pattern[str] = _ANYTHING,
    ) -> Json:
        """Return a picker of one; words that nobody understood cannot stand in it."""
        understood = not isinstance(self.draft.get(asked.name), str)
        held = [w for w in self._held(asked) if understood and usable.fullmatch(w)]
        return {"type": kind, **({key: held[0]} if held else {})}

    def _people(self, asked: fields.AnyField, most: int) -> Json:
        held = [word for word in self._held(asked) if _MEMBER.fullmatch(word)]
        drawn: Json = {"type": "multi_users_select", "max_selected_items": most}
        return drawn | ({"initial_users": held[:most]} if held else {})

    def _text(self, asked: fields.Text) -> Json:
        drawn: Json = {"type": "plain_text_input", "multiline": asked.multiline}
        if asked.required:  # else an empty answer would be too short
            drawn["min_length"] = asked.min_chars
        return drawn | self._words_held(asked, asked.max_chars)

    def _words_held(self, asked: fields.AnyField, most: int) -> Json:
        held = seen("".join(self._held(asked)))
        return {
            "max_length": most,
            **({"initial_value": clip(held, most)} if held else {}),
        }

    def _integer(self, asked: fields.Integer) -> Json:
        drawn: Json = {
            "is_decimal_allowed": False,
            "min_value": str(asked.minimum),
            "max_value": str(asked.maximum),
        }
        held = self.draft.get(asked.name)
        if isinstance(held, int) and asked.minimum <= held <= asked.maximum:
            drawn["initial_value"] = str(held)
        return {"type": "number_input", **drawn}

    def _choice(self, asked: fields.Choice, values: tuple[str, ...]) -> Json:
        """Return a group of radio buttons where nobody has to take back a choice."""
        options = self._fixed(asked, values)
        if asked.required and len(options) <= _MAX_RADIOS:
            return self._radios(asked, options)
        return {"type": "static_select", **self._marked(asked, options)}

    def _radios(self, asked: fields.AnyField, options: list[Json]) -> Json:
        return {"type": "radio_buttons", **self._marked(asked, options)}

    def _checks(self, asked: fields.Checks) -> Json:
        options, held = self._boxes(asked), self._held(asked)
        marked = [each for each in options if each["value"] in held]
        drawn: Json = {"type": "checkboxes", "options": options}
        return drawn | ({"initial_options": marked} if marked else {})

    def _boxes(self, asked: fields.Checks) -> list[Json]:
        if asked.options:
            return self._fixed(asked, asked.options)
        found = self.choices.get(asked.name, ())
        return [_option(self._label(each), each.value) for each in found]

    def _looked_up(self, asked: fields.Choice | fields.Role) -> Json:
        """Return a list of all there is, or one that looks while the member types."""
        found = {
            each.value: _option(self._label(each), each.value)
            for each in self.choices.get(asked.name, ())
            if 0 < len(each.value) <= MAX_OPTION_VALUE_CHARS
        }
        for value in self._held(asked):
            if value not in found and len(value) <= MAX_OPTION_VALUE_CHARS:
                found = {value: _option(self._named(asked, value), value), **found}
        options = list(found.values())
        if found and asked.name in self.choices and len(options) < MAX_OPTIONS:
            return {"type": "static_select", **self._marked(asked, options)}
        initial = self._marked(asked, options)
        del initial["options"]
        return {"type": "external_select", "min_query_length": 0, **initial}

    def _named(self, asked: fields.Choice | fields.Role, value: str) -> str:
        """Return what is chosen already and was not found this time, in words."""
        held = self.draft.get(asked.name)
        return self.words.speech.word(held) if isinstance(held, RoleRef) else value

    def _label(self, found: Suggestion) -> str:
        label = found.label
        return label.text if isinstance(label, Quote) else self.words.plain(label)

    def _fixed(self, asked: fields.AnyField, values: tuple[str, ...]) -> list[Json]:
        """Return options that were known when the route was written."""
        stem = f"{self.route.key}.{asked.name}"
        named = {value: f"{stem}-{value}" for value in values}
        has = self.words.speech.has
        return [
            _option(
                self.words.plain(phrase(key if has(key) else f"forms.{value}")), value
            )
            for value, key in named.items()
        ]

    def _marked(self, asked: fields.AnyField, options: list[Json]) -> Json:
        held = self._held(asked)
        marked = [each for each in options if each["value"] in held]
        return {
            "options": options,
            **({"initial_option": marked[0]} if marked else {}),
        }

    def _held(self, asked: fields.AnyField) -> tuple[str, ...]:
        return _written(self.draft.get(asked.name))


_POSTABLE: Json = {"filter": {"include": ["public", "private"]}}
"""Kinds of conversation that are channels."""


def _option(label: str, value: str) -> Json:
    words = " ".join(seen(label).split()) or value
    return {"text": plain_text(words, _MAX_OPTION_CHARS), "value": value}


def _written(answer: object) -> tuple[str, ...]:
    """Return a neutral answer as a form holds it."""
    match answer:
        case None | fields.Upload() | "":  # nobody but the member can choose a file
            return ()
        case bool():
            return ("yes" if answer else "no",)
        case tuple():
            return tuple(word for item in answer for word in _written(item))
        case Person(ref=ref):
            return (ref.id,)
        case ChannelRef(id=id_) | RoleRef(id=id_):
            return (id_,)
        case timedelta():
            return (write_duration(answer),)
        case time():
            return (answer.isoformat(timespec="minutes"),)
        case date():
            return (answer.isoformat(),)
        case _:
            return (str(answer),)
