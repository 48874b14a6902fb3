"""What every platform answers alike: objections, and options to choose from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping, Sequence

from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_CHECKS, MAX_OPTIONS
from bot.chat.message import Action, Card, Message, Tone, say
from bot.chat.routes import RouteSpec
from bot.chat.speech import Speech
from bot.chat.text import Phrase, Quote, phrase
from bot.chat.voices import Ref, refs_in

Find = Callable[[str], Awaitable[Sequence[Suggestion]]]
"""Returns what fits the words that a member typed."""


def warning(*sentences: Phrase) -> Message:
    """Return what says no."""
    return say(Card(body=sentences, tone=Tone.WARNING))


def sentences_of(
    route: RouteSpec | None, faults: Mapping[str | None, Phrase]
) -> list[Phrase]:
    """Return why not, each sentence with the question that it is about.

    Args:
        route: What was asked, whose questions the fields are.
        faults: Sentences by field; under None what is no field's.
    """
    asked = {each.name for each in route.fields} if route else set()
    return [
        phrase("forms.refused-at", question=phrase(f"{route.key}.{at}"), reason=reason)
        if route and at in asked
        else reason
        for at, reason in faults.items()
    ]


async def best(find: Find, chosen: object) -> Sequence[Suggestion]:
    """Return the best options, what was chosen before among them."""
    found = list(await find(""))
    if isinstance(chosen, str) and all(each.value != chosen for each in found):
        fitting = await find(chosen)
        found = [each for each in fitting if each.value == chosen][:1] + found
    return found[:MAX_OPTIONS]


async def boxes(find: Find, action: Action) -> Sequence[Suggestion]:
    """Return the boxes of a form, by what its action carries."""
    carried = str(action.args[0]) if action.args else ""
    return (await find(carried))[:MAX_CHECKS]


def named(options: Iterable[Suggestion]) -> Iterator[Ref]:
    """Yield whom and what the labels of ``options`` name."""
    for each in options:
        if isinstance(each.label, Phrase):
            yield from refs_in(each.label)


def label(option: Suggestion, speech: Speech) -> str:
    """Return what an option is called: members' own words as they are."""
    said = option.label
    return said.text if isinstance(said, Quote) else speech.plain(said)
