"""``/metrics``: what a monitoring system is told, as Prometheus reads it.

Few numbers, each with its unit in its name, and labelled by platform alone: nothing in
them tells of a community or of anybody.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import accumulate

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.core import (
    CollectorRegistry,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from storage.database import Database
from storage.monitoring import Levels, levels

BEAT_S = 0.1
"""How often the event loop is asked how late it is."""

EDGES_S = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)
"""What its delays are sorted by: those of at most so many seconds are counted."""

Clock = Callable[[], datetime]


class Pulse:
    """How late the event loop is: each beat, and the worst since somebody asked."""

    def __init__(self) -> None:
        self._worst_s = 0.0
        self._sum_s = 0.0
        self._counts = [0] * (len(EDGES_S) + 1)

    def take(self) -> float:
        """Return the longest delay since the last time, in seconds."""
        worst_s, self._worst_s = self._worst_s, 0.0
        return worst_s

    def delays(self) -> Metric:
        """Return how many delays there were, by length, since it began to beat."""
        edges = [*map(str, EDGES_S), "+Inf"]
        return HistogramMetricFamily(
            "laurel_loop_delay_seconds",
            "How late the event loop was, ten times a second",
            buckets=list(zip(edges, accumulate(self._counts), strict=True)),
            sum_value=self._sum_s,
        )

    def note(self, late_s: float) -> None:
        """Count a delay."""
        self._worst_s = max(self._worst_s, late_s)
        self._sum_s += late_s
        self._counts[bisect_left(EDGES_S, late_s)] += 1

    async def beat(self) -> None:
        """Measure until cancelled."""
        now_s = asyncio.get_running_loop().time
        while True:
            due_s = now_s() + BEAT_S
            await asyncio.sleep(BEAT_S)
            self.note(max(0.0, now_s() - due_s))


@dataclass(frozen=True, slots=True)
class Sources:
    """What is asked for the numbers.

    Attributes:
        troubles: What is wrong, by platform; those that are well are not in it.

        platforms: Every one that is served.

        unhealthy: Names of background tasks that fail again and again.

        backed_up_at: When the newest backup was made; None where there is none.
    """

    database: Database
    troubles: Callable[[], Mapping[str, str]]
    platforms: Sequence[str]
    unhealthy: Callable[[], Sequence[str]]
    backed_up_at: Callable[[], datetime | None]
    wall: Clock


@asynccontextmanager
async def measured(sources: Sources) -> AsyncIterator[web.RouteDef]:
    """Measure the event loop meanwhile; yield what answers at ``/metrics``."""
    pulse = Pulse()

    async def answer(_request: web.Request) -> web.Response:
        found = await sources.database.read(levels)
        registry = CollectorRegistry()
        backed_up_at = await asyncio.to_thread(sources.backed_up_at)  # may be far away
        told = (
            *_told(sources, found, pulse.take(), backed_up_at),
            pulse.delays(),
        )
        registry.register(_Reading(told))
        return web.Response(
            body=generate_latest(registry),
            headers={"Content-Type": CONTENT_TYPE_LATEST},
        )

    beating = asyncio.ensure_future(pulse.beat())  # noqa: TID251  ended just below
    try:
        yield web.get("/metrics", answer)
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating


class _Reading(Collector):
    def __init__(self, metrics: Sequence[Metric]) -> None:
        self._metrics = metrics

    def collect(self) -> Sequence[Metric]:
        """Return what was read a moment ago."""
        return self._metrics


def _told(
    sources: Sources, found: Levels, lag_s: float, backed_up_at: datetime | None
) -> Iterator[Metric]:
    now, troubles = sources.wall(), sources.troubles()
    queues = {each.platform: each for each in found.queues}
    each = sources.platforms
    yield _one("laurel_loop_lag_seconds", "Longest delay since the last look", lag_s)
    yield _one("laurel_writes_waiting", "Units of work", sources.database.waiting)
    failing = len(sources.unhealthy())
    yield _one("laurel_tasks_failing", "Tasks that fail again and again", failing)
    yield _by_platform(
        "laurel_platform_up",
        "1 where all is well",
        {p: p not in troubles for p in each},
    )
    yield _by_platform(
        "laurel_outbox_waiting",
        "Messages that are to be sent",
        {p: queues[p].waiting if p in queues else 0 for p in each},
    )
    yield _by_platform(
        "laurel_outbox_oldest_seconds",
        "How long the first of them waits",
        {p: _age(queues[p].since, now) if p in queues else 0.0 for p in each},
    )
    yield _by_platform(
        "laurel_outbox_set_aside",
        "Messages that somebody has to look at",
        {p: found.parked.get(p, 0) for p in each},
    )
    yield _by_platform(
        "laurel_communities",
        "Where Laurel is",
        {p: found.communities.get(p, 0) for p in each},
    )
    if backed_up_at is not None:
        words = "How old the newest backup is"
        yield _one("laurel_backup_age_seconds", words, _age(backed_up_at, now))


def _age(since: datetime, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds())


def _one(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _by_platform(name: str, words: str, values: Mapping[str, float]) -> Metric:
    metric = GaugeMetricFamily(name, words, labels=["platform"])
    for platform, value in values.items():
        metric.add_metric([platform], value)
    return metric
