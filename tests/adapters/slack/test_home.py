"""The App Home: all of it, in one view, telling nobody."""

from __future__ import annotations

import json

import pytest
from slack_sdk.models.views import View

from bot.adapters.slack.home import home
from bot.chat.message import Action, Button, Buttons, Card, Message, say
from bot.chat.raw import Json
from bot.chat.text import phrase
from tests.adapters.slack.blocks import controls, read
from tests.adapters.slack.speaking import ANA, LUKASZ, NOUR, TAGS, speech
from tests.adapters.slack.test_message import CALL, _Everybody
from tests.fakes.slack.blockkit import problems
from tests.needs import need
from tests.samples.vocabulary.cog import everything

ROW = Buttons(
    (Button(phrase("vocabulary.again"), Action("vocabulary.redraw", (1,))),) * 5
)


def check(view: Json) -> None:
    """Fail where Slack would not take it."""
    assert [] == problems("home", view)
    assert view == View(**view).to_dict()
    ids = [control["action_id"] for control in controls(view["blocks"])]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("tag", TAGS)
def test_slack_takes_a_home_of_everything(tag: str) -> None:
    """Several messages of each node, a line between them."""
    need("specs")
    each = everything(CALL, yours=True)
    view = json.loads(json.dumps(home([each, each], speech(tag))))

    check(view)
    assert "divider" in [block["type"] for block in view["blocks"]]


def test_everybody_is_mentioned_and_nobody_told() -> None:
    """Nobody but the reader sees it."""
    card = Card(body=(phrase("shoutouts.card", receivers=(LUKASZ, NOUR)),))
    view = home([say(card)], speech())

    assert ["user", "user"] == read(view["blocks"], _Everybody()).kinds


def test_the_messages_stand_below_each_other() -> None:
    """A line between them and none around them."""
    said = [say(Card(title=phrase(f"boards.{side}"))) for side in ("given", "received")]
    kinds = [block["type"] for block in home(said, speech())["blocks"]]

    assert ["header", "divider", "rich_text"] == kinds


@pytest.mark.parametrize("messages", [[], [say()], [say(Card())]])
def test_a_home_is_never_empty(messages: list[Message]) -> None:
    """Slack takes no view without blocks."""
    need("specs")
    check(home(messages, speech()))


def test_too_much_is_drawn_closer_and_then_told() -> None:
    """Nothing that can be pressed is silently left out."""
    need("specs")
    title, body = phrase("boards.given"), phrase("boards.line", member=ANA)
    full = Card(title=title, body=(body,) * 5, footer=body)
    view = home([say(*[full] * 10)] * 3, speech())

    check(view)
    with pytest.raises(ValueError, match="blocks, and 100 is the most"):
        home([say(*[ROW] * 10)] * 11, speech())
