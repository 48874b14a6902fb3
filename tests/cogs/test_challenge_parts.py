"""What is decided of a challenge by whoever has the least part in it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from bot.chat.message import Action, Message
from bot.domain.challenges import Challenge, Review, State
from bot.domain.people import Role
from storage.challenges.parts import Part
from storage.database import Transaction
from tests.cogs.checking import all_of, check, join, met, moved, opened
from tests.cogs.standing import board, dispute, end, known, mine, take_part, team_up
from tests.harness import Community, Post, Reply

REASON = "I looked at the photo of that day."
MODERATORS = ("Mo", "Mod")


async def played(home: Community, *people: str) -> Challenge:
    """Have both moderators take part beside others, and the days be over."""
    await home.settings(moderators=home.channel("mods"))
    await met(home, *(home.person(name, Role.MODERATOR) for name in MODERATORS))
    songs = await opened(home)
    await take_part(home, songs, *MODERATORS, *people)
    await end(home, songs)
    await home.wait(seconds=40)
    return songs


async def stands(home: Community, who: str, number: int = 1) -> Reply:
    """Have somebody let a place stand."""
    action = Action("standings.stands", (number,))
    return await home.do(home.call(who), action, {"reason": REASON})


async def count(home: Community, who: str, checkin: int) -> Reply:
    """Have somebody let a check-in count."""
    return await home.do(home.call(who), Action("judging.count", (checkin, 0)), None)


def card(home: Community) -> Post:
    """Return what moderators see of what was put before them last."""
    standing = home.standing(home.channel("mods"))
    return [post for post in standing if "Not final yet" not in post.text][-1]


def mentioned(message: Message) -> list[str]:
    return [each.id for each in message.mentions]


async def audited(home: Community) -> Sequence[tuple[str, Part]]:
    """Return what was done by somebody who had a part in it, and which."""

    def read(tx: Transaction) -> Sequence[tuple[str, Part]]:
        rows = tx.all("SELECT action, detail FROM audit ORDER BY id")
        told: Sequence[tuple[str, Mapping[str, int]]] = [
            (row["action"], json.loads(row["detail"])) for row in rows
        ]
        return [(act, Part(had["part"])) for act, had in told if had.get("part")]

    return await home.database.read(read)


async def test_whoever_has_no_part_answers(home: Community) -> None:
    """At any time, also where Laurel had not known of them, and nothing is said."""
    songs = await played(home, "Ben")
    await dispute(home, "Ben", songs)
    home.person("Zoe", Role.ADMIN)

    assert not (await stands(home, "Zoe")).refused

    assert [] == await audited(home)
    await home.wait(seconds=40)
    assert "a part in" not in board(home).text
    assert "who takes no part in Seven songs" in home.dms("Ben")[0]


async def test_where_all_take_part_one_of_them_answers_in_time(home: Community) -> None:
    """After two days, and everybody reads that it was so: here, there and later."""
    songs = await played(home, "Ben")
    await dispute(home, "Ben", songs)
    assert "Every moderator whom Laurel knows has one" in card(home).text
    assert ["mo", "mod"] == sorted(mentioned(card(home).message))
    early = await stands(home, "Mod")
    assert "standings.refused-entrant-yet" == early.reason
    assert "it is for you from" in early.text

    await home.wait(hours=48)
    done = await stands(home, "Mod")
    await home.wait(seconds=40)

    assert "You have a part in it yourself" in done.text
    assert "Whoever answered has one" in card(home).text
    assert "One decision here was made by somebody who has a part" in board(home).text
    assert "whoever has the least looked at your place" in home.dms("Ben")[0]
    assert "takes no part" not in home.dms("Ben")[0]
    assert REASON in (await mine(home, "Ben", songs)).text
    assert [("standings.answer", Part.ENTRANT)] == await audited(home)
    assert State.FINAL is (await known(home, songs)).state


async def test_where_an_admin_has_none_it_is_for_them(home: Community) -> None:
    """They are told by name, and nobody else is let, however long it waits."""
    songs = await played(home, "Ben")
    await met(home, home.person("Ann", Role.ADMIN))
    await dispute(home, "Ben", songs)
    assert "@Ann: all other moderators have a part in it" in card(home).text
    assert ["ann"] == mentioned(card(home).message)

    await home.wait(hours=60)
    assert "standings.refused-entrant" == (await stands(home, "Mod")).reason
    assert not (await stands(home, "Ann")).refused
    assert [] == await audited(home)


async def test_one_s_own_place_is_for_another_who_takes_part(home: Community) -> None:
    """Whoever has less to do with it, as long as there is anybody."""
    songs = await played(home)
    await dispute(home, "Mod", songs)
    await home.wait(hours=49)

    assert "standings.refused-own" == (await stands(home, "Mod")).reason
    assert not (await stands(home, "Mo")).refused
    assert [("standings.answer", Part.ENTRANT)] == await audited(home)


async def test_a_single_moderator_answers_themselves_at_last(home: Community) -> None:
    """Once all others have left, or the result would never be final."""
    songs = await played(home)
    await dispute(home, "Mod", songs)
    await met(home, home.person("Mo", Role.MODERATOR, here=False))
    assert "standings.refused-own-yet" == (await stands(home, "Mod")).reason
    await home.wait(hours=49)
    assert State.REVIEW is (await known(home, songs)).state

    assert not (await stands(home, "Mod")).refused

    await home.wait(seconds=40)
    assert [("standings.answer", Part.OWN)] == await audited(home)
    assert "One decision here" in board(home).text
    assert State.FINAL is (await known(home, songs)).state


async def test_to_have_judged_is_less_than_to_take_part(home: Community) -> None:
    """So of two who are left, it is for whoever counted the days."""
    await home.settings(moderators=home.channel("mods"))
    await met(home, *(home.person(name, Role.MODERATOR) for name in MODERATORS))
    songs = await opened(home, review=Review.ALL)
    await take_part(home, songs, "Mod", "Ben")
    (waiting,) = await all_of(home, "Ben", songs)
    assert not (await count(home, "Mo", waiting.id)).refused
    (own,) = await all_of(home, "Mod", songs)
    assert not (await count(home, "Mo", own.id)).refused
    await end(home, songs)
    await dispute(home, "Ben", songs)

    assert "standings.refused-judged-yet" == (await stands(home, "Mo")).reason
    await home.wait(hours=48)
    assert "standings.refused-entrant" == (await stands(home, "Mod")).reason
    assert not (await stands(home, "Mo")).refused
    assert [("standings.answer", Part.JUDGED)] == await audited(home)


@pytest.mark.parametrize("way", ["card", "queue"])
async def test_a_check_in_that_only_its_own_member_can_judge(
    home: Community, way: str
) -> None:
    """It waits two days for somebody else; then it is said on the board."""
    await home.settings(moderators=home.channel("mods"))
    await met(home, home.person("Mo", Role.MODERATOR))
    songs = await opened(home, review=Review.ALL)
    await join(home, "Mo", songs)
    await check(home, "Mo", songs)
    (own,) = await all_of(home, "Mo", songs)
    assert "for whoever has the least as well: @Mo" in card(home).text
    assert "judging.refused-own-yet" == (await count(home, "Mo", own.id)).reason
    look = Action("judging.next", (songs.id,))
    before = await home.do(home.call("Mo"), look, None)
    assert "is not for you" in before.text

    await home.wait(hours=48)
    if way == "queue":
        shown = await home.do(home.call("Mo"), look, None)
        done = await home.press("Mo", shown, "Count it")
    else:
        done = await home.press("Mo", replace(card(home)), "Count it")
    await home.wait(seconds=40)

    assert "You have a part in it yourself" in done.text
    assert "Whoever decided has a part in it" in card(home).text
    assert "One decision here was made" in board(home).text
    assert [("judging.part", Part.OWN)] == await audited(home)


async def test_a_refusal_by_a_team_mate_says_so_to_its_member(home: Community) -> None:
    """Where both moderators are in their team, and nobody else is known."""
    await home.settings(moderators=home.channel("mods"))
    await met(home, *(home.person(name, Role.MODERATOR) for name in MODERATORS))
    songs = await opened(home, State.OPEN, review=Review.ALL, teams=True)
    for name in ("Ben", *MODERATORS):
        await join(home, name, songs)
    await team_up(home, songs, "Larks", "Ben", *MODERATORS)
    await moved(home, songs, State.RUNNING)
    await check(home, "Ben", songs)
    (waiting,) = await all_of(home, "Ben", songs)
    no = Action("judging.refuse", (waiting.id, 0))
    early = await home.do(home.call("Mo"), no, {"reason": REASON})
    assert "judging.refused-team-yet" == early.reason

    await home.wait(hours=48)
    done = await home.do(home.call("Mo"), no, {"reason": REASON})

    assert not done.refused
    told = [text for text in home.dms("Ben") if "did not count" in text]
    assert "Whoever decided has a part in it themselves" in told[-1]
    assert [("judging.part", Part.MATE)] == await audited(home)
