"""The command ``laurel``."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

from bot.config import ConfigError, Settings, load
from bot.logs import logged
from storage.file import AnotherInstanceError, DatabaseFileError, create

OK, FAILED, BAD_CONFIG, BAD_DATABASE, BAD_CREDENTIALS, IN_USE = range(6)
"""Exit codes. Whatever restarts the process must not do so after 2, 4 and 5."""

STOP_WITHIN_S = 10.0
"""However stuck, the process is gone this long after it was told to stop."""


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
        return _complain(error, BAD_CONFIG)
    except AnotherInstanceError as error:
        return _complain(error, IN_USE)
    except DatabaseFileError as error:
        return _complain(error, BAD_DATABASE)


def _level(
    settings: Settings, *, quiet: bool
) -> Literal["debug", "info", "warning", "error"]:
    """Return the least severity worth a line.

    Whoever tries Laurel wants to see an address, not what hundreds of seeded members
    did; at ``debug`` they see that as well.
    """
    level = settings.log.level
    return "warning" if quiet and level == "info" else level


def _complain(error: Exception, code: int) -> int:
    print(error, file=sys.stderr)
    return code


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
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add(commands, "demo", _demo, "try everything in a browser, with no account")
    _add(commands, "run", _run, "serve the platforms that are configured")
    _add(commands, "init", _init, "make an empty database")
    _add(commands, "check", _check, "say what is wrong, and how to mend it")
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[Settings, argparse.Namespace], int],
    words: str,
) -> None:
    commands.add_parser(name, help=words, description=words).set_defaults(run=run)


def _demo(settings: Settings, _options: argparse.Namespace) -> int:
    try:
        asyncio.run(_show(settings))
    except OSError as error:
        port = settings.playground.port
        return _complain(
            OSError(
                f"The playground cannot be shown at port {port} ({error.strerror}). "
                "Set another one as playground.port in config.toml; 0 takes any that "
                "is free."
            ),
            FAILED,
        )
    return OK


async def _show(settings: Settings) -> None:
    # Other commands do not need all of this, and answer sooner without it.
    from bot.app import wall_clock  # noqa: PLC0415
    from bot.demo.run import demo  # noqa: PLC0415

    told = _told_to_stop()
    folder, port = settings.playground.folder, settings.playground.port
    async with demo(folder, port, wall_clock) as shown:
        print(f"Laurel is at {shown.url}", flush=True)
        print("Stop it with Ctrl+C; everything stays as it is.", flush=True)
        await told.wait()
    print("Stopped. Nothing is lost.", flush=True)


def _run(_settings: Settings, _options: argparse.Namespace) -> int:
    print(
        "No platform is configured, so there is nothing to serve. This version of "
        "Laurel speaks to the playground alone: try `laurel demo`.",
        file=sys.stderr,
    )
    return BAD_CONFIG


def _init(settings: Settings, _options: argparse.Namespace) -> int:
    create(settings.database.path)
    print(f"Made {settings.database.path}")
    return OK


def _check(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.check import check  # noqa: PLC0415  as above

    return OK if check(settings, sys.stdout) else FAILED


def _told_to_stop() -> asyncio.Event:
    """Return what SIGTERM and Ctrl+C set; from then on, the process ends in time."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()

    def tell() -> None:
        if not told.is_set():
            last = threading.Timer(STOP_WITHIN_S, os._exit, (FAILED,))
            last.daemon = True
            last.start()
        told.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, tell)
    return told


if __name__ == "__main__":
    raise SystemExit(main())
