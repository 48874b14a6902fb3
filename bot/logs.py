"""What the process tells the people who run it: one event, one line, no secrets."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from traceback import TracebackException
from typing import Literal, TextIO
from urllib.parse import quote

from bot import uncaught
from bot.plain import one_line

REDACTED = "[redacted]"

_call_id: ContextVar[str] = ContextVar("call_id", default="-")

_MAX_CHARS = 8_000
_MAX_FRAMES = 6
_MAX_CAUSES = 5
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime"}

# Below these, libraries log members' words, statements with their values, or paths
# that are secrets.
_LIBRARY_LEVELS = {
    "aiohttp": logging.INFO,
    "aiohttp.access": logging.WARNING,
    "aiosqlite": logging.INFO,
    "apscheduler": logging.WARNING,
    "asyncio": logging.INFO,
    "discord": logging.INFO,
    "discord.client": logging.WARNING,  # says at each start how it logs in
    "slack_bolt": logging.INFO,
    "slack_sdk": logging.INFO,
}

# The shapes of secrets that nobody told us: tokens of Slack and Discord, signing keys
# of Standard Webhooks, and addresses that let whoever knows them post or read.
_SHAPES = (
    re.compile(r"()xox[a-z](?:\.xox[a-z])?-[\w-]{8,}", re.IGNORECASE),
    re.compile(r"()xapp-[\w-]{8,}", re.IGNORECASE),
    re.compile(r"()whsec_[\w+/=-]{8,}"),
    re.compile(r"()[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}", re.ASCII),
    re.compile(r"(\b(?:Bearer|Bot|Basic) )[\w.~+/=-]{12,}", re.IGNORECASE),
    re.compile(r"(/(?:webhooks|interactions)/\d{1,20}/)[\w.-]+"),
    re.compile(r"(hooks\.slack\.com/\w+/)[\w/-]+"),
    re.compile(r"(/feeds/)[\w-]{30,}"),
)


@contextmanager
def correlated(call_id: str) -> Iterator[None]:
    """Puts the id on every line that is logged inside, also in tasks begun there."""
    token = _call_id.set(call_id)
    try:
        yield
    finally:
        _call_id.reset(token)


@contextmanager
def logged(
    stream: TextIO,
    *,
    level: Literal["debug", "info", "warning", "error"],
    style: Literal["text", "json"],
    secrets: Iterable[str] = (),
) -> Iterator[None]:
    """Sends what is logged inside to the stream and nowhere else, warnings too.

    Args:
        stream: Where lines go; flushed after each.
        level: The least severity of Laurel's own that is worth a line.
        style: Lines for people, or one JSON object a line.
        secrets: Exact values that must never be seen.
    """
    redact = redactor(secrets)
    formatter = JsonLines(redact) if style == "json" else TextLines(redact)
    handler = _Handler(stream)
    handler.setFormatter(formatter)
    root = logging.getLogger()
    before = {logger: logger.level for logger in (root, *_libraries())}
    least = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(least)
    for logger in _libraries():
        logger.setLevel(max(least, _LIBRARY_LEVELS[logger.name]))
    # Another handler would not know what must not be seen.
    others, root.handlers = root.handlers, [handler]
    logging.captureWarnings(capture=True)
    try:
        with uncaught.told(handler):
            yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers = others
        for logger, former in before.items():
            logger.setLevel(former)


def redactor(secrets: Iterable[str] = ()) -> Callable[[str], str]:
    """A function that takes secrets out of a text: these, and what looks like one."""
    written = {form for secret in secrets if secret for form in _written(secret)}
    # The longest first, or a secret that begins with another would leave its end.
    longest_first = sorted(written, key=len, reverse=True)
    exact = re.compile("|".join(map(re.escape, longest_first))) if written else None

    def redact(text: str) -> str:
        if exact is not None:
            text = exact.sub(REDACTED, text)
        for shape in _SHAPES:
            text = shape.sub(rf"\1{REDACTED}", text)
        return text

    return redact


class TextLines(logging.Formatter):
    """Lines for people: instant, level, logger, call, message, fields, error."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The event as one line."""
        words = [
            _instant(record),
            f"{record.levelname:<7}",
            f"{record.name} [{_call_id.get()}]",
            _message(record),
            *(f"{key}={value}" for key, value in _fields(record).items()),
        ]
        if error := _error(record):
            words.append(f"error: {_in_short(error)}")
        return _clipped(one_line(self._redact(" ".join(words))))


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, logger, call, message, fields, error."""

    def __init__(self, redact: Callable[[str], str]) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """The event as one line."""
        event: dict[str, object] = {
            "at": _instant(record),
            "level": record.levelname.lower(),
            "logger": record.name,
            "call": self._safe(_call_id.get()),
            "message": self._safe(_message(record)),
        }
        if fields := _fields(record):
            event["fields"] = {key: self._plain(each) for key, each in fields.items()}
        if error := _error(record):
            event["error"] = self._safe(_in_short(error))
            event["traceback"] = _clipped(self._redact(_whole(error)))
        # ASCII alone, so that no reader splits a line where a person sees none.
        return json.dumps(event, ensure_ascii=True, allow_nan=False)

    def _safe(self, text: str) -> str:
        return _clipped(one_line(self._redact(text)))

    def _plain(self, value: object) -> object:
        if value is None or isinstance(value, bool | int):
            return value
        return self._safe(str(value))


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; one that cannot be formatted never shows what was in it."""

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802  # stdlib's
        """Says that a line is missing, and where it was to be logged."""
        lost = {
            "name": __name__,
            "levelno": logging.ERROR,
            "levelname": "ERROR",
            "msg": "a line of the log could not be written",
            "place": f"{record.module}:{record.lineno}",
        }
        try:
            self.stream.write(self.format(logging.makeLogRecord(lost)) + "\n")
            self.flush()
        except (OSError, ValueError):
            return  # nobody is left to tell: the stream itself is gone


def _libraries() -> list[logging.Logger]:
    return [logging.getLogger(name) for name in _LIBRARY_LEVELS]


def _written(secret: str) -> Iterator[str]:
    yield secret
    yield quote(secret, safe="")
    yield repr(secret)[1:-1]
    yield json.dumps(secret)[1:-1]


def _clipped(line: str) -> str:
    return line if len(line) <= _MAX_CHARS else line[: _MAX_CHARS - 1] + "…"


def _instant(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (LookupError, TypeError, ValueError):
        # Arguments that do not fit the words: better a plain line than none.
        return f"{record.msg} {record.args}"


def _fields(record: logging.LogRecord) -> dict[str, object]:
    given = record.__dict__.items()
    return {key: value for key, value in given if key not in _STANDARD}


def _error(record: logging.LogRecord) -> TracebackException | None:
    if record.exc_info and record.exc_info[1] is not None:
        # A file may have a name under which no file can be, so no line is looked up.
        return TracebackException.from_exception(record.exc_info[1], lookup_lines=False)
    return None


def _whole(error: TracebackException) -> str:
    """The error with the lines that it came through, where they can be read."""
    try:
        return "".join(error.format())
    except ValueError:
        return _in_short(error)


def _in_short(error: TracebackException, depth: int = 0) -> str:
    """The error, the places it came through from the innermost out, and its cause."""
    named = "".join(error.format_exception_only()).strip()
    frames = list(reversed(error.stack))[:_MAX_FRAMES]
    places = " < ".join(
        f"{each.name} ({each.filename}:{each.lineno})" for each in frames
    )
    parts = [f"{named} in {places}" if places else named]
    if depth == _MAX_CAUSES:
        return parts[0]
    parts += [f"with {_in_short(each, depth + 1)}" for each in error.exceptions or ()]
    cause = error.__cause__ or (
        None if error.__suppress_context__ else error.__context__
    )
    if cause is not None:
        parts.append(f"because of {_in_short(cause, depth + 1)}")
    return "; ".join(parts)
