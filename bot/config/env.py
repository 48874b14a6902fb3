"""Reads the secrets, from .env and from the process's environment."""

from __future__ import annotations

import io
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

from dotenv.parser import Binding, parse_stream

from bot.config.problems import Report, nearest, shown, text_of
from bot.config.settings import Secret

_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def read_secrets(
    env: Path, environ: Mapping[str, str], known: Mapping[str, str], report: Report
) -> dict[str, Secret]:
    """The secrets that are set; the environment goes before the file."""
    values = dict(_in_file(env, known, report))
    values |= {name: environ[name] for name in known if name in environ}
    for name, value in values.items():
        where = " (in the environment, not in the file)" if name in environ else ""
        if not value.strip() or not value.isprintable():
            report.add(f"is empty or not on one line{where}", key=name)
        elif not value.isascii():
            report.add(
                f"has characters that no secret has; copy it anew{where}", key=name
            )
    return {name: Secret(value) for name, value in values.items()}


def _in_file(
    env: Path, known: Mapping[str, str], report: Report
) -> Iterator[tuple[str, str]]:
    text = text_of(env, report)
    if text:
        _check_private(env, report)
    for binding in parse_stream(io.StringIO(text)):
        name, line = binding.key, _first_line(binding)
        if binding.error or (name is not None and binding.value is None):
            report.add("is not NAME=value", line=line)
        elif name is not None and name not in known:
            report.add(
                "is read by nothing, and .env holds secrets alone"
                + nearest(name, known),
                key=shown(name),
                line=line,
            )
        elif name is not None:
            yield name, binding.value or ""


def _first_line(binding: Binding) -> int:
    # The parser counts the empty lines above a binding as part of it.
    text = binding.original.string
    return binding.original.line + text[: len(text) - len(text.lstrip())].count("\n")


def _check_private(file: Path, report: Report) -> None:
    if stat.S_IMODE(file.stat().st_mode) & _OTHERS:
        report.add(
            "holds secrets and can be read by others on this machine; "
            f"to keep it to yourself: chmod 600 {file.name}"
        )
