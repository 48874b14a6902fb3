"""A browser without a window: what a tab sends, and what it is shown."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from html.parser import HTMLParser

from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.adapters.playground.web import make_app
from tests.adapters.stage import Stage

Client = TestClient[web.Request, web.Application]
Fields = Mapping[str, str | tuple[str, ...]]


@dataclass
class Element:
    """One element of a page: its tag, its attributes, its text."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


class _Reader(HTMLParser):
    _BLOCKS = frozenset({"p", "div", "dt", "dd", "li", "h2", "button"})
    _VOID = frozenset({"input", "meta", "link", "path", "circle", "br"})

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in self._VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {n: v or "" for n, v in attrs}))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop().tag != tag:
            pass
        if tag in self._BLOCKS:
            self.handle_data(" ")

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data


class Shown:
    """A page, or a part of one, as a reader meets it."""

    def __init__(self, html: str) -> None:
        self.html = html
        reader = _Reader()
        reader.feed(html)
        self.elements = reader.elements

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Return every ``tag`` that has ``attributes``; ``_`` stands for a hyphen.

        A class counts as had where it is one of several.
        """
        wanted = {k.rstrip("_").replace("_", "-"): v for k, v in attributes.items()}
        return [
            element
            for element in self.elements
            if element.tag == tag
            and all(
                value in element.attributes.get(name, "\0").split()
                or value == element.attributes.get(name)
                for name, value in wanted.items()
            )
        ]

    def one(self, tag: str, **attributes: str) -> Element:
        """Return the only ``tag`` that has ``attributes``."""
        (element,) = self.all(tag, **attributes)
        return element

    @property
    def text(self) -> str:
        """All words of the page."""
        return " ".join(e.text for e in self.elements if e.tag in {"body", "form"})


@dataclass
class Tab:
    """A tab in which somebody acts as a member in a room."""

    client: Client
    member: str
    room: str = "general"

    def path(self, rest: str = "") -> str:
        """Return an address under the tab's own."""
        base = f"/as/{self.member}/in/{self.room}"
        return f"{base}/{rest}" if rest else base

    async def open(self) -> Shown:
        """Return the page."""
        response = await self.client.get(self.path())
        assert 200 == response.status
        return Shown(await response.text())

    async def send(self, rest: str, fields: Fields) -> ClientResponse:
        """Send a form, without asking what came of it."""
        data = FormData(default_to_multipart=True)
        for name, value in fields.items():
            for each in (value,) if isinstance(value, str) else value:
                data.add_field(name, each)
        return await self.client.post(self.path(rest), data=data)

    async def say(self, text: str, operation: str = "") -> Shown | None:
        """Type ``text``; return the form that comes back, if any."""
        return await self._form("say", {"text": text, "laurel.id": operation})

    async def press(
        self, wire: str, operation: str = "", **origin: str
    ) -> Shown | None:
        """Press a button; ``origin`` is ``pressed`` or ``target``, with a post's id."""
        named = {f"laurel.{name}": value for name, value in origin.items()}
        own = {"laurel.action": wire, "laurel.id": operation}
        return await self._form("press", own | named)

    async def fill(self, form: Shown, **answers: str | tuple[str, ...]) -> Shown | None:
        """Send ``form`` with ``answers``; return the form that comes back, if any.

        The visible input of a picker is written with ``__`` for its dot.
        """
        own = {
            e.attributes["name"]: e.attributes.get("value", "")
            for e in form.all("input", type="hidden")
            if e.attributes["name"].startswith("laurel.")
        }
        named = {name.replace("__", "."): value for name, value in answers.items()}
        return await self._form("submit", own | named)

    async def posts(self) -> list[str]:
        """Return what stands in the room, in words."""
        shown = await self.open()
        return [" ".join(each.text.split()) for each in shown.all("div", class_="said")]

    async def last(self) -> str:
        """Return the id of the newest post."""
        shown = await self.open()
        return shown.all("article")[-1].attributes["data-post"]

    async def heard(self, after: int = 0) -> list[tuple[str, dict[str, object]]]:
        """Return what the stream says at once, up to its word on rooms and clock."""
        events: list[tuple[str, dict[str, object]]] = []
        address = self.path("live") + f"?after={after}"
        async with self.client.get(address) as response:
            kind = ""
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                if line.startswith("data: "):
                    events.append((kind, json.loads(line.removeprefix("data: "))))
                    if kind in {"chrome", "stale"}:
                        break
        return events

    async def _form(self, rest: str, fields: Fields) -> Shown | None:
        response = await self.send(rest, fields)
        assert 200 == response.status, await response.text()
        form = (await response.json())["form"]
        return None if form is None else Shown(form)


@asynccontextmanager
async def browser(opened: Stage) -> AsyncIterator[Client]:
    """Serve a playground on loopback and return what asks it."""
    app = make_app(opened.playground)
    async with TestClient(TestServer(app, host="127.0.0.1")) as client:
        yield client
