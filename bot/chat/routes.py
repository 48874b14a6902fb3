"""Turn an annotated cog method into a specification that every adapter can read.

The six declarations a cog can make are `command`, `action`, `lookup`, `occurrence`,
`follows` and `draws`. A parameter annotated with a field is asked; a bare ``int`` or
``str`` is carried by the button.
"""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from bot.chat.fields import AnyField, Field, Suggestion
from bot.chat.parameters import names_of, parameters_of
from bot.chat.responses import Call, Response
from bot.domain.missed import Missed
from bot.domain.people import Role

_MARK = "__laurel_declaration__"
_UNIT_PARAMETERS = 2

HandlerT = TypeVar("HandlerT", bound=Callable[..., Any])


class DeclarationError(TypeError):
    """A cog that declares something no platform could show; found at start-up."""


@dataclass(frozen=True, slots=True)
class Arg:
    """A value that the button carries."""

    name: str
    type: type[int | str]


@dataclass(frozen=True, slots=True)
class RouteSpec:
    """One thing a member can do, told without any platform.

    Attributes:
        key: ``slice.method``; also where its words stand in the catalogue.

        command: What is typed after the slash, one word or ``group word``;
            None for what is reached by buttons or from a message's menu.

        on_message: Whether it stands in the menu of every message, for all.

        args: What its button carries, in order.

        fields: What is asked, in order.

        role: The least role that may use it.

        private: Whether only the member sees the answer.

        was: Keys that it had in earlier releases, whose buttons still stand somewhere.
    """

    key: str
    command: str | None
    on_message: bool
    args: tuple[Arg, ...]
    fields: tuple[AnyField, ...]
    role: Role
    private: bool
    handler: Callable[..., Awaitable[Response]]
    was: tuple[str, ...] = ()

    @property
    def opens_form(self) -> bool:
        """Whether a button or menu entry for it opens a form first."""
        return self.command is None and bool(self.fields)


@dataclass(frozen=True, slots=True)
class LookupSpec:
    """Finds the options of a choice while the member types.

    The handler takes the call and the words typed so far, and returns at most 25.
    """

    key: str
    handler: Callable[[Call, str], Awaitable[Sequence[Suggestion]]]


@dataclass(frozen=True, slots=True)
class OccurrenceSpec:
    """A unit of work that runs when a calendar entry of its kind falls due.

    Attributes:
        missed: What becomes of the times at which Laurel was not there.

        stale_after: How late it may be done; None for however late.

        posts: Whether it posts something for its time or its period, which is not to
            be said again where a backup was put back.
    """

    kind: str
    unit: Callable[..., None]
    missed: Missed
    stale_after: timedelta | None
    posts: bool = False


@dataclass(frozen=True, slots=True)
class FollowSpec:
    """A unit of work that is given each activity of certain kinds, once and in order.

    Attributes:
        name: ``slice.method``, the name of its stored cursor.
    """

    name: str
    kinds: tuple[str, ...]
    unit: Callable[..., None]


@dataclass(frozen=True, slots=True)
class DrawSpec:
    """A unit of work that draws a message of the outbox when it is about to be sent.

    It is given a transaction, the community, the message's key and the instant, and
    returns a `storage.drawings.Drawn`; None where nothing is left to be said.

    Attributes:
        posts: What the keys of those messages begin with, ``slice:what:``.
    """

    posts: str
    unit: Callable[..., Any]


Spec = RouteSpec | LookupSpec | OccurrenceSpec | FollowSpec | DrawSpec


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: type[Spec]
    name: str | None = None
    kinds: tuple[str, ...] = ()
    role: Role = Role.MEMBER
    private: bool = True
    on_message: bool = False
    missed: Missed = Missed.EACH
    stale_after: timedelta | None = None
    posts: bool = False
    was: tuple[str, ...] = ()


def _marker(mark: _Mark) -> Callable[[HandlerT], HandlerT]:
    def decorate(handler: HandlerT) -> HandlerT:
        setattr(handler, _MARK, mark)
        return handler

    return decorate


def command(
    name: str,
    *,
    role: Role = Role.MEMBER,
    private: bool = True,
    was: tuple[str, ...] = (),
) -> Callable[[HandlerT], HandlerT]:
    """Mark a cog method as the handler of ``/name``, or of ``/group word``."""
    return _marker(_Mark(RouteSpec, name, role=role, private=private, was=was))


def action(
    *,
    role: Role = Role.MEMBER,
    private: bool = True,
    on_message: bool = False,
    was: tuple[str, ...] = (),
) -> Callable[[HandlerT], HandlerT]:
    """Mark a cog method as what a button, a select or a message's menu does."""
    mark = _Mark(RouteSpec, role=role, private=private, on_message=on_message, was=was)
    return _marker(mark)


def lookup(key: str) -> Callable[[HandlerT], HandlerT]:
    """Mark a cog method as what finds the options of choices with this key."""
    return _marker(_Mark(LookupSpec, key))


def occurrence(
    kind: str,
    *,
    missed: Missed,
    stale_after: timedelta | None = None,
    posts: bool = False,
) -> Callable[[HandlerT], HandlerT]:
    """Mark a unit ``(Transaction, Occurrence)`` as what a calendar entry does.

    What is missed is stale after ``stale_after``, where `Missed.SKIP` asks for it.
    With ``posts``, it says something for its time that nobody is to read twice.
    """
    mark = _Mark(
        OccurrenceSpec, kind, missed=missed, stale_after=stale_after, posts=posts
    )
    return _marker(mark)


def follows(*kinds: str) -> Callable[[HandlerT], HandlerT]:
    """Mark a unit ``(tx, entry)``, or ``(tx, entries)``, as a follower of the log."""
    return _marker(_Mark(FollowSpec, kinds=kinds))


def draws(posts: str) -> Callable[[HandlerT], HandlerT]:
    """Mark a unit as what draws the messages whose keys begin with ``posts``."""
    return _marker(_Mark(DrawSpec, posts))


def specs_of(cog: object) -> tuple[Spec, ...]:
    """Return what ``cog`` declares, in the order in which it was written.

    Raises:
        DeclarationError: If a parameter is neither asked nor carried.
    """
    slice_name = type(cog).__module__.split(".")[-2]
    return tuple(
        _spec(f"{slice_name}.{name.replace('_', '-')}", getattr(cog, name), mark)
        for name, attribute in vars(type(cog)).items()
        if (mark := _mark_of(attribute)) is not None
    )


def _mark_of(attribute: object) -> _Mark | None:
    mark = getattr(getattr(attribute, "__func__", attribute), _MARK, None)
    return mark if isinstance(mark, _Mark) else None


def _spec(key: str, handler: Callable[..., Any], mark: _Mark) -> Spec:
    if mark.kind is LookupSpec:
        return LookupSpec(mark.name or key, handler)
    if mark.kind is OccurrenceSpec:
        _check_unit(key, handler)
        if (mark.missed is Missed.SKIP) != (mark.stale_after is not None):
            raise DeclarationError(f"{key}: what is skipped, and it alone, gets stale")
        kind, missed, stale = mark.name or key, mark.missed, mark.stale_after
        return OccurrenceSpec(kind, handler, missed, stale, mark.posts)
    if mark.kind is FollowSpec:
        return FollowSpec(key, mark.kinds, handler)
    if mark.kind is DrawSpec:
        return DrawSpec(mark.name or key, handler)
    args, fields = _parameters_of(getattr(handler, "__func__", handler))
    if mark.name is not None and args:
        raise DeclarationError(f"{key}: a command cannot carry {args[0].name!r}")
    return RouteSpec(
        key=key,
        command=mark.name,
        on_message=mark.on_message,
        args=args,
        fields=fields,
        role=mark.role,
        private=mark.private,
        handler=handler,
        was=mark.was,
    )


def _check_unit(key: str, unit: Callable[..., Any]) -> None:
    if inspect.iscoroutinefunction(unit) or len(names_of(unit)) != _UNIT_PARAMETERS:
        raise DeclarationError(f"{key} is no unit (Transaction, Occurrence)")


@cache
def _parameters_of(
    handler: Callable[..., Any],
) -> tuple[tuple[Arg, ...], tuple[AnyField, ...]]:
    # Once for each: what is declared is read twice at a start, for its words as well.
    args: list[Arg] = []
    fields: list[Any] = []
    for name, parameter in parameters_of(handler).items():
        hint = parameter.annotation
        if hint is Call:
            continue
        if hint is int or hint is str:
            args.append(Arg(name, hint))
        elif (asked := _field_of(hint)) is not None:
            required = parameter.default is parameter.empty
            fields.append(replace(asked, name=name, required=required))
        else:
            raise DeclarationError(
                f"{handler.__qualname__}: {name!r} is neither int, str nor Annotated"
            )
    return tuple(args), tuple(fields)


def _field_of(hint: Any) -> Field | None:
    if get_origin(hint) is not Annotated:
        return None
    return next((extra for extra in get_args(hint) if isinstance(extra, Field)), None)
