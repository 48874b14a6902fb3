"""Adding Laurel to workspaces: through the page, Slack and back, with a real file."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar
from yarl import URL

from bot.adapters.slack.install import Installer, OAuthApp
from bot.adapters.slack.manifest import OPTIONAL_SCOPES, REDIRECT_PATH, SCOPES
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.store import Installed, unopened
from bot.logs import logged
from bot.sealed import Seal
from bot.web.server import served
from storage import file, installations
from storage.database import Database
from storage.file import prepare
from storage.lock import InstanceLock
from tests.fakes.slack import Actor, Slack, doubled
from tests.harness import Clock
from tests.harness import words as languages

KEY, NEXT_KEY = b"k" * 32, b"n" * 32
PUBLIC = "https://laurel.example/thanks"
"""Where a proxy would be, in front of the port."""


@dataclass
class Door:
    """Laurel's page, and what stands behind it.

    Attributes:
        told: The workspaces that were told of, one installation at a time.
    """

    url: str
    slack: Slack
    store: Installed
    database: Database
    clock: Clock
    path: Path
    told: list[Sequence[str]] = field(default_factory=list)

    @asynccontextmanager
    async def browser(self, **headers: str) -> AsyncIterator[Browser]:
        """Open a browser with nothing in it."""
        trusted = CookieJar(unsafe=True, treat_as_secure_origin=[URL(self.url)])
        async with ClientSession(cookie_jar=trusted, headers=headers) as session:
            yield Browser(self, session)


@dataclass
class Browser:
    """What somebody adds Laurel with."""

    door: Door
    session: ClientSession

    async def begins(self, query: str = "") -> str:
        """Open the page; return where it sends one."""
        address = f"{self.door.url}slack/install{query}"
        async with self.session.get(address, allow_redirects=False) as got:
            assert HTTPStatus.FOUND == got.status
            return got.headers["Location"]

    async def comes_back(self, address: str) -> tuple[int, str]:
        """Follow Slack's way back; return the status and the page."""
        assert address.startswith(PUBLIC + REDIRECT_PATH)
        behind = self.door.url + address.removeprefix(f"{PUBLIC}/")
        async with self.session.get(behind, allow_redirects=False) as got:
            hardened(got)
            return got.status, await got.text()

    async def adds(self, who: Actor, *, org_wide: bool = False) -> tuple[int, str]:
        """Go all the way."""
        address = await self.begins()
        return await self.comes_back(who.approves(address, org_wide=org_wide))


def hardened(got: ClientResponse) -> None:
    """Check what every answer has to carry: the address holds a code."""
    assert "no-referrer" == got.headers["Referrer-Policy"]
    assert "no-store" == got.headers["Cache-Control"]
    assert "nosniff" == got.headers["X-Content-Type-Options"]
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def slack(clock: Clock) -> AsyncIterator[Slack]:
    async with doubled(clock) as slack:
        yield slack
        assert [] == slack.findings


@asynccontextmanager
async def opened(path: Path, slack: Slack, clock: Clock) -> AsyncIterator[Door]:
    if not path.exists():
        file.create(path)
    lock = InstanceLock.take(path)
    prepare(path)
    database = await Database.open(path, lock)
    store = Installed(database, Seal(KEY), clock)
    told: list[Sequence[str]] = []

    async def tell(teams: Sequence[str]) -> None:
        told.append(teams)

    app = OAuthApp(slack.client_id, slack.client_secret, slack.api, PUBLIC, "l-")
    installer = Installer(app, store, languages(), tell)
    try:
        async with served(None, 0, routes=installer.routes()) as url:
            yield Door(url, slack, store, database, clock, path, told)
    finally:
        await database.close()


@pytest.fixture
async def door(tmp_path: Path, slack: Slack, clock: Clock) -> AsyncIterator[Door]:
    async with opened(tmp_path / "laurel.sqlite3", slack, clock) as door:
        yield door


async def test_whoever_adds_laurel_is_asked_for_what_it_needs(door: Door) -> None:
    """On Slack's own page, for each scope of the manifest, and back to this address."""
    async with door.browser() as browser:
        address = await browser.begins("?team=T0WILLOW")

    assert address.startswith(door.slack.authorize_url + "?")
    asked = parse_qs(urlsplit(address).query)
    assert [door.slack.client_id] == asked["client_id"]
    assert {*SCOPES, *OPTIONAL_SCOPES} == set(asked["scope"][0].split(","))
    assert [PUBLIC + REDIRECT_PATH] == asked["redirect_uri"]
    assert ["T0WILLOW"] == asked["team"]
    assert len(asked["state"][0]) >= 32


async def test_a_workspace_is_added(door: Door) -> None:
    """Its token is kept, who added it too, and it is told of at once."""
    team = door.slack.add_team("Willow & <b>Friends</b>", installed=False)
    ana = team.add_member("Ana")
    assert await door.store.token_of(team.id) is None
    async with door.browser() as browser:
        status, page = await browser.adds(ana)

    assert HTTPStatus.OK == status
    assert "Laurel is in Willow &amp; &lt;b&gt;Friends&lt;/b&gt;" in page
    assert "/l-laurel setup" in page
    assert team.bot_token == await door.store.token_of(team.id)
    assert (team.id,) == await door.store.teams()
    assert ana.id == await door.store.installer_of(team.id)
    assert [(team.id,)] == door.told
    (kept,) = await door.database.read(installations.every, SLACK)
    assert {*SCOPES, *OPTIONAL_SCOPES} == set(kept.scopes)
    assert (team.bot_user_id, door.clock()) == (kept.bot, kept.installed_at)


async def test_no_token_is_in_the_file_or_the_log(door: Door) -> None:
    """Whoever finds a backup, or reads along, cannot speak as Laurel."""
    team = door.slack.add_team("Willow", installed=False)
    ana, lines = team.add_member("Ana"), io.StringIO()
    with logged(lines, level="debug", style="text", secrets=()):
        async with door.browser() as browser:
            address = ana.approves(await browser.begins())
            assert HTTPStatus.OK == (await browser.comes_back(address))[0]
            assert HTTPStatus.OK != (await browser.comes_back(address))[0]
    written = b"".join(
        each.read_bytes() for each in door.path.parent.glob(f"{door.path.name}*")
    )

    assert "installed" in lines.getvalue()
    assert team.name.encode() in written
    query = parse_qs(urlsplit(address).query)
    passing = (query["code"][0], query["state"][0], door.slack.client_secret)
    for secret in (team.bot_token, *passing):
        assert secret not in lines.getvalue()
        assert secret.encode() not in written


async def test_adding_it_again_takes_the_new_token(door: Door) -> None:
    """The old one is forgotten, also where it was just used."""
    team = door.slack.add_team("Willow", installed=False)
    ana, bo = team.add_member("Ana"), team.add_member("Bo")
    async with door.browser() as browser:
        await browser.adds(ana)
        first = await door.store.token_of(team.id)
        await browser.adds(bo)

    assert first != team.bot_token == await door.store.token_of(team.id)
    assert bo.id == await door.store.installer_of(team.id)
    assert (team.id,) == await door.store.teams()


async def test_an_organisation_adds_all_of_its_workspaces(door: Door) -> None:
    """With one token, however many pages Slack tells them on."""
    org = door.slack.add_org()
    teams = [
        door.slack.add_team(name, installed=False, org=org)
        for name in ("Oak", "Elm", "Ash", "Fir", "Yew")
    ]
    ana = teams[0].add_member("Ana")
    async with door.browser() as browser:
        status, page = await browser.adds(ana, org_wide=True)

    assert HTTPStatus.OK == status
    assert "Laurel is in Organisation" in page
    assert {each.id for each in teams} == set(await door.store.teams())
    for team in teams:
        assert teams[0].bot_token == await door.store.token_of(team.id)
        assert ana.id == await door.store.installer_of(team.id)
    (told,) = door.told
    assert {each.id for each in teams} == set(told)


async def test_an_organisations_workspaces_come_and_go(door: Door) -> None:
    """As Slack tells: a new one is let in, another is taken back, then all."""
    org = door.slack.add_org()
    oak = door.slack.add_team("Oak", installed=False, org=org)
    async with door.browser() as browser:
        await browser.adds(oak.add_member("Ana"), org_wide=True)
    await door.store.granted(org, ["T0ELM"])
    assert oak.bot_token == await door.store.token_of("T0ELM")

    assert (oak.id,) == await door.store.withdrawn([oak.id])
    assert await door.store.token_of(oak.id) is None
    assert oak.bot_token == await door.store.token_of("T0ELM")

    door.clock.move(minutes=1)
    assert ("T0ELM",) == await door.store.uninstalled(org, door.clock())
    assert await door.store.token_of("T0ELM") is None
    assert () == await door.store.teams()


async def test_uninstalling_is_obeyed_at_once(door: Door) -> None:
    """Nothing of the token is left, and news of it that comes again changes nothing."""
    team = door.slack.add_team("Willow", installed=False)
    ana = team.add_member("Ana")
    async with door.browser() as browser:
        await browser.adds(ana)
        assert await door.store.token_of(team.id) is not None
        door.clock.move(minutes=1)
        gone_at = door.clock()
        assert (team.id,) == await door.store.uninstalled(team.id, gone_at)
        assert await door.store.token_of(team.id) is None
        assert [] == await door.database.read(installations.every, SLACK)

        door.clock.move(minutes=1)
        await browser.adds(ana)
    assert () == await door.store.uninstalled(team.id, gone_at)
    assert team.bot_token == await door.store.token_of(team.id)


async def test_a_token_that_is_no_more_is_forgotten(door: Door) -> None:
    """Unless another took its place while Slack was asked."""
    team = door.slack.add_team("Willow", installed=False)
    async with door.browser() as browser:
        await browser.adds(team.add_member("Ana"))
    assert () == await door.store.revoked(team.id, "xoxb-another")
    assert team.bot_token == await door.store.token_of(team.id)

    assert (team.id,) == await door.store.revoked(team.id, team.bot_token)
    assert await door.store.token_of(team.id) is None
    assert () == await door.store.revoked(team.id, team.bot_token)


async def test_a_way_back_serves_once(door: Door) -> None:
    """Reloading the page, or going back to it, adds nothing."""
    team = door.slack.add_team("Willow", installed=False)
    async with door.browser() as browser:
        address = team.add_member("Ana").approves(await browser.begins())
        cookies = {c.key: c.value for c in browser.session.cookie_jar}
        assert HTTPStatus.OK == (await browser.comes_back(address))[0]
        browser.session.cookie_jar.update_cookies(cookies, URL(door.url))
        status, page = await browser.comes_back(address)

    assert HTTPStatus.UNAUTHORIZED == status
    assert "This way in is used up" in page
    assert f'href="{PUBLIC}/slack/install"' in page
    assert 1 == len(door.told)


async def test_a_way_back_serves_ten_minutes(door: Door) -> None:
    """Then Slack is not even asked."""
    team = door.slack.add_team("Willow", installed=False)
    async with door.browser() as browser:
        address = await browser.begins()
        door.clock.move(minutes=10)
        status, page = await browser.comes_back(
            team.add_member("Ana").approves(address)
        )

    assert HTTPStatus.UNAUTHORIZED == status
    assert "This way in is used up" in page
    assert [] == [each for each in door.slack.requests if "oauth" in each.method]
    assert await door.store.token_of(team.id) is None


async def test_somebody_elses_way_back_is_of_no_use(door: Door) -> None:
    """Who is sent a link to it in another browser adds nothing."""
    team = door.slack.add_team("Willow", installed=False)
    async with door.browser() as mallory, door.browser() as victim:
        address = team.add_member("Mallory").approves(await mallory.begins())
        status, page = await victim.comes_back(address)
        await victim.begins()
        again, _ = await victim.comes_back(address)

    assert HTTPStatus.BAD_REQUEST == status == again
    assert "This way in is used up" in page
    assert [] == door.told


async def test_the_cookie_is_for_this_host_alone(door: Door) -> None:
    """Over TLS, out of reach of scripts and of other sites' forms."""
    async with (
        door.browser() as browser,
        browser.session.get(f"{door.url}slack/install", allow_redirects=False) as got,
    ):
        (cookie,) = got.headers.getall("Set-Cookie")
        assert "no-referrer" == got.headers["Referrer-Policy"]

    name, *traits = cookie.split("; ")
    assert name.startswith("__Host-laurel-install=")
    assert {"HttpOnly", "Secure", "SameSite=Lax", "Path=/", "Max-Age=600"} == set(
        traits
    )


async def test_who_decides_against_it_is_told_that_nothing_changed(door: Door) -> None:
    """In the language of their browser, where Laurel speaks it."""
    team = door.slack.add_team("Willow", installed=False)
    spanish = {"Accept-Language": "gl, es-MX;q=0.9, en;q=0.8"}
    async with door.browser(**spanish) as browser:
        back = team.add_member("Ana").refuses(await browser.begins())
        status, page = await browser.comes_back(back)

    assert HTTPStatus.OK == status
    assert '<html lang="es">' in page
    assert "No se ha añadido Laurel" in page
    assert [] == door.told


async def test_a_code_that_slack_does_not_know_is_refused(door: Door) -> None:
    """Whoever makes one up gets nowhere."""
    async with door.browser() as browser:
        state = parse_qs(urlsplit(await browser.begins()).query)["state"][0]
        made_up = urlencode({"state": state, "code": "made-up"})
        status, page = await browser.comes_back(f"{PUBLIC}{REDIRECT_PATH}?{made_up}")

    assert HTTPStatus.UNAUTHORIZED == status
    assert "Slack did not confirm it" in page
    assert [] == door.told


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?code=1",
        "?state=1",
        "?state=%ff%00&code=%f0",
        "?error=" + "<script>" * 50,
        "?state[]=1&code[]=1",
        "?" + "&".join(f"a{n}=1" for n in range(500)),
    ],
)
async def test_what_nobody_sent_is_answered_in_words(door: Door, query: str) -> None:
    """Never with a failure of Laurel's, nor with what was sent."""
    async with door.browser() as browser:
        status, page = await browser.comes_back(f"{PUBLIC}{REDIRECT_PATH}{query}")

    assert status < HTTPStatus.INTERNAL_SERVER_ERROR
    assert "script" not in page
    assert "Begin anew" in page


async def test_an_outage_is_said_and_can_be_tried_again(door: Door) -> None:
    """Nothing is kept by half."""
    team = door.slack.add_team("Willow", installed=False)
    ana = team.add_member("Ana")
    async with door.browser() as browser:
        address = ana.approves(await browser.begins())
        await door.slack.faults.cut_everything()
        status, page = await browser.comes_back(address)
        await door.slack.faults.mend()
        assert HTTPStatus.SERVICE_UNAVAILABLE == status
        assert "try again in a minute" in page
        assert await door.store.token_of(team.id) is None
        assert HTTPStatus.OK == (await browser.adds(ana))[0]


async def test_a_key_is_changed_without_installing_again(door: Door) -> None:
    """With both, everything is sealed anew; then the old one can go."""
    team = door.slack.add_team("Willow", installed=False)
    async with door.browser() as browser:
        await browser.adds(team.add_member("Ana"))
    both = Installed(door.database, Seal(NEXT_KEY, KEY), door.clock)
    assert 1 == await both.reseal()
    assert 0 == await both.reseal()

    new = Installed(door.database, Seal(NEXT_KEY), door.clock)
    assert team.bot_token == await new.token_of(team.id)
    old = Installed(door.database, Seal(KEY), door.clock)
    assert await old.token_of(team.id) is None


async def test_a_lost_key_is_told_and_can_be_mended(
    door: Door, caplog: pytest.LogCaptureFixture
) -> None:
    """Laurel is out of the workspace until somebody installs it again."""
    team = door.slack.add_team("Willow", installed=False)
    async with door.browser() as browser:
        await browser.adds(team.add_member("Ana"))
    lost = Installed(door.database, Seal(NEXT_KEY), door.clock)

    assert await lost.token_of(team.id) is None
    assert 0 == await lost.reseal()
    assert "a token cannot be opened" in caplog.text
    (shut,) = await door.database.read(unopened, Seal(NEXT_KEY))
    assert (team.id, "Willow") == (shut.place, shut.name)
    assert [] == await door.database.read(unopened, Seal(KEY))
