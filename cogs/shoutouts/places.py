"""Where a shoutout is posted for all to see, also once that place is gone."""

from __future__ import annotations

from datetime import datetime

from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import ChannelRef
from bot.domain.shoutouts import Shoutout
from cogs.shoutouts.digest import ANNOUNCEMENTS
from storage import communities, set_aside
from storage.activity import Activity
from storage.database import Transaction
from storage.deliveries import Delivery


def wall(community: Community, call: Call) -> ChannelRef:
    """Return the community's wall; where it chose none, where the member is."""
    return community.settings.wall or call.channel


def check_place(community: Community, call: Call, shoutout: Shoutout) -> None:
    """Check that what is said in public is seen by more people than the giver.

    Raises:
        RuleError: If there is no wall, and the member is where nobody else reads.
    """
    if community.settings.wall or call.in_public or not shoutout.named_in_public:
        return
    sets_up = call.actor.role is Role.ADMIN
    raise RuleError("shoutouts.refused-nowhere", admin=int(sets_up))


def move(tx: Transaction, entry: Activity) -> None:
    """Have what waits for a wall that is gone follow to the one that was chosen."""
    _follow(tx, communities.by_id(tx, entry.community), entry.at)


def goes_on(tx: Transaction, delivery: Delivery, reason: str, at: datetime) -> bool:
    """Return whether ``delivery``, just set aside, goes to the wall of today instead.

    So does whatever else waits for a channel that is gone.
    """
    if not reason.startswith("channel-gone"):
        return False
    community = communities.get(tx, delivery.to.community)
    return delivery.id in _follow(tx, community, at)


def _follow(tx: Transaction, community: Community, at: datetime) -> list[int]:
    chosen = community.settings.wall
    if chosen is None:
        return []
    posts = set_aside.follow(tx, community, chosen, ANNOUNCEMENTS.posts, at)
    return [*posts, *set_aside.follow(tx, community, chosen, ANNOUNCEMENTS.digests, at)]
