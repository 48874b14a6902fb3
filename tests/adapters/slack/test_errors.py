"""What Slack's words mean to whoever sent something."""

from __future__ import annotations

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey

from bot.adapters.slack.errors import (
    TokenRefusedError,
    TooLateError,
    UnfitError,
    meant,
    translated,
)
from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("account_inactive", TokenRefusedError),
        ("invalid_auth", TokenRefusedError),
        ("token_revoked", TokenRefusedError),
        ("ratelimited", NotAcceptedError),
        ("service_unavailable", NotAcceptedError),
        ("internal_error", OutcomeUnknownError),
        ("fatal_error", OutcomeUnknownError),
        ("expired_trigger_id", TooLateError),
        ("view_not_found", TooLateError),
        ("invalid_blocks", UnfitError),
        ("a_word_of_tomorrow", UnfitError),
    ],
)
def test_each_word_has_its_meaning(said: str, kind: type[Exception]) -> None:
    """A token, a limit, a doubt, a lapse, or our own mistake."""
    assert kind is type(meant(said))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("channel_not_found", "channel-gone"),
        ("is_archived", "channel-gone"),
        ("channel_is_archived", "channel-gone"),
        ("not_in_channel", "no-permission"),
        ("missing_scope", "no-permission"),
        ("user_not_found", "member-gone"),
        ("cannot_dm_bot", "member-unreachable"),
        ("messages_tab_disabled", "member-unreachable"),
        ("message_not_found", "message-gone"),
    ],
)
def test_refusals_have_their_reasons(said: str, reason: str) -> None:
    """In the words that the courier knows."""
    error = meant(said)
    assert isinstance(error, RefusedError)
    assert reason == error.reason


def test_only_what_never_left_was_not_taken() -> None:
    """Where no connection was made, nothing was sent; else nobody knows."""
    key = ConnectionKey("slack.com", 443, *(None,) * 5)  # type: ignore[arg-type]
    unreachable = aiohttp.ClientConnectorError(key, OSError("refused"))
    assert isinstance(translated(unreachable), NotAcceptedError)
    for error in (
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(),
        aiohttp.ServerTimeoutError(),
        TimeoutError(),
        ConnectionResetError(),
    ):
        assert isinstance(translated(error), OutcomeUnknownError), error


def test_a_mistake_of_the_program_stays_one() -> None:
    """What is no answer of Slack's is not explained away."""
    mistake = KeyError("ts")
    assert mistake is translated(mistake)
