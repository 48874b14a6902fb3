"""T50: from nothing to the first shoutout, and back again after a restart."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import ClientSession

from tests.adapters.browser import Shown
from tests.battery.size import FULL

ROOT = Path(__file__).parents[2]
WITHIN_S = 60.0
STOPS_WITHIN_S = 10.0
WORDS = "You showed me around on my very first day here."
CONFIG = '[playground]\nport = 0\nfolder = "data"\n'
LAUREL = (sys.executable, "-m", "bot", "--config", "config.toml", "demo")


class Demo:
    """A demo in a process of its own, and what a browser sees of it."""

    def __init__(self, child: asyncio.subprocess.Process, url: str) -> None:
        self._child = child
        self._url = url

    async def page(self, path: str) -> Shown:
        """Return a page."""
        async with ClientSession() as session, session.get(self._url + path) as page:
            assert 200 == page.status, path
            return Shown(await page.text())

    async def rooms(self) -> tuple[str, str]:
        """Return where a member is led to first, and the room where thanks stand."""
        front = await self.page("/")
        paths = [e.attributes["href"] for e in front.all("a") if "href" in e.attributes]
        first = next(p for p in paths if re.fullmatch(r"/as/\w+/in/[\w-]+", p))
        wall = next(p for p in paths if re.fullmatch(r"/as/\w+/in/[\w-]*thanks", p))
        return first, wall

    async def thank(self, room: str) -> None:
        """Send the form of a shoutout, to the first who can be thanked."""
        front = await self.page(room)
        links = (e.attributes.get("href", "") for e in front.all("a"))
        people = re.findall(r"/as/([\w-]+)\?in=", "\n".join(links))
        async with ClientSession() as session:
            for member in people:
                sent = {
                    "laurel.action": "1:shoutouts.shoutout",
                    "to": member,
                    "why": WORDS,
                }
                async with session.post(
                    self._url + room + "/submit", data=sent
                ) as answer:
                    if await answer.json() == {"form": None}:
                        return
        raise AssertionError("nobody could be thanked")

    async def stop(self) -> int:
        """Ask it to end and return its exit code."""
        os.killpg(self._child.pid, signal.SIGTERM)
        return await asyncio.wait_for(self._child.wait(), STOPS_WITHIN_S)


@asynccontextmanager
async def started(command: Sequence[str], folder: Path) -> AsyncIterator[Demo]:
    """Run the demo in ``folder`` until it says where it is."""
    child = await asyncio.create_subprocess_exec(
        *command,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT) if command is LAUREL else ""},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert child.stdout is not None
        async for line in child.stdout:
            if found := re.search(r"http://127\.0\.0\.1:\d+", line.decode()):
                yield Demo(child, found[0])
                break
        else:
            raise AssertionError("the demo did not start")
    finally:
        if child.returncode is None:
            os.killpg(child.pid, signal.SIGKILL)
        await child.wait()


def said(page: Shown) -> list[str]:
    """Return what stands in a room, in words."""
    return [" ".join(each.text.split()) for each in page.all("div", class_="said")]


async def first_success(command: Sequence[str], folder: Path, ends: int = 0) -> float:
    """Return the seconds from the command to the first shoutout on the wall.

    ``ends`` is how the command ends when it is asked to.
    """
    begun = time.monotonic()
    async with started(command, folder) as demo:
        room, wall = await demo.rooms()
        history = said(await demo.page(wall))
        await demo.thank(room)
        for _ in range(int(WITHIN_S / 0.05)):
            if any(WORDS in each for each in said(await demo.page(wall))):
                break
            await asyncio.sleep(0.05)
        took_s = time.monotonic() - begun
        before = [said(await demo.page(path)) for path in (room, wall)]
        assert len(history) > 10, "the community has a history"
        assert 1 == sum(WORDS in each for each in before[1])
        assert ends == await demo.stop()
    async with started(command, folder) as demo:
        after = [said(await demo.page(path)) for path in (room, wall)]
        assert before == after, "all is as it was"
        assert ends == await demo.stop()
    return took_s


@pytest.mark.slow
async def test_the_first_shoutout_comes_within_a_minute(tmp_path: Path) -> None:
    """No account, no token, nothing set; and after a restart, all is as it was."""
    (tmp_path / "config.toml").write_text(CONFIG, "utf-8")
    assert WITHIN_S > await first_success(LAUREL, tmp_path)


@pytest.mark.slow
@pytest.mark.skipif(not FULL, reason="installs everything, which takes its time")
@pytest.mark.timeout(600)
async def test_a_fresh_clone_needs_nothing_but_make(tmp_path: Path) -> None:
    """`make demo` in a copy of the sources, with nothing installed."""
    clone = tmp_path / "clone"
    made = shutil.ignore_patterns(
        ".venv*",
        ".git",
        "node_modules",
        "data",
        ".*_cache",
        ".hypothesis",
        "__pycache__",
    )
    shutil.copytree(ROOT, clone, ignore=made)
    (clone / "config.toml").write_text(CONFIG, "utf-8")
    python = f"PYTHON={sys.base_prefix}/bin/python3"
    # Make waits for Laurel, and then ends by the signal itself.
    await first_success(("make", "demo", python), clone, -signal.SIGTERM)
