"""Names on disk: what a file is called has to be synced, as has what is in it.

Syncing a file keeps what it holds. That it is there, under its name, is kept by the
folder, and a power cut may take a name away that nobody had synced.
"""

from __future__ import annotations

import os
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Have what is in ``folder`` be called on disk what it is called now.

    Raises:
        OSError: If that cannot be had.
    """
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Have what is in a file be on disk, and its name.

    Raises:
        OSError: If that cannot be had.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


def rename(path: Path, to: Path) -> None:
    """Have a file be called ``to`` for good; what was called so is gone.

    Raises:
        OSError: If it cannot be.
    """
    path.rename(to)
    sync_folder(to.parent)


def make_folder(folder: Path) -> None:
    """Make a folder that is there for good, and those above it that are missing.

    Raises:
        OSError: If it cannot be made.
    """
    if not folder.is_dir():
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        sync_folder(folder.parent)
