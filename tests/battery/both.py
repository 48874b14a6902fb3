"""``laurel run`` as a process of its own, beside doubles of Discord and of Slack."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp

from storage.file import connect
from tests.battery import on_discord, on_slack
from tests.battery.asking import Server, Venue, Workspace
from tests.battery.process import Process

OUTBOUND = (
    r"^\w+ /(channels|users|guilds|applications)/"
    r"|^(chat|conversations|files|pins|usergroups|users|views\.publish)\b"
)
"""What Laurel asks platforms of its own accord: everything but answers."""

TOO_LATE = 10062

ERRORS = re.compile(r"\b(ERROR|CRITICAL)\b|Traceback|was destroyed|never awaited")


@dataclass(repr=False, kw_only=True)
class Land(Process):
    """Both doubles, and one Laurel beside them.

    What is wrong there is in `wrong`, and what the log says that nobody wants to read
    in `complaints`.

    Attributes:
        named: Whether Laurel is told by a name where Discord is.
    """

    servers: on_discord.Town
    workspaces: on_slack.Town
    named: bool = False

    async def found(self, each: int) -> Sequence[Venue]:
        """Make the file, with so many places on either platform."""
        for number in range(each):
            self.servers.found(f"Town {number}")
            self.workspaces.found(f"Town {number}")
        self.public = self.workspaces.public
        await self.servers.prepare()
        await self.workspaces.prepare()
        return self.venues

    @property
    def venues(self) -> Sequence[Venue]:
        """Every place, of either platform in turn."""
        both = zip(self.servers.places, self.workspaces.places, strict=True)
        return [
            each for one, two in both for each in (Server(one), Workspace(two))
        ]  # fmt: skip

    def settings(self) -> Sequence[str]:
        """Return where both are."""
        servers = self.servers.settings()
        if self.named:
            servers = [line.replace("127.0.0.1", "localhost") for line in servers]
        return (*servers, *self.workspaces.settings())

    def secrets(self) -> Mapping[str, str]:
        """Return what both are told."""
        return {**self.servers.secrets(), **self.workspaces.secrets()}

    async def ready(self) -> None:
        """Wait until Laurel is connected to both, and knows every workspace."""
        await super().ready()
        await self.workspaces.met()

    def tolerate_silence(self) -> None:
        """Let Laurel leave commands unanswered: it is about to end, or in trouble."""
        self.servers.discord.tolerate(TOO_LATE)
        self.workspaces.slack.tolerate(on_slack.UNTAKEN)

    def gone(self) -> None:
        """Have Discord forget its sessions."""
        self.servers.gone()

    def later(self, seconds: float) -> None:
        """Let time pass while nothing runs, for either platform as well."""
        super().later(seconds)
        self.servers.world = self.workspaces.world = self.world

    def hang(self, *, accept: bool = False) -> None:
        """Have nothing be answered that Laurel asks of its own accord.

        Args:
            accept: Whether it is done all the same.
        """
        for double in (self.servers.discord, self.workspaces.slack):
            double.faults.hang(wait_s=600, accept=accept, for_s=600, path=OUTBOUND)

    def mend(self) -> None:
        """Have what hangs be cut, and answer from now on."""
        discord, slack = self.servers.discord, self.workspaces.slack
        for closing in (discord.rest.closing, slack.web_api.closing):
            closing.set()
            closing.clear()
        discord.faults.clear()
        slack.faults.clear()

    async def metrics(self) -> Mapping[str, float]:
        """Return what a monitoring system is told, by name with its labels."""
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{self.url}metrics") as answer,
        ):
            told = await answer.text()
        lines = (line for line in told.splitlines() if not line.startswith("#"))
        pairs = (line.rpartition(" ") for line in lines)
        return {name: float(value) for name, _, value in pairs}

    def wrong(self, acknowledged: Sequence[str]) -> dict[str, object]:
        """Return what is wrong once nothing waits; nothing when all is well."""
        return {
            f"{what} on {where}": found
            for where, town in (
                ("Discord", self.servers),
                ("Slack", self.workspaces),
            )
            for what, found in town.wrong(acknowledged).items()
        }

    def lost(self, acknowledged: Sequence[str]) -> int:
        """Return how many thanks are not stored of which somebody was told they are."""
        connection = connect(self.file, "ro")
        kept = {body for (body,) in connection.execute("SELECT body FROM words")}
        connection.close()
        return len(set(acknowledged) - kept)

    def complaints(self) -> Sequence[str]:
        """Return what the log says that nobody wants to read."""
        lines = self.log.read_text("utf-8").splitlines()
        return [line for line in lines if ERRORS.search(line)]


@asynccontextmanager
async def beside_both(folder: Path, speed: int = 1) -> AsyncIterator[Land]:
    """Run both doubles; what breaks a rule of theirs fails the test."""
    async with (
        on_discord.beside(folder, speed) as servers,
        on_slack.beside(folder, speed) as workspaces,
    ):
        workspaces.world = servers.world
        yield Land(
            folder=folder,
            world=servers.world,
            servers=servers,
            workspaces=workspaces,
        )
