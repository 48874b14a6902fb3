"""How Discord says no."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from types import MappingProxyType
from typing import Any, Final

_WORDS: Final[Mapping[int, tuple[int, str]]] = MappingProxyType(
    {
        10003: (404, "Unknown Channel"),
        10004: (404, "Unknown Guild"),
        10007: (404, "Unknown Member"),
        10008: (404, "Unknown Message"),
        10013: (404, "Unknown User"),
        10015: (404, "Unknown Webhook"),
        10062: (404, "Unknown interaction"),
        10063: (404, "Unknown application command"),
        10070: (404, "Unknown Guild Scheduled Event"),
        30003: (400, "Maximum number of pins reached for the channel (250)"),
        30034: (400, "Max number of application commands created today reached (200)"),
        30038: (
            400,
            "Maximum number of uncompleted guild scheduled events reached (100)",
        ),
        40005: (413, "Request entity too large"),
        40060: (400, "Interaction has already been acknowledged."),
        50001: (403, "Missing Access"),
        50005: (403, "Cannot edit a message authored by another user"),
        50006: (400, "Cannot send an empty message"),
        50007: (403, "Cannot send messages to this user"),
        50008: (400, "Cannot send messages in a non-text channel"),
        50013: (403, "Missing Permissions"),
        50021: (400, "Cannot execute action on a system message"),
        50024: (400, "Cannot execute action on this channel type"),
        50027: (401, "Invalid Webhook Token"),
        50033: (400, "Invalid Recipient(s)"),
        50035: (400, "Invalid Form Body"),
        50083: (400, "Thread is archived"),
        160004: (400, "A thread has already been created for this message"),
        160005: (403, "Thread is locked"),
        160006: (400, "Maximum number of active threads reached"),
        180000: (400, "Cannot update a finished event"),
        50278: (
            403,
            "Cannot send messages to this user due to having no mutual guilds",
        ),
    }
)


class RefusalError(Exception):
    """A request that Discord does not take.

    Attributes:
        code: Discord's own error code; 0 for the plain HTTP ones.

        reasons: What was wrong with the form, in lines; each of them is a finding.
    """

    def __init__(
        self, code: int, reasons: Sequence[str] = (), status: int | None = None
    ) -> None:
        usual = HTTPStatus(status or 400)
        known, words = _WORDS.get(code, (usual.value, f"{usual}: {usual.phrase}"))
        super().__init__(f"{words} {list(reasons)}" if reasons else words)
        self.code = code
        self.status = status or known
        self.words = words
        self.reasons = tuple(reasons)

    def json(self) -> dict[str, Any]:
        """Return the body of Discord's answer."""
        body: dict[str, Any] = {"message": self.words, "code": self.code}
        if self.reasons:
            told = [{"code": "BASE_TYPE_BAD", "message": r} for r in self.reasons]
            body["errors"] = {"_errors": told}
        return body
