"""What the rules are and were: queries, no chat and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.responses import Call
from bot.chat.text import Phrase, Quote
from bot.domain.awards import Award, Round
from bot.domain.community import Community, Settings
from bot.domain.errors import RuleError
from storage import awards, communities, moments, rulebook, standards
from storage.database import Transaction
from storage.rulebook import LimitsVersion
from storage.standards import Version

MAX_VERSIONS = 25
"""Most versions of one thing that are offered: as many as a list holds."""

LATEST = 0
"""Asks for the version that holds, whatever its number."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules, as a page of their own.

    Attributes:
        limits: Every version of how much can be given, the one that holds first.
    """

    settings: Settings
    limits: Sequence[LimitsVersion]
    awards: Sequence[Award]


@dataclass(frozen=True, slots=True)
class Told:
    """A version of what an award asks for.

    Attributes:
        moment: What the moment is called in which winners are announced; None where
            there is none on the calendar.
    """

    version: Version
    moment: Quote | Phrase | None

    @property
    def number(self) -> int:
        """Which version it is."""
        return self.version.standard.number


@dataclass(frozen=True, slots=True)
class Shown:
    """One version, and what there is besides.

    Attributes:
        open: The round that is open; None where none is.

        other: What it is compared with: what holds, or else the version before it.
            None where there is no other.

        all: The latest versions, the one that holds first.
    """

    award: Award
    told: Told
    open: Round | None
    other: Told | None
    all: Sequence[Version]

    @property
    def is_latest(self) -> bool:
        """Whether it holds, for the next round at least."""
        return self.told.number == self.award.standard.number


@dataclass(frozen=True, slots=True)
class ShownLimits:
    """A version of the limits, and the one that it is compared with, as in `Shown`."""

    shown: LimitsVersion
    other: LimitsVersion | None
    all: Sequence[LimitsVersion]

    @property
    def is_latest(self) -> bool:
        """Whether it holds."""
        return self.shown.number == self.all[0].number


def rules(tx: Transaction, call: Call) -> Rules:
    """Return what goes by rules here."""
    community = communities.get(tx, call.community)
    return Rules(
        community.settings,
        rulebook.versions(tx, community),
        awards.listed(tx, community),
    )


def award(tx: Transaction, call: Call, award: int, number: int) -> Shown:
    """Return a version of what an award asks for, also of one that is taken away.

    `LATEST` is the version of the open round, and else the one that holds.

    Raises:
        RuleError: If there is no such award, or no such version.
    """
    community = communities.get(tx, call.community)
    found = awards.get(tx, community, award)
    if found is None:
        raise RuleError("rules.refused-gone")
    is_open = found.open_at(call.at)
    if number == LATEST:
        number = is_open.standard if is_open else found.standard.number
    version = standards.get(tx, award, number)
    if version is None:
        raise RuleError("rules.refused-gone")
    latest = found.standard.number
    other = latest if number != latest else number - 1
    compared = standards.get(tx, award, other) if other else None
    return Shown(
        award=found,
        told=_told(tx, community, version),
        open=is_open,
        other=_told(tx, community, compared) if compared else None,
        all=standards.history(tx, award, MAX_VERSIONS),
    )


def limits(tx: Transaction, call: Call, number: int) -> ShownLimits:
    """Return a version of how much can be given.

    Raises:
        RuleError: If there is none of that number.
    """
    found = rulebook.versions(tx, communities.get(tx, call.community))
    by_number = {each.number: each for each in found}
    latest = found[0].number
    shown = by_number.get(number or latest)
    if shown is None:
        raise RuleError("rules.refused-gone")
    other = latest if shown.number != latest else latest - 1
    return ShownLimits(shown, by_number.get(other), found[:MAX_VERSIONS])


def _told(tx: Transaction, community: Community, version: Version) -> Told:
    entry = version.standard.announced_in
    moment = moments.get(tx, community, entry) if entry is not None else None
    return Told(version, moment.name if moment else None)
