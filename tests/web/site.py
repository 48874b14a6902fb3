"""A community whose pages are served over loopback, and a reader of them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from aiohttp import ClientResponse, ClientSession

from bot.domain.community import Community as Home
from bot.domain.community import Member, Privacy
from bot.domain.people import Role
from bot.domain.recurrence import Rule
from bot.web.feeds import routes
from bot.web.server import served
from storage import addresses, communities, members, planning
from storage.addresses import Address, path_of
from storage.database import Transaction
from storage.moments import Moment, MomentKind
from storage.planning import Edit, Wanted
from tests.harness import Community, community

PUBLIC = "https://laurel.example/at"


@dataclass
class Site:
    """A community, and the web port that its pages are on."""

    home: Community
    url: str
    web: ClientSession

    async def get(
        self, path: str, method: str = "GET", **headers: str
    ) -> tuple[ClientResponse, str]:
        """Ask for a path; return what comes, and its text."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        url = self.url.rstrip("/") + path
        async with self.web.request(
            method, url, headers=sent, allow_redirects=False
        ) as got:
            return got, await got.text()

    async def address(self, who: str | None = None) -> Address:
        """Return the address of the community, or of somebody."""
        return await self.home.database.write(
            lambda tx: addresses.mint(tx, *self._whose(tx, who), self.home.clock())
        )

    async def revoke(self, who: str | None = None) -> bool:
        """Have what was handed out lead nowhere."""
        return await self.home.database.write(
            lambda tx: addresses.revoke(tx, *self._whose(tx, who), self.home.clock())
        )

    async def read(self, page: str, who: str | None = None) -> str:
        """Return a page that is there."""
        got, text = await self.get(path_of(await self.address(who), page))
        assert 200 == got.status, text
        return text

    async def plan(
        self,
        title: str,
        rule: Rule,
        about: str = "",
        kind: MomentKind = MomentKind.MOMENT,
        lasts: timedelta = timedelta(hours=1),
    ) -> Moment:
        """Have a moderator put something on the calendar."""
        wanted = Wanted(kind, title, about, None, lasts, rule)

        def add(tx: Transaction) -> Moment:
            here = communities.get(tx, self.home.ref)
            return planning.add(tx, here, wanted, self.edit(tx))

        return await self.home.database.write(add)

    async def change(self, moment: Moment, title: str) -> Moment:
        """Have a moderator call it something else."""
        wanted = Wanted(
            moment.kind, title, moment.about, None, moment.lasts, moment.rule
        )

        def change(tx: Transaction) -> Moment:
            here = communities.get(tx, self.home.ref)
            return planning.change(tx, here, moment, wanted, self.edit(tx))

        return await self.home.database.write(change)

    async def cancel(self, moment: Moment) -> None:
        """Have a moderator take it off."""

        def cancel(tx: Transaction) -> None:
            here = communities.get(tx, self.home.ref)
            assert planning.cancel(tx, here, moment.entry, self.edit(tx))

        await self.home.database.write(cancel)

    async def allow(self, who: str, **privacy: object) -> None:
        """Have somebody allow other things than before."""

        def allow(tx: Transaction) -> None:
            member = self.member(tx, who)
            chosen: Privacy = replace(member.privacy, **privacy)  # type: ignore[arg-type]
            members.prefer(tx, member, chosen, previews=False)

        await self.home.database.write(allow)

    def member(self, tx: Transaction, who: str) -> Member:
        """Return somebody, whom Laurel meets where it has not."""
        here = communities.get(tx, self.home.ref)
        return members.meet(tx, here, self.home.person(who), self.home.clock())

    def edit(self, tx: Transaction) -> Edit:
        """Return that a moderator changes something now."""
        return Edit(self.member(tx, "Mo"), "call", self.home.clock())

    def _whose(self, tx: Transaction, who: str | None) -> tuple[Home, Member | None]:
        here = communities.get(tx, self.home.ref)
        return here, self.member(tx, who) if who else None


def noon(on: str) -> datetime:
    """Return noon on a date, as clocks show it."""
    return datetime.fromisoformat(f"{on}T12:00")


@asynccontextmanager
async def served_site(path: Path, public: str | None = PUBLIC) -> AsyncIterator[Site]:
    """Run a community over the file at ``path``, with a moderator and its pages."""
    async with community(path) as home:
        home.person("Mo", Role.MODERATOR)
        found = routes(home.database, home.laurel.catalogue, home.clock, public)
        async with (
            served(None, 0, routes=found) as url,
            ClientSession() as web,
        ):
            yield Site(home, url, web)
