"""What Slack asks of blocks and views beyond the schema, one rule a function."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlsplit

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from tests.fakes.slack import blockkit
from tests.fakes.slack.places import Json

MAX_BLOCKS_CHARS: Final = 13_200
_MAX_MARKDOWN: Final = 12_000
_MAX_VIEW: Final = 250_000
_HOME_HOSTS: Final = ("localhost", "127.", "10.", "192.168.", "[", "0.")
_OPTIONED: Final = {
    "static_select",
    "multi_static_select",
    "radio_buttons",
    "checkboxes",
    "overflow",
}
_TOKEN: Final = re.compile(r"\{(\w+)\}")
_TOKENS: Final = {
    "ago",
    "date",
    "date_long",
    "date_long_full",
    "date_long_pretty",
    "date_num",
    "date_pretty",
    "date_short",
    "date_short_pretty",
    "date_slash",
    "day_divider_pretty",
    "time",
    "time_secs",
}
_ONLY_IN_MODALS: Final = {"file_input"}

Knows = Callable[[str, str], bool]
"""Whether there is a user, channel, usergroup or file of this id."""


def message_problems(blocks: Sequence[Json], knows: Knows) -> list[str]:
    """Return what is wrong with the blocks of a message, a line each."""
    found = blockkit.problems("message", blocks)
    found += [*_models(blocks), *_together(blocks, knows), *_nowhere(blocks)]
    return found


def view_problems(view: Json, knows: Knows) -> list[str]:
    """Return what is wrong with a modal or a home, a line each."""
    kind = view.get("type")
    if kind not in {"modal", "home"}:
        return [f"a view is a modal or a home, not {kind!r}"]
    found = blockkit.problems(kind, view)
    blocks = view.get("blocks") or []
    found += [*_model_of_view(view), *_models(blocks), *_together(blocks, knows)]
    found += _submit(view)
    if len(json.dumps(view)) > _MAX_VIEW:
        found.append(f"a view of more than {_MAX_VIEW} characters")
    return found + (_nowhere(blocks) if kind == "home" else [])


def walk(found: Any) -> Iterator[Json]:
    """Give every object within, itself first."""
    if isinstance(found, Mapping):
        yield dict(found)
        for each in found.values():
            yield from walk(each)
    elif isinstance(found, list):
        for each in found:
            yield from walk(each)


def elements(blocks: Sequence[Json]) -> Iterator[tuple[Json, Json]]:
    """Give every interactive element, with its block."""
    for block in blocks:
        inner = block.get("elements", ()) if block.get("type") == "actions" else ()
        for each in (*inner, block.get("accessory"), block.get("element")):
            if isinstance(each, dict):
                yield block, each


def chars(blocks: Sequence[Json]) -> int:
    """Return how many characters of text are in blocks."""
    return sum(
        len(each["text"]) for each in walk(blocks) if isinstance(each.get("text"), str)
    )


def _models(blocks: Sequence[Json]) -> Iterator[str]:
    for place, block in enumerate(blocks):
        try:
            parsed = Block.parse(block)
            if parsed is not None:
                parsed.validate_json()
        except SlackObjectFormationError as error:
            yield f"{place}: {error}"
        except (TypeError, AttributeError, KeyError, ValueError):
            yield f"{place}: slack_sdk cannot read it"


def _model_of_view(view: Json) -> Iterator[str]:
    try:
        View(**view).validate_json()
    except SlackObjectFormationError as error:
        yield str(error)
    except (TypeError, AttributeError, KeyError, ValueError) as error:
        yield f"slack_sdk cannot read it: {error}"


def _together(blocks: Sequence[Json], knows: Knows) -> Iterator[str]:
    ids = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    yield from (f"block_id {name!r} twice" for name, n in ids.items() if n > 1)
    named: dict[int, list[str]] = {}
    for block, element in elements(blocks):
        named.setdefault(id(block), []).append(element.get("action_id") or "")
        yield from _element(element)
    for every in named.values():
        twice = Counter(filter(None, every))
        yield from (f"action_id {name!r} twice" for name, n in twice.items() if n > 1)
    if sum(bool(each.get("focus_on_load")) for _, each in elements(blocks)) > 1:
        yield "focus_on_load more than once"
    marked = [b.get("text") or "" for b in blocks if b.get("type") == "markdown"]
    if sum(map(len, marked)) > _MAX_MARKDOWN:
        yield f"more than {_MAX_MARKDOWN} characters of markdown"
    for each in walk(list(blocks)):
        yield from _leaf(each, knows)


def _leaf(each: Json, knows: Knows) -> Iterator[str]:
    if each.get("type") == "text" and each.get("text") == "":
        yield "a text element is empty"
    url = each.get("url")
    if isinstance(url, str) and not urlsplit(url).scheme:
        yield f"{url!r} is no address"
    image = each.get("image_url")
    if isinstance(image, str) and not _public(image):
        yield f"downloading image failed: {image}"
    if each.get("type") == "date":
        yield from _date(str(each.get("format")))
    names = {"user": "user_id", "channel": "channel_id", "usergroup": "usergroup_id"}
    for kind, key in names.items():
        if each.get("type") == kind and not knows(kind, str(each.get(key))):
            yield f"no {kind} {each.get(key)!r}"


def _date(form: str) -> Iterator[str]:
    tokens = _TOKEN.findall(form)
    if not tokens:
        yield f"{form!r} shows no date"
    for token in tokens:
        if token not in _TOKENS:
            yield f"{{{token}}} is no part of a date"


def _public(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme in {"http", "https"} and not host.startswith(_HOME_HOSTS)


def _element(element: Json) -> Iterator[str]:
    kind, name = element.get("type"), element.get("action_id")
    if kind in _OPTIONED:
        yield from _chosen(element)
    if kind == "plain_text_input":
        yield from _written(element)
    if kind == "number_input":
        yield from _numbered(element)
    initial = [v for k, v in element.items() if k.startswith("initial_")]
    most = element.get("max_selected_items")
    if most is not None and any(isinstance(v, list) and len(v) > most for v in initial):
        yield f"{name}: more is chosen at first than may be"


def _chosen(element: Json) -> Iterator[str]:
    name = element.get("action_id")
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options += group.get("options") or ()
    if not options:
        yield f"{name}: a {element['type']} has options"
    values = Counter(option.get("value") for option in options)
    yield from (f"{name}: option {v!r} twice" for v, n in values.items() if n > 1)
    first = element.get("initial_option")
    for each in [*([first] if first else []), *element.get("initial_options", ())]:
        if each not in options:
            yield f"{name}: {each.get('value')!r} is chosen at first and no option"


def _written(element: Json) -> Iterator[str]:
    name, said = element.get("action_id"), element.get("initial_value") or ""
    fewest, most = element.get("min_length") or 0, element.get("max_length") or 3000
    if fewest > most:
        yield f"{name}: min_length is above max_length"
    if len(said) > most:
        yield f"{name}: initial_value has {len(said)} characters, and {most} may be"


def _numbered(element: Json) -> Iterator[str]:
    name = element.get("action_id")
    keys = ("min_value", "initial_value", "max_value")
    held = [float(element[key]) for key in keys if element.get(key) is not None]
    if held != sorted(held):
        yield f"{name}: min, initial and max are out of order"


def _submit(view: Json) -> list[str]:
    asks = any(block.get("type") == "input" for block in view.get("blocks") or ())
    if view.get("type") == "modal" and asks and not view.get("submit"):
        return ["a modal with inputs has a submit button"]
    return []


def _nowhere(blocks: Sequence[Json]) -> list[str]:
    kinds = {element.get("type") for _, element in elements(blocks)}
    found = [f"{kind} stands in a modal alone" for kind in kinds & _ONLY_IN_MODALS]
    for _, element in elements(blocks):
        if element.get("response_url_enabled"):
            found.append("response_url_enabled stands in a modal alone")
    return found
