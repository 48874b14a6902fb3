"""Where something began is carried along by a form, and trusted no further."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.slack.origin import Origin, kept_form, marked, origin_of
from tests.harness import START

API = "https://slack.com/api/"
URL = "https://hooks.slack.com/actions/T1/2/3"


def sent_in(metadata: str) -> dict[str, Any]:
    """Return a form that was sent in."""
    view = {"type": "modal", "private_metadata": metadata}
    return {"type": "view_submission", "view": view}


def pressed(**more: Any) -> dict[str, Any]:
    """Return a press on a private message."""
    return {
        "type": "block_actions",
        "channel": {"id": "C1"},
        "response_url": URL,
        "container": {"type": "message", "is_ephemeral": True},
        **more,
    }


def test_a_form_remembers_where_it_was_opened() -> None:
    """What was encoded is read again, until the address is over."""
    began = origin_of(pressed(), API, START)
    assert ("C1", URL, True) == (began.channel, began.url, began.alone)
    later = START + timedelta(minutes=28)
    assert began == origin_of(sent_in(began.encode()), API, later)
    much_later = origin_of(sent_in(began.encode()), API, START + timedelta(hours=1))
    assert ("C1", None, True) == (
        much_later.channel,
        much_later.url,
        much_later.alone,
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/actions",
        "https://slack.com.example.org/",
        "https://notslack.com/",
        "http://hooks.slack.com/actions",
        "https://user@example.org#slack.com",
        "file:///etc/passwd",
        "https://[",
        "",
    ],
)
def test_an_address_that_is_not_slack_s_is_not_answered_at(url: str) -> None:
    """Whoever put it there, Laurel does not call it."""
    assert None is origin_of(pressed(response_url=url), API, START).url


def test_a_double_of_slack_is_answered_where_its_api_is() -> None:
    """An address on the same host as the API is Slack's own."""
    api, url = "http://127.0.0.1:8080/api/", "http://127.0.0.1:8080/actions/1"
    assert url == origin_of(pressed(response_url=url), api, START).url
    elsewhere = "http://127.0.0.1:8081/actions/1"
    assert None is origin_of(pressed(response_url=elsewhere), api, START).url


SHAPES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.dictionaries(st.sampled_from("cutars"), inner),
)


@given(st.text() | SHAPES.map(json.dumps))
def test_nobody_s_metadata_breaks_anything(metadata: str) -> None:
    """What another version wrote, or nobody, is no origin."""
    found = origin_of(sent_in(metadata), API, START)
    assert None is found.url or found.url.startswith("https://")


def test_what_is_too_long_to_carry_is_left_behind() -> None:
    """Slack takes three thousand characters along with a form."""
    assert "{}" == Origin("C1", "https://hooks.slack.com/" + "a" * 4_000).encode()


def test_an_answer_in_direct_messages_is_known_as_one() -> None:
    """It may be drawn anew, and what the courier brought may not."""
    body = {"text": "Yes", "blocks": [{"type": "divider", "block_id": "b1"}]}
    for message, alone in ((marked(body), True), (body, False)):
        raw = pressed(channel={"id": "D1"}, container={}, message=message)
        assert alone == origin_of(raw, API, START).alone
    in_public = pressed(container={}, message=marked(body))
    assert not origin_of(in_public, API, START).alone


def test_a_button_that_opens_a_form_again_is_told_from_others() -> None:
    """By what its value begins with."""
    again = {"actions": [{"type": "button", "value": "again:abc"}]}
    assert "abc" == kept_form(again)
    others: list[list[dict[str, str]]] = [[], [{}], [{"value": "1:a.b"}]]
    for other in others:
        assert None is kept_form({"actions": other})
