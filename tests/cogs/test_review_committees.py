"""What a committee votes about is not the moderators', until it is."""

from __future__ import annotations

from bot.domain.awards import Award, Decider
from bot.domain.committees import BallotState
from storage import activity, awards, ballots, communities
from storage.activity import Fact
from storage.database import Transaction
from tests.cogs.nominating import nominate
from tests.cogs.reviewing import card, cards, moderated, put_forward, state_of
from tests.harness import Community

MORE = "Who else was there, and what did they see of it?"


async def handed(home: Community, award: Award) -> None:
    """Have a ballot about the award end without a quorum."""

    def unit(tx: Transaction) -> None:
        here, at = communities.get(tx, home.ref), home.clock()
        assert award.round is not None
        round_ = awards.round_of(tx, award.round.id)
        ballot = ballots.of_round(tx, here, round_.id)
        ballot = ballot or ballots.begin(tx, here, round_, at)
        assert ballot is not None
        assert ballots.end(tx, ballot, BallotState.HANDED, at)
        ref = f"ballots:{ballot.id}"
        fact = Fact("committees.handed", 0, None, 0, ref, ref)
        activity.add(tx, here, fact, at)

    await home.database.write(unit)
    await home.laurel.settle()


async def test_nobody_is_reminded_of_what_a_committee_decides(home: Community) -> None:
    """Nor does it stand in the moderators' queue."""
    await put_forward(home, decider=Decider.COMMITTEE)
    assert "Nothing waits" in (await home.type("Mo", "review")).text
    form = await home.press("Mo", card(home), "Ask for more")
    await home.fill_in("Mo", form, words=MORE)
    await home.wait(hours=130)
    assert 1 == len(cards(home))


async def test_what_a_committee_leaves_is_for_the_moderators(home: Community) -> None:
    """They can approve then, and are reminded from then on."""
    award = await put_forward(home, decider=Decider.COMMITTEE)
    assert "Approve" not in card(home).text.splitlines()
    await home.wait(hours=100)
    await handed(home, award)
    assert "Approve" in card(home).text.splitlines()
    assert "Nora" in (await home.type("Mo", "review")).text
    await home.wait(hours=47)
    assert 1 == len(cards(home))
    await home.wait(hours=1, minutes=1)
    assert 2 == len(cards(home))
    await home.press("Mo", cards(home)[0], "Approve")
    assert ["won"] == await state_of(home, award)


async def test_reminders_of_others_go_on(home: Community) -> None:
    """One award's committee keeps nobody from hearing of another award."""
    await put_forward(home, decider=Decider.COMMITTEE)
    other = await moderated(home, name="Steady hand")
    await nominate(home, "Ben", "Otto", other)
    await home.wait(hours=48, minutes=1)
    assert "A nomination that came" in cards(home)[-1].text
