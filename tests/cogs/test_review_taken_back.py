"""A win that was a mistake is taken back, and its seat is free again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.people import Role
from storage import audit, communities
from storage.database import Transaction
from tests.cogs.nominating import all_of, closed, nominate
from tests.cogs.reviewing import (
    audited,
    card,
    cards,
    declined,
    of,
    put_forward,
    state_of,
)
from tests.cogs.sitting import drawn, sitting, vote, voted_about
from tests.cogs.test_review_why import answered, appealed
from tests.harness import Community, Post, Reply

REASON = "It was somebody else of the same name who did all of this."


async def taken_back(home: Community, who: str, on: Post) -> Reply:
    """Have a moderator take a win back."""
    form = await home.press(who, on, "Take back")
    return await home.fill_in(who, form, reason=REASON)


async def test_a_win_is_taken_back_with_a_reason(home: Community) -> None:
    """All who knew hear of it, and nothing announces it any more."""
    award = await put_forward(home)
    await home.press("Mo", card(home), "Approve")
    assert any("@Nora wins" in each for each in home.posts("wall"))
    done = await taken_back(home, "Max", card(home))

    assert "the seat is free" in done.text
    assert ["declined"] == await state_of(home, award)
    assert not any("@Nora wins" in each for each in home.posts("wall"))
    assert "Taken back by @Max" in card(home).text
    for name in ("Ben", "Nora"):
        assert "Kind soul: taken back" in home.dms(name)[-1]
        assert REASON in home.dms(name)[-1]
        assert "@Max" not in home.dms(name)[-1]
    (candidacy,) = await all_of(home, award)
    assert ["won", "declined"] == [str(e.state) for e in await of(home, candidacy.id)]
    assert ["review.won", "review.taken-back"] == await audited(home)


async def test_its_seat_is_for_somebody_else(home: Community) -> None:
    """Whoever waits can have it, and the cards say so."""
    award = await put_forward(home)
    await nominate(home, "Ben", "Otto", award)
    first, second = map(replace, cards(home))
    await home.press("Mo", first, "Approve")
    full = await home.press("Mo", second, "Approve")
    assert "review.refused-full" == full.reason
    assert "“Take back” on their card frees it" in full.text
    assert "none of 1 left" in cards(home)[1].text

    await taken_back(home, "Max", cards(home)[0])
    assert "1 of 1 left" in cards(home)[1].text
    assert not (await home.press("Mo", second, "Approve")).refused
    assert ["declined", "won"] == sorted(await state_of(home, award))
    assert any("@Otto wins" in each for each in home.posts("wall"))


async def test_any_of_several_seats_is_given_back(home: Community) -> None:
    """The first of three, so that the next one wins that, and no seat twice."""
    award = await put_forward(home, winners=3)
    for name in ("Otto", "Olga", "Oleg"):
        await nominate(home, {"Oleg": "Cleo"}.get(name, "Ben"), name, award)
    every = list(map(replace, cards(home)))
    for each in every[:3]:
        assert not (await home.press("Mo", each, "Approve")).refused
    await taken_back(home, "Max", cards(home)[0])
    assert not (await home.press("Mo", every[3], "Approve")).refused

    rows = await home.database.read(
        lambda tx: tx.all("SELECT seat FROM candidacies WHERE seat IS NOT NULL")
    )
    assert [1, 2, 3] == sorted(row["seat"] for row in rows)


async def test_it_can_be_appealed_and_decided_anew(home: Community) -> None:
    """By somebody who did not take it back; while a seat is left, it can win again."""
    award = await put_forward(home)
    await home.press("Mo", card(home), "Approve")
    await taken_back(home, "Max", card(home))
    await appealed(home)
    no = await home.press("Max", cards(home)[-1], "Open it again")
    no = await home.fill_in("Max", no, reason=REASON)
    assert "review.refused-decided-it" == no.reason
    done = await answered(home, "Mia", replace(cards(home)[-1]), "Open it again")
    assert "It is open again" in done.text
    assert not (await home.press("Mia", cards(home)[0], "Approve")).refused
    assert ["won"] == await state_of(home, award)
    assert 1 == sum("@Nora wins" in each for each in home.posts("wall"))


async def test_what_is_opened_after_the_last_seat_waits_for_one(
    home: Community,
) -> None:
    """It says what can be done, and with a seat that is given back it wins."""
    award = await put_forward(home)
    await nominate(home, "Ben", "Otto", award)
    first, second = map(replace, cards(home))
    await declined(home, "Mo", first)
    await home.press("Mo", second, "Approve")
    await closed(home, award)
    await appealed(home)
    done = await answered(home, "Max", replace(cards(home)[-1]), "Open it again")
    assert "All seats of the round are taken" in done.text
    assert "“Take back” on the card of a winner" in done.text
    assert ["open", "won"] == sorted(await state_of(home, award))
    full = await home.press("Max", cards(home)[0], "Approve")
    assert "review.refused-full" == full.reason

    await taken_back(home, "Max", cards(home)[1])
    assert not (await home.press("Max", cards(home)[0], "Approve")).refused
    assert ["declined", "won"] == sorted(await state_of(home, award))


@pytest.mark.parametrize(
    ("who", "reason"),
    [("Nora", "review.refused-nominee"), ("Ben", "review.refused-nominator")],
)
async def test_nobody_takes_back_what_they_have_a_part_in(
    home: Community, who: str, reason: str
) -> None:
    """Neither whoever won nor whoever nominated them."""
    award = await put_forward(home)
    await home.press("Mo", card(home), "Approve")
    home.person(who, Role.MODERATOR)
    assert reason == (await taken_back(home, who, card(home))).reason
    assert ["won"] == await state_of(home, award)


async def test_two_at_once_take_it_back_once(home: Community) -> None:
    """And what has not won, or won long ago, stays as it is."""
    award = await put_forward(home)
    await home.press("Mo", card(home), "Approve")
    seen = replace(card(home))
    await taken_back(home, "Max", seen)
    late = await taken_back(home, "Mia", seen)
    assert "review.refused-not-won" == late.reason
    assert ["review.won", "review.taken-back"] == await audited(home)

    await nominate(home, "Ben", "Otto", award)
    await home.press("Mo", cards(home)[-1], "Approve")
    await home.wait(days=31)
    assert (
        "review.refused-stands"
        == (await taken_back(home, "Max", cards(home)[-1])).reason
    )


async def test_what_a_committee_chose_can_be_taken_back_in_the_open(
    home: Community,
) -> None:
    """The post with its votes says that it was, and names nobody."""
    await home.settings(moderators=home.channel("moderators"))
    await drawn(home)
    award = await voted_about(home, "Nora", quorum=1)
    for name in await sitting(home):
        await vote(home, name, "Nora", "Yes")
    assert any("@Nora wins" in each for each in home.posts("wall"))
    (seen,) = (each for each in cards(home) if "Nora" in each.text)
    home.person("Max", Role.MODERATOR)
    assert not (await taken_back(home, "Max", seen)).refused

    assert ["declined"] == await state_of(home, award)
    (post,) = (
        each for each in home.posts("wall") if "Kind soul: the committee" in each
    )
    assert "One win was taken back by the moderators since" in post
    assert "Nora" not in post
    assert await home.database.read(_is_whole, home)


def _is_whole(tx: Transaction, home: Community) -> bool:
    return audit.first_broken(tx, communities.get(tx, home.ref)) is None
