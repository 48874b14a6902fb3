"""What is on record of challenges: their terms, their states, and their times."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.challenges import NEXT, Challenge, Scoring, State, Terms
from bot.domain.community import Community, Member, Settings, ZoneChange
from bot.domain.errors import RuleError
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from storage import communities, departures, file, members, personal
from storage.challenges import book, entrants, terms, times
from storage.challenges.book import Act
from storage.challenges.given import Given, given
from storage.database import Transaction
from storage.file import connect
from storage.personal import Subject
from tests.harness import COMMUNITY, PLATFORM, START

OTHER = CommunityRef(PLATFORM, "elsewhere")
FIRST = date(2026, 3, 9)
NEW_YORK, AUCKLAND, HONOLULU = map(
    ZoneInfo, ("America/New_York", "Pacific/Auckland", "Pacific/Honolulu")
)


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


def met(tx: Transaction, here: Community, name: str = "ada") -> Member:
    """Return a member as they are seen."""
    person = Person(MemberRef(here.ref, name), name.title(), Role.MEMBER)
    return members.meet(tx, here, person, START)


def by(tx: Transaction, here: Community, at: datetime = START) -> Act:
    """Return who acts, and when."""
    return Act(met(tx, here), "call", at)


def asking(here: Community, **asked: Any) -> Terms:
    """Return terms of a week that ask for this."""
    channel = ChannelRef(here.ref, "wall")
    week = Terms(1, "Seven days", "", FIRST, 7, time(9), ("One", "Two"), channel)
    return replace(week, **asked)


def made(tx: Transaction, here: Community, **asked: Any) -> Challenge:
    """Return a challenge that asks for this."""
    return book.create(tx, here, asking(here, **asked), by(tx, here))


def moved(
    tx: Transaction, here: Community, challenge: Challenge, *to: State
) -> Challenge:
    """Return a challenge once it has come through these states."""
    for state in to:
        challenge = book.move(tx, here, challenge, state, by(tx, here))
    return challenge


def living_in(
    tx: Transaction, here: Community, challenge: Challenge, name: str, zone: ZoneInfo
) -> Member:
    """Return somebody with a zone of their own, who takes part."""
    member = met(tx, here, name)
    members.move(tx, member, ZoneChange(zone, START))
    entrants.join(tx, here, challenge.id, member.key, f"{name} joins", START)
    return met(tx, here, name)


def due(tx: Transaction) -> Sequence[tuple[str, datetime]]:
    """Return what the calendar is to do, the soonest first."""
    rows = tx.all(
        "SELECT kind, due_at FROM calendar_entries WHERE due_at IS NOT NULL "
        "ORDER BY due_at, id"
    )
    return [
        (row["kind"], datetime.fromtimestamp(row["due_at"] / 1000, UTC)) for row in rows
    ]


def test_what_is_kept_is_what_was_asked(tx: Transaction, here: Community) -> None:
    """Every part of the terms, whatever it is."""
    odd = asking(
        here,
        about="Lines\nof words “quoted”",
        prompts=(),
        thread=False,
        scoring=Scoring(3, 4, 5, 600, 7),
        grace_days=2,
        catch_up=True,
        sample_percent=100,
        teams=True,
        team_min=1,
        team_max=50,
        remind_at=time(23, 59),
    )
    challenge = book.create(tx, here, odd, by(tx, here))
    assert (State.DRAFT, odd) == (challenge.state, challenge.terms)
    assert challenge == book.get(tx, here, challenge.id)
    assert odd == book.terms(tx, challenge.id, 1)
    with pytest.raises(LookupError):
        book.terms(tx, challenge.id, 2)


def test_an_edit_is_a_version_of_its_own(tx: Transaction, here: Community) -> None:
    """What changes nothing makes none, and what somebody overtook is refused."""
    challenge = made(tx, here)
    same = replace(challenge.terms, number=99)
    assert challenge == book.edit(tx, here, challenge, same, by(tx, here))
    after = book.edit(tx, here, challenge, asking(here, days=9), by(tx, here))
    assert (2, 9) == (after.terms.number, after.terms.days)
    assert [9, 7] == [each.terms.days for each in terms.history(tx, challenge.id, 5)]
    with pytest.raises(RuleError, match="refused-overtaken"):
        book.edit(tx, here, challenge, asking(here, days=5), by(tx, here))


def test_versions_are_never_changed(tx: Transaction, here: Community) -> None:
    """Nor deleted, as long as the community has Laurel."""
    made(tx, here)
    for change in (
        "UPDATE challenge_terms SET days = 9",
        "DELETE FROM challenge_terms",
        "DELETE FROM challenges",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="never"):
            tx.run(change)


def test_a_challenge_never_goes_back(tx: Transaction, here: Community) -> None:
    """Not by the door that all use, and not past it either."""
    for before, after in ((a, b) for a in State for b in State if b not in NEXT[a]):
        with pytest.raises(ValueError, match="never followed"):
            book.move(tx, here, Challenge(1, before, asking(here)), after, by(tx, here))
    challenge = moved(tx, here, made(tx, here), State.OPEN, State.RUNNING)
    with pytest.raises(sqlite3.IntegrityError, match="goes back"):
        tx.run("UPDATE challenges SET state = 'open' WHERE id = :id", id=challenge.id)


def test_each_move_is_made_once(tx: Transaction, here: Community) -> None:
    """Whoever comes second, with what they read before, is told so."""
    draft = made(tx, here)
    moved(tx, here, draft, State.OPEN)
    with pytest.raises(RuleError, match="refused-overtaken"):
        book.move(tx, here, draft, State.OPEN, by(tx, here))


def test_every_change_is_on_record(tx: Transaction, here: Community) -> None:
    """In the audit, in the log that others follow, and in the state itself."""
    challenge = made(tx, here)
    opened = moved(tx, here, challenge, State.OPEN)
    edited = book.edit(
        tx, here, opened, replace(opened.terms, title="A week"), by(tx, here)
    )
    final = moved(tx, here, edited, State.RUNNING, State.REVIEW, State.FINAL)
    assert (START, None, START) == (final.opened_at, final.closes_at, final.ended_at)
    acts = ["create", "open", "edit", "start", "end", "finish"]
    rows = tx.all("SELECT action FROM audit ORDER BY id")
    assert [f"challenges.{act}" for act in acts] == [row["action"] for row in rows]
    done = ["created", "opened", "edited", "started", "ended", "finished"]
    kinds = tx.all(
        "SELECT kind FROM activity WHERE ref = :ref ORDER BY id",
        ref=book.ref_of(challenge.id),
    )
    assert [f"challenges.{each}" for each in done] == [row["kind"] for row in kinds]


def test_a_title_is_one_challenge_at_a_time(tx: Transaction, here: Community) -> None:
    """However it is written; what is over leaves it to others, as others' do."""
    first = made(tx, here)
    with pytest.raises(RuleError, match="refused-title"):
        made(tx, here, title=" SEVEN  days")
    other = made(tx, here, title="Another")
    with pytest.raises(RuleError, match="refused-title"):
        book.edit(tx, here, other, asking(here), by(tx, here))
    moved(tx, here, first, State.CALLED_OFF)
    made(tx, here)
    elsewhere = communities.add(tx, OTHER, here.settings, START)
    book.create(tx, elsewhere, asking(elsewhere), by(tx, elsewhere))


def test_there_are_only_as_many_as_fit_on_a_list(
    tx: Transaction, here: Community
) -> None:
    """What is over makes room."""
    found = [made(tx, here, title=f"No. {n}") for n in range(book.MAX_CHALLENGES)]
    with pytest.raises(RuleError, match="refused-full"):
        made(tx, here, title="One more")
    moved(tx, here, found[0], State.CALLED_OFF)
    made(tx, here, title="One more")


def test_one_community_knows_nothing_of_another(
    tx: Transaction, here: Community
) -> None:
    """Neither by id, nor on a list."""
    challenge = made(tx, here)
    elsewhere = communities.add(tx, OTHER, here.settings, START)
    assert None is book.get(tx, elsewhere, challenge.id)
    assert [] == book.listed(tx, elsewhere, tuple(State))
    with pytest.raises(RuleError, match="refused-overtaken"):
        book.move(tx, elsewhere, challenge, State.OPEN, by(tx, elsewhere))


def test_why_it_was_called_off_goes_with_who_said_so(
    tx: Transaction, here: Community
) -> None:
    """It is their words; that it was called off stays, as does its audit."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    ada = met(tx, here)
    book.call_off(tx, here, challenge, "Too many at once", Act(ada, "call", START))
    reason = book.reason_of(tx, challenge.id)
    assert book.Reason("Too many at once", ada.key) == reason
    personal.erase(tx, Subject(here, ada, START))
    assert None is book.reason_of(tx, challenge.id)
    known = book.get(tx, here, challenge.id)
    assert known is not None
    assert State.CALLED_OFF is known.state


def test_a_community_that_left_is_forgotten(tx: Transaction, here: Community) -> None:
    """Its words go; what happened stays, under nobody's name."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    departures.leave(tx, here.ref, START)
    later = START + departures.KEPT_FOR + timedelta(days=1)
    while departures.forget(tx, later):
        pass
    assert [] == tx.all("SELECT * FROM challenge_terms")
    row = tx.one("SELECT * FROM challenges WHERE id = :id", id=challenge.id)
    assert row is not None
    assert ("open", f"gone-{challenge.id}") == (row["state"], row["folded"])


def test_what_is_open_is_on_the_calendar(tx: Transaction, here: Community) -> None:
    """Its first midnight, its first prompt, and the next prompt after its last day."""
    challenge = made(tx, here)
    assert [] == due(tx)
    opened = moved(tx, here, challenge, State.OPEN)
    prompt = datetime(2026, 3, 9, 9, tzinfo=UTC)
    ends_at = datetime(2026, 3, 16, 9, tzinfo=UTC)
    assert ends_at == opened.closes_at
    assert [
        (times.BEGIN, datetime(2026, 3, 9, tzinfo=UTC)),
        (times.START, prompt),
        (times.PROMPT, prompt),
        (times.END, ends_at),
    ] == due(tx)
    running = moved(tx, here, opened, State.RUNNING)
    assert [times.START, times.PROMPT, times.END] == [kind for kind, _ in due(tx)]
    assert ends_at == moved(tx, here, running).closes_at
    moved(tx, here, running, State.CALLED_OFF)
    assert [] == due(tx)


def test_it_begins_and_ends_by_the_clocks_of_all(
    tx: Transaction, here: Community
) -> None:
    """The first day of who is ahead, and the last of who is behind."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    living_in(tx, here, challenge, "kiri", AUCKLAND)
    living_in(tx, here, challenge, "leilani", HONOLULU)
    planned = times.course(tx, here, challenge)
    assert datetime(2026, 3, 9, tzinfo=AUCKLAND) == planned.begins_at
    assert datetime(2026, 3, 16, tzinfo=HONOLULU) == planned.ends_at
    settled = book.settle_times(tx, here, challenge, by(tx, here))
    assert planned.ends_at == settled.closes_at
    assert dict(due(tx))[times.BEGIN] == planned.begins_at
    assert dict(due(tx))[times.END] == planned.ends_at


def test_who_left_holds_nobody_up(tx: Transaction, here: Community) -> None:
    """Nor does anybody with a zone of their own who never took part."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    before = times.course(tx, here, challenge)
    gone = living_in(tx, here, challenge, "leilani", HONOLULU)
    entrants.leave(tx, here, challenge.id, gone.key, "leaves", START)
    assert before == times.course(tx, here, challenge)


@pytest.mark.parametrize(
    ("zone", "state", "beyond"),
    [
        (AUCKLAND, State.OPEN, True),
        (AUCKLAND, State.RUNNING, False),
        (HONOLULU, State.OPEN, True),
        (HONOLULU, State.RUNNING, True),
        (NEW_YORK, State.OPEN, False),
        (ZoneInfo("UTC"), State.OPEN, False),
    ],
)
def test_only_who_reaches_beyond_moves_its_times(
    tx: Transaction, here: Community, zone: ZoneInfo, state: State, *, beyond: bool
) -> None:
    """So that thousands who join the same hour cost what one does."""
    path = (State.OPEN, State.RUNNING)[: 1 + (state is State.RUNNING)]
    challenge = moved(tx, here, made(tx, here), *path)
    member = living_in(tx, here, challenge, "kiri", zone)
    assert beyond == times.reaches_beyond(tx, here, challenge, member)


def test_what_changes_no_time_leaves_the_calendar_alone(
    tx: Transaction, here: Community
) -> None:
    """So nobody's feed says that something moved which did not."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    told = "SELECT count(*) AS n FROM activity WHERE kind = 'calendar.changed'"
    before = tx.one(told)
    entries = tx.all("SELECT * FROM calendar_entries")
    book.settle_times(tx, here, challenge, by(tx, here))
    assert before == tx.one(told)
    assert entries == tx.all("SELECT * FROM calendar_entries")


def test_an_edit_moves_the_times(tx: Transaction, here: Community) -> None:
    """The same entries, under their new name."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    entries = [row["id"] for row in tx.all("SELECT id FROM calendar_entries")]
    later = asking(here, title="A week", starts_on=FIRST + timedelta(days=1), days=3)
    after = book.edit(tx, here, challenge, later, by(tx, here))
    ends_at = datetime(2026, 3, 13, 9, tzinfo=UTC)
    assert ends_at == after.closes_at == dict(due(tx))[times.END]
    assert datetime(2026, 3, 10, tzinfo=UTC) == dict(due(tx))[times.BEGIN]
    rows = tx.all("SELECT id, payload FROM calendar_entries")
    assert entries == [row["id"] for row in rows]
    assert 2 == sum("A week" in row["payload"] for row in rows)
    assert not any("Seven days" in row["payload"] for row in rows)


def test_days_of_a_clock_change_are_days_as_any(
    tx: Transaction, here: Community
) -> None:
    """On the Sunday on which New York springs forward, the prompt keeps its hour."""
    settings = replace(here.settings, zone=NEW_YORK)
    communities.change(tx, here, settings)
    there = communities.get(tx, here.ref)
    challenge = made(tx, there, starts_on=date(2026, 3, 8), days=1)
    opened = moved(tx, there, challenge, State.OPEN)
    planned = times.course(tx, there, opened)
    assert datetime(2026, 3, 8, 5, tzinfo=UTC) == planned.begins_at
    assert datetime(2026, 3, 8, 13, tzinfo=UTC) == planned.starts_at
    assert datetime(2026, 3, 9, 13, tzinfo=UTC) == planned.ends_at


def test_nothing_is_on_record_of_one_that_nobody_joined(
    tx: Transaction, here: Community
) -> None:
    """Whoever calls it off is told so."""
    challenge = moved(tx, here, made(tx, here), State.OPEN)
    assert Given() == given(tx, challenge.id)
    living_in(tx, here, challenge, "kiri", AUCKLAND)
    assert Given(people=1) == given(tx, challenge.id)
