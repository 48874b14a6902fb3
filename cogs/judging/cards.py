"""What moderators see of check-ins that wait, and of what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.chat.clip import clip
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    File,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, Style, Value, When, phrase
from bot.domain.refs import MemberRef
from cogs.judging.cases import Case
from cogs.judging.deciding import Judged
from cogs.judging.going import Next, Waiting
from cogs.judging.keeping import MAX_LISTED
from cogs.judging.showing import MAX_CARDS
from storage.challenges.checkins import CheckInState
from storage.challenges.proofs import About, Held

MAX_SAID_CHARS = 1_000
MAX_REASON_CHARS = 500
MAX_PROMPT_CHARS = 150
MAX_LINK_CHARS = 300
MAX_FILE_CHARS = 40

_BYTES_PER_KB = 1_000

_TONES = {
    CheckInState.COUNTED: Tone.JOY,
    CheckInState.WAITING: Tone.PLAIN,
    CheckInState.REFUSED: Tone.PLAIN,
    CheckInState.TAKEN_BACK: Tone.PLAIN,
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A check-in as one card shows it.

    Attributes:
        by: Who made it what it is; None for nobody, and for who is erased.

        passed: Whether another card of it came after this one.

        alone: Whether only whoever asked sees it, and goes on to the next from it.

        deciders: Who alone can judge it; None where any moderator without a part in
            it can.

        free_at: From when on they can, where they have a part in it themselves.
    """

    case: Case
    by: MemberRef | None = None
    passed: bool = False
    alone: bool = False
    deciders: tuple[MemberRef, ...] | None = None
    free_at: datetime | None = None


def checkin(shown: Shown) -> Message:
    """Return the card: whole while it waits, and what was decided afterwards."""
    case = shown.case
    card = Card(
        title=phrase("judging.card", challenge=Quote(case.challenge.terms.title)),
        body=tuple(_body(shown)),
        facts=tuple(_facts(case)),
        tone=_TONES[case.state],
    )
    row = tuple(_buttons(shown)) if _is_open(case) else ()
    return say(card, Buttons(row)) if row else say(card)


def queue(title: str, challenge: int, count: int | None) -> Message:
    """Return the card that leads to all that wait; None where none does any more."""
    titled = phrase("judging.card", challenge=Quote(title))
    if count is None:
        return say(Card(title=titled, body=(phrase("judging.queue-done"),)))
    said = "judging.queue" if count <= MAX_CARDS else "judging.queue-about"
    return say(Card(title=titled, body=(phrase(said, count=count),)), _go_on(challenge))


def ended(title: str, challenge: int, count: int) -> Message:
    """Return what reminds moderators of what waits when the days are over."""
    titled = phrase("judging.card", challenge=Quote(title))
    body = (phrase("judging.ended", count=count),)
    card = Card(title=titled, body=body, tone=Tone.WARNING)
    return say(card, _go_on(challenge))


def overview(found: Sequence[Waiting]) -> Message:
    """Return the challenges in which check-ins wait, to pick from."""
    if not found:
        return note("judging.none")
    options = (
        Option(
            phrase(
                "judging.option",
                challenge=Quote(each.challenge.terms.title),
                count=each.count,
            ),
            Action("judging.next", (each.challenge.id,)),
        )
        for each in found
    )
    card = Card(title=phrase("judging.overview"), body=(phrase("judging.intro"),))
    return say(card, Select(phrase("judging.pick"), tuple(options)))


def going_on(found: Next, done: Judged | None = None) -> Message:
    """Return what lies before a moderator now, below what they just did."""
    before = (Card(body=tuple(_done(done))),) if done else ()
    if found.case is None:
        key = "judging.next-others" if found.others else "judging.next-none"
        return say(*before, Card(body=(phrase(key),)))
    return say(*before, *checkin(Shown(found.case, alone=True)).nodes)


def done(judged: Judged) -> Message:
    """Return what a moderator hears who pressed a button in the channel."""
    return say(Card(body=tuple(_done(judged))))


def handed_out(held: Held, *, own: bool) -> Message:
    """Return a file that came with a check-in."""
    kilobytes = _kilobytes(held.about.size_bytes)
    said = phrase("judging.file-here", name=Quote(held.about.name), size=kilobytes)
    file = File(held.about.name, held.about.media_type, held.content)
    care = () if own else (phrase("judging.file-care"),)
    return say(Card(body=(said, *care)), file)


def files(found: Sequence[tuple[int, About]]) -> Message:
    """Return the files that somebody handed in, to pick from; the newest first."""
    if not found:
        return note("judging.files-none")
    shown = found[:MAX_LISTED]
    options = (
        Option(
            phrase(
                "judging.files-option",
                name=Quote(clip(file.name, MAX_FILE_CHARS)),
                on=When(file.at, Style.DATE),
            ),
            Action("judging.file", (checkin,)),
        )
        for checkin, file in shown
    )
    card = Card(title=phrase("judging.files"), body=(phrase("judging.files-intro"),))
    pick = Select(phrase("judging.files-pick"), tuple(options))
    if len(found) <= MAX_LISTED:
        return say(card, pick)
    older = Action("judging.files", (shown[-1][1].id,))
    return say(card, pick, Buttons((Button(phrase("judging.files-older"), older),)))


def note(key: str, **values: Value) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(Phrase(key, values),)))


def day_of(case: Case) -> Phrase:
    """Return which day of how many a check-in is for."""
    of = case.challenge.terms.days
    return phrase("judging.day", day=case.checkin.day, of=of)


def _done(judged: Judged) -> Iterator[Phrase]:
    case = judged.case
    who, day = case.member.ref, case.checkin.day
    if judged.became is CheckInState.REFUSED:
        yield phrase("judging.done-refused", who=who, day=day)
    else:
        yield phrase("judging.done-counted", who=who, day=day, points=judged.points)
    if judged.part:
        yield phrase("judging.done-parted")


def _body(shown: Shown) -> Iterator[Phrase]:
    case = shown.case
    who, day = case.member.ref, day_of(case)
    late = "yes" if case.checkin.late else "no"
    yield phrase("judging.card-who", who=who, day=day, late=late)
    prompt = case.challenge.terms.prompt_of(case.checkin.day)
    if prompt:
        asked = Quote(clip(prompt, MAX_PROMPT_CHARS))
        yield phrase("judging.card-prompt", prompt=asked)
    if case.checkin.words:
        said = Quote(clip(case.checkin.words, MAX_SAID_CHARS))
        yield phrase("judging.card-said", words=said)
    if case.answer is not None and case.answer.reason is not None:
        answered = Quote(clip(case.answer.reason, MAX_SAID_CHARS))
        yield phrase("judging.card-answer", words=answered)
    yield _standing(shown)
    last = case.last
    if last is not None and last.part and last.state is case.state:
        yield phrase("judging.card-parted")
    if shown.deciders is not None:
        people = {"people": shown.deciders}
        if shown.free_at is None:
            yield phrase("judging.card-for-admins", **people)
        else:
            at = When(shown.free_at)
            yield phrase("judging.card-for-parted", at=at, **people)


def _standing(shown: Shown) -> Phrase:
    """Return what became of it so far, when and by whom."""
    case, last = shown.case, shown.case.last
    if case.state is CheckInState.WAITING:
        if shown.passed:
            return phrase("judging.card-passed")
        if case.challenge.state.over:
            return phrase("judging.card-over")
        since = When(last.at if last else case.checkin.at, Style.RELATIVE)
        return phrase("judging.card-waiting", since=since)
    if last is None or last.state is not case.state:
        return phrase(f"judging.card-{case.state}")
    who: Value = phrase("judging.somebody") if shown.by is None else shown.by
    when = When(last.at)
    points = case.checkin.judged
    return phrase(f"judging.card-{case.state}-by", who=who, when=when, points=points)


def _facts(case: Case) -> Iterator[Fact]:
    if case.checkin.link:
        link = Quote(clip(case.checkin.link, MAX_LINK_CHARS))
        yield Fact(phrase("judging.link"), phrase("judging.quoted", words=link))
    if case.file is not None:
        size = _kilobytes(case.file.size_bytes)
        named = phrase("judging.file-is", name=Quote(case.file.name), size=size)
        yield Fact(phrase("judging.file-label"), named)
    elif case.checkin.file is not None:
        yield Fact(phrase("judging.file-label"), phrase("judging.file-gone"))
    refusals = [e for e in case.steps if e.state is CheckInState.REFUSED]
    if refusals and refusals[0].reason:
        reason = Quote(clip(refusals[-1].reason or "", MAX_REASON_CHARS))
        yield Fact(phrase("judging.why"), phrase("judging.quoted", words=reason))


def _is_open(case: Case) -> bool:
    return case.state is CheckInState.WAITING and not case.challenge.state.over


def _buttons(shown: Shown) -> Iterator[Button]:
    case, on = shown.case, int(shown.alone)
    if shown.passed:
        yield Button(phrase("judging.look"), Action("judging.open", (case.id,)))
        return
    count = Action("judging.count", (case.id, on))
    yield Button(phrase("judging.count"), count, Tone.MAIN)
    if case.challenge.terms.scoring.judged:
        yield Button(phrase("judging.score"), Action("judging.score", (case.id, on)))
    yield Button(phrase("judging.refuse"), Action("judging.refuse", (case.id, on)))
    if case.file is not None:
        yield Button(phrase("judging.file"), Action("judging.file", (case.id,)))
    if shown.alone:
        skip = Action("judging.skip", (case.challenge.id, case.id))
        yield Button(phrase("judging.skip"), skip)


def _go_on(challenge: int) -> Buttons:
    on = Action("judging.next", (challenge,))
    return Buttons((Button(phrase("judging.next"), on, Tone.MAIN),))


def _kilobytes(size_bytes: int) -> int:
    return max(1, round(size_bytes / _BYTES_PER_KB))
