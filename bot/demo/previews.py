"""How each platform would receive and show what Laurel posts in the playground.

Nothing is imported before somebody looks, so that the playground starts as quickly as
it does alone; and no platform's library is needed to draw what the platform is sent.
"""

from __future__ import annotations

from typing import Any, cast

from markupsafe import Markup

from bot.adapters.playground.previews import Preview, Previews, Sending, Setting


def previews() -> Previews:
    """Return the view of every platform that can be drawn."""
    return {
        "Discord": Preview(_sent_to_discord, _shown_on_discord, "discord"),
        "Slack": Preview(_sent_to_slack, _shown_on_slack, "slack"),
    }


def _sent_to_discord(sending: Sending) -> object:
    from bot.adapters.discord.message import draw  # noqa: PLC0415  on first use
    from bot.adapters.discord.rendering import PRIVATE  # noqa: PLC0415  on first use

    drawn = draw(
        sending.message,
        sending.speech,
        delivery_id=sending.delivery_id,
        pictures={node: _attached(node) for node in sending.pictures},
    )
    private = PRIVATE if sending.private else 0
    return {**drawn.body, "flags": drawn.body["flags"] | private}


def _shown_on_discord(payload: object, setting: Setting) -> Markup:
    from bot.adapters.discord.markdown import Onlooker  # noqa: PLC0415  on first use
    from bot.adapters.discord.rendering import (  # noqa: PLC0415  on first use
        Rendering,
        Scene,
    )

    scene = Scene(
        Onlooker(setting.speech, setting.named),
        setting.posted_at,
        reader=setting.reader,
        edited=setting.edited,
        pictures={_attached(node): url for node, url in setting.pictures.items()},
    )
    return Rendering()(cast("dict[str, Any]", payload), scene)


def _sent_to_slack(sending: Sending) -> object:
    from bot.adapters.slack.message import draw  # noqa: PLC0415  on first use
    from bot.adapters.slack.rendering import PRIVATE  # noqa: PLC0415  on first use

    drawn = draw(
        sending.message,
        sending.speech,
        delivery_id=sending.delivery_id,
        pictures={node: _uploaded(node) for node in sending.pictures},
        private=sending.private,
    )
    return {**drawn.body, **({"response_type": PRIVATE} if sending.private else {})}


def _shown_on_slack(payload: object, setting: Setting) -> Markup:
    from bot.adapters.slack.mrkdwn import Onlooker  # noqa: PLC0415  on first use
    from bot.adapters.slack.rendering import (  # noqa: PLC0415  on first use
        Rendering,
        Scene,
    )

    looker = Onlooker(setting.speech, setting.named, setting.reader)
    scene = Scene(
        looker,
        setting.posted_at,
        edited=setting.edited,
        pictures={_uploaded(node): url for node, url in setting.pictures.items()},
    )
    return Rendering()(cast("dict[str, Any]", payload), scene)


def _attached(node: int) -> str:
    """Return what a picture is called among Discord's attachments."""
    from bot.adapters.discord.message import picture_name  # noqa: PLC0415  on first use

    return picture_name(node)


def _uploaded(node: int) -> str:
    """Return an id as Slack gives one to a file."""
    return f"F{node:010d}"
