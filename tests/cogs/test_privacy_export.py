"""Everything that is kept about a member, as files in their hands."""

from __future__ import annotations

import asyncio
import io
import json
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.chat.catalogue import Catalogue
from bot.chat.message import Action, File
from bot.features import LOCALES
from bot.pages.kept import MAX_ENTRIES, KeptPage
from bot.pages.kept_columns import SECTIONS, WITHIN
from bot.takeout import TakeoutDesk
from cogs.privacy import files, service
from storage import exports
from storage.claims import Claim
from storage.personal import CLAIMS
from tests.cogs.ranking import allow
from tests.harness import Community, Reply, community
from tests.hostile import some
from tests.needs import need
from tests.storage.test_personal import NAME, NEEDLES, fill
from tests.takeout import Here

DOCS = "You rewrote the guide, and I understood it at last."
EXPORT = Action("privacy.export")


async def thank(home: Community, giver: str, to: str, why: str = DOCS) -> None:
    done = await home.type(giver, "shoutout", to=(home.person(to),), why=why)
    assert not done.refused, done.text


async def export(home: Community, who: str) -> Reply:
    return await home.do(home.call(who), EXPORT, None)


def handed(reply: Reply) -> dict[str, File]:
    """Return the files of an answer by name."""
    found = (node for node in reply.message.nodes if isinstance(node, File))
    return {each.name: each for each in found}


def page(reply: Reply) -> str:
    return handed(reply)["laurel-data.html"].content.decode()


class Read(HTMLParser):
    """What a browser makes of a page: its words, elements and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.tags: set[str] = set()
        self.attributes: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(
        self, tag: str, attrs: Sequence[tuple[str, str | None]]
    ) -> None:
        self.tags.add(tag)
        self.attributes |= dict(attrs)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        """What is read, in one line."""
        return " ".join(" ".join(self.words).split())


async def test_one_answer_has_both_files(home: Community) -> None:
    """One for programs and one to read, which say the same."""
    await thank(home, "Ana", "Ben")
    reply = await export(home, "Ben")
    found = handed(reply)

    assert {
        "laurel-data.json": "application/json",
        "laurel-data.html": "text/html",
    } == {each.name: each.media_type for each in found.values()}
    document = json.loads(found["laurel-data.json"].content)
    assert [DOCS] == [row["body"] for row in document["tables"]["words"]]
    text = Read(page(reply)).text
    assert f"From Ana Words {DOCS} When Fri, Mar 6, 2026, 3:00" in text
    assert "What Laurel keeps about Ben" in text


async def test_the_page_is_in_the_members_language(home: Community) -> None:
    """Its headings, labels and dates; words stay as they were written."""
    home.person("Ben", locale="es")
    await thank(home, "Ana", "Ben")
    html = page(await export(home, "Ben"))

    assert '<html lang="es" dir="ltr">' in html
    text = Read(html).text
    assert f"De Ana Palabras {DOCS} Cuándo vie, 6 mar 2026" in text
    assert "Lo que Laurel guarda sobre Ben" in text


async def test_the_page_can_be_read_right_to_left_and_in_the_dark(
    tmp_path: Path,
) -> None:
    """The direction is the language's; each value has its own."""
    shutil.copytree(LOCALES / "en", tmp_path / "locales" / "en")
    shutil.copytree(LOCALES / "en", tmp_path / "locales" / "ar")
    catalogue = Catalogue.load(tmp_path / "locales")
    async with community(tmp_path / "laurel.sqlite3", catalogue=catalogue) as home:
        home.person("Ben", locale="ar")
        await thank(home, "Ana", "Ben", "شكراً على كل شيء فعلته من أجلنا")
        html = page(await export(home, "Ben"))

    assert '<html lang="ar" dir="rtl">' in html
    assert '<dd dir="auto">شكراً' in html
    assert "color-scheme: light dark" in html


async def test_the_page_has_everything_and_runs_nothing(tmp_path: Path) -> None:
    """Every table but those that are told with others; nothing is loaded or run."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        await fill(home)
        reply = await export(home, NAME)
    read = Read(page(reply))
    content = handed(reply)["laurel-data.json"].content.decode()

    told = {claim.table for claim in CLAIMS if isinstance(claim, Claim)}
    sections = [table for tables in SECTIONS.values() for table in tables]
    assert sorted(told) == sorted([*sections, *WITHIN])
    unread = [each for each in NEEDLES if each in content and each not in read.text]
    assert unread == [each for each in unread if " " not in each]
    assert set() == read.tags & {"script", "img", "iframe", "form", "object", "base"}
    assert [] == [each for each in read.attributes if each.startswith("on")]
    assert "default-src 'none'" in str(read.attributes["content"])


async def hostile(home: Community) -> str:
    """Return the page of somebody to whom everybody writes what is meant to hurt."""
    for number, trick in enumerate(some(40)):
        giver = f"Giver {number}"
        home.people[giver] = replace(home.person(giver), name=trick.text)
        await thank(home, giver, "Ben", f"{trick.text} and that was good of you")
    return page(await export(home, "Ben"))


async def test_nobodys_words_are_markup(home: Community) -> None:
    """Whatever is typed, the page has the elements that it has without it."""
    await thank(home, "Ana", "Cleo")
    plain = Read(page(await export(home, "Cleo")))
    read = Read(await hostile(home))

    assert plain.tags == read.tags
    assert plain.attributes.keys() == read.attributes.keys()


@pytest.mark.slow
async def test_the_page_is_valid_html(tmp_path: Path) -> None:
    """By the checker of the W3C, with something of everything and of everybody."""
    jar = need("npm") / "vnu-jar" / "build" / "dist" / "vnu.jar"
    need("java")
    pages = tmp_path / "pages"
    pages.mkdir()
    async with community(tmp_path / "laurel.sqlite3") as home:
        (pages / "hostile.html").write_text(await hostile(home), "utf-8")
        await fill(home)
        (pages / "whole.html").write_text(page(await export(home, NAME)), "utf-8")
    java = shutil.which("java") or "java"
    brief = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss8m")  # half the time
    command = [java, *brief, "-jar", str(jar), "--stdout", "--format", "json"]
    done = subprocess.run(  # noqa: S603, ASYNC221  nothing else is going on
        [*command, str(pages)], capture_output=True, check=False, timeout=100
    )
    assert [] == json.loads(done.stdout)["messages"]


async def test_asked_a_hundred_times_it_is_handed_over_once(home: Community) -> None:
    """Also at once; who asks again hears from when on, and it costs no row."""
    await thank(home, "Ana", "Ben")
    twice = await asyncio.gather(export(home, "Ben"), export(home, "Ben"))
    again = [await export(home, "Ben") for _ in range(98)]
    replies = [*twice, *again]

    refused = [each for each in replies if each.refused]
    assert (1, 99) == (len(replies) - len(refused), len(refused))
    assert {"privacy.refused-again"} == {each.reason for each in refused}
    assert "You can ask again from 3:05" in refused[0].text
    rows = await home.database.read(lambda tx: tx.all("SELECT action FROM audit"))
    assert ["shoutouts.give", "privacy.export"] == [row["action"] for row in rows]
    home.clock.move(minutes=5)
    assert not (await export(home, "Ben")).refused


async def test_others_go_on_while_many_export(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is drawn after the other, beside everything else and never before it."""
    at_once, most = [0], [0]
    usual = files.drawn

    def slowly(*asked: object) -> object:
        at_once[0] += 1
        most[0] = max(most[0], at_once[0])
        time.sleep(0.02)  # on a thread of its own
        found = usual(*asked)  # type: ignore[arg-type]
        at_once[0] -= 1
        return found

    monkeypatch.setattr(files, "drawn", slowly)
    people = [f"Member {number}" for number in range(8)]
    exporting = [
        asyncio.ensure_future(export(home, each))  # noqa: TID251  awaited below
        for each in people
    ]
    await asyncio.sleep(0)
    await thank(home, "Ana", "Ben")
    waiting = [each for each in exporting if not each.done()]
    replies = await asyncio.gather(*exporting)

    assert waiting
    assert [] == [each for each in replies if each.refused]
    assert [1] == most


async def test_what_is_large_is_packed(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In one archive, which holds the same two files."""
    await thank(home, "Ana", "Ben")
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    (found,) = handed(await export(home, "Ben")).values()

    assert ("laurel-data.zip", "application/zip") == (found.name, found.media_type)
    with zipfile.ZipFile(io.BytesIO(found.content)) as archive:
        assert ["laurel-data.json", "laurel-data.html"] == archive.namelist()
        assert DOCS in archive.read("laurel-data.html").decode()


async def test_a_long_page_shows_the_newest(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says how many more the other file has."""
    assert MAX_ENTRIES >= 1_000
    monkeypatch.setattr("bot.pages.kept.MAX_ENTRIES", 2)
    for number in range(5):
        await thank(home, f"Giver {number}", "Ben", f"{DOCS} {number}")
    text = Read(page(await export(home, "Ben"))).text

    shown = re.findall(rf"{re.escape(DOCS)} (\d)", text.partition("Points")[0])
    assert ["3", "4"] == shown
    assert "3 older entries are in the other file." in text


async def test_whoever_is_erased_meanwhile_is_handed_nothing(home: Community) -> None:
    """The files say so, and bring nobody back."""
    await thank(home, "Ana", "Ben")
    card = await home.type("Ben", "laurel privacy")
    form = await home.press("Ben", card, "Erase my data")
    await home.fill_in("Ben", form, word="ERASE")
    page_of = KeptPage(home.laurel.catalogue)
    ben = files.Wanted(home.person("Ben").ref, "en", home.clock())
    found = files.drawn(home.database.path, ben, page_of)

    assert found is not None
    assert {} == json.loads(found[0].content)["tables"]
    assert DOCS not in found[1].content.decode()


# What takes long


GET = "Get my data"


def desk(home: Community) -> TakeoutDesk:
    """Return what makes it."""
    (found,) = (a for a in home.laurel.attendants if isinstance(a, TakeoutDesk))
    return found


def unpacked(reply: Reply) -> set[str]:
    """Return the names of what is in the archive that was handed over."""
    content = handed(reply)["laurel-data.zip"].content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert DOCS in archive.read("laurel-data.json").decode()
        return set(archive.namelist())


@pytest.fixture
def very_much(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is kept is too much to wait for."""
    monkeypatch.setattr(files, "MOST_AT_ONCE", 1)


@pytest.fixture
def much(very_much: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, and it is made here: each process takes a second to start."""

    monkeypatch.setattr("bot.takeout.Apart", Here)


@pytest.mark.usefixtures("very_much")
async def test_who_has_much_is_written_to_when_it_is_ready(home: Community) -> None:
    """They are answered at once, and handed it by the button, to nobody else."""
    await thank(home, "Ana", "Ben")
    before = len(home.platform.posts)
    said = await export(home, "Ana")
    assert "takes a while" in said.text
    assert {} == handed(said)

    (note,) = home.platform.posts[before:]
    assert home.person("Ana").ref == note.to
    assert "Your data is ready" in note.text
    assert {"laurel-data.json", "laurel-data.html"} == unpacked(
        await home.press("Ana", note, GET)
    )
    assert {"laurel-data.json", "laurel-data.html"} == unpacked(
        await home.press("Ana", note, GET)
    )
    # Somebody else who presses it is handed what is theirs, or has it be made.
    other = await home.press("Ben", note, GET)
    assert {} == handed(other)


@pytest.mark.usefixtures("much")
async def test_who_allows_no_messages_is_written_to_all_the_same(
    home: Community,
) -> None:
    """They asked for this one."""
    await thank(home, "Ana", "Ben")
    await allow(home, "Ana", takes_dms=False)
    await export(home, "Ana")
    assert "Your data is ready" in home.dms("Ana")[-1]


@pytest.mark.usefixtures("much")
async def test_it_is_made_once_however_often_somebody_asks(home: Community) -> None:
    """Until it is ready they are told that it is on its way."""
    await thank(home, "Ana", "Ben")
    desk(home).stop()
    await export(home, "Ana")
    assert "privacy.refused-making" == (await export(home, "Ana")).reason


@pytest.mark.usefixtures("much")
async def test_who_waits_is_not_forgotten_by_a_restart(tmp_path: Path) -> None:
    """It is made by whoever comes next."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        await thank(home, "Ana", "Ben")
        desk(home).stop()
        await export(home, "Ana")
        assert [] == home.dms("Ana")
        clock = home.clock
    async with community(path, clock=clock) as again:
        await again.laurel.settle()
        note = again.standing(again.person("Ana").ref)[-1]
        assert unpacked(await again.press("Ana", note, GET))


@pytest.mark.usefixtures("much")
async def test_who_is_erased_meanwhile_is_handed_nothing(tmp_path: Path) -> None:
    """Neither made nor kept, and nobody is written to."""
    path = tmp_path / "laurel.sqlite3"
    async with community(path) as home:
        await thank(home, "Ana", "Ben")
        asked = desk(home)
        asked.stop()
        await export(home, "Ana")
        waiting = await home.database.write(exports.begin, home.clock())
        assert waiting is not None
        action = Action("privacy.erase")
        await home.do(home.call("Ana"), action, {"word": "ERASE"})
        tell = service.tell
        await home.database.write(tell, waiting, b"archive", home.clock())
        await home.laurel.settle()
        assert [] == home.dms("Ana")
        kept = await home.database.read(lambda tx: tx.all("SELECT * FROM exports"))
        assert [] == kept


@pytest.mark.usefixtures("much")
async def test_it_waits_for_a_day(home: Community) -> None:
    """Then it is deleted, and the same button has it be made anew."""
    await thank(home, "Ana", "Ben")
    await export(home, "Ana")
    note = home.standing(home.person("Ana").ref)[-1]
    await home.wait(hours=24)
    kept = await home.database.read(lambda tx: tx.all("SELECT * FROM exports"))
    assert [] == kept
    said = await home.press("Ana", note, GET)
    assert "takes a while" in said.text


@pytest.mark.usefixtures("much")
async def test_what_cannot_be_made_is_tried_three_times(home: Community) -> None:
    """Nobody waits behind it for ever, and asking again begins anew."""
    await thank(home, "Ana", "Ben")
    desk(home).stop()
    await export(home, "Ana")
    for _ in range(exports.MAX_TRIES):
        assert await home.database.write(exports.begin, home.clock()) is not None
    assert await home.database.write(exports.begin, home.clock()) is None
    home.clock.move(minutes=6)
    assert "takes a while" in (await export(home, "Ana")).text


async def test_who_would_wait_behind_others_has_it_later(
    home: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is drawn after the other, and nobody waits in vain for their turn."""
    monkeypatch.setattr("cogs.privacy.cog.TURN_PATIENCE_S", 0.0)
    await thank(home, "Ana", "Ben")
    both = await asyncio.gather(export(home, "Ana"), export(home, "Ben"))
    assert 1 == sum(bool(handed(each)) for each in both)
    (late,) = (each for each in both if not handed(each))
    assert "takes a while" in late.text
    await home.laurel.settle()
    assert 1 == sum("Your data is ready" in each.text for each in home.platform.posts)
