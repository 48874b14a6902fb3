"""The words of a shoutout's public post, where a community has some of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import islice

from bot.chat.message import Message
from bot.chat.text import Quote, phrase
from bot.domain.community import Community, Level, Member
from bot.domain.refs import MemberRef
from bot.domain.shoutouts import Given, Shoutout
from bot.pages.own import OwnWords, own_words, tell
from bot.pages.spec import Template, TemplateSpec
from bot.pages.variables import Context, Kind
from cogs.shoutouts import cards
from storage import members, shoutouts
from storage.database import Transaction
from storage.drawings import Drawn
from storage.shoutouts import Kept

CARD = TemplateSpec(
    "shoutouts.card",
    {
        "giver": Kind.VALUE,
        "receivers": Kind.LIST,
        "reason": Kind.VALUE,
        "value": Kind.VALUE,
        "first_time": Kind.LIST,
    },
    needed=frozenset({"receivers", "reason"}),
    max_chars=2_000,
)
"""At most one paragraph: what stands below it has room, whatever the words are."""

_SEEN = frozenset({Level.PUBLIC, Level.CHANNEL})

_LOOKED_AT = 5
"""How many shoutouts are looked at for each that a preview shows."""


def own(tx: Transaction, community: Community, given: Given) -> OwnWords:
    """Return what the community says itself of ``given``, if it is said in public."""
    if not given.shoutout.named_in_public:
        return OwnWords()
    return own_words(tx, community, CARD, partial(_context, given))


def drawn(tx: Transaction, community: Community, given: Given) -> Message:
    """Return the public card of ``given``, in the words that are in force."""
    return cards.announcement(given, own(tx, community, given))


def post(
    tx: Transaction, community: Community, key: str, now: datetime
) -> Drawn | None:
    """Draw the public post of that key; None where nobody in it may be named any more.

    Words of the community's own that fail are told to its moderators.
    """
    kept = shoutouts.get(tx, community, int(key.rpartition(":")[2]))
    given = as_of_now(tx, community, kept, now) if kept else None
    if given is None or not given.shoutout.named_in_public:
        return None
    words = own(tx, community, given)
    tell(tx, community, words, now)
    people = (given.shoutout.giver, *given.shoutout.named_in_public)
    names = tuple(member.key for member in people)
    return Drawn(cards.announcement(given, words), names)


def first_timers(
    tx: Transaction, community: Community, shoutout: Shoutout, before: int | None = None
) -> tuple[Member, ...]:
    """Return whom nobody thanked in public before; ``before`` is a shoutout's id."""
    return tuple(
        receiver
        for receiver in shoutout.named_in_public
        if not shoutouts.is_thanked(tx, community, receiver.key, before)
    )


def as_of_now(
    tx: Transaction, community: Community, kept: Kept, now: datetime
) -> Given | None:
    """Return ``kept`` as it would be given with what its people allow now.

    Returns None where its giver or its words are erased.
    """
    people = [
        members.by_key(tx, community, key, now)
        for key in (kept.giver, *kept.public_receivers)
    ]
    giver, *receivers = people
    if giver is None or kept.reason is None:
        return None
    shoutout = Shoutout(
        giver=giver,
        receivers=tuple(receiver for receiver in receivers if receiver),
        reason=kept.reason,
        value=None,
        private=False,
        given_at=kept.given_at,
    )
    first = first_timers(tx, community, shoutout, kept.id)
    return Given(kept.id, shoutout, kept.value, first)


def _recent(
    tx: Transaction, community: Community, now: datetime, most: int
) -> Sequence[Context]:
    found = islice(_public(tx, community, now, most * _LOOKED_AT), most)
    return [_context(given) for given in found]


def _public(
    tx: Transaction, community: Community, now: datetime, most: int
) -> Iterator[Given]:
    """Yield the newest that all in them may be named for, out of ``most``."""
    for number in shoutouts.newest(tx, community, most):
        kept = shoutouts.get(tx, community, number)
        given = as_of_now(tx, community, kept, now) if kept else None
        if given is None or not given.shoutout.named_in_public:
            continue
        if given.shoutout.giver.privacy.level in _SEEN:
            yield given


def _sample(member: MemberRef) -> Context:
    people = (member,)
    return Context(
        CARD.variables,
        {
            "giver": member,
            "receivers": people,
            "reason": phrase("shoutouts.words-card.reason"),
            "value": phrase("shoutouts.words-card.value"),
            "first_time": people,
        },
    )


def _context(given: Given) -> Context:
    shoutout = given.shoutout
    return Context(
        CARD.variables,
        {
            "giver": shoutout.giver.ref,
            "receivers": _refs(shoutout.named_in_public),
            "reason": Quote(shoutout.reason),
            "value": Quote(given.value) if given.value else None,
            "first_time": _refs(given.first_time),
        },
    )


def _refs(people: Sequence[Member]) -> tuple[MemberRef, ...]:
    return tuple(member.ref for member in people)


TEMPLATE = Template(CARD, _recent, _sample)
