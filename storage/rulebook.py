"""What the rules of shoutouts were, version by version, as the audit tells it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from bot.domain.community import Community, Settings
from storage.database import Transaction
from storage.instants import from_ms

_SAVED = """
SELECT at, detail FROM audit
WHERE community = :community AND action = 'setup.save' ORDER BY id DESC
"""

_MET = "SELECT met_at FROM communities WHERE id = :community"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much can be given; each is called as in `Settings`.

    Attributes:
        allowance_by_role: What holders of certain roles may give, as the audit has it:
            the numbers alone, with commas between.
    """

    allowance_per_day: int
    allowance_by_role: str
    pair_cooldown_h: int
    undo_minutes: int
    reason_min_chars: int
    reason_max_chars: int


@dataclass(frozen=True, slots=True)
class LimitsVersion:
    """Limits that held from ``at`` on.

    Attributes:
        number: Counted from 1, which is what the community began with.
    """

    number: int
    limits: Limits
    at: datetime


def versions(tx: Transaction, community: Community) -> Sequence[LimitsVersion]:
    """Return all versions of a community's limits, the one that holds first."""
    limits = limits_of(community.settings)
    found: list[tuple[Limits, datetime]] = []
    for row in tx.all(_SAVED, community=community.id):
        before = _before(json.loads(row["detail"]))
        if before:
            found.append((limits, from_ms(row["at"])))
            limits = replace(limits, **before)
    met = tx.one(_MET, community=community.id)
    found.append((limits, from_ms(met["met_at"] if met else 0)))
    return [
        LimitsVersion(len(found) - place, held, at)
        for place, (held, at) in enumerate(found)
    ]


def limits_of(settings: Settings) -> Limits:
    """Return the limits among what a community has chosen."""
    own = (str(count) for _, count in settings.allowance_by_role)
    return Limits(
        allowance_per_day=settings.allowance_per_day,
        allowance_by_role=", ".join(own),
        pair_cooldown_h=settings.pair_cooldown_h,
        undo_minutes=settings.undo_minutes,
        reason_min_chars=settings.reason_min_chars,
        reason_max_chars=settings.reason_max_chars,
    )


def _before(detail: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return what a change of the settings changed of the limits, as it was."""
    told = ((each.name, f"{each.name}_before") for each in fields(Limits))
    return {name: detail[before] for name, before in told if before in detail}
