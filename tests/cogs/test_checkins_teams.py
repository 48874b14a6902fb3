"""Teams of a challenge: how they are made, filled and told apart."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from bot.chat.message import Action
from bot.domain.challenges import Challenge, State
from bot.domain.people import Role
from storage import communities
from storage.challenges import scores
from storage.challenges.scores import TeamPlace
from tests.cogs import checking
from tests.cogs.checking import check, join, opened
from tests.harness import Community, Reply


async def teams(home: Community, challenge: Challenge) -> Sequence[TeamPlace]:
    """Return the board of teams."""
    return await home.database.read(
        lambda tx: scores.teams(tx, communities.get(tx, home.ref), challenge.id, 10)
    )


async def make(home: Community, who: str, challenge: Challenge, name: str) -> Reply:
    """Have somebody join a challenge, and make a team."""
    await join(home, who, challenge)
    action = Action("checkins.make-team", (challenge.id,))
    return await home.do(home.call(who), action, {"name": name})


async def enter(home: Community, who: str, challenge: Challenge, name: str) -> Reply:
    """Have somebody join a challenge, and pick a team."""
    await join(home, who, challenge)
    page = await home.type(who, "challenge team")
    return await home.press(who, page, name)


async def test_a_team_has_what_all_in_it_have(home: Community) -> None:
    """Those who are off the boards as well, whom nobody sees there."""
    songs = await opened(home, State.OPEN, teams=True)
    await make(home, "Ana", songs, "Larks")
    await enter(home, "Ben", songs, "Larks")
    await make(home, "Cleo", songs, "Owls")
    said = await enter(home, "Dai", songs, "Owls")
    page = await home.type("Ben", "laurel privacy")
    await home.press("Ben", page, "Keep me off boards")
    for who in ("Cleo", "Ana", "Ben"):
        await check(home, who, songs)

    assert "2 people, of up to 10" in said.text
    found = [(e.rank, e.name, e.points, e.size) for e in await teams(home, songs)]
    assert [(1, "Larks", 20, 2), (2, "Owls", 10, 2)] == found


async def test_a_team_of_one_waits_for_others(home: Community) -> None:
    """It is told so, stands on no board, and its maker's points are theirs."""
    songs = await opened(home, teams=True, team_min=3)
    alone = await make(home, "Ana", songs, "Larks")
    await check(home, "Ana", songs)

    assert "once 2 more are in it" in alone.text
    assert [] == list(await teams(home, songs))
    assert [(1, "ana", 10)] == await checking.board(home, songs)
    for who in ("Ben", "Cleo"):
        await enter(home, who, songs, "Larks")
    assert [3] == [each.size for each in await teams(home, songs)]


async def test_who_is_alone_in_theirs_can_change_their_mind(home: Community) -> None:
    """Also while the challenge runs; who is with others then stays with them."""
    songs = await opened(home, teams=True)
    alone = await make(home, "Ana", songs, "Larks")
    await make(home, "Ben", songs, "Owls")

    others = await home.press("Ana", alone, "Leave the team")
    inside = await home.press("Ana", others, "Owls")
    leave = Action("checkins.leave-team", (songs.id,))
    stuck = await home.do(home.call("Ana"), leave, None)
    free_again = await make(home, "Cleo", songs, "Larks")

    assert "Owls" in inside.text
    assert "Leave the team" not in inside.text
    assert "checkins.refused-team-settled" == stuck.reason
    assert "Larks" in free_again.text


async def test_teams_are_free_until_it_runs(home: Community) -> None:
    """Before the start, people come and go."""
    songs = await opened(home, State.OPEN, starts_on=checking.on(9), teams=True)
    await make(home, "Ana", songs, "Larks")
    inside = await enter(home, "Ben", songs, "Larks")

    out = await home.press("Ben", inside, "Leave the team")

    assert "You play alone so far" in out.text


@pytest.mark.parametrize(
    "name",
    ["Larks", "LARKS", " larks ", "L\u00e1rks", "Lar\u200bks", "L\u0430rks", "1arks"],
)
async def test_names_that_imitate_are_refused(home: Community, name: str) -> None:
    """Beside the name; nothing is made, and nobody is put anywhere."""
    songs = await opened(home, teams=True)
    await make(home, "Ana", songs, "Larks")

    said = await make(home, "Ben", songs, name)

    assert ("checkins.refused-team-name", "name") == (said.reason, said.at)
    assert "Larks" in said.text


@pytest.mark.parametrize(
    "name", ["Laurel", "l\u0430urel", "Grace Hopper", "GRACEHOPPER"]
)
async def test_nobody_goes_by_a_trusted_name(home: Community, name: str) -> None:
    """Of a moderator, or of Laurel; a moderator may go by their own."""
    grace = home.person("Grace Hopper", Role.MODERATOR)
    await home.type(grace.name, "laurel me")
    songs = await opened(home, teams=True)

    posed = await make(home, "Ana", songs, name)
    own = await make(home, "Grace Hopper", songs, "Grace Hopper")

    assert "checkins.refused-team-poses" == posed.reason
    assert not own.refused


async def test_the_last_place_goes_to_one(home: Community) -> None:
    """Of all who press at once."""
    songs = await opened(home, State.OPEN, teams=True, team_max=3)
    made = await make(home, "Ana", songs, "Larks")
    assert not made.refused
    people = [f"Member {number}" for number in range(6)]
    for who in people:
        await join(home, who, songs)
    action = Action("checkins.join-team", (songs.id, await _team(home)))

    said = await asyncio.gather(
        *(home.do(home.call(who), action, None) for who in people)
    )

    assert 2 == sum(not each.refused for each in said)
    assert {"checkins.refused-team-full"} == {e.reason for e in said if e.refused}
    again = await home.do(home.call("Ana"), action, None)
    assert "3 people" in again.text


async def test_leaving_the_challenge_frees_the_place(home: Community) -> None:
    """And the name, with the last who leaves."""
    songs = await opened(home, teams=True)
    await make(home, "Ana", songs, "Larks")
    await enter(home, "Ben", songs, "Larks")
    await home.type("Ben", "challenge leave")
    await home.type("Ana", "challenge leave")

    again = await make(home, "Cleo", songs, "Larks")

    assert "so far by yourself" in again.text


async def test_nobody_is_in_two_teams(home: Community) -> None:
    """Whoever is in one hears so, and how to see it."""
    songs = await opened(home, teams=True)
    await make(home, "Ana", songs, "Larks")
    larks = await _team(home)
    await make(home, "Ben", songs, "Owls")

    other = Action("checkins.join-team", (songs.id, larks))
    joined = await home.do(home.call("Ben"), other, None)
    made = await make(home, "Ben", songs, "Finches")
    gone = Action("checkins.join-team", (songs.id, 99))
    none = await home.do(home.call("Ben"), gone, None)

    assert "checkins.refused-in-team" == joined.reason == made.reason
    assert "checkins.refused-team-gone" == none.reason


async def test_a_team_is_found_by_its_name(home: Community) -> None:
    """As an option of the command, for who is in none."""
    songs = await opened(home, teams=True)
    await make(home, "Ana", songs, "Larks")
    await make(home, "Ben", songs, "Owls")
    await join(home, "Cleo", songs)
    suggest = home.laurel.dispatcher.suggest

    found = await suggest("checkins.teams", home.call("Cleo"), "lar")
    inside = await suggest("checkins.teams", home.call("Ana"), "")
    said = await home.type("Cleo", "challenge team", team=found[0].value)

    assert 1 == len(found)
    assert [] == list(inside)
    assert "You are in Larks" in said.text


async def test_a_challenge_without_teams_says_so(home: Community) -> None:
    """Whatever is pressed."""
    songs = await opened(home)

    made = await make(home, "Ana", songs, "Larks")
    seen = await home.type("Ana", "challenge team")

    assert "checkins.refused-no-teams" == made.reason == seen.reason


async def _team(home: Community) -> int:
    found = await home.database.read(
        lambda tx: tx.one("SELECT id FROM challenge_teams")
    )
    assert found is not None
    return int(found["id"])
