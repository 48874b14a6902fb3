"""Reading a file through while a process serves it, and until it is told to stop."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing, suppress
from pathlib import Path

from storage.file import connect, damaged, read_through


class Examination:
    """Reads every row of a file, and finds it in every index, in a thread of its own.

    It sees one snapshot. Nobody waits for it, and the log beside the file is emptied
    once it is through.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: sqlite3.Connection | None = None
        self._stopped = threading.Event()

    def run(self) -> bool:
        """Return whether all was read, and nothing is wrong; not where it was stopped.

        Raises:
            DatabaseFileError: If something is.
            sqlite3.OperationalError: If it cannot be read just now.
        """
        with closing(connect(self._path, "ro")) as connection:
            self._connection = connection
            if self._stopped.is_set():
                return False
            try:
                found = read_through(connection)
            except sqlite3.OperationalError:
                if self._stopped.is_set():
                    return False
                raise
            except sqlite3.DatabaseError as error:
                found = str(error)
            finally:
                self._connection = None
        if found != "ok":
            raise damaged(self._path, found)
        return True

    def stop(self) -> None:
        """Have it end at once; from another thread."""
        self._stopped.set()
        connection = self._connection
        if connection is not None:
            with suppress(sqlite3.ProgrammingError):  # it was through just now
                connection.interrupt()
