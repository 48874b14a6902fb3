"""What an admin can choose, and what fits together: no chat, no clock, no disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.community import Rhythm, Settings
from bot.domain.errors import RuleError
from bot.domain.quiet import QuietHours, quiet_hours
from bot.domain.refs import ChannelRef, CommunityRef, RoleRef
from bot.domain.words import clean, is_blank

MAX_VALUES = 10
MAX_VALUE_CHARS = 40
MAX_ROLES = 10
MAX_REMIND_D = 30
MAX_ESCALATE_D = 60
MAX_VALUES_CHARS = 500
"""What the form takes for all values together: room for blank lines."""

Plain = str | int | None


@dataclass(frozen=True, slots=True)
class Chosen:
    """Everything that the sheet decides.

    Attributes:
        values: Labels of the value tags, in order.
    """

    settings: Settings
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Limits:
    """How much can be given, as `Settings` holds it."""

    allowance_per_day: int
    pair_cooldown_h: int
    undo_minutes: int
    reason_min_chars: int
    reason_max_chars: int


@dataclass(frozen=True, slots=True)
class Change:
    """One choice that differs, as the audit may hold it: without members' words."""

    before: Plain
    now: Plain


def with_places(
    chosen: Chosen, wall: ChannelRef | None, moderators: ChannelRef | None
) -> Chosen:
    """Return ``chosen`` with other places."""
    settings = replace(chosen.settings, wall=wall, moderators=moderators)
    return replace(chosen, settings=settings)


def with_language(chosen: Chosen, locale: str, zone: ZoneInfo) -> Chosen:
    """Return ``chosen`` with another language and zone."""
    return replace(chosen, settings=replace(chosen.settings, locale=locale, zone=zone))


def with_values(chosen: Chosen, values: tuple[str, ...]) -> Chosen:
    """Return ``chosen`` with other values."""
    return replace(chosen, values=values)


def with_role(chosen: Chosen, role: RoleRef, per_day: int | None) -> Chosen:
    """Return ``chosen`` with an allowance of ``role``'s own; None for everybody's.

    Raises:
        RuleError: If too many roles have one.
    """
    others = tuple(
        pair for pair in chosen.settings.allowance_by_role if pair[0] != role
    )
    own = () if per_day is None else ((role, per_day),)
    if len(others) + len(own) > MAX_ROLES:
        raise RuleError("setup.refused-roles", "role", most=MAX_ROLES)
    settings = replace(chosen.settings, allowance_by_role=(*others, *own))
    return replace(chosen, settings=settings)


def with_limits(chosen: Chosen, limits: Limits) -> Chosen:
    """Return ``chosen`` with other limits.

    Raises:
        RuleError: If the shortest reason would be longer than the longest.
    """
    least, most = limits.reason_min_chars, limits.reason_max_chars
    if least > most:
        raise RuleError("setup.refused-reasons", "longest", least=least, most=most)
    numbers = {each.name: getattr(limits, each.name) for each in fields(Limits)}
    return replace(chosen, settings=replace(chosen.settings, **numbers))


def with_recaps(chosen: Chosen, rhythm: Rhythm, weekday: int, at: time) -> Chosen:
    """Return ``chosen`` with recaps at other times; ``weekday`` is 0 for Monday."""
    settings = replace(
        chosen.settings, recaps=rhythm, recaps_weekday=weekday, recaps_at=at
    )
    return replace(chosen, settings=settings)


def with_quiet(chosen: Chosen, since: time | None, until: time | None) -> Chosen:
    """Return ``chosen`` with other quiet hours; none where neither end is given.

    Raises:
        RuleError: If one end alone is given, or both are the same.
    """
    quiet = quiet_hours(since, until)
    return replace(chosen, settings=replace(chosen.settings, quiet=quiet))


def with_patience(chosen: Chosen, remind_after_d: int, escalate_after_d: int) -> Chosen:
    """Return ``chosen`` with other waits before somebody is reminded, or steps in.

    Raises:
        RuleError: If admins would be asked before moderators were reminded.
    """
    if escalate_after_d <= remind_after_d:
        told = {"days": remind_after_d}
        raise RuleError("setup.refused-patience", "escalate", **told)
    settings = replace(
        chosen.settings,
        remind_after_d=remind_after_d,
        escalate_after_d=escalate_after_d,
    )
    return replace(chosen, settings=settings)


def check_place(place: ChannelRef | None, here: CommunityRef, field: str) -> None:
    """Check that ``place`` is in this community.

    Raises:
        RuleError: If it is another's.
    """
    if place is not None and place.community != here:
        raise RuleError("setup.refused-channel", field)


def value_labels(text: str) -> tuple[str, ...]:
    """Return the labels in ``text``, one a line, each once however it is capitalised.

    Raises:
        RuleError: If there are too many, or one is too long.
    """
    lines = (clean(line) for line in text.splitlines())
    folded: dict[str, str] = {}
    for line in lines:
        if not is_blank(line):
            folded.setdefault(line.casefold(), line)
    labels = tuple(folded.values())
    for label in labels:
        if len(label) > MAX_VALUE_CHARS:
            raise RuleError(
                "setup.refused-value-long",
                "labels",
                value=label,
                count=len(label),
                most=MAX_VALUE_CHARS,
            )
    if len(labels) > MAX_VALUES:
        raise RuleError(
            "setup.refused-values", "labels", count=len(labels), most=MAX_VALUES
        )
    return labels


def differences(before: Chosen, now: Chosen) -> Mapping[str, Change]:
    """Return what differs, by the name of the setting."""
    was, is_now = _plain(before.settings), _plain(now.settings)
    found = {
        name: Change(was[name], value)
        for name, value in is_now.items()
        if was[name] != value
    }
    if before.values != now.values:
        found["values"] = Change(len(before.values), len(now.values))
    return found


def pack(chosen: Chosen) -> Mapping[str, object]:
    """Return ``chosen`` as a draft holds it."""
    settings = chosen.settings
    packed: dict[str, object] = {f.name: getattr(settings, f.name) for f in _SETTINGS}
    quiet = settings.quiet
    return {
        **packed,
        "zone": settings.zone.key,
        "quiet": (quiet.since, quiet.until) if quiet else None,
        "values": chosen.values,
    }


def unpack(packed: Mapping[str, Any]) -> Chosen:
    """Return what `pack` was given; what it did not know yet is as by default."""
    known = {f.name: packed[f.name] for f in _SETTINGS if f.name in packed}
    known["zone"] = ZoneInfo(packed["zone"])
    if "recaps" in known:
        known["recaps"] = Rhythm(known["recaps"])
    if known.get("quiet"):
        known["quiet"] = QuietHours(*known["quiet"])
    settings = Settings(**known)
    return Chosen(settings, tuple(packed["values"]))


_SETTINGS = fields(Settings)


def _plain(settings: Settings) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    for each in _SETTINGS:
        value = getattr(settings, each.name)
        match value:
            case ChannelRef(id=channel):
                plain[each.name] = channel
            case ZoneInfo(key=key):
                plain[each.name] = key
            case QuietHours(since=since, until=until):
                plain[each.name] = f"{since:%H:%M} to {until:%H:%M}"
            case time():
                plain[each.name] = f"{value:%H:%M}"
            case tuple():  # platform ids of roles say nothing to whoever reads it
                plain[each.name] = ", ".join(str(count) for _, count in value)
            case _:
                plain[each.name] = value
    return plain
