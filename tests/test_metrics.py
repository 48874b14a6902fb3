"""What a monitoring system reads of a Laurel that runs."""

from __future__ import annotations

import asyncio
import json
import re
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from prometheus_client.parser import text_string_to_metric_families

from bot.web import metrics
from bot.web.metrics import BEAT_S, EDGES_S, Sources, measured
from bot.web.server import served
from tests.faults import down
from tests.harness import PLATFORM, Community, community

WHY = "for staying late to mend the kiln with me"
DASHBOARD = Path(__file__).parents[1] / "docs" / "grafana.json"


def sources(
    home: Community, *, trouble: str = "", backed_up_at: datetime | None = None
) -> Sources:
    return Sources(
        database=home.database,
        troubles=lambda: {PLATFORM: trouble} if trouble else {},
        platforms=[PLATFORM],
        unhealthy=home.laurel.supervisor.unhealthy,
        backed_up_at=lambda: backed_up_at,
        wall=home.clock,
    )


async def read(url: str, path: str = "metrics") -> tuple[int, str]:
    async with ClientSession() as web, web.get(f"{url}{path}") as answer:
        return answer.status, await answer.text()


def values(text: str) -> dict[str, float]:
    """Return what is told, by name; every name has one value here."""
    found = text_string_to_metric_families(text)
    return {each.name: each.samples[0].value for each in found if each.samples}


async def test_what_waits_is_told_with_its_age(tmp_path: Path) -> None:
    """Queue, oldest, set aside, communities, platform and backup; and nobody's name."""
    async with community(tmp_path / "laurel.sqlite3") as home:
        home.platform.fault = down
        await home.type("ana", "shoutout", to=(home.person("bo"),), why=WHY)
        home.clock.move(minutes=5)
        told = sources(
            home, trouble="down", backed_up_at=home.clock() - timedelta(hours=3)
        )
        async with (
            measured(told) as route,
            served(None, 0, home.laurel.unhealthy, routes=[route]) as url,
        ):
            status, text = await read(url)

    found = values(text)
    assert 200 == status
    assert 1 == found["laurel_outbox_waiting"]
    assert 300 <= found["laurel_outbox_oldest_seconds"] < 310
    assert 0 == found["laurel_outbox_set_aside"]
    assert 1 == found["laurel_communities"]
    assert 0 == found["laurel_platform_up"]
    assert 3 * 3_600 == found["laurel_backup_age_seconds"]
    assert not re.search("ana|kiln|home", text)


async def test_a_loop_that_is_held_up_is_told(tmp_path: Path) -> None:
    """The longest delay since the last look; the next look begins anew."""
    async with (
        community(tmp_path / "laurel.sqlite3") as home,
        measured(sources(home)) as route,
        served(None, 0, home.laurel.unhealthy, routes=[route]) as url,
    ):
        await asyncio.sleep(0)
        time.sleep(2 * BEAT_S)  # noqa: ASYNC251  planted: it holds everything up
        held = values((await read(url))[1])["laurel_loop_lag_seconds"]
        again = values((await read(url))[1])["laurel_loop_lag_seconds"]
    assert BEAT_S / 2 < held
    assert again < held


async def test_each_delay_is_counted_by_its_length(tmp_path: Path) -> None:
    """Ten times a second; so that a share of them can be asked for."""
    async with (
        community(tmp_path / "laurel.sqlite3") as home,
        measured(sources(home)) as route,
        served(None, 0, home.laurel.unhealthy, routes=[route]) as url,
    ):
        before = delays((await read(url))[1])
        await asyncio.sleep(0)
        time.sleep(0.6)  # noqa: ASYNC251  planted: it holds everything up
        after = delays((await read(url))[1])
    assert [*map(str, EDGES_S), "+Inf"] == list(after)
    assert sorted(after.values()) == list(after.values())
    longest = after["+Inf"] - after["0.25"]
    assert before["+Inf"] - before["0.25"] < longest


def delays(text: str) -> dict[str, float]:
    """Return how many delays there were of at most so many seconds."""
    (found,) = (
        each
        for each in text_string_to_metric_families(text)
        if each.name == "laurel_loop_delay_seconds"
    )
    counted = (each for each in found.samples if each.name.endswith("_bucket"))
    return {each.labels["le"]: each.value for each in counted}


async def test_a_database_that_takes_nothing_is_unwell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Said at /healthz; once it writes again, all is well again."""
    async with (
        community(tmp_path / "laurel.sqlite3") as home,
        served(None, 0, home.laurel.unhealthy) as url,
    ):
        assert 200 == (await read(url, "healthz"))[0]
        with monkeypatch.context() as busy:
            busy.setattr("storage.database.MAX_WAITING", 0)
            status, text = await read(url, "healthz")
        assert (503, {"unhealthy": ["database"]}) == (status, json.loads(text))
        assert 200 == (await read(url, "healthz"))[0]


def test_the_dashboard_asks_for_what_there_is() -> None:
    """Each panel names metrics that are told, and each metric has a panel."""
    found = re.findall(r"laurel_[a-z_]+", DASHBOARD.read_text("utf-8"))
    asked = {each.removesuffix("_bucket") for each in found}
    told = Path(metrics.__file__).read_text("utf-8")
    assert set(re.findall(r'"(laurel_[a-z_]+)"', told)) == asked
