"""T49: whatever stands in the settings, Laurel starts with it, or says what is wrong.

Each mistake is made on purpose at a place that is known, so it is known what has to be
said of it: the file, the line, the key, and what would be right. Nothing is begun then.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import serve
from bot.config import ConfigError, Settings, load, problems
from bot.config.toml import section_types
from bot.platforms import discord_options, slack_api
from tests.battery.size import size
from tests.battery.told import Tell

EXAMPLE = (Path(__file__).parents[2] / "config.example.toml").read_text("utf-8")
TRIES = size(50, 800)
CANARY = "sekritsekritsekrit"
"""Stands where a secret may have been put by mistake, and is never said back."""

SUGGESTS = re.compile(
    r"did you mean|; it has |wants |write |keep one|chmod 600|save it|quote|bracket|"
    r"brace|line$|a file is wanted|the file itself|belong to|copy it|is neither|"
    r"may not stand|no setting is|megabyte|reason_max_chars|too long|secrets alone"
)
"""What would be right, in some words or other."""

fuzzed = settings(
    max_examples=TRIES, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@dataclass(frozen=True, slots=True)
class Key:
    """A key of the example.

    Attributes:
        line: Where it stands, counted from 1.
    """

    section: str
    name: str
    line: int

    @property
    def path(self) -> str:
        return f"{self.section}.{self.name}"

    @property
    def hint(self) -> Any:
        kind = section_types()[self.section]
        return get_type_hints(kind, include_extras=True)[self.name]


def _keys() -> Iterator[Key]:
    section = ""
    for number, line in enumerate(EXAMPLE.splitlines(), start=1):
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            yield Key(section, line.partition(" = ")[0], number)


KEYS = tuple(_keys())
LINES = EXAMPLE.splitlines()


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something wrong in a file of settings.

    Attributes:
        line: Where it has to be said to be; None where it is nowhere in particular.

        key: What has to be named; empty for none.
    """

    text: str
    line: int | None
    key: str = ""


def with_line(at: int, *lines: str) -> str:
    """Return the example with other lines in place of one."""
    return "\n".join((*LINES[: at - 1], *lines, *LINES[at:])) + "\n"


def swapped(name: str) -> str:
    """Return a name as hurried fingers type it."""
    at = next((n for n in range(len(name) - 1) if name[n] != name[n + 1]), 0)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def misspelt_key(key: Key) -> Mistake:
    typed = swapped(key.name)
    value = LINES[key.line - 1].partition(" = ")[2]
    text = with_line(key.line, f"{typed} = {value}")
    return Mistake(text, key.line, f"{key.section}.{typed}")


def misspelt_section(key: Key) -> Mistake:
    typed = swapped(key.section)
    at = LINES.index(f"[{key.section}]") + 1
    return Mistake(with_line(at, f"[{typed}]"), at, typed)


def another_type(key: Key) -> Mistake:
    kind = get_args(key.hint)[0]
    wrong = "3" if kind in {str, Path} or get_origin(kind) is Literal else '"3"'
    return Mistake(with_line(key.line, f"{key.name} = {wrong}"), key.line, key.path)


def a_list(key: Key) -> Mistake:
    text = with_line(key.line, f'{key.name} = ["{CANARY}", {{a = 1}}]')
    return Mistake(text, key.line, key.path)


def a_moment(key: Key) -> Mistake:
    text = with_line(key.line, f"{key.name} = 1979-05-27T07:32:00Z")
    return Mistake(text, key.line, key.path)


def out_of_range(key: Key) -> Mistake:
    kind, meta = get_args(key.hint)
    if kind is not int:
        return another_type(key)
    return Mistake(
        with_line(key.line, f"{key.name} = {meta.le + 1}"), key.line, key.path
    )


def set_twice(key: Key) -> Mistake:
    line = LINES[key.line - 1]
    return Mistake(with_line(key.line, line, line), key.line + 1, key.path)


def begun_twice(key: Key) -> Mistake:
    text = f"{EXAMPLE}\n[{key.section}]\n"
    return Mistake(text, len(LINES) + 2, key.section)


def without_value(key: Key) -> Mistake:
    return Mistake(with_line(key.line, f"{key.name} ="), key.line, key.path)


def without_quotes(key: Key) -> Mistake:
    return Mistake(with_line(key.line, f"{key.name} = {CANARY}"), key.line, key.path)


def half_quoted(key: Key) -> Mistake:
    return Mistake(with_line(key.line, f'{key.name} = "{CANARY}'), key.line, key.path)


def bare(key: Key) -> Mistake:
    return Mistake(with_line(key.line, CANARY), key.line)


def a_backslash(key: Key) -> Mistake:
    text = with_line(key.line, f'{key.name} = "C:\\{CANARY}"')
    return Mistake(text, key.line, key.path)


def without_bracket(key: Key) -> Mistake:
    at = LINES.index(f"[{key.section}]") + 1
    return Mistake(with_line(at, f"[{key.section}"), at)


def with_two_brackets(key: Key) -> Mistake:
    at = LINES.index(f"[{key.section}]") + 1
    return Mistake(with_line(at, f"[[{key.section}]]"), at, key.section)


def with_a_dot(key: Key) -> Mistake:
    text = f"{key.section}.{swapped(key.name)} = 1\n"
    return Mistake(text, 1, f"{key.section}.{swapped(key.name)}")


def in_braces(key: Key) -> Mistake:
    text = f"# ours\n{key.section} = {{ {swapped(key.name)} = 1 }}\n"
    return Mistake(text, 2, f"{key.section}.{swapped(key.name)}")


def a_secret_for_a_name(key: Key) -> Mistake:
    text = with_line(key.line, f'{CANARY}-1 = "{CANARY}"')
    return Mistake(text, key.line, f"{key.section}.(a name of no setting)")


def a_secret_for_a_section(key: Key) -> Mistake:
    return Mistake(f'["{CANARY}-1"]\n["{CANARY}-1"]\n{key.name} = 1\n', 2)


def a_control_character(key: Key) -> Mistake:
    return Mistake(with_line(key.line, f'{key.name} = "\0"'), key.line, key.path)


MISTAKES: Sequence[Callable[[Key], Mistake]] = (
    *(misspelt_key, misspelt_section, another_type, a_list, a_moment, out_of_range),
    *(set_twice, begun_twice, without_value, without_quotes, half_quoted, bare),
    *(a_backslash, without_bracket, with_two_brackets, with_a_dot, in_braces),
    *(a_secret_for_a_name, a_secret_for_a_section, a_control_character),
)


def outcome(folder: Path, text: str, ending: str = "\n") -> Settings | ConfigError:
    """Return what becomes of a file of settings."""
    config = folder / "config.toml"
    config.write_bytes(text.replace("\n", ending).encode())
    try:
        return load(config, folder / ".env", {})
    except ConfigError as error:
        return error


def unsaid(made: Mistake, found: Settings | ConfigError) -> Iterator[str]:
    """Yield what was not said of a mistake as it should be."""
    if not isinstance(found, ConfigError):
        yield "nothing was said"
        return
    said = [str(each) for each in found.problems]
    place = "config.toml" if made.line is None else f"config.toml:{made.line}"
    begins = f"{place}: {made.key}" if made.key else f"{place}: "
    if not any(each.startswith(begins) for each in said):
        yield f"not {begins} but {said}"
    yield from (f"no way out: {each}" for each in said if not SUGGESTS.search(each))
    yield from (f"said back: {each}" for each in said if CANARY in each)
    yield from (f"not one line: {each}" for each in said if not each.isprintable())


def every_mistake() -> Iterator[tuple[str, Mistake]]:
    for make in MISTAKES:
        for key in KEYS if make in {misspelt_key, out_of_range} else KEYS[::5]:
            yield f"{make.__name__} of {key.path}", make(key)


def found_wrong(folder: Path) -> list[str]:
    """Return the mistakes that are not told as they should be."""
    return [
        f"{name}: {each}"
        for name, made in every_mistake()
        for each in unsaid(made, outcome(folder, made.text))
    ]


def test_each_mistake_is_named_with_its_way_out(tmp_path: Path, tell: Tell) -> None:
    """File, line, key, and what would be right; nothing that may be a secret."""
    found = found_wrong(tmp_path)
    assert [] == found[:5]
    tell("P13", "mistakes in settings not named, line and key", len(found), most=0)


def test_a_reader_that_ignores_what_it_does_not_know_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: an unknown key is left aside."""
    add = problems.Report.add

    def ignore(self: problems.Report, words: str, **place: Any) -> None:
        if "no key of this section" not in words:
            add(self, words, **place)

    monkeypatch.setattr(problems.Report, "add", ignore)
    missed = [each for each in found_wrong(tmp_path) if "nothing was said" in each]
    assert len(missed) >= len(KEYS)


@fuzzed
@given(data=st.data())
def test_several_mistakes_are_said_at_once(tmp_path: Path, data: st.DataObject) -> None:
    """Misspelt keys anywhere, in any manner of writing lines: each has its line."""
    chosen = data.draw(st.sets(st.sampled_from(KEYS), min_size=1, max_size=6))
    lines = list(LINES)
    for key in chosen:
        lines[key.line - 1] = misspelt_key(key).text.splitlines()[key.line - 1]
    ending = data.draw(st.sampled_from(("\n", "\r\n")))
    mark = data.draw(st.sampled_from(("", "\ufeff")))
    found = outcome(tmp_path, mark + "\n".join(lines), ending)
    assert isinstance(found, ConfigError)
    expected = {(key.line, f"{key.section}.{swapped(key.name)}") for key in chosen}
    assert expected == {(each.line, each.key) for each in found.problems}


@pytest.mark.parametrize(
    "opened",
    ['# it ans"""', '[log] # """', "port = 1 # '''", 'x = \'a"""b\'', "x = \"'''\""],
)
def test_what_begins_no_text_hides_no_lines(tmp_path: Path, opened: str) -> None:
    """Three quotes in a comment, or in a text of one line, are what they are."""
    text = f"{opened}\n[shoutouts]\nundo_minutes = true\n"
    assert 3 == line_of(outcome(tmp_path, text), "shoutouts.undo_minutes")


def test_lines_within_a_text_name_nothing(tmp_path: Path) -> None:
    """What looks like a section there is none, until the same quotes close it."""
    text = (
        "x = \"\"\" '''\n[shoutouts]\n\"\"\" # '''\n[shoutouts]\nundo_minutes = true\n"
    )
    assert 5 == line_of(outcome(tmp_path, text), "shoutouts.undo_minutes")


def line_of(found: Settings | ConfigError, key: str) -> int | None:
    """Return the line that is told of a mistake."""
    assert isinstance(found, ConfigError)
    (line,) = (each.line for each in found.problems if each.key == key)
    return line


@fuzzed
@given(
    at=st.integers(0, len(EXAMPLE)),
    cut=st.integers(0, 40),
    put=st.text(max_size=12)
    | st.sampled_from(("\0", "[[", '"""', "'''", "\r", "\ufeff")),
)
def test_any_damage_is_read_or_said(
    tmp_path: Path, at: int, cut: int, put: str
) -> None:
    """Never a crash; and what is said has a line, or is of the file as a whole."""
    text = EXAMPLE[:at] + put + EXAMPLE[at + cut :]
    found = outcome(tmp_path, text.encode("utf-8", "replace").decode())
    if isinstance(found, ConfigError):
        assert all(str(each).isprintable() for each in found.problems)
        assert all(SUGGESTS.search(str(each)) for each in found.problems)
        assert all(each.line is not None for each in found.problems)


def _valid(key: Key) -> st.SearchStrategy[object]:
    """Return values that a key can have."""
    kind, meta = get_args(key.hint)
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(meta.ge, meta.le)
    if kind is Path:
        return st.text(
            st.characters(codec="utf-8", exclude_characters="\0/"), min_size=1
        )
    assert meta.pattern is not None
    return st.from_regex(re.compile(meta.pattern, re.ASCII)).filter(str.isprintable)


def _written(value: object) -> str:
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(each):08x}" for each in value) + '"'
    return str(value).lower()


@fuzzed
@given(data=st.data())
def test_every_valid_variation_starts(tmp_path: Path, data: st.DataObject) -> None:
    """Whatever keys, in whatever order and manner: they are read, and can be used."""
    chosen = data.draw(st.lists(st.sampled_from(KEYS), unique=True, max_size=9))
    values = {key: data.draw(_valid(key)) for key in chosen}
    for key, value in values.items():
        if isinstance(value, str) and not value.strip():
            values[key] = "x"
    _in_order(values)
    manner = data.draw(st.sampled_from((_as_sections, _with_dots, _as_braces)))
    found = outcome(
        tmp_path, manner(values), data.draw(st.sampled_from(("\n", "\r\n")))
    )
    assert isinstance(found, Settings), found
    for key, value in values.items():
        read = getattr(getattr(found, key.section), key.name)
        assert read == (tmp_path / str(value) if isinstance(read, Path) else value)
    used = replace(found, secrets={})
    assert (
        serve.starting(used).reason_min_chars <= serve.starting(used).reason_max_chars
    )
    assert discord_options(used).api
    assert slack_api(used).endswith("/")
    serve.retained(used)
    serve.backed_up(used)
    serve.linked(used)


def _in_order(values: dict[Key, Any]) -> None:
    """Have the shortest reason be no longer than the longest."""
    shortest = next((k for k in values if k.name == "reason_min_chars"), None)
    longest = next((k for k in values if k.name == "reason_max_chars"), None)
    if longest and not shortest:
        values[longest] = max(values[longest], 20)
    elif longest and shortest:
        values[longest] = max(values[longest], values[shortest])


def _of(section: str, values: Mapping[Key, object]) -> Sequence[str]:
    return [
        f"{k.name} = {_written(v)}" for k, v in values.items() if k.section == section
    ]


def _as_sections(values: Mapping[Key, object]) -> str:
    told = {key.section: _of(key.section, values) for key in values}
    return "".join(
        f"[{n}] # ours\n\t" + "\n \n".join(e) + "\n" for n, e in told.items()
    )


def _with_dots(values: Mapping[Key, object]) -> str:
    return "".join(f"{k.section}.{k.name} = {_written(v)}\n" for k, v in values.items())


def _as_braces(values: Mapping[Key, object]) -> str:
    told = {key.section: ", ".join(_of(key.section, values)) for key in values}
    return "".join(f"{name} = {{ {each} }}\n" for name, each in told.items())


def test_the_example_is_read_as_it_says() -> None:
    """What the tests above know of the example is what stands in it."""
    told = tomllib.loads(EXAMPLE)
    assert {key.path for key in KEYS} == {f"{s}.{k}" for s in told for k in told[s]}
