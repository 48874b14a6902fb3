"""A file in which some members have a long past, on whatever platform they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.domain.refs import ChannelRef, MemberRef
from storage.file import connect
from tests.bench import history

_PEOPLE = 20
"""Who gave and got them. Fewer would have to give more in a day than they may."""

_HERE = """
UPDATE communities SET platform = :platform, platform_id = :place, wall = :wall
WHERE id = 1
"""

_WHO = """
UPDATE members SET platform_id = :id, name = :name
WHERE platform_id = printf('m%06d', :number)
"""


def long_past(
    file: Path, wall: ChannelRef, whose: Sequence[MemberRef], thanks: int
) -> int:
    """Make the file, with so many thanks of years; return how many rows it has.

    A hundred thousand thanks are almost a million rows, and take some seconds. All
    that was to be said of them has been said.

    Args:
        file: Where it is made.
        wall: Where they are given; the first community of the file.
        whose: Some of those who gave and got them, the one with most rows first.
        thanks: How many.
    """
    history.make(file, thanks, _PEOPLE)
    connection = connect(file, "rw")
    here = wall.community
    connection.execute(
        _HERE, {"platform": here.platform, "place": here.id, "wall": wall.id}
    )
    for number, who in enumerate(whose):
        name = f"Elder {number}"
        connection.execute(_WHO, {"id": who.id, "name": name, "number": number})
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' "
        "AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    rows = sum(
        connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in tables
    )
    connection.close()
    return int(rows)
