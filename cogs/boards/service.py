"""What a member finds on a board, and how it is counted: no chat and no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.chat.responses import Call
from bot.domain.community import Community, Level, Member
from bot.domain.refs import MemberRef
from storage import communities, members, tallies
from storage.activity import Activity
from storage.database import Transaction
from storage.tallies import Place, Side

SHOWN = 10
"""Places that everybody sees. Nobody is shown to others further down."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One place, with whose it is."""

    rank: int
    member: MemberRef
    amount: int
    yours: bool


@dataclass(frozen=True, slots=True)
class Board:
    """The first places, and the reader's own.

    Attributes:
        top: At most `SHOWN`.

        you: Where the reader stands below them; None where they are among them, or
            on no place.

        hidden: Whether the reader asked not to be shown.
    """

    side: Side
    top: Sequence[Standing]
    you: Standing | None
    hidden: bool


def count(tx: Transaction, entry: Activity) -> None:
    """Count thanks that were given or taken back."""
    tallies.count(tx, entry)


def board(tx: Transaction, call: Call, side: Side) -> Board:
    """Return the board of ``side`` as the actor sees it."""
    community = communities.get(tx, call.community)
    reader = members.find(tx, community, call.actor.ref, call.at)
    top = [
        _standing(community, place, reader)
        for place in tallies.board(tx, community, side, SHOWN)
    ]
    hidden = reader is not None and not _is_shown(reader)
    you = None
    if reader is not None and not hidden and not any(each.yours for each in top):
        place = tallies.place_of(tx, community, side, reader.key)
        you = _standing(community, place, reader) if place else None
    return Board(side, top, you, hidden)


def _standing(community: Community, place: Place, reader: Member | None) -> Standing:
    return Standing(
        rank=place.rank,
        member=MemberRef(community.ref, place.platform_id),
        amount=place.amount,
        yours=reader is not None and place.member == reader.key,
    )


def _is_shown(member: Member) -> bool:
    privacy = member.privacy
    return privacy.on_boards and privacy.level in {Level.PUBLIC, Level.CHANNEL}
