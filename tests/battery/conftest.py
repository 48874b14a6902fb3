"""A community for every test of the battery."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests import nursery
from tests.battery.size import FULL
from tests.fakes.lenient import lenient
from tests.harness import Community, community

LONGEST = (
    "test_soak",
    "test_discord_cut",
    "test_review_race",
    "test_cancellation",
    "test_flood",
    "test_kill",
    "test_calendar",
    "test_discord_outages",
    "test_slack_outages",
    "test_templates",
    "test_discord_gateway",
    "test_scarce",
    "test_slack_kill",
    "test_discord_kill",
    "test_fire",
    "test_votes",
    "test_discord_ban",
)
"""Where tests take most of a minute or more in full, as far as that was measured."""


@pytest.fixture
async def home(tmp_path: Path) -> AsyncIterator[Community]:
    """A community with a wall, whose clock moves when told."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        yield home


@pytest.fixture
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every process is an interpreter of its own, as those that people start."""
    monkeypatch.setenv(nursery.AFRESH, "1")


@pytest.fixture(autouse=True)
def timed_as_it_is(request: pytest.FixtureRequest) -> None:
    """In full, nothing is saved where it is measured how long something takes."""
    if FULL and request.node.get_closest_marker("timed"):
        request.getfixturevalue("afresh")


@pytest.fixture
def unhurried() -> Iterator[None]:
    """How soon Laurel answers is measured elsewhere, and nobody asks in vain here."""
    with lenient():
        yield


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In full, begin with what takes longest, or the last would run all alone."""
    if FULL:
        items.sort(key=lambda item: (_turn(item), not _is_slow(item)))


def _turn(item: pytest.Item) -> int:
    """Return when a test should begin, among the others."""
    return LONGEST.index(item.path.stem) if item.path.stem in LONGEST else len(LONGEST)


def _is_slow(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None
