"""What ``laurel`` does beside the demo: platforms are served, audits handed out."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from bot import audit_verify
from bot.config import (
    DISCORD,
    SLACK_APP,
    SLACK_BOT,
    Settings,
)
from bot.exits import (
    BAD_CONFIG,
    BAD_CREDENTIALS,
    FAILED,
    OK,
    Stop,
    complain,
    make_without_looking,
    port_taken,
)
from bot.importing import command as importing
from bot.keeping import command as keeping

Run = Callable[[Settings, argparse.Namespace], int]
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # noqa: SLF001

_WHERE_TOKENS_ARE: Mapping[str, str] = MappingProxyType(
    {
        "discord": (
            "Make a new one on the page Bot of the application, and put it into .env "
            f"as {DISCORD}."
        ),
        "slack": (
            "The page OAuth & Permissions of the app has the bot's token, "
            f"{SLACK_BOT}, and Basic Information the app's, {SLACK_APP}; put the one "
            "that it is about into .env anew."
        ),
    }
)
"""By the name of the platform that does not take one."""


def add(commands: Commands, name: str, run: Run, words: str) -> argparse.ArgumentParser:
    """Add a command to those that there are, and return it."""
    command = commands.add_parser(name, help=words, description=words)
    command.set_defaults(run=run)
    return command


def add_commands(commands: Commands) -> None:
    """Add the commands that are about platforms, and about what was decided there."""
    add(commands, "run", _run, "serve the platforms that are configured")
    add(commands, "invite", _invite, "print where Laurel is added to a community")
    add(commands, "sync", _sync, "publish the commands to Discord again")
    words = "print what an app has to be on a platform"
    manifest = add(commands, "manifest", _manifest, words)
    manifest.add_argument("platform", choices=["slack"])
    manifest.add_argument(
        "--prefix",
        type=_prefix,
        help="put before each command's name (default: slack.prefix of config.toml)",
    )
    words = "copy the database, verified, also while Laurel runs"
    keeping.add_backup(add(commands, "backup", keeping.run_backup, words))
    words = "put a backup back; nothing is sent twice"
    keeping.add_restore(add(commands, "restore", keeping.run_restore, words))
    words = "write everything that is kept as JSON lines"
    keeping.add_export(add(commands, "export", keeping.run_export, words))
    words = "count what another tool had counted, from its export"
    importing.add_arguments(add(commands, "import", _import, words))
    words = "hand out what was decided, or verify what was handed out"
    audit = commands.add_parser("audit", help=words, description=words)
    _add_audit(audit.add_subparsers(required=True, metavar="WHAT"))


def _add_audit(commands: Commands) -> None:
    words = "write a community's audit into a file, a row a line"
    export = add(commands, "export", _export, words)
    export.add_argument("file", type=Path, metavar="FILE", help="a file to be made")
    words = "whose, as PLATFORM:ID; needed where Laurel serves more than one"
    export.add_argument("--community", help=words)
    words = "say whether an audit is whole, and which row is not as it was written"
    audit_verify.add_arguments(add(commands, "verify", _verify, words))


def _prefix(typed: str) -> str:
    if not re.fullmatch(r"[a-z][a-z-]{0,11}", typed):
        raise argparse.ArgumentTypeError("wants letters a to z and dashes, at most 12")
    return typed


def _export(settings: Settings, options: argparse.Namespace) -> int:
    from bot.auditing import export  # noqa: PLC0415  as below

    return export(settings.database.path, options.community, options.file)


def _verify(_settings: Settings, options: argparse.Namespace) -> int:
    return audit_verify.verify(options.file, options.digest or (), sys.stdout)


def _import(settings: Settings, options: argparse.Namespace) -> int:
    return importing.run(settings, options)


def _run(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.platforms import SetupError, check_set_up  # noqa: PLC0415

    try:
        check_set_up(settings)
    except SetupError as error:
        return complain(error, BAD_CONFIG)
    return _with_platforms(_serve(settings), settings, "A platform")


def _invite(settings: Settings, _options: argparse.Namespace) -> int:
    from bot.platforms import has_discord, has_slack, serves_many  # noqa: PLC0415

    if has_slack(settings) and not has_discord(settings):
        return _invite_to_slack(settings)
    code = _on_discord(_show_invitation, settings)
    if code == OK and has_slack(settings) and serves_many(settings):
        print()
        code = _invite_to_slack(settings)
    return code


def _sync(settings: Settings, _options: argparse.Namespace) -> int:
    return _on_discord(_publish, settings)


def _on_discord(
    work: Callable[[Settings], Coroutine[None, None, None]], settings: Settings
) -> int:
    if DISCORD not in settings.secrets:
        words = (
            f"This asks Discord, and {DISCORD} is not in .env; docs/discord.md says "
            "how to get it."
        )
        return complain(words, BAD_CONFIG)
    return _with_platforms(work(settings), settings, "Discord")


def _with_platforms(
    work: Coroutine[None, None, None], settings: Settings, asked: str
) -> int:
    """Run what asks a platform, and say in words what is wrong with its token."""
    from bot.chat.adapter import (  # noqa: PLC0415  as below
        CredentialsError,
        NotAcceptedError,
        OutcomeUnknownError,
    )

    try:
        asyncio.run(work)
    except CredentialsError as error:
        words = f"{error}. {_WHERE_TOKENS_ARE[error.platform]}"
        return complain(words, BAD_CREDENTIALS)
    except (NotAcceptedError, OutcomeUnknownError) as error:
        words = (
            f"{asked} did not answer as it should ({error}). Nothing was changed; try "
            "again in a minute."
        )
        return complain(words, FAILED)
    except OSError as error:
        return port_taken(settings.web.port, "web.port", error)
    return OK


def _manifest(settings: Settings, options: argparse.Namespace) -> int:
    # Other commands do not need all of this, and answer sooner without it.
    from bot import platforms  # noqa: PLC0415
    from bot.adapters.slack.console import app_manifest  # noqa: PLC0415
    from bot.features import declared, load_words  # noqa: PLC0415

    prefix, public = options.prefix, platforms.public_address(settings)
    by_socket = settings.slack.connect == "socket"
    if public is None and not by_socket:
        words = "config.toml: web.public: is missing; Slack has to call somewhere"
        return complain(words, BAD_CONFIG)
    catalogue = load_words()
    try:
        drawn = app_manifest(
            declared(catalogue),
            catalogue,
            prefix=platforms.slack_prefix(settings) if prefix is None else prefix,
            public=public,
            by_socket=by_socket,
        )
    except ValueError as error:
        return complain(f"With this prefix, {error}. Choose another one.", BAD_CONFIG)
    print(json.dumps(drawn, indent=2, ensure_ascii=False))
    return OK


async def _show_invitation(settings: Settings) -> None:
    from bot.adapters.discord.console import invitation  # noqa: PLC0415  as above
    from bot.adapters.discord.permissions import explained  # noqa: PLC0415
    from bot.features import load_words  # noqa: PLC0415
    from bot.platforms import discord_options  # noqa: PLC0415

    token = settings.secrets[DISCORD].reveal()
    print(await invitation(token, discord_options(settings)))
    print("\nIt asks for these permissions, and for no others:")
    words, locale = load_words(), settings.locale.default
    for name, why in explained(words, locale, events=settings.discord.events):
        print(f"- {name}: {why}")


def _invite_to_slack(settings: Settings) -> int:
    from bot import platforms  # noqa: PLC0415  as above
    from bot.adapters.slack.console import invitation, scopes  # noqa: PLC0415

    public = platforms.public_address(settings)
    if public is None or not platforms.serves_many(settings):
        words = (
            f"{SLACK_BOT} is of one workspace, and Laurel is there. For others to add "
            "Laurel to theirs, see LAUREL_SLACK_CLIENT_ID in docs/configuration.md."
        )
        return complain(words, BAD_CONFIG)
    print(invitation(public))
    print("\nIt asks for these scopes, and for no others:")
    for scope, why, optional in scopes():
        print(f"- {scope}: {why}{' (optional)' if optional else ''}")
    return OK


async def _publish(settings: Settings) -> None:
    from bot.adapters.discord.console import publish_now  # noqa: PLC0415  as above
    from bot.features import declared, load_words  # noqa: PLC0415
    from bot.platforms import discord_options  # noqa: PLC0415

    token, words = settings.secrets[DISCORD].reveal(), load_words()
    options = discord_options(settings)
    if await publish_now(token, options, declared(words), words):
        print("Published. Discord shows them within a minute.")
    else:
        print("Discord has them already; nothing was changed.")


async def _serve(settings: Settings) -> None:
    make_without_looking()
    from bot.app import wall_clock  # noqa: PLC0415  as above
    from bot.archive import until  # noqa: PLC0415
    from bot.serve import serving  # noqa: PLC0415

    stop = Stop()

    async def serve() -> None:
        async with serving(settings, clock=wall_clock, wall=wall_clock) as served:
            names = ", ".join(each.name for each in served.adapters)
            print(f"Laurel serves {names}. How it is: {served.url}readyz", flush=True)
            await until(served.laurel.attendants, stop.wait())

    await stop.end(serve())
    print("Stopped. Nothing is lost.", flush=True)
