"""What is on record of awards, and who can be nominated."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import awards as rules
from bot.domain.awards import Award, Criterion, Decider, Evidence, Standard, Window
from bot.domain.community import Community, Member, Settings
from bot.domain.errors import RuleError
from bot.domain.nominations import State
from bot.domain.people import Person, Role
from bot.domain.refs import CommunityRef, MemberRef, RoleRef
from storage import (
    awards,
    communities,
    departures,
    file,
    members,
    nominations,
    rulebook,
    standards,
)
from storage.acts import Act
from storage.database import Transaction
from storage.file import connect
from storage.nominations import Said, Terms
from tests.harness import COMMUNITY, PLATFORM, START

OTHER = CommunityRef(PLATFORM, "elsewhere")
MAKERS, KEEPERS = RoleRef(COMMUNITY, "makers"), RoleRef(COMMUNITY, "keepers")
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.fixture
def tx(tmp_path: Path) -> Iterator[Transaction]:
    """Everything that a test writes, in a file of its own."""
    path = tmp_path / "laurel.sqlite3"
    file.create(path)
    connection = connect(path, "rw")
    yield Transaction(connection)
    connection.close()


@pytest.fixture
def here(tx: Transaction) -> Community:
    """A community that exists."""
    return communities.add(tx, COMMUNITY, Settings("en", ZoneInfo("UTC")), START)


def met(
    tx: Transaction, here: Community, name: str, at: datetime = START, **seen: object
) -> Member:
    """Return a member as they are seen."""
    person = Person(MemberRef(here.ref, name), name.title(), Role.MEMBER)
    return members.meet(tx, here, replace(person, **seen), at)  # type: ignore[arg-type]


def by(tx: Transaction, here: Community, at: datetime = START) -> Act:
    """Return who acts, and when."""
    return Act(met(tx, here, "ada"), "call", at)


def made(
    tx: Transaction, here: Community, name: str = "Maker", **asked: object
) -> Award:
    """Return an award that asks for this."""
    standard = replace(Standard(1), **asked)  # type: ignore[arg-type]
    return awards.create(tx, here, name, standard, by(tx, here))


def refused(
    tx: Transaction, here: Community, award: Award, member: Member, at: datetime = START
) -> str | None:
    """Return the key of why ``member`` cannot be nominated."""
    found = awards.ineligible(tx, here, award, award.standard, member, at)
    return found.code if found else None


def won(tx: Transaction, here: Community, award: Award, member: Member) -> Award:
    """Return ``award`` after a round that ``member`` won."""
    award = awards.open_round(tx, here, award, None, by(tx, here))
    assert award.round is not None
    said = Said(met(tx, here, "dan"), member, "For what she built.", (), (), "n")
    said = replace(said, call=f"n{award.round.id}")
    terms = Terms(award.round, award.standard)
    candidacy = nominations.add(tx, here, terms, said, START)
    assert nominations.settle(tx, here, candidacy, State.WON, START)
    return awards.close_round(tx, here, award, by(tx, here))


def empty_round(tx: Transaction, here: Community, award: Award) -> Award:
    """Return ``award`` after a round in which nobody won."""
    opened = awards.open_round(tx, here, award, None, by(tx, here))
    return awards.close_round(tx, here, opened, by(tx, here))


def test_what_is_kept_is_read_as_it_was(tx: Transaction, here: Community) -> None:
    """Every part of a standard, also words in all scripts."""
    standard = Standard(
        1,
        about="Für alle,\nصنعت شيئًا \U0001f33f",
        criteria=(
            Criterion('It\'s "in use"', Evidence.REQUIRED),
            Criterion("使われている", Evidence.WELCOME),
        ),
        roles=(KEEPERS, MAKERS),
        min_days=30,
        not_won_in=2,
        winners=3,
        decider=Decider.COMMITTEE,
        blind=True,
        quorum=5,
        per_member=2,
        announced_in=17,
    )

    award = awards.create(tx, here, "Maker", standard, by(tx, here))

    assert standard == award.standard
    assert standard == awards.standard(tx, award.id, 1)
    assert award == awards.get(tx, here, award.id)
    assert [award] == list(awards.listed(tx, here))


def test_another_community_has_none_of_it(tx: Transaction, here: Community) -> None:
    """Neither the award itself, nor its name, nor any act upon it."""
    award = made(tx, here)
    there = communities.add(tx, OTHER, here.settings, START)
    edit = by(tx, there)

    assert awards.get(tx, there, award.id) is None
    assert [] == list(awards.listed(tx, there))
    acts: Sequence[Callable[[], object]] = (
        lambda: awards.open_round(tx, there, award, None, edit),
        lambda: awards.close_round(tx, there, award, edit),
        lambda: awards.remove(tx, there, award, edit),
        lambda: awards.plan(tx, there, award, Window(START + DAY), edit),
        lambda: awards.edit(tx, there, award, "Other", award.standard, edit),
    )
    for act in acts:
        with pytest.raises(RuleError, match="refused-gone"):
            act()
    assert "Maker" == made(tx, there).name
    assert "closed" == award.state


def test_an_edit_of_what_is_no_longer_so_is_refused(
    tx: Transaction, here: Community
) -> None:
    """Who read an earlier version writes nothing over a later one."""
    award = made(tx, here)
    edit = by(tx, here)
    awards.edit(tx, here, award, "Maker", replace(award.standard, winners=2), edit)

    with pytest.raises(RuleError, match="refused-overtaken"):
        awards.edit(tx, here, award, "Maker", replace(award.standard, winners=3), edit)

    holds = awards.get(tx, here, award.id)
    assert holds is not None
    assert (2, 2) == (holds.standard.number, holds.standard.winners)


def test_the_log_tells_who_acted_and_the_audit_by_which_rules(
    tx: Transaction, here: Community
) -> None:
    """What a version asks for can be computed anew from what is read of it."""
    award = made(tx, here, about="For what lasts.")
    laurel = Act(None, "entry:1", START + HOUR)
    awards.open_round(tx, here, award, None, laurel)

    facts = tx.all("SELECT kind, actor, ref FROM activity ORDER BY id")
    ada = met(tx, here, "ada").key
    assert [
        ("awards.created", ada, f"awards:{award.id}"),
        ("awards.opened", 0, f"awards:{award.id}"),
    ] == [tuple(fact) for fact in facts]
    rows = tx.all("SELECT actor, action, digest FROM audit ORDER BY id")
    digest = standards.digest("Maker", award.standard)
    assert [(ada, "awards.create", digest), (None, "awards.open", digest)] == [
        tuple(row) for row in rows
    ]
    other = replace(award.standard, about="For what lasts!")
    assert digest != standards.digest("Maker", other)


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE award_standards SET winners = 9",
        "UPDATE award_standards SET about = 'other'",
        "DELETE FROM award_standards",
    ],
)
def test_a_version_is_never_changed(
    tx: Transaction, here: Community, tampering: str
) -> None:
    """The database itself refuses, also to delete one while the community is there."""
    award = made(tx, here)

    with pytest.raises(sqlite3.IntegrityError, match="standards are never"):
        tx.run(tampering)

    assert award.standard == awards.standard(tx, award.id, 1)


def test_only_one_round_is_open_at_a_time(tx: Transaction, here: Community) -> None:
    """The database itself refuses a second one, whoever asks."""
    award = awards.open_round(tx, here, made(tx, here), None, by(tx, here))

    with pytest.raises(sqlite3.IntegrityError):
        tx.run(
            "INSERT INTO award_rounds (community, award, number, standard, opened_at) "
            "VALUES (:community, :award, 2, 1, 0)",
            community=here.id,
            award=award.id,
        )


@pytest.mark.parametrize(
    "change",
    [
        "min_days = 3651",
        "winners = 0",
        "winners = 21",
        "not_won_in = 21",
        "quorum = 26",
        "per_member = 0",
        "decider = 'fate'",
    ],
)
def test_limits_stand_in_the_schema(
    tx: Transaction, here: Community, change: str
) -> None:
    """What the rules allow and no more."""
    award = made(tx, here)
    name, _, value = change.partition(" = ")
    columns = [c["name"] for c in tx.all("PRAGMA table_info(award_standards)")]
    copied = ["2" if c == "number" else value if c == name else c for c in columns]
    copy = f"INSERT INTO award_standards SELECT {', '.join(copied)}"

    with pytest.raises(sqlite3.IntegrityError, match="CHECK"):
        tx.run(f"{copy} FROM award_standards WHERE award = :award", award=award.id)


def test_the_domain_knows_the_limits_of_the_schema() -> None:
    """Whoever changes one changes the other."""
    assert (10, 3_650, 20, 20, 25, 20) == (
        rules.MAX_CRITERIA,
        rules.MAX_DAYS,
        rules.MAX_ROUNDS,
        rules.MAX_WINNERS,
        rules.MAX_QUORUM,
        rules.MAX_PER_MEMBER,
    )


def test_one_of_the_roles_is_enough(tx: Transaction, here: Community) -> None:
    """As last seen; a role that was taken away since then does not count."""
    award = made(tx, here, roles=(MAKERS, KEEPERS))

    assert "awards.ineligible-role" == refused(tx, here, award, met(tx, here, "eve"))
    eve = met(tx, here, "eve", groups=(RoleRef(COMMUNITY, "cooks"), KEEPERS))
    assert refused(tx, here, award, eve) is None
    seen = members.by_key(tx, here, eve.key, START)
    assert seen is not None
    assert refused(tx, here, award, seen) is None
    assert "awards.ineligible-role" == refused(tx, here, award, met(tx, here, "eve"))


def test_days_count_from_when_they_joined(tx: Transaction, here: Community) -> None:
    """Or from when Laurel met them, where the platform does not say."""
    award = made(tx, here, min_days=30)
    code = "awards.ineligible-days"
    early = met(tx, here, "eve", joined_at=START - 30 * DAY)
    late = met(tx, here, "fay", joined_at=START - 30 * DAY + HOUR)
    unsaid = met(tx, here, "gus", START - 10 * DAY)

    assert refused(tx, here, award, early) is None
    assert code == refused(tx, here, award, late)
    assert code == refused(tx, here, award, unsaid)
    assert refused(tx, here, award, late, START + HOUR) is None
    assert refused(tx, here, award, unsaid, START + 20 * DAY) is None


@settings(max_examples=30, deadline=None)
@given(st.lists(st.booleans(), max_size=6), st.integers(0, 4))
def test_winners_wait_as_many_rounds_as_the_award_says(
    wins: Sequence[bool], waits: int
) -> None:
    """Of its last rounds, whether one is open or the next is still to come."""
    connection = sqlite3.connect(":memory:")
    connection.row_factory = sqlite3.Row
    for _, path in file.LAUREL.steps():
        connection.executescript(path.read_text(encoding="utf-8"))
    tx = Transaction(connection)
    here = communities.add(tx, COMMUNITY, Settings("en", ZoneInfo("UTC")), START)
    award, eve = made(tx, here, not_won_in=waits), met(tx, here, "eve")
    for is_won in wins:
        step = won(tx, here, award, eve) if is_won else empty_round(tx, here, award)
        award = step
    lately = wins[::-1][:waits]
    expected = "awards.ineligible-won" if any(lately) else None

    assert expected == refused(tx, here, award, eve)
    assert refused(tx, here, award, met(tx, here, "fay")) is None
    opened = awards.open_round(tx, here, award, None, by(tx, here))
    assert expected == refused(tx, here, opened, eve)
    connection.close()


def test_another_award_is_another_matter(tx: Transaction, here: Community) -> None:
    """Who won one of them can be nominated for the other."""
    eve = met(tx, here, "eve")
    first = won(tx, here, made(tx, here, not_won_in=3), eve)
    second = made(tx, here, "Builder", not_won_in=3)

    assert "awards.ineligible-won" == refused(tx, here, first, eve)
    assert refused(tx, here, second, eve) is None


def test_a_community_that_left_is_forgotten_with_its_rules(
    tx: Transaction, here: Community
) -> None:
    """Names and standards go; that there were rounds stays, in the name of nobody."""
    award = made(tx, here, about="For what lasts.")
    awards.plan(tx, here, award, Window(START + DAY), by(tx, here))
    departures.leave(tx, here.ref, START)
    while departures.forget(tx, START + departures.KEPT_FOR):
        pass

    kept = [tuple(row) for row in tx.all("SELECT * FROM awards")]
    assert "Maker" not in str(kept)
    assert [] == tx.all("SELECT * FROM award_standards")
    assert awards.get(tx, here, award.id) is None


def test_limits_are_told_back_to_the_first_day(
    tx: Transaction, here: Community
) -> None:
    """Without any change there is one version, which began when Laurel came."""
    (only,) = rulebook.versions(tx, here)

    assert (1, START) == (only.number, only.at)
    assert rulebook.limits_of(here.settings) == only.limits
