"""What a member's action comes with, and what a handler answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from bot.chat.message import Action, Message
from bot.chat.text import Phrase
from bot.domain.people import Person
from bot.domain.refs import ChannelRef, CommunityRef


@dataclass(frozen=True, slots=True)
class Target:
    """The message that a message action was chosen on.

    Attributes:
        message_id: The platform's own id, unique in its channel.

        author: Who wrote it; the bot itself where the bot did.

        text: Its words, unformatted.

        link: Address of the message; None where the platform gives none.
    """

    channel: ChannelRef
    message_id: str
    author: Person
    text: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """Who asked, where, when, and in which language.

    Attributes:
        id: Unique for each action of a member, and the same when the platform
            delivers that action again; stored for good as the operation's key, so
            it does not tell who acted.

        locale: Language of the private answer, as a BCP 47 tag.

        in_public: Whether `channel` is one that others read, too. Not so in direct
            messages, nor where a member acts in no channel at all.

        above: The channel that `channel` is a thread of, on platforms where a thread
            is a channel of its own; None everywhere else.
    """

    id: str
    actor: Person
    channel: ChannelRef
    at: datetime
    locale: str
    target: Target | None = None
    in_public: bool = True
    above: ChannelRef | None = None

    @property
    def room(self) -> ChannelRef:
        """The channel that settings name, also for who acts in a thread of it."""
        return self.above or self.channel

    @property
    def community(self) -> CommunityRef:
        """Where the action happened."""
        return self.actor.ref.community


class Pictures(Enum):
    """What becomes of the pictures of an answer.

    ``TOLD``: they are said in words, as in most answers, which are to come at once.
    ``SHOWN``: they are drawn, and shown where the platform's answers can hold one.
    ``HANDED``: likewise, and handed over as files where they cannot.
    """

    TOLD = auto()
    SHOWN = auto()
    HANDED = auto()


@dataclass(frozen=True, slots=True)
class Say:
    """Answer with a message, as private as the route was declared.

    Attributes:
        drawn: Pictures as PNG, by where their card stands among the message's nodes.
            Handlers say what they want by ``pictures``, and leave this to dispatch.
    """

    message: Message
    pictures: Pictures = Pictures.TOLD
    drawn: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Replace:
    """Redraw the private message whose button was pressed; otherwise as `Say`."""

    message: Message
    pictures: Pictures = Pictures.TOLD
    drawn: Mapping[int, bytes] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ask:
    """Open the form of a route, prefilled.

    Attributes:
        action: The route that the answers go to, and its carried arguments.

        draft: Answers by field name, in the fields' own neutral types.
    """

    action: Action
    draft: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Refuse:
    """Say no, in private, beside the field at fault where there is one."""

    reason: Phrase
    at: str | None = None


Response = Say | Replace | Ask | Refuse
"""Adapters match it and end in ``assert_never``."""
