"""What Slack makes of pins, and what its answers mean."""

from __future__ import annotations

import pytest

from bot.adapters.slack.manifest import OPTIONAL_SCOPES, SCOPES
from bot.chat.adapter import RefusedError
from tests.adapters.slack.conftest import Site
from tests.adapters.slack.test_adapter import posting, regrant, wall
from tests.fakes.slack.pin_methods import MAX_PINS


async def test_a_message_is_pinned_and_taken_off(site: Site) -> None:
    """Once more is no fault, whichever it is; in direct messages as in channels."""
    for to in (wall(site), site.ref(site.bo)):
        post_id = await site.adapter.post(posting(to, delivery_id=f"d-{to.id}"))
        place = site.wall if to == wall(site) else site.bo.dm
        for _ in range(2):
            await site.adapter.pin(to, post_id)
            assert [post_id.rpartition(":")[2]] == place.pins
        for _ in range(2):
            await site.adapter.unpin(to, post_id)
            assert [] == place.pins


async def test_a_full_channel_says_so(site: Site) -> None:
    """What is pinned there stays, and the message stands unpinned."""
    for number in range(MAX_PINS):
        said = await site.ana.says(f"word {number}", site.wall)
        site.wall.pins.append(said["ts"])
    post_id = await site.adapter.post(posting(wall(site)))
    with pytest.raises(RefusedError, match="pin-limit"):
        await site.adapter.pin(wall(site), post_id)
    assert post_id not in site.wall.pins


async def test_without_the_scope_everything_else_goes_on(site: Site) -> None:
    """It is optional; who left it out is told what it would take."""
    regrant(site, {*SCOPES, *OPTIONAL_SCOPES} - {"pins:write"})
    site.slack.tolerate("missing_scope")
    post_id = await site.adapter.post(posting(wall(site)))
    with pytest.raises(RefusedError, match="no-scope"):
        await site.adapter.pin(wall(site), post_id)
    await site.adapter.edit(posting(wall(site), "Better"), post_id)


async def test_what_is_gone_is_gone(site: Site) -> None:
    """A message that a person deleted, and a channel that was put away."""
    post_id = await site.adapter.post(posting(wall(site)))
    await site.adapter.remove(wall(site), post_id)
    with pytest.raises(RefusedError, match="message-gone"):
        await site.adapter.pin(wall(site), post_id)
    site.wall.archived = True
    with pytest.raises(RefusedError, match="channel-gone"):
        await site.adapter.pin(wall(site), post_id)
