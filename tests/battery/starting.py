"""How soon a process serves, and with how much work of its processor."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import aiohttp

from bot.archive import GIVING_WAY
from storage import left
from tests.battery.process import Process
from tests.waiting import until

_TICKS_A_S = os.sysconf("SC_CLK_TCK")
_NICE, _USER, _SYSTEM = 16, 11, 12
"""Where these stand after the name, in what Linux says of a process or a thread."""


@dataclass(slots=True)
class Start:
    """How long it took until a process told that it serves, and was ready.

    Attributes:
        processor_s: The same in work, whatever else the machine does: a processor that
            has half of its time for Laurel takes twice as long. What comes after
            everything else is not in it.
    """

    served_s: float = 0.0
    ready_s: float = 0.0
    processor_s: float = 0.0


@asynccontextmanager
async def started(process: Process) -> AsyncIterator[Start]:
    """Start Laurel and wait until it is ready; it is killed unless it has ended."""
    took, began = Start(), perf_counter()
    async with process.running(connected=False):
        took.served_s = perf_counter() - began
        await process.ready()
        took.ready_s = perf_counter() - began
        assert process.child is not None
        took.processor_s = processor_s(process.child.pid)
        yield took


def processor_s(pid: int) -> float:
    """Return what a process has worked, apart from threads that give way to all."""
    itself, giving_way = Path(f"/proc/{pid}"), 0
    for thread in (itself / "task").iterdir():
        with suppress(FileNotFoundError):  # it has ended just now
            nice, worked = _stat(thread)
            giving_way += worked if nice == GIVING_WAY else 0
    return (_stat(itself)[1] - giving_way) / _TICKS_A_S


def _stat(of: Path) -> tuple[int, int]:
    """Return how nice a process or a thread is, and its ticks."""
    found = (of / "stat").read_text("ascii", errors="replace").rpartition(")")[2]
    fields = found.split()
    return int(fields[_NICE]), int(fields[_USER]) + int(fields[_SYSTEM])


async def read_through(process: Process, patience_s: float) -> None:
    """Wait until a process knows that its file is whole, and has marked it."""
    mark = left.beside(process.file)
    async with aiohttp.ClientSession() as session:

        async def is_marked() -> bool:
            async with session.get(f"{process.url}healthz"):  # has something written
                return mark.exists() and mark.stat().st_size > 0

        await until(is_marked, patience_s)
