"""What is looked up for a form of the playground: options, boxes, and their labels."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from bot.adapters.playground.answers import TYPED, Filled
from bot.adapters.playground.forms import label_text
from bot.adapters.playground.visit import Visit
from bot.chat import answering
from bot.chat.fields import Checks, Choice, Suggestion
from bot.chat.message import Action
from bot.chat.routes import RouteSpec

Suggest = Callable[[Visit, str, str], Awaitable[Sequence[Suggestion]]]
"""Returns what a lookup finds for a member, by its key and what is typed."""


async def boxes(
    suggest: Suggest, visit: Visit, route: RouteSpec, action: Action
) -> Mapping[str, Sequence[Suggestion]]:
    """Return the boxes of a form that goes to ``action``, by field."""
    return {
        asked.name: await answering.boxes(partial(suggest, visit, asked.lookup), action)
        for asked in route.fields
        if isinstance(asked, Checks) and asked.lookup
    }


async def labels(
    suggest: Suggest, visit: Visit, route: RouteSpec
) -> Mapping[str, Mapping[str, str]]:
    """Return what can stand behind a ``#``: values by label, by field."""
    return {
        asked.name: {
            label_text(visit, found): found.value
            for found in await suggest(visit, asked.lookup, "")
        }
        for asked in route.fields
        if isinstance(asked, Choice) and asked.lookup
    }


async def labelled(
    suggest: Suggest, visit: Visit, route: RouteSpec, filled: Filled
) -> Filled:
    """Return ``filled`` with the labels of what lookups found, to be shown."""
    words = dict(filled.words)
    for asked in route.fields:
        if not isinstance(asked, Choice) or not asked.lookup:
            continue
        value = filled.first(asked.name)
        for found in await suggest(visit, asked.lookup, ""):
            if found.value == value:
                words[asked.name + TYPED] = (label_text(visit, found),)
    return Filled(words, filled.files)
