"""What moderators may ask of a challenge, and what they may still change of it when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.challenges import (
    MAX_PROMPT_CHARS,
    Challenge,
    Proof,
    Review,
    State,
    Terms,
    day_number,
)
from bot.domain.errors import RuleError

MAX_AHEAD = timedelta(days=366)
"""How far ahead a challenge is planned."""

_PLACE = {"channel": "place", "thread": "place"}
_TEAMS = {"teams": "teams", "team_min": "teams", "team_max": "teams"}
_COUNTED = {
    "starts_on": "dates",
    "days": "dates",
    "per_day": "points",
    "streak_every": "points",
    "streak_bonus": "points",
    "cap": "points",
    "judged": "points",
    "grace_days": "points",
    "catch_up": "points",
    "proof": "proof",
    "reward": "reward",
}

SETTLED: Mapping[State, Mapping[str, str]] = {
    State.DRAFT: {},
    State.OPEN: {**_PLACE, **_TEAMS},
    State.RUNNING: {**_PLACE, **_TEAMS, **_COUNTED},
}
"""By state, which questions have their last answer; each with the reason's name.

What has none of these states changes no more at all.
"""


NOTHING = ""
"""What stands where nothing was promised so far: something still can be."""


def flaws_of(terms: Terms, state: State, today: date) -> Iterator[RuleError]:
    """Yield why a challenge could not be run as ``terms`` say, question by question.

    Args:
        terms: What is asked for.
        state: How far it has come; what runs has begun in the past.
        today: The community's date.
    """
    if state is not State.RUNNING:
        yield from _dates(terms, today)
    yield from _prompts(terms)
    yield from _points(terms)
    if terms.proof is Proof.NONE and terms.review is not Review.NONE:
        yield RuleError("challenges.refused-review", "review")
    if terms.team_min > terms.team_max:
        yield RuleError("challenges.refused-team", "team_max")


def check_opening(terms: Terms, opens_on: date) -> None:
    """See that what opens by itself then, on the community's clocks, still can.

    Raises:
        RuleError: If its first day is over by then; at ``opens_on``.
    """
    if opens_on > terms.starts_on:
        raise RuleError("challenges.refused-opens-late", "opens_on")


def check_settled(before: Terms, after: Terms, state: State, asked: int) -> None:
    """See that nothing changes of what people count on by now.

    Args:
        before: What holds.
        after: What is to hold.
        state: How far the challenge has come.
        asked: For how many days the prompt is out.

    Raises:
        RuleError: If something does, at its question; the sentence says why.
    """
    if state not in SETTLED:
        raise RuleError("challenges.fixed-over")
    old, new = _answers(before), _answers(after)
    for field, reason in SETTLED[state].items():
        if old[field] not in {new[field], NOTHING}:
            raise RuleError(f"challenges.fixed-{reason}", field)
    for day in range(1, asked + 1):
        if before.prompt_of(day) != after.prompt_of(day):
            raise RuleError("challenges.fixed-prompt", "prompts", day=day)


def asked_so_far(challenge: Challenge, local: datetime) -> int:
    """Return for how many days the prompt is out, by the community's clocks."""
    if challenge.state is not State.RUNNING:
        return 0
    terms, today = challenge.terms, local.date()
    if today > terms.ends_on:
        return terms.days
    day = day_number(terms, today) or 0
    return day if local.time() >= terms.prompt_at else max(day - 1, 0)


def _answers(terms: Terms) -> Mapping[str, object]:
    """Return what stands beside each question, by the question's name."""
    scoring = terms.scoring
    return {
        "channel": terms.channel,
        "thread": terms.thread,
        "teams": terms.teams,
        "team_min": terms.team_min,
        "team_max": terms.team_max,
        "starts_on": terms.starts_on,
        "days": terms.days,
        "per_day": scoring.per_day,
        "streak_every": scoring.streak_every,
        "streak_bonus": scoring.streak_bonus,
        "cap": scoring.cap,
        "judged": scoring.judged,
        "grace_days": terms.grace_days,
        "catch_up": terms.catch_up,
        "proof": terms.proof,
        "reward": terms.reward,
    }


def _dates(terms: Terms, today: date) -> Iterator[RuleError]:
    if terms.starts_on < today:
        yield RuleError("challenges.refused-past", "starts_on")
    if terms.starts_on > today + MAX_AHEAD:
        days = MAX_AHEAD.days
        yield RuleError("challenges.refused-far", "starts_on", days=days)


def _prompts(terms: Terms) -> Iterator[RuleError]:
    if (count := len(terms.prompts)) > terms.days:
        days = terms.days
        yield RuleError("challenges.refused-prompts", "prompts", count=count, days=days)
    yield from too_long(terms.prompts)


def too_long(prompts: Sequence[str]) -> Iterator[RuleError]:
    """Yield what is said of prompts that nobody would read to the end."""
    for day, prompt in enumerate(prompts, 1):
        if len(prompt) > MAX_PROMPT_CHARS:
            count, most = len(prompt), MAX_PROMPT_CHARS
            yield RuleError(
                "challenges.refused-prompt", "prompts", day=day, count=count, most=most
            )


def _points(terms: Terms) -> Iterator[RuleError]:
    scoring = terms.scoring
    if bool(scoring.streak_every) != bool(scoring.streak_bonus):
        yield RuleError("challenges.refused-streak", "streak_bonus")
    if scoring.streak_every > terms.days:
        days = terms.days
        yield RuleError("challenges.refused-streak-long", "streak_every", days=days)
    if not (scoring.per_day or scoring.streak_bonus or scoring.judged):
        yield RuleError("challenges.refused-no-points", "per_day")
    if scoring.judged and terms.review is Review.NONE:
        yield RuleError("challenges.refused-judged", "judged")
