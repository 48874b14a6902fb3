"""T14: a wall that took nothing for two days gets a digest in place of a flood."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.battery.flood import SQUARES, flooded
from tests.battery.size import size
from tests.battery.told import Tell

POSTS = size(40, 1_500)
STARTS = 2

on_each = pytest.mark.parametrize("platform", sorted(SQUARES))


@on_each
async def test_a_flood_is_told_in_a_digest(
    tmp_path: Path, platform: str, tell: Tell
) -> None:
    """Everybody thanked is named and called once, with every time; nobody else is."""
    wrong = await flooded(tmp_path, platform, POSTS, STARTS)
    what = f"wrong after a flood of {POSTS:,}, {platform}"
    tell("P9", what, len(wrong), most=0)
    assert {} == wrong


@on_each
async def test_a_flood_that_is_not_folded_is_found(
    tmp_path: Path, platform: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: each thanks is posted by itself, as if nothing had been."""
    monkeypatch.setattr("bot.app.FOLDINGS", ())
    assert "posts over twenty" in await flooded(tmp_path, platform, 25, 1)
