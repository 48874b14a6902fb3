"""``laurel run`` as a process of its own, beside a double of Slack."""

from __future__ import annotations

import base64
import random
import re
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.adapters.slack.manifest import EVENTS_PATH, manifest
from bot.adapters.slack.people import SLACK
from bot.adapters.slack.store import Grant, Installed
from bot.app import open_database, wall_clock
from bot.domain.community import Settings
from bot.domain.refs import ChannelRef, CommunityRef
from bot.features import declared, load_words
from bot.sealed import Seal
from storage import communities, set_aside
from storage.file import create
from storage.offline import look_into
from tests.battery import ledger
from tests.battery.hurried import World
from tests.battery.process import EASY, TOKEN, Process
from tests.fakes.discord.faults import Fault
from tests.fakes.slack import Actor, Channel, Shown, Slack, Team, doubled, words
from tests.fakes.slack.places import DIRECT, Message
from tests.waiting import until

NO_HISTORY = "missing_scope"
"""What Laurel is told where it was not granted to look."""

UNTAKEN = "unacknowledged"
"""A command that nobody took in: the process was killed meanwhile, or just started."""

_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_KEY_BYTES = 32
_EVERY = re.compile("")
_POSTS = re.compile(r"chat\.(postMessage|update|delete)$")

Copies = Counter[tuple[str, str]]
"""How often each post stands, by its channel and its marker."""


@dataclass(repr=False)
class Place:
    """A workspace that thanks on a wall."""

    team: Team
    wall: Channel
    owner: Actor

    @property
    def ref(self) -> CommunityRef:
        """The workspace, as Laurel names it."""
        return CommunityRef(SLACK, self.team.id)

    def settings(self, easy: Settings = EASY) -> Settings:
        """Return what the workspace has chosen."""
        return replace(easy, wall=ChannelRef(self.ref, self.wall.id))

    def grant(self) -> Grant:
        """Return what Slack handed over when Laurel was installed."""
        team = self.team
        grant = team.world.grants[team.bot_token]
        return Grant(
            place=team.id,
            organisation=False,
            name=team.name,
            teams=(),
            token=team.bot_token,
            bot=team.bot_user_id,
            installer=self.owner.id,
            scopes=tuple(sorted(grant.scopes)),
        )

    def let_in(self, name: str) -> Actor:
        """Add a member."""
        return self.team.add_member(name)

    async def thank(self, giver: Actor, to: Actor, why: str) -> bool | None:
        """Thank somebody; return whether it is in, None where nobody was there."""
        shown = await giver.command("/shoutout", f"{to.mention()} {why}")
        return None if shown.kind == "unanswered" else is_in(shown)

    def stands(self) -> Sequence[str]:
        """Return the numbers of the thanks that stand on its wall."""
        found = (TOKEN.search(words(each.raw)) for each in _posted(self.wall))
        return [each[0] for each in found if each]


@dataclass(repr=False, kw_only=True)
class Town(Process):
    """The double, and Laurel beside it, installed in every workspace."""

    slack: Slack
    signed: bool = False
    public: str = "http://127.0.0.1"
    places: list[Place] = field(default_factory=list)
    _key: str = field(
        default_factory=lambda: base64.b64encode(
            secrets.token_bytes(_KEY_BYTES)
        ).decode()
    )

    def found(self, name: str = "Willow") -> Place:
        """Add a workspace."""
        team = self.slack.add_team(name)
        owner = team.add_member("Ada Bright", owner=True)
        place = Place(team, team.add_channel("wall-of-thanks"), owner)
        self.places.append(place)
        return place

    async def prepare(self, settings: Settings = EASY) -> None:
        """Make the file, with what every workspace that was added has chosen."""
        if not self.file.exists():
            create(self.file)
        async with open_database(self.file) as database:
            now = self.world.now()
            many = Installed(database, Seal.of(self._key), lambda: now)
            for place in self.places:
                await many.save(place.grant())
                chosen = place.settings(settings)
                await database.write(communities.add, place.ref, chosen, now)

    def settings(self) -> Sequence[str]:
        """Return where Slack is."""
        how = "http" if self.signed else "socket"
        return ("[slack]", f'api = "{self.slack.api}"', f'connect = "{how}"')

    def secrets(self) -> Mapping[str, str]:
        """Return the app's, for many workspaces."""
        way = (
            {"LAUREL_SLACK_SIGNING_SECRET": self.slack.signing_secret}
            if self.signed
            else {"LAUREL_SLACK_APP_TOKEN": self.slack.app_token}
        )
        return way | {
            "LAUREL_SLACK_CLIENT_ID": self.slack.client_id,
            "LAUREL_SLACK_CLIENT_SECRET": self.slack.client_secret,
            "LAUREL_SLACK_KEY": self._key,
        }

    async def ready(self) -> None:
        """Wait until Laurel is connected, and let Slack call it where it is to."""
        if self.signed:
            self.slack.deliver_to(self.url.rstrip("/") + EVENTS_PATH)
        await super().ready()

    async def met(self) -> None:
        """Wait until Laurel knows every workspace."""
        asked = self.slack.requests
        teams = {place.team.id for place in self.places}
        await until(
            lambda: teams <= {r.team_id for r in asked if r.method == "auth.test"}
        )

    def doubled(self, *, direct: bool = False) -> Counter[str]:
        """Return how many posts stand once too often, by channel.

        Args:
            direct: Whether to look at direct messages, and not at channels.
        """
        found: Counter[str] = Counter()
        for (channel, _), copies in posts_of(self.slack).items():
            if (self.slack.world.channels[channel].kind == DIRECT) is direct:
                found[channel] += copies - 1
        return +found

    def unseen(self) -> int:
        """Return how many posts moderators are told of that may stand twice."""
        with look_into(self.file) as tx:
            everywhere = communities.every(tx)
            return sum(set_aside.unseen(tx, each, _EVER) for each in everywhere)

    def wrong(self, acknowledged: Sequence[str]) -> dict[str, object]:
        """Return what is wrong once nothing waits; nothing when all is well.

        What stands twice, Laurel has to have said so of.

        Args:
            acknowledged: Words of which somebody was told that they are in.
        """
        walls = [ledger.Wall(p.ref, p.wall.id, p.stands()) for p in self.places]
        found = ledger.faults(self.file, walls, acknowledged)
        found["posted twice"] = self.doubled().total()
        told = self.doubled().total() + self.doubled(direct=True).total()
        found["twice and not said"] = max(0, told - self.unseen())
        listed: dict[str, object] = {what: n for what, n in found.items() if n}
        if self.crashes():
            listed["crashes"] = self.crashes()
        if self.slack.findings:
            listed["findings"] = self.slack.findings
        return listed


def posts_of(slack: Slack) -> Copies:
    """Return how often each post stands anywhere."""
    return Counter(
        (channel.id, str(message.metadata["event_payload"]["id"]))
        for channel in slack.world.channels.values()
        for message in _posted(channel)
        if message.metadata is not None
    )


def _posted(channel: Channel) -> Iterator[Message]:
    """Yield what Laurel posted of its own accord."""
    for message in channel.messages.values():
        if message.metadata is not None and message.reader is None:
            yield message


def is_in(shown: Shown) -> bool:
    """Return whether somebody was told that their thanks are in."""
    if shown.message is None or shown.kind != "message":
        return False
    return "Undo" in shown.text or "in already" in shown.text


@asynccontextmanager
async def beside(
    folder: Path, speed: int = 1, profile: str = "full", *, signed: bool = False
) -> AsyncIterator[Town]:
    """Run a double, in which time passes as for the Laurel that is to be started.

    What breaks a rule of Slack's fails the test.

    Args:
        folder: Where Laurel's file is to stand.
        speed: How many seconds pass in one.
        profile: See `Slack.profile_history`.
        signed: Whether Slack calls the web port, and no socket is opened.
    """
    folder.mkdir(parents=True, exist_ok=True)
    town: list[Town] = []
    world, said = World(wall_clock(), speed), load_words()
    async with doubled(lambda: town[0].world.now() if town else world.now()) as slack:
        slack.register(manifest(declared(said), said))
        slack.profile_history = profile
        if profile == "none":
            slack.tolerate(NO_HISTORY)
        town.append(Town(folder=folder, world=world, slack=slack, signed=signed))
        yield town[0]
        assert not slack.findings, "\n".join(slack.findings[:20])


def now_and_then(
    slack: Slack, luck: random.Random, share: float = 0.05, *, resets: bool = True
) -> None:
    """Have Slack answer posts as it does: not always.

    Of ``share``, two fifths each are a 429 and a 500. A fifth is accepted and dropped,
    or with no ``resets`` a 500 as well. Nor need anybody be answered in time.
    """
    slack.tolerate(UNTAKEN)
    requests = slack.faults.requests
    usual = requests.pick

    def pick(label: str) -> Fault | None:
        draw = luck.random() / share
        if draw >= 1 or not _POSTS.search(label):
            return usual(label)
        requests.fire()
        if draw < 0.4:
            return Fault("limit", _EVERY, wait_s=1)
        if draw < 0.8 or not resets:
            return Fault("status", _EVERY, status=500, body="")
        return Fault("reset", _EVERY, accept=True)

    requests.pick = pick  # type: ignore[method-assign]
