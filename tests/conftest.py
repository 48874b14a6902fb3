"""What every test stands on."""

from __future__ import annotations

import os
import shutil
from functools import cache
from pathlib import Path

from hypothesis import settings

from bot import features
from bot.chat import catalogue

# No deadline: how long one example takes says more about the machine than about us.
# The small run tries the same examples each time; the full one looks for new ones.
settings.register_profile("small", deadline=None, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=5_000)
settings.load_profile("full" if os.environ.get("LAUREL_BATTERY") == "full" else "small")

# Words are read and checked at each start, and there are hundreds in one process of
# tests. This comes before anything that starts is imported.
vars(catalogue)["FluentResource"] = cache(vars(catalogue)["FluentResource"])
vars(features)["load_words"] = cache(features.load_words)

# Thousands of files are made that must be on disk before anything goes on. What is
# tested is that we ask for that, not the disk: where there is room, memory will do.
_MEMORY = Path("/dev/shm")  # noqa: S108  pytest makes a folder of its own there
_ROOM_BYTES = 2 * 1024**3
if os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM_BYTES:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))
