"""Laurel stays connected over Socket Mode, and nothing that was sent is lost."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial

import pytest

from bot.adapters.slack.adapter import Slack
from bot.adapters.slack.connection import Connection
from bot.adapters.slack.people import SLACK
from bot.chat.adapter import CredentialsError
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable
from tests.adapters.listening import Ear, Remembered
from tests.adapters.slack.conftest import (
    WATCHFUL,
    Purse,
    Site,
    options_of,
    serving,
    settled,
)
from tests.fakes.slack import Slack as Double
from tests.harness import Clock
from tests.waiting import until


async def answered(site: Site) -> None:
    """Check that a command has its answer."""
    shown = await site.ana.command("/vocabulary", "guarded")
    assert "message" == shown.kind


async def test_a_socket_that_slack_replaces_is_replaced_without_a_gap(
    site: Site,
) -> None:
    """While the old one is about to close, the new one stands already."""
    for _ in range(3):
        async with asyncio.TaskGroup() as tasks:
            commands = [
                tasks.create_task(site.ana.command("/vocabulary", "guarded"))
                for _ in range(5)
            ]
            await site.slack.faults.refresh(grace_s=0.3)
        assert ["message"] * 5 == [each.result().kind for each in commands]
    await answered(site)
    assert 16 == len({call.id for _, call, _ in site.ear.calls})
    assert 16 == len(site.ear.calls)


def _is_replaced(slack: Double, waited: list[float], count: int) -> bool:
    return len(waited) == count and slack.connections > 0


async def test_a_slack_that_wants_socket_after_socket_is_given_them_slowly(
    slack: Double,
    clock: Clock,
    words: Catalogue,
    table: RouteTable,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Or it would refuse to open any more, and nobody would be heard."""
    waited: list[float] = []

    async def pause(_self: Connection, wait_s: float) -> None:
        waited.append(wait_s)

    monkeypatch.setattr(Connection, "_pause", pause)
    watch = replace(WATCHFUL, first_wait_s=30.0, max_wait_s=300.0)
    async with settled(slack, clock, words, table, watch=watch):
        for count in range(1, 6):
            await slack.faults.disconnect("refresh_requested")
            await until(partial(_is_replaced, slack, waited, count))
    assert [30.0, 60.0, 120.0, 240.0, 300.0] == waited


async def test_a_socket_that_is_cut_is_made_anew(site: Site) -> None:
    """Without a word from Slack as well."""
    site.slack.faults.cut()
    await until(lambda: site.slack.connections == 0)
    await site.slack.connected()
    await until(lambda: site.adapter.trouble is None)
    await answered(site)


async def test_silence_is_noticed(site: Site) -> None:
    """A socket that stands and says nothing is given up."""
    before = [r for r in site.slack.requests if r.method == "apps.connections.open"]
    site.slack.faults.silence()
    await until(
        lambda: (
            len(before)
            < len(
                [r for r in site.slack.requests if r.method == "apps.connections.open"]
            )
        )
    )
    site.slack.faults.silence(silent=False)
    await until(lambda: site.adapter.trouble is None and site.slack.connections)
    await answered(site)


async def test_an_outage_is_told_of_and_outlived(site: Site) -> None:
    """While Slack cannot be reached that is said, and afterwards all is well."""
    await site.slack.faults.cut_everything()
    await until(lambda: site.adapter.trouble is not None)
    assert "cannot be reached" in (site.adapter.trouble or "")
    await site.slack.faults.mend()
    await until(lambda: site.adapter.trouble is None)
    await answered(site)


async def test_socket_mode_that_is_switched_off_is_told_of(site: Site) -> None:
    """Somebody has to switch it on again; Laurel does not hammer."""
    await site.slack.faults.disconnect("link_disabled")
    await until(lambda: "switched off" in (site.adapter.trouble or ""))


async def test_an_app_token_that_slack_does_not_take_stops_the_start(
    slack: Double, words: Catalogue, table: RouteTable, clock: Clock
) -> None:
    """Whoever runs Laurel hears at once that the token is no good."""
    slack.tolerate("invalid_auth")
    team = slack.add_team("Willow")
    options = options_of(slack, app_token="xapp-1-A1-1-none")
    purse = Purse({team.id: team.bot_token})
    adapter = Slack(options, purse, words, Remembered(), clock)
    with pytest.raises(CredentialsError) as raised:
        await adapter.start(table, Ear())
    await adapter.stop()
    assert SLACK == raised.value.platform


async def test_laurel_starts_while_slack_is_away(
    slack: Double, words: Catalogue, table: RouteTable, clock: Clock
) -> None:
    """The start goes on without Slack, and connects when it is there."""
    team = slack.add_team("Willow")
    await slack.faults.cut_everything()
    purse = Purse({team.id: team.bot_token})
    adapter = Slack(options_of(slack), purse, words, Remembered(), clock)
    ear = Ear()
    async with serving(adapter, table, ear):
        assert adapter.trouble is not None
        await slack.faults.mend()
        await until(lambda: adapter.trouble is None)
        await until(lambda: ear.news)


async def test_stopping_finishes_what_was_taken(site: Site) -> None:
    """A command that was acknowledged has its answer before Laurel goes."""
    opened = asyncio.Event()

    async def gate(_route: str) -> None:
        await opened.wait()

    site.ear.gate = gate
    async with asyncio.TaskGroup() as tasks:
        typed = tasks.create_task(site.ana.command("/vocabulary", "guarded"))
        await until(lambda: site.ear.calls)
        tasks.create_task(site.adapter.stop())
        opened.set()
    assert "message" == typed.result().kind
