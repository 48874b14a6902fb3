"""What the machine lets this process have."""

from __future__ import annotations

import resource


def share_of_files(one_in: int, most: int) -> int:
    """Return how many files and connections one purpose may take, ``most`` at most.

    Where few may be open at a time (``ulimit -n``), nobody is to take them all from
    the database, the pictures and the platforms.
    """
    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return most
    return max(1, min(most, allowed // one_in))
