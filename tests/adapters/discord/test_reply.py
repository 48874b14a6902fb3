"""A placeholder of which nobody knows whether it stands gives way all the same."""

from __future__ import annotations

import pytest

from tests.adapters.discord.conftest import Site, slowly


def broken(site: Site) -> bool:
    """Return whether the connection broke."""
    return not site.discord.faults.armed


@pytest.mark.parametrize("taken", [True, False])
async def test_an_answer_takes_the_place_of_a_placeholder_in_doubt(
    site: Site, *, taken: bool
) -> None:
    """The connection broke before Discord said whether it took it: it did, or not."""
    site.discord.faults.reset(accept=taken, path="callback")
    with slowly(site, broken):
        shown = await site.ana.slash(
            "vocabulary words", {"short": "Merci", "long": "For the tea."}
        )
    assert ("message", taken) == (shown.kind, shown.deferred)
    assert "Merci" in shown.text
    assert shown.ephemeral


@pytest.mark.parametrize("taken", [True, False])
async def test_an_answer_of_another_visibility_too(site: Site, *, taken: bool) -> None:
    """What is for all does not stay in a placeholder, nor a placeholder beside it."""
    site.discord.faults.reset(accept=taken, path="callback")
    with slowly(site, broken):
        shown = await site.ana.slash("vocabulary aloud")
    assert ("message", False) == (shown.kind, shown.ephemeral)
    assert 1 == len(site.bo.sees(site.guild.general))
