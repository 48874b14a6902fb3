"""What a picker offers while somebody types."""

from __future__ import annotations

from datetime import timedelta

from bot.adapters.playground.desk import Desk
from bot.adapters.playground.forms import label_text
from bot.adapters.playground.records import Resident
from bot.adapters.playground.visit import Visit
from bot.chat.limits import MAX_OPTIONS
from bot.chat.text import phrase

_SHOWN = 8
"""People and channels offered at once; more is more than one reads."""

_NEW_FOR = timedelta(days=14)

Offered = list[dict[str, str]]


async def found_by(desk: Desk, visit: Visit, source: str, typed: str) -> Offered:
    """Return what ``source`` has for what is typed, best first.

    ``source`` is ``person``, ``channel`` or ``lookup:<key>``; anything else has
    nothing.
    """
    if source == "person":
        return _people(visit, typed)
    if source == "channel":
        return _channels(visit, typed)
    kind, _, key = source.partition(":")
    if kind != "lookup":
        return []
    found = await desk.suggest(visit, key, typed)
    return [
        {
            "value": each.value,
            "label": label_text(visit, each),
            "hint": "",
        }
        for each in found[:MAX_OPTIONS]
    ]


def _people(visit: Visit, typed: str) -> Offered:
    wanted = typed.removeprefix("@").strip().casefold()
    fitting = [
        each
        for each in visit.directory.people.values()
        if each.person.here and wanted in each.person.name.casefold()
    ]
    fitting.sort(key=lambda each: _rank(each.person.name, wanted))
    return [
        {
            "value": each.id,
            "label": f"@{each.person.name}",
            "hint": _about(visit, each),
        }
        for each in fitting[:_SHOWN]
    ]


def _channels(visit: Visit, typed: str) -> Offered:
    wanted = typed.removeprefix("#").strip().casefold()
    rooms = visit.directory.channels_of(visit.person)
    fitting = [room for room in rooms if wanted in room.name.casefold()]
    fitting.sort(key=lambda room: _rank(room.name, wanted))
    return [
        {"value": room.id, "label": f"#{room.name}", "hint": room.topic}
        for room in fitting[:_SHOWN]
    ]


def _rank(name: str, wanted: str) -> tuple[bool, bool, str]:
    """Order names: those that begin so, those with a word that does, the rest."""
    folded = name.casefold()
    begins = [word.startswith(wanted) for word in folded.split()]
    return (not folded.startswith(wanted), not any(begins), folded)


def _about(visit: Visit, resident: Resident) -> str:
    brush = visit.brush()
    person = resident.person
    if person == visit.person:
        return brush.plain(phrase("playground.you"))
    if person.bot:
        return brush.plain(phrase("playground.bot"))
    if person.joined_at is not None and visit.now - person.joined_at < _NEW_FOR:
        return brush.plain(phrase("playground.newcomer"))
    return resident.bio
