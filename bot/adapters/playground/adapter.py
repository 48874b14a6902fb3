"""The playground as a chat platform: the same seam as Discord's and Slack's."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.adapters.playground.clock import Clock
from bot.adapters.playground.desk import Desk
from bot.adapters.playground.hub import Hub
from bot.adapters.playground.previews import Previews
from bot.adapters.playground.records import LAUREL, PLAYGROUND, Draft, dm_room
from bot.adapters.playground.reply import Replies
from bot.adapters.playground.store import Store
from bot.adapters.playground.way import SETTLE_S, Way
from bot.chat.adapter import (
    Adapter,
    Capabilities,
    Dispatch,
    Posting,
    RefusedError,
)
from bot.chat.catalogue import Catalogue
from bot.chat.table import RouteTable
from bot.chat.text import Phrase
from bot.domain.refs import ChannelRef, MemberRef, PlatformName, Spot, ThreadRef
from storage.undelivered import NOTHING, Undelivered

NextDue = Callable[[MemberRef], Awaitable[tuple[Phrase, datetime] | None]]
"""What falls due next for a member, and when; None where nothing does."""

Waiting = Callable[[], Awaitable[Undelivered]]
"""What Laurel has to say and could not yet."""

_ID = re.compile(r"[0-9]{1,18}")
_CAPABILITIES = Capabilities(
    private_files=True, inline_field_errors=True, settle_s=SETTLE_S
)


async def nothing_waits() -> Undelivered:
    """Return that everything was said; where nobody looks, nobody knows better."""
    return NOTHING


class Playground(Adapter):
    """A community in the browser.

    Attributes:
        previews: Shown beside each message.

        next_due: Shown beside the clock.

        waiting: Shown beside the switch that has the platform fail.
    """

    def __init__(
        self,
        store: Store,
        clock: Clock,
        catalogue: Catalogue,
        previews: Previews,
        next_due: NextDue,
        locale: str = "en",
    ) -> None:
        """Make an adapter; ``locale`` is the language of what is answered in public."""
        self.store = store
        self.clock = clock
        self.catalogue = catalogue
        self.previews = previews
        self.next_due = next_due
        self.waiting: Waiting = nothing_waits
        self.hub = Hub()
        self.way = Way(lambda: store.faults, clock)
        self.desk = Desk(Replies(store, locale))
        store.listen(self.hub.wake)
        clock.listen(self.hub.wake)

    @property
    def name(self) -> PlatformName:
        """The platform's name, as stored with its communities."""
        return PLAYGROUND

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""
        return _CAPABILITIES

    async def start(self, table: RouteTable, run: Dispatch) -> None:
        """Pass what members do to ``run``; the pages are served by `web.make_app`."""
        self.desk.open(table, run)
        self.hub.wake()

    async def serve(self) -> None:
        """Take what is taken late; browsers come by themselves."""
        await self.way.serve()

    @property
    def trouble(self) -> str | None:
        """What is wrong with the connection, of which there is none."""
        return None

    async def post(self, posting: Posting) -> str:
        """Post a message and return its id; sent twice, it stands twice."""

        async def post() -> str:
            draft = await self._draft(posting)
            await self._check_stands(posting.to)
            return str(await self.store.deliver(draft))

        return await self.way.write(post)

    async def open_thread(self, about: Posting) -> None:
        """See that there is something to be under; a thread begins by itself."""
        await self._check_stands(about.to)

    async def close_thread(self, thread: ThreadRef) -> None:
        """Close a thread until somebody writes there."""

        async def close() -> None:
            room = await self._room(thread)
            await self.store.close_thread(room, _number(thread.root))

        await self.way.write(close)

    async def edit(self, posting: Posting, message_id: str) -> None:
        """Draw ``posting`` in place of what stands there."""

        async def edit() -> None:
            draft = await self._draft(posting)
            if not await self.store.edit(_number(message_id), draft):
                raise RefusedError("message-gone")

        await self.way.write(edit)

    async def remove(self, to: Spot, message_id: str) -> None:
        """Take a message down. One that is gone already counts as taken down."""

        async def remove() -> None:
            await self.store.remove(await self._room(to), _number(message_id))

        await self.way.write(remove)

    async def pin(self, to: Spot, message_id: str) -> None:
        """Pin a message where it stands. One that is pinned already stays so."""
        await self._pin(to, message_id, pinned=True)

    async def unpin(self, to: Spot, message_id: str) -> None:
        """Take a message off the pinned ones; one that is not pinned is no fault."""
        await self._pin(to, message_id, pinned=False)

    async def _pin(self, to: Spot, message_id: str, *, pinned: bool) -> None:
        async def pin() -> None:
            room, number = await self._room(to), _number(message_id)
            if not await self.store.pin(room, number, pinned=pinned):
                raise RefusedError("message-gone")

        await self.way.write(pin)

    async def find(
        self,
        to: Spot,
        delivery_id: str,
        since: datetime,  # noqa: ARG002  an index finds it, however old
    ) -> str | None:
        """Return the id of the message that carries ``delivery_id``, if it stands."""

        async def look() -> str | None:
            found = await self.store.delivered(await self._room(to), delivery_id)
            return None if found is None else str(found)

        return await self.way.read(look)

    async def stop(self) -> None:
        """Let what is under way finish for at most 5 seconds, and the tabs go."""
        await self.way.close()
        await self.desk.close(patience_s=5.0)
        self.hub.close()

    async def _draft(self, posting: Posting) -> Draft:
        """Return what the store takes, of what the courier brings."""
        to = posting.to
        return Draft(
            await self._room(to),
            MemberRef(to.community, LAUREL),
            posting.message,
            self.clock.now(),
            locale=posting.locale,
            delivery_id=posting.delivery_id,
            pictures=posting.pictures,
            under=_number(to.root) if isinstance(to, ThreadRef) else None,
        )

    async def _check_stands(self, to: Spot) -> None:
        if not isinstance(to, ThreadRef):
            return
        root = _number(to.root)
        if not await self.store.stands(await self._room(to), root):
            raise RefusedError("thread-gone")

    async def _room(self, to: Spot) -> ChannelRef:
        """Return the room that ``to`` is reached in.

        Raises:
            RefusedError: If there is none, or the member has left.
        """
        known = await self.store.directory()
        if to.community != known.community:
            raise RefusedError("channel-gone")
        if not isinstance(to, MemberRef):
            place = to.channel if isinstance(to, ThreadRef) else to
            if place.id not in known.rooms:
                raise RefusedError("channel-gone")
            return place
        resident = known.people.get(to.id)
        if resident is None or not resident.person.here:
            raise RefusedError("member-gone")
        return dm_room(to)


def _number(message_id: str) -> int:
    """Return the id as the store has it; one that no message can have is 0."""
    return int(message_id) if _ID.fullmatch(message_id) else 0
