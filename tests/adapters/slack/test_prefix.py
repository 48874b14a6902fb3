"""Where another app has one of Laurel's names, everything says what is to be typed."""

from __future__ import annotations

import re
from pathlib import Path

from bot.adapters.slack.manifest import manifest
from bot.features import declared, load_words
from tests.adapters.slack.conftest import workshop
from tests.fakes.slack import Actor, words
from tests.harness import Clock
from tests.waiting import until

_NAMED = re.compile(r"(?<![\w/])/[a-z][\w-]*")


async def test_every_command_is_named_as_it_is_typed(
    tmp_path: Path, clock: Clock
) -> None:
    """In the welcome, in help, at home and in what is refused."""
    async with workshop(tmp_path, clock, prefix="l-") as site:
        said = load_words()
        site.slack.register(manifest(declared(said), said, prefix="l-"))
        installer = site.slack.world.users[site.purse.installers[site.team.id]]
        ada = Actor(site.slack.world, installer, site.team)
        await until(lambda: site.slack.direct(ada))
        ana = site.team.add_member("Ana Souza")
        site.team.general.members.add(ana.id)
        shown = [
            await ana.command("/l-laurel", "help"),
            await ana.command("/l-laurel", "me"),
            await ana.command("/l-laurel", "none"),
            await ana.opens_home(),
        ]
        told = [*map(words, site.slack.direct(ada)), *(each.text for each in shown)]

    for each in told:
        named = set(_NAMED.findall(each))
        assert named, each
        assert set() == {name for name in named if not name.startswith("/l-")}
    assert "/l-laurel setup" in told[0]
    assert "/l-shoutout" in told[1]
