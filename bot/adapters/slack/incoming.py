"""What a member did on Slack, told neutrally: from the raw payload, and who is who.

Slack sends ids without what they stand for. So `needs_of` says what has to be looked
up, whoever speaks to Slack looks, and `call_of` and `read` tell the rest from that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain, islice

from bot.adapters.slack import line, targets
from bot.adapters.slack.aims import (
    Aimed,
    Ignored,
    Typing,
    Unknown,
    actor_id_of,
    aim_of,
    channel_id_of,
    community_of,
    delivery_of,
    name_in,
    operation_of,
)
from bot.adapters.slack.answers import read_answers
from bot.adapters.slack.line import Wanted
from bot.adapters.slack.people import Known, person_called
from bot.adapters.slack.raw import Json, is_direct, is_member_id, object_in
from bot.chat import fields
from bot.chat.answers import check_answers
from bot.chat.catalogue import Catalogue
from bot.chat.handed import Attached, Given, Values
from bot.chat.message import Action
from bot.chat.responses import Call
from bot.chat.routes import RouteSpec
from bot.chat.table import RouteTable
from bot.domain.errors import RuleError
from bot.domain.refs import ChannelRef

__all__ = [
    "Asked",
    "Ignored",
    "Incoming",
    "Needs",
    "Typing",
    "Unknown",
    "call_of",
    "community_of",
    "delivery_of",
    "named_in",
    "needs_of",
    "read",
    "route_of",
]

_MAX_PEOPLE = 30
"""Looked up for one payload."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A route that a member wants run.

    Attributes:
        action: Key of a route of the table, and the arguments carried, as text.

        answers: In the fields' neutral types, but for an `Attached` that stands for
            an `Upload`; None where a button or a shortcut was chosen and nothing has
            been asked yet.

        errors: What is to be said beside a field whose words nobody understood.

        typed: Those words, by field.

        missing: Names of the required fields that have no answer.

        rest: The words of a command that no field could take.

        guessed: Names of fields whose answer stood where none was expected: to be
            shown in the form before anything is done.

        shown: Names of the fields that the member has before them, beside which an
            error can stand; none where there is no form, and fewer than the route's
            where another version drew it.
    """

    action: Action
    answers: Mapping[str, object] | None = None
    errors: Mapping[str, RuleError] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    rest: str = ""
    guessed: frozenset[str] = frozenset()
    shown: frozenset[str] = frozenset()

    @property
    def clear(self) -> bool:
        """Whether it can be run as it is, without asking for more or asking again."""
        return not (self.errors or self.missing or self.rest or self.guessed)

    @property
    def draft(self) -> Mapping[str, object]:
        """What the form holds when it is opened, without its files."""
        given = self.answers or {}
        kept = {n: v for n, v in given.items() if not isinstance(v, Attached)}
        return {**kept, **self.typed}


Incoming = Asked | Typing | Ignored | Unknown


@dataclass(frozen=True, slots=True)
class Needs:
    """What has to be looked up before a payload can be told.

    Attributes:
        people: Ids of members, whoever acts first.

        names: Whether a line names people whom Slack made no mention of, so that it
            takes `Known.handles`; then `named_in` says who else is to be looked up.

        lookups: For `Known.labels`.

        channels: For `Known.channels`: ids of channels that Slack did not name.
    """

    people: tuple[str, ...]
    names: bool = False
    lookups: tuple[Wanted, ...] = ()
    channels: tuple[str, ...] = ()


def route_of(raw: Json, table: RouteTable, prefix: str = "") -> RouteSpec | None:
    """Return what would be run, before anything is looked up; None for no route.

    Raises:
        MalformedError: If ``raw`` is not as Slack documents it.
    """
    found = aim_of(raw, table, prefix)
    return found.route if isinstance(found, Aimed) else None


def needs_of(raw: Json, table: RouteTable, prefix: str = "") -> Needs:
    """Return what has to be known of who and what ``raw`` names.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    found = aim_of(raw, table, prefix)
    people: tuple[str, ...] = ()
    names = False
    lookups: tuple[Wanted, ...] = ()
    channels: tuple[str, ...] = ()
    if isinstance(found, Aimed) and found.text is not None:
        people = line.people_in(found.text)
        asks_people = any(map(_is_people, found.route.fields))
        names = asks_people and line.bare_names(found.text)
        lookups = line.wanted_in(found.route, found.text)
        channels = line.nameless_in(found.text)
    elif isinstance(found, Aimed) and found.held is not None:
        held = found.held
        answers = (held.get(f.name, ()) for f in found.route.fields if _is_people(f))
        people = tuple(str(v) for v in chain.from_iterable(answers) if is_member_id(v))
    elif raw.get("type") == "message_action":
        people = targets.people_in(object_in(raw, "message"))
    everyone = dict.fromkeys((actor_id_of(raw), *people))
    return Needs(tuple(islice(everyone, _MAX_PEOPLE)), names, lookups, channels)


def named_in(
    raw: Json, table: RouteTable, handles: Mapping[str, str], prefix: str = ""
) -> tuple[str, ...]:
    """Return whom the names in a command mean that Slack made no mention of.

    Args:
        raw: A command; `needs_of` said that it has names.
        table: What can be done.
        handles: See `Known.handles`.
        prefix: As for `read`.

    Raises:
        MalformedError: If ``raw`` is not as Slack documents it.
    """
    found = aim_of(raw, table, prefix)
    text = found.text if isinstance(found, Aimed) else None
    return line.named_in(text or "", handles)


def read(raw: Json, table: RouteTable, known: Known, prefix: str = "") -> Incoming:
    """Return what the payload ``raw`` asks for.

    Args:
        raw: What Slack sent, but for events: those are told by `events`.
        table: What can be done.
        known: What `needs_of` asked for.
        prefix: What the names of the commands begin with, as the manifest had it.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    found = aim_of(raw, table, prefix)
    if not isinstance(found, Aimed):
        return found
    if found.text is not None:
        return _line(found, found.text, known)
    if found.held is not None:
        return _form(found, found.held, known)
    return Asked(found.action)


def call_of(
    raw: Json,
    known: Known,
    catalogue: Catalogue,
    at: datetime,
    *,
    origin: str | None = None,
) -> Call:
    """Return who did this, where, and on which message.

    Args:
        raw: A command, a press, a shortcut or a form.
        known: Who is who; whoever is not in it is an ordinary member.
        catalogue: What languages Laurel speaks.
        at: When.
        origin: Id of the channel from which a form was opened; where neither it nor
            the payload names one, it is the member's own direct messages.

    Raises:
        MalformedError: If it is not as Slack documents it.
    """
    here, actor_id = known.community, actor_id_of(raw)
    actor = known.people.get(actor_id) or person_called(here, actor_id, name_in(raw))
    where = origin or channel_id_of(raw)
    return Call(
        id=operation_of(raw),
        actor=actor,
        channel=ChannelRef(here, where or actor_id),
        at=at,
        locale=catalogue.choose(actor.locale, catalogue.choose(known.locale)),
        target=targets.target_of(raw, known),
        in_public=where is not None and not is_direct(where),
    )


def _line(aimed: Aimed, text: str, known: Known) -> Asked:
    """Return a command whose words were read as far as they go."""
    asked = aimed.route.fields
    understood = line.read_line(aimed.route, text, known)
    given = read_answers(asked, understood.words, known)
    return Asked(
        aimed.action,
        given.values,
        _checked(asked, given),
        given.typed,
        missing=_missing(asked, given),
        rest=understood.rest,
        guessed=understood.guessed,
    )


def _form(aimed: Aimed, held: Mapping[str, Values], known: Known) -> Asked:
    asked = aimed.route.fields
    given = read_answers(asked, held, known)
    missing = _missing(asked, given)
    nothing = {name: RuleError("common.answer-missing", name) for name in missing}
    return Asked(
        aimed.action,
        given.values,
        nothing | _checked(asked, given),
        given.typed,
        missing=missing,
        shown=frozenset(held) & {each.name for each in asked},
    )


def _checked(asked: Sequence[fields.AnyField], given: Given) -> dict[str, RuleError]:
    """Return what is wrong with each answer, so that all can be said at once."""
    errors = dict(given.errors)
    for each in asked:
        answer = given.values.get(each.name)
        if answer is None or isinstance(answer, Attached):
            continue
        try:
            check_answers((each,), {each.name: answer})
        except RuleError as rule:
            errors[each.name] = rule
    return errors


def _missing(asked: Sequence[fields.AnyField], given: Given) -> tuple[str, ...]:
    answered = {*given.values, *given.errors}
    return tuple(f.name for f in asked if f.required and f.name not in answered)


def _is_people(asked: fields.AnyField) -> bool:
    return isinstance(asked, fields.Person | fields.People)
