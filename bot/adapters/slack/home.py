"""The App Home: what a member has there whenever they look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.adapters.slack.layout import Layout
from bot.adapters.slack.text import Words
from bot.chat.message import Message, say
from bot.chat.raw import Json
from bot.chat.speech import Speech

MAX_BLOCKS = 100
"""Source: Block Kit's reference of views."""

_NO_PICTURES: Mapping[int, str] = MappingProxyType({})


def home(messages: Sequence[Message], speech: Speech) -> Json:
    """Return ``messages`` as one view, from top to bottom, a line between them.

    Nobody but the reader sees it, so nobody is told of what it says.

    Raises:
        ValueError: If it has more parts than Slack takes.
    """
    blocks: list[Json] = []
    for dense in (False, True):
        layout = Layout(Words(speech, None), _NO_PICTURES, dense=dense)
        for message in messages:
            layout.divided().filled(message)
        blocks = layout.blocks or layout.filled(say()).blocks
        if len(blocks) <= MAX_BLOCKS:
            return {"type": "home", "blocks": blocks}
    raise ValueError(f"{len(blocks)} blocks, and {MAX_BLOCKS} is the most")
