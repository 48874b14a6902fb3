"""Neutral forms as Discord's modals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from itertools import islice
from types import MappingProxyType
from typing import assert_never

from bot.adapters.discord.questions import POSTABLE, hint_of
from bot.adapters.discord.raw import Json
from bot.adapters.discord.text import Markdown
from bot.chat import fields
from bot.chat.clip import clip
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTION_VALUE_CHARS
from bot.chat.message import Action
from bot.chat.routes import RouteSpec
from bot.chat.speech import Speech
from bot.chat.text import Phrase, Quote, phrase
from bot.chat.typed import write_duration
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, RoleRef

_STRING_SELECT, _TEXT_INPUT, _USER_SELECT, _ROLE_SELECT, _CHANNEL_SELECT = 3, 4, 5, 6, 8
_TEXT_DISPLAY, _LABEL, _FILE_UPLOAD, _RADIO_GROUP, _CHECKBOX_GROUP = 10, 18, 19, 21, 22
_SHORT, _PARAGRAPH = 1, 2

_MAX_TITLE_CHARS = 45
_MAX_LABEL_CHARS = 45
_MAX_DESCRIPTION_CHARS = 100
_MAX_OPTION_CHARS = 100
_MAX_COMPONENTS = 5
_MAX_SELECTED = 25
_MIN_RADIOS, _MAX_RADIOS = 2, 10
_MAX_TYPED_CHARS = 100
"""Of a number, a date, a time or a length of time, however it is written."""

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
    """Return the form of ``route`` as the data of a modal.

    A choice that nothing was found for is left out where it may be, and else typed;
    boxes that nothing was found for are left out.

    Args:
        route: What is asked.
        action: Where the answers go; its wire form is the modal's custom id.
        draft: What it holds already, in neutral types; words that nobody understood
            as they were typed.
        speech: To whom.
        choices: What the lookups found, by field name.
        errors: What is to be said beside a field, or of the whole under the empty name.
    """
    form = _Form(route, draft, Markdown(speech), choices, errors)
    return {
        "custom_id": action.encode(),
        "title": form.title(),
        "components": form.components(),
    }


@dataclass(frozen=True, slots=True)
class _Form:
    route: RouteSpec
    draft: Mapping[str, object]
    markdown: Markdown
    choices: Mapping[str, Sequence[Suggestion]]
    errors: Mapping[str, Phrase]

    def title(self) -> str:
        """Return the title, which Discord wants."""
        key = f"{self.route.key}.title"
        command = f"/{self.route.command}" if self.route.command else None
        title = self._words(key) or command or self._say("forms.title")
        return clip(title, _MAX_TITLE_CHARS)

    def components(self) -> list[Json]:
        """Return the questions, under what is wrong with the whole of them."""
        asked = [each for each in self.route.fields if not self._left_out(each)]
        drawn = [self._labelled(each) for each in asked or self.route.fields]
        wrong = self.errors.get("")
        if wrong is not None and len(drawn) < _MAX_COMPONENTS:
            told = {"type": _TEXT_DISPLAY, "content": self.markdown.inline(wrong)}
            return [told, *drawn]
        return drawn

    def _left_out(self, asked: fields.AnyField) -> bool:
        if asked.required:
            return False
        return (isinstance(asked, fields.Choice) and not self._offers(asked)) or (
            isinstance(asked, fields.Checks) and not self._boxes(asked)
        )

    def _labelled(self, asked: fields.AnyField) -> Json:
        label = self._words(f"{self.route.key}.{asked.name}") or asked.name
        drawn: Json = {
            "type": _LABEL,
            "label": clip(label, _MAX_LABEL_CHARS),
            "component": {"custom_id": asked.name, **self._asked(asked)},
        }
        if described := self._described(asked):
            drawn["description"] = clip(described, _MAX_DESCRIPTION_CHARS)
        return drawn

    def _described(self, asked: fields.AnyField) -> str | None:
        """Return what is wrong with the answer, else how to give it."""
        if (wrong := self.errors.get(asked.name)) is not None:
            return self.markdown.plain(wrong)
        if own := self._words(f"{self.route.key}.{asked.name}-hint"):
            return own
        hint = hint_of(asked)
        return None if hint is None else self.markdown.plain(hint)

    def _asked(self, asked: fields.AnyField) -> Json:
        """Return the input that fits, holding what the draft has."""
        match asked:
            case fields.Person():
                return self._picker(asked, _USER_SELECT, "user", 1)
            case fields.People(max_people=most):
                return self._picker(asked, _USER_SELECT, "user", most)
            case fields.Channel():
                kinds = {"channel_types": list(POSTABLE)}
                return self._picker(asked, _CHANNEL_SELECT, "channel", 1) | kinds
            case fields.Role():
                return self._picker(asked, _ROLE_SELECT, "role", 1)
            case fields.Text():
                return self._text(asked)
            case fields.Choice() | fields.YesNo():
                return self._choice(asked)
            case fields.Checks():
                return self._checks(asked)
            case fields.Integer() | fields.Date() | fields.Time() | fields.Duration():
                return self._line(asked, _MAX_TYPED_CHARS)
            case fields.FileUpload():
                return {"type": _FILE_UPLOAD, **_between(asked, 1)}
            case _ as never:
                assert_never(never)

    def _text(self, asked: fields.Text) -> Json:
        drawn = self._line(asked, asked.max_chars)
        if asked.required:  # else an empty answer would be too short
            drawn["min_length"] = asked.min_chars
        return drawn | {"style": _PARAGRAPH if asked.multiline else _SHORT}

    def _line(self, asked: fields.AnyField, most: int) -> Json:
        drawn: Json = {
            "type": _TEXT_INPUT,
            "style": _SHORT,
            "max_length": most,
            "required": asked.required,
        }
        if held := "".join(self._held(asked)):
            drawn["value"] = clip(held, most)
        return drawn

    def _choice(self, asked: fields.Choice | fields.YesNo) -> Json:
        """Return a group of radio buttons where nobody has to take back a choice."""
        options = self._marked(asked, self._offers(asked))
        if not options:
            return self._line(asked, MAX_OPTION_VALUE_CHARS)
        few = _MIN_RADIOS <= len(options) <= _MAX_RADIOS
        if isinstance(asked, fields.YesNo) or (
            asked.required and asked.options and few
        ):
            required = {"required": asked.required}
            return {"type": _RADIO_GROUP, "options": options, **required}
        return {"type": _STRING_SELECT, "options": options, **_between(asked, 1)}

    def _checks(self, asked: fields.Checks) -> Json:
        options = self._marked(asked, self._boxes(asked))
        return {
            "type": _CHECKBOX_GROUP,
            "options": options,
            **_between(asked, len(options)),
        }

    def _boxes(self, asked: fields.Checks) -> dict[str, str]:
        """Return the labels of the boxes, by value."""
        if asked.options:
            return self._fixed(asked, asked.options)
        found = self.choices.get(asked.name, ())
        return {each.value: self._label(each) for each in found}

    def _picker(self, asked: fields.AnyField, kind: int, of: str, most: int) -> Json:
        most = min(most, _MAX_SELECTED)
        drawn: Json = {"type": kind, **_between(asked, most)}
        ids = [word for word in self._held(asked) if word.isdecimal()]
        held = [{"id": id_, "type": of} for id_ in ids[:most]]
        return drawn | ({"default_values": held} if held else {})

    def _offers(self, asked: fields.Choice | fields.YesNo) -> dict[str, str]:
        """Return the labels of what can be chosen, by value."""
        match asked:
            case fields.YesNo():
                return self._fixed(asked, ("yes", "no"))
            case fields.Choice(options=()):
                return self._found(asked)
            case fields.Choice(options=options):
                return self._fixed(asked, options)
            case _ as never:
                assert_never(never)

    def _found(self, asked: fields.Choice) -> dict[str, str]:
        """Return what the lookup found, and what is chosen already beside it."""
        found = {
            each.value: self._label(each) for each in self.choices.get(asked.name, ())
        }
        chosen = {value: value for value in self._held(asked) if value not in found}
        usable = {
            value: label
            for value, label in (chosen | found).items()
            if 0 < len(value) <= MAX_OPTION_VALUE_CHARS
        }
        return dict(islice(usable.items(), _MAX_SELECTED))

    def _label(self, found: Suggestion) -> str:
        label = found.label
        words = label.text if isinstance(label, Quote) else self.markdown.plain(label)
        return clip(words, _MAX_OPTION_CHARS)

    def _fixed(self, asked: fields.AnyField, values: tuple[str, ...]) -> dict[str, str]:
        """Return the labels of options that were known when the route was written."""
        stem = f"{self.route.key}.{asked.name}"
        return {
            value: clip(
                self._words(f"{stem}-{value}") or self._say(f"forms.{value}"),
                _MAX_OPTION_CHARS,
            )
            for value in values
        }

    def _marked(self, asked: fields.AnyField, labels: Mapping[str, str]) -> list[Json]:
        held = self._held(asked)
        return [
            {"value": value, "label": label or value}
            | ({"default": True} if value in held else {})
            for value, label in labels.items()
        ]

    def _held(self, asked: fields.AnyField) -> tuple[str, ...]:
        return _written(self.draft.get(asked.name))

    def _words(self, key: str) -> str | None:
        return self._say(key) if self.markdown.speech.has(key) else None

    def _say(self, key: str) -> str:
        return self.markdown.plain(phrase(key))


def _between(asked: fields.AnyField, most: int) -> Json:
    least = 1 if asked.required else 0
    return {"min_values": least, "max_values": most, "required": asked.required}


def _written(answer: object) -> tuple[str, ...]:
    """Return a neutral answer as a form holds it."""
    match answer:
        case None | fields.Upload():  # nobody but the member can choose a file
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
