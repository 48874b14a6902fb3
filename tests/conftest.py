"""What every test stands on."""

from __future__ import annotations

import os

from hypothesis import settings

# No deadline: how long one example takes says more about the machine than about us.
settings.register_profile("small", deadline=None)
settings.register_profile("full", deadline=None, max_examples=5_000)
settings.load_profile("full" if os.environ.get("LAUREL_BATTERY") == "full" else "small")
