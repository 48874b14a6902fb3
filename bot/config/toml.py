"""Reads config.toml against the classes that declare its keys."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import msgspec

from bot.config.places import Places, meaning
from bot.config.problems import Report, nearest, shown, text_of
from bot.config.settings import Settings

_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")


def section_types() -> dict[str, type]:
    """Every section of config.toml, and the class that declares its keys."""
    return {
        name: hint
        for name, hint in get_type_hints(Settings).items()
        if isinstance(hint, type) and is_dataclass(hint)
    }


def read_sections(config: Path, report: Report) -> dict[str, Any]:
    """Every section of the file, with its defaults where it says nothing.

    What is wrong goes to the report; the sections are of use only when it stays empty.
    """
    text = text_of(config, report)
    places = Places.of(text)
    document = _parsed(text, places, report)
    types = section_types()
    toml = _Toml(config.parent.absolute(), places, report)
    for name in document.keys() - types.keys():
        toml.report.add(
            f"is no section of Laurel's{_choice(name, types)}",
            key=shown(name),
            line=toml.line(name),
        )
    return {
        name: _section(name, kind, document.get(name, {}), toml)
        for name, kind in types.items()
    }


@dataclass(frozen=True, slots=True)
class _Toml:
    folder: Path
    places: Places
    report: Report

    def line(self, section: str, key: str = "") -> int | None:
        return self.places.line(section, key)


def _parsed(text: str, places: Places, report: Report) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError:
        report.add("is nested too deeply to be read; no setting is nested")
    except ValueError as error:
        # Some are no TOMLDecodeError, such as a number of five thousand digits.
        place = _PLACE.search(str(error))
        words = meaning(str(error)) if place else "a value is too long to be read"
        last = text.rstrip().count("\n") + 1
        line = int(place[1] or last) if place else None
        key = places.keys.get(line or 0, "")
        named = ".".join(map(shown, key.split("."))) if key else ""
        report.add(f"is no TOML: {words}", key=named, line=line)
    return {}


def _section(name: str, kind: type, table: object, toml: _Toml) -> object:
    if not isinstance(table, dict):
        toml.report.add(
            f"is a section: write [{name}] and its keys below it",
            key=name,
            line=toml.line(name),
        )
        return None
    hints = get_type_hints(kind, include_extras=True)
    for key in table.keys() - hints.keys():
        toml.report.add(
            f"is no key of this section{_choice(key, hints)}",
            key=f"{name}.{shown(key)}",
            line=toml.line(name, key),
        )
    values = {each.name: each.default for each in fields(kind)}
    for key in hints.keys() & table.keys():
        try:
            values[key] = _value(hints[key], table[key])
        except ValueError as error:
            line = toml.line(name, key)
            toml.report.add(str(error), key=f"{name}.{key}", line=line)
    _check_together(name, values, toml)
    return kind(**{key: _rooted(value, toml.folder) for key, value in values.items()})


def _rooted(value: object, folder: Path) -> object:
    return folder / value if isinstance(value, Path) else value


def _check_together(name: str, values: Mapping[str, Any], toml: _Toml) -> None:
    if name == "shoutouts" and values["reason_min_chars"] > values["reason_max_chars"]:
        toml.report.add(
            "is more than reason_max_chars, so that no reason would do",
            key="shoutouts.reason_min_chars",
            line=toml.line(name, "reason_min_chars"),
        )


def _value(hint: Any, value: object) -> object:
    kind, meta = get_args(hint)
    if kind is Path:
        if not isinstance(value, str) or not value.strip() or "\0" in value:
            raise ValueError("wants the path of a file or folder, in quotes")
        return Path(value)
    try:
        return msgspec.convert(value, hint)
    except msgspec.ValidationError:
        raise ValueError(_wanted(kind, meta, value)) from None


def _wanted(kind: Any, meta: msgspec.Meta, value: object) -> str:
    unit = (meta.extra or {})["unit"]
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        near = get_close_matches(str(value)[:40].lower(), choices, n=1)
        asked = f"; did you mean {near[0]!r}?" if near else ""
        return f"wants one of {', '.join(map(repr, choices))}{asked}"
    if kind is bool:
        return "wants true or false, without quotes"
    if kind is int:
        plain = isinstance(value, int | float) and abs(value) < 10**15
        has = f", not {str(value).lower()}" if plain else ""
        return f"wants a whole number from {meta.ge} to {meta.le} ({unit}){has}"
    return f"wants text in quotes ({unit}): {meta.description}"


def _choice(name: str, known: Mapping[str, object]) -> str:
    return nearest(name, known) or f"; it has {', '.join(known)}"
