"""Waiting for what nobody tells of."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable


async def until(true: Callable[[], object], patience_s: float = 30.0) -> None:
    """Wait until something is so: ``true`` says it at once, or once it is awaited.

    Raises:
        TimeoutError: If it is not in time.
    """
    async with asyncio.timeout(patience_s):
        while not await _asked(true):  # noqa: ASYNC110  whatever it is, nobody tells
            await asyncio.sleep(0.01)


async def _asked(true: Callable[[], object]) -> object:
    answer = true()
    return await answer if inspect.isawaitable(answer) else answer
