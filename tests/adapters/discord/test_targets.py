"""The message that a menu's entry was chosen on is told in words."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from bot.adapters.discord.incoming import call_of
from bot.adapters.discord.message import draw
from bot.adapters.discord.people import person_of
from bot.adapters.discord.raw import Json, MalformedError
from bot.adapters.discord.targets import words_of
from bot.chat.directions import seen
from bot.chat.message import Card, say
from bot.chat.responses import Target
from bot.chat.speech import Reader, Speech
from bot.chat.text import Quote, When, phrase
from bot.domain.people import Role
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.discord import sent
from tests.adapters.discord.sent import (
    ANA,
    BO,
    CHANNEL,
    GUILD,
    HOME,
    LAUREL,
    NOON,
    WORDS,
    member,
    menu,
    message,
    user,
)
from tests.hostile import HOSTILE, Hostile

SECOND = int(NOON.timestamp())
ENGLISH = Speech(WORDS, Reader("en", ZoneInfo("UTC"), NOON), lambda ref: ref.id)


def target(shown: Json) -> Target:
    found = call_of(menu("Say it back", shown), WORDS, NOON).target
    assert found is not None
    return found


def drawn(*cards: Card) -> Json:
    """Return a message of Laurel's as Discord keeps it."""
    body = draw(say(*cards), ENGLISH).body
    return message(author=user(LAUREL), mentions=[user(ANA)], **body)


def test_a_target_is_told_whole() -> None:
    """Who wrote it, where it stands, what it says, and its address."""
    expected = Target(
        channel=ChannelRef(HOME, CHANNEL),
        message_id="800000000000000001",
        author=person_of(HOME, user(BO), member(), None),
        text="Well done",
        link=f"https://discord.com/channels/{GUILD}/{CHANNEL}/800000000000000001",
    )
    assert expected == target(message("Well done", member=member()))


def test_an_author_counts_as_being_here() -> None:
    """Discord does not say of the author of a message whether they still are."""
    author = target(message("Well done")).author
    assert (BO, "Bo", True) == (author.ref.id, author.name, author.here)
    assert (Role.MEMBER, False) == (author.role, author.bot)


@pytest.mark.parametrize(
    "shown", [message(author=user(LAUREL)), message(webhook_id="41")]
)
def test_what_an_app_posted_is_an_apps(shown: Json) -> None:
    """Neither bots nor webhooks are people."""
    assert target(shown).author.bot


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("", ""),
        ("*as* it \\_was\\_ # typed\n-# small", "*as* it \\_was\\_ # typed\n-# small"),
        (f"<@{ANA}> and <@!{ANA}>", "@Ana at work and @Ana at work"),
        ("<@404>", "<@404>"),
        ("<:laurel:12> <a:wave:13>", ":laurel: :wave:"),
        (f"<t:{SECOND}:R>, <t:{SECOND}>", "2026-03-06 12:00 UTC, 2026-03-06 12:00 UTC"),
        ("<t:9999999999999>", "<t:9999999999999>"),
        ("@everyone <script>", "@everyone <script>"),
    ],
)
def test_members_words_stay_as_they_were_typed(content: str, text: str) -> None:
    """But for what stands for a name, an emoji or an instant."""
    named = user(ANA) | {"member": member(nick="Ana at work")}
    assert text == words_of(message(content, mentions=[named]))


def test_laurels_own_words_are_those_of_its_cards() -> None:
    """Without what makes them bold, large or small on Discord."""
    shown = drawn(
        Card(
            title=phrase("vocabulary.title", person=MemberRef(HOME, ANA)),
            body=(
                phrase(
                    "vocabulary.body",
                    when=When(NOON),
                    soon=When(NOON),
                    channel=ChannelRef(HOME, CHANNEL),
                ),
            ),
            footer=phrase("vocabulary.footer"),
        )
    )
    instant = "2026-03-06 12:00 UTC"
    expected = [
        "Everything for @Ana Souza",
        f"It is {instant} in <#{CHANNEL}>. Something happens {instant}.",
    ]
    assert expected == [line for line in words_of(shown).split("\n") if line]


@pytest.mark.parametrize("line", HOSTILE, ids=str)
def test_hostile_words_come_back_as_they_read(line: Hostile) -> None:
    """What is escaped on the way out is the same words on the way in."""
    spoken = phrase("vocabulary.words", words=Quote(line.text))
    expected = seen(ENGLISH.plain(spoken)).strip()
    assert expected == words_of(drawn(Card(body=(spoken,))))


def test_texts_are_read_from_top_to_bottom() -> None:
    """However deep they lie, and whatever lies between them."""
    shown = message(
        author=user(LAUREL),
        components=[
            {"type": 10, "content": "# One"},
            {
                "type": 17,
                "components": [
                    {"type": 10, "content": "**Two**\n-# not this"},
                    {"type": 14},
                    {
                        "type": 9,
                        "components": [{"type": 10, "content": "\\# Three"}],
                        "accessory": {"type": 2, "label": "Press"},
                    },
                ],
            },
            {"type": 1, "components": [{"type": 2, "label": "Press"}]},
            {"type": 10, "content": "1\\. Four"},
        ],
    )
    assert "One\nTwo\n# Three\n1. Four" == words_of(shown)


def test_only_menus_of_messages_have_a_target() -> None:
    """A command has none, and neither has the menu of a member."""
    assert call_of(sent.slash("vocabulary nodes"), WORDS, NOON).target is None
    on_member = menu("Say it back", message())
    on_member["data"] |= {"target_id": BO, "resolved": {"users": {BO: user(BO)}}}
    assert call_of(on_member, WORDS, NOON).target is None


@pytest.mark.parametrize(
    "broken",
    [
        {"author": None},
        {"author": {"id": BO}},
        {"content": 7},
        {"mentions": [None]},
        {"channel_id": None},
        {"components": {"type": 10}, "content": ""},
        {"components": [{"type": 10}], "content": ""},
        {"components": [{}], "content": ""},
    ],
)
def test_a_target_that_discord_does_not_send_is_told(broken: Json) -> None:
    """One kind of error, whatever is wrong."""
    with pytest.raises(MalformedError):
        target(message("Well done") | broken)


def test_a_message_nested_out_of_all_reason_is_read() -> None:
    """No depth of components is too deep."""
    deep: Json = {"type": 10, "content": "here"}
    for _ in range(5_000):
        deep = {"type": 17, "components": [deep]}
    assert "here" == words_of(message(components=[deep]))
