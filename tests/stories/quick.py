"""Laurel as it is served, but for what it waits for a platform's sake."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from bot import platforms


@contextmanager
def quick(options: str, **changed: Any) -> Iterator[None]:
    """Serve a platform with other options than an installation has.

    Args:
        options: What in `platforms` returns them.
        changed: Those that are others.
    """
    usual = getattr(platforms, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(
            platforms, options, lambda settings: replace(usual(settings), **changed)
        )
        yield
