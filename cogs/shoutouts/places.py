"""Where a shoutout is posted for all to see, also once that place is gone."""

from __future__ import annotations

from bot.chat.responses import Call
from bot.domain.community import Community
from bot.domain.errors import RuleError
from bot.domain.people import Role
from bot.domain.refs import ChannelRef
from bot.domain.shoutouts import Shoutout
from cogs.shoutouts.digest import ANNOUNCEMENTS
from storage import communities, walls
from storage.activity import Activity
from storage.database import Transaction

ON_WALL = (ANNOUNCEMENTS.posts, ANNOUNCEMENTS.digests)
"""What the keys begin with of what is posted for all to see."""


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
    walls.move(tx, communities.by_id(tx, entry.community), ON_WALL, entry.at)
