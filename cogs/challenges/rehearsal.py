"""A test run: the whole course of a challenge, played in private by who drafts it.

What was done so far is in the buttons, so nothing is kept, counted or told of it. The
points are reckoned as they will be.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.chat.message import (
    Action,
    Button,
    Buttons,
    Card,
    Fact,
    Line,
    Message,
    Node,
    Tone,
    say,
)
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.challenges import MAX_DAYS, Challenge, Score, State, Terms, score
from bot.domain.errors import RuleError
from cogs.challenges import asked, posts

_DONE = re.compile(rf"[0-9a-f]{{1,{MAX_DAYS // 4 + 1}}}")
"""What was done: a bit for each day, in hexadecimal digits."""

_MISSED = (0, 1)
"""What the second of those who are made up misses, in days before the last."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far somebody has come in a test run.

    Attributes:
        day: What is next, from 1; behind the last day it is over.

        done: The days that were checked in for.
    """

    day: int
    done: frozenset[int] = frozenset()

    @classmethod
    def read(cls, terms: Terms, day: int, done: str) -> Step:
        """Return what a button carries, as far as ``terms`` have such days.

        Raises:
            RuleError: If no button carries that.
        """
        if _DONE.fullmatch(done) is None:
            raise RuleError("common.unknown-button")
        bits = int(done, 16)
        known = (each for each in range(1, terms.days + 1) if bits >> (each - 1) & 1)
        return cls(min(max(day, 1), terms.days + 1), frozenset(known))

    def action(self, draft: str, day: int, more: frozenset[int]) -> Action:
        """Return what goes on with ``day``, after ``more`` was done as well."""
        bits = sum(1 << (each - 1) for each in self.done | more)
        return Action("challenges.rehearse", (draft, day, f"{bits:x}"))


def play(draft: str, terms: Terms, step: Step) -> Message:
    """Return what the day would bring, or how it would end."""
    return (
        _end(draft, terms, step) if step.day > terms.days else _day(draft, terms, step)
    )


def preview(draft: str, terms: Terms) -> Message:
    """Return what everybody would read at the opening, and on the first day."""
    nodes: list[Node] = list(posts.head(Challenge(0, State.OPEN, terms)))
    note = Card(footer=phrase("challenges.preview-note"))
    return say(*nodes, posts.prompt(terms, 1), note, Buttons((_back(draft),)))


def _day(draft: str, terms: Terms, step: Step) -> Message:
    day = step.day
    rest = frozenset(range(day, terms.days + 1))
    check = step.action(draft, day + 1, frozenset({day}))
    miss = step.action(draft, day + 1, frozenset())
    leap = step.action(draft, terms.days + 1, rest)
    nodes: list[Node] = [_note(step)]
    if day == 1:
        nodes += posts.head(Challenge(0, State.OPEN, terms))
    nodes.append(posts.prompt(terms, day))
    if step.done or day > 1:
        nodes.append(Card(facts=(_so_far(terms, step),)))
    buttons = (
        Button(phrase("challenges.check-in"), check, Tone.MAIN),
        Button(phrase("challenges.rehearse-miss"), miss),
        Button(phrase("challenges.rehearse-leap"), leap),
        _back(draft),
    )
    return say(*nodes, Buttons(buttons))


def _end(draft: str, terms: Terms, step: Step) -> Message:
    """Return the board as it would stand, beside two who are made up."""
    every = frozenset(range(1, terms.days + 1))
    played = {"you": step.done, "steady": every}
    if terms.days > len(_MISSED):
        played["others"] = every - {terms.days - each for each in _MISSED}
    reckoned = [(name, _score(terms, days)) for name, days in played.items()]
    reckoned.sort(key=lambda each: -each[1].points)
    lines = (
        Line(rank, _line(name, told), told.points, yours=name == "you")
        for rank, (name, told) in enumerate(reckoned, 1)
    )
    mine = _score(terms, step.done)
    said = "finished" if mine.finished else "unfinished"
    promised = mine.finished and terms.reward
    card = Card(
        title=phrase("challenges.rehearsed", title=Quote(terms.title)),
        body=(phrase(f"challenges.rehearsed-{said}"),),
        facts=tuple(asked.reward(terms)) if promised else (),
        lines=tuple(lines),
        footer=phrase("challenges.rehearsed-note"),
    )
    again = Button(
        phrase("challenges.rehearse-again"), Step(1).action(draft, 1, frozenset())
    )
    return say(card, Buttons((_back(draft), again)))


def _note(step: Step) -> Card:
    said = "rehearsing" if step.day == 1 else "rehearsing-on"
    return Card(body=(phrase(f"challenges.{said}"),))


def _so_far(terms: Terms, step: Step) -> Fact:
    told = _score(terms, step.done)
    return Fact(phrase("challenges.fact-so-far"), _points(told))


def _line(name: str, told: Score) -> Phrase:
    return phrase(f"challenges.rehearsed-{name}", points=_points(told))


def _points(told: Score) -> Phrase:
    return phrase("challenges.so-far", count=told.points, streak=told.streak)


def _score(terms: Terms, days: frozenset[int]) -> Score:
    judged: Mapping[int, int] = dict.fromkeys(days, 0)
    return score(terms, judged)


def _back(draft: str) -> Button:
    return Button(phrase("challenges.back"), Action("challenges.back", (draft,)))
