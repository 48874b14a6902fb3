"""What recaps look like: the post, and the picture of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.chat import pictures
from bot.chat.clip import clip
from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    LinkButton,
    Message,
    Picture,
    Tone,
    say,
)
from bot.chat.pictures import Figure, Note, RecapCard, Share
from bot.chat.text import Day, Phrase, Quote, When, phrase
from bot.domain.recap import Highlight, Period, Recap
from bot.domain.refs import MemberRef
from cogs.recaps.telling import Told

MAX_SAID_CHARS = 220
"""Most of a reason that is quoted; whoever wants the rest finds the shoutout."""

ROOM_CHARS = 1_200
"""What highlights take at most in all, names included."""

PEOPLE_CHARS = 300
"""What a list of people takes at most."""

ALT_CHARS = 350
"""What people take at most in the words of the picture."""

MAX_VALUES = 5
TITLE_CHARS = 60
LEAST_SAID_CHARS = 40

_REF_CHARS = 25
"""What a mention takes on the wire where names are short."""

_DAYS = {Period.WEEK: 7, Period.MONTH: 30}


def post(told: Told) -> Message:
    """Return what everybody reads."""
    thank = Button(phrase("recaps.thank"), Action("recaps.thank"))
    return say(*recap_cards(told), Buttons((thank,)))


def reading(told: Told, older: int | None, page: LinkButton | None = None) -> Message:
    """Return a recap of the archive, with the ways to the one before it and a page."""
    buttons: list[Button | LinkButton] = [page] if page else []
    if older is not None:
        back = Button(phrase("recaps.older"), Action("recaps.show", (older,)))
        buttons.append(back)
    below = (Buttons(tuple(buttons)),) if buttons else ()
    return say(*recap_cards(told), *below)


def previewed(told: Told) -> Message:
    """Return a recap as it would be posted, for one moderator."""
    head = Card(body=(phrase("recaps.previewed"),))
    return say(head, *recap_cards(told))


def recap_cards(told: Told, *, numbered: bool = False) -> list[Card]:
    """Return the cards of a recap; with ``numbered``, highlights bear their places."""
    recap, own = told.recap, told.own
    facts: list[Fact] = []
    if "highlights" not in own.named:
        facts += _highlights(told, numbered=numbered)
    facts += _more(told)
    card = Card(
        title=title(recap),
        body=tuple(_body(told)),
        facts=tuple(facts),
        picture=_picture(told) if recap.highlights else None,
        footer=None if recap.number is None else _footer(recap),
        tone=Tone.JOY,
    )
    if recap.word is None or "word" in own.named:
        return [card]
    word = phrase("recaps.word-of-thanks", words=Quote(recap.word))
    return [card, Card(body=(word,), tone=Tone.JOY)]


def title(recap: Recap) -> Phrase:
    """Return what a recap is called; one that tells of several periods says so."""
    days = (recap.until_on - recap.since_on).days
    count = max(1, round(days / _DAYS[recap.period]))
    return phrase(f"recaps.title-{recap.period}", count=count)


def span(recap: Recap) -> Phrase:
    """Return from when to when it tells."""
    since, until = Day(recap.since_on), Day(recap.until_on)
    if recap.since_on == recap.until_on:
        return phrase("recaps.span-day", day=since)
    return phrase("recaps.span", since=since, until=until)


def note(key: str, **values: int | str | When) -> Message:
    """Return one plain sentence."""
    return say(Card(body=(Phrase(key, values),)))


def take(
    people: Sequence[MemberRef], chars: Mapping[MemberRef, int], room: int
) -> tuple[MemberRef, ...]:
    """Return as many of ``people`` as can be named in so many characters."""
    taken: list[MemberRef] = []
    for each in people:
        room -= max(_REF_CHARS, chars.get(each, 0)) + 2
        if room < 0:
            break
        taken.append(each)
    return tuple(taken)


def _body(told: Told) -> Iterator[Phrase]:
    recap, own = told.recap, told.own
    if recap.intro and (own.passage is None or "opening" not in own.named):
        yield phrase("recaps.in-own-words", words=Quote(recap.intro))
    if own.passage is not None:
        yield from own.passage.paragraphs()
        return
    if not recap.thanks:
        if not recap.intro:
            again = "-again" if told.lull else ""
            yield phrase(f"recaps.quiet-{recap.period}{again}")
        return
    if not recap.intro:
        yield phrase(f"recaps.opening-{recap.period}", span=span(recap))
    yield _summary(recap)


def _summary(recap: Recap) -> Phrase:
    return phrase(
        "recaps.summary",
        count=recap.thanks,
        givers=phrase("recaps.people-counted", count=recap.givers),
        receivers=phrase("recaps.people-counted", count=recap.receivers),
    )


def _highlights(told: Told, *, numbered: bool) -> Iterator[Fact]:
    shown = told.recap.highlights
    named = [_names(each, told.chars) for each in shown]
    while named and sum(named) + LEAST_SAID_CHARS * len(named) > ROOM_CHARS:
        named.pop()
    room = (ROOM_CHARS - sum(named)) // len(named) if named else 0
    most = min(room, MAX_SAID_CHARS)
    for place, each in enumerate(shown[: len(named)], 1):
        key = "recaps.highlight-numbered" if numbered else "recaps.highlight"
        values: dict[str, int] = {"place": place} if numbered else {}
        label = Phrase(key, {"receivers": each.receivers, **values})
        yield Fact(label, _said(each, most))


def _names(each: Highlight, chars: Mapping[MemberRef, int]) -> int:
    people = (*each.receivers, *((each.giver,) if each.giver else ()))
    named = sum(max(_REF_CHARS, chars.get(one, 0)) + 2 for one in people)
    return named + len(each.value or "")


def _said(each: Highlight, most: int) -> Phrase:
    words: Phrase = phrase("recaps.quoted", reason=Quote(_clipped(each.reason, most)))
    if each.giver:
        words = phrase("recaps.said", giver=each.giver, words=words)
    if each.value:
        return phrase("recaps.said-for", words=words, value=Quote(each.value))
    return words


def _more(told: Told) -> Iterator[Fact]:
    """Yield what stands below the highlights, but what own words speak of."""
    recap, named = told.recap, told.own.named
    if recap.series is not None:
        label = phrase(f"recaps.series-{recap.period}", number=recap.series.number)
        yield Fact(label, phrase("recaps.named", people=recap.series.people))
    if recap.first_timers and "newcomers" not in named:
        yield Fact(phrase("recaps.first-time"), _people(told, PEOPLE_CHARS))
    if recap.values and "week" not in named:
        yield Fact(phrase("recaps.values"), _values(recap))
    if told.coming and "coming" not in named:
        coming = tuple(
            phrase("recaps.upcoming", what=_called(each.moment.name), at=When(each.at))
            for each in told.coming
        )
        yield Fact(phrase("recaps.coming"), phrase("recaps.listed", items=coming))


def _people(told: Told, room: int) -> Phrase:
    people = told.recap.first_timers
    taken = take(people, told.chars, room)
    listed: tuple[MemberRef | Phrase, ...] = taken
    if rest := len(people) - len(taken):
        listed = (*taken, phrase("recaps.others", count=rest))
    return phrase("recaps.named", people=listed)


def _values(recap: Recap) -> Phrase:
    listed = tuple(
        phrase("recaps.value", value=Quote(each.label), count=each.count)
        for each in recap.values[:MAX_VALUES]
    )
    return phrase("recaps.listed", items=listed)


def _called(name: Quote | Phrase) -> Quote | Phrase:
    return Quote(_clipped(name.text, TITLE_CHARS)) if isinstance(name, Quote) else name


def _clipped(words: str, most: int) -> str:
    return clip(" ".join(words.split()), most)


def _footer(recap: Recap) -> Phrase:
    return phrase("recaps.footer", number=recap.number or 0)


def _picture(told: Told) -> Picture:
    """Return the recap as a picture, and in words what is to be seen on it."""
    recap = told.recap
    figures = (
        (recap.thanks, "thanks"), (recap.givers, "givers"),
        (recap.receivers, "receivers"),
    )  # fmt: skip
    card = RecapCard(
        title=title(recap),
        span=span(recap),
        figures=tuple(
            Figure(count, phrase(f"recaps.figure-{what}", count=count))
            for count, what in figures
        ),
        highlights=tuple(map(_pictured, recap.highlights)),
        highlights_title=phrase("recaps.highlights"),
        values=tuple(Share(Quote(v.label), v.count) for v in recap.values),
        values_title=phrase("recaps.values"),
        notes=tuple(_notes(told)),
        closing=Quote(recap.word) if recap.word else None,
    )
    return card.picture(_alt(told))


def _pictured(each: Highlight) -> pictures.Highlight:
    return pictures.Highlight(
        receivers=each.receivers,
        words=Quote(_clipped(each.reason, MAX_SAID_CHARS)),
        giver=each.giver,
        value=Quote(each.value) if each.value else None,
    )


def _notes(told: Told) -> Iterator[Note]:
    if told.recap.first_timers:
        yield Note(phrase("recaps.first-time"), _people(told, PEOPLE_CHARS))


def _alt(told: Told) -> Phrase:
    """Return what is on the picture, as far as the card does not say it in full."""
    recap = told.recap
    thanked = tuple(_each_once(one for h in recap.highlights for one in h.receivers))
    return phrase(
        "recaps.picture",
        title=title(recap),
        span=span(recap),
        summary=_summary(recap),
        people=take(thanked, told.chars, ALT_CHARS),
    )


def _each_once(people: Iterable[MemberRef]) -> Iterator[MemberRef]:
    yield from dict.fromkeys(people)
