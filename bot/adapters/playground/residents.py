"""Tables of people, groups and rooms: plain SQL in plain units."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from bot.adapters.playground.records import LAUREL, Directory, Resident, Room, dm_room
from bot.domain.people import Person, Role
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef, RoleRef
from storage.database import Transaction
from storage.instants import from_ms, to_ms

CHANGED = "playground"
"""The topic that is woken when anything a tab shows has changed."""

DIRECTORY = "playground.directory"
"""The topic that is woken when people, groups or rooms have changed."""

_ADD_PERSON = """
INSERT INTO people
  (community, id, name, role, bot, here, locale, zone, joined_at, bio)
VALUES
  (:community, :id, :name, :role, :bot, :here, :locale, :zone, :joined_at, :bio)
ON CONFLICT (community, id) DO UPDATE SET
  name = excluded.name, role = excluded.role, bot = excluded.bot,
  here = excluded.here, locale = excluded.locale, zone = excluded.zone,
  joined_at = excluded.joined_at, bio = excluded.bio
"""
_ADD_ROOM = """
INSERT INTO rooms (community, id, name, topic, least_role, position, member)
VALUES (:community, :id, :name, :topic, :least_role, :position, :member)
ON CONFLICT (community, id) DO UPDATE SET
  name = excluded.name, topic = excluded.topic, least_role = excluded.least_role,
  position = excluded.position
"""


def add_groups(
    tx: Transaction, community: CommunityRef, names: Mapping[str, str]
) -> None:
    """Keep the platform's own groups of members, by id."""
    for group_id, name in names.items():
        tx.run(
            "INSERT INTO groups (community, id, name) VALUES (:community, :id, :name) "
            "ON CONFLICT (community, id) DO UPDATE SET name = excluded.name",
            community=community.id,
            id=group_id,
            name=name,
        )
    tx.wake(DIRECTORY)


def add_people(tx: Transaction, residents: Iterable[Resident]) -> None:
    """Keep ``residents``, each with a room of their own to talk with Laurel in.

    Who is known already is brought up to date. Their groups exist by then.

    Raises:
        ValueError: If somebody would have Laurel's own id.
    """
    for resident in residents:
        person = resident.person
        if person.ref.id == LAUREL:
            raise ValueError(f"{LAUREL!r} is not a member's id")
        community = person.ref.community.id
        tx.run(
            _ADD_PERSON,
            community=community,
            id=person.ref.id,
            name=person.name,
            role=person.role,
            bot=person.bot,
            here=person.here,
            locale=person.locale,
            zone=resident.zone,
            joined_at=None if person.joined_at is None else to_ms(person.joined_at),
            bio=resident.bio,
        )
        tx.run(
            "DELETE FROM group_people WHERE community = :community AND person = :id",
            community=community,
            id=person.ref.id,
        )
        for group_id in resident.groups:
            tx.run(
                "INSERT INTO group_people VALUES (:community, :group_id, :id)",
                community=community,
                group_id=group_id,
                id=person.ref.id,
            )
        add_rooms(tx, [Room(dm_room(person.ref), "Laurel", member=person.ref.id)])


def add_rooms(tx: Transaction, rooms: Iterable[Room]) -> None:
    """Keep ``rooms``; one that is known already is brought up to date."""
    for room in rooms:
        tx.run(
            _ADD_ROOM,
            community=room.ref.community.id,
            id=room.id,
            name=room.name,
            topic=room.topic,
            least_role=room.least_role,
            position=room.position,
            member=room.member,
        )
    tx.wake(CHANGED)
    tx.wake(DIRECTORY)


def directory(tx: Transaction, community: CommunityRef) -> Directory:
    """Return everybody and every room."""
    own = {"community": community.id}
    belongs: dict[str, list[str]] = {}
    for row in tx.all(
        "SELECT * FROM group_people WHERE community = :community ORDER BY group_id",
        **own,
    ):
        belongs.setdefault(row["person"], []).append(row["group_id"])
    people = tx.all(
        "SELECT * FROM people WHERE community = :community ORDER BY rowid", **own
    )
    rooms = tx.all("SELECT * FROM rooms WHERE community = :community", **own)
    groups = tx.all("SELECT * FROM groups WHERE community = :community", **own)
    return Directory(
        community,
        people={
            row["id"]: _resident(row, community, belongs.get(row["id"], ()))
            for row in people
        },
        rooms={row["id"]: _room(row, community) for row in rooms},
        groups={row["id"]: row["name"] for row in groups},
    )


def _resident(
    row: sqlite3.Row, community: CommunityRef, groups: Sequence[str]
) -> Resident:
    person = Person(
        MemberRef(community, row["id"]),
        row["name"],
        role=Role(row["role"]),
        bot=bool(row["bot"]),
        here=bool(row["here"]),
        locale=row["locale"],
        joined_at=None if row["joined_at"] is None else from_ms(row["joined_at"]),
        groups=tuple(RoleRef(community, group) for group in groups),
    )
    return Resident(person, row["zone"], row["bio"], tuple(groups))


def _room(row: sqlite3.Row, community: CommunityRef) -> Room:
    return Room(
        ChannelRef(community, row["id"]),
        row["name"],
        topic=row["topic"],
        least_role=Role(row["least_role"]),
        position=row["position"],
        member=row["member"],
    )
