"""Who may see how fairly thanks are spread."""

from __future__ import annotations

from collections.abc import Mapping

from tests.battery.rows import MODERATORS, YES, Row, Scene, each, press, send

SWITCHED = each(
    "common.only-moderator",
    moderator=YES,
    admin=YES,
    stranger="fairness.refused-no-channel",
)
"""The monthly report goes to the moderators' channel; elsewhere there is none."""


async def _with_channel(scene: Scene) -> Mapping[str, int | str]:
    await scene.home.settings(moderators=scene.home.channel("mods"))
    return {}


FAIRNESS: Mapping[str, Row] = {
    "fairness.fairness": Row(send("fairness.fairness"), MODERATORS),
    "fairness.start": Row(press("fairness.start"), SWITCHED, stage=_with_channel),
    "fairness.stop": Row(press("fairness.stop"), SWITCHED, stage=_with_channel),
}
