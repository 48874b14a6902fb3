"""Whoever a decision concerns learns how it came to be, and can appeal."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from bot.chat.message import Action
from bot.domain.awards import Award
from bot.domain.people import Role
from storage import appeals, communities
from storage.database import Transaction
from tests.cogs.nominating import WHY, all_of
from tests.cogs.reviewing import (
    NOT_YET,
    asked,
    audited,
    card,
    cards,
    declined,
    of,
    put_forward,
    state_of,
)
from tests.harness import Community, Post, Reply

APPEAL = "She taught twelve of us, and the list is on the door."
AGAIN = "The list on the door was not known to us."


async def turned_down(home: Community) -> Award:
    """Have Ben's nomination of Nora be declined by Mo."""
    award = await put_forward(home)
    await declined(home, "Mo", card(home))
    return award


async def appealed(home: Community, who: str = "Ben", words: str = APPEAL) -> Reply:
    """Have ``who`` appeal against the only decision that concerns them."""
    suggest = home.laurel.dispatcher.suggest
    (only,) = await suggest("review.appealable", home.call(who), "")
    return await home.type(who, "appeal", which=only.value, words=words)


async def answered(home: Community, who: str, on: Post, label: str) -> Reply:
    """Have a moderator answer an appeal."""
    form = await home.press(who, on, label)
    return await home.fill_in(who, form, reason=AGAIN)


async def explained(home: Community, who: str, what: str) -> Reply:
    """Have ``who`` pick from what concerns them."""
    return await home.press(who, await home.type(who, "why"), what)


async def test_why_tells_reason_version_and_who(home: Community) -> None:
    """The moderators, and no name; what was said by others stays with them."""
    await turned_down(home)
    told = await explained(home, "Ben", "Nora, Kind soul")
    for part in ("Declined", NOT_YET, "by the moderators", "version 1"):
        assert part in told.text
    assert "Mo" not in told.text
    own = await explained(home, "Nora", "You, Kind soul")
    assert NOT_YET in own.text
    assert WHY not in own.text
    assert "Ben" not in own.text


async def test_a_nominee_hears_nothing_before_it_is_decided(home: Community) -> None:
    """It stays a surprise, also for whoever asks."""
    award = await put_forward(home)
    assert "Nothing was decided" in (await home.type("Nora", "why")).text
    (candidacy,) = await all_of(home, award)
    explain = Action("review.explain", (candidacy.id,))
    refused = await home.do(home.call("Nora"), explain, None)
    assert "review.refused-unknown" == refused.reason
    waits = await explained(home, "Ben", "Nora, Kind soul")
    assert "It waits for the moderators" in waits.text


async def test_others_learn_nothing(home: Community) -> None:
    """Neither from the list, nor from a button that is not theirs."""
    award = await turned_down(home)
    assert "Nothing was decided" in (await home.type("Zoe", "why")).text
    (candidacy,) = await all_of(home, award)
    for who in ("Zoe", "Max"):
        explain = Action("review.explain", (candidacy.id,))
        assert (
            "review.refused-unknown"
            == (await home.do(home.call(who), explain, None)).reason
        )


async def test_why_tells_what_came_before(home: Community) -> None:
    """Each step, and by which version of the standard it was judged."""
    await put_forward(home)
    await asked(home, "Mo", card(home), "Could you say a little more about it?")
    told = await explained(home, "Ben", "Nora, Kind soul")
    assert "asked for more" in told.text
    await home.press("Max", card(home), "Approve")
    told = await explained(home, "Ben", "Nora, Kind soul")
    assert "Won" in told.text
    assert "Before that\nasked for more" in told.text


async def test_an_appeal_is_answered_by_who_did_not_decide(home: Community) -> None:
    """Whoever decided, nominated or is nominated leaves it to others."""
    home.person("Nora", Role.MODERATOR)
    home.person("Ben", Role.MODERATOR)
    award = await turned_down(home)
    assert not (await appealed(home)).refused
    appeal = replace(cards(home)[-1])
    assert APPEAL in appeal.text
    assert NOT_YET in appeal.text
    for who, code in (
        ("Mo", "decided-it"),
        ("Ben", "nominator"),
        ("Nora", "nominee"),
    ):
        no = await answered(home, who, appeal, "Let it stand")
        assert f"review.refused-{code}" == no.reason
    assert not (await answered(home, "Max", appeal, "Let it stand")).refused
    assert ["declined"] == await state_of(home, award)
    late = await answered(home, "Mia", appeal, "Open it again")
    assert "review.late-stands" == late.reason
    assert "@Max" in late.text


async def test_a_decision_that_stands_is_told_with_a_reason(home: Community) -> None:
    """Whoever appealed hears it, and cannot appeal against it again."""
    await turned_down(home)
    await appealed(home)
    await answered(home, "Max", replace(cards(home)[-1]), "Let it stand")

    assert "the decision stands" in home.dms("Ben")[-1]
    assert AGAIN in home.dms("Ben")[-1]
    told = await explained(home, "Ben", "Nora, Kind soul")
    assert "You appealed, and the decision stands" in told.text
    assert "Appeal" not in told.text.splitlines()
    assert [] == list(
        await home.laurel.dispatcher.suggest("review.appealable", home.call("Ben"), "")
    )
    assert "The decision stands" in cards(home)[-1].text
    assert ["review.declined", "review.appeal", "review.stands"] == await audited(home)


async def test_an_appeal_can_open_it_again(home: Community) -> None:
    """Then somebody else decides, and the card shows it."""
    award = await turned_down(home)
    await appealed(home)
    await answered(home, "Max", replace(cards(home)[-1]), "Open it again")

    assert ["open"] == await state_of(home, award)
    first = replace(cards(home)[0])
    assert "Opened again after an appeal" in first.text
    no = await home.press("Mo", first, "Approve")
    assert "review.refused-decided-before" == no.reason
    assert not (await home.press("Max", first, "Approve")).refused
    assert ["won"] == await state_of(home, award)
    (candidacy,) = await all_of(home, award)
    states = [str(each.state) for each in await of(home, candidacy.id)]
    assert ["declined", "open", "won"] == states
    assert "It is decided again" in home.dms("Ben")[1]
    assert ["review.declined", "review.appeal", "review.reopened", "review.won"] == (
        await audited(home)
    )


async def test_opening_it_again_answers_all_who_appealed(home: Community) -> None:
    """Nobody's appeal hangs on a decision that is no more."""
    await put_forward(home, by=("Ben", "Cleo"))
    await declined(home, "Mo", card(home))
    await appealed(home, "Ben")
    await appealed(home, "Cleo")
    first, second = cards(home)[1:]
    await answered(home, "Max", replace(first), "Open it again")
    assert "It is decided again" in second.text
    assert "It is decided again" in home.dms("Ben")[-1]
    assert 1 == sum("It is decided again" in each for each in home.dms("Cleo"))

    def unit(tx: Transaction) -> int:
        return len(appeals.waiting(tx, communities.get(tx, home.ref), 10))

    assert 0 == await home.database.read(unit)


async def test_each_appeals_once_against_a_decision(home: Community) -> None:
    """Against the last one, within thirty days, and only where it went against them."""
    award = await turned_down(home)
    (candidacy,) = await all_of(home, award)
    (decision,) = await of(home, candidacy.id)
    which = {"which": str(decision.id), "words": APPEAL}
    assert (
        "review.refused-not-yours" == (await home.type("Zoe", "appeal", **which)).reason
    )
    assert not (await home.type("Ben", "appeal", **which)).refused
    assert (
        "review.refused-appealed" == (await home.type("Ben", "appeal", **which)).reason
    )
    await home.wait(days=31)
    assert (
        "review.refused-appeal-late"
        == (await home.type("Nora", "appeal", **which)).reason
    )
    assert (
        "review.refused-unknown"
        == (await home.type("Ben", "appeal", which="99", words=APPEAL)).reason
    )
    assert (
        "common.answer-unknown"
        == (await home.type("Ben", "appeal", which="²", words=APPEAL)).reason
    )


async def test_who_wins_has_nothing_to_appeal(home: Community) -> None:
    """Nor has anybody against a question."""
    await put_forward(home)
    await asked(home, "Mo", card(home), "Could you say a little more about it?")
    assert "Appeal" not in (await explained(home, "Ben", "Nora, Kind soul")).text
    await home.press("Mo", card(home), "Approve")
    assert "Appeal" not in (await explained(home, "Nora", "You, Kind soul")).text


async def test_an_old_decision_is_not_appealed_against(home: Community) -> None:
    """Where it was made anew meanwhile, its button says so."""
    await put_forward(home, by=("Ben", "Cleo"))
    await declined(home, "Mo", card(home))
    told = replace(home.standing(home.person("Cleo").ref)[-1])
    await appealed(home, "Ben")
    await answered(home, "Max", replace(cards(home)[-1]), "Open it again")
    form = await home.press("Cleo", told, "Appeal")
    moved_on = await home.fill_in("Cleo", form, words=APPEAL)
    assert "review.refused-moved-on" == moved_on.reason


async def test_without_a_channel_appeals_are_in_the_queue(home: Community) -> None:
    """Moderators find them with /review."""
    await turned_down(home)
    await home.settings(moderators=None)
    await appealed(home)
    queue = await home.type("Max", "review")
    shown = await home.press("Max", queue, "Appeal")
    assert APPEAL in shown.text
    form = await home.press("Max", shown, "Let it stand")
    assert not (await home.fill_in("Max", form, reason=AGAIN)).refused
    assert "Nothing waits" in (await home.type("Max", "review")).text


async def test_decisions_are_never_changed(home: Community) -> None:
    """The database itself refuses it, for appeals and recusals as well."""
    await put_forward(home)
    await home.press("Mia", card(home), "Recuse")
    await declined(home, "Mo", card(home))
    await appealed(home)
    await answered(home, "Max", replace(cards(home)[-1]), "Let it stand")

    def change(tx: Transaction, sql: str) -> None:
        tx.run(sql)

    for table in ("decisions", "appeals", "appeal_answers", "review_recusals"):
        for sql in (f"UPDATE {table} SET community = 1", f"DELETE FROM {table}"):  # noqa: S608
            with pytest.raises(sqlite3.IntegrityError, match="never"):
                await home.database.write(change, sql)


async def test_whoever_is_erased_takes_their_words_along(home: Community) -> None:
    """What was said to them and of them goes, and decisions stay without it."""
    award = await turned_down(home)
    await appealed(home)
    await answered(home, "Max", replace(cards(home)[-1]), "Let it stand")
    await home.type("Nora", "why")
    sheet = await home.type("Nora", "laurel privacy")
    form = await home.press("Nora", sheet, "Erase")
    assert not (await home.fill_in("Nora", form, word="ERASE")).refused

    def kept(tx: Transaction) -> str:
        return " ".join(row["body"] for row in tx.all("SELECT body FROM words"))

    left = await home.database.read(kept)
    for words in (NOT_YET, APPEAL, AGAIN):
        assert words not in left
    assert [] == cards(home)
    (candidacy,) = await all_of(home, award)
    assert [None] == [each.reason for each in await of(home, candidacy.id)]
    assert "Nothing was decided" in (await home.type("Ben", "why")).text


async def test_a_moderators_words_go_with_them(home: Community) -> None:
    """What they decided stays, without what they wrote; also where it was told."""
    await turned_down(home)
    assert NOT_YET in home.dms("Ben")[-1]
    sheet = await home.type("Mo", "laurel privacy")
    form = await home.press("Mo", sheet, "Erase")
    await home.fill_in("Mo", form, word="ERASE")

    assert [] == [each for each in home.dms("Ben") if NOT_YET in each]
    told = await explained(home, "Ben", "Nora, Kind soul")
    assert "Declined" in told.text
    assert NOT_YET not in told.text + card(home).text
