"""What waits for a community's wall follows to the next one, once that wall is gone.

What is for the wall is told by what its keys begin with, ``slice:what:``.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.community import Community
from storage import communities, set_aside
from storage.database import Transaction
from storage.delivery import Delivery


def move(
    tx: Transaction, community: Community, posts: Collection[str], at: datetime
) -> Collection[str]:
    """Have what waits for a channel that is gone follow to the wall, and return it.

    Only of ``posts``, and nothing where no wall is chosen. What returns are keys.
    """
    wall = community.settings.wall
    if wall is None:
        return ()
    moved = (set_aside.follow(tx, community, wall, each, at) for each in posts)
    return [key for keys in moved for key in keys]


def goes_on(
    tx: Transaction,
    delivery: Delivery,
    reason: str,
    posts: Collection[str],
    at: datetime,
) -> bool:
    """Return whether ``delivery``, just set aside, goes to the wall of today instead.

    So does whatever else of ``posts`` waits for a channel that is gone.
    """
    if not reason.startswith("channel-gone"):
        return False
    community = communities.get(tx, delivery.to.community)
    return delivery.key in move(tx, community, posts, at)
