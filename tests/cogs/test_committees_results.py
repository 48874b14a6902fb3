"""How a ballot ends: counted, extended, or left to the moderators."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.chat.message import Card
from bot.chat.text import Quote
from bot.domain.awards import Decider
from bot.domain.committees import BallotState, SeatState
from bot.domain.community import Settings
from bot.domain.people import Role
from bot.domain.recurrence import Rule, zone_named
from storage import awards, ballots, communities, departures, members, planning
from storage.database import Transaction
from storage.moments import MomentKind
from storage.planning import Edit, Wanted
from tests.cogs.nominating import all_of, edit_by, nominate, opened
from tests.cogs.reviewing import of
from tests.cogs.sitting import (
    audited,
    ballot,
    draw,
    drawn,
    look,
    sitting,
    states,
    vote,
    voted_about,
)
from tests.harness import START, Community

RESULT = "Who voted what stays secret"
"""What stands on every result that names who won."""


async def everybody_votes(home: Community, **choices: str) -> None:
    """Have everybody with a seat vote the same about each nominee."""
    for who in await sitting(home):
        for nominee, choice in choices.items():
            done = await vote(home, who, nominee, choice)
            assert not done.refused, done.text


async def test_it_closes_once_all_have_voted(home: Community) -> None:
    """The last vote counts it; winners and others are settled and decided."""
    await drawn(home)
    award = await voted_about(home, "Nora", "Noel")
    await everybody_votes(home, Nora="Yes", Noel="No")

    assert {"Nora": "won", "Noel": "lost"} == await states(home, award)
    assert BallotState.COUNTED is (await ballot(home)).state
    for candidacy in await all_of(home, award):
        (made,) = await of(home, candidacy.id)
        assert (candidacy.state, None, None) == (made.state, made.by, made.reason)


async def test_winners_are_shown_in_a_picture(home: Community) -> None:
    """As those are whom moderators choose; where nobody won, there is none."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel", winners=2, about="For what lasts.")
    await everybody_votes(home, Nora="Yes", Noel="Yes")
    shown = home.standing(home.channel("wall"))
    (picture,) = (
        card.picture
        for post in shown
        for card in post.message.nodes
        if isinstance(card, Card) and card.picture
    )
    people = (home.person("Nora").ref, home.person("Noel").ref)
    assert sorted(people, key=str) == sorted(picture.data["receivers"], key=str)  # type: ignore[arg-type]
    assert Quote("For what lasts.") == picture.data["words"]
    assert Quote("Kind soul") == picture.data["value"]

    other = await voted_about(home, "Olga", name="Night owl")
    await everybody_votes(home, Olga="No")
    assert {"Olga": "lost"} == await states(home, other)
    now = home.standing(home.channel("wall"))[len(shown) :]
    cards = [c for p in now for c in p.message.nodes if isinstance(c, Card)]
    assert [] == [each for each in cards if each.picture]


async def test_the_results_tell_counts_and_never_who(home: Community) -> None:
    """Who was chosen with which counts; others are not named."""
    await drawn(home)
    await voted_about(home, "Nora", "Noel", "Nils")
    one, *rest = await sitting(home)
    await vote(home, one, "Nora", "Abstain")
    for who in rest:
        await vote(home, who, "Nora", "Yes")
    await everybody_votes(home, Noel="No", Nils="No")
    (post,) = [each for each in home.posts() if RESULT in each]

    assert "Chosen: @Nora\n2 yes, 0 no, 1 abstained" in post
    assert "3 members of the committee voted" in post
    assert "2 others were nominated" in post
    assert "Noel" not in post
    assert not any(name in post for name in (one, *rest))
    results = await audited(home, "committees.result")
    assert {("won", 2, 0, 1), ("lost", 0, 3, 0)} == {
        (each["outcome"], each["yes"], each["no"], each["abstain"]) for each in results
    }


async def test_as_many_win_as_the_award_says(home: Community) -> None:
    """The most approved, of those that more approve than not."""
    await drawn(home)
    award = await voted_about(home, "Nora", "Noel", "Nils", "Nell", winners=3)
    one, two, three = await sitting(home)
    for who in (one, two, three):
        await vote(home, who, "Nora", "Yes")
        await vote(home, who, "Noel", "Yes" if who != one else "No")
        await vote(home, who, "Nils", "Yes" if who == one else "Abstain")
        await vote(home, who, "Nell", "Yes" if who == one else "No")

    won = {
        name for name, state in (await states(home, award)).items() if state == "won"
    }
    assert {"Nora", "Noel", "Nils"} == won


async def test_a_tie_goes_to_who_has_won_least_then_first(home: Community) -> None:
    """Both are stated in the rules that everybody can read."""
    await drawn(home)
    first = await voted_about(home, "Nora", name="First")
    await everybody_votes(home, Nora="Yes")
    second = await voted_about(home, "Nora", "Noel", "Nils", name="Second")
    await everybody_votes(home, Nora="Yes", Noel="Yes", Nils="Yes")

    assert {"Nora": "won"} == await states(home, first)
    assert {"Nora": "lost", "Noel": "won", "Nils": "lost"} == await states(home, second)


async def test_without_a_quorum_there_is_more_time_once(home: Community) -> None:
    """Those who have not voted are reminded; then it is counted or handed over."""
    await home.settings(moderators=home.channel("moderators"))
    await drawn(home)
    award = await voted_about(home, "Nora", quorum=2)
    one, two, three = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    await home.wait(days=7, minutes=1)

    assert {"Nora": "open"} == await states(home, award)
    reminded = [n for n in (one, two, three) if "more time" in home.dms(n)[-1]]
    assert [two, three] == reminded
    assert not (await vote(home, two, "Nora", "Yes")).refused
    await home.wait(days=3, minutes=1)
    assert {"Nora": "won"} == await states(home, award)


async def test_without_a_quorum_in_the_end_moderators_decide(home: Community) -> None:
    """It is said to everybody, to them, and to those who could have voted."""
    await home.settings(moderators=home.channel("moderators"))
    await drawn(home)
    award = await voted_about(home, "Nora", quorum=2)
    one, *_ = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    await home.wait(days=7, minutes=1)
    await home.wait(days=3, minutes=1)

    assert {"Nora": "open"} == await states(home, award)
    assert BallotState.HANDED is (await ballot(home)).state
    assert "the moderators decide" in home.posts()[-1]
    assert any("could not decide" in each for each in home.posts("moderators"))
    assert any("the moderators decide" in each for each in home.dms(one))
    assert await home.database.read(_is_for_moderators, home, award.round.id)  # type: ignore[union-attr]


async def test_where_too_few_can_vote_moderators_decide_at_once(
    home: Community,
) -> None:
    """Nobody waits for a quorum that cannot come."""
    await drawn(home, "Ada", "Bo", "Cy", "Di")
    one, *_ = await sitting(home)
    award = await voted_about(home, one, quorum=3)

    assert {one: "open"} == await states(home, award)
    assert BallotState.HANDED is (await ballot(home)).state


async def test_about_whom_nobody_can_vote_moderators_decide(home: Community) -> None:
    """The others on the ballot are decided all the same."""
    await drawn(home)
    three = await sitting(home)
    await home.settings(moderators=home.channel("moderators"))
    award = await voted_about(home, "Nora", "Noel", by=("Zoe",), quorum=1, winners=2)
    for who in three:
        await home.press(who, await look(home, who, "Nora"), "Leave it to others")
    await everybody_votes(home, Noel="Yes")

    assert {"Nora": "open", "Noel": "won"} == await states(home, award)
    assert any("all are recused" in each for each in home.posts("moderators"))
    assert await home.database.read(_is_for_moderators, home, award.round.id)  # type: ignore[union-attr]


async def test_without_a_committee_the_ballot_waits_for_one(home: Community) -> None:
    """Moderators hear of it; the next committee votes as soon as it is drawn."""
    await home.settings(moderators=home.channel("moderators"))
    await voted_about(home, "Nora", by=("Zoe",), quorum=1)
    assert BallotState.WAITING is (await ballot(home)).state
    assert any("none serves" in each for each in home.posts("moderators"))

    await drawn(home, "Ada", "Bo", "Cy", "Di")
    assert BallotState.OPEN is (await ballot(home)).state
    asked = [n for n in await sitting(home) if "Kind soul: the vote" in home.dms(n)[-1]]
    assert asked
    assert {"Zoe", "Nora"}.isdisjoint(asked)


async def test_a_term_that_is_nearly_over_takes_up_nothing(home: Community) -> None:
    """With less than two days left it waits for the next committee."""
    await drawn(home)
    await home.wait(days=59)
    await voted_about(home, "Nora")
    assert BallotState.WAITING is (await ballot(home)).state


async def test_moderators_close_early_with_a_quorum_alone(home: Community) -> None:
    """Too soon says how many are missing; a ballot without a committee is theirs."""
    await drawn(home)
    award = await voted_about(home, "Nora", quorum=2)
    open_one = await ballot(home)
    one, two, _ = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    refused = await home.type("Mo", "committee close", which=str(open_one.id))
    assert ("committees.refused-quorum", "which") == (refused.reason, refused.at)
    assert "One vote is missing" in refused.text
    await vote(home, two, "Nora", "Yes")
    done = await home.type("Mo", "committee close", which=str(open_one.id))

    assert "closed and counted" in done.text
    assert {"Nora": "won"} == await states(home, award)
    again = await home.type("Mo", "committee close", which=str(open_one.id))
    assert "committees.refused-closed" == again.reason


async def test_what_ended_while_laurel_was_away_can_be_closed(
    home: Community,
) -> None:
    """Nothing rings in a community that Laurel is not in; moderators close it then."""
    await drawn(home)
    award = await voted_about(home, "Nora", quorum=1)
    one, *_ = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    await home.database.write(departures.leave, home.ref, home.clock())
    await home.wait(days=9)
    await home.database.write(
        departures.arrive, home.ref, Settings("en", ZoneInfo("UTC")), home.clock()
    )
    assert {"Nora": "open"} == await states(home, award)
    which = str((await ballot(home)).id)

    assert "counted" in (await home.type("Mo", "committee close", which=which)).text
    assert {"Nora": "won"} == await states(home, award)


async def test_a_waiting_ballot_can_be_taken_over(home: Community) -> None:
    """A committee that cannot be filled holds nobody up."""
    award = await voted_about(home, "Nora")
    waiting = await ballot(home)
    await draw(home, seats=25)
    done = await home.type("Mo", "committee close", which=str(waiting.id))

    assert "for the moderators to decide" in done.text
    assert {"Nora": "open"} == await states(home, award)
    assert await home.database.read(_is_for_moderators, home, award.round.id)  # type: ignore[union-attr]


async def test_whoever_hides_makes_room_for_the_next(home: Community) -> None:
    """Nobody wins who is not to be named, and no seat stays empty for it."""
    await drawn(home)
    award = await voted_about(home, "Nora", "Noel", quorum=2)
    one, two, three = await sitting(home)
    for who in (one, two):
        await vote(home, who, "Nora", "Yes")
        await vote(home, who, "Noel", "Yes")
    await vote(home, three, "Nora", "Yes")
    await home.press("Nora", await home.type("Nora", "laurel privacy"), "Private:")
    await home.wait(days=8)

    assert {"Nora": "withdrawn", "Noel": "won"} == await states(home, award)
    assert "Nora" not in home.posts()[-1]


async def test_a_ballot_on_which_nobody_is_left_ends(home: Community) -> None:
    """Where all who were nominated are gone, nobody is asked for anything."""
    await drawn(home)
    await voted_about(home, "Nora")
    one, *_ = await sitting(home)
    await home.press("Nora", await home.type("Nora", "laurel privacy"), "Private:")

    assert BallotState.DROPPED is (await ballot(home)).state
    assert "nobody is left to vote about" in home.dms(one)[-1]


async def test_a_round_without_nominations_needs_no_ballot(home: Community) -> None:
    """Nobody is written to for nothing."""
    await drawn(home)
    await voted_about(home)
    one, *_ = await sitting(home)

    assert not any("the vote" in dm for dm in home.dms(one))


@pytest.mark.parametrize("way", ["Private:", "Erase my data"])
async def test_a_result_forgets_who_asks_for_it(home: Community, way: str) -> None:
    """The counts stay; the name goes from what stands."""
    await drawn(home)
    await voted_about(home, "Nora")
    await everybody_votes(home, Nora="Yes")
    page = await home.type("Nora", "laurel privacy")
    reply = await home.press("Nora", page, way)
    if way == "Erase my data":
        await home.fill_in("Nora", reply, word="ERASE")
    (post,) = [each for each in home.posts() if RESULT in each]

    assert "Nora" not in post
    assert "3 yes, 0 no" in post


async def test_a_backup_who_moves_up_can_be_the_last_vote(home: Community) -> None:
    """Whoever leaves last is not waited for, where nobody takes the seat."""
    await drawn(home, seats=3, backups=0)
    award = await voted_about(home, "Nora", quorum=2)
    one, two, three = await sitting(home)
    await vote(home, one, "Nora", "Yes")
    await vote(home, two, "Nora", "Yes")
    sure = await home.type(three, "committee step-down")
    await home.press(three, sure, "Yes, step down")

    assert {"Nora": "won"} == await states(home, award)
    assert [] == await sitting(home, SeatState.BACKUP)


async def test_who_won_is_said_when_the_moment_comes(home: Community) -> None:
    """Where the award names a moment, the counts and names wait for it."""
    moment = await planned(home, START + timedelta(days=10))
    await drawn(home)
    award = await voted_about(home, "Nora", announced_in=moment)
    await everybody_votes(home, Nora="Yes")
    (told,) = [each for each in home.posts() if "when the moment comes" in each]
    assert "Nora" not in told
    assert "yes" not in told

    await home.wait(days=10, minutes=1)
    assert {"Nora": "won"} == await states(home, award)
    (post,) = [each for each in home.posts() if RESULT in each]
    assert "Chosen: @Nora\n3 yes" in post


async def test_who_won_is_said_when_the_moment_is_called_off(home: Community) -> None:
    """Nobody waits for a moment that does not come."""
    moment = await planned(home, START + timedelta(days=10))
    await drawn(home)
    await voted_about(home, "Nora", announced_in=moment)
    await everybody_votes(home, Nora="Yes")

    def call_off(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        by = members.meet(tx, here, home.person("Mo"), home.clock())
        planning.cancel(tx, here, moment, Edit(by, "", home.clock()))

    await home.database.write(call_off)
    await home.laurel.settle()
    (post,) = [each for each in home.posts() if RESULT in each]
    assert "Chosen: @Nora" in post


async def test_many_winners_are_all_named(home: Community) -> None:
    """More than one card holds, and within the platforms' limits."""
    await drawn(home)
    names = [f"Nominee {letter}" for letter in "ABCDEFGHIJKL"]
    await voted_about(home, *names, by=("Zoe",), winners=12)
    for who in await sitting(home):
        page = await home.type(who, "committee vote")
        first = next(name for name in names if name in page.text)
        seen = await home.press(who, page, first)
        for _ in names:
            seen = await home.press(who, seen, "Yes")
    (post,) = [each for each in home.posts() if RESULT in each]

    assert all(f"Chosen: @{name}\n3 yes" in post for name in names)


async def test_more_time_is_told_where_the_first_deadline_stood(
    home: Community,
) -> None:
    """The message that asked somebody to vote tells the new one."""
    await drawn(home)
    await voted_about(home, "Nora")
    one, *_ = await sitting(home)
    assert "Mar 13" in home.dms(one)[-1]
    await home.wait(days=7, minutes=1)

    asked, reminded = home.dms(one)[-2:]
    assert "Mar 16" in asked
    assert "Mar 16" in reminded
    assert "Mar 13" not in asked


async def test_a_round_that_is_opened_again_at_once_is_voted_about(
    home: Community,
) -> None:
    """Two acts in one commit hide no round from the committee."""
    await drawn(home)
    award = await opened(home, decider=Decider.COMMITTEE)
    await nominate(home, "Zoe", "Nora", award)

    def close_and_open(tx: Transaction) -> None:
        here = communities.get(tx, home.ref)
        edit = edit_by(tx, home, here)
        closed = awards.close_round(tx, here, award, edit)
        awards.open_round(tx, here, closed, None, edit)

    await home.database.write(close_and_open)
    await home.laurel.settle()
    assert BallotState.OPEN is (await ballot(home)).state


async def planned(home: Community, at: datetime) -> int:
    """Put a moment on the calendar; return its entry."""
    wanted = Wanted(
        MomentKind.MOMENT,
        "Prize giving",
        "",
        None,
        timedelta(0),
        Rule(at.replace(tzinfo=None), zone_named("UTC")),
    )

    def plan(tx: Transaction) -> int:
        here = communities.get(tx, home.ref)
        by = members.meet(tx, here, home.person("Mo", Role.MODERATOR), home.clock())
        return planning.add(tx, here, wanted, Edit(by, "", home.clock())).entry

    return await home.database.write(plan)


def _is_for_moderators(tx: Transaction, home: Community, round_id: int) -> bool:
    return ballots.moderators_decide(tx, communities.get(tx, home.ref), round_id)
