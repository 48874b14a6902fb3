"""What is to be done so that events show what the calendar says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from storage.mirrored import UNSURE, Mirrored, Standing, View
from storage.moments import Upcoming


@dataclass(frozen=True, slots=True)
class Steps:
    """In this order.

    Attributes:
        forget: Rows of which nothing is shown, or needs to be.

        withdraw: Events that show what is no longer planned, or is too far ahead.

        change: Events that show something else, or another time.

        make: Times that nothing shows, the soonest first.

        unsure: Whether somebody has to look first what stands.
    """

    forget: Sequence[Mirrored]
    withdraw: Sequence[Mirrored]
    change: Sequence[tuple[Mirrored, Upcoming]]
    make: Sequence[Upcoming]
    unsure: bool


def compare(view: View, begun: datetime, most: int) -> Steps:
    """Compare what is shown with what should be.

    Args:
        view: Both.
        begun: What comes up to then has begun, and is shown until it is over.
        most: How many events there may be; the soonest are shown.
    """
    over = [row for row in view.rows if row.until <= begun]
    doubtful = [row for row in over if _is_doubtful(row)]
    running = [row for row in view.rows if row.at <= begun < row.until]
    coming = [row for row in view.rows if row.at > begun]
    kept = [
        row
        for row in running
        if _stands(row) and not _is_doubtful(row) and row.entry in view.planned
    ]
    wanted = {
        time.moment.entry: time for time in view.wanted[: max(0, most - len(kept))]
    }
    moved = [row for row in coming if _was_moved(row, view)]
    shown = {row.entry: row for row in coming if _stands(row) and row.entry in wanted}
    down = {(row.entry, row.at) for row in coming if row.state is Standing.TAKEN_DOWN}
    make = [
        time
        for entry, time in wanted.items()
        if entry not in shown and (entry, time.at) not in down
    ]
    return Steps(
        forget=[*(row for row in over if row not in doubtful), *moved],
        withdraw=[
            row
            for row in (*doubtful, *running, *coming)
            if row.event and row not in kept and row not in shown.values()
        ],
        change=[
            (row, wanted[entry])
            for entry, row in shown.items()
            if _shows(row) != _should(wanted[entry])
        ],
        make=make,
        unsure=bool(make)
        or any(row.began_at or _is_doubtful(row) for row in view.rows),
    )


def _is_doubtful(row: Mirrored) -> bool:
    """Return whether its event may be anywhere, the last answer being unknown."""
    return row.event is not None and (
        row.version == UNSURE or row.state is Standing.LEAVING
    )


def _stands(row: Mirrored) -> bool:
    return row.state is Standing.STANDING


def _was_moved(row: Mirrored, view: View) -> bool:
    """Return whether a person took down what is not planned for then any more."""
    planned = {(time.moment.entry, time.at) for time in view.wanted}
    is_down = row.state is Standing.TAKEN_DOWN
    return is_down and (row.entry, row.at) not in planned


def _shows(row: Mirrored) -> tuple[datetime, datetime, int]:
    return row.at, row.until, row.version


def _should(time: Upcoming) -> tuple[datetime, datetime, int]:
    return time.at, time.until, time.moment.version
