"""``laurel run``, ``invite`` and ``sync``, as whoever runs Laurel on Discord types."""

from __future__ import annotations

import json
import re
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from aiohttp import ClientSession

from bot.adapters.discord.permissions import ASKED, CREATE_EVENTS
from tests.fakes.discord import Discord, doubled
from tests.test_command import run, start
from tests.waiting import until

TOKEN = "LAUREL_DISCORD_TOKEN"


@pytest.fixture
async def discord() -> AsyncIterator[Discord]:
    async with doubled(lambda: datetime.now(UTC)) as discord:  # noqa: TID251  processes
        yield discord
        assert [] == discord.findings


def configure(
    folder: Path, discord: Discord, token: str | None = None, more: str = ""
) -> None:
    """Write the files that an admin writes, with ``more`` about Discord."""
    (folder / "config.toml").write_text(
        f'[discord]\napi = "{discord.api}"\ngateway = "{discord.gateway}"\n{more}\n'
        "[web]\nport = 0\n"
    )
    env = folder / ".env"
    env.touch(mode=0o600)
    env.write_text(f"{TOKEN}={token or discord.token}\n")


async def test_it_serves_until_it_is_told_to_stop(
    tmp_path: Path, discord: Discord
) -> None:
    """It says where, answers members, says how it is, and ends within seconds."""
    guild = discord.add_guild("Willow")
    configure(tmp_path, discord)
    await run(tmp_path, "init")
    child = await start(tmp_path, ["run"])
    assert child.stdout is not None
    line = (await child.stdout.readline()).decode()
    url = re.fullmatch(r"Laurel serves discord\. How it is: (\S+)readyz\n", line)
    assert url is not None, line

    async with ClientSession(url[1]) as web:
        await until(lambda: _is_well(web))
        shown = await guild.owner.slash("laurel help")
        assert "/shoutout" in shown.text
        await until(lambda: bool(discord.direct(guild.owner)))
        await discord.faults.cut_everything()
        await until(lambda: _says(web, "Laurel goes on trying."))
        await discord.faults.mend()
        await until(lambda: _is_well(web))
    child.send_signal(signal.SIGTERM)
    out, complaints = await child.communicate()

    assert "Stopped. Nothing is lost." in out.decode()
    assert 0 == child.returncode
    assert discord.token not in complaints.decode()


async def _is_well(web: ClientSession) -> bool:
    async with web.get("/readyz") as got:
        return got.status == 200


async def _says(web: ClientSession, words: str) -> bool:
    async with web.get("/readyz") as got:
        return got.status == 503 and words in json.dumps(await got.json())


@pytest.mark.parametrize("command", ["run", "invite", "sync"])
async def test_a_wrong_token_is_said_and_not_repeated(
    tmp_path: Path, discord: Discord, command: str
) -> None:
    """It ends with 4, which must not be started again, and says where to get one."""
    discord.tolerate(0)
    wrong = "MTIz.abc.wrong-token-of-somebody"
    configure(tmp_path, discord, wrong)
    await run(tmp_path, "init")
    code, out, complaints = await run(tmp_path, command)

    assert 4 == code
    assert "Discord does not take the token" in complaints
    assert f"put it into .env as {TOKEN}" in complaints
    assert wrong not in out + complaints
    assert discord.invalid_requests <= 3


@pytest.mark.parametrize("events", [False, True])
async def test_the_invitation_asks_for_little_and_says_why(
    tmp_path: Path, discord: Discord, *, events: bool
) -> None:
    """The link names the application and its permissions, each with its reason."""
    configure(tmp_path, discord, more=f"events = {str(events).lower()}")
    wanted = ASKED | CREATE_EVENTS if events else ASKED
    code, out, complaints = await run(tmp_path, "invite")

    assert (0, "") == (code, complaints)
    link, _, *whys = out.splitlines()
    asked = parse_qs(urlsplit(link).query)
    assert [discord.application_id] == asked["client_id"]
    assert [str(wanted)] == asked["permissions"]
    assert ["bot applications.commands"] == asked["scope"]
    reasons = [line for line in whys if line.startswith("- ")]
    assert wanted.bit_count() == len(reasons)
    assert all(len(line.partition(": ")[2]) > 20 for line in reasons)


async def test_commands_are_published_when_they_changed(
    tmp_path: Path, discord: Discord
) -> None:
    """By hand, and once: the second time there is nothing to do."""
    configure(tmp_path, discord)
    first = await run(tmp_path, "sync")
    again = await run(tmp_path, "sync")

    assert (0, "Published. Discord shows them within a minute.\n") == first[:2]
    assert (0, "Discord has them already; nothing was changed.\n") == again[:2]
    assert {"shoutout", "retract", "leaderboard", "laurel"} <= {
        each["name"] for each in discord.commands()
    }


async def test_out_of_reach_is_said_and_nothing_is_changed(
    tmp_path: Path, discord: Discord
) -> None:
    """What is asked by hand does not wait for an outage to end."""
    configure(tmp_path, discord)
    await discord.faults.cut_everything()
    code, _, complaints = await run(tmp_path, "invite")
    await discord.faults.mend()

    assert 1 == code
    assert "Discord did not answer as it should" in complaints
    assert "try again in a minute" in complaints
