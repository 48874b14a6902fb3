"""Who is who: Slack is asked once, and nobody waits for it for long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.adapters.slack.roster import Roster
from bot.domain.refs import ChannelRef
from tests.adapters.slack.conftest import Site
from tests.waiting import until

INFO = r"conversations\.info"
FOR_EVER_S = 3_600.0


@pytest.fixture
async def hung(site: Site) -> AsyncIterator[Roster]:
    """A Slack that begins to say what a channel is called, and never does."""
    site.slack.faults.hang(path=INFO)
    yield site.adapter._roster
    site.slack.web_api.closing.set()


def asked(site: Site) -> int:
    """Return how often Slack was asked for a channel, and answered."""
    return sum(r.method == "conversations.info" for r in site.slack.requests)


async def test_a_question_that_hangs_is_waited_for_once(
    site: Site, hung: Roster
) -> None:
    """Whoever needs the same thing meanwhile goes on without it."""
    wall = ChannelRef(site.here, site.wall.id)
    hung._patience_s = 0.05
    assert {} == await hung.names({wall})
    hung._patience_s = FOR_EVER_S
    async with asyncio.timeout(60):
        assert {} == await hung.names({wall})
    site.slack.web_api.closing.set()
    await until(lambda: asked(site) == 1)


async def test_what_slack_would_not_say_is_waited_for_less(site: Site) -> None:
    """It is asked again some time later, and by then nobody counts on an answer."""
    roster, wall = site.adapter._roster, ChannelRef(site.here, site.wall.id)
    site.slack.faults.status(500, times=1, path=INFO)
    assert {} == await roster.names({wall})
    (kept,) = (each for key, each in roster._kept.items() if key[2] == wall.id)
    kept.until_s = 0.0
    site.slack.faults.hang(path=INFO)
    roster._patience_s = FOR_EVER_S
    async with asyncio.timeout(60):
        assert {} == await roster.names({wall})
    site.slack.web_api.closing.set()
    await until(lambda: kept.value is not None or kept.asking is None)
