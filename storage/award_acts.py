"""Who acts on an award, and what is recorded of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.domain.awards import Award, AwardState, Window
from bot.domain.community import Community, Member
from storage import activity, audit, standards
from storage.activity import Fact
from storage.award_windows import Change
from storage.database import Transaction
from storage.instants import to_ms

NOBODY = 0
"""Whom the activity log names where Laurel acts by itself."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Who acts on an award, by which call, and when.

    Attributes:
        by: None where Laurel does by itself what somebody planned.

        call: Id of the call; the key of the occurrence where there is none.
    """

    by: Member | None
    call: str
    at: datetime

    @property
    def actor(self) -> int:
        """Whom the activity log names."""
        return self.by.key if self.by else NOBODY


def window_of(award: Award) -> Window:
    """Return what ``award`` does by itself from now on."""
    if award.state is AwardState.OPEN and award.round is not None:
        return Window(closes_at=award.round.closes_at)
    return Window(award.opens_at, award.closes_at)


def change_of(award: Award, edit: Edit) -> Change:
    """Return what a change of the award's window is told with."""
    return Change(award.id, award.name, edit.actor, edit.call, edit.at)


def record(
    tx: Transaction,
    community: Community,
    award: Award,
    edit: Edit,
    act: str,
    done: str,
) -> None:
    """Tell the audit that somebody did ``act``, and the log that it is ``done``."""
    about = f"awards:{award.id}"
    window = window_of(award)
    detail: Mapping[str, int | str | None] = {
        "version": award.standard.number,
        "round": award.round.number if award.round else None,
        "opens_at": to_ms(window.opens_at) if window.opens_at else None,
        "closes_at": to_ms(window.closes_at) if window.closes_at else None,
    }
    audit.add(
        tx,
        community,
        audit.Entry(
            edit.by.key if edit.by else None,
            f"awards.{act}",
            about,
            detail,
            standards.digest(award.name, award.standard),
        ),
        edit.at,
    )
    fact = Fact(f"awards.{done}", edit.actor, None, 0, edit.call, about)
    activity.add(tx, community, fact, edit.at)
