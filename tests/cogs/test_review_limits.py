"""However much was said, each card is taken by every platform, in every language."""

from __future__ import annotations

import pytest

from bot.chat.message import Action
from bot.domain.awards import Criterion
from bot.domain.nominations import Candidacy
from bot.domain.people import Role
from tests.cogs.nominating import all_of
from tests.cogs.reviewing import Words, as_seen, card, cards, moderated, of, said
from tests.harness import Community, Reply

NOMINEE, *OTHERS = (f"{n:02} " + "W" * 77 for n in range(16))
"""Names as long as they are kept."""

AWARD, WORDS, REASON = "A" * 60, "w" * 1_000, "w" * 500

in_each_language = pytest.mark.parametrize("locale", ["en", "es"])


async def press(home: Community, who: str, route: str, number: int) -> Reply:
    """Have ``who`` press a button."""
    return await home.do(home.call(who), Action(f"review.{route}", (number,)), None)


async def send(
    home: Community, who: str, route: str, number: int, **answers: str
) -> Reply:
    """Have ``who`` send a form."""
    action = Action(f"review.{route}", (number,))
    done = await home.do(home.call(who), action, answers)
    assert not done.refused, done.text
    return done


async def filled(home: Community) -> Candidacy:
    """Have somebody be nominated with as much as anybody can say."""
    criteria = tuple(Criterion(f"{n} " + "w" * 98) for n in range(10))
    standard = {"about": REASON, "criteria": criteria, "winners": 20}
    award = await moderated(home, name=AWARD, **standard)
    for number, each in enumerate(OTHERS[:5]):
        pages = (f"https://example.org/{number}-{n}-{'w' * 270}" for n in range(5))
        everything = Words(WORDS, tuple(range(10)), tuple(pages))
        await said(home, each, NOMINEE, award, everything)
    (candidacy,) = await all_of(home, award)
    return candidacy


@in_each_language
async def test_the_fullest_card_is_taken(home: Community, locale: str) -> None:
    """With many on it and many out of it; what is cut can be read whole."""
    await home.settings(locale=locale)
    candidacy = await filled(home)
    for number, each in enumerate(OTHERS[5:]):
        home.person(each, Role.MODERATOR)
        deed = "recuse" if number % 2 else "take"
        assert not (await press(home, each, deed, candidacy.id)).refused
    assert 10 == card(home).edits - 4
    assert WORDS in (await press(home, "Mo", "words", candidacy.id)).text


@in_each_language
async def test_the_longest_decision_is_taken(home: Community, locale: str) -> None:
    """Told, explained, appealed against and looked up, with all its words."""
    await home.settings(locale=locale)
    candidacy = await filled(home)
    shown = as_seen(home)
    await send(home, "Mo", "decline", candidacy.id, reason=REASON)
    assert card(home).edits > shown.edits
    assert REASON in home.dms(OTHERS[0])[-1]
    for who in (OTHERS[0], NOMINEE):
        assert REASON in (await press(home, who, "explain", candidacy.id)).text
    (decision,) = await of(home, candidacy.id)
    await send(home, NOMINEE, "object", decision.id, words=WORDS)
    assert AWARD in cards(home)[-1].text
    assert "AAA" in (await home.type("Mo", "review")).text
    raised = max(int(a.args[0]) for a in cards(home)[-1].message.actions())
    await send(home, "Max", "reopen", raised, reason=REASON)
    assert REASON in home.dms(NOMINEE)[-1]


@in_each_language
async def test_the_longest_announcement_is_taken(home: Community, locale: str) -> None:
    """On the wall, and to whoever won."""
    await home.settings(locale=locale)
    candidacy = await filled(home)
    assert not (await press(home, "Mo", "approve", candidacy.id)).refused
    (post,) = home.posts("wall")
    assert REASON in post
    assert AWARD in home.dms(NOMINEE)[-1]
