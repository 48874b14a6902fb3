"""The door into the cogs: who may, what is carried, how long, and what goes wrong."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from typing import Annotated

import pytest

from bot.chat import fields
from bot.chat.adapter import Posting
from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.message import Action, Card, say
from bot.chat.news import Left, News
from bot.chat.responses import Ask, Call, Pictures, Refuse, Replace, Response, Say
from bot.chat.routes import action, command, lookup
from bot.chat.table import build_table
from bot.chat.text import Quote, phrase
from bot.dispatch import MAX_ARG, Dispatcher
from bot.domain.errors import RuleError
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, PlatformName
from storage.database import DatabaseBusyError, DatabaseClosedError
from storage.unwritable import DatabaseUnwritableError
from tests.harness import START

HERE = CommunityRef(PlatformName("harness"), "here")
THERE = CommunityRef(PlatformName("harness"), "there")
HELLO = say(Card(body=(phrase("common.busy"),)))


class Gate:
    """A cog with a door for each kind of trouble.

    Attributes:
        done: What its handlers were called with.

        go_on: What the slow one waits for.
    """

    def __init__(self) -> None:
        self.done: list[object] = []
        self.go_on = asyncio.Event()

    @command("anybody")
    async def anybody(self, call: Call) -> Response:
        """Answer whoever asks."""
        self.done.append(call.id)
        return Say(HELLO)

    @command("moderated", role=Role.MODERATOR)
    async def moderated(self, call: Call) -> Response:
        """Answer moderators."""
        self.done.append(call.id)
        return Say(HELLO)

    @command("administered", role=Role.ADMIN)
    async def administered(self, call: Call) -> Response:
        """Answer admins."""
        self.done.append(call.id)
        return Say(HELLO)

    @action()
    async def carried(self, _call: Call, number: int, word: str) -> Response:
        """Take what a button carries."""
        self.done.append((number, word))
        return Replace(HELLO)

    @action()
    async def asked(
        self, _call: Call, number: int, who: Annotated[Person, fields.Person()]
    ) -> Response:
        """Ask for somebody first."""
        self.done.append((number, who))
        return Say(HELLO)

    @command("several")
    async def several(
        self, _call: Call, who: Annotated[tuple[Person, ...], fields.People()]
    ) -> Response:
        """Ask for some people."""
        self.done.append(who)
        return Say(HELLO)

    @command("slow")
    async def slow(self, _call: Call) -> Response:
        """Take as long as it takes."""
        await self.go_on.wait()
        self.done.append("slow")
        return Say(HELLO)

    @command("fails")
    async def fails(self, call: Call) -> Response:
        """Raise what the call is called."""
        raise RAISED[call.id]

    @lookup("tests.some")
    async def some(self, _call: Call, typed: str) -> Sequence[Suggestion]:
        """Find many."""
        if typed == "trouble":
            raise RuntimeError
        many = range(MAX_OPTIONS + 5)
        return [Suggestion(f"{typed}{n}", Quote(f"{n}")) for n in many]


RAISED: dict[str, Exception] = {
    "rule": RuleError("common.answer-unknown", "who"),
    "busy": DatabaseBusyError(),
    "closed": DatabaseClosedError(),
    "unwritable": DatabaseUnwritableError("full"),
    "bug": ZeroDivisionError(),
}


def person(role: Role = Role.MEMBER, *, bot: bool = False) -> Person:
    return Person(MemberRef(HERE, "ana"), "Ana", role, bot=bot)


def call(who: Person | None = None, named: str = "a call") -> Call:
    return Call(named, who or person(), ChannelRef(HERE, "general"), START, "en")


def why(response: Response) -> tuple[str, str | None]:
    """Return the sentence of a refusal, and the field it is about."""
    assert isinstance(response, Refuse), response
    return response.reason.key, response.at


@pytest.fixture
def gate() -> Gate:
    return Gate()


def door(gate: Gate, patience_s: float = 30.0) -> Dispatcher:
    return Dispatcher(build_table([gate]), patience_s=patience_s)


@pytest.mark.parametrize(
    ("route", "least"),
    [("anybody", 1), ("moderated", 2), ("administered", 3)],
)
@pytest.mark.parametrize("role", list(Role))
async def test_each_role_may_what_those_below_may(
    gate: Gate, route: str, least: int, role: Role
) -> None:
    """And no more; the refusal says who may, and nothing is done."""
    answer = await door(gate)(f"tests.{route}", call(person(role)), (), None)
    if role >= least:
        assert Say(HELLO) == answer
        assert ["a call"] == gate.done
    else:
        assert (f"common.only-{Role(least).name.lower()}", None) == why(answer)
        assert [] == gate.done


@pytest.mark.parametrize("role", list(Role))
async def test_a_bot_may_nothing(gate: Gate, role: Role) -> None:
    """Whatever role somebody gave it."""
    answer = await door(gate)("tests.anybody", call(person(role, bot=True)), (), None)
    assert ("common.only-people", None) == why(answer)
    assert [] == gate.done


@pytest.mark.parametrize(
    ("route", "args"),
    [
        ("nobody", ()),
        ("anybody", ("1",)),
        ("carried", ()),
        ("carried", ("1",)),
        ("carried", ("1", "a", "b")),
        ("carried", ("-1", "a")),
        ("carried", ("1.0", "a")),
        ("carried", ("", "a")),
        ("carried", ("\u0661", "a")),
        ("carried", (f"{MAX_ARG + 1}", "a")),
        ("carried", ("9" * 40, "a")),
    ],
)
async def test_a_button_that_nobody_drew_is_told(
    gate: Gate, route: str, args: Sequence[str]
) -> None:
    """With more or less on it, or with what is no number, or a larger one."""
    answer = await door(gate)(f"tests.{route}", call(), args, None)
    assert ("common.unknown-button", None) == why(answer)
    assert [] == gate.done


@pytest.mark.parametrize("number", ["0", "7", f"{MAX_ARG}"])
async def test_what_a_button_carries_arrives(gate: Gate, number: str) -> None:
    """Numbers as numbers, words as words, in their order."""
    answer = await door(gate)("tests.carried", call(), (number, "12"), None)
    assert Replace(HELLO) == answer
    assert [(int(number), "12")] == gate.done


async def test_what_asks_asks_before_it_does(gate: Gate) -> None:
    """The form takes along what the button carried."""
    answer = await door(gate)("tests.asked", call(), ("5",), None)
    assert Ask(Action("tests.asked", (5,))) == answer
    assert [] == gate.done
    ben = person()
    assert Say(HELLO) == await door(gate)("tests.asked", call(), ("5",), {"who": ben})
    assert [(5, ben)] == gate.done


async def test_whoever_is_named_is_of_here(gate: Gate) -> None:
    """Also where several are; whatever an adapter let through."""
    here, there = person(), Person(MemberRef(THERE, "ana"), "Ana")
    for route, args, who in (
        ("asked", ("5",), there),
        ("several", (), (there,)),
        ("several", (), (here, there)),
    ):
        answer = await door(gate)(f"tests.{route}", call(), args, {"who": who})
        assert ("common.answer-unknown", "who") == why(answer)
    assert [] == gate.done
    await door(gate)("tests.several", call(), (), {"who": (here,)})
    assert [(here,)] == gate.done


async def test_whoever_waits_too_long_hears_that_it_goes_on(gate: Gate) -> None:
    """With the number to ask by; and it does go on, and can be waited for."""
    at = door(gate, patience_s=0)
    answer = await at("tests.slow", call(named="n"), (), None)
    assert ("common.slow", None) == why(answer)
    assert isinstance(answer, Refuse)
    assert {"id": "n"} == answer.reason.values
    await at.drain(patience_s=0)
    assert [] == gate.done
    gate.go_on.set()
    await at.drain()
    assert ["slow"] == gate.done
    await at.drain()  # there is nothing any more


async def test_what_is_cut_off_leaves_nothing_behind(gate: Gate) -> None:
    """Where the process ends while something goes on; nobody waits for it any more."""
    at = door(gate, patience_s=0)
    await at("tests.slow", call(), (), None)
    (work,) = at._running
    work.cancel()
    await at.drain()
    assert set() == at._running
    assert [] == gate.done


@pytest.mark.parametrize(
    ("raised", "expected"),
    [
        ("rule", ("common.answer-unknown", "who")),
        ("busy", ("common.busy", None)),
        ("closed", ("common.busy", None)),
        ("unwritable", ("common.unstored", None)),
        ("bug", ("common.failed", None)),
    ],
)
async def test_what_goes_wrong_is_said(
    gate: Gate,
    raised: str,
    expected: tuple[str, str | None],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Each in its own sentence; what nobody expected, with a number and in the log."""
    caplog.set_level(logging.ERROR)
    answer = await door(gate)("tests.fails", call(named=raised), (), None)
    assert expected == why(answer)
    assert isinstance(answer, Refuse)
    assert (raised == "bug") == (answer.reason.values.get("id") == raised)
    assert ("bug" == raised) == any(each.exc_info for each in caplog.records)
    assert (raised in {"bug", "unwritable"}) == bool(caplog.records)


async def test_no_more_is_offered_than_platforms_take(gate: Gate) -> None:
    """And nothing where there is trouble, or nobody who knows."""
    at = door(gate)
    assert [f"x{n}" for n in range(MAX_OPTIONS)] == [
        each.value for each in await at.suggest("tests.some", call(), "x")
    ]
    assert () == await at.suggest("tests.some", call(), "trouble")
    assert () == await at.suggest("tests.none", call(), "x")


async def test_news_are_handed_on_and_never_raise() -> None:
    """Also where nobody wants them, and where whoever does has trouble."""
    heard: list[News] = []

    async def hear(news: News) -> None:
        heard.append(news)
        raise RuntimeError

    table = build_table([])
    await Dispatcher(table).hear(Left(HERE))
    await Dispatcher(table, hear).hear(Left(HERE))
    assert [Left(HERE)] == heard


class Pictured(Gate):
    """Answers with what wants its pictures, or not."""

    @command("pictured")
    async def pictured(self, call: Call) -> Response:
        """Answer so."""
        answers: dict[str, Response] = {
            "say": Say(HELLO, Pictures.SHOWN),
            "replace": Replace(HELLO, Pictures.HANDED),
            "told": Say(HELLO),
        }
        return answers[call.id]


@pytest.mark.parametrize(
    ("named", "drawn"), [("say", {0: b"PNG"}), ("replace", {0: b"PNG"}), ("told", {})]
)
async def test_an_answer_takes_its_pictures_along(
    named: str, drawn: dict[int, bytes]
) -> None:
    """Drawn for whoever reads it, in their language; where it wants any."""
    asked: list[Posting] = []

    async def draw(posting: Posting) -> Mapping[int, bytes]:
        asked.append(posting)
        return {0: b"PNG"}

    table = build_table([Pictured()])
    answer = await Dispatcher(table, draw=draw)(
        "tests.pictured", call(named=named), (), None
    )
    assert isinstance(answer, Say | Replace)
    assert drawn == answer.drawn
    who = person().ref
    expected = [Posting(who, HELLO, "en", named)] if drawn else []
    assert expected == asked


async def test_an_answer_comes_without_its_picture() -> None:
    """Where it cannot be drawn, or nobody draws."""

    async def draw(posting: Posting) -> Mapping[int, bytes]:
        raise RuntimeError

    table = build_table([Pictured()])
    for at in (Dispatcher(table, draw=draw), Dispatcher(table)):
        answer = await at("tests.pictured", call(named="say"), (), None)
        assert Say(HELLO, Pictures.SHOWN) == answer
