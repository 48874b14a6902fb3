"""What a challenge can start from: the shape is here, the words are in locales."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from bot.chat.text import Phrase, phrase
from bot.domain.challenges import Proof, Review, Scoring, Terms
from bot.domain.refs import ChannelRef

SayIn = Callable[[Phrase, str], str]
"""Says a phrase in a language, as plain words."""


class Template(StrEnum):
    """What is offered, in this order."""

    CREATOR = "creator"
    READING = "reading"
    STEPS = "steps"
    BUGS = "bugs"
    WORK = "work"
    BLANK = "blank"


@dataclass(frozen=True, slots=True)
class Shape:
    """All of a template but its words.

    Attributes:
        more: Which of them it has that not every template has.
    """

    days: int
    scoring: Scoring
    proof: Proof = Proof.WELCOME
    review: Review = Review.NONE
    grace_days: int = 0
    catch_up: bool = False
    teams: bool = False
    remind_at: time | None = time(18)
    more: tuple[str, ...] = ()


SHAPES = {
    Template.CREATOR: Shape(7, Scoring(10, 3, 5), grace_days=1, more=("reward",)),
    Template.READING: Shape(
        30, Scoring(5, 7, 15), Proof.TEXT, grace_days=2, catch_up=True
    ),
    Template.STEPS: Shape(14, Scoring(10, 7, 20), grace_days=1, teams=True),
    Template.BUGS: Shape(5, Scoring(10, judged=20), Proof.LINK, Review.ALL),
    Template.WORK: Shape(5, Scoring(10, 5, 20), Proof.IMAGE, grace_days=1),
    Template.BLANK: Shape(7, Scoring(10), remind_at=None),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was said of a new challenge at once.

    Attributes:
        locale: Language of the community's public posts.
    """

    template: Template
    starts_on: date
    channel: ChannelRef
    locale: str


def start(wish: Wish, say: SayIn) -> Terms:
    """Return the terms that a challenge starts from, in the community's language."""
    shape = SHAPES[wish.template]
    told = {
        part: say(phrase(f"challenges.template-{wish.template}.{part}"), wish.locale)
        for part in ("title", "about", "prompts", *shape.more)
        if wish.template is not Template.BLANK or part == "title"
    }
    terms = Terms(
        number=1,
        title=told["title"],
        about=told.get("about", ""),
        starts_on=wish.starts_on,
        days=shape.days,
        prompt_at=time(9),
        prompts=tuple(told.get("prompts", "").splitlines()),
        channel=wish.channel,
        scoring=shape.scoring,
        proof=shape.proof,
    )
    return replace(
        terms,
        review=shape.review,
        grace_days=shape.grace_days,
        catch_up=shape.catch_up,
        teams=shape.teams,
        remind_at=shape.remind_at,
        reward=told.get("reward", ""),
    )
