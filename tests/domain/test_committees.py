"""Committees that can be filled, and counting by a rule that anybody can check."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.committees import (
    MIN_SEATS,
    Cast,
    Choice,
    Recused,
    Size,
    Tally,
    ballot_digest,
    decide,
    fewer,
    recused_by_rule,
    teams,
)
from bot.domain.refs import CommunityRef, PlatformName, RoleRef

START = datetime(2026, 3, 6, tzinfo=UTC)

keys = st.integers(0, 2**62 - 1)


@given(st.integers(0, 60), st.integers(3, 25), st.integers(0, 25))
def test_fewer_gives_up_backups_first(available: int, seats: int, backups: int) -> None:
    """What is offered can be filled, and is never more than was asked."""
    asked = Size(seats, backups, 60)
    offered = fewer(asked, available)

    assert (offered is None) == (available < MIN_SEATS)
    if offered is not None:
        assert MIN_SEATS <= offered.seats <= seats
        assert offered.backups <= backups
        assert offered.people == min(asked.people, available)
        assert offered.seats == seats or offered.backups == 0


counts = st.integers(0, 4)
tallies = st.lists(
    st.builds(
        Tally,
        candidacy=st.just(0),
        yes=counts,
        no=counts,
        abstain=counts,
        earlier_wins=st.integers(0, 2),
        first_at=st.integers(0, 3).map(lambda n: START + timedelta(hours=n)),
    ),
    max_size=12,
).map(lambda made: [replace(t, candidacy=n) for n, t in enumerate(made, 1)])


def by_hand(told: list[Tally], winners: int) -> list[int]:
    """Return who wins, by picking the best again and again, as one would on paper."""
    left = [each for each in told if each.yes > each.no]
    won: list[int] = []
    while left and len(won) < winners:
        best = left[0]
        for each in left[1:]:
            if beats(each, best):
                best = each
        left.remove(best)
        won.append(best.candidacy)
    return won


def beats(one: Tally, other: Tally) -> bool:
    """Return whether the rule puts one before another, told word by word."""
    if one.yes != other.yes:
        return one.yes > other.yes
    if one.earlier_wins != other.earlier_wins:
        return one.earlier_wins < other.earlier_wins
    if one.first_at != other.first_at:
        return one.first_at < other.first_at
    return one.candidacy < other.candidacy


@given(tallies, st.integers(1, 5), st.randoms())
def test_the_count_is_what_a_plain_reference_says(
    told: list[Tally], winners: int, luck: random.Random
) -> None:
    """Whatever the order in which candidacies are told."""
    shuffled = list(told)
    luck.shuffle(shuffled)
    result = decide(shuffled, winners)

    assert by_hand(told, winners) == list(result.winners)
    every = {each.candidacy for each in told}
    assert every == {*result.winners, *result.others}
    assert len(every) == len(result.winners) + len(result.others)


@given(tallies, st.integers(1, 5))
def test_another_yes_never_costs_a_win(told: list[Tally], winners: int) -> None:
    """Whoever won still wins with one approval more."""
    for won in decide(told, winners).winners:
        more = [replace(t, yes=t.yes + (t.candidacy == won)) for t in told]
        assert won in decide(more, winners).winners


casts = st.lists(
    st.builds(
        Cast,
        candidacy=st.integers(1, 3),
        voter=keys,
        choice=st.sampled_from(Choice),
        salt=st.binary(min_size=16, max_size=16),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda each: (each.candidacy, each.voter),
)


@given(casts, st.randoms(), st.data())
def test_a_ballots_digest_shows_any_change(
    cast: list[Cast], luck: random.Random, data: st.DataObject
) -> None:
    """A vote that was changed, dropped or added; not the order in which they came."""
    shuffled = list(cast)
    luck.shuffle(shuffled)
    digest = ballot_digest(cast)
    assert digest == ballot_digest(shuffled)

    place = data.draw(st.integers(0, len(cast) - 1))
    others = [each for each in Choice if each is not cast[place].choice]
    changed = list(cast)
    changed[place] = replace(cast[place], choice=data.draw(st.sampled_from(others)))
    assert digest != ballot_digest(changed)
    assert digest != ballot_digest(cast[:place] + cast[place + 1 :])
    assert digest != ballot_digest([*cast, replace(cast[0], voter=2**62)])


def test_recusal_names_the_closest_reason() -> None:
    """Oneself first, then whom one nominated, frequent pairs, and the same team."""
    assert Recused.NOMINEE is recused_by_rule(1, 1, {1}, {1}, same_team=True)
    assert Recused.NOMINATOR is recused_by_rule(1, 2, {1}, {2}, same_team=True)
    assert Recused.PAIR is recused_by_rule(1, 2, {3}, {2}, same_team=True)
    assert Recused.TEAM is recused_by_rule(1, 2, {3}, {4}, same_team=True)
    assert recused_by_rule(1, 2, {3}, {4}, same_team=False) is None


def test_one_role_is_no_team() -> None:
    """All who can be nominated hold it, and so may all who vote."""
    here = CommunityRef(PlatformName("harness"), "home")
    makers, menders = RoleRef(here, "makers"), RoleRef(here, "menders")

    assert frozenset() == teams((makers,), (makers,))
    assert {makers} == teams((makers, menders), (makers,))
    assert frozenset() == teams((makers, menders), ())
