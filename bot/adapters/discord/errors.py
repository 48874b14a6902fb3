"""What Discord's answers, and its silences, mean to whoever sent something."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
import discord

from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError

UNAUTHORIZED = 401
RATE_LIMITED = 429
BROKEN = 500
"""From here on the fault is Discord's."""

UNKNOWN_CHANNEL = 10003
UNKNOWN_MESSAGE = 10008
CANNOT_WRITE_TO_MEMBER = 50007
PINS_FULL = 30003
ARCHIVED = 50083
THREAD_STANDS = 160004
EVENT_GONE = "event-gone"

_REASONS: Mapping[int, str] = {
    UNKNOWN_CHANNEL: "channel-gone",
    10004: "channel-gone",  # unknown guild
    10007: "member-gone",
    UNKNOWN_MESSAGE: "message-gone",
    10013: "member-gone",  # unknown user
    10070: EVENT_GONE,
    PINS_FULL: "pin-limit",
    30038: "events-full",
    40067: "no-permission",  # a forum that wants a tag on each post
    50001: "no-permission",
    50005: "message-gone",  # somebody else's message
    CANNOT_WRITE_TO_MEMBER: "member-unreachable",
    50008: "channel-gone",  # a channel that holds no messages
    50013: "no-permission",
    50024: "channel-gone",  # the wrong kind of channel
    50278: "member-gone",  # no community is shared any more
    160005: "no-permission",  # a locked thread
    160006: "threads-full",
    160007: "threads-full",  # in a channel of announcements
    180000: EVENT_GONE,  # it is over
    200000: "no-permission",  # held back by the community's own filter
}
"""Discord's error codes, from its documentation of opcodes and status codes."""

_FOR_NOW = frozenset({20016, 20028, 20029, 40003, 130000})
"""Limits that no header tells of: slow mode, writing, direct messages, overload."""

_LATER_S = 60.0

GONE = frozenset({"message-gone", "channel-gone"})
"""Why a message that is to be taken down need not be."""

_TOO_LATE = frozenset({10015, 10062, 40060, 50027})
"""An interaction that nobody can answer any more: unknown, answered, or expired."""

_EXPIRED = frozenset({10015, 50027})
"""Those that were alive once: the fifteen minutes of their token are over."""


class TooLateError(Exception):
    """Discord takes no answer to this interaction any more.

    Attributes:
        expired: Whether it took answers for its fifteen minutes; else it was answered
            already, or not within three seconds.
    """

    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.expired = code in _EXPIRED


class ArchivedError(RefusedError):
    """The thread is archived: nothing in it changes until it is not any more."""

    def __init__(self) -> None:
        super().__init__("no-permission")


class ThreadStandsError(RefusedError):
    """The message has a thread already."""

    def __init__(self) -> None:
        super().__init__("already-so")


class TokenRefusedError(NotAcceptedError):
    """Discord no longer takes the token; nothing is sent until there is another."""

    def __init__(self) -> None:
        super().__init__("the token is not taken", retry_after_s=300.0)


def translated(error: BaseException) -> BaseException:
    """Return what ``error`` means to a courier; ``error`` itself where it is a bug."""
    match error:
        case discord.RateLimited(retry_after=retry_after_s):
            return NotAcceptedError("rate limit", retry_after_s)
        case discord.HTTPException():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NotAcceptedError(f"cannot be reached: {type(error).__name__}")
        case aiohttp.ClientError() | OSError():
            return OutcomeUnknownError(type(error).__name__)
        case RuntimeError() if "closed" in str(error).lower():
            return NotAcceptedError("the connection is being made anew")
        case _:
            return error


def _answered(error: discord.HTTPException) -> BaseException:
    """Return what an answer with a status other than success means."""
    if error.code in _TOO_LATE:
        return TooLateError(error.code)
    if error.status == UNAUTHORIZED:
        return TokenRefusedError()
    if error.status == RATE_LIMITED:
        return NotAcceptedError("rate limit", _retry_after_s(error))
    # With a body in JSON, Discord itself said no; else a machine in between did.
    itself = error.response.headers.get("Content-Type") == "application/json"
    if error.status >= BROKEN and not itself:
        return OutcomeUnknownError(f"status {error.status}")
    if error.status >= BROKEN:
        return NotAcceptedError(f"status {error.status}")
    if error.code in _FOR_NOW or not itself:
        return NotAcceptedError(f"code {error.code}", _LATER_S)
    if error.code == ARCHIVED:
        return ArchivedError()
    if error.code == THREAD_STANDS:
        return ThreadStandsError()
    if (reason := _REASONS.get(error.code)) is not None:
        return RefusedError(reason)
    return error


def _retry_after_s(error: discord.HTTPException) -> float | None:
    try:
        return float(error.response.headers.get("Retry-After", ""))
    except ValueError:
        return None
