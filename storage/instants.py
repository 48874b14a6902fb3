"""Instants as the tables hold them: milliseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime


def to_ms(instant: datetime) -> int:
    """Return an aware instant in milliseconds."""
    return round(instant.timestamp() * 1000)


def from_ms(milliseconds: int) -> datetime:
    """Return the aware instant that `to_ms` was given, to the millisecond."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)
