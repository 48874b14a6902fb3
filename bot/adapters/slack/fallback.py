"""What blocks say, as text: for notifications, for search, and to be read aloud."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bot.adapters.slack.text import escape, nameless
from bot.chat.raw import Json

_BAR = re.compile("[▰▱]{8}\u2002")
"""A bar of a ranked list, which is seen and not read."""

_TOKEN = re.compile(r"<(?:!date\^[^|<>]*\|([^<>]*)|#([^|<>]+))>")


def fallback(blocks: Iterable[Json], names: Mapping[str, str]) -> str:
    """Return all that ``blocks`` say as the ``text`` of a message, nothing alive in it.

    Args:
        blocks: What Slack draws.
        names: Of the people and channels that ``blocks`` mention, by id.
    """
    said = (_block_said(block, names) for block in blocks)
    return nameless("\n".join(filter(None, said)))


def _block_said(block: Json, names: Mapping[str, str]) -> str:
    match block["type"]:
        case "header":
            return escape(block["text"]["text"])
        case "rich_text":
            return "\n".join([_element_said(e, names) for e in block["elements"]])
        case "context":
            return " ".join([_small_said(e, names) for e in block["elements"]])
        case "actions":
            return " ".join([f"[{_control_said(e)}]" for e in block["elements"]])
        case "image":
            return escape(block["alt_text"])
        case _:
            return ""


def _element_said(element: Json, names: Mapping[str, str]) -> str:
    if element["type"] != "rich_text_list":
        return _leaves_said(element["elements"], names)
    first = element.get("offset", 0) + 1
    return "\n".join(
        f"{number}. {_leaves_said(each['elements'], names)}"
        for number, each in enumerate(element["elements"], first)
    )


def _leaves_said(leaves: Sequence[Json], names: Mapping[str, str]) -> str:
    said = []
    for leaf in leaves:
        match leaf["type"]:
            case "text":
                if _BAR.fullmatch(leaf["text"]) is None:
                    said.append(escape(leaf["text"]))
            case "user":
                said.append(escape(names[leaf["user_id"]]))
            case "channel":
                said.append(escape(names[leaf["channel_id"]]))
            case _:
                said.append(escape(leaf["fallback"]))
    return "".join(said)


def _small_said(element: Json, names: Mapping[str, str]) -> str:
    def named(found: re.Match[str]) -> str:
        return found[1] if found[1] is not None else escape(names[found[2]])

    if element["type"] == "plain_text":
        return escape(element["text"])
    return _TOKEN.sub(named, element["text"])


def _control_said(control: Json) -> str:
    if "text" in control:
        return " ".join(
            filter(None, (escape(control["text"]["text"]), control.get("url")))
        )
    asked = escape(control["placeholder"]["text"]) if "placeholder" in control else "…"
    labels = [escape(option["text"]["text"]) for option in control["options"]]
    return f"{asked}: {', '.join(labels)}"
