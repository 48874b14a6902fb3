"""Calling a challenge off: what is asked first, and what is done then."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.challenges import Challenge
from cogs.challenges import course
from storage import communities, drafts, members
from storage.challenges.book import Act
from storage.challenges.given import Given, given
from storage.database import Transaction
from storage.drafts import DraftRef

DRAFT = "challenge-end"


@dataclass(frozen=True, slots=True)
class Ending:
    """A challenge that is to be called off, as it is before.

    Attributes:
        given: What is on record of it, and stays there.
    """

    draft: str
    challenge: Challenge
    why: str
    given: Given


def begin(tx: Transaction, call: Call, challenge: int, why: str) -> Ending:
    """Keep why a challenge is to be called off, until its moderator is sure.

    Raises:
        RuleError: If it is gone, or its days are over.
    """
    community = communities.get(tx, call.community)
    found = course.under_way(tx, community, challenge)
    owner = members.meet(tx, community, call.actor, call.at)
    ref = DraftRef(drafts.new_id(), community, owner, DRAFT)
    body = wire.encode({"challenge": challenge, "why": why})
    drafts.put(tx, ref, body, call.at)
    return Ending(ref.id, found, why, given(tx, challenge))


def confirm(tx: Transaction, call: Call, draft: str) -> Ending:
    """Call a challenge off.

    Raises:
        RuleError: If the draft or the challenge is gone, or its days are over.
    """
    ref = drafts.of_actor(tx, call, draft, DRAFT)
    told = drafts.held(drafts.take(tx, ref, call.at))
    challenge, why = int(told["challenge"]), str(told["why"])
    before = course.under_way(tx, ref.community, challenge)
    kept = given(tx, challenge)
    by = Act(ref.owner, call.id, call.at)
    course.call_off(tx, ref.community, challenge, why, by)
    return Ending(draft, before, why, kept)


def drop(tx: Transaction, call: Call, draft: str) -> None:
    """Leave a challenge as it is; a draft that is gone already is no matter."""
    drafts.take(tx, drafts.of_actor(tx, call, draft, DRAFT), call.at)
