"""Many workspaces and whole organisations, as `laurel run` serves them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from aiohttp import ClientSession, CookieJar
from yarl import URL

from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.people import SLACK
from bot.config import (
    SLACK_APP,
    SLACK_CLIENT,
    SLACK_CLIENT_SECRET,
    SLACK_KEY,
    Secret,
    Settings,
)
from bot.config.settings import DatabaseSettings, SlackSettings, WebSettings
from bot.features import declared, load_words
from bot.serve import Served, serving
from storage import departures, file, installations
from tests.fakes.slack import Actor, Slack, Team, doubled, events
from tests.harness import NEVER, Clock
from tests.waiting import until

PUBLIC = "https://laurel.example"
KEY = "c3dvcmRmaXNoc3dvcmRmaXNoc3dvcmRmaXNoc3dvcmQ="


@dataclass
class Grove:
    """Laurel for whoever adds it, and Slack."""

    slack: Slack
    served: Served
    clock: Clock

    async def adds(self, who: Actor, *, org_wide: bool = False) -> None:
        """Have somebody add Laurel in a browser."""
        url = self.served.url
        trusted = CookieJar(unsafe=True, treat_as_secure_origin=[URL(url)])
        async with ClientSession(cookie_jar=trusted) as browser:
            async with browser.get(f"{url}slack/install", allow_redirects=False) as got:
                back = who.approves(got.headers["Location"], org_wide=org_wide)
            async with browser.get(back.replace(f"{PUBLIC}/", url)) as got:
                assert 200 == got.status, await got.text()
        self.clock.move(minutes=1)

    async def here(self) -> set[str]:
        """Return the workspaces that Laurel is in, as far as it was told."""
        found = await self.served.laurel.database.read(departures.present, SLACK)
        return {each.id for each in found}

    async def is_in(self, *teams: Team) -> None:
        """Wait until Laurel is in these workspaces and no others."""

        async def so() -> bool:
            return await self.here() == {each.id for each in teams}

        await until(so)

    async def kept(self) -> set[str]:
        """Return whose tokens are kept."""
        found = await self.served.laurel.database.read(installations.every, SLACK)
        return {each.place for each in found}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@asynccontextmanager
async def opened(path: Path, slack: Slack, clock: Clock) -> AsyncIterator[Grove]:
    """Serve Slack as an installation does that anybody may add."""
    settings = Settings(
        database=DatabaseSettings(path),
        slack=SlackSettings(api=slack.api),
        web=WebSettings(port=0, public=PUBLIC),
        secrets={
            SLACK_APP: Secret(slack.app_token),
            SLACK_CLIENT: Secret(slack.client_id),
            SLACK_CLIENT_SECRET: Secret(slack.client_secret),
            SLACK_KEY: Secret(KEY),
        },
    )
    words = load_words()
    slack.register(manifest(declared(words), words))
    async with serving(settings, clock=clock, wall=lambda: NEVER) as served:
        await slack.connected()
        yield Grove(slack, served, clock)


@pytest.fixture
async def grove(tmp_path: Path, clock: Clock) -> AsyncIterator[Grove]:
    file.create(tmp_path / "laurel.sqlite3")
    async with doubled(clock) as slack:
        async with opened(tmp_path / "laurel.sqlite3", slack, clock) as grove:
            yield grove
        assert [] == slack.findings


async def helped(who: Actor) -> bool:
    shown = await who.command("/laurel", "help", channel=who.team.general)
    return "/shoutout" in str(shown.message)


async def test_each_workspace_is_served_with_its_own_token(grove: Grove) -> None:
    """One comes after the other, and neither sees anything of the other."""
    willow, birch = (
        grove.slack.add_team(name, installed=False) for name in ("Willow", "Birch")
    )
    ana, bo = willow.add_member("Ana"), birch.add_member("Bo")
    await grove.adds(ana)
    await grove.is_in(willow)
    await grove.adds(bo)
    await grove.is_in(willow, birch)

    assert await helped(ana)
    assert await helped(bo)
    asked = {each.team_id for each in grove.slack.requests if each.team_id}
    assert {willow.id, birch.id} <= asked


async def test_a_workspace_that_uninstalls_is_left_at_once(grove: Grove) -> None:
    """Its token is deleted, the others are served on, and it can come back."""
    willow, birch = (
        grove.slack.add_team(name, installed=False) for name in ("Willow", "Birch")
    )
    ana, bo = willow.add_member("Ana"), birch.add_member("Bo")
    await grove.adds(ana)
    await grove.adds(bo)
    await grove.is_in(willow, birch)
    willow.uninstall()
    await grove.is_in(birch)

    assert {birch.id} == await grove.kept()
    assert await helped(bo)
    grove.clock.move(minutes=1)
    await grove.adds(ana)
    await grove.is_in(willow, birch)
    assert await helped(ana)


@pytest.mark.parametrize("was_there", [True, False])
async def test_who_is_not_installed_is_told_so(
    grove: Grove,
    was_there: bool,  # noqa: FBT001  each way
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What is typed where Laurel is no more, or never was, is answered in words."""
    willow = grove.slack.add_team("Willow", installed=False)
    ana = willow.add_member("Ana")
    if was_there:
        await grove.adds(ana)
        await grove.is_in(willow)
        willow.uninstall()
        await grove.is_in()
    willow.installed = True  # as far as a member's client knows
    for command, text in (("/laurel", "help"), ("/shoutout", ""), ("/calendar", "")):
        shown = await ana.command(command, text, channel=willow.general)
        assert "Laurel is not installed in this workspace" in str(shown.message)
    assert [] == [each for each in caplog.records if each.levelname == "ERROR"]


async def test_who_uninstalled_while_laurel_was_away_is_left_at_the_start(
    tmp_path: Path, clock: Clock
) -> None:
    """Slack tells of it for an hour and no longer; the others are served."""
    file.create(tmp_path / "laurel.sqlite3")
    async with doubled(clock) as slack:
        slack.tolerate("token_revoked")
        willow, birch = (
            slack.add_team(n, installed=False) for n in ("Willow", "Birch")
        )
        async with opened(tmp_path / "laurel.sqlite3", slack, clock) as grove:
            for team in (willow, birch):
                await grove.adds(team.add_member("Ana"))
            await grove.is_in(willow, birch)
        willow.revoke()
        willow.installed = False
        async with opened(tmp_path / "laurel.sqlite3", slack, clock) as grove:
            await grove.is_in(birch)
            assert {birch.id} == await grove.kept()
            (adapter,) = grove.served.adapters
            await until(lambda: adapter.trouble is None)


async def test_an_organisation_is_served_in_all_of_its_workspaces(
    grove: Grove,
) -> None:
    """Also in one that comes later, and no more in one that it takes back."""
    org = grove.slack.add_org()
    oak, elm = (
        grove.slack.add_team(name, installed=False, org=org) for name in ("Oak", "Elm")
    )
    ana, bo = oak.add_member("Ana"), elm.add_member("Bo")
    await grove.adds(ana, org_wide=True)
    await grove.is_in(oak, elm)
    await until(lambda: bool(grove.slack.direct(ana)))
    assert await helped(ana)
    assert await helped(bo)
    assert {org} == await grove.kept()

    events.tell(oak, {"type": "team_access_revoked", "team_ids": [elm.id]})
    await grove.is_in(oak)
    events.tell(oak, {"type": "team_access_granted", "team_ids": [elm.id]})
    await grove.is_in(oak, elm)
    assert {org} == await grove.kept()


async def test_an_organisation_that_uninstalls_is_left_at_once(grove: Grove) -> None:
    """In every workspace, but for one that has Laurel by itself."""
    org = grove.slack.add_org()
    oak, elm = (
        grove.slack.add_team(name, installed=False, org=org) for name in ("Oak", "Elm")
    )
    await grove.adds(oak.add_member("Ana"), org_wide=True)
    await grove.is_in(oak, elm)
    oak.uninstall()
    await grove.is_in()

    assert set() == await grove.kept()


async def test_uninstalling_in_one_workspace_leaves_the_organisation(
    grove: Grove,
) -> None:
    """News of one is not taken for news of all while the token serves."""
    org = grove.slack.add_org()
    oak, elm = (
        grove.slack.add_team(name, installed=False, org=org) for name in ("Oak", "Elm")
    )
    await grove.adds(oak.add_member("Ana"), org_wide=True)
    await grove.is_in(oak, elm)
    events.tell(elm, {"type": "app_uninstalled"})
    await grove.is_in(oak)

    assert {org} == await grove.kept()
