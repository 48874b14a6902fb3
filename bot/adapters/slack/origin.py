"""Where something began, and so where its answers go; a form carries it along."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from bot.adapters.slack.raw import is_channel_id, is_direct, is_ts
from bot.chat.raw import Json, maybe_object_in, maybe_text_in, objects_in

KEPT = "again:"
"""What the value of a button begins with that opens a form that was kept."""

_ANSWER = "answer."
"""What the first block of an answer begins with that stands in direct messages: there,
what the courier brought stands as well, and is not drawn anew."""

_MAX_METADATA_CHARS = 3_000
_URL_LIFE_S = 29 * 60
"""For how long an address for answers is tried; Slack takes them for half an hour."""

_HOSTS = ("slack.com", "slack-gov.com")

Surface = Literal["message", "home", "form"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an answer goes.

    Attributes:
        channel: None where it began in none: at home, or in Slack's own menu.

        url: Slack's address for answers, which takes five within half an hour.

        given_s: When Slack gave it, in seconds of Unix time.

        alone: Whether what was pressed is seen by its member alone, and so may be
            drawn anew.

        corrects: Whether it is a refusal that the member is mending.

        thread: The message whose thread it began in; None where it was in none.

        surface: What was pressed or typed in: a channel's messages, the home of the
            app, or a form that Laurel opened for an answer.
    """

    channel: str | None = None
    url: str | None = None
    given_s: int = 0
    alone: bool = False
    corrects: bool = False
    thread: str | None = None
    surface: Surface = "message"

    def encode(self) -> str:
        """Return what a form carries along."""
        packed = {
            "c": self.channel,
            "u": self.url,
            "t": self.given_s if self.url else None,
            "a": self.alone,
            "r": self.corrects,
            "h": self.thread,
            "s": self.surface if self.surface != "message" else None,
        }
        written = json.dumps({k: v for k, v in packed.items() if v})
        return written if len(written) <= _MAX_METADATA_CHARS else "{}"


def origin_of(raw: Json, api: str, at: datetime) -> Origin:
    """Return where ``raw`` began; ``api`` is where Slack itself is, ``at`` now.

    Raises:
        MalformedError: If ``raw`` is not as Slack documents it.
    """
    view, now_s = maybe_object_in(raw, "view"), int(at.timestamp())
    if raw.get("type") == "view_submission" and view is not None:
        return _carried(view, api, now_s)
    if view is not None:
        surface: Surface = "home" if view.get("type") == "home" else "form"
        return Origin(surface=surface)
    container = maybe_object_in(raw, "container") or {}
    channel = maybe_object_in(raw, "channel") or {}
    found = raw.get("channel_id") or channel.get("id")
    return Origin(
        channel=found if is_channel_id(found) else None,
        url=_checked(maybe_text_in(raw, "response_url"), api),
        given_s=now_s,
        alone=container.get("is_ephemeral") is True or _is_answer(raw, found),
        corrects=kept_form(raw) is not None,
        thread=_thread_of(container, maybe_object_in(raw, "message") or {}),
    )


def kept_form(raw: Json) -> str | None:
    """Return the id of the form that the pressed button opens again, if it does."""
    pressed = raw.get("actions")
    first = pressed[0] if isinstance(pressed, list) and pressed else None
    value = first.get("value") if isinstance(first, dict) else None
    if not isinstance(value, str) or not value.startswith(KEPT):
        return None
    return value.removeprefix(KEPT)


def marked(body: Json) -> Json:
    """Return an answer so that it is known as one in direct messages."""
    blocks = body.get("blocks")
    if not isinstance(blocks, list) or not blocks:
        return body
    first = {**blocks[0], "block_id": f"{_ANSWER}{blocks[0].get('block_id', '')}"}
    return {**body, "blocks": [first, *blocks[1:]]}


def _thread_of(container: Json, message: Json) -> str | None:
    """Return the thread of what was pressed; what begins one stands in the channel."""
    found = container.get("thread_ts") or message.get("thread_ts")
    if not is_ts(found) or found == container.get("message_ts"):
        return None
    return str(found)


def _is_answer(raw: Json, channel_id: object) -> bool:
    """Return whether what was pressed is an answer in direct messages."""
    if not isinstance(channel_id, str) or not is_direct(channel_id):
        return False
    blocks = objects_in(maybe_object_in(raw, "message") or {}, "blocks")
    return bool(blocks) and str(blocks[0].get("block_id")).startswith(_ANSWER)


def _carried(view: Json, api: str, now_s: int) -> Origin:
    """Return what `Origin.encode` wrote into a form; nothing where nobody did."""
    try:
        found = json.loads(maybe_text_in(view, "private_metadata") or "{}")
    except (ValueError, RecursionError):
        return Origin()
    if not isinstance(found, dict):
        return Origin()
    channel, url, surface = found.get("c"), found.get("u"), found.get("s")
    given_s = found.get("t")
    if not isinstance(given_s, int) or not 0 <= now_s - given_s < _URL_LIFE_S:
        given_s, url = 0, None
    return Origin(
        channel=channel if is_channel_id(channel) else None,
        url=_checked(url if isinstance(url, str) else None, api),
        given_s=given_s,
        alone=found.get("a") is True,
        corrects=found.get("r") is True,
        thread=found["h"] if is_ts(found.get("h")) else None,
        surface="home" if surface == "home" else "message",
    )


def _checked(url: str | None, api: str) -> str | None:
    """Return ``url`` where it leads to Slack, or to where ``api`` is."""
    if not url:
        return None
    try:
        there, home = urlsplit(url), urlsplit(api)
        host = there.hostname or ""
    except ValueError:
        return None
    if (there.scheme, there.netloc) == (home.scheme, home.netloc):
        return url
    at_slack = any(host == each or host.endswith(f".{each}") for each in _HOSTS)
    return url if there.scheme == "https" and at_slack else None
