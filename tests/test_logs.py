"""The log: one event is one line, tied to its call, and no secret is in it."""

from __future__ import annotations

import io
import json
import logging
import unicodedata
import warnings
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import correlated, logged, redactor
from bot.plain import one_line

SECRET = 'hunter2/"quoted"\\ü%&'

HOSTILE = [
    "two\nlines",
    "carriage\rreturn",
    "both\r\n2026-11-22T04:00:00.000Z ERROR bot.app [x] all is lost",
    "\x1b[2J\x1b[31mred",
    "\x9b2J",
    "tab\tnul\0bell\a",
    "line\u2028separator\u2029paragraph\x85next",
    "\u202egnp.exe",
    "\u2066isolated\u2069",
    "lone \ud800 surrogate",
    "%s %d %(name)s",
    "{} {0} {name.__class__}",
    '{"level": "error"}',
    "\\n is not a line",
    "👩‍👩‍👧‍👦 مرحبا",
    "x" * 100_000,
]

# Of the shapes that the platforms give out; none was ever valid.
TOKENS = [
    "xoxb" + "-123456789012-1234567890123-AbCdEfGhIjKlMnOpQrStUvWx",
    "xoxe.xoxp" + "-1-Mi0yLTEyMzQ1Njc4OTAxMjM0NTY3ODkw",
    "xapp" + "-1-A0123456789-1234567890123-0123456789abcdef",
    "whsec" + "_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    "MTIzNDU2Nzg5MDEyMzQ1Njc4" + ".Gabcde.abcdefghijklmnopqrstuvwxyz0123456789_-",
]

Style = Literal["text", "json"]
styles = pytest.mark.parametrize("style", ["text", "json"])


def lines_of(text: str) -> list[str]:
    # Everything that str.splitlines takes for the end of a line.
    return text.splitlines()


@styles
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_one_event_is_one_line(style: Style, words: str) -> None:
    """Whatever is in a message, its arguments, fields and error, it stays one line."""
    stream = io.StringIO()
    with logged(stream, level="info", style=style), correlated(words):
        try:
            raise ValueError(words)
        except ValueError:
            logging.getLogger("laurel").exception(
                "said %s", words, extra={"said": words}
            )
    text = stream.getvalue()
    assert 1 == len(lines_of(text))
    assert text.endswith("\n")
    controls = [
        each for each in text[:-1] if unicodedata.category(each) in {"Cc", "Cs"}
    ]
    assert [] == controls
    text.encode()


@given(words=st.text())
def test_nothing_ends_a_line_early(words: str) -> None:
    """One line stays one line for any text, and can be encoded."""
    assert 1 >= len(lines_of(one_line(words)))
    one_line(words).encode()


@styles
@pytest.mark.parametrize("token", TOKENS, ids=["xoxb", "xoxe", "xapp", "whsec", "bot"])
def test_what_looks_like_a_secret_is_not_shown(style: Style, token: str) -> None:
    """Tokens are known by their shape, in message, field, call and error alike."""
    stream = io.StringIO()
    with logged(stream, level="info", style=style), correlated(token):
        try:
            raise ValueError(f"token={token}&x=1")
        except ValueError:
            logging.getLogger("laurel").exception(
                "url %s/x", {"auth": token}, extra={"given": [token]}
            )
    text = stream.getvalue()
    assert "redacted" in text
    assert token not in text
    assert token[8:] not in text


@styles
def test_a_known_secret_is_not_shown_however_it_is_written(style: Style) -> None:
    """The exact value is taken out plain, quoted, in an address and in JSON."""
    stream = io.StringIO()
    with logged(stream, level="info", style=style, secrets=[SECRET, "hunter2", ""]):
        log = logging.getLogger("laurel")
        log.info("plain %s", SECRET)
        log.info("in parts %s%s", SECRET[:5], SECRET[5:])
        log.info("quoted %r and %s", SECRET, json.dumps({"a": SECRET}))
        log.info("address ?t=hunter2%%2F%%22quoted%%22%%5C%%C3%%BC%%25%%26")
    text = stream.getvalue()
    assert 4 == len(lines_of(text))
    assert "hunter" not in text
    assert "quoted%22" not in text
    assert "\\\\" not in text


def test_a_secret_that_begins_with_another_leaves_nothing() -> None:
    """The longer of two secrets is taken out whole."""
    assert "[redacted]." == redactor(["abc", "abcdef"])("abcdef.")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Authorization: Bearer abcdefghijklmnop", "Authorization: Bearer [redacted]"),
        ("Authorization: Bot abc.def-ghi_jkl", "Authorization: Bot [redacted]"),
        ("/webhooks/123/aToken-_x/messages", "/webhooks/123/[redacted]/messages"),
        ("/interactions/9/aW50/callback", "/interactions/9/[redacted]/callback"),
        ("hooks.slack.com/services/T0/B0/xyz", "hooks.slack.com/services/[redacted]"),
        (f"GET /feeds/{'x-_9' * 9}/recaps", "GET /feeds/[redacted]/recaps"),
    ],
)
def test_addresses_that_let_one_post_are_not_shown(said: str, expected: str) -> None:
    """What is a secret by where it stands is taken out, and no more than it."""
    assert expected == redactor()(said)


@pytest.mark.parametrize(
    "words",
    ["Bot joined", "a robot spoke", "v1.2.3", "boxoxo-1", "/webhooks/list", "3.14.15"],
)
def test_plain_words_are_left_alone(words: str) -> None:
    """Nothing is taken out that is no secret."""
    assert words == redactor()(words)


def test_a_line_carries_its_call() -> None:
    """The id of the call is on its lines, the outer one again after an inner one."""
    stream = io.StringIO()
    log = logging.getLogger("laurel")
    with logged(stream, level="info", style="json"):
        log.info("before")
        with correlated("outer"):
            with correlated("inner"):
                log.info("deep")
            log.info("back")
    calls = [json.loads(line)["call"] for line in lines_of(stream.getvalue())]
    assert ["-", "inner", "outer"] == calls


def test_json_tells_everything_apart() -> None:
    """A line of JSON has message, fields of their own types, error and traceback."""
    stream = io.StringIO()
    with logged(stream, level="info", style="json"):
        try:
            raise KeyError("inner") from ValueError("root")
        except KeyError:
            logging.getLogger("bot.courier").warning(
                "delivery failed",
                exc_info=True,
                extra={"attempt": 3, "ok": False, "wait_s": float("nan"), "to": None},
            )
    event = json.loads(stream.getvalue())
    assert "bot.courier" == event["logger"]
    assert "warning" == event["level"]
    assert "delivery failed" == event["message"]
    assert {"attempt": 3, "ok": False, "wait_s": "nan", "to": None} == event["fields"]
    assert "KeyError: 'inner' in test_json" in event["error"]
    assert event["error"].endswith("because of ValueError: root")
    assert "\n" in event["traceback"]


def test_text_is_for_people() -> None:
    """A line of text reads from instant to fields, with nothing to decode."""
    stream = io.StringIO()
    with logged(stream, level="info", style="text"), correlated("c1"):
        record = logging.makeLogRecord(
            {
                "name": "bot.app",
                "levelno": logging.INFO,
                "levelname": "INFO",
                "msg": "ready on port %d",
                "args": (8080,),
                "created": 1_795_323_600.5,
                "zone": "UTC",
            }
        )
        logging.getLogger("bot.app").handle(record)
    expected = (
        "2026-11-22T05:00:00.500Z INFO    bot.app [c1] ready on port 8080 zone=UTC"
    )
    assert [expected] == lines_of(stream.getvalue())


def test_groups_and_causes_are_named() -> None:
    """An error in a task group is found in the line, not just the group."""
    stream = io.StringIO()
    with logged(stream, level="info", style="text"):
        try:
            raise ExceptionGroup("many", [OSError("first"), ValueError("second")])
        except ExceptionGroup:
            logging.getLogger("laurel").exception("failed")
    line = stream.getvalue()
    assert "with OSError: first" in line
    assert "with ValueError: second" in line


def test_arguments_that_do_not_fit_still_make_a_line() -> None:
    """A mistake in a call to the log loses neither the line nor the process."""
    stream = io.StringIO()
    with logged(stream, level="info", style="text"):
        logging.getLogger("laurel").info("%d of %s", "three")  # noqa: PLE1206
    assert "%d of %s ('three',)" in stream.getvalue()


def test_a_line_that_cannot_be_made_does_not_spill_what_was_in_it() -> None:
    """An object that cannot be shown costs its line, which is said, and no more."""

    class Sour:
        def __str__(self) -> str:
            raise ArithmeticError("hunter2")

    stream = io.StringIO()
    with logged(stream, level="info", style="text"):
        logging.getLogger("laurel").info("%s", Sour())
        logging.getLogger("laurel").info("next")
    lost, after = lines_of(stream.getvalue())
    assert "a line of the log could not be written place=test_logs:" in lost
    assert after.endswith("next")
    assert "hunter2" not in stream.getvalue()


def test_libraries_do_not_log_what_members_say() -> None:
    """At debug, Laurel tells more; the libraries that log bodies do not."""
    stream = io.StringIO()
    with logged(stream, level="debug", style="text"):
        logging.getLogger("bot.dispatch").debug("ours")
        logging.getLogger("aiosqlite").debug("insert into words values ('private')")
        logging.getLogger("discord.http").debug("private")
        logging.getLogger("aiohttp.access").info("GET /feed/private.ics")
    assert 1 == len(lines_of(stream.getvalue()))
    assert "private" not in stream.getvalue()


@pytest.mark.parametrize(("level", "expected"), [("info", 3), ("warning", 2)])
def test_the_level_is_the_least_that_is_told(
    level: Literal["info", "warning"], expected: int
) -> None:
    """What is below the level that was set makes no line; warnings are told too."""
    stream = io.StringIO()
    with logged(stream, level=level, style="text"), warnings.catch_warnings():
        warnings.simplefilter("always")
        logging.getLogger("laurel").info("told at info")
        logging.getLogger("laurel").error("told at both")
        warnings.warn("old ways", stacklevel=1)
    assert expected == len(lines_of(stream.getvalue()))


def test_the_log_leaves_no_trace() -> None:
    """After it, handlers and levels are as they were."""
    root = logging.getLogger()
    library = logging.getLogger("aiosqlite")
    before = (root.level, list(root.handlers), library.level)
    with logged(io.StringIO(), level="debug", style="json"):
        assert before != (root.level, list(root.handlers), library.level)
    assert before == (root.level, list(root.handlers), library.level)
