"""Who hears what of a decision, and when it is announced."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.chat.message import Action
from bot.domain.awards import Award
from bot.domain.nominations import State
from bot.domain.people import Role
from bot.domain.recurrence import Rule
from storage import communities, members, planning
from storage.database import Transaction
from storage.moments import MomentKind
from storage.planning import Edit, Wanted
from tests.cogs.nominating import WHY, all_of, closed, nominate, settled
from tests.cogs.reviewing import (
    NOT_YET,
    audited,
    card,
    cards,
    declined,
    moderated,
    of,
    put_forward,
    state_of,
)
from tests.harness import Community

EVENING = timedelta(hours=5)


async def a_moment(home: Community, title: str = "Lantern night") -> int:
    """Put a moment of today's evening on the calendar, and return its entry."""

    def unit(tx: Transaction) -> int:
        here, at = communities.get(tx, home.ref), home.clock()
        start = (at + EVENING).replace(tzinfo=None)
        moderator = members.meet(tx, here, home.person("Mo", Role.MODERATOR), at)
        wanted = Wanted(
            kind=MomentKind.MOMENT,
            title=title,
            about="",
            channel=home.channel("wall"),
            lasts=timedelta(hours=1),
            rule=Rule(start, ZoneInfo("UTC")),
        )
        return planning.add(tx, here, wanted, Edit(moderator, "plan", at)).entry

    entry = await home.database.write(unit)
    await home.laurel.settle()
    return entry


async def test_everybody_reads_who_won(home: Community) -> None:
    """With a picture, and without who nominated them or what they said to reviewers."""
    await put_forward(
        home, by=("Ben", "Cleo"), about="For whoever keeps the kiln warm."
    )
    await home.press("Mo", card(home), "Approve")

    (post,) = home.standing(home.channel("wall"))
    for told in ("@Nora wins Kind soul", "keeps the kiln warm", "2 people saw it"):
        assert told in post.text
    for kept in ("Ben", "Cleo", WHY, "Mo"):
        assert kept not in post.text
    assert (home.person("Nora").ref,) == post.message.mentions
    assert post.message.nodes[0].picture is not None  # type: ignore[union-attr]


async def test_who_won_and_who_nominated_hear_what_comes_next(home: Community) -> None:
    """Each once, in a direct message that names no moderator."""
    await put_forward(home, by=("Ben", "Cleo"))
    await home.press("Mo", card(home), "Approve")

    (won,) = home.dms("Nora")
    assert "you were chosen" in won
    assert "#wall" in won
    for nominator in ("Ben", "Cleo"):
        (told,) = home.dms(nominator)
        assert "@Nora wins Kind soul" in told
    everything = " ".join((won, *home.dms("Ben"), *home.dms("Cleo")))
    assert "@Mo" not in everything


async def test_a_nominee_who_knows_nothing_hears_of_no_decline(home: Community) -> None:
    """Nobody is told of a disappointment that they would never have had."""
    await put_forward(home)
    await declined(home, "Mo", card(home))

    assert [] == home.dms("Nora")
    (told,) = home.dms("Ben")
    assert NOT_YET in told
    assert "/appeal" in told
    assert [] == home.posts("wall")


async def test_a_nominee_who_knows_of_it_hears_of_the_next_decision(
    home: Community,
) -> None:
    """They asked why, and appealed: what follows is told them as well."""
    await put_forward(home)
    await declined(home, "Mo", card(home))
    why = await home.press("Nora", await home.type("Nora", "why"), "You, Kind soul")
    form = await home.press("Nora", why, "Appeal")
    await home.fill_in("Nora", form, words="The kiln was repaired by me alone.")
    appeal = cards(home)[-1]
    form = await home.press("Max", appeal, "Open it again")
    await home.fill_in("Max", form, reason="That was not known to us.")
    await declined(home, "Max", cards(home)[0])

    assert 2 == len(home.dms("Nora"))
    assert "It is decided again" in home.dms("Nora")[0]
    assert "After all, you were not chosen" in home.dms("Nora")[-1]


async def test_whoever_hides_before_the_moment_is_announced_nowhere(
    home: Community,
) -> None:
    """They won all the same, and heard of it."""
    award = await put_forward(home, announced_in=await a_moment(home))
    await home.press("Mo", card(home), "Approve")
    await home.do(home.call("Nora"), Action("privacy.level", ("private",)), None)
    await home.wait(hours=5, minutes=1)

    assert [] == [each for each in home.posts("wall") if "Nora" in each]
    assert ["won"] == await state_of(home, award)
    assert 1 == len(home.dms("Nora"))


async def test_winners_wait_for_their_moment(home: Community) -> None:
    """They know when, are asked to keep it to themselves, and then it is said."""
    entry = await a_moment(home)
    await put_forward(home, announced_in=entry)
    await home.press("Mo", card(home), "Approve")

    assert [] == home.posts("wall")
    (won,) = home.dms("Nora")
    assert "Lantern night" in won
    assert "until then" in won
    await home.wait(hours=5, minutes=1)
    said = [each for each in home.posts("wall") if "@Nora wins" in each]
    assert 1 == len(said)
    await home.wait(hours=48)
    assert said == [each for each in home.posts("wall") if "@Nora wins" in each]


async def test_winners_of_a_moment_that_is_over_are_announced_at_once(
    home: Community,
) -> None:
    """Nobody waits for what does not come any more."""
    entry = await a_moment(home)
    await home.wait(hours=6)
    await put_forward(home, announced_in=entry)
    await home.press("Mo", card(home), "Approve")
    assert any("@Nora wins" in each for each in home.posts("wall"))


async def test_winners_of_a_moment_that_is_taken_off_are_announced(
    home: Community,
) -> None:
    """As soon as it is."""
    entry = await a_moment(home)
    await put_forward(home, announced_in=entry)
    await home.press("Mo", card(home), "Approve")
    assert [] == home.posts("wall")

    def unit(tx: Transaction) -> None:
        here, at = communities.get(tx, home.ref), home.clock()
        moderator = members.meet(tx, here, home.person("Mo"), at)
        planning.cancel(tx, here, entry, Edit(moderator, "off", at))

    await home.database.write(unit)
    await home.laurel.settle()
    assert any("@Nora wins" in each for each in home.posts("wall"))


async def test_those_without_a_seat_are_let_go_when_the_round_closes(
    home: Community,
) -> None:
    """Nobody waits for a seat that is taken; the words blame nobody."""
    award = await put_forward(home)
    await nominate(home, "Ben", "Otto", award)
    first, _ = map(replace, cards(home))
    await home.press("Mo", first, "Approve")
    assert ["open", "won"] == sorted(await state_of(home, award))
    await closed(home, award)

    assert ["lost", "won"] == sorted(await state_of(home, award))
    assert "Others were chosen" in home.dms("Ben")[-1]
    assert [] == home.dms("Otto")
    assert "Not chosen this time" in cards(home)[1].text
    lost = next(c for c in await all_of(home, award) if c.state is State.LOST)
    assert [None] == [each.by for each in await of(home, lost.id)]
    assert ["review.won", "review.lost"] == await audited(home)


async def test_the_last_seat_lets_go_of_the_others_too(home: Community) -> None:
    """Where the round closed before it was taken."""
    award = await put_forward(home)
    await nominate(home, "Ben", "Otto", award)
    await closed(home, award)
    assert ["open", "open"] == await state_of(home, award)
    await home.press("Mo", replace(cards(home)[0]), "Approve")
    assert ["lost", "won"] == sorted(await state_of(home, award))


async def test_whoever_decides_they_are_told_and_announced(home: Community) -> None:
    """A committee decides elsewhere, and what is said is the same."""
    award = await put_forward(home)
    (candidacy,) = await all_of(home, award)
    assert await settled(home, candidacy, State.WON)
    assert any("@Nora wins" in each for each in home.posts("wall"))
    assert 1 == len(home.dms("Nora"))
    assert "**" not in card(home).text


async def test_a_channel_of_later_shows_what_waits(home: Community) -> None:
    """Moderators who get a channel find the cards there."""
    award: Award = await moderated(home)
    await home.settings(moderators=None)
    await nominate(home, "Ben", "Nora", award)
    assert [] == cards(home)
    home.person("Ada", Role.ADMIN)
    sheet = await home.type("Ada", "laurel setup")
    form = await home.press("Ada", sheet, "Where things are posted")
    filled = await home.fill_in("Ada", form, moderators=home.channel("moderators"))
    await home.press("Ada", filled, "Save")
    assert "Nora" in card(home).text
