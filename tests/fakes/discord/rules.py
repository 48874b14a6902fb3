"""What Discord refuses in messages and forms, beyond its OpenAPI document."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, Final

from tests.fakes.discord.places import COMPONENTS_V2, EPHEMERAL, Json

_STRANGE: Final = re.compile(r"[^A-Za-z0-9_.-]")
_MAX_COMPONENTS: Final = 40
_MAX_TEXT: Final = 4000
_MAX_CONTENT: Final = 2000
_MAX_EMBEDS: Final = 6000
_MAX_ROWS: Final = 5
_MAX_QUESTIONS: Final = 5
_ROW, _BUTTON, _TEXT_INPUT, _TEXT, _LABEL = 1, 2, 4, 10, 18
_SELECTS: Final = (3, 5, 6, 7, 8)
_COUNTED: Final = (*_SELECTS, 19, 22)
_LINK, _PREMIUM = 5, 6
_MAY_BE_SET: Final = (1 << 2) | EPHEMERAL | (1 << 12) | COMPONENTS_V2


def cleansed(name: str) -> str:
    """Return a file's name as Discord keeps it; references to it are read alike."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    kept = _STRANGE.sub("", "_".join(plain.split())).strip("._")
    return kept or "unknown"


def walk(components: Sequence[Json] | None) -> Iterator[Json]:
    """Give every component, nested ones after what holds them."""
    for each in components or ():
        yield each
        yield from walk(each.get("components"))
        for single in ("accessory", "component"):
            if single in each:
                yield from walk([each[single]])


def message_problems(payload: Json, flags: int, files: Collection[str]) -> list[str]:
    """Return what is wrong with a message.

    Args:
        payload: As the bot sent it.
        flags: What the message has then, also from before an edit.
        files: Names of the attachments that it has then.
    """
    found = [*_text(payload), *_mentions(payload), *_flags(payload)]
    components = payload.get("components") or []
    found += _v2(payload) if flags & COMPONENTS_V2 else _legacy(components)
    found += _rows(components)
    found += _together(components)
    found += _references(components, files)
    return found


def modal_problems(data: Json) -> list[str]:
    """Return what is wrong with a form."""
    top = data.get("components") or []
    found = []
    if len(top) > _MAX_QUESTIONS:
        found.append(f"a form has {len(top)} components, and {_MAX_QUESTIONS} may be")
    found += _together(top)
    for each in walk(top):
        found += _question(each)
    return found


def _text(payload: Json) -> Iterator[str]:
    if len(payload.get("content") or "") > _MAX_CONTENT:
        yield f"content is longer than {_MAX_CONTENT}"
    total = sum(_embed_length(each) for each in payload.get("embeds") or ())
    if total > _MAX_EMBEDS:
        yield f"embeds have {total} characters, and {_MAX_EMBEDS} may be"


def _embed_length(embed: Json) -> int:
    fields = embed.get("fields") or ()
    return (
        len(embed.get("title") or "")
        + len(embed.get("description") or "")
        + sum(len(each["name"]) + len(each["value"]) for each in fields)
        + len((embed.get("footer") or {}).get("text") or "")
        + len((embed.get("author") or {}).get("name") or "")
    )


def _mentions(payload: Json) -> Iterator[str]:
    allowed = payload.get("allowed_mentions") or {}
    for kind in ("users", "roles"):
        if kind in (allowed.get("parse") or ()) and allowed.get(kind):
            yield f"allowed_mentions: parse:[{kind!r}] excludes {kind}:[ids]"


def _flags(payload: Json) -> Iterator[str]:
    wrong = (payload.get("flags") or 0) & ~_MAY_BE_SET
    if wrong:
        yield f"flags: {wrong:#x} cannot be set by a bot"


def _v2(payload: Json) -> Iterator[str]:
    for key in ("content", "embeds", "poll", "sticker_ids"):
        if payload.get(key):
            yield f"{key} cannot stand beside components v2"
    components = payload.get("components") or []
    count = sum(1 for _ in walk(components))
    if count > _MAX_COMPONENTS:
        yield f"{count} components, and {_MAX_COMPONENTS} may be, nested ones counted"
    texts = [each.get("content") or "" for each in walk(components) if _is_text(each)]
    if sum(map(len, texts)) > _MAX_TEXT:
        yield f"{sum(map(len, texts))} characters of text, and {_MAX_TEXT} may be"
    if any(not text.strip() for text in texts):
        yield "a text display is blank"


def _is_text(component: Json) -> bool:
    return bool(component.get("type") == _TEXT)


def _legacy(components: Sequence[Json]) -> Iterator[str]:
    if len(components) > _MAX_ROWS:
        yield f"{len(components)} rows, and {_MAX_ROWS} may be"
    for each in components:
        if each.get("type") != _ROW:
            yield f"component type {each.get('type')} needs the components v2 flag"


def _rows(components: Sequence[Json]) -> Iterator[str]:
    for row in walk(components):
        if row.get("type") != _ROW:
            continue
        kinds = [each.get("type") for each in row.get("components") or ()]
        if len(kinds) > 1 and set(kinds) != {_BUTTON}:
            yield "a row holds up to five buttons, or one select alone"
    for each in walk(components):
        if each.get("type") == _BUTTON:
            yield from _button(each)


def _button(button: Json) -> Iterator[str]:
    style = button.get("style")
    has_id, has_url = bool(button.get("custom_id")), bool(button.get("url"))
    if style == _LINK and (has_id or not has_url):
        yield "a link button has a url and no custom_id"
    if style not in {_LINK, _PREMIUM} and (has_url or not has_id):
        yield "a button has a custom_id and no url"
    if style != _PREMIUM and not button.get("label") and not button.get("emoji"):
        yield "a button has a label or an emoji"


def _together(components: Sequence[Json]) -> Iterator[str]:
    every = list(walk(components))
    for key in ("custom_id", "id"):
        counted = Counter(each[key] for each in every if each.get(key))
        yield from (f"{key} {value!r} twice" for value, n in counted.items() if n > 1)
    for each in every:
        yield from _choices(each)


def _choices(component: Json) -> Iterator[str]:
    if component.get("type") not in {*_COUNTED, 21}:
        return
    name = component.get("custom_id")
    fewest, most = component.get("min_values"), component.get("max_values")
    if most is not None and (1 if fewest is None else fewest) > most:
        yield f"{name}: min_values is above max_values"
    options = component.get("options")
    if options is not None:
        values = Counter(each.get("value") for each in options)
        yield from (f"{name}: option {v!r} twice" for v, n in values.items() if n > 1)
        if most is not None and most > len(options):
            yield f"{name}: max_values {most} is above its {len(options)} options"
    chosen: Sequence[Any] = [each for each in options or () if each.get("default")]
    if len(chosen or component.get("default_values") or ()) > (most or 1) and (
        component.get("type") != 22 or most is not None
    ):
        yield f"{name}: more default values than max_values"


def _question(component: Json) -> Iterator[str]:
    kind, name = component.get("type"), component.get("custom_id")
    if kind == _LABEL and len(component.get("label") or "") > 45:
        yield "a label has more than 45 characters"
    optional = component.get("required") is False
    if kind in _COUNTED and not optional and component.get("min_values") == 0:
        yield f"{name}: min_values 0 needs required to be false"
    if kind in _SELECTS and component.get("disabled"):
        yield f"{name}: nothing in a form can be disabled"
    if kind != _TEXT_INPUT:
        return
    if component.get("label"):
        yield f"{name}: a text input in a label has no label of its own"
    value = component.get("value") or ""
    most = component.get("max_length") or _MAX_TEXT
    if (component.get("min_length") or 0) > most:
        yield f"{name}: min_length is above max_length"
    if len(value) > most:
        yield f"{name}: its value has {len(value)} characters, and {most} may be"
    if value and len(value) < (component.get("min_length") or 0):
        yield f"{name}: its value is shorter than min_length"


def _references(components: Sequence[Json], files: Collection[str]) -> Iterator[str]:
    named = [attachment_name(each["url"]) for each in media(components)]
    for name in named:
        if name is not None and name not in files:
            yield f"no file {name!r} is attached"


def attachment_name(url: str) -> str | None:
    """Return which attachment an address means; None where it means none."""
    scheme, found, name = url.partition("attachment://")
    return cleansed(name) if found and not scheme else None


def media(components: Sequence[Json]) -> Iterator[Json]:
    """Give all that components show of files and addresses."""
    for each in walk(components):
        yield from (each[key] for key in ("file", "media") if each.get(key))
        yield from (item["media"] for item in each.get("items") or ())
