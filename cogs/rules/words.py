"""How much can be given, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.chat.message import Fact
from bot.chat.text import Phrase, Quote, phrase
from bot.domain import damping
from bot.domain.community import Settings
from storage.rulebook import Limits


def limits(told: Limits, roles: Phrase | None = None) -> Iterator[Fact]:
    """Yield each limit; ``roles`` says who has an allowance of their own, if known."""
    per_day = phrase("rules.allowance-of", count=told.allowance_per_day)
    yield Fact(phrase("rules.allowance"), per_day)
    if told.allowance_by_role:
        counts = phrase("rules.role-counts", counts=Quote(told.allowance_by_role))
        yield Fact(phrase("rules.roles"), roles or counts)
    cooldown = phrase("rules.cooldown-of", hours=told.pair_cooldown_h)
    yield Fact(phrase("rules.cooldown"), cooldown)
    undo = phrase("rules.undo-of", minutes=told.undo_minutes)
    yield Fact(phrase("rules.undo"), undo)
    least, most = told.reason_min_chars, told.reason_max_chars
    reason = phrase("rules.reason-of", least=least, most=most)
    yield Fact(phrase("rules.reason"), reason)


def counting() -> Fact:
    """Return what thanks count for on boards, which is the same everywhere."""
    told = phrase(
        "rules.boards-of",
        day=damping.MOST_PER_DAY,
        repeats=damping.REPEATS_DAYS,
        around=damping.AROUND_DAYS,
    )
    return Fact(phrase("rules.boards"), told)


def by_label(told: Limits) -> Mapping[str, Fact]:
    """Return the limits by what each is called."""
    return {fact.label.key: fact for fact in limits(told)}


def own_allowances(settings: Settings) -> Phrase:
    """Return which roles have an allowance of their own, and how large each is."""
    own = tuple(
        phrase("rules.role-allowance", role=role, count=count)
        for role, count in settings.allowance_by_role
    )
    return phrase("rules.listed", parts=own)
