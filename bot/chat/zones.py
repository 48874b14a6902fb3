"""Time zones as people look for them: by city, by name, with or without accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import datetime
from difflib import get_close_matches
from functools import cache
from importlib import resources
from zoneinfo import ZoneInfo

from bot.chat.fields import Suggestion
from bot.chat.limits import MAX_OPTIONS
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.errors import RuleError

_PLACES = frozenset({
    "Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia",
    "Europe", "Indian", "Pacific",
})  # fmt: skip
"""Regions whose zones are named after cities. The rest are old names and offsets."""

_OFFERED = (
    "UTC", "Pacific/Honolulu", "America/Los_Angeles", "America/Denver",
    "America/Chicago", "America/Mexico_City", "America/New_York", "America/Bogota",
    "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Europe/London",
    "Africa/Lagos", "Europe/Madrid", "Europe/Berlin", "Africa/Johannesburg",
    "Africa/Cairo", "Europe/Istanbul", "Africa/Nairobi", "Asia/Dubai", "Asia/Karachi",
    "Asia/Kolkata", "Asia/Jakarta", "Asia/Shanghai", "Asia/Tokyo", "Australia/Sydney",
)  # fmt: skip
"""Offered before anything is typed, round the world."""

_LIKENESS = 0.7
"""How like a known name a word must be to be taken for a slip, from 0 to 1."""


def suggest(typed: str, first: Sequence[str], at: datetime) -> list[Suggestion]:
    """Return what `search` finds as options, each with what its clocks show."""
    return [Suggestion(name, _with_time(name, at)) for name in search(typed, first)]


def _with_time(name: str, at: datetime) -> Phrase:
    time = Quote(f"{at.astimezone(ZoneInfo(name)):%H:%M}")
    return phrase("common.zone-now", zone=Quote(name), time=time)


def search(typed: str, first: Sequence[str]) -> list[str]:
    """Return at most 25 names that have every word of ``typed``, best first.

    ``first`` are the member's own and their community's, offered before anything is
    typed.
    """
    wanted = _folded(typed).split()
    if not wanted:
        return list(dict.fromkeys((*first, *_OFFERED)))[:MAX_OPTIONS]
    fitting = [
        (rank, name)
        for folded, name in _listed().items()
        if (rank := _rank(folded, wanted)) is not None
    ]
    return [name for _, name in sorted(fitting)[:MAX_OPTIONS]]


def resolve(typed: str, field: str) -> ZoneInfo:
    """Return the zone of that name or city.

    Raises:
        RuleError: If there is none; it names the nearest where one is near, and
            ``field`` as where it was typed.
    """
    wanted = _folded(typed)
    names, cities = _known(), _cities()
    if name := names.get(wanted) or cities.get(wanted):
        return ZoneInfo(name)
    near = get_close_matches(wanted, [*cities, *names], n=1, cutoff=_LIKENESS)
    if near:
        nearest = cities.get(near[0]) or names[near[0]]
        raise RuleError("common.refused-zone-near", field, zone=typed, nearest=nearest)
    raise RuleError("common.refused-zone", field, zone=typed)


def _rank(folded: str, wanted: Sequence[str]) -> int | None:
    """Return 0 where the city begins with what is wanted, more where less fits."""
    if not all(word in folded for word in wanted):
        return None
    city, words = _city(folded), folded.replace("/", " ").split()
    if city.startswith(" ".join(wanted)):
        return 0
    begins = all(any(each.startswith(w) for each in words) for w in wanted)
    return 1 if begins else 2


def _folded(name: str) -> str:
    """Return ``name`` without case, accents and the marks that stand for spaces."""
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = (char for char in bare if not unicodedata.combining(char))
    return " ".join("".join(kept).replace("_", " ").replace("-", " ").split())


def _city(folded: str) -> str:
    return folded.rpartition("/")[2]


@cache
def _known() -> Mapping[str, str]:
    """Every zone named after a city, older spellings included, and UTC."""
    names = resources.files("tzdata").joinpath("zones").read_text("utf-8").split()
    named = [name for name in names if name.partition("/")[0] in _PLACES]
    return {_folded(name): name for name in (*named, "UTC")}


@cache
def _listed() -> Mapping[str, str]:
    """The spellings in use, of which each country has at least one."""
    table = resources.files("tzdata").joinpath("zoneinfo", "zone.tab")
    rows = table.read_text("utf-8").splitlines()
    names = [row.split("\t")[2] for row in rows if row and not row.startswith("#")]
    return {_folded(name): name for name in sorted((*names, "UTC"))}


@cache
def _cities() -> Mapping[str, str]:
    known, listed = _known(), _listed()
    return {_city(folded): name for folded, name in (*known.items(), *listed.items())}
