"""What becomes of nominations when somebody hides, leaves or is erased."""

from __future__ import annotations

import json

import pytest

from bot.chat.message import Action
from bot.domain.nominations import State
from storage import audit, communities
from storage.database import Transaction
from tests.cogs.nominating import (
    LINK,
    OTHER,
    WHY,
    all_of,
    nominate,
    opened,
    settled,
    words_kept,
)
from tests.harness import Community


async def choose(home: Community, who: str, level: str) -> None:
    """Have ``who`` choose how far they may be seen."""
    await home.do(home.call(who), Action("privacy.level", (level,)), None)


async def erase(home: Community, who: str) -> None:
    """Have ``who`` be erased."""
    done = await home.do(home.call(who), Action("privacy.erase"), {"word": "ERASE"})
    assert not done.refused


async def ended_for(home: Community, who: str) -> list[str]:
    """Return what a nominator was told of nominations that ended."""
    return [text for text in home.dms(who) if "your nomination has ended" in text]


@pytest.mark.parametrize("level", ["private", "none"])
async def test_who_hides_is_withdrawn(home: Community, level: str) -> None:
    """Their nominators are told that it is over, and not why; decided ones stay."""
    soul, hand = await opened(home), await opened(home, "Helping hand")
    await nominate(home, "Ana", "Ben", soul)
    await nominate(home, "Cleo", "Ben", soul, OTHER)
    await nominate(home, "Ana", "Ben", hand)
    (won,) = await all_of(home, hand)
    await settled(home, won, State.WON)
    await choose(home, "Ben", level)

    (candidacy,) = await all_of(home, soul)
    assert State.WITHDRAWN is candidacy.state
    assert [State.WON] == [each.state for each in await all_of(home, hand)]
    for who in ("Ana", "Cleo"):
        (told,) = await ended_for(home, who)
        assert told.startswith("@Ben cannot be chosen for Kind soul at the moment")
        assert "private" not in told
    assert [OTHER, WHY, WHY] == await words_kept(home)


async def test_who_is_seen_in_chat_alone_stays(home: Community) -> None:
    """Awards are given in chat."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    await choose(home, "Ben", "channel")
    assert State.OPEN is (await all_of(home, award))[0].state


async def test_a_nominator_who_hides_still_stands_behind_it(home: Community) -> None:
    """Their name is not said in public, and their words count as before."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    await choose(home, "Ana", "none")
    (candidacy,) = await all_of(home, award)
    assert (State.OPEN, 1) == (candidacy.state, len(candidacy.nominations))


async def test_nominators_who_take_no_messages_are_not_written_to(
    home: Community,
) -> None:
    """They find it in /nominations."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    await home.do(home.call("Ana"), Action("privacy.dms", (0,)), None)
    await choose(home, "Ben", "none")
    assert [] == await ended_for(home, "Ana")
    assert "taken back" in (await home.type("Ana", "nominations")).text


async def test_an_erased_nominee_is_withdrawn_and_all_words_go(
    home: Community,
) -> None:
    """What others said of them is gone at once, and they are named to nobody."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award, links=LINK)
    await nominate(home, "Ana", "Cleo", award, OTHER)
    await erase(home, "Ben")

    states = {each.state for each in await all_of(home, award)}
    assert {State.WITHDRAWN, State.OPEN} == states
    assert [OTHER] == await words_kept(home)
    (told,) = await ended_for(home, "Ana")
    assert "@Ben" not in told
    listed = await home.type("Ana", "nominations")
    assert "somebody who is gone" in listed.text
    assert "@Ben" not in listed.text


async def test_an_erased_nominator_loses_their_words(home: Community) -> None:
    """The candidacy stays where somebody else nominated, and else is withdrawn."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award, links=LINK)
    home.clock.move(minutes=1)
    await nominate(home, "Cleo", "Ben", award, OTHER)
    await nominate(home, "Ana", "Dai", award)
    await erase(home, "Ana")

    ben, dai = sorted(await all_of(home, award), key=lambda each: each.id)
    assert (State.OPEN, [OTHER]) == (ben.state, [n.words for n in ben.nominations])
    assert (State.WITHDRAWN, ()) == (dai.state, dai.nominations)
    assert [OTHER] == await words_kept(home)
    assert await home.database.read(_whole, home)


async def test_who_leaves_is_withdrawn_once_it_is_noticed(home: Community) -> None:
    """What they said of others stands: they were there when they said it."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    await nominate(home, "Ben", "Cleo", award, OTHER)
    ben = home.person("Ben")
    home.platform.closed[ben.ref] = "member-gone"
    why = "You fixed the gate before anybody else was up."
    await home.type("Dai", "shoutout", to=(ben,), why=why, private=True)
    await home.laurel.settle()  # the courier noticed only then that they are gone

    found = {each.nominee: each.state for each in await all_of(home, award)}
    assert sorted([State.OPEN, State.WITHDRAWN]) == sorted(found.values())
    assert 1 == len(await ended_for(home, "Ana"))
    back = await nominate(home, "Dai", "Ben", award)
    assert not back.refused


async def test_an_undecided_nominee_cannot_win_once_erased(home: Community) -> None:
    """Not even in the moment before Laurel has followed."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    (candidacy,) = await all_of(home, award)
    await home.database.write(
        lambda tx: tx.run("DELETE FROM members WHERE platform_id = 'ben'")
    )
    assert not await settled(home, candidacy, State.WON)


def _whole(tx: Transaction, home: Community) -> bool:
    return audit.first_broken(tx, communities.get(tx, home.ref)) is None


async def test_who_is_put_forward_does_not_hear_of_it_too_early(
    home: Community,
) -> None:
    """What is kept about them is handed over without it, until it is decided."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)

    async def handed_over() -> list[object]:
        reply = await home.do(home.call("Ben"), Action("privacy.export"), None)
        tables = json.loads(reply.file.content)["tables"]
        assert [] == tables["nominations"]
        rows: list[object] = tables["candidacies"]
        return rows

    assert [] == await handed_over()
    await home.wait(minutes=5)  # it is asked for in peace
    (candidacy,) = await all_of(home, award)
    await settled(home, candidacy, State.DECLINED)
    assert 1 == len(await handed_over())
