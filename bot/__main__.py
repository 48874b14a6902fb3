"""The command ``laurel``."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from bot import console
from bot.config import ConfigError, Settings, load
from bot.console import Commands, add
from bot.exits import (
    BAD_CONFIG,
    BAD_DATABASE,
    FAILED,
    IN_USE,
    OK,
    Stop,
    complain,
    make_without_looking,
    port_taken,
)
from bot.logs import logged
from storage.file import create
from storage.lock import AnotherInstanceError, DatabaseFileError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code."""
    options = _parser().parse_args(arguments)
    folder = options.config.parent
    try:
        settings = load(options.config, folder / ".env", os.environ)
        with logged(
            sys.stderr,
            level=_level(settings, quiet=options.run is _demo),
            style=settings.log.format,
            secrets=[secret.reveal() for secret in settings.secrets.values()],
        ):
            return int(options.run(settings, options))
    except ConfigError as error:
        return complain(error, BAD_CONFIG)
    except AnotherInstanceError as error:
        return complain(error, IN_USE)
    except DatabaseFileError as error:
        return complain(error, BAD_DATABASE)


def _level(
    settings: Settings, *, quiet: bool
) -> Literal["debug", "info", "warning", "error"]:
    """Return the least severity worth a line.

    Whoever tries Laurel wants to see an address, not what hundreds of seeded members
    did; at ``debug`` they see that as well.
    """
    level = settings.log.level
    return "warning" if quiet and level == "info" else level


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="laurel", description="Recognition for communities, in chat."
    )
    parser.add_argument(
        "--config",
        type=Path,
        default=Path("config.toml"),
        help="the settings; .env is read beside it (default: config.toml)",
    )
    commands: Commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add(commands, "demo", _demo, "try everything in a browser, with no account")
    add(commands, "init", _init, "make an empty database")
    add(commands, "check", _check, "say what is wrong, and how to mend it")
    console.add_commands(commands)
    return parser


def _demo(settings: Settings, _options: argparse.Namespace) -> int:
    try:
        asyncio.run(_show(settings))
    except OSError as error:
        return port_taken(settings.playground.port, "playground.port", error)
    return OK


async def _show(settings: Settings) -> None:
    make_without_looking()
    # Other commands do not need all of this, and answer sooner without it.
    from bot.app import wall_clock  # noqa: PLC0415
    from bot.archive import until  # noqa: PLC0415
    from bot.demo.run import demo  # noqa: PLC0415

    stop = Stop()
    folder, port = settings.playground.folder, settings.playground.port

    async def show() -> None:
        async with demo(folder, port, wall_clock) as shown:
            print(f"Laurel is at {shown.url}", flush=True)
            print("Stop it with Ctrl+C; everything stays as it is.", flush=True)
            await until(shown.laurel.attendants, stop.wait())

    await stop.end(show())
    print("Stopped. Nothing is lost.", flush=True)


def _init(settings: Settings, _options: argparse.Namespace) -> int:
    create(settings.database.path)
    print(f"Made {settings.database.path}")
    return OK


def _check(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.check import check  # noqa: PLC0415  as above

    return OK if check(settings, sys.stdout) else FAILED


if __name__ == "__main__":
    raise SystemExit(main())
