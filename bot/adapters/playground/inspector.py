"""What the drawer shows of a message: itself, the platforms' payloads, its limits."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from bot.adapters.playground.previews import (
    Preview,
    Previews,
    sending_of,
    setting_of,
)
from bot.adapters.playground.records import Post, words_said
from bot.adapters.playground.visit import Visit
from bot.chat import wire
from bot.chat.clip import clip
from bot.chat.limits import Use, uses_of
from bot.chat.message import Message
from bot.chat.text import phrase

_LONGEST = 400
"""Characters shown of one value; a file's content says nothing to a reader."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the drawer.

    Attributes:
        text: JSON, or why there is none.

        shown: How the platform shows it; None where that is not known.

        lang: The language that the message is in.
    """

    id: str
    name: str
    text: str
    shown: Markup | None = None
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Gauge:
    """How much of a limit a message uses, in words."""

    what: str
    used: str
    limit: str
    share: int
    over: bool


def inspect(visit: Visit, post: Post, previews: Previews) -> dict[str, object]:
    """Return what the drawer shows of ``post``.

    What members themselves said is sent to no platform, and has no preview.
    """
    body = post.draft.body
    tabs = [Tab("laurel", "Laurel", _pretty(json.loads(wire.encode(body))[1]))]
    if words_said(body) is None:
        tabs += [
            _previewed(f"platform-{number}", name, preview, visit, post)
            for number, (name, preview) in enumerate(previews.items())
        ]
    return {"tabs": tabs, "gauges": list(_gauges(visit, body)), "number_of": post.id}


def over_limits(visit: Visit, body: Message) -> Iterator[str]:
    """Yield the limits that ``body`` breaks for the member, in words."""
    yield from (gauge.what for gauge in _gauges(visit, body) if gauge.over)


def _gauges(visit: Visit, body: Message) -> Iterator[Gauge]:
    brush = visit.brush()
    fullest: dict[str, Use] = {}
    for use in uses_of(body, lambda spoken: len(brush.plain(spoken))):
        known = fullest.get(use.what)
        if known is None or use.used > known.used:
            fullest[use.what] = use
    for what, use in fullest.items():
        key = f"limits.{what}"
        named = visit.catalogue.has(key)
        yield Gauge(
            what=brush.plain(phrase(key)) if named else what,
            used=brush.number(use.used),
            limit=brush.number(use.limit),
            share=min(100, round(100 * use.used / use.limit)),
            over=use.over,
        )


def _previewed(id_: str, name: str, preview: Preview, visit: Visit, post: Post) -> Tab:
    locale = post.draft.locale
    try:
        payload = preview.payload(sending_of(visit, post))
        shown = None
        if preview.rendering is not None:
            shown = preview.rendering(payload, setting_of(visit, post))
    except (TypeError, ValueError) as error:
        return Tab(id_, name, f"{type(error).__name__}: {error}")
    return Tab(
        id_,
        name,
        _pretty(payload),
        shown,
        visit.catalogue.choose(locale or visit.locale),
    )


def _pretty(value: object) -> str:
    return json.dumps(_clipped(value), ensure_ascii=False, indent=2, default=str)


def _clipped(value: object) -> object:
    match value:
        case str():
            return clip(value, _LONGEST)
        case dict():
            return {key: _clipped(each) for key, each in value.items()}
        case list() | tuple():
            return [_clipped(each) for each in value]
        case _:
            return value
