"""Moderators who put things into their own words, for tests."""

from __future__ import annotations

from bot.domain.people import Role
from tests.harness import Community, Reply

DOCS = "You rewrote the guide, and I understood it at last."
OURS = "🎉 {{ receivers }}! {{ giver }} says: {{ reason }}"
"""Words of a community's own."""

START = "{{ giver }} thanks {{ receivers }}: “{{ reason }}”"
"""What Laurel says itself, in English."""


async def give(home: Community, giver: str, *to: str, **more: object) -> Reply:
    """Have ``giver`` thank people."""
    people = tuple(map(home.person, to))
    return await home.type(giver, "shoutout", to=people, **{"why": DOCS, **more})


async def opened(home: Community, who: str = "Mo") -> Reply:
    """Have a moderator open the form for shoutouts."""
    home.person(who, Role.MODERATOR)
    listed = await home.type(who, "template edit")
    return await home.press(who, listed, "Shoutouts")


async def written(home: Community, source: str, who: str = "Mo") -> Reply:
    """Have a moderator type ``source`` and send the form."""
    return await home.fill_in(who, await opened(home, who), source=source)


async def saved(home: Community, source: str, who: str = "Mo") -> Reply:
    """Have a moderator put ``source`` in force."""
    return await home.press(who, await written(home, source, who), "Save")


async def chosen(home: Community, word: str, who: str = "Mo") -> Reply:
    """Have a moderator type ``/template preview`` or ``/template reset``."""
    home.person(who, Role.MODERATOR)
    return await home.type(who, f"template {word}", which="shoutouts.card")
