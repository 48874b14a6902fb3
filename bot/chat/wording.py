"""Check the catalogue against the declarations, in every language, at start-up.

Platforms refuse a label that is one character too long at send time; here it is a
sentence that names the key and the language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.chat import fields, limits
from bot.chat.catalogue import Catalogue, Language
from bot.chat.routes import DeclarationError, RouteSpec
from bot.chat.table import RouteTable


@dataclass(frozen=True, slots=True)
class Flaw:
    """Words that are missing, or that no platform is sure to take."""

    language: str
    key: str
    words: str

    def __str__(self) -> str:
        return f"locales/{self.language}: {self.key}: {self.words}"


def check_words(table: RouteTable, catalogue: Catalogue) -> None:
    """Check that every language has all words, each as short as it must be.

    Raises:
        DeclarationError: If not; it names every flaw.
    """
    if found := flaws(table, catalogue):
        raise DeclarationError("\n".join(map(str, found)))


def flaws(table: RouteTable, catalogue: Catalogue) -> list[Flaw]:
    """Return what is wrong with the words of ``catalogue``, in every language."""
    found: list[Flaw] = []
    original = catalogue.languages[catalogue.fallback]
    wanted = original.placeholders()
    for language in catalogue.languages.values():
        if language is not original:
            found += _differences(original.tag, wanted, language)
        for route in table.routes.values():
            found += _route_flaws(route, language)
    return found


def _differences(
    original: str, wanted: Mapping[str, frozenset[str]], language: Language
) -> Iterator[Flaw]:
    """Yield where a translation lacks a key, invents one, or names other values."""
    given = language.placeholders()
    for key in sorted(wanted.keys() - given.keys()):
        yield Flaw(language.tag, key, f"is missing; {original} has it")
    for key in sorted(given.keys() - wanted.keys()):
        yield Flaw(language.tag, key, f"is in no use; {original} does not have it")
    for key in sorted(wanted.keys() & given.keys()):
        if unknown := given[key] - wanted[key]:
            named = ", ".join(sorted(unknown))
            yield Flaw(language.tag, key, f"names {named}, which {original} lacks")


def _route_flaws(route: RouteSpec, language: Language) -> Iterator[Flaw]:
    for key, most in _wanted(route):
        text = language.plain(key)
        if text is None:
            yield Flaw(language.tag, key, "is missing")
        elif len(text) > most:
            yield Flaw(language.tag, key, f"has {len(text)} characters, not {most}")
    for asked in route.fields:
        hint = language.plain(f"{route.key}.{asked.name}-hint") or ""
        if len(hint) > limits.MAX_HINT_CHARS:
            key = f"{route.key}.{asked.name}-hint"
            yield Flaw(language.tag, key, f"is longer than {limits.MAX_HINT_CHARS}")


def _wanted(route: RouteSpec) -> Iterator[tuple[str, int]]:
    """Yield each key that ``route`` needs, with the most characters it may have."""
    if route.command:
        yield f"{route.key}.help", limits.MAX_COMMAND_HELP_CHARS
    if route.on_message:
        yield f"{route.key}.title", limits.MAX_MENU_ENTRY_CHARS
    elif route.fields:
        yield f"{route.key}.title", limits.MAX_FORM_TITLE_CHARS
    for asked in route.fields:
        yield f"{route.key}.{asked.name}", limits.MAX_LABEL_CHARS
        if isinstance(asked, fields.Choice | fields.Checks):
            for option in asked.options:
                key = f"{route.key}.{asked.name}-{option}"
                yield key, limits.MAX_OPTION_CHARS
