"""What the playground shows for Discord is what Discord makes of the payload."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.discord.markdown import Markdown, Onlooker
from bot.adapters.discord.message import draw
from bot.adapters.discord.rendering import PRIVATE, Rendering, Scene
from bot.chat.message import Card, say
from bot.chat.speech import Reader, Speech
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, MemberRef, RoleRef
from bot.domain.words import clean
from tests.adapters.browser import Element, Shown
from tests.adapters.stage import catalogue
from tests.hostile import HOSTILE

NOON = datetime(2026, 3, 6, 12, 0, tzinfo=UTC)
SECOND = int(NOON.timestamp())

NAMES = {("@", "7"): "Ana Souza", ("@", "ana"): "Ana", ("#", "8"): "wall of thanks"}
NAMES |= {("@&", "9"): "Gardeners"}

LIFELESS = {
    *("a", "bdi", "blockquote", "button", "code", "details", "div", "em", "h4", "hr"),
    *("li", "ol", "p", "path", "pre", "rect", "s", "small", "span", "strong"),
    *("summary", "svg", "time", "u", "ul"),
}
"""Elements that neither run nor fetch anything."""

ATTRIBUTES = {
    *("aria-disabled", "aria-hidden", "aria-label", "class", "d", "datetime", "dir"),
    *("fill", "height", "href", "rel", "role", "start", "stroke", "stroke-linecap"),
    *("stroke-linejoin", "stroke-width", "target", "title", "type", "viewbox"),
    "width",
}
"""None of them is a script, a style or something to be fetched."""

ISOLATES = re.compile("[\u2066-\u2069]")
"""Marks that keep the direction of what is written to itself."""

Json = dict[str, Any]


@pytest.fixture(scope="module")
def onlooker(tmp_path_factory: pytest.TempPathFactory) -> Onlooker:
    """Somebody in Lisbon who reads English and knows three names."""
    return looking(tmp_path_factory, "en")


def looking(folders: pytest.TempPathFactory, locale: str) -> Onlooker:
    words = catalogue(folders.mktemp("words"))
    reader = Reader(locale, ZoneInfo("Europe/Madrid"), NOON)

    def name_of(ref: MemberRef | ChannelRef | RoleRef) -> str:
        return ref.id

    speech = Speech(words, reader, name_of)
    return Onlooker(speech, lambda sign, id_: NAMES.get((sign, id_)))


def words(text: str) -> Json:
    return {"type": 10, "content": text}


def message(*components: Json, flags: int = 1 << 15, **more: Any) -> Json:
    return {"flags": flags, "components": list(components), **more}


def drawn(onlooker: Onlooker, *components: Json) -> Shown:
    """Return a message as the reader sees it."""
    return Shown(Rendering()(message(*components), Scene(onlooker, NOON)))


def html(onlooker: Onlooker, text: str) -> str:
    return str(Markdown(onlooker).blocks(text))


def paragraph(inner: str) -> str:
    return f'<p class="dc-words" dir="auto">{inner}</p>'


def item(inner: str, depth: int = 0) -> str:
    return f'<li class="dc-depth-{depth}" dir="auto">{inner}</li>'


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("**bold** and *slanted*", "<strong>bold</strong> and <em>slanted</em>"),
        ("***both***", "<strong><em>both</em></strong>"),
        ("_so_ snake_case_name", "<em>so</em> snake_case_name"),
        ("__under__ ~~through~~", "<u>under</u> <s>through</s>"),
        ("||hidden||", '<span class="dc-spoiler">hidden</span>'),
        ("2 * 3 * 4", "2 * 3 * 4"),
        (r"\*not bold\* \_ \\ \<\@7>", r"*not bold* _ \ &lt;@7&gt;"),
        (r"\a stays", r"\a stays"),
        ("`a*b*c`", '<code class="dc-code">a*b*c</code>'),
        ("two\nlines", "two\nlines"),
        ("@everyone", "@everyone"),
        (":tada: <:leaf:123>", ":tada: :leaf:"),
        ("**open", "**open"),
        ("# ", "# "),
        (r"\# no heading", "# no heading"),
        (r"\- no item", "- no item"),
        (r"\> no quote", "&gt; no quote"),
    ],
)
def test_words_are_styled_as_discord_styles_them(
    onlooker: Onlooker, text: str, inner: str
) -> None:
    """A backslash keeps a sign as it is; what is not closed is text."""
    assert paragraph(inner) == html(onlooker, text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Big", '<h4 class="dc-h1" dir="auto">Big</h4>'),
        ("### **Small**", '<h4 class="dc-h3" dir="auto"><strong>Small</strong></h4>'),
        ("-# quiet", '<p class="dc-small" dir="auto">quiet</p>'),
        (
            "> one\n> two\nafter",
            '<blockquote class="dc-quote" dir="auto">'
            + paragraph("one\ntwo")
            + "</blockquote>"
            + paragraph("after"),
        ),
        (
            ">>> # all\nof it",
            '<blockquote class="dc-quote" dir="auto">'
            '<h4 class="dc-h1" dir="auto">all</h4>'
            + paragraph("of it")
            + "</blockquote>",
        ),
        (
            "- one\n  - two",
            f'<ul class="dc-list">{item("one")}{item("two", 1)}</ul>',
        ),
        (
            "3. one\n3. two",
            f'<ol class="dc-list" start="3">{item("one")}{item("two")}</ol>',
        ),
        (
            "before\n```py\n# <b>\n```\nafter",
            paragraph("before")
            + '<pre class="dc-code"># &lt;b&gt;</pre>'
            + paragraph("after"),
        ),
    ],
)
def test_lines_become_headings_lists_and_quotes(
    onlooker: Onlooker, text: str, expected: str
) -> None:
    """Only where they begin a line."""
    assert expected == html(onlooker, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<@7>", "@Ana Souza"),
        ("<@!7>", "@Ana Souza"),
        ("<@ana>", "@Ana"),
        ("<#8>", "#wall of thanks"),
        ("<@&9>", "@Gardeners"),
        ("<@123456789012345678>", "@unknown-user"),
        ("</shoutout:5>", "/shoutout"),
    ],
)
def test_people_and_places_have_their_names(
    onlooker: Onlooker, text: str, shown: str
) -> None:
    """Those whom nobody knows are said to be unknown, as Discord says it."""
    pill = f'<bdi class="dc-mention">{shown}</bdi>'
    assert paragraph(pill) == html(onlooker, text)


def test_words_that_only_look_like_a_name_are_words(onlooker: Onlooker) -> None:
    """Discord's ids are numbers."""
    assert paragraph("&lt;@nobody&gt;") == html(onlooker, "<@nobody>")


@pytest.mark.parametrize(
    ("style", "said"),
    [
        (":t", "13:00"),
        (":T", "13:00:00"),
        (":d", "6/3/26"),
        (":D", "6 de marzo de 2026"),
        ("", "6 de marzo de 2026, 13:00"),
        (":F", "viernes, 6 de marzo de 2026, 13:00"),
        (":R", "dentro de 0 segundos"),
    ],
)
def test_instants_are_the_readers_own(
    tmp_path_factory: pytest.TempPathFactory, style: str, said: str
) -> None:
    """In their zone and their language, whatever the message is written in."""
    reader = looking(tmp_path_factory, "es")
    (time,) = Shown(html(reader, f"<t:{SECOND}{style}>")).all("time")
    assert said == time.text
    assert "2026-03-06T13:00+01:00" == time.attributes["datetime"]


def test_an_instant_that_no_calendar_has_is_text(onlooker: Onlooker) -> None:
    """It is drawn as it was written."""
    assert paragraph("&lt;t:9999999999999&gt;") == html(onlooker, "<t:9999999999999>")


def test_links_lead_to_the_web_alone(onlooker: Onlooker) -> None:
    """Bare, in angles, or behind words; another scheme is text."""
    text = (
        "https://a.example/x. <https://b.example> [c **d**](https://c.example)"
        " [e](javascript:alert(1)) [f](https://) https\\://g.example"
    )
    shown = Shown(html(onlooker, text))
    links = [(e.attributes["href"], e.text) for e in shown.all("a")]
    assert [
        ("https://a.example/x", "https://a.example/x"),
        ("https://b.example", "https://b.example"),
        ("https://c.example", "c d"),
    ] == links
    assert "[e](javascript:alert(1))" in shown.one("p").text


def test_a_card_has_its_colour_and_its_parts(onlooker: Onlooker) -> None:
    """Colour, words, lines between them, pictures and files."""
    card = {
        "type": 17,
        "accent_color": 0xD79A1E,
        "components": [
            words("## A title"),
            {"type": 14, "spacing": 2},
            {
                "type": 9,
                "components": [words("beside")],
                "accessory": {"type": 11, "media": {}, "description": "A wreath"},
            },
            {"type": 12, "items": [{"media": {}, "description": "A garden"}]},
            {"type": 13, "file": {"url": "attachment://teas.csv"}},
        ],
    }
    shown = drawn(onlooker, card)
    assert ["#d79a1e"] == [e.attributes["fill"] for e in shown.all("rect")]
    assert "A title" == shown.one("h4").text
    assert "dc-wide" in shown.one("hr").attributes["class"]
    assert ["A wreath", "A garden"] == [
        e.attributes["aria-label"] for e in shown.all("div", role="img")
    ]
    assert "teas.csv" == shown.one("div", class_="dc-file").text.strip()


def test_buttons_wear_their_styles_and_do_nothing(onlooker: Onlooker) -> None:
    """A preview is to be looked at; links alone lead somewhere."""
    labels = ("Main", "Plain", "Good", "Bad")
    row = {
        "type": 1,
        "components": [
            {"type": 2, "style": style, "label": label, "custom_id": "1:a"}
            for style, label in enumerate(labels, 1)
        ]
        + [
            {"type": 2, "style": 5, "label": "Out", "url": "https://example.org/"},
            {"type": 2, "style": 5, "label": "Odd", "url": "javascript:alert(1)"},
        ],
    }
    shown = drawn(onlooker, row)
    looks = [(e.text, e.attributes["class"].split()[1]) for e in shown.all("button")]
    assert [
        ("Main", "dc-primary"),
        ("Plain", "dc-secondary"),
        ("Good", "dc-success"),
        ("Bad", "dc-danger"),
        ("Odd", "dc-link"),
    ] == looks
    assert {"true"} == {e.attributes["aria-disabled"] for e in shown.all("button")}
    assert "https://example.org/" == shown.one("a").attributes["href"]


def test_a_select_can_be_opened(onlooker: Onlooker) -> None:
    """With what each option is called, and the line under it."""
    select = {
        "type": 3,
        "placeholder": "Pick a part",
        "options": [
            {"label": "Values", "value": "1", "description": "What counts here"},
            {"label": "*Wall*", "value": "2", "emoji": {"name": "🧱"}},
        ],
    }
    shown = drawn(onlooker, {"type": 1, "components": [select]})
    assert "Pick a part" == shown.one("summary").text
    assert ["ValuesWhat counts here", "🧱 *Wall*"] == [e.text for e in shown.all("li")]


def test_a_part_that_is_unknown_is_said_to_be(onlooker: Onlooker) -> None:
    """Discord grows; a preview that hides what it does not know would mislead."""
    shown = drawn(onlooker, {"type": 99})
    assert "type 99" in shown.one("p", class_="dc-unknown").text


def test_what_discord_writes_around_a_message(onlooker: Onlooker) -> None:
    """Who said it and when; whether others see it; whether it tells the reader."""
    page = message(words("Hello"), flags=1 << 15 | PRIVATE)
    alone = Shown(Rendering()(page, Scene(onlooker, NOON, edited=True)))
    assert "Only you can see this" == alone.one("p", class_="dc-only").text
    assert not alone.all("p", class_="dc-edited")
    told = message(words("Hello"), allowed_mentions={"parse": [], "users": ["7"]})
    shown = Shown(Rendering()(told, Scene(onlooker, NOON, reader="7", edited=True)))
    assert "dc-telling" in shown.one("div", class_="dc").attributes["class"]
    assert shown.all("p", class_="dc-edited")
    others = Shown(Rendering()(told, Scene(onlooker, NOON, reader="8")))
    assert "dc-telling" not in others.one("div", class_="dc").attributes["class"]


def everywhere(text: str) -> Json:
    """Return a message that has ``text`` wherever Discord takes words."""
    button = {"type": 2, "style": 2, "label": text, "custom_id": text}
    link = {"type": 2, "style": 5, "label": text, "url": text}
    option = {"label": text, "value": text, "description": text}
    select = {"type": 3, "placeholder": text, "options": [option]}
    picture = {"media": {"url": text}, "description": text}
    return message(
        {
            "type": 17,
            "components": [
                words(text),
                words(f"## {text}\n-# {text}\n> {text}\n- {text}\n**{text}**"),
                {"type": 12, "items": [picture]},
                {"type": 13, "file": {"url": f"attachment://{text}"}},
            ],
        },
        {"type": 1, "components": [button, link]},
        {"type": 1, "components": [select]},
        content=text,
    )


def alive(elements: list[Element]) -> list[str]:
    """Return what could run, fetch or lead anywhere but to the web."""
    found = [e.tag for e in elements if e.tag not in LIFELESS]
    for each in elements:
        found += [f"{each.tag} {n}" for n in each.attributes if n not in ATTRIBUTES]
        href = each.attributes.get("href", "https://")
        if urlsplit(href).scheme not in {"http", "https"}:
            found.append(f"{each.tag} {href}")
    return found


def test_no_words_come_alive_in_the_page(onlooker: Onlooker) -> None:
    """Even a payload that was written carelessly is safe to look at."""
    rendering, scene = Rendering(), Scene(onlooker, NOON)
    for each in HOSTILE:
        page = rendering(everywhere(each.text), scene)
        assert [] == alive(Shown(page).elements), each
        assert page.encode()


def test_what_members_wrote_is_read_as_they_wrote_it(onlooker: Onlooker) -> None:
    """Through the payload and out again: the same words, and no more than words."""
    for each in HOSTILE:
        written = clean(each.text, multiline=True)
        card = Card(body=(phrase("playground.said", words=Quote(written)),))
        payload = draw(say(card), onlooker.speech).body
        (content,) = [part["content"] for part in payload["components"]]
        page = Shown(html(onlooker, content))
        assert {"p"} == {element.tag for element in page.elements}, each
        shown = "\n".join(element.text for element in page.elements)
        assert ISOLATES.sub("", written) == ISOLATES.sub("", shown).strip(), each


def test_aliveness_would_be_noticed() -> None:
    """So that finding nothing means something."""
    page = '<script>1</script><p onclick="1" style="x"></p><a href="data:1">x</a>'
    found = alive(Shown(page).elements)
    assert ["script", "p onclick", "p style", "a data:1"] == found


@pytest.mark.parametrize(
    "trick", ["*_", "`", "[", "<", "|| ", "> ", "**", "```\n", "\\"]
)
@pytest.mark.timeout(20)
def test_no_words_take_long(onlooker: Onlooker, trick: str) -> None:
    """Whatever is repeated to a message's full length is drawn while one waits."""
    assert html(onlooker, (trick * 4_000)[:4_000])


def test_nothing_but_types_and_numbers_is_taken_on_trust(onlooker: Onlooker) -> None:
    """A payload with gaps is drawn as far as it goes."""
    gaps = [{"type": kind} for kind in range(25)]
    assert [] == alive(drawn(onlooker, *gaps, {}).elements)


def test_a_preview_needs_no_library_of_discord() -> None:
    """The playground starts without any of it, and draws without its library."""
    look = (
        "import sys, bot.demo.run\n"
        "print([n for n in sys.modules if n.startswith('bot.adapters.discord')])\n"
        "import bot.adapters.discord.message, bot.adapters.discord.rendering\n"
        "print('discord' in sys.modules)"
    )
    ran = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    )
    assert ["[]", "False"] == ran.stdout.splitlines()
