"""``laurel run`` as a process of its own, whichever platforms it serves."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp

from bot.domain.community import Settings
from storage.file import connect
from tests import nursery
from tests.battery.hurried import World
from tests.waiting import until

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
"""How long the process may take to connect on a busy machine."""

EASY = Settings(
    "en", ZoneInfo("UTC"), allowance_per_day=100, pair_cooldown_h=0, reason_min_chars=1
)
"""Everything may be said, as often as one likes."""

OK = 200
TOKEN = re.compile(r"\bno\d+x\d+\b")
"""What `number` returns, among other words."""


@dataclass(repr=False, kw_only=True)
class Process:
    """Laurel's folder, its process, and how time passes for it.

    Attributes:
        more: Settings beside those of the platforms.

        child: The process; None while there is none.

        public: Where it is reached from outside.

        url: Where it says how it is.

        command: What it is told to do.

        under: What begins it; empty for nothing but Python.
    """

    folder: Path
    world: World
    more: str = ""
    public: str = "none"
    child: nursery.Child | None = None
    url: str = ""
    command: str = "run"
    under: Sequence[str] = ()

    @property
    def file(self) -> Path:
        """What Laurel remembers."""
        return self.folder / "laurel.sqlite3"

    @property
    def log(self) -> Path:
        """What Laurel told whoever runs it."""
        return self.folder / "log.txt"

    def settings(self) -> Sequence[str]:
        """Return the settings of the platforms that it serves, a line each."""
        return ()

    def secrets(self) -> Mapping[str, str]:
        """Return the tokens of the platforms that it serves."""
        return {}

    def later(self, seconds: float) -> None:
        """Let time pass while nothing runs."""
        self.world = replace(self.world, ahead_s=self.world.ahead_s + seconds)

    def configure(self) -> Path:
        """Write its settings, and return where."""
        database = ("[database]", f'path = "{self.file}"')
        web = ("[web]", "port = 0", f'public = "{self.public}"')
        lines = [*database, *web, *self.settings(), self.more]
        config = self.folder / "config.toml"
        config.write_text("\n".join(lines), "utf-8")
        return config

    async def start(self) -> nursery.Child:
        """Start the process and return it, connected or not."""
        config = self.configure()
        module, words = "bot", ["--config", str(config), self.command]
        if not self.world.is_ours:
            module, words = "tests.battery.hurried", [self.world.words(), *words]
        env = {"PATH": os.environ.get("PATH", ""), **self.secrets()}
        with self.log.open("ab") as log:
            self.child = await nursery.start(
                *(module, words, ROOT, env, log.fileno()), under=self.under
            )
        return self.child

    @asynccontextmanager
    async def running(self, *, connected: bool = True) -> AsyncIterator[None]:
        """Run Laurel; killed at the end, unless it has gone by itself."""
        child = await self.start()
        try:
            assert child.stdout is not None
            line = (await child.stdout.readline()).decode()
            assert "http://" in line, self.log.read_text("utf-8")[-2000:]
            self.url = line.split()[-1].removesuffix("readyz")
            if connected:
                await self.ready()
            yield
        finally:
            await self.kill()

    async def ready(self) -> None:
        """Wait until Laurel is connected, and its commands can be typed."""
        async with aiohttp.ClientSession() as session, asyncio.timeout(PATIENCE_S):
            while True:
                async with session.get(f"{self.url}readyz") as answer:
                    if answer.status == OK:
                        return
                await asyncio.sleep(0.02)

    async def kill(self) -> None:
        """End the process where it stands."""
        if self.child is None:
            return
        if self.child.returncode is None:
            self.child.send_signal(signal.SIGKILL)
        await self.child.wait()
        self.gone()

    def gone(self) -> None:
        """Note that the process is no more."""

    async def stop(self) -> int:
        """Tell the process to end, and return how it did."""
        assert self.child is not None
        self.child.send_signal(signal.SIGTERM)
        return await self.child.wait()

    def waiting(self) -> int:
        """Return how many messages are still to go out."""
        return self.count("outbox WHERE state IN ('new', 'sending')")

    def count(self, what: str) -> int:
        """Return how many rows there are of something."""
        connection = connect(self.file, "ro")
        try:
            (number,) = connection.execute(f"SELECT count(*) FROM {what}").fetchone()  # noqa: S608
            return int(number)
        finally:
            connection.close()

    async def settled(self, patience_s: float = PATIENCE_S) -> None:
        """Wait until everything has gone out."""
        await until(lambda: not self.waiting(), patience_s)

    def crashes(self) -> list[str]:
        """Return the last lines of errors that nobody expected."""
        told = self.log.read_text("utf-8").split("Traceback (most recent call last)")
        lost = [line for line in told[0].splitlines() if "was destroyed" in line]
        return [*lost, *(each.strip()[-400:] for each in told[1:])]


def number(client: int, count: int) -> str:
    """Return words of which there are no others."""
    return f"no{client}x{count}"
