"""Which board: of which side, which period, and of all or of a part of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Self

from bot.domain.errors import RuleError
from storage.boards.periods import ALL_TIME, Kind, Period, Season
from storage.boards.sides import Side

_ID = re.compile(r"[\w-]{1,40}", re.ASCII)


class What(StrEnum):
    """What a board can be cut down to."""

    VALUE = "value"
    CHANNEL = "channel"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Cut:
    """A part of a board: what was given for one value or in one channel, or one team.

    Attributes:
        id: A value's id as text, or the platform's id of a channel or role.
    """

    what: What
    id: str

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return what `str` wrote; None for the whole board.

        Raises:
            RuleError: If nobody wrote that.
        """
        if not text:
            return None
        what, parted, id_ = text.partition("-")
        known = what in set(What) and parted and _ID.fullmatch(id_)
        if not known or (what == What.VALUE and not _is_number(id_)):
            raise RuleError("common.unknown-button")
        return cls(What(what), id_)

    def __str__(self) -> str:
        """Return it as buttons carry it."""
        return f"{self.what}-{self.id}"


@dataclass(frozen=True, slots=True)
class View:
    """One board.

    Attributes:
        cut: None for the whole one.
    """

    side: Side = Side.RECEIVED
    period: Period = ALL_TIME
    cut: Cut | None = None

    @classmethod
    def parse(cls, side: str, period: str, cut: str) -> Self:
        """Return the view that `args` wrote.

        Raises:
            RuleError: If nobody wrote that.
        """
        if side not in set(Side):
            raise RuleError("common.unknown-button")
        try:
            found = Period.parse(period)
        except ValueError:
            raise RuleError("common.unknown-button") from None
        return cls(Side(side), found, Cut.parse(cut))

    @property
    def args(self) -> tuple[str, str, str]:
        """What a button carries that shows it."""
        return self.side, self.period.key, str(self.cut or "")

    @property
    def other_side(self) -> Self:
        """The same board of the other side."""
        other = Side.GIVEN if self.side is Side.RECEIVED else Side.RECEIVED
        return replace(self, side=other)

    def of(self, period: Period) -> Self:
        """Return the same board of another period."""
        return replace(self, period=period)

    def cut_to(self, cut: Cut | None) -> Self:
        """Return the same board, of another part of it."""
        return replace(self, cut=cut)

    @property
    def value(self) -> int | None:
        """Id of the value that alone counts; None where all do."""
        found = self._id_of(What.VALUE)
        return None if found is None else int(found)

    @property
    def channel(self) -> str | None:
        """The platform's id of the channel in which alone it counts; None: anywhere."""
        return self._id_of(What.CHANNEL)

    @property
    def team(self) -> str | None:
        """The platform's id of the role that alone is ranked; None: everybody."""
        return self._id_of(What.TEAM)

    def _id_of(self, what: What) -> str | None:
        return self.cut.id if self.cut is not None and self.cut.what is what else None


def asked_for(typed: str, today: date, season: Season | None) -> Period:
    """Return the period that somebody chose: a word for the current one, or a key.

    Raises:
        RuleError: If it is none, is still to come, or no season is on.
    """
    typed = typed.strip().casefold()
    if typed == Kind.SEASON and season is None:
        raise RuleError("boards.refused-no-season", "period")
    if typed in set(Kind):
        return Period.at(Kind(typed), today, season)
    try:
        found = Period.parse(typed.upper() if "-w" in typed else typed)
    except ValueError:
        raise RuleError("boards.refused-period", "period") from None
    if found.first_on is not None and found.first_on > today:
        raise RuleError("boards.refused-future", "period")
    return found


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= len(str(2**63)) - 1
