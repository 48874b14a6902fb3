"""What a challenge asks for, as facts: on the sheet, and in what everybody reads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import time

from bot.chat.clip import clip
from bot.chat.message import Fact
from bot.chat.text import Day, Phrase, Quote, Value, phrase
from bot.domain.challenges import Proof, Review, Terms

MAX_FIRST_CHARS = 80


def words(terms: Terms) -> Iterator[Fact]:
    """Yield what it is called, and what it is for."""
    yield _fact("title", "quoted", words=Quote(terms.title))
    if terms.about:
        yield _fact("about", "quoted", words=Quote(terms.about))


def reward(terms: Terms) -> Iterator[Fact]:
    """Yield what whoever finishes is promised, or that nothing is."""
    if terms.reward:
        yield _fact("reward", "quoted", words=Quote(terms.reward))
    else:
        yield _fact("reward", "no-reward")


def dates(terms: Terms) -> Iterator[Fact]:
    """Yield when it runs, and when it asks."""
    first, last = Day(terms.starts_on), Day(terms.ends_on)
    yield _fact("when", "when", first=first, last=last, count=terms.days)
    yield _fact("prompt-at", "prompted-at", time=_clock(terms.prompt_at))


def reminder(terms: Terms) -> Iterator[Fact]:
    """Yield when entrants are reminded."""
    if terms.remind_at is None:
        yield _fact("remind-at", "no-reminder")
    else:
        yield _fact("remind-at", "reminded-at", time=_clock(terms.remind_at))


def place(terms: Terms) -> Iterator[Fact]:
    """Yield where everything is said."""
    where = "in-thread" if terms.thread else "in-channel"
    yield _fact("place", where, channel=terms.channel)


def prompts(terms: Terms) -> Iterator[Fact]:
    """Yield how many prompts there are, and how the first begins."""
    first = Quote(clip(terms.prompt_of(1), MAX_FIRST_CHARS))
    if terms.prompts:
        yield _fact("prompts", "prompted", count=len(terms.prompts), first=first)
    else:
        yield _fact("prompts", "no-prompts")


def points(terms: Terms) -> Iterator[Fact]:
    """Yield what counts for how much."""
    rule = terms.scoring
    yield _fact("points", "per-day", count=rule.per_day)
    if rule.streak_every:
        streak = {"days": rule.streak_every, "count": rule.streak_bonus}
        yield _fact("streak", "streak", **streak)
    if rule.cap is not None:
        yield _fact("cap", "cap", count=rule.cap)
    if rule.judged:
        yield _fact("judged", "judged", count=rule.judged)


def grace(terms: Terms) -> Iterator[Fact]:
    """Yield what becomes of a day that is missed."""
    if terms.grace_days or terms.scoring.streak_every:
        yield _fact("grace", "grace-of", count=terms.grace_days)
    yield _fact("catch-up", "catch-up" if terms.catch_up else "no-catch-up")


def proof(terms: Terms) -> Iterator[Fact]:
    """Yield what a check-in carries, and who looks at it."""
    yield Fact(phrase("challenges.fact-proof"), carried(terms.proof))
    if terms.review is not Review.NONE:
        percent = terms.sample_percent
        yield _fact("review", "review", kind=str(terms.review), percent=percent)


def teams(terms: Terms) -> Iterator[Fact]:
    """Yield how many make a team, where there are any."""
    if terms.teams:
        sizes = {"least": terms.team_min, "most": terms.team_max}
        yield _fact("teams", "in-teams", **sizes)


def carried(proof: Proof) -> Phrase:
    """Return what a check-in has to carry, in words."""
    return phrase("challenges.proof-of", kind=str(proof))


def in_public(terms: Terms) -> tuple[Fact, ...]:
    """Return all that somebody who might join wants to know."""
    return (
        *dates(terms),
        *points(terms),
        *grace(terms),
        *proof(terms),
        *teams(terms),
        *(reward(terms) if terms.reward else ()),
    )


def _fact(label: str, key: str, **values: Value) -> Fact:
    said = phrase(f"challenges.{key}", **values)
    return Fact(phrase(f"challenges.fact-{label}"), said)


def _clock(at: time) -> Quote:
    return Quote(f"{at:%H:%M}")
