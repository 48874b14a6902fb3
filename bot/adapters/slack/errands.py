"""What a payload asks for, and how it comes to its answer."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from bot.adapters.slack.aims import actor_id_of, community_of, operation_of
from bot.adapters.slack.answering import Answering
from bot.adapters.slack.answers import may_fetch
from bot.adapters.slack.api import Api
from bot.adapters.slack.calls import Calls
from bot.adapters.slack.door import Kind
from bot.adapters.slack.incoming import (
    Asked,
    Ignored,
    Typing,
    Unknown,
    call_of,
    read,
    route_of,
)
from bot.adapters.slack.options import Options
from bot.adapters.slack.origin import Origin, kept_form, origin_of
from bot.adapters.slack.outcomes import Answer
from bot.adapters.slack.uploads import hand_over
from bot.chat.adapter import Memory
from bot.chat.catalogue import Catalogue
from bot.chat.message import File, Message
from bot.chat.raw import Json
from bot.chat.refusals import sentence
from bot.chat.responses import (
    Ask,
    Call,
    Pictures,
    Refuse,
    Replace,
    Response,
    Say,
)
from bot.chat.routes import RouteSpec
from bot.chat.text import Phrase, Quote, phrase
from bot.domain.refs import MemberRef
from bot.domain.words import clean


@dataclass(frozen=True, slots=True)
class Errand:
    """Something that a member wants done.

    Attributes:
        actor: Who acts, in the workspace in which Laurel is spoken to.

        call_id: What the call will have.

        locale: Their language, where it is known by now.

        will_ask: Whether a form opens, as far as anybody can know beforehand.
    """

    kind: Kind
    raw: Json
    actor: MemberRef
    call_id: str
    locale: str | None
    origin: Origin
    will_ask: bool


@dataclass(slots=True)
class Errands:
    """Reads payloads and runs what they ask for."""

    answering: Answering
    calls: Calls
    memory: Memory
    api: Api
    options: Options
    _askers: set[str] = field(default_factory=set)

    def begun(self, kind: Kind, raw: Json) -> Errand:
        """Return what ``raw`` is about, before anything is looked up.

        Raises:
            MalformedError: If it is not as Slack documents it.
        """
        actor = MemberRef(community_of(raw), actor_id_of(raw))
        origin = origin_of(raw, self.options.api, self.calls.clock())
        return Errand(
            kind,
            raw,
            actor,
            call_id=operation_of(raw),
            locale=self.calls.roster.locale_of(actor),
            origin=origin,
            will_ask=self._will_ask(kind, raw),
        )

    async def answer(self, errand: Errand) -> Answer | None:
        """Do it, and return the answer; None where nothing is to be said.

        Raises:
            MalformedError: If the payload is not as Slack documents it.
        """
        raw = errand.raw
        if not await self.api.knows(errand.actor.community.id):
            return self.answering.told(errand.locale, phrase("slack.not-installed"))
        call, known = await self.calls.of(errand.kind, raw, errand.origin)
        if (form_id := kept_form(raw)) is not None:
            return await self._opened_again(call, form_id)
        match read(raw, self.calls.table, known, self.options.prefix):
            case Asked() as asked:
                return await self._asked(errand, call, asked)
            case Unknown() as unknown:
                reason = self._unknown(unknown)
                return await self.answering.refused(call, None, {None: reason}, None)
            case Ignored() | Typing():
                return None
            case _ as never:
                assert_never(never)

    async def offered(self, raw: Json) -> list[Json]:
        """Return the options for whoever types.

        Raises:
            MalformedError: If ``raw`` is not as Slack documents it.
        """
        community = community_of(raw)
        if not await self.api.knows(community.id):
            return []
        known = await self.calls.roster.known(community, (actor_id_of(raw),))
        found = read(raw, self.calls.table, known, self.options.prefix)
        if not isinstance(found, Typing):
            return []
        call = call_of(raw, known, self._catalogue, self.calls.clock())
        return await self.answering.options(call, found)

    @property
    def _catalogue(self) -> Catalogue:
        return self.answering.voices.catalogue

    def _will_ask(self, kind: Kind, raw: Json) -> bool:
        if kind is Kind.FORM:
            return False
        route = route_of(raw, self.calls.table, self.options.prefix)
        if route is None:
            return kept_form(raw) is not None
        if kind is Kind.COMMAND:
            text = raw.get("text")
            words = text.split() if isinstance(text, str) else []
            named = len((route.command or "").split())
            bare = len(words) < named  # the first word is the name of the command
            return bare and _needs_more(route)
        return route.opens_form or route.key in self._askers or _needs_more(route)

    async def _opened_again(self, call: Call, form_id: str) -> Answer:
        ask = await self.memory.kept(call, form_id)
        if ask is None or ask.action.route not in self.calls.table.routes:
            gone: dict[str | None, Phrase] = {None: phrase("common.draft-gone")}
            return await self.answering.refused(call, None, gone, None)
        return await self.answering.opened(call, ask)

    async def _asked(self, errand: Errand, call: Call, asked: Asked) -> Answer:
        """Run a route, or ask for what is missing, or say what is wrong."""
        route = self.calls.table.routes[asked.action.route]
        faults: dict[str | None, Phrase] = {
            name: sentence(rule) for name, rule in asked.errors.items()
        }
        may = call.actor.role >= route.role
        if errand.kind is Kind.COMMAND and route.fields and not asked.clear and may:
            return await self._first_form(call, asked, faults)
        if _is_bare(asked, route) and may:
            return await self.answering.opened(call, Ask(asked.action))
        if errand.kind is Kind.COMMAND and faults:
            faults = {}  # whoever may not do this is told so, and not how
        if not faults and asked.answers:
            answers, lost = await hand_over(route, asked.answers, self._fetch(errand))
            asked = replace(asked, answers=answers)
            faults.update(lost.items())
        if faults:
            return await self._refused(errand, call, asked, faults)
        args = tuple(map(str, asked.action.args))
        response = await self.calls.run(route.key, call, args, asked.answers)
        return await self._settled(errand, call, asked, response)

    async def _first_form(
        self, call: Call, asked: Asked, faults: Mapping[str | None, Phrase]
    ) -> Answer:
        """Ask for what a typed command left open, beside what was understood."""
        said = dict(faults)
        if asked.rest:
            left = Quote(clean(asked.rest))
            said[None] = phrase("forms.not-placed", words=left)
        return await self.answering.opened(call, Ask(asked.action, asked.draft), said)

    async def _settled(
        self, errand: Errand, call: Call, asked: Asked, response: Response
    ) -> Answer:
        route = self.calls.table.routes[asked.action.route]
        match response:
            case Say() as said:
                return await self.answering.said(
                    call, _handed(said), private=route.private
                )
            case Replace() as said:
                return await self.answering.said(
                    call, _handed(said), private=True, redraws=True
                )
            case Ask() as ask:
                self._askers.add(route.key)
                return await self.answering.opened(call, ask)
            case Refuse(reason=reason, at=at):
                return await self._refused(errand, call, asked, {at: reason})
            case _ as never:
                assert_never(never)

    async def _refused(
        self,
        errand: Errand,
        call: Call,
        asked: Asked,
        faults: Mapping[str | None, Phrase],
    ) -> Answer:
        """Say what is wrong: on the form that is open, on a new one, or in words."""
        route = self.calls.table.routes[asked.action.route]
        ask = Ask(asked.action, asked.draft)
        if errand.kind is Kind.FORM:
            shown = asked.shown
            return await self.answering.objected(call, route, ask, faults, shown)
        if set(faults) & {each.name for each in route.fields}:
            return await self.answering.opened(call, ask, faults)
        again = ask if ask.draft else None
        return await self.answering.refused(call, route, faults, again)

    def _fetch(self, errand: Errand) -> Callable[[str, int], Awaitable[bytes | None]]:
        async def fetch(url: str, max_bytes: int) -> bytes | None:
            if not may_fetch(url, self.options.api):
                return None
            return await self.api.fetch(errand.actor.community.id, url, max_bytes)

        return fetch

    def _unknown(self, unknown: Unknown) -> Phrase:
        match unknown.what:
            case "word":
                known = ", ".join(f"/{self.options.prefix}{x}" for x in unknown.instead)
                return phrase("slack.unknown-word", commands=known)
            case "command":
                command = f"/{self.options.prefix}laurel help"
                return phrase("slack.unknown-command", help=command)
            case "form":
                return phrase("forms.unknown-form")
            case "button" | "shortcut":
                return phrase("common.unknown-button")
            case _ as never:
                assert_never(never)


def _needs_more(route: RouteSpec) -> bool:
    return any(each.required for each in route.fields)


def _is_bare(asked: Asked, route: RouteSpec) -> bool:
    """Return whether a command was pressed, at home, rather than typed."""
    pressed = asked.answers is None and route.command is not None
    return pressed and _needs_more(route)


def _handed(said: Say | Replace) -> Message:
    """Return what an answer says, its pictures as files where they are to be kept.

    No private answer shows one: the file of a picture is deleted with its message, and
    of private answers nobody is told when they are gone.
    """
    if said.pictures is not Pictures.HANDED:
        return said.message
    files = (
        File(f"picture-{node + 1}.png", "image/png", png)
        for node, png in said.drawn.items()
    )
    return replace(said.message, nodes=(*said.message.nodes, *files))
