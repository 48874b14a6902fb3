"""T44: over a thousand draws, everybody serves before anybody serves twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain import draws
from bot.domain.committees import Leaving, SeatState, Size
from bot.domain.community import Community
from bot.domain.draws import Lot, Pool, Round
from cogs.committees import drawing
from storage import rotation
from storage.database import Transaction
from tests.battery.panel import Panel, by_hand, panel
from tests.battery.size import chance, size

DRAWS = size(250, 1_000)
SOME = size(100, 1_000)
PEOPLE = 23
COMMITTEE = Size(5, 2, 7)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Panel]:
    """A community of people who are always there."""
    yield from panel(tmp_path, PEOPLE)


def early(town: Panel, draws: int) -> list[int]:
    """Return in which draws somebody had a seat whom others were to come before."""
    return [number for number in range(draws) if not _fair(town, number)]


def _fair(town: Panel, number: int) -> bool:
    told = town.draw(COMMITTEE)
    if number % 3 == 0:  # somebody steps down, and a backup has a seat, too
        seated = next(each for each in told if each.state is SeatState.SEATED)
        town.out(seated.member, Leaving.STEPPED_DOWN)
    counts = [town.sat[key] for key in town.keys.values()]
    return max(counts) - min(counts) <= 1


def lively(town: Panel, draws: int, luck: random.Random) -> None:
    """Draw while people come, hide, are seen again, step down and are passed over."""
    hidden: list[str] = []
    for number in range(draws):
        if luck.random() < 0.2:
            town.join(f"Late {number}")
        if luck.random() < 0.3 and len(town.keys) - len(hidden) > 2 * PEOPLE // 3:
            hidden.append(luck.choice([n for n in town.keys if n not in hidden]))
            town.hide(hidden[-1])
        elif hidden and luck.random() < 0.5:
            town.hide(hidden.pop(luck.randrange(len(hidden))), hidden=False)
        told = town.draw(COMMITTEE)
        for each in told:
            if each.state is SeatState.SEATED and luck.random() < 0.1:
                town.out(each.member, Leaving.STEPPED_DOWN)


def catching_up(town: Panel) -> int:
    """Return how much more often a newcomer serves than anybody, once they came."""
    for _ in range(40):
        town.draw(COMMITTEE)
    town.join("Newcomer")
    before = Counter(town.sat)
    for _ in range(40):
        town.draw(COMMITTEE)
    since = town.sat - before
    newcomer = town.keys["Newcomer"]
    return since[newcomer] - max(n for key, n in since.items() if key != newcomer)


def test_everybody_serves_before_anybody_serves_twice(town: Panel) -> None:
    """So it is after each draw, backups who moved up included."""
    assert [] == early(town, DRAWS)
    assert min(town.sat.values()) >= DRAWS * COMMITTEE.seats // PEOPLE


def test_nobody_serves_twice_in_a_row(town: Panel) -> None:
    """Also where one round ends and the next begins in the same draw."""
    before: set[int] = set()
    for _ in range(SOME):
        told = town.draw(COMMITTEE)
        seated = {each.member for each in told if each.turn is not None}
        assert not seated & before
        before = seated


@pytest.mark.parametrize("seed", range(size(2, 10)))
def test_the_audit_alone_gives_the_same_people(town: Panel, seed: int) -> None:
    """Lists, groups and draws are repeated by somebody who trusts nobody."""
    lively(town, SOME // 3, chance(seed))
    rows = town.rows()
    assert [] == list(by_hand(rows))
    assert SOME // 3 == sum(row["action"] == "committees.draw" for row in rows)


def test_a_newcomer_does_not_catch_up(town: Panel) -> None:
    """They serve about as often as everybody else from then on, and so do others."""
    assert catching_up(town) <= 1
    newcomer = town.keys["Newcomer"]
    assert town.sat[newcomer] >= 40 * COMMITTEE.seats // (PEOPLE + 1) - 1


def test_a_draw_that_forgets_turns_is_found(
    town: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: only two terms in a row are forbidden, and nothing else."""
    monkeypatch.setattr(rotation, "current", lambda *_: Round())
    assert early(town, 20)


def test_turns_that_are_counted_for_ever_are_found(
    town: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: whoever served least of all comes first, however late they came."""

    class Ledger(Round):
        def pool(self, able: object) -> Pool:
            people = sorted(able)  # type: ignore[call-overload]
            least = min(town.sat[key] for key in people)
            first = tuple(key for key in people if town.sat[key] == least)
            last = tuple(key for key in people if town.sat[key] > least)
            return Pool(first, (), last)

    monkeypatch.setattr(rotation, "current", lambda *_: Ledger())
    assert catching_up(town) > 1


def test_a_draw_with_a_friend_in_it_is_found(
    town: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: one of those who were drawn is somebody else."""
    usual = draws.draw

    def bent(pool: Pool, seed: str, wanted: Size) -> Lot:
        lot = usual(pool, seed, wanted)
        friend = next(k for k in pool.everybody if k not in {*lot.seats, *lot.backups})
        return Lot((friend, *lot.seats[1:]), lot.backups)

    monkeypatch.setattr(drawing, "draw", bent)
    town.draw(COMMITTEE)
    assert ["committees:1: the seed gives other people"] == list(by_hand(town.rows()))


def test_a_list_with_a_friend_at_its_head_is_found(
    town: Panel, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: somebody who has had a turn is listed among those whose turn it is."""
    friend = town.draw(COMMITTEE)[0].member
    town.draw(COMMITTEE)
    usual = rotation.current

    def bent(tx: Transaction, here: Community) -> Round:
        found = usual(tx, here)
        return replace(found, had=frozenset(found.had) - {friend})

    monkeypatch.setattr(rotation, "current", bent)
    town.draw(COMMITTEE)
    wrong = "committees:3: the list has people in other groups"
    assert [wrong] == list(by_hand(town.rows()))
