"""The digest says how it went, and anybody counts the same from the rows."""

from __future__ import annotations

import json
from collections import Counter
from datetime import timedelta
from itertools import pairwise

from bot.domain.people import Role
from bot.domain.refs import RoleRef
from tests.cogs.nominating import nominate
from tests.cogs.reviewing import cards, declined, moderated
from tests.cogs.sitting import PEOPLE, draw, met, sitting, vote, voted_about
from tests.cogs.test_fair_page import audit_of
from tests.harness import COMMUNITY, START, Community

DIGEST = "The digest of what was decided here"


def digests(home: Community) -> list[str]:
    """Return the digests on the wall, oldest first."""
    return [each for each in home.posts("wall") if DIGEST in each]


def facts(post: str) -> dict[str, str]:
    """Return what a digest tells besides, by label."""
    lines = post.splitlines()
    return dict(pairwise(lines))


async def assembled(home: Community) -> None:
    """Have a committee of three out of people who came at different times."""
    makers, menders = RoleRef(COMMUNITY, "makers"), RoleRef(COMMUNITY, "menders")
    days = {"Ada": 10, "Bo": 10, "Cy": 200, "Di": 200, "Ed": 200}
    for name in PEOPLE[:6]:
        joined = START - timedelta(days=days.get(name, 900))
        groups = (makers,) if name in {"Ada", "Cy"} else (menders,)
        home.person(name, joined_at=joined, groups=groups)
    await met(home, *PEOPLE[:6])
    home.person("Mo", Role.MODERATOR)
    page = await home.type("Mo", "laurel privacy")
    await home.press("Mo", page, "Do not write to me")
    assert not (await draw(home, seats=3, backups=0)).refused
    await home.wait(minutes=2)


async def test_it_tells_pool_votes_recusals_and_spread(home: Community) -> None:
    """How many could be drawn, how they are spread, and what was cast."""
    await assembled(home)
    first, second, third = await sitting(home)
    await voted_about(home, "Nora", first, quorum=1)
    for name in (first, second, third):
        await vote(home, name, "Nora", "Yes")
    for name in (second, third):
        await vote(home, name, first, "No")

    told = facts(digests(home)[-1])
    assert "5" == told["Votes that were counted"]
    assert "1" == told["Somebody kept out of it"]
    assert "Never" == told["Moderators decided in a committee’s place"]  # noqa: RUF001
    # The draw came before the round closed, so an earlier digest told of it.
    drawn = next(f for f in map(facts, digests(home)) if "Drawn from" in f)
    assert "6 people" == drawn["Drawn from"]
    tenure = drawn["How long they have been here"]
    assert "2 for less than 90 days, 3 for less than a year, 1 for longer" in tenure
    assert drawn["Their groups"].startswith("2 on the list; in the committee")


async def test_anybody_counts_the_same_from_the_rows(home: Community) -> None:
    """With the file alone, and nothing of Laurel."""
    await assembled(home)
    seated = await sitting(home)
    await voted_about(home, "Nora", seated[0], quorum=1)
    for name in seated:
        await vote(home, name, "Nora", "Yes")
    for name in seated[1:]:
        await vote(home, name, seated[0], "No")
    rows = [json.loads(line) for line in (await audit_of(home)).splitlines()]
    actions = Counter(row["action"] for row in rows)
    detail = {row["action"]: row["detail"] for row in rows}

    assert 5 == actions["committees.vote"] == detail["committees.count"]["votes"]
    assert 1 == actions["committees.recuse"]
    spread = detail["committees.spread"]
    tenure = [spread[f"pool_{each}"] for each in ("new", "between", "long")]
    assert [2, 3, 1] == tenure
    assert detail["committees.pool"]["size"] == sum(tenure)
    at = {"Ada": "new", "Bo": "new", "Flo": "long"}
    known = Counter(at.get(name, "between") for name in seated)
    assert known == Counter(
        {
            each: spread[f"seated_{each}"]
            for each in ("new", "between", "long")
            if spread[f"seated_{each}"]
        }
    )


async def test_it_tells_how_often_moderators_decided_instead(home: Community) -> None:
    """What they decline of a committee's award is an override; of their own, none."""
    own = await moderated(home, name="Steady hand")
    await nominate(home, "Ben", "Otto", own)
    await declined(home, "Mo", cards(home)[-1])
    award = await moderated(home, decider="committee")
    await nominate(home, "Ben", "Nora", award)
    await declined(home, "Mo", cards(home)[-1])
    await home.wait(days=4)

    (told,) = map(facts, digests(home))
    assert "1" == told["Moderators decided in a committee’s place"]  # noqa: RUF001
    assert "Drawn from" not in told


async def test_a_digest_without_any_of_it_says_nothing_of_it(home: Community) -> None:
    """Where moderators decide their own awards, there is nothing to add."""
    own = await moderated(home)
    await nominate(home, "Ben", "Otto", own)
    await declined(home, "Mo", cards(home)[-1])
    await home.wait(days=4)

    (told,) = digests(home)
    assert "this is how it went" not in told
