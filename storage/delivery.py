"""One message on its way, as the courier takes it out of the outbox."""

from __future__ import annotations

import base64
import hashlib
import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    Spot,
    ThreadRef,
)
from storage.instants import from_ms


@dataclass(frozen=True, slots=True)
class Lane:
    """A channel or a member's direct messages, by the outbox's own columns."""

    community: int
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Thread:
    """What hangs under a message of Laurel's.

    Attributes:
        row: That message.

        root: The platform's id of it.

        stands: Whether something was said there already.

        key: What the message is called in its community.

        about: What it says, on the wire; None where that is not known yet.
    """

    row: int
    root: str
    stands: bool
    key: str
    about: str | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """The first message that waits in its lane.

    Attributes:
        to: Where it goes.

        key: What it is called in its community, ``slice:what:id``.

        body: On the wire; None for one that is only to be taken down, and for one
            that is still to be drawn.

        part: Which message of a digest it is, from 1; None for all others.

        version: Which version of the message `body` is, or, while an attempt is
            open, which one was sent.

        message_id: The platform's id; None until it is posted.

        gone: Whether it is to be taken down.

        sending_at: When an attempt began whose outcome is not known; None where
            no attempt is open.

        attempts: Attempts that began since the last success.

        tried_at: When the first of them began; None where there was none.

        thread: Where it goes or stands, if not in the channel itself.

        closes: Whether it is no message, and has the thread closed.

        overtakes: The row before it, which is in doubt and is found to be at fault
            if this one is taken; None mostly.

        delivery_id: At most 25 characters, the same for each attempt.
    """

    id: int
    to: ChannelRef | MemberRef
    key: str
    part: int | None
    locale: str
    body: str | None
    version: int
    message_id: str | None
    gone: bool
    due_at: datetime
    sending_at: datetime | None
    attempts: int
    tried_at: datetime | None
    queued_at: datetime
    delivery_id: str
    call: str
    thread: Thread | None = None
    closes: bool = False
    overtakes: int | None = None

    @property
    def spot(self) -> Spot:
        """Where it goes or stands: in the thread, where it has one."""
        if self.thread is None or not isinstance(self.to, ChannelRef):
            return self.to
        return ThreadRef(self.to, self.thread.root)

    @property
    def is_open(self) -> bool:
        """Whether an attempt is open, so that nothing else may be done with it."""
        return self.sending_at is not None

    @property
    def is_undrawn(self) -> bool:
        """Whether it is still to be drawn."""
        return self.body is None and not self.gone

    def is_due(self, now: datetime) -> bool:
        """Whether it may be sent."""
        return self.sending_at is None and self.due_at <= now


def delivery_of(row: sqlite3.Row) -> Delivery:
    """Return what a row says, with what it takes from the rows beside it."""
    community = CommunityRef(PlatformName(row["platform"]), row["platform_id"])
    is_channel = row["kind"] == "channel"
    is_open = row["state"] == "sending"
    return Delivery(
        id=row["id"],
        to=(ChannelRef if is_channel else MemberRef)(community, row["place"]),
        key=row["key"],
        part=row["part"],
        locale=row["member_locale"] or row["locale"],
        body=row["body"],
        version=row["sending_version"] if is_open else row["version"],
        message_id=row["message_id"],
        gone=bool(row["gone"]),
        due_at=from_ms(row["due_at"]),
        sending_at=from_ms(row["sending_at"]) if is_open else None,
        attempts=row["attempts"],
        tried_at=None if row["tried_at"] is None else from_ms(row["tried_at"]),
        queued_at=from_ms(row["queued_at"]),
        delivery_id=_delivery_id(row["token"], row["id"]),
        call=row["call"],
        thread=_thread(row),
        closes=bool(row["closes"]),
    )


def _thread(row: sqlite3.Row) -> Thread | None:
    """Return where a message was sent to, or is to go where it was not sent yet."""
    is_sent = row["message_id"] is not None or row["state"] == "sending"
    if is_sent and not row["closes"]:
        if row["thread"] is None:
            return None
        return Thread(row["under"], row["thread"], stands=True, key="", about=None)
    stands = row["root_thread"] is not None
    if row["root"] is None or (row["closes"] and not stands):
        return None
    about = row["root_body"] or None
    return Thread(row["root_row"], row["root"], stands, row["root_key"], about)


def _delivery_id(token: str, row: int) -> str:
    """Return what a probe looks for: 25 characters, the most that Discord takes."""
    digest = hashlib.sha256(f"{token}:{row}".encode()).digest()
    return base64.b32encode(digest)[:25].decode()
