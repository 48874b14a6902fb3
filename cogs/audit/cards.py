"""What the audit looks like in chat."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.chat.message import Action, Button, Buttons, Card, Fact, File, Message, say
from bot.chat.text import Phrase, Style, When, phrase
from bot.domain.refs import MemberRef
from cogs.audit.vouched import Vouched
from storage.audit import Decision, Done, Head

MEDIA_TYPE = "application/jsonl"


@dataclass(frozen=True, slots=True)
class Overview:
    """What admins see of the audit.

    Attributes:
        published: When a digest was last posted, and by whom; None where none was.

        people: Who decided, by key, as far as Laurel still knows them.
    """

    head: Head
    done: Sequence[Done]
    people: Mapping[int, MemberRef]
    published: Decision | None


@dataclass(frozen=True, slots=True)
class Part:
    """Some rows of the audit, as a file.

    Attributes:
        first: The place of its first row, counted from 1.

        head: The last row of the file.

        more: How many rows follow it.
    """

    content: bytes
    first: int
    head: Head
    more: int


def overview(seen: Overview) -> Message:
    """Return the last decisions, the digest of all rows, and a way to have them."""
    if not seen.head.row:
        return say(Card(title=phrase("audit.card"), body=(phrase("audit.empty"),)))
    published = phrase("audit.unpublished")
    if seen.published is not None:
        at = When(seen.published.at, Style.MOMENT)
        published = phrase("audit.published", at=at)
    card = Card(
        title=phrase("audit.card"),
        body=(*_sealed(seen.head), published),
        facts=tuple(_facts(seen)),
        footer=phrase("audit.card.footer"),
    )
    whole = Button(phrase("audit.card.export"), Action("audit.export", (0,)))
    return say(card, Buttons((whole,)))


def part(handed: Part) -> Message:
    """Return a file of rows, how it is verified, and the way to those behind it."""
    head = handed.head
    told = phrase("audit.exported", count=head.row - handed.first + 1, row=head.row)
    body = (told, _digits(head), phrase("audit.exported.verify"))
    name = f"audit-{handed.first:08}-{head.row:08}.jsonl"
    file = File(name, MEDIA_TYPE, handed.content)
    if not handed.more:
        return say(Card(title=phrase("audit.exported.title"), body=body), file)
    more = phrase("audit.exported.more", count=handed.more)
    card = Card(title=phrase("audit.exported.title"), body=(*body, more))
    onward = Button(
        phrase("audit.exported.onward"), Action("audit.export", (head.row,))
    )
    return say(card, file, Buttons((onward,)))


def digest(head: Head, told: Vouched) -> Message:
    """Return the post that vouches for all rows up to now, and how it went lately."""
    footer = phrase("audit.digest.footer")
    body = _sealed(head)
    if not told.is_empty:
        body = (*body, phrase("audit.digest.lately"))
    facts = tuple(_lately(told))
    return say(
        Card(title=phrase("audit.digest"), body=body, facts=facts, footer=footer)
    )


def _lately(told: Vouched) -> Iterator[Fact]:
    if told.people is not None:
        people = phrase("audit.pool-of", count=told.people)
        yield Fact(phrase("audit.pool"), people)
    if told.spread is not None:
        for what in ("tenure", "groups"):
            said = Phrase(f"audit.{what}-of", told.spread)
            yield Fact(phrase(f"audit.{what}"), said)
    if told.votes:
        yield Fact(phrase("audit.votes"), phrase("audit.times", count=told.votes))
    if told.recused:
        yield Fact(phrase("audit.recused"), phrase("audit.times", count=told.recused))
    if told.overrides or told.votes:
        overrides = phrase("audit.times", count=told.overrides)
        yield Fact(phrase("audit.overrides"), overrides)


def _sealed(head: Head) -> tuple[Phrase, ...]:
    return phrase("audit.sealed", count=head.row), _digits(head)


def _digits(head: Head) -> Phrase:
    return phrase("audit.digits", digest=head.digest)


def _facts(seen: Overview) -> Iterator[Fact]:
    for done in seen.done:
        who = phrase("audit.by.laurel")
        if done.actor is not None:
            known = seen.people.get(done.actor)
            who = phrase("audit.by", who=known) if known else phrase("audit.by.nobody")
        at = When(done.at, Style.MOMENT)
        # A translator selects by a name that has no dots.
        name = done.action.replace(".", "-")
        when = phrase("audit.when", who=who, at=at, row=done.row)
        yield Fact(phrase("audit.act", act=name), when)
