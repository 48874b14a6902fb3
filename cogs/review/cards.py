"""What moderators see of one candidacy: the card, and all that was said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.chat.clip import clip
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Node,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, Style, Value, When, phrase
from bot.domain.nominations import MAX_WHY_CHARS, State
from bot.domain.refs import MemberRef
from cogs.review.seen import Seen, Voice

MAX_VOICES = 3
MAX_SAID_CHARS = 250
MAX_REASON_CHARS = 400
MAX_PEOPLE = 3
MAX_CRITERION_CHARS = 70
MAX_LINKS = 4
MAX_LINK_CHARS = 120


def review(shown: Seen) -> Message:
    """Return the card: whole while it waits, and what was decided afterwards."""
    case = shown.case
    head = Card(
        title=phrase("review.card", award=Quote(case.award.name)),
        body=tuple(_body(shown)),
        facts=tuple(_facts(shown)),
        tone=Tone.PLAIN if case.state.undecided else _TONES[case.state],
    )
    if case.state is State.WON:
        back = Action("review.take-back", (case.id,))
        return say(head, Buttons((Button(phrase("review.take-back"), back),)))
    if not case.state.undecided:
        return say(head)
    return say(head, *_said(shown), *_criteria(shown), *_links(shown), *_buttons(shown))


def words(shown: Seen, place: int) -> Message:
    """Return all that one nominator said, by their place from 0, and ways to others."""
    if not 0 <= place < len(shown.voices):
        return note("review.words-none")
    ways = []
    for key, to in (("review.before", place - 1), ("review.next", place + 1)):
        if 0 <= to < len(shown.voices):
            turn = Action("review.turn", (shown.case.id, to))
            ways.append(Button(phrase(key), turn))
    below = (Buttons(tuple(ways)),) if ways else ()
    return say(_whole(shown, place), *below)


def note(key: str, **values: Value) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(Phrase(key, values),)))


def taken(candidacy: int) -> Message:
    """Return what whoever is on it hears, and the way out."""
    off = Button(phrase("review.leave"), Action("review.leave", (candidacy,)))
    return say(Card(body=(phrase("review.taken"),)), Buttons((off,)))


_TONES = {
    State.WON: Tone.JOY,
    State.LOST: Tone.PLAIN,
    State.DECLINED: Tone.PLAIN,
    State.WITHDRAWN: Tone.PLAIN,
}


def _body(shown: Seen) -> Iterator[Phrase]:
    case = shown.case
    count = len(shown.voices)
    blind = "yes" if case.standard.blind else "no"
    who = case.nominee.ref
    yield phrase("review.card-who", nominee=who, count=count, blind=blind)
    yield _standing(shown)
    reason = case.decision.reason if case.decision else None
    if reason and case.decision and case.decision.state is case.state:
        said = Quote(clip(reason, MAX_REASON_CHARS))
        yield phrase("review.card-reason", reason=said)
    if case.state.undecided and not shown.can_approve:
        yield phrase("review.card-committee")


def _standing(shown: Seen) -> Phrase:
    """Return what became of it so far, when and by whom."""
    case = shown.case
    made = case.decision
    if case.state is State.OPEN:
        since = When(case.candidacy.opened_at, Style.RELATIVE)
        again = "yes" if made and made.state is State.OPEN else "no"
        return phrase("review.card-open", since=since, again=again)
    at = case.candidacy.decided_at or (made.at if made else case.candidacy.opened_at)
    if case.state is State.ASKED:
        at = made.at if made else at
    since = When(at, Style.RELATIVE if case.state is State.ASKED else Style.MOMENT)
    if shown.taken_back and shown.by is not None:
        return phrase("review.card-taken-back", since=since, who=shown.by)
    if shown.by is None or made is None or made.state is not case.state:
        return phrase(f"review.card-{case.state}-settled", since=since)
    return phrase(f"review.card-{case.state}", since=since, who=shown.by)


def _facts(shown: Seen) -> Iterator[Fact]:
    case = shown.case
    if case.state.undecided:
        on_it = people(shown.on_it) if shown.on_it else phrase("review.card-nobody")
        yield Fact(phrase("review.card-on-it"), on_it)
        if shown.recused:
            yield Fact(phrase("review.card-recused"), people(shown.recused))
        most = case.standard.winners
        left = phrase("review.card-seats-left", left=shown.seats_left, most=most)
        yield Fact(phrase("review.card-seats"), left)
    version = phrase("review.card-version", number=case.standard.number)
    yield Fact(phrase("review.card-standard"), version)


def people(who: Sequence[MemberRef]) -> Phrase:
    """Return who it is, the first few by name."""
    named, more = who[:MAX_PEOPLE], len(who) - MAX_PEOPLE
    if more > 0:
        return phrase("review.people-more", people=tuple(named), more=more)
    return phrase("review.people", people=tuple(named))


def _said(shown: Seen) -> Iterator[Card]:
    facts = tuple(
        Fact(_name(each), _quoted(each, MAX_SAID_CHARS))
        for each in shown.voices[:MAX_VOICES]
    )
    more = len(shown.voices) - MAX_VOICES
    if facts:
        yield Card(
            title=phrase("review.card-said"),
            facts=facts,
            footer=phrase("review.card-said-more", more=more) if more > 0 else None,
        )


def _criteria(shown: Seen) -> Iterator[Card]:
    of = len(shown.voices)
    facts = tuple(
        Fact(
            phrase("review.quoted", words=Quote(clip(each.text, MAX_CRITERION_CHARS))),
            phrase("review.card-ticked", count=count, of=of),
        )
        for each, count in zip(shown.case.standard.criteria, shown.ticked, strict=True)
    )
    if facts:
        yield Card(title=phrase("review.card-criteria"), facts=facts)


def _links(shown: Seen) -> Iterator[Card]:
    """Yield the evidence as text: nobody is led anywhere by a press."""
    links = list(dict.fromkeys(chain.from_iterable(v.links for v in shown.voices)))
    facts = tuple(
        Fact(
            phrase("review.card-link", number=number),
            phrase("review.quoted", words=Quote(clip(link, MAX_LINK_CHARS))),
        )
        for number, link in enumerate(links[:MAX_LINKS], 1)
    )
    more = len(links) - MAX_LINKS
    if facts:
        yield Card(
            title=phrase("review.card-evidence"),
            facts=facts,
            footer=phrase("review.card-links-more", more=more) if more > 0 else None,
        )


def _buttons(shown: Seen) -> Iterator[Node]:
    number = shown.case.id
    row = []
    if shown.can_approve:
        approve = Action("review.approve", (number,))
        row.append(Button(phrase("review.approve"), approve, Tone.MAIN))
    row += [
        Button(phrase("review.ask"), Action("review.ask", (number,))),
        Button(phrase("review.decline"), Action("review.decline", (number,))),
        Button(phrase("review.recuse"), Action("review.recuse", (number,))),
        Button(phrase("review.take"), Action("review.take", (number,))),
    ]
    yield Buttons(tuple(row))
    if _is_cut(shown):
        whole = Action("review.words", (number,))
        yield Buttons((Button(phrase("review.words"), whole),))


def _is_cut(shown: Seen) -> bool:
    """Return whether something that was said does not stand on the card."""
    links = {link for each in shown.voices for link in each.links}
    return (
        len(shown.voices) > MAX_VOICES
        or len(links) > MAX_LINKS
        or any(len(each.words or "") > MAX_SAID_CHARS for each in shown.voices)
        or any(len(link) > MAX_LINK_CHARS for link in links)
    )


def _name(voice: Voice) -> Phrase:
    if voice.who is None:
        return phrase("review.nominator-hidden")
    return phrase("review.nominator", who=voice.who)


def _quoted(voice: Voice, max_chars: int) -> Phrase:
    if voice.words is None:
        return phrase("review.words-erased")
    return phrase("review.quoted", words=Quote(clip(voice.words, max_chars)))


def _whole(shown: Seen, place: int) -> Card:
    voice, of = shown.voices[place], len(shown.voices)
    facts = tuple(
        Fact(
            phrase("review.card-link", number=number),
            phrase("review.quoted", words=Quote(link)),
        )
        for number, link in enumerate(voice.links, 1)
    )
    return Card(
        title=phrase("review.words-title", nominee=shown.case.nominee.ref),
        body=(_name(voice), _quoted(voice, MAX_WHY_CHARS)),
        facts=facts,
        footer=phrase("review.words-place", place=place + 1, of=of),
    )
