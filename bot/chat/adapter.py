"""The seam: everything the rest of the bot knows about a chat platform."""

from __future__ import annotations

from collections.abc import Awaitable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.chat.events import Events
from bot.chat.fields import Suggestion
from bot.chat.message import Message
from bot.chat.news import News
from bot.chat.responses import Ask, Call, Response
from bot.chat.table import RouteTable
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    Spot,
    ThreadRef,
)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a platform can do. Ask this, never the platform's name.

    Attributes:
        private_files: Whether a private answer can hold a file.

        inline_field_errors: Whether a refusal can stand beside the field.

        settle_s: Seconds after which a request whose answer never came can no
            longer be accepted, so that looking for its message is conclusive.
    """

    private_files: bool
    inline_field_errors: bool
    settle_s: float


class NotAcceptedError(Exception):
    """The platform said that it did not take the request; it may be sent again.

    Attributes:
        retry_after_s: Seconds that the platform asks to wait; None when it does not.
    """

    def __init__(self, reason: str, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s


class OutcomeUnknownError(Exception):
    """No answer came: the platform may have taken the request, or not."""


class RefusedError(Exception):
    """The platform will not take this request, now or later, until somebody acts.

    The reason is one of ``channel-gone``, ``no-permission``, ``member-gone``,
    ``member-unreachable`` and ``message-gone``; in a thread also ``thread-gone``; where
    something is to be pinned, also
    ``pin-limit`` and ``no-scope``, which is a permission that only installing Laurel
    anew can grant.

    Attributes:
        wanting: Catalogue keys of what would have to be granted, where that is known.
    """

    def __init__(self, reason: str, wanting: Sequence[str] = ()) -> None:
        super().__init__(" ".join((reason, *wanting)))
        self.reason = reason
        self.wanting = tuple(wanting)


class UnseenError(Exception):
    """Laurel may not look what stands there, so nobody can tell whether a post does."""


class CredentialsError(Exception):
    """A platform does not take its token; somebody has to put in another one.

    Attributes:
        platform: Which one.
    """

    def __init__(self, platform: PlatformName, reason: str) -> None:
        super().__init__(reason)
        self.platform = platform


class Dispatch(Protocol):
    """The door into the cogs."""

    def __call__(
        self,
        route: str,
        call: Call,
        args: Sequence[str],
        answers: Mapping[str, object] | None,
    ) -> Awaitable[Response]:
        """Run the handler of ``route``. Never raises: failures become `Refuse`.

        Args:
            route: Key of a `RouteSpec`.
            call: Who, where and when.
            args: What the button carried.
            answers: By field name, in the fields' neutral types; what was not
                answered is left out. None where a button was pressed and
                nothing has been asked yet.
        """

    def suggest(
        self, lookup: str, call: Call, typed: str
    ) -> Awaitable[Sequence[Suggestion]]:
        """Return at most 25 options that fit what is typed. Never raises."""

    def hear(self, news: News) -> Awaitable[None]:
        """Take note of what happened on the platform. Never raises."""


@dataclass(frozen=True, slots=True)
class Place:
    """How a community is spoken to in public: a language that Laurel speaks, a zone.

    Attributes:
        moderators: Where moderators are told things; None for nowhere.
    """

    locale: str
    zone: ZoneInfo
    moderators: ChannelRef | None = None


class Memory(Protocol):
    """What an adapter may ask of what Laurel remembers."""

    async def place(self, community: CommunityRef) -> Place:
        """Return how the community is spoken to; the defaults where it is new."""

    async def communities(self, platform: PlatformName) -> Collection[CommunityRef]:
        """Return where Laurel is on a platform, as far as it was told."""

    async def zone(self, member: MemberRef) -> ZoneInfo:
        """Return the zone in which a member reads times: their own, or the place's."""

    async def names(self, people: Collection[MemberRef]) -> Mapping[MemberRef, str]:
        """Return the names of those whom Laurel has met, as last seen."""

    async def keep(self, call: Call, ask: Ask) -> str | None:
        """Keep a form as it was filled in, for its member alone; return its id.

        The id has at most 20 characters; the form is kept for a day. None where
        nothing can be stored now.
        """

    async def kept(self, call: Call, form_id: str) -> Ask | None:
        """Return the form that `keep` kept for this member; None where it is gone."""


@dataclass(frozen=True, slots=True)
class Posting:
    """A message on its way to a platform.

    Attributes:
        to: A channel, a thread, or a member's direct messages.

        locale: The language to draw it in.

        delivery_id: At most 25 characters, the same for each attempt, different
            for each message; every post carries it where `Adapter.find` sees it.

        pictures: Its pictures as PNG, by where their card stands among the message's
            nodes, counted from 0. One that is not there is told in words.
    """

    to: Spot
    message: Message
    locale: str
    delivery_id: str
    pictures: Mapping[int, bytes] = field(default_factory=dict)


class Draw(Protocol):
    """Draws the pictures of a message that is about to be delivered."""

    async def __call__(self, posting: Posting) -> Mapping[int, bytes]:
        """Return what `Posting.pictures` holds, in two minutes at most.

        What cannot be drawn, or not in time, is left out. Never raises.
        """


class Adapter(Protocol):
    """One connection to one chat platform.

    Every sending method raises `NotAcceptedError`, `OutcomeUnknownError` or
    `RefusedError`, and nothing else on purpose.
    """

    @property
    def name(self) -> PlatformName:
        """The platform's name, as stored with its communities."""

    @property
    def capabilities(self) -> Capabilities:
        """What the platform can do."""

    @property
    def events(self) -> Events | None:
        """The platform's own calendar, where it has one that Laurel is to fill."""
        return None

    async def start(self, table: RouteTable, run: Dispatch) -> None:
        """Log in, publish the commands and begin to pass what members do to ``run``.

        A platform that cannot be reached now is tried again by `serve`.

        Raises:
            CredentialsError: If the platform does not take the token.
        """

    async def serve(self) -> None:
        """Stay connected until `stop`; the supervisor runs it again when it fails."""

    @property
    def trouble(self) -> str | None:
        """What is wrong with the connection, in words; None when all is well."""

    async def post(self, posting: Posting) -> str:
        """Post a new message and return the platform's id of it."""

    async def open_thread(self, about: Posting) -> None:
        """Have the thread that ``about`` is for stand; one that stands stays as it is.

        Asked before the first post there, and again where no answer came. The message
        of ``about`` is the one above it, from which a name can be taken: it says
        nothing where nobody knows. A platform where threads begin by themselves does
        nothing. As `post`, it raises `RefusedError` with ``thread-gone`` where there
        is nothing any more that a thread could be under.
        """

    async def close_thread(self, thread: ThreadRef) -> None:
        """Close a thread until somebody writes there, where a platform has that.

        One that is closed or gone already is no fault.
        """

    async def edit(self, posting: Posting, message_id: str) -> None:
        """Draw ``posting`` in place of what stands there."""

    async def remove(self, to: Spot, message_id: str) -> None:
        """Take a message down. One that is gone already counts as taken down."""

    async def find(self, to: Spot, delivery_id: str, since: datetime) -> str | None:
        """Return the id of the message that carries ``delivery_id``, if it stands.

        Raises:
            UnseenError: If Laurel may not look.
        """

    async def pin(self, to: Spot, message_id: str) -> None:
        """Pin a message where it stands. One that is pinned already stays so."""

    async def unpin(self, to: Spot, message_id: str) -> None:
        """Take a message off the pinned ones; one that is not pinned is no fault."""

    async def stop(self) -> None:
        """Disconnect, letting what is under way finish for at most 5 seconds."""
