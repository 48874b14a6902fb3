"""What is recorded of whatever is done to an award."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.awards import Award, AwardState, Window
from bot.domain.community import Community
from storage import activity, audit, standards
from storage.activity import Fact
from storage.acts import Act
from storage.award_windows import Change
from storage.database import Transaction
from storage.instants import to_ms


def window_of(award: Award) -> Window:
    """Return what ``award`` does by itself from now on."""
    if award.state is AwardState.OPEN and award.round is not None:
        return Window(closes_at=award.round.closes_at)
    return Window(award.opens_at, award.closes_at)


def change_of(award: Award, edit: Act) -> Change:
    """Return what a change of the award's window is told with."""
    return Change(award.id, award.name, edit.actor, edit.call, edit.at)


def record(
    tx: Transaction,
    community: Community,
    award: Award,
    edit: Act,
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
