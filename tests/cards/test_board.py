"""The picture of a board: light and dark, either direction, and whoever is on it."""

from __future__ import annotations

import json

import pytest

from bot.cards.drawing import Drawer
from bot.chat.pictures import MOST_PLACES, BoardCard, Standing
from bot.chat.text import Phrase, Quote, phrase
from tests.cards import look
from tests.cards.look import ALT, given, member, size_of

WIDTH = 1_200

ARABIC = {"omar": "عمر الفاروق", "sara": "سارة بنت محمد الهاشمي", "layla": "ليلى"}
LONG = "Wilhelmina Alexandrovna von und zu Hohenstein-Castlebury-Featherstonehaugh"
ENDLESS = "A" * 400


@pytest.fixture(scope="module")
def drawer() -> Drawer:
    return Drawer()


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have more people be known."""
    everybody = {**look.NAMES, **ARABIC, "long": LONG, "endless": ENDLESS}
    monkeypatch.setattr(look, "NAMES", everybody)


def said(words: str) -> Phrase:
    """Return words as a phrase."""
    return phrase("playground.said", words=Quote(words))


def standing(rank: int, who: str, points: int) -> Standing:
    """Return somebody's place."""
    told = said(f"{points} points")
    return Standing(rank, member(who), points, told, said("4 days, 3 in a row"))


def team(rank: int, name: str, points: int) -> Standing:
    """Return a team's place."""
    return Standing(rank, Quote(name), points, said(f"{points} points"))


def board(*people: str, points: tuple[int, ...] = (), **more: object) -> BoardCard:
    """Return a board of people, each with ten points less than the one before."""
    earned = points or tuple(range(10 * len(people), 0, -10))
    ranked = zip(people, earned, strict=True)
    places = tuple(standing(n, who, p) for n, (who, p) in enumerate(ranked, 1))
    kept: dict[str, object] = {"closing": said("Ties go to whoever was first."), **more}
    return BoardCard(said("Creator challenge"), said("Day 4 of 7"), places, **kept)  # type: ignore[arg-type]


def drawn(drawer: Drawer, card: BoardCard, *, rtl: bool = False) -> bytes:
    """Return the picture of ``card``."""
    asked = given(card.picture(ALT))
    if rtl:
        asked = asked.replace('"rtl": false', '"rtl": true', 1)
    return drawer.draw(asked)


def test_a_board_is_as_high_as_what_is_on_it(drawer: Drawer) -> None:
    """As wide as every picture, and never higher than ten places and five teams."""
    few = size_of(drawn(drawer, board("ada")))
    people = (
        "ada",
        "ben",
        "dina",
        "eleni",
        "ada",
        "ben",
        "dina",
        "eleni",
        "ada",
        "ben",
    )
    teams = tuple(team(n, f"Team {n}", 60 - n) for n in range(1, 8))
    full = board(*people, teams=teams, teams_title=said("Teams"))
    many = size_of(drawn(drawer, full))

    assert WIDTH == few[0] == many[0]
    assert few[1] < 600 < many[1] < 3_000


def test_nobody_further_down_is_drawn() -> None:
    """However many are handed in."""
    card = board(*["ada"] * 30)
    shown = json.loads(given(card.picture(ALT)))["data"]["places"]

    assert MOST_PLACES == len(shown)
    assert list(range(1, 11)) == [each["rank"]["n"] for each in shown]


def test_dark_is_another_picture_of_the_same(drawer: Drawer) -> None:
    """Of the same size: nothing moves."""
    light = drawn(drawer, board("ada", "ben"))
    dark = drawn(drawer, board("ada", "ben", dark=True))

    assert light != dark
    assert size_of(light) == size_of(dark)


@pytest.mark.parametrize("dark", [False, True])
def test_it_runs_from_right_to_left_as_well(drawer: Drawer, dark: bool) -> None:  # noqa: FBT001  each look
    """With names that do, with names that do not, and as large."""
    card = board("sara", "ada", "omar", "layla", "ben", dark=dark)
    ltr, rtl = drawn(drawer, card), drawn(drawer, card, rtl=True)

    assert ltr != rtl
    assert size_of(ltr) == size_of(rtl)


def test_arabic_names_are_written(drawer: Drawer) -> None:
    """And told to be such, so that what stands beside them is not turned."""
    asked = given(board("sara", "ada").picture(ALT))
    first, second = json.loads(asked)["data"]["places"]

    assert (ARABIC["sara"], True) == tuple(first["who"]["name"].values())
    assert not second["who"]["name"]["rtl"]
    assert drawer.draw(asked)


@pytest.mark.parametrize("who", ["long", "endless", "nobody", "yui"])
def test_whatever_people_are_called_it_fits(drawer: Drawer, who: str) -> None:
    """A long name takes another line at most, and pushes nothing over the edge."""
    plain = size_of(drawn(drawer, board("ada", "ben")))
    other = size_of(drawn(drawer, board(who, "ben")))

    assert WIDTH == other[0]
    assert plain[1] <= other[1] <= plain[1] + 120


def test_ties_are_told_by_a_sign() -> None:
    """All who share their points have it, and nobody else; ranks stay apart."""
    card = board("ada", "ben", "dina", "eleni", points=(40, 30, 30, 20))
    places = json.loads(given(card.picture(ALT)))["data"]["places"]

    assert [0, 1, 1, 0] == [each["tied"]["n"] for each in places]
    assert [1, 2, 3, 4] == [each["rank"]["n"] for each in places]


def test_ties_can_be_seen(drawer: Drawer) -> None:
    """Two with the same points look otherwise than two without."""
    tied = board("ada", "ben", points=(30, 30))
    apart = board("ada", "ben", points=(31, 30))

    assert drawn(drawer, tied) != drawn(drawer, apart)


def test_everything_told_by_colour_is_told_by_a_number() -> None:
    """Each place has its rank and its points in words."""
    card = board("ada", "ben", "dina", "eleni", teams=(team(1, "Owls", 9),))
    data = json.loads(given(card.picture(ALT)))["data"]

    for each in (*data["places"], *data["teams"]):
        assert each["rank"]["text"]
        assert f"{each['points']['n']} points" in each["told"]["text"]


@pytest.mark.parametrize("points", [(0, 0), (1_000_000, 1), (5, 0)])
def test_any_points_are_drawn(drawer: Drawer, points: tuple[int, int]) -> None:
    """None at all, very many, and one far ahead of the other."""
    assert WIDTH == size_of(drawn(drawer, board("ada", "ben", points=points)))[0]


def test_an_empty_board_is_drawn(drawer: Drawer) -> None:
    """With nobody on it, it is its title."""
    assert size_of(drawn(drawer, board()))[1] < 450


def test_teams_have_names_of_their_own(drawer: Drawer) -> None:
    """Whatever they chose, in any script, and never as code."""
    teams = (team(1, "فريق النجوم", 9), team(2, "#panic() *bold*", 8))
    card = board("ada", teams=teams, teams_title=said("Teams"))
    asked = given(card.picture(ALT))

    shown = json.loads(asked)["data"]["teams"]
    assert [True, False] == [each["team"]["rtl"] for each in shown]
    assert WIDTH == size_of(drawer.draw(asked))[0]
