"""Defects that are planted into a process, each of which some test must find."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType

import bot.app
import bot.courier
from storage.claiming import Settle
from storage.delivery import Delivery
from tests.battery import (
    planted_exports,
    planted_life,
    planted_port,
    planted_scarce,
    planted_trouble,
)

BLOCKED_S = 6.0
"""Twice as long as any platform waits for an answer."""


def careless() -> None:
    """Plant a courier that sends again without looking what stands there already."""
    from tests.test_courier import Careless  # noqa: PLC0415  drags pytest in

    vars(bot.app)["Courier"] = Careless


def blocking() -> None:
    """Plant a courier that nobody gets past while it waits."""

    class Blocking(bot.courier.Courier):
        def _retry(
            self, head: Delivery, reason: str, retry_after_s: float | None
        ) -> Settle:
            time.sleep(BLOCKED_S)
            return super()._retry(head, reason, retry_after_s)

    vars(bot.app)["Courier"] = Blocking


def pushy() -> None:
    """Plant a courier that tries again at once, however long it is asked to wait."""
    from bot.adapters.slack.rate import Asked, Waits  # noqa: PLC0415  not for all

    class Pushy(bot.courier.Courier):
        def _retry(
            self, head: Delivery, reason: str, retry_after_s: float | None
        ) -> Settle:
            del retry_after_s
            return super()._retry(head, reason, None)

    vars(bot.courier)["FIRST_WAIT_S"] = vars(bot.courier)["MAX_WAIT_S"] = 0.0
    vars(bot.app)["Courier"] = Pushy

    def check(self: Waits, asked: Asked) -> None:
        del self, asked

    Waits.check = check  # type: ignore[method-assign]


def gullible() -> None:
    """Plant a door that takes the time that it is told for a number."""
    from bot.adapters.slack.hook import Signatures  # noqa: PLC0415  as above

    usual = Signatures.fit

    def fit(self: Signatures, body: bytes, stamp: str, signature: str) -> bool:
        return int(stamp) > 0 and usual(self, body, stamp, signature)

    Signatures.fit = fit  # type: ignore[method-assign]


PLANTS: Mapping[str, Callable[[], None]] = MappingProxyType(
    {
        each.__name__: each
        for each in (
            *(careless, blocking, pushy, gullible),
            *planted_exports.EVERY,
            *(*planted_life.EVERY, *planted_port.EVERY, *planted_trouble.EVERY),
            *planted_scarce.EVERY,
        )
    }
)
"""By the name that a world is told."""
