"""The playground as a town for stories: its real pages, asked for over HTTP."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from aiohttp import ClientSession, FormData

from bot.adapters.playground.adapter import Playground
from bot.adapters.playground.records import Resident, Room
from bot.adapters.playground.residents import DIRECTORY
from bot.adapters.playground.store import add_people, add_rooms
from bot.adapters.playground.web import make_app
from bot.app import Laurel
from bot.chat.catalogue import Catalogue
from bot.demo.clock import Held
from bot.demo.run import COMMUNITY, playing
from bot.domain.community import Settings
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, MemberRef
from bot.features import load_words
from bot.web import feeds
from bot.web.server import served
from storage import communities
from storage.database import Transaction
from storage.file import create
from tests.adapters.browser import Element, Shown
from tests.stories import records
from tests.stories.records import Records
from tests.stories.town import Answer, Given
from tests.stories.town import Person as Neighbour

START = datetime(2026, 3, 6, 16, 2, tzinfo=UTC)
"""A Friday afternoon."""

CHIPS = {"week": timedelta(weeks=1), "day": timedelta(1), "hour": timedelta(hours=1)}

_UNDER = "~"
"""Stands between a room and the message whose thread is looked at."""

_ARTICLE = re.compile(r"<article .*?</article>", re.DOTALL)


def _resident(
    name: str, role: Role = Role.MEMBER, locale: str = "en", zone: str = "Europe/Lisbon"
) -> Resident:
    joined = START - timedelta(days=300)
    ref = MemberRef(COMMUNITY, name.split(maxsplit=1)[0].casefold())
    return Resident(Person(ref, name, role, locale=locale, joined_at=joined), zone)


RESIDENTS = (
    _resident("Ana Souza"),
    _resident("Bo Lindqvist"),
    _resident("Chidi Okafor"),
    _resident("Dana Levi"),
    _resident("Eva Ruiz", locale="es"),
    _resident("Farid Amin"),
    _resident("Gil Prado"),
    _resident("Mika Aalto", Role.MODERATOR),
    _resident("Ada Bright", Role.ADMIN),
    Resident(Person(MemberRef(COMMUNITY, "salma"), "سلمى الخشّاب", locale="ar-EG")),
    Resident(Person(MemberRef(COMMUNITY, "kiln"), "Kiln Watch", bot=True)),
)
ROOMS = {
    "general": Room(ChannelRef(COMMUNITY, "general"), "general", "Everything else"),
    "wall": Room(ChannelRef(COMMUNITY, "wall"), "wall of thanks", position=1),
    "moderators": Room(
        ChannelRef(COMMUNITY, "moderators"),
        "moderators",
        least_role=Role.MODERATOR,
        position=2,
    ),
}


@dataclass
class Town:
    """A small community in the playground, served over loopback."""

    home: Path
    words: Catalogue
    wall_clock: Held
    laurel: Laurel = field(init=False)
    playground: Playground = field(init=False)
    web: ClientSession = field(init=False)
    url: str = ""
    _running: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def starts(self) -> None:
        """Start Laurel, and the pages."""
        enter = self._running.enter_async_context
        self.laurel, self.playground = await enter(
            playing(self.home, self.words, self.wall_clock)
        )
        pages = make_app(self.playground)
        clock = self.playground.clock.now
        found = feeds.routes(self.laurel.database, self.words, clock)
        serving = served(pages, 0, self.laurel.unhealthy, routes=found)
        self.url = await enter(serving)
        self.web = await enter(ClientSession(self.url))

    async def stops(self) -> None:
        """Stop both; the files stay."""
        await self._running.aclose()

    async def restarts(self) -> None:
        """Stop Laurel and start it again, over the same files."""
        await self.stops()
        await self.starts()

    async def sleeps(self, **by: float) -> None:
        """Have Laurel be down for so long."""
        await self.stops()
        self.wall_clock.at += timedelta(**by)
        await self.starts()
        await self.settles()

    def person(self, name: str) -> Neighbour:
        """Return who is called so, or so at first."""
        (found,) = (
            each
            for each in RESIDENTS
            if name in {each.person.name, each.person.name.split()[0]}
        )
        return Someone(self, found)

    async def wall(self) -> Sequence[str]:
        """Return what stands on the wall for everybody."""
        return [post.text for post in await self.posts()]

    async def posts(self, room: str = "wall") -> Sequence[Answer]:
        """Return what stands in a room, as a member who did nothing there sees it."""
        who = "ada" if room == "moderators" else "gil"
        watcher = next(each for each in RESIDENTS if each.id == who)
        return await Someone(self, watcher).reads(room)

    async def thread(self, post: Answer) -> Sequence[Answer]:
        """Return what stands under a message, as a member who did nothing sees it."""
        watcher = next(each for each in RESIDENTS if each.id == "gil")
        return await Someone(self, watcher).follows(post)

    async def waits(self, **by: float) -> None:
        """Move the clock by its chips as far as they go, then by the wall's."""
        await self.settles()
        left = timedelta(**by)
        for step, length in CHIPS.items():
            while left >= length:
                data = FormData({"step": step})
                async with self.web.post("/as/ada/in/general/clock", data=data) as ok:
                    assert 200 == ok.status
                left -= length
        self.wall_clock.at += left
        self.laurel.alarm.wake()
        await self.settles()

    async def settles(self) -> None:
        """Wait until nothing more follows from what was done."""
        await self.laurel.settle()

    async def deletes(self, room: str) -> None:
        """Lose a room, and its messages with it."""
        await self.playground.store.database.write(_delete, ROOMS[room].ref)

    async def opens(self, room: str) -> None:
        """Get a room; the directory that tabs are drawn from learns of it."""
        await self.playground.store.add_room(ROOMS[room])

    async def flaws(self) -> Sequence[str]:
        """Return what is wrong with Laurel's file."""
        return await self.laurel.database.read(records.flaws, COMMUNITY)

    async def records(self) -> Records:
        """Return what is stored, in terms of people."""
        return await self.laurel.database.read(records.kept, COMMUNITY)


@dataclass(frozen=True)
class Someone:
    """A person in front of a browser."""

    town: Town
    resident: Resident

    @property
    def name(self) -> str:
        """What the playground calls them."""
        return self.resident.person.name

    async def writes(self, words: str, room: str = "general") -> Answer:
        """Say something to a room."""
        await self._send(room, "say", {"text": words})
        return (await self.reads(room))[-1]

    async def types(self, command: str, /, **answers: Given) -> Answer:
        """Take a command from the list and fill in its form, where it has one."""
        if not answers:
            return await self._does("general", "say", {"text": command})
        asked = {"command": command}
        async with self.town.web.get(self._at("general", "begin"), params=asked) as got:
            assert 200 == got.status, await got.text()
            form = _form("general", (await got.json())["form"])
        return await self.fills_in(form, **answers)

    async def presses(self, label: str, on: Answer) -> Answer:
        """Press a button, or pick an option, of a message."""
        room, post = on.id.split("/")
        shown = Shown((await self._articles(room))[on.id])
        wires = [(_text(e), e.attributes["data-press"]) for e in _pressable(shown)]
        wires += [(_text(e), e.attributes["value"]) for e in _options(shown)]
        fitting = [wire for words, wire in wires if words.startswith(label)]
        assert fitting, f"{label!r} is not one of {[words for words, _ in wires]}"
        own = {"laurel.action": fitting[0], "laurel.pressed": post}
        return await self._does(room, "press", own)

    async def chooses(self, entry: str, on: Answer) -> Answer:
        """Choose an entry of a message's menu."""
        room, post = on.id.split("/")
        page = Shown(await self._page(room))
        wires = {
            _text(e): e.attributes.get("data-action", "")
            for e in page.all("button", role="menuitem")
        }
        own = {"laurel.action": wires[entry], "laurel.target": post}
        return await self._does(room, "press", own)

    async def fills_in(self, form: Answer, /, **answers: Given) -> Answer:
        """Change what stands in a form and send all of it, as a browser does."""
        room, html = form.id.split("/", 1)
        shown = Shown(html)
        sent = _controls(shown)
        for name, given in answers.items():
            sent.pop(f"{name}.typed", None)
            sent[name] = await self._written(room, shown, name, given)
        return await self._does(room, "submit", sent)

    async def sees(self, answer: Answer) -> bool:
        """Return whether the message is in the page that this person gets."""
        room, _ = answer.id.split("/")
        return answer.id in await self._articles(room)

    async def reads(self, room: str) -> Sequence[Answer]:
        """Return the messages in the page that this person gets."""
        articles = (await self._articles(room)).items()
        return [_message(id_, html) for id_, html in articles]

    async def follows(self, post: Answer) -> Sequence[Answer]:
        """Return what stands in the page of a message's thread, below it."""
        under = await self.reads(post.id.replace("/", _UNDER))
        return under[1:]

    async def hears(self) -> Sequence[str]:
        """Return what stands in this person's direct messages."""
        return [post.text for post in await self.reads(f"dm.{self.resident.id}")]

    async def keeps(self, answer: Answer) -> str:
        """Follow the links to the files of a message."""
        room, _ = answer.id.split("/")
        shown = Shown((await self._articles(room))[answer.id])
        kept = []
        for link in shown.all("a", class_="file"):
            async with self.town.web.get(link.attributes["href"]) as got:
                assert 200 == got.status
                kept.append(await got.text("utf-8"))
        return "\n".join(kept)

    async def looks_at(self, answer: Answer) -> bytes:
        """Get the picture of a message, as its page does."""
        room, _ = answer.id.split("/")
        drawn = Shown((await self._articles(room))[answer.id]).one("img")
        async with self.town.web.get(drawn.attributes["src"]) as got:
            assert 200 == got.status
            return await got.read()

    def _at(self, room: str, rest: str = "") -> str:
        place = room.replace(_UNDER, "/under/")
        return f"/as/{self.resident.id}/in/{place}" + (f"/{rest}" if rest else "")

    async def _page(self, room: str) -> str:
        async with self.town.web.get(self._at(room)) as got:
            assert 200 == got.status
            return await got.text()

    async def _articles(self, room: str) -> Mapping[str, str]:
        """Return the HTML of each message that this person sees, oldest first."""
        found = {}
        for html in _ARTICLE.findall(await self._page(room)):
            post = Shown(html).one("article").attributes["data-post"]
            found[f"{room}/{post}"] = html
        return found

    async def _does(
        self, room: str, rest: str, sent: Mapping[str, str | Sequence[str]]
    ) -> Answer:
        """Send something; return the form that comes back, or what is new to see."""
        before = await self._articles(room)
        form = await self._send(room, rest, sent)
        if form is not None:
            return _form(room, form)
        after = await self._articles(room)
        changed = [id_ for id_, html in after.items() if before.get(id_) != html]
        whispers = [
            id_ for id_ in changed if Shown(after[id_]).all("article", class_="whisper")
        ]
        assert whispers, f"nothing was answered to {rest} of {self.name}"
        return _message(whispers[-1], after[whispers[-1]])

    async def _send(
        self, room: str, rest: str, sent: Mapping[str, str | Sequence[str]]
    ) -> str | None:
        data = FormData(default_to_multipart=True)
        for name, given in sent.items():
            for each in (given,) if isinstance(given, str) else given:
                data.add_field(name, each)
        async with self.town.web.post(self._at(room, rest), data=data) as got:
            assert 200 == got.status, await got.text()
            form = (await got.json())["form"]
        await self.town.settles()
        return None if form is None else str(form)

    async def _written(
        self, room: str, form: Shown, name: str, given: Given
    ) -> str | Sequence[str]:
        """Return what a browser would send for an answer."""
        match given:
            case None:
                return ()
            case bool():
                return "yes" if given else "no"
            case int():
                return str(given)
            case str():
                return await self._labelled(room, form, name, given)
            case Someone():
                return given.resident.id
            case Sequence():
                people = (each for each in given if isinstance(each, Someone))
                return [each.resident.id for each in people]
            case _:
                raise AssertionError(f"{given.name} lives in another town")

    async def _labelled(self, room: str, form: Shown, name: str, words: str) -> str:
        """Return the value behind a label that a picker offers, else the words."""
        source = _source(form, name)
        if not source:
            return _offered(form, name, words)
        query = {"source": source, "typed": words}
        async with self.town.web.get(self._at(room, "suggest"), params=query) as got:
            offers = await got.json()
        values = [each["value"] for each in offers if words in each["label"]]
        assert values, f"{words!r} is not one of {[each['label'] for each in offers]}"
        return str(values[0])


def _text(element: Element) -> str:
    return " ".join(element.text.split())


def _pressable(shown: Shown) -> list[Element]:
    return [e for e in shown.all("button") if "data-press" in e.attributes]


def _options(shown: Shown) -> list[Element]:
    return [e for e in shown.all("option") if e.attributes.get("value")]


def _message(id_: str, html: str) -> Answer:
    shown = Shown(html)
    parts = shown.all("section", class_="card") or shown.all("p", class_="words")
    labels = [_text(e) for e in (*_pressable(shown), *_options(shown))]
    return Answer(id_, "\n".join(map(_text, parts)), tuple(labels))


def _form(room: str, html: str) -> Answer:
    shown = Shown(html)
    sent = _controls(shown)
    errors = {
        e.attributes["id"].rpartition("-")[2]: _text(e)
        for e in shown.all("p", class_="error")
        if "id" in e.attributes
    }
    asks = {
        name: sent.get(f"{name}.typed") or sent.get(name, "")
        for each in shown.elements
        if (name := each.attributes.get("data-field"))
    }
    said = [*shown.all("h2"), *shown.all("p", class_="whole")]
    return Answer(
        f"{room}/{html}",
        "\n".join(map(_text, said)),
        asks={n: v if isinstance(v, str) else " ".join(v) for n, v in asks.items()},
        errors=errors,
    )


def _controls(form: Shown) -> dict[str, str | Sequence[str]]:
    """Return what a form holds, as a browser would send it."""
    held: dict[str, list[str]] = {}
    select = ""
    for each in form.elements:
        own = each.attributes
        name, value = own.get("name", ""), own.get("value", "")
        match each.tag, own.get("type"):
            case "input", "checkbox" | "radio":
                if "checked" in own:
                    held.setdefault(name, []).append(value)
            case "input", kind if kind != "file":
                held.setdefault(name, []).append(value)
            case "textarea", _:
                held.setdefault(name, []).append(each.text)
            case "select", _:
                select = name
            case "option", _ if "selected" in own:
                held.setdefault(select, []).append(value)
            case _:
                pass
    return {n: v[0] if len(v) == 1 else v for n, v in held.items()}


def _source(form: Shown, name: str) -> str:
    """Return where the picker of a field finds what it offers; empty for others."""
    field_name = ""
    for each in form.elements:
        field_name = each.attributes.get("data-field", field_name)
        if field_name == name and "data-picker" in each.attributes:
            return each.attributes["data-picker"]
    return ""


def _offered(form: Shown, name: str, words: str) -> str:
    """Return the value of the option whose label holds ``words``, else the words."""
    select = box = ""
    for each in form.elements:
        own = each.attributes
        match each.tag:
            case "select":
                select = own.get("name", "")
            case "input":
                box = own.get("value", "") if own.get("name") == name else ""
            case "option" if select == name and words in each.text:
                return own["value"]
            case "span" if box and words in each.text:
                return box
            case _:
                pass
    return words


def _delete(tx: Transaction, room: ChannelRef) -> None:
    named = {"community": room.community.id, "room": room.id}
    for table, column in (("messages", "room"), ("reads", "room"), ("rooms", "id")):
        tx.run(
            f"DELETE FROM {table} WHERE community = :community AND {column} = :room",  # noqa: S608
            **named,
        )
    tx.wake(DIRECTORY)


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """Found a town whose files stand in ``folder``."""
    create(folder / "laurel.sqlite3")
    town = Town(folder, load_words(), Held(START))
    try:
        await town.starts()
        store = town.playground.store.database
        await store.write(add_people, RESIDENTS)
        await store.write(add_rooms, ROOMS.values())
        settings = Settings(
            "en",
            ZoneInfo("Europe/Lisbon"),
            wall=ROOMS["wall"].ref,
            moderators=ROOMS["moderators"].ref,
        )
        await town.laurel.database.write(communities.add, COMMUNITY, settings, START)
        yield town
    finally:
        await town.stops()
