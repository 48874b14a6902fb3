"""What a committee votes about, who may not, and how votes are kept."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import pytest

from bot.domain.awards import (
    MAX_CRITERIA,
    MAX_CRITERION_CHARS,
    MAX_NAME_CHARS,
    Criterion,
    Decider,
)
from bot.domain.committees import BallotState, Cast, Choice, SeatState, ballot_digest
from bot.domain.nominations import MAX_WHY_CHARS
from bot.domain.people import Role
from bot.domain.refs import RoleRef
from storage import votes
from storage.database import Transaction
from tests.cogs.nominating import WHY, closed, opened
from tests.cogs.reviewing import Words, said
from tests.cogs.sitting import (
    audited,
    ballot,
    drawn,
    key_of,
    look,
    met,
    sitting,
    states,
    thank,
    vote,
    voted_about,
)
from tests.harness import COMMUNITY, Community


async def test_everybody_with_a_seat_is_asked_to_vote(home: Community) -> None:
    """Once the round closes; backups and others are not."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel")
    asked = [n for n in home.people if any("the vote" in dm for dm in home.dms(n))]

    assert set(await sitting(home)) == set(asked)
    assert "2 people are nominated" in home.dms(asked[0])[-1]
    assert BallotState.OPEN is (await ballot(home)).state


async def test_the_dm_leads_to_the_ballot(home: Community) -> None:
    """One press shows the ballot, another the words, a third votes."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel")
    (one, *_) = await sitting(home)
    asked = home.standing(home.person(one).ref)[-1]
    paper = await home.press(one, asked, "Vote")
    seen = await home.press(one, paper, "Nora")
    done = await home.press(one, seen, "Yes")

    assert "2 people are left for you to vote about" in paper.text
    assert f"“{WHY}”" in seen.text
    assert "Noted: yes for Nora" in done.text
    assert "Noel for Kind soul" in done.text  # whom to vote about next


async def test_a_vote_is_changed_by_voting_again(home: Community) -> None:
    """The last one stands, and there is one."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel")
    (one, *_) = await sitting(home)
    for choice in ("Yes", "No", "Abstain", "No"):
        done = await vote(home, one, "Nora", choice)
        assert not done.refused, done.text

    (only,) = await home.database.read(lambda tx: tx.all("SELECT choice FROM votes"))
    assert "no" == only["choice"]
    assert "you said no" in (await home.type(one, "committee vote")).text


async def test_who_has_no_seat_cannot_vote(home: Community) -> None:
    """Neither backups nor anybody else; they read nothing of it either."""
    await drawn(home)
    await voted_about(home, "Nora")
    (one, *_), (backup,) = await sitting(home), await sitting(home, SeatState.BACKUP)
    paper = await home.type(one, "committee vote")
    seen = await home.press(one, paper, "Nora")
    for who in (backup, "Zoe", "Stranger"):
        code = "committees.refused-not-seated"
        assert code == (await home.type(who, "committee vote")).reason
        assert code == (await home.press(who, paper, "Nora")).reason
        assert code == (await home.press(who, seen, "Yes")).reason
        assert code == (await home.press(who, seen, "Leave it to others")).reason


TEAMS = tuple(RoleRef(COMMUNITY, each) for each in ("makers", "menders"))


async def as_nominee(home: Community, who: str) -> str:
    """Have ``who`` be nominated themselves."""
    await voted_about(home, who, "Noel")
    return who


async def as_nominator(home: Community, who: str) -> str:
    """Have ``who`` have nominated somebody."""
    await voted_about(home, "Nora", by=("Zoe", who), quorum=2)
    return "Nora"


async def as_pair(home: Community, who: str) -> str:
    """Have ``who`` and somebody thank each other all the time."""
    await home.settings(pair_cooldown_h=0, allowance_per_day=9)
    for giver, to in ((who, "Nora"), ("Nora", who), (who, "Noel")) * 3:
        home.clock.move(minutes=2)
        await thank(home, giver, to)
    await voted_about(home, "Nora", "Noel")
    return "Nora"


async def as_team(home: Community, who: str) -> str:
    """Have ``who`` and somebody be of one team, of those that the award names."""
    for name in (who, "Nora"):
        home.person(name, groups=TEAMS[:1])
    home.person("Noel", groups=TEAMS[1:])
    await met(home, who)
    await voted_about(home, "Nora", "Noel", roles=TEAMS)
    return "Nora"


@pytest.mark.parametrize(
    ("why", "put_up"),
    [
        ("nominee", as_nominee),
        ("nominator", as_nominator),
        ("pair", as_pair),
        ("team", as_team),
    ],
)
async def test_recused_by_rule(
    home: Community, why: str, put_up: Callable[[Community, str], Awaitable[str]]
) -> None:
    """Each rule is on record by key, and a vote is refused in words that say why."""
    await drawn(home)
    one, other, *_ = await sitting(home)
    nominee = await put_up(home, one)

    (entry,) = await audited(home, "committees.recuse")
    assert {"why": why, "member": str(await key_of(home, one))}.items() <= entry.items()
    seen = await look(home, other, nominee)
    assert f"committees.refused-{why}" == (await home.press(one, seen, "Yes")).reason
    assert 0 == len(await home.database.read(lambda tx: tx.all("SELECT * FROM votes")))
    assert not (await home.press(other, seen, "Yes")).refused


async def test_one_named_role_is_no_team(home: Community) -> None:
    """Where an award is for one role alone, all hold it and nobody is recused."""
    role = (RoleRef(COMMUNITY, "makers"),)
    for name in ("Ada", "Bo", "Cy", "Di", "Nora"):
        home.person(name, groups=role)
    await drawn(home, "Ada", "Bo", "Cy", "Di")
    await voted_about(home, "Nora", roles=role)

    assert [] == await audited(home, "committees.recuse")


async def test_recused_by_wish(home: Community) -> None:
    """A vote that was cast is dropped, none is taken later, and others go on."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel")
    (one, *_) = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    seen = await look(home, one, "Nora")
    done = await home.press(one, seen, "Leave it to others")

    assert "You leave Nora to the others" in done.text
    assert [] == await home.database.read(lambda tx: tx.all("SELECT * FROM votes"))
    assert "committees.refused-wish" == (await home.press(one, seen, "No")).reason
    (entry,) = await audited(home, "committees.recuse")
    assert "wish" == entry["why"]
    assert not (await vote(home, one, "Noel", "Yes")).refused


@pytest.mark.parametrize("blind", [True, False])
async def test_a_blind_review_hides_who_nominated(
    home: Community, *, blind: bool
) -> None:
    """The words are there; the names are only where the award says so."""
    await drawn(home)
    await voted_about(home, "Nora", blind=blind)
    (one, *_) = await sitting(home)
    seen = await look(home, one, "Nora")

    assert WHY in seen.text
    assert blind == ("Zoe" not in seen.text)
    assert blind == ("Somebody says" in seen.text)


async def test_after_closing_no_vote_is_taken_or_changed(home: Community) -> None:
    """By whatever door, and not by the schema either."""
    await drawn(home)
    award = await voted_about(home, "Nora", quorum=1)
    (one, two, *_) = await sitting(home)
    mine, theirs = await look(home, one, "Nora"), await look(home, two, "Nora")
    await home.press(one, mine, "Yes")
    await home.wait(days=8)

    assert {"Nora": "won"} == await states(home, award)
    assert "committees.refused-closed" == (await home.press(one, mine, "No")).reason
    assert "committees.refused-closed" == (await home.press(two, theirs, "No")).reason
    assert (
        "committees.refused-nothing" == (await home.type(one, "committee vote")).reason
    )
    closed = await ballot(home)
    for sql in (
        "UPDATE votes SET choice = 'no'",
        "DELETE FROM votes",
        "INSERT INTO votes SELECT ballot, 0, voter, choice, salt, cast_at FROM votes",
    ):
        with pytest.raises(sqlite3.IntegrityError, match="is closed"):
            await home.database.write(_run, sql)
    assert 1 == await home.database.read(votes.voters, closed)


async def test_whose_term_ended_votes_no_more(home: Community) -> None:
    """The ballot ends with the term; what was voted until then counts."""
    await drawn(home)
    await home.wait(days=57)
    award = await voted_about(home, "Nora", quorum=2)
    (one, two, three) = await sitting(home)
    late = await look(home, three, "Nora")
    await vote(home, one, "Nora", "Yes")
    await vote(home, two, "Nora", "Yes")
    await home.wait(days=4)

    assert {"Nora": "won"} == await states(home, award)
    refused = await home.press(three, late, "No")
    assert "committees.refused-term-over" == refused.reason
    gone = await home.type(three, "committee vote")
    assert "committees.refused-term-over" == gone.reason


async def test_who_leaves_takes_the_vote_along(home: Community) -> None:
    """The seat has one vote: the backup who moves up is asked and casts it."""
    await drawn(home)
    await voted_about(home, "Nora")
    (one, *_), (backup,) = await sitting(home), await sitting(home, SeatState.BACKUP)
    await vote(home, one, "Nora", "Yes")
    sure = await home.type(one, "committee step-down")
    await home.press(one, sure, "Yes, step down")

    assert [] == await home.database.read(lambda tx: tx.all("SELECT * FROM votes"))
    assert "You are not in the committee any more" in "".join(home.dms(one))
    assert "Kind soul: the vote" in home.dms(backup)[-1]
    assert not (await vote(home, backup, "Nora", "No")).refused


async def test_moderators_read_no_votes_and_the_audit_no_choices(
    home: Community,
) -> None:
    """A moderator sees how many have voted; the audit has salted digests alone."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel")
    (one, *_) = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    await vote(home, one, "Noel", "No")
    page = (await home.type("Mo", "committee show")).text
    cast = await audited(home, "committees.vote")

    assert "One has voted; it takes 3" in page
    assert "you said" not in page
    assert [{"of"}, {"of"}] == [set(entry) for entry in cast]
    key = await key_of(home, one)
    rows = await home.database.read(
        lambda tx: tx.all("SELECT * FROM votes ORDER BY cast_at, candidacy")
    )
    kept = [
        Cast(row["candidacy"], key, Choice(row["choice"]), row["salt"]) for row in rows
    ]
    assert {vote.digest for vote in kept} == {entry["of"] for entry in cast}


async def test_the_digest_at_closing_is_of_the_votes_that_stand(
    home: Community,
) -> None:
    """Whoever has the votes and their salts can compute it again."""
    await drawn(home)
    await voted_about(home, "Nora", quorum=2)
    one, two, three = await sitting(home)
    await vote(home, one, "Nora", "No")
    await vote(home, one, "Nora", "Yes")
    await vote(home, two, "Nora", "Yes")
    await vote(home, three, "Nora", "Abstain")

    cast = await home.database.read(votes.votes, await ballot(home))
    (entry,) = await audited(home, "committees.count")
    assert (3, 3) == (entry["votes"], entry["voters"])
    assert ballot_digest(cast) == entry["of"]


async def test_anybody_computes_the_digest_of_the_ballots_from_the_audit(
    home: Community,
) -> None:
    """From the last row of each vote, less what was dropped: no choice is needed."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel", quorum=2)
    one, two, three = await sitting(home)
    for who in (one, two, three):
        await vote(home, who, "Nora", "Yes")
    await vote(home, one, "Nora", "No")
    await vote(home, two, "Noel", "Yes")
    seen = await look(home, two, "Nora")
    await home.press(two, seen, "Leave it to others")
    sure = await home.type(three, "committee step-down")
    await home.press(three, sure, "Yes, step down")
    await home.wait(days=8)

    home.person("Ina", Role.ADMIN)
    handed = await home.press("Ina", await home.type("Ina", "audit"), "Export")
    rows = [json.loads(line) for line in handed.file.content.splitlines()]
    standing = standing_votes(rows)
    counted = [r["digest"] for r in rows if r["action"] == "committees.count"]
    leaves = b"".join(sorted(map(bytes.fromhex, standing.values())))
    assert 2 == len(standing)
    assert [hashlib.sha256(leaves).hexdigest()] == counted


def standing_votes(rows: Sequence[Mapping[str, Any]]) -> Mapping[Any, str]:
    """Return the digests of the votes that stand, as a sceptic reads the audit."""
    standing: dict[tuple[int, str], str] = {}
    for row in rows:
        match row["action"]:
            case "committees.vote":
                standing[row["actor"], row["ref"]] = row["digest"]
            case "committees.recuse":
                who = row["actor"] or int(row["detail"]["member"])
                standing.pop((who, row["ref"]), None)
            case "committees.leave":
                gone = int(row["detail"]["member"])
                standing = {k: v for k, v in standing.items() if k[0] != gone}
            case _:
                pass
    return standing


async def test_many_candidacies_are_shown_in_pages(home: Community) -> None:
    """Each page within the platforms' limits, and every nominee on one of them."""
    await drawn(home)
    names = [f"Nominee number {n} with a name of some length" for n in range(19)]
    await voted_about(home, *names, by=("Zoe",))
    (one, *_) = await sitting(home)
    pages = [await home.type(one, "committee vote")]
    for _ in range(2):
        pages.append(await home.press(one, pages[-1], "More"))

    shown = "".join(page.text for page in pages)
    assert all(f"Nominee number {n} " in shown for n in range(19))
    assert "Page 3 of 3" in pages[-1].text
    back = await home.press(one, pages[-1], "Back")
    assert pages[1].text == back.text


@pytest.mark.parametrize("locale", ["en", "es"])
async def test_the_longest_words_fit_every_platform(
    home: Community, locale: str
) -> None:
    """Names, words, evidence and criteria at their longest, on page and on paper."""
    names = [f"Somebody number {n} whose name is {'long ' * 9}"[:78] for n in range(3)]
    for name in names:
        home.person(name, locale=locale)
    await drawn(home, *names, seats=3, backups=0)
    criteria = tuple(Criterion("x" * MAX_CRITERION_CHARS) for _ in range(MAX_CRITERIA))
    nominee = f"Nominee whose name is {'long ' * 9}"
    award = await opened(
        home, "n" * MAX_NAME_CHARS, decider=Decider.COMMITTEE, criteria=criteria
    )
    link = f"https://example.org/{'p' * 270}"
    for who in ("Zoe", "Yan", "Xia"):
        words = Words("w" * MAX_WHY_CHARS, tuple(range(MAX_CRITERIA)), (link,) * 5)
        await said(home, who, nominee, award, words)
    await closed(home, award)

    paper = await home.type(names[0], "committee vote")
    seen = await home.press(names[0], paper, "Nominee")
    more = await home.press(names[0], seen, "Más" if locale == "es" else "More")
    assert more.text
    done = await home.press(names[0], more, "No")
    assert not done.refused


def _run(tx: Transaction, sql: str) -> int:
    return tx.run(sql)
