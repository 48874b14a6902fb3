"""What of a challenge is other than before, as those are told who joined it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from bot.chat.message import Fact
from bot.domain.challenges import Terms
from cogs.challenges import asked
from cogs.challenges.drafting import differing

_TOLD: Mapping[Callable[[Terms], Iterator[Fact]], frozenset[str]] = {
    asked.words: frozenset({"title"}),
    asked.dates: frozenset({"starts_on", "days", "prompt_at"}),
    asked.reminder: frozenset({"remind_at"}),
    asked.points: frozenset({"scoring"}),
    asked.grace: frozenset({"grace_days", "catch_up"}),
    asked.proof: frozenset({"proof", "review", "sample_percent"}),
    asked.reward: frozenset({"reward"}),
}
"""What is told anew where one of these is other than before.

What it is for is read in the announcement, and a prompt on its day.
"""


def of(before: Terms, after: Terms) -> Sequence[Fact]:
    """Return what holds now of all that somebody may have joined for."""
    changed = set(differing(before, after))
    return [
        fact
        for facts, names in _TOLD.items()
        if names & changed
        for fact in facts(after)
        if fact not in tuple(facts(before))
    ]
