"""discord.py itself, as a bot of our own, on the double: people, faults, recovery."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import discord
import pytest
import yarl
from aiohttp import ClientConnectionError, ClientConnectorError
from discord import (
    AutoShardedClient,
    DiscordServerError,
    Intents,
    LoginFailure,
    TextChannel,
)
from discord.app_commands import Choice
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.fakes.discord import Actor, Attachment, Guild, Json
from tests.fakes.discord import Discord as Double
from tests.harness import Clock
from tests.needs import need
from tests.waiting import until

Handler = Callable[[discord.Interaction], Awaitable[object]]

WHY = {"type": 3, "name": "why", "description": "d", "min_length": 2, "max_length": 20}
TO = {"type": 6, "name": "to", "description": "d", "required": True}
KIND = {"type": 3, "name": "kind", "description": "d", "autocomplete": True}
CHOICES = [{"name": "Kindness", "value": "k"}]
COMMANDS: list[Json] = [
    {"name": "thank", "type": 1, "description": "d", "options": [TO, WHY, KIND]},
    {
        "name": "laurel",
        "type": 1,
        "description": "d",
        "default_member_permissions": "8192",
        "options": [
            {
                "name": "set",
                "type": 1,
                "description": "d",
                "options": [
                    {"type": 7, "name": "where", "description": "d"},
                    {"type": 8, "name": "role", "description": "d"},
                    {"type": 11, "name": "file", "description": "d"},
                    {"type": 4, "name": "many", "description": "d", "max_value": 9},
                    {"type": 5, "name": "sure", "description": "d"},
                    {**WHY, "name": "kind", "min_length": 1, "choices": CHOICES},
                ],
            }
        ],
    },
    {"name": "Thank too", "type": 3},
    {"name": "Who is it", "type": 2},
]


class Bot(discord.Client):
    """A bot that does what a test says with each interaction."""

    def __init__(self) -> None:
        super().__init__(
            intents=discord.Intents(guilds=True),
            guild_ready_timeout=0.01,
            allowed_mentions=discord.AllowedMentions.none(),
        )
        self.handle: Handler | None = None
        self.heard: list[discord.Interaction] = []
        self.failed: list[BaseException] = []

    async def serve(self, token: str) -> None:
        """Stay connected until closed, or until Discord will not have it."""
        try:
            await self.start(token)
        except discord.ConnectionClosed as error:
            self.failed.append(error)

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.heard.append(interaction)
        if self.handle is not None:
            try:
                await self.handle(interaction)
            except discord.DiscordException as error:
                self.failed.append(error)

    @property
    def raw(self) -> Any:
        """The data of the last interaction."""
        return self.heard[-1].data

    def wall(self, guild: Guild) -> discord.TextChannel:
        """The guild's first channel."""
        found = self.get_channel(int(guild.general.id))
        assert isinstance(found, discord.TextChannel)
        return found


@asynccontextmanager
async def running(double: Double) -> AsyncIterator[Bot]:
    """Have the bot connected while the block runs."""
    bot = Bot()
    async with bot, asyncio.TaskGroup() as tasks:
        task = tasks.create_task(bot.serve(double.token))
        async with asyncio.timeout(5):
            await double.connected()
            await bot.wait_until_ready()
        yield bot
        await bot.close()
        task.cancel()


@pytest.fixture
async def bot(
    discord: Double, guild: Guild, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bot]:
    monkeypatch.setattr(Route, "BASE", discord.api)
    address = yarl.URL(discord.gateway)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", address)
    async with running(discord) as bot:
        await bot.http.bulk_upsert_global_commands(int(bot.user.id), COMMANDS)  # type: ignore[union-attr]
        yield bot


def say(text: str, **more: Any) -> Handler:
    """Answer with these words."""
    return lambda it: it.response.send_message(text, **more)


def undo() -> discord.ui.View:
    """Return a button, and a select beneath it."""
    view = discord.ui.View()
    button: discord.ui.Button[Any] = discord.ui.Button(label="Undo", custom_id="1:undo")
    select: discord.ui.Select[Any] = discord.ui.Select(custom_id="1:pick")
    select.add_option(label="First", value="a")
    select.add_option(label="Second", value="b")
    view.add_item(button).add_item(select)
    view.stop()
    return view


async def test_the_bot_meets_the_guild(bot: Bot, discord: Double, guild: Guild) -> None:
    """As its owner made it; and the double's document was there to judge by."""
    need("specs")
    (met,) = bot.guilds
    assert ("Willow", int(guild.owner_id)) == (met.name, met.owner_id)
    assert ["general"] == [each.name for each in met.text_channels]
    assert met.me.display_name == "Laurel"
    assert (1, 1) == (discord.connections, discord.identifies)


async def test_a_command_arrives_as_it_was_typed(
    bot: Bot, guild: Guild, ana: Actor, bo: Actor
) -> None:
    """With whom it names, who typed it, where, and in which language."""
    bot.handle = say("Thanked", ephemeral=True)
    shown = await bo.slash("thank", {"to": ana, "why": "for all"})
    assert ("message", True, "Thanked") == (shown.kind, shown.ephemeral, shown.text)
    (told,) = bot.heard
    assert [ana.id, "for all"] == [each["value"] for each in bot.raw["options"]]
    assert (
        {ana.id}
        == set(bot.raw["resolved"]["users"])
        == set(bot.raw["resolved"]["members"])
    )
    assert int(bo.id) == told.user.id
    assert ("es-ES", "en-US") == (str(told.locale), str(told.guild_locale))
    assert told.permissions.send_messages
    assert told.app_permissions.send_messages
    assert not told.permissions.manage_messages
    assert (True, int(guild.id)) == (told.context.guild, told.guild_id)


async def test_a_subcommand_arrives_nested(bot: Bot, guild: Guild) -> None:
    """Channels, roles, files, numbers, yes and no, and choices by their name."""
    bot.handle = say("Set")
    ada = guild.owner
    role = guild.add_role("Mentors")
    file = Attachment("people.csv", b"a,b", "text/csv")
    given = {"where": guild.general, "role": role, "file": file}
    given |= {"many": 9, "sure": True, "kind": "Kindness"}
    await ada.slash("laurel set", given)
    (nested,) = bot.raw["options"]
    assert ("set", 1) == (nested["name"], nested["type"])
    values = {each["name"]: each["value"] for each in nested["options"]}
    assert (9, True, "k") == (values["many"], values["sure"], values["kind"])
    resolved = bot.raw["resolved"]
    assert "Mentors" == resolved["roles"][values["role"]]["name"]
    assert "general" == resolved["channels"][values["where"]]["name"]
    kept = resolved["attachments"][values["file"]]
    assert b"a,b" == await bot.http.get_from_cdn(kept["url"])


async def test_completion_of_what_is_typed(bot: Bot, ana: Actor) -> None:
    """The option that is being typed is marked."""
    offered = [Choice(name="Kindness", value="k")]
    bot.handle = lambda it: it.response.autocomplete(offered)
    found = await ana.autocomplete("thank", {"to": ana, "kind": "ki"}, "kind")
    assert [("Kindness", "k")] == found
    assert {"name": "kind", "type": 3, "value": "ki", "focused": True} in (
        bot.raw["options"]
    )


async def test_buttons_and_selects(bot: Bot, ana: Actor, bo: Actor) -> None:
    """They redraw the message that they stand on, or answer beside it."""
    bot.handle = say("Thanked", view=undo())
    shown = await ana.slash("thank", {"to": bo})
    bot.handle = lambda it: it.response.edit_message(content="Undone")
    undone = await bo.click(shown, "Un")
    assert ("edited", "1:undo") == (undone.kind, bot.raw["custom_id"])
    assert "Undone" in undone.text
    bot.handle = say("Second it is")
    await ana.pick(shown, "Second")
    assert ["b"] == bot.raw["values"]
    message = bot.heard[-1].message
    assert message is not None
    assert message.content == "Undone"


async def test_menus(bot: Bot, discord: Double, guild: Guild, ana: Actor) -> None:
    """On a message with its words, and on a person."""
    bot.handle = say("Too")
    said = await ana.says("Bo fixed it", guild.general)
    await ana.menu("Thank too", said)
    assert "Bo fixed it" == bot.raw["resolved"]["messages"][said["id"]]["content"]
    await ana.menu("Who is it", guild.owner)
    assert guild.owner_id == bot.raw["target_id"]
    assert 3 == len(discord.sees(ana, guild.general))


class Form(discord.ui.Modal):
    """Ready JSON as a form."""

    def to_dict(self) -> dict[str, Any]:
        people = {"type": 5, "custom_id": "to", "max_values": 2}
        people["default_values"] = [{"id": self.custom_id, "type": "user"}]
        ways = [{"label": "Aloud", "value": "a"}, {"label": "Quietly", "value": "q"}]
        inner: list[Any] = [
            ("Who", people),
            ("Why", {"type": 4, "style": 2, "custom_id": "why", "value": "As drawn"}),
            ("How", {"type": 21, "custom_id": "how", "options": ways}),
            ("Proof", {"type": 19, "custom_id": "proof", "required": False}),
            ("Sure", {"type": 23, "custom_id": "sure"}),
        ]
        labels = [{"type": 18, "label": a, "component": b} for a, b in inner]
        return {"custom_id": "1:form", "title": "Thank", "components": labels}


async def test_forms(bot: Bot, ana: Actor, bo: Actor) -> None:
    """What is not named stays as it was drawn; each kind has its own shape."""
    form = Form(title="x", custom_id=bo.id)
    form.stop()
    bot.handle = lambda it: it.response.send_modal(form)
    shown = await ana.slash("thank", {"to": bo})
    assert "modal" == shown.kind
    bot.handle = say("Thanked")
    proof = Attachment("proof.txt", b"!", "text/plain")
    given = {"How": "Quietly", "proof": proof, "sure": True}
    done = await ana.submit(shown, given)
    assert "Thanked" == done.text
    inner = {
        each["component"]["custom_id"]: each["component"]
        for each in bot.raw["components"]
    }
    assert ([bo.id], "As drawn") == (inner["to"]["values"], inner["why"]["value"])
    assert ("q", True) == (inner["how"]["value"], inner["sure"]["value"])
    assert set(inner["proof"]["values"]) == set(bot.raw["resolved"]["attachments"])
    with pytest.raises(AssertionError):
        await ana.submit(shown, {"why": "", "how": "a"})
    with pytest.raises(AssertionError):
        await ana.submit(shown, {"How": "Loudly"})


async def test_messages_of_the_bot_are_seen_by_whom_they_reach(
    bot: Bot, discord: Double, guild: Guild, ana: Actor, bo: Actor
) -> None:
    """A channel's by those who see the channel, an answer's as it was declared."""
    staff = guild.add_channel("staff", only=[ana])
    await until(lambda: bot.get_channel(int(staff.id)))
    channel = bot.get_channel(int(staff.id))
    assert isinstance(channel, TextChannel)
    sent = await channel.send("Between us", file=_file())
    await sent.edit(content="Between us two")
    assert ["Between us two"] == [m["content"] for m in discord.sees(ana, staff)]
    assert [] == discord.sees(bo, staff)
    assert [sent.id] == [each.id async for each in channel.history(limit=5)]


def _file() -> discord.File:
    return discord.File(io.BytesIO(b"x"), "x.txt")


class Sharded(AutoShardedClient):
    """Does not wait five seconds between shards, for which the double has no rule."""

    async def before_identify_hook(
        self, shard_id: int | None, *, initial: bool = False
    ) -> None:
        return


async def test_shards(
    discord: Double, guild: Guild, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As many as Discord asks for, each with its own guilds."""
    monkeypatch.setattr(Route, "BASE", discord.api)
    address = yarl.URL(discord.gateway)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", address)
    discord.world.shards = 2
    for _ in range(20):
        clock.move(milliseconds=1)
        discord.add_guild("Elm")
    bot = Sharded(intents=Intents(guilds=True), guild_ready_timeout=0.05)
    async with bot, asyncio.TaskGroup() as tasks:
        task = tasks.create_task(bot.start(discord.token))
        await discord.connected(2)
        await until(lambda: 21 == len(bot.guilds))
        assert {0, 1} == {each.shard_id for each in bot.guilds}
        assert 2 == discord.identifies
        await bot.wait_until_ready()
        await bot.close()
        task.cancel()


async def test_news_of_the_guild(bot: Bot, discord: Double, guild: Guild) -> None:
    """New guilds, renamed and deleted channels, an outage, and being sent away."""
    elm = discord.add_guild("Elm")
    await until(lambda: bot.get_guild(int(elm.id)))
    wall = guild.add_channel("wall")
    guild.rename_channel(wall, "thanks")
    await until(lambda: str(bot.get_channel(int(wall.id))) == "thanks")
    guild.delete_channel(wall)
    await until(lambda: bot.get_channel(int(wall.id)) is None)
    guild.outage()
    await until(lambda: bot.get_guild(int(guild.id)).unavailable)  # type: ignore[union-attr]
    elm.rename("Elms")
    await until(lambda: str(bot.get_guild(int(elm.id))) == "Elms")
    elm.kick_bot()
    await until(lambda: bot.get_guild(int(elm.id)) is None)


async def test_an_interaction_told_twice(bot: Bot, discord: Double, ana: Actor) -> None:
    """A bot that answers both is told, and found out."""
    discord.faults.duplicate_dispatch()
    bot.handle = say("Once")
    await ana.slash("thank", {"to": ana})
    await until(lambda: bot.failed)
    assert 2 == len(bot.heard)
    assert "40060" in discord.findings[0]
    discord.findings.clear()


@pytest.mark.parametrize("how", ["cut", "reconnect", "invalid_session", "close"])
async def test_a_connection_that_is_lost_is_resumed(
    bot: Bot, discord: Double, guild: Guild, how: str
) -> None:
    """What happened meanwhile is told afterwards, and nothing identifies anew."""
    lost: dict[str, Callable[[], None]] = {
        "cut": discord.faults.cut,
        "reconnect": discord.faults.reconnect,
        "invalid_session": lambda: discord.faults.invalid_session(resumable=True),
        "close": lambda: discord.faults.close(4000),
    }
    lost[how]()
    wall = guild.add_channel("meanwhile")
    await until(lambda: discord.resumes)
    await until(lambda: bot.get_channel(int(wall.id)))
    assert 1 == discord.identifies


async def test_a_rate_limit_is_waited_out(
    bot: Bot, discord: Double, guild: Guild
) -> None:
    """discord.py takes our 429 for Discord's, not for a ban."""
    discord.faults.rate_limit(0.05, path="POST /channels/")
    sent = await bot.wall(guild).send("x")
    assert [str(sent.id)] == list(guild.general.messages)
    assert (1, 1) == (discord.rate_limited, discord.invalid_requests)
    assert [429, 200] == [each.status for each in discord.requests[-2:]]


async def test_a_server_error(bot: Bot, discord: Double, guild: Guild) -> None:
    """503 is not tried again; it has a body of HTML, as from a proxy."""
    discord.faults.status(503, times=1, path="POST /channels/", body="<p>Sorry</p>")
    with pytest.raises(DiscordServerError):
        await bot.wall(guild).send("x")
    assert {} == guild.general.messages


@pytest.mark.parametrize(("accept", "stand"), [(True, 1), (False, 0)])
async def test_a_connection_cut_in_mid_request(
    bot: Bot, discord: Double, guild: Guild, *, accept: bool, stand: int
) -> None:
    """The bot cannot know whether the message stands."""
    discord.faults.reset(accept=accept, path="POST /channels/")
    with pytest.raises((OSError, ClientConnectionError)):
        await bot.wall(guild).send("x")
    assert stand == len(guild.general.messages)
    assert 0 == discord.requests[-1].status


async def test_late_acceptance(bot: Bot, discord: Double, guild: Guild) -> None:
    """The message stands only after the bot has given up on it."""
    discord.faults.hang(wait_s=0.1, late=True, path="POST /channels/")
    async with asyncio.TaskGroup() as tasks:
        sending = tasks.create_task(bot.wall(guild).send("x"))
        await until(lambda: not discord.faults.armed)
        assert {} == guild.general.messages
        await until(lambda: guild.general.messages)
    assert "x" == sending.result().content


async def test_slowness(bot: Bot, discord: Double, ana: Actor) -> None:
    """Each request takes as long as a test says, half before and half after."""
    discord.faults.slow(0.2, path="callback")
    bot.handle = say("Slow")
    shown = await ana.slash("thank", {"to": ana})
    assert 0.1 <= shown.took_s < 0.2


async def test_everything_cut_and_mended(
    bot: Bot, discord: Double, guild: Guild
) -> None:
    """Connections are refused, as where nobody listens; then all is as before."""
    await discord.faults.cut_everything()
    with pytest.raises(ClientConnectionError):
        await bot.wall(guild).send("into a connection that stood")
    with pytest.raises(ClientConnectorError):
        await bot.wall(guild).send("into one that cannot be made")
    await discord.faults.mend()
    assert "y" == (await bot.wall(guild).send("y")).content


async def test_a_revoked_token_ends_the_bot(discord: Double, bot: Bot) -> None:
    """discord.py gives up, and does not try again for ever."""
    discord.faults.revoke_token()
    await until(lambda: bot.failed)
    assert bot.is_closed()
    assert ["4004"] == [str(error)[-4:] for error in bot.failed]
    async with Bot() as other:
        with pytest.raises(LoginFailure):
            await other.login(discord.token)
