"""Where Slack is, and how Laurel connects to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Tokens(Protocol):
    """Who let Laurel in, and with what.

    Whoever has to ask Slack for whom a token is raises `CredentialsError` where Slack
    does not take it, and `NotAcceptedError` or `OutcomeUnknownError` where it does not
    answer.
    """

    async def token_of(self, team_id: str) -> str | None:
        """Return the bot token of a workspace; None where Laurel is not installed."""

    async def teams(self) -> Sequence[str]:
        """Return the ids of the workspaces that Laurel is installed in."""

    async def installer_of(self, team_id: str) -> str | None:
        """Return the member who installed Laurel there; None where nobody knows."""

    async def uninstalled(self, place_id: str, at: datetime) -> Sequence[str]:
        """Forget the token of a workspace, or of an organisation, at once.

        Returns the workspaces that this leaves without Laurel. What was installed
        after ``at`` stays, for Slack tells of uninstalling again and late.
        """

    async def revoked(self, team_id: str, token: str) -> Sequence[str]:
        """Forget a token that Slack says is no more, unless another took its place.

        Returns the workspaces that this leaves without Laurel.
        """

    async def granted(self, organisation_id: str, team_ids: Sequence[str]) -> None:
        """Note that an organisation let Laurel into workspaces of its own."""

    async def withdrawn(self, team_ids: Sequence[str]) -> Sequence[str]:
        """Note that an organisation took workspaces back; return those left without."""


@dataclass(frozen=True, slots=True)
class Patience:
    """How long anybody waits.

    Slack takes acknowledgements, and the trigger that opens a form, for three seconds.

    Attributes:
        form_s: A form that is not ready in this time is announced by a view that says
            so, and drawn in its place.

        submit_s: After this, a form is closed although nobody knows yet whether what
            it holds is taken.

        typing_s: Options that are not found in this time are of no use any more.

        news_s: What Slack tells is acknowledged after this, noted or not.
    """

    form_s: float = 0.7
    submit_s: float = 2.0
    typing_s: float = 2.0
    news_s: float = 2.0


@dataclass(frozen=True, slots=True)
class Watch:
    """How a socket is watched.

    Attributes:
        ping_s: After so long without a word from Slack, Laurel asks whether it is
            there.

        silence_s: After so long without one, the socket is given up.

        hello_s: How long Slack may take to say hello.

        overlap_s: How long a socket that Slack is about to close is still read, once
            another one stands.

        first_wait_s: Between two attempts to connect; doubled up to `max_wait_s`.
    """

    ping_s: float = 10.0
    silence_s: float = 45.0
    hello_s: float = 10.0
    overlap_s: float = 15.0
    first_wait_s: float = 1.0
    max_wait_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Options:
    """What an admin can set, and what tests do.

    Attributes:
        api: Address of the Web API.

        app_token: For Socket Mode; None where Slack calls the web port.

        signing_secret: What Slack signs its calls with; needed for the web port alone.

        prefix: What the names of the commands begin with.

        channel_gap_s: Least time between two posts in one channel.

        answer_s: Longest that Slack may take to answer one request.

        known_for_s: How long what Slack said of a member is taken to be so.
    """

    api: str = "https://slack.com/api/"
    app_token: str | None = field(default=None, repr=False)
    signing_secret: str | None = field(default=None, repr=False)
    prefix: str = ""
    patience: Patience = field(default_factory=Patience)
    watch: Watch = field(default_factory=Watch)
    channel_gap_s: float = 1.05
    answer_s: float = 30.0
    known_for_s: float = 300.0
