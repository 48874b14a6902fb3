"""What tests of recaps do again and again."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.domain.people import Role
from tests.harness import Community, Post, Reply

DOCS = "You rewrote the guide, and I understood it at last."
CHAIRS = "You stayed until the last chair was stacked away."
SOUP = "Your soup was worth the walk through all that rain."

FRIDAY = datetime(2026, 3, 13, 16, tzinfo=UTC)
"""When the first recap is posted, in a community that is set up a week before."""


async def give(
    home: Community, giver: str, *to: str, why: str = DOCS, **more: object
) -> Reply:
    """Have ``giver`` thank people."""
    people = tuple(map(home.person, to))
    done = await home.type(giver, "shoutout", to=people, why=why, **more)
    assert not done.refused, done.text
    return done


async def set_up(home: Community, **recaps: object) -> None:
    """Have an admin choose a channel for moderators, and maybe other recaps."""
    home.person("Ada", Role.ADMIN)
    home.person("Mo", Role.MODERATOR)
    home.person("Mia", Role.MODERATOR)
    sheet = await home.type("Ada", "laurel setup")
    form = await home.press("Ada", sheet, "Where things")
    wall, mods = home.channel("wall"), home.channel("mods")
    sheet = await home.fill_in("Ada", form, wall=wall, moderators=mods)
    if recaps:
        form = await home.press("Ada", sheet, "Recaps")
        sheet = await home.fill_in("Ada", form, **recaps)
    saved = await home.press("Ada", sheet, "Save")
    assert not saved.refused, saved.text


async def until(home: Community, at: datetime) -> None:
    """Let time pass until ``at``, with whatever falls due on the way."""
    await home.wait(seconds=(at - home.clock()).total_seconds())


def recaps(home: Community) -> list[Post]:
    """Return the recaps that stand on the wall."""
    posts = home.standing(home.channel("wall"))
    return [post for post in posts if "in thanks" in post.text.splitlines()[0]]


def sheet(home: Community) -> Post:
    """Return the last draft that moderators see."""
    return home.standing(home.channel("mods"))[-1]


def lines(post: Post) -> list[str]:
    """Return what can be read, line by line."""
    return post.text.splitlines()


def said(post: Post) -> list[str]:
    """Return the highlights of a recap, without the rest."""
    return [line for line in lines(post) if "“" in line]
