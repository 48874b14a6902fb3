"""``laurel`` as whoever runs it on Slack types it: manifest, check, invite, run."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientSession, CookieJar
from yarl import URL

from bot.adapters.slack.console import COSTS, app_manifest
from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES, registered
from bot.features import declared, load_words
from tests import nursery
from tests.fakes.discord import doubled as discord_doubled
from tests.fakes.slack import Actor, Slack, doubled
from tests.test_command import run, start
from tests.waiting import until

PUBLIC = "https://laurel.example"
KEY = "c3dvcmRmaXNoc3dvcmRmaXNoc3dvcmRmaXNoc3dvcmQ="
"""A key, as it is made; of no use anywhere."""


@pytest.fixture
async def slack() -> AsyncIterator[Slack]:
    async with doubled(lambda: datetime.now(UTC)) as slack:  # noqa: TID251  processes
        yield slack
        assert [] == slack.findings


def configure(
    folder: Path, secrets: Mapping[str, str], slack: Slack | None = None, more: str = ""
) -> None:
    """Write the files that an admin writes."""
    api = f'api = "{slack.api}"\n' if slack else ""
    (folder / "config.toml").write_text(f"[slack]\n{api}{more}\n[web]\nport = 0\n")
    env = folder / ".env"
    env.touch(mode=0o600)
    lines = (f"LAUREL_SLACK_{name}={value}" for name, value in secrets.items())
    env.write_text("\n".join(lines) + "\n")


def open_to_the_world(folder: Path) -> None:
    """Say where a proxy stands in front of the port."""
    config = folder / "config.toml"
    config.write_text(f'{config.read_text()}public = "{PUBLIC}"\n')


def one(slack: Slack, token: str) -> dict[str, str]:
    """Return what serves one workspace over a socket."""
    return {"APP_TOKEN": slack.app_token, "BOT_TOKEN": token}


def many(slack: Slack) -> dict[str, str]:
    """Return what serves many."""
    return {
        "APP_TOKEN": slack.app_token,
        "CLIENT_ID": slack.client_id,
        "CLIENT_SECRET": slack.client_secret,
        "KEY": KEY,
    }


# The manifest


async def printed(folder: Path, *words: str) -> dict[str, Any]:
    code, out, complaints = await run(folder, "manifest", "slack", *words)
    assert (0, "") == (code, complaints)
    found = json.loads(out)
    assert isinstance(found, dict)
    return found


async def test_the_manifest_needs_nothing_set_up(tmp_path: Path) -> None:
    """It is the first thing that an app is made from: over a socket, by default."""
    told = await printed(tmp_path)
    settings = told["settings"]

    assert settings["socket_mode_enabled"]
    assert not settings["token_rotation_enabled"]
    assert "redirect_urls" not in told["oauth_config"]
    assert "://" not in json.dumps(told)


async def test_the_manifest_names_what_laurel_listens_to(tmp_path: Path) -> None:
    """Commands, shortcuts, events and scopes are those that the code has."""
    told = await printed(tmp_path)
    words = load_words()
    listens = registered(declared(words))

    assert set(listens.commands) == {
        each["command"] for each in told["features"]["slash_commands"]
    }
    assert {*listens.global_shortcuts, *listens.message_shortcuts} == {
        each["callback_id"] for each in told["features"]["shortcuts"]
    }
    assert listens.events == set(told["settings"]["event_subscriptions"]["bot_events"])
    assert {*SCOPES, *OPTIONAL_SCOPES} == set(told["oauth_config"]["scopes"]["bot"])


async def test_a_prefix_keeps_out_of_another_apps_way(tmp_path: Path) -> None:
    """As it is typed, or as it is set once for all; what is typed goes first."""
    configure(tmp_path, {}, more='prefix = "our-"')
    for told, prefix in (
        (await printed(tmp_path), "/our-"),
        (await printed(tmp_path, "--prefix", "l-"), "/l-"),
    ):
        commands = [each["command"] for each in told["features"]["slash_commands"]]
        assert f"{prefix}shoutout" in commands
        assert [] == [each for each in commands if not each.startswith(prefix)]


@pytest.mark.parametrize("prefix", ["L", "9", "-l", "/l", "l l", "", "l" * 13])
async def test_a_prefix_that_slack_would_not_take_is_refused(
    tmp_path: Path, prefix: str
) -> None:
    """Before anybody pastes it into an app."""
    code, out, complaints = await run(
        tmp_path, "manifest", "slack", f"--prefix={prefix}"
    )

    assert (2, "") == (code, out)
    assert "letters a to z and dashes" in complaints


def test_a_prefix_that_makes_a_command_of_slacks_own_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Slack would take it, and the command would never arrive."""
    monkeypatch.setattr(
        "bot.adapters.slack.console.SLACK_BUILT_INS", frozenset({"goshoutout"})
    )
    words = load_words()
    with pytest.raises(ValueError, match="/goshoutout is a command of Slack's own"):
        app_manifest(declared(words), words, prefix="go", public=None, by_socket=True)


async def test_over_http_slack_calls_the_public_address(tmp_path: Path) -> None:
    """For everything that happens, and people come back there from installing."""
    configure(tmp_path, {}, more='connect = "http"')
    missing = await run(tmp_path, "manifest", "slack")
    open_to_the_world(tmp_path)
    told = await printed(tmp_path)
    settings = told["settings"]

    assert 2 == missing[0]
    assert "web.public: is missing" in missing[2]
    assert not settings["socket_mode_enabled"]
    events = f"{PUBLIC}/slack/events"
    assert events == settings["event_subscriptions"]["request_url"]
    assert events == settings["interactivity"]["request_url"]
    assert {events} == {each["url"] for each in told["features"]["slash_commands"]}
    assert [f"{PUBLIC}/slack/oauth_redirect"] == told["oauth_config"]["redirect_urls"]


async def test_over_a_socket_people_can_come_back_as_well(tmp_path: Path) -> None:
    """How Slack is connected to and who may install Laurel are two things."""
    configure(tmp_path, {})
    open_to_the_world(tmp_path)
    told = await printed(tmp_path)

    assert told["settings"]["socket_mode_enabled"]
    assert told["settings"]["org_deploy_enabled"]
    assert [f"{PUBLIC}/slack/oauth_redirect"] == told["oauth_config"]["redirect_urls"]


# What is missing


@pytest.mark.parametrize(
    ("secrets", "config", "said"),
    [
        ({"APP_TOKEN": "xapp-1"}, "", ["BOT_TOKEN: is missing"]),
        ({"BOT_TOKEN": "xoxb-1"}, "", ["APP_TOKEN: is missing; Socket Mode needs it"]),
        (
            {"BOT_TOKEN": "xapp-1", "APP_TOKEN": "xoxb-1"},
            "",
            ["BOT_TOKEN: is another token; this one starts with xoxb-", "with xapp-"],
        ),
        (
            {"BOT_TOKEN": "xoxb-1"},
            'connect = "http"',
            ["SIGNING_SECRET: is missing", "web.public: is missing"],
        ),
        (
            {"CLIENT_ID": "1.2", "APP_TOKEN": "xapp-1"},
            "",
            ["CLIENT_SECRET: is missing", "KEY: is missing", "web.public: is missing"],
        ),
        (
            {"BOT_TOKEN": "xoxb-1", "CLIENT_ID": "1.2", "APP_TOKEN": "xapp-1"},
            "",
            ["BOT_TOKEN is for one workspace, LAUREL_SLACK_CLIENT_ID for many"],
        ),
        (
            {
                "CLIENT_ID": "1.2",
                "CLIENT_SECRET": "x",
                "APP_TOKEN": "xapp-1",
                "KEY": "swordfish",
            },
            "",
            ["KEY: is no key", "`openssl rand -base64 32`"],
        ),
    ],
)
async def test_what_is_missing_is_said_all_at_once(
    tmp_path: Path, secrets: Mapping[str, str], config: str, said: list[str]
) -> None:
    """By `check` and by `run`, which starts nothing; no secret is said back."""
    configure(tmp_path, secrets, more=config)
    await run(tmp_path, "init")
    served = await run(tmp_path, "run")
    checked = await run(tmp_path, "check")

    assert (2, "") == served[:2]
    assert 1 == checked[0]
    for words in said:
        assert words in served[2]
        assert words in checked[1]
    told = "".join((*served[1:], *checked[1:]))
    assert [] == [each for each in secrets.values() if f" {each}" in told]


async def test_an_address_without_tls_is_refused(tmp_path: Path) -> None:
    """Slack would not call it; on this machine it is for trying things out."""
    secrets = {"BOT_TOKEN": "xoxb-1", "SIGNING_SECRET": "x"}
    configure(tmp_path, secrets, more='connect = "http"')
    config = tmp_path / "config.toml"
    before = config.read_text()
    config.write_text(f'{before}public = "http://laurel.example"\n')
    plain = await run(tmp_path, "run")
    config.write_text(f'{before}public = "http://127.0.0.1:8080"\n')
    here = await run(tmp_path, "run")

    assert 2 == plain[0]
    assert "web.public: has to be https" in plain[2]
    assert "web.public" not in here[2]


# What `check` finds out


async def test_check_compares_what_was_granted(tmp_path: Path, slack: Slack) -> None:
    """What Laurel cannot do without is to be mended; the rest says what it costs."""
    granted = {*SCOPES, *OPTIONAL_SCOPES} - {"files:write", "channels:history"}
    team = slack.add_team("Willow", scopes=granted)
    configure(tmp_path, one(slack, team.bot_token), slack)
    await run(tmp_path, "init")
    code, out, _ = await run(tmp_path, "check")

    assert 1 == code
    (mend,) = (line for line in out.splitlines() if line.startswith("mend"))
    assert "slack Willow: the scope files:write is missing" in mend
    assert "to hand over files and show pictures" in mend
    assert "install it there again" in mend
    assert "without the optional scope channels:history, after a crash" in out
    assert "can appear twice" in out
    assert "groups:history" not in out
    assert team.bot_token not in out


async def test_check_is_content_where_all_was_granted(
    tmp_path: Path, slack: Slack
) -> None:
    """It says how Slack is served, and how many commands the app has."""
    team = slack.add_team("Willow")
    configure(tmp_path, one(slack, team.bot_token), slack)
    await run(tmp_path, "init")
    code, out, complaints = await run(tmp_path, "check")

    assert (0, "") == (code, complaints), out
    assert "slack: set up for one workspace, by Socket Mode" in out
    assert "slack Willow: has every scope that it needs" in out
    assert re.search(r"`laurel manifest slack` prints the app, with \d+ commands", out)


async def test_check_names_a_token_that_is_not_taken(
    tmp_path: Path, slack: Slack
) -> None:
    """And one that cannot be asked about now."""
    slack.tolerate("invalid_auth")
    wrong = "xoxb-0-0-made-up-by-somebody"
    configure(tmp_path, one(slack, wrong), slack)
    await run(tmp_path, "init")
    refused = await run(tmp_path, "check")
    await slack.faults.cut_everything()
    away = await run(tmp_path, "check")
    await slack.faults.mend()

    assert 1 == refused[0] == away[0]
    assert "Slack does not take the bot's token" in refused[1]
    assert "slack: cannot be reached now" in away[1]
    assert wrong not in refused[1] + refused[2] + away[1] + away[2]


def test_each_optional_scope_has_its_cost() -> None:
    """Whoever adds one says what it costs to go without."""
    assert set(COSTS) == set(OPTIONAL_SCOPES)
    assert set() == SCOPES.keys() & OPTIONAL_SCOPES.keys()


# Letting Laurel in


async def test_invite_prints_where_workspaces_add_laurel(
    tmp_path: Path, slack: Slack
) -> None:
    """With every scope and why; where there is one workspace, there is none to add."""
    configure(tmp_path, many(slack), slack)
    open_to_the_world(tmp_path)
    code, out, complaints = await run(tmp_path, "invite")
    assert (0, "") == (code, complaints)
    assert f"{PUBLIC}/slack/install" == out.splitlines()[0]
    for scope in (*SCOPES, *OPTIONAL_SCOPES):
        assert f"- {scope}: to " in out or f"- {scope}: the same" in out

    configure(tmp_path, one(slack, "xoxb-1"), slack)
    code, _, complaints = await run(tmp_path, "invite")
    assert 2 == code
    assert "of one workspace" in complaints


# Serving


async def served(folder: Path) -> tuple[nursery.Child, str]:
    """Start Laurel; return it, and where it is."""
    child = await start(folder, ["run"])
    assert child.stdout is not None
    line = (await child.stdout.readline()).decode()
    assert "How it is: " in line, line
    return child, line.split()[-1].removesuffix("readyz")


async def ended(child: nursery.Child) -> str:
    """Tell Laurel to stop; return what it complained of."""
    child.send_signal(signal.SIGTERM)
    _, complaints = await child.communicate()
    assert 0 == child.returncode
    return complaints.decode()


async def helped(who: Actor) -> bool:
    """Ask Laurel for help; return whether it gave any."""
    shown = await who.command("/laurel", "help", channel=who.team.general)
    return "/shoutout" in str(shown.message)


async def added(who: Actor, url: str) -> str:
    """Add Laurel in a browser; return the page that says so."""
    trusted = CookieJar(unsafe=True, treat_as_secure_origin=[URL(url)])
    async with ClientSession(cookie_jar=trusted) as browser:
        async with browser.get(f"{url}slack/install", allow_redirects=False) as got:
            back = who.approves(got.headers["Location"])
        async with browser.get(back.replace(f"{PUBLIC}/", url)) as got:
            return await got.text()


async def test_one_workspace_is_served_until_it_is_told_to_stop(
    tmp_path: Path, slack: Slack
) -> None:
    """It says where, answers members, says how it is, and ends within seconds."""
    team = slack.add_team("Willow")
    ana = team.add_member("Ana", admin=True)
    slack.register(await printed(tmp_path))
    configure(tmp_path, one(slack, team.bot_token), slack)
    await run(tmp_path, "init")
    child, url = await served(tmp_path)
    async with ClientSession(url) as web:
        await until(lambda: _is_well(web))
        assert await helped(ana)
        async with web.get("/slack/install") as got:
            assert 404 == got.status
    complaints = await ended(child)
    for secret in (team.bot_token, slack.app_token):
        assert secret not in complaints


async def _is_well(web: ClientSession) -> bool:
    async with web.get("/readyz") as got:
        return got.status == 200


async def test_a_workspace_that_adds_laurel_is_served_at_once(
    tmp_path: Path, slack: Slack
) -> None:
    """Without a restart; whoever added it is written to, and all is so afterwards."""
    team = slack.add_team("Willow", installed=False)
    ana, bo = team.add_member("Ana"), team.add_member("Bo")
    configure(tmp_path, many(slack), slack)
    open_to_the_world(tmp_path)
    slack.register(await printed(tmp_path))
    await run(tmp_path, "init")
    child, url = await served(tmp_path)
    await slack.connected()
    assert "Laurel is in Willow" in await added(ana, url)
    await until(lambda: bool(slack.direct(ana)))
    assert await helped(bo)
    assert team.bot_token not in await ended(child)

    checked = await run(tmp_path, "check")
    assert 0 == checked[0], checked[1]
    assert "slack Willow: has every scope that it needs" in checked[1]
    again, _ = await served(tmp_path)
    await slack.connected()
    assert await helped(bo)
    await ended(again)


async def test_discord_and_slack_are_served_together(
    tmp_path: Path, slack: Slack
) -> None:
    """In one process, over one file: each member is answered where they are."""
    team = slack.add_team("Willow")
    ana = team.add_member("Ana", owner=True)
    slack.register(await printed(tmp_path))
    async with discord_doubled(lambda: datetime.now(UTC)) as discord:  # noqa: TID251
        guild = discord.add_guild("Birch")
        configure(tmp_path, one(slack, team.bot_token), slack)
        config, env = tmp_path / "config.toml", tmp_path / ".env"
        config.write_text(
            f'{config.read_text()}\n[discord]\napi = "{discord.api}"\n'
            f'gateway = "{discord.gateway}"\n'
        )
        env.write_text(f"{env.read_text()}LAUREL_DISCORD_TOKEN={discord.token}\n")
        await run(tmp_path, "init")
        child, url = await served(tmp_path)
        async with ClientSession(url) as web:
            await until(lambda: _is_well(web))
        assert await helped(ana)
        assert "/shoutout" in (await guild.owner.slash("laurel help")).text
        await ended(child)
        assert [] == discord.findings


async def test_a_token_that_slack_does_not_take_ends_it(
    tmp_path: Path, slack: Slack
) -> None:
    """With 4, which must not be started again, and the words where to get one."""
    slack.tolerate("invalid_auth")
    wrong = "xoxb-0-0-made-up-by-somebody"
    configure(tmp_path, one(slack, wrong), slack)
    await run(tmp_path, "init")
    code, out, complaints = await run(tmp_path, "run")

    assert 4 == code
    assert "Slack does not take" in complaints
    assert "OAuth & Permissions" in complaints
    assert wrong not in out + complaints
