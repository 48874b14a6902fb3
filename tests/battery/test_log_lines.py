"""T25: whatever reaches the log, one event is one line, and nothing in it is obeyed.

Hostile words come in by every way there is: as names, words, addresses, headers, errors
of platforms, errors of our own with all that hangs on them, and by way of libraries.
"""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import sys
import threading
import unicodedata
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

import pytest

from bot import logs
from bot.app import wall_clock
from bot.logs import correlated, logged
from bot.serve import Served, serving
from storage.file import create
from tests.battery.knocks import Ask, sent
from tests.battery.ports import running_port
from tests.battery.size import size
from tests.battery.test_secrets import (
    Heard,
    configure,
    doubles,
    install,
    listening,
)
from tests.battery.told import Tell
from tests.fakes.discord.guilds import Guild
from tests.fakes.slack.teams import Team
from tests.hostile import HOSTILE, some
from tests.waiting import until

Style = Literal["text", "json"]
styles = pytest.mark.parametrize("style", ["text", "json"])

CANARY = "canarybird"
"""A word of a member's; the log may tell of it at debug at most."""

FORGED = "2026-11-22T04:00:00.000Z ERROR   bot.app [x] all is lost"
MORE = (
    *(
        f"\n{FORGED}",
        f"\r{FORGED}",
        f"\x0b{FORGED}\x0c\x1c\x1d\x1e{FORGED}",
        "\x85" * 9,
    ),
    *(f"\u2028{FORGED}\u2029", "\0", "\x9b2J\x1b]0;title\a", "\u202egnp.exe\u2066"),
    *("%s %d %(name)s %", "{} {0} {name.__class__}", "\ud800\udfff", "\u061c\u200f"),
    *("\ufeffBOM", "\U000e0041\U000e0042", "\u206a\ufff9", '{"level": "error"}', "\\n"),
)
WORDS = tuple(each.text for each in some(size(60, len(HOSTILE)))) + MORE

LINE = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z (DEBUG|INFO|WARNING|ERROR|CRITICAL) +\S.* "
)
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def flaws(text: str, style: Style) -> Iterator[str]:
    """Yield the lines of a log that are none, or do more than to be read."""
    assert not text or text.endswith("\n")
    for line in text[:-1].split("\n") if text else ():
        kinds = {unicodedata.category(each) for each in line}
        if len(line.splitlines()) != 1 or kinds & {"Cc", "Cs", "Zl", "Zp"}:
            yield f"a control character in {line!r}"
        elif _TURNS.search(line):
            yield f"turned around: {line!r}"
        elif style == "text" and not LINE.match(line):
            yield f"no line of ours: {line!r}"
        elif style == "json" and not _is_event(line):
            yield f"no event: {line!r}"


def _is_event(line: str) -> bool:
    try:
        told = json.loads(line)
    except ValueError:
        return False
    return {"at", "level", "logger", "call", "message"} <= set(told)


Say = Callable[[logging.Logger, str], None]


def a_message(log: logging.Logger, words: str) -> None:
    log.info(words)


def an_argument(log: logging.Logger, words: str) -> None:
    log.info("somebody said %s, %r", words, [words])


def arguments_that_do_not_fit(log: logging.Logger, words: str) -> None:
    log.info("%d " + words, words)  # noqa: G003  a mistake, and not ours alone


def a_field(log: logging.Logger, words: str) -> None:
    log.info("said", extra={"said": words, "list": [words], "of": {words: words}})


def the_name_of_a_field(log: logging.Logger, words: str) -> None:
    log.info("said", extra={words: 1, f"{words}x": words})


def the_name_of_a_logger(log: logging.Logger, words: str) -> None:
    record = log.makeRecord(words, logging.INFO, words, 1, words, (), None, words)
    log.handle(record)


def a_call(log: logging.Logger, words: str) -> None:
    with correlated(words):
        log.info("said")


def an_error(log: logging.Logger, words: str) -> None:
    """Its words, notes, cause, companions, and the file that it came from."""
    told = {"words": words, "raised": ValueError}
    source = "def fall():\n    raise raised(words) from KeyError(words)\nfall()"
    try:
        exec(compile(source, words.replace("\0", "") or "x", "exec"), told)  # noqa: S102
    except ValueError as error:
        with suppress(TypeError):
            error.add_note(words)
        group = ExceptionGroup(words, [error, OSError(2, words, words)])
        log.error("failed", exc_info=group)  # noqa: TRY400  what is raised is made


def no_python(log: logging.Logger, words: str) -> None:
    try:
        compile(f"x = {words}\n)", "<said>", "exec")
    except (SyntaxError, ValueError):
        log.exception("failed", stack_info=True)


def a_class(log: logging.Logger, words: str) -> None:
    with suppress(ValueError):  # no class has a NUL or half a letter in its name
        log.error("failed", exc_info=type(words, (Exception,), {})(words))


def a_warning(_log: logging.Logger, words: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn_explicit(words, UserWarning, words.replace("\0", ""), 1)


def a_thread(_log: logging.Logger, words: str) -> None:
    def fall() -> None:
        raise ValueError(words)

    thread = threading.Thread(target=fall, name=words)
    thread.start()
    thread.join()


def what_nobody_can_raise(_log: logging.Logger, words: str) -> None:
    class Sour:
        def __del__(self) -> None:
            raise ValueError(words)

    Sour()


SAYINGS: Sequence[Say] = (
    *(a_message, an_argument, arguments_that_do_not_fit, a_field, a_call, an_error),
    *(the_name_of_a_field, the_name_of_a_logger, no_python, a_class, a_warning),
    *(a_thread, what_nobody_can_raise),
)


@contextmanager
def taken_down(style: Style) -> Iterator[io.StringIO]:
    """Log as Laurel does, with what else would go to stderr beside it."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sys, "stderr", stream)
        with logged(stream, level="debug", style=style):
            yield stream


def said(say: Say, style: Style) -> str:
    """Return the log of everything hostile, said in one way."""
    with taken_down(style) as stream:
        for words in WORDS:
            say(logging.getLogger("bot.dispatch"), words)
    return stream.getvalue()


@styles
@pytest.mark.parametrize("say", SAYINGS, ids=lambda say: say.__name__)
def test_one_event_is_one_line(say: Say, style: Style) -> None:
    """Wherever hostile words stand in it, nothing of them is a line or an order."""
    text = said(say, style)
    assert [] == list(flaws(text, style))
    assert len(text.splitlines()) <= len(WORDS)
    if say is not a_class:
        assert len(WORDS) - 3 <= len(text.splitlines())


@styles
def test_a_log_that_says_it_as_it_came_is_found(
    style: Style, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a formatter that cleans nothing, and one that writes what it is."""
    monkeypatch.setattr(logs, "one_line", lambda text: text)
    dumps = json.dumps
    monkeypatch.setattr(
        json, "dumps", lambda told, **_: dumps(told, ensure_ascii=False)
    )
    assert any(flaws(said(a_message, style), style))


EVIL = f"Ev\x1b[31m\u202eil\r\n{FORGED}\u2028%s{{}}"
PATHS = (
    b"/feeds/%0d%0a" + FORGED.replace(" ", "%20").encode(),
    b"/%1b[31m\xff%e2%80%ae",
)
REFUSAL = {"message": EVIL, "code": 50_035, "errors": {EVIL: {"_errors": [EVIL]}}}
HEADERS = (
    *((b"User-Agent", b"\x1b[31m%s{}"), (b"Accept-Language", b"\xe2\x80\xae,%s")),
    *((b"Content-Type", b"x\x85y"), (b"X-Slack-Signature", b"v0=\xe2\x80\xa8")),
)


async def knock(url: str) -> None:
    """Ask the web port for things that nobody should have to read."""
    for path in PATHS:
        for method in (b"GET", b"POST", b"\x1b[31m"):
            ask = Ask(path, method, HEADERS, b"a=\x1b[31m")
            await asyncio.to_thread(sent, url, ask.raw)
    await asyncio.to_thread(sent, url, f"{FORGED}\r\n\r\n".encode())


async def live(served: Served, guild: Guild, team: Team) -> None:
    """Have people of evil names do what people do."""
    ben = guild.add_member(EVIL)
    guild.rename_channel(guild.general, EVIL)
    guild.rename(EVIL)
    typed = {"to": ben, "why": f"{CANARY} {EVIL} for the soup that you made"}
    await guild.owner.slash("shoutout", typed, guild.general)
    cid = team.add_member(EVIL)
    why = f"{cid.mention()} {CANARY} {EVIL} for the soup that you made"
    await cid.command("/shoutout", why)
    await cid.opens_home()
    await knock(served.url)


async def fall(served: Served, heard: Heard) -> None:
    """Have something of Laurel's own fail, in evil words."""
    failures = [RuntimeError(EVIL)]

    async def fall() -> None:
        while failures:
            raise failures.pop() from OSError(2, EVIL, EVIL)

    served.laurel.supervisor.watch(EVIL, fall)
    await until(lambda: "background task failed" in heard.log.getvalue())


async def heard_of_evil(folder: Path, style: Style) -> str:
    """Return the log of a Laurel among people, places and platforms of evil names."""
    async with doubles() as (discord, guild, slack, team):
        settings = configure(folder, discord, slack)
        heard = Heard({})
        create(settings.database.path)
        await install(settings, team)
        with listening(settings, heard, style):
            async with serving(settings, clock=wall_clock, wall=wall_clock) as served:
                await until(lambda: not any(a.trouble for a in served.adapters))
                await live(served, guild, team)
                posts = r"channels/\d+/messages|chat.postMessage"
                discord.faults.status(400, body=REFUSAL, times=3, path=posts)
                slack.faults.status(500, body=EVIL, times=3, path=posts)
                await live(served, guild, team)
                await fall(served, heard)
        discord.findings.clear()
        slack.findings.clear()
    return heard.log.getvalue()


@styles
async def test_evil_names_are_one_line_each(
    tmp_path: Path, style: Style, tell: Tell
) -> None:
    """In members, servers, channels, addresses, errors; libraries say all they can."""
    text = await heard_of_evil(tmp_path, style)
    spread = list(flaws(text, style))
    assert [] == spread[:3]
    tell("P16", f"events of more than a line, in {style}", len(spread), most=0)
    if style == "json":
        events = [json.loads(line) for line in text.splitlines()]
        loud = [e for e in events if CANARY in str(e) and e["level"] != "debug"]
        tell("P16", "members' words in the log above debug", len(loud), most=0)
        assert every_kind(events)


def every_kind(events: Sequence[dict[str, str]]) -> bool:
    """Return whether all that was to be heard of was heard of."""
    told = {each["logger"].partition(".")[0] for each in events}
    assert {"aiosqlite", "bot", "discord", "slack_sdk"} <= told
    return any(CANARY in str(each) for each in events)


@styles
async def test_the_process_says_lines_alone(tmp_path: Path, style: Style) -> None:
    """What it writes to stderr is lines of the log, from the first to the last."""
    more = f'[log]\nlevel = "debug"\nformat = "{style}"\n'
    async with running_port(tmp_path / "home", more=more, name=EVIL) as port:
        assert port.town is not None
        owner = port.town.places[0].owner
        ben = port.town.places[0].let_in(EVIL)
        await owner.command("/shoutout", f"{ben.mention()} {CANARY} {EVIL}")
        await knock(port.url)
        assert 0 == await port.process.stop()
    text = port.process.log.read_text("utf-8")
    assert [] == list(flaws(text, style))
    assert "a call that slack did not sign" in text or "no request" in text
