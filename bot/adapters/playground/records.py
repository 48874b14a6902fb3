"""What the playground keeps: its people, its rooms, and what was said in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import assert_never

from bot.adapters.playground.pictures import Size
from bot.chat.message import Card, Message, say
from bot.chat.text import Quote, phrase
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, PlatformName, RoleRef

PLAYGROUND = PlatformName("playground")
LAUREL = "laurel"
"""The id that Laurel itself posts under; no member can have it."""

SAID = "playground.said"
"""The phrase that a member's own message is."""


@dataclass(frozen=True, slots=True)
class Resident:
    """A person of the playground, with what only their own platform knows.

    Attributes:
        zone: IANA name of the zone that their times are shown in.

        bio: A line about them, for who acts as them.

        groups: Ids of the groups they belong to.
    """

    person: Person
    zone: str = "UTC"
    bio: str = ""
    groups: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The platform's id of the person."""
        return self.person.ref.id


@dataclass(frozen=True, slots=True)
class Room:
    """A channel, or one member's direct messages with Laurel.

    Attributes:
        least_role: Who may enter.

        position: Where it stands in the list, counted from 0.

        member: Id of the member whose direct messages these are; None in a channel.
    """

    ref: ChannelRef
    name: str
    topic: str = ""
    least_role: Role = Role.MEMBER
    position: int = 0
    member: str | None = None

    @property
    def id(self) -> str:
        """The platform's id of the room."""
        return self.ref.id

    def open_to(self, person: Person) -> bool:
        """Return whether ``person`` may read what is said here."""
        if self.member is not None:
            return self.member == person.ref.id
        return person.role >= self.least_role


@dataclass(frozen=True, slots=True)
class Spot:
    """A room itself, or the thread under one of its messages.

    Attributes:
        under: Id of that message; None for the room itself.
    """

    room: ChannelRef
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A message that is about to stand in a room.

    Attributes:
        locale: The language to draw it in; None for the reader's own.

        delivery_id: A second message with the same one is not posted.

        visible_to: Id of the only member who sees it; None for the whole room.

        pictures: Its pictures as PNG, by where their card stands among its nodes.

        under: Id of the message in whose thread it stands; None for the room itself.
    """

    room: ChannelRef
    author: MemberRef
    body: Message
    at: datetime
    locale: str | None = None
    delivery_id: str | None = None
    visible_to: str | None = None
    pictures: Mapping[int, bytes] = field(default_factory=dict)
    under: int | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """A message as it stands, or stood.

    Attributes:
        revision: Raised by each change of any message; tells what a tab missed.

        drawn: Which pictures it has, by where their card stands, and how large; the
            pictures themselves stay where they are kept.

        replies: How many messages stand in its thread for all to see.

        closed: Whether its thread is closed until somebody writes there.
    """

    id: int
    draft: Draft
    edited: bool
    removed: bool
    revision: int
    pinned: bool = False
    drawn: Mapping[int, Size] = field(default_factory=dict)
    replies: int = 0
    closed: bool = False


def dm_room(member: MemberRef) -> ChannelRef:
    """Return where Laurel and ``member`` talk alone."""
    return ChannelRef(member.community, f"dm.{member.id}")


def said(words: str) -> Message:
    """Return what a member typed as a message like any other."""
    return say(Card(body=(phrase(SAID, words=Quote(words)),)))


def words_said(message: Message) -> str | None:
    """Return what a member typed; None where the message is a bot's."""
    match message.nodes:
        case (Card(body=(spoken,)),) if spoken.key == SAID:
            words = spoken.values["words"]
            return words.text if isinstance(words, Quote) else None
        case _:
            return None


@dataclass(frozen=True, slots=True)
class Directory:
    """Everybody and every room of a community, at one moment."""

    community: CommunityRef
    people: Mapping[str, Resident] = field(default_factory=dict)
    rooms: Mapping[str, Room] = field(default_factory=dict)
    groups: Mapping[str, str] = field(default_factory=dict)

    def person(self, member_id: str) -> Person:
        """Return who has ``member_id``; Laurel for its own.

        Raises:
            KeyError: If nobody has.
        """
        if member_id == LAUREL:
            return Person(MemberRef(self.community, LAUREL), "Laurel", bot=True)
        return self.people[member_id].person

    def name_of(self, ref: MemberRef | ChannelRef | RoleRef) -> str:
        """Return what ``ref`` is called; its id where nobody knows it any more."""
        if ref.community != self.community:
            return ref.id
        match ref:
            case MemberRef():
                return self._person_name(ref.id)
            case ChannelRef():
                room = self.rooms.get(ref.id)
                return ref.id if room is None else room.name
            case RoleRef():
                return self.groups.get(ref.id, ref.id)
            case _ as never:
                assert_never(never)

    def _person_name(self, member_id: str) -> str:
        try:
            return self.person(member_id).name
        except KeyError:
            return member_id

    def channels_of(self, person: Person) -> tuple[Room, ...]:
        """Return the channels that ``person`` may enter, in the order of the list."""
        inside = [
            room
            for room in self.rooms.values()
            if room.member is None and room.open_to(person)
        ]
        return tuple(sorted(inside, key=lambda room: (room.position, room.id)))

    def room_for(self, person: Person, room_id: str) -> Room | None:
        """Return the room, where there is one that ``person`` may enter."""
        room = self.rooms.get(room_id)
        return room if room is not None and room.open_to(person) else None
