"""Shoutouts that their givers want to see before anybody else does: units of work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.chat import wire
from bot.chat.responses import Call
from bot.domain.shoutouts import Given, Receipt, Shoutout
from bot.pages.own import OwnWords
from cogs.shoutouts import wording
from cogs.shoutouts.service import Wish, check, give, keep
from storage import communities, drafts
from storage.database import Transaction
from storage.drafts import DraftRef

DRAFT = "shoutout"


@dataclass(frozen=True, slots=True)
class Shown:
    """A shoutout that its giver wants to see before it is posted."""

    shoutout: Shoutout
    draft: str
    own: OwnWords


def give_or_show(tx: Transaction, call: Call, wish: Wish) -> Receipt | Shown:
    """Give what ``wish`` asks for, or keep it as a draft where the giver previews.

    Raises:
        RuleError: If a rule says no; nothing is recorded then.
    """
    community = communities.get(tx, call.community)
    shoutout, tag = check(tx, community, call, wish)
    if not shoutout.giver.previews:
        return keep(tx, community, call, shoutout, tag)
    draft = DraftRef(drafts.new_id(), community, shoutout.giver, DRAFT)
    drafts.put(tx, draft, wire.encode(wish.answers()), call.at)
    first = wording.first_timers(tx, community, shoutout)
    given = Given(0, shoutout, tag.label if tag else None, first)
    return Shown(shoutout, draft.id, wording.own(tx, community, given))


def post(tx: Transaction, call: Call, draft: str) -> Receipt:
    """Give what a draft holds, once.

    Raises:
        RuleError: If the draft is gone or a rule says no; then the draft stays.
    """
    return give(tx, call, _wish(drafts.take(tx, *_draft(tx, call, draft))))


def drafted(tx: Transaction, call: Call, draft: str) -> Wish:
    """Return what a draft holds.

    Raises:
        RuleError: If it is gone, or somebody else's.
    """
    return _wish(drafts.get(tx, *_draft(tx, call, draft)))


def drop(tx: Transaction, call: Call, draft: str) -> None:
    """End a draft; one that is gone already is no matter."""
    drafts.take(tx, *_draft(tx, call, draft))


def _draft(tx: Transaction, call: Call, draft: str) -> tuple[DraftRef, datetime]:
    return drafts.of_actor(tx, call, draft, DRAFT), call.at


def _wish(body: str | None) -> Wish:
    return Wish(**drafts.held(body))
