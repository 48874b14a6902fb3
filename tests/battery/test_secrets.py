"""T31: no token is in any line, page, answer, export, backup or file, at any level.

Laurel is served as `laurel run` does it, over doubles of both platforms, with a secret
of every kind, and everything that it says is kept, while all goes well and while
nothing does. Then all of it is looked through for each, however it may be written.
"""

from __future__ import annotations

import asyncio
import base64
import io
import json
import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import quote

import pytest
from aiohttp import ClientSession

from bot import __main__ as laurel
from bot import logs
from bot.adapters.slack.manifest import SCOPES
from bot.adapters.slack.store import Grant, Installed
from bot.app import open_database, wall_clock
from bot.cards import typefaces
from bot.config import Settings, load
from bot.logs import logged
from bot.sealed import Seal
from bot.serve import Served, serving
from storage import addresses, communities
from storage.database import Transaction
from storage.file import create
from tests.battery.told import Tell
from tests.fakes.discord import Discord
from tests.fakes.discord import doubled as discord_doubled
from tests.fakes.discord.guilds import Guild
from tests.fakes.lenient import lenient
from tests.fakes.slack import Slack
from tests.fakes.slack import doubled as slack_doubled
from tests.fakes.slack.teams import Team
from tests.stories.quick import quick
from tests.waiting import until

KEY = "c3dvcmRmaXNoc3dvcmRmaXNoc3dvcmRmaXNoc3dvcmQ="
BETWEEN_US = "Between the two of us, nobody else saw the soup boil over."

LIBRARIES = ("aiohttp", "aiosqlite", "asyncio", "discord", "slack_bolt", "slack_sdk")


@dataclass
class Heard:
    """All that was said, by where it was said.

    Attributes:
        secrets: What must not be in it, by its name.

        levels: From which level on Laurel lets a library into its log.
    """

    secrets: dict[str, str]
    log: io.StringIO = field(default_factory=io.StringIO)
    said: dict[str, bytes] = field(default_factory=dict)
    levels: dict[str, int] = field(default_factory=dict)

    def usual(self) -> Iterator[str]:
        """Yield the lines of the log that Laurel writes at debug."""
        known = logging.getLevelNamesMapping()
        for line in self.log.getvalue().splitlines():
            event = json.loads(line)
            library = event["logger"].partition(".")[0]
            if known[event["level"].upper()] >= self.levels.get(library, 0):
                yield line

    def hits(self) -> list[str]:
        """Return where which secret is, in whichever spelling."""
        everything = {**self.said, "log": self.log.getvalue().encode()}
        return [
            f"{name} in {place}"
            for place, text in everything.items()
            for name, secret in self.secrets.items()
            if any(form in text for form in spellings(secret))
        ]


def spellings(secret: str) -> Iterator[bytes]:
    """Yield how a secret may be written."""
    plain = secret.encode()
    yield plain
    yield base64.b64encode(plain)
    yield plain.hex().encode()
    yield quote(secret, safe="").encode()
    yield json.dumps(secret)[1:-1].encode()
    yield plain[len(plain) // 2 :]  # cut off where a line was too long


def configure(folder: Path, discord: Discord, slack: Slack) -> Settings:
    """Write what an admin writes, with each of the secrets, and read it."""
    (folder / "config.toml").write_text(
        f'[discord]\napi = "{discord.api}"\ngateway = "{discord.gateway}"\n'
        f'[slack]\napi = "{slack.api}"\n[log]\nlevel = "debug"\n'
        '[web]\nport = 0\npublic = "https://laurel.example"\n'
    )
    env = folder / ".env"
    env.touch(mode=0o600)
    tokens = {
        "LAUREL_DISCORD_TOKEN": discord.token,
        "LAUREL_SLACK_APP_TOKEN": slack.app_token,
        "LAUREL_SLACK_SIGNING_SECRET": slack.signing_secret,
        "LAUREL_SLACK_CLIENT_ID": slack.client_id,
        "LAUREL_SLACK_CLIENT_SECRET": slack.client_secret,
        "LAUREL_SLACK_KEY": KEY,
    }
    env.write_text("".join(f"{name}={value}\n" for name, value in tokens.items()))
    return load(folder / "config.toml", env, {})


@contextmanager
def listening(
    settings: Settings, heard: Heard, style: Literal["text", "json"] = "json"
) -> Iterator[None]:
    """Log as `laurel` does at debug, and have the libraries tell all they can."""
    known = [secret.reveal() for secret in settings.secrets.values()]
    with logged(heard.log, level="debug", style=style, secrets=known):
        usual = {name: logging.getLogger(name).level for name in LIBRARIES}
        for name in LIBRARIES:
            logging.getLogger(name).setLevel(logging.DEBUG)
        yield
        heard.levels |= usual


@asynccontextmanager
async def doubles() -> AsyncIterator[tuple[Discord, Guild, Slack, Team]]:
    """Run a Discord and a Slack, each with somebody in it."""
    with lenient(), quick("discord_options", guilds_settle_s=0.1):
        async with (
            discord_doubled(wall_clock) as discord,
            slack_doubled(wall_clock) as slack,
        ):
            yield discord, discord.add_guild("Willow"), slack, slack.add_team("Birch")


async def install(settings: Settings, team: Team) -> None:
    """Keep the token of a workspace, as installing Laurel there does."""
    async with open_database(settings.database.path) as database:
        kept = Installed(database, Seal.of(KEY), wall_clock)
        grant = Grant(
            place=team.id,
            organisation=False,
            name="Birch",
            teams=(team.id,),
            bot=team.bot_user_id,
            installer="U0INSTALLER",
            scopes=tuple(SCOPES),
            token=team.bot_token,
        )
        await kept.save(grant)


async def ask(url: str, heard: Heard) -> None:
    """Ask for each page that says how it is."""
    async with ClientSession(url) as web:
        for page in ("healthz", "readyz", "metrics"):
            async with web.get(f"/{page}") as got:
                heard.said[f"/{page} {len(heard.said)}"] = await got.read()


async def read_feed(served: Served, heard: Heard) -> None:
    """Have somebody read the secret address of a community, also where nothing is."""

    def mint(tx: Transaction) -> str:
        here = next(iter(communities.every(tx)))
        return addresses.mint(tx, here, None, wall_clock()).secret

    secret = await served.laurel.database.write(mint)
    heard.secrets["an address"] = secret
    async with ClientSession(served.url) as web:
        for page, status in (("recaps", 200), ("recaps/7", 404), ("%00", 404)):
            async with web.get(f"/feeds/{secret}/{page}") as got:
                assert status == got.status


async def whisper(guild: Guild) -> None:
    """Have somebody thank another between the two of them."""
    ben = guild.add_member("Ben")
    typed = {"to": ben, "why": BETWEEN_US, "private": True}
    shown = await guild.owner.slash("shoutout", typed, guild.general)
    assert BETWEEN_US in shown.text or "Undo" in shown.text, shown.text


async def go_wrong(
    served: Served, discord: Discord, slack: Slack, heard: Heard
) -> None:
    """Have the platforms be gone, and something of Laurel's own fail."""
    slack.faults.cut()
    await discord.faults.cut_everything()
    await until(lambda: any(each.trouble for each in served.adapters))

    failures = [RuntimeError(f"it failed with {discord.token} and {KEY}")]

    async def fail() -> None:
        while failures:
            raise failures.pop()

    served.laurel.supervisor.watch("planted", fail)
    await until(lambda: "background task failed" in heard.log.getvalue())


async def command(folder: Path, heard: Heard, *words: str) -> None:
    """Type `laurel` and these words, and keep what is said."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(typefaces, "every", typefaces.bundled)  # the others take long
        patched.setattr("sys.stdout", out)
        patched.setattr("sys.stderr", err)
        arguments = ["--config", str(folder / "config.toml"), *words]
        await asyncio.to_thread(laurel.main, arguments)
    heard.said[f"laurel {words[0]}"] = (out.getvalue() + err.getvalue()).encode()
    assert heard.said[f"laurel {words[0]}"]


async def listen(folder: Path, *commands: Sequence[str]) -> Heard:
    """Serve, fail and stop, and return all that was said or written meanwhile."""
    async with doubles() as (discord, guild, slack, team):
        settings = configure(folder, discord, slack)
        names = {name: each.reveal() for name, each in settings.secrets.items()}
        del names["LAUREL_SLACK_CLIENT_ID"]  # whoever installs Laurel sees it
        heard = Heard({**names, "a workspace's token": team.bot_token})
        create(settings.database.path)
        await install(settings, team)
        with listening(settings, heard):
            async with serving(settings, clock=wall_clock, wall=wall_clock) as served:
                await until(lambda: not any(a.trouble for a in served.adapters))
                await whisper(guild)
                await ask(served.url, heard)
                await read_feed(served, heard)
                await go_wrong(served, discord, slack, heard)
                await ask(served.url, heard)
                await discord.faults.mend()
        for words in commands:
            given = (words[0], *(str(folder / each) for each in words[1:]))
            await command(folder, heard, *given)
        discord.findings.clear()
        slack.findings.clear()
    written = (each for each in folder.rglob("*") if each.is_file())
    heard.said |= {
        each.name: each.read_bytes() for each in written if each.name != ".env"
    }
    return heard


async def test_no_secret_is_anywhere(tmp_path: Path, tell: Tell) -> None:
    """Not when all is well, and not when nothing is; nor are words meant for one."""
    heard = await listen(
        tmp_path, ("check",), ("backup", "copy"), ("export", "all.jsonl")
    )

    hits = heard.hits()
    tell("P21", f"hits of {len(heard.secrets)} planted secrets", len(hits), most=0)
    assert [] == hits
    log = heard.log.getvalue()
    assert "it failed with [redacted] and [redacted]" in log
    assert "Traceback" in log
    assert {"copy", "all.jsonl", "laurel.sqlite3"} <= set(heard.said)
    assert BETWEEN_US.encode() in heard.said["all.jsonl"]
    assert BETWEEN_US not in "\n".join(heard.usual())
    told = {json.loads(line)["logger"].partition(".")[0] for line in log.splitlines()}
    assert {"aiosqlite", "bot", "discord", "slack_sdk"} <= told


async def test_a_log_that_knows_no_secrets_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The planted defect: without its filter, the log has what was looked for."""
    monkeypatch.setattr(logs, "redactor", lambda _secrets: lambda text: text)
    hits = (await listen(tmp_path)).hits()

    assert {"LAUREL_DISCORD_TOKEN in log", "LAUREL_SLACK_KEY in log"} <= set(hits)


@pytest.mark.parametrize("spelling", range(5))
def test_each_spelling_is_found(spelling: int) -> None:
    """Plain, in Base64, in hexadecimal, in an address, in JSON."""
    secret = 'a/b"c' + "x" * 9
    heard: Sequence[bytes] = [*spellings(secret)]
    found = Heard({"it": secret}, said={"file": b"\0" + heard[spelling] + b"\0"})
    assert ["it in file"] == found.hits()
