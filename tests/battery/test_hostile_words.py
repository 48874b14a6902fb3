"""T22: hostile words through every way in, and out again as the words they are."""

from __future__ import annotations

import io
import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from bot.adapters.playground.draw import Brush
from bot.adapters.playground.records import Resident
from bot.chat import wire
from bot.chat.message import Action, Card, Message
from bot.chat.responses import Ask, Refuse, Replace, Target
from bot.chat.text import Atom, Quote, When
from bot.domain.community import Settings
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef
from bot.domain.words import clean
from bot.logs import logged
from tests.adapters.browser import Shown, Tab
from tests.battery.size import FULL
from tests.battery.told import Tell
from tests.battery.town import TOWN, WALL, town
from tests.cogs.wording import saved, written
from tests.harness import Community, Post, community
from tests.hostile import HOSTILE, Hostile, some
from tests.reading import texts_of

TRIED = HOSTILE if FULL else some(60)
MANY = 400 if FULL else 60
PAGES = -(-len(TRIED) // 40)
"""How many pages it takes to show all of them; a page has the newest fifty posts."""

PLAIN = "an ordinary word or two"
CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
UNSAFE = re.compile(CONTROL.pattern[:-1] + "\u202a-\u202e\u2066-\u2069\ue000-\uf8ff]")


LONE = re.compile("[\ud800-\udfff]")
"""Half a character, which no browser can send."""


def test_the_corpus_is_large_enough() -> None:
    """At least 400 lines, no two alike, and the small run meets every trick."""
    assert 400 <= len({each.text for each in HOSTILE})
    assert {each.family for each in some(60)} == {each.family for each in HOSTILE}
    assert len({each.script for each in some(60)}) == 10


@asynccontextmanager
async def patient(path: Path) -> AsyncIterator[Community]:
    """A community in which everything may be said, as often as one likes."""
    async with community(path) as home:
        await home.settings(
            allowance_per_day=100, pair_cooldown_h=0, reason_min_chars=1
        )
        await thank(home, PLAIN, who="Zoe")
        yield home


async def thank(home: Community, why: str, who: str = "Ana", **more: object) -> Post:
    """Have a shoutout be given, and return its post."""
    home.clock.move(hours=1)
    reply = await home.type(who, "shoutout", to=(home.person("Ben"),), why=why, **more)
    assert not reply.refused, (why, reply.text)
    return home.platform.posts[-1]


def shape(home: Community, message: Message) -> list[str | Atom]:
    """Return what is said in parts, with quotations blank and instants left out."""
    speech = home.platform.speech("en")
    return [
        Quote("") if isinstance(part.content, Quote) else part.content
        for text in texts_of(message)
        for part in speech.parts(text)
        if not isinstance(part.content, When)
    ]


def quotes(home: Community, message: Message) -> list[str]:
    """Return what is quoted."""
    speech = home.platform.speech("en")
    parts = (p for text in texts_of(message) for p in speech.parts(text))
    return [part.content.text for part in parts if isinstance(part.content, Quote)]


async def test_reasons_are_quoted_and_no_more(tmp_path: Path, tell: Tell) -> None:
    """The post is the one that harmless words would have, and pings whom it names."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        plain = await thank(home, PLAIN)
        for each in TRIED:
            post = await thank(home, each.text)
            assert [clean(each.text, multiline=True)] == quotes(home, post.message), (
                each
            )
            assert shape(home, plain.message) == shape(home, post.message), each
            assert (home.person("Ben").ref,) == post.message.mentions
            assert not UNSAFE.search(post.text)
            assert post.message == wire.decode_message(wire.encode(post.message))
    tell("P16", "hostile strings in reasons, each quoted", len(TRIED), least=MANY)


async def test_a_communitys_own_words_quote_them_as_well(tmp_path: Path) -> None:
    """In a template a reason is a value, and nothing in it is read as markup."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        await saved(home, "**{{ receivers }}** {{ reason }} {{ value }}")
        plain = await thank(home, PLAIN)
        for each in TRIED:
            post = await thank(home, each.text)
            assert [clean(each.text, multiline=True)] == quotes(home, post.message), (
                each
            )
            assert shape(home, plain.message) == shape(home, post.message), each
            assert not UNSAFE.search(post.text)


async def test_what_moderators_write_is_cleaned_and_shown_as_it_is(
    tmp_path: Path,
) -> None:
    """Whatever stands around the names: told, or posted as words and no markup."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        for each in TRIED:
            source = f"{{{{ receivers }}}} {{{{ reason }}}}\n{each.text}"
            shown = await written(home, source)
            assert not shown.refused, each
            assert not UNSAFE.search(shown.text), each
            if "templates.save" not in {a.route for a in shown.message.actions()}:
                continue
            await home.press("Mo", shown, "Save")
            post = await thank(home, f"{PLAIN} {each.script}")
            assert (home.person("Ben").ref,) == post.message.mentions
            assert not UNSAFE.search(post.text), each


async def test_value_labels_are_quoted_and_no_more(tmp_path: Path) -> None:
    """On the sheet, among the options, and on the card."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        home.person("Ada", Role.ADMIN)
        for each in TRIED:
            label = " ".join(clean(each.text).split())[:40].strip()
            home.clock.move(minutes=1)
            sheet = await home.type("Ada", "laurel setup")
            form = await home.press("Ada", sheet, "Values")
            sheet = await home.fill_in("Ada", form, labels=label)
            assert label in quotes(home, sheet.message), each
            await home.press("Ada", sheet, "Save")
            ask = home.laurel.dispatcher.suggest
            (option,) = await ask("shoutouts.values", home.call("Ana"), "")
            assert Quote(label) == option.label
            post = await thank(home, PLAIN + " " + each.script, value=option.value)
            assert label in quotes(home, post.message), each


async def test_other_ways_in(tmp_path: Path) -> None:
    """Why something is taken back; a zone; a message; a choice; a search."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        for each in TRIED:
            post = await thank(home, f"{PLAIN} {each.script}")
            assert isinstance(post.to, ChannelRef)
            form = await home.choose("Ana", "shoutouts.retract-this", post)
            done = await home.fill_in("Ana", form, why=each.text)
            assert not done.refused, each
            assert [] == quotes(home, done.message), "only the audit knows why"

            call, send = home.call("Ana"), home.laurel.dispatcher
            for key in home.laurel.table.lookups:
                await send.suggest(key, call, each.text)
            zone = await send("members.zone", call, (), {"zone": each.text})
            assert isinstance(zone, Refuse), each
            assert not UNSAFE.search(home.platform.speech("en").plain(zone.reason))

            target = Target(post.to, post.id, home.person("Ben"), each.text)
            ask = await send(
                "shoutouts.shout-out", replace(call, target=target), (), None
            )
            assert isinstance(ask, Ask)
            assert not UNSAFE.search(str(ask.draft["why"])), each


async def test_what_members_say_of_themselves_is_quoted(tmp_path: Path) -> None:
    """A line beside thanks is words; an address is one that anybody can read."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        for each in TRIED:
            line = clean(each.text)[:80].strip()
            told = await home.laurel.dispatcher(
                "members.about", home.call("Ben"), (), {"line": line}
            )
            assert isinstance(told, Replace), each
            assert line in quotes(home, told.message)
            post = await thank(home, f"{PLAIN} {each.script}")
            assert line in quotes(home, post.message), each
            linked = await home.laurel.dispatcher(
                "members.about",
                home.call("Ben"),
                (),
                {"line": PLAIN, "link": f"javascript://{line}"[:120]},
            )
            assert isinstance(linked, Refuse), each


async def test_the_export_is_json_whatever_is_in_it(tmp_path: Path) -> None:
    """Each word comes back as it was kept, in one piece."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        for each in TRIED:
            await thank(home, each.text)
        shown = await home.type("Ana", "laurel privacy")
        handed = await home.press("Ana", shown, "Export")
        found = set(_strings(json.loads(handed.file.content)))
        lost = [e for e in TRIED if clean(e.text, multiline=True) not in found]
        assert [] == lost


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _strings(each)
        case dict():
            for each in value.values():
                yield from _strings(each)
        case _:
            pass


@pytest.mark.parametrize("style", ["text", "json"])
async def test_the_log_has_one_line_an_event_and_no_words(
    tmp_path: Path, style: Any, tell: Tell
) -> None:
    """Whatever is said, thought of as a name, a button or an id."""
    stream = io.StringIO()
    with logged(stream, level="debug", style=style):
        async with patient(tmp_path / "laurel.sqlite3") as home:
            events = len(TRIED)
            for each in TRIED:
                await thank(home, each.text)
                call = home.call("Ana", id=f"call {each.text}")
                await home.laurel.dispatcher("no.such", call, (each.text,), None)
    lines = stream.getvalue().splitlines()

    assert len(lines) >= 3 * events
    torn = [line for line in lines if CONTROL.search(line)]
    tell("P16", "lines of the log with control characters", len(torn), most=0)
    if style == "json":
        assert all(json.loads(line)["message"] for line in lines)
    # One starts the line of an event of its own, were it not escaped.
    assert not [
        line for line in lines if line.startswith(("2026-01-01T", "Set-Cookie"))
    ]
    logged_words = "\n".join(line for line in lines if '"call' not in line)
    assert PLAIN not in logged_words


def skeleton(page: Shown) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page, each with the names of its attributes."""
    return [(e.tag, tuple(sorted(e.attributes))) for e in page.elements]


def resident(member: str, name: str, role: Role = Role.MEMBER) -> Resident:
    return Resident(Person(MemberRef(TOWN, member), name, role))


def seen(text: str) -> str:
    """Return words as a page shows them, where white space is one space."""
    return " ".join(text.replace("\0", "\ufffd").split())


EASY = Settings(
    "en", ZoneInfo("UTC"), WALL, None, 100, pair_cooldown_h=0, reason_min_chars=1
)


@pytest.mark.parametrize("number", range(PAGES))
async def test_pages_show_words_as_words(
    tmp_path: Path, number: int, tell: Tell
) -> None:
    """The page has the elements and attributes that harmless words would have."""
    people = [resident("ana", "Ana"), resident("ben", "Ben")]
    pages = {}
    sayable = [e for e in TRIED[number::PAGES] if not LONE.search(e.text)]
    for kind in ("harmless", "hostile"):
        folder = tmp_path / kind
        folder.mkdir()
        async with town(folder, people, EASY) as (laurel, client):
            ana = Tab(client, "ana", "general")
            for count, each in enumerate(sayable):
                words = each.text if kind == "hostile" else f"{PLAIN} {count}"
                sent = {"to": "ben", "why": words}
                wanted = {"laurel.action": "1:shoutouts.shoutout"}
                assert 200 == (await ana.send("submit", {**wanted, **sent})).status
            await laurel.settle()
            pages[kind] = await Tab(client, "ben", "wall").open()
    quoted = [seen(e.text) for e in pages["hostile"].all("bdi", class_="quote")]
    more = [e.text for e in pages["harmless"].all("bdi", class_="quote")]

    expected = [seen(clean(each.text, multiline=True)) for each in sayable]
    around = [text for text in more if not text.startswith(PLAIN)]
    assert expected == [text for text in quoted if text not in around]
    added = set(skeleton(pages["hostile"])) - set(skeleton(pages["harmless"]))
    tell("P16", "elements that hostile strings add to a page", len(added), most=0)
    assert skeleton(pages["harmless"]) == skeleton(pages["hostile"])


@pytest.mark.parametrize("number", range(PAGES))
async def test_what_is_typed_in_the_chat_is_words(tmp_path: Path, number: int) -> None:
    """Nobody but its author is behind it, and nothing but text is in it."""
    # What begins with a slash is a command, and no message.
    said = [
        e
        for e in TRIED[number::PAGES]
        if not LONE.search(e.text) and not e.text.startswith("/")
    ]
    pages = {}
    for kind in ("harmless", "hostile"):
        folder = tmp_path / kind
        folder.mkdir()
        async with town(folder, [resident("ana", "Ana")]) as (_, client):
            ana = Tab(client, "ana", "general")
            for each in said:
                await ana.say(each.text if kind == "hostile" else PLAIN)
            pages[kind] = await ana.open()
    shown = [e.text for e in pages["hostile"].all("p", class_="words")]

    assert [seen(each.text.strip()) for each in said] == list(map(seen, shown))
    assert skeleton(pages["harmless"]) == skeleton(pages["hostile"])


async def test_names_break_out_of_nothing(tmp_path: Path) -> None:
    """Everywhere that a name stands: the list of people, a post, a card, a picker."""
    named = [each for each in TRIED if not LONE.search(each.text)]
    pages = {}
    for kind in ("harmless", "hostile"):
        people = [
            resident(f"m{n}", each.text if kind == "hostile" else f"Member {n}")
            for n, each in enumerate(named)
        ]
        folder = tmp_path / kind
        folder.mkdir()
        async with town(folder, people, EASY) as (laurel, client):
            for number in range(8):
                tab = Tab(client, f"m{number}", "general")
                sent = {"to": f"m{number + 1}", "why": PLAIN}
                wanted = {"laurel.action": "1:shoutouts.shoutout"}
                assert 200 == (await tab.send("submit", {**wanted, **sent})).status
            await laurel.settle()
            await Tab(client, "m0", "wall").say("hello")
            pages[kind] = await Tab(client, "m0", "wall").open()
    harmless = sorted(skeleton(pages["harmless"]))

    assert harmless == sorted(skeleton(pages["hostile"])), "the order is by name"
    for page in pages.values():
        assert 8 == len(page.all("h2", class_="card-title"))


class Trusting(Brush):
    """Planted: takes what members typed for markup."""

    def _content(self, content: str | Atom) -> Markup:
        if isinstance(content, Quote):
            return Markup(f'<bdi class="quote">{content.text}</bdi>')  # noqa: S704
        return super()._content(content)


async def test_a_page_that_trusts_would_be_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tests above see a renderer that does not escape."""
    monkeypatch.setattr("bot.adapters.playground.visit.Brush", Trusting)
    with pytest.raises(AssertionError):
        await test_pages_show_words_as_words(tmp_path, 0, lambda *_, **__: None)


async def test_markup_in_reasons_would_be_found(tmp_path: Path) -> None:
    """Planted: a post whose words were put where the bot's own words are."""
    async with patient(tmp_path / "laurel.sqlite3") as home:
        plain = await thank(home, PLAIN)
        spoilt = replace(plain.message, mentions=())
        card = spoilt.nodes[0]
        assert isinstance(card, Card)
        (body,) = card.body
        loose = replace(body, values={**body.values, "reason": "@everyone"})
        nodes = (replace(card, body=(loose,)), *spoilt.nodes[1:])
        assert shape(home, plain.message) != shape(home, replace(spoilt, nodes=nodes))


def test_every_line_is_readable() -> None:
    """Each line names its trick, so that a failure says what was tried."""
    line: Hostile = HOSTILE[0]
    assert "pings in latin" in str(line)
    assert Action("no.such").encode()
