"""What Discord makes of a message's components: numbered, with what was left open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, Final

from tests.fakes.discord.places import Json
from tests.fakes.discord.rules import attachment_name, walk

_DEFAULTS: Final[Mapping[int, Json]] = {
    3: {"min_values": 1, "max_values": 1},
    5: {"min_values": 1, "max_values": 1},
    6: {"min_values": 1, "max_values": 1},
    7: {"min_values": 1, "max_values": 1},
    8: {"min_values": 1, "max_values": 1},
    11: {"description": None, "spoiler": False},
    13: {"spoiler": False},
    14: {"divider": True, "spacing": 1},
    17: {"accent_color": None, "spoiler": False},
}


def draw(components: Sequence[Json], files: Mapping[str, Json]) -> list[Json]:
    """Return the components as Discord keeps them.

    Args:
        components: As the bot sent them, and right.
        files: The message's attachments by their name.
    """
    taken = {each["id"] for each in walk(components) if each.get("id")}
    numbers = (number for number in count(1) if number not in taken)
    return [_drawn(each, files, numbers) for each in components]


def _drawn(
    component: Json, files: Mapping[str, Json], numbers: Iterator[int]
) -> dict[str, Any]:
    kind = component["type"]
    given = {
        key: value
        for key, value in component.items()
        if value is not None and key != "required"
    }
    kept = {**_DEFAULTS.get(kind, {}), **given}
    kept["id"] = component.get("id") or next(numbers)
    if "components" in component:
        kept["components"] = [
            _drawn(c, files, numbers) for c in component["components"]
        ]
    if "accessory" in component:
        kept["accessory"] = _drawn(component["accessory"], files, numbers)
    if "options" in component:
        kept["options"] = [_option(each) for each in component["options"]]
    if "items" in component:
        kept["items"] = [_item(each, files) for each in component["items"]]
    if "media" in component:
        kept["media"] = _unfurled(component["media"], files)
    if "file" in component:
        kept |= _file(component["file"], files)
    return kept


def _option(option: Json) -> Json:
    return {key: value for key, value in option.items() if value is not None}


def _item(item: Json, files: Mapping[str, Json]) -> Json:
    return {
        "media": _unfurled(item["media"], files),
        "description": item.get("description"),
        "spoiler": bool(item.get("spoiler")),
    }


def _file(file: Json, files: Mapping[str, Json]) -> Json:
    held = files.get(attachment_name(file["url"]) or "", {})
    return {
        "file": _unfurled(file, files),
        "name": held.get("filename"),
        "size": held.get("size"),
    }


def _unfurled(media: Json, files: Mapping[str, Json]) -> Json:
    held = files.get(attachment_name(media["url"]) or "")
    if held is None:
        return {"id": "0", "url": media["url"], "proxy_url": media["url"]}
    return {
        "id": held["id"],
        "url": held["url"],
        "proxy_url": held["proxy_url"],
        "content_type": held.get("content_type"),
        "attachment_id": held["id"],
    }
