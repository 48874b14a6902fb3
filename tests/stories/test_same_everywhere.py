"""The same days, lived on every platform, leave the same behind."""

from __future__ import annotations

from pathlib import Path

from tests.stories.conftest import PLATFORMS
from tests.stories.records import Records
from tests.stories.test_shoutouts import KILN, ROOF, SOUP
from tests.stories.town import Town


async def test_what_is_stored_does_not_tell_the_platform(tmp_path: Path) -> None:
    """Facts, counts, the log, the audit and the outbox are equal, row for row."""
    left: dict[str, Records] = {}
    for name, founding in PLATFORMS.items():
        home = tmp_path / name
        home.mkdir()
        async with founding(home) as town:
            await _some_days(town)
            left[name] = await town.records()

    first, *others = left.values()
    assert 4 == len(first.given)
    for other in others:
        assert first == other


async def _some_days(town: Town) -> None:
    """Thanks are given, undone, joined, taken back, and told to one alone."""
    ana, bo, chidi = town.person("Ana"), town.person("Bo"), town.person("Chidi")
    receipt = await ana.types("/shoutout", to=[bo], why=KILN)
    await ana.presses("Undo", on=receipt)
    await ana.types("/shoutout", to=[bo, chidi], why=ROOF)
    await town.waits(hours=3)
    (post,) = await town.posts()
    form = await town.person("Gil").presses("Thank too", on=post)
    await town.person("Gil").fills_in(form, why=SOUP)
    await bo.types("/shoutout", to=[town.person("Mika")], why=SOUP, private=True)
    await town.waits(days=1)
    await town.restarts()
    form = await town.person("Mika").chooses("Take shoutout back", on=post)
    await town.person("Mika").fills_in(form, why="They asked for it")
    await town.settles()
