"""How tests make challenges, and look at what became of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.chat.message import Card
from bot.domain.challenges import Challenge
from storage import communities
from storage.challenges import book
from storage.database import Transaction
from tests.harness import COMMUNITY, Community, Post, Reply

CREATOR = "Seven-day creator challenge"

WORDS, DATES, PROMPTS = "Name and purpose", "When it runs", "Prompts"
POINTS, GRACE, PROOF = "Points", "Missed days", "Check-ins and review"
TEAMS, PLACE = "Teams", "Where it happens"


async def begun(home: Community, template: str = "creator", **given: object) -> Reply:
    """Have Ada begin a challenge."""
    return await home.type("Ada", "challenge create", template=template, **given)


async def changed(
    home: Community, sheet: Reply, part: str, who: str = "Ada", /, **answers: object
) -> Reply:
    """Have a moderator change one part of a sheet."""
    return await home.fill_in(who, await home.press(who, sheet, part), **answers)


async def made(home: Community, **given: object) -> Challenge:
    """Have Ada make the seven-day creator challenge, from the coming Monday on."""
    await home.press("Ada", await begun(home, "creator", **given), "Save")
    return await known(home)


async def opened(home: Community, **given: object) -> Challenge:
    """Have Ada make that challenge, and open it."""
    challenge = await made(home, **given)
    await home.type("Ada", "challenge open", which=str(challenge.id))
    return await known(home)


async def editing(home: Community, who: str = "Ada") -> Reply:
    """Have a moderator begin to change the last challenge."""
    challenge = await known(home)
    return await home.type(who, "challenge edit", which=str(challenge.id))


async def known(home: Community) -> Challenge:
    """Return the last challenge that was made."""

    def find(tx: Transaction) -> Challenge:
        row = tx.one("SELECT max(id) AS id FROM challenges")
        assert row is not None
        found = book.get(tx, communities.get(tx, COMMUNITY), row["id"])
        assert found is not None
        return found

    return await home.database.read(find)


async def until(home: Community, at: datetime) -> None:
    """Let time pass up to ``at``."""
    await home.wait(seconds=(at - home.clock()).total_seconds())


def announced(home: Community, channel: str = "wall") -> Post:
    """Return the announcement, which is the first thing that stands there."""
    return home.standing(home.channel(channel))[0]


def facts(reply: Reply) -> Mapping[str, str]:
    """Return the facts of a private message, by label."""
    lines = reply.text.splitlines()
    cards = [node for node in reply.message.nodes if isinstance(node, Card)]
    count = sum(len(card.facts) for card in cards)
    assert count, reply.text
    return {label: lines[n + 1] for n, label in enumerate(lines[:-1])}


async def kinds(home: Community) -> Sequence[str]:
    """Return what the activity log tells of challenges, in order."""

    def read(tx: Transaction) -> Sequence[str]:
        rows = tx.all(
            "SELECT kind FROM activity WHERE kind LIKE 'challenges.%' ORDER BY id"
        )
        return [row["kind"].removeprefix("challenges.") for row in rows]

    return await home.database.read(read)
