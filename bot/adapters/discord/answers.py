"""What came back with a command's options or a form, as neutral answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import assert_never

from bot.adapters.discord.people import person_of
from bot.adapters.discord.questions import POSTABLE, option_names
from bot.adapters.discord.raw import (
    Json,
    MalformedError,
    bits_in,
    checked_id,
    id_in,
    maybe_object_in,
    maybe_text_in,
    number_in,
    object_in,
    text_in,
)
from bot.chat import fields, handed
from bot.chat.handed import Attached, Given, Values
from bot.chat.limits import MAX_OPTION_VALUE_CHARS
from bot.chat.typed import (
    read_date,
    read_duration,
    read_integer,
    read_time,
    read_yes_no,
)
from bot.domain.errors import RuleError
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef, RoleRef

_FILE_HOSTS = frozenset({"cdn.discordapp.com", "media.discordapp.net"})
_SEES = 1 << 10 | 1 << 3
"""Permissions, of which one is enough to see a channel: to view it, to administrate."""


def may_fetch(url: str, api: str) -> bool:
    """Return whether a file may be fetched from ``url``, without following redirects.

    Only over ``https`` from Discord's own file hosts, or from where ``api`` itself
    is, in the way that ``api`` is spoken to: whatever else is named there, Laurel
    does not call.
    """
    return handed.may_fetch(url, api, _FILE_HOSTS)


def read_answers(
    asked: Sequence[fields.AnyField],
    answered: Mapping[str, Values],
    resolved: Json,
    community: CommunityRef,
) -> Given:
    """Return the answers to ``asked``; what was not answered is left out.

    Args:
        asked: The route's fields.
        answered: By the name of a field; see `by_field`.
        resolved: The objects that ids stand for, as Discord sends them along.
        community: Where this happens.

    Raises:
        MalformedError: If an answer is of no kind that Discord gives to its field.
    """
    return handed.read_all(asked, answered, _Reading(resolved, community).answer)


def by_field(
    asked: Sequence[fields.AnyField], answered: Mapping[str, Values]
) -> dict[str, Values]:
    """Return what was answered by field, where names are of options or components.

    ``to``, ``to-2`` and ``to-3`` are one field of several people; what no field asked
    for, such as an option of another version, is left out.
    """
    given = {_plain(name): values for name, values in answered.items()}
    found: dict[str, Values] = {}
    for each in asked:
        names = dict.fromkeys(map(_plain, (each.name, *option_names(each))))
        listed = (given.get(name, ()) for name in names)
        found[each.name] = tuple(chain.from_iterable(listed))
    return found


def _plain(name: str) -> str:
    """Return a name in which dashes and underscores are the same."""
    return name.replace("-", "_")


@dataclass(frozen=True, slots=True)
class _Reading:
    resolved: Json
    community: CommunityRef

    def answer(self, asked: fields.AnyField, given: Values) -> object:
        """Return one answer.

        Raises:
            RuleError: If a member typed what nobody can understand.
            MalformedError: If Discord does not answer such a field so.
        """
        name, first = asked.name, given[0]
        match asked:
            case fields.Person():
                return self._person(first)
            case fields.People():
                return tuple(map(self._person, dict.fromkeys(map(checked_id, given))))
            case fields.Text():
                return _text(first)
            case fields.Choice():
                return _text(first)[: MAX_OPTION_VALUE_CHARS + 1]
            case fields.Checks():
                return tuple(map(_text, given))
            case fields.Integer():
                is_number = isinstance(first, int) and not isinstance(first, bool)
                return first if is_number else read_integer(_text(first), name)
            case fields.Date():
                return read_date(_text(first), name)
            case fields.Time():
                return read_time(_text(first), name)
            case fields.Duration():
                return read_duration(_text(first), name)
            case fields.Channel():
                return self._channel(name, checked_id(first))
            case fields.Role():
                return self._role(first)
            case fields.YesNo():
                is_flag = isinstance(first, bool)
                return first if is_flag else read_yes_no(_text(first), name)
            case fields.FileUpload(max_bytes=most):
                return self._file(name, first, most)
            case _ as never:
                assert_never(never)

    def _found(self, kind: str, value: object) -> Json:
        return object_in(object_in(self.resolved, kind), checked_id(value))

    def _person(self, value: object) -> Person:
        user = self._found("users", value)
        members = maybe_object_in(self.resolved, "members") or {}
        return person_of(self.community, user, maybe_object_in(members, str(value)))

    def _role(self, value: object) -> RoleRef:
        return RoleRef(self.community, id_in(self._found("roles", value), "id"))

    def _channel(self, name: str, channel_id: str) -> ChannelRef:
        """Return the channel, where the member sees it and messages can stand in it."""
        channel = self._found("channels", channel_id)
        may = bits_in(channel, "permissions")
        hidden = may is not None and not may & _SEES
        if hidden or number_in(channel, "type") not in POSTABLE:
            raise RuleError("forms.error-no-channel", name)
        return ChannelRef(self.community, channel_id)

    def _file(self, name: str, value: object, most: int) -> Attached:
        attachment = self._found("attachments", value)
        size = number_in(attachment, "size")
        if size > most:
            raise RuleError("common.answer-file", name, most=most // 1_000)
        media_type = maybe_text_in(attachment, "content_type")
        return Attached(
            handed.file_name(text_in(attachment, "filename")),
            media_type or "application/octet-stream",
            size,
            text_in(attachment, "url"),
        )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise MalformedError("this answer is no text")
    return value
