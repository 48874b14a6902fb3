"""The demo as a process of its own: how soon it shows a page, and how big it is."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from time import perf_counter

import aiohttp

from tests.bench.figure import Figure, in_ms, middle
from tests.bench.size import Size

IMPORTS = (sys.executable, "-c", "import aiohttp, aiosqlite")
DEMO = (sys.executable, "-m", "bot", "--config", "config.toml", "demo")
ROOT = Path(__file__).parent.parent.parent

MB = 1_000_000
PATIENCE_S = 120.0
"""How long the first start may take, which makes the community's past."""

_ADDRESS = re.compile(rb"http://\S+/")


async def start(
    folder: Path, size: Size, command: Sequence[str] = DEMO
) -> list[Figure]:
    """From the start of the process to the whole first page, against two imports."""
    _settle_in(folder)
    async with _shown(folder, command):
        pass  # the first start seeds
    pages: list[float] = []
    imports: list[float] = []
    for _ in range(size.starts):
        since = perf_counter()
        process = await asyncio.create_subprocess_exec(*IMPORTS)
        await process.wait()
        imports.append(perf_counter() - since)
        since = perf_counter()
        async with _shown(folder, command):
            pages.append(perf_counter() - since)
    return [
        Figure(
            "start to first page, against importing aiohttp and aiosqlite",
            middle(pages) / middle(imports),
            f"{in_ms(middle(pages))} against {in_ms(middle(imports))}",
            most=4,
            unit=" times",
        )
    ]


async def idle(
    folder: Path, _size: Size, command: Sequence[str] = DEMO
) -> list[Figure]:
    """Memory of the demo once its first page was shown."""
    _settle_in(folder)
    async with _shown(folder, command) as seeding:
        seeded = resident_mb(seeding.pid)
    async with _shown(folder, command) as process:
        started = resident_mb(process.pid)
    return [
        Figure(
            "memory of the demo, idle",
            started,
            f"{seeded:.0f} MB in the process that made the community's past",
            most=90,
            unit=" MB",
        )
    ]


def resident_mb(pid: int | str) -> float:
    """Return what a process has in memory, shared libraries included."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None, status
    return int(found[1]) * 1024 / MB


def _settle_in(folder: Path) -> None:
    """Have the demo keep its files in ``folder`` and take a port that is free."""
    settings = f'[playground]\nfolder = "{folder}"\nport = 0\n'
    (folder / "config.toml").write_text(settings, "utf-8")


@asynccontextmanager
async def _shown(folder: Path, command: Sequence[str]) -> AsyncIterator[Process]:
    """Start the process, wait until its first page was read, and end it after."""
    process = await asyncio.create_subprocess_exec(
        *command, cwd=folder, env=_environment(), stdout=PIPE, stderr=DEVNULL
    )
    try:
        async with asyncio.timeout(PATIENCE_S):
            await _read_page(await _address(process))
        yield process
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
        await process.communicate()


async def _address(process: Process) -> str:
    assert process.stdout is not None
    async for line in process.stdout:
        if found := _ADDRESS.search(line):
            return found[0].decode()
    raise RuntimeError("the process ended before it told its address")


async def _read_page(address: str) -> None:
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        answer.raise_for_status()
        assert (await answer.text()).rstrip().endswith("</html>")


def _environment() -> dict[str, str]:
    """Return what a freshly opened shell would hand to it, and where it is found."""
    return {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
