"""What came back with a command's text or a form, as neutral answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import assert_never

from bot.adapters.slack.people import Known
from bot.adapters.slack.raw import (
    Json,
    MalformedError,
    is_channel_id,
    is_direct,
    is_group_id,
    is_member_id,
    maybe_object_in,
    maybe_text_in,
    number_in,
    object_in,
    objects_in,
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
from bot.domain.refs import ChannelRef, RoleRef

_SINGLES = (
    "value",
    "selected_user",
    "selected_conversation",
    "selected_channel",
    "selected_date",
    "selected_time",
)
_LISTS = ("selected_users", "selected_conversations", "selected_channels")
_FILE_HOSTS = frozenset({"files.slack.com"})


def may_fetch(url: str, api: str) -> bool:
    """Return whether a file may be fetched from ``url``, without following redirects.

    The bot's token goes along, so that it goes only over ``https`` to Slack's own file
    host, or to where ``api`` itself is, in the way that ``api`` is spoken to.
    """
    return handed.may_fetch(url, api, _FILE_HOSTS)


def state_of(view: Json) -> dict[str, Values]:
    """Return what a view holds, by the name of the field: the ``action_id``.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    state = maybe_object_in(view, "state")
    blocks = maybe_object_in(state, "values") if state else None
    found: dict[str, Values] = {}
    for block_id in blocks or {}:
        block = object_in(blocks or {}, block_id)
        for name in block:
            found[name] = _held(object_in(block, name))
    return found


def read_answers(
    asked: Sequence[fields.AnyField], given: Mapping[str, Values], known: Known
) -> Given:
    """Return the answers to ``asked``; what was not answered is left out.

    What no field asked for, such as an input of another version, is left out too, and
    what it held in another kind of input is an error beside it.

    Args:
        asked: The route's fields.
        given: By the name of a field: what a form holds, or a line says.
        known: Who is who.

    Raises:
        MalformedError: If an answer is of no kind that Slack gives.
    """
    return handed.read_all(asked, given, lambda each, v: _answer(each, v, known))


def _held(element: Json) -> Values:
    """Return what one input holds, of whatever kind it is."""
    for key in _SINGLES:
        if element.get(key) is not None:
            return (element[key],)
    for key in _LISTS:
        if (found := element.get(key)) is not None:
            if not isinstance(found, list):
                raise MalformedError(f"{key!r} is no list")
            return tuple(found)
    if (option := maybe_object_in(element, "selected_option")) is not None:
        return (text_in(option, "value"),)
    options = objects_in(element, "selected_options")
    return (
        *(text_in(each, "value") for each in options),
        *objects_in(element, "files"),
    )


def _answer(asked: fields.AnyField, given: Values, known: Known) -> object:
    """Return one answer.

    Raises:
        RuleError: If a member typed what nobody can understand, or chose whom or what
            nobody knows.
        MalformedError: If it is a file that is not as Slack documents it.
    """
    name, first = asked.name, given[0]
    match asked:
        case fields.Person():
            return _person(first, name, known)
        case fields.People():
            unique = dict.fromkeys(map(str, given))
            return tuple(_person(each, name, known) for each in unique)
        case fields.Text():
            return _words(first, name)
        case fields.Choice():
            return _words(first, name)[: MAX_OPTION_VALUE_CHARS + 1]
        case fields.Checks():
            return tuple(_words(each, name) for each in given)
        case fields.Integer():
            return read_integer(_words(first, name), name)
        case fields.Date():
            return read_date(_words(first, name), name)
        case fields.Time():
            return read_time(_words(first, name), name)
        case fields.Duration():
            return read_duration(_words(first, name), name)
        case fields.Channel():
            return _channel(first, name, known)
        case fields.Role():
            return _role(first, name, known)
        case fields.YesNo():
            return read_yes_no(_words(first, name), name)
        case fields.FileUpload(max_bytes=most):
            return _file(first, name, most)
        case _ as never:
            assert_never(never)


def _person(value: object, name: str, known: Known) -> Person:
    person = known.people.get(value) if isinstance(value, str) else None
    if person is None or not is_member_id(value):
        raise RuleError("forms.error-nobody", name)
    return person


def _channel(value: object, name: str, known: Known) -> ChannelRef:
    """Return a channel, which somebody's direct messages are not."""
    if not isinstance(value, str) or not is_channel_id(value) or is_direct(value):
        raise RuleError("forms.error-no-channel", name)
    return ChannelRef(known.community, value)


def _role(value: object, name: str, known: Known) -> RoleRef:
    if not isinstance(value, str) or not is_group_id(value):
        raise RuleError("forms.error-no-option", name)
    return RoleRef(known.community, value)


def _words(value: object, name: str) -> str:
    """Return what is text; a file, in a form of another version, is not."""
    if not isinstance(value, str):
        raise RuleError("forms.error-no-option", name)
    return value


def _file(value: object, name: str, most: int) -> Attached:
    """Return a file that Slack keeps itself.

    Raises:
        RuleError: If it is too large, lies elsewhere, or is none.
        MalformedError: If it is not as Slack documents it.
    """
    if not isinstance(value, dict):
        raise RuleError("common.answer-kind", name)
    url = maybe_text_in(value, "url_private_download") or maybe_text_in(
        value, "url_private"
    )
    if url is None or value.get("is_external") is True:
        raise RuleError("common.answer-kind", name)
    size = number_in(value, "size")
    if size > most:
        raise RuleError("common.answer-file", name, most=most // 1_000)
    media_type = maybe_text_in(value, "mimetype") or "application/octet-stream"
    written = maybe_text_in(value, "name") or ""
    return Attached(handed.file_name(written), media_type, size, url)
