"""A recap in words, before it takes the shape of a page, a feed or a letter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.chat.speech import Speech
from bot.chat.text import Day, Phrase, Quote, When, phrase
from bot.domain.recap import Highlight, Period, Recap
from bot.domain.refs import MemberRef
from bot.pages.feeds.words import Span, Words, typed, words

Names = Mapping[MemberRef, str]
"""Whoever may be named, by the name that they were last seen with."""

Coming = tuple[Quote | Phrase, datetime]
"""What something is called, and when it begins."""

_TITLES = {Period.WEEK: "feeds.recap-week", Period.MONTH: "feeds.recap-month"}


@dataclass(frozen=True, slots=True)
class Item:
    """One of several.

    Attributes:
        quote: What somebody said, in lines; empty for nothing.

        note: What stands small beside it; empty for nothing.
    """

    says: Words
    quote: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A part under a heading of its own."""

    heading: Words
    items: tuple[Item, ...]

    @property
    def quotes(self) -> bool:
        """Whether what people said is in it."""
        return any(item.quote for item in self.items)


@dataclass(frozen=True, slots=True)
class Article:
    """A recap in words.

    Attributes:
        id: The same wherever and whenever it is read; an URN.

        lead: What stands above the sections, a paragraph each.

        tags: What it was about.

        language: Its BCP 47 tag.

        direction: ``ltr`` or ``rtl``.
    """

    id: str
    number: int
    title: Words
    lead: tuple[Words, ...]
    sections: tuple[Section, ...]
    tags: tuple[str, ...]
    posted_at: datetime
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Writer:
    """Puts recaps into words, in one language.

    Attributes:
        names: Who may be named; whoever is not in it is left out.
    """

    speech: Speech
    direction: str
    names: Names

    def article(
        self, recap: Recap, urn: str, posted_at: datetime, coming: Iterable[Coming] = ()
    ) -> Article:
        """Return ``recap``, which has a number, with what is ``coming`` after it."""
        return Article(
            id=urn,
            number=recap.number or 0,
            title=self._title(recap),
            lead=tuple(self._lead(recap)),
            sections=(*self._sections(recap), *self._coming(coming)),
            tags=tuple(each.label for each in recap.values),
            posted_at=posted_at,
            language=self.speech.reader.locale,
            direction=self.direction,
        )

    def _title(self, recap: Recap) -> Words:
        since, until = Day(recap.since_on), Day(recap.until_on)
        return self._say(phrase(_TITLES[recap.period], since=since, until=until))

    def _lead(self, recap: Recap) -> Iterator[Words]:
        if recap.intro:
            yield typed(recap.intro)
        thanks = self._say(phrase("feeds.recap-thanks", thanks=recap.thanks))
        if recap.thanks:
            counts = {"givers": recap.givers, "receivers": recap.receivers}
            people = self._say(phrase("feeds.recap-people", **counts))
            thanks = (*thanks, Span(" "), *people)
        yield thanks

    def _sections(self, recap: Recap) -> Iterator[Section]:
        shown = tuple(filter(None, map(self._highlight, recap.highlights)))
        if shown:
            yield Section(self._say(phrase("feeds.highlights")), shown)
        if recap.series and (makers := self._all_known(recap.series.people)):
            heading = f"recaps.series-{recap.period}"
            yield Section(
                self._say(phrase(heading, number=recap.series.number)),
                (Item(self._say(phrase("feeds.people", people=makers))),),
            )
        first = self._known(recap.first_timers)
        if first:
            people = phrase("feeds.people", people=first)
            yield Section(
                self._say(phrase("feeds.first-timers", count=len(first))),
                (Item(self._say(people)),),
            )
        if recap.values:
            counted = (
                phrase("feeds.value", label=Quote(each.label), count=each.count)
                for each in recap.values
            )
            items = tuple(Item(self._say(each)) for each in counted)
            yield Section(self._say(phrase("feeds.values")), items)
        if recap.word:
            word = Item((), quote=recap.word)
            yield Section(self._say(phrase("feeds.word")), (word,))

    def _coming(self, coming: Iterable[Coming]) -> Iterator[Section]:
        items = tuple(
            Item(self._say(phrase("feeds.coming-then", when=When(at), what=what)))
            for what, at in coming
        )
        if items:
            yield Section(self._say(phrase("feeds.calendar")), items)

    def _highlight(self, shown: Highlight) -> Item | None:
        receivers = self._all_known(shown.receivers)
        if not receivers:
            return None  # its words are about whoever may not be named as well
        giver = self.names.get(shown.giver) if shown.giver else None
        said = (
            phrase("feeds.highlight", giver=Quote(giver), receivers=receivers)
            if giver
            else phrase("feeds.highlight-of-somebody", receivers=receivers)
        )
        return Item(self._say(said), shown.reason, shown.value or "")

    def _all_known(self, people: tuple[MemberRef, ...]) -> tuple[Quote, ...]:
        """Return ``people``, or nobody where one of them may not be named."""
        found = self._known(people)
        return found if len(found) == len(people) else ()

    def _known(self, people: tuple[MemberRef, ...]) -> tuple[Quote, ...]:
        return tuple(Quote(self.names[one]) for one in people if one in self.names)

    def _say(self, spoken: Phrase) -> Words:
        return words(self.speech, spoken)
