"""Checks and readers of the web port, under inputs that coverage guides (atheris).

``python -m tests.battery.guided [PLANT] -atheris_runs=COUNT`` ends with 0 unless one of
them raises what it must not, or says yes to what nobody signed.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from tests.battery.planted import PLANTS

Target = Callable[[Any], None]
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def targets() -> Sequence[Target]:
    """Return what is tried, each with a provider of data."""
    from bot.adapters.playground.requests import number_in  # noqa: PLC0415  guided
    from bot.adapters.slack.hook import Signatures  # noqa: PLC0415
    from bot.config.places import Places  # noqa: PLC0415
    from bot.web.asking import wish_of  # noqa: PLC0415
    from storage.addresses import _id_in  # noqa: PLC0415

    def signature(data: Any) -> None:
        now = str(int(NOW.timestamp()))
        stamp = data.PickValueInList([now, data.ConsumeString(14)])
        told, body = data.ConsumeString(80), data.ConsumeBytes(200)
        assert not Signatures("key", lambda: NOW).fit(body, stamp, told)

    def secret(data: Any) -> None:
        assert _id_in(data.ConsumeUnicode(50)) < 1 << 63

    readers = (wish_of, number_in, Places.of)
    return signature, secret, *(_reading(each) for each in readers), *_more()


def _reading(read: Callable[[str], object]) -> Target:
    return lambda data: (read(data.ConsumeUnicode(300)), None)[1]


def _more() -> Sequence[Target]:
    from bot.chat.message import Action, UnknownActionError  # noqa: PLC0415
    from bot.logs import redactor  # noqa: PLC0415
    from bot.plain import one_line  # noqa: PLC0415

    redact = redactor(["sekrit"])

    def action(data: Any) -> None:
        with suppress(UnknownActionError):
            Action.decode(data.ConsumeUnicode(120))

    def line(data: Any) -> None:
        assert len(one_line(redact(data.ConsumeUnicode(200))).splitlines()) <= 1

    return action, line


def main(words: Sequence[str]) -> None:
    """Try for as long as the words say."""
    atheris = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["bot", "storage"]):
        tried = targets()
    plant, *rest = words
    if plant:
        PLANTS[plant]()

    def one(data: bytes) -> None:
        provider = atheris.FuzzedDataProvider(data)
        tried[provider.ConsumeIntInRange(0, len(tried) - 1)](provider)

    atheris.Setup([sys.argv[0], *rest], one)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
