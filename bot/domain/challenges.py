"""Challenges: what a community sets itself to do each day, and what that counts for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.refs import ChannelRef

MAX_TITLE_CHARS = 60
MAX_ABOUT_CHARS = 500
MAX_REWARD_CHARS = 300
MAX_DAYS = 92
MAX_PROMPT_CHARS = 200
MAX_POINTS = 1_000
"""Most that one day, one bonus or one reviewer can give."""

MAX_CAP = 1_000_000
MAX_GRACE_DAYS = 7
MAX_TEAM = 50


class State(StrEnum):
    """How far a challenge has come.

    ``DRAFT``: moderators alone know of it. ``OPEN``: people can join. ``RUNNING``: its
    days are counted. ``REVIEW``: its days are over and the result can be disputed.
    ``FINAL``: the result stands. ``CALLED_OFF``: moderators ended it before its time.
    """

    DRAFT = "draft"
    OPEN = "open"
    RUNNING = "running"
    REVIEW = "review"
    FINAL = "final"
    CALLED_OFF = "called-off"

    @property
    def joinable(self) -> bool:
        """Whether somebody can still join."""
        return self in {State.OPEN, State.RUNNING}

    @property
    def over(self) -> bool:
        """Whether nothing becomes of it any more."""
        return self in {State.FINAL, State.CALLED_OFF}


NEXT: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.OPEN, State.CALLED_OFF}),
    State.OPEN: frozenset({State.RUNNING, State.CALLED_OFF}),
    State.RUNNING: frozenset({State.REVIEW, State.CALLED_OFF}),
    State.REVIEW: frozenset({State.FINAL}),
    State.FINAL: frozenset(),
    State.CALLED_OFF: frozenset(),
}
"""What can become of each state."""


class Proof(StrEnum):
    """What a check-in has to carry. ``WELCOME``: whatever may come with it."""

    NONE = "none"
    WELCOME = "welcome"
    TEXT = "text"
    LINK = "link"
    IMAGE = "image"
    FILE = "file"


class Review(StrEnum):
    """Which check-ins moderators look at before they count."""

    NONE = "none"
    SAMPLE = "sample"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Scoring:
    """What counts for how much.

    Attributes:
        per_day: Points for each day that counts, 0 to `MAX_POINTS`.

        streak_every: After how many days in a row there is a bonus; 0 for never.

        streak_bonus: Points, each time.

        cap: Most points that one entrant can have in all; None for no such limit.

        judged: Most points that a reviewer can add for one check-in; 0 for none.
    """

    per_day: int = 10
    streak_every: int = 0
    streak_bonus: int = 0
    cap: int | None = None
    judged: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What a challenge asks for. Never changed: an edit makes the next version.

    Attributes:
        number: The version, counted from 1.

        title: One line in a moderator's words.

        about: Lines of the same; may be empty.

        starts_on: The first day, in each entrant's own zone.

        days: How many there are, 1 to `MAX_DAYS`.

        prompt_at: When the day's prompt is posted, on the community's clocks.

        prompts: One for each day, or fewer; where there is one alone, it is every
            day's.

        channel: Where everything is said.

        thread: Whether prompts go into a thread under the announcement.

        grace_days: How many days in a row may be missed before a streak ends, and how
            many in all by whoever still finishes.

        catch_up: Whether an earlier day can be checked in for, while it runs.

        sample_percent: How many of a hundred check-ins are looked at where only a
            sample is.

        team_min: Fewest that a team needs to stand on the board.

        remind_at: When entrants who have not checked in are reminded, on their own
            clocks; None for never.

        reward: What whoever finishes is promised, in a line or two of a moderator's
            words; empty for nothing.
    """

    number: int
    title: str
    about: str
    starts_on: date
    days: int
    prompt_at: time
    prompts: tuple[str, ...]
    channel: ChannelRef
    thread: bool = True
    scoring: Scoring = Scoring()
    grace_days: int = 0
    catch_up: bool = False
    proof: Proof = Proof.WELCOME
    review: Review = Review.NONE
    sample_percent: int = 10
    teams: bool = False
    team_min: int = 2
    team_max: int = 10
    remind_at: time | None = None
    reward: str = ""

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.starts_on + timedelta(days=self.days - 1)

    def prompt_of(self, day: int) -> str:
        """Return what is asked on a day, counted from 1; empty where nothing is."""
        if len(self.prompts) == 1:
            return self.prompts[0]
        return self.prompts[day - 1] if 1 <= day <= len(self.prompts) else ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """Something that a community sets itself to do.

    Attributes:
        terms: The latest version, which is the one that holds.

        opens_at: When a draft opens by itself; None where somebody opens it.

        opened_at: Since when people could join; None for a draft.

        closes_at: When its last day is over for everybody, as far as is known; None
            where it does not run towards an end.

        ended_at: When its days were over, or it was called off; None before.
    """

    id: int
    state: State
    terms: Terms
    opens_at: datetime | None = None
    opened_at: datetime | None = None
    closes_at: datetime | None = None
    ended_at: datetime | None = None

    @property
    def ends_on(self) -> date:
        """The last day."""
        return self.terms.ends_on


@dataclass(frozen=True, slots=True)
class Score:
    """What an entrant's days count for.

    Attributes:
        days: How many count.

        streak: How many in a row up to the last that counts; days of grace bridge a
            gap and are not counted.

        best_streak: The longest such row.

        finished: Whether no more days are missing than those of grace.
    """

    points: int = 0
    days: int = 0
    streak: int = 0
    best_streak: int = 0
    finished: bool = False


def day_number(terms: Terms, on: date) -> int | None:
    """Return which day of the challenge a date is, from 1; None where it is none."""
    number = (on - terms.starts_on).days + 1
    return number if 1 <= number <= terms.days else None


def score(terms: Terms, days: Mapping[int, int]) -> Score:
    """Return what ``days`` count for: what a reviewer added, by the day's number.

    One more day, or more for a day, never makes it less. What is no day of the
    challenge counts for nothing.
    """
    done = sorted(day for day in days if 1 <= day <= terms.days)
    rows = _rows(done, terms.grace_days)
    rule = terms.scoring
    points = sum(rule.per_day + max(0, min(days[day], rule.judged)) for day in done)
    if rule.streak_every:
        points += sum(row // rule.streak_every for row in rows) * rule.streak_bonus
    return Score(
        points=points if rule.cap is None else min(points, rule.cap),
        days=len(done),
        streak=rows[-1] if rows else 0,
        best_streak=max(rows, default=0),
        finished=bool(done) and terms.days - len(done) <= terms.grace_days,
    )


def _rows(done: Sequence[int], grace: int) -> list[int]:
    """Return how many days stand in each row, gaps of up to ``grace`` bridged."""
    rows: list[int] = []
    before: int | None = None
    for day in done:
        if before is not None and day - before - 1 <= grace:
            rows[-1] += 1
        else:
            rows.append(1)
        before = day
    return rows


def is_sampled(checkin: int, percent: int) -> bool:
    """Return whether a check-in, by its id, is one of the ``percent`` looked at.

    The same for good, whoever asks.
    """
    digest = hashlib.sha256(f"laurel check-in {checkin}".encode()).digest()
    return int.from_bytes(digest[:8]) % 100 < percent
