"""What everybody reads of a ballot that has ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.chat.limits import MAX_FACTS
from bot.chat.message import Card, Fact, Message, Picture, Tone, say
from bot.chat.pictures import ShoutoutCard
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.refs import MemberRef


@dataclass(frozen=True, slots=True)
class Winner:
    """Somebody who won, as everybody may see it.

    Attributes:
        member: None where they may not be named any more.
    """

    member: MemberRef | None
    yes: int
    no: int
    abstain: int


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a ballot.

    Attributes:
        handed: Whether the moderators decide in the committee's place.

        announced: Whether it may be said who won.

        lost: How many were not chosen.

        taken_back: How many won, and do not any more.

        about: What the award is for; empty where nobody wrote it down.
    """

    award: str
    handed: bool
    announced: bool
    won: Sequence[Winner]
    lost: int
    voters: int
    taken_back: int = 0
    about: str = ""


def result(told: Told) -> Message:
    """Return what came of a ballot: counts, and never who voted what."""
    title = phrase("committees.result", award=Quote(told.award))
    if told.handed:
        return say(Card(title=title, body=(phrase("committees.result-handed"),)))
    winners = tuple(each.member for each in told.won if each.member and told.announced)
    body = [phrase("committees.result-voters", count=told.voters)]
    if winners:
        body.insert(0, _won(told, winners))
    if not told.announced:
        body.append(phrase("committees.result-later"))
        return say(Card(title=title, body=tuple(body)))
    if told.taken_back:
        taken_back = phrase("committees.result-taken-back", count=told.taken_back)
        body.append(taken_back)
    elif not told.won:
        body.append(phrase("committees.result-nobody"))
    if told.lost and told.won:
        body.append(phrase("committees.result-others", count=told.lost))
    facts = tuple(map(_winner, told.won))
    tone = Tone.JOY if facts else Tone.PLAIN
    footer = phrase("committees.result-footer")
    picture = _picture(told, winners) if winners else None
    shown = facts[:MAX_FACTS]
    first = Card(title=title, body=tuple(body), facts=shown, picture=picture, tone=tone)
    more = (
        Card(facts=facts[place : place + MAX_FACTS], tone=tone)
        for place in range(MAX_FACTS, len(facts), MAX_FACTS)
    )
    *cards, last = first, *more
    return say(*cards, replace(last, footer=footer), mentions=winners)


def _picture(told: Told, winners: tuple[MemberRef, ...]) -> Picture:
    """Return the winners to be looked at, as those whom moderators chose are shown."""
    award, count = Quote(told.award), len(winners)
    alt = phrase("committees.result-won", winners=winners, award=award, count=count)
    return ShoutoutCard(
        title=phrase("committees.result-picture"),
        receivers=winners,
        words=Quote(told.about or told.award),
        value=award if told.about else None,
    ).picture(alt)


def _won(told: Told, winners: tuple[MemberRef, ...]) -> Phrase:
    award, count = Quote(told.award), len(winners)
    return phrase("committees.result-won", winners=winners, award=award, count=count)


def _winner(each: Winner) -> Fact:
    votes = phrase("committees.votes", yes=each.yes, no=each.no, abstain=each.abstain)
    if each.member is None:
        return Fact(phrase("committees.winner-unnamed"), votes)
    return Fact(phrase("committees.winner", member=each.member), votes)
