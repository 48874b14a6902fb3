"""All that Slack knows, whoever asks: the one state behind methods, doors, people."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Protocol

from tests.fakes.slack.places import (
    DIRECT,
    Channel,
    File,
    Grant,
    Json,
    Message,
    Mint,
    User,
    UserGroup,
    View,
)
from tests.fakes.slack.refusal import RefusalError

if TYPE_CHECKING:
    from tests.fakes.slack.deeds import Deed, ResponseUrl, Trigger
    from tests.fakes.slack.teams import Team

EVERY_SCOPE: Final = frozenset(
    {
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:write",
        "pins:write",
        "team:read",
        "usergroups:read",
        "users:read",
    }
)

USUAL_EVENTS: Final = frozenset(
    {
        "app_home_opened",
        "app_uninstalled",
        "channel_archive",
        "channel_deleted",
        "channel_left",
        "channel_rename",
        "channel_unarchive",
        "group_archive",
        "group_deleted",
        "group_left",
        "group_rename",
        "group_unarchive",
        "member_joined_channel",
        "member_left_channel",
        "tokens_revoked",
        "user_change",
    }
)
"""What an app hears of where no manifest says so; never what people write."""


@dataclass(frozen=True, slots=True)
class Ack:
    """That the bot took something in, and what it answered at once.

    Attributes:
        payload: What it said with it; None for nothing.

        took_s: Real seconds that it took.
    """

    payload: Json | None
    took_s: float


class Deliver(Protocol):
    """How the bot hears of something; None where it did not take it in."""

    async def __call__(
        self, kind: str, payload: Json, attempt: int = 0, reason: str = ""
    ) -> Ack | None:
        """Deliver it once; ``kind`` is that of Socket Mode's envelopes."""


@dataclass(frozen=True, slots=True)
class App:
    """The app, as its settings on Slack's pages have it."""

    id: str
    client_id: str
    client_secret: str
    app_token: str
    signing_secret: str
    verification: str


@dataclass(slots=True, repr=False)
class World:
    """Everything there is.

    Attributes:
        users: Of every team.

        grants: By token.

        gone: Channels that were deleted; Slack never forgets an id.

        waiting: Deeds whose doer still looks at the screen.

        manifest: What the app is registered with; None to believe every name.

        profile_history: ``full``, ``limited`` (one a minute, fifteen messages) or
            ``none`` (no scope for it).

        retry_scale: How much shorter the waits between deliveries are than Slack's.

        processing_s: Real seconds until blocks can show an uploaded file.

        findings: Rules broken by the bot.
    """

    clock: Callable[[], datetime]
    monotonic: Callable[[], float]
    app: App
    mint: Mint
    deliver: Deliver
    excused: Callable[[], bool] = bool
    site: str = ""
    users: dict[str, User] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    groups: dict[str, UserGroup] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    views: dict[str, View] = field(default_factory=dict)
    homes: dict[tuple[str, str], View] = field(default_factory=dict)
    grants: dict[str, Grant] = field(default_factory=dict)
    revoked: set[str] = field(default_factory=set)
    codes: dict[str, Json] = field(default_factory=dict)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    urls: dict[str, ResponseUrl] = field(default_factory=dict)
    waiting: list[Deed] = field(default_factory=list)
    manifest: Json | None = None
    profile_history: str = "full"
    processing_s: float = 0.05
    retry_scale: float = 0.001
    last_ts: str = ""
    duplicate_events: tuple[int, int, bool] = (0, 1, False)
    duplicate_deeds: int = 0
    tolerated: set[str] = field(default_factory=set)
    findings: list[str] = field(default_factory=list)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def blame(self, line: str, word: str = "") -> None:
        """Note that a rule was broken, unless a test broke it on purpose."""
        if word not in self.tolerated:
            self.findings.append(line)

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Have something done beside, and say so if it fails."""
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self.tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self.findings.append(f"the double itself: {task.exception()!r}")

    def secret(self, *parts: str) -> str:
        """Return a token that begins so."""
        return "-".join((*parts, secrets.token_hex(12)))

    @property
    def subscribed(self) -> frozenset[str]:
        """The events that the app hears of."""
        if self.manifest is None:
            return USUAL_EVENTS
        told = self.manifest.get("settings", {}).get("event_subscriptions", {})
        return frozenset(told.get("bot_events", ()))

    def team_of(self, grant: Grant, team_id: str | None = None) -> Team:
        """Return the team that a token works for.

        Args:
            grant: What the token opens.
            team_id: Which team of an organisation is meant.

        Raises:
            RefusalError: If it is not said, or none of them.
        """
        if grant.team_id.startswith("T"):
            return self.teams[grant.team_id]
        found = self.teams.get(team_id or "")
        if found is None or found.org_id != grant.team_id:
            raise RefusalError("missing_argument" if not team_id else "team_not_found")
        return found

    def channel(self, grant: Grant, name: str) -> Channel:
        """Return the conversation that the bot names, as far as it may know of it.

        Raises:
            RefusalError: If there is none for it.
        """
        found = self.channels.get(name)
        if found is None or not self._within(grant, found):
            raise RefusalError("channel_not_found")
        hidden = found.kind != "channel" and grant.bot_user_id not in found.members
        if hidden:
            raise RefusalError("channel_not_found")
        return found

    def _within(self, grant: Grant, channel: Channel) -> bool:
        teams = {channel.team_id, *channel.guests}
        org = {t.id for t in self.teams.values() if t.org_id == grant.team_id}
        return bool(teams & ({grant.team_id} | org))

    def user(self, grant: Grant, user_id: str) -> User:
        """Return somebody whom the bot can see.

        Raises:
            RefusalError: If there is nobody.
        """
        found = self.users.get(user_id)
        if found is None:
            raise RefusalError("user_not_found")
        seen = found.team_id == grant.team_id or any(
            found.id in each.members and self._within(grant, each)
            for each in self.channels.values()
        )
        team = self.teams.get(found.team_id)
        if not seen and (team is None or team.org_id != grant.team_id):
            raise RefusalError("user_not_found")
        return found

    def direct(self, team_id: str, bot_user_id: str, user: User) -> Channel:
        """Return the direct messages between a bot and somebody."""
        for each in self.channels.values():
            if each.recipient is user and each.members >= {bot_user_id}:
                return each
        # An organisation's token writes to people in their own team.
        home = team_id if team_id in self.teams else user.team_id
        made = Channel(self.mint.make("D"), user.handle, home, DIRECT)
        made.members, made.recipient = {bot_user_id, user.id}, user
        self.channels[made.id] = made
        return made

    def message(self, channel: Channel, ts: str) -> Message:
        """Return a message that everybody there sees.

        Raises:
            RefusalError: If there is none.
        """
        found = channel.messages.get(ts)
        if found is None or found.reader is not None:
            raise RefusalError("message_not_found")
        return found

    def knows(self, kind: str, which: str) -> bool:
        """Whether a mention in a block means anything, now or in former times."""
        if kind == "user":
            return which in self.users
        if kind == "channel":
            return which in self.channels or which in self.gone
        return which in self.groups
