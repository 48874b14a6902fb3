"""A board as a file, for moderators: units of work."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.chat.message import Card, File, Message, say
from bot.chat.responses import Call
from bot.chat.text import phrase
from bot.domain import cells
from bot.domain.community import Community
from cogs.boards import service
from cogs.boards.views import View
from storage import audit, communities, members
from storage.boards.places import Place
from storage.database import Transaction

MOST = 10_000
"""Places in one file. A row takes at most some 250 bytes, and Discord 10 MiB of one."""

HANDED = "boards.export"
"""What the audit calls it when a board is handed over."""

_COLUMNS = ("rank", "name", "id", "points")


class Shape(StrEnum):
    """What a file is written in."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class _Row:
    """One place, with what its member is called."""

    place: Place
    name: str


def hand_over(tx: Transaction, call: Call, view: View, shape: Shape) -> Message:
    """Return a board as a file, and note who had it.

    Raises:
        RuleError: If there is no such board here.
    """
    service.board(tx, call, view)  # refuses what is not there
    here = communities.get(tx, call.community)
    by = members.meet(tx, here, call.actor, call.at)
    found = service.ranked(tx, here, view, MOST + 1)
    rows = [_Row(place, _name(tx, here, place, call)) for place in found[:MOST]]
    detail: dict[str, int | str | None] = {"side": view.side, "rows": len(rows)}
    about = f"boards:{view.period.key}"
    audit.add(tx, here, audit.Entry(by.key, HANDED, about, detail), call.at)
    name = f"leaderboard-{view.side}-{view.period.key}.{shape}"
    body = [phrase("boards.handed", count=len(rows))]
    if len(found) > MOST:
        body.append(phrase("boards.handed-first"))
    card = Card(title=phrase("boards.handed.title"), body=tuple(body))
    if shape is Shape.CSV:
        return say(card, File(name, "text/csv", _csv(rows)))
    return say(card, File(name, "application/json", _json(here, call, view, rows)))


def _csv(rows: Sequence[_Row]) -> bytes:
    return cells.table(
        _COLUMNS,
        (
            (
                row.place.rank,
                row.name,
                row.place.platform_id,
                f"{row.place.points:f}",
            )
            for row in rows
        ),
    )


def _json(here: Community, call: Call, view: View, rows: Sequence[_Row]) -> bytes:
    told = {
        "community": here.ref.id,
        "side": view.side,
        "period": view.period.key,
        "of": str(view.cut) if view.cut else None,
        "as_of": call.at.isoformat(),
        "places": [
            {
                "rank": row.place.rank,
                "name": row.name,
                "id": row.place.platform_id,
                "points": float(row.place.points),
            }
            for row in rows
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _name(tx: Transaction, here: Community, place: Place, call: Call) -> str:
    member = members.by_key(tx, here, place.member, call.at)
    return member.name if member else ""
