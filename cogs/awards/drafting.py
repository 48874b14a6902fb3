"""What a moderator has written down of an award so far: no chat, no clock, no disk."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.awards import (
    MAX_CRITERIA,
    MAX_CRITERION_CHARS,
    Criterion,
    Decider,
    Evidence,
    Standard,
    Window,
)
from bot.domain.errors import RuleError
from bot.domain.recurrence import instant
from bot.domain.words import clean, is_blank

OPENS_AT = time(9)
CLOSES_AT = time(18)
"""What a day means where nobody gives a time, on the community's clocks."""

_BULLET = re.compile(r"^(?:[-*•\u2013]|\d{1,2}[.)])\s+")
"""What people write before the items of a list."""


NO_WINDOW = Window()


@dataclass(frozen=True, slots=True)
class Plan:
    """An award as it is to be."""

    name: str
    standard: Standard
    window: Window = NO_WINDOW


BLANK = Plan("", Standard(1))
"""What a new award is compared with."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A plan on its way.

    Attributes:
        before: What was in force when it was begun; `BLANK` where it is new.

        award: What it changes; None where it is new.

        is_open: Whether somebody could be nominated when it was begun.
    """

    id: str
    plan: Plan
    before: Plan = BLANK
    award: int | None = None
    is_open: bool = False

    @property
    def changes(self) -> int:
        """How many things differ from what was in force."""
        return len(_differing(self.before, self.plan))


def with_items(
    plan: Plan, text: str, required: Collection[str], welcome: Collection[str]
) -> Plan:
    """Return ``plan`` with the items in ``text``, one a line.

    Args:
        plan: What it was.
        text: As it was typed, maybe as a list with bullets or numbers.
        required: Numbers of the items that need evidence, counted from 1.
        welcome: Of those where it is welcome; what is required is not merely that.

    Raises:
        RuleError: If there are too many, one is too long, or a number has no item.
    """
    lines = (clean(_BULLET.sub("", line.strip())) for line in text.splitlines())
    items = tuple(dict.fromkeys(line for line in lines if not is_blank(line)))
    if len(items) > MAX_CRITERIA:
        raise RuleError(
            "awards.refused-items", "items", count=len(items), most=MAX_CRITERIA
        )
    for item in items:
        if len(item) > MAX_CRITERION_CHARS:
            raise RuleError(
                "awards.refused-item-long",
                "items",
                item=item,
                count=len(item),
                most=MAX_CRITERION_CHARS,
            )
    for field, numbers in (("required", required), ("welcome", welcome)):
        for number in numbers:
            if int(number) > len(items):
                raise RuleError("awards.refused-no-item", field, number=int(number))
    criteria = tuple(
        Criterion(item, _evidence(str(number), required, welcome))
        for number, item in enumerate(items, 1)
    )
    return replace(plan, standard=replace(plan.standard, criteria=criteria))


def moment_of(
    on: date | None, at: time | None, usual: time, zone: ZoneInfo, field: str
) -> datetime | None:
    """Return the instant of a date and a time on the clocks of ``zone``.

    Raises:
        RuleError: If there is a time without a date; at ``field``.
    """
    if on is None:
        if at is not None:
            raise RuleError("awards.refused-no-date", field)
        return None
    return instant(datetime.combine(on, at or usual), zone)


@contextmanager
def unasked() -> Iterator[None]:
    """Have what is refused be said beside no question, for there is none."""
    try:
        yield
    except RuleError as rule:
        raise RuleError(rule.code, None, **rule.values) from None


def pack(draft: Draft) -> Mapping[str, object]:
    """Return ``draft`` as it is kept."""
    return {
        "plan": _pack(draft.plan),
        "before": _pack(draft.before),
        "award": draft.award,
        "is_open": draft.is_open,
    }


def unpack(draft: str, packed: Mapping[str, Any]) -> Draft:
    """Return what `pack` was given."""
    plan, before = _unpack(packed["plan"]), _unpack(packed["before"])
    return Draft(draft, plan, before, packed["award"], packed["is_open"])


def _evidence(
    number: str, required: Collection[str], welcome: Collection[str]
) -> Evidence:
    if number in required:
        return Evidence.REQUIRED
    return Evidence.WELCOME if number in welcome else Evidence.NONE


def _pack(plan: Plan) -> Mapping[str, object]:
    standard = {each.name: getattr(plan.standard, each.name) for each in _STANDARD}
    criteria = tuple((c.text, str(c.evidence)) for c in plan.standard.criteria)
    window = (plan.window.opens_at, plan.window.closes_at)
    return {
        "name": plan.name,
        "standard": {**standard, "criteria": criteria},
        "window": window,
    }


def _unpack(packed: Mapping[str, Any]) -> Plan:
    known = dict(packed["standard"])
    known["decider"] = Decider(known["decider"])
    known["criteria"] = tuple(
        Criterion(text, Evidence(evidence)) for text, evidence in known["criteria"]
    )
    return Plan(packed["name"], Standard(**known), Window(*packed["window"]))


_STANDARD = fields(Standard)


def _differing(before: Plan, now: Plan) -> Collection[str]:
    found = {
        each.name
        for each in _STANDARD
        if each.name != "number"
        and getattr(before.standard, each.name) != getattr(now.standard, each.name)
    }
    if before.name != now.name:
        found.add("name")
    if before.window.opens_at != now.window.opens_at:
        found.add("opens_at")
    if before.window.closes_at != now.window.closes_at:
        found.add("closes_at")
    return found
