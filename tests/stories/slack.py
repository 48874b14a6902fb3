"""Slack as a town for stories: Laurel as `laurel run` serves it, and its double."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.adapters.slack.manifest import manifest
from bot.adapters.slack.people import SLACK as PLATFORM
from bot.config import SLACK_APP, SLACK_BOT, Secret, Settings
from bot.config.settings import DatabaseSettings, SlackSettings, WebSettings
from bot.demo.clock import Held
from bot.domain import community
from bot.domain.refs import ChannelRef, CommunityRef
from bot.features import declared, load_words
from storage import communities
from storage.database import Transaction
from storage.file import create
from tests.fakes.slack import Actor, Channel, Json, Shown, Slack, Team, doubled
from tests.fakes.slack.places import Message
from tests.fakes.slack.rules import elements
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

_BAR = re.compile(r"[▰▱]+\s*")
_PLACE = re.compile(r"^\s*(\d+)\s+(.+)$")
"""An amount, and whose it is; Slack itself numbers the places."""

_BETWEEN = " · "
"""Stands between the label of a fact and its value."""

_WARNING = "⚠️ "
_TYPED = frozenset({"to", "why", "value"})
"""What people write after the command; anything else they choose in its form."""


@dataclass(kw_only=True)
class Town(ServedTown[Actor]):
    """A small workspace on the double."""

    slack: Slack
    team: Team
    rooms: dict[str, Channel] = field(default_factory=dict)
    forms: dict[str, Shown] = field(default_factory=dict)

    @property
    def names(self) -> re.Pattern[str]:
        """What everybody is called, where it is no mention."""
        return re.compile(rf"(?<!@)({'|'.join(map(re.escape, self.people))})")

    @property
    def ref(self) -> CommunityRef:
        """The workspace, as Laurel names it."""
        return CommunityRef(PLATFORM, self.team.id)

    @property
    def findings(self) -> Sequence[str]:
        """What Laurel asked of Slack that it should not have."""
        return self.slack.findings

    def settings(self) -> Settings:
        """Return how Laurel is set up."""
        return Settings(
            database=DatabaseSettings(self.home / "laurel.sqlite3"),
            slack=SlackSettings(api=self.slack.api),
            web=WebSettings(port=0),
            secrets={
                SLACK_APP: Secret(self.slack.app_token),
                SLACK_BOT: Secret(self.team.bot_token),
            },
        )

    def hurried(self) -> AbstractContextManager[None]:
        """Have Laurel wait less between two messages of a channel."""
        return quick("slack_options", channel_gap_s=0.0)

    def someone(self, actor: Actor) -> Neighbour:
        """Return a person as a story knows them."""
        return Someone(self, actor)

    async def deletes(self, room: str) -> None:
        """Delete a channel, and what stood in it."""
        self.team.delete_channel(self.rooms[room])
        self.rooms[room].messages.clear()
        await self.settles()

    async def opens(self, room: str) -> None:
        """Open the channel again."""
        self.slack.world.channels[self.rooms[room].id] = self.rooms[room]


@dataclass(frozen=True)
class Someone:
    """A person with Slack open."""

    town: Town
    actor: Actor

    @property
    def name(self) -> str:
        """What the workspace calls them."""
        return self.actor.name

    async def writes(self, words: str, room: str = "general") -> Answer:
        """Write a message."""
        return self._message(await self.actor.says(words, self.town.rooms[room]))

    async def types(self, command: str, /, **answers: Given) -> Answer:
        """Type a command as far as one does, and fill in its form with the rest."""
        first, _, rest = command.partition(" ")
        typed = set(answers) <= _TYPED
        text = f"{rest} {self._line(answers)}".strip() if typed else rest
        general = self.town.rooms["general"]
        shown = await self._answer(await self.actor.command(first, text, general))
        return shown if typed else await self.fills_in(shown, **answers)

    def _line(self, answers: Mapping[str, Given]) -> str:
        """Return what is typed behind a command."""
        to = self._meant(answers.get("to")) or ()
        words = [self.actor.mention(each) for each in to]
        words.append(str(answers.get("why") or ""))
        if value := answers.get("value"):
            words.append(f"#{value}")
        return " ".join(words)

    async def presses(self, label: str, on: Answer) -> Answer:
        """Press a button, or pick an option."""
        message = self._found(on)
        for _, element in elements(message.raw["blocks"]):
            if element["type"] == "button":
                if element["text"]["text"].startswith(label):
                    return await self._answer(await self.actor.click(message.ts, label))
                continue
            for option in element.get("options") or ():
                if option["text"]["text"].startswith(label):
                    picked = await self.actor.pick(message.ts, option["value"])
                    return await self._answer(picked)
        raise AssertionError(f"{label!r} is not one of {on.buttons}")

    async def chooses(self, entry: str, on: Answer) -> Answer:
        """Choose an entry of a message's menu."""
        return await self._answer(await self.actor.menu(entry, on.id))

    async def fills_in(self, form: Answer, /, **answers: Given) -> Answer:
        """Change what stands in a form, and send all of it."""
        shown = self.town.forms[form.id]
        assert shown.view is not None
        options = {
            each["block_id"]: each["element"].get("options") or ()
            for each in shown.view["blocks"]
            if each["type"] == "input"
        }
        given = {
            name: self._chosen(options[name], self._meant(value))
            for name, value in answers.items()
        }
        return await self._answer(await self.actor.submit(shown.view["id"], given))

    @staticmethod
    def _chosen(options: Sequence[Json], given: Any) -> Any:
        """Return the value of the option that is meant, else what was given."""
        if isinstance(given, bool):
            return "yes" if given else "no"
        fitting = [o["value"] for o in options if str(given) in o["text"]["text"]]
        return fitting[0] if fitting else given

    async def sees(self, answer: Answer) -> bool:
        """Return whether a message stands where this person sees it."""
        return any(
            each.ts == answer.id
            for room in (*self.town.rooms.values(), self.actor.dm)
            for each in self.actor.sees(room)
        )

    async def reads(self, room: str) -> Sequence[Answer]:
        """Return what stands in a room for this person."""
        place = self.town.rooms[room]
        return [
            self._message(each.raw)
            for each in self.actor.sees(place)
            if each.raw.get("thread_ts") in {None, each.ts}
        ]

    async def follows(self, post: Answer) -> Sequence[Answer]:
        """Return what stands in the thread of a message."""
        return [
            self._message(each.raw)
            for room in self.town.rooms.values()
            for each in self.actor.sees(room)
            if each.raw.get("thread_ts") == post.id and each.ts != post.id
        ]

    async def hears(self) -> Sequence[str]:
        """Return what Laurel wrote to this person directly."""
        direct = self.actor.sees(self.actor.dm)
        return [self._message(each.raw).text for each in direct]

    async def keeps(self, answer: Answer) -> str:
        """Return the text of the files that came to this person's direct messages."""
        del answer  # which only says where they are
        await until(lambda: bool(self._files()))
        files = self.actor.world.files
        contents = (files[told["id"]].content or b"" for told in self._files())
        return "\n".join(each.decode() for each in contents)

    async def looks_at(self, answer: Answer) -> bytes:
        """Return the file that came to this person's direct messages."""
        del answer  # which only says where it is
        await until(lambda: bool(self._files()))
        (told,) = self._files()
        return self.actor.world.files[told["id"]].content or b""

    def _files(self) -> Sequence[Json]:
        direct = self.actor.sees(self.actor.dm)
        return [each for one in direct for each in one.raw.get("files") or ()]

    def _found(self, answer: Answer) -> Message:
        for room in (*self.town.rooms.values(), self.actor.dm):
            for each in self.actor.sees(room):
                if each.ts == answer.id:
                    return each
        raise AssertionError(f"{self.name} does not see {answer.text!r}")

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
        if shown.view is not None and shown.kind != "home":
            return self._form(shown)
        assert shown.message is not None, f"{shown.kind} to {self.name}"
        return self._message(shown.message)

    def _form(self, shown: Shown) -> Answer:
        view = shown.view
        assert view is not None
        self.town.forms[view["id"]] = shown
        errors, said, wrong = dict(shown.errors), [view["title"]["text"]], ""
        asks: dict[str, str] = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                asks[block["block_id"]] = self._held(view, block)
                if wrong:
                    errors[block["block_id"]] = wrong
                wrong = ""
                continue
            words = self._words(block)
            said.append(words)
            wrong = words.removeprefix(_WARNING) if words.startswith(_WARNING) else ""
        return Answer(view["id"], "\n".join(said), asks=asks, errors=errors)

    def _held(self, view: Json, block: Json) -> str:
        """Return what stands in a question already, as it reads."""
        element = block["element"]
        state = view.get("state", {}).get("values", {}).get(block["block_id"], {})
        held: Json = next(iter(state.values()), {})
        found = [
            value
            for source in (element, held)
            for key, value in source.items()
            if key.startswith(("initial_", "selected_")) or key == "value"
        ]
        return self.town.names.sub(
            r"@\1", " ".join(map(self._one, filter(None, found)))
        )

    def _one(self, value: Any) -> str:
        if isinstance(value, list):
            return " ".join(map(self._one, value))
        if isinstance(value, dict):
            return str(value["text"]["text"])
        user = self.actor.world.users.get(str(value))
        return f"@{user.name}" if user else str(value)

    def _message(self, raw: Json) -> Answer:
        blocks = raw.get("blocks") or []
        said = " ".join(filter(None, map(self._words, blocks)))
        labels = [
            element["text"]["text"]
            for _, element in elements(blocks)
            if element["type"] == "button"
        ]
        options = [
            option["text"]["text"]
            for _, element in elements(blocks)
            for option in element.get("options") or ()
        ]
        return Answer(raw["ts"], said or raw["text"], (*labels, *options))

    def _words(self, block: Json) -> str:
        """Return what is read in a block, on one line."""
        if block["type"] in {"actions", "divider"}:
            return ""
        said = " ".join(self._pieces(block)).replace(_BETWEEN, " ")
        read = " ".join(_BAR.sub(" ", said).split())
        # Whoever is named and not told of it is no mention here, but a name.
        return self.town.names.sub(r"@\1", read)

    def _pieces(self, part: Any) -> Sequence[str]:
        """Return the words of a block or what is in it, in the order of reading."""
        if isinstance(part, list):
            return [piece for each in part for piece in self._pieces(each)]
        if not isinstance(part, dict):
            return []
        match part.get("type"):
            case "plain_text" | "mrkdwn":
                return [part["text"]]
            case "rich_text_section" | "rich_text_quote" | "rich_text_preformatted":
                return ["".join(map(self._leaf, part["elements"]))]
            case "rich_text_list" if part.get("style") == "ordered":
                items = [" ".join(self._pieces(each)) for each in part["elements"]]
                places = (_PLACE.sub(r"\2 \1", _BAR.sub("", each)) for each in items)
                return [f"{rank} {place}" for rank, place in enumerate(places, 1)]
            case _:
                keys = ("text", "fields", "elements", "accessory")
                return [p for key in keys for p in self._pieces(part.get(key))]

    def _leaf(self, leaf: Json) -> str:
        world = self.actor.world
        match leaf["type"]:
            case "user":
                return "@" + world.users[leaf["user_id"]].name
            case "channel":
                found = self.town.rooms.values()
                return "#" + next(c.name for c in found if c.id == leaf["channel_id"])
            case "date":
                return str(leaf["fallback"])
            case _:
                return str(leaf.get("text", ""))


def _found(slack: Slack) -> tuple[Team, dict[str, Actor], dict[str, Channel]]:
    """Found a workspace, with people and channels."""
    team = slack.add_team("Willow Workshop")
    people = {"Ada Bright": team.add_member("Ada Bright", owner=True)}
    names = "Ana Souza,Bo Lindqvist,Chidi Okafor,Dana Levi,Farid Amin,Gil Prado"
    for name in (*names.split(","), "Mika Aalto", "سلمى الخشّاب"):
        people[name] = team.add_member(name)
    people["Eva Ruiz"] = team.add_member("Eva Ruiz", locale="es-ES")
    people["Kiln Watch"] = team.add_member("Kiln Watch", bot=True)
    for name, actor in people.items():
        actor.user.display = name
    trusted = [people["Mika Aalto"], people["Ada Bright"]]
    rooms = {
        "general": team.general,
        "wall": team.add_channel("wall of thanks"),
        "moderators": team.add_channel("moderators", private=True, members=trusted),
    }
    return team, people, rooms


@asynccontextmanager
async def town(folder: Path) -> AsyncIterator[Town]:
    """Found a town whose file stands in ``folder``."""
    create(folder / "laurel.sqlite3")
    clock, words = Held(START), load_words()
    async with doubled(clock) as slack:
        slack.register(manifest(declared(words), words))
        slack.web_api.limits.messages_a_second = AT_ONCE
        team, people, rooms = _found(slack)
        town = Town(
            home=folder,
            clock=clock,
            slack=slack,
            team=team,
            people=people,
            rooms=rooms,
        )
        try:
            await town.starts()
            database = town.served.laurel.database
            await until(lambda: database.read(_is_known, town.ref))
            wall, moderators = rooms["wall"].id, rooms["moderators"].id
            await database.write(_settle_in, town.ref, wall, moderators)
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
