"""A fourth platform, for tests: it records what it is told and lets people act.

Everything between a member's action and the platform is real: dispatch, cogs, units,
a SQLite file, outbox and courier.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.app import Laurel, open_database, running
from bot.chat import wire
from bot.chat.adapter import (
    Adapter,
    Capabilities,
    Dispatch,
    Posting,
    RefusedError,
    UnseenError,
)
from bot.chat.catalogue import Catalogue
from bot.chat.limits import uses_of
from bot.chat.message import Action, Button, Buttons, File, Message, Select
from bot.chat.responses import Ask, Call, Refuse, Replace, Response, Say, Target
from bot.chat.speech import Reader, Speech
from bot.chat.table import RouteTable
from bot.chat.text import Phrase
from bot.domain.community import Settings
from bot.domain.people import Person, Role
from bot.domain.refs import (
    ChannelRef,
    CommunityRef,
    MemberRef,
    PlatformName,
    RoleRef,
    Spot,
    ThreadRef,
)
from bot.features import LOCALES, Link
from bot.installation import Installation
from storage import communities, file
from storage.database import Database, Transaction
from tests.reading import once, texts_of

PLATFORM = PlatformName("harness")
COMMUNITY = CommunityRef(PLATFORM, "home")
START = datetime(2026, 3, 6, 15, 0, tzinfo=UTC)
"""A Friday, two days before the clocks change in New York."""

NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""What the wall clock shows: the alarm is set by it and never rings by itself."""

_WAITING = "SELECT count(*) AS waiting FROM outbox WHERE state IN ('new', 'sending')"


@dataclass(slots=True)
class Clock:
    """Time, which passes only when a test says so."""

    at: datetime = START

    def __call__(self) -> datetime:
        """Return the instant that it is."""
        return self.at

    def move(self, **by: float) -> None:
        """Move forwards, by the arguments of `datetime.timedelta`."""
        self.at += timedelta(**by)


@dataclass(slots=True)
class Post:
    """A message that stands on the platform, or stood."""

    id: str
    to: Spot
    message: Message
    delivery_id: str
    text: str
    edits: int = 0
    gone: bool = False
    pinned: bool = False
    pictures: Mapping[int, bytes] = field(default_factory=dict)


async def _at_once(_request: str, _posting: Posting | None) -> None:
    """Let a request through."""


@dataclass(slots=True)
class Platform(Adapter):
    """Takes what the courier brings.

    Attributes:
        gate: Awaited before each request with its name, and what it posts or edits.

        fault: Called before each request with its name; what it raises happens.

        late: Called after each request was accepted; what it raises is all that the
            courier hears.

        closed: Places that take no post, each with the reason that it gives.

        threads: Those that were begun, each with whether it is open.

        blind: Whether Laurel may not look what stands anywhere.
    """

    speech: Callable[[str], Speech]
    clock: Clock
    posts: list[Post] = field(default_factory=list)
    gate: Callable[[str, Posting | None], Awaitable[None]] = _at_once
    fault: Callable[[str], None] = lambda _request: None
    late: Callable[[str], None] = lambda _request: None
    closed: dict[Spot, str] = field(default_factory=dict)
    threads: dict[ThreadRef, bool] = field(default_factory=dict)
    settle_s: float = 60.0
    blind: bool = False

    @property
    def name(self) -> PlatformName:
        """The platform's name."""
        return PLATFORM

    @property
    def capabilities(self) -> Capabilities:
        """What the strictest platform can do."""
        return Capabilities(
            private_files=True, inline_field_errors=True, settle_s=self.settle_s
        )

    async def start(self, table: RouteTable, run: Dispatch) -> None:
        """Nothing to connect to."""

    async def serve(self) -> None:
        """Nothing to stay connected to."""

    @property
    def trouble(self) -> str | None:
        """What is wrong with the connection, of which there is none."""
        return None

    async def stop(self) -> None:
        """Nothing to disconnect from."""

    async def post(self, posting: Posting) -> str:
        """Keep the message; ``late`` may still raise, as a lost answer does."""
        await self.gate("post", posting)
        self.fault("post")
        if posting.to in self.closed:
            raise RefusedError(self.closed[posting.to])
        if isinstance(posting.to, ThreadRef):
            known = (p.to for p in self.posts if not p.gone)
            if posting.to not in {*self.threads, *known}:
                raise RefusedError("thread-gone")
            self.threads[posting.to] = True
        text = self.read(posting.message, posting.locale)
        post = Post(
            str(len(self.posts) + 1),
            posting.to,
            posting.message,
            posting.delivery_id,
            text,
            pictures=posting.pictures,
        )
        self.posts.append(post)
        self.late("post")
        return post.id

    async def open_thread(self, about: Posting) -> None:
        """Begin a thread under a message that stands."""
        assert isinstance(about.to, ThreadRef)
        await self.gate("open", about)
        self.fault("open")
        if self.posts[int(about.to.root) - 1].gone:
            raise RefusedError("thread-gone")
        self.threads.setdefault(about.to, True)
        self.late("open")

    async def close_thread(self, thread: ThreadRef) -> None:
        """Note that it is closed."""
        await self.gate("close", None)
        self.fault("close")
        self.threads[thread] = False
        self.late("close")

    async def edit(self, posting: Posting, message_id: str) -> None:
        """Show another message in its place."""
        await self.gate("edit", posting)
        self.fault("edit")
        post = self._standing(posting.to, message_id)
        post.message, post.edits = posting.message, post.edits + 1
        post.text = self.read(posting.message, posting.locale)
        post.pictures = posting.pictures
        self.late("edit")

    async def remove(self, to: Spot, message_id: str) -> None:
        """Take it down."""
        await self.gate("remove", None)
        self.fault("remove")
        self._standing(to, message_id).gone = True
        self.late("remove")

    async def find(self, to: Spot, delivery_id: str, since: datetime) -> str | None:
        """Look for what was posted."""
        self.fault("find")
        if self.blind:
            raise UnseenError
        standing = (p for p in self.posts if p.to == to and not p.gone)
        found = (p.id for p in standing if p.delivery_id == delivery_id)
        return next(found, None)

    async def pin(self, to: Spot, message_id: str) -> None:
        """Pin it."""
        await self._pin("pin", to, message_id)

    async def unpin(self, to: Spot, message_id: str) -> None:
        """Take it off the pinned ones."""
        await self._pin("unpin", to, message_id)

    async def _pin(self, request: str, to: Spot, message_id: str) -> None:
        await self.gate(request, None)
        self.fault(request)
        post = self._standing(to, message_id)
        if post.gone:
            raise RefusedError("message-gone")
        post.pinned = request == "pin"
        self.late(request)

    def _standing(self, to: Spot, message_id: str) -> Post:
        post = self.posts[int(message_id) - 1]
        assert post.to == to, "a message is asked for where it stands"
        return post

    def read(self, message: Message, locale: str) -> str:
        """Return the words of ``message``, a line for each text, within all limits."""
        plain = once(self.speech(locale).plain)
        over = [use for use in uses_of(message, lambda p: len(plain(p))) if use.over]
        assert not over, f"a message breaks a platform's limit: {over}"
        return "\n".join(map(plain, texts_of(message)))


@dataclass(frozen=True, slots=True)
class Reply:
    """What a member got for what they did."""

    response: Response
    text: str

    @property
    def refused(self) -> bool:
        """Whether the answer was a no."""
        return isinstance(self.response, Refuse)

    @property
    def reason(self) -> str:
        """Key of the sentence that said no."""
        assert isinstance(self.response, Refuse), self.text
        return self.response.reason.key

    @property
    def at(self) -> str | None:
        """The field that was at fault."""
        assert isinstance(self.response, Refuse), self.text
        return self.response.at

    @property
    def message(self) -> Message:
        """What was said."""
        assert isinstance(self.response, Say | Replace), self.text
        return self.response.message

    @property
    def form(self) -> Ask:
        """The form that was opened."""
        assert isinstance(self.response, Ask), self.text
        return self.response

    @property
    def file(self) -> File:
        """The file that was handed over."""
        return next(node for node in self.message.nodes if isinstance(node, File))


class Community:
    """People who act, and what they see."""

    def __init__(
        self, laurel: Laurel, platform: Platform, clock: Clock, ref: CommunityRef
    ) -> None:
        self.laurel = laurel
        self.platform = platform
        self.clock = clock
        self.ref = ref
        self.people: dict[str, Person] = {}
        self.names: dict[MemberRef, str] = {}
        self._operations = itertools.count(1)

    @property
    def database(self) -> Database:
        """The file that everything is in."""
        return self.laurel.database

    def person(self, name: str, role: Role = Role.MEMBER, **seen: object) -> Person:
        """Return the person called ``name``, known from now on as described."""
        if name not in self.people or seen or role > self.people[name].role:
            ref = MemberRef(self.ref, name.casefold())
            self.people[name] = replace(Person(ref, name, role), **seen)  # type: ignore[arg-type]
            self.names[ref] = name
        return self.people[name]

    def channel(self, name: str) -> ChannelRef:
        """Return a channel; every one exists."""
        return ChannelRef(self.ref, name)

    def call(self, who: str, **given: object) -> Call:
        """Return what comes with an action of ``who``, with an id of its own."""
        call = Call(
            id=f"call-{next(self._operations)}",
            actor=self.person(who),
            channel=self.channel("general"),
            at=self.clock(),
            locale=self.person(who).locale or "en",
        )
        return replace(call, **given)  # type: ignore[arg-type]

    async def type(self, who: str, command: str, /, **answers: object) -> Reply:
        """Have ``who`` type ``/command`` with these answers, by field name."""
        routes = {r.command: r.key for r in self.laurel.table.commands}
        return await self.do(self.call(who), Action(routes[command]), answers)

    async def press(self, who: str, said: Reply | Post, label: str) -> Reply:
        """Have ``who`` press the button, or pick the option, that is so labelled."""
        speech = self.platform.speech(self.call(who).locale)
        labelled = {speech.plain(words): act for words, act in _actions(said.message)}
        fitting = [act for words, act in labelled.items() if words.startswith(label)]
        assert len(fitting) == 1, f"{label!r} is not one of {sorted(labelled)}"
        return await self.do(self.call(who), fitting[0], None)

    async def fill_in(self, who: str, opened: Reply, /, **answers: object) -> Reply:
        """Have ``who`` complete the open form and send it."""
        form = opened.form
        return await self.do(self.call(who), form.action, {**form.draft, **answers})

    async def choose(self, who: str, route: str, post: Post) -> Reply:
        """Have ``who`` choose an entry of a message's menu, named by its route."""
        assert isinstance(post.to, ChannelRef)
        laurel = Person(MemberRef(self.ref, "laurel"), "Laurel", bot=True)
        target = Target(post.to, post.id, laurel, post.text)
        return await self.do(self.call(who, target=target), Action(route), None)

    async def do(
        self, call: Call, action: Action, answers: Mapping[str, object] | None
    ) -> Reply:
        """Have an action go through dispatch, and everything it caused be delivered."""
        wire = Action.decode(action.encode())
        args = [str(arg) for arg in wire.args]
        response = await self.laurel.dispatcher(wire.route, call, args, answers)
        reply = Reply(response, self._read(response, call.locale))
        await self.laurel.settle()
        return reply

    async def wait(self, **by: float) -> None:
        """Let time pass, and what falls due meanwhile happen."""
        self.clock.move(**by)
        self.laurel.alarm.wake()
        for courier in self.laurel.couriers:
            courier.wake()
        await self.laurel.settle()

    async def waiting(self) -> int:
        """Return how many messages are still to go out."""
        found = await self.database.read(lambda tx: tx.one(_WAITING))
        return int(found["waiting"]) if found else 0

    def posts(self, channel: str = "wall") -> list[str]:
        """Return what stands in ``channel``, oldest first."""
        return [post.text for post in self.standing(self.channel(channel))]

    def dms(self, name: str) -> list[str]:
        """Return what stands in Laurel's direct messages to somebody."""
        return [post.text for post in self.standing(self.person(name).ref)]

    def standing(self, to: Spot) -> Sequence[Post]:
        """Return the posts that stand in one place, oldest first."""
        return [p for p in self.platform.posts if p.to == to and not p.gone]

    def thread(self, under: Post) -> list[str]:
        """Return what stands in the thread of a post, oldest first."""
        assert isinstance(under.to, ChannelRef)
        return [post.text for post in self.standing(ThreadRef(under.to, under.id))]

    async def settings(self, **changed: object) -> None:
        """Have the community choose other settings."""

        def change(tx: Transaction) -> None:
            here = communities.get(tx, self.ref)
            communities.change(tx, here, replace(here.settings, **changed))  # type: ignore[arg-type]

        await self.database.write(change)

    def _read(self, response: Response, locale: str) -> str:
        match response:
            case Say(message=message) | Replace(message=message):
                for action in message.actions():
                    self.laurel.table.check_action(action)
                assert message == wire.decode_message(wire.encode(message))
                return self.platform.read(message, locale)
            case Refuse(reason=reason):
                return self.platform.speech(locale).plain(reason)
            case Ask(action=action):
                self.laurel.table.check_action(action)
                return ""


@cache
def words() -> Catalogue:
    """Return every language, read once for all tests."""
    return Catalogue.load(LOCALES)


@cache
def blank() -> bytes:
    """Return a memory in which nothing is kept yet, made once for all tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "laurel.sqlite3"
        file.create(path)
        return path.read_bytes()


@asynccontextmanager
async def community(
    path: Path,
    ref: CommunityRef = COMMUNITY,
    clock: Clock | None = None,
    posts: list[Post] | None = None,
    catalogue: Catalogue | None = None,
    link: Link | None = None,
) -> AsyncIterator[Community]:
    """Run Laurel over the file at ``path``, made where there is none.

    ``posts`` are what stands on the platform already, and ``catalogue`` is what is
    spoken in place of Laurel's own languages. Without ``link`` there are no pages.
    """
    clock = clock or Clock()
    if not path.exists():
        path.write_bytes(blank())
    platform: Platform
    async with open_database(path) as database:
        platform = Platform(_unready, clock, posts=[] if posts is None else posts)
        running_here = running(
            database,
            [platform],
            catalogue or words(),
            clock=clock,
            wall=lambda: NEVER,
            installation=Installation(link=link),
        )
        async with running_here as laurel:
            home = Community(laurel, platform, clock, ref)
            platform.speech = _speech(home)
            settings = Settings("en", ZoneInfo("UTC"), wall=home.channel("wall"))
            await database.write(communities.add, ref, settings, clock())
            yield home


def _unready(_locale: str) -> Speech:
    raise AssertionError("nothing is drawn before the community is known")


def _speech(home: Community) -> Callable[[str], Speech]:
    def name_of(ref: MemberRef | ChannelRef | RoleRef) -> str:
        return home.names.get(ref, ref.id) if isinstance(ref, MemberRef) else ref.id

    def speech(locale: str) -> Speech:
        catalogue = home.laurel.catalogue
        reader = Reader(catalogue.choose(locale), ZoneInfo("UTC"), home.clock())
        return Speech(catalogue, reader, name_of)

    return speech


def _actions(message: Message) -> list[tuple[Phrase, Action]]:
    found: list[tuple[Phrase, Action]] = []
    for node in message.nodes:
        if isinstance(node, Buttons):
            found += [(b.label, b.action) for b in node.items if isinstance(b, Button)]
        elif isinstance(node, Select):
            found += [(option.label, option.action) for option in node.options]
    return found
