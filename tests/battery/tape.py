"""What a process asks of the disk, and whom it answers, in the order in which it does.

``strace`` writes it down: each write with its bytes, each sync, each name that comes or
goes, and each answer on a socket. What is said here is all that survives of a process
when the power goes; `tests.battery.disk` makes disks of it.
"""

from __future__ import annotations

import asyncio
import ctypes
import os
import re
import signal
import subprocess
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from tests import nursery
from tests.battery.process import ROOT
from tests.needs import need
from tests.waiting import until


@dataclass(frozen=True, slots=True)
class Write:
    """Bytes are written into a file.

    Attributes:
        at: From where on; None at its end.
    """

    path: str
    at: int | None
    data: bytes


@dataclass(frozen=True, slots=True)
class Resize:
    """A file is cut off, or made longer, and holds nothing there."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class Sync:
    """A file or folder is on disk.

    Attributes:
        since: The event at which that was asked: what came later need not be there.
    """

    path: str
    since: int


@dataclass(frozen=True, slots=True)
class Make:
    """A file, or a folder, gets its first name."""

    path: str
    folder: bool = False


@dataclass(frozen=True, slots=True)
class Move:
    """A file is called otherwise from then on; ``copy`` where it keeps the first."""

    path: str
    to: str
    copy: bool = False


@dataclass(frozen=True, slots=True)
class Remove:
    """A name is gone."""

    path: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Somebody is told something: from here on it has to be kept.

    Attributes:
        heard: What was heard last where it is answered; empty on a terminal.
    """

    heard: bytes
    said: bytes


Event: TypeAlias = Write | Resize | Sync | Make | Move | Remove | Answer

_CALLS = (
    "open,openat,creat,pwrite64,pwritev,write,writev,fsync,fdatasync,ftruncate,"
    "truncate,fallocate,lseek,unlink,unlinkat,rename,renameat,renameat2,link,linkat,"
    "mkdir,mkdirat,rmdir,sendto,recvfrom,copy_file_range,sendfile,sync_file_range"
)
_UNKNOWN = ("pwritev", "truncate(", "copy_file_range", "sendfile", "fallocate")
"""What Laurel never asks of a disk; whoever sees one has to teach it to this module."""

_LINE = re.compile(r"(\d+) +(.*)")
_WHOLE = re.compile(r"(\w+)\((.*)\) += (-?\d+)", re.DOTALL)
_RESUMED = re.compile(r"<\.\.\. (\w+) resumed>(.*)", re.DOTALL)
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_FILE = re.compile(r"(\d+)<([^>]*(?:->[^>]*)?)>")
_TERMINAL = "1"
_UNFINISHED = " <unfinished ...>"
_SAID = re.compile(r'sendto\(.*", (\d+), ')
_PATIENCE_S = 30.0
_LET_WATCH = 0x59616D61


@asynccontextmanager
async def recorded(
    file: Path, module: str, words: Sequence[str]
) -> AsyncIterator[nursery.Child]:
    """Run ``module``, which waits until it is watched; ``file`` is then its tape.

    The process is killed at the end, unless it has gone by itself.
    """
    strace, env = need("strace"), {"PATH": os.environ.get("PATH", "")}
    log, watched = file.with_suffix(".log"), file.with_suffix(".watched")
    with log.open("wb") as complaints:
        said = [str(watched), *words]
        child = await nursery.start(module, said, ROOT, env, complaints.fileno())
    tracing = ("-f", "-y", "-xx", "-s", "1000000", "-e", f"trace={_CALLS}")
    command = (str(strace), *tracing, "-e", "signal=none", "-o", str(file))
    watching = await asyncio.create_subprocess_exec(
        *command, "-p", str(child.pid), stderr=subprocess.PIPE
    )
    try:
        assert watching.stderr is not None
        line = await watching.stderr.readline()
        assert line.endswith(b"attached\n"), line
        watched.touch()
        yield child
    finally:
        if child.returncode is None:
            child.send_signal(signal.SIGKILL)
        await child.wait()
        await watching.communicate()
    told = log.read_text("utf-8")
    assert "Traceback" not in told, told[-2_000:]


def wait_until_watched(watched: Path) -> None:
    """Go no further before ``watched`` says that it is written down."""
    # Where only a parent may watch its children, this lets anybody.
    ctypes.CDLL(None).prctl(_LET_WATCH, -1, 0, 0, 0)
    asyncio.run(until(watched.exists, _PATIENCE_S))


@dataclass
class _Reader:
    """Goes through a tape, and keeps what is told of one folder and of answers.

    Attributes:
        under: What the paths of interest begin with.
    """

    under: str
    events: list[Event] = field(default_factory=list)
    heard: dict[str, bytes] = field(default_factory=dict)
    ends: dict[str, int | None] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)

    def note(self, call: str, words: str, result: int, since: int) -> None:
        """Note one call that was answered."""
        if call.startswith(_UNKNOWN):
            files = [_path(each) for each in _FILE.finditer(words)]
            assert not any(each.startswith(self.under) for each in files), call
            return
        if result < 0:
            return
        texts = [_plain(each) for each in _TEXT.findall(words)]
        where = _FILE.match(words)
        if call in {"sendto", "recvfrom", "write", "writev", "pwrite64", "lseek"}:
            assert where is not None, words[:300]
            self._stream(call, words, where, b"".join(texts), result)
        elif call in {"fsync", "fdatasync", "ftruncate"}:
            assert where is not None, words[:300]
            self._file(call, words, _path(where), since)
        else:
            paths = [each.decode() for each in texts]
            if any(each.startswith(self.under) for each in paths):
                self._names(call, words, paths, result)

    def _stream(
        self, call: str, words: str, where: re.Match[str], data: bytes, result: int
    ) -> None:
        path = _path(where)
        number = f"{where[1]}:{path}"
        if call == "recvfrom":
            # What is heard in parts is one; what was answered is heard no longer.
            self.heard[number] = self.heard.get(number, b"") + data
        elif call == "sendto":
            self.events.append(Answer(self.heard.pop(number, b""), data[:result]))
        elif call == "lseek":
            self.ends[number] = result
        elif not path.startswith(self.under):
            if call == "write" and where[1] == _TERMINAL:
                self.events.append(Answer(b"", data[:result]))
        elif call == "pwrite64":
            at = int(words.rpartition(",")[2])
            self.events.append(Write(path, at, data[:result]))
        else:
            end = self.ends.get(number, 0)
            self.ends[number] = None if end is None else end + result
            self.events.append(Write(path, end, data[:result]))

    def _file(self, call: str, words: str, path: str, since: int) -> None:
        if not path.startswith(self.under):
            return
        if call == "ftruncate":
            self.events.append(Resize(path, int(words.rpartition(",")[2])))
        else:
            self.events.append(Sync(path, since))

    def _names(self, call: str, words: str, paths: Sequence[str], result: int) -> None:
        if call in {"open", "openat", "creat"}:
            (path,) = paths
            if "O_CREAT" in words and path not in self.known:
                self.known.add(path)
                self.events.append(Make(path))
            if "O_TRUNC" in words:
                self.events.append(Resize(path, 0))
            self.ends[f"{result}:{path}"] = None if "O_APPEND" in words else 0
        elif call in {"mkdir", "mkdirat"}:
            self.events.append(Make(paths[0], folder=True))
        elif call.startswith(("rename", "link")):
            if call.startswith("rename"):
                self.known.discard(paths[0])
            self.known.add(paths[1])
            copy = call.startswith("link")
            self.events.append(Move(paths[0], paths[1], copy))
        else:
            self.known.discard(paths[0])
            self.events.append(Remove(paths[0]))


def read(file: Path, folder: Path, there: Sequence[Path]) -> Sequence[Event]:
    """Return what a tape tells of ``folder``, and whom it answered.

    Args:
        file: The tape.
        folder: What is on the disk that loses its power.
        there: The files in it when the tape began.
    """
    reader = _Reader(f"{folder}", known={str(each) for each in there})
    begun: dict[str, tuple[str, int]] = {}
    for line in file.read_text("ascii").splitlines():
        found = _LINE.fullmatch(line)
        if found is None:
            continue
        who, told = found.groups()
        if told.endswith(_UNFINISHED):
            # Whoever is told something may know it before the call returns.
            if said := _SAID.match(told):
                told = f"{told.removesuffix(_UNFINISHED)}) = {said[1]}"
                begun[who] = ("", 0)
            else:
                begun[who] = (told.removesuffix(_UNFINISHED), len(reader.events))
                continue
        since = len(reader.events)
        if resumed := _RESUMED.fullmatch(told):
            first, since = begun.pop(who)
            told = first + resumed[2]
        if whole := _WHOLE.match(told):
            reader.note(whole[1], whole[2], int(whole[3]), since)
    return reader.events


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _path(where: re.Match[str]) -> str:
    named = where[2]
    return _plain(named).decode() if named.startswith("\\x") else named
