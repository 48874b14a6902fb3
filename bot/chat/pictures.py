"""What each drawing shows, for those who ask for one.

Words and people go in as they do everywhere else, and are spoken and named when the
picture is drawn: a member who changed their name is shown by the new one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bot.chat.clip import clip
from bot.chat.message import Datum, Picture
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.refs import MemberRef

SHOUTOUT, RECAP, BOARD = "shoutout", "recap", "board"

MOST_HIGHLIGHTS = 5
MOST_VALUES = 5
MOST_NOTES = 3
MOST_FIGURES = 3
MOST_PLACES = 10
MOST_TEAMS = 5
MAX_VALUE_CHARS = 32


@dataclass(frozen=True, slots=True)
class ShoutoutCard:
    """One thank-you, to be looked at for a while.

    Attributes:
        title: Above it all, as "Thank you".

        giver: Who said it; None where they are not named.

        footer: Under it all, such as the day.
    """

    title: Phrase
    receivers: tuple[MemberRef, ...]
    words: Quote
    giver: MemberRef | None = None
    value: Quote | None = None
    footer: Phrase | None = None

    def picture(self, alt: Phrase) -> Picture:
        """Return the picture, which ``alt`` says in words."""
        data: dict[str, Datum] = {
            "title": self.title,
            "receivers": self.receivers,
            "words": self.words,
            "giver": self.giver,
            "from": _from(self.giver),
            "value": _short(self.value),
            "footer": self.footer,
        }
        return Picture(SHOUTOUT, alt, data)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be seen from afar.

    Attributes:
        label: What it counts, without the number: "thanks".
    """

    number: int
    label: Phrase


@dataclass(frozen=True, slots=True)
class Highlight:
    """A thank-you among others.

    Attributes:
        giver: Who said it; None where they are not named.
    """

    receivers: tuple[MemberRef, ...]
    words: Quote
    giver: MemberRef | None = None
    value: Quote | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How often one of the community's values was thanked for."""

    label: Quote
    count: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be glad of in a line, such as who was thanked first."""

    label: Phrase
    text: Phrase


@dataclass(frozen=True, slots=True)
class RecapCard:
    """The week, or the month, at a glance.

    What is more than `MOST_FIGURES`, `MOST_HIGHLIGHTS`, `MOST_VALUES` and `MOST_NOTES`
    is not drawn; what is empty takes no room.

    Attributes:
        title: As "The week in thanks".

        span: From when to when, or which week it is.

        highlights_title: Above the highlights.

        values_title: Above the values.

        closing: The word with which it ends.
    """

    title: Phrase
    span: Phrase
    figures: tuple[Figure, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    highlights_title: Phrase | None = None
    values: tuple[Share, ...] = ()
    values_title: Phrase | None = None
    notes: tuple[Note, ...] = ()
    closing: Phrase | Quote | None = None

    def picture(self, alt: Phrase) -> Picture:
        """Return the picture, which ``alt`` says in words."""
        data: dict[str, Datum] = {
            "title": self.title,
            "span": self.span,
            "figures": tuple(map(_figure, self.figures[:MOST_FIGURES])),
            "highlights": tuple(map(_highlight, self.highlights[:MOST_HIGHLIGHTS])),
            "highlights-title": self.highlights_title,
            "values": tuple(map(_share, self.values[:MOST_VALUES])),
            "values-title": self.values_title,
            "notes": tuple(map(_note, self.notes[:MOST_NOTES])),
            "closing": self.closing,
        }
        return Picture(RECAP, alt, data)


@dataclass(frozen=True, slots=True)
class Standing:
    """One place on a board.

    Attributes:
        rank: Counted from 1. Who ties comes in the order in which they got there.

        who: A member, or what a team is called.

        points: What the rank is decided by; drawn as a bar beside the first one's.

        told: The same in words: "40 points".

        detail: What else there is to say, such as for how many days.
    """

    rank: int
    who: MemberRef | Quote | Phrase
    points: int
    told: Phrase
    detail: Phrase | None = None


@dataclass(frozen=True, slots=True)
class BoardCard:
    """Who stands where.

    What is more than `MOST_PLACES` and `MOST_TEAMS` is not drawn; what is empty takes
    no room.

    Attributes:
        title: What it is the board of.

        span: How far it has come: "Day 3 of 7".

        places_title: Above the members, where there are teams as well.

        teams_title: Above the teams.

        closing: In small letters at the end.

        dark: Whether it is drawn for the dark.
    """

    title: Phrase | Quote
    span: Phrase
    places: tuple[Standing, ...] = ()
    places_title: Phrase | None = None
    teams: tuple[Standing, ...] = ()
    teams_title: Phrase | None = None
    closing: Phrase | None = None
    dark: bool = False

    def picture(self, alt: Phrase) -> Picture:
        """Return the picture, which ``alt`` says in words."""
        data: dict[str, Datum] = {
            "title": self.title,
            "span": self.span,
            "places": _ranked(self.places[:MOST_PLACES]),
            "places-title": self.places_title,
            "teams": _ranked(self.teams[:MOST_TEAMS]),
            "teams-title": self.teams_title,
            "closing": self.closing,
            "dark": int(self.dark),
        }
        return Picture(BOARD, alt, data)


def _ranked(standings: tuple[Standing, ...]) -> tuple[Datum, ...]:
    shared = Counter(each.points for each in standings)
    return tuple(_standing(each, shared[each.points] > 1) for each in standings)


def _standing(standing: Standing, tied: bool) -> Datum:  # noqa: FBT001  one of two looks
    who = standing.who
    return {
        "rank": standing.rank,
        "who": who if isinstance(who, MemberRef) else None,
        "team": None if isinstance(who, MemberRef) else who,
        "points": standing.points,
        "told": standing.told,
        "detail": standing.detail,
        "tied": int(tied),
    }


def _figure(figure: Figure) -> Datum:
    return {"number": figure.number, "label": figure.label}


def _highlight(highlight: Highlight) -> Datum:
    return {
        "receivers": highlight.receivers,
        "words": highlight.words,
        "from": _from(highlight.giver),
        "value": _short(highlight.value),
    }


def _share(share: Share) -> Datum:
    return {"label": _short(share.label), "count": share.count}


def _note(note: Note) -> Datum:
    return {"label": note.label, "text": note.text}


def _from(giver: MemberRef | None) -> Phrase | None:
    return phrase("cards.from", giver=giver) if giver else None


def _short(value: Quote | None) -> Quote | None:
    return Quote(clip(value.text, MAX_VALUE_CHARS)) if value else None
