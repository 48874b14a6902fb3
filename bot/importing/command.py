"""``laurel import``, as it is typed."""

from __future__ import annotations

import argparse
import asyncio
import sys
from datetime import date
from pathlib import Path

from bot.config import Settings
from bot.exits import FAILED, complain
from bot.importing.reading import ENCODINGS
from bot.importing.stopping import Stop, StoppedError

_EPILOG = """
Exports of HeyTaco, Bonusly, Karma and MEE6 are recognised. For others, --map says what
a column means: member or member-id, points, giver, giver-id, date, row, words. Nothing
is written before it was shown and agreed to; the same rows never count twice.
"""


def add_arguments(command: argparse.ArgumentParser) -> None:
    """Add what can be said to ``laurel import``."""
    command.epilog = _EPILOG
    what = command.add_mutually_exclusive_group(required=True)
    what.add_argument("file", nargs="?", type=Path, metavar="FILE", help="a CSV file")
    what.add_argument("--list", action="store_true", help="say what was imported")
    what.add_argument("--undo", type=int, metavar="ID", help="take an import back")
    command.add_argument(
        "--community",
        help="whose, as PLATFORM:ID; needed where Laurel serves more than one",
    )
    command.add_argument(
        "--map",
        action="append",
        default=[],
        metavar="MEANING=COLUMN",
        help="what a column means, as in points=Score; points=1 counts each row as one",
    )
    command.add_argument(
        "--encoding", choices=list(ENCODINGS), help="what the file is written in"
    )
    command.add_argument(
        "--dates", choices=["dmy", "mdy"], help="how 3/4/2025 is to be read"
    )
    command.add_argument(
        "--on",
        type=_date,
        metavar="DATE",
        help="when rows without a date count (default: the day before Laurel came)",
    )
    command.add_argument(
        "--people",
        type=Path,
        metavar="FILE",
        help="a CSV file: what the export calls somebody, and their id or name",
    )
    command.add_argument(
        "--meet",
        action="store_true",
        help="count for those too whom Laurel has not met, by the ids in the file",
    )
    command.add_argument("--yes", action="store_true", help="do not ask")


def run(settings: Settings, options: argparse.Namespace) -> int:
    """Do what was typed, and return the exit code.

    Raises:
        AnotherInstanceError: If the bot runs on the file.
        DatabaseFileError: If the database cannot be used.
    """
    stop = Stop()
    stop.listen()
    try:
        return asyncio.run(_run(settings, options, stop))
    except StoppedError:
        words = "\nStopped. What is done stays; the same command goes on from there."
        return complain(words, FAILED)


async def _run(settings: Settings, options: argparse.Namespace, stop: Stop) -> int:
    # Other commands do not need all of this, and answer sooner without it.
    from bot.app import open_database, wall_clock  # noqa: PLC0415
    from bot.auditing import names, which  # noqa: PLC0415
    from bot.importing.columns import MappingError  # noqa: PLC0415
    from bot.importing.desk import Desk, mapped  # noqa: PLC0415
    from bot.importing.plan import Wanted  # noqa: PLC0415
    from storage import communities  # noqa: PLC0415

    async with open_database(settings.database.path) as database:
        every = await database.read(communities.every)
        found = [each for each in every if options.community in (None, *names(each))]
        if len(found) != 1:
            return complain(which(every, options.community, "points"), FAILED)
        ask = input if sys.stdin.isatty() else None
        desk = Desk(database, found[0], wall_clock, ask, stop)
        if options.list:
            return await desk.show()
        if options.undo is not None:
            return await desk.undo(options.undo, yes=options.yes)
        try:
            columns = dict(map(mapped, options.map))
        except MappingError as error:
            return complain(error, FAILED)
        wanted = Wanted(
            file=options.file,
            columns=columns,
            encoding=options.encoding,
            day_first={"dmy": True, "mdy": False}.get(options.dates),
            undated_on=options.on,
            people=options.people,
            meet=options.meet,
            yes=options.yes,
        )
        return await desk.import_file(wanted)


def _date(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise argparse.ArgumentTypeError("wants a date as in 2026-03-06") from None
