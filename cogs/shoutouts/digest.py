"""Many shoutouts in few posts, once a channel can be reached again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bot.chat.limits import MAX_FACTS, MAX_MENTIONS, MAX_MESSAGE_CHARS, MAX_NODES
from bot.chat.message import Card, Fact, Message, Tone, say
from bot.chat.text import Phrase, phrase
from bot.domain.community import Community, Level, Member
from bot.domain.refs import MemberRef
from storage import members, shoutouts
from storage.database import Transaction
from storage.digests import Folding, Page, Source

MAX_NAMED = min(MAX_MENTIONS, MAX_FACTS * MAX_NODES)

NAMED_GIVERS: Mapping[int, int] = {3: 3, 1: 10, 0: 1_000_000}
"""How many givers are named beside a receiver, each with the most posts that it may
take: better fewer posts than more names."""

FRAME_CHARS = 500
"""Room for the words around the receivers; a test in every language guards it."""

NAMING_CHARS = 44
COUNTING_CHARS = 30
"""Room for the words beside a receiver, with givers named and without, likewise."""

REF_CHARS = 24
"""What a platform writes for a member, if their name is not longer."""

_SHOWN = frozenset({Level.PUBLIC, Level.CHANNEL})


def pages(tx: Transaction, source: Source) -> Sequence[Page]:
    """Return the messages that stand for every shoutout of ``source``."""
    thanked = _thanked(tx, source)
    laid: list[list[_Thanked]] = []
    givers = 0
    for givers, most in NAMED_GIVERS.items():
        laid = list(_packed(thanked, givers))
        if len(laid) <= most:
            break
    return [
        Page(_message(each, givers, number), tuple(t.member.key for t in each))
        for number, each in enumerate(laid, 1)
    ]


def page(
    tx: Transaction, source: Source, named: frozenset[int], number: int
) -> Message | None:
    """Return one of the messages as it is now; None where nothing is left of it."""
    left = [each for each in _thanked(tx, source) if each.member.key in named]
    if not left:
        return None
    for givers in NAMED_GIVERS:
        if len(list(_packed(left, givers))) == 1:
            return _message(left, givers, number)
    return _message(left, 0, number)


def names(tx: Transaction, community: Community, key: str) -> tuple[int, ...]:
    """Return whom an announcement names: its giver, and whom everybody sees thanked."""
    kept = shoutouts.get(tx, community, int(key.rpartition(":")[2]))
    return (kept.giver, *kept.public_receivers) if kept else ()


ANNOUNCEMENTS = Folding("shoutouts:wall:", "shoutouts:digest:", names, pages, page)
"""Announcements can be told together; notes to one member cannot."""


@dataclass(slots=True)
class _Thanked:
    """A receiver, and by whom they were thanked.

    Attributes:
        times: Shoutouts that name them.

        givers: Each once, by key; None for one who is not named any more.
    """

    member: Member
    times: int = 0
    givers: dict[int, Member | None] = field(default_factory=dict)

    def shown(self, most: int) -> list[Member]:
        """Return at most so many of the givers who may be named."""
        return [giver for giver in self.givers.values() if giver][:most]


def _thanked(tx: Transaction, source: Source) -> list[_Thanked]:
    """Return everybody who is thanked in public, in the order of the first time."""
    found: dict[int, _Thanked] = {}
    known: dict[int, Member | None] = {}

    def member_of(key: int) -> Member | None:
        if key not in known:
            member = members.by_key(tx, source.community, key, source.at)
            known[key] = member if member and member.privacy.level in _SHOWN else None
        return known[key]

    for each in source.keys:
        number = int(each.removeprefix(ANNOUNCEMENTS.posts))
        kept = shoutouts.get(tx, source.community, number)
        if kept is None:
            continue
        giver = member_of(kept.giver)
        for member in filter(None, map(member_of, kept.public_receivers)):
            thanked = found.setdefault(member.key, _Thanked(member))
            thanked.times += 1
            thanked.givers[kept.giver] = giver
    return list(found.values())


def _packed(thanked: Sequence[_Thanked], givers: int) -> Iterator[list[_Thanked]]:
    """Yield them in order, as many at a time as one message holds."""
    now: list[_Thanked] = []
    chars = 0
    for each in thanked:
        needed = _chars(each, givers)
        if now and (
            len(now) == MAX_NAMED or chars + needed > MAX_MESSAGE_CHARS - FRAME_CHARS
        ):
            yield now
            now, chars = [], 0
        now.append(each)
        chars += needed
    if now:
        yield now


def _chars(thanked: _Thanked, givers: int) -> int:
    shown = thanked.shown(givers)
    named = (thanked.member, *shown)
    words = NAMING_CHARS if shown else COUNTING_CHARS
    return words + sum(max(REF_CHARS, len(each.name) + 1) for each in named)


def _message(thanked: Sequence[_Thanked], givers: int, number: int) -> Message:
    facts = tuple(
        Fact(phrase("shoutouts.digest.who", member=each.member.ref), _by(each, givers))
        for each in thanked
    )
    groups = [facts[n : n + MAX_FACTS] for n in range(0, len(facts), MAX_FACTS)]
    is_first = number == 1
    cards = [
        Card(
            title=_title(is_first=is_first) if group is groups[0] else None,
            body=(phrase("shoutouts.digest.intro"),)
            if is_first and group is groups[0]
            else (),
            facts=group,
            footer=phrase("shoutouts.digest.words") if group is groups[-1] else None,
            tone=Tone.JOY,
        )
        for group in groups
    ]
    return say(*cards, mentions=tuple(each.member.ref for each in thanked))


def _title(*, is_first: bool) -> Phrase:
    return phrase("shoutouts.digest" if is_first else "shoutouts.digest.more")


def _by(thanked: _Thanked, givers: int) -> Phrase:
    shown = thanked.shown(givers)
    rest = len(thanked.givers) - len(shown)
    by: tuple[MemberRef | Phrase, ...] = tuple(giver.ref for giver in shown)
    if rest:
        key = "shoutouts.digest.others" if shown else "shoutouts.digest.people"
        by = (*by, phrase(key, count=rest))
    return phrase("shoutouts.digest.by", count=thanked.times, givers=by)
