"""What the templates of a room show: the bar, the rooms, the people, the posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton
from markupsafe import Markup

from bot.adapters.playground.draw import Block, Brush, direction
from bot.adapters.playground.inspector import over_limits
from bot.adapters.playground.records import LAUREL, Post, Resident, words_said
from bot.adapters.playground.visit import Visit
from bot.chat.faces import Face, face_of
from bot.chat.message import Action
from bot.chat.text import Phrase, Quote, Style, Value, When, phrase
from bot.domain.people import Role

if TYPE_CHECKING:
    from bot.chat.routes import RouteSpec

_NEW_FOR = timedelta(days=14)
"""How long somebody is a newcomer."""


@dataclass(frozen=True, slots=True)
class PostView:
    """A post, ready to be shown.

    Attributes:
        said: What a member typed; None where Laurel speaks in blocks.

        whisper: Whether only the reader sees it.

        day: The civil date it was posted on for the reader, for separators.

        over: Limits it breaks, in words.

        replies: How many messages stand in its thread, where that is not looked at.
    """

    id: int
    author: str
    bot: bool
    face: Face
    time: Markup
    day: str
    day_label: str
    said: str | None
    blocks: tuple[Block, ...]
    whisper: bool
    edited: bool
    pinned: bool
    lang: str
    dir: str
    over: tuple[str, ...]
    revision: int = 0
    replies: int = 0
    closed: bool = False


@dataclass(frozen=True, slots=True)
class RoomView:
    """An entry of the list of rooms."""

    id: str
    name: str
    here: bool
    unread: int


@dataclass(frozen=True, slots=True)
class PersonView:
    """An entry of the list of whom one can act as."""

    id: str
    name: str
    face: Face
    role: str
    language: str
    bio: str
    new: bool
    here: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """A command or a message action, ready to be listed; bare where it asks nothing."""

    name: str
    title: str
    help: str
    wire: str
    bare: bool


class Words:
    """The interface's own words, for templates; all from the catalogue.

    Text that a template puts in is somebody's name or the like, and is never parsed.
    """

    def __init__(self, visit: Visit) -> None:
        self._brush = visit.brush()

    def say(self, key: str, /, **values: Value) -> Markup:
        """Return ``playground.<key>`` as inline HTML."""
        return self._brush.inline(_phrase(key, values))

    def plain(self, key: str, /, **values: Value) -> str:
        """Return ``playground.<key>`` as text, for attributes."""
        return self._brush.plain(_phrase(key, values))

    def number(self, value: int) -> str:
        """Return ``value`` as the reader writes numbers."""
        return self._brush.number(value)


def _phrase(key: str, values: Mapping[str, Value]) -> Phrase:
    quoted = {n: Quote(v) if isinstance(v, str) else v for n, v in values.items()}
    return Phrase(f"playground.{key}", quoted)


def shared(visit: Visit) -> dict[str, object]:
    """Return what every template is given."""
    words = Words(visit)
    return {
        "base": visit.base,
        "me": f"/as/{visit.resident.id}",
        "visit": visit,
        "say": words.say,
        "plain": words.plain,
        "number": words.number,
    }


def bar(visit: Visit, due: tuple[Phrase, datetime] | None) -> dict[str, object]:
    """Return what the top bar shows."""
    speech = visit.speech()
    local = visit.now.astimezone(speech.reader.zone)
    locale = Locale.parse(visit.locale, sep="-")
    time = speech.instant(When(visit.now, Style.TIME))
    day = format_skeleton("MMMEd", local, locale=locale)
    following = None
    if due is not None:
        what, at = due
        following = visit.brush().inline(
            phrase("playground.next", what=what, when=When(at, Style.RELATIVE))
        )
    return {
        "clock_iso": local.isoformat(timespec="minutes"),
        "clock": f"{day}, {time}",
        "next": following,
    }


def rooms(visit: Visit, unread: Mapping[str, int]) -> dict[str, object]:
    """Return what the list of rooms shows."""
    own = [r for r in visit.directory.rooms.values() if r.member == visit.resident.id]

    def view(room_id: str, name: str) -> RoomView:
        here = room_id == visit.room.id
        return RoomView(room_id, name, here, unread.get(room_id, 0))

    channels = visit.directory.channels_of(visit.person)
    return {
        "channels": [view(room.id, room.name) for room in channels],
        "directs": [view(room.id, room.name) for room in own],
        "face_of_me": face_of(visit.resident.id, visit.person.name),
        "role": _role(visit.brush(), visit.person.role),
    }


def people(visit: Visit) -> list[PersonView]:
    """Return whom one can act as: whoever is here, admins first."""
    brush = visit.brush()
    acting = [
        each
        for each in visit.directory.people.values()
        if each.person.here and not each.person.bot
    ]
    acting.sort(key=lambda each: (-each.person.role, each.person.name.casefold()))
    return [_person_view(visit, brush, each) for each in acting]


def entries(visit: Visit, routes: Sequence[RouteSpec]) -> list[Entry]:
    """Return commands, or message actions, with their words."""
    brush = visit.brush()

    def words(route: RouteSpec, part: str) -> str:
        key = f"{route.key}.{part}"
        return brush.plain(phrase(key)) if visit.catalogue.has(key) else ""

    return [
        Entry(
            f"/{route.command}" if route.command else "",
            words(route, "title"),
            words(route, "help"),
            wire=Action(route.key).encode(),
            bare=not route.fields,
        )
        for route in routes
    ]


def post_views(visit: Visit, posts: Sequence[Post]) -> Iterator[PostView]:
    """Yield ``posts`` as the member sees them."""
    mine = visit.brush()
    for post in posts:
        draft = post.draft
        brush = visit.brush(draft.locale) if draft.locale else mine
        typed = words_said(draft.body)
        bot = draft.author.id == LAUREL
        name = visit.directory.name_of(draft.author)
        language = visit.catalogue.choose(draft.locale or visit.locale)
        local = draft.at.astimezone(visit.speech().reader.zone)
        yield PostView(
            id=post.id,
            author=name,
            bot=bot,
            face=face_of(draft.author.id, name),
            time=mine.when(When(draft.at, Style.TIME)),
            day=local.date().isoformat(),
            day_label=_day_label(visit, mine, draft.at),
            said=typed,
            blocks=()
            if typed is not None
            else tuple(brush.blocks(draft.body, post.drawn)),
            whisper=draft.visible_to is not None and visit.room.member is None,
            edited=post.edited,
            pinned=post.pinned,
            lang=language if typed is None else "",
            dir=direction(language) if typed is None else "auto",
            over=tuple(over_limits(visit, draft.body)) if bot else (),
            revision=post.revision,
            replies=post.replies if visit.under is None else 0,
            closed=post.closed,
        )


def _day_label(visit: Visit, brush: Brush, at: datetime) -> str:
    zone = visit.speech().reader.zone
    days = (visit.now.astimezone(zone).date() - at.astimezone(zone).date()).days
    if days in {0, 1}:
        return brush.plain(
            phrase("playground.yesterday" if days else "playground.today")
        )
    return visit.speech().instant(When(at, Style.DATE))


def _person_view(visit: Visit, brush: Brush, resident: Resident) -> PersonView:
    person = resident.person
    joined = person.joined_at
    return PersonView(
        id=resident.id,
        name=person.name,
        face=face_of(resident.id, person.name),
        role=_role(brush, person.role),
        language=_language(visit, person.locale),
        bio=resident.bio,
        new=joined is not None and visit.now - joined < _NEW_FOR,
        here=resident.id == visit.resident.id,
    )


def _role(brush: Brush, role: Role) -> str:
    return brush.plain(phrase(f"playground.role-{role.name.lower()}"))


def _language(visit: Visit, tag: str | None) -> str:
    """Return what the member's language is called by whom one acts as."""
    reader = Locale.parse(visit.locale, sep="-")
    try:
        named = Locale.parse(tag or visit.locale, sep="-").get_language_name(reader)
    except (UnknownLocaleError, ValueError):
        return tag or ""
    return named or tag or ""
