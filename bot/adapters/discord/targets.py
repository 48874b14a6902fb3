"""The message that an entry of its menu was chosen on, and what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from bot.adapters.discord.people import name_of, person_of
from bot.adapters.discord.raw import (
    Json,
    id_in,
    maybe_object_in,
    maybe_text_in,
    number_in,
    object_in,
    objects_in,
    text_in,
)
from bot.chat.responses import Target
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef

_TEXT_DISPLAY = 10
_LINK = "https://discord.com/channels/{guild}/{channel}/{message}"

_MARKS = re.compile(
    r"""<@!?(?P<member>[0-9]{1,20})>
    | <a?:(?P<emoji>\w{1,32}):[0-9]{1,20}>
    | <t:(?P<second>-?[0-9]{1,13})(?::[a-zA-Z])?>""",
    re.VERBOSE | re.ASCII,
)
"""What stands for something else in any message."""

_OWN_MARKS = re.compile(
    rf"""\\(?P<escaped>[^0-9A-Za-z\s])
    | (?P<bold>\*\*)
    | (?m:^(?P<heading>\#{{1,3}}[ ]))
    | (?P<isolate>[\u2068\u2069])
    | {_MARKS.pattern}""",
    re.VERBOSE | re.ASCII,
)
"""What Laurel writes around words, besides."""

_SMALL_PRINT = "-# "


def target_of(raw: Json, community: CommunityRef) -> Target | None:
    """Return the message that the interaction was begun on; None where on none.

    Raises:
        MalformedError: If it is not as Discord documents it.
    """
    data = maybe_object_in(raw, "data")
    if data is None or data.get("target_id") is None:
        return None
    messages = maybe_object_in(object_in(data, "resolved"), "messages")
    if messages is None:  # a member's menu, not a message's
        return None
    message = object_in(messages, id_in(data, "target_id"))
    channel = ChannelRef(community, id_in(message, "channel_id"))
    message_id = id_in(message, "id")
    return Target(
        channel=channel,
        message_id=message_id,
        author=_author(message, community),
        text=words_of(message),
        link=_LINK.format(guild=community.id, channel=channel.id, message=message_id),
    )


def words_of(message: Json) -> str:
    """Return what a message says, without markup that is Discord's alone.

    Members' words stay as they were typed, but for mentions, emoji and instants,
    which are written out. Where there are none, what Laurel's own cards say counts,
    without their small print.

    Raises:
        MalformedError: If the message is not as Discord documents it.
    """
    known = objects_in(message, "mentions")
    names = {id_in(u, "id"): name_of(u, maybe_object_in(u, "member")) for u in known}
    if content := maybe_text_in(message, "content"):
        return _written_out(_MARKS, content, names)
    lines = "\n".join(_displays(message)).split("\n")
    said = "\n".join(x for x in lines if not x.startswith(_SMALL_PRINT))
    return _written_out(_OWN_MARKS, said, names).strip()


def _author(message: Json, community: CommunityRef) -> Person:
    """Return who wrote it; Discord does not say here what they may do.

    Whoever can be chosen on counts as being here: if not, sending will tell.
    """
    user = object_in(message, "author")
    person = person_of(community, user, maybe_object_in(message, "member"))
    posted_by_app = maybe_text_in(message, "webhook_id") is not None
    return replace(person, here=True, bot=person.bot or posted_by_app)


def _displays(message: Json) -> Iterator[str]:
    """Yield the texts of a message's components, from top to bottom."""
    waiting = objects_in(message, "components")[::-1]
    while waiting:
        component = waiting.pop()
        if number_in(component, "type") == _TEXT_DISPLAY:
            yield text_in(component, "content")
        waiting += objects_in(component, "components")[::-1]


def _written_out(marks: re.Pattern[str], text: str, names: Mapping[str, str]) -> str:
    def words(found: re.Match[str]) -> str:
        return _words_for(found, names)

    return marks.sub(words, text)


def _words_for(found: re.Match[str], names: Mapping[str, str]) -> str:
    marks = found.groupdict()
    if marks.get("escaped"):
        return str(marks["escaped"])
    if marks["emoji"]:
        return f":{marks['emoji']}:"
    if marks["second"]:
        return _instant(int(marks["second"])) or found[0]
    if marks["member"]:
        name = names.get(marks["member"])
        return f"@{name}" if name else found[0]
    return ""


def _instant(second: int) -> str | None:
    """Return an instant in words; None where it is beyond the calendar."""
    try:
        return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%d %H:%M} UTC"
    except (OverflowError, OSError, ValueError):
        return None
