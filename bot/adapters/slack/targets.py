"""The message that a shortcut was chosen on, and what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.adapters.slack import line
from bot.adapters.slack.people import Known, person_called
from bot.adapters.slack.raw import (
    Json,
    MalformedError,
    id_in,
    maybe_id_in,
    maybe_object_in,
    maybe_text_in,
    object_in,
    objects_in,
    text_in,
)
from bot.chat.responses import Target
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, MemberRef

_NOBODY, _SLACK = "B0", "Slack"
"""Who wrote what nobody wrote."""

_MAX_PEOPLE = 20
"""Looked up for one message; whoever is mentioned beyond is known by their id."""


def target_of(raw: Json, known: Known) -> Target | None:
    """Return the message that ``raw`` was begun on; None where on none.

    Its link is None: Slack alone knows it, see ``chat.getPermalink``.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    if raw.get("type") != "message_action":
        return None
    message = object_in(raw, "message")
    channel_id = id_in(object_in(raw, "channel"), "id")
    return Target(
        channel=ChannelRef(known.community, channel_id),
        message_id=maybe_text_in(raw, "message_ts") or text_in(message, "ts"),
        author=_author(message, known),
        text=words_of(message, known),
    )


def people_in(message: Json) -> tuple[str, ...]:
    """Return the ids of who wrote a message and of whom it mentions, each once.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    author = maybe_id_in(message, "user")
    mentioned = line.people_in(maybe_text_in(message, "text") or "")
    named = (() if author is None else (author,)) + mentioned + tuple(_named(message))
    return tuple(dict.fromkeys(named))[:_MAX_PEOPLE]


def words_of(message: Json, known: Known) -> str:
    """Return what a message says, without markup that is Slack's alone.

    Members' words stay as they were typed, but for mentions, links and instants, which
    are written out. Where Laurel posted it, what its cards say counts, without their
    small print, since the ``text`` of a post says all of it.

    Raises:
        MalformedError: If the message is not as Slack documents it.
    """
    blocks = objects_in(message, "blocks")
    if maybe_text_in(message, "bot_id") and blocks:
        drawn = (line_ for line_ in _drawn(blocks, known) if line_.strip())
        if said := "\n".join(drawn).strip():
            return said
    return line.plain(maybe_text_in(message, "text") or "", known).strip()


def _author(message: Json, known: Known) -> Person:
    """Return who wrote it; whoever can be chosen on counts as being here."""
    by_app = maybe_text_in(message, "bot_id") is not None
    author = maybe_id_in(message, "user")
    if author is None:  # posted by an app or by Slack itself
        profile = maybe_object_in(message, "bot_profile") or {}
        name = maybe_text_in(message, "username") or maybe_text_in(profile, "name")
        ref = MemberRef(known.community, maybe_id_in(message, "bot_id") or _NOBODY)
        return Person(ref, name or _SLACK, bot=True)
    person = known.people.get(author)
    if person is None:
        name = maybe_text_in(message, "username") or author
        person = person_called(known.community, author, name)
        person = replace(person, bot=by_app)
    return replace(person, here=True)  # a member may post through an app


def _drawn(blocks: list[Json], known: Known) -> Iterator[str]:
    """Yield the lines of cards, from top to bottom, but for small print (context)."""
    for block in blocks:
        kind = text_in(block, "type")
        if kind == "rich_text":
            for part in objects_in(block, "elements"):
                yield from _rich(part, known).split("\n")
        elif kind in {"header", "section"}:
            texts = [maybe_object_in(block, "text"), *objects_in(block, "fields")]
            for text in texts:
                if text is not None:
                    yield _written(text, known)


def _written(text: Json, known: Known) -> str:
    words = text_in(text, "text")
    plain = text.get("type") == "plain_text"
    return words if plain else line.plain(words, known)


def _rich(part: Json, known: Known) -> str:
    """Return what one part of rich text says, however deep it is nested."""
    if part.get("type") == "rich_text_list":
        items = objects_in(part, "elements")
        return "\n".join(_rich(item, known) for item in items)
    return "".join(_atom(each, known) for each in objects_in(part, "elements"))


def _atom(element: Json, known: Known) -> str:
    """Return one piece of rich text as it is read."""
    match element.get("type"):
        case "text":
            return text_in(element, "text")
        case "user":
            user_id = id_in(element, "user_id")
            person = known.people.get(user_id)
            return f"@{person.name if person else user_id}"
        case "channel":
            channel_id = id_in(element, "channel_id")
            return f"#{known.channels.get(channel_id, channel_id)}"
        case "link":
            return maybe_text_in(element, "text") or text_in(element, "url")
        case "emoji":
            return f":{text_in(element, 'name')}:"
        case "date":
            return maybe_text_in(element, "fallback") or ""
        case "broadcast":
            return f"@{text_in(element, 'range')}"
        case _:
            return ""


def _named(message: Json) -> Iterator[str]:
    """Yield the ids of whom the cards of a message mention."""
    waiting: list[object] = list(objects_in(message, "blocks"))
    while waiting:
        each = waiting.pop(0)
        if not isinstance(each, dict):
            raise MalformedError("an element is no object")
        if each.get("type") == "user":
            yield id_in(each, "user_id")
        if isinstance(inner := each.get("elements"), list):
            waiting = [*inner, *waiting]
