"""People at their screens: they type, press, pick, fill in, and wait for the answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tests.fakes.slack import (
    deeds,
    events,
    file_methods,
    filling_in,
    installing,
    looking,
    taking_in,
    telling,
    writing,
)
from tests.fakes.slack.deeds import Deed
from tests.fakes.slack.doing import SETTLING_S, TakeIn, do
from tests.fakes.slack.filling_in import NotPossibleError
from tests.fakes.slack.places import Attachment, Channel, Json, Message, User, View
from tests.fakes.slack.shown import Shown, drawn
from tests.fakes.slack.world import World

if TYPE_CHECKING:
    from tests.fakes.slack.teams import Team

Where = str | Json | Shown
"""A message by its ts, a view by its id, either as JSON, or what was shown."""


@dataclass(frozen=True, slots=True, repr=False)
class Actor:
    """Somebody, as they use a team's Slack.

    Every deed takes ``settle_s``: for how long, in real seconds, to look at the
    screen after the bot took it in, until something shows.
    """

    world: World
    user: User
    team: Team

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
        return self.world.direct(self.team.id, self.team.bot_user_id, self.user)

    def mention(self, who: Actor | None = None) -> str:
        """Return what the client sends for an @-mention of somebody; of this one."""
        meant = who or self
        return f"<@{meant.id}|{meant.user.handle}>"

    async def command(
        self,
        command: str,
        text: str = "",
        channel: Channel | None = None,
        *,
        settle_s: float = SETTLING_S,
    ) -> Shown:
        """Type a command and send it.

        Args:
            command: With its slash.
            text: What follows, as the client sends it with ``should_escape``.
            channel: Where; #general by default.
            settle_s: See the class.

        Raises:
            NotPossibleError: If Slack's client would not send it.
        """
        place = looking.at(self.world, self.user, channel or self.team.general)
        looking.registered(self.world, "slash_commands", "command", command)
        if self.user.team_id != self.team.id:
            raise NotPossibleError("commands are for members of the team")
        deed = Deed(self.user, self.team, place)
        told = telling.command(self.world, deed, command, text)
        return await do(deed, "slash_commands", told, taking_in.command, settle_s)

    async def click(
        self,
        where: Where,
        label: str = "",
        *,
        action_id: str | None = None,
        settle_s: float = SETTLING_S,
    ) -> Shown:
        """Press the button whose label begins so, or whose action_id does."""
        deed, blocks = self._to(where)
        block, element = filling_in.button(blocks, label, action_id)
        did: Json = {"type": "button", "text": element["text"]}
        if "value" in element:
            did["value"] = element["value"]
        told = telling.action(self.world, deed, element, block, did)
        return await do(deed, "interactive", told, taking_in.nothing, settle_s)

    async def pick(
        self,
        where: Where,
        *values: Any,
        action_id: str | None = None,
        settle_s: float = SETTLING_S,
    ) -> Shown:
        """Choose in a menu: options by label or value, people, channels."""
        deed, blocks = self._to(where)
        block, element, chosen = filling_in.picked(blocks, values, action_id)
        if deed.view is not None:
            held = deed.view.raw["state"]["values"].setdefault(block["block_id"], {})
            held[element["action_id"]] = chosen
            if block["type"] == "input" and not block.get("dispatch_action"):
                raise NotPossibleError("this field is told of when the form is sent in")
        told = telling.action(self.world, deed, element, block, chosen)
        return await do(deed, "interactive", told, taking_in.nothing, settle_s)

    async def shortcut(self, name: str, *, settle_s: float = SETTLING_S) -> Shown:
        """Use a global shortcut, by name or callback_id."""
        deed = Deed(self.user, self.team)
        told = telling.shortcut(self.world, deed, self._callback(name, "global"))
        return await do(deed, "interactive", told, taking_in.nothing, settle_s)

    async def menu(
        self, name: str, message: Where, *, settle_s: float = SETTLING_S
    ) -> Shown:
        """Use an entry of the menu on a message, by name or callback_id."""
        deed, _ = self._to(message)
        if deed.source is None or deed.source.reader is not None:
            raise NotPossibleError("there is no such menu on this")
        told = telling.shortcut(self.world, deed, self._callback(name, "message"))
        return await do(deed, "interactive", told, taking_in.nothing, settle_s)

    async def suggest(
        self, where: Where, field: str, typed: str
    ) -> list[tuple[str, str]]:
        """Type into a menu that looks things up; return the texts and values offered.

        Args:
            where: The message or view.
            field: The menu, by action id, block id, or how its label begins.
            typed: As much as was typed.
        """
        deed, blocks = self._to(where)
        block, element = looking.looked_up(blocks, field)
        told = telling.suggestion(self.world, deed, element, block, typed)
        offered: list[tuple[str, str]] = []

        def take(world: World, _: Deed, said: Json | None) -> None:
            offered.extend(taking_in.options(world, said))

        await do(deed, "interactive", told, take, 0.0)
        return offered

    async def submit(
        self,
        form: Where,
        answers: Mapping[str, Any] | None = None,
        *,
        settle_s: float = SETTLING_S,
    ) -> Shown:
        """Send a modal in; what is not named stays as it is.

        Args:
            form: The modal.
            answers: By action id, block id, or how a label begins.
            settle_s: See the class.

        Raises:
            NotPossibleError: If Slack's client would not send it.
        """
        deed = self._looking_at(form)
        view = _view(deed)
        if not view.raw.get("submit") or view.raw["submit_disabled"]:
            raise NotPossibleError("nothing here can be sent in")
        view.raw["state"] = filling_in.filled(view.raw, answers or {}, self._hand_in)
        told = telling.submission(self.world, deed)
        take = taking_in.submission
        return await do(deed, "interactive", told, take, settle_s)

    async def closes(self, form: Where) -> None:
        """Close a modal; the bot hears of it where it asked to."""
        deed = self._looking_at(form)
        view = _view(deed)
        taking_in.close(view)
        if view.raw["notify_on_close"]:
            told = telling.closing(self.world, deed)
            await do(deed, "interactive", told, taking_in.nothing, 0.0)

    async def opens_home(self, *, settle_s: float = SETTLING_S) -> Shown:
        """Open the app's home."""
        if "app_home_opened" not in self.world.subscribed:
            raise NotPossibleError("the app has no home")
        deed = Deed(self.user, self.team)
        told = events.envelope(self.team, telling.home(self.world, deed))
        take = taking_in.nothing
        shown = await do(deed, "events_api", told, take, settle_s)
        if deed.ack is None:
            self.world.start(events.persist(self.world, told, 1))
        return shown

    async def says(self, text: str, channel: Channel | None = None) -> Json:
        """Write a message; return it."""
        place = looking.at(self.world, self.user, channel or self.team.general)
        if place.archived or self.id not in place.members:
            raise NotPossibleError(f"{self.name} may not write in {place.name}")
        message = writing.person_writes(self.world, place, self.user, text)
        self.team.wrote(message)
        return drawn(message)

    def approves(self, address: str, *, org_wide: bool = False) -> str:
        """Let the app in, on the page at ``address``; return where one is sent next."""
        return installing.approve(self.team, self.user, address, org_wide=org_wide)

    def refuses(self, address: str) -> str:
        """Not let the app in; return where one is sent next."""
        return installing.refuse(address)

    async def forge(
        self, kind: str, payload: Json, *, settle_s: float = SETTLING_S
    ) -> Shown:
        """Send what no client of today would.

        Args:
            kind: ``slash_commands`` or ``interactive``.
            payload: Put over what a true one holds.
            settle_s: See the class.
        """
        deed = Deed(self.user, self.team, self.team.general)
        take: TakeIn = taking_in.nothing
        if kind == "slash_commands":
            told, take = (
                telling.command(self.world, deed, "/none", ""),
                taking_in.command,
            )
        else:
            told = telling.common(self.world, deed, "block_actions")
            told["response_url"] = deeds.answerable(self.world, deed, "actions")
        return await do(deed, kind, told | payload, take, settle_s)

    def sees(self, channel: Channel) -> list[Message]:
        """Return what stands in a channel for this person, oldest first."""
        return looking.sees(self.world, self.user, channel)

    def _callback(self, name: str, kind: str) -> str:
        found = looking.registered(self.world, "shortcuts", "callback_id", name)
        if found and found["type"] != kind:
            raise NotPossibleError(f"{name} is no {kind} shortcut")
        return str(found.get("callback_id", name))

    def _looking_at(self, where: Where) -> Deed:
        if isinstance(where, Shown):
            where = where.message or where.view or {}
        wanted = where if isinstance(where, str) else where.get("ts") or where.get("id")
        source, view = looking.find(self.world, self.user, str(wanted))
        place = source.channel if source is not None else None
        return Deed(self.user, self.team, place, source, view)

    def _to(self, where: Where) -> tuple[Deed, list[Json]]:
        deed = self._looking_at(where)
        return deed, looking.blocks(deed.source, deed.view)

    def _hand_in(self, handed: Attachment) -> Json:
        return file_methods.hand_in(self.world, self.team.id, self.id, handed)


def _view(deed: Deed) -> View:
    if deed.view is None:
        raise NotPossibleError("this is no view")
    return deed.view
