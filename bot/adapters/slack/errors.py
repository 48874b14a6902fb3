"""What Slack's answers, and its silences, mean to whoever sent something."""

from __future__ import annotations

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError, RefusedError

RATE_LIMITED = 429
BROKEN = 500
"""From here on the fault is Slack's."""

_REASONS: Mapping[str, str] = {
    "channel_not_found": "channel-gone",
    "channel_is_archived": "channel-gone",
    "is_archived": "channel-gone",
    "messages_not_found": "message-gone",
    "message_not_found": "message-gone",
    "cant_delete_message": "message-gone",  # somebody else's
    "cant_update_message": "message-gone",  # ditto
    "edit_window_closed": "message-gone",
    "cannot_reply_to_message": "thread-gone",
    "invalid_thread_ts": "thread-gone",
    "thread_not_found": "thread-gone",
    "user_not_found": "member-gone",
    "users_not_found": "member-gone",
    "user_disabled": "member-gone",
    "user_not_in_channel": "member-unreachable",
    "cannot_dm_bot": "member-unreachable",
    "messages_tab_disabled": "member-unreachable",
    "user_not_visible": "member-unreachable",
    "not_in_channel": "no-permission",
    "access_denied": "no-permission",
    "as_user_not_supported": "no-permission",
    "ekm_access_denied": "no-permission",
    "method_not_supported_for_channel_type": "no-permission",
    "missing_scope": "no-permission",
    "no_permission": "no-permission",
    "not_allowed_token_type": "no-permission",
    "posting_to_general_channel_denied": "no-permission",
    "restricted_action": "no-permission",
    "restricted_action_non_threadable_channel": "no-permission",
    "restricted_action_read_only_channel": "no-permission",
    "restricted_action_thread_locked": "no-permission",
    "restricted_action_thread_only_channel": "no-permission",
    "team_access_not_granted": "no-permission",
    "too_many_pins": "pin-limit",
}
"""By Slack's error words, from the reference of its methods."""

_UNTAKEN = frozenset(
    {
        "account_inactive",
        "app_uninstalled",
        "invalid_auth",
        "no_permission_app_uninstalled",
        "not_authed",
        "org_login_required",
        "team_not_found",
        "token_expired",
        "token_revoked",
    }
)
"""The token is not taken: by nobody, or not any more."""

_REVOKED = frozenset({"account_inactive", "token_revoked"})
"""The token is no more: Laurel was uninstalled, or the workspace is gone."""

_LATER = frozenset(
    {
        "accesslimited",
        "message_limit_exceeded",
        "rate_limited",
        "ratelimited",
        "request_timeout",
        "service_unavailable",
        "team_added_to_org",
        "unable_to_resolve_channel",
    }
)
"""Slack took nothing, and may later."""

_HALF_DONE = frozenset({"fatal_error", "internal_error"})
"""Slack failed at it, and says that some of it may have been done."""

_NO_TRIGGER = frozenset(
    {
        "exchanged_trigger_id",
        "expired_trigger_id",
        "invalid_trigger_id",
        "trigger_exchanged",
        "trigger_expired",
    }
)

_NO_VIEW = frozenset({"hash_conflict", "not_found", "view_not_found"})

_LATER_S = 30.0
_UNTAKEN_S = 300.0

_ALREADY_SO = frozenset({"already_pinned", "no_pin", "not_pinned"})

GONE = frozenset({"message-gone", "channel-gone"})
"""Why a message that is to be taken down need not be."""


class TooLateError(Exception):
    """Slack takes nothing more here: a trigger, an address for answers, or a view."""


class MissingScopeError(RefusedError):
    """Laurel was installed without what this would take."""

    def __init__(self) -> None:
        super().__init__("no-permission")


class AlreadySoError(RefusedError):
    """What was asked for is the case already, so that nothing was to be done."""

    def __init__(self) -> None:
        super().__init__("already-so")


class TokenRefusedError(NotAcceptedError):
    """Slack no longer takes a workspace's token; nothing is sent until another.

    Attributes:
        reason: Slack's word for it.

        for_good: Whether the token is no more. Where it is not, Slack may take it
            again, such as from another address.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"the token is not taken: {reason}", retry_after_s=_UNTAKEN_S)
        self.reason = reason
        self.for_good = reason in _REVOKED


class UnfitError(Exception):
    """Slack does not take what was sent, and never will: Laurel's own mistake."""


LOST = (
    NotAcceptedError,
    OutcomeUnknownError,
    RefusedError,
    TooLateError,
    UnfitError,
)
"""All that asking Slack can raise."""


def translated(error: BaseException) -> BaseException:
    """Return what ``error`` means to a courier; ``error`` itself where it is a bug."""
    match error:
        case SlackApiError():
            return _answered(error)
        case aiohttp.ClientConnectorError() | aiohttp.ConnectionTimeoutError():
            return NotAcceptedError(f"cannot be reached: {type(error).__name__}")
        case aiohttp.ClientError() | OSError() | SlackClientError():
            return OutcomeUnknownError(type(error).__name__)
        case _:
            return error


def _answered(error: SlackApiError) -> BaseException:
    """Return what an answer other than ``ok`` means."""
    status = getattr(error.response, "status_code", BROKEN)
    data = getattr(error.response, "data", None)
    said = data.get("error") if isinstance(data, dict) else None
    if status == RATE_LIMITED:
        return NotAcceptedError("rate limit", _retry_after_s(error))
    if not isinstance(said, str):  # a machine in between, not Slack itself
        return OutcomeUnknownError(f"status {status}")
    meaning = meant(said)
    if isinstance(meaning, UnfitError) and status >= BROKEN:
        return NotAcceptedError(f"status {status}: {said}")
    if isinstance(meaning, UnfitError) and isinstance(data, dict):
        told = (data.get("response_metadata") or {}).get("messages")
        return UnfitError(f"{said}: {told}" if told else said)
    return meaning


def meant(said: str) -> Exception:
    """Return what one of Slack's error words means."""
    if said in _UNTAKEN:
        return TokenRefusedError(said)
    if said in _HALF_DONE:
        return OutcomeUnknownError(said)
    if said in _LATER:
        return NotAcceptedError(said, _LATER_S)
    if said in _NO_TRIGGER or said in _NO_VIEW:
        return TooLateError(said)
    if said in _ALREADY_SO:
        return AlreadySoError()
    if said == "missing_scope":
        return MissingScopeError()
    if (reason := _REASONS.get(said)) is not None:
        return RefusedError(reason)
    return UnfitError(said)


def _retry_after_s(error: SlackApiError) -> float:
    headers = getattr(error.response, "headers", None) or {}
    for name, value in headers.items():
        if name.lower() == "retry-after":
            try:
                return max(1.0, float(value))
            except ValueError:
                break
    return _LATER_S
