"""Boards and results as tests read them."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot import audit_verify
from bot.chat.message import Action, Card, Line
from bot.domain.challenges import Challenge, State
from bot.domain.people import Role
from storage import audit, communities
from storage.challenges import book, results, signing
from storage.challenges.results import Placed, Result
from storage.database import Transaction
from tests.cogs.checking import check, join, moved, opened
from tests.harness import Community, Post, Reply


def boards(home: Community, channel: str = "songs") -> Sequence[Post]:
    """Return the messages in a channel that show a board."""
    standing = home.standing(home.channel(channel))
    return [post for post in standing if post.text.startswith("Board: ")]


def board(home: Community) -> Post:
    """Return the one message that shows the board."""
    (post,) = boards(home)
    return post


def lines(shown: Post | Reply) -> list[Line]:
    """Return the places that a message shows."""
    cards = [node for node in shown.message.nodes if isinstance(node, Card)]
    return [line for card in cards for line in card.lines]


def ranks(shown: Post | Reply) -> list[tuple[int, str, int]]:
    """Return rank, member and points of each place that is shown."""
    return [(each.rank, _who(each), each.amount) for each in lines(shown)]


def _who(line: Line) -> str:
    who = line.text.values["who"]
    return getattr(who, "id", None) or getattr(who, "text", None) or "?"


async def take_part(home: Community, challenge: Challenge, *names: str) -> None:
    """Have people join and check in for today, a minute after each other."""
    for name in names:
        await join(home, name, challenge)
        done = await check(home, name, challenge)
        assert not done.refused, done.text
        await home.wait(minutes=1)


async def team_up(
    home: Community, challenge: Challenge, name: str, *people: str
) -> None:
    """Have the first of ``people`` make a team, and the others join it."""
    made = Action("checkins.make-team", (challenge.id,))
    done = await home.do(home.call(people[0]), made, {"name": name})
    assert not done.refused, done.text
    for who in people[1:]:
        open_to = await home.database.read(_team_called, challenge.id, name)
        joined = Action("checkins.join-team", (challenge.id, open_to))
        done = await home.do(home.call(who), joined, None)
        assert not done.refused, done.text


def _team_called(tx: Transaction, challenge: int, name: str) -> int:
    row = tx.one(
        "SELECT t.id FROM challenge_teams AS t JOIN words AS w ON w.id = t.name "
        "WHERE t.challenge = :challenge AND w.body = :name",
        challenge=challenge,
        name=name,
    )
    assert row is not None
    return int(row["id"])


async def end(home: Community, challenge: Challenge) -> None:
    """Have the days of a challenge be over."""
    await home.wait(minutes=1)
    await moved(home, challenge, State.REVIEW)
    await home.laurel.settle()


async def known(home: Community, challenge: Challenge) -> Challenge:
    """Return a challenge as it is now."""

    def unit(tx: Transaction) -> Challenge | None:
        return book.get(tx, communities.get(tx, home.ref), challenge.id)

    found = await home.database.read(unit)
    assert found is not None
    return found


async def frozen(
    home: Community, challenge: Challenge
) -> tuple[Result | None, list[Placed]]:
    """Return the result that holds, with all of its places."""

    def unit(tx: Transaction) -> tuple[Result | None, list[Placed]]:
        here = communities.get(tx, home.ref)
        result = results.latest(tx, here, challenge.id)
        return result, list(results.places(tx, result)) if result else []

    return await home.database.read(unit)


async def mine(home: Community, who: str, challenge: Challenge) -> Reply:
    """Have somebody press the button for their own place."""
    action = Action("standings.mine", (challenge.id,))
    return await home.do(home.call(who), action, None)


async def dispute(
    home: Community,
    who: str,
    challenge: Challenge,
    words: str = "My third day is gone.",
) -> Reply:
    """Have somebody dispute their own place, below the board."""
    action = Action("standings.object", (challenge.id,))
    return await home.do(home.call(who), action, {"words": words})


async def moderators(home: Community) -> None:
    """Have there be a channel for moderators, and one of them."""
    await home.settings(moderators=home.channel("mods"))
    home.person("Mod", Role.MODERATOR)


async def erase(home: Community, who: str) -> None:
    """Have somebody be erased."""
    action = Action("privacy.erase")
    done = await home.do(home.call(who), action, {"word": "ERASE"})
    assert not done.refused, done.text


async def signed(home: Community) -> list[audit.Done]:
    """Return what the audit says of results, the newest first."""
    acts = {signing.FROZEN, signing.CORRECTED}

    def unit(tx: Transaction) -> list[audit.Done]:
        return audit.recent(tx, communities.get(tx, home.ref), acts, 100)

    return await home.database.read(unit)


async def audit_lines(home: Community) -> bytes:
    """Return the audit as it is exported."""

    def unit(tx: Transaction) -> bytes:
        return b"".join(audit.lines(tx, communities.get(tx, home.ref)))

    return await home.database.read(unit)


async def is_verified(home: Community, path: Path) -> bool:
    """Return whether the exported audit is whole."""
    path.write_bytes(await audit_lines(home))
    return audit_verify.verify([str(path)], [], io.StringIO()) == audit_verify.WHOLE


async def played(home: Community, **asked: Any) -> Challenge:
    """Have three people take part, Ana for two days, and the days be over."""
    await moderators(home)
    songs = await opened(home, **asked)
    await take_part(home, songs, "Ana", "Ben", "Cleo")
    await home.wait(days=1)
    await check(home, "Ana", songs)
    await end(home, songs)
    await home.wait(seconds=40)
    return songs
