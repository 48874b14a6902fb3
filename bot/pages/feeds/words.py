"""Words as pages show them: each stretch knows whether somebody typed it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.chat.speech import Speech
from bot.chat.text import Phrase, Quote, When


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of words.

    Attributes:
        typed: Whether a person typed it: it may run in another direction than the rest.

        instant: The instant that it says, as RFC 3339; empty where it says none.
    """

    text: str
    typed: bool = False
    strong: bool = False
    instant: str = ""


Words = tuple[Span, ...]


def words(speech: Speech, spoken: Phrase) -> Words:
    """Return ``spoken`` as ``speech`` says it."""
    return tuple(
        Span(
            text=speech.word(part.content),
            typed=isinstance(part.content, Quote),
            strong=part.strong,
            instant=_instant(part.content),
        )
        for part in speech.parts(spoken)
    )


def typed(text: str) -> Words:
    """Return what somebody typed."""
    return (Span(text, typed=True),)


def flat(spoken: Words) -> str:
    """Return words as text alone, on one line."""
    return " ".join("".join(each.text for each in spoken).split())


def _instant(content: object) -> str:
    return content.at.isoformat() if isinstance(content, When) else ""
