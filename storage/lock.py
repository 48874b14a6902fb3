"""Keeps a second process off a database, under whatever name it comes."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
from contextlib import suppress
from pathlib import Path
from typing import Self

_MAX_BYTES = 200


class DatabaseFileError(Exception):
    """The file cannot be used. The text says which, why, and what to do next."""


class AnotherInstanceError(DatabaseFileError):
    """Another process has the file open for writing."""


class InstanceLock:
    """Keeps a second process off the file; gone with the process, however it ends.

    Two files are locked: the one beside the database, which stays where a restore puts
    another database in its place, and the database itself, which may have other names.
    """

    def __init__(self, *descriptors: int) -> None:
        self._descriptors = descriptors

    @classmethod
    def take(cls, path: Path) -> Self:
        """Lock the database at ``path``, whether or not it is there already.

        Raises:
            AnotherInstanceError: If another process holds it.
            DatabaseFileError: If the folder cannot be written.
        """
        beside = path.resolve()
        beside = beside.with_name(beside.name + ".lock")
        try:
            holding = os.open(beside, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise DatabaseFileError(
                f"{beside} cannot be written ({error.strerror}). Laurel keeps its "
                "lock beside the database: make the folder writable for its user."
            ) from error
        lock = cls(holding)
        try:
            _lock(holding, path, beside)
            if (itself := _open(path)) is not None:
                lock = cls(holding, itself)
                _lock(itself, path, None)
        except DatabaseFileError:
            lock.release()
            raise
        _sign(holding)
        return lock

    def release(self) -> None:
        """Let another process have the file."""
        for descriptor in self._descriptors:
            os.close(descriptor)
        self._descriptors = ()


def _open(path: Path) -> int | None:
    """Return the database to be locked; None where it is not there, or unreadable."""
    with suppress(OSError):
        return os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    return None


def _lock(descriptor: int, path: Path, beside: Path | None) -> None:
    """Lock one of the two files, or say who has it.

    Raises:
        AnotherInstanceError: If another process has it.
        DatabaseFileError: If nothing can be locked where it is.
    """
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno != errno.EWOULDBLOCK:
            if beside is None:
                return  # some file systems lock only what may be written
            raise DatabaseFileError(
                f"{beside} cannot be locked ({error.strerror}). Keep the database on "
                "a disk of this machine: two processes would damage it."
            ) from error
        who = _signed(beside) if beside else ", under another name of the same file"
        raise AnotherInstanceError(
            f"{path} is in use by another Laurel{who}. One process at a time may "
            "write to it: stop the other one, or give this one a file of its own."
        ) from error


def _sign(descriptor: int) -> None:
    """Write down who has the lock, for whoever comes next."""
    with suppress(OSError):  # a full disk is no reason not to start
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"{os.getpid()} {socket.gethostname()}\n".encode(), 0)


def _signed(beside: Path) -> str:
    """Return who has the lock; empty where that is not written down."""
    with suppress(OSError):
        said = beside.read_bytes()[:_MAX_BYTES].decode("ascii", "replace").split()
        if len(said) == 2:  # noqa: PLR2004  a number and a name
            return f" (process {said[0]} on {said[1]})"
    return ""
