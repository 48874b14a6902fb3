"""What somebody at a screen sees after having done something."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.slack.deeds import Deed, Effect
from tests.fakes.slack.places import Json, Message


@dataclass(frozen=True, slots=True)
class Shown:
    """What Slack shows.

    Attributes:
        kind: ``message``, ``replaced`` (the message acted on changed), ``deleted``,
            ``view``, ``home``, ``errors`` (beside the fields), ``closed`` (the view
            went, and nothing was said), ``nothing``, or ``unanswered`` (three
            seconds passed, and Slack says that it did not work).

        message: The answer, or what was changed, as it stood then.

        view: The modal or home, as it stood then.

        errors: Words by block id.

        acked_s: Real seconds until the bot took it in; 3 where it did not.

        messages: Everything that was said, oldest first.
    """

    kind: str
    deed: Deed = field(repr=False)
    acked_s: float
    message: Json | None = None
    view: Json | None = None
    errors: dict[str, str] = field(default_factory=dict)
    messages: tuple[Json, ...] = ()

    @property
    def ephemeral(self) -> bool:
        """Whether only the member sees the answer."""
        return bool(self.message and self.message.get("is_ephemeral"))

    @property
    def text(self) -> str:
        """All words of the message or view, a line for each piece."""
        return words(self.message or self.view or {})


def drawn(message: Message) -> Json:
    """Return a message as it stands now, with its channel."""
    return deepcopy(message.raw) | {"channel": message.channel.id}


def show(deed: Deed, patience_s: float) -> Shown:
    """Return what stands there now."""
    if deed.ack is None:
        return Shown("unanswered", deed, patience_s)
    said = tuple(drawn(each.message) for each in deed.effects if each.message)
    last = _telling(deed.effects)
    if last is None:
        return Shown("nothing", deed, deed.ack.took_s, messages=said)
    message = drawn(last.message) if last.message is not None else None
    view = deepcopy(last.view.raw) if last.view is not None else None
    acked_s, errors = deed.ack.took_s, dict(last.errors)
    return Shown(last.kind, deed, acked_s, message, view, errors, said)


def _telling(effects: list[Effect]) -> Effect | None:
    """Return the effect that somebody would look at: the last, but a closing."""
    for each in reversed(effects):
        if each.kind != "closed":
            return each
    return effects[-1] if effects else None


def words(found: Json) -> str:
    """Return all that can be read in a message or view, a line for each piece."""
    pieces: list[str] = []
    title = found.get("title")
    if isinstance(title, dict):
        pieces.append(title["text"])
    if not found.get("blocks"):
        pieces.append(str(found.get("text") or ""))
    for block in found.get("blocks") or ():
        pieces += _pieces(block)
    pieces += [each["title"] for each in found.get("files") or ()]
    return "\n".join(filter(None, pieces))


def _pieces(block: Any) -> Iterator[str]:
    """Give the words of a block or what is in it, in the order of reading."""
    if isinstance(block, list):
        for each in block:
            yield from _pieces(each)
    if not isinstance(block, dict):
        return
    kind = block.get("type", "")
    if kind in {"plain_text", "mrkdwn", "markdown"}:
        yield block["text"]
    elif kind in {"rich_text_section", "rich_text_quote", "rich_text_preformatted"}:
        yield "".join(map(_leaf, block["elements"]))
    else:
        for key in ("title", "label", "text", "fields", "elements", "accessory"):
            yield from _pieces(block.get(key))
        yield str(block.get("alt_text") or "")
        for key in ("element", "placeholder", "initial_value", "options", "hint"):
            held = block.get(key)
            yield from [held] if isinstance(held, str) else _pieces(held)


def _leaf(leaf: Json) -> str:
    match leaf["type"]:
        case "user":
            return f"<@{leaf['user_id']}>"
        case "channel":
            return f"<#{leaf['channel_id']}>"
        case "usergroup":
            return f"<!subteam^{leaf['usergroup_id']}>"
        case "broadcast":
            return f"<!{leaf['range']}>"
        case "date":
            return str(leaf.get("fallback") or leaf["timestamp"])
        case "emoji":
            return f":{leaf['name']}:"
        case "link":
            return str(leaf.get("text") or leaf["url"])
        case _:
            return str(leaf.get("text", ""))
