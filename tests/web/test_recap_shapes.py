"""A recap in each of its shapes: the same words, valid, and of whom may be named."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from email import message_from_string
from email.policy import SMTP
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path
from shutil import which
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from bot.domain.community import Level
from bot.domain.recurrence import Rule
from bot.domain.words import clean
from storage.addresses import path_of
from storage.communities import zone_of
from tests.cogs.weeks import CHAIRS, DOCS, SOUP, give, set_up
from tests.hostile import some
from tests.needs import need
from tests.web.site import PUBLIC, Site, noon

ATOM = "{http://www.w3.org/2005/Atom}link"
ONE = (
    "recaps/1", "recaps/1.md", "recaps/1.txt", "recaps/1.mail.html", "recaps/1.eml",
)  # fmt: skip
ALL = ("recaps", "recaps.rss", "recaps.json", *ONE)
NAMED = ("recaps.rss", "recaps.json", *ONE)


@pytest.fixture
async def told(site: Site) -> Site:
    """A community with one recap: Ana thanked Ben, Cleo thanked Dai."""
    home = site.home
    await set_up(home)
    await give(home, "Ana", "Ben", why=DOCS)
    await give(home, "Cleo", "Dai", why=CHAIRS)
    home.clock.move(hours=1)
    posted = await home.type("Mo", "recap now")
    assert not posted.refused, posted.text
    return site


def flat(text: str) -> str:
    """Return text without line breaks, marks of quotes, and escapes."""
    return " ".join(re.sub(r"(?m)^> |\\", "", text).split())


def words_of(page: str, text: str) -> str:
    """Return what a reader of a page is shown."""
    if page.endswith(".json"):
        return " ".join(each["content_text"] for each in json.loads(text)["items"])
    if page.endswith(".rss"):
        bodies = ET.fromstring(text).iter("description")  # noqa: S314  our own
        return Text.of(" ".join(each.text or "" for each in bodies))
    if page.endswith(".eml"):
        parts = message_from_string(text, policy=SMTP).iter_parts()
        return " ".join(Text.of(part.get_content()) for part in parts)
    return text if page.endswith((".md", ".txt")) else Text.of(text)


class Text(HTMLParser):
    """Reads the words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._hidden = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._hidden = False

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.words.append(data)

    @classmethod
    def of(cls, html: str) -> str:
        reader = cls()
        reader.feed(html)
        return "".join(reader.words)


@pytest.mark.parametrize("page", NAMED)
async def test_every_shape_says_the_same(told: Site, page: str) -> None:
    """One recap, drawn for each reader."""
    words = flat(words_of(page, await told.read(page)))

    for said in (DOCS, CHAIRS, "Ana thanked Ben", "Cleo thanked Dai", "Ben and Dai"):
        assert said in words
    assert "2 shoutouts were given." in words
    assert "2 people thanked 2 others." in words


@pytest.mark.parametrize("level", [Level.CHANNEL, Level.PRIVATE, Level.NONE])
async def test_who_is_not_for_pages_is_on_none(told: Site, level: Level) -> None:
    """From the next time that somebody asks; others are there without them."""
    for page in NAMED:
        assert "Ana" in words_of(page, await told.read(page))
    await told.allow("Ana", level=level)
    await told.allow("Dai", level=level)

    for page in NAMED:
        words = flat(words_of(page, await told.read(page)))
        assert "Ana" not in words, page
        assert "Dai" not in words, page
        assert CHAIRS not in words, page
        assert "Thanks to Ben" in words, page


@pytest.mark.parametrize("page", NAMED)
async def test_who_is_gone_is_on_none(told: Site, page: str) -> None:
    """Whoever left, and whoever was erased with what they said."""
    told.home.person("Dai", here=False)
    await told.home.database.write(lambda tx: told.member(tx, "Dai"))
    sheet = await told.home.type("Ana", "laurel privacy")
    form = await told.home.press("Ana", sheet, "Erase my data")
    await told.home.fill_in("Ana", form, word="ERASE")

    words = words_of(page, await told.read(page))
    assert [] == [one for one in ("Ana", "Dai", DOCS, CHAIRS) if one in words]


async def test_rss_is_what_readers_expect(told: Site) -> None:
    """RSS 2.0, with ids that stay, and an address of its own."""
    ours = await told.address()
    got, text = await told.get(path_of(ours, "recaps.rss"))
    root = ET.fromstring(text)  # noqa: S314  our own
    (channel,) = root
    (item,) = channel.iter("item")

    assert "application/rss+xml; charset=utf-8" == got.headers["Content-Type"]
    assert ("rss", "2.0") == (root.tag, root.attrib["version"])
    own = channel.find(ATOM)
    assert own is not None
    assert {
        "href": PUBLIC + path_of(ours, "recaps.rss"),
        "rel": "self",
        "type": "application/rss+xml",
    } == own.attrib
    assert PUBLIC + path_of(ours, "recaps") == channel.findtext("link")
    assert channel.findtext("title")
    assert channel.findtext("description")
    assert PUBLIC + path_of(ours, "recaps/1") == item.findtext("link")
    at = parsedate_to_datetime(item.findtext("pubDate") or "")
    assert told.home.clock() == at
    guid = item.find("guid")
    assert guid is not None
    assert {"isPermaLink": "false"} == guid.attrib
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", guid.text or "")


async def test_a_json_feed_keeps_its_rules(told: Site) -> None:
    """Every key of JSON Feed 1.1 that it uses, with a value of its kind."""
    ours = await told.address()
    got, text = await told.get(path_of(ours, "recaps.json"))
    feed = json.loads(text)

    assert "application/feed+json; charset=utf-8" == got.headers["Content-Type"]
    assert [] == flaws_of(feed)
    assert PUBLIC + path_of(ours, "recaps.json") == feed["feed_url"]
    (item,) = feed["items"]
    assert PUBLIC + path_of(ours, "recaps/1") == item["url"]
    assert told.home.clock() == datetime.fromisoformat(item["date_published"])


FEED = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str,
    "description": str, "language": str, "items": list,
}  # fmt: skip
ITEM = {
    "id": str, "url": str, "title": str, "content_html": str, "content_text": str,
    "date_published": str, "language": str, "tags": list,
}  # fmt: skip


def flaws_of(feed: Mapping[str, Any]) -> list[str]:
    """Return where a feed breaks JSON Feed 1.1, as its specification reads."""
    flaws = _of_kinds(feed, FEED)
    flaws += [each for item in feed["items"] for each in _of_kinds(item, ITEM)]
    if feed.get("version") != "https://jsonfeed.org/version/1.1":
        flaws.append("version")
    flaws += [key for key in ("title", "items") if key not in feed]
    ids = [item.get("id") for item in feed["items"]]
    if len(set(ids)) < len(ids) or not all(ids):
        flaws.append("ids are unique")
    return flaws


def _of_kinds(told: Mapping[str, Any], known: Mapping[str, type]) -> list[str]:
    return [
        f"{key}: {value!r}"
        for key, value in told.items()
        if not isinstance(value, known.get(key, type(None))) or value == ""
    ]


async def test_ids_stay(told: Site) -> None:
    """Whatever becomes of the recap, and under whichever address it is read."""
    before = json.loads(await told.read("recaps.json"))["items"]
    await told.allow("Ana", level=Level.NONE)
    await told.revoke()
    told.home.clock.move(days=8)
    await give(told.home, "Ben", "Cleo", why=SOUP)
    await told.home.type("Mo", "recap now")
    after = json.loads(await told.read("recaps.json", "Ana"))["items"]

    assert before[0]["id"] == after[1]["id"]
    assert before[0]["date_published"] == after[1]["date_published"]
    guids = re.findall(r"<guid[^>]*>([^<]*)", await told.read("recaps.rss"))
    assert [each["id"] for each in after] == guids


async def test_a_member_reads_in_their_own_language(told: Site) -> None:
    """And everybody who has the community's address in the community's."""
    told.home.person("Eva", locale="es-MX")
    assert "Semanas y meses" in await told.read("recaps", "Eva")
    assert "Ana dio las gracias a Ben" in flat(
        words_of("recaps/1.md", await told.read("recaps/1.md", "Eva"))
    )
    assert '<html lang="es" dir="ltr">' in await told.read("recaps/1", "Eva")
    assert '<html lang="en" dir="ltr">' in await told.read("recaps/1")


async def test_a_letter_needs_nothing_from_elsewhere(told: Site) -> None:
    """Tables and styles on each element, whole addresses, no scripts, no pictures."""
    ours = await told.address()
    got, text = await told.get(path_of(ours, "recaps/1.mail.html"))

    assert "<table" in text
    assert not re.search(r"<(style|script|img|link rel=\"style)|class=|src=", text)
    assert f'href="{PUBLIC}{path_of(ours, "recaps/1")}"' in text
    assert "style-src 'unsafe-inline'" in got.headers["Content-Security-Policy"]
    for page in ("recaps/1.mail.html", "recaps/1.eml", "recaps/1.txt", "recaps/1.md"):
        # It is passed on, and a member's own address is theirs alone.
        assert "/feeds/" not in (await told.read(page, "Ana")).replace("=\r\n", "")
    plain = await told.read("recaps/1.txt")
    assert PUBLIC + path_of(ours, "recaps/1") in plain
    assert all(len(line) <= 72 for line in plain.splitlines() if "://" not in line)


async def test_a_letter_opens_in_mail_programs(told: Site) -> None:
    """One file with both parts, in lines that any server takes, written by nobody."""
    ours = await told.address()
    got, file = await told.get(path_of(ours, "recaps/1.eml"))
    letter = message_from_string(file, policy=SMTP)
    text, html = letter.iter_parts()
    page = await told.read("recaps/1.mail.html")
    again = await told.read("recaps/1.eml")

    assert "message/rfc822" == got.headers["Content-Type"]
    assert ("multipart/alternative", []) == (letter.get_content_type(), letter.defects)
    assert f"<title>{letter['Subject']}</title>" in page
    assert told.home.clock() == parsedate_to_datetime(letter["Date"])
    assert ("1", "en") == (letter["X-Unsent"], letter["Content-Language"])
    assert letter["From"].addresses[0].domain.endswith(".invalid")
    assert None is letter["To"]
    assert await told.read("recaps/1.txt") == _lines(text.get_content())
    assert page == _lines(html.get_content()).strip()
    assert all(len(line) <= 78 and line.isascii() for line in file.split("\r\n"))
    assert "\n" not in file.replace("\r\n", "")
    assert file == again


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


async def test_the_newest_says_what_is_coming(told: Site) -> None:
    """Not in feeds, which stay as they are, and not in older ones, which are over."""
    await told.plan("Soup in the yard", Rule(noon("2026-03-09"), zone_of("UTC")))
    for page in ONE:
        assert "Soup in the yard" in words_of(page, await told.read(page)), page
    for page in ("recaps.rss", "recaps.json", "recaps"):
        assert "Soup" not in await told.read(page)
    await give(told.home, "Ben", "Cleo", why=SOUP)
    told.home.clock.move(hours=1)
    await told.home.type("Mo", "recap now")
    assert "in the yard" not in await told.read("recaps/1")
    assert "in the yard" in await told.read("recaps/2")


@pytest.fixture
async def hostile(site: Site) -> Site:
    """A community of people who wish us ill, with a calendar and a recap."""
    home = site.home
    await set_up(home)
    on_monday = Rule(noon("2026-03-09"), zone_of("UTC"))
    for number, trick in enumerate(some(24)):
        named = f"{trick.text} {number}"
        pair = f"Giver {number}", f"Ben {number}"
        for name in pair:
            home.people[name] = replace(home.person(name), name=named)
        await give(home, *pair, why=f"{trick.text} and that was good of you")
        await site.plan(clean(named), on_monday, clean(trick.text, multiline=True))
    home.clock.move(hours=1)
    posted = await home.type("Mo", "recap now")
    assert not posted.refused, posted.text
    return site


PAGES = ("calendar", "recaps", "recaps/1", "recaps/1.mail.html")


@pytest.mark.slow
async def test_pages_are_valid_html(hostile: Site, tmp_path: Path) -> None:
    """By the checker of the W3C, in each language, with whatever people are called."""
    jar = need("npm") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need("java")
    folder = tmp_path / "pages"
    folder.mkdir()
    hostile.home.person("Eva", locale="es")
    for who in (None, "Eva"):
        for page in PAGES:
            name = f"{who}-{page.replace('/', '-').removesuffix('.html')}.html"
            (folder / name).write_text(await hostile.read(page, who), "utf-8")
    _, lost = await hostile.get("/feeds/x")
    (folder / "lost.html").write_text(lost, "utf-8")
    bodies = json.loads(await hostile.read("recaps.json"))["items"]
    frame = '<!doctype html><html lang="en"><title>it</title><h1>it</h1>'
    (folder / "body.html").write_text(frame + bodies[0]["content_html"], "utf-8")

    java = which("java") or "java"
    brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")  # half the time
    command = [java, *brief, "-jar", str(jar), "--stdout", "--format", "json"]
    done = subprocess.run(  # noqa: S603, ASYNC221  nothing else is going on
        [*command, str(folder)], capture_output=True, check=False, timeout=100
    )
    found = json.loads(done.stdout)["messages"]
    assert [] == [f"{each['url'][-24:]}: {each['message']}" for each in found]


async def test_nobodys_words_are_markup(hostile: Site) -> None:
    """No element, attribute or address comes out of a name, a title or a reason."""
    for page in (*PAGES, "recaps.rss", "recaps.json"):
        seen = Elements()
        seen.feed(html_of(page, await hostile.read(page)))

        assert set() == seen.tags & {"script", "img", "iframe", "form", "base"}, page
        assert [] == [each for each in seen.attributes if each.startswith("on")], page
        live = [each for each in seen.links if re.search("evil|javascript", each)]
        assert [] == live, page


def html_of(page: str, text: str) -> str:
    """Return the HTML that somebody is shown."""
    if page.endswith(".rss"):
        items = ET.fromstring(text).iter("description")  # noqa: S314  our own
        return " ".join(each.text or "" for each in items)
    if page.endswith(".json"):
        return " ".join(each["content_html"] for each in json.loads(text)["items"])
    return text


class Elements(HTMLParser):
    """Notes what a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [told or "" for name, told in attrs if name in {"href", "src"}]
