"""Where Discord is, and how Laurel connects to it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a member waits before Discord is told something at all.

    Discord takes the first answer for three seconds, from when the member acted.

    Attributes:
        answer_s: After this, the member sees that Laurel is thinking.

        form_s: The same where a form may open, which Discord takes as the first
            answer alone.

        typing_s: Options that are not found in this time are of no use any more.
    """

    answer_s: float = 1.5
    form_s: float = 2.5
    typing_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Options:
    """What an admin can set, and what tests do.

    Attributes:
        api: Address of the REST API, with its version.

        gateway: Address of the gateway.

        shards: Number of connections; None for a single one.

        development_guild: The only server that commands are published to, at once;
            None for all servers.

        events: Whether the calendar is shown among Discord's events.

        identify_every_s: Least time between two identifications of one slot of the
            gateway's ``max_concurrency``.

        guilds_settle_s: Silence after which all servers are known to have been told of
            at the start.
    """

    api: str = "https://discord.com/api/v10"
    gateway: str = "wss://gateway.discord.gg/"
    shards: int | None = None
    development_guild: str | None = None
    events: bool = False
    identify_every_s: float = 5.0
    guilds_settle_s: float = 1.0
    patience: Patience = field(default_factory=Patience)
