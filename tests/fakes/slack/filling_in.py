"""What people press, choose and write, as Slack tells of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from tests.fakes.slack import rules
from tests.fakes.slack.places import Attachment, Json

_PICKED: Final[Mapping[str, str]] = {
    "channels_select": "selected_channel",
    "checkboxes": "selected_options",
    "conversations_select": "selected_conversation",
    "datepicker": "selected_date",
    "external_select": "selected_option",
    "file_input": "files",
    "multi_channels_select": "selected_channels",
    "multi_conversations_select": "selected_conversations",
    "multi_external_select": "selected_options",
    "multi_static_select": "selected_options",
    "multi_users_select": "selected_users",
    "overflow": "selected_option",
    "radio_buttons": "selected_option",
    "static_select": "selected_option",
    "timepicker": "selected_time",
    "users_select": "selected_user",
}
_FIRST: Final[Mapping[str, str]] = {
    "channels_select": "initial_channel",
    "checkboxes": "initial_options",
    "conversations_select": "initial_conversation",
    "datepicker": "initial_date",
    "external_select": "initial_option",
    "multi_channels_select": "initial_channels",
    "multi_conversations_select": "initial_conversations",
    "multi_external_select": "initial_options",
    "multi_static_select": "initial_options",
    "multi_users_select": "initial_users",
    "radio_buttons": "initial_option",
    "static_select": "initial_option",
    "timepicker": "initial_time",
    "users_select": "initial_user",
}
_MANY: Final = frozenset({"checkboxes", "file_input"})
_OPTIONED: Final = frozenset({"external_select", "multi_external_select"})

Upload = Callable[[Attachment], Json]


class NotPossibleError(Exception):
    """What Slack's client would not let anybody do."""


def button(
    blocks: Sequence[Json], label: str, action_id: str | None
) -> tuple[Json, Json]:
    """Return the button whose label begins so, or whose action_id does, and its block.

    Raises:
        NotPossibleError: If there is none.
    """
    for block, element in rules.elements(blocks):
        if element["type"] != "button":
            continue
        by_id = action_id is not None and element["action_id"].startswith(action_id)
        if by_id or (action_id is None and element["text"]["text"].startswith(label)):
            return block, element
    raise NotPossibleError(f"no button {action_id or label!r}")


def picked(
    blocks: Sequence[Json], values: Sequence[Any], action_id: str | None
) -> tuple[Json, Json, Json]:
    """Return the first menu that offers the values, its block, and what is picked.

    Raises:
        NotPossibleError: If none does.
    """
    for block, element in rules.elements(blocks):
        kind = element["type"]
        meant = action_id is None or element["action_id"].startswith(action_id)
        if kind not in _PICKED or not meant:
            continue
        many = kind.startswith("multi_") or kind in _MANY
        try:
            value = _chosen(element, list(values) if many else values[0], None)
        except NotPossibleError:
            continue
        return block, element, value
    raise NotPossibleError(f"no menu offers {values}")


def filled(view: Json, answers: Mapping[str, Any], upload: Upload) -> Json:
    """Return the state of a view when it is sent in; unnamed fields stay as they are.

    Args:
        view: As Slack tells of it.
        answers: By action id, block id, or how a label begins.
        upload: Keeps a file, and tells of it.

    Raises:
        NotPossibleError: If Slack's client would not send it.
    """
    left = dict(answers)
    values: dict[str, Json] = {}
    for block, element in rules.elements(view["blocks"]):
        held = view["state"]["values"].get(block["block_id"], {})
        value = held.get(element["action_id"]) or first(element)
        if value is None:
            continue
        if block["type"] == "input":
            key = _key(block, element, left)
            if key is not None:
                value = _chosen(element, left.pop(key), upload)
            _demand(block, element, value)
        values.setdefault(block["block_id"], {})[element["action_id"]] = value
    if left:
        raise NotPossibleError(f"the form does not ask for {sorted(left)}")
    return {"values": values}


def _key(block: Json, element: Json, left: Mapping[str, Any]) -> str | None:
    for name in left:
        if name in {element["action_id"], block["block_id"]}:
            return name
        if block["label"]["text"].startswith(name):
            return name
    return None


def first(element: Json) -> Json | None:
    """Return what stands in an element before anybody touches it; None for buttons."""
    kind = element["type"]
    if kind in _PICKED:
        initial = element.get(_FIRST.get(kind, ""))
        empty: list[Any] = []
        many = kind.startswith("multi_") or kind in _MANY
        return {"type": kind, _PICKED[kind]: empty if many and not initial else initial}
    if kind.endswith("_input"):
        return {"type": kind, "value": element.get("initial_value")}
    return None


def _chosen(element: Json, given: Any, upload: Upload | None) -> Json:
    kind = element["type"]
    if kind not in _PICKED:
        written = None if given in {None, ""} else str(given)
        return {"type": kind, "value": written}
    told: Json = {"type": kind}
    if kind == "file_input":
        several = given if isinstance(given, list | tuple) else [given]
        return told | {"files": [upload(each) for each in several] if upload else []}
    if isinstance(given, list | set):
        chosen: Any = [_one(element, each) for each in given]
        if len(chosen) > element.get("max_selected_items", 100):
            raise NotPossibleError(f"{element['action_id']}: too many are chosen")
    else:
        chosen = None if given is None else _one(element, given)
        if kind.startswith("multi_") or kind in _MANY:
            chosen = [chosen] if chosen is not None else []
    return told | {_PICKED[kind]: chosen}


def _one(element: Json, given: Any) -> Any:
    kind = element["type"]
    if kind in {"datepicker", "timepicker"}:
        return str(given)
    if kind in _OPTIONED:
        if isinstance(given, tuple):
            text, value = given
            return {"text": {"type": "plain_text", "text": text}, "value": value}
        raise NotPossibleError(
            "what is looked up is chosen as suggested: text and value"
        )
    options = list(element.get("options") or ())
    for group in element.get("option_groups") or ():
        options += group["options"]
    if options:
        for option in options:
            if given in {option["value"], option["text"]["text"]}:
                return option
        raise NotPossibleError(f"{element['action_id']} offers no {given!r}")
    named = given if isinstance(given, str) else given.id
    if not named.startswith(("U", "W") if "user" in kind else ("C", "D", "G")):
        raise NotPossibleError(f"{named} is not what {kind} asks for")
    return named


def _demand(block: Json, element: Json, value: Json) -> None:
    name = element["action_id"]
    held = next((v for k, v in value.items() if k != "type"), None)
    if not held:
        if not block.get("optional"):
            raise NotPossibleError(f"{name} has to be answered")
        return
    if element["type"] == "plain_text_input":
        fewest, most = element.get("min_length", 0), element.get("max_length", 3000)
        if not fewest <= len(held) <= most:
            raise NotPossibleError(f"{name} takes {fewest} to {most} characters")
    if element["type"] == "number_input":
        _number(element, held)


def _number(element: Json, held: str) -> None:
    try:
        number = float(held)
    except ValueError as error:
        raise NotPossibleError(f"{held!r} is no number") from error
    if not element["is_decimal_allowed"] and number != int(number):
        raise NotPossibleError(f"{held} is not whole")
    low = float(element.get("min_value") or number)
    high = float(element.get("max_value") or number)
    if not low <= number <= high:
        raise NotPossibleError(f"{held} is not from {low} to {high}")
