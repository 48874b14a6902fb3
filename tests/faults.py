"""What can be wrong with the platform of the harness, as its ``fault``."""

from __future__ import annotations

from bot.chat.adapter import NotAcceptedError, OutcomeUnknownError


def up(_request: str) -> None:
    """Nothing is wrong."""


def down(_request: str) -> None:
    """Nothing is taken."""
    raise NotAcceptedError("down")


def silent(request: str) -> None:
    """No post is ever answered."""
    if request == "post":
        raise OutcomeUnknownError("no answer")
