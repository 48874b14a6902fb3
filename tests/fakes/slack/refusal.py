"""How Slack says no: ``ok: false`` and a word."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

BLAMED: Final = frozenset(
    {
        "duplicate_external_id",
        "exchanged_trigger_id",
        "expired_trigger_id",
        "expired_url",
        "invalid_arguments",
        "invalid_blocks",
        "invalid_cursor",
        "invalid_json",
        "invalid_metadata_format",
        "invalid_trigger_id",
        "metadata_too_large",
        "missing_scope",
        "msg_blocks_too_long",
        "no_text",
        "not_authed",
        "push_limit_reached",
        "too_many_blocks",
        "unknown_method",
        "used_url",
        "view_too_large",
    }
)
"""What only a bot with a mistake in it hears."""


class RefusalError(Exception):
    """A call that Slack does not take.

    Attributes:
        word: Slack's own error word.

        reasons: What was wrong, in lines; told in ``response_metadata.messages``.

        quiet: Whether it is no mistake of the bot's this time.
    """

    def __init__(
        self,
        word: str,
        reasons: Sequence[str] = (),
        *,
        quiet: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(f"{word} {list(reasons)}" if reasons else word)
        self.word = word
        self.reasons = tuple(reasons)
        self.quiet = quiet
        self.more = more

    def json(self) -> dict[str, Any]:
        """Return the body of Slack's answer."""
        body: dict[str, Any] = {"ok": False, "error": self.word, **self.more}
        if self.reasons:
            told = [f"[ERROR] {reason}" for reason in self.reasons]
            body["errors"] = list(self.reasons)
            body["response_metadata"] = {"messages": told}
        return body
