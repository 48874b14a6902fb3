"""Who installed Laurel where: units of work on a real file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.refs import PlatformName
from storage import file, installations, oauth
from storage.database import Transaction
from storage.installations import Installation

SLACK = PlatformName("slack")
OTHER = PlatformName("other")
START = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

WILLOW = Installation(
    platform=SLACK,
    place="T0WILLOW",
    organisation=False,
    name="Willow",
    bot="U0BOT",
    installer="U0ANA",
    scopes=("chat:write", "commands"),
    key="abc",
    token=b"sealed",
    installed_at=START,
)
GROVE = replace(
    WILLOW,
    place="E0GROVE",
    organisation=True,
    name="Grove",
    token=b"sealed for all",
    installed_at=START + MINUTE,
)


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    connection = file.connect(path, "rw")
    yield Transaction(connection)
    connection.close()


def token(tx: Transaction, workspace: str) -> bytes | None:
    found = installations.find(tx, SLACK, workspace)
    return found.token if found else None


def test_what_is_kept_is_found_as_it_was(tx: Transaction) -> None:
    """Every part of it, on its own platform alone."""
    installations.put(tx, WILLOW)

    assert WILLOW == installations.find(tx, SLACK, "T0WILLOW")
    assert [WILLOW] == installations.every(tx, SLACK)
    assert installations.find(tx, OTHER, "T0WILLOW") is None
    assert [] == installations.every(tx, OTHER)


def test_installing_again_goes_before_the_first_time(tx: Transaction) -> None:
    """There is one row a place: an old token is of no use."""
    installations.put(tx, WILLOW)
    again = replace(WILLOW, token=b"new", installer="U0BO", installed_at=START + MINUTE)
    installations.put(tx, again)

    assert [again] == installations.every(tx, SLACK)


def test_an_organisation_lets_laurel_into_its_workspaces(tx: Transaction) -> None:
    """One token serves all of them, and those that come later too."""
    installations.put(tx, GROVE)
    assert token(tx, "T0OAK") is None
    installations.join(tx, SLACK, "E0GROVE", ("T0OAK", "T0ELM"))

    assert b"sealed for all" == token(tx, "T0OAK") == token(tx, "T0ELM")
    assert ("T0ELM", "T0OAK") == installations.workspaces(tx, SLACK, "E0GROVE")
    assert token(tx, "T0ASH") is None


def test_a_workspace_of_its_own_goes_before_its_organisation(tx: Transaction) -> None:
    """Whoever installed it there as well meant it."""
    installations.put(tx, GROVE)
    installations.join(tx, SLACK, "E0GROVE", ("T0WILLOW",))
    installations.put(tx, WILLOW)
    assert b"sealed" == token(tx, "T0WILLOW")

    assert () == installations.part(tx, SLACK, ("T0WILLOW",))
    assert b"sealed" == token(tx, "T0WILLOW")


def test_workspaces_of_an_unknown_organisation_are_not_noted(tx: Transaction) -> None:
    """News can come before the installation, or after its end."""
    installations.join(tx, SLACK, "E0NOBODY", ("T0OAK",))

    assert () == installations.workspaces(tx, SLACK, "E0NOBODY")


def test_uninstalling_deletes_the_token_and_says_who_is_left(tx: Transaction) -> None:
    """No byte of it stays in a row."""
    installations.put(tx, WILLOW)
    left = installations.remove(tx, SLACK, "T0WILLOW", START + MINUTE)

    assert ("T0WILLOW",) == left
    assert token(tx, "T0WILLOW") is None
    assert () == installations.remove(tx, SLACK, "T0WILLOW", START + MINUTE)


def test_late_news_of_the_last_time_changes_nothing(tx: Transaction) -> None:
    """Slack tells of uninstalling for an hour, and somebody installs it meanwhile."""
    installations.put(tx, WILLOW)
    again = replace(WILLOW, token=b"new", installed_at=START + 3 * MINUTE)
    installations.put(tx, again)

    assert () == installations.remove(tx, SLACK, "T0WILLOW", START + 2 * MINUTE)
    assert b"new" == token(tx, "T0WILLOW")


def test_an_organisation_that_uninstalls_takes_all_along(tx: Transaction) -> None:
    """But for those that have Laurel by themselves."""
    installations.put(tx, GROVE)
    installations.put(tx, WILLOW)
    installations.join(tx, SLACK, "E0GROVE", ("T0WILLOW", "T0OAK", "T0ELM"))
    left = installations.remove(tx, SLACK, "E0GROVE", START + 2 * MINUTE)

    assert ("T0ELM", "T0OAK") == left
    assert token(tx, "T0OAK") is None
    assert b"sealed" == token(tx, "T0WILLOW")
    assert [] == tx.all("SELECT * FROM installed_through")


def test_a_workspace_can_be_taken_back(tx: Transaction) -> None:
    """The others of its organisation stay."""
    installations.put(tx, GROVE)
    installations.join(tx, SLACK, "E0GROVE", ("T0OAK", "T0ELM"))

    assert ("T0OAK",) == installations.part(tx, SLACK, ("T0OAK",))
    assert token(tx, "T0OAK") is None
    assert b"sealed for all" == token(tx, "T0ELM")


def test_a_state_serves_once(tx: Transaction) -> None:
    """The second time it is nobody's."""
    oauth.issue(tx, "one", START)

    assert oauth.take(tx, "one", START + MINUTE)
    assert not oauth.take(tx, "one", START + MINUTE)
    assert not oauth.take(tx, "another", START)


def test_a_state_expires(tx: Transaction) -> None:
    """To the millisecond, and then it is deleted with the next."""
    oauth.issue(tx, "late", START)
    oauth.issue(tx, "just", START)
    end = START + oauth.GOOD_FOR

    assert oauth.take(tx, "just", end - timedelta(milliseconds=1))
    assert not oauth.take(tx, "late", end)
    oauth.issue(tx, "next", end)
    assert 1 == len(tx.all("SELECT * FROM oauth_states"))


def test_a_state_cannot_be_read_from_the_file(tx: Transaction, tmp_path: Path) -> None:
    """Whoever finds a backup finds no way in."""
    oauth.issue(tx, "kept-by-the-browser-alone", START)

    (row,) = tx.all("SELECT * FROM oauth_states")
    assert b"kept-by-the-browser-alone" not in row["digest"]


def test_states_do_not_pile_up(tx: Transaction) -> None:
    """The page is open to all; of too many, the newest are good."""
    for number in range(8):
        oauth.issue(tx, str(number), START + number * timedelta(seconds=1), most=3)

    good = [n for n in range(8) if oauth.take(tx, str(n), START + MINUTE)]
    assert [5, 6, 7] == good


def test_a_state_is_never_given_out_twice(tx: Transaction) -> None:
    """The schema holds it too."""
    oauth.issue(tx, "one", START)
    with pytest.raises(sqlite3.IntegrityError):
        oauth.issue(tx, "one", START)
