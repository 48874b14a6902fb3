"""Processes that are born knowing: forked off one that has imported everything.

Most of the time that a child process takes in a test goes into importing Laurel and
what it stands on, again and again. So one process for each process of tests imports it
all, does nothing, and forks itself for whoever asks: what runs then is the same main
module with the same words, folder and environment as after ``python -m``. The bench,
and whatever measures how long something takes, start interpreters as people do.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import gc
import importlib
import json
import os
import runpy
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NoReturn, Protocol

ROOT = Path(__file__).parents[1]
KNOWN = (
    "bot.adapters.discord.adapter",
    "bot.adapters.slack.adapter",
    "bot.adapters.slack.install",
    "bot.check",
    "bot.console",
    "bot.demo.run",
    "bot.serve",
    "tests.battery.planted",
)
"""What is imported before anything is forked; no main module is."""

AFRESH = "LAUREL_AFRESH"
"""Where the environment has it, every process is an interpreter of its own."""

_MAX_BYTES = 65_536
_FDS = 3


class Child(Protocol):
    """A process that somebody started, as `asyncio.subprocess.Process` is one."""

    @property
    def pid(self) -> int: ...
    @property
    def returncode(self) -> int | None: ...
    @property
    def stdout(self) -> asyncio.StreamReader | None: ...
    def send_signal(self, signal: int, /) -> None: ...
    async def wait(self) -> int: ...
    async def communicate(self) -> tuple[bytes, bytes]: ...


async def start(
    module: str,
    words: Sequence[str],
    folder: Path,
    env: Mapping[str, str],
    stderr: int = subprocess.PIPE,
    under: Sequence[str] = (),
) -> Child:
    """Run a module with these words, as ``python -m`` does.

    Args:
        module: Its name.
        words: What follows it.
        folder: Where it runs.
        env: All of its environment.
        stderr: The file that takes its complaints, or as for `subprocess.Popen`.
        under: A program that begins an interpreter, and the words for it; see
            `tests.battery.slow_disk`.
    """
    if under or AFRESH in os.environ or "PYTEST_VERSION" not in os.environ:
        return await asyncio.create_subprocess_exec(
            *(*under, sys.executable, "-m", module, *words),
            cwd=folder,
            env=env,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
    out, complaints, told = os.pipe(), os.pipe(), os.pipe()
    asked = {"module": module, "words": list(words), "folder": str(folder)}
    nowhere = os.open(os.devnull, os.O_WRONLY)
    complains = {subprocess.PIPE: complaints[1], subprocess.DEVNULL: nowhere}
    handed = (out[1], complains.get(stderr, stderr), told[1])
    _nursery().ask(asked | {"env": dict(env)}, handed)
    for each in (out[1], complaints[1], told[1], nowhere):
        os.close(each)
    loop = asyncio.get_running_loop()
    ending = _Ending(loop.create_future(), loop.create_future())
    pipes = [await _listened(lambda: ending, told[0])]
    readers = []
    for reading, _ in (out, complaints):
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        pipes.append(await _listened(lambda protocol=protocol: protocol, reading))
        readers.append(reader)
    return _Forked(await ending.born, readers[0], readers[1], ending, pipes)


class _Ending(asyncio.Protocol):
    """Hears from the nursery: first the number of a process, then how it ended."""

    def __init__(self, born: asyncio.Future[int], code: asyncio.Future[int]) -> None:
        self.born = born
        self.code = code
        self._told = b""

    def data_received(self, data: bytes) -> None:
        self._told += data
        for number, future in zip(
            self._told.split(b"\n")[:-1], (self.born, self.code), strict=False
        ):
            if not future.done():
                future.set_result(int(number))

    def connection_lost(self, exc: Exception | None) -> None:
        for future in (self.born, self.code):
            if not future.done():
                future.cancel()


class _Forked:
    """A process that was forked."""

    def __init__(
        self,
        pid: int,
        stdout: asyncio.StreamReader,
        stderr: asyncio.StreamReader,
        ending: _Ending,
        pipes: Sequence[asyncio.BaseTransport],
    ) -> None:
        self.pid = pid
        self.stdout = stdout
        self.stderr = stderr
        self._ending = ending
        self._pipes = pipes

    @property
    def returncode(self) -> int | None:
        code = self._ending.code
        return code.result() if code.done() else None

    def send_signal(self, number: int, /) -> None:
        if self.returncode is not None:
            raise ProcessLookupError
        os.kill(self.pid, number)

    async def wait(self) -> int:
        code = await asyncio.shield(self._ending.code)
        for each in self._pipes:
            each.close()
        await asyncio.sleep(0)
        return code

    async def communicate(self) -> tuple[bytes, bytes]:
        said = await asyncio.gather(self.stdout.read(), self.stderr.read())
        await self.wait()
        return said[0], said[1]


async def _listened(protocol: object, reading: int) -> asyncio.BaseTransport:
    pipe = os.fdopen(reading, "rb", 0)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(protocol, pipe)  # type: ignore[arg-type]
    return transport


class _Nursery:
    """The process that forks."""

    def __init__(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = (sys.executable, "-m", "tests.nursery", str(theirs.fileno()))
        self._process = subprocess.Popen(  # noqa: S603  our own module
            command, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
        )
        theirs.close()
        atexit.register(self.close)

    def ask(self, asked: Mapping[str, object], handed: Sequence[int]) -> None:
        """Have a process forked that writes to these files."""
        socket.send_fds(self._line, [json.dumps(asked).encode()], list(handed))

    def close(self) -> None:
        """Have it end, and all that it forked."""
        self._line.close()
        self._process.wait()


@cache
def _nursery() -> _Nursery:
    return _Nursery()


def serve(line: socket.socket) -> None:
    """Fork for whoever asks, and tell how each ends, until nobody can ask any more.

    Returns only in a process that was forked, and is to end.
    """
    told: dict[int, int] = {}
    woken, waking = socket.socketpair()
    for each in (woken, waking):
        each.settimeout(0.0)
    signal.set_wakeup_fd(waking.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    gc.collect()
    gc.freeze()
    while asked := _next(line, woken, told):
        asking, (out, complaints, tell) = asked
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.dup2(out, 1)
            os.dup2(complaints, 2)
            for each in (line, woken, waking):
                each.close()
            for number in (out, complaints, tell, *told.values()):
                os.close(number)
            _run(json.loads(asking))
        os.close(out)
        os.close(complaints)
        told[pid] = tell
        os.write(tell, b"%d\n" % pid)
    for pid in told:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _next(
    line: socket.socket, woken: socket.socket, told: dict[int, int]
) -> tuple[bytes, list[int]] | None:
    """Wait for what is asked next; None at the end. Meanwhile, tell of the dead."""
    while True:
        ready, _, _ = select.select([line, woken], [], [])
        if woken in ready:
            with contextlib.suppress(BlockingIOError):
                woken.recv(_MAX_BYTES)
            for pid, code in _dead():
                os.write(told[pid], b"%d\n" % code)
                os.close(told.pop(pid))
        if line in ready:
            asking, handed, _, _ = socket.recv_fds(line, _MAX_BYTES, _FDS)
            return (asking, handed) if asking else None


def _dead() -> Iterator[tuple[int, int]]:
    """Yield processes that ended, and how."""
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if not pid:
                return
            yield pid, os.waitstatus_to_exitcode(status)


def _run(asked: Mapping[str, object]) -> NoReturn:
    """Be what was asked for."""
    os.chdir(str(asked["folder"]))
    env, words = asked["env"], asked["words"]
    assert isinstance(env, dict)
    assert isinstance(words, list)
    os.environ.clear()
    os.environ.update(env)
    sys.argv[1:] = words
    runpy.run_module(str(asked["module"]), run_name="__main__", alter_sys=True)
    raise SystemExit(0)


def know() -> None:
    """Read every language, once for all, and import everything."""
    features = importlib.import_module("bot.features")
    vars(features)["load_words"] = cache(features.load_words)
    features.load_words()
    for name in KNOWN:
        importlib.import_module(name)


if __name__ == "__main__":
    know()
    serve(socket.socket(fileno=int(sys.argv[1])))
