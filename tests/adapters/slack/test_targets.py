"""The message that a shortcut was chosen on is told as its reader sees it."""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.message import draw
from bot.adapters.slack.raw import Json, MalformedError
from bot.adapters.slack.targets import people_in, target_of, words_of
from bot.chat.message import Card, say
from bot.chat.responses import Target
from bot.chat.text import Quote, phrase
from bot.domain.refs import ChannelRef, MemberRef
from tests.adapters.slack.sent import (
    ANA,
    BO,
    CHIDI,
    GENERAL,
    HOME,
    LAUREL,
    command,
    form,
    known,
    message,
    person,
    press,
    shortcut,
)
from tests.adapters.slack.speaking import speech
from tests.hostile import some

POSTED = {"user": LAUREL, "bot_id": "B0LAUREL", "app_id": "A0LAUREL"}


def test_a_message_is_a_target() -> None:
    """Who wrote it, where, and what it says; the link is Slack's to tell."""
    raw = shortcut("any", message("Well done"))
    expected = Target(
        ChannelRef(HOME, GENERAL), "1772798400.000100", person(BO), "Well done"
    )
    assert expected == target_of(raw, known())


@pytest.mark.parametrize("raw", [command("/x"), press("x"), form("x"), shortcut("any")])
def test_what_is_begun_on_no_message_has_no_target(raw: Json) -> None:
    """A button stands on a message, and is not chosen from its menu."""
    assert target_of(raw, known()) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"Thanks <@{CHIDI}> and <@U0GHOST|ghost> &amp; co",
         "Thanks @Chidi Eze and @ghost & co"),
        (f"in <#{GENERAL}> <!here>", "in #general @here"),
        ("*as* _typed_ ~it~ :tada:", "*as* _typed_ ~it~ :tada:"),
        ("<https://a.example|here>", "here (https://a.example)"),
        ("", ""),
    ],
)  # fmt: skip
def test_words_stay_as_they_were_typed(text: str, said: str) -> None:
    """But for mentions, links and escapes, which are written out."""
    assert said == words_of(message(text, blocks=[{"type": "rich_text"}]), known())


def test_what_a_card_says_counts_without_its_small_print() -> None:
    """Laurel's own posts are read from their blocks, as they are drawn."""
    card = Card(
        title=phrase("vocabulary.title", person=MemberRef(HOME, ANA)),
        body=(phrase("vocabulary.name", words=Quote("for *the* <docs> & tea")),),
        footer=phrase("vocabulary.footer"),
    )
    body = draw(say(card, mentions=(MemberRef(HOME, ANA),)), speech()).body
    said = words_of(message(**POSTED, **body), known())
    assert "for *the* <docs> & tea" in said.split("\n")
    assert "Ana" in said.split("\n")[0]
    assert speech().plain(phrase("vocabulary.footer")) not in said


@pytest.mark.parametrize("line", some(60), ids=str)
def test_hostile_words_come_back_as_they_were_drawn(line: Any) -> None:
    """What is quoted from a card is what its reader saw there."""
    card = Card(body=(phrase("vocabulary.name", words=Quote(line.text)),))
    body = draw(say(card), speech()).body
    said = words_of(message(**POSTED, **body), known())
    assert line.harmless in said or line.harmless not in str(body)
    assert "&lt;" not in said or "&lt;" in line.text


def test_every_kind_of_rich_text_is_read() -> None:
    """Lists, links, instants, channels and everybody."""
    atoms: list[Json] = [
        {"type": "text", "text": "a "},
        {"type": "user", "user_id": BO},
        {"type": "channel", "channel_id": GENERAL},
        {"type": "link", "url": "https://a.example"},
        {"type": "emoji", "name": "tada"},
        {"type": "date", "timestamp": 1, "format": "{time}", "fallback": "noon"},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#fff"},
    ]
    section = {"type": "rich_text_section", "elements": atoms}
    listed = {"type": "rich_text_list", "elements": [section, section]}
    blocks: list[Json] = [
        {"type": "header", "text": {"type": "plain_text", "text": "A <b> & c"}},
        {"type": "rich_text", "elements": [listed]},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": f"<@{BO}> &amp;"}]},
        {"type": "divider"},
        {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
    ]
    one = "a @Bo#generalhttps://a.example:tada:noon@here"
    expected = ["A <b> & c", one, one, "@Bo &"]
    assert expected == words_of(message(**POSTED, blocks=blocks), known()).split("\n")


def test_who_wrote_it_is_told_as_far_as_it_is_known() -> None:
    """An app is a bot; a member whom nobody could look up is a member."""
    by_laurel = target_of(shortcut("any", message(**POSTED)), known())
    assert by_laurel is not None
    assert (LAUREL, True) == (by_laurel.author.ref.id, by_laurel.author.bot)

    unseen = target_of(shortcut("any", message(username="bo.l")), known(people={}))
    assert unseen is not None
    assert (BO, "bo.l", False, True) == (
        unseen.author.ref.id, unseen.author.name, unseen.author.bot, unseen.author.here,
    )  # fmt: skip

    through_app = target_of(shortcut("any", message(bot_id="B0HOOK")), known())
    assert through_app is not None
    assert person(BO) == through_app.author
    app = target_of(shortcut("any", message(bot_id="B0HOOK")), known(people={}))
    assert app is not None
    assert app.author.bot

    hook = message(user=None, bot_id="B0HOOK", bot_profile={"name": "Builds"})
    posted = target_of(shortcut("any", hook), known())
    assert posted is not None
    assert ("Builds", True) == (posted.author.name, posted.author.bot)
    assert (BO,) == people_in(message(bot_id="B0HOOK"))


def test_whoever_is_mentioned_has_to_be_looked_up() -> None:
    """In the text or in a card, at most twenty, the author first."""
    card = {"type": "user", "user_id": CHIDI}
    section = {"type": "rich_text_section", "elements": [card]}
    blocks = [{"type": "rich_text", "elements": [section]}]
    assert (BO, ANA, CHIDI) == people_in(message(f"<@{ANA}>", blocks=blocks))
    many = "".join(f"<@U{number}>" for number in range(10, 90))
    assert 20 == len(people_in(message(many)))


JSON = st.recursive(
    st.none() | st.integers() | st.sampled_from([BO, GENERAL, "text", "user", "x"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "user_id", "name", "url", "fields"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)
KEYS = ["user", "bot_id", "text", "blocks", "ts", "username", "bot_profile"]
KINDS = st.sampled_from(["rich_text", "section", "header", "context", "image"])


@given(
    st.dictionaries(st.sampled_from(KEYS), JSON),
    st.lists(st.fixed_dictionaries({"type": KINDS, "elements": st.lists(JSON)})),
)
def test_no_message_breaks_the_reader(changed: Json, blocks: list[Json]) -> None:
    """Told, or malformed."""
    raw = message(**{**POSTED, "blocks": blocks, **changed})
    with contextlib.suppress(MalformedError):
        target_of(shortcut("any", raw) | {"message_ts": "1.1"}, known())
    with contextlib.suppress(MalformedError):
        people_in(raw)
