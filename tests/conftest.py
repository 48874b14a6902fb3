"""What every test stands on."""

from __future__ import annotations

import gc
import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings

from bot import features
from bot.chat import catalogue
from tests import loopback

# Here and not in the battery's own: what runs in several processes gathers its reports
# where only the conftest of the whole is read.
pytest_plugins = ["tests.battery.told"]

# No deadline: how long one example takes says more about the machine than about us.
# The small run tries the same examples each time; the full one looks for new ones.
settings.register_profile("small", deadline=None, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=5_000)
settings.load_profile("full" if os.environ.get("LAUREL_BATTERY") == "full" else "small")

# Words are read and checked at each start, and there are hundreds in one process of
# tests. This comes before anything that starts is imported.
vars(catalogue)["read"] = cache(vars(catalogue)["read"])
vars(features)["load_words"] = cache(features.load_words)


# Thousands of files are made that must be on disk before anything goes on. What is
# tested is that we ask for that, not the disk: where there is room, memory will do.
_MEMORY = Path("/dev/shm")  # noqa: S108  pytest makes a folder of its own there
_ROOM_BYTES = 2 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

loopback.stay()

# While everything is imported and collected nothing is thrown away, and what is there
# afterwards stays: to look for rubbish in it again and again took a tenth of all time.
gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_collection_finish() -> None:
    """Look for rubbish from here on, in what the tests themselves make."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """No test passes that tried to reach anybody beyond this machine."""
    beyond = list(loopback.taken())
    assert not beyond, f"{item.nodeid} tried to leave the machine: {beyond}"
