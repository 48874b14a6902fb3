"""What the playground shows for Slack is what Slack makes of the payload."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest

from bot.adapters.slack.message import draw
from bot.adapters.slack.mrkdwn import Inline, Onlooker
from bot.adapters.slack.rendering import PRIVATE, Rendering, Scene
from bot.chat.message import Card, say
from bot.chat.raw import Json
from bot.chat.responses import Call
from bot.chat.speech import Reader, Speech
from bot.chat.text import Quote, phrase
from bot.domain.people import Person
from bot.domain.words import clean
from tests.adapters.browser import Element, Shown
from tests.adapters.slack.speaking import ANA, NOW, WALL, named, words
from tests.hostile import HOSTILE
from tests.samples.vocabulary.cog import everything

SECOND = int(NOW.timestamp())
NAMES = {("@", "U7"): "Ana Souza", ("#", "C8"): "wall", ("@&", "S9"): "Gardeners"}

LIFELESS = {
    *("a", "bdi", "blockquote", "button", "code", "details", "div", "em", "h4", "hr"),
    *("li", "ol", "p", "path", "pre", "s", "span", "strong", "summary", "svg", "time"),
    "ul",
}
"""Elements that neither run nor fetch anything."""

ATTRIBUTES = {
    *("aria-disabled", "aria-hidden", "aria-label", "class", "d", "datetime", "dir"),
    *("fill", "href", "rel", "role", "start", "stroke", "stroke-linecap"),
    *("stroke-linejoin", "stroke-width", "target", "type", "viewbox"),
}
"""None of them is a script, a style or something to be fetched."""

_OUT = (
    '<a class="sl-link" href="https://a.example" target="_blank"'
    ' rel="noopener noreferrer">out</a>'
)

MARKS = re.compile("[\u2060\u2066-\u2069]")


def looking(locale: str = "en", reader: str = "") -> Onlooker:
    """Return somebody in Madrid who knows three names."""
    speech = Speech(words(), Reader(locale, ZoneInfo("Europe/Madrid"), NOW), named)
    return Onlooker(speech, lambda sign, id_: NAMES.get((sign, id_)), reader)


def shown(*blocks: Json, reader: str = "", **more: Any) -> Shown:
    """Return a message as a reader sees it."""
    payload = {"text": "-", "blocks": list(blocks), **more}
    return Shown(Rendering()(payload, Scene(looking(reader=reader), NOW)))


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": list(elements)}


def section(*leaves: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(leaves)}


def text(words_: str, kind: str = "plain_text") -> Json:
    return {"type": kind, "text": words_}


@pytest.mark.parametrize(
    ("leaf", "html"),
    [
        (text("a *b* <c>", "text"), "a *b* &lt;c&gt;"),
        (text("b", "text") | {"style": {"bold": True}}, "<strong>b</strong>"),
        (
            text("b", "text") | {"style": {"italic": True, "strike": True}},
            "<s><em>b</em></s>",
        ),
        (text("b", "text") | {"style": {"code": True}}, "<code>b</code>"),
        (
            {"type": "user", "user_id": "U7"},
            '<bdi class="sl-mention">@Ana Souza</bdi>',
        ),
        (
            {"type": "channel", "channel_id": "C8"},
            '<bdi class="sl-mention">#wall</bdi>',
        ),
        (
            {"type": "usergroup", "usergroup_id": "S9"},
            '<bdi class="sl-mention">@Gardeners</bdi>',
        ),
        (
            {"type": "broadcast", "range": "here"},
            '<bdi class="sl-mention sl-me">@here</bdi>',
        ),
        ({"type": "emoji", "name": "tada"}, ":tada:"),
        (
            {"type": "user", "user_id": "U404"},
            '<bdi class="sl-mention">@unknown-user</bdi>',
        ),
        ({"type": "link", "url": "javascript:alert(1)", "text": "x"}, "x"),
    ],
)
def test_rich_text_is_drawn_element_by_element(leaf: Json, html: str) -> None:
    """Text is text, whatever it looks like."""
    assert html == str(Inline(looking()).leaf(leaf))


@pytest.mark.parametrize(
    ("mrkdwn", "html"),
    [
        ("*b* _i_ ~s~ `c`", "<strong>b</strong> <em>i</em> <s>s</s> <code>c</code>"),
        ("2 * 3 * 4 snake_case_name", "2 * 3 * 4 snake_case_name"),
        ("&lt;@U7&gt; &amp;amp;", "&lt;@U7&gt; &amp;amp;"),
        ("<@U7|x>", '<bdi class="sl-mention">@Ana Souza</bdi>'),
        ("<!subteam^S9>", '<bdi class="sl-mention">@Gardeners</bdi>'),
        ("<!channel>", '<bdi class="sl-mention sl-me">@channel</bdi>'),
        (
            "<https://a.example|out>",
            _OUT,
        ),
        ("<javascript:alert(1)|x>", "&lt;javascript:alert(1)|x&gt;"),
        ("<script>", "&lt;script&gt;"),
    ],
)
def test_mrkdwn_is_alive_where_slack_reads_it(mrkdwn: str, html: str) -> None:
    """So that words which were put there by mistake are seen to be alive."""
    assert html == str(Inline(looking()).text(text(mrkdwn, "mrkdwn")))
    assert "<strong>" not in str(Inline(looking()).text(text("*b*")))


@pytest.mark.parametrize(
    ("pattern", "second", "said"),
    [
        ("{time}", SECOND, "16:00"),
        ("{date_short_pretty}, {time}", SECOND, "hoy, 16:00"),
        ("{date_short_pretty}, {time}", SECOND + 86_400, "mañana, 16:00"),
        ("{date_pretty}", SECOND - 86_400, "ayer"),
        ("{date_short}", SECOND, "6 mar 2026"),
        ("{date_short_pretty}", SECOND + 7 * 86_400, "13 mar 2026"),
        ("{date_num} {time_secs}", SECOND, "2026-03-06 16:00:00"),
        ("{ago}", SECOND - 3_600, "hace 1 hora"),
        ("{whatever}", SECOND, "instead"),
        ("{time}", 10**12, "instead"),
    ],
)
def test_instants_are_the_readers_own(pattern: str, second: int, said: str) -> None:
    """In their zone and language; what Slack cannot write is told by the fallback."""
    leaf = {
        "type": "date",
        "timestamp": second,
        "format": pattern,
        "fallback": "instead",
    }
    mark = text(f"<!date^{second}^{pattern}|instead>", "mrkdwn")
    inline = Inline(looking("es"))

    for drawn in (inline.leaf(leaf), inline.text(mark)):
        times = Shown(str(drawn)).all("time")
        assert said == (times[0].text if times else str(drawn).replace("&gt;", ">"))


def test_blocks_are_drawn_from_top_to_bottom() -> None:
    """Header, words, lists, fields, small words, a line, a picture."""
    entries = [section(text("one", "text")), section(text("two", "text"))]
    ordered = {
        "type": "rich_text_list",
        "style": "ordered",
        "offset": 6,
        "elements": entries,
    }
    bullets = {"type": "rich_text_list", "style": "bullet", "elements": entries}
    quote = {"type": "rich_text_quote", "elements": [text("so", "text")]}
    code = {"type": "rich_text_preformatted", "elements": [text("x = 1", "text")]}
    fields = {"type": "section", "fields": [text("*For*\nyou", "mrkdwn")]}
    page = shown(
        {"type": "header", "text": text("A title")},
        rich(ordered, bullets, quote, code),
        fields,
        {"type": "divider"},
        {"type": "context", "elements": [text("small")]},
        {"type": "image", "slack_file": {"id": "F1"}, "alt_text": "A wreath"},
    )

    assert "A title" == page.one("h4").text
    assert "7" == page.one("ol").attributes["start"]
    assert ["one", "two"] * 2 == [each.text for each in page.all("li")]
    assert ("so", "x = 1") == (page.one("blockquote").text, page.one("pre").text)
    assert "For\nyou" in [each.text for each in page.all("p", class_="sl-words")]
    assert "small" == page.one("div", class_="sl-context").text.strip()
    assert 1 == len(page.all("hr"))
    assert "A wreath" == page.one("div", role="img").attributes["aria-label"]


def test_controls_wear_their_styles_and_do_nothing() -> None:
    """A preview is to be looked at; links alone lead somewhere."""
    buttons = [
        {"type": "button", "text": text("Plain"), "value": "1:a"},
        {"type": "button", "text": text("Main"), "style": "primary"},
        {"type": "button", "text": text("Bad"), "style": "danger"},
        {"type": "button", "text": text("Out"), "url": "https://example.org/"},
        {"type": "button", "text": text("Odd"), "url": "javascript:alert(1)"},
    ]
    options = [{"text": text("*Wall*"), "value": "2"}]
    select = {"type": "static_select", "placeholder": text("Pick"), "options": options}
    page = shown({"type": "actions", "elements": [*buttons, select]})
    looks = [(e.text, e.attributes["class"].split()[1]) for e in page.all("button")]

    assert [
        ("Plain", "sl-plain"),
        ("Main", "sl-primary"),
        ("Bad", "sl-danger"),
        ("Odd", "sl-plain"),
    ] == looks
    assert {"true"} == {e.attributes["aria-disabled"] for e in page.all("button")}
    assert "https://example.org/" == page.one("a").attributes["href"]
    assert ("Pick", "*Wall*") == (page.one("summary").text, page.one("li").text)


def test_a_block_that_is_unknown_is_said_to_be() -> None:
    """Slack grows; a preview that hides what it does not know would mislead."""
    page = shown({"type": "carousel"}, rich({"type": "rich_text_video"}))

    said = [each.text for each in page.all("p", class_="sl-unknown")]
    assert ["carousel", "rich_text_video"] == [
        re.sub(r".*\(type |\)", "", each) for each in said
    ]


def test_a_message_without_blocks_is_its_text() -> None:
    """As Slack reads it, with what is alive in it."""
    payload = {"text": "Hello *you* <@U7>"}
    page = Shown(Rendering()(payload, Scene(looking(), NOW)))

    assert ("you", "@Ana Souza") == (page.all("strong")[-1].text, page.one("bdi").text)


def test_what_slack_writes_around_a_message() -> None:
    """Who said it and when; whether others see it; what tells the reader."""
    told = rich(section({"type": "user", "user_id": "U7"}))
    scene = Scene(looking(), NOW + timedelta(hours=1), edited=True)
    alone = {"blocks": [told], "response_type": PRIVATE}
    private = Shown(Rendering()(alone, scene))
    public = Shown(Rendering()({"blocks": [told]}, scene))

    assert "Only visible to you" == private.one("p", class_="sl-only").text.strip()
    assert not private.all("p", class_="sl-edited")
    assert public.all("p", class_="sl-edited")
    assert "5:00\u202fPM" == public.all("time")[0].text
    assert shown(told, reader="U7").all("bdi", class_="sl-me")
    assert not shown(told, reader="U8").all("bdi", class_="sl-me")


def everywhere(words_: str) -> Json:
    """Return a message that has words wherever Slack takes some, also carelessly."""
    leaves = [
        text(words_, "text"),
        *({"type": kind, f"{kind}_id": words_} for kind in ("user", "channel")),
        {"type": "usergroup", "usergroup_id": words_},
        {"type": "broadcast", "range": words_},
        {"type": "emoji", "name": words_},
        {"type": "link", "url": words_, "text": words_},
        {"type": "link", "url": f"https://{words_}", "text": words_},
        {"type": "date", "timestamp": 0, "format": words_, "fallback": words_},
        {"type": words_},
    ]
    options = [{"text": text(words_), "value": words_}]
    select = {"type": "static_select", "placeholder": text(words_), "options": options}
    return {
        "text": words_,
        "blocks": [
            {"type": "header", "text": text(words_)},
            rich(section(*leaves), {"type": words_, "elements": []}),
            {"type": "section", "text": text(words_, "mrkdwn"), "accessory": select},
            {"type": "section", "fields": [text(f"*{words_}* _{words_}_", "mrkdwn")]},
            {"type": "context", "elements": [text(words_, "mrkdwn"), text(words_)]},
            {"type": "image", "image_url": words_, "alt_text": words_},
            {
                "type": "actions",
                "elements": [
                    {"type": "button", "text": text(words_), "url": words_},
                    {"type": words_},
                ],
            },
            {"type": words_},
        ],
    }


def alive(elements: list[Element]) -> list[str]:
    """Return what could run, fetch or lead anywhere but to the web."""
    found = [e.tag for e in elements if e.tag not in LIFELESS]
    for each in elements:
        found += [f"{each.tag} {n}" for n in each.attributes if n not in ATTRIBUTES]
        href = each.attributes.get("href", "https://")
        if urlsplit(href).scheme not in {"http", "https"}:
            found.append(f"{each.tag} {href}")
    return found


def test_no_words_come_alive_in_the_page() -> None:
    """Even a payload that was written carelessly is safe to look at."""
    rendering, scene = Rendering(), Scene(looking(), NOW)
    for each in HOSTILE:
        page = rendering(everywhere(each.text), scene)
        assert [] == alive(Shown(page).elements), each
        assert page.encode()


def test_what_members_wrote_is_read_as_they_wrote_it() -> None:
    """Through the payload and out again: the same words, and no more than words."""
    rendering, scene = Rendering(), Scene(looking(), NOW)
    for each in HOSTILE:
        written = clean(each.text, multiline=True)
        card = Card(body=(phrase("boards.line", member=Quote(written)),))
        payload = draw(say(card), looking().speech).body
        page = Shown(rendering(payload, scene))
        shown_ = page.one("p", class_="sl-words").text
        assert MARKS.sub("", written).strip() == MARKS.sub("", shown_).strip(), each


def test_all_that_laurel_draws_is_known_here() -> None:
    """No part of what is sent is shown as unknown."""
    call = Call("1", Person(ANA, "Ana"), WALL, NOW, "en")
    payload = draw(everything(call, yours=True), looking().speech).body
    page = Shown(Rendering()(payload, Scene(looking(), NOW)))

    assert not page.all("p", class_="sl-unknown")
    assert page.all("ol")


def test_aliveness_would_be_noticed() -> None:
    """So that finding nothing means something."""
    page = '<script>1</script><p onclick="1" style="x"></p><a href="data:1">x</a>'
    found = alive(Shown(page).elements)
    assert ["script", "p onclick", "p style", "a data:1"] == found


@pytest.mark.parametrize("trick", ["*_", "`", "<", "<!date^", "~", "*a", "<@", "&lt;"])
@pytest.mark.timeout(20)
def test_no_words_take_long(trick: str) -> None:
    """Whatever is repeated to a text's full length is drawn while one waits."""
    assert Inline(looking()).text(text((trick * 3_000)[:3_000], "mrkdwn"))


def test_a_preview_needs_no_library_of_slack() -> None:
    """The playground starts without any of it, and draws without its library."""
    look = (
        "import sys, bot.demo.run\n"
        "print([n for n in sys.modules if n.startswith('bot.adapters.slack')])\n"
        "import bot.adapters.slack.message, bot.adapters.slack.rendering\n"
        "print(any(n.startswith('slack_') for n in sys.modules))"
    )
    ran = subprocess.run(  # noqa: S603  our own interpreter
        [sys.executable, "-c", look], capture_output=True, text=True, check=True
    )
    assert ["[]", "False"] == ran.stdout.splitlines()
