"""Slack, as far as an app can see it: Web API, Socket Mode, signed HTTP, and people.

``async with doubled(clock) as slack`` gives a `Slack` with no teams yet. It is as
strict as the real one; whatever an app should not have done ends in
``slack.findings``, which a test expects to be empty.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime

from tests.fakes.slack.actors import Actor
from tests.fakes.slack.double import Slack
from tests.fakes.slack.filling_in import NotPossibleError
from tests.fakes.slack.pinging import pings
from tests.fakes.slack.places import Attachment, Channel, Json, UserGroup
from tests.fakes.slack.shown import Shown, words
from tests.fakes.slack.teams import Team


@asynccontextmanager
async def doubled(clock: Callable[[], datetime]) -> AsyncIterator[Slack]:
    """Run a double while the block does.

    Args:
        clock: The time of messages, addresses and signatures. The three seconds
            and faults are in real time; rate limits in whichever passes first.
    """
    slack = Slack(clock)
    await slack.open()
    try:
        yield slack
    finally:
        await slack.close()


__all__ = [
    "Actor",
    "Attachment",
    "Channel",
    "Json",
    "NotPossibleError",
    "Shown",
    "Slack",
    "Team",
    "UserGroup",
    "doubled",
    "pings",
    "words",
]
