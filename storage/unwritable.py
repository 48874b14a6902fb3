"""What it is called when nothing can be stored, whatever SQLite calls it."""

from __future__ import annotations

import sqlite3

_CODES = {
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_CANTOPEN,
}


class DatabaseUnwritableError(sqlite3.OperationalError):
    """Nothing can be stored: the disk is full, or the file cannot be written."""


def named(error: Exception) -> Exception:
    """Return ``error``, under that name where it is one of those."""
    if isinstance(error, sqlite3.OperationalError):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # less what is extended
        if code in _CODES:
            return DatabaseUnwritableError(str(error))
    return error
