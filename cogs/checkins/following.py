"""What others do that changes who takes part, and what their days count for."""

from __future__ import annotations

from storage import communities
from storage.activity import Activity
from storage.challenges import entrants, scores
from storage.database import Transaction


def erased(tx: Transaction, entry: Activity) -> None:
    """Have who is erased take part in nothing any more."""
    community = communities.by_id(tx, entry.community)
    key, call = entry.fact.actor, entry.fact.source
    for each in entrants.of_member(tx, community, key):
        entrants.leave(tx, community, each.challenge, key, call, entry.at)


def edited(tx: Transaction, entry: Activity) -> None:
    """Have everybody's days count for what they count for by now."""
    community = communities.by_id(tx, entry.community)
    challenge = int(entry.fact.ref.removeprefix("challenges:"))
    scores.recount_all(tx, community, challenge, entry.at)
