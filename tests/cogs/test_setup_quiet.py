"""Quiet hours, as admins choose them."""

from __future__ import annotations

from datetime import time

import pytest

from bot.domain.community import Settings
from bot.domain.quiet import QuietHours
from storage import communities
from storage.database import Transaction
from tests.cogs.test_setup import changed, opened
from tests.harness import COMMUNITY, Community

NIGHT = QuietHours(time(22), time(7))


def _settings(tx: Transaction) -> Settings:
    return communities.get(tx, COMMUNITY).settings


async def test_quiet_hours_are_chosen_and_given_up_again(home: Community) -> None:
    """They hold once they are saved, and the form is filled with what holds."""
    sheet = await opened(home)
    sheet = await changed(home, sheet, "Quiet", since=time(22), until=time(7))
    await home.press("Ada", sheet, "Save")
    chosen = await home.database.read(_settings)
    again = await opened(home)
    form = await home.press("Ada", again, "Quiet")
    none = await home.fill_in("Ada", form, since=None, until=None)
    await home.press("Ada", none, "Save")

    assert NIGHT == chosen.quiet
    assert "22:00 to 07:00" in again.text
    assert {"since": time(22), "until": time(7)} == form.form.draft
    assert (await home.database.read(_settings)).quiet is None


@pytest.mark.parametrize(
    ("answers", "reason", "at"),
    [
        ({"since": time(22)}, "common.refused-quiet-half", "until"),
        ({"until": time(7)}, "common.refused-quiet-half", "since"),
        ({"since": time(7), "until": time(7)}, "common.refused-quiet-same", "until"),
    ],
)
async def test_quiet_hours_have_two_ends(
    home: Community, answers: dict[str, object], reason: str, at: str
) -> None:
    """One alone says nothing, and both the same would be all day or none of it."""
    refused = await changed(home, await opened(home), "Quiet", **answers)

    assert (reason, at) == (refused.reason, refused.at)
