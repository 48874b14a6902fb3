"""Messages as Slack takes them: whole, handsome, within every limit, telling few."""

from __future__ import annotations

import json
from dataclasses import replace
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block

from bot.adapters.slack import message as messages
from bot.adapters.slack.message import Payload, carries, wire_of
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
from bot.chat.raw import Json
from bot.chat.responses import Call
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.people import Person
from bot.domain.refs import MemberRef
from tests.adapters.slack.blocks import Read, controls, leaves, read, read_text
from tests.adapters.slack.speaking import (
    ANA,
    LUKASZ,
    NOUR,
    NOW,
    TAGS,
    TEAM,
    WALL,
    named,
    on_slack,
    speech,
)
from tests.battery.tour import taken
from tests.fakes.slack.blockkit import problems
from tests.hostile import HOSTILE, Hostile, some
from tests.needs import need
from tests.samples.vocabulary.cog import everything

CALL = Call("1", Person(ANA, "Ana"), WALL, NOW, "en")
DELIVERY = "0f8fad5bd9cb469fa165708"
AGAIN = Button(phrase("vocabulary.again"), Action("vocabulary.redraw", (1,)))


def drawn(
    message: Message,
    tag: str = "en",
    delivery_id: str | None = None,
    *,
    private: bool = False,
) -> Payload:
    """Return a message as it is sent."""
    return messages.draw(message, speech(tag), delivery_id=delivery_id, private=private)


def blocks_of(payload: Payload) -> list[Json]:
    """Return the blocks, as JSON brings them over the wire."""
    found: list[Json] = json.loads(json.dumps(payload.body))["blocks"]
    return found


class _Everybody(dict[str, str]):
    def __missing__(self, id_: str) -> str:
        kind = "#" if id_.startswith("C") else "@"
        return kind + named(MemberRef(TEAM, id_))


def shown(payload: Payload) -> Read:
    """Return what a reader makes of it."""
    return read(blocks_of(payload), _Everybody())


def kinds_of(payload: Payload) -> list[str]:
    return [block["type"] for block in blocks_of(payload)]


def quote(text: str) -> Phrase:
    """Return members' words alone."""
    return phrase("boards.line", member=Quote(text))


def check(payload: Payload) -> None:
    """Fail where Slack would not take it, or the text leaves out what is seen."""
    blocks = blocks_of(payload)
    assert [] == problems("message", blocks)
    for model, block in zip(Block.parse_all(blocks), blocks, strict=True):
        assert model.to_dict() == block
    assert 1 <= len(blocks) <= 50
    assert len(json.dumps(blocks, ensure_ascii=False)) <= 14_000
    assert 1 <= len(payload.body["text"]) <= 40_000
    ids = [control["action_id"] for control in controls(blocks)]
    assert len(ids) == len(set(ids))
    for control in controls(blocks):
        values = [option["value"] for option in control.get("options", ())]
        assert len(values) == len(set(values))
    told = read_text(payload.body["text"])
    assert [] == told.alive
    for line in shown(payload).words.split("\n"):
        for piece in line.split("\u2002"):  # without the bar of a ranked line
            assert piece.strip("▰▱ ").lstrip("0123456789. ▰▱\u2007") in told.words


@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("yours", [True, False])
@pytest.mark.parametrize("private", [True, False])
def test_slack_takes_everything_that_can_be_said(
    tag: str, *, yours: bool, private: bool
) -> None:
    """Each node, part and tone of the vocabulary."""
    need("specs")
    check(drawn(everything(CALL, yours=yours), tag, DELIVERY, private=private))


@pytest.mark.xdist_group("tour")
def test_slack_takes_whatever_laurel_says() -> None:
    """Each kind of answer and of public post, in each language."""
    need("specs")
    said = taken().kinds()
    assert len(said) > 200
    for message in said:
        moved = on_slack(message)
        for tag in TAGS:
            payload = drawn(moved, tag, DELIVERY)
            check(payload)
            told = {id_ for kind, id_ in shown(payload).alive if kind == "user"}
            assert {member.id for member in moved.mentions} == told
            check(drawn(moved, tag, private=True))


def shoutout() -> Message:
    """Return a post that thanks two people, one of them told."""
    card = Card(
        title=phrase("shoutouts.card", receivers=(ANA, NOUR)),
        body=(
            phrase(
                "shoutouts.card.body",
                giver=LUKASZ,
                receivers=(ANA, NOUR),
                reason=Quote("for the *docs* at example.org/guide"),
            ),
        ),
        facts=(Fact(phrase("shoutouts.value"), quote("Kindness")),),
        tone=Tone.JOY,
    )
    thank = Button(
        phrase("shoutouts.card.thank-too"), Action("shoutouts.thank-too", (7,))
    )
    return say(card, Buttons((thank,)), mentions=(ANA,))


def test_a_shoutout_reads_well() -> None:
    """A header with a sign of joy, words, a fact, the button beneath; read it aloud."""
    payload = drawn(shoutout())
    found = shown(payload)
    nour = "\u2068نور الهدى\u2069"

    assert ["header", "rich_text", "rich_text", "actions"] == kinds_of(payload)
    assert [
        f"🌿 A shoutout for Ana and {nour}",
        f"Łukasz thanks @Ana and {nour}: “for the *docs* at example.org/guide”",
        "For · Kindness",
        "Thank too",
    ] == found.lines
    assert [("user", "U0ANA"), ("bold", "")] == found.alive
    assert (
        f"🌿 A shoutout for Ana and {nour}\n"
        f"Łukasz thanks @Ana and {nour}: “for the *docs* at example.org/guide”\n"
        "For · Kindness\n[Thank too]" == payload.body["text"]
    )


def test_a_private_answer_mentions_everybody() -> None:
    """Nobody else sees it, so nobody is notified."""
    found = shown(drawn(shoutout(), private=True))

    assert ["user", "user", "user"] == [k for k in found.kinds if k == "user"]


def test_a_note_stands_without_a_header() -> None:
    """A sentence is a sentence, with its button beneath."""
    note = Card(body=(phrase("shoutouts.undone"), phrase("shoutouts.undone")))
    payload = drawn(say(note, Buttons((AGAIN,))))

    assert ["rich_text", "rich_text", "actions"] == kinds_of(payload)


def test_a_warning_has_a_sign() -> None:
    """With a title before it, without one before the words."""
    titled = Card(title=quote("Careful"), tone=Tone.WARNING)
    words = Card(body=(quote("Careful"), quote("Do")), tone=Tone.WARNING)

    assert ["⚠️ Careful"] == shown(drawn(say(titled))).lines
    assert ["⚠️ Careful", "Do"] == shown(drawn(say(words))).lines


def test_a_ranked_list_counts_as_it_should() -> None:
    """Slack counts on by itself, so a tie and a gap begin again where they must."""
    lines = (
        Line(1, quote("Amina"), 1_200),
        Line(2, quote("نور"), 340),
        Line(2, quote("Łukasz"), 340),
        Line(10, quote("Ana"), 1, yours=True),
        Line(11, quote("Bo"), 0),
    )
    payload = drawn(say(Card(title=phrase("boards.received"), lines=lines)))
    rest = ("2.   340 نور", "2.   340 Łukasz", "10.     1 Ana · you", "11.     0 Bo")
    text = "\n".join(("Thanked most", "1. 1,200 Amina", *rest))

    assert [
        "Thanked most",
        "1. ▰▰▰▰▰▰▰▰\u20021,200\u2002Amina",
        "2. ▰▰▱▱▱▱▱▱\u2002\u2007\u2007340\u2002\u2068نور\u2069",
        "2. ▰▰▱▱▱▱▱▱\u2002\u2007\u2007340\u2002Łukasz",
        "10. ▰▱▱▱▱▱▱▱\u2002\u2007\u2007\u2007\u20071\u2002Ana · you",
        "11. ▱▱▱▱▱▱▱▱\u2002\u2007\u2007\u2007\u20070\u2002Bo",
    ] == shown(payload).lines
    said = read_text(payload.body["text"]).words
    assert text == said.replace("\u2002", " ").replace("\u2007", " ")


def test_cards_are_told_apart() -> None:
    """A line between them; what comes first, and what is celebrated, has a header."""
    title = phrase("boards.received")
    plain, joy = Card(title=title), Card(title=title, tone=Tone.JOY)
    payload = drawn(say(plain, plain, joy, Buttons((AGAIN,))))

    assert [
        *("header", "divider", "rich_text", "divider", "header", "actions"),
    ] == kinds_of(payload)


def test_everybody_who_is_to_be_told_is_mentioned() -> None:
    """Also whom the words name where nothing is alive, or not at all; each once."""
    card = Card(title=phrase("shoutouts.card", receivers=(ANA,)))
    found = shown(drawn(say(card, mentions=(ANA, LUKASZ, ANA))))

    assert [("user", "U0ANA"), ("user", "U0LUKASZ")] == found.alive
    assert "@Ana @Łukasz" == found.lines[-1]


@pytest.mark.parametrize("hostile", some(60), ids=str)
def test_hostile_words_stay_words_wherever_they_stand(hostile: Hostile) -> None:
    """In a title, a paragraph, a fact, a line, a footer: only Laurel's own is alive."""

    def found(text: str) -> tuple[set[str], list[tuple[str, str]]]:
        words = quote(text)
        card = Card(
            title=words,
            body=(words, words),
            facts=(Fact(words, words),),
            lines=(Line(1, words, 2, yours=True),),
            picture=Picture("sample", words),
            footer=words,
        )
        press = Buttons((replace(AGAIN, label=words),))
        pick = Select(words, (Option(words, AGAIN.action),))
        payload = drawn(say(card, press, pick))
        return set(shown(payload).kinds), read_text(payload.body["text"]).alive

    assert ({"bold"}, []) == found(hostile.text) == found("word")


def test_a_picture_is_told_until_it_is_there() -> None:
    """Its words stand in its place; once uploaded, they are what is read aloud."""
    card = Card(picture=Picture("sample", phrase("vocabulary.alt")))
    message = say(Card(title=phrase("boards.given")), card)
    told = drawn(message)
    image = messages.draw(message, speech(), pictures=MappingProxyType({1: "F0WREATH"}))
    alt = "A laurel wreath around the number seven"

    check(told)
    check(image)
    assert alt == shown(told).lines[-1]
    assert {
        "type": "image",
        "slack_file": {"id": "F0WREATH"},
        "alt_text": alt,
    } == blocks_of(image)[-1]


def test_a_file_is_named_and_handed_on() -> None:
    """Slack has no place for one in a message; whoever sends it uploads it."""
    file = File("tés y más.csv", "text/csv", b"x")
    payload = drawn(say(file))

    assert (file,) == payload.files
    assert ["📎 tés y más.csv"] == shown(payload).lines


def test_equal_actions_are_told_apart() -> None:
    """And what each does is read from what was pressed."""
    options = (Option(AGAIN.label, AGAIN.action),) * 2
    payload = drawn(say(Buttons((AGAIN,) * 3), Select(AGAIN.label, options)))
    *buttons, select = controls(blocks_of(payload))
    picked = [{**select, "selected_option": each} for each in select["options"]]

    check(payload)
    assert {AGAIN.action.encode()} == {wire_of(each) for each in (*buttons, *picked)}


@pytest.mark.parametrize(
    ("url", "opens"),
    [
        ("https://example.org/a?b=c", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://[", False),
        ("https://example.org/" + "x" * 3_000, False),
        ("https://example.org/a b\n", False),
    ],
)
def test_an_address_leads_to_the_web_or_nowhere(url: str, *, opens: bool) -> None:
    """One that Slack would refuse is words, and does not take the message with it."""
    payload = drawn(say(Buttons((LinkButton(phrase("vocabulary.link"), url),))))
    found = controls(blocks_of(payload))

    check(payload)
    assert ([url] if opens else []) == [each["url"] for each in found]
    assert [None] * opens == [wire_of(each) for each in found]
    assert opens == (url in payload.body["text"])


@pytest.mark.parametrize(
    "message",
    [
        say(),
        say(Card()),
        say(Card(title=quote(""))),
        say(Card(body=(quote("\n"),), tone=Tone.JOY)),
        say(Card(facts=(Fact(quote(""), quote("")),), footer=quote(" "))),
        say(Card(lines=(Line(1, quote(""), 0),))),
        say(Buttons(())),
        say(Select(quote(""), ())),
        say(Buttons((replace(AGAIN, label=quote("")),))),
        say(File("", "text/csv", b"")),
    ],
)
def test_next_to_nothing_is_something(message: Message) -> None:
    """Slack takes no message without words and no button without a label."""
    check(drawn(message, delivery_id=DELIVERY))


def test_a_message_carries_its_delivery() -> None:
    """As metadata, with nothing that brings previews of addresses with it."""
    body = drawn(shoutout(), delivery_id=DELIVERY).body
    sent = json.loads(json.dumps(body)) | {"ts": "1772809200.000100", "user": "U0BOT"}

    assert carries(sent, DELIVERY)
    assert not carries(sent, DELIVERY + "x")
    assert not carries(drawn(shoutout()).body, DELIVERY)
    assert (False, False, False) == (
        body["unfurl_links"],
        body["unfurl_media"],
        body["mrkdwn"],
    )


@pytest.mark.parametrize(
    "raw",
    [
        {},
        {"metadata": None},
        {"metadata": {"event_type": "other", "event_payload": {"id": DELIVERY}}},
        {"metadata": {"event_type": "laurel_post"}},
        {"metadata": "x"},
    ],
)
def test_other_messages_carry_nothing(raw: Json) -> None:
    """Whoever wrote them."""
    assert not carries(raw, DELIVERY)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from([h.text for h in HOSTILE] + ["&" * 3_000, "word " * 400, "a"]),
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
    check(drawn(say(*cards), delivery_id=DELIVERY))


def test_the_longest_words_are_clipped_first() -> None:
    """What is short is still read whole, and no more is cut than must be."""
    short, long = "Thank you!", "x" * 1_500
    bodies = [(quote(short), *[quote(long)] * 4)] * 3
    payload = drawn(say(*[Card(body=body) for body in bodies]))
    words = [leaf["text"] for leaf in leaves(blocks_of(payload))]
    written = json.dumps(blocks_of(payload), ensure_ascii=False, separators=(",", ":"))

    check(payload)
    assert short in words
    assert 12_900 <= len(written) <= 13_000
    assert 1 == len({word for word in words if word.endswith("…")})


def test_many_cards_are_drawn_closer() -> None:
    """Ten nodes of everything would be more than fifty blocks."""
    title, body = phrase("boards.given"), quote("word")
    full = Card(
        title=title,
        body=(body, body),
        facts=(Fact(body, body),),
        lines=(Line(1, body, 1),),
        picture=Picture("sample", body),
        footer=body,
        tone=Tone.JOY,
    )
    payload = drawn(say(*[full] * 10, mentions=(ANA,)))

    check(payload)
    assert 10 == shown(payload).lines.count("word · word")


def test_too_many_parts_are_told() -> None:
    """Nothing that can be pressed is silently left out."""
    with pytest.raises(ValueError, match="60 blocks, and 50 is the most"):
        drawn(say(*[Buttons((AGAIN,))] * 60))
