"""What Discord refuses in application commands, beyond what its document says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import regex

from tests.fakes.discord.places import Json

_CHAT: Final = 1
_SUB, _GROUP = 1, 2
_MOST: Final[Mapping[int, int]] = {1: 100, 2: 5, 3: 5}
_MAX_TEXT: Final = 8000
_SUB_DEPTH: Final = 2
_DEEPEST: Final[Mapping[int, int]] = {_SUB: 2, _GROUP: 1}
_NAME: Final = regex.compile(r"[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}")
_LOCALES: Final = frozenset(
    {
        "id",
        "da",
        "de",
        "en-GB",
        "en-US",
        "es-ES",
        "es-419",
        "fr",
        "hr",
        "it",
        "lt",
        "hu",
        "nl",
        "no",
        "pl",
        "pt-BR",
        "ro",
        "fi",
        "sv-SE",
        "vi",
        "tr",
        "cs",
        "el",
        "bg",
        "ru",
        "uk",
        "hi",
        "th",
        "zh-CN",
        "ja",
        "zh-TW",
        "ko",
    }
)


def command_problems(commands: Sequence[Json] | None) -> list[str]:
    """Return what is wrong with all commands of an application."""
    every = commands or ()
    found = []
    names = Counter((each.get("type") or _CHAT, each["name"]) for each in every)
    found += [f"{name}: twice" for (_, name), n in names.items() if n > 1]
    kinds = Counter(each.get("type") or _CHAT for each in every)
    found += [f"{n} commands of type {k}" for k, n in kinds.items() if n > _MOST[k]]
    for each in every:
        found += _command(each)
    return found


def _command(command: Json) -> Iterator[str]:
    name = command["name"]
    options = command.get("options") or ()
    contexts = command.get("contexts")
    if contexts is not None and len(set(contexts)) != len(contexts):
        yield f"{name}: a context twice"
    yield from _localized(command, name)
    if (command.get("type") or _CHAT) != _CHAT:
        if options or command.get("description"):
            yield f"{name}: an entry of a menu has no options and no description"
        return
    if not command.get("description"):
        yield f"{name}: needs a description"
    yield from _named(command, name)
    yield from _options(options, name, depth=0)
    size = _size(command)
    if size > _MAX_TEXT:
        yield f"{name}: {size} characters in all, and {_MAX_TEXT} may be"


def _named(thing: Json, path: str) -> Iterator[str]:
    localized = (thing.get("name_localizations") or {}).values()
    for name in (thing["name"], *localized):
        if not _NAME.fullmatch(name) or name != name.lower():
            yield f"{path}: {name!r} is no name for a command or option"


def _localized(thing: Json, path: str) -> Iterator[str]:
    for key in ("name_localizations", "description_localizations"):
        strange = set(thing.get(key) or ()) - _LOCALES
        if strange:
            yield f"{path}: {key} has unknown locales {sorted(strange)}"


def _options(options: Sequence[Json], path: str, depth: int) -> Iterator[str]:
    names = Counter(each["name"] for each in options)
    yield from (f"{path}: option {n!r} twice" for n, k in names.items() if k > 1)
    nested = [each["type"] in {_SUB, _GROUP} for each in options]
    if any(nested) and not all(nested):
        yield f"{path}: subcommands stand beside options"
    required = [bool(each.get("required")) for each in options]
    if required != sorted(required, reverse=True):
        yield f"{path}: a required option stands after an optional one"
    for locale in _LOCALES:
        shown = Counter(_in(each, locale) for each in options)
        yield from (
            f"{path}: {n!r} twice in {locale}" for n, k in shown.items() if k > 1
        )
    for each in options:
        yield from _option(each, f"{path} {each['name']}", depth)


def _in(option: Json, locale: str) -> str:
    localized: Mapping[str, str] = option.get("name_localizations") or {}
    return localized.get(locale, option["name"])


def _option(option: Json, path: str, depth: int) -> Iterator[str]:
    yield from _named(option, path)
    yield from _localized(option, path)
    kind = option["type"]
    if kind in {_SUB, _GROUP}:
        if depth >= _DEEPEST[kind]:
            yield f"{path}: nested too deep"
        inner = 1 if kind == _GROUP else _SUB_DEPTH
        yield from _options(option.get("options") or (), path, inner)
        return
    choices = option.get("choices") or ()
    if choices and option.get("autocomplete"):
        yield f"{path}: completes itself and has choices"
    names = Counter(each["name"] for each in choices)
    yield from (f"{path}: choice {n!r} twice" for n, k in names.items() if k > 1)
    for low, high in (("min_value", "max_value"), ("min_length", "max_length")):
        least: Any = option.get(low)
        most: Any = option.get(high)
        if least is not None and most is not None and least > most:
            yield f"{path}: {low} is above {high}"


def _size(thing: Json) -> int:
    """Return the characters that count: of a text's languages only the longest."""
    own = _longest(thing, "name") + _longest(thing, "description")
    choices = thing.get("choices") or ()
    values = sum(_longest(each, "name") + len(str(each["value"])) for each in choices)
    return own + values + sum(_size(each) for each in thing.get("options") or ())


def _longest(thing: Json, key: str) -> int:
    localized: Mapping[str, str] = thing.get(f"{key}_localizations") or {}
    return max(map(len, (thing.get(key) or "", *localized.values())))
