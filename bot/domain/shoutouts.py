"""Rules of shoutouts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.community import Level, Member, Settings
from bot.domain.errors import RuleError
from bot.domain.refs import ChannelRef
from bot.domain.words import clean, is_blank

MAX_REASON_CHARS = 500
"""What a form takes; a community may allow less."""

MAX_PEOPLE = 3

SAME_AGAIN = timedelta(seconds=60)
"""How long the same words to the same people count as a lost answer sent again."""


_SEEN_BY_ALL = frozenset({Level.PUBLIC, Level.CHANNEL})


@dataclass(frozen=True, slots=True)
class Shoutout:
    """Thanks from one member to at most three others.

    Attributes:
        value: Id of the community's value tag; None for none.

        private: Whether the giver wants it told by direct message alone.

        channel: Where it was given, if others read there, too.
    """

    giver: Member
    receivers: tuple[Member, ...]
    reason: str
    value: int | None
    private: bool
    given_at: datetime
    channel: ChannelRef | None = None

    def names_in_public(self, receiver: Member) -> bool:
        """Return whether everybody may see that ``receiver`` is thanked."""
        return not self.private and receiver.privacy.level in _SEEN_BY_ALL

    @property
    def named_in_public(self) -> tuple[Member, ...]:
        """The receivers whom everybody may see thanked."""
        return tuple(filter(self.names_in_public, self.receivers))

    @property
    def thanked_in_private(self) -> tuple[Member, ...]:
        """The receivers who hear of it by direct message alone."""
        return tuple(r for r in self.receivers if not self.names_in_public(r))


def check_people(giver: Member, receivers: Sequence[Member]) -> None:
    """Check that ``giver`` may thank ``receivers`` at all.

    Raises:
        RuleError: If there are too many, or one is the giver, a bot, somebody who
            left, or somebody who wants no recognition.
    """
    if not receivers:
        raise RuleError("shoutouts.refused-nobody", "to")
    if len(receivers) > MAX_PEOPLE:
        raise RuleError("shoutouts.refused-too-many", "to", most=MAX_PEOPLE)
    for receiver in receivers:
        if receiver.key == giver.key:
            raise RuleError("shoutouts.refused-self", "to")
        if receiver.bot:
            raise RuleError("shoutouts.refused-bot", "to", member=receiver.ref)
        if not receiver.here:
            raise RuleError("shoutouts.refused-left", "to", member=receiver.ref)
        if receiver.privacy.level is Level.NONE:
            raise RuleError("shoutouts.refused-opted-out", "to", member=receiver.ref)


def check_reason(reason: str, settings: Settings) -> str:
    """Return ``reason`` cleaned.

    Raises:
        RuleError: If nothing can be read in it, or it is too short or too long.
    """
    words = clean(reason, multiline=True)
    if is_blank(words):
        raise RuleError("shoutouts.refused-no-reason", "why")
    least, most = settings.reason_min_chars, settings.reason_max_chars
    if len(words) < least:
        raise RuleError("shoutouts.refused-short", "why", least=least, count=len(words))
    if len(words) > most:
        raise RuleError("shoutouts.refused-long", "why", most=most, count=len(words))
    return words


@dataclass(frozen=True, slots=True)
class Given:
    """A shoutout that was recorded.

    Attributes:
        value: The value tag's label; None for none.

        first_time: Who was thanked for the first time.
    """

    id: int
    shoutout: Shoutout
    value: str | None
    first_time: tuple[Member, ...] = ()

    @property
    def told(self) -> tuple[Member, ...]:
        """Who hears of it by direct message."""
        private = self.shoutout.thanked_in_private
        return tuple(r for r in private if r.privacy.takes_dms)

    @property
    def untold(self) -> tuple[Member, ...]:
        """Who finds it among their own, since they take no direct messages."""
        private = self.shoutout.thanked_in_private
        return tuple(r for r in private if not r.privacy.takes_dms)


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the giver should know of a shoutout that was recorded.

    Attributes:
        wall: Where it is posted, if anybody may be named.

        left: How many people the giver may still thank today.

        renews_at: When that starts anew.

        undo_until: Until when the giver can undo it.

        again: Whether it was recorded before, and this is a second answer.
    """

    given: Given
    wall: ChannelRef
    left: int
    renews_at: datetime
    undo_until: datetime
    again: bool = False
