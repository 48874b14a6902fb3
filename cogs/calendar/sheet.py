"""What moderators see while they plan: the sheet, what was saved, what is taken off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from bot.chat.clip import clip
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Message,
    Option,
    Select,
    Tone,
    say,
)
from bot.chat.text import Day, Phrase, Quote, When, phrase
from cogs.calendar import phrases, repeats
from cogs.calendar.drafting import KINDS, Draft, Plan
from cogs.calendar.planner import Planned, Sketch

MAX_LINE_TITLE_CHARS = 40

MAX_PUT_BACK = 5
"""Of the dates that are left out and still to come, how many are offered again."""

WORDS, TIME, REPEAT, PLACE = "words", "time", "repeat", "place"

PARTS = (WORDS, TIME, REPEAT, PLACE)
"""What can be changed singly, each by a form of its own."""


def sheet(sketch: Sketch) -> Message:
    """Return what is drafted and its next times, to be saved, changed or dropped."""
    draft, plan = sketch.draft, sketch.draft.plan
    new = "new" if draft.entry is None else "known"
    card = Card(
        title=phrase(f"calendar.sheet-{new}", kind=plan.kind),
        facts=tuple(_facts(plan)),
    )
    times = [phrase("calendar.instant", at=When(at)) for at in sketch.times]
    coming = Card(
        title=phrase("calendar.times", count=len(times)),
        body=tuple(times) or (phrase("calendar.no-times"),),
        footer=phrase(f"calendar.sheet-{new}-footer"),
    )
    options = tuple(_changes(draft, sketch.today))
    save = Action("calendar.save", (draft.id,))
    drop = Action("calendar.drop", (draft.id,))
    buttons = (
        Button(phrase("calendar.keep"), save, Tone.MAIN),
        Button(phrase("calendar.let-go"), drop),
    )
    change = Select(phrase("common.sheet-change"), options)
    return say(card, coming, change, Buttons(buttons))


def answers(plan: Plan) -> Mapping[str, Mapping[str, object]]:
    """Return what is drafted as answers to the form of each part."""
    said = repeats.said_of(plan.repeats)
    return {
        WORDS: {"name": plan.title, "about": plan.about or None},
        TIME: {"on": plan.start.date(), "at": plan.start.time(), "city": plan.zone},
        REPEAT: {
            "how": str(said.how),
            "weekdays": tuple(said.weekdays) or None,
            "nth": str(said.nth) if said.nth else None,
            "until": said.until,
            "rule": said.rule or None,
        },
        PLACE: {"channel": plan.channel, "lasts": plan.lasts or None},
    }


def saved(planned: Planned) -> Message:
    """Return that something is on the calendar now, and when it comes next."""
    moment = planned.moment
    card = Card(
        title=phrase("calendar.saved", title=moment.name),
        body=(_next(planned),),
        footer=phrase("calendar.saved-footer"),
    )
    return say(card)


def taking_off(planned: Planned, dates: Sequence[date]) -> Message:
    """Ask how much of something is to be taken off; ``dates`` are its next ones."""
    moment = planned.moment
    card = Card(
        title=phrase("calendar.off-title", title=moment.name),
        body=(_next(planned), phrase("calendar.off-what")),
    )
    ways = Buttons(tuple(_ways_off(planned)))
    if moment.rule.pattern is None or len(dates) <= 1:
        return say(card, ways)
    options = [
        Option(phrase("calendar.off-time", on=Day(on)), _skip(moment.entry, on))
        for on in dates[1:]
    ]
    another = Action("calendar.another", (moment.entry,))
    options.append(Option(phrase("calendar.off-later"), another))
    return say(card, Select(phrase("calendar.off-other"), tuple(options)), ways)


def note(key: str, **values: Quote | Phrase | Day) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(phrase(key, **values),)))


def one_line(planned: Planned) -> Phrase:
    """Return something on the calendar as an entry of a list."""
    title, next_one = planned.moment.title, planned.next
    name = Quote(clip(title, MAX_LINE_TITLE_CHARS))
    if next_one is None:
        return phrase("calendar.line-over", title=name)
    return phrase("calendar.line", title=name, at=When(next_one.at))


def _changes(draft: Draft, today: date) -> Iterator[Option]:
    plan = draft.plan
    for part in PARTS:
        form = Action("calendar.form", (draft.id, part))
        yield Option(phrase(f"calendar.part-{part}"), form)
    for kind in KINDS:
        if kind != plan.kind:
            become = Action("calendar.become", (draft.id, str(kind)))
            yield Option(phrase("calendar.become", kind=str(kind)), become)
    to_come = [on for on in plan.exceptions if on >= today]
    for on in to_come[:MAX_PUT_BACK]:
        back = Action("calendar.put-back", (draft.id, f"{on}"))
        yield Option(phrase("calendar.put-back", on=Day(on)), back)


def _skip(entry: int, on: date) -> Action:
    return Action("calendar.skip", (entry, f"{on}"))


def _facts(plan: Plan) -> Iterator[Fact]:
    yield Fact(phrase("calendar.fact-title"), _quoted(plan.title))
    if plan.about:
        yield Fact(phrase("calendar.fact-about"), _quoted(plan.about))
    where = phrase("calendar.nowhere")
    if plan.channel:
        where = phrase("calendar.place-in", channel=plan.channel)
    yield Fact(phrase("calendar.fact-channel"), where)
    yield Fact(phrase("calendar.fact-lasts"), phrases.length(plan.lasts))
    yield Fact(phrase("calendar.fact-starts"), phrases.starts(plan.repeats))
    yield Fact(phrase("calendar.fact-repeats"), phrases.repeats(plan.repeats))
    if plan.exceptions:
        last = tuple(map(Day, plan.exceptions[-5:]))
        without = phrase("calendar.left-out", count=len(plan.exceptions), days=last)
        yield Fact(phrase("calendar.fact-left-out"), without)


def _ways_off(planned: Planned) -> Iterator[Button]:
    moment, next_one = planned.moment, planned.next
    if moment.rule.pattern is not None and next_one is not None:
        skip = _skip(moment.entry, next_one.on)
        yield Button(phrase("calendar.off-one", on=Day(next_one.on)), skip)
    every = Action("calendar.take-off", (moment.entry,))
    yield Button(phrase("calendar.off-all"), every, Tone.WARNING)
    yield Button(phrase("calendar.off-none"), Action("calendar.leave"))


def _next(planned: Planned) -> Phrase:
    if planned.next is None:
        return phrase("calendar.no-times")
    return phrase(
        "calendar.comes",
        at=When(planned.next.at),
        every=phrases.repeats(planned.moment.rule),
    )


def _quoted(words: str) -> Phrase:
    return phrase("calendar.about-quoted", about=Quote(words))
