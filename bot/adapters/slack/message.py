"""Neutral messages as what Slack's API takes: blocks, and text that says everything.

A message always fits: words of members are clipped, the longest first, until Slack
takes it all.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import msgspec

from bot.adapters.slack.fallback import fallback
from bot.adapters.slack.layout import Layout
from bot.adapters.slack.text import Words
from bot.chat.limits import MAX_QUOTE_CHARS
from bot.chat.message import File, Message
from bot.chat.raw import Json
from bot.chat.speech import Speech

EVENT_TYPE = "laurel_post"
"""Under which the metadata of a post says by what id it was delivered."""

MAX_BLOCKS = 50
"""Source: Block Kit's reference."""

MAX_BLOCK_CHARS = 13_000
"""Of all blocks as JSON. Slack does not say what it counts; from about 13,200 on it
answers ``msg_blocks_too_long``. Source: bolt-js, issue 2509."""

MAX_TEXT_CHARS = 40_000
"""What is longer is cut off. Source: Slack's changelog of April 2018."""

_NO_PICTURES: Mapping[int, str] = MappingProxyType({})

_QUIET: Mapping[str, bool] = MappingProxyType(
    {"unfurl_links": False, "unfurl_media": False, "mrkdwn": False}
)
"""Addresses bring no previews with them, and stars in the text are stars."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A message as Slack takes it.

    Attributes:
        body: ``text`` and ``blocks``; for what is delivered also ``metadata``,
            ``unfurl_links``, ``unfurl_media`` and ``mrkdwn``.

        files: What has to be uploaded; ``body`` names them.
    """

    body: Json
    files: tuple[File, ...] = ()


def draw(
    message: Message,
    speech: Speech,
    *,
    delivery_id: str | None = None,
    pictures: Mapping[int, str] = _NO_PICTURES,
    private: bool = False,
) -> Payload:
    """Return ``message`` as it is said to one reader.

    Args:
        message: What is said.
        speech: To whom. Where it is not private, it has to know the names of all
            members in the message: those who are not told are drawn by name.
        delivery_id: What `carries` finds again; None for an answer.
        pictures: Slack's ids of the uploaded pictures, by where their card stands
            among the message's nodes, counted from 0. One that is not there is told
            in words.
        private: Whether nobody but the reader sees it, so that a mention notifies no
            one, and everybody can be mentioned.

    Raises:
        ValueError: If it has more parts than Slack takes.
    """
    layout, text = _fitted(message, speech, pictures, private=private)
    body: Json = {"text": text, "blocks": layout.blocks}
    if delivery_id is not None:
        marked = {"event_type": EVENT_TYPE, "event_payload": {"id": delivery_id}}
        body |= {"metadata": marked, **_QUIET}
    return Payload(body, tuple(layout.files))


def carries(raw: Json, delivery_id: str) -> bool:
    """Return whether Slack's message ``raw`` was drawn with ``delivery_id``.

    Slack brings metadata only where it is asked for (``include_all_metadata``).
    """
    metadata = raw.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("event_type") != EVENT_TYPE:
        return False
    return bool(metadata.get("event_payload") == {"id": delivery_id})


def wire_of(pressed: Json) -> str | None:
    """Return the action of one of ``block_actions``' ``actions``.

    It is the ``value`` of a button or of the selected option; None for a button that
    only leads to an address, which Slack reports all the same.
    """
    selected = pressed.get("selected_option")
    value = (selected if isinstance(selected, dict) else pressed).get("value")
    return value.partition("#")[0] if isinstance(value, str) else None


def _fitted(
    message: Message, speech: Speech, pictures: Mapping[int, str], *, private: bool
) -> tuple[Layout, str]:
    told = None if private else frozenset(message.mentions)

    def paint(max_quote_chars: int) -> tuple[Layout, str]:
        words = Words(speech, told, max_quote_chars)
        layout = Layout(words, pictures, dense=dense).filled(message)
        return layout, fallback(layout.blocks, words.names)

    dense = False
    layout, text = paint(MAX_QUOTE_CHARS)
    if len(layout.blocks) > MAX_BLOCKS:
        dense = True
        layout, text = paint(MAX_QUOTE_CHARS)
    if len(layout.blocks) > MAX_BLOCKS:
        raise ValueError(f"{len(layout.blocks)} blocks, and {MAX_BLOCKS} is the most")
    if _is_taken(layout, text):
        return layout, text
    # Whoever is clipped to fewer characters is clipped last: the longest go first.
    sizes = range(1, MAX_QUOTE_CHARS)
    over = bisect_left(sizes, x=True, key=lambda most: not _is_taken(*paint(most)))
    return paint(max(1, over))


def _is_taken(layout: Layout, text: str) -> bool:
    """Return whether Slack takes as much as this."""
    if len(text) > MAX_TEXT_CHARS:
        return False
    written = msgspec.json.encode(layout.blocks)
    # No text has more characters than bytes, and most are far from the limit.
    return len(written) <= MAX_BLOCK_CHARS or len(written.decode()) <= MAX_BLOCK_CHARS
