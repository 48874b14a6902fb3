"""The questions of a command as Discord's options, in each language."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

import regex

from bot.adapters.discord.raw import Json
from bot.chat import fields
from bot.chat.catalogue import Catalogue, Language
from bot.chat.clip import clip
from bot.chat.limits import MAX_QUESTIONS
from bot.chat.routes import RouteSpec
from bot.chat.text import Phrase, phrase

POSTABLE = (0, 5, 10, 11, 12, 15)
"""Kinds of channel that words can be posted to: text, announcements, threads, forums.

Media channels want a picture in each post, so they are not among them.
"""

_LOCALES = (
    "ar", "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi",
    "fr", "he", "hi", "hr", "hu", "id", "it", "ja", "ko", "lt", "nl", "no", "pl",
    "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
)  # fmt: skip
"""Discord's languages. Source: ``AvailableLocalesEnum`` of its OpenAPI document."""

_STRING, _INTEGER, _BOOLEAN, _USER, _CHANNEL, _ROLE, _ATTACHMENT = 3, 4, 5, 6, 7, 8, 11
_MAX_NAME_CHARS = 32
_MAX_DESCRIPTION_CHARS = 100
_MAX_CHOICE_CHARS = 100
_MAX_PEOPLE = 25 // MAX_QUESTIONS
"""So that a command has at most 25 options, whatever it asks."""

_NO_NAME = regex.compile(r"[^\p{L}\p{N}\p{Deva}\p{Thai}]+")

Said = Callable[[Language], str]
"""What is said in one language."""


def option_names(asked: fields.AnyField) -> tuple[str, ...]:
    """Return the options that answer one field: ``to``, ``to-2``, ``to-3`` for people.

    None for what has no option and is asked in a form.
    """
    name = asked.name.replace("_", "-")
    match asked:
        case fields.Checks():
            return ()
        case fields.People(max_people=most):
            return tuple(_numbered(name, n + 1) for n in range(min(most, _MAX_PEOPLE)))
        case _:
            return (name,)


def hint_of(asked: fields.AnyField) -> Phrase | None:
    """Return how to write an answer that no picker of Discord's gives; else None."""
    match asked:
        case fields.Date():
            return phrase("forms.date-hint")
        case fields.Time():
            return phrase("forms.time-hint")
        case fields.Duration():
            return phrase("forms.duration-hint")
        case fields.FileUpload(max_bytes=most):
            return phrase("forms.file-hint", kilobytes=most // 1_000)
        case _:
            return None


class Tongues:
    """Says words in each of Discord's languages that Laurel speaks.

    Attributes:
        others: The languages beside Laurel's first, by Discord's tag.
    """

    def __init__(self, catalogue: Catalogue) -> None:
        self._own = catalogue.languages[catalogue.fallback]
        chosen = {tag: catalogue.choose(tag) for tag in _LOCALES}
        self.others: Mapping[str, Language] = {
            tag: catalogue.languages[spoken]
            for tag, spoken in chosen.items()
            if spoken != catalogue.fallback
        }

    @staticmethod
    def said(key: str, most: int) -> Said:
        """Return what says the words of ``key``, in at most ``most`` characters."""
        return lambda language: clip(language.plain(key) or "", most)

    def everywhere(self, what: str, said: Said) -> Json:
        """Return ``what`` in Laurel's first language, and in those where it differs."""
        own = said(self._own)
        others = {tag: said(language) for tag, language in self.others.items()}
        differing = {tag: words for tag, words in others.items() if words != own}
        localized = {f"{what}_localizations": differing} if differing else {}
        return {what: own, **localized}


@dataclass(frozen=True, slots=True)
class Questions:
    """Draws the questions of one route.

    Attributes:
        needed: Whether what is required has to be typed, since no form follows.
    """

    route: RouteSpec
    tongues: Tongues
    needed: bool

    def drawn(self) -> list[Json]:
        """Return the options, those that are required before the others."""
        found = [option for asked in self.route.fields for option in self._of(asked)]
        return sorted(found, key=lambda option: "required" not in option)

    def _of(self, asked: fields.AnyField) -> Iterator[Json]:
        described = self.tongues.everywhere(
            "description", lambda language: self._description(language, asked)
        )
        for number, name in enumerate(option_names(asked), 1):
            option = {"name": name, **described, **self._kind(asked)}
            if localized := self._names(asked, number):
                option["name_localizations"] = localized
            if self.needed and asked.required and number == 1:
                option["required"] = True
            yield option

    def _kind(self, asked: fields.AnyField) -> Json:
        """Return what Discord asks for, and within which bounds."""
        match asked:
            case fields.Person() | fields.People():
                return {"type": _USER}
            case fields.Text(min_chars=least, max_chars=most):
                return {"type": _STRING, "min_length": least, "max_length": most}
            case fields.Choice(options=()):
                return {"type": _STRING, "autocomplete": True}
            case fields.Choice(options=values):
                choices = [self._choice(asked, value) for value in values]
                return {"type": _STRING, "choices": choices}
            case fields.Integer(minimum=least, maximum=most):
                return {"type": _INTEGER, "min_value": least, "max_value": most}
            case fields.Checks() | fields.Date() | fields.Time() | fields.Duration():
                return {"type": _STRING}
            case fields.Channel():
                return {"type": _CHANNEL, "channel_types": list(POSTABLE)}
            case fields.Role():
                return {"type": _ROLE}
            case fields.YesNo():
                return {"type": _BOOLEAN}
            case fields.FileUpload():
                return {"type": _ATTACHMENT}
            case _ as never:
                assert_never(never)

    def _choice(self, asked: fields.AnyField, value: str) -> Json:
        key = f"{self.route.key}.{asked.name}-{value}"
        named = self.tongues.everywhere("name", Tongues.said(key, _MAX_CHOICE_CHARS))
        return {"value": value, **named}

    def _names(self, asked: fields.AnyField, number: int) -> Mapping[str, str]:
        """Return what the option is called in other languages, after its label.

        Not where two questions of the route would be called the same.
        """
        named = {}
        for tag, language in self.tongues.others.items():
            labels = [_slug(self._label(language, each)) for each in self.route.fields]
            label = _slug(self._label(language, asked))
            if label and labels.count(label) == 1:
                named[tag] = _numbered(label, number)
        return named

    def _description(self, language: Language, asked: fields.AnyField) -> str:
        """Return the label with the hint; the hint alone where both are too long."""
        label = self._label(language, asked)
        hint = language.plain(f"{self.route.key}.{asked.name}-hint")
        if hint is None and (own := hint_of(asked)):
            hint = language.format(own, [])
        whole = f"{label} · {hint}" if hint else label
        if len(whole) > _MAX_DESCRIPTION_CHARS:
            return clip(hint or label, _MAX_DESCRIPTION_CHARS)
        return whole

    def _label(self, language: Language, asked: fields.AnyField) -> str:
        return language.plain(f"{self.route.key}.{asked.name}") or asked.name


def _slug(label: str) -> str:
    """Return ``label`` as Discord lets an option be called."""
    lowered = unicodedata.normalize("NFC", label.lower())
    return str(_NO_NAME.sub("-", lowered).strip("-")[:_MAX_NAME_CHARS].strip("-"))


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name[: _MAX_NAME_CHARS - 2]}-{number}"
