"""What every test stands on."""

from __future__ import annotations

import os
from functools import cache

from hypothesis import settings

from bot.chat import catalogue

# No deadline: how long one example takes says more about the machine than about us.
# The small run tries the same examples each time; the full one looks for new ones.
settings.register_profile("small", deadline=None, derandomize=True)
settings.register_profile("full", deadline=None, max_examples=5_000)
settings.load_profile("full" if os.environ.get("LAUREL_BATTERY") == "full" else "small")

# Words are read at each start, and there are hundreds in one process of tests.
vars(catalogue)["FluentResource"] = cache(vars(catalogue)["FluentResource"])
