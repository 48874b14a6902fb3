"""Who is who in each workspace, as Slack tells it, remembered for some minutes."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any

from bot.adapters.slack.api import Api
from bot.adapters.slack.errors import TooLateError, UnfitError
from bot.adapters.slack.people import Known, handles_of, name_of, person_of
from bot.chat.adapter import Memory, NotAcceptedError, OutcomeUnknownError, RefusedError
from bot.chat.raw import Json, MalformedError, objects_in
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef

log = logging.getLogger(__name__)

PATIENCE_S = 1.2
"""How long anybody who waits for an answer waits for Slack to say who is who."""

_AGAIN_S = 0.3
"""The same, where Slack would not say it the last time, or says nothing at all now."""

_REMEMBERED = 20_000
_PAGE = 200
_MAX_PAGES = 25
"""Of members listed at once: five thousand; in a larger workspace a name that Slack
made no mention of is asked for."""

_FAILED_FOR_S = 30.0
"""For so long Slack is not asked again what it would not say."""

Ref = MemberRef | ChannelRef | RoleRef
Key = tuple[str, str, str]
"""The workspace, what kind of thing is known, and of whom or what."""


@dataclass(slots=True)
class _Kept:
    """Something that Slack said.

    Attributes:
        patience_s: How long an answer is waited for.

        value: None where it said that there is nothing, or nothing at all.

        until_s: When it is to be asked again.

        asking: The question that is under way.

        given_up_s: When it has been waited for long enough, by whoever waits.
    """

    patience_s: float
    value: Any = None
    until_s: float = 0.0
    asking: asyncio.Task[None] | None = None
    given_up_s: float = 0.0


class Roster:
    """Looks people, channels and user groups up."""

    def __init__(self, api: Api, memory: Memory, known_for_s: float) -> None:
        self._api = api
        self._memory = memory
        self._known_for_s = known_for_s
        self._patience_s = PATIENCE_S
        self._kept: OrderedDict[Key, _Kept] = OrderedDict()
        self._installers: dict[str, str] = {}
        self._is_silent = False

    def installed_by(self, team_id: str, member_id: str) -> None:
        """Note who installed Laurel in a workspace, and so may set it up."""
        self._installers[team_id] = member_id

    def forget(self, team_id: str) -> None:
        """Forget a workspace."""
        for key in [key for key in self._kept if key[0] == team_id]:
            del self._kept[key]

    def see(self, ref: MemberRef, user: Json) -> None:
        """Take note of a member who is not as they were."""
        kept = self._kept.get((ref.community.id, "users.info", ref.id))
        if kept is not None:
            # The event leaves out the language, among others.
            before = kept.value if isinstance(kept.value, dict) else {}
            self._note(kept, {**before, **user}, self._known_for_s)

    async def known(self, community: CommunityRef, ids: Collection[str]) -> Known:
        """Return who is who among ``ids``.

        Whom Slack does not tell of in time is left out.
        """
        place = await self._memory.place(community)
        (moderators, groups), users = await asyncio.gather(
            asyncio.gather(
                self._members_of(place.moderators), self._groups(community.id)
            ),
            asyncio.gather(*(self.user(MemberRef(community, each)) for each in ids)),
        )
        people: dict[str, Person] = {}
        for user in users:
            if user is None:
                continue
            try:
                user_id = str(user.get("id"))
                people[user_id] = person_of(
                    community,
                    user,
                    installer=self._installers.get(community.id) == user_id,
                    moderator=user_id in moderators,
                    groups=[g for g, (_, who) in groups.items() if user_id in who],
                )
            except MalformedError as error:
                log.warning("a member not understood", extra={"reason": str(error)})
        return Known(community, people, locale=place.locale)

    def locale_of(self, ref: MemberRef) -> str | None:
        """Return the language of a member, where that is known without asking."""
        kept = self._kept.get((ref.community.id, "users.info", ref.id))
        user = kept.value if kept is not None else None
        locale = user.get("locale") if isinstance(user, dict) else None
        return locale if isinstance(locale, str) else None

    async def user(self, ref: MemberRef) -> Json | None:
        """Return a member as Slack tells of them; None where it does not, in time."""

        async def ask() -> object:
            asked: Json = {"user": ref.id, "include_locale": True}
            answer = await self._api.call(ref.community.id, "users.info", asked)
            return answer.get("user")

        found = await self._told((ref.community.id, "users.info", ref.id), ask)
        return found if isinstance(found, dict) else None

    async def names(self, refs: Collection[Ref]) -> Mapping[Ref, str]:
        """Return what Slack calls them, as far as it says."""
        found = await asyncio.gather(*map(self._name, refs))
        return {
            ref: name for ref, name in zip(refs, found, strict=True) if name is not None
        }

    async def groups(self, team_id: str) -> Mapping[str, str]:
        """Return the names of a workspace's user groups, by id."""
        found = await self._groups(team_id)
        return {group_id: name for group_id, (name, _) in found.items()}

    async def _name(self, ref: Ref) -> str | None:
        match ref:
            case MemberRef():
                user = await self.user(ref)
                return _name_in(user) if user else None
            case ChannelRef():
                channel = await self._channel(ref)
                name = channel.get("name") if channel else None
                return name if isinstance(name, str) and name else None
            case RoleRef():
                groups = await self._groups(ref.community.id)
                return groups[ref.id][0] if ref.id in groups else None

    async def _channel(self, ref: ChannelRef) -> Json | None:
        async def ask() -> object:
            asked: Json = {"channel": ref.id}
            answer = await self._api.call(ref.community.id, "conversations.info", asked)
            return answer.get("channel")

        found = await self._told((ref.community.id, "conversations.info", ref.id), ask)
        return found if isinstance(found, dict) else None

    async def _members_of(self, channel: ChannelRef | None) -> Collection[str]:
        """Return who is in a channel; nobody where Laurel may not know."""
        if channel is None:
            return ()
        team_id = channel.community.id

        async def ask() -> object:
            asked: Json = {"channel": channel.id, "limit": _PAGE}
            members: set[str] = set()
            for page in range(_MAX_PAGES):
                answer = await self._api.call(team_id, "conversations.members", asked)
                members.update(map(str, answer.get("members") or ()))
                if not (cursor := _cursor(answer)) or page == _MAX_PAGES:
                    break
                asked = {**asked, "cursor": cursor}
            return frozenset(members)

        found = await self._told((team_id, "conversations.members", channel.id), ask)
        return found if isinstance(found, frozenset) else ()

    async def _groups(self, team_id: str) -> Mapping[str, tuple[str, Collection[str]]]:
        """Return the name and the members of each user group, by id."""

        async def ask() -> object:
            asked: Json = {"include_users": True}
            answer = await self._api.call(team_id, "usergroups.list", asked)
            return {
                str(each.get("id")): (
                    str(each.get("handle") or each.get("name") or each.get("id")),
                    frozenset(map(str, each.get("users") or ())),
                )
                for each in objects_in(answer, "usergroups")
            }

        found = await self._told((team_id, "usergroups.list", ""), ask)
        return found if isinstance(found, dict) else {}

    async def handles(self, team_id: str) -> Mapping[str, str]:
        """Return whom a name means that Slack made no mention of: ids by name."""

        async def ask() -> object:
            return handles_of(await self.everybody(team_id))

        found = await self._told((team_id, "users.list", ""), ask)
        return found if isinstance(found, dict) else {}

    async def everybody(self, team_id: str) -> list[Json]:
        """Return the members of a workspace, at most some thousands.

        Raises what `Api.call` does.
        """
        users: list[Json] = []
        asked: Json = {"limit": _PAGE}
        for _ in range(_MAX_PAGES):
            answer = await self._api.call(team_id, "users.list", asked)
            users += objects_in(answer, "members")
            if not (cursor := _cursor(answer)):
                break
            asked = {**asked, "cursor": cursor}
        return users

    async def _told(self, key: Key, ask: Callable[[], Awaitable[object]]) -> object:
        """Return what is known, asked for anew where that was long ago.

        What was known before is better than to let anybody wait, and a question that
        nobody answers is waited for once, not by each who needs it. Where Slack left
        one open, others are waited for less long until it answers something.
        """
        kept = self._kept.setdefault(key, _Kept(self._patience_s))
        self._kept.move_to_end(key)
        if len(self._kept) > _REMEMBERED:
            self._kept.popitem(last=False)
        now_s = asyncio.get_running_loop().time()
        if now_s < kept.until_s:
            return kept.value
        if kept.asking is None:
            again_s = min(_AGAIN_S, self._patience_s)
            patience_s = again_s if self._is_silent else kept.patience_s
            kept.given_up_s = now_s + patience_s
            kept.asking = asyncio.ensure_future(  # noqa: TID251  kept until it is done
                self._ask(key, kept, ask())
            )
        asking, left_s = kept.asking, max(0.0, kept.given_up_s - now_s)
        await asyncio.wait({asking}, timeout=left_s)
        if not asking.done():
            self._is_silent = True
        return kept.value

    async def _ask(self, key: Key, kept: _Kept, asking: Awaitable[object]) -> None:
        try:
            answer = await asking
            self._is_silent = False
            self._note(kept, answer, self._known_for_s)
        except RefusedError as error:
            self._is_silent = False
            log.info("slack does not say", extra={"asked": key[1], "why": error.reason})
            self._note(kept, None, self._known_for_s)
        except (
            NotAcceptedError,
            OutcomeUnknownError,
            TooLateError,
            UnfitError,
            MalformedError,
        ) as error:
            log.warning("could not ask", extra={"asked": key[1], "reason": str(error)})
            self._note(kept, kept.value, _FAILED_FOR_S)
            kept.patience_s = min(_AGAIN_S, self._patience_s)
        finally:
            kept.asking = None

    def _note(self, kept: _Kept, value: object, for_s: float) -> None:
        kept.value, kept.patience_s = value, self._patience_s
        kept.until_s = asyncio.get_running_loop().time() + for_s


def _cursor(answer: Json) -> str:
    told = answer.get("response_metadata")
    found = told.get("next_cursor") if isinstance(told, dict) else None
    return found if isinstance(found, str) else ""


def _name_in(user: Json) -> str | None:
    try:
        return name_of(user)
    except MalformedError:
        return None
