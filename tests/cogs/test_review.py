"""Nominations are decided once, by somebody who has no part in them."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.chat.message import Action
from bot.domain.awards import Decider
from bot.domain.people import Role
from tests.cogs.nominating import CRITERIA, LINK, OTHER, WHY, all_of, nominate
from tests.cogs.reviewing import (
    NOT_YET,
    Words,
    as_seen,
    asked,
    audited,
    card,
    cards,
    declined,
    moderated,
    of,
    put_forward,
    said,
    state_of,
)
from tests.harness import Community

MORE = "Which newcomers, and what can they do since then?"


async def test_the_card_tells_all_that_moderators_need(home: Community) -> None:
    """Who, for what, in whose words, what they ticked, and with which evidence."""
    award = await moderated(home, criteria=CRITERIA, winners=2)
    await said(home, "Ben", "Nora", award, Words(WHY, (0, 1), (LINK,)))
    await said(home, "Cleo", "Nora", award, Words(OTHER, (0,)))

    text = card(home).text
    for told in ("Kind soul", "Nora", "2 people", "@Ben", WHY, "@Cleo", OTHER, LINK):
        assert told in text
    ticked = dict(zip(text.splitlines(), text.splitlines()[1:], strict=False))
    assert "2 of 2" == ticked["“Taught others”"]
    assert "1 of 2" == ticked["“Built something”"]
    assert "0 of 2" == ticked["“Stayed calm”"]
    assert "2 of 2 left" == ticked["Seats in this round"]


async def test_the_card_is_edited_and_never_posted_again(home: Community) -> None:
    """However much happens, moderators find one card for each who is put forward."""
    award = await put_forward(home)
    first = card(home)
    await nominate(home, "Cleo", "Nora", award, OTHER)
    await home.press("Mo", card(home), "I am on it")
    await asked(home, "Mo", card(home), MORE)
    await home.press("Mo", card(home), "Approve")

    assert first.id == card(home).id
    assert "**Approved**" not in card(home).text
    assert "Approved by @Mo" in card(home).text
    assert ["review.take-back"] == [a.route for a in card(home).message.actions()]


async def test_a_blind_award_hides_who_nominated(home: Community) -> None:
    """The words are read, and whose they are is not; not in what is said whole."""
    award = await put_forward(home, blind=True)
    text = card(home).text
    assert WHY in text
    assert "Ben" not in text
    assert "hidden here" in text
    (candidacy,) = await all_of(home, award)
    words = Action("review.words", (candidacy.id,))
    whole = await home.do(home.call("Mo"), words, None)
    assert WHY in whole.text
    assert "Ben" not in whole.text


async def test_long_words_are_cut_and_can_be_read_whole(home: Community) -> None:
    """The card stays readable, and nothing that was said is lost."""
    award = await moderated(home)
    long = "Every morning she was there before us. " * 20
    await said(home, "Ben", "Nora", award, Words(long.strip(), links=(LINK,)))
    await said(home, "Cleo", "Nora", award, Words(OTHER))

    assert long.strip() not in card(home).text
    first = await home.press("Mo", card(home), "Read it all")
    assert long.strip() in first.text
    assert LINK in first.text
    second = await home.press("Mo", first, "The next one")
    assert OTHER in second.text
    assert long.strip() in (await home.press("Mo", second, "The one before")).text


async def test_who_is_on_it_stands_on_the_card(home: Community) -> None:
    """Until they say that they are not any more."""
    await put_forward(home)
    on_it = await home.press("Mo", card(home), "I am on it")
    home.clock.move(minutes=1)
    await home.press("Max", card(home), "I am on it")
    assert "@Mo and @Max" in card(home).text
    await home.press("Mo", on_it, "Not any more")
    assert "@Mo" not in card(home).text


async def test_one_who_presses_later_hears_what_was_decided(home: Community) -> None:
    """One outcome, and a kind word that says which, and by whom."""
    award = await put_forward(home)
    shown = as_seen(home)
    assert not (await home.press("Mo", shown, "Approve")).refused
    late = await declined(home, "Max", shown)

    assert "review.late-won" == late.reason
    assert "@Mo approved this one" in late.text
    assert "Thank you" in late.text
    assert ["won"] == await state_of(home, award)
    assert ["review.won"] == await audited(home)


async def test_two_who_press_at_once_decide_once(home: Community) -> None:
    """Whoever is first decides, and all others hear of it."""
    award = await put_forward(home)
    for n in range(20):
        home.person(f"Moderator {n}", Role.MODERATOR)
    (candidacy,) = await all_of(home, award)
    press = Action("review.approve", (candidacy.id,))
    replies = await asyncio.gather(
        *(home.do(home.call(f"Moderator {n}"), press, None) for n in range(20))
    )
    assert 1 == sum(not each.refused for each in replies)
    assert {"review.late-won"} == {r.reason for r in replies if r.refused}
    assert 1 == len(await of(home, candidacy.id))


async def test_nobody_decides_about_themselves_or_their_nominee(
    home: Community,
) -> None:
    """A moderator who is nominee or nominator leaves it to others, also withdrawn."""
    award = await put_forward(home, "Max", ("Mo", "Ben"))
    shown = as_seen(home)
    for button in ("Approve", "I am on it", "Recuse"):
        assert (
            "review.refused-nominee" == (await home.press("Max", shown, button)).reason
        )
        assert (
            "review.refused-nominator" == (await home.press("Mo", shown, button)).reason
        )
    assert "review.refused-nominee" == (await declined(home, "Max", shown)).reason
    assert "review.refused-nominator" == (await asked(home, "Mo", shown, MORE)).reason
    (candidacy,) = await all_of(home, award)
    withdraw = Action("nominations.withdraw-now", (candidacy.id,))
    assert not (await home.do(home.call("Mo"), withdraw, None)).refused
    assert (
        "review.refused-nominator" == (await home.press("Mo", shown, "Approve")).reason
    )
    assert not (await home.press("Mia", shown, "Approve")).refused


async def test_who_recused_themselves_decides_nothing(home: Community) -> None:
    """It cannot be taken back, and the others see it."""
    await put_forward(home)
    await home.press("Mo", card(home), "I am on it")
    await home.press("Mo", card(home), "Recuse")
    text = card(home).text
    assert "Keeping out of it\n@Mo" in text
    assert "Nobody yet" in text
    for button in ("Approve", "I am on it", "Recuse"):
        said_no = await home.press("Mo", card(home), button)
        assert "review.refused-recused" == said_no.reason
    assert not (await home.press("Max", card(home), "Approve")).refused
    assert ["review.recuse", "review.won"] == await audited(home)


async def test_seats_are_never_exceeded(home: Community) -> None:
    """Whoever comes after the last seat hears that it is taken."""
    award = await put_forward(home, "Nora")
    await nominate(home, "Ben", "Otto", award)
    first, second = map(replace, cards(home))
    assert "1 of 1 left" in second.text
    await home.press("Mo", first, "Approve")
    assert "none of 1 left" in cards(home)[1].text
    full = await home.press("Mo", second, "Approve")
    assert "review.refused-full" == full.reason
    assert ["open", "won"] == sorted(await state_of(home, award))
    assert not (await declined(home, "Mo", second)).refused


async def test_a_committees_award_is_not_approved_by_moderators(
    home: Community,
) -> None:
    """They can ask for more and decline; winning is for the committee."""
    award = await put_forward(home, decider=Decider.COMMITTEE)
    assert "committee votes" in card(home).text
    (candidacy,) = await all_of(home, award)
    approve = Action("review.approve", (candidacy.id,))
    refused = await home.do(home.call("Mo"), approve, None)
    assert "review.refused-committee" == refused.reason
    assert not (await asked(home, "Mo", card(home), MORE)).refused
    assert not (await declined(home, "Mo", card(home))).refused


async def test_every_nominator_is_asked_and_can_say_more(home: Community) -> None:
    """By direct message, without the moderator's name; then it waits for them again."""
    await put_forward(home, by=("Ben", "Cleo"))
    await asked(home, "Mo", card(home), MORE)

    assert "@Mo asked for more" in card(home).text
    for nominator in ("Ben", "Cleo"):
        (told,) = home.dms(nominator)
        assert MORE in told
        assert "Mo" not in told.replace("Moderators", "")
    post = home.standing(home.person("Ben").ref)[0]
    sheet = await home.press("Ben", post, "Say more")
    assert WHY in sheet.text
    again = await asked(home, "Max", card(home), MORE)
    assert "review.late-asked" == again.reason


async def test_who_takes_no_messages_is_not_written_to(home: Community) -> None:
    """They find it with /why."""
    await put_forward(home)
    await home.do(home.call("Ben"), Action("privacy.dms", (0,)), None)
    await declined(home, "Mo", card(home))
    assert [] == home.dms("Ben")
    told = await home.press("Ben", await home.type("Ben", "why"), "Nora")
    assert NOT_YET in told.text


async def test_a_nomination_that_is_not_there_is_refused(home: Community) -> None:
    """Also one of another community."""
    await moderated(home)
    for route in ("approve", "recuse", "take", "leave", "open", "words"):
        gone = await home.do(home.call("Mo"), Action(f"review.{route}", (77,)), None)
        assert "review.refused-unknown" == gone.reason


async def test_a_withdrawn_one_has_nothing_to_decide(home: Community) -> None:
    """Moderators see on the card that it is withdrawn."""
    award = await put_forward(home)
    (candidacy,) = await all_of(home, award)
    shown = as_seen(home)
    withdraw = Action("nominations.withdraw-now", (candidacy.id,))
    await home.do(home.call("Ben"), withdraw, None)
    assert "Withdrawn" in card(home).text
    late = await home.press("Mo", shown, "Approve")
    assert "review.late-withdrawn-settled" == late.reason


async def test_without_a_channel_the_queue_has_it_all(home: Community) -> None:
    """Nothing is posted, and /review leads to each; a channel of later shows them."""
    award = await moderated(home)
    await home.settings(moderators=None)
    await nominate(home, "Ben", "Nora", award)
    await nominate(home, "Ben", "Otto", award)
    assert [] == cards(home)

    queue = await home.type("Mo", "review")
    assert "Nora · Kind soul" in queue.text.replace("@", "")
    shown = await home.press("Mo", queue, "Otto")
    assert not (await home.press("Mo", shown, "Approve")).refused
    assert "Otto" not in (await home.type("Mo", "review")).text


async def test_the_queue_is_oldest_first_and_leaves_out_ones_own(
    home: Community,
) -> None:
    """Page by page; what is about the reader is for the others."""
    award = await moderated(home, per_member=20, winners=20)
    await nominate(home, "Ben", "Max", award)
    for n in range(6):
        home.clock.move(minutes=1)
        await nominate(home, "Ben", f"Nominee {n}", award)
    first = await home.type("Max", "review")
    assert "Max" not in first.text.replace("@Max", "Max")
    names = [line for line in first.text.splitlines() if line.startswith("@Nominee")]
    assert [f"@Nominee {n} · Kind soul" for n in range(5)] == names
    second = await home.press("Max", first, "More")
    assert "Nominee 5" in second.text
    back = await home.press("Max", second, "Before")
    assert first.text == back.text
