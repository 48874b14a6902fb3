"""The switch that has the platform fail, and what Laurel waits for meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from bot.adapters.playground.faults import Fault, Faults
from bot.adapters.playground.visit import Visit
from bot.adapters.playground.way import PATIENCE_S, SETTLE_S
from bot.chat.text import Phrase, Style, When, phrase
from storage.undelivered import Undelivered

WELL = "well"
"""What the switch is at where no fault is on."""

_ALL = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A position of the switch."""

    name: str
    title: Markup
    help: Markup
    here: bool


def chosen(fault: str, share: str = "") -> Faults | None:
    """Return what a position stands for; None where there is no such position.

    Args:
        fault: A `Fault`, or `WELL`.
        share: Of a hundred requests, how many meet with it; empty for all.
    """
    if fault == WELL:
        return Faults()
    if fault not in set(Fault) or not (share or "0").isdecimal():
        return None
    of_all = int(share or _ALL)
    return Faults({Fault(fault): of_all}) if of_all <= _ALL else None


def shown(visit: Visit, faults: Faults, waiting: Undelivered) -> Mapping[str, object]:
    """Return what the templates of the switch show."""
    brush = visit.brush()
    worst = faults.worst
    here = WELL if worst is None else worst.value

    def choice(name: str) -> Choice:
        title = brush.inline(phrase(f"playground.fault-{name}"))
        help_ = brush.inline(phrase(f"playground.fault-{name}-help"))
        return Choice(name, title, help_, name == here)

    told = _told(visit, waiting)
    return {
        "fault": here,
        "choices": [choice(name) for name in (WELL, *Fault)],
        "undelivered": waiting.count,
        "told": None if told is None else brush.inline(told),
        "calm": worst is None and not waiting.count,
    }


def _told(visit: Visit, waiting: Undelivered) -> Phrase | None:
    """Return what the first that waits is waiting for."""
    if waiting.sent_at is not None:
        passed = visit.now - waiting.sent_at
        if passed < timedelta(seconds=PATIENCE_S):
            return phrase("playground.waits-for-answer")
        if passed < timedelta(seconds=SETTLE_S):
            return phrase("playground.waits-to-look")
        return phrase("playground.waits-to-see")
    if waiting.due_at is None or waiting.due_at <= visit.now:
        return None
    return phrase("playground.waits-to-try", at=When(waiting.due_at, Style.TIME))
