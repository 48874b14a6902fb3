"""A form or a select being filled in: what Discord's client lets through and sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tests.fakes.discord.places import Channel, Json, Role, User
from tests.fakes.discord.rules import walk
from tests.fakes.discord.typing_in import Attachment, NotPossibleError, Resolved

STRING_SELECT, TEXT_INPUT, USER_SELECT = 3, 4, 5
ROLE_SELECT, MENTIONABLE_SELECT, CHANNEL_SELECT = 6, 7, 8
_LABEL, _FILES, _RADIO, _CHECKS, _CHECK = 18, 19, 21, 22, 23
_SELECTS: Final = (3, 5, 6, 7, 8)
_ANSWERED: Final = (3, 4, 5, 6, 7, 8, _FILES, _RADIO, _CHECKS, _CHECK)
_MAX_INPUT: Final = 4000
_BUTTON: Final = 2
_LINK: Final = 5


def submit(modal: Json, given: Mapping[str, Any], resolved: Resolved) -> list[Json]:
    """Return a form's components as the client sends them.

    Args:
        modal: The form as the bot sent it.
        given: By custom_id or label; what is not given stays as it was drawn.
        resolved: Where what the values stand for is noted.

    Raises:
        NotPossibleError: If the client would not send it.
    """
    known = set()
    for each in walk(modal["components"]):
        known |= {each.get("custom_id"), each.get("label")}
    strange = set(given) - known
    if strange:
        raise NotPossibleError(f"the form has no {strange}, but {known - {None}}")
    return [_sent(each, given, resolved) for each in _numbered(modal["components"])]


def _numbered(components: Sequence[Json]) -> list[Json]:
    """Give each component an id, as Discord does before it shows the form."""
    numbers = iter(range(1, 1000))

    def number(component: Json) -> Json:
        whole = {**component, "id": component.get("id") or next(numbers)}
        if "component" in whole:
            whole["component"] = number(whole["component"])
        if "components" in whole:
            whole["components"] = [number(each) for each in whole["components"]]
        return whole

    return [number(each) for each in components]


def _sent(component: Json, given: Mapping[str, Any], resolved: Resolved) -> Json:
    kind = component["type"]
    base: Json = {"type": kind, "id": component["id"]}
    if kind == _LABEL:
        inner = component["component"]
        label = component["label"]
        value = given.get(inner["custom_id"], given.get(label, ...))
        return {**base, "component": _answer(inner, value, resolved)}
    if "components" in component:
        inner_ones = component["components"]
        return {**base, "components": [_sent(c, given, resolved) for c in inner_ones]}
    if kind in _ANSWERED:
        value = given.get(component["custom_id"], ...)
        return _answer(component, value, resolved)
    return base


def _answer(component: Json, value: Any, resolved: Resolved) -> Json:
    kind = component["type"]
    base: Json = {"type": kind, "id": component["id"]}
    base["custom_id"] = component["custom_id"]
    if kind == TEXT_INPUT:
        text = component.get("value") or "" if value is ... else value
        return {**base, "value": _text(component, text)}
    if kind == _CHECK:
        return {
            **base,
            "value": bool(component.get("default") if value is ... else value),
        }
    if kind == _RADIO:
        chosen = choose(component, value, resolved)
        return {**base, "value": chosen[0] if chosen else None}
    return {**base, "values": choose(component, value, resolved)}


def _text(component: Json, text: Any) -> str:
    name = component["custom_id"]
    if not isinstance(text, str):
        raise NotPossibleError(f"{name} takes text, not {text!r}")
    if not text and component.get("required") is not False:
        raise NotPossibleError(f"{name} is required")
    if text and len(text) < (component.get("min_length") or 0):
        raise NotPossibleError(f"{name}: {len(text)} characters are too few")
    if len(text) > (component.get("max_length") or _MAX_INPUT):
        raise NotPossibleError(f"{name}: {len(text)} characters are too many")
    return text


def choose(component: Json, value: Any, resolved: Resolved) -> list[str]:
    """Return the values of a select, radio group, checkbox group or file upload.

    Args:
        component: As the bot sent it.
        value: Labels or values of options, people, channels, roles or files, one or
            several; ``...`` for what is chosen already.
        resolved: Where what the values stand for is noted.

    Raises:
        NotPossibleError: If they cannot be chosen.
    """
    if value is ...:
        chosen = _preset(component, resolved)
    else:
        several = value if isinstance(value, (list, tuple)) else [value]
        several = [each for each in several if each is not None]
        chosen = [_one(component, each, resolved) for each in several]
    _count(component, len(chosen))
    return chosen


def _count(component: Json, size: int) -> None:
    required = component.get("required") is not False
    least, most = component.get("min_values"), component.get("max_values")
    options = len(component.get("options") or ())
    every = options if component["type"] == _CHECKS else 1
    fewest = (
        (1 if least is None else least) if required else (least or 0 if size else 0)
    )
    if not fewest <= size <= (every if most is None else most):
        raise NotPossibleError(
            f"{component['custom_id']}: {size} values cannot be sent"
        )


def _preset(component: Json, resolved: Resolved) -> list[str]:
    options = component.get("options") or ()
    chosen = [each["value"] for each in options if each.get("default")]
    named = component.get("default_values") or ()
    chosen += [_named(str(each["id"]), each["type"], resolved) for each in named]
    return chosen


def _named(snowflake: str, kind: str, resolved: Resolved) -> str:
    guild = resolved.guild
    if guild is None:
        return snowflake
    if kind == "user" and snowflake in guild.members:
        return resolved.user(guild.members[snowflake].user)
    if kind == "role" and snowflake in guild.roles:
        return resolved.role(guild.roles[snowflake])
    if kind == "channel" and snowflake in guild.channels:
        return resolved.channel(guild.channels[snowflake])
    return snowflake


def _one(component: Json, value: Any, resolved: Resolved) -> str:
    kind = component["type"]
    if component.get("options") is not None:
        return _option(component, value)
    user = getattr(value, "user", value)
    if kind in {USER_SELECT, MENTIONABLE_SELECT} and isinstance(user, User):
        return resolved.user(user)
    if kind in {ROLE_SELECT, MENTIONABLE_SELECT} and isinstance(value, Role):
        return resolved.role(value)
    if kind == CHANNEL_SELECT and isinstance(value, Channel):
        wanted = component.get("channel_types")
        if wanted and value.kind not in wanted:
            raise NotPossibleError(f"channel {value.name} is not offered")
        return resolved.channel(value)
    if kind == _FILES and isinstance(value, Attachment):
        return resolved.file(value)
    raise NotPossibleError(f"{component['custom_id']} does not take {value!r}")


def _option(component: Json, value: Any) -> str:
    options = component["options"]
    for fits in (
        [each for each in options if value in (each["value"], each["label"])],
        [each for each in options if each["label"].startswith(str(value))],
    ):
        if len(fits) == 1:
            return str(fits[0]["value"])
    labels = [each["label"] for each in options]
    raise NotPossibleError(f"{component['custom_id']}: no {value!r} among {labels}")


def button(components: Sequence[Json], label: str, custom_id: str | None) -> Json:
    """Return the button whose label, or custom_id, begins so."""
    buttons = [c for c in walk(components) if c["type"] == _BUTTON]
    for each in buttons:
        by_label = custom_id is None and (each.get("label") or "").startswith(label)
        if by_label or (custom_id and each.get("custom_id", "").startswith(custom_id)):
            if each.get("disabled") or each["style"] == _LINK:
                raise NotPossibleError(
                    f"button {each.get('label')!r} cannot be pressed"
                )
            return each
    labels = [each.get("label") for each in buttons]
    raise NotPossibleError(f"no button {custom_id or label!r} among {labels}")


def first_fitting(
    components: Sequence[Json],
    values: Sequence[Any],
    custom_id: str | None,
    resolved: Resolved,
) -> tuple[Json, list[str]]:
    """Return the first select that takes these values, and the values as sent."""
    selects = [
        each
        for each in walk(components)
        if each["type"] in _SELECTS
        and not each.get("disabled")
        and each["custom_id"].startswith(custom_id or "")
    ]
    reasons = [f"{len(selects)} selects"]
    for each in selects:
        try:
            return each, choose(each, list(values), resolved)
        except NotPossibleError as reason:
            reasons.append(str(reason))
    raise NotPossibleError("; ".join(reasons))
