"""Nominations, through the doors that members use."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.chat.message import Action
from bot.chat.responses import Target
from bot.domain.nominations import State
from bot.domain.people import Role
from storage.database import Transaction
from tests.cogs.nominating import (
    CRITERIA,
    FORM,
    LINK,
    OTHER,
    WHY,
    all_of,
    closed,
    nominate,
    opened,
    settled,
    words_kept,
)
from tests.harness import Community


async def kinds(home: Community) -> list[str]:
    """Return what the log tells of nominations, in order."""

    def unit(tx: Transaction) -> list[str]:
        rows = tx.all("SELECT kind FROM activity ORDER BY id")
        return [row["kind"] for row in rows if row["kind"].startswith("nominations.")]

    return await home.database.read(unit)


async def test_a_nomination_is_kept_and_answered(home: Community) -> None:
    """The nominator reads what is kept and for how long; nothing goes up in public."""
    ends = home.clock() + timedelta(days=7)
    award = await opened(home, closes_at=ends)
    reply = await nominate(home, "Ana", "Ben", award, links=f"{LINK}, example.org/b")

    assert reply.text.startswith("@Ben is nominated for Kind soul.")
    assert "until Fri, Mar 13" in reply.text
    assert "You can nominate 2 more people in this round." in reply.text
    (candidacy,) = await all_of(home, award)
    (said,) = candidacy.nominations
    assert (State.OPEN, 1) == (candidacy.state, candidacy.standard)
    assert WHY == said.words
    assert (LINK, "https://example.org/b") == said.links
    assert ["nominations.made"] == await kinds(home)
    assert [] == [post for post in home.posts() if "Ben" in post]


async def test_nominations_of_one_person_merge(home: Community) -> None:
    """Three who nominate the same person make one candidacy with all their words."""
    award = await opened(home)
    for who, why in (("Ana", WHY), ("Cleo", OTHER), ("Dai", WHY)):
        await nominate(home, who, "Ben", award, why)
    await nominate(home, "Ana", "Cleo", award, OTHER)

    ben, cleo = await all_of(home, award)
    assert [WHY, OTHER, WHY] == [each.words for each in ben.nominations]
    assert [OTHER] == [each.words for each in cleo.nominations]
    assert 3 == len(set(ben.nominators))


async def previewing(home: Community, name: str) -> None:
    """Have somebody want to see what they say before it counts."""
    await home.type(name, "laurel me")
    sql = "UPDATE members SET previews = 1 WHERE platform_id = :id"
    await home.database.write(lambda tx: tx.run(sql, id=home.person(name).ref.id))


async def test_who_previews_sees_it_first(home: Community) -> None:
    """A member who wants to see what they say before it counts does, here as well."""
    award = await opened(home)
    await nominate(home, "Ana", "Cleo", award)
    await previewing(home, "Ana")

    sheet = await nominate(home, "Ana", "Ben", award)
    assert f"“{WHY}”" in sheet.text
    dropped = await home.press("Ana", sheet, "Drop it")
    assert dropped.text.startswith("Dropped.")
    assert 1 == len(await all_of(home, award))
    gone = await home.press("Ana", sheet, "Nominate")
    assert "common.draft-gone" == gone.reason


async def test_nominating_the_same_person_again_shows_what_stands(
    home: Community,
) -> None:
    """It is said kindly, both words are shown, and sending replaces the first."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    home.clock.move(hours=1)

    again = await nominate(home, "Ana", "Ben", award, OTHER)
    assert "You nominated them already" in again.text
    assert again.text.index(OTHER) < again.text.index("What stands so far")
    assert again.text.index("What stands so far") < again.text.index(WHY)
    (candidacy,) = await all_of(home, award)
    assert WHY == candidacy.nominations[0].words

    sent = await home.press("Ana", again, "Replace what stands")
    assert sent.text.startswith("Changed.")
    (candidacy,) = await all_of(home, award)
    (said,) = candidacy.nominations
    assert (OTHER, home.clock()) == (said.words, said.amended_at)
    assert home.clock() - timedelta(hours=1) == said.made_at
    assert "You can nominate 2 more people" in sent.text


async def test_two_drafts_for_one_person_do_not_overwrite_each_other(
    home: Community,
) -> None:
    """The second is shown what stands by then, and only then replaces it."""
    award = await opened(home, criteria=CRITERIA)
    forms = [await nominate(home, "Ana", "Ben", award, why) for why in (WHY, OTHER)]

    assert not (await home.fill_in("Ana", forms[0], met=("0",))).refused
    shown = await home.fill_in("Ana", forms[1], met=("0",))
    assert "You nominated them already" in shown.text
    (candidacy,) = await all_of(home, award)
    assert WHY == candidacy.nominations[0].words
    assert not (await home.press("Ana", shown, "Replace what stands")).refused
    (candidacy,) = await all_of(home, award)
    assert [OTHER] == [each.words for each in candidacy.nominations]


async def test_a_nomination_is_changed_while_open(home: Community) -> None:
    """“Change” under the receipt opens what stands; others' words stay."""
    award = await opened(home)
    receipt = await nominate(home, "Ana", "Ben", award, links=LINK)
    home.clock.move(minutes=5)
    await nominate(home, "Cleo", "Ben", award)

    sheet = await home.press("Ana", receipt, "Change")
    form = await home.press("Ana", sheet, "Change it")
    assert {"why": WHY, "links": LINK} == form.form.draft
    worded = await home.fill_in("Ana", form, why=OTHER)
    sent = await home.press("Ana", worded, "Replace what stands")

    assert sent.text.startswith("Changed.")
    (candidacy,) = await all_of(home, award)
    assert [OTHER, WHY] == [each.words for each in candidacy.nominations]
    want = ["nominations.made", "nominations.made", "nominations.amended"]
    assert want == await kinds(home)


async def test_a_change_of_nothing_is_none(home: Community) -> None:
    """Sending what stands already is answered, and tells nobody of a change."""
    award = await opened(home)
    receipt = await nominate(home, "Ana", "Ben", award)
    sheet = await home.press("Ana", receipt, "Change")
    assert not (await home.press("Ana", sheet, "Replace what stands")).refused
    assert ["nominations.made"] == await kinds(home)


async def test_a_nomination_is_taken_back_after_a_question(home: Community) -> None:
    """Leaving it keeps it; the last one taken back withdraws the candidacy."""
    award = await opened(home)
    mine = await nominate(home, "Ana", "Ben", award)
    hers = await nominate(home, "Cleo", "Ben", award, OTHER)

    asked = await home.press("Ana", mine, "Take back")
    left = await home.press("Ana", asked, "Leave it")
    assert "waits for a decision" in left.text
    asked = await home.press("Ana", left, "Take back")
    gone = await home.press("Ana", asked, "Yes, take it back")
    assert gone.text.startswith("Taken back.")
    (candidacy,) = await all_of(home, award)
    assert (State.OPEN, 1) == (candidacy.state, len(candidacy.nominations))

    again = await home.press("Ana", asked, "Yes, take it back")
    assert "nominations.refused-gone" == again.reason
    asked = await home.press("Cleo", hers, "Take back")
    await home.press("Cleo", asked, "Yes, take it back")
    (candidacy,) = await all_of(home, award)
    assert (State.WITHDRAWN, ()) == (candidacy.state, candidacy.nominations)


async def test_who_was_withdrawn_can_be_nominated_again(home: Community) -> None:
    """The same candidacy opens anew, and waits from then on."""
    award = await opened(home)
    asked = await home.press(
        "Ana", await nominate(home, "Ana", "Ben", award), "Take back"
    )
    await home.press("Ana", asked, "Yes, take it back")
    home.clock.move(hours=2)
    await nominate(home, "Dai", "Ben", award, OTHER)

    (candidacy,) = await all_of(home, award)
    assert (State.OPEN, home.clock()) == (candidacy.state, candidacy.opened_at)
    assert candidacy.decided_at is None
    assert [OTHER] == [each.words for each in candidacy.nominations]


async def test_a_member_nominates_as_many_as_the_award_allows(home: Community) -> None:
    """One more is refused with what to do; taking one back makes room for another."""
    award = await opened(home, per_member=2)
    first = await nominate(home, "Ana", "Ben", award)
    last = await nominate(home, "Ana", "Cleo", award)
    assert "That was your last one in this round." in last.text

    over = await nominate(home, "Ana", "Dai", award)
    assert ("nominations.refused-limit", "award") == (over.reason, over.at)
    assert "You can nominate 2 people in this round, and you did." in over.text
    assert not (await nominate(home, "Eve", "Dai", award)).refused

    asked = await home.press("Ana", first, "Take back")
    await home.press("Ana", asked, "Yes, take it back")
    assert not (await nominate(home, "Ana", "Dai", award)).refused


async def test_what_is_asked_for_more_is_changed_also_after_closing(
    home: Community,
) -> None:
    """Nominators can answer; what they send opens the candidacy again."""
    award = await opened(home)
    await nominate(home, "Ana", "Ben", award)
    (candidacy,) = await all_of(home, award)
    await closed(home, award)
    assert await settled(home, candidacy, State.ASKED)

    listed = await home.type("Ana", "nominations")
    assert "more is asked of you" in listed.text
    shown = await home.press("Ana", listed, "1 · Kind soul")
    sheet = await home.press("Ana", shown, "Change")
    sent = await home.press("Ana", sheet, "Replace what stands")

    assert not sent.refused
    (candidacy,) = await all_of(home, award)
    assert State.OPEN is candidacy.state


async def test_nothing_is_changed_once_it_is_closed_or_decided(home: Community) -> None:
    """Buttons from before say so, and what was said stands."""
    award = await opened(home)
    receipt = await nominate(home, "Ana", "Ben", award)
    sheet = await home.press("Ana", receipt, "Change")
    await closed(home, award)

    for label, said in (("Change", receipt), ("Take back", receipt)):
        refused = await home.press("Ana", said, label)
        assert "nominations.refused-settled" == refused.reason
    late = await home.press("Ana", sheet, "Replace what stands")
    assert "nominations.refused-settled" == late.reason
    (candidacy,) = await all_of(home, award)
    await settled(home, candidacy, State.DECLINED)
    refused = await home.press("Ana", receipt, "Take back")
    assert "nominations.refused-settled" == refused.reason
    assert 1 == len((await all_of(home, award))[0].nominations)


async def test_mine_are_listed_with_what_became_of_them(home: Community) -> None:
    """The newest first, each with its state; one can be looked at."""
    soul = await opened(home)
    helper = await opened(home, "Helping hand")
    await nominate(home, "Ana", "Ben", soul)
    home.clock.move(hours=1)
    await nominate(home, "Ana", "Cleo", helper, OTHER)
    (ben,) = await all_of(home, soul)
    await settled(home, ben, State.WON)
    await nominate(home, "Dai", "Eve", soul)

    listed = await home.type("Ana", "nominations")
    lines = listed.text.splitlines()
    assert "1 · Helping hand" in lines
    assert "2 · Kind soul" in lines
    assert "waits for a decision" in lines[lines.index("1 · Helping hand") + 1]
    assert lines[lines.index("2 · Kind soul") + 1].endswith(": chosen")
    assert "Eve" not in listed.text
    assert "Open now: Helping hand and Kind soul" in listed.text
    shown = await home.press("Ana", listed, "2 · Kind soul")
    assert f"“{WHY}”" in shown.text
    assert () == tuple(shown.message.actions())
    elsewhere = await home.press("Dai", listed, "2 · Kind soul")
    assert "nominations.refused-gone" == elsewhere.reason


async def test_who_nominated_nobody_reads_how_to_begin(home: Community) -> None:
    """With no award open, it says so; with one, a button opens the form."""
    empty = await home.type("Ana", "nominations")
    assert "No award is open at the moment." in empty.text
    award = await opened(home)
    listed = await home.type("Ana", "nominations")
    form = await home.press("Ana", listed, "Nominate somebody")
    person = home.person("Ben")
    sent = await home.fill_in("Ana", form, who=person, award=str(award.id), why=WHY)
    assert not sent.refused


async def test_a_message_is_nominated_for(home: Community) -> None:
    """Its author, its words and its link are filled in, and so is the only award."""
    award = await opened(home)
    ben = home.person("Ben")
    link = "https://chat.example/archives/C1/p5"
    target = Target(home.channel("general"), "5", ben, "I fixed the *kiln*.", link)
    call = home.call("Ana", target=target)
    form = await home.do(call, Action("nominations.nominate-this"), None)

    assert award.round is not None
    own = Action("nominations.fill-in", (award.id, award.round.id))
    assert own == form.form.action
    want = {"who": ben, "why": "“I fixed the *kiln*.”", "links": link}
    assert want == form.form.draft
    assert not (await home.fill_in("Ana", form)).refused


async def test_a_message_that_cannot_be_nominated_for_says_why(home: Community) -> None:
    """Before anything is typed: one's own, a bot's, and while no award is open."""
    ben, bot = home.person("Ben"), home.person("Robo", bot=True)

    async def chosen(author: object, link: str | None = None) -> object:
        target = Target(home.channel("general"), "5", author, "Words.", link)  # type: ignore[arg-type]
        call = home.call("Ana", target=target)
        return await home.do(call, Action("nominations.nominate-this"), None)

    assert "nominations.refused-none-open" == (await chosen(ben)).reason  # type: ignore[attr-defined]
    await opened(home)
    mine = home.person("Ana")
    assert "nominations.refused-self" == (await chosen(mine)).reason  # type: ignore[attr-defined]
    assert "nominations.refused-bot" == (await chosen(bot)).reason  # type: ignore[attr-defined]
    local = await chosen(ben, "http://127.0.0.1:8080/to/5")
    assert "links" not in local.form.draft  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", ["one after the other", "at once"])
async def test_the_same_action_delivered_again_is_one(
    home: Community, way: str
) -> None:
    """A platform that delivers twice makes one nomination, answered twice alike."""
    award = await opened(home)
    call = home.call("Ana")
    answers = {"who": home.person("Ben"), "award": str(award.id), "why": WHY}
    if way == "at once":
        twice = await asyncio.gather(*(home.do(call, FORM, answers) for _ in range(2)))
    else:
        twice = [await home.do(call, FORM, answers) for _ in range(2)]

    assert twice[0].text == twice[1].text
    assert ["nominations.made"] == await kinds(home)
    assert [WHY] == await words_kept(home)


async def test_a_press_delivered_again_is_one(home: Community) -> None:
    """So is a sheet that is sent twice, by one press or by two."""
    award = await opened(home)
    await previewing(home, "Ana")
    sheet = await nominate(home, "Ana", "Ben", award)
    send = next(a for a in sheet.message.actions() if a.route == "nominations.send")
    call = home.call("Ana")
    first, same = [await home.do(call, send, None) for _ in range(2)]
    second = await home.do(home.call("Ana"), send, None)

    assert first.text == same.text
    assert "common.draft-gone" == second.reason
    assert ["nominations.made"] == await kinds(home)


async def test_nobody_uses_the_draft_or_nomination_of_another(home: Community) -> None:
    """Not even a moderator, by a button that was guessed."""
    award = await opened(home)
    await previewing(home, "Ana")
    sheet = await nominate(home, "Ana", "Ben", award)
    home.person("Mo", Role.MODERATOR)
    for act in sheet.message.actions():
        if act.route == "nominations.drop":
            continue
        refused = await home.do(home.call("Mo"), act, None)
        assert "common.draft-gone" == refused.reason
    receipt = await home.press("Ana", sheet, "Nominate")
    for label in ("Change", "Take back"):
        refused = await home.press("Mo", receipt, label)
        assert "nominations.refused-gone" == refused.reason


async def test_an_award_is_also_known_by_its_name(home: Community) -> None:
    """Where a platform lets people type on, the name is as good as the choice."""
    await opened(home)
    ben = home.person("Ben")
    done = await home.type("Ana", "nominate", who=ben, award=" kind  SOUL ", why=WHY)
    assert not done.refused


async def test_only_open_awards_are_offered(home: Community) -> None:
    """What is closed is not, and what is typed narrows it down."""
    soul = await opened(home)
    await closed(home, await opened(home, "Helping hand"))
    await opened(home, "Night owl")

    async def offered(typed: str) -> list[str]:
        found = await home.laurel.dispatcher.suggest(
            "nominations.open", home.call("Ana"), typed
        )
        return [each.value for each in found]

    assert 2 == len(await offered(""))
    assert [str(soul.id)] == await offered("SOUL")
