"""How long a picture takes, the first time and after, and whether others notice."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.cards.studio import Studio
from bot.chat.message import Picture
from bot.chat.pictures import Figure, Highlight, Note, RecapCard, Share
from bot.chat.text import Quote, phrase
from tests.bench.figure import Figure as Line
from tests.bench.figure import in_ms, middle
from tests.bench.size import Size
from tests.cards.look import ALT, given, member, thanks

FIRST_MS = 150.0
AFTER_MS = 60.0
BLOCKED_MS = 50.0

_PATIENCE_S = 60.0
_BEAT_S = 0.002


@dataclass
class Lag:
    """How long the loop was kept from what was due, at worst."""

    worst_s: float = 0.0


async def cards(_folder: Path, size: Size) -> Sequence[Line]:
    """Cards and recaps, in a process that is begun for the first of them."""
    first: list[float] = []
    wide: list[float] = []
    after: list[float] = []
    kept: list[float] = []
    given(thanks())  # what is read once is read before
    for number in range(size.rounds):
        async with _watched() as lag:
            first.append(await _fresh(thanks(f"For the docs, {number}"), after))
            wide.append(await _fresh(_week(number), after))
        kept.append(lag.worst_s)
    return [
        Line(
            "the first card, with the process that draws it",
            middle(first) * 1_000,
            f"{in_ms(middle(wide))} for a recap in five scripts, fonts looked for",
            most=FIRST_MS,
            unit=" ms",
        ),
        Line(
            "a card or a recap after that",
            middle(after) * 1_000,
            f"{in_ms(max(after))} at worst, of {len(after)}",
            most=AFTER_MS,
            unit=" ms",
        ),
        Line(
            "the longest that the loop was kept waiting meanwhile",
            middle(kept) * 1_000,
            f"the middle of {len(kept)} rounds, {in_ms(max(kept))} at worst",
            most=BLOCKED_MS,
            unit=" ms",
        ),
    ]


async def _fresh(first: Picture, after: list[float]) -> float:
    """Return how long the first picture took, and note those after it."""
    studio = Studio(limit_s=_PATIENCE_S)
    try:
        took_s = await _took(studio, first)
        after += [await _took(studio, thanks(f"Again, {n}")) for n in range(5)]
        await _took(studio, _week(-1))  # fonts are looked for, if they were not yet
        after += [await _took(studio, _week(1_000 + n)) for n in range(5)]
        return took_s
    finally:
        await studio.close()


async def _took(studio: Studio, picture: Picture) -> float:
    asked = given(picture)
    since = perf_counter()
    await studio.draw(asked)
    return perf_counter() - since


def _week(number: int) -> Picture:
    said = phrase("playground.said", words=Quote(f"Week {number} 🌿"))
    words = ("For the docs 📚", "ありがとう", "شكراً", "Спасибо", "תודה")
    highlights = tuple(
        Highlight((member(name),), Quote(f"{text} {number}"), member("ben"))
        for name, text in zip(
            ("ada", "yui", "layla", "dina", "noa"), words, strict=True
        )
    )
    week = RecapCard(
        title=said,
        span=said,
        figures=(Figure(128, said), Figure(41, said), Figure(number, said)),
        highlights=highlights,
        highlights_title=said,
        values=(Share(Quote("craft"), 40), Share(Quote("kindness"), 3)),
        values_title=said,
        notes=(Note(said, said),),
    )
    return week.picture(ALT)


@asynccontextmanager
async def _watched() -> AsyncIterator[Lag]:
    """Note how late a beat of the loop comes."""
    lag = Lag()

    async def beat() -> None:
        while True:
            since = perf_counter()
            await asyncio.sleep(_BEAT_S)
            lag.worst_s = max(lag.worst_s, perf_counter() - since - _BEAT_S)

    async with asyncio.TaskGroup() as tasks:
        beating = tasks.create_task(beat())
        yield lag
        beating.cancel()
