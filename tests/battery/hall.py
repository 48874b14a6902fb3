"""A committee before its ballot, and beside it somebody who notes all on paper."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.awards import Award, Decider, Standard
from bot.domain.committees import (
    EXTENSION,
    VOTING,
    BallotState,
    Choice,
    Leaving,
    Size,
)
from bot.domain.errors import RuleError
from bot.domain.people import Role
from cogs.committees import counting, following, voting
from storage import audit, awards, ballots, members, nominations
from storage.acts import Act
from storage.nominations import Said, Terms
from tests.battery.panel import Panel, by_hand

SEATS, BACKUPS = 5, 2
NOMINEES = 4

DEEDS = ("vote", "vote", "vote", "vote twice", "recuse", "leave", "close", "wait")
"""What can happen, the likelier the more often it stands here."""

Step = tuple[str, int, int, str]
"""What, by whom, about whom, and which choice; not each deed needs all of it."""


@dataclass
class Paper:
    """What somebody with pen and paper has noted.

    Attributes:
        seated: Who has a seat, by key.

        votes: What stands, by candidacy and voter.

        recused: The same pairs, of those who keep out.
    """

    seated: list[int]
    waiting: list[int]
    votes: dict[tuple[int, int], str] = field(default_factory=dict)
    recused: set[tuple[int, int]] = field(default_factory=set)

    def leave(self, member: int) -> None:
        """Note that somebody is out, and who takes their seat."""
        if member in self.waiting:
            self.waiting.remove(member)
        elif member in self.seated:
            self.seated.remove(member)
            self.votes = {k: v for k, v in self.votes.items() if k[1] != member}
            if self.waiting:
                self.seated.append(self.waiting.pop(0))

    def counts(self, candidacy: int) -> Counter[str]:
        """Return the votes about somebody."""
        return Counter(v for (about, _), v in self.votes.items() if about == candidacy)


@dataclass
class Hall:
    """A committee before its ballot."""

    town: Panel
    people: Sequence[int]
    names: dict[int, str]
    candidacies: Sequence[int]
    quorum: int
    winners: int
    paper: Paper

    @property
    def ballot(self) -> ballots.Ballot:
        """The ballot as it is now."""
        found = ballots.get(self.town.tx, self.town.here, 1)
        assert found is not None
        return found

    def can(self, voter: int, about: int) -> bool:
        """Return whether the rules let somebody vote about somebody."""
        open_now = self.ballot.takes_votes_at(self.town.clock())
        kept_out = (about, voter) in self.paper.recused
        return open_now and voter in self.paper.seated and not kept_out


def assembled(town: Panel, quorum: int, winners: int, luck: int) -> Hall:
    """Return a committee that has just been asked to vote."""
    here, tx = town.here, town.tx
    drawn = [each.member for each in town.draw(Size(SEATS, BACKUPS, 60))]
    names = {key: name for name, key in town.keys.items()}
    actor = town.call("Mo", Role.MODERATOR).actor
    edit = Act(members.meet(tx, here, actor, town.clock()), "edit", town.clock())
    asked = Standard(
        1, decider=Decider.COMMITTEE, winners=winners, quorum=quorum, per_member=20
    )
    award = awards.create(tx, here, "Kind soul", asked, edit)
    award = awards.open_round(tx, here, award, None, edit)
    about = list(_put_forward(town, award, [names[key] for key in drawn], luck))
    award = awards.close_round(tx, here, award, edit)
    voting.begin(tx, here, award, town.clock())
    paper = Paper(drawn[:SEATS], drawn[SEATS:])
    for each in about:
        found = nominations.get(tx, here, each)
        assert found is not None
        taking_part = {found.nominee, *found.nominators}
        paper.recused |= {(each, key) for key in taking_part}
    strangers = [key for key in names if key not in drawn][:2]
    return Hall(town, [*drawn, *strangers], names, about, quorum, winners, paper)


def _put_forward(
    town: Panel, award: Award, drawn: Sequence[str], luck: int
) -> Iterator[int]:
    """Nominate some of the committee, one of them by another, and some who are not."""
    assert award.round is not None
    terms = Terms(award.round, award.standard)
    first, second, third = random.Random(luck).sample(drawn, 3)  # noqa: S311
    pairs = ((first, "Zoe"), (second, third), ("Nora", third), ("Noel", "Zoe"))
    for nominee, nominator in pairs:
        said_by, about = (
            members.meet(town.tx, town.here, town.call(name).actor, town.clock())
            for name in (nominator, nominee)
        )
        said = Said(said_by, about, "They taught all of us.", (), (), f"said-{nominee}")
        yield nominations.add(town.tx, town.here, terms, said, town.clock())
        town.clock.move(seconds=1)


def take(hall: Hall, step: Step) -> Iterator[str]:
    """Do one thing; yield where Laurel and the paper are of two minds."""
    what, who, which, choice = step
    voter, about = hall.people[who], hall.candidacies[which]
    match what:
        case "vote":
            yield from _vote(hall, voter, about, Choice(choice))
        case "vote twice":
            yield from _vote(hall, voter, about, Choice(choice))
            yield from _vote(hall, voter, about, Choice(choice))
        case "recuse":
            yield from _recuse(hall, voter, about)
        case "leave":
            _leave(hall, voter)
        case "close":
            yield from _close(hall)
        case _:
            _wait(hall)


def _vote(hall: Hall, voter: int, about: int, choice: Choice) -> Iterator[str]:
    allowed = hall.can(voter, about)
    call = hall.town.call(hall.names[voter])
    if _tried(voting.cast, hall.town.tx, call, about, choice) != allowed:
        yield f"a vote that is {'' if allowed else 'not '}allowed"
    if allowed:
        hall.paper.votes[about, voter] = choice


def _recuse(hall: Hall, voter: int, about: int) -> Iterator[str]:
    allowed = hall.can(voter, about)
    call = hall.town.call(hall.names[voter])
    if _tried(voting.recuse, hall.town.tx, call, about) != allowed:
        yield "keeping out of it"
    if allowed:
        hall.paper.votes.pop((about, voter), None)
        hall.paper.recused.add((about, voter))


def _leave(hall: Hall, member: int) -> None:
    if hall.ballot.closed_at is None:  # later it makes no difference to the ballot
        hall.town.out(member, Leaving.STEPPED_DOWN)
        hall.paper.leave(member)


def _close(hall: Hall) -> Iterator[str]:
    ballot = hall.ballot
    enough = len({voter for _, voter in hall.paper.votes}) >= hall.quorum
    allowed = ballot.closed_at is None and enough
    moderator = hall.town.call("Mo", Role.MODERATOR)
    if _tried(following.close, hall.town.tx, moderator, ballot.id) != allowed:
        yield "closing early"


def _wait(hall: Hall) -> None:
    town, ballot = hall.town, hall.ballot
    town.clock.move(days=1)
    if ballot.closed_at is None and not ballot.takes_votes_at(town.clock()):
        counting.finish(town.tx, town.here, ballot, town.clock())


def _tried(unit: Callable[..., object], *given: object) -> bool:
    try:
        unit(*given)
    except RuleError:
        return False
    return True


def end(hall: Hall) -> None:
    """Let all the time pass that there is."""
    for _ in range(1 + (VOTING + EXTENSION).days):
        _wait(hall)


def complaints(hall: Hall) -> Iterator[str]:
    """Yield what is not as the paper says, once the ballot is closed."""
    town, paper = hall.town, hall.paper
    kept = {
        (row["candidacy"], row["voter"]): row["choice"]
        for row in town.tx.all("SELECT * FROM votes")
    }
    if kept != paper.votes:
        yield "other votes are kept"
    voters_ = {voter for _, voter in paper.votes}
    counted = hall.ballot.state is BallotState.COUNTED
    if counted != (len(voters_) >= hall.quorum):
        yield "the quorum was not heeded"
    if counted:
        yield from _wrong_winners(hall)
    yield from _wrong_audit(hall, town.rows(), counted=counted)
    yield from by_hand(town.rows())
    if audit.first_broken(town.tx, town.here) is not None:
        yield "the chain is broken"


def _wrong_winners(hall: Hall) -> Iterator[str]:
    counts = {each: hall.paper.counts(each) for each in hall.candidacies}
    able = [
        each for each in hall.candidacies if counts[each]["yes"] > counts[each]["no"]
    ]
    # Nobody has won before, and they were nominated in the order of their numbers.
    ranked = sorted(able, key=lambda each: (-counts[each]["yes"], each))
    expected = dict.fromkeys(ranked[: hall.winners], "won")
    found = {
        row["id"]: row["state"]
        for row in hall.town.tx.all("SELECT id, state FROM candidacies")
    }
    for each in hall.candidacies:
        mute = all((each, seat) in hall.paper.recused for seat in hall.paper.seated)
        if found[each] != ("open" if mute else expected.get(each, "lost")):
            yield f"candidacy {each} is {found[each]}"


def _wrong_audit(
    hall: Hall, rows: Sequence[dict[str, Any]], *, counted: bool
) -> Iterator[str]:
    """Yield what somebody finds who has nothing but the audit."""
    standing: dict[tuple[str, int], str] = {}
    for row in rows:
        what = row["action"].removeprefix("committees.")
        if what == "vote":
            standing[row["ref"], row["actor"]] = row["digest"]
        elif what == "recuse":
            member = row["actor"] or int(row["detail"]["member"])
            standing.pop((row["ref"], member), None)
        elif what == "leave":
            member = int(row["detail"]["member"])
            standing = {k: v for k, v in standing.items() if k[1] != member}
        elif what == "result":
            about = int(row["ref"].removeprefix("candidacies:"))
            told = [row["detail"][each] for each in ("yes", "no", "abstain")]
            votes = hall.paper.counts(about)
            if told != [votes[each] for each in ("yes", "no", "abstain")]:
                yield f"other votes are told of {row['ref']}"
        elif what == "count":
            digests = sorted(bytes.fromhex(each) for each in standing.values())
            if row["digest"] != hashlib.sha256(b"".join(digests)).hexdigest():
                yield "the digest of the ballot is of other votes"
    if counted != any(row["action"] == "committees.count" for row in rows):
        yield "the audit does not tell whether it was counted"
