"""Waiting for what nobody tells of."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable


async def until(
    true: Callable[[], bool] | Callable[[], Awaitable[bool]], patience_s: float = 10.0
) -> None:
    """Wait until something is so.

    Raises:
        TimeoutError: If it is not in time.
    """
    async with asyncio.timeout(patience_s):
        while not await _asked(true):  # noqa: ASYNC110  whatever it is, nobody tells
            await asyncio.sleep(0.01)


async def _asked(true: Callable[[], bool] | Callable[[], Awaitable[bool]]) -> bool:
    answer = true()
    return answer if isinstance(answer, bool) else await answer
