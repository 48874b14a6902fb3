"""How what an award asks for is said: to moderators who write it, and to everybody."""

from __future__ import annotations

from collections.abc import Iterator

from bot.chat.message import Fact
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.awards import Decider, Standard

Name = Quote | Phrase
"""What a moment of the calendar is called."""


def about(standard: Standard) -> Iterator[Fact]:
    """Yield what the award is for, where somebody wrote it down."""
    if standard.about:
        said = phrase("awards.quoted", words=Quote(standard.about))
        yield Fact(phrase("awards.fact-about"), said)


def criteria(standard: Standard) -> Iterator[Fact]:
    """Yield the items that are checked, each with what it takes beside it."""
    for number, each in enumerate(standard.criteria, 1):
        label = phrase("awards.item", number=number, evidence=str(each.evidence))
        yield Fact(label, phrase("awards.quoted", words=Quote(each.text)))


def eligible(standard: Standard) -> Iterator[Fact]:
    """Yield who can be nominated."""
    who = phrase("awards.anybody")
    if standard.roles:
        who = phrase("awards.holders", count=len(standard.roles), roles=standard.roles)
    yield Fact(phrase("awards.fact-roles"), who)
    if standard.min_days:
        days = phrase("awards.days", count=standard.min_days)
        yield Fact(phrase("awards.fact-days"), days)
    if standard.not_won_in:
        rounds = phrase("awards.not-won", count=standard.not_won_in)
        yield Fact(phrase("awards.fact-not-won"), rounds)


def deciding(standard: Standard) -> Iterator[Fact]:
    """Yield how many win, who decides, and how many one member may nominate."""
    winners = phrase("awards.winners-of", count=standard.winners)
    yield Fact(phrase("awards.fact-winners"), winners)
    yield Fact(phrase("awards.fact-decider"), decided_by(standard))
    each = phrase("awards.per-member-of", count=standard.per_member)
    yield Fact(phrase("awards.fact-per-member"), each)


def decided_by(standard: Standard) -> Phrase:
    """Return who decides, and how."""
    sees = "blind" if standard.blind else "open"
    if standard.decider is Decider.MODERATORS:
        return phrase("awards.by-moderators", sees=sees)
    return phrase("awards.by-committee", sees=sees, count=standard.quorum)


def announced(standard: Standard, moment: Name | None) -> Iterator[Fact]:
    """Yield when winners are announced; ``moment`` is what it is called, if known."""
    when = phrase("awards.at-once")
    if standard.announced_in is not None:
        when = phrase("awards.moment-gone")
        if moment is not None:
            when = phrase("awards.in-moment", moment=moment)
    yield Fact(phrase("awards.fact-announced"), when)
