"""What may stand in a message and a view, and what may not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.slack import Json
from tests.fakes.slack import blockkit as kit
from tests.fakes.slack.rules import message_problems, view_problems
from tests.needs import need


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain("Undo"), "action_id": "undo", **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def rich(*leaves: Json) -> Json:
    section = {"type": "rich_text_section", "elements": list(leaves)}
    return {"type": "rich_text", "elements": [section]}


def option(text: str, value: str | None = None) -> Json:
    return {"text": plain(text), "value": value or text}


def select(*options: Json, **more: Any) -> Json:
    found = {"type": "static_select", "action_id": "pick", "options": list(options)}
    return found | more


def asked(element: Json, **more: Any) -> Json:
    return {"type": "input", "label": plain("Why"), "element": element, **more}


def written(**more: Any) -> Json:
    return {"type": "plain_text_input", "action_id": "why", **more}


def modal(*blocks: Json, **more: Any) -> Json:
    drawn = {"type": "modal", "title": plain("Thank"), "submit": plain("Send")}
    return drawn | {"blocks": list(blocks) or [asked(written())]} | more


SECTION = {"type": "section", "text": {"type": "mrkdwn", "text": "hello"}}
DIVIDER = {"type": "divider"}
PICTURE = {
    "type": "image",
    "alt_text": "a tree",
    "image_url": "https://x.example/a.png",
}
DATE = {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "a day"}

GOOD: dict[str, list[Json]] = {
    "section": [SECTION],
    "fields": [{"type": "section", "fields": [plain("a"), plain("b")]}],
    "header": [{"type": "header", "text": plain("Thanks")}],
    "context": [{"type": "context", "elements": [plain("a"), SECTION["text"]]}],
    "buttons": [actions(button(), button(action_id="again", value="1"))],
    "link": [actions(button(url="https://laurel.example/"))],
    "select": [actions(select(option("a"), option("b"), initial_option=option("a")))],
    "picture": [PICTURE],
    "rich text": [rich({"type": "text", "text": "a", "style": {"bold": True}}, DATE)],
    "fifty": [DIVIDER] * 50,
}

BAD: dict[str, list[Json]] = {
    "unknown block": [{"type": "zebra"}],
    "unknown key": [{**DIVIDER, "colour": "red"}],
    "no type": [{"text": plain("a")}],
    "empty text": [{"type": "section", "text": plain("")}],
    "long section": [{"type": "section", "text": plain("a" * 3001)}],
    "section of nothing": [{"type": "section"}],
    "eleven fields": [{"type": "section", "fields": [plain("a")] * 11}],
    "long field": [{"type": "section", "fields": [plain("a" * 2001)]}],
    "long header": [{"type": "header", "text": plain("a" * 151)}],
    "mrkdwn header": [{"type": "header", "text": SECTION["text"]}],
    "eleven in a context": [{"type": "context", "elements": [plain("a")] * 11}],
    "button in a context": [{"type": "context", "elements": [button()]}],
    "no elements": [actions()],
    "long label": [actions(button(text=plain("a" * 76)))],
    "mrkdwn label": [actions(button(text=SECTION["text"]))],
    "long value": [actions(button(value="a" * 2001))],
    "long action_id": [actions(button(action_id="a" * 256))],
    "long block_id": [actions(button(), block_id="b" * 256)],
    "unknown style": [actions(button(style="link"))],
    "no address": [actions(button(url="laurel"))],
    "block_id twice": [{**DIVIDER, "block_id": "a"}, {**DIVIDER, "block_id": "a"}],
    "action_id twice": [actions(button(), button())],
    "no options": [actions(select())],
    "long option": [actions(select(option("a" * 76, "a")))],
    "long option value": [actions(select(option("a", "a" * 151)))],
    "101 options": [actions(select(*[option(str(n)) for n in range(101)]))],
    "option twice": [actions(select(option("a", "1"), option("b", "1")))],
    "no such option": [actions(select(option("a"), initial_option=option("b")))],
    "long placeholder": [actions(select(option("a"), placeholder=plain("p" * 151)))],
    "no alt text": [{"type": "image", "image_url": "https://x.example/a.png"}],
    "picture at home": [{**PICTURE, "image_url": "http://127.0.0.1/a.png"}],
    "empty leaf": [rich({"type": "text", "text": ""})],
    "nobody": [rich({"type": "user", "user_id": "U404"})],
    "no channel": [rich({"type": "channel", "channel_id": "C404"})],
    "not a user": [rich({"type": "user", "user_id": "ana"})],
    "unknown date": [rich({**DATE, "format": "{day}"})],
    "no date": [rich({**DATE, "format": "today"})],
    "date without format": [rich({"type": "date", "timestamp": 1})],
    "file in a message": [asked({"type": "file_input", "action_id": "f"})],
    "much markdown": [{"type": "markdown", "text": "a" * 7000}] * 2,
    "51 blocks": [DIVIDER] * 51,
}

GOOD_VIEWS: dict[str, Json] = {
    "text": modal(asked(written(max_length=10, initial_value="a" * 10))),
    "people": modal(asked({"type": "multi_users_select", "action_id": "to"})),
    "look-up": modal(asked({"type": "external_select", "action_id": "value"})),
    "file": modal(asked({"type": "file_input", "action_id": "f", "max_files": 1})),
    "no question": modal(SECTION, submit=None) | {},
    "hundred": modal(*[DIVIDER] * 100),
    "home": {"type": "home", "blocks": [SECTION]},
}
GOOD_VIEWS["no question"].pop("submit")

BAD_VIEWS: dict[str, Json] = {
    "no type": {"blocks": [SECTION]},
    "long title": modal(title=plain("a" * 25)),
    "long submit": modal(submit=plain("a" * 25)),
    "no submit": {k: v for k, v in modal().items() if k != "submit"},
    "101 blocks": modal(*[DIVIDER] * 101),
    "long metadata": modal(private_metadata="a" * 3001),
    "long callback_id": modal(callback_id="a" * 256),
    "long field label": modal(asked(written(), label=plain("a" * 2001))),
    "long max_length": modal(asked(written(max_length=3001))),
    "max below min": modal(asked(written(min_length=9, max_length=2))),
    "long first words": modal(asked(written(max_length=2, initial_value="abc"))),
    "eleven checkboxes": modal(
        asked(
            {
                "type": "checkboxes",
                "action_id": "c",
                "options": [option(str(n)) for n in range(11)],
            }
        )
    ),
    "number out of range": modal(
        asked(
            {
                "type": "number_input",
                "action_id": "n",
                "is_decimal_allowed": False,
                "min_value": "1",
                "initial_value": "0",
            }
        )
    ),
    "bad date": modal(
        asked({"type": "datepicker", "action_id": "d", "initial_date": "6 March"})
    ),
    "bad time": modal(
        asked({"type": "timepicker", "action_id": "t", "initial_time": "25:00"})
    ),
    "file in a home": {
        "type": "home",
        "blocks": [asked({"type": "file_input", "action_id": "f"})],
    },
    "two focuses": modal(
        asked(written(focus_on_load=True)),
        asked(written(focus_on_load=True, action_id="b")),
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_blocks_as_slack_takes_them_pass(name: str) -> None:
    """No false alarm."""
    assert [] == message_problems(GOOD[name], lambda kind, which: True)


@pytest.mark.parametrize("name", BAD)
def test_blocks_that_slack_refuses_are_found(name: str) -> None:
    """Each limit bites, one payload for each."""
    need("specs")
    assert [] != message_problems(BAD[name], lambda kind, which: "404" not in which)


@pytest.mark.parametrize("name", GOOD_VIEWS)
def test_views_as_slack_takes_them_pass(name: str) -> None:
    """No false alarm."""
    assert [] == view_problems(GOOD_VIEWS[name], lambda kind, which: True)


@pytest.mark.parametrize("name", BAD_VIEWS)
def test_views_that_slack_refuses_are_found(name: str) -> None:
    """Each limit bites, one view for each."""
    need("specs")
    assert [] != view_problems(BAD_VIEWS[name], lambda kind, which: True)


def test_an_error_says_where_it_is() -> None:
    """The schema's unions are resolved by type, so that a line can be acted on."""
    need("specs")
    found = kit.problems("message", [DIVIDER, actions(button(style="link"))])
    assert ["1/elements/0/style: 'link' is not one of ['primary', 'danger']"] == found
