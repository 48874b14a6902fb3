"""The playground's own memory, in a file of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Self

from bot.adapters.playground import messages, pictures, residents
from bot.adapters.playground.faults import WELL, Faults
from bot.adapters.playground.messages import add_messages
from bot.adapters.playground.records import (
    Directory,
    Draft,
    Post,
    Resident,
    Room,
    Spot,
)
from bot.adapters.playground.residents import (
    CHANGED,
    DIRECTORY,
    add_groups,
    add_people,
    add_rooms,
)
from bot.domain.refs import ChannelRef, CommunityRef, MemberRef
from storage import file
from storage.database import Database
from storage.lock import InstanceLock

__all__ = ["Store", "add_groups", "add_messages", "add_people", "add_rooms"]

SCHEMA = file.Schema(0x4C41_5047, Path(__file__).parent / "migrations")  # "LAPG"
_NEWEST = 2**62


class Store:
    """People, rooms and messages of one community of the playground.

    Attributes:
        faults: What befalls those who come from outside. Nobody writes it down: after
            a restart all is well.
    """

    def __init__(self, database: Database, community: CommunityRef) -> None:
        self.database = database
        self.community = community
        self.faults = WELL
        self._listeners: list[Callable[[], None]] = []
        self._known: Directory | None = None
        self._changes = 0
        database.listen(DIRECTORY, self._forget)

    @classmethod
    async def open(cls, path: Path, community: CommunityRef) -> Self:
        """Open the file at ``path``, made where there is none.

        Raises:
            storage.lock.DatabaseFileError: If the file cannot be used.
        """
        lock = _ready(path)
        try:
            return cls(await Database.open(path, lock), community)
        except BaseException:
            lock.release()
            raise

    async def close(self) -> None:
        """Finish what is being written and close the file."""
        await self.database.close()

    def listen(self, told: Callable[[], None]) -> None:
        """Have ``told`` called after each change of anything that a tab shows."""
        self.database.listen(CHANGED, told)
        self._listeners.append(told)

    def befall(self, faults: Faults) -> None:
        """Have ``faults`` befall whoever comes from outside, from now on."""
        self.faults = faults
        for told in self._listeners:
            told()

    async def add_person(self, resident: Resident) -> None:
        """Keep a person, with a room of their own to talk with Laurel in."""
        await self.database.write(add_people, [resident])

    async def add_room(self, room: Room) -> None:
        """Keep a room."""
        await self.database.write(add_rooms, [room])

    async def directory(self) -> Directory:
        """Return everybody and every room."""
        if self._known is not None:
            return self._known
        changes = self._changes
        known = await self.database.read(residents.directory, self.community)
        if changes == self._changes:
            self._known = known
        return known

    async def post(self, draft: Draft) -> int:
        """Post ``draft`` and return its id; the first one's if posted before."""
        return await self.database.write(messages.add_message, draft)

    async def deliver(self, draft: Draft) -> int:
        """Post ``draft`` and return its id; sent twice, it stands twice."""
        return await self.database.write(messages.deliver, draft)

    async def edit(self, message_id: int, draft: Draft) -> bool:
        """Put ``draft`` in place of what stands; return whether anything stood."""
        return await self.database.write(messages.edit_message, message_id, draft)

    async def picture(self, message_id: int, node: int) -> bytes | None:
        """Return a card's picture as PNG, by where the card stands in its message."""
        return await self.database.read(pictures.find, message_id, node)

    async def remove(self, room: ChannelRef, message_id: int) -> None:
        """Take a message down; one that is gone stays gone."""
        await self.database.write(messages.remove_message, room, message_id)

    async def close_thread(self, room: ChannelRef, root: int) -> None:
        """Note that a message's thread is closed until somebody writes there."""
        await self.database.write(messages.close_thread, room, root)

    async def pin(self, room: ChannelRef, message_id: int, *, pinned: bool) -> bool:
        """Pin a message or take it off; return whether it stands."""
        return await self.database.write(
            messages.pin_message, room, message_id, pinned=pinned
        )

    async def stands(self, room: ChannelRef, message_id: int) -> bool:
        """Return whether a message stands in a room."""
        post = await self.database.read(messages.message, self.community, message_id)
        return post is not None and post.draft.room == room

    async def delivered(self, room: ChannelRef, delivery_id: str) -> int | None:
        """Return the id of the post that carries ``delivery_id``, where it stands."""
        return await self.database.read(messages.delivered, room, delivery_id)

    async def message(self, message_id: int, member: MemberRef) -> Post | None:
        """Return the post where it stands and ``member`` may see it."""
        post = await self.database.read(messages.message, self.community, message_id)
        if post is None or post.draft.visible_to not in (None, member.id):
            return None
        known = await self.directory()
        person = known.person(member.id)
        return post if known.room_for(person, post.draft.room.id) else None

    async def latest(
        self,
        spot: Spot,
        member: MemberRef,
        *,
        before: int | None = None,
        count: int = 50,
    ) -> list[Post]:
        """Return the last ``count`` posts that ``member`` sees, ids below ``before``.

        The oldest comes first; None stands for the end. A thread begins with the
        message that it is under.
        """
        return await self.database.read(
            messages.latest, spot, member.id, before or _NEWEST, count
        )

    async def changed_since(
        self, spot: Spot, member: MemberRef, after: int
    ) -> list[Post]:
        """Return what ``member`` saw change since revision ``after``, at most 200."""
        return await self.database.read(messages.changed_since, spot, member.id, after)

    async def revision(self) -> int:
        """Return the number of the last change."""
        return await self.database.read(messages.revision)

    async def unread(self, member: MemberRef) -> Mapping[str, int]:
        """Return how many messages ``member`` has not seen, by room."""
        return await self.database.read(messages.unread, member)

    async def mark_read(self, member: MemberRef, room: ChannelRef) -> None:
        """Note that ``member`` has seen all that stands in ``room``."""
        await self.database.write(messages.mark_read, member, room)

    async def clock_offset(self) -> timedelta:
        """Return how far the playground's clock stands ahead of the wall's."""
        return await self.database.read(messages.clock_offset)

    async def move_clock(self, by: timedelta) -> timedelta:
        """Move the clock forwards and return its new distance from the wall's."""
        return await self.database.write(messages.move_clock, by)

    def _forget(self) -> None:
        self._changes += 1
        self._known = None


def _ready(path: Path) -> InstanceLock:
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        file.create(path, SCHEMA)
    lock = InstanceLock.take(path)
    try:
        file.prepare(path, SCHEMA)
    except BaseException:
        lock.release()
        raise
    return lock
