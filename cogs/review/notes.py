"""What nominators, nominees and everybody read of what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.chat.message import Action, Button, Buttons, Card, Message, Tone, say
from bot.chat.pictures import ShoutoutCard
from bot.chat.text import Phrase, Quote, When, phrase
from bot.domain.nominations import State
from cogs.review.cases import Case
from storage.appeals import Reply


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment of the calendar in which winners are announced.

    Attributes:
        at: When it begins, as it is planned now; None where that is not known.
    """

    name: Quote | Phrase
    at: datetime | None


def asked(case: Case) -> Message:
    """Return what a nominator is asked for, and the way to the form."""
    body = [phrase("review.asked", award=_award(case), nominee=case.nominee.ref)]
    body += _reason(case)
    body.append(phrase("review.asked-next"))
    card = Card(title=phrase("review.asked-title"), body=tuple(body))
    amend = Action("nominations.change", (case.id,))
    return say(card, Buttons((Button(phrase("review.amend"), amend, Tone.MAIN),)))


def to_nominator(case: Case, moment: Moment | None) -> Message:
    """Return what a nominator hears of what was decided."""
    return _outcome(case, moment, "nominator")


def to_nominee(case: Case, moment: Moment | None) -> Message:
    """Return what the nominee hears, where they hear of it."""
    return _outcome(case, moment, "nominee")


def taken_back(case: Case, whom: str) -> Message:
    """Return what ``nominator`` or ``nominee`` hear of a win that was taken back."""
    award, nominee = _award(case), case.nominee.ref
    said = phrase(f"review.taken-back.{whom}", award=award, nominee=nominee)
    then = phrase("review.taken-back.next")
    title = phrase("review.taken-back.title", award=award)
    card = Card(title=title, body=(said, *_reason(case), then))
    return say(card, Buttons(tuple(_ways(case, whom))))


def answered(case: Case, reply: Reply) -> Message:
    """Return what whoever appealed hears."""
    award, nominee = _award(case), case.nominee.ref
    said = phrase(f"review.appeal-{reply.answer}", award=award, nominee=nominee)
    reason = phrase("review.reason", reason=Quote(reply.reason))
    then = phrase(f"review.appeal-{reply.answer}-next")
    title = phrase(f"review.appeal-{reply.answer}-title")
    see = Button(phrase("review.see-why"), Action("review.explain", (case.id,)))
    return say(Card(title=title, body=(said, reason, then)), Buttons((see,)))


def reopened(case: Case) -> Message:
    """Return what others hear where somebody's appeal opened it again."""
    award, nominee = _award(case), case.nominee.ref
    said = phrase("review.reopened", award=award, nominee=nominee)
    see = Button(phrase("review.see-why"), Action("review.explain", (case.id,)))
    title = phrase("review.appeal-reopened-title")
    return say(Card(title=title, body=(said,)), Buttons((see,)))


def announcement(case: Case) -> Message:
    """Return what everybody reads: who won what. Who nominated them stays unsaid."""
    standard, count = case.standard, len(case.candidacy.nominations)
    body = [phrase("review.won", nominee=case.nominee.ref, award=_award(case))]
    if standard.about:
        body.append(phrase("review.won-about", about=Quote(standard.about)))
    if count:
        body.append(phrase("review.won-count", count=count))
    alt = phrase("review.won-alt", nominee=case.nominee.ref, award=_award(case))
    picture = ShoutoutCard(
        title=phrase("review.won-picture"),
        receivers=(case.nominee.ref,),
        words=Quote(standard.about or case.award.name),
        value=_award(case) if standard.about else None,
    )
    card = Card(
        title=phrase("review.won-title", award=_award(case)),
        body=tuple(body),
        picture=picture.picture(alt),
        tone=Tone.JOY,
    )
    return say(card, mentions=(case.nominee.ref,))


def _outcome(case: Case, moment: Moment | None, whom: str) -> Message:
    award, nominee = _award(case), case.nominee.ref
    said = phrase(f"review.{case.state}-{whom}", award=award, nominee=nominee)
    body = [said, *_reason(case), _next(case, moment, whom)]
    tone = Tone.JOY if case.state is State.WON else Tone.PLAIN
    title = phrase(f"review.{case.state}-{whom}-title", award=award)
    card = Card(title=title, body=tuple(body), tone=tone)
    return say(card, Buttons(tuple(_ways(case, whom))))


def _next(case: Case, moment: Moment | None, whom: str) -> Phrase:
    """Return what comes next."""
    if case.state is not State.WON:
        return phrase(f"review.{case.state}-{whom}-next")
    if moment is not None and moment.at is not None:
        return phrase("review.won-moment", moment=moment.name, at=When(moment.at))
    if case.community.settings.wall is None:
        return phrase("review.won-unsaid")
    return phrase("review.won-now", wall=case.community.settings.wall)


def _ways(case: Case, whom: str) -> Iterator[Button]:
    yield Button(phrase("review.see-why"), Action("review.explain", (case.id,)))
    if case.decision is not None and case.state in {State.LOST, State.DECLINED}:
        appeal = Action("review.object", (case.decision.id,))
        yield Button(phrase("review.object"), appeal)
    if case.state is State.WON and whom == "nominee":
        yield Button(phrase("review.privacy"), Action("privacy.privacy"))


def _reason(case: Case) -> Iterator[Phrase]:
    made = case.decision
    if made is not None and made.state is case.state and made.reason is not None:
        yield phrase("review.reason", reason=Quote(made.reason))


def _award(case: Case) -> Quote:
    return Quote(case.award.name)
