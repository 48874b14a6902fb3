"""What the days of a challenge count for, and what may still change of it when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.challenge_rules import (
    SETTLED,
    asked_so_far,
    check_settled,
    flaws_of,
)
from bot.domain.challenges import (
    MAX_DAYS,
    NEXT,
    Challenge,
    Proof,
    Review,
    Score,
    Scoring,
    State,
    Terms,
    day_number,
    score,
)
from bot.domain.errors import RuleError
from bot.domain.refs import ChannelRef
from tests.harness import COMMUNITY

FIRST = date(2026, 3, 9)

TERMS = Terms(
    number=1,
    title="Seven days",
    about="",
    starts_on=FIRST,
    days=7,
    prompt_at=time(9),
    prompts=("One", "Two", "Three", "Four", "Five", "Six", "Seven"),
    channel=ChannelRef(COMMUNITY, "wall"),
    scoring=Scoring(per_day=10, streak_every=3, streak_bonus=5),
    reward="A seat in the next one",
)


def asking(**asked: Any) -> Terms:
    """Return terms that ask for this, and for what `TERMS` does."""
    return replace(TERMS, **asked)


def counting(days: int, **scoring: Any) -> Terms:
    """Return terms of so many days that count like this."""
    return asking(days=days, scoring=Scoring(**scoring))


def plainly(terms: Terms, days: Mapping[int, int]) -> Score:
    """Return what `score` should, by a walk through all days, one after the other."""
    rule = terms.scoring
    points = in_row = missed = best = last = count = 0
    for day in range(1, terms.days + 1):
        if day not in days:
            missed += 1
            continue
        if missed > terms.grace_days:
            in_row = 0
        in_row, missed, count = in_row + 1, 0, count + 1
        best, last = max(best, in_row), in_row
        points += rule.per_day + min(days[day], rule.judged)
        if rule.streak_every and in_row % rule.streak_every == 0:
            points += rule.streak_bonus
    if rule.cap is not None and points > rule.cap:
        points = rule.cap
    enough = count >= 1 and terms.days - count <= terms.grace_days
    return Score(points, count, last, best, enough)


@st.composite
def played(draw: st.DrawFn) -> tuple[Terms, dict[int, int]]:
    """Return terms, and what somebody did by them."""
    length = draw(st.integers(1, 30))
    scoring = Scoring(
        per_day=draw(st.integers(0, 20)),
        streak_every=draw(st.integers(0, 5)),
        streak_bonus=draw(st.integers(0, 20)),
        cap=draw(st.none() | st.integers(1, 300)),
        judged=draw(st.integers(0, 10)),
    )
    terms = asking(days=length, scoring=scoring, grace_days=draw(st.integers(0, 3)))
    days = st.dictionaries(st.integers(1, length), st.integers(0, 15))
    return terms, draw(days)


@given(played())
def test_points_are_those_of_a_walk_through_the_days(
    game: tuple[Terms, dict[int, int]],
) -> None:
    """Days, bonus, what reviewers add, grace, cap, streaks and who finishes."""
    terms, days = game
    assert plainly(terms, days) == score(terms, days)


@given(played(), st.integers(1, 30), st.integers(0, 15))
def test_one_more_day_never_takes_anything_away(
    game: tuple[Terms, dict[int, int]], day: int, judged: int
) -> None:
    """Nor does a reviewer who adds something: nobody is worse off for doing more."""
    terms, days = game
    before = score(terms, days)
    more = {**days, min(day, terms.days): judged}
    more = {each: max(more[each], days.get(each, 0)) for each in more}
    after = score(terms, more)
    assert after.points >= before.points
    assert after.best_streak >= before.best_streak
    assert after.finished >= before.finished


def test_grace_bridges_a_gap_and_is_not_counted() -> None:
    """A gap that is longer ends the row, and the next one begins."""
    terms = asking(grace_days=1)
    assert 4 == score(terms, dict.fromkeys((1, 3, 4, 6), 0)).streak
    broken = score(terms, dict.fromkeys((1, 2, 3, 6, 7), 0))
    assert (2, 3) == (broken.streak, broken.best_streak)


def test_who_misses_more_than_grace_does_not_finish() -> None:
    """And whoever did nothing at all never does, however short it was."""
    terms = asking(grace_days=1)
    assert score(terms, dict.fromkeys(range(1, 7), 0)).finished
    assert not score(terms, dict.fromkeys(range(1, 6), 0)).finished
    assert not score(asking(days=1, grace_days=7), {}).finished


def test_what_is_no_day_of_it_counts_for_nothing() -> None:
    """Nor does a reviewer take away, or add more than they may."""
    terms = counting(7, per_day=10, judged=5)
    assert Score() == score(terms, {0: 3, 8: 3, -1: 3})
    assert (15, 10) == (score(terms, {1: 99}).points, score(terms, {1: -4}).points)


@given(st.integers(1, MAX_DAYS), st.integers(-100, 200))
def test_days_are_counted_from_the_first(length: int, apart: int) -> None:
    """From 1 to the last; what lies outside is no day of it."""
    terms = asking(days=length)
    on = FIRST + timedelta(days=apart)
    inside = {terms.starts_on + timedelta(days=each) for each in range(length)}
    assert (apart + 1 if on in inside else None) == day_number(terms, on)
    assert length == day_number(terms, terms.ends_on)


def test_one_prompt_is_for_every_day() -> None:
    """Of several, each has its day, and a day without one has nothing to ask."""
    assert ["Walk"] * 7 == [asking(prompts=("Walk",)).prompt_of(n) for n in range(1, 8)]
    some = asking(prompts=("One", "Two"))
    assert ["", "One", "Two", ""] == [some.prompt_of(day) for day in (0, 1, 2, 3)]


def test_no_state_is_left_once_it_is_over() -> None:
    """And each can be reached from the draft."""
    assert {State.FINAL, State.CALLED_OFF} == {s for s in State if not NEXT[s]}
    assert {s for s in State if s.over} == {s for s in State if not NEXT[s]}
    reached, new = {State.DRAFT}, {State.DRAFT}
    while new:
        new = {after for state in new for after in NEXT[state]} - reached
        reached |= new
    assert set(State) == reached


OTHER: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "channel": ("place", {"channel": ChannelRef(COMMUNITY, "other")}),
    "thread": ("place", {"thread": False}),
    "teams": ("teams", {"teams": True}),
    "team_min": ("teams", {"team_min": 3}),
    "team_max": ("teams", {"team_max": 5}),
    "starts_on": ("dates", {"starts_on": FIRST + timedelta(days=1)}),
    "days": ("dates", {"days": 8}),
    "per_day": ("points", {"scoring": Scoring(11, 3, 5)}),
    "streak_every": ("points", {"scoring": Scoring(10, 4, 5)}),
    "streak_bonus": ("points", {"scoring": Scoring(10, 3, 6)}),
    "cap": ("points", {"scoring": Scoring(10, 3, 5, 90)}),
    "judged": ("points", {"scoring": Scoring(10, 3, 5, None, 4)}),
    "grace_days": ("points", {"grace_days": 2}),
    "catch_up": ("points", {"catch_up": True}),
    "proof": ("proof", {"proof": Proof.IMAGE}),
    "reward": ("reward", {"reward": "Two seats"}),
}
"""For each question that is settled at some time: why, and another answer to it."""


@pytest.mark.parametrize("field", OTHER)
def test_what_people_count_on_stays(field: str) -> None:
    """The field says what it is, and the sentence why; before that it can change."""
    reason, change = OTHER[field]
    after = replace(TERMS, **change)
    check_settled(TERMS, after, State.DRAFT, 0)
    for state in (State.OPEN, State.RUNNING):
        if field not in SETTLED[state]:
            check_settled(TERMS, after, state, 0)
            continue
        with pytest.raises(RuleError) as refused:
            check_settled(TERMS, after, state, 0)
        assert (f"challenges.fixed-{reason}", field) == (
            refused.value.code,
            refused.value.at,
        )


def test_a_promise_can_be_made_while_it_runs() -> None:
    """Where there was none; what was promised is neither changed nor taken away."""
    check_settled(asking(reward=""), TERMS, State.RUNNING, 0)
    with pytest.raises(RuleError) as refused:
        check_settled(TERMS, asking(reward=""), State.RUNNING, 0)
    assert "challenges.fixed-reward" == refused.value.code


def test_every_question_is_either_settled_or_free() -> None:
    """Whoever adds one to the terms says here which it is."""
    free = {"number", "title", "about", "prompt_at", "remind_at"}
    free |= {"review", "sample_percent", "prompts"}
    points = {each.name for each in fields(Scoring)}
    known = {each.name for each in fields(Terms)} - {"scoring"} | points
    assert known == set(OTHER) | free
    assert set(OTHER) == set(SETTLED[State.RUNNING])


def test_what_nobody_counts_on_changes_while_it_runs() -> None:
    """Words, the hour, the reminder, who looks, and prompts still to come."""
    after = asking(
        title="A week",
        about="New words",
        prompt_at=time(10),
        remind_at=time(20),
        review=Review.ALL,
        sample_percent=50,
        prompts=(*TERMS.prompts[:3], "New", *TERMS.prompts[4:]),
    )
    check_settled(TERMS, after, State.RUNNING, 3)
    with pytest.raises(RuleError) as refused:
        check_settled(TERMS, after, State.RUNNING, 4)
    assert ("challenges.fixed-prompt", "prompts") == (
        refused.value.code,
        refused.value.at,
    )


@pytest.mark.parametrize("state", [State.REVIEW, State.FINAL, State.CALLED_OFF])
def test_nothing_changes_once_its_days_are_over(state: State) -> None:
    """The result rests on what was asked."""
    with pytest.raises(RuleError, match="fixed-over"):
        check_settled(TERMS, asking(title="A week"), state, 7)


@pytest.mark.parametrize(
    ("local", "asked"),
    [
        (datetime(2026, 3, 9, 8, 59, tzinfo=UTC), 0),
        (datetime(2026, 3, 9, 9, 0, tzinfo=UTC), 1),
        (datetime(2026, 3, 12, 8, 0, tzinfo=UTC), 3),
        (datetime(2026, 3, 15, 23, 59, tzinfo=UTC), 7),
        (datetime(2026, 3, 16, 0, 0, tzinfo=UTC), 7),
        (datetime(2026, 3, 8, 12, 0, tzinfo=UTC), 0),
    ],
)
def test_a_prompt_is_out_from_its_hour_on(local: datetime, asked: int) -> None:
    """By the community's clocks, and only while it runs."""
    assert asked == asked_so_far(Challenge(1, State.RUNNING, TERMS), local)
    assert 0 == asked_so_far(Challenge(1, State.OPEN, TERMS), local)


FLAWED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "challenges.refused-past": ("starts_on", {"starts_on": date(2026, 3, 7)}),
    "challenges.refused-far": ("starts_on", {"starts_on": date(2027, 3, 10)}),
    "challenges.refused-prompts": ("prompts", {"days": 6}),
    "challenges.refused-prompt": ("prompts", {"prompts": ("x" * 201,)}),
    "challenges.refused-streak": ("streak_bonus", {"scoring": Scoring(10, 3, 0)}),
    "challenges.refused-streak-long": ("streak_every", {"scoring": Scoring(1, 8, 1)}),
    "challenges.refused-no-points": ("per_day", {"scoring": Scoring(0)}),
    "challenges.refused-judged": ("judged", {"scoring": Scoring(10, judged=1)}),
    "challenges.refused-review": (
        "review", {"proof": Proof.NONE, "review": Review.ALL},
    ),
    "challenges.refused-team": ("team_max", {"team_min": 5, "team_max": 4}),
}  # fmt: skip


@pytest.mark.parametrize("code", FLAWED)
def test_what_could_not_be_run_is_said(code: str) -> None:
    """At the question that is at fault, and nothing else is found."""
    field, change = FLAWED[code]
    today = date(2026, 3, 8)
    assert [] == list(flaws_of(TERMS, State.DRAFT, today))
    flaws = list(flaws_of(replace(TERMS, **change), State.DRAFT, today))
    assert [(code, field)] == [(each.code, each.at) for each in flaws]


def test_what_runs_may_have_begun_in_the_past() -> None:
    """That is no fault of it, while anything else still is."""
    assert [] == list(flaws_of(TERMS, State.RUNNING, date(2026, 3, 12)))
    assert 1 == len(list(flaws_of(TERMS, State.OPEN, date(2026, 3, 12))))
