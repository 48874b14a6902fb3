"""Discord's own document, asked whether a payload is what it describes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.discord import openapi
from tests.fakes.discord.openapi import problems
from tests.needs import need


@pytest.fixture(autouse=True)
def specs() -> Path:
    return need("specs")


SAID = {
    "flags": 1 << 15,
    "components": [
        {
            "type": 17,
            "accent_color": 3,
            "components": [
                {"type": 10, "content": "# Thanks"},
                {"type": 1, "components": [{"type": 2, "style": 1, "custom_id": "u"}]},
            ],
        }
    ],
    "allowed_mentions": {"parse": [], "users": [123, "456"]},
    "nonce": "abc",
    "enforce_nonce": True,
}


def test_what_is_right_has_no_problems() -> None:
    """Snowflakes come as digits or numbers."""
    assert [] == problems("POST /channels/1/messages", SAID)
    assert [] == problems("MessageCreateRequest", SAID)


@pytest.mark.parametrize(
    ("name", "payload", "line"),
    [
        (
            "POST /channels/1/messages",
            {"components": [{"type": 17, "components": [{"type": 2, "style": 1}]}]},
            "components/0/components/0: nothing of type 2 may stand here",
        ),
        (
            "POST /channels/1/messages",
            {"components": [{"type": 10, "content": "x", "colour": 1}]},
            "components/0: unknown key 'colour'",
        ),
        (
            "PATCH /channels/1/messages/2",
            {"components": [{"type": 10, "content": ""}]},
            "components/0/content: '' should be non-empty",
        ),
        (
            "POST /channels/1/messages",
            {"nonce": "n" * 26},
            f"nonce: '{'n' * 26}' is too long",
        ),
        (
            "POST /interactions/1/t/callback?with_response=1",
            {"type": 9, "data": {"custom_id": "1", "components": []}},
            "data: 'title' is a required property",
        ),
        (
            "PUT /applications/1/guilds/2/commands",
            [{"name": "x", "options": [{"type": 3, "name": "a"}]}],
            "0/options/0: 'description' is a required property",
        ),
        (
            "GET /users/@me 401",
            {"message": "no"},
            "(whole): 'code' is a required property",
        ),
        (
            "GET /users/@me 401",
            {"message": "no", "code": 0, "why": 1},
            "(whole): unknown key 'why'",
        ),
        ("DELETE /channels/1/messages/2 204", {}, "(whole): no body belongs here"),
        ("SnowflakeType", True, "(whole): True is not of type string"),
    ],
)
def test_what_is_wrong_is_said_where_it_is(name: str, payload: Any, line: str) -> None:
    """The branch that is meant is judged, so that a line can be read."""
    assert line in problems(name, payload)


def test_a_long_value_does_not_fill_the_page() -> None:
    """Its beginning and what is wrong with it are enough."""
    (line,) = problems("MessageCreateRequest", {"content": "x" * 4001})
    assert len(line) < 250
    assert line.endswith("is too long")


def test_what_discord_does_not_have_is_an_error() -> None:
    """A misspelt route must not count as right."""
    with pytest.raises(LookupError):
        problems("POST /chanels/1/messages", {})
    with pytest.raises(LookupError):
        problems("MessageCreateReqest", {})


def test_without_the_document_nothing_is_checked_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The double works on any machine."""
    monkeypatch.setenv("LAUREL_SPECS", str(tmp_path))
    openapi.unchecked.cache_clear()
    try:
        reason = openapi.unchecked()
        assert [] == problems("MessageCreateRequest", {"content": 5})
    finally:
        monkeypatch.undo()
        openapi.unchecked.cache_clear()
    assert reason is not None
    assert "no payload is checked" in reason
    assert json.dumps(problems("MessageCreateRequest", {"content": 5}))
