"""People at their screens: they type, press, pick, fill in, and wait for the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from tests.fakes.discord import filling_in, typing_in
from tests.fakes.discord.deeds import (
    AUTOCOMPLETE,
    COMMAND,
    COMPONENT,
    MODAL,
    Deed,
    send,
)
from tests.fakes.discord.exchange import DEFER, DEFER_UPDATE, PATIENCE_S
from tests.fakes.discord.places import Channel, Json, Message, User
from tests.fakes.discord.shown import Shown, show
from tests.fakes.discord.typing_in import NotPossibleError, Resolved
from tests.fakes.discord.world import World
from tests.fakes.discord.writing import Draft, write

if TYPE_CHECKING:
    from tests.fakes.discord.guilds import Guild

_SETTLING_S: Final = 10.0
_BUTTON: Final = 2
_CHAT, _ON_USER, _ON_MESSAGE = 1, 2, 3


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """Somebody in a guild, or who was.

    Every deed takes ``settle``: whether to wait, after a placeholder, for what it
    gives way to; at most ten real seconds.
    """

    world: World = field(repr=False)
    user: User
    guild: Guild = field(repr=False)

    @property
    def id(self) -> str:
        """The user's id."""
        return self.user.id

    @property
    def name(self) -> str:
        """What they are called."""
        return self.user.name

    @property
    def dm(self) -> Channel:
        """Their direct messages with the bot."""
        return self.world.direct(self.user)

    async def slash(
        self,
        command: str,
        options: Mapping[str, Any] | None = None,
        channel: Channel | None = None,
        *,
        settle: bool = True,
    ) -> Shown:
        """Type a command and send it.

        Args:
            command: Its words, as ``laurel me``.
            options: By name; people, channels, roles and files as such.
            channel: Where; the guild's first channel by default.
            settle: See the class.

        Raises:
            NotPossibleError: If Discord's client would not send it.
        """
        place = self._at(channel)
        data = self._typed(command, options or {}, place)
        return await self._do(Deed(COMMAND, self.user, place, data), settle=settle)

    async def autocomplete(
        self,
        command: str,
        options: Mapping[str, Any],
        focused: str,
        channel: Channel | None = None,
    ) -> list[tuple[str, Any]]:
        """Type a part of a command; return the names and values then offered."""
        place = self._at(channel)
        data = self._typed(command, options, place, focused)
        shown = await self._do(Deed(AUTOCOMPLETE, self.user, place, data), settle=False)
        return [(each["name"], each["value"]) for each in shown.interaction.choices]

    async def click(
        self,
        message: str | Json | Shown,
        label: str = "",
        *,
        custom_id: str | None = None,
        settle: bool = True,
    ) -> Shown:
        """Press the button whose label begins so, or whose custom_id does."""
        found = self._message(message)
        button = filling_in.button(found.raw["components"], label, custom_id)
        data = {
            "custom_id": button["custom_id"],
            "component_type": _BUTTON,
            "id": button["id"],
        }
        deed = Deed(COMPONENT, self.user, found.channel, data, found)
        return await self._do(deed, settle=settle)

    async def pick(
        self,
        message: str | Json | Shown,
        *values: Any,
        custom_id: str | None = None,
        settle: bool = True,
    ) -> Shown:
        """Choose in a select: options by label, people, channels or roles."""
        found = self._message(message)
        resolved = self._resolved(found.channel)
        every = found.raw["components"]
        select, chosen = filling_in.first_fitting(every, values, custom_id, resolved)
        data: Json = {
            "custom_id": select["custom_id"],
            "component_type": select["type"],
            "id": select["id"],
            "values": chosen,
        }
        if resolved.found:
            data["resolved"] = resolved.found
        deed = Deed(COMPONENT, self.user, found.channel, data, found)
        return await self._do(deed, settle=settle)

    async def menu(
        self, command: str, target: str | Json | Shown | Actor, *, settle: bool = True
    ) -> Shown:
        """Use an entry of the menu on a message, or on a person."""
        data: Json = {"name": command}
        if isinstance(target, Actor):
            place, kind = self._at(None), _ON_USER
            resolved = self._resolved(place)
            data |= {"target_id": resolved.user(target.user)}
            data["resolved"] = resolved.found
        else:
            found = self._message(target)
            place, kind = found.channel, _ON_MESSAGE
            whole = {found.id: found.raw}
            data |= {"target_id": found.id, "resolved": {"messages": whole}}
        known = self._commands(kind)
        registered, _ = typing_in.find(known, [command])
        self._may_use(registered, place)
        data |= {"id": registered["id"], "type": kind}
        return await self._do(Deed(COMMAND, self.user, place, data), settle=settle)

    async def submit(
        self,
        form: Shown,
        answers: Mapping[str, Any] | None = None,
        *,
        settle: bool = True,
    ) -> Shown:
        """Send a form in; what is not named stays as it was drawn.

        Raises:
            NotPossibleError: If Discord's client would not send it.
        """
        if form.modal is None:
            raise NotPossibleError(f"no form stands here, but {form.kind}")
        opener = form.interaction
        resolved = self._resolved(opener.channel)
        components = filling_in.submit(form.modal, answers or {}, resolved)
        data: Json = {"custom_id": form.modal["custom_id"], "components": components}
        if resolved.found:
            data["resolved"] = resolved.found
        source = opener.source
        deed = Deed(MODAL, self.user, opener.channel, data, source, opener)
        return await self._do(deed, settle=settle)

    async def says(self, text: str, channel: Channel | None = None) -> Json:
        """Write a message; return it."""
        place = self._at(channel)
        if place.guild_id and not self.guild.may(self.id, place, "SEND_MESSAGES"):
            raise NotPossibleError(f"{self.name} may not write in {place.name}")
        return write(self.world, place, Draft(self.user, {"content": text})).raw

    async def forge(
        self,
        kind: int,
        data: Json,
        channel: Channel | None = None,
        message: str | Json | Shown | None = None,
    ) -> Shown:
        """Send an interaction that no client of today would.

        Args:
            kind: 2 command, 3 component, 4 autocomplete, 5 form.
            data: The interaction's data, as it stands.
            channel: Where; also one of another guild.
            message: Whose component it is.
        """
        source = self._message(message) if message is not None else None
        place = source.channel if source else channel or self._at(None)
        return await self._do(Deed(kind, self.user, place, data, source), settle=True)

    def _at(self, channel: Channel | None) -> Channel:
        place = channel or self.guild.general
        if place.id not in self.world.channels:
            raise NotPossibleError(f"{place.name} is gone")
        if place.guild_id is None:
            if place.recipient is not self.user:
                raise NotPossibleError("these are somebody else's direct messages")
            return place
        guild = self.world.guilds[place.guild_id]
        if guild is not self.guild or not guild.may(self.id, place, "VIEW_CHANNEL"):
            raise NotPossibleError(f"{self.name} does not see {place.name}")
        return place

    def _commands(self, kind: int) -> list[Json]:
        held = self.world.commands
        every = [*held.get(self.guild.id, ()), *held.get(None, ())]
        return [each for each in every if each["type"] == kind]

    def _may_use(self, command: Json, place: Channel) -> None:
        direct = place.guild_id is None
        rights = 0 if direct else self.guild.permissions(self.id, place)
        typing_in.may_use(command, rights, 1 if direct else 0)
        if not direct and not self.guild.bot_present:
            raise NotPossibleError("the bot is not in this guild")

    def _typed(
        self,
        words: str,
        given: Mapping[str, Any],
        place: Channel,
        focused: str | None = None,
    ) -> Json:
        command, path = typing_in.find(self._commands(_CHAT), words.split(" "))
        self._may_use(command, place)
        resolved = self._resolved(place)
        innermost = path[-1] if path else command
        filled = typing_in.fill(innermost.get("options", ()), given, resolved, focused)
        for each in reversed(path):
            filled = [{"name": each["name"], "type": each["type"], "options": filled}]
        data: Json = {"id": command["id"], "name": command["name"], "type": _CHAT}
        data["options"] = filled
        if "guild_id" in command:
            data["guild_id"] = command["guild_id"]
        if resolved.found:
            data["resolved"] = resolved.found
        return data

    def _resolved(self, place: Channel) -> Resolved:
        guild = self.guild if place.guild_id else None
        return Resolved(guild, place, self.world)

    def sees(self, channel: Channel) -> list[Message]:
        """Return what stands in a channel for this person, oldest first."""
        if channel.guild_id is None:
            may = channel.recipient is self.user
        else:
            guild = self.world.guilds[channel.guild_id]
            may = guild.may(self.id, channel, "VIEW_CHANNEL")
        stands = may and channel.id in self.world.channels
        every = channel.messages.values() if stands else ()
        return [each for each in every if each.reader in {None, self.id}]

    def _message(self, message: str | Json | Shown) -> Message:
        if isinstance(message, Shown):
            message = message.message or {}
        wanted = message if isinstance(message, str) else message.get("id")
        for channel in self.world.channels.values():
            if wanted in channel.messages:
                found = channel.messages[wanted]
                if found in self.sees(channel):
                    return found
        raise NotPossibleError(f"{self.name} sees no message {wanted}")

    async def _do(self, deed: Deed, *, settle: bool) -> Shown:
        it = send(self.world, deed)
        await _wait(it.first, PATIENCE_S)
        if it.answer is None:
            self.world.missed(it.id, deed.data)
        elif settle and it.answer in {DEFER, DEFER_UPDATE}:
            await _wait(it.final, _SETTLING_S)
        return show(it, PATIENCE_S)


async def _wait(event: asyncio.Event, patience_s: float) -> None:
    try:
        async with asyncio.timeout(patience_s):
            await event.wait()
    except TimeoutError:
        return
