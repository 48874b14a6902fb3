"""Discord as a town for stories: Laurel as `laurel run` serves it, and its double."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.discord.people import DISCORD as PLATFORM
from bot.chat.catalogue import Catalogue
from bot.chat.speech import Reader, Speech
from bot.chat.text import Style, When
from bot.config import DISCORD, Secret, Settings
from bot.config.settings import DatabaseSettings, DiscordSettings, WebSettings
from bot.demo.clock import Held
from bot.domain import community
from bot.domain.refs import ChannelRef, CommunityRef
from bot.features import load_words
from storage import communities
from storage.database import Transaction
from storage.file import create
from tests.adapters.discord.markdown import read
from tests.fakes.discord import (
    Actor,
    Channel,
    Discord,
    Guild,
    NotPossibleError,
    Shown,
    doubled,
)
from tests.fakes.discord.places import Json, Message
from tests.fakes.discord.rules import walk
from tests.stories.quick import quick
from tests.stories.serving import ServedTown
from tests.stories.town import Answer, Given
from tests.stories.town import Person as Neighbour
from tests.waiting import until

START = datetime(2026, 3, 6, 16, 2, tzinfo=UTC)
"""A Friday afternoon."""

ZONE = ZoneInfo("Europe/Lisbon")

AT_ONCE = 1_000
"""Messages that a channel takes in a second: how they are paced is shown elsewhere."""

POST = "POST /channels/{channel}/messages"
EDIT = "PATCH /channels/{channel}/messages/{message}"

EDIT_AGAIN = "again:"
"""What the button begins with that opens a refused form as it was."""

_STYLES = {"t": Style.TIME, "D": Style.DATE, "R": Style.RELATIVE, "f": Style.MOMENT}
_TOKEN = re.compile(r"<(@&|@|#|t:)(-?\d+)(?::(\w))?>")
_RANKED = re.compile(r"^`\s*(\d+)\s+\S+\s+(\d+)\s*`\s*(.*)$", re.MULTILINE)
"""A line of a board: rank, bar, amount, and who."""

_BETWEEN = " · "
"""Stands between the label of a fact and its value."""

_LABEL = 18
_TEXT_DISPLAY = 10


@dataclass(kw_only=True)
class Town(ServedTown[Actor]):
    """A small server on the double."""

    words: Catalogue
    discord: Discord
    guild: Guild
    rooms: dict[str, Channel] = field(default_factory=dict)

    @property
    def ref(self) -> CommunityRef:
        """The server, as Laurel names it."""
        return CommunityRef(PLATFORM, self.guild.id)

    @property
    def findings(self) -> Sequence[str]:
        """What Laurel asked of Discord that it should not have."""
        return self.discord.findings

    def settings(self) -> Settings:
        """Return how Laurel is set up."""
        return Settings(
            database=DatabaseSettings(self.home / "laurel.sqlite3"),
            discord=DiscordSettings(api=self.discord.api, gateway=self.discord.gateway),
            web=WebSettings(port=0),
            secrets={DISCORD: Secret(self.discord.token)},
        )

    def hurried(self) -> AbstractContextManager[None]:
        """Have Laurel wait less for servers to be told of."""
        return quick("discord_options", guilds_settle_s=0.1)

    def someone(self, actor: Actor) -> Neighbour:
        """Return a person as a story knows them."""
        return Someone(self, actor)

    async def sleeps(self, **by: float) -> None:
        """Have Laurel be down for so long, and for some seconds at least."""
        self.discord.gateway_side.identify_gap_s = 0
        await super().sleeps(**by)

    async def deletes(self, room: str) -> None:
        """Delete a channel, and what stood in it."""
        self.guild.delete_channel(self.rooms[room])
        self.rooms[room].messages.clear()
        await self.connected()
        await self.settles()

    async def opens(self, room: str) -> None:
        """Open the channel again."""
        self.guild.restore_channel(self.rooms[room])


@dataclass(frozen=True)
class Someone:
    """A person with Discord open."""

    town: Town
    actor: Actor

    @property
    def name(self) -> str:
        """What the server calls them."""
        return self.actor.name

    async def writes(self, words: str, room: str = "general") -> Answer:
        """Write a message."""
        return self._message(await self.actor.says(words, self.town.rooms[room]))

    async def types(self, command: str, /, **answers: Given) -> Answer:
        """Type a command with its options."""
        name = command.removeprefix("/")
        general = self.town.rooms["general"]
        options = await self._options(name, answers)
        try:
            shown = await self.actor.slash(name, options, general)
        except NotPossibleError:
            return self._too_many(name, answers)
        return await self._answer(shown)

    def _too_many(self, command: str, answers: Mapping[str, Given]) -> Answer:
        """Return what Discord's own client says where it has no place for somebody."""
        declared = {each["name"] for each in self._declared(command)}
        errors = {}
        for name, given in answers.items():
            places = sum(each.partition("-")[0] == name for each in declared)
            if isinstance(given, list | tuple) and len(given) > places:
                errors[name] = f"up to {places} people"
        assert errors, f"{self.name} cannot type /{command} with {answers}"
        return Answer("", "", errors=errors)

    async def presses(self, label: str, on: Answer) -> Answer:
        """Press a button, or pick an option."""
        message = self._found(on)
        labels = [each.get("label") or "" for each in walk(message.raw["components"])]
        if any(each.startswith(label) for each in labels):
            return await self._answer(await self.actor.click(message.id, label))
        options = _offered(message.raw)
        fitting = [o["value"] for o in options if o["label"].startswith(label)]
        assert fitting, f"{label!r} is not one of {on.buttons}"
        return await self._answer(await self.actor.pick(message.id, fitting[0]))

    async def chooses(self, entry: str, on: Answer) -> Answer:
        """Choose an entry of a message's menu."""
        return await self._answer(await self.actor.menu(entry, self._found(on).id))

    async def fills_in(self, form: Answer, /, **answers: Given) -> Answer:
        """Change what stands in a form, and send all of it."""
        shown = FORMS[form.id]
        given = {name: self._meant(value) for name, value in answers.items()}
        typed = {name: str(v) if type(v) is int else v for name, v in given.items()}
        return await self._answer(await self.actor.submit(shown, typed))

    async def sees(self, answer: Answer) -> bool:
        """Return whether a message stands where this person sees it."""
        return any(
            each.id == answer.id.partition("|")[0]
            for room in (*self.town.rooms.values(), self.actor.dm)
            for each in self.actor.sees(room)
        )

    async def reads(self, room: str) -> Sequence[Answer]:
        """Return what stands in a room for this person."""
        place = self.town.rooms[room]
        return [self._message(each.raw) for each in self.actor.sees(place)]

    async def follows(self, post: Answer) -> Sequence[Answer]:
        """Return what stands in the thread that a message has."""
        found = self.actor.world.channels.get(post.id)  # a thread has its message's id
        seen = self.actor.sees(found) if found else ()
        return [self._message(each.raw) for each in seen]

    async def hears(self) -> Sequence[str]:
        """Return what Laurel wrote to this person directly."""
        return [self._message(each.raw).text for each in self.actor.sees(self.actor.dm)]

    async def keeps(self, answer: Answer) -> str:
        """Return the text of the files that came with a message."""
        return "\n".join(each.decode() for each in self._attached(answer))

    async def looks_at(self, answer: Answer) -> bytes:
        """Return what was attached to a message."""
        (kept,) = self._attached(answer)
        return kept

    def _attached(self, answer: Answer) -> Sequence[bytes]:
        return [
            upload.content
            for attached in self._found(answer).raw["attachments"]
            for path, upload in self.actor.world.uploads.items()
            if attached["url"].endswith(path)
        ]

    def _found(self, answer: Answer) -> Message:
        wanted = answer.id.partition("|")[0]
        threads = [c for c in self.actor.world.channels.values() if c.is_thread]
        for room in (*self.town.rooms.values(), self.actor.dm, *threads):
            for each in self.actor.sees(room):
                if each.id == wanted:
                    return each
        raise AssertionError(f"{self.name} does not see {answer.text!r}")

    async def _options(self, command: str, answers: Mapping[str, Given]) -> Json:
        """Return a command's options as they are typed and picked."""
        options: Json = {}
        for name, given in answers.items():
            if isinstance(given, Sequence) and not isinstance(given, str):
                for number, each in enumerate(given, 1):
                    options[name if number == 1 else f"{name}-{number}"] = self._meant(
                        each
                    )
            elif given is not None:
                options[name] = self._meant(given)
        for name, value in list(options.items()):
            if isinstance(value, str) and self._completes(command, name):
                options[name] = await self._completed(command, options, name)
            elif isinstance(value, str):
                options[name] = self._picked(command, name, value)
        return options

    def _completes(self, command: str, name: str) -> bool:
        return any(
            each["name"] == name and each.get("autocomplete")
            for each in self._declared(command)
        )

    def _picked(self, command: str, name: str, words: str) -> str:
        """Return the value of the choice that is labelled so, else the words."""
        labels = {
            choice["name"]: str(choice["value"])
            for each in self._declared(command)
            if each["name"] == name
            for choice in each.get("choices") or ()
        }
        return next((value for at, value in labels.items() if words in at), words)

    def _declared(self, command: str) -> Sequence[Json]:
        """Return the options that a command has."""
        first, _, second = command.partition(" ")
        (found,) = (c for c in self.town.discord.commands() if c["name"] == first)
        if second:
            (found,) = (o for o in found["options"] if o["name"] == second)
        return found.get("options") or ()

    async def _completed(self, command: str, options: Json, name: str) -> Any:
        """Return the value of what is offered for what was typed."""
        general = self.town.rooms["general"]
        offered = await self.actor.autocomplete(command, options, name, general)
        values = [value for label, value in offered if options[name] in label]
        assert values, f"{options[name]!r} is not one of {offered}"
        return values[0]

    def _meant(self, given: Given) -> Any:
        """Return an answer as the double takes it."""
        if isinstance(given, Someone):
            return given.actor
        if isinstance(given, str) and given.startswith("#"):
            return self.town.rooms[given.removeprefix("#")]
        if isinstance(given, Sequence) and not isinstance(given, str):
            return [self._meant(each) for each in given]
        return given

    async def _answer(self, shown: Shown) -> Answer:
        await self.town.settles()
        if shown.modal is not None:
            return self._form(shown)
        assert shown.message is not None, f"{shown.kind} to {self.name}"
        said = shown.followups[-1] if shown.followups else shown.message
        answer = self._message(said)
        again = [
            each["custom_id"]
            for each in walk(said["components"])
            if str(each.get("custom_id", "")).startswith(EDIT_AGAIN)
        ]
        return await self._refused(answer, again[0]) if again else answer

    async def _refused(self, answer: Answer, custom_id: str) -> Answer:
        """Open what can be edited again, and say where it was refused."""
        opened = await self.actor.click(answer.id, custom_id=custom_id)
        form = self._form(opened)
        assert opened.modal is not None
        questions = {
            each["label"]: each["component"]["custom_id"]
            for each in opened.modal["components"]
            if each["type"] == _LABEL
        }
        at = [
            name for label, name in questions.items() if answer.text.startswith(label)
        ]
        return Answer(
            form.id,
            answer.text,
            answer.buttons,
            form.asks,
            dict.fromkeys(at, answer.text),
        )

    def _form(self, shown: Shown) -> Answer:
        assert shown.modal is not None
        asks = {}
        for each in walk(shown.modal["components"]):
            if each["type"] == _LABEL:
                inner = each["component"]
                asks[inner["custom_id"]] = self._held(inner)
        said = self._text(shown.modal["components"])
        id_ = f"{shown.modal['custom_id']}|{shown.interaction.id}"
        FORMS[id_] = shown
        return Answer(id_, f"{shown.modal['title']}\n{said}", asks=asks)

    def _held(self, inner: Json) -> str:
        """Return what stands in a question already, as it reads."""
        chosen = [o["label"] for o in inner.get("options") or () if o.get("default")]
        named = inner.get("default_values") or ()
        chosen += [self._token(each["type"], str(each["id"])) for each in named]
        return " ".join(chosen) or str(inner.get("value") or "")

    def _message(self, raw: Json) -> Answer:
        components = raw.get("components") or []
        text = self._text(components) or self._read(raw.get("content") or "")
        labels = [
            each["label"]
            for each in walk(components)
            if each.get("label") and each.get("custom_id")
        ]
        options = (each["label"] for each in _offered(raw))
        return Answer(raw["id"], text, (*labels, *options))

    def _text(self, components: Sequence[Json]) -> str:
        """Return what is read, a line for each block."""
        blocks = (
            " ".join(
                self._read(each["content"])
                for each in walk([block])
                if each["type"] == _TEXT_DISPLAY
            )
            for block in components
        )
        return "\n".join(filter(None, (" ".join(block.split()) for block in blocks)))

    def _read(self, markdown: str) -> str:
        words = read(_RANKED.sub(r"\1 \3 \2", markdown)).words
        return _TOKEN.sub(self._drawn, words.replace(_BETWEEN, " "))

    def _drawn(self, found: re.Match[str]) -> str:
        """Return what Discord's client draws for itself."""
        if found[1] == "t:":
            return self._instant(int(found[2]), found[3] or "f")
        return self._token(found[1], found[2])

    def _instant(self, seconds: int, style: str) -> str:
        """Return an instant as the client writes it, here as Laurel's pages do."""
        town = self.town
        reader = Reader(town.words.choose(self.actor.user.locale), ZONE, town.clock())
        speech = Speech(town.words, reader, str)
        at = datetime.fromtimestamp(seconds, UTC)
        return speech.instant(When(at, _STYLES[style]))

    def _token(self, kind: str, snowflake: str) -> str:
        world, guild = self.actor.world, self.town.guild
        match kind:
            case "@" | "user":
                return "@" + world.users[snowflake].name
            case "#" | "channel":
                found = self.town.rooms.values()
                return "#" + next(c.name for c in found if c.id == snowflake)
            case _:
                return "@" + guild.roles[snowflake].name


FORMS: dict[str, Shown] = {}
"""The forms that are open, by the name that an answer gives them."""


def _offered(raw: Json) -> Sequence[Json]:
    """Return the options of every list in a message."""
    return [
        option
        for each in walk(raw.get("components") or [])
        for option in each.get("options") or ()
    ]


def _found(discord: Discord) -> tuple[Guild, dict[str, Actor], dict[str, Channel]]:
    """Found a server, with people and channels."""
    guild = discord.add_guild("Willow Workshop", owner="Ada Bright")
    people = {"Ada Bright": guild.owner}
    names = "Ana Souza,Bo Lindqvist,Chidi Okafor,Dana Levi,Farid Amin,Gil Prado"
    for name in (*names.split(","), "سلمى الخشّاب"):
        people[name] = guild.add_member(name)
    people["Eva Ruiz"] = guild.add_member("Eva Ruiz", locale="es-ES")
    mika = guild.add_member("Mika Aalto", permissions=("MANAGE_MESSAGES",))
    people["Mika Aalto"] = mika
    people["Kiln Watch"] = guild.add_member("Kiln Watch", bot=True)
    rooms = {
        "general": guild.general,
        "wall": guild.add_channel("wall of thanks"),
        "moderators": guild.add_channel("moderators", only=(mika, guild.owner)),
    }
    return guild, people, rooms


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """Found a town whose file stands in ``folder``."""
    create(folder / "laurel.sqlite3")
    clock = Held(START)
    async with doubled(clock) as discord:
        for route in (POST, EDIT):
            discord.rest.buckets.limits[route] = (AT_ONCE, 1)
        guild, people, rooms = _found(discord)
        town = Town(
            home=folder,
            words=load_words(),
            clock=clock,
            discord=discord,
            guild=guild,
            people=people,
            rooms=rooms,
        )
        try:
            await town.starts()
            write = town.served.laurel.database.write
            read_from = town.served.laurel.database.read
            await until(lambda: read_from(_is_known, town.ref))
            await write(_settle_in, town.ref, rooms["wall"].id, rooms["moderators"].id)
            yield town
        finally:
            await town.stops()


def _is_known(tx: Transaction, ref: CommunityRef) -> bool:
    return any(each.ref == ref for each in communities.every(tx))


def _settle_in(tx: Transaction, ref: CommunityRef, wall: str, moderators: str) -> None:
    settings = community.Settings(
        "en", ZONE, ChannelRef(ref, wall), ChannelRef(ref, moderators)
    )
    communities.change(tx, communities.get(tx, ref), settings)
