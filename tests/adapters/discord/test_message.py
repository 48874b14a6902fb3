"""Messages as Discord takes them: whole, handsome, within every limit, pinging few."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.adapters.discord import message as messages
from bot.adapters.discord.message import Payload, carries, wire_of
from bot.adapters.discord.raw import Json
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    File,
    Line,
    LinkButton,
    Message,
    Option,
    Picture,
    Select,
    Tone,
    say,
)
from bot.chat.responses import Call
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.people import Person
from bot.domain.refs import ChannelRef
from tests.adapters.discord.markdown import read
from tests.adapters.discord.speaking import GUILD, NOW, TAGS, member, speech
from tests.battery.tour import taken
from tests.fakes.discord.openapi import problems
from tests.hostile import HOSTILE, some
from tests.needs import need
from tests.samples.vocabulary.cog import everything

CALL = Call("1", Person(member(111), "Ana"), ChannelRef(GUILD, "55"), NOW, "en")
DELIVERY = "0f8fad5bd9cb469fa165708"


def drawn(message: Message, tag: str = "en", delivery_id: str | None = None) -> Payload:
    """Return a message as it is sent."""
    return messages.draw(message, speech(tag), delivery_id=delivery_id)


def walk(parts: object) -> Iterator[Json]:
    """Yield every component."""
    for part in parts if isinstance(parts, list) else []:
        yield part
        yield from walk(part.get("components"))


def parts_of(payload: Payload) -> list[Json]:
    """Return every component, as JSON brings it over the wire."""
    return list(walk(json.loads(json.dumps(payload.body))["components"]))


def texts_of(payload: Payload) -> list[str]:
    """Return all markdown."""
    return [part["content"] for part in parts_of(payload) if part["type"] == 10]


def quote(text: str) -> Phrase:
    """Return members' words alone."""
    return phrase("boards.line", member=Quote(text))


def check(payload: Payload) -> None:
    """Fail where Discord would not take it."""
    parts = parts_of(payload)
    assert [] == problems("MessageCreateRequest", payload.body)
    assert 1 <= len(parts) <= 40
    assert sum(map(len, texts_of(payload))) <= 4_000
    assert all(text.strip() for text in texts_of(payload))
    ids = [part["custom_id"] for part in parts if "custom_id" in part]
    assert len(ids) == len(set(ids))
    for part in parts:
        if part["type"] == 2:
            assert 1 <= len(part["label"]) <= 80
        values = [option["value"] for option in part.get("options", ())]
        assert len(values) == len(set(values))
    shown = {part["file"]["url"] for part in parts if part["type"] == 13}
    assert shown == {f"attachment://{file.name}" for file in payload.files}


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("yours", [True, False])
def test_discord_takes_everything_that_can_be_said(tag: str, *, yours: bool) -> None:
    """Each node, part and tone of the vocabulary."""
    need("specs")
    check(drawn(everything(CALL, yours=yours), tag, DELIVERY))


@pytest.mark.xdist_group("tour")
def test_discord_takes_whatever_laurel_says() -> None:
    """Each kind of answer and of public post, in each language."""
    need("specs")
    said = taken().kinds()
    assert len(said) > 200
    for message in said:
        told = tuple(member(n) for n, _ in enumerate(message.mentions))
        for tag in TAGS:
            check(drawn(replace(message, mentions=told), tag, DELIVERY))


def test_a_shoutout_reads_well() -> None:
    """Title, words and fact in a golden frame, the button in it; read it aloud."""
    card = Card(
        title=phrase("shoutouts.card", receivers=(member(111), member(222))),
        body=(
            phrase(
                "shoutouts.card.body",
                giver=member(333),
                receivers=(member(111), member(222)),
                reason=Quote("for the *docs* at example.org/guide"),
            ),
        ),
        facts=(Fact(phrase("shoutouts.value"), quote("Kindness")),),
        tone=Tone.JOY,
    )
    thank = Button(
        phrase("shoutouts.card.thank-too"), Action("shoutouts.thank-too", (7,))
    )
    (frame,) = drawn(say(card, Buttons((thank,)))).body["components"]
    both = "<@111> and \u2068<@222>\u2069"
    reason = "“for the \\*docs\\* at example\\.org/guide”"

    assert 0xE8AE2E == frame["accent_color"]
    assert [
        f"## A shoutout for {both}\n<@333> thanks {both}: {reason}",
        "**For** · Kindness",
    ] == [part["content"] for part in frame["components"] if part["type"] == 10]
    assert [10, 14, 10, 1] == [part["type"] for part in frame["components"]]
    assert "Thank too" == frame["components"][3]["components"][0]["label"]


def test_a_note_stands_without_a_frame() -> None:
    """A sentence is a sentence, with its button beneath."""
    note = Card(body=(phrase("shoutouts.undone"), phrase("shoutouts.undone")))
    again = Button(phrase("vocabulary.again"), Action("vocabulary.redraw", (1,)))
    payload = drawn(say(note, Buttons((again,))))

    assert [10, 1, 2] == [part["type"] for part in parts_of(payload)]
    assert 1 == texts_of(payload)[0].count("\n\n")


def test_a_ranked_list_is_aligned() -> None:
    """Rank, bar and amount take the same room in each line; one's own says so."""
    lines = (
        Line(1, quote("Amina"), 1_200),
        Line(2, quote("نور"), 340),
        Line(10, quote("Ana"), 1, yours=True),
        Line(11, quote("Bo"), 0),
    )
    (text,) = texts_of(drawn(say(Card(title=phrase("boards.received"), lines=lines))))

    assert (
        "## Thanked most\n"
        "` 1 ██████████ 1,200` Amina\n"
        "` 2 ███░░░░░░░   340` \u2068نور\u2069\n"
        "`10 █░░░░░░░░░     1` **Ana** · **you**\n"
        "`11 ░░░░░░░░░░     0` Bo" == text
    )


def test_controls_of_several_cards_stand_beneath_them() -> None:
    """They are about all of them, and so in no one's frame."""
    title = phrase("boards.received")
    again = Button(phrase("vocabulary.again"), Action("vocabulary.redraw", (1,)))
    payload = drawn(say(Card(title=title), Card(title=title), Buttons((again,))))

    assert [17, 17, 1] == [part["type"] for part in payload.body["components"]]
    assert ["## Thanked most", "### Thanked most"] == texts_of(payload)


def test_only_who_is_named_is_pinged() -> None:
    """Whatever the words say, and each once."""
    loud = Card(body=(quote("@everyone <@999> <@&5>"), quote("<@111>")))
    payload = drawn(say(loud, mentions=(member(111), member(222), member(111))))

    assert {"parse": [], "users": ["111", "222"]} == payload.body["allowed_mentions"]


@pytest.mark.parametrize("hostile", some(60), ids=str)
def test_hostile_words_stay_words_wherever_they_stand(hostile: object) -> None:
    """In a title, a paragraph, a fact, a line, a footer: only Laurel's own is alive."""
    tricky = quote(str(getattr(hostile, "text", "")))
    plain = quote("word")

    def card(words: Phrase) -> Card:
        return Card(
            title=words,
            body=(words, words),
            facts=(Fact(words, words),),
            lines=(Line(1, words, 2, yours=True),),
            footer=words,
        )

    alive = [read(text).alive for text in texts_of(drawn(say(card(tricky))))]

    assert [read(text).alive for text in texts_of(drawn(say(card(plain))))] == alive


def test_a_picture_is_told_until_it_is_there() -> None:
    """Its words stand in its place; once attached, they are what is read aloud."""
    card = Card(picture=Picture("sample", phrase("vocabulary.alt")))
    message = say(Card(title=phrase("boards.given")), card)
    told = drawn(message)
    shown = messages.draw(
        message, speech(), pictures=MappingProxyType({1: "wreath.png"})
    )
    alt = "A laurel wreath around the number seven"

    check(told)
    assert f"-# {alt}" == texts_of(told)[-1]
    gallery = parts_of(shown)[-1]
    assert [
        {"media": {"url": "attachment://wreath.png"}, "description": alt}
    ] == gallery["items"]
    assert [] == problems("MessageCreateRequest", shown.body)


def test_files_have_names_that_discord_leaves_alone() -> None:
    """And no two the same."""
    names = ("tés y más.csv", "teas.csv", "teas.csv", "../../etc/passwd", "…", "a.csv")
    payload = drawn(say(*(File(name, "text/csv", b"x") for name in names)))
    found = [file.name for file in payload.files]

    check(payload)
    assert len(names) == len(set(found))
    assert "t-s-y-m-s.csv" == found[0]
    assert all(name.isascii() and "/" not in name and name[0] != "." for name in found)


def test_equal_actions_are_told_apart() -> None:
    """Discord refuses a message in which two buttons have one id."""
    does = Action("vocabulary.redraw", (1,))
    label = phrase("vocabulary.again")
    options = (Option(label, does), Option(label, does))
    twice = say(Buttons((Button(label, does),) * 3), Select(label, options))
    payload = drawn(twice)
    ids = [part["custom_id"] for part in parts_of(payload) if part["type"] == 2]
    values = [o["value"] for part in parts_of(payload) for o in part.get("options", ())]

    check(payload)
    assert {does.encode()} == {wire_of(each) for each in (*ids, *values)}


def test_an_argument_is_not_taken_for_a_mark() -> None:
    """What tells equal actions apart is escaped in their arguments."""
    does = Action("vocabulary.correct", ("#1",))

    assert does.encode() == wire_of(does.encode())


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[", False),
        ("https://example.org/" + "x" * 600, False),
        ("https://example.org/a b\n", False),
    ],
)
def test_an_address_leads_to_the_web_or_nowhere(url: str, *, opens: bool) -> None:
    """One that Discord would refuse does not take the message with it."""
    payload = drawn(say(Buttons((LinkButton(phrase("vocabulary.link"), url),))))
    button = parts_of(payload)[-1]

    check(payload)
    assert opens == (button.get("url") == url)
    assert opens != button.get("disabled", False)


@pytest.mark.parametrize(
    "message",
    [
        say(),
        say(Card()),
        say(Card(title=quote(""))),
        say(Card(body=(quote("\n"),), tone=Tone.JOY)),
        say(Buttons(())),
        say(Select(quote(""), ())),
        say(Buttons((Button(quote(""), Action("vocabulary.redraw", (1,))),))),
    ],
)
def test_next_to_nothing_is_something(message: Message) -> None:
    """Discord takes no message without words and no button without a label."""
    check(drawn(message, delivery_id=DELIVERY))


def test_a_message_carries_its_delivery() -> None:
    """Where Discord brings it back, whatever else it notes about the message."""
    for message in (
        everything(CALL, yours=False),
        say(File("a.csv", "text/csv", b"x")),
    ):
        sent = json.loads(json.dumps(drawn(message, delivery_id=DELIVERY).body))
        sent |= {"id": "1", "content": "", "attachments": []}

        assert carries(sent, DELIVERY)
        assert not carries(sent, DELIVERY + "x")
        assert not carries(json.loads(json.dumps(drawn(message).body)), DELIVERY)


@pytest.mark.parametrize(
    "raw", [{}, {"components": None}, {"components": [None, 3]}, {"components": "x"}]
)
def test_other_messages_carry_nothing(raw: Json) -> None:
    """Whatever they are made of."""
    assert not carries(raw, DELIVERY)


def test_delivery_marks_are_numbers_that_discord_keeps() -> None:
    """Two different ones of 31 bits, never nought, which means none."""
    for number in range(500):
        body = drawn(everything(CALL, yours=False), delivery_id=str(number)).body
        ids = [part["id"] for part in walk(body["components"]) if "id" in part]

        assert 2 == len(set(ids))
        assert all(0 < id_ < 2**31 for id_ in ids)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([h.text for h in HOSTILE] + ["*" * 3_000, "word " * 400, "a"]),
        min_size=1,
        max_size=30,
    )
)
def test_a_message_always_fits(texts: list[str]) -> None:
    """However long what members wrote is, and however much longer it is escaped."""
    quotes = [quote(text) for text in texts]
    cards = [
        Card(
            title=quotes[at],
            body=tuple(quotes[at : at + 3]),
            facts=tuple(Fact(q, q) for q in quotes[at + 3 : at + 5]),
            footer=quotes[at],
        )
        for at in range(0, len(quotes), 5)
    ]
    payload = drawn(say(*cards), delivery_id=DELIVERY)

    check(payload)
    for text in texts_of(payload):
        assert {"heading", "bold", "small"} >= set(read(text).alive)


def test_the_longest_words_are_clipped_first() -> None:
    """What is short is still read whole, and no more is cut than must be."""
    short, long = "Thank you!", "*" * 1_500
    payload = drawn(say(Card(body=(quote(short), quote(long), quote(long)))))
    (text,) = texts_of(payload)

    check(payload)
    assert text.startswith(f"{short}\n\n")
    assert 3_990 <= len(text) <= 4_000
    first, second = read(text).words.split("\n\n")[1:]
    assert first == second
    assert first.endswith("…")


def test_many_cards_are_drawn_closer() -> None:
    """Ten nodes of everything would be more than forty components."""
    title, body = phrase("boards.given"), quote("word")
    full = Card(
        title=title,
        body=(body,),
        facts=(Fact(body, body),),
        lines=(Line(1, body, 1),),
        footer=body,
        tone=Tone.JOY,
    )
    payload = drawn(say(*[full] * 10))

    check(payload)
    assert 10 == len(payload.body["components"])
    assert 10 == sum(text.count("**word** · word") for text in texts_of(payload))


def test_too_many_parts_are_told() -> None:
    """Nothing that can be pressed is silently left out."""
    label = phrase("vocabulary.again")
    row = Buttons(tuple(Button(label, Action("a.b", (n,))) for n in range(5)))

    with pytest.raises(ValueError, match="components, and 40 is the most"):
        drawn(say(*[row] * 10))
