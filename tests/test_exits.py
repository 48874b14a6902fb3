"""How the command begins and ends, as far as no other test starts it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from bot import exits


@pytest.fixture(autouse=True)
def looking() -> Iterator[None]:
    """What comes and goes is looked through again afterwards."""
    yield
    gc.enable()


def test_nothing_is_looked_through_while_everything_is_made() -> None:
    """And from then on what comes and goes is, but never what was made then."""
    before = gc.get_freeze_count()
    exits.make_without_looking()
    assert not gc.isenabled()
    made = [[number] for number in range(1_000)]
    exits._keep_what_stands()
    assert gc.isenabled()
    assert len(made) < gc.get_freeze_count() - before
