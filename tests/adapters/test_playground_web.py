"""The playground's pages, as a browser meets them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.adapters.playground.records import LAUREL, Draft
from bot.chat.message import Buttons as Row
from bot.chat.message import Card, File, LinkButton, say
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.browser import Client, Shown, Tab, browser
from tests.adapters.stage import HOME, NOON, Stage, resident, stage

GENERAL = ChannelRef(HOME, "general")
LAUREL_REF = MemberRef(HOME, LAUREL)
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(1)> \"'><b>bold</b> &amp; "
    "{{ 7 * 7 }} {% raw %} https://evil.example [a](b) **stars** @everyone <!channel> "
    "\u202egnp.exe \ue000 \u2066"
)


@pytest.fixture
async def played(tmp_path: Path) -> AsyncIterator[Stage]:
    async with stage(tmp_path) as opened:
        yield opened


@pytest.fixture
async def client(played: Stage) -> AsyncIterator[Client]:
    async with browser(played) as opened:
        yield opened


def tab(client: Client, member: str = "ana", room: str = "general") -> Tab:
    return Tab(client, member, room)


@pytest.mark.parametrize(
    "path",
    ["/", "/as/ana/in/general", "/static/main.js", "/nowhere", "/as/nobody/in/general"],
)
async def test_every_response_is_guarded(client: Client, path: str) -> None:
    """Pages, files and errors alike run nothing foreign and stay out of frames."""
    response = await client.get(path, allow_redirects=False)
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nosniff" == response.headers["X-Content-Type-Options"]
    assert "no-store" == response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example"}, 421),
        ({"Host": "[::"}, 421),
        ({"Host": "localhost:8080"}, 200),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
    ],
)
async def test_refuses_who_is_not_here(
    client: Client, headers: dict[str, str], status: int
) -> None:
    """Another host name, or another page, gets nothing (DNS rebinding, CSRF)."""
    response = await client.get("/as/ana/in/general", headers=headers)
    assert status == response.status


async def test_own_page_may_send(client: Client) -> None:
    """The page's own origin is let through."""
    origin = f"http://127.0.0.1:{client.port}"
    response = await client.post(
        "/as/ana/in/general/read", headers={"Origin": origin}, data={}
    )
    assert 200 == response.status


async def test_leads_to_a_room(client: Client) -> None:
    """The front door opens on the first member and the first channel."""
    response = await client.get("/")
    assert "/as/ana/in/general" == response.url.path


@pytest.mark.parametrize(
    ("member", "room", "status"),
    [
        ("ana", "mods", 404),
        ("mika", "mods", 200),
        ("bo", "dm.ana", 404),
        ("ana", "dm.ana", 200),
        ("gone", "general", 404),
        ("robot", "general", 404),
        ("nobody", "general", 404),
    ],
)
async def test_rooms_open_to_who_may_enter(
    client: Client, member: str, room: str, status: int
) -> None:
    """No address leads into a room that its member may not see."""
    for rest in ("", "/live", "/suggest?source=person"):
        response = await client.get(f"/as/{member}/in/{room}{rest}")
        assert status == response.status
        response.close()


async def test_switching_keeps_the_room(client: Client) -> None:
    """Acting as somebody else leads to the same room, where they may enter it."""
    kept = await client.get("/as/bo?in=wall", allow_redirects=False)
    other = await client.get("/as/bo?in=mods", allow_redirects=False)
    assert "/as/bo/in/wall" == kept.headers["Location"]
    assert "/as/bo/in/general" == other.headers["Location"]


async def test_words_reach_the_room(client: Client) -> None:
    """What one member says, another reads."""
    assert await tab(client).say("Good morning") is None
    assert ["Good morning"] == await tab(client, "bo").posts()


async def test_a_message_sent_twice_stands_once(client: Client) -> None:
    """A repeat under the same id is the same message."""
    for _ in range(2):
        await tab(client).say("Good morning", "operation-1")
    assert ["Good morning"] == await tab(client).posts()


async def test_hostile_words_are_words(client: Client) -> None:
    """Whatever is typed is shown as it was typed, and does nothing."""
    before = await tab(client).open()
    await tab(client).say(HOSTILE)
    shown = await tab(client).open()
    assert " ".join(HOSTILE.split()) == (await tab(client).posts())[0]
    for tag in ("script", "img", "b", "a"):
        assert len(before.all(tag)) == len(shown.all(tag))
    assert not [
        e for e in shown.elements if any(a.startswith("on") for a in e.attributes)
    ]
    assert not [e for e in shown.elements if "style" in e.attributes]


async def test_hostile_names_are_words(played: Stage, client: Client) -> None:
    """A name cannot break out of where it stands, in text or in an attribute."""
    name = "<b>\"' onload=x \ue000 **x**"
    await played.store.add_person(resident("hex", name))
    await tab(client, "hex").say("hello")
    shown = await tab(client).open()
    (who,) = shown.all("strong")
    assert name == who.text
    assert not shown.all("b")


async def test_private_answers_are_private(client: Client) -> None:
    """Nobody else's page, stream, file, menu or inspector has a private answer."""
    ana, bo = tab(client), tab(client, "bo")
    await ana.say("/vocabulary nodes")
    assert [] == await bo.posts()
    number = await ana.last()
    shown = await ana.open()
    assert "Only you can see this" in shown.text
    mine = {kind for kind, _ in await ana.heard()}
    theirs = {kind for kind, _ in await bo.heard()}
    assert ({"post", "chrome"}, {"chrome"}) == (mine, theirs)
    for rest in (f"file/{number}/5", f"inspect/{number}"):
        allowed = await client.get(ana.path(rest))
        denied = await client.get(bo.path(rest))
        assert (200, 404) == (allowed.status, denied.status)
    await bo.press("1:vocabulary.quoted", target=number)
    assert "Everything for" not in " ".join(await bo.posts())


async def test_files_are_only_ever_saved(client: Client) -> None:
    """A file goes to disk under its own name and is never shown as a page."""
    ana = tab(client)
    await ana.say("/vocabulary nodes")
    response = await client.get(ana.path(f"file/{await ana.last()}/5"))
    assert b"assam" == (await response.read()).splitlines()[0]
    disposition = response.headers["Content-Disposition"]
    assert "attachment; filename*=UTF-8''teas.csv" == disposition
    assert "application/octet-stream" == response.content_type
    card = await client.get(ana.path(f"file/{await ana.last()}/0"))
    assert 404 == card.status


async def test_file_names_cannot_leave_their_header(
    played: Stage, client: Client
) -> None:
    """A hostile file name stays within its quotes."""
    name = 'a"\r\nX: y;\u202e.html'
    body = say(File(name, "text/html", b"<script>"))
    made = await played.store.post(Draft(GENERAL, LAUREL_REF, body, NOON))
    response = await client.get(tab(client).path(f"file/{made}/0"))
    assert "X" not in response.headers
    assert (
        "%22%0D%0AX%3A%20y%3B%E2%80%AE.html" in response.headers["Content-Disposition"]
    )


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//x", "x"])
async def test_links_lead_to_the_web_alone(
    played: Stage, client: Client, url: str
) -> None:
    """An address of another kind is shown, but cannot be followed."""
    row = Row((LinkButton(phrase("vocabulary.link"), url),))
    await played.store.post(Draft(GENERAL, LAUREL_REF, say(row), NOON))
    shown = await tab(client).open()
    assert url not in [a.attributes.get("href") for a in shown.all("a")]
    assert "Read more" in (await tab(client).posts())[0]


async def test_draws_every_node(client: Client) -> None:
    """Each node, part and tone of the vocabulary stands on the page."""
    await tab(client).say("/vocabulary aloud")
    shown = await tab(client).open()
    tones = [e.attributes["class"].split("-")[-1] for e in shown.all("section")]
    assert ["joy", "plain", "main"] == tones
    assert ["Everything for @Ana Souza"] == [
        e.text for e in shown.all("h2", class_="card-title")
    ][:1]
    assert ["Day", "Count"] == [e.text for e in shown.all("dt")]
    assert "7" == shown.all("dd")[-1].text
    assert ["1", "2", "2", "8"] == [e.text for e in shown.all("span", class_="rank")]
    assert "Something" in [e.text for e in shown.all("strong")]
    picture = shown.one("div", class_="picture")
    assert "A laurel wreath around the number seven" == picture.attributes["aria-label"]
    assert 4 == len([e for e in shown.all("button") if "data-press" in e.attributes])
    link = shown.one("a", class_="tone-link").attributes
    assert ("https://example.org/", "_blank") == (link["href"], link["target"])
    assert "noopener" in link["rel"]
    assert 2 == len([e for e in shown.all("option") if e.attributes["value"]])
    assert "teas.csv" in shown.one("a", class_="file").text
    assert "A footer, in quiet words." == shown.one("p", class_="card-footer").text


async def test_public_answers_speak_the_language_of_the_community(
    client: Client,
) -> None:
    """What stands in the room is one text for all; one's own interface is one's own."""
    await tab(client, "bo").say("/vocabulary aloud")
    shown = await tab(client, "bo").open()
    assert ("es", "en") == (
        shown.one("html").attributes["lang"],
        shown.one("div", class_="said").attributes["lang"],
    )
    await tab(client, "bo").say("/vocabulary nodes")
    shown = await tab(client, "bo").open()
    assert "es" == shown.all("div", class_="said")[-1].attributes["lang"]
    assert "Todo para @Bo" in (await tab(client, "bo").posts())[-1]


async def test_runs_the_members_way(client: Client) -> None:
    """An Arabic speaker's page runs from right to left, and nobody else's."""
    ways = {
        member: (await tab(client, member).open()).one("html").attributes["dir"]
        for member in ("ana", "bo", "nour")
    }
    assert {"ana": "ltr", "bo": "ltr", "nour": "rtl"} == ways


async def test_times_are_the_readers(client: Client) -> None:
    """The same message stands at another hour in another zone."""
    await tab(client).say("now")
    stamps = {}
    for member in ("ana", "bo", "nour"):
        shown = await tab(client, member).open()
        stamps[member] = shown.all("time")[-1].attributes["datetime"][11:]
    assert {"ana": "12:00+00:00", "bo": "13:00+01:00", "nour": "14:00+02:00"} == stamps


async def test_lists_what_ones_role_may_use(client: Client) -> None:
    """The list behind the slash has an admin's command for an admin alone."""
    listed = {}
    for member in ("ana", "ada"):
        shown = await tab(client, member).open()
        options = [e.attributes.get("data-command") for e in shown.all("li")]
        listed[member] = "/vocabulary guarded" in options
    assert {"ana": False, "ada": True} == listed


async def test_unread_counts_are_shown(client: Client) -> None:
    """A room that one has not seen says how much waits, until one looks."""
    elsewhere = tab(client, "bo", "wall")
    await elsewhere.open()
    for words in ("one", "two"):
        await tab(client).say(words)
    shown = await elsewhere.open()
    assert "2 mensajes sin leer" in shown.one("b", class_="unread").text
    await tab(client, "bo").open()
    assert not (await elsewhere.open()).all("b", class_="unread")


async def test_the_stream_catches_up(client: Client) -> None:
    """A tab that was away hears of all that changed, and of nothing twice."""
    ana = tab(client)
    await ana.say("one")
    shown = await tab(client, "bo").open()
    seen = int(shown.one("body").attributes["data-revision"])
    assert ["chrome"] == [kind for kind, _ in await tab(client, "bo").heard(seen)]
    await ana.say("two")
    (kind, data), *_ = await tab(client, "bo").heard(seen)
    assert "post" == kind
    assert "two" in Shown(str(data["html"])).one("div", class_="said").text


async def test_a_pinned_message_says_so(played: Stage, client: Client) -> None:
    """In every open tab at once, until it is taken off."""
    await tab(client).say("one")
    number = await tab(client).last()
    assert [] == (await tab(client).open()).all("span", class_="pinned")
    await played.playground.pin(GENERAL, str(number))
    assert "Pinned" == (await tab(client).open()).one("span", class_="pinned").text


async def test_the_stream_tells_of_removals(played: Stage, client: Client) -> None:
    """A message that was taken down goes from every open tab."""
    await tab(client).say("one")
    number = int(await tab(client).last())
    seen = await played.store.revision()
    await played.store.remove(GENERAL, number)
    assert ("gone", {"id": number}) == (await tab(client, "bo").heard(seen))[0]


async def test_a_tab_of_another_file_starts_over(client: Client) -> None:
    """A tab that has seen more than there is looks at a playground begun anew."""
    assert ["stale"] == [kind for kind, _ in await tab(client).heard(10_000)]


async def test_the_clock_moves_for_all(played: Stage, client: Client) -> None:
    """Hour, day, week, and the next thing due; anything else is refused."""
    ana = tab(client)
    clock = played.playground.clock
    await ana.send("clock", {"step": "next"})
    assert NOON + timedelta(hours=2) == clock.now()
    for step in ("hour", "day", "week"):
        await ana.send("clock", {"step": step})
    assert NOON + timedelta(days=8, hours=3) == clock.now()
    assert 400 == (await ana.send("clock", {"step": "back"})).status
    bar = (await tab(client, "bo").open()).one("time", class_="now")
    assert "2026-03-14T16:00+01:00" == bar.attributes["datetime"]


async def test_links_to_messages_keep_who_one_is(client: Client) -> None:
    """A link to a message opens its room as whoever followed it."""
    await tab(client).say("here")
    number = await tab(client).last()
    origin = f"http://127.0.0.1:{client.port}"
    response = await client.get(
        f"/to/{number}",
        headers={"Referer": f"{origin}/as/bo/in/wall"},
        allow_redirects=False,
    )
    assert f"/as/bo/in/general#post-{number}" == response.headers["Location"]


async def test_inspects_a_message(client: Client) -> None:
    """The drawer has the message as Laurel wrote it, each preview, and the limits."""
    ana = tab(client)
    await ana.say("/vocabulary aloud")
    response = await client.get(ana.path(f"inspect/{await ana.last()}"))
    shown = Shown(await response.text())
    tabs = [e.text for e in shown.all("button", role="tab")]
    assert ["Laurel", "Outline", "Discord", "Slack"] == tabs
    neutral, outline, discord, slack = [e.text for e in shown.all("pre")]
    assert '"key": "vocabulary.title"' in neutral
    assert '"Select"' in outline
    assert '"components"' in discord
    assert '"blocks"' in slack
    for platform in ("Discord", "Slack"):
        assert f"How {platform} shows it" in [e.text for e in shown.all("h3")]
    assert not shown.all("strong", class_="over")


async def test_what_members_say_is_sent_to_no_platform(client: Client) -> None:
    """Laurel sends what Laurel says, so a member's own words have no preview."""
    ana = tab(client)
    await ana.say("Good morning")
    response = await client.get(ana.path(f"inspect/{await ana.last()}"))
    shown = Shown(await response.text())
    assert ["Laurel"] == [e.text for e in shown.all("button", role="tab")]


async def test_says_loudly_what_is_over_a_limit(played: Stage, client: Client) -> None:
    """A message that no platform would take says so where it stands."""
    body = say(Card(title=phrase("vocabulary.words", words=Quote("long " * 40))))
    made = await played.store.post(Draft(GENERAL, LAUREL_REF, body, NOON))
    shown = await tab(client).open()
    assert "No platform would take this" in shown.one("p", role="alert").text
    drawer = Shown(await (await client.get(tab(client).path(f"inspect/{made}"))).text())
    assert drawer.all("strong", class_="over")


async def test_nobody_answers_after_the_end(played: Stage, client: Client) -> None:
    """Once the bot stops, a command is not taken, and a browser may try again."""
    await played.playground.stop()
    response = await tab(client).send("say", {"text": "/vocabulary nodes"})
    assert 503 == response.status


async def test_an_address_that_leads_nowhere_says_so(client: Client) -> None:
    """A person reads a page in their browser's language, with a way back."""
    response = await client.get(
        "/as/nobody/in/general",
        headers={"Accept": "text/html", "Accept-Language": "es-MX,en;q=0.5"},
    )
    shown = Shown(await response.text())
    assert 404 == response.status
    assert ("es", "Aquí no hay nada") == (
        shown.one("html").attributes["lang"],
        shown.one("h1").text,
    )
    assert "/" == shown.one("a").attributes["href"]
