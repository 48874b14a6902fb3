"""The command ``laurel``."""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import sys
import threading
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import Literal

from bot.config import DISCORD, ConfigError, Settings, load
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
    _add(commands, "invite", _invite, "print the address that adds Laurel to a server")
    _add(commands, "sync", _sync, "publish the commands to Discord again")
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
        return _complain(_port_error(port, "playground.port", error), FAILED)
    return OK


def _port_error(port: int, key: str, error: OSError) -> Exception:
    return Exception(
        f"Nothing can be shown at port {port} ({error.strerror}). Set another one as "
        f"{key} in config.toml; 0 takes any that is free."
    )


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


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    return _with_platforms(_serve(settings), settings)


def _invite(settings: Settings, _options: argparse.Namespace) -> int:
    return _with_platforms(_show_invitation(settings), settings)


def _sync(settings: Settings, _options: argparse.Namespace) -> int:
    return _with_platforms(_publish(settings), settings)


def _with_platforms(work: Coroutine[None, None, None], settings: Settings) -> int:
    """Run what needs a platform's token, and say in words what is wrong with it."""
    from bot.chat.adapter import (  # noqa: PLC0415  as below
        CredentialsError,
        NotAcceptedError,
        OutcomeUnknownError,
    )

    if DISCORD not in settings.secrets:
        work.close()
        return _complain(_no_platform(), BAD_CONFIG)
    try:
        asyncio.run(work)
    except CredentialsError as error:
        return _complain(_bad_credentials(error), BAD_CREDENTIALS)
    except (NotAcceptedError, OutcomeUnknownError) as error:
        return _complain(_unreachable(error), FAILED)
    except OSError as error:
        return _complain(_port_error(settings.web.port, "web.port", error), FAILED)
    return OK


def _no_platform() -> Exception:
    return Exception(
        "No platform has its token yet, so there is nothing to serve. Put "
        f"{DISCORD} into .env to serve Discord; docs/discord.md says how to get "
        "one. To try Laurel without any account, try `laurel demo`."
    )


def _bad_credentials(error: Exception) -> Exception:
    return Exception(
        f"{error}. Make a new one on the page Bot of the application, and put it into "
        f".env as {DISCORD}."
    )


def _unreachable(error: Exception) -> Exception:
    return Exception(
        f"Discord did not answer as it should ({error}). Nothing was changed; try "
        "again in a minute."
    )


async def _show_invitation(settings: Settings) -> None:
    from bot.adapters.discord.console import invitation  # noqa: PLC0415  as below
    from bot.adapters.discord.permissions import explained  # noqa: PLC0415
    from bot.app import load_words  # noqa: PLC0415
    from bot.serve import discord_options  # noqa: PLC0415

    token = settings.secrets[DISCORD].reveal()
    print(await invitation(token, discord_options(settings)))
    print("\nIt asks for these permissions, and for no others:")
    for name, why in explained(load_words(), settings.locale.default):
        print(f"- {name}: {why}")


async def _publish(settings: Settings) -> None:
    from bot.adapters.discord.console import publish_now  # noqa: PLC0415  as below
    from bot.app import declared, load_words  # noqa: PLC0415
    from bot.serve import discord_options  # noqa: PLC0415

    token, words = settings.secrets[DISCORD].reveal(), load_words()
    options = discord_options(settings)
    if await publish_now(token, options, declared(words), words):
        print("Published. Discord shows them within a minute.")
    else:
        print("Discord has them already; nothing was changed.")


async def _serve(settings: Settings) -> None:
    from bot.app import wall_clock  # noqa: PLC0415  as below
    from bot.serve import serving  # noqa: PLC0415

    told = _told_to_stop()
    async with serving(settings, clock=wall_clock, wall=wall_clock) as served:
        names = ", ".join(each.name for each in served.adapters)
        print(f"Laurel serves {names}. How it is: {served.url}readyz", flush=True)
        await told.wait()
    print("Stopped. Nothing is lost.", flush=True)


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
